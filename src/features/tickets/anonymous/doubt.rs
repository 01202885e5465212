//! What must not be passed on: where nobody can tell which ticket is meant, where the key is another one, and where the words tell
//! too much.
// Nothing in this file does IO.

use super::{
    say,
    veil::{current, veil},
};
use crate::{
    domain::{
        context::Context,
        feature::strip_bang,
        ids::{EventId, RoomId, UserId},
        input::{Input, Message},
    },
    features::tickets::{talk::Recent, ticket::Ticket},
    text::{address, fold::Folded, intent},
};

/// Whether nobody can tell if somebody means their anonymous ticket, or what they have reported by name: nothing is
/// passed on then, and they are asked. In danger nobody is asked.
pub(super) fn doubt(ctx: &mut Context<'_, '_>, message: &Message) -> Option<&'static str> {
    let text = &message.content.text;
    let folded = Folded::new(text);
    let is_plain = message.reply_to.is_none()
        && message.thread.is_none()
        && strip_bang(text).is_none()
        && !intent::has_tag(&folded)
        && !intent::wants_no_name(text)
        && !intent::is_emergency(&folded)
        && !intent::is_courtesy(text);
    let ticket = current(ctx, message).filter(|_| is_plain)?;
    let named = Recent::load(ctx, &message.room, &message.sender).report;
    let named = named.and_then(|(no, _)| Ticket::load(ctx, no));
    if named.is_some_and(|named| !named.is_ended()) {
        Some("anonymous-or-not")
    } else if ticket.is_ended() && intent::is_report(&folded) {
        Some("anonymous-which")
    } else {
        None
    }
}

/// What must not be taken as if its author were known: true where it was answered, or is nothing.
pub fn held_back(ctx: &mut Context<'_, '_>, input: &Input) -> bool {
    let (Some(room), Some(user)) = (input.room(), input.sender()) else {
        return false;
    };
    if ctx.talks_with(room).as_ref() != Some(user) {
        return false;
    }
    match input {
        Input::Message(message) => {
            let around: Vec<EventId> = message
                .thread
                .iter()
                .chain(&message.reply_to)
                .cloned()
                .collect();
            let is_of_unknown = around.iter().any(|event| is_of_unknown(ctx, event));
            let key = if is_of_unknown {
                // The key is another one now.
                Some("anonymous-lost")
            } else {
                doubt(ctx, message)
            };
            if let Some(key) = key {
                say(ctx, message, key);
            }
            key.is_some()
        }
        Input::Edit(edit) => {
            let wish = intent::wants_no_name(&edit.content.text);
            if wish {
                let language = ctx.language_of(&edit.sender, &edit.content.text);
                let said = ctx.say(language, "anonymous-anew", &[]);
                ctx.answer(&edit.room, None, true, said);
            }
            wish || is_of_unknown(ctx, &edit.target)
        }
        Input::Reaction(tap) => is_of_unknown(ctx, &tap.target),
        Input::Redaction(_)
        | Input::ReactionRemoved(_)
        | Input::Member(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Timer(_)
        | Input::Settled(_)
        | Input::Operator(_) => false,
    }
}

fn is_of_unknown(ctx: &mut Context<'_, '_>, event: &EventId) -> bool {
    Ticket::of_event(ctx, event).is_some_and(|ticket| ticket.is_anonymous())
}

/// The words of an input by somebody who must not be known tell their home: they are told so, and nothing is passed on.
pub fn tells_too_much(ctx: &mut Context<'_, '_>, input: &Input) -> bool {
    let (room, user, text) = if let Input::Message(message) = input {
        (&message.room, &message.sender, &message.content.text)
    } else if let Input::Edit(edit) = input {
        (&edit.room, &edit.sender, &edit.content.text)
    } else {
        return false;
    };
    let tells = tells_home(ctx, room, user, text);
    if tells {
        let language = ctx.language_of(user, text);
        let said = ctx.say(language, "anonymous-home", &[]);
        ctx.answer(room, None, true, said);
    }
    tells
}

/// Whether a message goes on with an anonymous ticket: nobody else is to hear of it.
pub fn goes_on(ctx: &mut Context<'_, '_>, message: &Message) -> bool {
    let is_talk = ctx.talks_with(&message.room).as_ref() == Some(&message.sender);
    is_talk
        && (intent::wants_no_name(&message.content.text)
            || doubt(ctx, message).is_some()
            || veil(ctx, message).is_some())
}

/// Whether a text names the home of whoever writes it, by which staff would know them.
pub(super) fn tells_home(
    ctx: &mut Context<'_, '_>,
    here: &RoomId,
    user: &UserId,
    text: &str,
) -> bool {
    let registry = ctx.community.registry.clone();
    let rooms: Vec<RoomId> = ctx
        .community
        .rooms()
        .map(|(room, _)| room.clone())
        .collect();
    let told = address::read(&Folded::new(text), &registry);
    let names: Vec<String> = rooms
        .iter()
        .chain([here])
        .filter_map(|room| ctx.display_name(room, user))
        .collect();
    names.iter().any(|name| {
        let own = address::from_name(name, &registry);
        let is_home = own.home.is_some()
            && own.home == told.home
            && (told.building.is_none() || told.building == own.building);
        is_home || text.contains(name.as_str())
    })
}
