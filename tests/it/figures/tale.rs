//! The other computation: how a ticket went, from its history alone.

use linli::domain::ids::{DAY_MS, HOUR_MS, MINUTE_MS, Millis};

use super::{
    NOW,
    export::{Exported, Line},
};

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Open, and it is staff's turn.
    Runs,
    /// Open, and others' turn.
    Waits,
    Done,
    Confirmed,
    Cancelled,
    Declined,
    Merged,
}

impl Stand {
    /// Where a step leads; None for what is no step.
    fn after(step: &str) -> Option<Self> {
        Some(match step {
            "claim" | "assign" | "unclaim" | "set-out" | "start" | "answer" | "resume"
            | "undone" | "reopen" | "unmerge" => Self::Runs,
            "ask-resident" | "put-off" => Self::Waits,
            "done" => Self::Done,
            "confirm" => Self::Confirmed,
            "cancel" => Self::Cancelled,
            "decline" => Self::Declined,
            "merge" => Self::Merged,
            _ => return None,
        })
    }

    pub fn is_open(self) -> bool {
        matches!(self, Self::Runs | Self::Waits)
    }

    pub fn is_finished(self) -> bool {
        matches!(self, Self::Done | Self::Confirmed)
    }

    /// Its name in the export, where it is closed.
    pub fn closed_name(self) -> Option<&'static str> {
        match self {
            Self::Runs | Self::Waits => None,
            Self::Done => Some("done"),
            Self::Confirmed => Some("confirmed"),
            Self::Cancelled => Some("cancelled"),
            Self::Declined => Some("declined"),
            Self::Merged => Some("merged"),
        }
    }
}

/// How a ticket went.
#[derive(Debug)]
pub struct Tale {
    pub opened: Millis,
    pub stand: Stand,
    pub answer_ms: Option<i64>,
    pub answer_in_time: Option<bool>,
    pub resolve_ms: Option<i64>,
    pub resolve_in_time: Option<bool>,
    pub was_done: bool,
    /// How often it was opened again after it was done.
    pub reopened: u64,
    pub has_waited: bool,
    pub stars: Option<u64>,
}

/// What is promised: the time, and whether it passes in the hours of work only.
#[derive(Clone, Copy)]
struct Promise {
    answer_ms: i64,
    in_hours: bool,
    resolve_ms: i64,
}

impl Promise {
    fn of(urgency: &str) -> Self {
        let (answer_ms, in_hours, resolve_ms) = match urgency {
            "P0" => (5 * MINUTE_MS, false, DAY_MS),
            "P1" | "P2" => (15 * MINUTE_MS, true, DAY_MS),
            "P3" => (12 * HOUR_MS, true, 7 * DAY_MS),
            other => panic!("no urgency is called {other}"),
        };
        Self {
            answer_ms,
            in_hours,
            resolve_ms,
        }
    }

    fn answer_took(self, from: i64, until: i64) -> i64 {
        if self.in_hours {
            worked(from, until)
        } else {
            until - from
        }
    }
}

/// How much time between two moments lies in the hours of work, from eight to twenty each day.
pub fn worked(from: i64, until: i64) -> i64 {
    let day = |at: i64| (at + 8 * HOUR_MS).div_euclid(DAY_MS);
    let on = |day: i64| {
        let midnight = day * DAY_MS - 8 * HOUR_MS;
        let begins = from.max(midnight + 8 * HOUR_MS);
        let ends = until.min(midnight + 20 * HOUR_MS);
        (ends - begins).max(0)
    };
    (day(from)..=day(until)).map(on).sum()
}

impl Exported {
    pub fn told(&self) -> Tale {
        let promise = Promise::of(self.column("urgency").expect("an urgency"));
        let opened = self.lines.first().filter(|line| line.what == "opened");
        let opened = opened.expect("a beginning").at;
        let mut tale = Tale {
            opened: Millis(opened),
            stand: Stand::Runs,
            answer_ms: None,
            answer_in_time: None,
            resolve_ms: None,
            resolve_in_time: None,
            was_done: false,
            reopened: 0,
            has_waited: false,
            stars: None,
        };
        for line in &self.lines {
            tale.hear(line);
        }
        let answered = self.lines.iter().find(|line| is_answer(line));
        let took = promise.answer_took(opened, answered.map_or(NOW.0, |line| line.at));
        let is_over = took > promise.answer_ms;
        if answered.is_some() {
            tale.answer_ms = Some(took);
            tale.answer_in_time = Some(!is_over);
        } else if tale.stand.is_open() && is_over {
            tale.answer_in_time = Some(false);
        }
        let ran = ran_ms(opened, &self.lines);
        let is_over = ran > promise.resolve_ms;
        if tale.stand.is_finished() {
            tale.resolve_ms = Some(ran);
            tale.resolve_in_time = Some(!is_over);
        } else if tale.stand.is_open() && is_over {
            tale.resolve_in_time = Some(false);
        }
        tale
    }
}

impl Tale {
    fn hear(&mut self, line: &Line) {
        if line.what == "rated" {
            self.stars = line.stars;
        }
        let Some(stand) = Stand::after(&line.what) else {
            return;
        };
        if line.what == "reopen" && self.stand.is_finished() {
            self.reopened += 1;
        }
        self.was_done |= stand.is_finished();
        self.has_waited |= stand == Stand::Waits;
        self.stand = stand;
    }
}

/// Whether a line answers the reporter: a step of staff, or what they say or show of somebody else's report.
fn is_answer(line: &Line) -> bool {
    let is_step = Stand::after(&line.what).is_some();
    let is_word = matches!(
        line.what.as_str(),
        "said" | "showed" | "withdrawn" | "promised"
    );
    line.by == "staff" && (is_step || is_word && !line.by_reporter)
}

/// How long it was staff's turn, until it was last done or until now.
fn ran_ms(opened: i64, lines: &[Line]) -> i64 {
    let mut stretches = vec![(opened, None)];
    for line in lines {
        let Some(stand) = Stand::after(&line.what) else {
            continue;
        };
        let running = stretches.last_mut().filter(|(_, ended)| ended.is_none());
        match (stand == Stand::Runs, running) {
            (true, Some(_)) => {}
            (true, None) if line.what == "undone" => {
                stretches.last_mut().expect("the one that was done").1 = None;
            }
            (true, None) => stretches.push((line.at, None)),
            (false, Some((_, ended))) => *ended = Some(line.at),
            (false, None) if line.what == "done" => stretches.push((line.at, Some(line.at))),
            (false, None) => {}
        }
    }
    let stretches = stretches.into_iter();
    stretches
        .map(|(began, ended)| ended.unwrap_or(NOW.0) - began)
        .sum()
}
