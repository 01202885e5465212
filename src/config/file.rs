//! The file as it is written, every key optional, so that one fault hides no other.

use std::{collections::BTreeMap, path::PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::{Account, Copies, Guard, Join, Log, Spam};
use crate::{domain::roles::Trade, text::posts::Kind};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) data: Option<PathBuf>,
    pub(super) account: Account,
    pub(super) log: Log,
    pub(super) guard: Option<Guard>,
    pub(super) spam: Spam,
    pub(super) copies: Option<Copies>,
    pub(super) community: Vec<CommunityFile>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CommunityFile {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) language: Option<String>,
    pub(super) timezone: Option<String>,
    pub(super) hours: Option<String>,
    pub(super) waking: Option<String>,
    pub(super) encrypted: bool,
    pub(super) join: Join,
    pub(super) rooms: RoomsFile,
    pub(super) building: Vec<BuildingFile>,
    pub(super) channel: Vec<ChannelFile>,
    pub(super) kind: Vec<Kind>,
    pub(super) person: Vec<PersonFile>,
    pub(super) bots: Vec<String>,
    pub(super) features: BTreeMap<String, Value>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RoomsFile {
    pub(super) space: Option<String>,
    pub(super) staff: Option<String>,
    pub(super) notice: Option<String>,
    pub(super) lobby: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct BuildingFile {
    pub(super) name: String,
    pub(super) phase: Option<String>,
    pub(super) units: Vec<String>,
    pub(super) floors: Option<u16>,
    pub(super) homes_per_floor: Option<u16>,
    pub(super) room: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChannelFile {
    pub(super) room: String,
    pub(super) name: Option<String>,
    pub(super) kinds: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PersonFile {
    pub(super) user: String,
    pub(super) name: String,
    pub(super) roles: Vec<RoleFile>,
    pub(super) trades: Vec<Trade>,
    pub(super) duty: Option<String>,
    pub(super) stand_in: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RoleFile {
    Staff,
    Moderator,
    Manager,
}
