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
    features::tickets,
    text::{
        codes::{self, Typed},
        intent::Intent,
    },
};

/// Taps under a card.
const KEEP: &str = "👌";
const LIFT: &str = "🔓";

/// A message in private: true where it is a word about a sanction.
pub fn heard(ctx: &mut Context<'_, '_>, message: &Message) -> bool {
    let user = &message.sender;
    if !ctx.community.is_apart(&message.room) {
        return false;
    }
    let talk: Talk = ctx.get(user.as_str()).unwrap_or_default();
    if talk.room.as_ref() != Some(&message.room) || message.content.text.trim().is_empty() {
        return false;
    }
    // What is said anonymously is for nobody's eyes here.
    if tickets::is_anonymous(ctx, message) {
        return false;
    }
    // Whoever reports that the pipe has burst does not appeal.
    let reading = ctx.read_message(message);
    let is_command = crate::domain::feature::strip_bang(&message.content.text).is_some();
    let is_code = codes::tidy(&message.content.text) != Typed::NoCode;
    if is_command
        || is_code
        || matches!(
            reading.intent,
            Intent::Ticket | Intent::StatusQuery | Intent::HowTo
        )
    {
        return false;
    }
    let Some(mut case) = objected(ctx, user) else {
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

/// The case that somebody's word is about: the newest that holds, or else the newest of late that was done at once and
/// about which they have not written yet.
fn objected(ctx: &mut Context<'_, '_>, user: &UserId) -> Option<Case> {
    let by_people = |case: &Case| !matches!(&case.by, By::Rule(rule) if rule == "naming");
    let open = lift::open_cases(ctx, user, &[Kind::Mute, Kind::Remove, Kind::Ban]);
    let open = open.into_iter().rev().find(by_people);
    open.or_else(|| {
        let now = ctx.now;
        let recent = Case::of(ctx, user, limits::CASES_SHOWN_MAX);
        let is_it = |case: &Case| {
            let done = case.end.as_ref().is_some_and(|end| end.how == How::Done);
            let lately = now.since(case.at) <= limits::APPEALED_WITHIN_MS;
            // Of a message that a moderator swept away in their own client its author was not told.
            let told = case.kind != Kind::Redact || !matches!(case.by, By::Native(_));
            done && lately && told && !case.appealed && by_people(case)
        };
        recent.into_iter().find(is_it)
    })
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
    // What was done at once can only be undone.
    let how = match case.end.as_ref().map(|end| end.how) {
        None => How::Lifted,
        Some(How::Done) => How::Undone,
        Some(How::Over | How::Lifted | How::Undone) => return true,
    };
    if !(lifts || tap.key.starts_with(KEEP)) {
        return true;
    }
    if !settings::may_undo(ctx, &tap.sender, &case) {
        return true;
    }
    if lifts {
        let by = By::Person(tap.sender.clone());
        lift::end(ctx, case, how, Some(by));
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
