//! Days: 明天, 下周三, 10月3日, 8号.

use chrono::{Datelike, Months, NaiveDate};

use super::{
    pattern::{AFTER_DAY, CALENDAR, DATES, DAY_NUMBER, find, fits},
    phrase::trail,
    plain::{group, index, is_numeral, later, number, word},
    tense::Tense,
    words::{FRACTIONS, HOUSE_AFTER, MONTHS, SHIFTS, WEEKDAYS},
};

/// Days that words name.
#[derive(Clone, Copy)]
pub(super) enum Day {
    /// So many days ahead.
    Ahead(i64),
    /// How many weeks ahead, if that is told, and the first and the last day, Monday being 0.
    Week(Option<i64>, i64, i64),
    /// The same for a month, its first day being 0; from the month's end where negative.
    Month(Option<i64>, i64, i64),
    /// A year, a month and a day.
    Date(Option<i64>, i64, i64),
}

/// The day that starts at a byte.
pub(super) fn day(text: &str, at: usize) -> Option<(Day, usize)> {
    date(text, at)
        .or_else(|| day_number(text, at))
        .or_else(|| calendar(text, at))
}

/// A day with its month: 10月3日, `10-03`, `Oct 3`.
pub(super) fn date(text: &str, at: usize) -> Option<(Day, usize)> {
    let rest = &text[at..];
    let found = DATES.iter().find_map(|pattern| pattern.captures(rest))?;
    let end = at + found.name("end")?.start();
    let number = |name| group(&found, &[name]).and_then(number);
    let month = match group(&found, &["mon"]) {
        Some("may") if text[end..].starts_with(" be") => return None,
        Some(name) => index(MONTHS, name)? + 1,
        None => number("m")?,
    };
    let day = Day::Date(number("y"), month, number("d")?);
    let said = &text[at..end];
    let is_other = FRACTIONS.contains(&said) || said.contains('-') && is_house(&text[..at]);
    (!is_other).then_some((day, end))
}

pub(super) fn is_house(before: &str) -> bool {
    before.ends_with(|c| HOUSE_AFTER.contains(c))
}

/// A day by its number alone: 8号.
pub(super) fn day_number(text: &str, at: usize) -> Option<(Day, usize)> {
    let found = find(&DAY_NUMBER, &text[at..])?;
    let end = at + found.get_match().len();
    let is_day = fits(&AFTER_DAY, &text[end..]) || trail(text, end).is_some();
    let is_house = is_house(text[..at].trim_end_matches('在'));
    let day = number(group(&found, &["d"])?)? - 1;
    (is_day && !is_house && day >= 0).then_some((Day::Month(None, day, day), end))
}

/// Days by their place in a week or a month: 下周三, 周末, 月底, `next week`.
pub(super) fn calendar(text: &str, at: usize) -> Option<(Day, usize)> {
    let found = find(&CALENDAR, &text[at..])?;
    let (before, end) = (&text[..at], at + found.get_match().len());
    let shift = group(&found, &["shift"]).map_or("", str::trim_end);
    let ahead = word(shift, 0, SHIFTS).map(|(ahead, _)| ahead);
    let is_end = shift.starts_with("end");
    let name = group(&found, &["han", "latin", "month"]).unwrap_or("week");
    // 一周一次 is how often, 5月底 the end of another month, and `the sun` no day.
    if ahead.is_none() && before.ends_with(is_numeral)
        || is_end && name != "month"
        || text[end..].starts_with(['次', '趟', '回'])
        || matches!(name, "sat" | "sun")
            && ["he ", "we ", "i ", "they ", "it "]
                .iter()
                .any(|word| before.ends_with(word))
    {
        return None;
    }
    let day = match name {
        "week" => Day::Week(Some(ahead?), 0, 6),
        "末" | "weekend" => Day::Week(ahead, 5, 6),
        "month" | "月" => match group(&found, &["d", "end"]) {
            Some("底" | "末") => Day::Month(ahead.or(Some(0)), -3, -1),
            Some(day) => Day::Month(Some(ahead?), number(day)? - 1, number(day)? - 1),
            None if is_end => Day::Month(ahead, -3, -1),
            None => Day::Month(Some(ahead?), 0, -1),
        },
        _ => {
            let day = index(WEEKDAYS, name)? % 7;
            Day::Week(ahead.filter(|_| shift != "this"), day, day)
        }
    };
    Some((day, end))
}

impl Day {
    /// The first and the last dates that it can mean, the earliest first.
    pub(super) fn dates(
        self,
        tense: Tense,
        today: NaiveDate,
        after: NaiveDate,
    ) -> Vec<(NaiveDate, NaiveDate)> {
        let (told, more) = match self {
            Self::Ahead(_) => (Some(0), 0),
            // 周日晚上1点 is on Monday: until then the last was on the Monday before.
            Self::Week(week, ..) => (week, 2),
            Self::Month(month, ..) => (month, 12),
            // The next 29 February may be eight years away.
            Self::Date(year, ..) => (year.map(|year| year - i64::from(today.year())), 8),
        };
        let base = if told.is_some() { today } else { after };
        let steps = told.map_or_else(|| tense.steps(more), |told| told..=told);
        steps.filter_map(|step| self.in_step(base, step)).collect()
    }

    /// The dates in the week, month or year so many after that of a day.
    fn in_step(self, base: NaiveDate, step: i64) -> Option<(NaiveDate, NaiveDate)> {
        let both = |start, first, last| Some((later(start, first)?, later(start, last)?));
        match self {
            Self::Ahead(days) => both(base, days, days),
            Self::Week(_, first, last) => {
                let monday = step * 7 - i64::from(base.weekday().num_days_from_monday());
                both(base, monday + first, monday + last)
            }
            Self::Month(_, first, last) => {
                let months = Months::new(u32::try_from(step.unsigned_abs()).ok()?);
                let start = if step < 0 {
                    base.with_day(1)?.checked_sub_months(months)?
                } else {
                    base.with_day(1)?.checked_add_months(months)?
                };
                let length = i64::from(start.num_days_in_month());
                let day = |day: i64| if day < 0 { day + length } else { day };
                both(start, day(first), day(last)).filter(|_| first < length)
            }
            Self::Date(_, month, day) => {
                let year = i32::try_from(i64::from(base.year()) + step).ok()?;
                let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
                let date = NaiveDate::from_ymd_opt(year, month, day)?;
                Some((date, date))
            }
        }
    }
}
