//! When the steps that follow from a wrong name come, and how many messages an hour has room for.
// Nothing in this file does IO.

use super::{door::Step, settings::NamingSettings};
use crate::domain::{
    ids::{DAY_MS, HOUR_MS, Millis},
    ration::Ration,
};

/// The steps in their order.
const STEPS: [Step; 4] = [Step::Greeted, Step::Reminded, Step::Muted, Step::Removed];

impl NamingSettings {
    /// How long after the first message a step comes; None where it is switched off.
    #[must_use]
    pub fn delay_ms(&self, step: Step) -> Option<i64> {
        match step {
            Step::Waiting | Step::Greeted => Some(0),
            Step::Reminded => self.remind_after_ms,
            Step::Muted => self.mute_after_ms,
            Step::Removed => self.remove_after_ms,
        }
    }

    /// The step after this one that is not switched off.
    #[must_use]
    pub fn next(&self, step: Step) -> Option<Step> {
        STEPS
            .into_iter()
            .find(|other| *other > step && self.delay_ms(*other).is_some())
    }

    /// When the step after `step`, which is taken now, is due; `since` is when the first message was sent. After a long
    /// downtime the steps do not all come at once.
    #[must_use]
    pub fn due(&self, step: Step, present: bool, since: Millis, now: Millis) -> Option<Millis> {
        let grace = if present { self.grace_ms } else { 0 };
        let coming = self.delay_ms(self.next(step)?)?;
        let passed = self.delay_ms(step).unwrap_or(0);
        let usual = since.plus(coming + grace);
        let apart = now.plus((coming - passed).clamp(0, DAY_MS));
        Some(usual.max(apart))
    }

    /// So many messages an hour are for those who were there before linli, or for newcomers.
    #[must_use]
    pub fn share(&self, present: bool) -> usize {
        if present {
            self.messages_per_hour.div_ceil(2)
        } else {
            self.messages_per_hour / 2
        }
    }
}

/// What follows from the wrong names of those who are there when linli starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// How many are told within the first hour.
    pub first_hour: usize,
    /// How long after the start the last one is told.
    pub all_told_ms: i64,
    /// How long after the start each step comes at the earliest; None where it is switched off.
    pub remind_ms: Option<i64>,
    pub mute_ms: Option<i64>,
    pub remove_ms: Option<i64>,
}

impl Outlook {
    /// What happens where so many names are wrong, and nobody changes theirs.
    #[must_use]
    pub fn of(settings: &NamingSettings, wrong: usize) -> Self {
        let start = Millis(0);
        let share = settings.share(true);
        let mut ration = Ration::default();
        let booked: Vec<Millis> = (0..wrong).map(|_| ration.book(start, share)).collect();
        let mut outlook = Self {
            first_hour: booked.iter().filter(|at| at.0 < HOUR_MS).count(),
            all_told_ms: booked.last().map_or(0, |at| at.0),
            remind_ms: None,
            mute_ms: None,
            remove_ms: None,
        };
        let (mut step, mut now) = (Step::Greeted, start);
        while let (Some(next), Some(due)) =
            (settings.next(step), settings.due(step, true, start, now))
        {
            match next {
                Step::Waiting | Step::Greeted => {}
                Step::Reminded => outlook.remind_ms = Some(due.0),
                Step::Muted => outlook.mute_ms = Some(due.0),
                Step::Removed => outlook.remove_ms = Some(due.0),
            }
            (step, now) = (next, due);
        }
        outlook
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::features::naming::settings::configure;

    fn outlook(section: &Value, wrong: usize) -> Outlook {
        let settings = configure(section).unwrap();
        Outlook::of(settings.downcast_ref().unwrap(), wrong)
    }

    #[test]
    fn by_default_the_steps_come_after_the_grace() {
        let day = |days| Some(days * DAY_MS);
        let expected = Outlook {
            first_hour: 30,
            all_told_ms: 3 * HOUR_MS,
            remind_ms: day(8),
            mute_ms: day(10),
            remove_ms: day(21),
        };
        assert_eq!(outlook(&json!({}), 100), expected);
    }

    #[test]
    fn an_hour_has_room_for_half_of_the_messages_rounded_up() {
        let section = json!({"messages_per_hour": 5});
        let told = |wrong| {
            let outlook = outlook(&section, wrong);
            (outlook.first_hour, outlook.all_told_ms / HOUR_MS)
        };
        assert_eq!(told(0), (0, 0));
        assert_eq!(told(1), (1, 0));
        assert_eq!(told(3), (3, 0));
        assert_eq!(told(4), (3, 1));
        assert_eq!(told(6), (3, 1));
        assert_eq!(told(7), (3, 2));
    }

    #[test]
    fn a_step_that_is_switched_off_is_left_out() {
        let never = json!({"remind_after": "never", "remove_after": "forever"});
        let outlook = outlook(&never, 1);
        assert_eq!(outlook.remind_ms, None);
        assert_eq!(outlook.mute_ms, Some(10 * DAY_MS));
        assert_eq!(outlook.remove_ms, None);
    }

    #[test]
    fn without_a_grace_those_present_are_like_newcomers() {
        let section =
            json!({"grace_for_present": "never", "mute_after": "2h", "remove_after": "2h"});
        let outlook = outlook(&section, 1);
        // A step never comes before the one that stands before it.
        assert_eq!(outlook.remind_ms, Some(DAY_MS));
        assert_eq!(outlook.mute_ms, Some(DAY_MS));
        assert_eq!(outlook.remove_ms, Some(DAY_MS));
    }
}
