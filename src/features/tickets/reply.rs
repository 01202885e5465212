//! `!reply 12 …`: staff say something to whoever has reported a ticket, wherever that is. It counts as an answer.
// Nothing in this file does IO.

use super::{
    commands, talk, tell,
    ticket::{Named, What},
};
use crate::domain::{
    context::Context,
    input::Message,
    limits,
    speech::{Arg, shorten},
};

/// `!reply 12 the part comes on Friday`
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let (number, words) = commands::split(rest);
    let Some(mut ticket) = commands::named(ctx, message, number) else {
        return;
    };
    let words = shorten(&words.replace('\n', " "), limits::CARD_TEXT_CHARS_MAX);
    let words = words.trim();
    if words.is_empty() {
        let language = ctx.language_for(&message.sender);
        let said = ctx.say(language, "reply-how", &[tell::no(&ticket)]);
        return commands::answer(ctx, message, said);
    }
    if ticket.is_anonymous() && ctx.behind(&ticket.room).is_none() {
        let language = ctx.language_for(&message.sender);
        let said = ctx.say(language, "reply-lost", &[tell::no(&ticket)]);
        return commands::answer(ctx, message, said);
    }
    let who = Named::of(ctx, &message.room, &message.sender);
    let said = What::Said {
        event: message.id.clone(),
        text: words.to_owned(),
    };
    talk::note_said(ctx, &mut ticket, who.clone(), said, &message.id);
    let args = [
        tell::no(&ticket),
        ("who", Arg::Text(&who.name)),
        ("words", Arg::Text(words)),
    ];
    tell::to_reporter(ctx, &ticket, "told-reply", &args);
    ticket.save(ctx);
}
