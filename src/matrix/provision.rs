//! Provisioning: the space and rooms that a configuration names are made or adopted, and brought to the state
//! they should have. What is already so is left alone, so that a second run changes nothing.

mod lists;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::account::{Account, Error};
use crate::{
    config::{CommunityConfig, Config, RoomConfig},
    domain::{community::Purpose, ids::UserId, roles::Person},
    text::language::Language,
};

/// The power of moderators: enough to redact, remove and ban.
const MODERATOR: i64 = 50;
/// The power of managers in rooms that they did not make.
const MANAGER: i64 = 100;

/// One thing to do, or that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The room's address in the configuration.
    pub room: String,
    /// What, in words.
    pub what: String,
}

/// Why a room could not be provisioned.
#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    #[error("the room {room}: {error}")]
    Request {
        room: String,
        #[source]
        error: Error,
    },
    #[error(
        "the room {room} cannot be made: its alias belongs to another server than the bot's ({server})"
    )]
    ForeignAlias { room: String, server: String },
    #[error(
        "linli is not in the room {room} and may not join it. Invite {user} there, and run this again"
    )]
    NotIn { room: String, user: String },
    #[error(
        "linli has power {has} in the room {room} and needs 100 to {what}. Give it 100 in Element (room settings → roles), and run this again"
    )]
    TooWeak {
        room: String,
        has: i64,
        what: String,
    },
}

/// The state of a room, as far as linli cares for it.
#[derive(Clone, Debug, Default)]
pub struct RoomState {
    events: BTreeMap<(String, String), Value>,
}

impl RoomState {
    /// Reads the whole state of a room that the account is in.
    ///
    /// # Errors
    /// Where the homeserver refuses.
    pub async fn read(account: &Account, room: &str) -> Result<Self, Error> {
        let path = ["_matrix", "client", "v3", "rooms", room, "state"];
        let events = account
            .request(super::account::Method::GET, &path, None)
            .await?;
        let text = |event: &Value, key: &str| event[key].as_str().unwrap_or_default().to_owned();
        let list = events.as_array().cloned().unwrap_or_default();
        Ok(Self {
            events: list
                .into_iter()
                .map(|event| ((text(&event, "type"), text(&event, "state_key")), event))
                .collect(),
        })
    }

    /// The state of a room that is about to be made, as far as it decides on power.
    fn make_creators(&mut self, bot: &str, others: &[&str]) {
        let create = json!({"sender": bot,
            "content": {"room_version": "12", "additional_creators": others}});
        self.events
            .insert(("m.room.create".to_owned(), String::new()), create);
    }

    fn set_power(&mut self, user: &str, level: i64) {
        let levels = json!({"content": {"users": {user: level}}});
        self.events
            .insert(("m.room.power_levels".to_owned(), String::new()), levels);
    }

    fn content(&self, kind: &str, key: &str) -> Option<&Value> {
        let event = self.events.get(&(kind.to_owned(), key.to_owned()))?;
        event.get("content")
    }

    /// True where the room is of this version or a later one, or of one whose name is no number.
    fn since_version(&self, wanted: u32) -> bool {
        let create = self.content("m.room.create", "");
        let version = create.and_then(|create| create["room_version"].as_str());
        // A room whose creation says nothing is of version 1 (Client-Server API, `m.room.create`).
        let version = version.unwrap_or("1").parse();
        version.map_or(true, |version: u32| version >= wanted)
    }

    /// Those whose power has no bounds: since room version 12, whoever made the room.
    fn creators(&self) -> BTreeSet<String> {
        let key = ("m.room.create".to_owned(), String::new());
        let Some(create) = self.events.get(&key).filter(|_| self.since_version(12)) else {
            return BTreeSet::new();
        };
        let others = create["content"]["additional_creators"].as_array();
        others
            .into_iter()
            .flatten()
            .chain([&create["sender"]])
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }

    /// Somebody's power; `i64::MAX` for a creator.
    #[must_use]
    pub fn power(&self, user: &str) -> i64 {
        if self.creators().contains(user) {
            return i64::MAX;
        }
        let Some(levels) = self.content("m.room.power_levels", "") else {
            return 0;
        };
        let own = levels["users"][user].as_i64();
        own.or(levels["users_default"].as_i64()).unwrap_or(0)
    }

    /// The power that an action needs (`redact`, `kick`, `ban`, `events_default`, …), with the defaults of the
    /// specification.
    #[must_use]
    pub fn needs(&self, action: &str) -> i64 {
        let default = match action {
            "events_default" | "invite" => 0,
            _ => 50,
        };
        self.content("m.room.power_levels", "")
            .and_then(|levels| levels[action].as_i64())
            .unwrap_or(default)
    }

    /// The room that has taken this one's place, once it was upgraded.
    #[must_use]
    pub fn replaced_by(&self) -> Option<&str> {
        self.content("m.room.tombstone", "")?["replacement_room"].as_str()
    }

    /// Somebody's membership, such as `join`.
    #[must_use]
    pub fn membership(&self, user: &str) -> Option<&str> {
        self.content("m.room.member", user)?["membership"].as_str()
    }
}

/// Makes or adopts everything that a configuration names. With `dry_run` nothing is changed; rooms that would be
/// made are only named. Returns what was done, or would be.
///
/// # Errors
/// The first thing that could not be done; what was done before it stays, and a second run goes on from there.
pub async fn provision(
    account: &Account,
    config: &Config,
    dry_run: bool,
) -> Result<Vec<Step>, ProvisionError> {
    let mut work = Work {
        account,
        dry_run,
        steps: Vec::new(),
        server: account
            .user_id
            .split_once(':')
            .map(|(_, server)| server.to_owned())
            .unwrap_or_default(),
    };
    for community in &config.communities {
        let mut space = None;
        let ordered = |room: &&RoomConfig| room.purpose != Purpose::Space;
        let mut rooms: Vec<&RoomConfig> = community.rooms.iter().collect();
        rooms.sort_by_key(ordered);
        for room in rooms {
            let id = work.room(community, room, space.as_deref()).await?;
            if room.purpose == Purpose::Space {
                space = id;
            }
        }
        for list in &community.lists {
            work.list(community, list).await?;
        }
    }
    Ok(work.steps)
}

struct Work<'w> {
    account: &'w Account,
    dry_run: bool,
    steps: Vec<Step>,
    server: String,
}

impl Work<'_> {
    async fn room(
        &mut self,
        community: &CommunityConfig,
        room: &RoomConfig,
        space: Option<&str>,
    ) -> Result<Option<String>, ProvisionError> {
        let address = &room.address;
        let id = match self.find(address).await? {
            Some(id) => id,
            None => {
                self.note(address, format!("make it: {}", room_name(community, room)));
                if self.dry_run {
                    return Ok(None);
                }
                self.create(community, room, space).await?
            }
        };
        let Some(state) = self.state(address, &id).await? else {
            return Ok(Some(id));
        };
        for (kind, content) in wanted_state(community, room, space, &state) {
            self.set(address, &id, &state, kind, "", content).await?;
        }
        if let Some(levels) = wanted_power(community, room, &state) {
            self.set(address, &id, &state, "m.room.power_levels", "", levels)
                .await?;
        }
        self.invite(community, room, &id, &state).await?;
        if let Some(space) = space {
            self.put_into_space(address, &id, space).await?;
        }
        Ok(Some(id))
    }

    fn note(&mut self, room: &str, what: String) {
        self.steps.push(Step {
            room: room.to_owned(),
            what,
        });
    }

    /// The id behind an address; None for an alias that nobody has.
    async fn find(&self, address: &str) -> Result<Option<String>, ProvisionError> {
        if address.starts_with('!') {
            return Ok(Some(address.to_owned()));
        }
        let path = ["_matrix", "client", "v3", "directory", "room", address];
        match self
            .account
            .request(super::account::Method::GET, &path, None)
            .await
        {
            Ok(found) => Ok(found["room_id"].as_str().map(str::to_owned)),
            Err(error) if error.errcode() == Some("M_NOT_FOUND") => Ok(None),
            Err(error) => Err(request(address, error)),
        }
    }

    async fn create(
        &self,
        community: &CommunityConfig,
        room: &RoomConfig,
        space: Option<&str>,
    ) -> Result<String, ProvisionError> {
        let address = &room.address;
        let local = address
            .strip_prefix('#')
            .and_then(|rest| rest.split_once(':'));
        let Some((local, _)) = local.filter(|(_, server)| *server == self.server) else {
            return Err(ProvisionError::ForeignAlias {
                room: address.clone(),
                server: self.server.clone(),
            });
        };
        let mut creation = json!({});
        let mut state = RoomState::default();
        if self.creators_have_all_power().await {
            let owners: Vec<&str> = managers(community)
                .map(UserId::as_str)
                .filter(|user| *user != self.account.user_id)
                .collect();
            // A bot that made a room alone would be an owner whom nobody can remove.
            if !owners.is_empty() {
                creation["additional_creators"] = json!(owners);
            }
            state.make_creators(&self.account.user_id, &owners);
        } else {
            state.set_power(&self.account.user_id, MANAGER);
        }
        if room.purpose == Purpose::Space {
            creation["type"] = json!("m.space");
        }
        let initial: Vec<Value> = wanted_state(community, room, space, &RoomState::default())
            .into_iter()
            .map(|(kind, content)| json!({"type": kind, "state_key": "", "content": content}))
            .collect();
        // What goes into the making needs no request of its own later: the rate limit may be tight.
        let known = state.content("m.room.power_levels", "").cloned();
        let power = wanted_power(community, room, &state)
            .or(known)
            .unwrap_or_else(|| json!({}));
        let body = json!({
            "preset": "private_chat",
            "power_level_content_override": power,
            "invite": to_invite(community, room, &state, &self.account.user_id),
            "name": room_name(community, room),
            "room_alias_name": local,
            "creation_content": creation,
            "initial_state": initial,
        });
        let made = self.account.create_room(body).await;
        made.map_err(|error| request(address, error))
    }

    /// Whether the homeserver makes rooms of version 12 or newer, whose creators stand above all power levels.
    async fn creators_have_all_power(&self) -> bool {
        let path = ["_matrix", "client", "v3", "capabilities"];
        let asked = self
            .account
            .request(super::account::Method::GET, &path, None)
            .await
            .unwrap_or_default();
        let version = &asked["capabilities"]["m.room_versions"]["default"];
        let version = version
            .as_str()
            .and_then(|version| version.parse::<u32>().ok());
        version.is_some_and(|version| version >= 12)
    }

    /// The room's state, after joining it where need be; None where that would be the first step of a dry run.
    async fn state(
        &mut self,
        address: &str,
        id: &str,
    ) -> Result<Option<RoomState>, ProvisionError> {
        match RoomState::read(self.account, id).await {
            Ok(state) => return Ok(Some(state)),
            Err(error) if error.errcode() == Some("M_FORBIDDEN") => {}
            Err(error) => return Err(request(address, error)),
        }
        self.note(address, "join it, and see to the rest".to_owned());
        if self.dry_run {
            return Ok(None);
        }
        let joined = self.account.join(id).await;
        joined.map_err(|_| ProvisionError::NotIn {
            room: address.to_owned(),
            user: self.account.user_id.clone(),
        })?;
        let state = RoomState::read(self.account, id).await;
        state.map(Some).map_err(|error| request(address, error))
    }

    /// Sets a state event, unless it has this content already.
    async fn set(
        &mut self,
        address: &str,
        id: &str,
        state: &RoomState,
        kind: &str,
        key: &str,
        content: Value,
    ) -> Result<(), ProvisionError> {
        if state.content(kind, key) == Some(&content) {
            return Ok(());
        }
        self.note(address, describe(kind));
        if self.dry_run {
            return Ok(());
        }
        let has = state.power(&self.account.user_id);
        match self.account.put_state(id, kind, key, content).await {
            Ok(_) => Ok(()),
            Err(error) if error.errcode() == Some("M_FORBIDDEN") => Err(ProvisionError::TooWeak {
                room: address.to_owned(),
                has,
                what: describe(kind),
            }),
            Err(error) => Err(request(address, error)),
        }
    }

    async fn put_into_space(
        &mut self,
        address: &str,
        id: &str,
        space: &str,
    ) -> Result<(), ProvisionError> {
        let Some(state) = self.state(address, space).await? else {
            return Ok(());
        };
        let is_child =
            |content: &Value| content["via"].as_array().is_some_and(|via| !via.is_empty());
        if state.content("m.space.child", id).is_some_and(is_child) {
            return Ok(());
        }
        let content = json!({"via": [self.server]});
        self.set(address, space, &state, "m.space.child", id, content)
            .await
    }

    /// Invites those who belong into a room and were never there: who has left is left alone.
    async fn invite(
        &mut self,
        community: &CommunityConfig,
        room: &RoomConfig,
        id: &str,
        state: &RoomState,
    ) -> Result<(), ProvisionError> {
        for user in to_invite(community, room, state, &self.account.user_id) {
            self.note(&room.address, format!("invite {user}"));
            if !self.dry_run {
                let invited = self.account.invite(id, user).await;
                invited.map_err(|error| request(&room.address, error))?;
            }
        }
        Ok(())
    }
}

fn request(room: &str, error: Error) -> ProvisionError {
    ProvisionError::Request {
        room: room.to_owned(),
        error,
    }
}

/// Those who belong into a room and were never there.
fn to_invite<'c>(
    community: &'c CommunityConfig,
    room: &RoomConfig,
    state: &RoomState,
    bot: &str,
) -> Vec<&'c str> {
    let belongs = |person: &Person| match room.purpose {
        // Moderators see there what was sanctioned, and answer appeals.
        Purpose::Staff | Purpose::Space | Purpose::Notice => true,
        Purpose::Building(_) | Purpose::Help(_) | Purpose::Lobby => {
            person.moderator || person.manager
        }
    };
    let people = community.people.iter();
    people
        .filter(|(_, person)| belongs(person))
        .map(|(user, _)| user.as_str())
        .filter(|user| *user != bot && state.membership(user).is_none())
        .collect()
}

fn managers(community: &CommunityConfig) -> impl Iterator<Item = &UserId> {
    let people = community.people.iter();
    people
        .filter(|(_, person)| person.manager)
        .map(|(user, _)| user)
}

fn has_lobby(community: &CommunityConfig) -> bool {
    let mut rooms = community.rooms.iter();
    rooms.any(|room| room.purpose == Purpose::Lobby)
}

/// The state events that a room should have, besides its power levels. Encryption is added to rooms but never
/// taken away, and an adopted room keeps its name, a stricter history, and a door that its version cannot change.
fn wanted_state(
    community: &CommunityConfig,
    room: &RoomConfig,
    space: Option<&str>,
    state: &RoomState,
) -> Vec<(&'static str, Value)> {
    let join_rule = match (&room.purpose, space) {
        (Purpose::Staff, _) => json!({"join_rule": "invite"}),
        (Purpose::Lobby, _) => json!({"join_rule": community.join.as_str()}),
        // Whoever knocks is answered by linli, as if they had come into the lobby.
        (Purpose::Space | Purpose::Building(_), _) if has_lobby(community) => {
            json!({"join_rule": "knock"})
        }
        (Purpose::Space, _) | (_, None) => json!({"join_rule": community.join.as_str()}),
        (_, Some(space)) => json!({"join_rule": "restricted",
            "allow": [{"type": "m.room_membership", "room_id": space}]}),
    };
    let mut wanted = Vec::new();
    // Rooms can be restricted since version 8, and be knocked at since version 7; new ones are of a later version.
    let is_new = state.events.is_empty();
    let needs = match join_rule["join_rule"].as_str() {
        Some("restricted") => 8,
        Some("knock") => 7,
        _ => 1,
    };
    if is_new || state.since_version(needs) {
        wanted.push(("m.room.join_rules", join_rule));
    }
    let history = state.content("m.room.history_visibility", "");
    let history = history.and_then(|content| content["history_visibility"].as_str());
    if matches!(history, None | Some("world_readable")) {
        let shared = json!({"history_visibility": "shared"});
        wanted.push(("m.room.history_visibility", shared));
    }
    let encrypt = community.encrypted && room.purpose != Purpose::Space;
    if encrypt && state.content("m.room.encryption", "").is_none() {
        wanted.push((
            "m.room.encryption",
            json!({"algorithm": "m.megolm.v1.aes-sha2"}),
        ));
    }
    wanted
}

/// The power levels that a room should have; None where nothing of them must change.
fn wanted_power(
    community: &CommunityConfig,
    room: &RoomConfig,
    state: &RoomState,
) -> Option<Value> {
    let nothing = json!({});
    let now = state.content("m.room.power_levels", "").unwrap_or(&nothing);
    let mut wanted = now.clone();
    let creators = state.creators();
    for (user, person) in &community.people {
        let level = if person.manager {
            MANAGER
        } else if person.moderator {
            MODERATOR
        } else {
            continue;
        };
        // Creators must not stand in the list; whoever has more keeps it.
        if !creators.contains(user.as_str()) && state.power(user.as_str()) < level {
            wanted["users"][user.as_str()] = json!(level);
        }
    }
    if room.purpose == Purpose::Notice && state.needs("events_default") < MODERATOR {
        wanted["events_default"] = json!(MODERATOR);
    }
    // Where newcomers pass through a lobby, no resident lets anybody in past it.
    if has_lobby(community) && room.purpose != Purpose::Lobby && state.needs("invite") < MODERATOR {
        wanted["invite"] = json!(MODERATOR);
    }
    (wanted != *now).then_some(wanted)
}

fn describe(kind: &str) -> String {
    match kind {
        "m.room.join_rules" => "set who may join".to_owned(),
        "m.room.history_visibility" => {
            "let members, and nobody else, read what was said before".to_owned()
        }
        "m.room.encryption" => "switch encryption on".to_owned(),
        "m.room.power_levels" => {
            "set the power of moderators and managers, and who may invite".to_owned()
        }
        "m.space.child" => "put it into the space".to_owned(),
        other => format!("set {other}"),
    }
}

/// The name that a new room gets.
fn room_name(community: &CommunityConfig, room: &RoomConfig) -> String {
    let name = &community.name;
    match (&room.purpose, community.language) {
        (Purpose::Space, _) => name.clone(),
        (Purpose::Staff, Language::Zh) => format!("{name} 物业工作群"),
        (Purpose::Notice, Language::Zh) => format!("{name} 公告"),
        (Purpose::Lobby, Language::Zh) => format!("{name} 迎新厅"),
        (Purpose::Building(building), Language::Zh) => format!("{name} {building}号楼"),
        (Purpose::Help(channel), _) => format!("{name} {}", channel.name),
        (Purpose::Staff, Language::En) => format!("{name} staff"),
        (Purpose::Notice, Language::En) => format!("{name} notices"),
        (Purpose::Lobby, Language::En) => format!("{name} lobby"),
        (Purpose::Building(building), Language::En) => format!("{name} building {building}"),
    }
}
