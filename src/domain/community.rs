//! What a community is: its rooms, its people, its settings. Fixed while linli runs.
//! Nothing in this file does IO.

use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use chrono_tz::Tz;

use super::{
    hours::Hours,
    ids::{CommunityId, RoomId, UserId},
    roles::Person,
    seal::Seal,
};
use crate::text::{address::Registry, language::Language, model::Model, posts::Kinds};

/// What a room is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// The space that holds the others.
    Space,
    /// Where staff work.
    Staff,
    /// Where the property service announces.
    Notice,
    /// Where newcomers wait to be let in.
    Lobby,
    /// The room of the building with this name.
    Building(String),
    /// Where neighbours help each other.
    Help(Channel),
}

/// A room for help posts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Channel {
    /// What residents call it.
    pub name: String,
    /// The kinds of posts that are shown there; empty: all that no other channel names.
    pub kinds: Vec<String>,
}

/// One estate.
#[derive(Clone)]
pub struct Community {
    pub id: CommunityId,
    pub name: String,
    pub language: Language,
    pub timezone: Tz,
    /// When the property service works.
    pub hours: Hours,
    /// When people may be called for what can wait.
    pub waking: Hours,
    /// Whether rooms that are made are encrypted.
    pub encrypted: bool,
    pub rooms: Rooms,
    /// Rooms that were replaced (Client-Server API, "Room upgrades"), and what has taken their place.
    pub replaced: BTreeMap<RoomId, RoomId>,
    /// Ban lists, which are rooms of their own.
    pub lists: BTreeMap<RoomId, BanList>,
    pub people: BTreeMap<UserId, Person>,
    /// Accounts that are never answered: bridges and other bots.
    pub bots: BTreeSet<UserId>,
    pub registry: Registry,
    /// The kinds of help posts.
    pub kinds: Arc<Kinds>,
    /// The settings of each feature, by its name, made by [`super::feature::Feature::configure`].
    pub features: BTreeMap<&'static str, FeatureSettings>,
}

/// A ban list (Client-Server API, "Moderation policy lists").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BanList {
    /// As the configuration has it.
    pub address: String,
    /// Whether it is the community's own, which others may follow.
    pub own: bool,
}

/// The rooms of an estate. Some are asked for by every ticket or post, and must not be looked for among thousands.
#[derive(Clone, Debug, Default)]
pub struct Rooms {
    purposes: BTreeMap<RoomId, Purpose>,
    staff: Option<RoomId>,
    lobby: Option<RoomId>,
    channels: Vec<(RoomId, Channel)>,
}

impl FromIterator<(RoomId, Purpose)> for Rooms {
    fn from_iter<T: IntoIterator<Item = (RoomId, Purpose)>>(rooms: T) -> Self {
        let purposes: BTreeMap<RoomId, Purpose> = rooms.into_iter().collect();
        let only = |wanted: Purpose| {
            let mut rooms = purposes.iter();
            let found = rooms.find(|(_, purpose)| **purpose == wanted);
            found.map(|(room, _)| room.clone())
        };
        Self {
            staff: only(Purpose::Staff),
            lobby: only(Purpose::Lobby),
            channels: purposes
                .iter()
                .filter_map(|(room, purpose)| match purpose {
                    Purpose::Help(channel) => Some((room.clone(), channel.clone())),
                    Purpose::Space
                    | Purpose::Staff
                    | Purpose::Notice
                    | Purpose::Lobby
                    | Purpose::Building(_) => None,
                })
                .collect(),
            purposes,
        }
    }
}

/// A feature's own settings; only the feature knows their type.
pub type FeatureSettings = Arc<dyn Any + Send + Sync>;

/// Everything one bot account serves.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub bot: Option<UserId>,
    /// Names by which the bot can be called in plain text, after an `@`.
    pub bot_names: Vec<String>,
    communities: Vec<Arc<Community>>,
    by_room: BTreeMap<RoomId, usize>,
    /// The model of adverts; None for the one that linli brings along.
    model: Option<Arc<Model>>,
    /// What seals whoever must not be known; None where anonymous reports are not taken.
    pub seal: Option<Seal>,
    /// Whether copies of pictures are kept.
    pub keeps_copies: bool,
}

impl Settings {
    /// The settings of `bot`, serving `communities`.
    #[must_use]
    pub fn new(bot: UserId, bot_names: Vec<String>, communities: Vec<Community>) -> Self {
        let by_room = communities
            .iter()
            .enumerate()
            .flat_map(|(at, community)| {
                // What was said in a room before it was replaced may still have to be decided.
                let rooms = community.rooms.purposes.keys();
                let rooms = rooms.chain(community.replaced.keys());
                let rooms = rooms.chain(community.lists.keys());
                rooms.map(move |room| (room.clone(), at))
            })
            .collect();
        Self {
            bot: Some(bot),
            bot_names,
            communities: communities.into_iter().map(Arc::new).collect(),
            by_room,
            model: None,
            seal: None,
            keeps_copies: false,
        }
    }

    /// The same, where copies of pictures are kept.
    #[must_use]
    pub fn with_copies(mut self, keeps: bool) -> Self {
        self.keeps_copies = keeps;
        self
    }

    /// The same with a seal.
    #[must_use]
    pub fn with_seal(mut self, seal: Option<Seal>) -> Self {
        self.seal = seal;
        self
    }

    /// The same with another model of adverts.
    #[must_use]
    pub fn with_model(mut self, model: Option<Arc<Model>>) -> Self {
        self.model = model;
        self
    }

    /// The model of adverts that messages are held against.
    #[must_use]
    pub fn model(&self) -> &Model {
        self.model.as_deref().unwrap_or_else(|| Model::shipped())
    }

    /// True where `user` is the bot itself.
    #[must_use]
    pub fn is_bot(&self, user: &UserId) -> bool {
        self.bot.as_ref() == Some(user)
    }

    /// The community that a room belongs to; None for a room that linli does not serve.
    #[must_use]
    pub fn community_of(&self, room: &RoomId) -> Option<&Arc<Community>> {
        self.by_room.get(room).map(|at| &self.communities[*at])
    }

    /// The community with this id.
    #[must_use]
    pub fn community(&self, id: &CommunityId) -> Option<&Arc<Community>> {
        self.communities.iter().find(|c| c.id == *id)
    }

    /// All communities, in the order of the configuration.
    #[must_use]
    pub fn communities(&self) -> &[Arc<Community>] {
        &self.communities
    }
}

impl Community {
    /// The person behind a Matrix id; None for a resident.
    #[must_use]
    pub fn person(&self, user: &UserId) -> Option<&Person> {
        self.people.get(user)
    }

    /// What a room of this community is for.
    #[must_use]
    pub fn purpose(&self, room: &RoomId) -> Option<&Purpose> {
        self.rooms.purposes.get(room)
    }

    /// True for a room that stands in no configuration: a talk, a matter's own room, or the line of one.
    #[must_use]
    pub fn is_apart(&self, room: &RoomId) -> bool {
        self.purpose(self.present(room)).is_none()
    }

    /// The name of the building whose room this is.
    #[must_use]
    pub fn building(&self, room: &RoomId) -> Option<&str> {
        match self.purpose(room) {
            Some(Purpose::Building(name)) => Some(name),
            Some(
                Purpose::Space
                | Purpose::Staff
                | Purpose::Notice
                | Purpose::Lobby
                | Purpose::Help(_),
            )
            | None => None,
        }
    }

    /// The room in which posts of a kind are shown, where the community has one.
    #[must_use]
    pub fn channel(&self, kind: &str) -> Option<&RoomId> {
        let channels = self.rooms.channels.iter();
        let names = |channel: &Channel| channel.kinds.iter().any(|name| name == kind);
        let mut own = channels.clone().filter(|(_, channel)| names(channel));
        let mut open = channels.filter(|(_, channel)| channel.kinds.is_empty());
        let found = own.next().or_else(|| open.next());
        found.map(|(room, _)| room)
    }

    /// True where members go by their names: in the rooms of buildings, and in the lobby.
    #[must_use]
    pub fn asks_for_names(&self, room: &RoomId) -> bool {
        matches!(
            self.purpose(room),
            Some(Purpose::Building(_) | Purpose::Lobby)
        )
    }

    /// The room that has taken a room's place; itself where it was not replaced.
    #[must_use]
    pub fn present<'r>(&'r self, room: &'r RoomId) -> &'r RoomId {
        self.replaced.get(room).unwrap_or(room)
    }

    /// The community's own ban list, where it has one.
    #[must_use]
    pub fn own_list(&self) -> Option<&RoomId> {
        let mut lists = self.lists.iter();
        lists.find(|(_, list)| list.own).map(|(room, _)| room)
    }

    /// The rooms of the community, in the order of their ids, with what they are for.
    pub fn rooms(&self) -> impl Iterator<Item = (&RoomId, &Purpose)> {
        self.rooms.purposes.iter()
    }

    /// The rooms of buildings, with their names.
    pub fn building_rooms(&self) -> impl Iterator<Item = (&RoomId, &str)> {
        self.rooms().filter_map(|(room, purpose)| match purpose {
            Purpose::Building(name) => Some((room, name.as_str())),
            Purpose::Space
            | Purpose::Staff
            | Purpose::Notice
            | Purpose::Lobby
            | Purpose::Help(_) => None,
        })
    }

    /// The lobby, where the community has one.
    #[must_use]
    pub fn lobby(&self) -> Option<&RoomId> {
        self.rooms.lobby.as_ref()
    }

    /// The staff room, where the community has one.
    #[must_use]
    pub fn staff_room(&self) -> Option<&RoomId> {
        self.rooms.staff.as_ref()
    }
}

impl fmt::Debug for Community {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Community")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
