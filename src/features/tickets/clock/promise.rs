//! What is promised to residents: how soon they are answered and how soon it is mended, and who is called when that is
//! about to be broken.
// Nothing in this file does IO.

use serde::Deserialize;

use crate::{
    domain::{
        hours::Hours,
        ids::{DAY_MS, HOUR_MS, MINUTE_MS, Millis},
    },
    text::{
        matter::{Matter, Trade, Urgency},
        span::{self, Span},
        tags::Category,
    },
};

/// A length of time, in hours of work or round the clock: `15m work`, `24h`, `never`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Time {
    /// 0: without an end.
    pub ms: i64,
    pub work: bool,
}

impl Time {
    const fn of_work(ms: i64) -> Self {
        Self { ms, work: true }
    }

    pub const fn always(ms: i64) -> Self {
        Self { ms, work: false }
    }

    /// The hours that it runs in.
    pub fn hours<'h>(&self, work: &'h Hours, always: &'h Hours) -> &'h Hours {
        if self.work { work } else { always }
    }
}

impl TryFrom<String> for Time {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "never" {
            return Ok(Self::always(0));
        }
        let (length, work) = match text.strip_suffix("work") {
            Some(length) => (length, true),
            None => (text.as_str(), false),
        };
        match span::config(length) {
            Ok(Span::For(ms)) => Ok(Self { ms, work }),
            Ok(Span::Forever) => Err(format!("'{text}': write \"never\" for no limit")),
            Err(why) => Err(format!(
                "{why}, with \" work\" behind it where only hours of work count, or \"never\""
            )),
        }
    }
}

/// What is promised for tickets of a kind. What is left out is taken from the next that fits, and at last from linli's own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Target {
    pub urgency: Option<Urgency>,
    pub category: Option<Category>,
    pub trade: Option<Trade>,
    /// Until somebody of staff has claimed or answered it.
    pub answer: Option<Time>,
    /// Until it is done.
    pub resolve: Option<Time>,
    /// Until whoever claimed it has done something about it.
    pub claim: Option<Time>,
}

impl Target {
    fn fits(&self, matter: &Matter, category: Option<Category>) -> bool {
        self.urgency.is_none_or(|urgency| urgency == matter.urgency)
            && self.trade.is_none_or(|trade| trade == matter.trade)
            && (self.category.is_none() || self.category == category)
    }
}

/// How staff are called when a promise is about to be broken.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Escalation {
    /// The part of the time, in percent, after which the first are called.
    pub warn_percent: u32,
    /// Between the calls after the time for an answer.
    pub answer_step: Time,
    /// Between the calls after the time to mend it.
    pub resolve_step: Time,
    /// How often the last are called again.
    pub repeats: u32,
}

impl Default for Escalation {
    fn default() -> Self {
        Self {
            warn_percent: 60,
            answer_step: Time::of_work(15 * MINUTE_MS),
            resolve_step: Time::of_work(4 * HOUR_MS),
            repeats: 3,
        }
    }
}

/// What is promised for one ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    pub answer: Time,
    pub resolve: Time,
    pub claim: Time,
}

impl Promise {
    /// What is promised for such a ticket.
    pub fn of(targets: &[Target], matter: &Matter, category: Option<Category>) -> Self {
        let usual = Self::usual(matter.urgency);
        let fitting = || targets.iter().filter(|of| of.fits(matter, category));
        Self {
            answer: fitting().find_map(|of| of.answer).unwrap_or(usual.answer),
            resolve: fitting().find_map(|of| of.resolve).unwrap_or(usual.resolve),
            claim: fitting().find_map(|of| of.claim).unwrap_or(usual.claim),
        }
    }

    /// What is usual. A first answer within a quarter of an hour, and repairs within a day, are what the best property
    /// services promise; people in danger wait for no opening hours.
    fn usual(urgency: Urgency) -> Self {
        let day = Time::always(DAY_MS);
        let quarter = Time::of_work(15 * MINUTE_MS);
        match urgency {
            Urgency::P0 => Self {
                answer: Time::always(5 * MINUTE_MS),
                resolve: day,
                claim: Time::always(15 * MINUTE_MS),
            },
            Urgency::P1 => Self {
                answer: quarter,
                resolve: day,
                claim: Time::of_work(HOUR_MS),
            },
            Urgency::P2 => Self {
                answer: quarter,
                resolve: day,
                claim: Time::of_work(12 * HOUR_MS),
            },
            // A working day of twelve hours.
            Urgency::P3 => Self {
                answer: Time::of_work(12 * HOUR_MS),
                resolve: Time::always(7 * DAY_MS),
                claim: Time::of_work(36 * HOUR_MS),
            },
        }
    }

    /// No call is due sooner than so many milliseconds after anything that sets a clock going.
    pub fn soonest(&self, escalation: &Escalation) -> Option<i64> {
        let times = [self.answer, self.resolve, self.claim];
        let warnings = times.iter().filter(|time| time.ms > 0);
        warnings.map(|time| escalation.warns_after(*time)).min()
    }
}

impl Escalation {
    /// How long before the first call, in milliseconds.
    pub fn warns_after(&self, time: Time) -> i64 {
        time.ms * i64::from(self.warn_percent.min(100)) / 100
    }
}

/// Stretches of time during which a clock has run, the last perhaps still.
pub type Runs = [(Millis, Option<Millis>)];

/// When a clock that has run so shows `ms`; None where it stands still, or that is more than a year away.
pub fn shows(runs: &Runs, hours: &Hours, ms: i64) -> Option<Millis> {
    let (last, before) = runs.split_last()?;
    let ran = before
        .iter()
        .filter_map(|(from, until)| Some(hours.between(*from, (*until)?)));
    let left = ms - ran.sum::<i64>();
    match last {
        (_, Some(_)) => None,
        // It was reached before.
        (from, None) if left <= 0 => Some(*from),
        (from, None) => hours.after(*from, left),
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;

    fn time(text: &str) -> Result<Time, String> {
        Time::try_from(text.to_owned())
    }

    #[test]
    fn times_are_read_as_they_are_written() {
        assert_eq!(time("15m work"), Ok(Time::of_work(15 * MINUTE_MS)));
        assert_eq!(time("24h"), Ok(Time::always(DAY_MS)));
        assert_eq!(time("never"), Ok(Time::always(0)));
        for wrong in ["15", "soon", "work", "forever", "15m at work"] {
            let told = time(wrong).unwrap_err();
            assert!(told.contains("never"), "{told}");
        }
    }

    #[test]
    fn what_is_promised_is_taken_from_the_first_that_says_it() {
        let matter = Matter {
            urgency: Urgency::P2,
            trade: Trade::Lift,
            public: true,
            repeat: false,
        };
        let target = |text: &str| serde_json::from_str::<Target>(text).unwrap();
        let targets = [
            target(r#"{"trade": "plumbing", "answer": "1m"}"#),
            target(r#"{"trade": "lift", "answer": "10m"}"#),
            target(r#"{"urgency": "P2", "answer": "20m", "claim": "never"}"#),
            target(r#"{"category": "complaint", "resolve": "48h"}"#),
        ];
        let promise = Promise::of(&targets, &matter, Some(Category::Repair));
        assert_eq!(promise.answer, Time::always(10 * MINUTE_MS));
        assert_eq!(promise.claim, Time::always(0));
        assert_eq!(promise.resolve, Time::always(DAY_MS));
        let complaint = Promise::of(&targets, &matter, Some(Category::Complaint));
        assert_eq!(complaint.resolve, Time::always(2 * DAY_MS));
    }

    #[test]
    fn a_clock_that_stood_still_goes_on_to_the_second() {
        let at = |minutes: i64| Millis(minutes * MINUTE_MS);
        let always = Hours::always(Shanghai);
        let runs = [(at(0), Some(at(10))), (at(100), None)];
        assert_eq!(shows(&runs, &always, 15 * MINUTE_MS), Some(at(105)));
        assert_eq!(shows(&runs[..1], &always, 15 * MINUTE_MS), None);
        assert_eq!(shows(&runs, &always, 5 * MINUTE_MS), Some(at(100)));
        assert_eq!(shows(&[], &always, 0), None);
    }
}
