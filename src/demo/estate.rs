//! The estate 和谐花园: its rooms, its people, and the configuration that linli gets.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use tokio::process::Command;

use super::transcript::Transcript;
use crate::{
    devserver::{Account, Invites, Seen, Synapse, Watcher},
    text::language::Language,
};

/// Somebody in the estate.
#[derive(Clone, Copy, Debug)]
pub struct Inhabitant {
    /// The localpart of their id.
    pub login: &'static str,
    /// Their display name, in Chinese and in English.
    pub names: [&'static str; 2],
    pub part: Part,
}

/// What somebody is in the estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Lives in the building with this name.
    Resident(&'static str),
    /// Works for the property service, with this trade.
    Staff(&'static str),
    Moderator,
    Manager,
}

const fn resident(
    login: &'static str,
    zh: &'static str,
    en: &'static str,
    building: &'static str,
) -> Inhabitant {
    Inhabitant {
        login,
        names: [zh, en],
        part: Part::Resident(building),
    }
}

/// Everybody.
pub const PEOPLE: [Inhabitant; 17] = [
    resident("wangfang", "3-2-501 王芳", "3-2-501 Wang", "3"),
    resident("liming", "3-1-302 李明", "3-1-302 Li", "3"),
    resident("zhaoyi", "3-2-1201 赵奶奶", "3-2-1201 Zhao", "3"),
    resident("sunli", "3-1-101 孙丽", "3-1-101 Sun", "3"),
    resident("zhouwei", "1-1-201 周伟", "1-1-201 Zhou", "1"),
    resident("wumin", "1-2-602 吴敏", "1-2-602 Wu", "1"),
    resident("zhengtao", "1-1-1503 郑涛", "1-1-1503 Zheng", "1"),
    resident("ouyang", "1-2-303 欧阳静", "1-2-303 Ouyang", "1"),
    resident("fenglei", "2-1-401 冯磊", "2-1-401 Feng", "2"),
    resident("chenxi", "2-2-702 陈曦", "2-2-702 Chen", "2"),
    resident("chuyan", "2-1-1102 褚燕", "2-1-1102 Chu", "2"),
    resident("smith", "2-2-901 Smith", "2-2-901 Smith", "2"),
    Inhabitant {
        login: "dianwang",
        names: ["王师傅", "Wang (electrician)"],
        part: Part::Staff("electric"),
    },
    Inhabitant {
        login: "shuizhang",
        names: ["张师傅", "Zhang (plumber)"],
        part: Part::Staff("plumbing"),
    },
    Inhabitant {
        login: "qiantai",
        names: ["前台小刘", "Liu (desk)"],
        part: Part::Staff("desk"),
    },
    Inhabitant {
        login: "guanli",
        names: ["管理员老周", "Old Zhou (moderator)"],
        part: Part::Moderator,
    },
    Inhabitant {
        login: "jingli",
        names: ["林经理", "Lin (manager)"],
        part: Part::Manager,
    },
];

/// The buildings, with their stairwells.
const BUILDINGS: [(&str, &[&str]); 3] =
    [("1", &["1", "2"]), ("2", &["1", "2"]), ("3", &["1", "2"])];

/// The estate, lived in.
pub struct Estate {
    /// linli's configuration file.
    pub config: PathBuf,
    /// linli's data folder.
    pub data: PathBuf,
    pub language: Language,
    /// Logged-in people by their localpart.
    pub people: BTreeMap<&'static str, Account>,
    /// Room ids by short names: `1`, `2`, `3`, `staff`, `notice`, `help`.
    pub rooms: BTreeMap<String, String>,
    /// The bot's id.
    pub bot: String,
    /// Sees what the manager sees: everything.
    pub watcher: Arc<Watcher>,
}

/// What estate is to be built, and where.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'p> {
    /// Where linli's configuration and data are put.
    pub folder: &'p Path,
    pub language: Language,
    /// The linli program, for provisioning.
    pub program: &'p Path,
    /// Whether its rooms are encrypted.
    pub encrypted: bool,
    /// Whether people may be told what can wait at any hour: a demo is played when its player is awake.
    pub awake: bool,
    /// Settings of features, TOML, for the end of the configuration.
    pub features: &'p str,
}

/// Everybody's password: this homeserver listens on this machine alone.
#[must_use]
pub fn password(login: &str) -> String {
    format!("{login}-demo")
}

impl Inhabitant {
    /// The display name in a language.
    #[must_use]
    pub fn name(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.names[0],
            Language::En => self.names[1],
        }
    }

    /// The short name of the room where they speak when none is named.
    #[must_use]
    pub fn home(&self) -> &'static str {
        match self.part {
            Part::Resident(building) => building,
            Part::Moderator => "3",
            Part::Staff(_) | Part::Manager => "staff",
        }
    }
}

impl Estate {
    /// Makes what is not there yet, and logs everybody in.
    ///
    /// # Errors
    /// Where the homeserver or linli refuses something.
    pub async fn build(synapse: &Synapse, plan: &Plan<'_>) -> Result<Self> {
        let Plan {
            folder,
            language,
            program,
            encrypted,
            awake,
            features,
        } = *plan;
        let bot = synapse
            .register("linli", &password("linli"), Some("邻里 linli"), false)
            .await?;
        bot.logout().await?;
        let mut people = BTreeMap::new();
        for person in &PEOPLE {
            let name = Some(person.name(language));
            let account = synapse
                .register(person.login, &password(person.login), name, false)
                .await?;
            people.insert(person.login, account);
        }
        let config = folder.join("linli.toml");
        std::fs::write(folder.join("seal-key"), seal_key()?).context("Cannot write a key")?;
        let text = configuration(synapse, language, encrypted, awake) + features;
        std::fs::write(&config, text).context("Cannot write the demo's configuration")?;
        provision(program, &config).await?;
        let rooms = move_in(synapse, &people).await?;
        let manager = people.get("jingli").context("There is no manager")?;
        Ok(Self {
            data: folder.join("data"),
            config,
            language,
            watcher: Arc::new(Watcher::start(manager, Invites::Accept).await?),
            people,
            rooms,
            bot: bot.user_id,
        })
    }

    /// Lifts the homeserver's rate limit for the bot, as the administrator of a homeserver would.
    ///
    /// # Errors
    /// Where the homeserver refuses.
    pub async fn lift_rate_limit(&self, synapse: &Synapse) -> Result<()> {
        let admin = synapse
            .register("admin", &password("admin"), None, true)
            .await?;
        synapse.lift_rate_limit(&admin, &self.bot).await
    }

    /// Somebody's account.
    ///
    /// # Errors
    /// Where there is nobody of this name.
    pub fn account(&self, login: &str) -> Result<&Account> {
        self.people
            .get(login)
            .with_context(|| format!("There is nobody called {login}"))
    }

    /// A room's id.
    ///
    /// # Errors
    /// Where there is no such room.
    pub fn room(&self, name: &str) -> Result<&str> {
        self.rooms
            .get(name)
            .map(String::as_str)
            .with_context(|| match self.language {
                Language::Zh => format!("没有叫 {name} 的房间；/rooms 可以看到所有房间"),
                Language::En => format!("There is no room called {name}; /rooms lists them"),
            })
    }

    /// The short name of a room.
    #[must_use]
    pub fn room_name(&self, id: &str) -> &str {
        self.rooms
            .iter()
            .find(|(_, room)| *room == id)
            .map_or("?", |(name, _)| name)
    }

    /// The name that people see for an id.
    #[must_use]
    pub fn name_of<'n>(&self, user: &'n str) -> &'n str {
        let local = user
            .trim_start_matches('@')
            .split(':')
            .next()
            .unwrap_or(user);
        PEOPLE
            .iter()
            .find(|person| person.login == local)
            .map_or(local, |person| person.name(self.language))
    }

    /// The card of a ticket in a room: the first of linli's messages about it there.
    #[must_use]
    pub fn card(&self, room: &str, ticket: u32) -> Option<String> {
        let number = ticket.to_string();
        let events = self.watcher.events();
        let card = events.iter().find(|seen| {
            seen.room_id == room
                && seen.sender() == self.bot
                && seen.content()["dev.linli"]["about"]["feature"] == "tickets"
                && seen.content()["dev.linli"]["about"]["id"] == number.as_str()
        });
        card.map(|seen| seen.id().to_owned())
    }

    /// The card of a help post in a room: the first of linli's messages about it there.
    #[must_use]
    pub fn post_card(&self, room: &str, post: u32) -> Option<String> {
        let number = post.to_string();
        let events = self.watcher.events();
        let card = events.iter().find(|seen| {
            let about = &seen.content()["dev.linli"]["about"];
            seen.room_id == room
                && seen.sender() == self.bot
                && about["feature"] == "posts"
                && about["id"] == number.as_str()
                && seen.body().starts_with("🏘")
        });
        card.map(|seen| seen.id().to_owned())
    }

    /// The last message that somebody has written in a room.
    #[must_use]
    pub fn last_of(&self, room: &str, user: &str) -> Option<String> {
        let events = self.watcher.events();
        let is_it = |seen: &&Seen| {
            let is_new = seen.kind() == "m.room.message" && seen.target().is_none();
            is_new && seen.room_id == room && seen.sender() == user
        };
        let last = events.iter().rev().find(is_it);
        last.map(|seen| seen.id().to_owned())
    }

    /// The newest ticket whose card stands in a room.
    #[must_use]
    pub fn newest_ticket(&self, room: &str) -> Option<u32> {
        let events = self.watcher.events();
        events
            .iter()
            .filter(|seen| seen.room_id == room && seen.sender() == self.bot)
            .filter_map(|seen| {
                let about = &seen.content()["dev.linli"]["about"];
                (about["feature"] == "tickets").then_some(())?;
                about["id"].as_str()?.parse().ok()
            })
            .max()
    }

    /// Tells how to join in.
    pub fn introduce(&self, synapse: &Synapse, show: &Transcript) {
        let mut lines = vec![match self.language {
            Language::Zh => format!(
                "用 Element 加入：服务器 {}，账号和密码如下（也可以直接在这里输入，见 /help）：",
                synapse.base_url()
            ),
            Language::En => format!(
                "Join in with Element: homeserver {}, accounts and passwords below (or just type here, see /help):",
                synapse.base_url()
            ),
        }];
        for person in &PEOPLE {
            lines.push(format!(
                "  {:<10} {:<16} {}",
                person.login,
                password(person.login),
                person.name(self.language)
            ));
        }
        for (login, what) in [("linli", "linli"), ("admin", "Synapse")] {
            lines.push(format!("  {login:<10} {:<16} {what}", password(login)));
        }
        show.note(&lines.join("\n"));
    }
}

/// A key with which anonymous reports are sealed.
fn seal_key() -> Result<String> {
    let mut key = [0_u8; 32];
    getrandom::fill(&mut key).context("Cannot draw a key")?;
    Ok(key.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// linli's configuration for the estate.
fn configuration(synapse: &Synapse, language: Language, encrypted: bool, awake: bool) -> String {
    let waking = if awake { "24/7" } else { "08:00-22:00" };
    let server = synapse.server_name();
    let (name, tongue) = match language {
        Language::Zh => ("和谐花园", "zh-CN"),
        Language::En => ("Harmony Gardens", "en"),
    };
    let mut text = format!(
        r##"data = "data"

[account]
homeserver = "{}"
user = "@linli:{server}"
password_file = "password"
seal_key_file = "seal-key"
names = ["linli", "邻里", "小邻"]

[[community]]
id = "hexie"
name = "{name}"
language = "{tongue}"
timezone = "Asia/Shanghai"
join = "public"
encrypted = {encrypted}
waking = "{waking}"

[community.rooms]
space = "#hexie:{server}"
staff = "#hexie-staff:{server}"
notice = "#hexie-notice:{server}"
"##,
        synapse.base_url()
    );
    for (building, units) in BUILDINGS {
        text.push_str(&format!(
            "\n[[community.building]]\nname = \"{building}\"\nunits = {units:?}\nroom = \"#hexie-{building}:{server}\"\n"
        ));
    }
    let channel = match language {
        Language::Zh => "邻里帮",
        Language::En => "neighbours",
    };
    text.push_str(&format!(
        "\n[[community.channel]]\nroom = \"#hexie-help:{server}\"\nname = \"{channel}\"\n"
    ));
    for person in &PEOPLE {
        let (role, trades) = match person.part {
            Part::Resident(_) => continue,
            Part::Staff(trade) => ("staff", format!("trades = [\"{trade}\"]\n")),
            Part::Moderator => ("moderator", String::new()),
            Part::Manager => ("manager", String::new()),
        };
        text.push_str(&format!(
            "\n[[community.person]]\nuser = \"@{}:{server}\"\nname = \"{}\"\nroles = [\"{role}\"]\n{trades}",
            person.login,
            person.name(language)
        ));
    }
    text
}

/// Runs `linli provision`, as an administrator would.
async fn provision(program: &Path, config: &Path) -> Result<()> {
    let folder = config.parent().unwrap_or(Path::new("."));
    std::fs::write(folder.join("password"), password("linli"))
        .context("Cannot write the bot's password")?;
    let output = Command::new(program)
        .args(["provision", "--config"])
        .arg(config)
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(Duration::from_secs(120), output)
        .await
        .context("linli provision takes too long")?
        .with_context(|| format!("Cannot start {}", program.display()))?;
    if !output.status.success() {
        bail!(
            "linli provision failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}

/// Everybody joins the rooms where they belong. Returns the rooms by their short names.
async fn move_in(
    synapse: &Synapse,
    people: &BTreeMap<&'static str, Account>,
) -> Result<BTreeMap<String, String>> {
    let server = synapse.server_name();
    let alias = |room: &str| match room {
        "space" => format!("#hexie:{server}"),
        other => format!("#hexie-{other}:{server}"),
    };
    let mut rooms = BTreeMap::new();
    for person in &PEOPLE {
        let account = people.get(person.login).context("Somebody is missing")?;
        let belongs: Vec<&str> = match person.part {
            Part::Resident(building) => vec!["space", "notice", "help", building],
            Part::Staff(_) => vec!["space", "notice", "staff"],
            Part::Moderator | Part::Manager => {
                vec!["space", "notice", "staff", "help", "1", "2", "3"]
            }
        };
        for room in belongs {
            let id = account.join(&alias(room)).await?;
            rooms.insert(room.to_owned(), id);
        }
    }
    Ok(rooms)
}
