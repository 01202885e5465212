//! `!reply 12 …`: staff say something to whoever has reported a ticket, wherever that is. It counts as an answer.
// Nothing in this file does IO.

use super::{
    card, commands, talk, tell,
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
    let at = (&message.room, &message.id);
    talk::note_said(ctx, &mut ticket, who.clone(), said, at);
    let args = [
        tell::no(&ticket),
        ("who", Arg::Text(&who.name)),
        ("words", Arg::Text(words)),
    ];
    if ticket.is_hidden_in(ctx, &ticket.room) {
        // The neighbours read along.
        let user = ticket.reporter.user.clone();
        let called = ctx.say(
            ticket.language,
            "voice-one",
            &[("who", Arg::Text(&ticket.reporter.name))],
        );
        let [no, name, words] = args;
        let args = [no, name, words, ("reporter", Arg::Said(&called))];
        let said = ctx.say(ticket.language, "told-reply", &args);
        ctx.tell(&user, None, said, Some(card::about(ticket.no)));
    } else {
        tell::to_reporter(ctx, &ticket, "told-reply", &args);
    }
    ticket.save(ctx);
    let language = ctx.language_for(&message.sender);
    let said = ctx.say(language, "reply-sent", &[]);
    commands::answer(ctx, message, said);
}
