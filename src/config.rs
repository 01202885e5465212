//! The configuration: typed sections, every field with a default or an error that names its key. All faults are
//! reported at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    path::{Path, PathBuf},
};

use chrono_tz::Tz;
use secrecy::SecretString;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    domain::{
        community::{Community, FeatureSettings, Purpose, Settings},
        feature::World,
        ids::{CommunityId, RoomId, UserId},
        roles::{Person, Trade},
    },
    features,
    matrix::session::{self, Login},
    text::{
        address::{Building, Registry},
        language::Language,
    },
};

/// Everything the configuration says.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder that holds the store, the session and the encryption keys.
    pub data: PathBuf,
    pub account: Account,
    pub log: Log,
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

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

/// One estate.
#[derive(Clone, Debug)]
pub struct CommunityConfig {
    pub id: CommunityId,
    pub name: String,
    pub language: Language,
    pub timezone: Tz,
    pub rooms: Vec<RoomConfig>,
    pub people: BTreeMap<UserId, Person>,
    pub bots: BTreeSet<UserId>,
    pub registry: Registry,
    /// Whether rooms that linli makes are encrypted.
    pub encrypted: bool,
    /// Who may join the space that linli makes; the other rooms follow it.
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

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key, such as `community[0].person[1].user`.
    pub key: String,
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.key.is_empty() {
            f.write_str(&self.why)
        } else {
            write!(f, "{}: {}", self.key, self.why)
        }
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the configuration {} has {}:{}", path.display(), count(faults.len()), list(faults))]
pub struct ConfigError {
    pub path: PathBuf,
    pub faults: Vec<Fault>,
}

fn count(faults: usize) -> String {
    if faults == 1 {
        "a fault".to_owned()
    } else {
        format!("{faults} faults")
    }
}

fn list(faults: &[Fault]) -> String {
    faults
        .iter()
        .map(|fault| format!("\n  - {fault}"))
        .collect()
}

/// The file as it is written, every key optional, so that one fault hides no other.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    data: Option<PathBuf>,
    account: Account,
    log: Log,
    community: Vec<CommunityFile>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CommunityFile {
    id: String,
    name: String,
    language: Option<String>,
    timezone: Option<String>,
    encrypted: bool,
    join: Join,
    rooms: RoomsFile,
    building: Vec<BuildingFile>,
    person: Vec<PersonFile>,
    bots: Vec<String>,
    features: BTreeMap<String, Value>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RoomsFile {
    space: Option<String>,
    staff: Option<String>,
    notice: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct BuildingFile {
    name: String,
    phase: Option<String>,
    units: Vec<String>,
    floors: Option<u16>,
    homes_per_floor: Option<u16>,
    room: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PersonFile {
    user: String,
    name: String,
    roles: Vec<RoleFile>,
    trades: Vec<Trade>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RoleFile {
    Staff,
    Moderator,
    Manager,
}

/// The environment overrides single keys: `LINLI__ACCOUNT__HOMESERVER` is `account.homeserver`.
const ENVIRONMENT: &str = "LINLI";

impl Config {
    /// Reads a configuration file, with what the environment says over it.
    ///
    /// # Errors
    /// Lists every fault with its key.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let fail = |why: String| ConfigError {
            path: path.to_owned(),
            faults: vec![Fault {
                key: String::new(),
                why,
            }],
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| fail(format!("it cannot be read: {error}")))?;
        let value = config::Config::builder()
            .add_source(config::File::from_str(&text, config::FileFormat::Toml))
            .add_source(
                config::Environment::with_prefix(ENVIRONMENT)
                    .prefix_separator("__")
                    .separator("__"),
            )
            .build()
            .and_then(config::Config::try_deserialize::<Value>)
            .map_err(|error| fail(error.to_string()))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut faults = Vec::new();
        let config = Self::from_value(value, folder, &mut faults);
        if faults.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError {
                path: path.to_owned(),
                faults,
            })
        }
    }

    fn from_value(value: Value, folder: &Path, faults: &mut Vec<Fault>) -> Self {
        let file: File = read_leniently(value, "", faults);
        let mut checks = Checks { faults };
        checks.account(&file.account);
        if file.community.is_empty() {
            checks.add("community", "there must be at least one [[community]]");
        }
        let server = server_of(&file);
        let communities = file
            .community
            .into_iter()
            .enumerate()
            .map(|(at, community)| checks.community(at, community, server.as_deref()))
            .collect();
        let mut config = Self {
            data: folder.join(file.data.unwrap_or_else(|| PathBuf::from("data"))),
            account: file.account,
            log: file.log,
            communities,
        };
        checks.log(&config.log);
        checks.unique(&config.communities);
        let relative = |path: &mut Option<PathBuf>| {
            if let Some(path) = path {
                *path = folder.join(&*path);
            }
        };
        relative(&mut config.account.password_file);
        relative(&mut config.account.recovery_key_file);
        config
    }

    /// How to log in, with the password from its file or from `LINLI_PASSWORD`.
    ///
    /// # Errors
    /// Where a named file cannot be read.
    pub fn login(&self) -> Result<Login, Fault> {
        let logged_in = session::file(&self.data).exists();
        let secret = |key: &str, path: &Option<PathBuf>| match path {
            None => Ok(None),
            // After the first login the secrets are needed no more, and may be gone.
            Some(path) if logged_in && !path.exists() => Ok(None),
            Some(path) => std::fs::read_to_string(path)
                .map(|text| Some(SecretString::from(text.trim().to_owned())))
                .map_err(|error| Fault {
                    key: key.to_owned(),
                    why: format!("{} cannot be read: {error}", path.display()),
                }),
        };
        let password = match std::env::var("LINLI_PASSWORD") {
            Ok(password) => Some(SecretString::from(password)),
            Err(_) => secret("account.password_file", &self.account.password_file)?,
        };
        Ok(Login {
            homeserver: self.account.homeserver.clone(),
            user: self.account.user.clone(),
            password,
            recovery_key: secret("account.recovery_key_file", &self.account.recovery_key_file)?,
            device_name: self
                .account
                .device_name
                .clone()
                .unwrap_or_else(|| "linli".to_owned()),
        })
    }

    /// The world that the engine works by: this configuration, with the rooms found for its addresses.
    #[must_use]
    pub fn world(&self, bot: UserId, rooms: &BTreeMap<String, RoomId>) -> World {
        let communities = self.communities.iter().map(|community| Community {
            id: community.id.clone(),
            name: community.name.clone(),
            language: community.language,
            timezone: community.timezone,
            rooms: community
                .rooms
                .iter()
                .filter_map(|room| Some((rooms.get(&room.address)?.clone(), room.purpose.clone())))
                .collect(),
            people: community.people.clone(),
            bots: community.bots.clone(),
            registry: community.registry.clone(),
            features: community.features.clone(),
        });
        World {
            settings: Settings::new(bot, self.account.names.clone(), communities.collect()),
            features: features::ALL,
        }
    }
}

/// The server that addresses without one belong to: that of the bot's own id, if it is given whole.
fn server_of(file: &File) -> Option<String> {
    let (_, server) = file.account.user.split_once(':')?;
    Some(server.to_owned())
}

/// Reads a section; what cannot be read is noted as a fault, taken out, and the rest read again.
fn read_leniently<T: DeserializeOwned + Default>(
    mut value: Value,
    key: &str,
    faults: &mut Vec<Fault>,
) -> T {
    // Each round takes one fault out, so that this ends.
    for _ in 0..1_000 {
        match serde_path_to_error::deserialize::<_, T>(&value) {
            Ok(read) => return read,
            Err(error) => {
                let why = error.inner().to_string();
                let mut path: Vec<String> = error
                    .path()
                    .iter()
                    .filter_map(|segment| match segment {
                        serde_path_to_error::Segment::Seq { index } => Some(format!("[{index}]")),
                        serde_path_to_error::Segment::Map { key } => Some(key.clone()),
                        serde_path_to_error::Segment::Enum { variant } => Some(variant.clone()),
                        serde_path_to_error::Segment::Unknown => None,
                    })
                    .collect();
                if let Some(unknown) = unknown_field(&why)
                    && path.last().map(String::as_str) != Some(unknown)
                {
                    path.push(unknown.to_owned());
                }
                faults.push(Fault {
                    key: join(key, &path),
                    why: why.replace('`', "'"),
                });
                if !take_out(&mut value, &path) {
                    break;
                }
            }
        }
    }
    T::default()
}

fn unknown_field(why: &str) -> Option<&str> {
    why.strip_prefix("unknown field `")?.split('`').next()
}

fn join(key: &str, path: &[String]) -> String {
    let mut whole = key.to_owned();
    for part in path {
        if !part.starts_with('[') && !whole.is_empty() {
            whole.push('.');
        }
        whole.push_str(part);
    }
    whole
}

fn take_out(value: &mut Value, path: &[String]) -> bool {
    let Some((last, before)) = path.split_last() else {
        return false;
    };
    let mut at = value;
    for part in before {
        let next = match at {
            Value::Object(map) => map.get_mut(part),
            Value::Array(list) => index(part).and_then(|index| list.get_mut(index)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        };
        match next {
            Some(next) => at = next,
            None => return false,
        }
    }
    match at {
        Value::Object(map) => map.remove(last).is_some(),
        Value::Array(list) => match index(last) {
            Some(index) if index < list.len() => {
                list.remove(index);
                true
            }
            _ => false,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn index(part: &str) -> Option<usize> {
    part.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}

/// The checks that types cannot make.
struct Checks<'f> {
    faults: &'f mut Vec<Fault>,
}

impl Checks<'_> {
    fn add(&mut self, key: &str, why: impl Into<String>) {
        // A key that could not be read is not also missing.
        if !self.faults.iter().any(|fault| fault.key == key) {
            self.faults.push(Fault {
                key: key.to_owned(),
                why: why.into(),
            });
        }
    }

    fn account(&mut self, account: &Account) {
        let homeserver = &account.homeserver;
        if homeserver.is_empty() {
            self.add(
                "account.homeserver",
                "it is missing: the address where clients reach the homeserver, such as \"https://matrix.example.org\"",
            );
        } else if !homeserver.starts_with("http://") && !homeserver.starts_with("https://") {
            self.add(
                "account.homeserver",
                format!("'{homeserver}' is no address: it must begin with https:// or http://"),
            );
        }
        if account.user.is_empty() {
            self.add(
                "account.user",
                "it is missing: the bot's own user, such as \"@linli:example.org\"",
            );
        } else if account.user.starts_with('@') && !is_user(&account.user) {
            self.add(
                "account.user",
                format!(
                    "'{}' is no Matrix id: it must be like @linli:example.org",
                    account.user
                ),
            );
        }
    }

    fn log(&mut self, log: &Log) {
        if log.level.parse::<tracing::Level>().is_err() {
            self.add(
                "log.level",
                format!(
                    "'{}' is no level: use error, warn, info, debug or trace",
                    log.level
                ),
            );
        }
    }

    fn unique(&mut self, communities: &[CommunityConfig]) {
        let mut ids = BTreeSet::new();
        let mut rooms = BTreeMap::new();
        for (at, community) in communities.iter().enumerate() {
            if !ids.insert(community.id.clone()) {
                let why = format!("two communities have the id '{}'", community.id);
                self.add(&format!("community[{at}].id"), why);
            }
            for room in &community.rooms {
                if let Some(other) = rooms.insert(room.address.clone(), &room.purpose) {
                    let why = format!(
                        "the room {} is named twice, as {other:?} and as {:?}",
                        room.address, room.purpose
                    );
                    self.add(&format!("community[{at}]"), why);
                }
            }
        }
    }

    fn community(
        &mut self,
        at: usize,
        file: CommunityFile,
        server: Option<&str>,
    ) -> CommunityConfig {
        let key = |name: &str| format!("community[{at}].{name}");
        if file.id.is_empty()
            || !file
                .id
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-')
        {
            self.add(
                &key("id"),
                format!(
                    "'{}' is no id: a short name of a-z, 0-9 and -, which must never change",
                    file.id
                ),
            );
        }
        if file.name.trim().is_empty() {
            self.add(&key("name"), "it is missing: the name that residents know");
        }
        let timezone = file.timezone.as_deref().unwrap_or("Asia/Shanghai");
        let timezone = timezone.parse().unwrap_or_else(|_| {
            self.add(
                &key("timezone"),
                format!("'{timezone}' is no time zone: use a name such as Asia/Shanghai"),
            );
            Tz::UTC
        });
        let language = match file.language.as_deref() {
            None | Some("zh-CN" | "zh") => Language::Zh,
            Some("en") => Language::En,
            Some(other) => {
                self.add(
                    &key("language"),
                    format!("'{other}' is not spoken: use \"zh-CN\" or \"en\""),
                );
                Language::Zh
            }
        };
        let rooms = self.rooms(&key(""), &file, server);
        CommunityConfig {
            rooms,
            people: self.people(&key("person"), file.person),
            bots: self.bots(&key("bots"), &file.bots),
            features: self.features(&key("features"), file.features),
            registry: registry(&file.building),
            id: CommunityId::from(file.id),
            name: file.name,
            language,
            timezone,
            encrypted: file.encrypted,
            join: file.join,
        }
    }

    fn rooms(&mut self, key: &str, file: &CommunityFile, server: Option<&str>) -> Vec<RoomConfig> {
        let mut rooms = Vec::new();
        let single = [
            ("rooms.space", Purpose::Space, &file.rooms.space),
            ("rooms.staff", Purpose::Staff, &file.rooms.staff),
            ("rooms.notice", Purpose::Notice, &file.rooms.notice),
        ];
        for (name, purpose, address) in single {
            if let Some(address) = address {
                let address = self.address(&format!("{key}{name}"), address, server);
                rooms.push(RoomConfig { purpose, address });
            }
        }
        if file.rooms.staff.is_none() {
            self.add(
                &format!("{key}rooms.staff"),
                "it is missing: the room where staff see and claim tickets",
            );
        }
        if file.building.is_empty() {
            self.add(
                &format!("{key}building"),
                "there must be at least one [[community.building]]",
            );
        }
        let mut names = BTreeSet::new();
        for (at, building) in file.building.iter().enumerate() {
            let key = format!("{key}building[{at}]");
            if building.name.trim().is_empty() {
                self.add(
                    &format!("{key}.name"),
                    "it is missing: such as \"3\" or \"B\"",
                );
            } else if !names.insert((&building.phase, &building.name)) {
                let why = format!("building '{}' is there twice", building.name);
                self.add(&format!("{key}.name"), why);
            }
            if let Some(address) = &building.room {
                rooms.push(RoomConfig {
                    purpose: Purpose::Building(building.name.clone()),
                    address: self.address(&format!("{key}.room"), address, server),
                });
            }
        }
        rooms
    }

    /// A room's id or alias; an alias without a server gets the bot's.
    fn address(&mut self, key: &str, address: &str, server: Option<&str>) -> String {
        let whole = match (address.starts_with('#') && !address.contains(':'), server) {
            (true, Some(server)) => format!("{address}:{server}"),
            _ => address.to_owned(),
        };
        let alias = whole.starts_with('#') && whole.contains(':');
        if !alias && !whole.starts_with('!') {
            self.add(
                key,
                format!("'{address}' is no room: use an alias such as #hexie-3:example.org, or a room id that begins with !"),
            );
        }
        whole
    }

    fn people(&mut self, key: &str, files: Vec<PersonFile>) -> BTreeMap<UserId, Person> {
        let mut people = BTreeMap::new();
        for (at, file) in files.into_iter().enumerate() {
            if !is_user(&file.user) {
                self.add(
                    &format!("{key}[{at}].user"),
                    format!(
                        "'{}' is no Matrix id: it must be like @wang:example.org",
                        file.user
                    ),
                );
                continue;
            }
            if file.roles.is_empty() {
                self.add(
                    &format!("{key}[{at}].roles"),
                    "it is missing: \"staff\", \"moderator\" or \"manager\"",
                );
            }
            let person = Person {
                name: file.name,
                trades: file.trades,
                staff: file.roles.contains(&RoleFile::Staff),
                moderator: file.roles.contains(&RoleFile::Moderator),
                manager: file.roles.contains(&RoleFile::Manager),
            };
            if people
                .insert(UserId::from(file.user.as_str()), person)
                .is_some()
            {
                let why = format!("{} is there twice", file.user);
                self.add(&format!("{key}[{at}].user"), why);
            }
        }
        people
    }

    fn bots(&mut self, key: &str, bots: &[String]) -> BTreeSet<UserId> {
        for (at, bot) in bots.iter().enumerate() {
            if !is_user(bot) {
                let why = format!("'{bot}' is no Matrix id: it must be like @bridge:example.org");
                self.add(&format!("{key}[{at}]"), why);
            }
        }
        bots.iter().map(|bot| UserId::from(bot.as_str())).collect()
    }

    fn features(
        &mut self,
        key: &str,
        mut sections: BTreeMap<String, Value>,
    ) -> BTreeMap<&'static str, FeatureSettings> {
        let mut configured = BTreeMap::new();
        for feature in features::ALL {
            let mut section = sections
                .remove(feature.name)
                .unwrap_or_else(|| Value::Object(serde_json::Map::new()));
            // As in `read_leniently`: each round takes one fault out.
            for _ in 0..100 {
                match (feature.configure)(&section) {
                    Ok(settings) => {
                        configured.insert(feature.name, settings);
                        break;
                    }
                    Err(fault) => {
                        let unknown = unknown_field(&fault.why).map(str::to_owned);
                        let name = unknown.unwrap_or(fault.key);
                        self.add(
                            &format!("{key}.{}.{name}", feature.name),
                            fault.why.replace('`', "'"),
                        );
                        if !take_out(&mut section, &[name]) {
                            section = Value::Object(serde_json::Map::new());
                        }
                    }
                }
            }
        }
        for name in sections.keys() {
            let known: Vec<&str> = features::ALL.iter().map(|feature| feature.name).collect();
            let why = format!("there is no such feature; there are {}", known.join(", "));
            self.add(&format!("{key}.{name}"), why);
        }
        configured
    }
}

fn is_user(text: &str) -> bool {
    text.strip_prefix('@')
        .and_then(|rest| rest.split_once(':'))
        .is_some_and(|(local, server)| !local.is_empty() && !server.is_empty())
}

fn registry(buildings: &[BuildingFile]) -> Registry {
    Registry {
        buildings: buildings
            .iter()
            .map(|building| Building {
                name: building.name.clone(),
                units: building.units.clone(),
                phase: building.phase.clone(),
                floors: building.floors,
                homes_per_floor: building.homes_per_floor,
            })
            .collect(),
    }
}
