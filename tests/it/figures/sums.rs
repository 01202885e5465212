//! The figures of many tickets: shares, times and stars.

use linli::domain::ids::{HOUR_MS, MINUTE_MS};

use super::{
    export::Exported,
    tale::{Stand, Tale},
};

/// A ticket, and how it went.
pub type Both<'t> = (&'t Exported, &'t Tale);

/// So many of so many.
#[derive(Clone, Copy, Debug, Default)]
pub struct Share {
    part: usize,
    whole: usize,
}

impl Share {
    /// Those of them that are so.
    fn of(all: impl Iterator<Item = bool>) -> Self {
        let mut share = Self::default();
        for is_so in all {
            share.whole += 1;
            share.part += usize::from(is_so);
        }
        share
    }

    /// In percent, rounded half up.
    pub fn percent(self) -> Option<String> {
        let Self { part, whole } = self;
        let percent = (200 * part + whole).checked_div(2 * whole)?;
        Some(percent.to_string())
    }
}

/// Times that were measured, and how many of those that can be judged were kept.
#[derive(Debug)]
pub struct Timed {
    /// The shortest first.
    took: Vec<i64>,
    pub in_time: Share,
}

impl Timed {
    fn of(took: impl Iterator<Item = i64>, in_time: impl Iterator<Item = bool>) -> Self {
        let mut took: Vec<i64> = took.collect();
        took.sort_unstable();
        Self {
            took,
            in_time: Share::of(in_time),
        }
    }

    /// What so many percent did not exceed, in words.
    pub fn within(&self, percent: usize) -> Option<String> {
        let place = (self.took.len() * percent).div_ceil(100);
        let ms = self.took.get(place.checked_sub(1)?)?;
        Some(length(*ms))
    }
}

/// A length of time in words.
fn length(ms: i64) -> String {
    let nearest = |unit: i64| (ms + unit / 2) / unit * unit / MINUTE_MS;
    let minutes = if ms < 10 * HOUR_MS {
        nearest(MINUTE_MS).max(1)
    } else {
        nearest(HOUR_MS)
    };
    let parts = [
        (minutes / 1_440, "天"),
        (minutes / 60 % 24, "小时"),
        (minutes % 60, "分钟"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).take(2);
    parts
        .map(|(count, unit)| format!("{count}{unit}"))
        .collect()
}

/// The figures of some tickets.
#[derive(Debug)]
pub struct Figures {
    pub reported: usize,
    pub done: usize,
    pub open: usize,
    pub cancelled: usize,
    pub declined: usize,
    pub merged: usize,
    pub answer: Timed,
    pub resolve: Timed,
    pub reopened: Share,
    pub stars: Vec<u64>,
}

impl Figures {
    pub fn of(tickets: &[Both<'_>]) -> Self {
        let tales = || tickets.iter().map(|(_, tale)| *tale);
        let stand = |is_so: &dyn Fn(Stand) -> bool| tales().filter(|t| is_so(t.stand)).count();
        let finished = tales().filter(|tale| tale.was_done);
        Self {
            reported: tickets.len(),
            done: stand(&Stand::is_finished),
            open: stand(&Stand::is_open),
            cancelled: stand(&|stand| stand == Stand::Cancelled),
            declined: stand(&|stand| stand == Stand::Declined),
            merged: stand(&|stand| stand == Stand::Merged),
            answer: Timed::of(
                tales().filter_map(|tale| tale.answer_ms),
                tales().filter_map(|tale| tale.answer_in_time),
            ),
            resolve: Timed::of(
                tales().filter_map(|tale| tale.resolve_ms),
                tales().filter_map(|tale| tale.resolve_in_time),
            ),
            reopened: Share::of(finished.map(|tale| tale.reopened > 0)),
            stars: tales().filter_map(|tale| tale.stars).collect(),
        }
    }

    /// The mean of the stars to the tenth, rounded half up.
    pub fn mean(&self) -> String {
        let raters = u64::try_from(self.stars.len()).expect("a small number");
        let tenths = (10 * self.stars.iter().sum::<u64>() + raters / 2) / raters;
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}
