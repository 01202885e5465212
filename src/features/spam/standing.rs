//! What is known of whoever writes: since when they are there, how much they have said, and what of it was lately.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::settings::SpamSettings;
use crate::{
    domain::{
        context::Context,
        ids::{EventId, HOUR_MS, MINUTE_MS, Millis, RoomId, UserId},
        limits,
        record::Record,
    },
    features::moderation::case::Kind,
    text::alike::Brief,
};

/// So long what newcomers have said is compared with what they and others say.
pub const LATELY_MS: i64 = 10 * MINUTE_MS;
/// So long it is of residents of long standing: they write much, and little comes of it.
const LATELY_OF_KNOWN_MS: i64 = 2 * MINUTE_MS;
/// The last things that a newcomer has said are remembered so long, for a moderator who comes later.
const LAST_MS: i64 = 24 * HOUR_MS;
/// So many they are.
const LAST: usize = 5;

/// Somebody who writes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Writer {
    /// When they came in; None for those who were there before linli.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
    /// Messages that nothing spoke against, as far as they are counted.
    pub said: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lately: Vec<Said>,
    /// Whether their name is an advert.
    #[serde(default, skip_serializing_if = "is_false")]
    pub bad_name: bool,
    /// Whom they have invited of late, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invited: Vec<(Millis, UserId)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caught: Option<Caught>,
}

/// Something that somebody has said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    pub at: Millis,
    pub room: RoomId,
    pub event: EventId,
    pub chars: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brief: Option<Brief>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub media: bool,
    /// True for what tells of a danger: it stays, whatever its author is.
    #[serde(default, skip_serializing_if = "is_false")]
    pub stays: bool,
    /// True once it was removed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub gone: bool,
    /// What a newcomer has said, so that a moderator's word about it can be learned from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// That somebody was caught at spam.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caught {
    pub wave: u32,
    /// The harshest that was done to them for it; None where the moderators were only asked.
    pub kind: Option<Kind>,
    pub at: Millis,
}

/// True for what need not be written down.
pub fn is_false(value: &bool) -> bool {
    !value
}

impl Record for Writer {
    const KIND: &'static str = "writer";
}

impl Writer {
    /// What is known of somebody; of those who were there before linli nothing at first.
    pub fn of(ctx: &mut Context<'_, '_>, user: &UserId) -> Self {
        ctx.get(user.as_str()).unwrap_or_default()
    }

    /// Keeps it.
    pub fn save(&self, ctx: &mut Context<'_, '_>, user: &UserId) {
        ctx.put(user.as_str(), self);
    }

    /// True for a resident of long standing.
    #[must_use]
    pub fn is_known(&self, settings: &SpamSettings, now: Millis) -> bool {
        let hours = i64::from(settings.newcomer.hours) * HOUR_MS;
        let is_there = self.since.is_none_or(|since| now.since(since) >= hours);
        is_there && self.said >= settings.newcomer.messages
    }

    /// Forgets what was said long ago.
    pub fn forget(&mut self, known: bool, now: Millis) {
        let (ms, last) = if known {
            (LATELY_OF_KNOWN_MS, 0)
        } else {
            (LATELY_MS, LAST)
        };
        let count = self.lately.len();
        let mut at = 0;
        self.lately.retain_mut(|said| {
            let age = now.since(said.at);
            let is_last = at + last >= count;
            at += 1;
            if !is_last {
                said.text = None;
            }
            age < ms || is_last && age < LAST_MS
        });
        let spare = self.lately.len().saturating_sub(limits::SAID_LATELY_MAX);
        self.lately.drain(..spare);
        self.invited.retain(|(at, _)| now.since(*at) < LATELY_MS);
    }

    /// Counts somebody whom they invite, once; true where that is news.
    pub fn invites(&mut self, user: &UserId, at: Millis) -> bool {
        let is_new = !self.invited.iter().any(|(_, known)| known == user);
        if is_new && self.invited.len() < limits::INVITED_LATELY_MAX {
            self.invited.push((at, user.clone()));
        }
        is_new
    }

    /// What was said within so many milliseconds before a moment.
    pub fn within(&self, now: Millis, ms: i64) -> impl Iterator<Item = &Said> {
        self.lately
            .iter()
            .filter(move |said| now.since(said.at) < ms)
    }

    /// Something they have said.
    pub fn remembered(&self, event: &EventId) -> Option<&Said> {
        self.lately.iter().find(|said| said.event == *event)
    }

    /// Notes that something was removed.
    pub fn is_gone(&mut self, event: &EventId) {
        if let Some(said) = self.lately.iter_mut().find(|said| said.event == *event) {
            said.gone = true;
        }
    }
}
