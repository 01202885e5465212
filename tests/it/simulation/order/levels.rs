//! Power levels: one event that whoever writes it overwrites whole, so that two who write at once undo each other.

use std::collections::{BTreeMap, BTreeSet};

use linli::domain::ids::{MINUTE_MS, Millis, RoomId, UserId};
use serde_json::Value;

use super::{
    model::{By, Case, Model, Order},
    rules::{self, Kind},
};
use crate::fake::server::Stored;

/// The entry with which linli silences.
const SILENT: Option<i64> = Some(-1);
/// A change beside others that is against a word as young as this is an oversight: it must be put right.
const OVERSIGHT_MS: i64 = 5_000;
/// So long a word counts.
const WORD_MS: i64 = 10 * MINUTE_MS;
/// Against so many oversights one word is upheld.
const UPHELD: u32 = 6;

/// What was last said about somebody's entry, by people or by linli itself.
#[derive(Clone, Copy)]
pub struct Word {
    entry: Option<i64>,
    /// When it was spoken, and for one of linli's: when it was done.
    at: Millis,
    upheld: u32,
    /// True until linli has done what it said itself.
    is_due: bool,
}

/// A change of somebody's entry in the levels of a room.
struct Change {
    user: UserId,
    old: Option<i64>,
    new: Option<i64>,
    /// The word that it is against.
    against: Option<Word>,
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
        let is_alone = changes.len() == 1;
        let is_own = event.sender == self.server.bot;
        // What linli has made so again is as new as that, however old the word.
        for (user, _, new) in changes.iter().filter(|_| is_own) {
            let word = self.words.get_mut(&(room.clone(), user.clone()));
            if let Some(word) = word.filter(|word| word.entry == *new) {
                word.at = word.at.max(now);
            }
        }
        let news = changes
            .into_iter()
            .filter_map(|(user, old, new)| self.news(room, user, (old, new), (now, is_own)));
        let news: Vec<Change> = news.collect();
        if is_own {
            for change in news.iter().filter(|change| change.against.is_some()) {
                self.uphold(room, &change.user, now);
            }
            return;
        }
        let is_young = |word: Word| now.since(word.at) < OVERSIGHT_MS;
        let is_oversight = |change: &&Change| !is_alone && change.against.is_some_and(is_young);
        let all_overlooked = news.iter().all(|change| is_oversight(&change));
        let longest_known = news
            .iter()
            .min_by_key(|change| change.against.map(|word| word.at))
            .filter(|_| all_overlooked)
            .map(|change| change.user.clone());
        for change in &news {
            let wanted = longest_known.as_ref() == Some(&change.user) || !is_oversight(&change);
            let is_meant = self.meant.get(&event.id) == Some(&change.user);
            self.misread.0 += usize::from(is_meant != wanted);
            self.misread.1 += usize::from(!is_meant);
            if wanted {
                // Whoever gives back the usual level means a silence that has been there, also where it is not there
                // just now.
                let was_silenced = self.was_silenced(room, &change.user);
                let frees = was_silenced && change.new.unwrap_or(0) == 0;
                let old = if frees { SILENT } else { change.old };
                self.say(room, &change.user, change.new, now);
                self.wish(room, &change.user, &event.sender, (old, change.new), now);
            } else {
                self.uphold(room, &change.user, now);
            }
        }
    }

    /// A change as it stands against what was last said; None where it is what was last said.
    fn news(
        &self,
        room: &RoomId,
        user: UserId,
        (old, new): (Option<i64>, Option<i64>),
        (now, is_own): (Millis, bool),
    ) -> Option<Change> {
        let word = self.words.get(&(room.clone(), user.clone())).copied();
        // What linli itself writes late is against words of any age.
        let against = word.filter(|word| is_own || now.since(word.at) < WORD_MS);
        let is_news = against.is_none_or(|word| word.entry != new);
        is_news.then_some(Change {
            user,
            old,
            new,
            against,
        })
    }

    /// From now on this is the last word about somebody's entry.
    fn say(&mut self, room: &RoomId, user: &UserId, entry: Option<i64>, at: Millis) {
        let word = Word {
            entry,
            at,
            upheld: 0,
            is_due: false,
        };
        self.words.insert((room.clone(), user.clone()), word);
    }

    /// Linli has the last word about somebody's entry, and has still to do it.
    fn ask(&mut self, room: &RoomId, user: &UserId, entry: Option<i64>, at: Millis) {
        let word = Word {
            entry,
            at,
            upheld: 0,
            is_due: true,
        };
        self.words.insert((room.clone(), user.clone()), word);
    }

    /// Linli has done what it last asked for.
    pub(super) fn done(&mut self, room: &RoomId, user: &UserId, now: Millis) {
        let word = self.words.get_mut(&(room.clone(), user.clone()));
        if let Some(word) = word.filter(|word| word.is_due) {
            (word.at, word.is_due) = (now, false);
        }
    }

    /// True where somebody shall be silent, and was so already.
    fn was_silenced(&self, room: &RoomId, user: &UserId) -> bool {
        let word = self.words.get(&(room.clone(), user.clone()));
        word.is_some_and(|word| word.entry == SILENT && (!word.is_due || word.upheld > 0))
    }

    /// What linli has asked for can never be: it is nobody's last word any more.
    pub(super) fn refused(&mut self, room: &RoomId, asked: &BTreeMap<UserId, Option<i64>>) {
        for (user, entry) in asked {
            let key = (room.clone(), user.clone());
            if self
                .words
                .get(&key)
                .is_some_and(|word| word.entry == *entry)
            {
                self.words.remove(&key);
            }
        }
    }

    /// The last word is said again.
    fn uphold(&mut self, room: &RoomId, user: &UserId, now: Millis) {
        let word = self.words.get_mut(&(room.clone(), user.clone()));
        if let Some(word) = word.filter(|word| word.upheld < UPHELD) {
            (word.at, word.upheld, word.is_due) = (now, word.upheld + 1, true);
        }
    }

    /// Mutes begin to hold somebody in a room, unless one does so already.
    pub(super) fn hold(&mut self, at: usize, room: &RoomId, is_done: bool, now: Millis) {
        let user = self.cases[at].user.clone();
        if !is_done && !self.is_silent(room, &user) {
            self.ask(room, &user, SILENT, now);
        }
        self.cases[at].rooms.insert(room.clone());
    }

    /// Nothing holds somebody in a room any more: the entry is the one that people want.
    pub(super) fn release(&mut self, room: &RoomId, user: &UserId, now: Millis) {
        let wanted = self.wanted(room, user);
        self.ask(room, user, wanted, now);
    }

    /// The entry that somebody has where nothing keeps them silent.
    pub fn wanted(&self, room: &RoomId, user: &UserId) -> Option<i64> {
        let wished = self.wished.get(&(room.clone(), user.clone())).copied();
        wished.unwrap_or_else(|| entry(&self.server.rooms[room].levels[0].1, user))
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
            (false, false) if self.is_silent(room, user) => {
                // Who gave it did not know of the mute, which comes after it.
                self.ask(room, user, SILENT, now);
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
