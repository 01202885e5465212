//! Doing something only so many times an hour, in any hour.
//! Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    ids::{HOUR_MS, Millis},
    record::Record,
};

/// When something was done, or shall be: the last times, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ration(Vec<Millis>);

impl Record for Ration {
    const KIND: &'static str = "ration";
}

impl Ration {
    /// Books the first moment from `now` on at which once more is not too often: at most `per_hour` times within any
    /// 60 minutes. What is never allowed is booked as if it were allowed once.
    pub fn book(&mut self, now: Millis, per_hour: usize) -> Millis {
        let at = self.next(now, per_hour);
        self.0.push(at);
        let spare = self.0.len().saturating_sub(per_hour.max(1));
        self.0.drain(..spare);
        at
    }

    /// The moment that [`Self::book`] would book.
    #[must_use]
    pub fn next(&self, now: Millis, per_hour: usize) -> Millis {
        let before = self.0.len().checked_sub(per_hour.max(1));
        let earliest = before.and_then(|at| self.0.get(at));
        // Times stay in order even where the clock was set back.
        let last = self.0.last().copied().filter(|_| before.is_some());
        [Some(now), earliest.map(|at| at.plus(HOUR_MS)), last]
            .into_iter()
            .flatten()
            .max()
            .unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hour_has_more_than_its_ration() {
        let mut ration = Ration::default();
        let booked: Vec<i64> = (0..300)
            .map(|at| ration.book(Millis(at * 1_000), 30).0)
            .collect();
        assert_eq!(booked[29], 29_000);
        assert_eq!(booked[30], HOUR_MS);
        assert_eq!(booked[299], 9 * HOUR_MS + 29_000);
        for (at, first) in booked.iter().enumerate() {
            let within = booked[at..].iter().take_while(|t| *t - first < HOUR_MS);
            assert!(within.count() <= 30);
        }
    }

    #[test]
    fn an_hour_later_there_is_room_again() {
        let mut ration = Ration::default();
        for _ in 0..3 {
            ration.book(Millis(0), 2);
        }
        assert_eq!(ration.next(Millis(0), 2).0, HOUR_MS);
        assert_eq!(ration.next(Millis(5 * HOUR_MS), 2).0, 5 * HOUR_MS);
        assert_eq!(Ration::default().book(Millis(7), 0).0, 7);
    }
}
