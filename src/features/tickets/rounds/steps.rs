//! Ticking off what a round looks at: 1️⃣ to 9️⃣ on its card, or `!check 12 3`. The last tick finishes it; ✅ before that is
//! answered with what is left.
// Nothing in this file does IO.

use super::ticket::Part;
use crate::{
    domain::{
        context::Context,
        effect::Target,
        ids::{EventId, RoomId, UserId},
        input::{Message, Reaction, ReactionRemoved},
        roles::Who,
        speech::{Arg, Said},
    },
    features::tickets::{
        act::{self, Path},
        card, commands,
        state::Action,
        ticket::{Named, Ticket, What},
    },
};

/// The taps, the first for the first step.
pub const KEYS: [&str; super::STEPS_MAX] = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣"];

/// How many steps of a ticket's round nobody has looked at.
pub fn left(ticket: &Ticket) -> usize {
    let parts = ticket.round.iter().flat_map(|round| &round.steps);
    parts.filter(|part| part.by.is_none()).count()
}

/// A tick by staff: true where the ticket is one of a round, and the tap is one.
pub fn tapped(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &Reaction) -> bool {
    let at = KEYS.iter().position(|key| *key == tap.key);
    let (Some(_), Some(at)) = (&ticket.round, at) else {
        return false;
    };
    if Who::Staff.includes(ctx.community.person(&tap.sender)) && ticket.state.is_open() {
        ctx.put(tap.id.as_str(), tap);
        tick(
            ctx,
            ticket.clone(),
            at,
            &tap.sender,
            (&tap.room, &tap.target),
            Some(&tap.id),
        );
    }
    true
}

/// A tick is taken back by whoever has given it: true where it was one.
pub fn taken_back(ctx: &mut Context<'_, '_>, ticket: &Ticket, removed: &ReactionRemoved) -> bool {
    let mut ticket = ticket.clone();
    let is_open = ticket.state.is_open();
    let parts = ticket.round.iter_mut().flat_map(|round| &mut round.steps);
    let is_it = |part: &&mut Part| part.tap.as_ref() == Some(&removed.tap.id);
    let mut parts = parts.filter(is_it);
    let Some(part) = parts.next() else {
        return false;
    };
    part.tap = None;
    if is_open && part.by.as_ref().is_some_and(|by| by.user == removed.by) {
        part.by = None;
        card::refresh(ctx, &mut ticket);
    }
    ticket.save(ctx);
    true
}

/// `!check 12 3`
pub fn check(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let (number, rest) = commands::split(rest);
    let Some(ticket) = commands::named(ctx, message, number) else {
        return;
    };
    let at = commands::number(rest).and_then(|at| usize::try_from(at).ok()?.checked_sub(1));
    let count = ticket.round.as_ref().map_or(0, |round| round.steps.len());
    match at.filter(|at| *at < count && ticket.state.is_open()) {
        Some(at) => tick(
            ctx,
            ticket,
            at,
            &message.sender,
            (&message.room, &message.id),
            None,
        ),
        None => {
            let language = ctx.language_for(&message.sender);
            let said = ctx.say(language, "round-check-how", &[]);
            commands::answer(ctx, message, said);
        }
    }
}

fn tick(
    ctx: &mut Context<'_, '_>,
    ticket: Ticket,
    at: usize,
    user: &UserId,
    (room, event): (&RoomId, &EventId),
    tap: Option<&EventId>,
) {
    let path = Path::Word { room, event };
    let no = ticket.no;
    if ticket.worker.is_none() {
        // Whoever ticks has gone.
        act::act(ctx, ticket, Action::Claim, user, &path);
    }
    let Some(mut ticket) = Ticket::load(ctx, no) else {
        return;
    };
    let who = Named::of(ctx, room, user);
    let parts = ticket.round.iter_mut().flat_map(|round| &mut round.steps);
    let Some(part) = parts.into_iter().nth(at).filter(|part| part.by.is_none()) else {
        return;
    };
    part.by = Some(who.clone());
    part.tap = tap.cloned();
    let text = part.text.clone();
    let words = Some(format!("{} {text}", at + 1));
    ticket.note_with(ctx, Some(who), What::Ticked, words);
    card::refresh(ctx, &mut ticket);
    let is_last = left(&ticket) == 0;
    let worker = ticket.worker.as_ref().map(|worker| worker.user.clone());
    ticket.save(ctx);
    if is_last && let Some(worker) = worker {
        // Whoever has it is done, whoever ticks last.
        let by = if ticket.works(user) {
            user.clone()
        } else {
            worker
        };
        act::act(ctx, ticket, Action::Done, &by, &path);
    }
}

/// ✅ before all is ticked off: what is left.
pub fn ask(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    user: &UserId,
    room: &RoomId,
    reply_to: EventId,
) {
    let language = ctx.language_for(user);
    let parts = ticket.round.iter().flat_map(|round| &round.steps);
    let open = KEYS.iter().zip(parts).filter(|(_, part)| part.by.is_none());
    let open: Vec<String> = open
        .map(|(key, part)| format!("{key} {}", part.text))
        .collect();
    let open = open.join("，");
    let name = ctx.name_of(room, user);
    let args = [
        crate::features::tickets::tell::no(ticket),
        ("name", Arg::Text(&name)),
        ("left", Arg::Text(&open)),
    ];
    let said = ctx.say(language, "round-left", &args);
    ctx.answer(room, Some(Target::Event(reply_to)), true, said);
}

/// The lines of the card.
pub fn lines(
    ctx: &Context<'_, '_>,
    ticket: &Ticket,
    language: crate::text::language::Language,
) -> Vec<Said> {
    let Some(round) = &ticket.round else {
        return Vec::new();
    };
    let at = ctx.moment(round.until);
    let mut lines = vec![ctx.say(language, "round-until", &[("at", Arg::Text(&at))])];
    for (key, part) in KEYS.iter().zip(&round.steps) {
        let who = part.by.as_ref().map_or("", |by| by.name.as_str());
        let sign = if part.by.is_some() { "☑" } else { "☐" };
        let args = [
            ("sign", Arg::Text(sign)),
            ("key", Arg::Text(key)),
            ("text", Arg::Text(&part.text)),
            ("who", Arg::Text(who)),
        ];
        let line = if who.is_empty() {
            "round-step"
        } else {
            "round-step-by"
        };
        lines.push(ctx.say(language, line, &args));
    }
    lines
}
