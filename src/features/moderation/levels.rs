//! Silence in a room: a power level below the default. One place asks for changes of levels, remembers what it asked,
//! and sees to it that nobody's change is lost when two are made at once: power levels are one event, and whoever
//! writes it overwrites all of it (Client-Server API, `m.room.power_levels`).
// Nothing in this file does IO.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    case::{Hold, hold_id},
    impose::Seen,
};
use crate::domain::{
    context::Context,
    effect::{Act, Effect, Lane},
    ids::{EventId, MINUTE_MS, Millis, RoomId, Txn, UserId},
    input::LevelsChanged,
    limits,
    power::{LevelChange, MUTED},
    record::Record,
};

/// A change beside others that takes back what was done so shortly before is an oversight of a client that had not
/// seen it yet.
const OVERSIGHT_MS: i64 = 5_000;
/// So long the last word about somebody's level is more than what a room's state says.
const FRESH_MS: i64 = 10 * MINUTE_MS;
/// Where two wrote within this time, the homeserver may have kept either: events that do not know of each other are
/// put in order by rules of its own (Matrix specification, room versions, state resolution).
const RACE_MS: i64 = 30_000;
/// So long after a race the levels are looked at again.
const CHECK_AFTER_MS: i64 = 3_000;

/// The last words about members' levels in a room, whoever has spoken them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Journal {
    words: BTreeMap<UserId, Word>,
    /// When somebody else last wrote levels.
    others: Option<Millis>,
    /// The date of the newest levels that were heard of, by the homeserver's clock.
    heard: Millis,
    /// When the levels are looked at again after a race.
    look: Option<Millis>,
}

/// What somebody's entry shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Word {
    entry: Option<i64>,
    /// When it was spoken, and for our own: when it was done.
    at: Millis,
    /// Our own request, until it is done.
    txn: Option<Txn>,
    /// What the homeserver has made of it, until the stream tells that.
    unheard: Option<EventId>,
    /// How often it was put right since.
    mended: u32,
}

/// A change of one member's entry that somebody made on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub user: UserId,
    pub old: Option<i64>,
    pub new: Option<i64>,
    /// What it would have been instead: the old one, unless we were about to put that right.
    pub due: Option<i64>,
    /// True where it takes back a silence that was there, and that was overwritten since. Nobody gives the usual level
    /// for another reason; a higher one waits until the silence ends.
    pub ends_silence: bool,
}

impl Record for Journal {
    const KIND: &'static str = "levels";
}

/// Holds somebody silent in a room for a case, or notes that somebody else does so already.
pub fn hold(
    ctx: &mut Context<'_, '_>,
    room: &RoomId,
    user: &UserId,
    case: u32,
    seen: Option<&Seen>,
) {
    let id = hold_id(room, user);
    if let Some(mut hold) = ctx.get::<Hold>(&id) {
        if !hold.cases.contains(&case) {
            hold.cases.push(case);
            ctx.put(&id, &hold);
        }
        return;
    }
    let before = match seen {
        Some(seen) => seen.entry,
        None => entry(ctx, room, user),
    };
    let hold = Hold {
        before,
        cases: vec![case],
    };
    ctx.put(&id, &hold);
    if seen.is_none() {
        set(ctx, room, user, Some(MUTED));
    }
}

/// Somebody whom we hold silent was given a level by somebody who did not know of it.
pub fn given(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId, entry: Option<i64>) {
    let id = hold_id(room, user);
    if let Some(mut hold) = ctx.get::<Hold>(&id) {
        hold.before = entry;
        ctx.put(&id, &hold);
        set(ctx, room, user, Some(MUTED));
    }
}

/// True where something holds somebody silent in a room.
pub fn is_held(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) -> bool {
    ctx.get::<Hold>(&hold_id(room, user)).is_some()
}

/// Asks anew for what held or freed somebody, once it has waited for too long: unless somebody has spoken since.
pub fn again(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId, entry: Option<i64>) {
    if is_held(ctx, room, user) {
        return set(ctx, room, user, Some(MUTED));
    }
    let journal = Journal::of(ctx, room);
    let word = journal.words.get(user);
    let is_last = word.is_none_or(|word| word.entry == entry);
    if is_last && entry != Some(MUTED) {
        set(ctx, room, user, entry);
    }
}

/// Lets go of what a case holds in a room; with the last case the level is what it was before.
pub fn let_go(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId, case: u32) {
    let id = hold_id(room, user);
    let Some(mut hold) = ctx.get::<Hold>(&id) else {
        return;
    };
    hold.cases.retain(|other| *other != case);
    if hold.cases.is_empty() {
        ctx.delete::<Hold>(&id);
        set(ctx, room, user, hold.before);
    } else {
        ctx.put(&id, &hold);
    }
}

/// Forgets what holds somebody in a room, since somebody else has ended it; returns the cases that wanted it.
pub fn forget(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) -> Vec<u32> {
    let id = hold_id(room, user);
    let hold: Option<Hold> = ctx.get(&id);
    ctx.delete::<Hold>(&id);
    hold.map_or_else(Vec::new, |hold| hold.cases)
}

/// How many members of a room are silent.
pub fn silent(ctx: &mut Context<'_, '_>, room: &RoomId) -> usize {
    let Some(levels) = ctx.room_state(room).levels else {
        return 0;
    };
    let entries = levels.users.values();
    let now = entries.filter(|level| levels.silences(**level)).count();
    // Those whom it was asked for, and who are not silent yet.
    let asked = Journal::of(ctx, room)
        .words
        .into_iter()
        .filter(|(user, word)| {
            let shall_be = word.txn.is_some() && word.entry == Some(MUTED);
            shall_be && !levels.silences(levels.of(user))
        });
    now + asked.count()
}

/// Somebody's entry as it will be when all is done that was asked for.
fn entry(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) -> Option<i64> {
    let journal = Journal::of(ctx, room);
    match journal.word(user, ctx.now) {
        Some(word) => word.entry,
        None => {
            let levels = ctx.room_state(room).levels;
            levels.and_then(|levels| levels.users.get(user).copied())
        }
    }
}

fn set(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId, entry: Option<i64>) {
    let mut journal = Journal::of(ctx, room);
    journal.ask(ctx, room, user, entry, 0);
    ctx.put(room.as_str(), &journal);
}

/// What we asked for is done; where that has made an event, by this one.
pub fn done(ctx: &mut Context<'_, '_>, room: &RoomId, txn: &Txn, event: Option<&EventId>) {
    let unheard = event.filter(|event| ctx.author_of(event).is_none());
    let mut journal = Journal::of(ctx, room);
    let mut words = journal.words.values_mut();
    let Some(word) = words.find(|word| word.txn.as_ref() == Some(txn)) else {
        return;
    };
    word.txn = None;
    word.at = ctx.now;
    word.unheard = unheard.cloned();
    ctx.put(room.as_str(), &journal);
}

/// What we asked for can never be: it is nobody's last word any more.
pub fn given_up(ctx: &mut Context<'_, '_>, room: &RoomId, txn: &Txn) {
    let mut journal = Journal::of(ctx, room);
    let before = journal.words.len();
    journal
        .words
        .retain(|_, word| word.txn.as_ref() != Some(txn));
    if journal.words.len() != before {
        ctx.put(room.as_str(), &journal);
    }
}

/// Takes new levels in: puts right what was overwritten by oversight, and returns what others have changed on purpose.
pub fn take_in(ctx: &mut Context<'_, '_>, changed: &LevelsChanged) -> Vec<Change> {
    let Some(before) = &changed.before else {
        return Vec::new();
    };
    let (room, now) = (&changed.room, ctx.now);
    let own = changed.sender == ctx.bot();
    let changes = changed.levels.changed_since(before).into_iter();
    let mut journal = Journal::of(ctx, room);
    journal.hear(&changed.id);
    let changes = changes.map(|(user, old, new)| {
        let due = journal.due(&user, now).map_or(old, |word| word.entry);
        let (level, usual) = (changed.levels.of(&user), changed.levels.users_default);
        let frees = !changed.levels.silences(level) && level <= usual;
        let ends_silence = frees && journal.was_silenced(&user);
        Change {
            user,
            old,
            new,
            due,
            ends_silence,
        }
    });
    let changes: Vec<Change> = changes.collect();
    if own {
        journal.renew(&changes, now);
    }
    let (overwritten, on_purpose) = if own {
        let against = |change: &Change| journal.speaks_against(change, now, i64::MAX);
        (changes.into_iter().filter(against).collect(), Vec::new())
    } else {
        journal.sort_out(changes, now)
    };
    let races = journal.is_race(own, now);
    if !own {
        journal.others = Some(now);
    }
    journal.heard = journal.heard.max(changed.at);
    for change in &on_purpose {
        let word = Word {
            entry: change.new,
            at: now,
            txn: None,
            unheard: None,
            mended: 0,
        };
        journal.words.insert(change.user.clone(), word);
    }
    for change in overwritten {
        let word = journal.words.get(&change.user).cloned();
        if let Some(word) = word.filter(|word| word.mended < limits::LEVELS_MENDED_MAX) {
            journal.ask(ctx, room, &change.user, word.entry, word.mended + 1);
        }
    }
    // One look is enough for all that races until then; it is not put off, or where many write there would be none.
    if races && journal.look.is_none_or(|look| look <= now) {
        let due = Millis((now.0 / CHECK_AFTER_MS + 2) * CHECK_AFTER_MS);
        journal.look = Some(due);
        ctx.wake_at(due, &format!("levels.{room}"), &format!("levels {room}"));
    }
    ctx.put(room.as_str(), &journal);
    on_purpose
}

/// Some seconds after a race: whatever was last said shall be so. Where it is, nothing is written; nor where somebody
/// has just spoken of whom the stream does not tell yet: with that comes the next look.
pub fn check(ctx: &mut Context<'_, '_>, room: &RoomId) {
    let journal = Journal::of(ctx, room);
    let now = ctx.now;
    let fresh = |word: &Word| now.since(word.at) < FRESH_MS;
    let words = journal.words.iter().filter(|(_, word)| fresh(word));
    let users = words.map(|(user, word)| (user.clone(), word.entry));
    let change = LevelChange {
        users: users.collect(),
        unless_after: Some(journal.heard),
        ..LevelChange::default()
    };
    if !change.users.is_empty() {
        ctx.ask(room, Lane::Guard, Effect::Act(Act::SetLevels(change)));
    }
}

impl Journal {
    /// The journal of a room. What was asked for before somebody's word may be done long after it, so that words are
    /// kept as long as there is room for them.
    fn of(ctx: &mut Context<'_, '_>, room: &RoomId) -> Self {
        let mut journal: Self = ctx.get(room.as_str()).unwrap_or_default();
        while journal.words.len() > limits::LEVEL_WORDS_MAX {
            let words = journal.words.iter();
            let oldest = words.min_by_key(|(_, word)| word.at).map(|(user, _)| user);
            let Some(oldest) = oldest.cloned() else { break };
            journal.words.remove(&oldest);
        }
        journal
    }

    /// Asks for an entry, and makes that the last word.
    fn ask(
        &mut self,
        ctx: &mut Context<'_, '_>,
        room: &RoomId,
        user: &UserId,
        entry: Option<i64>,
        mended: u32,
    ) {
        let change = Act::SetLevels(LevelChange::of(user, entry));
        let txn = ctx.ask(room, Lane::Guard, Effect::Act(change));
        let word = Word {
            entry,
            at: ctx.now,
            txn: Some(txn),
            unheard: None,
            mended,
        };
        self.words.insert(user.clone(), word);
    }

    /// The last word about somebody's level, where it is more than what the room's state says: for some time, and as
    /// long as the stream has not told of it.
    fn word(&self, user: &UserId, now: Millis) -> Option<&Word> {
        let word = self.words.get(user)?;
        let is_ahead = word.txn.is_some() || word.unheard.is_some();
        (is_ahead || now.since(word.at) < FRESH_MS).then_some(word)
    }

    /// The same, where it silences nobody.
    fn due(&self, user: &UserId, now: Millis) -> Option<&Word> {
        let word = self.word(user, now)?;
        (word.entry != Some(MUTED)).then_some(word)
    }

    /// The stream tells of an event.
    fn hear(&mut self, event: &EventId) {
        for word in self.words.values_mut() {
            if word.unheard.as_ref() == Some(event) {
                word.unheard = None;
            }
        }
    }

    /// We have made it so again: whoever overwrites it now has not seen it yet, however old the word is.
    fn renew(&mut self, changes: &[Change], now: Millis) {
        for change in changes {
            if let Some(word) = self.words.get_mut(&change.user)
                && word.entry == change.new
            {
                word.at = word.at.max(now);
            }
        }
    }

    /// True where somebody shall be silent, and was so already.
    fn was_silenced(&self, user: &UserId) -> bool {
        let word = self.words.get(user);
        word.is_some_and(|word| {
            word.entry == Some(MUTED) && (word.txn.is_none() || word.mended > 0)
        })
    }

    /// True where a change is against what was last said, at most so long ago.
    fn speaks_against(&self, change: &Change, now: Millis, within_ms: i64) -> bool {
        let word = self.words.get(&change.user);
        word.is_some_and(|word| word.entry != change.new && now.since(word.at) < within_ms)
    }

    /// Tells what somebody else has overwritten by oversight from what they have changed on purpose. A client changes
    /// one member's level at a time, so that of several changes all but one may be oversights: those that take back
    /// what is so new that the client had not seen it.
    fn sort_out(&self, changes: Vec<Change>, now: Millis) -> (Vec<Change>, Vec<Change>) {
        let several = changes.len() > 1;
        let news = |change: &Change| {
            let word = self.words.get(&change.user);
            let fresh = word.filter(|word| now.since(word.at) < FRESH_MS);
            fresh.is_none_or(|word| word.entry != change.new)
        };
        let (mut overwritten, mut on_purpose): (Vec<_>, Vec<_>) = changes
            .into_iter()
            .filter(news)
            .partition(|change| several && self.speaks_against(change, now, OVERSIGHT_MS));
        if on_purpose.is_empty() {
            // Whoever writes wants something: most likely what they could have seen longest.
            let said = |change: &Change| self.words.get(&change.user).map(|word| word.at);
            let oldest = (0..overwritten.len()).min_by_key(|at| said(&overwritten[*at]));
            on_purpose.extend(oldest.map(|at| overwritten.remove(at)));
        }
        (overwritten, on_purpose)
    }

    /// True where somebody else has spoken so shortly before that the homeserver may have kept either event.
    fn is_race(&self, own: bool, now: Millis) -> bool {
        let lately = |at: Millis| now.since(at) < RACE_MS;
        self.others.is_some_and(lately) || (!own && self.words.values().any(|w| lately(w.at)))
    }
}
