//! When the lists are due that linli says by itself: of the morning, and of the week. Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use crate::domain::{
    context::Context,
    ids::{DAY_MS, Millis},
    record::Record,
};

/// When a list is due next, by the note of its timer.
#[derive(Serialize, Deserialize)]
struct Planned(Millis);

impl Record for Planned {
    const KIND: &'static str = "planned";
}

/// There is something to tell: a list will be due, unless it is planned already.
pub fn plan(
    ctx: &mut Context<'_, '_>,
    note: &str,
    next: impl Fn(&Context<'_, '_>) -> Option<Millis>,
) {
    let planned = ctx.get::<Planned>(note);
    // What is overdue is said as soon as its timer comes, however long linli was down.
    if planned.is_some_and(|Planned(at)| at.plus(30 * DAY_MS) > ctx.now) {
        return;
    }
    if let Some(due) = next(ctx) {
        ctx.put(note, &Planned(due));
        ctx.wake_at(due, note, note);
    }
}

/// Whether a timer is that of the list which is due; then it is due no more.
pub fn take(ctx: &mut Context<'_, '_>, note: &str, due: Millis) -> bool {
    let is_due = ctx
        .get::<Planned>(note)
        .is_some_and(|Planned(at)| at == due);
    if is_due {
        ctx.delete::<Planned>(note);
    }
    is_due
}

/// The first moment of work, when people are awake, from the beginning of a day on.
pub fn work_begins(ctx: &Context<'_, '_>, day: chrono::NaiveDate) -> Option<Millis> {
    let midnight = ctx.at_local(day.and_time(chrono::NaiveTime::MIN))?;
    let awake = ctx.community.waking.after(midnight, 0)?;
    ctx.community.hours.after(awake, 0)
}
