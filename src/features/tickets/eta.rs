//! When somebody comes or it will be done, as staff say it: `!eta 12 今天下午`. The reporter is told, the card shows it, and
//! when it has passed whoever has the ticket is asked.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    act::{self, Path},
    card, clock, commands, judge, tell,
    ticket::{Named, What},
};
use crate::{
    domain::{
        context::Context,
        ids::Millis,
        input::Message,
        limits,
        speech::{Arg, shorten},
    },
    text::{
        language::Language,
        span::{self, Span},
        when,
    },
};

/// A time that staff have named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eta {
    pub from: Millis,
    pub until: Millis,
}

/// `!eta 12 明天上午`; without a number as a reply.
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let (number, rest) = commands::split(rest);
    let Some(mut ticket) = commands::named(ctx, message, number) else {
        return;
    };
    let path = Path::typed(message, "");
    let actor = act::actor(ctx, &message.sender);
    if let Err(refusal) = judge::may_name_a_time(&ticket, &actor) {
        return act::refuse(ctx, ticket, "eta", refusal, &message.sender, &path);
    }
    let Some(eta) = read(ctx, rest) else {
        let language = ctx.language_for(&message.sender);
        let said = ctx.say(language, "eta-how", &[]);
        return commands::answer(ctx, message, said);
    };
    let who = Named::of(ctx, &message.room, &message.sender);
    let said = shorten(&rest.trim().replace('\n', " "), limits::WHY_CHARS_MAX);
    let what = What::Promised { by: eta.until };
    ticket.note_with(ctx, Some(who), what, Some(said));
    ticket.eta = Some(eta.clone());
    card::refresh(ctx, &mut ticket);
    let when = words(ctx, ticket.language, &eta);
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("when", Arg::Text(&when)),
    ];
    tell::to_all(ctx, &ticket, "told-eta", &args);
    clock::look_by(ctx, &mut ticket, Some(eta.until));
    ticket.save(ctx);
}

/// The time that words name, if it is to come; a mere length counts from now.
pub fn read(ctx: &Context<'_, '_>, text: &str) -> Option<Eta> {
    let eta = match (when::read(text, ctx.local(ctx.now)?), span::leading(text)) {
        (Some(named), _) => Eta {
            from: ctx.at_local(named.from)?,
            until: ctx.at_local(named.until)?,
        },
        (None, Some((Span::For(ms), _))) => Eta {
            from: ctx.now.plus(ms),
            until: ctx.now.plus(ms),
        },
        (None, _) => return None,
    };
    (eta.until > ctx.now).then_some(eta)
}

/// A time as people read it: `3月2日 12:00–18:00`.
pub fn words(ctx: &Context<'_, '_>, language: Language, eta: &Eta) -> String {
    let (Some(from), Some(until)) = (ctx.local(eta.from), ctx.local(eta.until)) else {
        return String::new();
    };
    let day = ctx.say(language, "time-day", &[]).text;
    let (whole, clock) = (format!("{day} %H:%M"), "%H:%M");
    if from == until {
        return from.format(&whole).to_string();
    }
    let ends = if from.date() == until.date() {
        clock
    } else {
        &whole
    };
    format!("{}–{}", from.format(&whole), until.format(ends))
}
