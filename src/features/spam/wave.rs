//! Waves: messages that belong together, because their text, what they lead to or their author is the same. A single
//! advert is a wave of one. What is caught of a wave is told in one card, and decided about with one tap.
// Nothing in this file does IO.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    spoken::{Spoken, What},
    standing::{LATELY_MS, Writer, is_false},
};
use crate::{
    domain::{
        context::Context,
        effect::Target,
        ids::{EventId, MINUTE_MS, Millis, RoomId, UserId},
        limits,
        record::Record,
        speech::shorten,
    },
    text::{
        alike::Brief,
        spam::{Fault, Judgement, Reason, Verdict},
    },
};

/// So many waves that began within [`MANY_MS`] are told apart; what comes besides goes into the last one.
const MANY: usize = 5;
const MANY_MS: i64 = 2 * MINUTE_MS;

/// A wave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wave {
    pub no: u32,
    pub at: Millis,
    /// What the first message said, shortened.
    pub text: String,
    /// In what form.
    pub what: Kind,
    /// The reasons of the highest score.
    pub reasons: Vec<Reason>,
    pub score: f64,
    /// The harshest that followed.
    pub verdict: Verdict,
    /// Whether it is only told what would follow.
    pub rehearsed: bool,
    /// Whether there are rooms in which linli has not the power to remove anything.
    pub weak: bool,
    /// How many were caught, and how many of their authors' other messages went with them.
    pub hits: u32,
    pub swept: u32,
    /// How many of the caught stay, because they are reports.
    #[serde(default)]
    pub kept: u32,
    /// How many of the caught were stopped before anybody saw them.
    #[serde(default)]
    pub refused: u32,
    pub people: u32,
    /// The names of the first of them.
    pub names: Vec<String>,
    /// How many in each room.
    pub rooms: BTreeMap<RoomId, u32>,
    /// The rooms that were told of it.
    #[serde(default)]
    pub told: BTreeSet<RoomId>,
    /// Our card about it.
    pub card: Option<Target>,
    pub outcome: Option<Outcome>,
}

/// The form of what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Said,
    Name,
    Heading,
    Invitations,
}

/// What a moderator has said of a wave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub word: Word,
    pub by: UserId,
    pub at: Millis,
}

/// A moderator's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    Right,
    Wrong,
    Ban,
}

/// Something that was caught.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    pub user: UserId,
    pub room: RoomId,
    pub event: EventId,
    /// Another event to remove with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<EventId>,
    pub text: String,
    /// The sanctions that followed.
    pub cases: Vec<u32>,
    pub removed: bool,
    /// True for a report of which there were only too many: its author is silenced, and it stays.
    #[serde(default, skip_serializing_if = "is_false")]
    pub stays: bool,
}

/// What is known of an event: where it was caught, and whether it was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The wave, and the place in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hit: Option<(u32, u32)>,
    #[serde(default)]
    pub gone: bool,
    /// Whether it tells of a danger.
    #[serde(default)]
    pub danger: bool,
}

/// The waves that still go on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Running(Vec<Going>);

/// A wave that goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Going {
    no: u32,
    began: Millis,
    last: Millis,
    brief: Option<Brief>,
    /// What its messages lead to.
    leads: Option<Reason>,
    /// Whether it tells of a danger: what may not be removed is not told together with what is.
    danger: bool,
}

/// The number of the last wave.
#[derive(Default, Serialize, Deserialize)]
struct LastWave(u32);

impl Record for Wave {
    const KIND: &'static str = "wave";
}

impl Record for Known {
    const KIND: &'static str = "spam_of";
}

impl Known {
    /// What is known of an event.
    pub fn of(ctx: &mut Context<'_, '_>, event: &EventId) -> Self {
        ctx.get(event.as_str()).unwrap_or_default()
    }

    /// Keeps it.
    pub fn save(&self, ctx: &mut Context<'_, '_>, event: &EventId) {
        ctx.put(event.as_str(), self);
    }
}

impl Record for Hit {
    const KIND: &'static str = "hit";
}

impl Record for Running {
    const KIND: &'static str = "waves_running";
}

impl Record for LastWave {
    const KIND: &'static str = "last_wave";
}

impl Wave {
    /// A wave by its number.
    pub fn load(ctx: &mut Context<'_, '_>, no: u32) -> Option<Self> {
        ctx.get(&key(no))
    }

    /// Keeps it.
    pub fn save(&self, ctx: &mut Context<'_, '_>) {
        ctx.put(&key(self.no), self);
    }

    /// The wave that something belongs to: one that goes on, or a new one.
    pub fn of(
        ctx: &mut Context<'_, '_>,
        writer: &Writer,
        spoken: &Spoken<'_>,
        judgement: &Judgement,
    ) -> Self {
        let now = spoken.at;
        let mut running: Running = ctx.get("").unwrap_or_default();
        running
            .0
            .retain(|going| now.since(going.last).abs() < LATELY_MS);
        let leads = judgement.reasons.iter().find(|reason| leads_there(reason));
        let caught = writer.caught.as_ref().map(|caught| caught.wave);
        let danger = judgement.reasons.contains(&Reason::Emergency);
        let alike = |going: &Going| {
            if going.danger != danger {
                return false;
            }
            let same_text = |brief: Brief| going.brief.is_some_and(|other| other.is_like(brief));
            caught == Some(going.no)
                || spoken.brief.is_some_and(same_text)
                || leads.is_some() && going.leads.as_ref() == leads
        };
        let lately = running.0.iter();
        let many = lately
            .filter(|going| now.since(going.began) < MANY_MS)
            .count()
            >= MANY;
        // The newest of them: an older one may be decided.
        let mut found = running.0.iter().rposition(alike);
        // What is only asked about is told by itself, or a tap would decide about strangers.
        if found.is_none() && many && judgement.verdict > Verdict::Flag {
            found = running.0.iter().rposition(|going| going.danger == danger);
        }
        // What a moderator has decided is closed.
        let open = found.and_then(|at| {
            let wave = Self::load(ctx, running.0[at].no)?;
            wave.outcome.is_none().then_some((at, wave))
        });
        let wave = if let Some((at, wave)) = open {
            running.0[at].last = running.0[at].last.max(now);
            wave
        } else {
            let wave = Self::new(ctx, spoken, judgement);
            running.0.push(Going {
                no: wave.no,
                began: now,
                last: now,
                brief: spoken.brief,
                leads: leads.cloned(),
                danger,
            });
            let spare = running.0.len().saturating_sub(limits::WAVES_RUNNING_MAX);
            running.0.drain(..spare);
            wave
        };
        ctx.put("", &running);
        wave
    }

    fn new(ctx: &mut Context<'_, '_>, spoken: &Spoken<'_>, judgement: &Judgement) -> Self {
        let last: LastWave = ctx.get("").unwrap_or_default();
        let no = last.0 + 1;
        ctx.put("", &LastWave(no));
        if let Some(old) = no.checked_sub(limits::WAVES_KEPT_MAX) {
            forget(ctx, old);
        }
        let invites = |reason: &Reason| matches!(reason, Reason::Invitations { .. });
        Self {
            no,
            at: spoken.at,
            text: shorten(&spoken.text.replace('\n', " "), limits::SPAM_TEXT_CHARS_MAX),
            what: match spoken.what {
                _ if judgement.reasons.iter().any(invites) => Kind::Invitations,
                What::Name => Kind::Name,
                What::Heading => Kind::Heading,
                What::Message | What::Edit | What::Reaction => Kind::Said,
            },
            reasons: judgement.reasons.clone(),
            score: judgement.score,
            verdict: judgement.verdict,
            rehearsed: false,
            weak: false,
            hits: 0,
            swept: 0,
            kept: 0,
            refused: 0,
            people: 0,
            names: Vec::new(),
            rooms: BTreeMap::new(),
            told: BTreeSet::new(),
            card: None,
            outcome: None,
        }
    }

    /// Counts something that was caught, and keeps it; returns its place.
    pub fn add(&mut self, ctx: &mut Context<'_, '_>, hit: &Hit, is_first_of_user: bool) -> u32 {
        let place = self.hits;
        self.hits += 1;
        self.kept += u32::from(hit.stays);
        *self.rooms.entry(hit.room.clone()).or_default() += 1;
        if is_first_of_user {
            self.people += 1;
            if self.names.len() < limits::SPAM_NAMES_SHOWN_MAX {
                let name = ctx.name_of(&hit.room, &hit.user);
                self.names.push(name);
            }
        }
        ctx.put(&hit_key(self.no, place), hit);
        let mut known = Known::of(ctx, &hit.event);
        known.hit = Some((self.no, place));
        known.save(ctx, &hit.event);
        place
    }

    /// All that was caught of it, with the places.
    pub fn hits(&self, ctx: &mut Context<'_, '_>) -> Vec<(u32, Hit)> {
        let found = ctx.scan::<Hit>(&format!("{}/", key(self.no)), usize::MAX);
        let place = |id: &str| id.rsplit('/').next()?.parse().ok();
        let hits = found.into_iter();
        hits.filter_map(|(id, hit)| Some((place(&id)?, hit)))
            .collect()
    }

    /// The last waves, the newest first.
    pub fn last(ctx: &mut Context<'_, '_>, limit: usize) -> Vec<Self> {
        let last: LastWave = ctx.get("").unwrap_or_default();
        let numbers = (1..=last.0).rev().take(limit);
        let numbers: Vec<u32> = numbers.collect();
        numbers
            .into_iter()
            .filter_map(|no| Self::load(ctx, no))
            .collect()
    }
}

impl Hit {
    /// The hit at a place of a wave.
    pub fn load(ctx: &mut Context<'_, '_>, wave: u32, place: u32) -> Option<Self> {
        ctx.get(&hit_key(wave, place))
    }

    /// Keeps it.
    pub fn save(&self, ctx: &mut Context<'_, '_>, wave: u32, place: u32) {
        ctx.put(&hit_key(wave, place), self);
    }
}

/// Forgets a wave of long ago, and what was caught of it.
fn forget(ctx: &mut Context<'_, '_>, no: u32) {
    let Some(wave) = Wave::load(ctx, no) else {
        return;
    };
    for (place, hit) in wave.hits(ctx) {
        ctx.delete::<Known>(hit.event.as_str());
        ctx.delete::<Hit>(&hit_key(no, place));
    }
    ctx.delete::<Wave>(&key(no));
}

/// True for a sign that is the same for all who send out the same advert in different words. Many lead to the host of a
/// network's invitations, or to a shortener, who have nothing to do with each other.
fn leads_there(reason: &Reason) -> bool {
    let is_shared = |fault: &Fault| matches!(fault, Fault::Invitation | Fault::Shortener);
    reason.is_contact() || matches!(reason, Reason::Link(_, fault) if !is_shared(fault))
}

fn key(no: u32) -> String {
    format!("{no:08}")
}

fn hit_key(wave: u32, place: u32) -> String {
    format!("{}/{place:06}", key(wave))
}
