//! What happens to a ticket by itself: staff are called while nobody answers and before a promise is broken, a claim
//! that nothing follows is taken back, and what is done is confirmed where nobody objects.
//!
//! A ticket is looked at no later than something can be due; what is, is worked out then (see [`reading`]), for of most
//! tickets nothing ever is.
// Nothing in this folder does IO.

mod call;
pub mod promise;
pub mod reading;

use super::{
    TicketSettings, after, card, emergency,
    figures::weekly,
    morning,
    state::{Action, State},
    ticket::{HistoryRow, Ticket, What, history_prefix},
};
use crate::domain::{
    context::Context,
    ids::{HOUR_MS, Millis},
    limits,
    speech::Arg,
};
use promise::Promise;
use reading::Reading;

/// The note of the timer that looks at a ticket's clocks.
pub const LOOK: &str = "look";
/// The note of the timer that confirms a finished ticket.
pub const CONFIRM: &str = "confirm";

/// What is promised for a ticket.
pub fn promise(ctx: &Context<'_, '_>, ticket: &Ticket) -> Promise {
    let settings = ctx.settings::<TicketSettings>();
    Promise::of(&settings.targets, &ticket.matter, ticket.category)
}

/// What a ticket's history says of its clocks.
pub fn read(ctx: &mut Context<'_, '_>, ticket: &Ticket) -> Reading {
    let rows = ctx.scan::<HistoryRow>(&history_prefix(ticket.no), limits::HISTORY_READ_MAX);
    Reading::of(rows.iter().map(|(_, row)| row))
}

/// A ticket is opened: whoever is in danger is seen to at once, and its clocks are looked at before anything can be due.
pub fn start(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    if ticket.is_emergency() {
        emergency::raise(ctx, ticket);
    }
    let promise = promise(ctx, ticket);
    let soonest = promise.soonest(&ctx.settings::<TicketSettings>().escalation);
    let soon = soonest.map(|soonest| ctx.now.plus(soonest));
    look_by(ctx, ticket, soon);
}

/// Something has happened to a ticket: its clocks are looked at afterwards.
pub fn watch(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    if ticket.is_emergency() {
        emergency::raise(ctx, ticket);
    }
    look_by(ctx, ticket, Some(ctx.now));
}

/// Looks at a ticket's clocks at `by`, if it is not looked at sooner.
pub fn look_by(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, by: Option<Millis>) {
    let is_set = |by: Millis| {
        let look = ticket.look_at;
        look.is_some_and(|look| look > ctx.now && look <= by)
    };
    // A round has a time of its own.
    let has_clocks = ticket.state.is_open() && ticket.round.is_none();
    let Some(by) = by.filter(|by| has_clocks && !is_set(*by)) else {
        return;
    };
    ticket.look_at = Some(by);
    // Two looks in one millisecond are two: something has happened between them.
    let id = format!("{LOOK}.{}.{}", ticket.no, ticket.history_rows);
    ctx.wake_at(by, &id, &format!("{LOOK} {}", ticket.no));
}

/// Looks at a ticket's clocks, and calls whoever is to be called.
pub fn look(ctx: &mut Context<'_, '_>, mut ticket: Ticket, due: Millis) {
    if ticket.look_at != Some(due) {
        return;
    }
    ticket.look_at = None;
    if ticket.state.is_open() {
        morning::plan(ctx);
        weekly::plan(ctx);
        let next = call::due(ctx, &mut ticket);
        look_by(ctx, &mut ticket, next);
    }
    ticket.save(ctx);
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
    after::finished(ctx, &mut ticket, "told-confirm-by-time", &[("no", no)]);
    ticket.save(ctx);
}
