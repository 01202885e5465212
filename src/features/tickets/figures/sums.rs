//! Figures of many tickets. Nothing in this file does IO.

use super::story::Measured;
use crate::features::tickets::state::State;

/// How a number of tickets went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub reported: usize,
    pub done: usize,
    pub open: usize,
    pub cancelled: usize,
    pub declined: usize,
    pub merged: usize,
    pub answer: Times,
    pub resolve: Times,
    /// Tickets that were ever done, and those of them that were opened again.
    pub were_done: usize,
    pub reopened: usize,
    /// How many gave stars, and all their stars.
    pub raters: usize,
    pub stars: usize,
}

/// How long something took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// For how many it is known.
    pub count: usize,
    /// Half of them took no longer, in milliseconds.
    pub median_ms: Option<i64>,
    /// Nine of ten took no longer.
    pub ninth_ms: Option<i64>,
    /// Of how many it can be said whether they were in time, and how many were.
    pub judged: usize,
    pub in_time: usize,
}

impl Figures {
    /// The figures of these tickets.
    pub fn of<'m>(all: impl IntoIterator<Item = &'m Measured>) -> Self {
        let mut figures = Self::default();
        let (mut answers, mut repairs) = (Vec::new(), Vec::new());
        for one in all {
            figures.count(one);
            answers.extend(one.answer_ms);
            repairs.extend(one.resolve_ms);
            figures.answer.judge(one.answer_in_time);
            figures.resolve.judge(one.resolve_in_time);
        }
        figures.answer.take(answers);
        figures.resolve.take(repairs);
        figures
    }

    fn count(&mut self, one: &Measured) {
        self.reported += 1;
        match one.story.state {
            State::Done | State::Confirmed => self.done += 1,
            State::Cancelled => self.cancelled += 1,
            State::Declined => self.declined += 1,
            State::Merged => self.merged += 1,
            State::New
            | State::Claimed
            | State::OnTheWay
            | State::InProgress
            | State::WaitingForResident
            | State::WaitingForOthers
            | State::Reopened => self.open += 1,
        }
        self.were_done += usize::from(one.story.was_done);
        self.reopened += usize::from(one.story.reopened > 0);
        if let Some(stars) = one.story.stars {
            self.raters += 1;
            self.stars += usize::from(stars);
        }
    }

    /// The mean of the stars in tenths; None where nobody gave any.
    pub fn mean_stars(&self) -> Option<usize> {
        (self.raters > 0).then(|| (self.stars * 10 + self.raters / 2) / self.raters)
    }

    /// How many of a hundred that were done were opened again.
    pub fn reopened_percent(&self) -> Option<usize> {
        percent(self.reopened, self.were_done)
    }
}

impl Times {
    fn judge(&mut self, in_time: Option<bool>) {
        self.judged += usize::from(in_time.is_some());
        self.in_time += usize::from(in_time == Some(true));
    }

    fn take(&mut self, mut all: Vec<i64>) {
        all.sort_unstable();
        self.count = all.len();
        self.median_ms = at_percent(&all, 50);
        self.ninth_ms = at_percent(&all, 90);
    }

    /// How many of a hundred were in time.
    pub fn in_time_percent(&self) -> Option<usize> {
        percent(self.in_time, self.judged)
    }
}

/// The smallest of some sorted values that so many percent of them do not exceed ("nearest rank").
fn at_percent(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

/// A share in percent, rounded half up; None of nothing.
fn percent(part: usize, whole: usize) -> Option<usize> {
    (whole > 0).then(|| (part * 200 + whole) / (whole * 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_are_there() {
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!(at_percent(&ten, 50), Some(5));
        assert_eq!(at_percent(&ten, 90), Some(9));
        assert_eq!(at_percent(&[7], 50), Some(7));
        assert_eq!(at_percent(&[3, 8], 50), Some(3));
        assert_eq!(at_percent(&[], 90), None);
    }

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!(percent(1, 8), Some(13));
        assert_eq!(percent(1, 3), Some(33));
        assert_eq!(percent(2, 2), Some(100));
        assert_eq!(percent(0, 0), None);
    }
}
