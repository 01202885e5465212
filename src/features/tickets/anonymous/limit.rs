//! Limiting somebody who overdoes it, whom nobody learns to know.
// Nothing in this file does IO.

use super::{author::Author, say};
use crate::{
    domain::{context::Context, ids::DAY_MS, input::Message, private::Behind, speech::Arg},
    features::tickets::{
        TicketSettings, commands, tell,
        ticket::{Named, What},
    },
};

/// `!limit 12`: whoever has reported it may report nothing anonymously for some time; `!limit 12 off` takes that back.
/// Nobody learns who it is.
pub fn limit(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let (number, words) = commands::split(rest);
    let Some(mut ticket) = commands::named(ctx, message, number) else {
        return;
    };
    let room = ticket.room.clone();
    let behind = ctx.behind(&room).filter(|_| ticket.is_anonymous());
    let Some(Behind { user, .. }) = behind else {
        return say(ctx, message, "limit-not");
    };
    let is_off = matches!(
        words.trim().to_lowercase().as_str(),
        "off" | "解除" | "取消"
    );
    let days = i64::from(ctx.settings::<TicketSettings>().anonymous.limited_days);
    let mut author = Author::load(ctx, &user);
    author.until = (!is_off).then(|| ctx.now.plus(days * DAY_MS));
    author.save(ctx, &user);
    let who = Named::of(ctx, &message.room, &message.sender);
    ticket.note(ctx, Some(who), What::Limited { lifted: is_off });
    ticket.save(ctx);
    let args = [tell::no(&ticket), ("days", Arg::Number(days))];
    let (told, answer) = if is_off {
        ("anonymous-free", "limit-off")
    } else {
        ("anonymous-limited-for", "limit-on")
    };
    tell::to_reporter(ctx, &ticket, told, &args);
    let language = ctx.language_for(&message.sender);
    let said = ctx.say(language, answer, &args);
    commands::answer(ctx, message, said);
}
