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
    if !ticket.waits_for_staff() || ticket.recall_at.is_some() {
        return;
    }
    let minutes = ctx.settings::<TicketSettings>().first_answer_minutes;
    if minutes > 0 {
        let due = ctx.now.plus(i64::from(minutes) * MINUTE_MS);
        ticket.recall_at = Some(due);
        let id = format!("{RECALL}.{}", ticket.no);
        ctx.wake_at(due, &id, &format!("{RECALL} {}", ticket.no));
    }
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

/// Nobody has claimed it by `due`: the desk and the managers are called.
pub fn recall(ctx: &mut Context<'_, '_>, mut ticket: Ticket, due: Millis) {
    if ticket.recall_at != Some(due) || ticket.is_emergency() {
        return;
    }
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let language = ctx.community.language;
    let is_desk = |person: &Person| person.staff && person.trades.contains(&Trade::Desk);
    let called = tell::calling_all(ctx, |person| person.manager || is_desk(person));
    let minutes = ctx.now.since(ticket.opened) / MINUTE_MS;
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("minutes", Arg::Number(minutes)),
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
