//! Silence in a room: a power level below the default. One place asks for changes of levels, remembers what it asked,
//! and sees to it that nobody's change is lost when two are made at once: power levels are one event, and whoever
//! writes it overwrites all of it (Client-Server API, `m.room.power_levels`).
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    case::{Hold, hold_id},
    impose::Seen,
};
use crate::domain::{
    context::Context,
    effect::{Act, Effect, Lane},
    ids::{MINUTE_MS, Millis, RoomId, Txn, UserId},
    input::LevelsChanged,
    limits,
    power::{LevelChange, MUTED},
    record::Record,
};

/// Within this time a change that reverses another one, made beside further changes, is taken for an oversight of a
/// client that had not yet seen the other one.
const OVERSIGHT_MS: i64 = MINUTE_MS;

/// What has happened to the levels of a room of late.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Journal {
    /// What we have asked for and not yet seen.
    asked: Vec<Asked>,
    /// What was changed.
    recent: Vec<Change>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    txn: Txn,
    user: UserId,
    entry: Option<i64>,
}

/// A change of one member's entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub user: UserId,
    pub old: Option<i64>,
    pub new: Option<i64>,
    pub by: UserId,
    pub at: Millis,
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
    let levels = ctx.room_state(room).levels;
    levels.map_or(0, |levels| {
        let entries = levels.users.values();
        entries.filter(|level| levels.silences(**level)).count()
    })
}

/// Somebody's entry as it will be when all is done that was asked for.
fn entry(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) -> Option<i64> {
    let journal: Journal = ctx.get(room.as_str()).unwrap_or_default();
    let asked = journal.asked.iter().rev().find(|asked| asked.user == *user);
    match asked {
        Some(asked) => asked.entry,
        None => {
            let levels = ctx.room_state(room).levels;
            levels.and_then(|levels| levels.users.get(user).copied())
        }
    }
}

fn set(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId, entry: Option<i64>) {
    let change = Act::SetLevels(LevelChange::of(user, entry));
    let txn = ctx.ask(room, Lane::Guard, Effect::Act(change));
    let mut journal: Journal = ctx.get(room.as_str()).unwrap_or_default();
    let spare = (journal.asked.len() + 1).saturating_sub(limits::LEVELS_ASKED_MAX);
    journal.asked.drain(..spare);
    journal.asked.push(Asked {
        txn,
        user: user.clone(),
        entry,
    });
    ctx.put(room.as_str(), &journal);
}

/// What we asked for is so already, or can never be: it will not be seen as a change.
pub fn settled(ctx: &mut Context<'_, '_>, room: &RoomId, txn: &Txn) {
    let Some(mut journal) = ctx.get::<Journal>(room.as_str()) else {
        return;
    };
    let before = journal.asked.len();
    journal.asked.retain(|asked| asked.txn != *txn);
    if journal.asked.len() != before {
        ctx.put(room.as_str(), &journal);
    }
}

/// Takes new levels in: puts right what was overwritten by oversight, and returns what others have changed on purpose.
pub fn take_in(ctx: &mut Context<'_, '_>, changed: &LevelsChanged) -> Vec<Change> {
    let Some(before) = &changed.before else {
        return Vec::new();
    };
    let by = &changed.sender;
    let own = *by == ctx.bot();
    let changes: Vec<Change> = changed
        .levels
        .changed_since(before)
        .into_iter()
        .map(|(user, old, new)| Change {
            user,
            old,
            new,
            by: by.clone(),
            at: ctx.now,
        })
        .collect();
    let mut journal: Journal = ctx.get(changed.room.as_str()).unwrap_or_default();
    journal
        .recent
        .retain(|recent| (0..OVERSIGHT_MS).contains(&ctx.now.since(recent.at)));
    let mut on_purpose = Vec::new();
    let mut overwritten = Vec::new();
    for change in &changes {
        if own && journal.takes_asked(change) {
            continue;
        }
        let beside_others = own || changes.len() > 1;
        if beside_others && journal.reverses_another(change) {
            overwritten.push(change.clone());
        } else if !own {
            on_purpose.push(change.clone());
        }
    }
    journal.remember(&changes);
    ctx.put(changed.room.as_str(), &journal);
    for change in overwritten {
        set(ctx, &changed.room, &change.user, change.old);
    }
    on_purpose
}

impl Journal {
    /// True where we asked for this change; it counts as seen from now on.
    fn takes_asked(&mut self, change: &Change) -> bool {
        let is_it = |asked: &Asked| asked.user == change.user && asked.entry == change.new;
        let found = self.asked.iter().position(is_it);
        if let Some(at) = found {
            self.asked.remove(at);
        }
        found.is_some()
    }

    /// True where a change takes back what somebody else has just done; not for the third time, lest two fight.
    fn reverses_another(&self, change: &Change) -> bool {
        let same = self
            .recent
            .iter()
            .filter(|recent| recent.user == change.user);
        let mut newest_first = same.rev();
        let reverses = newest_first.next().is_some_and(|recent| {
            recent.by != change.by && recent.old == change.new && recent.new == change.old
        });
        reverses && newest_first.count() < limits::LEVEL_FIGHTS_MAX
    }

    fn remember(&mut self, changes: &[Change]) {
        self.recent.extend_from_slice(changes);
        let spare = self.recent.len().saturating_sub(limits::LEVELS_RECENT_MAX);
        self.recent.drain(..spare);
    }
}
