//! What is kept of sanctions: cases, what they hold in rooms, and each member's dossier.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use crate::domain::{
    context::Context,
    ids::{EventId, Millis, RoomId, UserId},
    record::Record,
};

/// A sanction, from its beginning to its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    pub no: u32,
    pub user: UserId,
    pub kind: Kind,
    pub by: By,
    pub reason: String,
    /// The only room it is for; None for the whole community.
    pub room: Option<RoomId>,
    pub at: Millis,
    /// When it ends by itself; None for never.
    pub until: Option<Millis>,
    /// The message that it is about.
    pub about: Option<EventId>,
    /// Rooms in which it has done something that can be undone.
    pub rooms: Vec<RoomId>,
    /// Of these, the rooms that the member was in.
    pub left: Vec<RoomId>,
    /// Rooms in which somebody has ended it natively: it does not follow there again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spared: Vec<RoomId>,
    /// Strikes that it has given, in thousandths.
    pub strike: i64,
    /// The case that has followed from these strikes, which is undone with this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub led_to: Option<u32>,
    pub end: Option<End>,
    /// Whether its member has written to the moderators about it.
    pub appealed: bool,
    /// Whether the staff room reads of it in the card of a wave of spam, rather than in a line of its own.
    #[serde(default)]
    pub in_card: bool,
}

/// What is done to somebody, from mild to harsh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Warn,
    Redact,
    Mute,
    Remove,
    Ban,
}

/// Who has done something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A rule of this name.
    Rule(String),
    /// A person, through linli.
    Person(UserId),
    /// A person, in their own client.
    Native(UserId),
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    pub at: Millis,
    pub how: How,
    /// None where its time was over.
    pub by: Option<By>,
}

/// Why a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It did what it had to do at once.
    Done,
    /// Its time was over.
    Over,
    /// Somebody ended it before its time.
    Lifted,
    /// Somebody took it back: it counts as if it had not been.
    Undone,
}

/// What keeps somebody silent in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Their entry in the power levels before; None where they had none.
    pub before: Option<i64>,
    /// The cases that want it so.
    pub cases: Vec<u32>,
}

/// What is known of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// Strikes in thousandths, as they were at `counted`.
    pub strikes: i64,
    pub counted: Millis,
    /// Cases that are not ended.
    pub open: Vec<u32>,
    /// The last case of those whose strikes were forgiven.
    #[serde(default)]
    pub forgiven: u32,
}

/// The number of the next case.
#[derive(Default, Serialize, Deserialize)]
struct NextCase(u32);

/// A case of a member, by the member's id and its number.
#[derive(Serialize, Deserialize)]
struct Listed;

impl Record for Case {
    const KIND: &'static str = "case";
}

impl Record for Hold {
    const KIND: &'static str = "hold";
}

impl Record for Dossier {
    const KIND: &'static str = "dossier";
}

impl Record for NextCase {
    const KIND: &'static str = "next_case";
}

impl Record for Listed {
    const KIND: &'static str = "case_of";
}

impl Case {
    /// A case by its number.
    pub fn load(ctx: &mut Context<'_, '_>, no: u32) -> Option<Self> {
        ctx.get(&key(no))
    }

    /// The last number that was given away.
    pub fn last_number(ctx: &mut Context<'_, '_>) -> u32 {
        let next: NextCase = ctx.get("").unwrap_or_default();
        next.0
    }

    /// Gives the next number away.
    pub fn next_number(ctx: &mut Context<'_, '_>) -> u32 {
        let next: NextCase = ctx.get("").unwrap_or_default();
        let no = next.0 + 1;
        ctx.put("", &NextCase(no));
        no
    }

    /// Keeps the case, in the list of its member too.
    pub fn save(&self, ctx: &mut Context<'_, '_>) {
        ctx.put(&key(self.no), self);
        ctx.put(&format!("{}/{}", self.user, key(self.no)), &Listed);
    }

    /// The cases of a member, the newest first, at most `limit` of the newest `scan`.
    pub fn of(ctx: &mut Context<'_, '_>, user: &UserId, limit: usize) -> Vec<Self> {
        let listed = ctx.scan::<Listed>(&format!("{user}/"), usize::MAX);
        let numbers: Vec<u32> = listed
            .iter()
            .rev()
            .filter_map(|(id, _)| id.rsplit('/').next()?.parse().ok())
            .take(limit)
            .collect();
        numbers
            .into_iter()
            .filter_map(|no| Self::load(ctx, no))
            .collect()
    }

    /// True while it holds.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// True where it counts as if it had not been.
    #[must_use]
    pub fn is_undone(&self) -> bool {
        self.end.as_ref().is_some_and(|end| end.how == How::Undone)
    }

    /// True where it is for this room, and nobody has ended it there.
    #[must_use]
    pub fn holds_in(&self, room: &RoomId) -> bool {
        self.covers(room) && !self.spared.contains(room)
    }

    /// True where it is for this room.
    #[must_use]
    pub fn covers(&self, room: &RoomId) -> bool {
        self.room.as_ref().is_none_or(|only| only == room)
    }
}

impl By {
    /// The person who has done it; None for a rule.
    #[must_use]
    pub fn person(&self) -> Option<&UserId> {
        match self {
            Self::Person(user) | Self::Native(user) => Some(user),
            Self::Rule(_) => None,
        }
    }
}

impl Dossier {
    /// A member's dossier.
    pub fn of(ctx: &mut Context<'_, '_>, user: &UserId) -> Self {
        ctx.get(user.as_str()).unwrap_or_default()
    }

    /// Keeps it.
    pub fn save(&self, ctx: &mut Context<'_, '_>, user: &UserId) {
        ctx.put(user.as_str(), self);
    }

    /// Strikes at a moment, in thousandths: one fades away in `fade_ms`, in even steps; 0 for never.
    #[must_use]
    pub fn strikes_at(&self, now: Millis, fade_ms: i64) -> i64 {
        if fade_ms <= 0 {
            return self.strikes;
        }
        let passed = now.since(self.counted).max(0);
        let faded = passed.saturating_mul(1_000) / fade_ms;
        (self.strikes - faded).max(0)
    }
}

/// The id of what holds somebody in a room.
#[must_use]
pub fn hold_id(room: &RoomId, user: &UserId) -> String {
    format!("{room}/{user}")
}

fn key(no: u32) -> String {
    format!("{no:08}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::DAY_MS;

    #[test]
    fn strikes_fade_evenly() {
        let dossier = Dossier {
            strikes: 2_000,
            counted: Millis(0),
            open: Vec::new(),
            forgiven: 0,
        };
        let at = |days: i64| dossier.strikes_at(Millis(days * DAY_MS), 30 * DAY_MS);
        assert_eq!(at(0), 2_000);
        assert_eq!(at(15), 1_500);
        assert_eq!(at(30), 1_000);
        assert_eq!(at(90), 0);
        // A clock that was set back brings no strikes.
        assert_eq!(at(-5), 2_000);
        assert_eq!(dossier.strikes_at(Millis(90 * DAY_MS), 0), 2_000);
    }
}
