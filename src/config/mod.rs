//! The configuration: typed sections, every field with a default or an error that names its key. All faults are
//! reported at once.

mod check;
mod community;
mod fault;
mod file;
mod lenient;
mod load;
mod make;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use chrono_tz::Tz;
use serde::Deserialize;

use crate::{
    domain::{
        community::{BanList, FeatureSettings, Purpose},
        hours::Hours,
        ids::{CommunityId, UserId},
        roles::Person,
    },
    text::{address::Registry, language::Language, posts::Kinds},
};
pub use fault::{ConfigError, Fault};

/// Everything the configuration says.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder that holds the store, the session and the encryption keys.
    pub data: PathBuf,
    pub account: Account,
    pub log: Log,
    /// Where the homeserver asks before it lets a message pass; None for nowhere.
    pub guard: Option<Guard>,
    pub spam: Spam,
    /// Where copies of tickets' pictures are kept; None for nowhere.
    pub copies: Option<Copies>,
    pub communities: Vec<CommunityConfig>,
}

/// The bot's account.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Account {
    /// Where clients reach the homeserver.
    pub homeserver: String,
    /// The user's localpart, or whole id.
    pub user: String,
    pub password_file: Option<PathBuf>,
    pub recovery_key_file: Option<PathBuf>,
    pub seal_key_file: Option<PathBuf>,
    /// How the device is called in the account's list of devices.
    pub device_name: Option<String>,
    /// Names by which residents call the bot in plain text, after an `@`.
    pub names: Vec<String>,
}

/// What is written to the log, and how.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    pub level: String,
    pub format: LogFormat,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            level: "info".to_owned(),
            format: LogFormat::Text,
        }
    }
}

/// Where the homeserver asks, and what it must know.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Guard {
    /// An address and a port, such as `127.0.0.1:8765`.
    pub listen: String,
    pub token_file: Option<PathBuf>,
}

/// What all communities have in common in their defence against spam.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Spam {
    /// The file of another model of adverts than the one that linli brings along.
    pub model: Option<PathBuf>,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

/// Where copies of tickets' pictures, videos and the like are kept.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copies {
    pub folder: PathBuf,
    /// Megabytes of all together; the oldest go first.
    #[serde(default = "Copies::megabytes")]
    pub megabytes: u32,
    /// Megabytes of one.
    #[serde(default = "Copies::file_megabytes")]
    pub file_megabytes: u32,
}

impl Copies {
    fn megabytes() -> u32 {
        2_000
    }

    fn file_megabytes() -> u32 {
        50
    }
}

/// One estate.
#[derive(Clone, Debug)]
pub struct CommunityConfig {
    pub id: CommunityId,
    pub name: String,
    pub language: Language,
    pub timezone: Tz,
    pub hours: Hours,
    pub waking: Hours,
    pub rooms: Vec<RoomConfig>,
    /// Ban lists that are followed, and the own one.
    pub lists: Vec<BanList>,
    pub people: BTreeMap<UserId, Person>,
    pub bots: BTreeSet<UserId>,
    pub registry: Registry,
    /// The kinds of help posts.
    pub kinds: Kinds,
    /// Whether rooms that linli makes are encrypted.
    pub encrypted: bool,
    /// Who may join the space that linli makes, and the other rooms follow it; or who may join the lobby, where there is
    /// one: all others are entered by invitation then.
    pub join: Join,
    pub features: BTreeMap<&'static str, FeatureSettings>,
}

/// Who may join (Client-Server API, `m.room.join_rules`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// Anyone.
    Public,
    /// Anyone may ask.
    Knock,
    /// Only who is invited.
    #[default]
    Invite,
}

impl CommunityConfig {
    /// The addresses of all rooms in which linli has something to do.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let rooms = self.rooms.iter().map(|room| room.address.as_str());
        rooms.chain(self.lists.iter().map(|list| list.address.as_str()))
    }
}

impl Join {
    /// Its name in the specification.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Knock => "knock",
            Self::Invite => "invite",
        }
    }
}

/// A room of an estate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomConfig {
    pub purpose: Purpose,
    /// Its id (`!…`) or alias (`#…:server`).
    pub address: String,
}
