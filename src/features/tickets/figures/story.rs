//! What a ticket's history tells of how well it went: when staff first answered, how long it was theirs to mend, how often
//! it came back. Nothing in this file does IO.

use crate::{
    domain::{
        hours::Hours,
        ids::{Millis, UserId},
    },
    features::tickets::{
        clock::{
            promise::{Promise, Time},
            reading::Reading,
        },
        judge,
        state::{Action, State},
        ticket::{HistoryRow, What},
    },
};

/// How a ticket went, from its history alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    pub opened: Millis,
    pub state: State,
    /// When somebody of staff first took a step, or said or showed something about somebody else's report. What linli
    /// itself says or does is no answer.
    pub answered: Option<Millis>,
    /// The stretches in which it was to be mended here, through all its reopenings; they leave out what it waited for.
    pub runs: Vec<(Millis, Option<Millis>)>,
    /// Whether it was ever done.
    pub was_done: bool,
    /// When it was done; None where it is not, or not any more.
    pub done: Option<Millis>,
    pub confirmed: Option<Millis>,
    /// How often it was opened again after it was done.
    pub reopened: u32,
    /// From 1 to 5.
    pub stars: Option<u8>,
}

impl Story {
    /// The story that these lines tell, in their order; None where they do not tell of its opening.
    pub fn of<'r>(rows: impl IntoIterator<Item = &'r HistoryRow>) -> Option<Self> {
        let mut rows = rows.into_iter();
        let first = rows.find(|row| row.what == What::Opened)?;
        let mut clocks = Reading::default();
        clocks.take(first);
        let mut reporter = first.who.as_ref().map(|who| &who.user);
        let mut story = Self {
            opened: first.at,
            state: State::New,
            answered: None,
            runs: Vec::new(),
            was_done: false,
            done: None,
            confirmed: None,
            reopened: 0,
            stars: None,
        };
        for row in rows {
            if row.what == What::Inherited {
                reporter = row.who.as_ref().map(|who| &who.user);
            }
            if story.answered.is_none() && is_answer(row, reporter) {
                story.answered = Some(row.at);
            }
            // A ticket that is opened again is promised anew, but it is the same matter.
            if matches!(row.what, What::Moved(Action::Reopen | Action::Unmerge)) {
                story.runs.append(&mut clocks.runs);
            }
            clocks.take(row);
            story.take(row);
        }
        story.runs.append(&mut clocks.runs);
        Some(story)
    }

    fn take(&mut self, row: &HistoryRow) {
        if let What::Rated { stars } = row.what {
            self.stars = stars;
        }
        let Some(action) = row.what.step() else {
            return;
        };
        let was_over = matches!(self.state, State::Done | State::Confirmed);
        self.reopened += u32::from(action == Action::Reopen && was_over);
        self.state = judge::leads_to(action).unwrap_or(self.state);
        let is_over = matches!(self.state, State::Done | State::Confirmed);
        self.was_done |= is_over;
        self.done = if self.state == State::Done {
            Some(row.at)
        } else {
            self.done.filter(|_| is_over)
        };
        self.confirmed = (self.state == State::Confirmed).then_some(row.at);
    }

    /// How it went against what was promised, by `now`; `hours` are those of work.
    pub fn measured(
        self,
        promise: &Promise,
        hours: &Hours,
        always: &Hours,
        now: Millis,
    ) -> Measured {
        let (answer, resolve) = (promise.answer, promise.resolve);
        let until = self
            .answered
            .or_else(|| self.state.is_open().then_some(now));
        let waited = until.map(|until| answer.hours(hours, always).between(self.opened, until));
        let runs = self.runs.iter().map(|(from, until)| {
            resolve
                .hours(hours, always)
                .between(*from, until.unwrap_or(now))
        });
        let took: i64 = runs.sum();
        let took = Some(took).filter(|_| self.done.is_some() || self.state.is_open());
        Measured {
            answer_ms: waited.filter(|_| self.answered.is_some()),
            answer_in_time: in_time(waited, answer, self.answered.is_some()),
            resolve_ms: took.filter(|_| self.done.is_some()),
            resolve_in_time: in_time(took, resolve, self.done.is_some()),
            story: self,
        }
    }
}

/// Whether a line is the property service's answer. Words count that were taken back: they were read.
pub fn is_answer(row: &HistoryRow, reporter: Option<&UserId>) -> bool {
    let by_reporter = row.who.as_ref().map(|who| &who.user) == reporter;
    let is_word = matches!(
        row.what,
        What::Said { .. } | What::Attached { .. } | What::Withdrawn | What::Promised { .. }
    );
    row.staff && (row.what.step().is_some() || is_word && !by_reporter)
}

/// None where nothing was promised, or it can still be kept.
fn in_time(took: Option<i64>, promised: Time, is_over: bool) -> Option<bool> {
    let took = took.filter(|_| promised.ms > 0)?;
    match (took <= promised.ms, is_over) {
        (true, false) => None,
        (kept, _) => Some(kept),
    }
}

/// A ticket's story against what was promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    pub story: Story,
    /// Until the first answer, in milliseconds of the hours that were promised.
    pub answer_ms: Option<i64>,
    /// Whether that was in time; None where nothing is promised, or it still can be.
    pub answer_in_time: Option<bool>,
    /// As long as it was to be mended here, likewise; None while it is not done.
    pub resolve_ms: Option<i64>,
    pub resolve_in_time: Option<bool>,
}
