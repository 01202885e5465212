//! Few stars: the managers look into it, and its reporter is told that they have. Nothing in this file does IO.

use super::{is_manager, is_over};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Target},
        ids::EventId,
        input::{Message, Reaction},
        limits,
        speech::{Arg, Said, shorten},
    },
    features::tickets::{
        TicketSettings, card, commands, tell,
        ticket::{Named, SaidAt, Ticket, What},
    },
};

/// The stars have changed: a review begins, or is needed no more.
pub fn consider(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let low = ctx.settings::<TicketSettings>().after.review_at;
    let is_low = ticket.after.stars.is_some_and(|stars| stars <= low);
    match ticket.after.review.take() {
        None if is_low => open(ctx, ticket),
        Some(open) if is_low => ticket.after.review = Some(open),
        Some(open) => close(ctx, ticket, open, "review-dropped", &Said::default()),
        None => {}
    }
}

fn open(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let called = tell::calling(ctx, &tell::all(ctx, |person| person.manager));
    let place = card::where_to_go(ctx, ticket, ctx.community.language);
    let worker = ticket.worker.as_ref().map_or("", |who| who.name.as_str());
    let args = [
        tell::no(ticket),
        ("stars", Arg::Number(stars(ticket))),
        ("called", Arg::Said(&called)),
        ("where", Arg::Text(&place)),
        ("who", Arg::Text(&ticket.reporter.name)),
        ("worker", Arg::Text(worker)),
    ];
    let said = ctx.say(ctx.community.language, "review-open", &args);
    let sent = tell::sentence(ctx, ticket, &room, said);
    let done = Effect::React {
        target: Target::Sent(sent.clone()),
        key: "✅".to_owned(),
    };
    ctx.ask(&room, Lane::Talk, done);
    ticket.after.review = Some(Target::Sent(sent));
    tell::to_reporter(ctx, ticket, "told-rated-low", &[tell::no(ticket)]);
}

/// The reporter says more while it is being looked into.
pub fn more(ctx: &mut Context<'_, '_>, ticket: &Ticket, text: &str, said_by: Option<&EventId>) {
    let text = shorten(&text.replace('\n', " "), limits::WHY_CHARS_MAX);
    let room = ctx.community.staff_room().cloned();
    let Some(room) = room.filter(|_| ticket.after.review.is_some() && !text.is_empty()) else {
        return;
    };
    let args = [
        tell::no(ticket),
        ("who", Arg::Text(&ticket.reporter.name)),
        ("words", Arg::Text(&text)),
    ];
    let said = ctx.say(ctx.community.language, "review-words", &args);
    let sent = tell::sentence(ctx, ticket, &room, said);
    // Should the words be taken back, they go from there too.
    let at = said_by.and_then(|event| Some((event, ctx.get::<SaidAt>(event.as_str())?)));
    if let Some((event, mut at)) = at {
        at.passed_on = Some(Target::Sent(sent));
        ctx.put(event.as_str(), &at);
    }
}

/// ✅ on what the staff room reads of a ticket that is done already means this, and is a manager's to tap: true where
/// that was meant.
pub fn tapped(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &Reaction) -> bool {
    let is_asked = ticket.after.review == Some(Target::Event(tap.target.clone()));
    let is_meant = ticket.after.review.is_some()
        && (is_asked || is_over(ticket))
        && tap.key.starts_with(['✅', '✔', '☑'])
        && ctx.community.staff_room() == Some(&tap.room);
    if is_meant && is_manager(ctx, tap) {
        let who = Named::of(ctx, &tap.room, &tap.sender);
        done(ctx, ticket.clone(), who, "");
    }
    is_meant
}

/// `!reviewed 12 what came of it`; without a number as a reply.
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let (number, words) = commands::split(rest);
    let Some(ticket) = commands::named(ctx, message, number) else {
        return;
    };
    if ticket.after.review.is_none() {
        let language = ctx.language_for(&message.sender);
        let said = ctx.say(language, "review-none", &[tell::no(&ticket)]);
        return commands::answer(ctx, message, said);
    }
    let who = Named::of(ctx, &message.room, &message.sender);
    done(ctx, ticket, who, words);
}

fn done(ctx: &mut Context<'_, '_>, mut ticket: Ticket, who: Named, words: &str) {
    let Some(asked) = ticket.after.review.take() else {
        return;
    };
    let words = shorten(&words.trim().replace('\n', " "), limits::WHY_CHARS_MAX);
    let name = who.name.clone();
    let kept = Some(words.clone()).filter(|words| !words.is_empty());
    ticket.note_with(ctx, Some(who), What::Reviewed, kept.clone());
    let why = |ctx: &Context<'_, '_>, language| {
        let words = kept.as_deref();
        words.map_or_else(Said::default, |words| {
            ctx.say(language, "told-why", &[("why", Arg::Text(words))])
        })
    };
    let by = [
        ("who", Arg::Text(&name)),
        ("why", Arg::Said(&why(ctx, ctx.community.language))),
    ];
    let by = ctx.say(ctx.community.language, "review-by", &by);
    close(ctx, &ticket, asked, "review-over", &by);
    let told = why(ctx, ticket.language);
    let args = [
        tell::no(&ticket),
        ("who", Arg::Text(&name)),
        ("why", Arg::Said(&told)),
    ];
    tell::to_reporter(ctx, &ticket, "told-reviewed", &args);
    ticket.save(ctx);
}

/// The message that asked for it says from now on that nothing is left to do.
fn close(ctx: &mut Context<'_, '_>, ticket: &Ticket, asked: Target, key: &str, by: &Said) {
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let args = [
        tell::no(ticket),
        ("stars", Arg::Number(stars(ticket))),
        ("by", Arg::Said(by)),
    ];
    let change = Effect::Change {
        target: asked,
        content: ctx.say(ctx.community.language, key, &args).calling_nobody(),
        about: Some(card::about(ticket.no)),
    };
    ctx.ask(&room, Lane::Answer, change);
}

fn stars(ticket: &Ticket) -> i64 {
    ticket.after.stars.map_or(0, i64::from)
}
