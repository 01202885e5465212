//! The time that figures are about, as people name it: a month or a week. Nothing in this file does IO.

use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveDateTime};

use crate::text::fold::Folded;

/// A month or a week of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub kind: Kind,
    /// Its first day.
    pub first: NaiveDate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Month,
    /// From Monday on.
    Week,
}

impl Period {
    /// The period that a text names on a day; nothing named is the month of that day. None where it names none that has
    /// begun.
    pub fn read(text: &str, today: NaiveDate) -> Option<Self> {
        let text = Folded::new(text);
        let month = Self::month_of(today)?;
        let week = Self::week_of(today)?;
        let found = match text.text().trim() {
            "" | "month" | "this month" | "本月" | "这个月" => month,
            "last" | "last month" | "上月" | "上个月" => month.before()?,
            "week" | "this week" | "本周" | "这周" => week,
            "last week" | "上周" => week.before()?,
            other => Self::named(other, today)?,
        };
        (found.first <= today).then_some(found)
    }

    /// `2026-11`, `2026年11月`, `11月`, `11`: without a year the last such month.
    fn named(text: &str, today: NaiveDate) -> Option<Self> {
        let numbers: Vec<u32> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().ok())
            .collect::<Option<_>>()?;
        let is_plain = text
            .chars()
            .all(|c| c.is_ascii_digit() || "-/. 年月".contains(c));
        let (year, month) = match numbers[..] {
            [month] => {
                let this = i32::from(month > today.month());
                (today.year() - this, month)
            }
            [year, month] => (i32::try_from(year).ok()?, month),
            _ => return None,
        };
        let first = NaiveDate::from_ymd_opt(year, month, 1).filter(|_| is_plain)?;
        Self::month_of(first)
    }

    fn month_of(day: NaiveDate) -> Option<Self> {
        Some(Self {
            kind: Kind::Month,
            first: day.with_day(1)?,
        })
    }

    /// The week that a day lies in.
    pub fn week_of(day: NaiveDate) -> Option<Self> {
        let since_monday = u64::from(day.weekday().num_days_from_monday());
        Some(Self {
            kind: Kind::Week,
            first: day.checked_sub_days(Days::new(since_monday))?,
        })
    }

    /// The one before.
    pub fn before(self) -> Option<Self> {
        let first = match self.kind {
            Kind::Month => self.first.checked_sub_months(Months::new(1)),
            Kind::Week => self.first.checked_sub_days(Days::new(7)),
        };
        Some(Self {
            first: first?,
            ..self
        })
    }

    /// The day after its last.
    pub fn end(self) -> Option<NaiveDate> {
        match self.kind {
            Kind::Month => self.first.checked_add_months(Months::new(1)),
            Kind::Week => self.first.checked_add_days(Days::new(7)),
        }
    }

    /// Its last day.
    pub fn last(self) -> Option<NaiveDate> {
        self.end()?.pred_opt()
    }
}

/// The beginning of a day.
pub fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(chrono::NaiveTime::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn periods_are_read_as_people_name_them() {
        let today = day("2026-03-04");
        for (text, first, last) in [
            ("", "2026-03-01", "2026-03-31"),
            ("本月", "2026-03-01", "2026-03-31"),
            ("上月", "2026-02-01", "2026-02-28"),
            ("Last Month", "2026-02-01", "2026-02-28"),
            ("2月", "2026-02-01", "2026-02-28"),
            ("11", "2025-11-01", "2025-11-30"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2025年12月", "2025-12-01", "2025-12-31"),
            ("week", "2026-03-02", "2026-03-08"),
            ("上周", "2026-02-23", "2026-03-01"),
        ] {
            let period = Period::read(text, today).unwrap();
            assert_eq!(
                (period.first, period.last()),
                (day(first), Some(day(last))),
                "{text}"
            );
        }
        for text in ["2026-04", "13月", "0", "yesterday", "2026-1-2", "3号楼"] {
            assert_eq!(Period::read(text, today), None, "{text}");
        }
    }
}
