//! What the behaviour of whoever writes says besides the words: the same text again, in several rooms, by several
//! newcomers; too much at once; too many people called.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    settings::SpamSettings,
    spoken::Spoken,
    standing::{LATELY_MS, Writer},
};
use crate::{
    domain::{
        context::Context,
        ids::{EventId, MINUTE_MS, Millis, RoomId, UserId},
        limits,
        record::Record,
    },
    text::{
        alike::Brief,
        fold::Folded,
        intent,
        spam::{Reason, Sign},
    },
};

/// The time within which the same text again is told as such.
const AGAIN_MS: i64 = 2 * MINUTE_MS;
/// Letters and digits from which on a text is compared with others': `收到` is said by everybody.
const LONG_ENOUGH: usize = 10;

/// What newcomers have said of late, each text once. It is read and written with each of their messages, so whoever said
/// it is kept apart, in [`By`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lately(Vec<Text>);

/// A text that newcomers have said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    brief: Brief,
    last: Millis,
    /// By how many.
    people: u32,
}

impl Record for Lately {
    const KIND: &'static str = "lately";
}

/// By whom one of these texts was said, the first of them; named by the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct By(Vec<(UserId, RoomId, EventId)>);

impl Record for By {
    const KIND: &'static str = "lately-by";
}

/// The signs in how somebody behaves with this message, which is the last of what they have said lately.
pub fn of(
    ctx: &mut Context<'_, '_>,
    settings: &SpamSettings,
    writer: &Writer,
    spoken: &Spoken<'_>,
    folded: &Folded<'_>,
) -> Vec<Sign> {
    let chances = &settings.scales.chances;
    let mut signs = Vec::new();
    let is_new = !spoken.known;
    if let Some(brief) = spoken.brief.filter(|_| spoken.letters >= LONG_ENOUGH) {
        let same = |ms| {
            let said = writer.within(spoken.at, ms);
            said.filter(move |said| said.brief.is_some_and(|other| other.is_like(brief)))
        };
        let times = same(AGAIN_MS).count();
        if let Some(chance) = step(times, &[(5, chances.again[1]), (3, chances.again[0])]) {
            let minutes = u32::try_from(AGAIN_MS / MINUTE_MS).unwrap_or(0);
            let times = count(times);
            signs.push((chance, Reason::Again { times, minutes }));
        }
        let rooms: BTreeSet<&RoomId> = same(LATELY_MS).map(|said| &said.room).collect();
        if let Some(chance) = step(rooms.len(), &[(5, chances.rooms[1]), (3, chances.rooms[0])]) {
            signs.push((chance, Reason::Rooms(count(rooms.len()))));
        }
        let people = if is_new && spoken.is_message() {
            people(ctx, brief, spoken)
        } else {
            0
        };
        let [few, some, many] = chances.others;
        if let Some(chance) = step(people, &[(10, many), (5, some), (3, few)]) {
            signs.push((chance, Reason::Others(count(people))));
        }
    }
    // When the power fails everybody says so, and some say it five times.
    if !signs.is_empty() && intent::is_report(folded) {
        signs.clear();
    }
    let called = [(15, chances.mentions[1]), (6, chances.mentions[0])];
    if let Some(chance) = step(spoken.mentions, &called) {
        signs.push((chance, Reason::Mentions(count(spoken.mentions))));
    }
    if spoken.everybody {
        signs.push((chances.everybody, Reason::Everybody));
    }
    if spoken.media.is_some() && is_new {
        signs.push((chances.media, Reason::Media));
    }
    if writer.bad_name {
        signs.push((chances.name, Reason::Name));
    }
    signs
}

/// What is told of a flood that this message belongs to.
pub fn flood(settings: &SpamSettings, writer: &Writer, spoken: &Spoken<'_>) -> Option<Reason> {
    let flood = &settings.flood;
    let ms = flood.within.ms()?;
    let twice = if spoken.known { 2 } else { 1 };
    let seconds = u32::try_from(ms / 1_000).unwrap_or(0);
    let within = || writer.within(spoken.at, ms);
    let media = within().filter(|said| said.media).count();
    let messages = within().count();
    if messages - media >= flood.messages * twice || media >= flood.media * twice {
        let messages = count(messages);
        return Some(Reason::Flood { messages, seconds });
    }
    let characters: usize = within().map(|said| said.chars).sum();
    // One long text is a long text.
    (characters >= flood.characters * twice && messages >= 3).then(|| Reason::Wall {
        characters: count(characters),
        seconds,
    })
}

/// By how many newcomers a text was said of late, with this time.
fn people(ctx: &mut Context<'_, '_>, brief: Brief, spoken: &Spoken<'_>) -> usize {
    let mut lately: Lately = ctx.get("").unwrap_or_default();
    let is_over = |text: &mut Text| spoken.at.since(text.last).abs() >= LATELY_MS;
    let mut over: Vec<Text> = lately.0.extract_if(.., is_over).collect();
    let place = lately.0.iter().position(|text| text.brief.is_like(brief));
    let place = place.unwrap_or_else(|| {
        let spare = (lately.0.len() + 1).saturating_sub(limits::TEXTS_LATELY_MAX);
        over.extend(lately.0.drain(..spare));
        lately.0.push(Text {
            brief,
            last: spoken.at,
            people: 0,
        });
        lately.0.len() - 1
    });
    for text in over {
        ctx.delete::<By>(&text.brief.to_string());
    }
    let text = &mut lately.0[place];
    text.last = text.last.max(spoken.at);
    let id = text.brief.to_string();
    let mut by: By = ctx.get(&id).unwrap_or_default();
    if !by.0.iter().any(|(user, ..)| user == spoken.user) {
        text.people += 1;
        if by.0.len() < limits::SAME_TEXT_KEPT_MAX {
            by.0.push((
                spoken.user.clone(),
                spoken.room.clone(),
                spoken.event.clone(),
            ));
            ctx.put(&id, &by);
        }
    }
    let people = text.people;
    ctx.put("", &lately);
    usize::try_from(people).unwrap_or(usize::MAX)
}

/// The first of those who have said a text lately, without whoever says it now.
pub fn others(ctx: &mut Context<'_, '_>, spoken: &Spoken<'_>) -> Vec<(UserId, RoomId, EventId)> {
    let Some(brief) = spoken.brief else {
        return Vec::new();
    };
    let lately: Lately = ctx.get("").unwrap_or_default();
    let mut texts = lately.0.into_iter();
    let Some(text) = texts.find(|text| text.brief.is_like(brief)) else {
        return Vec::new();
    };
    let By(mut by) = ctx.get(&text.brief.to_string()).unwrap_or_default();
    by.retain(|(user, ..)| user != spoken.user);
    by
}

/// The chance of the highest step that is reached.
fn step(count: usize, steps: &[(usize, f64)]) -> Option<f64> {
    let mut steps = steps.iter();
    steps
        .find(|(from, _)| count >= *from)
        .map(|(_, chance)| *chance)
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
