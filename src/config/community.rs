//! One estate, checked and made of what its section says: who, which rooms, which buildings, which features.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use serde_json::Value;

use super::{
    CommunityConfig, RoomConfig,
    check::{Checks, is_user},
    file::{BuildingFile, ChannelFile, CommunityFile, PersonFile, RoleFile},
    lenient::{join, parts, take_out},
};
use crate::{
    domain::{
        community::{BanList, Channel, FeatureSettings, Purpose},
        hours::Hours,
        ids::{CommunityId, UserId},
        roles::Person,
    },
    features,
    text::{
        address::{Building, Registry},
        language::Language,
        posts::{Kind, Kinds},
    },
};

/// When the property service works where the file does not say it.
const USUAL_HOURS: &str = "08:00-20:00";
/// When people may be called for what can wait, where the file does not say it: until the night begins by article 88 of
/// China's law on noise pollution (2021).
const USUAL_WAKING: &str = "08:00-22:00";

impl Checks<'_> {
    pub(super) fn community(
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
                    "'{}' is no id: a short name of letters a-z, digits and -, which must never change",
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
        let hours = file.hours.as_deref().unwrap_or(USUAL_HOURS);
        let hours = self.hours(&key("hours"), hours, timezone);
        let waking = file.waking.as_deref().unwrap_or(USUAL_WAKING);
        let waking = self.hours(&key("waking"), waking, timezone);
        let rooms = self.rooms(&key(""), &file, server);
        let kinds = self.kinds(&key("kind"), &file.kind);
        self.channels(&key("channel"), &file.channel, &kinds);
        let features = self.features(&key("features"), file.features);
        let has_lobby = file.rooms.lobby.is_some();
        if let Some(fault) = features::admission::settings::misfit(&features, has_lobby) {
            self.add(
                &key(&format!("features.admission.{}", fault.key)),
                fault.why,
            );
        }
        CommunityConfig {
            lists: self.lists(&key("features.lists"), &features, server),
            rooms,
            people: self.people(&key("person"), file.person, timezone),
            bots: self.bots(&key("bots"), &file.bots),
            features,
            registry: registry(&file.building),
            kinds,
            id: CommunityId::from(file.id),
            name: file.name,
            language,
            timezone,
            hours,
            waking,
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
            ("rooms.lobby", Purpose::Lobby, &file.rooms.lobby),
        ];
        for (name, purpose, address) in single {
            if let Some(address) = address {
                let address = self.address(&format!("{key}{name}"), address, server);
                rooms.push(RoomConfig { purpose, address });
            }
        }
        for (at, channel) in file.channel.iter().enumerate() {
            let language = file.language.as_deref();
            let usual = if language == Some("en") {
                "neighbours"
            } else {
                "邻里帮"
            };
            let purpose = Purpose::Help(Channel {
                name: channel.name.clone().unwrap_or_else(|| usual.to_owned()),
                kinds: channel.kinds.clone(),
            });
            let address = self.address(&format!("{key}channel[{at}].room"), &channel.room, server);
            rooms.push(RoomConfig { purpose, address });
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

    fn kinds(&mut self, key: &str, own: &[Kind]) -> Kinds {
        Kinds::with(own.to_vec()).unwrap_or_else(|(at, column, why)| {
            self.add(&format!("{key}[{at}].{column}"), why);
            Kinds::shipped().clone()
        })
    }

    /// Each kind has one room.
    fn channels(&mut self, key: &str, channels: &[ChannelFile], kinds: &Kinds) {
        let mut taken = BTreeSet::new();
        let mut is_open_taken = false;
        for (at, channel) in channels.iter().enumerate() {
            let key = format!("{key}[{at}].kinds");
            if channel.kinds.is_empty() && std::mem::replace(&mut is_open_taken, true) {
                self.add(&key, "another channel is there for all other kinds already");
            }
            for (n, name) in channel.kinds.iter().enumerate() {
                let key = format!("{key}[{n}]");
                if kinds.named(name).is_none() {
                    let known: Vec<&str> =
                        kinds.rows().iter().map(|row| row.name.as_str()).collect();
                    let why = format!("there is no kind '{name}'; there are {}", known.join(", "));
                    self.add(&key, why);
                } else if !taken.insert(name) {
                    self.add(&key, format!("'{name}' has another channel already"));
                }
            }
        }
    }

    fn lists(
        &mut self,
        key: &str,
        features: &BTreeMap<&'static str, FeatureSettings>,
        server: Option<&str>,
    ) -> Vec<BanList> {
        let named = features::lists::settings::rooms(features).into_iter();
        let lists = named.map(|(name, address, own)| BanList {
            address: self.address(&format!("{key}.{name}"), &address, server),
            own,
        });
        lists.collect()
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

    fn hours(&mut self, key: &str, written: &str, zone: Tz) -> Hours {
        let read = Hours::read(written, zone);
        read.unwrap_or_else(|why| {
            self.add(key, why);
            Hours::always(zone)
        })
    }

    fn people(&mut self, key: &str, files: Vec<PersonFile>, zone: Tz) -> BTreeMap<UserId, Person> {
        let mut people = BTreeMap::new();
        let users: BTreeSet<String> = files.iter().map(|file| file.user.clone()).collect();
        for (at, file) in files.into_iter().enumerate() {
            let roles = format!("{key}[{at}].roles");
            // A role that is no role was left out, and is a fault already.
            let was_told = self
                .faults
                .iter()
                .any(|fault| fault.key.starts_with(&roles));
            if file.roles.is_empty() && !was_told {
                self.add(
                    &roles,
                    "it is missing: \"staff\", \"moderator\" or \"manager\"",
                );
            }
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
            let duty = file.duty.as_deref();
            let duty = duty.map(|duty| self.hours(&format!("{key}[{at}].duty"), duty, zone));
            if let Some(other) = file
                .stand_in
                .as_ref()
                .filter(|other| !users.contains(*other))
            {
                let why = format!("'{other}' is nobody who has a [[community.person]] here");
                self.add(&format!("{key}[{at}].stand_in"), why);
            }
            let person = Person {
                duty,
                stand_in: file.stand_in.as_deref().map(UserId::from),
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
                        let path = parts(&fault.key, &fault.why);
                        self.add(
                            &join(&format!("{key}.{}", feature.name), &path),
                            fault.why.replace('`', "'"),
                        );
                        if !take_out(&mut section, &path) {
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

fn registry(buildings: &[BuildingFile]) -> Registry {
    Registry::new(
        buildings
            .iter()
            .map(|building| Building {
                name: building.name.clone(),
                units: building.units.clone(),
                phase: building.phase.clone(),
                floors: building.floors,
                homes_per_floor: building.homes_per_floor,
            })
            .collect(),
    )
}
