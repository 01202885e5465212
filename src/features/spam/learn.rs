//! What moderators have said of texts: kept as labelled examples to train with, and what they have let pass passes.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    standing::Writer,
    wave::{Hit, Known, Wave},
};
use crate::{
    domain::{
        context::Context,
        ids::{EventId, Millis, UserId},
        limits,
        record::Record,
        speech::shorten,
    },
    features::moderation::case::Case,
    text::{alike, fold::Folded},
};

/// A text, and what a moderator has said of it; by the text's name, so that the last word counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    pub spam: bool,
    pub text: String,
    pub at: Millis,
}

impl Record for Example {
    const KIND: &'static str = "example";
}

/// Notes a moderator's word about a text.
pub fn note(ctx: &mut Context<'_, '_>, text: &str, spam: bool) {
    let text = shorten(text, limits::SPAM_EXAMPLE_CHARS_MAX);
    if text.is_empty() {
        return;
    }
    let id = alike::name_of(&Folded::new(&text));
    let at = ctx.now;
    ctx.put(&id, &Example { spam, text, at });
}

/// True where the moderators have let a text pass.
pub fn is_pardoned(ctx: &mut Context<'_, '_>, text: &str) -> bool {
    let text = shorten(text, limits::SPAM_EXAMPLE_CHARS_MAX);
    let example: Option<Example> = ctx.get(&alike::name_of(&Folded::new(&text)));
    example.is_some_and(|example| !example.spam)
}

/// A sanction for spam was taken back, by whichever way: its text was none.
pub fn undone(ctx: &mut Context<'_, '_>, case: &Case) {
    let hit = case.about.as_ref().and_then(|event| caught(ctx, event));
    if let Some((_, hit)) = hit {
        note(ctx, &hit.text, false);
    }
    let mut writer = Writer::of(ctx, &case.user);
    if writer.caught.take().is_some() {
        writer.save(ctx, &case.user);
    }
}

/// A moderator has removed a message as spam, or its author for it: its text is one, where it is still remembered.
pub fn removed(ctx: &mut Context<'_, '_>, author: &UserId, event: &EventId) {
    let text = match caught(ctx, event) {
        Some((_, hit)) => Some(hit.text),
        None => {
            let writer = Writer::of(ctx, author);
            let said = writer.remembered(event);
            said.and_then(|said| said.text.clone())
        }
    };
    if let Some(text) = text {
        note(ctx, &text, true);
    }
}

/// What was caught with an event, and in which wave.
pub fn caught(ctx: &mut Context<'_, '_>, event: &EventId) -> Option<(Wave, Hit)> {
    let (wave, place) = Known::of(ctx, event).hit?;
    Some((Wave::load(ctx, wave)?, Hit::load(ctx, wave, place)?))
}

/// Whether a moderator's reason says that something is spam.
#[must_use]
pub fn says_spam(reason: &str) -> bool {
    let folded = Folded::new(reason);
    let words = [
        "广告", "垃圾", "诈骗", "骗子", "引流", "刷单", "推销", "spam", "advert", "scam", "ads",
    ];
    words.iter().any(|word| folded.text().contains(word))
}
