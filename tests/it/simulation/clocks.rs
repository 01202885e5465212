//! The clocks of a ticket, told once more in plain rules: what sets them going, what stops them, and when staff are called.

use std::collections::BTreeMap;

use linli::domain::ids::{DAY_MS, HOUR_MS, MINUTE_MS, Millis};

use super::rules::Stand;

/// When it opens and closes in Shanghai, in hours; that is eight hours ahead of Greenwich all year.
#[derive(Clone, Copy)]
struct Daily(i64, i64);

const WORK: Daily = Daily(8, 20);
const WAKING: Daily = Daily(8, 22);

impl Daily {
    /// When so much of it has passed.
    fn after(self, now: Millis, mut ms: i64) -> Millis {
        let Self(opens, closes) = self;
        let midnight = Millis(now.0 - (now.0 + 8 * HOUR_MS).rem_euclid(DAY_MS));
        let mut at = now.max(midnight.plus(opens * HOUR_MS));
        for day in 0.. {
            let ends = midnight.plus(day * DAY_MS + closes * HOUR_MS);
            let left = ends.since(at);
            if ms < left {
                return at.plus(ms);
            }
            ms -= left.max(0);
            at = midnight.plus((day + 1) * DAY_MS + opens * HOUR_MS);
        }
        at
    }

    fn holds(self, now: Millis) -> bool {
        self.after(now, 0) == now
    }
}

/// The first moment from then on at which people are awake.
pub fn awake(from: Millis) -> Millis {
    WAKING.after(from, 0)
}

/// What is asked at a moment of a ticket.
#[derive(Clone, Copy)]
pub struct Facts {
    pub danger: bool,
    pub has_worker: bool,
    pub open: bool,
}

/// What one ticket's clocks have heard.
#[derive(Clone, Debug)]
pub struct Clocks {
    asked: Option<Millis>,
    runs: Vec<(Millis, Option<Millis>)>,
    idle: Option<Millis>,
    /// How often staff were called for each, and when last.
    calls: BTreeMap<&'static str, (i64, Millis)>,
    /// How often altogether.
    pub called: usize,
}

/// Six parts of ten of the time are over when the first are called.
fn warned(ms: i64) -> i64 {
    ms * 6 / 10
}

impl Clocks {
    pub fn opened(now: Millis) -> Self {
        Self {
            asked: Some(now),
            runs: vec![(now, None)],
            idle: None,
            calls: BTreeMap::new(),
            called: 0,
        }
    }

    /// How long after a report nothing can be due.
    pub fn quiet(danger: bool) -> i64 {
        if danger { 3 * MINUTE_MS } else { 9 * MINUTE_MS }
    }

    pub fn step(&mut self, does: &str, stand: Stand, now: Millis) {
        if ["reopen", "unmerge"].contains(&does) {
            let called = self.called;
            *self = Self::opened(now);
            self.called = called;
            return;
        }
        let runs = stand.is_open() && !matches!(stand, Stand::Asked | Stand::PutOff);
        let last = self.runs.last_mut().expect("it was opened");
        match (runs, last.1) {
            (true, Some(_)) if does == "undone" => last.1 = None,
            (true, Some(_)) => self.runs.push((now, None)),
            (false, None) => last.1 = Some(now),
            (false, Some(_)) if does == "done" => self.runs.push((now, Some(now))),
            (true, None) | (false, Some(_)) => {}
        }
        self.asked = (does == "unclaim").then_some(now);
        self.idle = ["claim", "assign"].contains(&does).then_some(now);
        if self.asked.is_some() {
            self.calls.remove("answer");
        }
        if self.idle.is_some() {
            self.calls.remove("claim");
        }
    }

    /// One of staff said or showed something, and not about their own report.
    pub fn word(&mut self, now: Millis) {
        self.asked = None;
        if self.idle.is_some() {
            self.idle = Some(now);
            self.calls.remove("claim");
        }
    }

    /// The next call, and what for.
    pub fn next(&self, facts: Facts, now: Millis) -> Option<(Millis, &'static str)> {
        let due = ["claim", "answer", "resolve"]
            .into_iter()
            .filter_map(|what| Some((self.due(what, facts, now)?, what)));
        due.min_by_key(|(due, _)| *due).filter(|_| facts.open)
    }

    fn due(&self, what: &str, facts: Facts, now: Millis) -> Option<Millis> {
        let (danger, calls) = (facts.danger, self.calls.get(what).copied());
        let in_work = |from: Millis, ms| {
            if danger {
                from.plus(ms)
            } else {
                WORK.after(from, ms)
            }
        };
        let (due, hours) = match what {
            "claim" => {
                let (idle, ms) = (
                    self.idle?,
                    if danger { 15 * MINUTE_MS } else { 12 * HOUR_MS },
                );
                let due = match calls {
                    None => in_work(idle, warned(ms)),
                    Some((_, last)) => in_work(idle, ms).max(in_work(last, ms - warned(ms))),
                };
                (due, WORK)
            }
            // For those in danger whom nobody has come to, there is the alarm.
            _ if danger && !facts.has_worker => return None,
            "answer" => {
                let (asked, ms) = (self.asked?, if danger { 5 } else { 15 } * MINUTE_MS);
                let at = |ms| Some(in_work(asked, ms));
                (
                    Self::ladder(calls, facts, ms, 15 * MINUTE_MS, in_work, at)?,
                    WORK,
                )
            }
            _ => {
                let at = |ms| self.ran(ms);
                let always = |from: Millis, ms| from.plus(ms);
                (
                    Self::ladder(calls, facts, DAY_MS, 4 * HOUR_MS, always, at)?,
                    WAKING,
                )
            }
        };
        if danger || due <= now && hours.holds(now) {
            Some(due)
        } else {
            Some(hours.after(due.max(now), 0))
        }
    }

    fn ladder(
        calls: Option<(i64, Millis)>,
        facts: Facts,
        ms: i64,
        step: i64,
        runs: impl Fn(Millis, i64) -> Millis,
        at: impl Fn(i64) -> Option<Millis>,
    ) -> Option<Millis> {
        let Some((done, last)) = calls else {
            return at(warned(ms));
        };
        let over = at(ms)?;
        // Trade, desk, managers and three times more; before them whoever has it.
        let most = if facts.has_worker { 7 } else { 6 };
        match done {
            1 => Some(over.max(runs(last, ms - warned(ms)))),
            done if done < most => {
                let after = |from: Millis, ms| {
                    if facts.danger {
                        from.plus(ms)
                    } else {
                        WORK.after(from, ms)
                    }
                };
                Some(after(over, (done - 1) * step).max(after(last, step)))
            }
            _ => None,
        }
    }

    /// When it had been to do for so long; None while it waits.
    fn ran(&self, ms: i64) -> Option<Millis> {
        let (last, before) = self.runs.split_last()?;
        let ran = before
            .iter()
            .map(|(from, until)| until.map_or(0, |until| until.since(*from).max(0)));
        let left = ms - ran.sum::<i64>();
        match last {
            (_, Some(_)) => None,
            (from, None) => Some(from.plus(left.max(0))),
        }
    }

    /// Staff are called: true where a claim is over.
    pub fn call(&mut self, what: &'static str, now: Millis) -> bool {
        let done = self.calls.get(what).map_or(0, |(done, _)| *done);
        if what == "claim" && done > 0 {
            return true;
        }
        self.calls.insert(what, (done + 1, now));
        self.called += 1;
        false
    }
}
