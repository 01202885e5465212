//! What happens to a ticket by itself: it is recalled where nobody takes it, and confirmed where nobody objects.
// Nothing in this file does IO.

use super::{
    TicketSettings, card, emergency,
    state::{Action, State},
    tell,
    ticket::{Ticket, What},
};
use crate::domain::{
    context::Context,
    ids::{HOUR_MS, MINUTE_MS, Millis},
    roles::{Person, Trade},
    speech::Arg,
};

/// The note of the timer that recalls an unclaimed ticket.
pub const RECALL: &str = "recall";
/// The note of the timer that confirms a finished ticket.
pub const CONFIRM: &str = "confirm";

/// Sees to it that somebody takes a ticket that waits: at once where people are in danger, else within the time for a
/// first answer.
pub fn watch(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    if ticket.is_emergency() {
        return emergency::raise(ctx, ticket);
    }
    let patience = patience(ctx);
    if ticket.waits_for_staff() && ticket.recall_at.is_none() && patience > 0 {
        ticket.waits_since = Some(ctx.now);
        recall_at(ctx, ticket, ctx.now.plus(patience));
    }
}

/// The time for a first answer, in milliseconds of work; 0: any.
fn patience(ctx: &Context<'_, '_>) -> i64 {
    i64::from(ctx.settings::<TicketSettings>().first_answer_minutes) * MINUTE_MS
}

fn recall_at(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, due: Millis) {
    ticket.recall_at = Some(due);
    let id = format!("{RECALL}.{}", ticket.no);
    ctx.wake_at(due, &id, &format!("{RECALL} {}", ticket.no));
}

pub fn wait_for_confirmation(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let hours = ctx.settings::<TicketSettings>().confirm_after_hours;
    if hours > 0 {
        let due = ctx.now.plus(i64::from(hours) * HOUR_MS);
        ticket.confirm_at = Some(due);
        let id = format!("{CONFIRM}.{}", ticket.no);
        ctx.wake_at(due, &id, &format!("{CONFIRM} {}", ticket.no));
    }
}

/// When staff are to be called, where that is not now: too little of the time since was work, or nobody works now. It is
/// asked this late because most tickets are claimed by then.
fn not_yet(ctx: &Context<'_, '_>, ticket: &Ticket, due: Millis) -> Option<Millis> {
    let (hours, patience) = (&ctx.community.hours, patience(ctx));
    let since = ticket.waits_since.unwrap_or_else(|| due.plus(-patience));
    let worked = hours.after(since, patience)?;
    if worked > ctx.now {
        return Some(worked);
    }
    let next = hours.after(ctx.now, 0)?;
    (next > ctx.now).then_some(next)
}

/// Nobody has claimed it by `due`: the desk and the managers are called.
pub fn recall(ctx: &mut Context<'_, '_>, mut ticket: Ticket, due: Millis) {
    if ticket.recall_at != Some(due) || ticket.is_emergency() {
        return;
    }
    if let Some(later) = not_yet(ctx, &ticket, due) {
        recall_at(ctx, &mut ticket, later);
        return ticket.save(ctx);
    }
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let language = ctx.community.language;
    let is_desk = |person: &Person| person.staff && person.trades.contains(&Trade::Desk);
    let mut called = tell::on_duty(ctx, is_desk);
    called.extend(tell::all(ctx, |person| person.manager));
    let called = tell::calling(ctx, &called);
    let age = card::age(ctx, &ticket, language);
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("age", Arg::Said(&age)),
        ("called", Arg::Said(&called)),
    ];
    let said = ctx.say(language, "recalled", &args);
    tell::sentence(ctx, &ticket, &room, said);
    ticket.note(ctx, None, What::Recalled);
    ticket.save(ctx);
}

/// The reporter has not answered: the ticket counts as confirmed, if it is still the same finish.
pub fn confirm_by_time(ctx: &mut Context<'_, '_>, mut ticket: Ticket, due: Millis) {
    if ticket.confirm_at != Some(due) {
        return;
    }
    ticket.state = State::Confirmed;
    ticket.confirm_at = None;
    ticket.note(ctx, None, What::Moved(Action::Confirm));
    card::refresh(ctx, &mut ticket);
    let no = Arg::Number(i64::from(ticket.no.0));
    let said = ctx.say(ticket.language, "told-confirm-by-time", &[("no", no)]);
    tell::sentence(ctx, &ticket, &ticket.room, said);
    ticket.save(ctx);
}
