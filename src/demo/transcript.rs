//! What happens in all rooms, as coloured lines in the terminal.

use std::{
    io::{IsTerminal as _, Write as _},
    sync::Arc,
    time::Duration,
};

use tokio::task::JoinHandle;

use super::estate::Estate;
use crate::{
    devserver::{Seen, Watcher},
    text::language::Language,
};

/// The terminal.
#[derive(Clone, Copy, Debug)]
pub struct Transcript {
    coloured: bool,
    language: Language,
}

const GREY: &str = "\x1b[90m";
const BOLD: &str = "\x1b[1m";
const GREEN: &str = "\x1b[32m";
const CYAN: &str = "\x1b[36m";
const YELLOW: &str = "\x1b[33m";
const MAGENTA: &str = "\x1b[35m";
const PLAIN: &str = "\x1b[0m";

/// How often new events are looked for.
pub(super) const GLANCE: Duration = Duration::from_millis(60);

impl Transcript {
    /// A transcript on standard output; in colours where that is a terminal and `NO_COLOR` is not set
    /// (no-color.org).
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self {
            coloured: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
            language,
        }
    }

    /// A line of the demo's own.
    pub fn note(&self, text: &str) {
        print(&self.paint(GREY, text));
    }

    fn paint(&self, colour: &str, text: &str) -> String {
        if self.coloured {
            format!("{colour}{text}{PLAIN}")
        } else {
            text.to_owned()
        }
    }

    /// Shows what is said in the estate's rooms from now on, until the task is aborted.
    #[must_use]
    pub fn follow(&self, estate: &Estate) -> JoinHandle<()> {
        self.show(Names::of(estate, None), &estate.watcher)
    }

    /// Shows what is said from now on in the rooms that are somebody's alone, until the task is aborted.
    #[must_use]
    pub fn overhear(&self, estate: &Estate, watcher: &Arc<Watcher>, whose: &str) -> JoinHandle<()> {
        self.show(Names::of(estate, Some(whose)), watcher)
    }

    fn show(&self, names: Names, watcher: &Arc<Watcher>) -> JoinHandle<()> {
        let show = *self;
        let mut shown = watcher.events().len();
        let watcher = Arc::clone(watcher);
        tokio::spawn(async move {
            loop {
                let events = watcher.events();
                for seen in &events[shown.min(events.len())..] {
                    if let Some(line) = show.line(&names, seen, &events) {
                        print(&line);
                    }
                }
                shown = events.len();
                tokio::time::sleep(GLANCE).await;
            }
        })
    }

    fn line(&self, names: &Names, seen: &Seen, before: &[Seen]) -> Option<String> {
        let room = match (names.room(&seen.room_id), &names.whose) {
            (Some(room), None) => self.room(room),
            (None, Some(whose)) => self.private(whose),
            (Some(_), Some(_)) | (None, None) => return None,
        };
        let sender = names.person(seen.sender());
        let colour = if seen.sender() == names.bot {
            GREEN
        } else {
            CYAN
        };
        let who = self.paint(colour, &sender);
        let content = seen.content();
        let text = match seen.kind() {
            "m.room.message" if content["m.new_content"].is_object() => {
                let body = content["m.new_content"]["body"].as_str()?;
                self.paint(GREY, &format!("✎ {}", first_line(body)))
            }
            "m.room.message" if content["msgtype"] == "m.image" => {
                self.paint(MAGENTA, &format!("🖼  {}", seen.body()))
            }
            "m.room.message" => seen.body().replace('\n', "\n        "),
            "m.reaction" => {
                let key = content["m.relates_to"]["key"].as_str()?;
                if seen.sender() == names.bot {
                    // The buttons that linli puts on its cards would drown everything else.
                    return None;
                }
                let target = seen.target()?;
                format!(
                    "{key} → {}",
                    self.paint(GREY, as_it_stands(target, seen, before))
                )
            }
            "m.room.redaction" => self.paint(
                GREY,
                match self.language {
                    Language::Zh => "（撤回了一条消息或点按）",
                    Language::En => "(took a message or a tap back)",
                },
            ),
            _ => return None,
        };
        Some(format!("{room} {who}  {text}"))
    }

    fn private(&self, whose: &str) -> String {
        let shown = match self.language {
            Language::Zh => format!("[私信 {whose}]"),
            Language::En => format!("[private, {whose}]"),
        };
        self.paint(MAGENTA, &shown)
    }

    fn room(&self, name: &str) -> String {
        let shown = match (self.language, name) {
            (Language::Zh, "staff") => "物业群".to_owned(),
            (Language::Zh, "notice") => "公告".to_owned(),
            (Language::Zh, "help") => "邻里帮".to_owned(),
            (Language::Zh, building) => format!("{building}号楼"),
            (Language::En, building) if building.chars().all(|c| c.is_ascii_digit()) => {
                format!("bldg {building}")
            }
            (Language::En, other) => other.to_owned(),
        };
        let colour = if name == "staff" { YELLOW } else { BOLD };
        self.paint(colour, &format!("[{shown}]"))
    }
}

fn print(text: &str) {
    // Where nobody reads any more, the demo goes on to its end.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// The first line of what a tap is put on, as it stood then.
fn as_it_stands<'s>(target: &str, tap: &Seen, events: &'s [Seen]) -> &'s str {
    let earlier = events.iter().take_while(|other| other.id() != tap.id());
    let texts = earlier.filter_map(|other| {
        let changed = &other.content()["m.new_content"]["body"];
        if other.id() == target {
            Some(other.body())
        } else {
            changed.as_str().filter(|_| other.target() == Some(target))
        }
    });
    texts.last().map_or("", first_line)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// The names of rooms and people, apart from the estate's accounts.
struct Names {
    /// The one whose private rooms are shown; None where the estate's are.
    whose: Option<String>,
    rooms: Vec<(String, String)>,
    people: Vec<(String, String)>,
    bot: String,
}

impl Names {
    fn of(estate: &Estate, whose: Option<&str>) -> Self {
        let person = |account: &crate::devserver::Account| {
            let id = account.user_id.clone();
            let name = estate.name_of(&id).to_owned();
            (id, name)
        };
        Self {
            whose: whose.map(str::to_owned),
            rooms: estate
                .rooms
                .iter()
                .map(|(name, id)| (id.clone(), name.clone()))
                .collect(),
            people: estate.people.values().map(person).collect(),
            bot: estate.bot.clone(),
        }
    }

    fn room(&self, id: &str) -> Option<&str> {
        let found = self.rooms.iter().find(|(room, _)| room == id);
        found.map(|(_, name)| name.as_str())
    }

    fn person(&self, id: &str) -> String {
        if id == self.bot {
            return "linli".to_owned();
        }
        let found = self.people.iter().find(|(person, _)| person == id);
        found.map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    }
}
