//! How rounds ended lately, for `!round` and the list of the week.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use crate::domain::{
    context::Context,
    ids::{DAY_MS, Millis, TicketNo},
    limits,
    record::Record,
    speech::{Arg, Said},
};

/// So far back is told what was missed while linli was down.
pub const TOLD_MS: i64 = 7 * DAY_MS;

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done,
    Missed,
    /// Staff have said why not.
    Skipped,
}

impl Outcome {
    pub fn sign(self) -> &'static str {
        match self {
            Self::Done => "✓",
            Self::Missed => "✗",
            Self::Skipped => "⏭",
        }
    }
}

/// One time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub due: Millis,
    /// None where linli was down when it was due.
    pub no: Option<TicketNo>,
    pub outcome: Outcome,
}

/// How a round ended, the newest last, by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log(pub Vec<Entry>);

impl Record for Log {
    const KIND: &'static str = "round_log";
}

/// Notes how a round ended; a later word on the same time counts.
pub fn note(
    ctx: &mut Context<'_, '_>,
    name: &str,
    due: Millis,
    no: Option<TicketNo>,
    outcome: Outcome,
) {
    let Log(mut entries) = ctx.get(name).unwrap_or_default();
    entries.retain(|entry| entry.due != due);
    entries.push(Entry { due, no, outcome });
    entries.sort_by_key(|entry| entry.due);
    let spare = entries.len().saturating_sub(limits::ROUND_LOG_MAX);
    entries.drain(..spare);
    ctx.put(name, &Log(entries));
}

/// What is known of a round.
pub fn of(ctx: &mut Context<'_, '_>, name: &str) -> Vec<Entry> {
    ctx.get::<Log>(name).unwrap_or_default().0
}

/// How all rounds of a time went, in one line; None where there was none.
pub fn summary(ctx: &mut Context<'_, '_>, from: Millis, until: Millis) -> Option<Said> {
    let mut counts = [0_i64; 3];
    let mut missed = Vec::new();
    for round in super::all(ctx) {
        let (entries, name) = (of(ctx, &round.name), round.name);
        let within = entries
            .iter()
            .filter(|entry| (from..until).contains(&entry.due));
        let mut times = 0;
        for entry in within {
            let at = match entry.outcome {
                Outcome::Done => 0,
                Outcome::Missed => 1,
                Outcome::Skipped => 2,
            };
            counts[at] += 1;
            times += usize::from(entry.outcome == Outcome::Missed);
        }
        match times {
            0 => {}
            1 => missed.push(name),
            more => missed.push(format!("{name} × {more}")),
        }
    }
    if counts == [0; 3] {
        return None;
    }
    let names = missed.join(", ");
    let args = [
        ("done", Arg::Number(counts[0])),
        ("missed", Arg::Number(counts[1])),
        ("skipped", Arg::Number(counts[2])),
        ("names", Arg::Text(&names)),
    ];
    let key = if names.is_empty() {
        "rounds-week"
    } else {
        "rounds-week-missed"
    };
    Some(ctx.say(ctx.community.language, key, &args))
}
