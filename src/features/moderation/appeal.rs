//! A sanctioned member's word to the moderators: once for each case, in private. The moderators get a card with the
//! record, and taps to keep or lift.
// Nothing in this file does IO.

use super::{
    NAME,
    case::{By, Case, How, Kind},
    lift, settings, tell,
};
use crate::{
    domain::{
        context::Context,
        effect::{About, Effect, Lane, Post, Target},
        ids::UserId,
        input::{Message, Reaction},
        limits,
        private::Talk,
        speech::{Arg, shorten},
    },
    text::{intent::Intent, span::Span},
};

/// Taps under a card.
const KEEP: &str = "👌";
const LIFT: &str = "🔓";

/// A message in private: true where it is a word about a sanction.
pub fn heard(ctx: &mut Context<'_, '_>, message: &Message) -> bool {
    let user = &message.sender;
    let talk: Talk = ctx.get(user.as_str()).unwrap_or_default();
    if talk.room.as_ref() != Some(&message.room) || message.content.text.trim().is_empty() {
        return false;
    }
    // Whoever reports that the pipe has burst does not appeal.
    let reading = ctx.read_message(message);
    let is_command = crate::domain::feature::strip_bang(&message.content.text).is_some();
    if is_command
        || matches!(
            reading.intent,
            Intent::Ticket | Intent::StatusQuery | Intent::Help
        )
    {
        return false;
    }
    let open = lift::open_cases(ctx, user, &[Kind::Mute, Kind::Remove, Kind::Ban]);
    let by_people = |case: &Case| !matches!(&case.by, By::Rule(rule) if rule == "naming");
    let Some(mut case) = open.into_iter().rev().find(by_people) else {
        return false;
    };
    let language = ctx.language_of(user, &message.content.text);
    let key = if case.appealed {
        "appeal-once"
    } else {
        "appeal-passed-on"
    };
    let no = i64::from(case.no);
    let said = ctx.say(language, key, &[("no", Arg::Number(no))]);
    ctx.answer(
        &message.room,
        Some(Target::Event(message.id.clone())),
        true,
        said,
    );
    if !case.appealed {
        case.appealed = true;
        case.save(ctx);
        card(ctx, &case, &message.content.text);
    }
    true
}

fn card(ctx: &mut Context<'_, '_>, case: &Case, words: &str) {
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let language = ctx.community.language;
    let line = tell::line(ctx, language, case);
    let words = shorten(&words.replace('\n', " "), limits::CARD_TEXT_CHARS_MAX);
    let member = tell::name(ctx, &case.user);
    let earlier = Case::of(ctx, &case.user, limits::CASES_SHOWN_MAX).len();
    let args = [
        ("member", Arg::Text(&member)),
        ("words", Arg::Text(&words)),
        ("line", Arg::Said(&line)),
        ("count", Arg::Number(i64::try_from(earlier).unwrap_or(0))),
    ];
    let said = ctx.say(language, "appeal-card", &args);
    let post = Post {
        content: said.calling_nobody(),
        quiet: false,
        reply_to: None,
        thread: None,
        about: Some(About {
            feature: NAME.to_owned(),
            id: format!("appeal.{}", case.no),
        }),
    };
    let card = ctx.ask(&room, Lane::Answer, Effect::Post(post));
    for key in [KEEP, LIFT] {
        let button = Effect::React {
            target: Target::Sent(card.clone()),
            key: key.to_owned(),
        };
        ctx.ask(&room, Lane::Talk, button);
    }
}

/// A moderator's tap on such a card.
pub fn tapped(ctx: &mut Context<'_, '_>, tap: &Reaction) -> bool {
    let Some(id) = ctx.linked(&tap.target) else {
        return false;
    };
    let number = id.strip_prefix("appeal.").and_then(|no| no.parse().ok());
    let Some(case) = number.and_then(|no| Case::load(ctx, no)) else {
        return false;
    };
    let lifts = tap.key.starts_with(LIFT);
    if !(lifts || tap.key.starts_with(KEEP)) || !case.is_open() {
        return true;
    }
    if !settings::may(ctx, &tap.sender, case.kind, Span::For(0)) {
        return true;
    }
    if lifts {
        let by = By::Person(tap.sender.clone());
        lift::end(ctx, case, How::Lifted, Some(by));
    } else {
        kept(ctx, &case.user, case.no);
    }
    true
}

fn kept(ctx: &mut Context<'_, '_>, user: &UserId, no: u32) {
    let language = ctx.language_for(user);
    let said = ctx.say(
        language,
        "appeal-kept",
        &[("no", Arg::Number(i64::from(no)))],
    );
    ctx.tell(user, None, said, None);
}
