//! How it was: one to five stars, by one tap, by a reply or by `!rate`. Nothing in this file does IO.

use super::{awake_after, is_over, review, stars};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post, Target},
        ids::{Millis, Txn, UserId},
        input::{Message, Reaction, ReactionRemoved},
        limits,
        roles::Who,
        speech::{Arg, Said, shorten},
    },
    features::tickets::{
        TicketSettings, card, commands, tell,
        ticket::{Named, Ticket, What},
    },
};

/// The note of the timer that reminds of the question.
pub const REMIND: &str = "rate";

/// Whether the reporter is asked: once.
pub fn is_asked(ctx: &Context<'_, '_>, ticket: &Ticket) -> bool {
    let is_wanted = ctx.settings::<TicketSettings>().after.rating;
    let after = &ticket.after;
    is_wanted
        && is_heard(ctx, ticket, &ticket.reporter.user)
        && after.stars.is_none()
        && after.asked.is_none()
}

/// Whether somebody's stars count: those of its reporter, but nobody's who works here.
pub fn is_heard(ctx: &Context<'_, '_>, ticket: &Ticket, user: &UserId) -> bool {
    let is_resident = !Who::Staff.includes(ctx.community.person(user)) && *user != ctx.bot();
    ticket.is_reporter(user) && is_resident
}

/// The message `sent` asks; five taps answer.
pub fn ask(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, sent: Txn) {
    let room = ctx.community.present(&ticket.room).clone();
    for key in stars::KEYS {
        let react = Effect::React {
            target: Target::Sent(sent.clone()),
            key: key.to_owned(),
        };
        ctx.ask(&room, Lane::Talk, react);
    }
    ticket.after.asked = Some(Target::Sent(sent));
    let remind = ctx.settings::<TicketSettings>().after.remind;
    if let Some(due) = awake_after(ctx, remind) {
        ticket.after.remind_at = Some(due);
        let id = format!("{REMIND}.{}", ticket.no);
        ctx.wake_at(due, &id, &format!("{REMIND} {}", ticket.no));
    }
}

/// Nobody has answered: the reporter reads the question once more, without a ring.
pub fn remind(ctx: &mut Context<'_, '_>, mut ticket: Ticket, due: Millis) {
    let after = &mut ticket.after;
    if after.remind_at != Some(due) {
        return;
    }
    after.remind_at = None;
    let is_answered = after.stars.is_some();
    let asked = after.asked.clone();
    let asked = asked.filter(|_| !is_answered && is_over(&ticket));
    if let Some(asked) = asked {
        let who = Said::plain(&card::reporter_name(ctx, &ticket));
        let args = [tell::no(&ticket), ("reporter", Arg::Said(&who))];
        let post = Post {
            content: ctx.say(ticket.language, "rate-remind", &args),
            quiet: true,
            reply_to: Some(asked),
            thread: None,
            about: Some(card::about(ticket.no)),
        };
        let sent = ctx.ask(&ticket.room, Lane::Answer, Effect::Post(post));
        tell::remember(ctx, &ticket, &ticket.room, &sent);
    }
    ticket.save(ctx);
}

/// A tap on one of the ticket's messages gives stars; only its reporter's count.
pub fn tapped(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &Reaction) -> bool {
    let Some(stars) = stars::of_tap(&tap.key) else {
        return false;
    };
    if is_heard(ctx, ticket, &tap.sender) && is_over(ticket) && may_change(ticket) {
        let mut ticket = ticket.clone();
        ctx.put(tap.id.as_str(), tap);
        let before = ticket.after.tap.replace(tap.id.clone());
        ticket.after.tap_before = before.zip(ticket.after.stars);
        let who = Named::of(ctx, &tap.room, &tap.sender);
        give(ctx, &mut ticket, who, Some(stars), "");
        ticket.save(ctx);
    }
    true
}

/// The tap that gave the stars is taken back by whoever gave them.
pub fn taken_back(ctx: &mut Context<'_, '_>, ticket: &Ticket, removed: &ReactionRemoved) -> bool {
    let id = &removed.tap.id;
    let mut ticket = ticket.clone();
    let after = &mut ticket.after;
    let is_old = after.tap_before.take_if(|(tap, _)| tap == id).is_some();
    if !is_old && after.tap.as_ref() != Some(id) {
        return false;
    }
    if !is_old {
        // The tap before it still stands.
        let (tap, stars) = after.tap_before.take().unzip();
        after.tap = tap;
        if ticket.is_reporter(&removed.by) {
            let who = Named::of(ctx, &removed.tap.room, &removed.by);
            give(ctx, &mut ticket, who, stars, "");
        }
    }
    ticket.save(ctx);
    true
}

/// A reply to the question may begin with the stars; and what is said with few stars is for the managers.
pub fn answered(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, message: &Message) {
    if !is_heard(ctx, ticket, &message.sender) || !is_over(ticket) {
        return;
    }
    let replied = message.reply_to.clone().map(Target::Event);
    let is_answer = replied.is_some() && replied == ticket.after.asked;
    let text = &message.content.text;
    let given = stars::of_text(text).filter(|_| is_answer && may_change(ticket));
    if let Some(stars) = given {
        let who = Named::of(ctx, &message.room, &message.sender);
        give(ctx, ticket, who, Some(stars), "");
    }
    if given.is_none() || text.chars().count() > stars::CHARS_MAX {
        review::more(ctx, ticket, text, Some(&message.id));
    }
}

/// `!rate 12 5`; without a number as a reply.
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let around = message.reply_to.iter().chain(&message.thread).cloned();
    let around: Vec<_> = around.collect();
    let is_reply = around.iter().any(|event| ctx.linked(event).is_some());
    // In a reply the first number is the stars, if no stars follow it.
    let (number, words) = match commands::split(rest) {
        (stars, "") => ("", stars),
        (_, words) if is_reply && stars::of_command(words).is_none() => ("", rest),
        both => both,
    };
    let Some(mut ticket) = commands::named(ctx, message, number) else {
        return;
    };
    let language = ctx.language_for(&message.sender);
    let key = if !is_heard(ctx, &ticket, &message.sender) {
        Some("rate-not-yours")
    } else if !is_over(&ticket) {
        Some("rate-not-yet")
    } else {
        None
    };
    if let Some(key) = key {
        let said = ctx.say(language, key, &[tell::no(&ticket)]);
        return commands::answer(ctx, message, said);
    }
    let Some((stars, words)) = stars::of_command(words) else {
        let said = ctx.say(language, "rate-how", &[tell::no(&ticket)]);
        return commands::answer(ctx, message, said);
    };
    if may_change(&ticket) {
        let who = Named::of(ctx, &message.room, &message.sender);
        give(ctx, &mut ticket, who, Some(stars), words);
        review::more(ctx, &ticket, words, None);
        ticket.save(ctx);
    }
    let args = [tell::no(&ticket), ("stars", Arg::Number(i64::from(stars)))];
    let said = ctx.say(language, "rate-thanks", &args);
    commands::answer(ctx, message, said);
}

/// Whoever cannot decide is heard a number of times.
fn may_change(ticket: &Ticket) -> bool {
    ticket.after.changes < limits::RATINGS_MAX
}

fn give(
    ctx: &mut Context<'_, '_>,
    ticket: &mut Ticket,
    who: Named,
    stars: Option<u8>,
    words: &str,
) {
    if ticket.after.stars == stars {
        return;
    }
    ticket.after.stars = stars;
    ticket.after.remind_at = None;
    ticket.after.changes += 1;
    let words = shorten(&words.replace('\n', " "), limits::WHY_CHARS_MAX);
    let words = Some(words).filter(|words| !words.is_empty());
    ticket.note_with(ctx, Some(who), What::Rated { stars }, words);
    card::refresh(ctx, ticket);
    review::consider(ctx, ticket);
}
