//! What somebody who must not be known does, in terms that name nobody.
// Nothing in this file does IO.

use super::{author::Author, doubt::doubt};
use crate::{
    domain::{
        context::Context,
        feature::strip_bang,
        ids::{EventId, UserId},
        input::{Edit, Input, Message, Reaction, ReactionRemoved, Redaction},
        limits,
    },
    features::tickets::ticket::Ticket,
    text::{fold::Folded, intent},
};

/// An input by somebody who must not be known, as it is decided; None for all others.
pub fn veiled(ctx: &mut Context<'_, '_>, input: &Input) -> Option<Input> {
    let room = input.room()?;
    let user = input.sender()?.clone();
    if ctx.talks_with(room).as_ref() != Some(&user) {
        return None;
    }
    match input {
        Input::Message(message) => veil(ctx, message).map(Input::Message),
        Input::Edit(edit) => {
            let (target, ticket) = marked(ctx, &edit.target, &user)?;
            let mut content = edit.content.clone();
            // What was typed after `!anonymous` may be changed there.
            if let Some((_, rest)) =
                strip_bang(&edit.content.text).and_then(|text| text.split_once(' '))
            {
                rest.trim().clone_into(&mut content.text);
            }
            Some(Input::Edit(Edit {
                content,
                room: ticket.room.clone(),
                id: ctx.mark_of_event(&edit.id)?,
                sender: ticket.reporter.user.clone(),
                target,
                ..edit.clone()
            }))
        }
        Input::Redaction(redaction) => {
            let id = ctx.mark_of_event(&redaction.id)?;
            let target = ctx.mark_of_event(&redaction.target)?;
            if let Some(tap) = ctx.get::<Reaction>(target.as_str()) {
                ctx.delete::<Reaction>(target.as_str());
                let by = tap.sender.clone();
                return Some(Input::ReactionRemoved(ReactionRemoved { id, by, tap }));
            }
            let (target, ticket) = marked(ctx, &redaction.target, &user)?;
            Some(Input::Redaction(Redaction {
                room: ticket.room.clone(),
                id,
                sender: ticket.reporter.user.clone(),
                target,
                ..redaction.clone()
            }))
        }
        Input::Reaction(tap) => {
            let ticket = Ticket::of_event(ctx, &tap.target)?;
            let ticket = by(ctx, ticket, &user)?;
            Some(Input::Reaction(Reaction {
                room: ticket.room.clone(),
                id: ctx.mark_of_event(&tap.id)?,
                sender: ticket.reporter.user.clone(),
                ..tap.clone()
            }))
        }
        Input::ReactionRemoved(_)
        | Input::Member(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Timer(_)
        | Input::Settled(_)
        | Input::Operator(_) => None,
    }
}

/// A ticket, if this member has reported it anonymously.
pub(super) fn by(ctx: &Context<'_, '_>, ticket: Ticket, user: &UserId) -> Option<Ticket> {
    let is_theirs = ticket.is_anonymous()
        && ctx.mark_of(&ticket.no.to_string(), user).as_ref() == Some(&ticket.reporter.user);
    is_theirs.then_some(ticket)
}

/// An event of somebody's by its mark, and the anonymous ticket of theirs to which it belongs.
fn marked(ctx: &mut Context<'_, '_>, event: &EventId, user: &UserId) -> Option<(EventId, Ticket)> {
    let mark = ctx.mark_of_event(event)?;
    let ticket = Ticket::holding(ctx, &mark)?;
    Some((mark, by(ctx, ticket, user)?))
}

/// A message that goes on with an anonymous ticket.
pub(super) fn veil(ctx: &mut Context<'_, '_>, message: &Message) -> Option<Message> {
    let around: Vec<EventId> = message
        .thread
        .iter()
        .chain(&message.reply_to)
        .cloned()
        .collect();
    let mut found = None;
    for event in &around {
        let linked = match ctx.mark_of_event(event) {
            Some(mark) => Ticket::holding(ctx, &mark),
            None => None,
        };
        let linked = match linked {
            Some(ticket) => Some(ticket),
            None => Ticket::of_event(ctx, event),
        };
        found = found.or(linked);
    }
    // A tag, or the wish once more, begins something else; but not in an answer.
    let is_new = intent::has_tag(&Folded::new(&message.content.text))
        || strip_bang(&message.content.text).is_some()
        || intent::wants_no_name(&message.content.text)
        || intent::is_emergency(&Folded::new(&message.content.text));
    let ticket = match found {
        Some(ticket) => ticket,
        None if is_new || doubt(ctx, message).is_some() => return None,
        None => current(ctx, message)?,
    };
    let ticket = by(ctx, ticket, &message.sender)?;
    in_terms_of(ctx, &ticket, message)
}

/// A message as one of somebody who goes by a mark.
pub(super) fn in_terms_of(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    message: &Message,
) -> Option<Message> {
    // What is not ours is theirs.
    let mut known = |event: &EventId| match Ticket::of_event(ctx, event) {
        Some(_) => Some(event.clone()),
        None => ctx.mark_of_event(event),
    };
    Some(Message {
        reply_to: message.reply_to.as_ref().and_then(&mut known),
        thread: message.thread.as_ref().and_then(&mut known),
        room: ticket.room.clone(),
        id: ctx.mark_of_event(&message.id)?,
        sender: ticket.reporter.user.clone(),
        ..message.clone()
    })
}

/// The anonymous ticket that somebody may go on with who writes to linli without saying of what: the last one.
pub(super) fn current(ctx: &mut Context<'_, '_>, message: &Message) -> Option<Ticket> {
    let last = Author::load(ctx, &message.sender).tickets.last().copied()?;
    let ticket = Ticket::load(ctx, last).filter(|ticket| !ticket.blanked)?;
    let is_lately = message.at.since(ticket.opened) <= limits::SPOKEN_AFTER_MS;
    is_lately.then_some(ticket)
}
