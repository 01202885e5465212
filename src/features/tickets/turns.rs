//! By turns: for chosen trades a new ticket is given at once to whoever of the trade is on duty and has least in hand; among
//! equals, to the one who was given something longest ago. The clock for the answer runs until they do something.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    TicketSettings, act, assign, card, clock, judge,
    state::{Action, State},
    tell,
    ticket::{Named, Ticket, What},
};
use crate::domain::{
    context::Context,
    ids::{Millis, UserId},
    record::Record,
};

/// When somebody was given something last.
#[derive(Serialize, Deserialize)]
struct Turn(Millis);

impl Record for Turn {
    const KIND: &'static str = "turn";
}

/// Gives a new ticket to somebody, if that is wanted and somebody can take it. In danger whoever comes first has it.
pub fn give(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let settings = ctx.settings::<TicketSettings>();
    let is_wanted = settings.turns.contains(&ticket.matter.trade)
        && ticket.state == State::New
        && !ticket.is_emergency();
    if !is_wanted {
        return;
    }
    let Some(user) = next(ctx, ticket) else {
        return;
    };
    ctx.put(user.as_str(), &Turn(ctx.now));
    let room = ticket.room.clone();
    let to = Named::of(ctx, &room, &user);
    let step = act::Step {
        action: Action::Assign,
        from: ticket.state,
        next: judge::leads_to(Action::Assign).unwrap_or(State::Claimed),
        who: Named {
            user: ctx.bot(),
            name: "linli".to_owned(),
        },
        to: to.clone(),
        words: None,
    };
    ticket.state = step.next;
    ticket.worker = Some(to.clone());
    ticket.by_turn = true;
    ticket.note(ctx, None, What::Assigned { to });
    card::refresh(ctx, ticket);
    tell::moved(ctx, ticket, &step, None);
    clock::watch(ctx, ticket);
}

/// Whose turn it is: of those on duty who look after such matters and may be given more.
fn next(ctx: &mut Context<'_, '_>, ticket: &Ticket) -> Option<UserId> {
    let skilled = tell::skilled_on_duty(ctx, ticket.matter.trade);
    let mut best: Option<(u32, Millis, UserId)> = None;
    for user in skilled {
        if assign::has_enough(ctx, &user) || ticket.is_reporter(&user) {
            continue;
        }
        let in_hand = assign::in_hand(ctx, &user);
        let last = ctx
            .get::<Turn>(user.as_str())
            .map_or(Millis(0), |Turn(at)| at);
        let own = (in_hand, last, user);
        if best.as_ref().is_none_or(|best| own < *best) {
            best = Some(own);
        }
    }
    best.map(|(_, _, user)| user)
}
