//! What must be so of rounds: each time that one was due is one ticket or is told as slept through, and how it ended is noted.

use std::collections::BTreeMap;

use linli::{
    domain::{
        ids::{DAY_MS, HOUR_MS, Millis},
        limits,
    },
    features::tickets::{
        rounds::{Entry, Log, Outcome},
        state::State,
    },
};
use serde_json::{Value, json};

use super::{Tale, Told, histories::Story};
use crate::fake::estate;

/// One that is due at these hours of the day, and may be done for so long.
struct Due {
    name: &'static str,
    hours: &'static [i64],
    within: i64,
}

const ROUNDS: [Due; 2] = [
    Due {
        name: "电梯巡检",
        hours: &[9],
        within: 8,
    },
    Due {
        name: "门岗检查",
        hours: &[4, 12, 20],
        within: 4,
    },
];

/// The same as the configuration has it.
pub fn section() -> Value {
    json!([
        {"name": "电梯巡检", "when": "0 9 * * *", "trade": "plumbing", "within": "8h",
            "steps": ["机房温度", "轿厢照明", "应急电话"]},
        {"name": "门岗检查", "when": "0 4-20/8 * * *", "trade": "security", "within": "4h", "steps": ["门禁", "道闸"]},
    ])
}

impl Due {
    /// Every moment at which it was due until now.
    fn moments(&self, now: Millis) -> Vec<Millis> {
        let midnight = estate::START_MS - (estate::START_MS + 8 * HOUR_MS).rem_euclid(DAY_MS);
        let days = (now.0 - midnight) / DAY_MS;
        let all = (0..=days).flat_map(|day| {
            self.hours
                .iter()
                .map(move |hour| Millis(midnight + day * DAY_MS + hour * HOUR_MS))
        });
        all.filter(|due| due.0 > estate::START_MS && *due <= now)
            .collect()
    }
}

impl Tale {
    pub(super) fn rounds(&self, stories: &[Story], told: &mut Told) -> Result<(), String> {
        for round in &ROUNDS {
            self.one_round(round, stories, told)?;
        }
        Ok(())
    }

    fn one_round(&self, round: &Due, stories: &[Story], told: &mut Told) -> Result<(), String> {
        let name = round.name;
        let mut tickets = BTreeMap::new();
        for story in stories {
            let of = story.ticket.round.as_ref();
            if let Some(of) = of.filter(|of| of.name == name) {
                let twice = tickets.insert(of.due, story);
                must!(twice.is_none(), "{name} has two tickets of {:?}", of.due);
            }
        }
        let logs: Vec<Log> = self.scene.kept(name);
        let log = logs.into_iter().next().unwrap_or_default().0;
        let now = self.scene.robot.clock;
        let all = round.moments(now);
        let is_over = |due: &Millis| {
            let ended = tickets
                .get(due)
                .is_some_and(|story| !story.ticket.state.is_open());
            ended || due.plus(round.within * HOUR_MS) <= now
        };
        // Opened again, it has time of its own.
        let is_again = |due: &Millis| {
            let ticket = tickets.get(due).map(|story| &story.ticket);
            ticket.is_some_and(|ticket| {
                let of = ticket.round.as_ref();
                ticket.state.is_open() && of.is_some_and(|of| of.until > now)
            })
        };
        let is_ended = |due: &Millis| is_over(due) && !is_again(due);
        let over: Vec<Millis> = all.iter().copied().filter(is_ended).collect();
        let noted: Vec<Millis> = log
            .iter()
            .map(|entry| entry.due)
            .filter(|due| !is_again(due))
            .collect();
        // Only so many are kept.
        let spare = over.len().saturating_sub(noted.len());
        let is_full = log.len() == limits::ROUND_LOG_MAX;
        let over = &over[if is_full { spare } else { 0 }..];
        must!(
            over == noted,
            "{name} was over at {over:?}, and noted at {noted:?}"
        );
        let kept = log.first().filter(|_| is_full).map(|first| first.due);
        for due in all
            .iter()
            .filter(|due| kept.is_none_or(|first| **due >= first))
        {
            let slept = log
                .iter()
                .any(|entry| entry.due == *due && entry.no.is_none());
            must!(
                slept != tickets.contains_key(due),
                "{name} at {due:?}: slept through is {slept}"
            );
        }
        for entry in log.iter().filter(|entry| !is_again(&entry.due)) {
            one_entry(name, entry, tickets.get(&entry.due).copied(), told)?;
        }
        Ok(())
    }
}

/// How one time ended.
fn one_entry(
    name: &str,
    entry: &Entry,
    story: Option<&Story>,
    told: &mut Told,
) -> Result<(), String> {
    let Some(story) = story else {
        must!(
            entry.outcome == Outcome::Missed,
            "{name} was slept through, and is {entry:?}"
        );
        told.rounds[3] += 1;
        return Ok(());
    };
    let ticket = &story.ticket;
    let of = ticket.round.as_ref().expect("a round");
    let (at, is_so) = match entry.outcome {
        Outcome::Done => {
            let left = of.steps.iter().filter(|part| part.by.is_none()).count();
            (0, ticket.state == State::Confirmed && left == 0)
        }
        Outcome::Missed => (1, ticket.state == State::Cancelled && of.missed),
        Outcome::Skipped => (2, ticket.state == State::Declined),
    };
    must!(
        is_so,
        "{name}: {entry:?}, but #{} is {:?}",
        ticket.no,
        ticket.state
    );
    told.rounds[at] += 1;
    Ok(())
}
