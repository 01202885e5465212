//! From a wrong name to a right one: a message, a reminder, a mute, a removal, each after its time; and all of it
//! undone at once by a right name.
// Nothing in this file does IO.

use super::{
    NAME,
    door::{Door, Ladder, Step},
    judge::{self, Verdict},
    settings::NamingSettings,
    tell,
};
use crate::{
    domain::{
        commit::Timer,
        context::Context,
        ids::{Millis, RoomId, UserId},
        limits,
        ration::Ration,
    },
    features::{
        moderation::{
            case::{By, Case, How, Kind},
            impose::{Order, Telling, impose},
            lift,
        },
        raid,
    },
    text::{
        names::{Reason, Refusal},
        span::Span,
    },
};

/// A wrong name was seen.
pub fn wrong(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    door: &mut Door,
    room: &RoomId,
    name: &str,
    refusal: &Refusal,
) {
    let removed = door
        .ladder
        .as_ref()
        .filter(|ladder| ladder.step == Step::Removed);
    if let Some(before) = removed.map(|ladder| (ladder.mute, ladder.removal)) {
        // Whoever was removed and comes again with a wrong name begins anew, as silent as before.
        return begin(ctx, user, door, (room, name, refusal), before);
    }
    let Some(ladder) = &mut door.ladder else {
        return begin(ctx, user, door, (room, name, refusal), (None, None));
    };
    if ladder.name == name {
        return;
    }
    name.clone_into(&mut ladder.name);
    ladder.room = room.clone();
    let silent = ladder.mute.filter(|no| holds(ctx, *no));
    if refusal.reason == Reason::ImitatesStaff && silent.is_none() {
        ladder.mute = imitates(ctx, user, name);
        return;
    }
    if ladder.hints >= limits::NAME_HINTS_MAX {
        return;
    }
    if refusal.reason == Reason::ImitatesStaff {
        // Whoever is silent already is shown all the same.
        ladder.hints += 1;
        return tell::imitation(ctx, user, name, silent);
    }
    // Whoever has tried is told at once why it was not enough.
    if ladder.step > Step::Waiting && has_room(ctx, door.present) {
        ladder.hints += 1;
        let now = ctx.now;
        book(ctx, door.present, now);
        tell::hint(ctx, user, room, name, refusal);
    }
}

/// Begins a ladder; with the mute that keeps them silent already, and the removal that a right name undoes.
fn begin(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    door: &mut Door,
    (room, name, refusal): (&RoomId, &str, &Refusal),
    (mute, removal): (Option<u32>, Option<u32>),
) {
    let now = ctx.now;
    // In a raid nobody is greeted: that would be a message to each of them.
    let earliest = raid::until(ctx).unwrap_or(now);
    let at = book(ctx, door.present, earliest);
    let imitates = refusal.reason == Reason::ImitatesStaff;
    let silent = mute.filter(|no| holds(ctx, *no));
    let mute = if imitates && silent.is_none() {
        self::imitates(ctx, user, name)
    } else {
        mute
    };
    door.ladder = Some(Ladder {
        since: at,
        step: Step::Waiting,
        due: Some(at),
        name: name.to_owned(),
        room: room.clone(),
        hints: 0,
        mute,
        removal,
    });
    if at > now {
        return wake(ctx, user, at);
    }
    take(ctx, user, door, refusal);
}

/// True where a case was not ended yet.
fn holds(ctx: &mut Context<'_, '_>, no: u32) -> bool {
    Case::load(ctx, no).is_some_and(|case| case.is_open())
}

/// Books a message: those who were there before have one half of the ration, newcomers the other.
fn book(ctx: &mut Context<'_, '_>, present: bool, now: Millis) -> Millis {
    let settings: &NamingSettings = ctx.settings();
    let share = settings.share(present);
    let id = if present { "names-present" } else { "names" };
    let mut ration: Ration = ctx.get(id).unwrap_or_default();
    let at = ration.book(now, share);
    ctx.put(id, &ration);
    at
}

/// True where one more message is not too many now.
fn has_room(ctx: &mut Context<'_, '_>, present: bool) -> bool {
    let settings: &NamingSettings = ctx.settings();
    let share = settings.share(present);
    let id = if present { "names-present" } else { "names" };
    let ration: Ration = ctx.get(id).unwrap_or_default();
    ration.next(ctx.now, share) <= ctx.now
}

fn wake(ctx: &mut Context<'_, '_>, user: &UserId, at: Millis) {
    ctx.wake_at(at, &format!("door.{user}"), user.as_str());
}

/// Whoever passes for staff is silent at once, and shown to the moderators.
fn imitates(ctx: &mut Context<'_, '_>, user: &UserId, name: &str) -> Option<u32> {
    let case = mute(ctx, user, "reason-imitates");
    tell::imitation(ctx, user, name, case);
    case
}

fn mute(ctx: &mut Context<'_, '_>, user: &UserId, reason: &str) -> Option<u32> {
    let done = impose(ctx, &order(user, Kind::Mute, reason));
    done.ok().map(|case| case.no)
}

fn order(user: &UserId, kind: Kind, reason: &str) -> Order {
    Order {
        user: user.clone(),
        kind,
        span: Span::Forever,
        room: None,
        by: By::Rule(NAME.to_owned()),
        reason: reason.to_owned(),
        about: None,
        strikes: 0,
        seen: None,
        telling: Telling::Nobody,
        removes_itself: false,
    }
}

/// A step is due.
pub fn woken(ctx: &mut Context<'_, '_>, timer: &Timer) {
    let user = UserId::from(timer.note.as_str());
    let Some(mut door) = Door::of(ctx, &user) else {
        return;
    };
    let is_due = |ladder: &Ladder| ladder.due == Some(timer.due);
    if !door.ladder.as_ref().is_some_and(is_due) {
        return;
    }
    if judge::is_exempt(&ctx.world.settings, &ctx.community, &user) {
        forgive(ctx, &mut door);
        return door.save(ctx, &user);
    }
    match door.verdict(ctx) {
        Verdict::Wrong { refusal, .. } => take(ctx, &user, &mut door, &refusal),
        // They have gone; when they come again the ladder goes on from here.
        Verdict::Absent => pause(&mut door),
        Verdict::Right(_) => right(ctx, &user, &mut door, None),
    }
    door.save(ctx, &user);
}

fn pause(door: &mut Door) {
    if let Some(ladder) = &mut door.ladder {
        ladder.due = None;
    }
}

/// Somebody whose ladder was interrupted is there again, with a name that is still wrong.
pub fn resume(ctx: &mut Context<'_, '_>, user: &UserId, door: &mut Door) {
    let stands = door.ladder.as_ref().filter(|ladder| ladder.due.is_none());
    match stands.map(|ladder| ladder.step) {
        // What follows for whoever was removed and comes again, their name decides.
        Some(Step::Removed) | None => {}
        Some(step) => schedule(ctx, user, door, step),
    }
}

/// Takes the next step that is not switched off, and sets the time for the one after it.
fn take(ctx: &mut Context<'_, '_>, user: &UserId, door: &mut Door, refusal: &Refusal) {
    let Some(ladder) = &mut door.ladder else {
        return;
    };
    let (room, name) = (ladder.room.clone(), ladder.name.clone());
    // A moderator who has ended the mute knows who it is.
    let muted = ladder.mute.and_then(|no| Case::load(ctx, no));
    if muted.is_some_and(|case| !case.is_open()) {
        return pause(door);
    }
    let settings: &NamingSettings = ctx.settings();
    let Some(step) = settings.next(ladder.step) else {
        return pause(door);
    };
    match step {
        Step::Waiting => {}
        Step::Greeted => {
            ladder.since = ctx.now;
            tell::greeting(ctx, user, &room, &name, refusal, door.known);
        }
        Step::Reminded => tell::reminder(ctx, user, &room, &name, refusal),
        Step::Muted => {
            if ladder.mute.is_none() {
                ladder.mute = mute(ctx, user, "reason-name");
            }
            // Where it could not be done, as in a rehearsal, nobody is told that it was.
            if ladder.mute.is_some() {
                tell::muted(ctx, user, &room, &name, refusal);
            }
        }
        Step::Removed => {
            let done = impose(ctx, &order(user, Kind::Remove, "reason-name"));
            if let Ok(case) = done {
                ladder.removal = Some(case.no);
                tell::removed(ctx, user, &room, &name, refusal);
            }
        }
    }
    ladder.step = step;
    schedule(ctx, user, door, step);
}

/// Sets the time of the step after `step`.
fn schedule(ctx: &mut Context<'_, '_>, user: &UserId, door: &mut Door, step: Step) {
    let settings: &NamingSettings = ctx.settings();
    let Some(ladder) = &mut door.ladder else {
        return;
    };
    ladder.due = settings.due(step, door.present, ladder.since, ctx.now);
    if let Some(due) = ladder.due {
        wake(ctx, user, due);
    }
}

/// The name is right: everything that followed from the wrong one is undone, and its bearer told.
pub fn right(ctx: &mut Context<'_, '_>, user: &UserId, door: &mut Door, name: Option<&str>) {
    let Some(ladder) = forgive(ctx, door) else {
        return;
    };
    // Whoever was never told anything has nothing to be told now.
    if ladder.step > Step::Waiting || ladder.mute.is_some() {
        tell::all_clear(ctx, user, name, &ladder);
    }
}

/// Undoes all that has followed from a wrong name.
pub fn forgive(ctx: &mut Context<'_, '_>, door: &mut Door) -> Option<Ladder> {
    let ladder = door.ladder.take()?;
    for no in [ladder.mute, ladder.removal].into_iter().flatten() {
        if let Some(case) = Case::load(ctx, no).filter(|case| !case.is_undone()) {
            let by = By::Rule(NAME.to_owned());
            lift::end(ctx, case, How::Undone, Some(by));
        }
    }
    Some(ladder)
}
