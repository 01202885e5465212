//! Lengths of time, as moderators type them and as people read them. Nothing here does IO.
//!
//! `2h`, `30 minutes`, `1h30m`, `1.5h`, 2小时, 一个半小时, 三天, 半个月, `forever`, 永久. A
//! month has 30 days and a year 365. The length must stand by itself: what runs on into the
//! next word is something else (2小时候, 3天花板, 30分公司), and so are dates (5月, 3日,
//! 2024年), flats (`3-2-501`), 十分 ("very"), `2 days ago`, and `100M` or `3D` in capitals.

mod read;
mod units;

#[cfg(test)]
mod tests;

use super::border;
use super::fold::Folded;

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;
const YEAR_MS: i64 = 365 * DAY_MS;

/// Lengths below the first are rounded to the second; what is longer, to days.
const STEPS: [(i64, i64); 4] = [
    (MINUTE_MS, SECOND_MS),
    (10 * MINUTE_MS, 10 * SECOND_MS),
    (DAY_MS, MINUTE_MS),
    (30 * DAY_MS, HOUR_MS),
];

/// The longest length that is counted. Whoever writes a longer one means that it shall not
/// end: 9999天 is a way to say forever.
pub const LONGEST_MS: i64 = 10 * YEAR_MS;

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// So many milliseconds: more than 0, at most [`LONGEST_MS`].
    For(i64),
    /// Without an end.
    Forever,
}

impl Span {
    /// The length in milliseconds, or nothing where it has no end.
    #[must_use]
    pub fn ms(self) -> Option<i64> {
        match self {
            Self::For(ms) => Some(ms),
            Self::Forever => None,
        }
    }
}

/// What a length is counted in when it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// 365 days.
    Year,
    /// 24 hours.
    Day,
    /// 60 minutes.
    Hour,
    /// 60 seconds.
    Minute,
    /// 1000 milliseconds.
    Second,
}

impl Unit {
    /// All units, the largest first.
    pub const ALL: [Self; 5] = [
        Self::Year,
        Self::Day,
        Self::Hour,
        Self::Minute,
        Self::Second,
    ];

    /// The length of one, in milliseconds.
    #[must_use]
    pub fn ms(self) -> i64 {
        match self {
            Self::Year => YEAR_MS,
            Self::Day => DAY_MS,
            Self::Hour => HOUR_MS,
            Self::Minute => MINUTE_MS,
            Self::Second => SECOND_MS,
        }
    }
}

/// The length of time at the start of a text, and what follows it: without the spaces,
/// stops and colons between the two. Nothing where the text starts with something else, or
/// where the length is zero. What is longer than [`LONGEST_MS`] is forever.
#[must_use]
pub fn leading(text: &str) -> Option<(Span, &str)> {
    let folded = Folded::new(text);
    let found = read::length(&folded)?;
    let span = match found.ms {
        None => Span::Forever,
        Some(ms) if ms > LONGEST_MS => Span::Forever,
        Some(ms) if ms > 0 => Span::For(ms),
        Some(_) => return None,
    };
    Some((span, border::rest(text, &folded, found.end)))
}

/// The length that a value of the configuration stands for. It may be written in any way
/// that [`leading`] reads, and nothing may follow it.
///
/// # Errors
///
/// A sentence that says what is wrong, with examples. Words for "not at all" (`never`, `0`)
/// are errors too: where they are allowed, the caller reads them first.
pub fn config(text: &str) -> Result<Span, String> {
    let shown = text.trim();
    let why = match leading(shown) {
        Some((span, "")) => return Ok(span),
        Some((_, rest)) => format!("'{rest}' does not belong to a length of time"),
        None if shown.is_empty() => "a length of time is missing".to_owned(),
        None if is_bare_number(shown) => format!("'{shown}' has no unit"),
        None => format!("'{shown}' is no length of time"),
    };
    Err(format!(
        "{why}; write one such as \"30m\", \"2h\", \"1h30m\", \"14d\" or \"forever\""
    ))
}

/// How a person would say a length: in one unit or two neighbouring ones, the larger first,
/// with what is too small to matter rounded away. Two and a half hours are 2 hours and
/// 30 minutes, 60 hours 2 days and 12 hours. Nothing where `ms` is zero or negative.
///
/// | length | rounded to |
/// |---|---|
/// | below a minute | seconds, at least one |
/// | below ten minutes | 10 seconds |
/// | below a day | minutes |
/// | below 30 days | hours |
/// | more | days |
#[must_use]
pub fn parts(ms: i64) -> Vec<(i64, Unit)> {
    if ms <= 0 {
        return Vec::new();
    }
    let rounded = round(ms);
    let Some(at) = Unit::ALL.iter().position(|unit| rounded >= unit.ms()) else {
        return vec![(1, Unit::Second)];
    };
    let largest = Unit::ALL[at];
    let mut said = vec![(rounded / largest.ms(), largest)];
    if let Some(next) = Unit::ALL.get(at + 1) {
        let count = rounded % largest.ms() / next.ms();
        if count > 0 {
            said.push((count, *next));
        }
    }
    said
}

/// The nearest length that is worth saying.
fn round(ms: i64) -> i64 {
    let step = STEPS
        .iter()
        .find(|(below, _)| ms < *below)
        .map_or(DAY_MS, |(_, step)| *step);
    let over = ms % step;
    let down = ms - over;
    if over * 2 >= step {
        down.saturating_add(step)
    } else {
        down
    }
}

fn is_bare_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit()) && text.bytes().any(|digit| digit != b'0')
}
