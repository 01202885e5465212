//! The card of a wave in the staff room, with its taps.
// Nothing in this file does IO.

use super::{
    NAME, tell,
    wave::{Kind, Wave, Word},
};
use crate::{
    domain::{
        context::Context,
        effect::{About, Effect, Lane, Post, Target},
        ids::Millis,
        limits,
        ration::Ration,
        speech::{Arg, Said, shorten},
    },
    features::moderation::tell as moderation,
    text::{language::Language, spam::Verdict},
};

/// Taps under a card.
pub const RIGHT: &str = "✅";
pub const WRONG: &str = "❌";
pub const BAN: &str = "⛔";

/// The card is brought up to date at most this often while a wave goes on.
const REFRESH_MS: i64 = 2_000;

/// Posts the card of a new wave, or sees to it that it is brought up to date.
pub fn show(ctx: &mut Context<'_, '_>, wave: &mut Wave) {
    if wave.card.is_some() {
        // The same timer for all that happens within two seconds.
        let due = Millis((ctx.now.0 / REFRESH_MS + 1) * REFRESH_MS);
        return ctx.wake_at(
            due,
            &format!("card.{}", wave.no),
            &format!("card {}", wave.no),
        );
    }
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    if is_too_many(ctx, wave) {
        return;
    }
    let said = card(ctx, wave);
    let asks = wave.verdict == Verdict::Flag || wave.rehearsed;
    let post = Post {
        content: said,
        // What is done needs nobody at once; what is asked does.
        quiet: !asks,
        reply_to: None,
        thread: None,
        about: Some(about(wave)),
    };
    let txn = ctx.ask(&room, Lane::Answer, Effect::Post(post));
    for key in [RIGHT, WRONG, BAN] {
        let button = Effect::React {
            target: Target::Sent(txn.clone()),
            key: key.to_owned(),
        };
        ctx.ask(&room, Lane::Talk, button);
    }
    wave.card = Some(Target::Sent(txn));
}

/// Past the ration of an hour only that there is more is told; `!spam` shows all.
fn is_too_many(ctx: &mut Context<'_, '_>, wave: &Wave) -> bool {
    // What asks and what tells have a ration each: a flood of the one must not hide the other.
    let id = if wave.verdict == Verdict::Flag {
        "spam-asked"
    } else {
        "spam-told"
    };
    let mut ration: Ration = ctx.get(id).unwrap_or_default();
    let now = ctx.now;
    if ration.next(now, limits::WAVE_CARDS_AN_HOUR) <= now {
        ration.book(now, limits::WAVE_CARDS_AN_HOUR);
        ctx.put(id, &ration);
        return false;
    }
    let mut more: Ration = ctx.get("spam-more").unwrap_or_default();
    if more.book(now, 1) == now {
        ctx.put("spam-more", &more);
        if let Some(room) = ctx.community.staff_room().cloned() {
            let said = ctx.say(ctx.community.language, "spam-more", &[]);
            ctx.answer(&room, None, true, said);
        }
    }
    true
}

/// Brings a card up to date.
pub fn refresh(ctx: &mut Context<'_, '_>, wave: &Wave) {
    let (Some(room), Some(target)) = (ctx.community.staff_room().cloned(), wave.card.clone())
    else {
        return;
    };
    let change = Effect::Change {
        target,
        content: card(ctx, wave),
        about: Some(about(wave)),
    };
    ctx.ask(&room, Lane::Talk, change);
}

/// What our messages about a wave say that they are about.
fn about(wave: &Wave) -> About {
    About {
        feature: NAME.to_owned(),
        id: format!("wave.{}", wave.no),
    }
}

fn card(ctx: &mut Context<'_, '_>, wave: &Wave) -> Said {
    let language = ctx.community.language;
    let head = head(ctx, language, wave).bold();
    let quote = ctx.say(language, "spam-quote", &[("text", Arg::Text(&wave.text))]);
    let reasons = wave.reasons.iter().take(limits::SPAM_REASONS_SHOWN_MAX);
    let reasons: Vec<Said> = reasons
        .map(|reason| tell::reason(ctx, language, reason))
        .collect();
    let between = match language {
        Language::Zh => "；",
        Language::En => "; ",
    };
    let why = Said::between(reasons, between, between);
    let score = format!("{:.2}", wave.score);
    let args = [("reasons", Arg::Said(&why)), ("score", Arg::Text(&score))];
    let why = ctx.say(language, "spam-why", &args);
    let mut lines = vec![head, quote, why];
    if wave.rehearsed {
        lines.push(ctx.say(language, "spam-rehearsed", &[]));
    }
    if wave.weak {
        lines.push(ctx.say(language, "spam-weak", &[]));
    }
    lines.push(last(ctx, language, wave));
    Said::lines(lines).calling_nobody()
}

fn head(ctx: &Context<'_, '_>, language: Language, wave: &Wave) -> Said {
    let names = shorten(&wave.names.join("、"), limits::CARD_TEXT_CHARS_MAX);
    let done = match wave.verdict {
        _ if wave.rehearsed => "spam-would",
        Verdict::Allow | Verdict::Flag => "spam-asked",
        _ if wave.kept == wave.hits => "spam-silenced",
        Verdict::Redact => "spam-removed",
        Verdict::Mute => "spam-muted",
        Verdict::Ban => "spam-banned",
    };
    let done = ctx.say(language, done, &[]);
    let stopped = if wave.refused > 0 {
        let count = [("count", Arg::Number(i64::from(wave.refused)))];
        ctx.say(language, "spam-stopped", &count)
    } else {
        Said::default()
    };
    let swept = if wave.swept > 0 {
        let count = [("count", Arg::Number(i64::from(wave.swept)))];
        ctx.say(language, "spam-swept", &count)
    } else {
        Said::default()
    };
    let key = match (wave.what, wave.people) {
        (Kind::Name, _) => "spam-head-name",
        (Kind::Heading, _) => "spam-head-heading",
        (Kind::Invitations, _) => "spam-head-invitations",
        (Kind::Said, 0 | 1) => "spam-head-one",
        (Kind::Said, _) => "spam-head",
    };
    let args = [
        ("no", Arg::Number(i64::from(wave.no))),
        ("messages", Arg::Number(i64::from(wave.hits))),
        ("people", Arg::Number(i64::from(wave.people))),
        (
            "rooms",
            Arg::Number(i64::try_from(wave.rooms.len()).unwrap_or(0)),
        ),
        ("names", Arg::Text(&names)),
        ("done", Arg::Said(&done)),
        ("swept", Arg::Said(&swept)),
        ("stopped", Arg::Said(&stopped)),
    ];
    ctx.say(language, key, &args)
}

/// What can be tapped, or what was decided.
fn last(ctx: &mut Context<'_, '_>, language: Language, wave: &Wave) -> Said {
    let Some(outcome) = &wave.outcome else {
        let key = if wave.verdict == Verdict::Flag || wave.rehearsed {
            "spam-taps-asked"
        } else {
            "spam-taps"
        };
        return ctx.say(language, key, &[]);
    };
    let key = match outcome.word {
        Word::Right => "spam-was-right",
        Word::Wrong => "spam-was-wrong",
        Word::Ban => "spam-was-banned",
    };
    let by = moderation::name(ctx, &outcome.by);
    let at = ctx.moment(outcome.at);
    let args = [("by", Arg::Text(&by)), ("at", Arg::Text(&at))];
    ctx.say(language, key, &args)
}
