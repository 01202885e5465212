//! Which side of now a text tells of.

use std::ops::RangeInclusive;

use chrono::NaiveDateTime;

use super::{
    Span,
    words::{JUST, PAST_WORDS, SOON, Word},
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

impl Tense {
    /// What of a span is on its side of now; None where nothing is.
    pub(super) fn side(self, (from, until): Span, now: NaiveDateTime) -> Option<Span> {
        match self {
            Self::Past => (from <= now).then(|| (from, until.min(now))),
            Self::Future => (until >= now).then(|| (from.max(now), until)),
        }
    }

    /// How many days, weeks, months or years ahead of now something can be, up to so many.
    pub(super) fn steps(self, most: i64) -> RangeInclusive<i64> {
        match self {
            Self::Past => -most..=0,
            Self::Future => 0..=most,
        }
    }

    /// The words for what is near now, with how many minutes away it may be.
    pub(super) fn near(self) -> &'static [(&'static str, i64)] {
        match self {
            Self::Past => JUST,
            Self::Future => SOON,
        }
    }

    /// The words that mean something else than elsewhere.
    pub(super) fn words(self) -> &'static [(&'static str, Word)] {
        match self {
            Self::Past => PAST_WORDS,
            Self::Future => &[],
        }
    }
}
