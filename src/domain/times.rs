//! Lengths of time and moments, as a community reads them. Nothing in this file does IO.

use chrono::{DateTime, NaiveDateTime, TimeZone as _};

use super::{
    context::Context,
    ids::Millis,
    speech::{Arg, Said},
};
use crate::text::{
    language::Language,
    span::{self, Span, Unit},
};

impl Context<'_, '_> {
    /// A length of time in words.
    #[must_use]
    pub fn length(&self, language: Language, span: Span) -> Said {
        let Span::For(ms) = span else {
            return self.say(language, "span-forever", &[]);
        };
        let parts = span::parts(ms).into_iter().map(|(count, unit)| {
            let key = match unit {
                Unit::Second => "span-seconds",
                Unit::Minute => "span-minutes",
                Unit::Hour => "span-hours",
                Unit::Day => "span-days",
                Unit::Year => "span-years",
            };
            self.say(language, key, &[("count", Arg::Number(count))])
        });
        Said::joined(language, parts)
    }

    /// A moment as the community's clocks show it.
    #[must_use]
    pub fn moment(&self, at: Millis) -> String {
        let there = self.local(at);
        there.map_or_else(String::new, |at| at.format("%m-%d %H:%M").to_string())
    }

    /// The first moment from this one on at which people may be told what can wait.
    #[must_use]
    pub fn awake(&self, from: Millis) -> Millis {
        self.community.waking.after(from, 0).unwrap_or(from)
    }

    /// The local time of a moment.
    #[must_use]
    pub fn local(&self, at: Millis) -> Option<NaiveDateTime> {
        let at = DateTime::from_timestamp_millis(at.0)?;
        Some(at.with_timezone(&self.community.timezone).naive_local())
    }

    /// The moment of a local time; where a clock that is set back shows it twice, the first, and where one that is set
    /// forward leaves it out, that of an hour later.
    #[must_use]
    pub fn at_local(&self, time: NaiveDateTime) -> Option<Millis> {
        let zone = &self.community.timezone;
        let found = zone.from_local_datetime(&time).earliest().or_else(|| {
            let later = time.checked_add_signed(chrono::TimeDelta::hours(1))?;
            zone.from_local_datetime(&later).earliest()
        });
        Some(Millis(found?.timestamp_millis()))
    }
}
