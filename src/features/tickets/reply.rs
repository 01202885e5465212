//! `!reply 12 …`: staff say something to whoever has reported a ticket, wherever that is. It counts as an answer. What they
//! change or take back of it is changed or taken back there too.
// Nothing in this file does IO.

use super::{
    card, commands, talk, tell,
    ticket::{HistoryRow, Named, SaidAt, Ticket, What, history_id},
};
use crate::domain::{
    context::Context,
    effect::{Effect, Lane, Target},
    ids::{EventId, RoomId, TicketNo},
    input::{Edit, Message},
    limits,
    private::Line,
    speech::{Arg, Said, shorten},
};

/// The names of the command.
pub const NAMES: &[&str] = &["reply", "回复", "答复"];

/// `!reply 12 the part comes on Friday`
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let (number, words) = commands::split(rest);
    let Some(mut ticket) = commands::named(ctx, message, number) else {
        return;
    };
    let words = kept(words);
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
    let what = What::Said {
        event: message.id.clone(),
        text: words.clone(),
    };
    let at = (&message.room, &message.id);
    talk::note_said(ctx, &mut ticket, who.clone(), what, at);
    let said = told(ctx, &ticket, &who.name, &words);
    let (room, sent) = if ticket.is_hidden_in(ctx, &ticket.room) {
        // The neighbours read along.
        let user = ticket.reporter.user.clone();
        ctx.tell_apart(&user, None, said, Some(card::about(ticket.no)))
    } else {
        let room = ticket.room.clone();
        let sent = tell::sentence(ctx, &ticket, &room, said);
        (room, sent)
    };
    if let Some(mut at) = ctx.get::<SaidAt>(message.id.as_str()) {
        (at.passed_on, at.passed_to) = (Some(Target::Sent(sent)), Some(room));
        ctx.put(message.id.as_str(), &at);
    }
    ticket.save(ctx);
    let language = ctx.language_for(&message.sender);
    let said = ctx.say(language, "reply-sent", &[]);
    commands::answer(ctx, message, said);
}

fn kept(words: &str) -> String {
    let words = shorten(&words.replace('\n', " "), limits::CARD_TEXT_CHARS_MAX);
    words.trim().to_owned()
}

/// What the reporter reads.
fn told(ctx: &Context<'_, '_>, ticket: &Ticket, who: &str, words: &str) -> Said {
    let name = card::reporter_name(ctx, ticket);
    let reporter = if ticket.is_hidden_in(ctx, &ticket.room) {
        Arg::Text(&ticket.reporter.name)
    } else {
        Arg::Call(&ticket.reporter.user, &name)
    };
    let called = ctx.say(ticket.language, "voice-one", &[("who", reporter)]);
    let args = [
        tell::no(ticket),
        ("who", Arg::Text(who)),
        ("words", Arg::Text(words)),
        ("reporter", Arg::Said(&called)),
    ];
    ctx.say(ticket.language, "told-reply", &args)
}

/// A reply was changed by its author. Where it is none any more, nothing is left of it.
pub fn edited(ctx: &mut Context<'_, '_>, edit: &Edit, at: &SaidAt) {
    let Some(ticket) = Ticket::load(ctx, at.no) else {
        return;
    };
    let lines: Vec<(String, HistoryRow)> = at
        .rows
        .iter()
        .map(|row| history_id(at.no, *row))
        .filter_map(|id| Some((id.clone(), ctx.get::<HistoryRow>(&id)?)))
        .collect();
    let is_author = |(_, line): &(String, HistoryRow)| {
        let who = line.who.as_ref();
        who.is_some_and(|who| who.user == edit.sender)
    };
    if lines.is_empty() || !lines.iter().all(is_author) {
        return;
    }
    let Some(words) = words_of(ctx, at, &edit.content.text) else {
        return take_back(ctx, &edit.target, at);
    };
    for (id, mut line) in lines {
        if let What::Said { text, .. } = &mut line.what {
            text.clone_from(&words);
            ctx.put(&id, &line);
        }
    }
    // Should the edit alone be taken back, its words go too.
    ctx.put(edit.id.as_str(), at);
    if let Some((room, target)) = place(ctx, &ticket, at) {
        let who = Named::of(ctx, &edit.room, &edit.sender);
        let change = Effect::Change {
            target,
            content: told(ctx, &ticket, &who.name, &words).calling_nobody(),
            about: Some(card::about(ticket.no)),
        };
        ctx.ask(&room, Lane::Answer, change);
    }
}

/// The words of a reply to the same ticket.
fn words_of(ctx: &Context<'_, '_>, at: &SaidAt, text: &str) -> Option<String> {
    let (_, command, rest) = ctx.world.command(text)?;
    let (number, words) = commands::split(rest);
    let is_same = commands::number(number).is_none_or(|no| TicketNo(no) == at.no);
    let words = kept(words);
    (command.names == NAMES && is_same && !words.is_empty()).then_some(words)
}

/// Takes away what was passed on of a reply, and its words in the history.
pub fn take_back(ctx: &mut Context<'_, '_>, event: &EventId, at: &SaidAt) {
    talk::forget_rows(ctx, event);
    let Some(ticket) = Ticket::load(ctx, at.no) else {
        return;
    };
    if let Some((room, target)) = place(ctx, &ticket, at) {
        let reason = String::new();
        ctx.ask(&room, Lane::Answer, Effect::Redact { target, reason });
    }
}

/// Where that stands which was passed on; None where it was taken away meanwhile.
fn place(ctx: &mut Context<'_, '_>, ticket: &Ticket, at: &SaidAt) -> Option<(RoomId, Target)> {
    let (target, to) = (at.passed_on.clone()?, at.passed_to.clone()?);
    let room = match Line::of(&to) {
        Some((_, Line::Talk(user))) => ctx.talk_with(&user).unwrap_or(to),
        Some((_, Line::Matter(_))) if !ticket.is_anonymous() => ticket.room.clone(),
        Some((_, Line::Matter(_))) => to,
        None if ticket.has_own_room() && !ctx.community.is_apart(&to) => return None,
        None => to,
    };
    Some((room, target))
}
