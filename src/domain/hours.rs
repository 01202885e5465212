//! When people work: hours of the week, of single days, and days off. Nothing in this file does IO.

use std::fmt;

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use opening_hours::{Context, DateTimeRange, OpeningHours, RuleKind, localization::TzLocation};

use super::ids::Millis;

/// How far it is looked ahead for the next hours.
const HORIZON: TimeDelta = TimeDelta::days(400);

/// Hours of work in a time zone, written as `OpenStreetMap` writes opening hours (its wiki, "Key:opening_hours"):
/// `Mo-Fr 08:00-12:00,13:30-18:00; Sa 09:00-12:00; 2026 Oct 01-07 off`.
#[derive(Clone)]
pub struct Hours {
    written: String,
    zone: Tz,
    /// None: round the clock.
    open: Option<OpeningHours<TzLocation<Tz>>>,
}

impl Hours {
    /// Reads hours.
    ///
    /// # Errors
    /// Where they are not written so; says what is wrong and how they are written.
    pub fn read(written: &str, zone: Tz) -> Result<Self, String> {
        let hours: OpeningHours = written.parse().map_err(|_| {
            format!(
                "'{written}' are no hours: write them like \"Mo-Fr 08:00-12:00,13:30-18:00; Sa 09:00-12:00\" or \"24/7\", \
                 days off behind them like \"2026 Oct 01-07 off\""
            )
        })?;
        let context = Context::default().with_locale(TzLocation::new(zone));
        Ok(Self {
            written: written.to_owned(),
            zone,
            open: Some(hours.with_context(context)),
        })
    }

    /// Round the clock.
    #[must_use]
    pub fn always(zone: Tz) -> Self {
        Self {
            written: "24/7".to_owned(),
            zone,
            open: None,
        }
    }

    /// Whether a moment lies within them.
    #[must_use]
    pub fn hold(&self, at: Millis) -> bool {
        let Some(hours) = &self.open else {
            return true;
        };
        self.local(at).is_some_and(|at| hours.is_open(at))
    }

    /// The moment at which so many milliseconds of them have passed since `from`; with none, the first one that lies
    /// within them. None where that is more than a year away.
    #[must_use]
    pub fn after(&self, from: Millis, ms: i64) -> Option<Millis> {
        let Some(hours) = &self.open else {
            return Some(from.plus(ms));
        };
        let begin = self.local(from)?;
        let mut left = TimeDelta::milliseconds(ms);
        let all = hours.iter_range(begin, begin + HORIZON);
        let open = all.filter(|range| range.kind == RuleKind::Open);
        for DateTimeRange { range, .. } in open {
            let lasts = range.end - range.start;
            if left < lasts {
                return Some(Millis((range.start + left).timestamp_millis()));
            }
            left -= lasts;
        }
        None
    }

    /// How much of them lies between two moments, in milliseconds.
    #[must_use]
    pub fn between(&self, from: Millis, until: Millis) -> i64 {
        let Some(hours) = &self.open else {
            return until.since(from).max(0);
        };
        let (Some(begin), Some(end)) = (self.local(from), self.local(until)) else {
            return 0;
        };
        let all = hours.iter_range(begin, end);
        let open = all.filter(|range| range.kind == RuleKind::Open);
        open.map(|DateTimeRange { range, .. }| (range.end - range.start).num_milliseconds())
            .sum()
    }

    fn local(&self, at: Millis) -> Option<DateTime<Tz>> {
        let at = Utc.timestamp_millis_opt(at.0).single()?;
        Some(at.with_timezone(&self.zone))
    }
}

impl PartialEq for Hours {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written && self.zone == other.zone
    }
}

impl Eq for Hours {}

impl fmt::Debug for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::{Asia::Shanghai, Europe::Berlin};

    use super::*;
    use crate::domain::ids::{HOUR_MS, MINUTE_MS};

    fn hours(written: &str, zone: Tz) -> Hours {
        Hours::read(written, zone).unwrap()
    }

    fn moment(text: &str) -> Millis {
        Millis(
            DateTime::parse_from_rfc3339(text)
                .unwrap()
                .timestamp_millis(),
        )
    }

    #[test]
    fn a_quarter_of_an_hour_goes_on_behind_the_noon_break_the_night_and_the_holidays() {
        let work = hours(
            "Mo-Fr 08:00-12:00,13:30-18:00; 2026 Oct 01-07 off; 2026 Oct 10 08:00-18:00",
            Shanghai,
        );
        for (from, due) in [
            ("2026-09-28T09:00:00+08:00", "2026-09-28T09:15:00+08:00"),
            ("2026-09-28T11:50:00+08:00", "2026-09-28T13:35:00+08:00"),
            ("2026-09-28T03:00:00+08:00", "2026-09-28T08:15:00+08:00"),
            ("2026-09-30T17:55:00+08:00", "2026-10-08T08:10:00+08:00"),
            ("2026-10-09T17:50:00+08:00", "2026-10-10T08:05:00+08:00"),
            ("2026-10-09T17:45:00+08:00", "2026-10-10T08:00:00+08:00"),
        ] {
            let due = moment(due);
            assert_eq!(
                work.after(moment(from), 15 * MINUTE_MS),
                Some(due),
                "{from}"
            );
        }
        assert!(!work.hold(moment("2026-10-01T10:00:00+08:00")));
        assert!(work.hold(moment("2026-10-10T10:00:00+08:00")));
    }

    #[test]
    fn nights_pass_midnight_and_a_clock_that_is_set_forward() {
        let night = hours("Mo-Su 22:00-06:00", Berlin);
        assert!(night.hold(moment("2026-03-28T23:00:00+01:00")));
        assert!(!night.hold(moment("2026-03-29T06:00:00+02:00")));
        // In that night the hour from two to three is missing.
        let due = night.after(moment("2026-03-28T22:00:00+01:00"), 6 * HOUR_MS);
        assert_eq!(due, Some(moment("2026-03-29T05:00:00+02:00")));
    }

    #[test]
    fn what_is_written_otherwise_is_told() {
        for wrong in ["nine to five", "Mo-Fr 8-25", "", "周一至周五 8:00-18:00"] {
            let told = Hours::read(wrong, Shanghai).unwrap_err();
            assert!(
                told.contains(wrong) && told.contains("Mo-Fr 08:00"),
                "{told}"
            );
        }
        assert!(hours("24/7", Shanghai).hold(Millis(0)));
        assert_eq!(
            hours("2020 Jan 01 08:00-09:00", Shanghai).after(moment("2026-01-01T00:00:00Z"), 0),
            None
        );
    }

    /// Minute by minute it comes to the same.
    #[test]
    fn what_lies_between_is_as_long_as_was_asked_for() {
        let work = hours("Mo-Fr 08:00-12:00,13:30-18:00; Sa 22:00-02:00", Berlin);
        let begin = moment("2026-03-01T00:00:00Z");
        for at in 0..60 {
            let from = begin.plus(at * 1_055 * MINUTE_MS);
            let minutes = 1 + at * 37 % 2_000;
            let due = work.after(from, minutes * MINUTE_MS).unwrap();
            let between = (0..).map(|minute| from.plus(minute * MINUTE_MS));
            let between = between.take_while(|at| *at < due);
            let held = between.filter(|at| work.hold(*at)).count();
            assert_eq!(i64::try_from(held).unwrap(), minutes, "from {from:?}");
            assert_eq!(work.between(from, due), minutes * MINUTE_MS);
            assert_eq!(work.between(due, from), 0);
        }
    }
}
