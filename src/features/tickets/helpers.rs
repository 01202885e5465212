//! Several hands on one ticket: staff join whoever has it by 🤝 or `!join 12`, and may do what that one may. Where whoever has it
//! puts it back, the first helper has it.
// Nothing in this file does IO.

use super::{
    act::{self, Path},
    assign, card, clock, commands,
    judge::Refusal,
    own_room,
    state::Action,
    tell,
    ticket::{Named, Ticket, What},
};
use crate::domain::{
    context::Context,
    ids::{EventId, UserId},
    input::{Message, Reaction, ReactionRemoved},
    limits,
    speech::Arg,
};

/// 🤝 by one of staff: true where that was meant.
pub fn tapped(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &Reaction) -> bool {
    if !tap.key.starts_with('🤝') {
        return false;
    }
    let path = Path::Tap(tap);
    if ticket.worker.is_none() {
        // Nobody has it: whoever wants to help takes it.
        act::act(ctx, ticket.clone(), Action::Claim, &tap.sender, &path);
        return true;
    }
    if let Err(refusal) = may_help(ctx, ticket, &tap.sender) {
        act::refuse(ctx, ticket.clone(), "help", refusal, &tap.sender, &path);
        return true;
    }
    ctx.put(tap.id.as_str(), tap);
    join(ctx, ticket.clone(), &tap.sender, Some(tap.id.clone()));
    true
}

/// A tap is taken back: true where somebody helped by it.
pub fn taken_back(ctx: &mut Context<'_, '_>, ticket: &Ticket, removed: &ReactionRemoved) -> bool {
    let id = &removed.tap.id;
    let is_it = |helper: &Helper| helper.tap.as_ref() == Some(id) && helper.who.user == removed.by;
    let Some(helper) = ticket.helpers.iter().find(|helper| is_it(helper)) else {
        return false;
    };
    leave(ctx, ticket.clone(), &helper.who.user.clone());
    true
}

/// `!join 12`; `!join 12 @王师傅` by whoever has it or gives work out.
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let (number, rest) = commands::split(rest);
    let Some(ticket) = commands::named(ctx, message, number) else {
        return;
    };
    let asked = if rest.trim().is_empty() {
        None
    } else {
        let Some((to, _)) = assign::whom(ctx, message, rest.trim()) else {
            return assign::say_whom(ctx, message);
        };
        Some(to.user)
    };
    let path = Path::typed(message, "");
    let user = asked.as_ref().unwrap_or(&message.sender);
    let actor = act::actor(ctx, &message.sender);
    let may_ask = asked.is_none() || actor.desk || actor.manager || ticket.works(&message.sender);
    let refusal = match may_help(ctx, &ticket, user) {
        Ok(()) if may_ask => None,
        Ok(()) => Some(Refusal::Taken),
        Err(refusal) => Some(refusal),
    };
    match refusal {
        Some(refusal) => act::refuse(ctx, ticket, "help", refusal, &message.sender, &path),
        None if ticket.works(user) || ticket.helpers.len() >= limits::HELPERS_MAX => {
            act::already(ctx, ticket, Action::Claim, &message.sender, &path);
        }
        None => join(ctx, ticket, &user.clone(), None),
    }
}

/// `!leave 12`
pub fn left(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let Some(ticket) = commands::named(ctx, message, rest) else {
        return;
    };
    let helps = |helper: &Helper| helper.who.user == message.sender;
    if ticket.helpers.iter().any(helps) {
        leave(ctx, ticket, &message.sender);
    } else {
        let path = Path::typed(message, "");
        act::already(ctx, ticket, Action::Unclaim, &message.sender, &path);
    }
}

fn may_help(ctx: &Context<'_, '_>, ticket: &Ticket, user: &UserId) -> Result<(), Refusal> {
    if !act::actor(ctx, user).staff {
        Err(Refusal::NotStaff)
    } else if !ticket.state.is_open() {
        Err(Refusal::WrongState)
    } else if ticket.worker.is_none() {
        Err(Refusal::NotClaimed)
    } else {
        Ok(())
    }
}

fn join(ctx: &mut Context<'_, '_>, mut ticket: Ticket, user: &UserId, tap: Option<EventId>) {
    if ticket.works(user) || ticket.helpers.len() >= limits::HELPERS_MAX {
        return;
    }
    let room = ticket.room.clone();
    let who = Named::of(ctx, &room, user);
    ticket.helpers.push(Helper {
        who: who.clone(),
        tap,
    });
    ticket.note(ctx, Some(who.clone()), What::Helps);
    card::refresh(ctx, &mut ticket);
    if let Some(staff) = ctx.community.staff_room().cloned() {
        let called = tell::call(ctx, ticket.worker.as_ref());
        let args = [
            tell::no(&ticket),
            ("called", Arg::Said(&called)),
            ("who", Arg::Call(user, &who.name)),
        ];
        let said = ctx.say(ctx.community.language, "staff-helps", &args);
        tell::sentence(ctx, &ticket, &staff, said);
    }
    if ticket.has_own_room() {
        own_room::ask_staff_in(ctx, &ticket);
    }
    clock::watch(ctx, &mut ticket);
    ticket.save(ctx);
}

/// Nobody has it any more, so that nobody helps either; whoever wants to taps again.
pub fn dismiss(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let taps = ticket.helpers.drain(..).filter_map(|helper| helper.tap);
    for tap in taps.collect::<Vec<_>>() {
        if let Some(Reaction { room, .. }) = ctx.get(tap.as_str()) {
            act::take_off(ctx, &room, tap);
        }
    }
}

/// Whoever helps does so no more.
pub fn leave(ctx: &mut Context<'_, '_>, mut ticket: Ticket, user: &UserId) {
    let before = ticket.helpers.len();
    ticket.helpers.retain(|helper| helper.who.user != *user);
    if ticket.helpers.len() == before {
        return;
    }
    let room = ticket.room.clone();
    let who = Named::of(ctx, &room, user);
    ticket.note(ctx, Some(who), What::HelpsNoMore);
    card::refresh(ctx, &mut ticket);
    ticket.save(ctx);
}

/// Somebody who helps.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Helper {
    pub who: Named,
    /// The tap by which they do.
    pub tap: Option<EventId>,
}

/// The first helper who may be given it, should whoever has it leave it.
pub fn next(ctx: &mut Context<'_, '_>, ticket: &Ticket) -> Option<Named> {
    let helpers = ticket.helpers.iter().map(|helper| helper.who.clone());
    let helpers: Vec<Named> = helpers.collect();
    helpers
        .into_iter()
        .find(|who| ticket.is_emergency() || !assign::has_enough(ctx, &who.user))
}
