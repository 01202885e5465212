//! Anonymous reports: said to linli in private, with the wish that nobody learns who said it. Staff answer through linli,
//! `!reply 12 …`, and read the reporter's answers; who that is stands nowhere, but sealed (see `domain/seal`).
//!
//! Its ticket stands in a line behind which the talk is hidden, and its reporter goes by a mark, another one for each ticket.
//! What they write, tap and take back is put in those terms before anything here sees it, so that no record, and no
//! transaction id, joins the ticket and the talk. What seldom happens and is not so: an input that waits behind a hole in
//! the stream, or that was set aside after a fault of the program, is kept as it came until it is decided. What is on its
//! way to them stands in the outbox with the talk's room until it is sent.
// Nothing in this folder does IO.

mod author;
mod doubt;
mod limit;
mod open;
mod veil;

use serde::Deserialize;

use super::{commands, ticket::Ticket};
use crate::domain::{
    context::Context,
    ids::{EventId, TicketNo},
    input::{Input, Message},
};

pub use author::of;
pub use doubt::{goes_on, held_back, tells_too_much};
pub use limit::limit;
pub use open::{command, opens};
pub use veil::veiled;

/// The settings of anonymous reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Anonymous reports that one person may make in 24 hours.
    pub a_day: u32,
    /// Days for which somebody may report nothing anonymously once a manager has said so.
    pub limited_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            a_day: 3,
            limited_days: 30,
        }
    }
}

/// A command about a ticket, by whoever it is to be for that ticket.
pub fn typed(
    ctx: &mut Context<'_, '_>,
    message: &Message,
    rest: &str,
    run: fn(&mut Context<'_, '_>, &Message, &str),
) {
    let around: Vec<EventId> = message
        .reply_to
        .iter()
        .chain(&message.thread)
        .cloned()
        .collect();
    let around = around.iter().find_map(|event| Ticket::of_event(ctx, event));
    let (number, _) = commands::split(rest);
    let ticket = match (around, commands::number(number)) {
        (Some(ticket), _) => Some(ticket),
        (None, Some(no)) => Ticket::load(ctx, TicketNo(no)),
        (None, None) => veil::current(ctx, message),
    };
    let is_talk = ctx.talks_with(&message.room).as_ref() == Some(&message.sender);
    let ticket = ticket.filter(|_| is_talk);
    let ticket = ticket.and_then(|ticket| veil::by(ctx, ticket, &message.sender));
    let veiled = ticket.and_then(|ticket| veil::in_terms_of(ctx, &ticket, message));
    match veiled {
        Some(_) if tells_too_much(ctx, &Input::Message(message.clone())) => {}
        Some(veiled) => ctx.unnamed(|ctx| run(ctx, &veiled, rest)),
        None => run(ctx, message, rest),
    }
}

fn say(ctx: &mut Context<'_, '_>, message: &Message, key: &str) {
    let language = ctx.language_of(&message.sender, &message.content.text);
    let said = ctx.say(language, key, &[]);
    commands::answer(ctx, message, said);
}
