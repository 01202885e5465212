//! The prompt: speak as anyone, tap as anyone, kill the bot.

use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncBufReadExt as _, BufReader};

use super::{
    bot::Bot,
    estate::{Estate, Inhabitant, PEOPLE},
    talks::Talks,
    transcript::Transcript,
};
use crate::text::language::Language;

/// One line, understood.
#[derive(Debug, PartialEq, Eq)]
enum Line<'l> {
    Quit,
    Help,
    Who,
    Rooms,
    Kill,
    /// Somebody says something, in a room or in their own.
    Say {
        who: &'l str,
        room: Option<&'l str>,
        text: &'l str,
    },
    /// Somebody taps a reaction on a ticket's card, or on somebody's last message.
    Tap {
        who: &'l str,
        room: Option<&'l str>,
        key: &'l str,
        on: On<'l>,
    },
    /// Somebody calls themselves otherwise.
    Rename {
        who: &'l str,
        name: &'l str,
    },
}

/// What is tapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On<'l> {
    Ticket(u32),
    Post(u32),
    LastOf(&'l str),
}

/// The room name that stands for somebody's private talk with linli.
const PRIVATE: &str = "linli";

/// Takes lines until `/quit` or the end of input.
///
/// # Errors
/// Where the terminal cannot be read or the bot cannot be started again; mistakes in typing are only told.
pub async fn talk(estate: &Estate, bot: &mut Bot, show: &Transcript) -> Result<()> {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut talks = Talks::new(estate, *show);
    show.note(help(estate.language));
    while let Some(line) = lines
        .next_line()
        .await
        .context("Cannot read the terminal")?
    {
        if line.trim().is_empty() {
            continue;
        }
        let done = match parse(line.trim()) {
            Some(Line::Quit) => return Ok(()),
            Some(Line::Kill) => kill(estate, bot, show).await?,
            Some(line) => act(estate, &mut talks, show, &line).await,
            None => Err(anyhow::anyhow!("{}", help(estate.language))),
        };
        if let Err(error) = done {
            show.note(&format!("{error:#}"));
        }
    }
    Ok(())
}

fn help(language: Language) -> &'static str {
    match language {
        Language::Zh => {
            "wangfang: 文字 — 以王芳的身份在自己楼里说话（wangfang@staff: 文字 换个房间）\n\
             dianwang 🙋 1 — 王师傅在 1 号工单的卡片上点一下；guanli@3 🔇 wangfang — 管理员点王芳最后一条消息\n\
             sunli: #送 儿童床，自提 — 邻里帮；wumin 🙋 H5 — 在帖子 H5 的卡片上点一下；sunli@linli 1️⃣ H5 — 在私聊里点\n\
             wangfang@linli: 文字 — 和邻里私聊；/name wangfang 快乐的风 — 改名字\n\
             /who 有谁  /rooms 有哪些房间  /kill 杀掉机器人再启动  /quit 结束"
        }
        Language::En => {
            "wangfang: text — speak as Wang in her building's room (wangfang@staff: text for another room)\n\
             dianwang 🙋 1 — the electrician taps on the card of ticket 1; guanli@3 🔇 wangfang — the moderator, on Wang's last message\n\
             sunli: #give a cot — for the neighbours; wumin 🙋 H5 — taps on the card of H5; sunli@linli 1️⃣ H5 — taps in private\n\
             wangfang@linli: text — in private with linli; /name wangfang Happy Breeze — change her name\n\
             /who  /rooms  /kill (kills the bot and starts it again)  /quit"
        }
    }
}

fn parse(line: &str) -> Option<Line<'_>> {
    match line {
        "/quit" | "/exit" => return Some(Line::Quit),
        "/help" => return Some(Line::Help),
        "/who" => return Some(Line::Who),
        "/rooms" => return Some(Line::Rooms),
        "/kill" => return Some(Line::Kill),
        _ => {}
    }
    if let Some(rest) = line.strip_prefix("/name ") {
        let (who, name) = rest.trim().split_once(' ')?;
        return Some(Line::Rename {
            who,
            name: name.trim(),
        });
    }
    if line.starts_with('/') {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    if let [who, key, on] = words.as_slice()
        && !line.contains([':', '：'])
    {
        let (who, room) = person_and_room(who);
        let ticket = on.trim_start_matches('#').parse().map(On::Ticket);
        let post = on.strip_prefix(['H', 'h']).and_then(|no| no.parse().ok());
        let on = post.map_or(ticket.unwrap_or(On::LastOf(on)), On::Post);
        return Some(Line::Tap { who, room, key, on });
    }
    let (who, text) = line.split_once([':', '：'])?;
    let (who, room) = person_and_room(who.trim());
    let text = text.trim();
    (!text.is_empty()).then_some(Line::Say { who, room, text })
}

fn person_and_room(text: &str) -> (&str, Option<&str>) {
    match text.split_once('@') {
        Some((who, room)) => (who, Some(room)),
        None => (text, None),
    }
}

async fn act(
    estate: &Estate,
    talks: &mut Talks<'_>,
    show: &Transcript,
    line: &Line<'_>,
) -> Result<()> {
    match *line {
        Line::Who => {
            let people = PEOPLE.iter().map(|person| {
                let name = person.name(estate.language);
                format!("{:<10} {name}", person.login)
            });
            show.note(&people.collect::<Vec<_>>().join("\n"));
        }
        Line::Rooms => {
            let rooms = estate
                .rooms
                .iter()
                .map(|(name, id)| format!("{name:<7} {id}"));
            show.note(&rooms.collect::<Vec<_>>().join("\n"));
        }
        Line::Help | Line::Quit | Line::Kill => show.note(help(estate.language)),
        Line::Say { who, room, text } => {
            let person = somebody(estate, who)?;
            talks.listen(person).await?;
            let room = match room {
                Some(PRIVATE) => talks.room(person).await?,
                room => estate.room(room.unwrap_or(person.home()))?.to_owned(),
            };
            estate.account(person.login)?.say(&room, text).await?;
        }
        Line::Rename { who, name } => {
            let person = somebody(estate, who)?;
            talks.listen(person).await?;
            estate.account(person.login)?.set_displayname(name).await?;
        }
        Line::Tap { who, room, key, on } => {
            let person = somebody(estate, who)?;
            talks.listen(person).await?;
            let account = estate.account(person.login)?;
            if let (Some(PRIVATE), On::Post(post)) = (room, on) {
                let last = talks.last_about(person, post);
                let (room, target) = last.with_context(|| format!("H{post}: {PRIVATE}?"))?;
                account.react(&room, &target, key).await?;
                return Ok(());
            }
            let usual = match on {
                On::Post(_) => "help",
                On::Ticket(_) | On::LastOf(_) => person.home(),
            };
            let room = estate.room(room.unwrap_or(usual))?;
            let target = tapped(estate, room, on)?;
            account.react(room, &target, key).await?;
        }
    }
    Ok(())
}

/// The message that is tapped in a room.
fn tapped(estate: &Estate, room: &str, on: On<'_>) -> Result<String> {
    let name = estate.room_name(room);
    match on {
        On::Ticket(ticket) => estate
            .card(room, ticket)
            .with_context(|| match estate.language {
                Language::Zh => format!("{name} 里没有 {ticket} 号工单的卡片"),
                Language::En => format!("There is no card of ticket {ticket} in {name}"),
            }),
        On::Post(post) => estate
            .post_card(room, post)
            .with_context(|| match estate.language {
                Language::Zh => format!("{name} 里没有 H{post} 的卡片"),
                Language::En => format!("There is no card of H{post} in {name}"),
            }),
        On::LastOf(PRIVATE) => estate.last_of(room, &estate.bot).context(PRIVATE),
        On::LastOf(who) => {
            let person = somebody(estate, who)?;
            let account = estate.account(person.login)?;
            let last = estate.last_of(room, &account.user_id);
            last.with_context(|| match estate.language {
                Language::Zh => format!("{who} 在 {name} 里还没有说过话"),
                Language::En => format!("{who} has said nothing in {name} yet"),
            })
        }
    }
}

fn somebody(estate: &Estate, who: &str) -> Result<&'static Inhabitant> {
    PEOPLE
        .iter()
        .find(|person| person.login == who || person.name(estate.language).contains(who))
        .with_context(|| match estate.language {
            Language::Zh => format!("没有叫 {who} 的人；/who 可以看到所有人"),
            Language::En => format!("There is nobody called {who}; /who lists everybody"),
        })
}

/// Kills the bot and starts it again, to watch that nothing is lost.
async fn kill(estate: &Estate, bot: &mut Bot, show: &Transcript) -> Result<Result<()>> {
    bot.kill().await?;
    show.note(match estate.language {
        Language::Zh => "机器人被强行结束了，三秒后再启动；这期间说的话不会丢。",
        Language::En => "the bot was killed and starts again in three seconds; what is said meanwhile is not lost.",
    });
    tokio::time::sleep(Duration::from_secs(3)).await;
    bot.start_again()?;
    bot.until_ready().await?;
    show.note(match estate.language {
        Language::Zh => "机器人又在了。",
        Language::En => "the bot is back.",
    });
    Ok(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_understood() {
        assert_eq!(parse("/kill"), Some(Line::Kill));
        assert_eq!(parse("/nothing"), None);
        assert_eq!(parse("just words"), None);
        let say = Line::Say {
            who: "wangfang",
            room: Some("staff"),
            text: "#报修 3号楼: 灯",
        };
        assert_eq!(parse("wangfang@staff： #报修 3号楼: 灯"), Some(say));
        let tap = Line::Tap {
            who: "dianwang",
            room: None,
            key: "🙋",
            on: On::Ticket(12),
        };
        assert_eq!(parse("dianwang 🙋 #12"), Some(tap));
        let post = Line::Tap {
            who: "sunli",
            room: Some("linli"),
            key: "1️⃣",
            on: On::Post(3),
        };
        assert_eq!(parse("sunli@linli 1️⃣ H3"), Some(post));
        let mute = Line::Tap {
            who: "guanli",
            room: Some("3"),
            key: "🔇",
            on: On::LastOf("wangfang"),
        };
        assert_eq!(parse("guanli@3 🔇 wangfang"), Some(mute));
        let rename = Line::Rename {
            who: "wangfang",
            name: "Happy Breeze",
        };
        assert_eq!(parse("/name wangfang  Happy Breeze"), Some(rename));
    }
}
