//! Power levels: one event that whoever writes it overwrites whole, so that two who write at once undo each other.

use std::collections::BTreeSet;

use linli::domain::ids::{MINUTE_MS, Millis, RoomId, UserId};
use serde_json::Value;

use super::{
    model::{By, Case, Model, Order},
    rules::{self, Kind},
};
use crate::fake::server::Stored;

/// Within this time a change that takes somebody else's back, beside further changes, is an oversight: it must be put
/// right. Everything else is a wish.
const OVERSIGHT_MS: i64 = MINUTE_MS;
/// After so many changes of one entry within that time nobody's oversight is put right any more.
const FIGHTS: usize = 6;

/// A change of somebody's entry in the levels of a room.
pub struct Change {
    user: UserId,
    old: Option<i64>,
    new: Option<i64>,
    by: UserId,
    at: Millis,
}

/// Somebody's entry in power levels.
pub fn entry(levels: &Value, user: &UserId) -> Option<i64> {
    levels["users"][user.as_str()].as_i64()
}

/// True where an entry keeps somebody silent.
pub fn silences(entry: Option<i64>) -> bool {
    entry.unwrap_or(0) < 0
}

/// The users whose entries differ, with both entries.
pub fn differing(before: &Value, after: &Value) -> Vec<(UserId, Option<i64>, Option<i64>)> {
    let users = |levels: &Value| levels["users"].as_object().cloned().unwrap_or_default();
    let all = users(before).into_iter().chain(users(after));
    let all: BTreeSet<String> = all.map(|(user, _)| user).collect();
    let entries = all.into_iter().map(|user| {
        let user = UserId::from(user);
        let (old, new) = (entry(before, &user), entry(after, &user));
        (user, old, new)
    });
    entries.filter(|(_, old, new)| old != new).collect()
}

impl Model<'_> {
    /// Power levels were written.
    pub(super) fn levelled(&mut self, event: &Stored, place: usize, now: Millis) {
        let room = &event.room;
        // What was written while the bot could not read the room, it sees only in what is written next.
        let before = self.levels.insert(room.clone(), event.original.clone());
        let before = before.unwrap_or_else(|| self.levels_before(room, place));
        let changes = differing(&before, &event.original);
        let changes: Vec<Change> = changes
            .into_iter()
            .map(|(user, old, new)| Change {
                user,
                old,
                new,
                by: event.sender.clone(),
                at: now,
            })
            .collect();
        let recent = self.changes.entry(room.clone()).or_default();
        recent.retain(|change| (0..OVERSIGHT_MS).contains(&now.since(change.at)));
        let mut wished = Vec::new();
        for change in changes.iter().filter(|_| event.sender != self.server.bot) {
            let is_meant = self.meant.get(&event.id) == Some(&change.user);
            let is_oversight = changes.len() > 1 && change.takes_back(recent);
            self.misread.0 += usize::from(is_meant == is_oversight);
            self.misread.1 += usize::from(!is_meant);
            if !is_oversight {
                wished.push((change.user.clone(), change.old, change.new));
            }
        }
        recent.extend(changes);
        for (user, old, new) in wished {
            self.wish(room, &user, &event.sender, (old, new), now);
        }
    }

    /// The levels of a room just before this place in the stream.
    pub(super) fn levels_before(&self, room: &RoomId, place: usize) -> Value {
        let levels = self.server.rooms[room].levels.iter().rev();
        let mut earlier = levels.filter(|(at, _)| *at < place || *at == 0);
        earlier.next().expect("levels from the beginning").1.clone()
    }

    /// Somebody wants somebody's entry to be another one.
    fn wish(
        &mut self,
        room: &RoomId,
        user: &UserId,
        by: &UserId,
        (old, new): (Option<i64>, Option<i64>),
        now: Millis,
    ) {
        if !silences(new) || rules::is_exempt(user) {
            self.wished.insert((room.clone(), user.clone()), new);
        }
        match (silences(old), silences(new)) {
            (false, true) => {
                let order = Order {
                    user: user.clone(),
                    kind: Kind::Mute,
                    by: By::Native(by.clone()),
                    only: Some(room.clone()),
                    for_ms: None,
                    seen: Some((room.clone(), true)),
                };
                self.impose(&order, now);
            }
            (true, false) => {
                let holds = |case: &Case| case.kind == Kind::Mute && case.rooms.contains(room);
                for at in self.open_of(user, holds) {
                    self.end_in(at, room, now);
                }
            }
            _ => {}
        }
    }

    /// True where something keeps somebody silent in a room.
    pub fn is_silent(&self, room: &RoomId, user: &UserId) -> bool {
        let holds = |case: &Case| case.kind == Kind::Mute && case.rooms.contains(room);
        !self.open_of(user, holds).is_empty()
    }
}

impl Change {
    /// True where this takes back what somebody else has just done.
    fn takes_back(&self, recent: &[Self]) -> bool {
        let same: Vec<&Self> = recent
            .iter()
            .filter(|other| other.user == self.user)
            .collect();
        let last = same.last();
        let is_last =
            |last: &&Self| last.by != self.by && last.old == self.new && last.new == self.old;
        last.is_some_and(is_last) && same.len() <= FIGHTS
    }
}
