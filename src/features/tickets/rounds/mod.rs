//! Rounds: what is looked after again and again, by a schedule from the configuration or from `!round`. When one is due a
//! ticket with a list of steps stands in the staff room; whoever goes ticks them off, and the last tick finishes it.
//! One that is not done in time is missed, one that is declined is skipped, and both can be seen.
// Nothing in this folder does IO.

mod command;
mod log;
mod schedule;
mod steps;
mod ticket;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{TicketSettings, clock::promise::Time};
use crate::{
    domain::{
        context::Context,
        feature::ConfigFault,
        ids::{DAY_MS, HOUR_MS, Millis},
        limits,
        record::Record,
    },
    text::matter::Trade,
};

pub use command::typed;
pub use log::{Entry, Log, Outcome, summary};
pub use steps::{KEYS, ask, check, left, lines, taken_back, tapped};
pub use ticket::{OnRound, REMIND, UNTIL, ended, told, woken};

/// The note of the timer that opens one.
pub const DUE: &str = "round";

/// Steps that one round may have: as many as there are digits to tap.
pub const STEPS_MAX: usize = 9;

/// Something that comes round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub name: String,
    /// A cron expression of five fields, in the community's time.
    pub when: String,
    /// How that was typed; empty where it stands in the configuration.
    pub said: String,
    pub trade: Trade,
    /// What is looked at, in order.
    pub steps: Vec<String>,
    /// Whether a photo is needed.
    pub photo: bool,
    /// So long after it is due it can be done, milliseconds.
    pub within_ms: i64,
}

impl Record for Round {
    const KIND: &'static str = "round";
}

/// A round as the configuration has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    name: String,
    when: String,
    #[serde(default)]
    trade: Option<Trade>,
    #[serde(default)]
    steps: Vec<String>,
    #[serde(default)]
    photo: bool,
    #[serde(default)]
    within: Option<Time>,
}

impl Section {
    fn round(&self) -> Round {
        Round {
            name: self.name.trim().to_owned(),
            when: self.when.clone(),
            said: String::new(),
            trade: self.trade.unwrap_or_else(|| command::trade_of(&self.name)),
            steps: self.steps.clone(),
            photo: self.photo,
            within_ms: self.within.map_or(DAY_MS, |within| within.ms),
        }
    }

    fn why_not(&self) -> Option<(&'static str, String)> {
        if self.name.trim().is_empty() || self.name.contains('\n') {
            return Some(("name", "it must be a name, in one line".to_owned()));
        }
        if let Err(why) = schedule::read(&self.when) {
            return Some((
                "when",
                format!(
                    "\"{}\": {why}; write five fields as cron has them, such as \"0 9 * * 1\"",
                    self.when
                ),
            ));
        }
        if self.steps.len() > STEPS_MAX {
            return Some((
                "steps",
                format!("there may be at most {STEPS_MAX}: they are ticked off by 1️⃣ to 9️⃣"),
            ));
        }
        let within = self.within.map_or(DAY_MS, |within| within.ms);
        if within < HOUR_MS || self.within.is_some_and(|within| within.work) {
            return Some((
                "within",
                "it must be at least \"1h\", and cannot be counted in hours of work".to_owned(),
            ));
        }
        None
    }
}

/// What is wrong with the rounds of a configuration.
pub fn fault(sections: &[Section]) -> Option<ConfigFault> {
    let mut names = BTreeSet::new();
    sections.iter().enumerate().find_map(|(at, section)| {
        let twice = (!names.insert(section.name.trim()))
            .then(|| ("name", "another round has the same name".to_owned()));
        let (key, why) = section.why_not().or(twice)?;
        Some(ConfigFault {
            key: format!("rounds[{at}].{key}"),
            why,
        })
    })
}

/// All rounds: those of the configuration, and those that were typed.
pub fn all(ctx: &mut Context<'_, '_>) -> Vec<Round> {
    let sections = &ctx.settings::<TicketSettings>().rounds;
    let mut rounds: Vec<Round> = sections.iter().map(Section::round).collect();
    for (_, typed) in ctx.scan::<Round>("", limits::ROUNDS_MAX) {
        if rounds.iter().all(|round| round.name != typed.name) {
            rounds.push(typed);
        }
    }
    rounds
}

fn named(ctx: &mut Context<'_, '_>, name: &str) -> Option<Round> {
    all(ctx).into_iter().find(|round| round.name == name)
}

/// The moment for which a round is planned: an alarm for any other is an old one, so that no time is told twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Planned {
    when: String,
    at: Millis,
}

impl Record for Planned {
    const KIND: &'static str = "round_planned";
}

/// Plans what is not, or no longer, planned. Asked at each start, so that a changed configuration counts. What fell due
/// before it by the same schedule is still to come.
pub fn plan_all(ctx: &mut Context<'_, '_>) {
    for round in all(ctx) {
        let next = schedule::next(ctx, &round.when, ctx.now);
        let planned = ctx.get::<Planned>(&round.name);
        let holds = |planned: &Planned| {
            planned.when == round.when && (planned.at <= ctx.now || Some(planned.at) == next)
        };
        match planned.filter(holds) {
            // The same alarm once more is the same one; should it be lost, it is there again.
            Some(planned) => wake(ctx, &round, planned.at),
            None => plan(ctx, &round, ctx.now),
        }
    }
}

/// Asks to be woken when a round is due next after a moment.
fn plan(ctx: &mut Context<'_, '_>, round: &Round, after: Millis) {
    let Some(at) = schedule::next(ctx, &round.when, after) else {
        return ctx.delete::<Planned>(&round.name);
    };
    let when = round.when.clone();
    ctx.put(&round.name, &Planned { when, at });
    wake(ctx, round, at);
}

fn wake(ctx: &mut Context<'_, '_>, round: &Round, at: Millis) {
    let id = format!("{DUE}.{}", round.name);
    ctx.wake_at(at, &id, &format!("{DUE} {}", round.name));
}

/// A round is due, if it still is one.
pub fn due(ctx: &mut Context<'_, '_>, name: &str, due: Millis) {
    let planned = ctx.get::<Planned>(name);
    if planned.is_none_or(|planned| planned.at != due) {
        return;
    }
    let Some(round) = named(ctx, name) else {
        return ctx.delete::<Planned>(name);
    };
    tell(ctx, &round, due);
    match schedule::next(ctx, &round.when, due) {
        Some(next) if next.plus(round.within_ms) <= ctx.now.plus(-log::TOLD_MS) => {
            plan(ctx, &round, ctx.now.plus(-log::TOLD_MS));
        }
        _ => plan(ctx, &round, due),
    }
}

/// Opens the ticket of one time, or says that it was slept through; of several times only the last is told.
fn tell(ctx: &mut Context<'_, '_>, round: &Round, due: Millis) {
    // A clock that was set back comes to it twice.
    if ticket::is_known(ctx, round, due) {
        return;
    }
    if due.plus(round.within_ms) > ctx.now {
        return ticket::open(ctx, round, due);
    }
    log::note(ctx, &round.name, due, None, Outcome::Missed);
    let next = schedule::next(ctx, &round.when, due);
    if next.is_none_or(|next| next.plus(round.within_ms) > ctx.now) {
        ticket::slept(ctx, &round.name, due);
    }
}
