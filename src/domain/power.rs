//! Who may do what in a room, as its state says: power levels, creators, and the door.
//! Nothing in this file does IO.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    ids::{Millis, UserId},
    record::Record,
};

/// The power of somebody who may not speak where everybody may: one below the default (Client-Server API,
/// `m.room.power_levels`: `events_default` is 0 where nothing is said).
pub const MUTED: i64 = -1;

/// A room's power levels, as far as linli reads them (Client-Server API, `m.room.power_levels`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels {
    pub users: BTreeMap<UserId, i64>,
    pub users_default: i64,
    /// What posting needs; None where the event does not say so, which means 0.
    pub events_default: Option<i64>,
    /// What setting the levels themselves needs.
    pub set_levels: i64,
    pub kick: i64,
    pub ban: i64,
    pub redact: i64,
    pub invite: i64,
}

/// What a room's state says of who may do what. A room of which nothing is known yet lets nobody do anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomState {
    pub levels: Option<Levels>,
    /// Those whose power has no bounds: since room version 12, whoever made the room.
    pub creators: BTreeSet<UserId>,
    /// The content of `m.room.join_rules`, JSON.
    pub door: Option<String>,
}

impl Record for RoomState {
    const KIND: &'static str = "state";
}

/// What power is needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    SetLevels,
    Kick,
    Ban,
    Redact,
    Invite,
}

/// A change of power levels: of these entries, and of no others. The same change made twice changes nothing more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelChange {
    /// The new entry of a user; None takes the entry away, so that the default holds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub users: BTreeMap<UserId, Option<i64>>,
    /// The new `events_default`; no level takes the key away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events_default: Option<EventsDefault>,
    /// Not to be made where the homeserver dates its levels later than this: they are news that linli has still to
    /// hear of. None for a change that is wanted whatever was written meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless_after: Option<Millis>,
}

/// What posting shall need. A field of its own: in JSON an absent level within an absent change would be one and the
/// same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventsDefault {
    pub level: Option<i64>,
}

impl Levels {
    /// The power of a user who is no creator.
    #[must_use]
    pub fn of(&self, user: &UserId) -> i64 {
        self.users.get(user).copied().unwrap_or(self.users_default)
    }

    /// What something needs.
    #[must_use]
    pub fn needs(&self, need: Need) -> i64 {
        match need {
            Need::SetLevels => self.set_levels,
            Need::Kick => self.kick,
            Need::Ban => self.ban,
            Need::Redact => self.redact,
            Need::Invite => self.invite,
        }
    }

    /// True where somebody with this power may not post what everybody may.
    #[must_use]
    pub fn silences(&self, level: i64) -> bool {
        level < self.events_default.unwrap_or(0).min(self.users_default)
    }

    /// The users whose entry differs from an earlier state, with the entries before and now.
    #[must_use]
    pub fn changed_since(&self, before: &Self) -> Vec<(UserId, Option<i64>, Option<i64>)> {
        let users: BTreeSet<&UserId> = before.users.keys().chain(self.users.keys()).collect();
        let entries = users.into_iter().map(|user| {
            let entry = |levels: &Self| levels.users.get(user).copied();
            (user.clone(), entry(before), entry(self))
        });
        entries.filter(|(_, old, new)| old != new).collect()
    }
}

impl RoomState {
    /// Somebody's power; `i64::MAX` for a creator, None where the levels are not known.
    #[must_use]
    pub fn power(&self, user: &UserId) -> Option<i64> {
        if self.creators.contains(user) {
            return Some(i64::MAX);
        }
        self.levels.as_ref().map(|levels| levels.of(user))
    }

    /// True where `actor` may do this to nobody in particular.
    #[must_use]
    pub fn may(&self, actor: &UserId, need: Need) -> bool {
        let levels = self.levels.as_ref();
        let needed = levels.map(|levels| levels.needs(need));
        matches!((self.power(actor), needed), (Some(has), Some(needed)) if has >= needed)
    }

    /// True where `actor` may do this to `target`: it needs the power for it, and more than the other has
    /// (Client-Server API, room version authorization rules).
    #[must_use]
    pub fn may_to(&self, actor: &UserId, need: Need, target: &UserId) -> bool {
        self.may(actor, need)
            && !self.creators.contains(target)
            && self.power(actor) > self.power(target)
    }
}

impl LevelChange {
    /// The change of one user's entry.
    #[must_use]
    pub fn of(user: &UserId, entry: Option<i64>) -> Self {
        Self {
            users: BTreeMap::from([(user.clone(), entry)]),
            ..Self::default()
        }
    }

    /// True where levels of this date are news that the change must wait for.
    #[must_use]
    pub fn comes_before(&self, written: Millis) -> bool {
        self.unless_after.is_some_and(|known| written > known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room() -> RoomState {
        let users = [("@linli:a", 100), ("@zhou:a", 50), ("@bob:a", MUTED)];
        RoomState {
            levels: Some(Levels {
                users: users.map(|(user, level)| (user.into(), level)).into(),
                users_default: 0,
                events_default: None,
                set_levels: 100,
                kick: 50,
                ban: 50,
                redact: 50,
                invite: 0,
            }),
            creators: [UserId::from("@owner:a")].into(),
            door: None,
        }
    }

    #[test]
    fn power_is_needed_and_more_than_the_other_has() {
        let room = room();
        let may = |actor: &str, need, target: &str| {
            room.may_to(&UserId::from(actor), need, &UserId::from(target))
        };
        assert!(may("@linli:a", Need::SetLevels, "@zhou:a"));
        assert!(may("@zhou:a", Need::Kick, "@new:a"));
        assert!(!may("@zhou:a", Need::SetLevels, "@new:a"));
        assert!(!may("@zhou:a", Need::Ban, "@linli:a"));
        assert!(!may("@linli:a", Need::Kick, "@owner:a"));
        assert!(may("@owner:a", Need::Kick, "@linli:a"));
        assert!(!may("@owner:a", Need::Kick, "@owner:a"));
        assert!(!RoomState::default().may(&UserId::from("@linli:a"), Need::Invite));
    }

    #[test]
    fn a_level_below_the_default_silences() {
        let mut levels = room().levels.expect("levels");
        assert!(levels.silences(MUTED));
        assert!(!levels.silences(0));
        // Where everybody is silent for a while, nobody in particular is muted.
        levels.events_default = Some(50);
        assert!(!levels.silences(0));
        assert!(levels.silences(MUTED));
    }

    #[test]
    fn changes_are_told_entry_by_entry() {
        let before = room().levels.expect("levels");
        let mut after = before.clone();
        after.users.remove(&UserId::from("@bob:a"));
        after.users.insert(UserId::from("@eve:a"), 0);
        assert_eq!(
            after.changed_since(&before),
            vec![
                (UserId::from("@bob:a"), Some(MUTED), None),
                (UserId::from("@eve:a"), None, Some(0)),
            ]
        );
    }
}
