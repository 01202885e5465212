//! Two tickets of one matter: `!merge 12 7` puts ticket 12 into ticket 7, and `!unmerge 12` takes it out again. Each keeps
//! its history; those whom the first concerns hear of the second.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use super::{
    act::{self, Path},
    card, clock, commands,
    correct::Point,
    judge::judge,
    state::{Action, State},
    tell,
    ticket::{Named, Ticket, What},
    voices,
    voices::Voice,
};
use crate::{
    domain::{
        context::Context,
        ids::{EventId, TicketNo},
        input::Message,
        limits,
        speech::Arg,
    },
    text::matter::Urgency,
};

/// Tickets that are put into others that are put into others are followed so far.
const HOPS_MAX: usize = 8;

/// `!merge 12 7`; as a reply to what is about ticket 12, `!merge 7`.
pub fn merge(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let (first, rest) = commands::split(rest);
    let (second, _) = commands::split(rest);
    let (from, into) = if second.is_empty() {
        ("", first)
    } else {
        (first, second)
    };
    let Some(from) = commands::named(ctx, message, from) else {
        return;
    };
    if into.is_empty() {
        return say(ctx, message, "merge-how", &from);
    }
    let Some(into) = commands::named(ctx, message, into) else {
        return;
    };
    let path = Path::typed(message, "");
    let actor = act::actor(ctx, &message.sender);
    match judge(&from, Action::Merge, &actor) {
        Err(refusal) => act::refuse(ctx, from, "merge", refusal, &message.sender, &path),
        Ok(None) => act::already(ctx, from, Action::Merge, &message.sender, &path),
        Ok(Some(_)) if from.is_emergency() && !into.is_emergency() => {
            say(ctx, message, "merge-danger", &from);
        }
        Ok(Some(_)) if !fits(&from, &into) => say(ctx, message, "merge-not", &into),
        Ok(Some(state)) => {
            let who = Named::of(ctx, &message.room, &message.sender);
            put_into(ctx, from, into, state, &who);
        }
    }
}

/// Whether a ticket can be put into another: that one must be open, and nobody is to learn of a private matter.
pub fn fits(from: &Ticket, into: &Ticket) -> bool {
    from.no != into.no
        && into.state.is_open()
        && !into.blanked
        && !from.blanked
        && !from.private
        && !into.private
}

/// Puts a ticket into another that it fits.
pub fn put_into(
    ctx: &mut Context<'_, '_>,
    mut from: Ticket,
    mut into: Ticket,
    state: State,
    who: &Named,
) {
    let mut people = vec![Voice::of(&from.reporter, &from)];
    people.extend(from.voices.iter().map(|voice| Voice {
        room: voice.room.clone(),
        ..Voice::of(&voice.who, &from)
    }));
    for voice in people {
        let is_full = into.voices.len() >= limits::VOICES_MAX;
        let is_reporter = into.is_reporter(&voice.who.user);
        let mut voices = into.voices.iter_mut();
        match voices.find(|known| known.who.user == voice.who.user) {
            Some(known) => known.from = known.from.or(voice.from),
            None if is_full || is_reporter => {}
            None => into.voices.push(voice),
        }
    }
    if !into.corrected.contains(&Point::Urgency) {
        into.matter.urgency = into.matter.urgency.min(raised(&from));
    }
    into.note(ctx, Some(who.clone()), What::Gathered { from: from.no });
    card::refresh(ctx, &mut into);
    clock::watch(ctx, &mut into);
    into.save(ctx);
    from.state = state;
    from.merged_into = Some(into.no);
    from.rest();
    act::forget_taps(ctx, &mut from, act::overtaken(Action::Merge));
    from.note(ctx, Some(who.clone()), What::Moved(Action::Merge));
    card::refresh(ctx, &mut from);
    let into = Arg::Number(i64::from(into.no.0));
    let no = Arg::Number(i64::from(from.no.0));
    tell::to_all(ctx, &from, "told-merge", &[("no", no), ("into", into)]);
    from.save(ctx);
}

/// The urgency that a ticket gives to another: danger is never given on without being looked at.
fn raised(from: &Ticket) -> Urgency {
    from.matter.urgency.max(Urgency::P1)
}

/// `!unmerge 12`.
pub fn unmerge(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let (number, _) = commands::split(rest);
    let Some(mut from) = commands::named(ctx, message, number) else {
        return;
    };
    let path = Path::typed(message, "");
    let actor = act::actor(ctx, &message.sender);
    let state = match judge(&from, Action::Unmerge, &actor) {
        Err(refusal) => return act::refuse(ctx, from, "unmerge", refusal, &message.sender, &path),
        Ok(None) => return act::already(ctx, from, Action::Unmerge, &message.sender, &path),
        Ok(Some(state)) => state,
    };
    let who = Named::of(ctx, &message.room, &message.sender);
    take_out(ctx, &mut from, state, Some(who));
}

/// A ticket that was put into another is seen to by itself again.
fn take_out(ctx: &mut Context<'_, '_>, from: &mut Ticket, state: State, who: Option<Named>) {
    let into = from.merged_into.take();
    if let Some(mut into) = into.and_then(|into| Ticket::load(ctx, into)) {
        leave(ctx, &mut into, from.no, |_| true);
    }
    from.state = state;
    from.note(ctx, who, What::Moved(Action::Unmerge));
    card::refresh(ctx, from);
    let no = Arg::Number(i64::from(from.no.0));
    tell::to_all(ctx, from, "told-unmerge", &[("no", no)]);
    clock::watch(ctx, from);
    from.save(ctx);
}

/// A ticket is not seen to any more: what was put into it is seen to by itself, and so is what was reported of an outage
/// that was none.
pub fn let_go(ctx: &mut Context<'_, '_>, ticket: &Ticket) {
    release(ctx, ticket);
    if ticket.outage.is_some() {
        voices::part_all(ctx, ticket);
    }
}

fn release(ctx: &mut Context<'_, '_>, into: &Ticket) {
    let from: BTreeSet<TicketNo> = into.voices.iter().filter_map(|voice| voice.from).collect();
    for no in from {
        let ticket = Ticket::load(ctx, no);
        if let Some(mut ticket) = ticket.filter(|ticket| ticket.merged_into == Some(into.no)) {
            take_out(ctx, &mut ticket, State::Reopened, None);
        }
    }
}

/// A ticket that was put into another tells of danger now: that waits for nothing.
pub fn stands_out(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    if ticket.state == State::Merged && ticket.matter.urgency == Urgency::P0 {
        take_out(ctx, ticket, State::Reopened, None);
    }
}

/// The ticket in which a matter is seen to: the one into which it was put.
pub fn seen_to_in(ctx: &mut Context<'_, '_>, ticket: Ticket) -> Ticket {
    let mut ticket = ticket;
    for _ in 0..HOPS_MAX {
        let into = ticket.merged_into.and_then(|into| Ticket::load(ctx, into));
        let Some(into) = into else {
            break;
        };
        ticket = into;
    }
    ticket
}

/// Somebody takes back what they said in a ticket that was put into another: they no longer hear of that one either.
pub fn forget(ctx: &mut Context<'_, '_>, from: &Ticket, event: &EventId) {
    let said = |voice: &&Voice| voice.said.as_ref().is_some_and(|(said, _)| said == event);
    let gone = from
        .voices
        .iter()
        .find(said)
        .map(|voice| voice.who.user.clone());
    let into = from.merged_into.and_then(|into| Ticket::load(ctx, into));
    if let (Some(gone), Some(mut into)) = (gone, into) {
        leave(ctx, &mut into, from.no, |voice| voice.who.user == gone);
    }
}

/// Those of another ticket no longer hear of one, unless they do by themselves.
fn leave(
    ctx: &mut Context<'_, '_>,
    into: &mut Ticket,
    from: TicketNo,
    is_one: impl Fn(&Voice) -> bool,
) {
    for voice in &mut into.voices {
        if voice.from == Some(from) && is_one(voice) {
            voice.from = None;
        }
    }
    into.voices.retain(Voice::stays);
    card::refresh(ctx, into);
    into.save(ctx);
}

fn say(ctx: &mut Context<'_, '_>, message: &Message, key: &'static str, about: &Ticket) {
    let language = ctx.language_for(&message.sender);
    let TicketNo(no) = about.no;
    let said = ctx.say(language, key, &[("no", Arg::Number(i64::from(no)))]);
    commands::answer(ctx, message, said);
}

impl Voice {
    /// Somebody whom a ticket concerns that is put into another.
    fn of(who: &Named, from: &Ticket) -> Self {
        Self {
            who: who.clone(),
            room: from.room.clone(),
            said: None,
            tap: None,
            from: Some(from.no),
        }
    }
}
