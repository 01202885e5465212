//! What a ticket's history says of its clocks. They are worked out from it each time and kept nowhere, so that no step
//! can leave one wrong.
// Nothing in this file does IO.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    domain::ids::{Millis, UserId},
    features::tickets::{
        judge,
        state::Action,
        ticket::{HistoryRow, What},
    },
};

/// Something that is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Somebody of staff answers, or claims it.
    Answer,
    /// It is done.
    Resolve,
    /// Whoever claimed it does something about it.
    Claim,
    /// The time that staff have named has come.
    Eta,
}

/// How the clocks of a ticket stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Since when somebody must answer; None where somebody has.
    pub asked: Option<Millis>,
    /// The stretches in which it was to be mended here; they leave out what it waited for.
    pub runs: Vec<(Millis, Option<Millis>)>,
    /// Since when whoever claimed it has done nothing about it.
    pub idle: Option<Millis>,
    /// How often staff were called for a clock since it runs, and when last.
    pub calls: BTreeMap<Clock, (u32, Millis)>,
    reporter: Option<UserId>,
}

impl Reading {
    /// The clocks after this history.
    pub fn of<'r>(rows: impl IntoIterator<Item = &'r HistoryRow>) -> Self {
        let mut reading = Self::default();
        for row in rows {
            reading.take(row);
        }
        reading
    }

    /// One line more.
    pub fn take(&mut self, row: &HistoryRow) {
        match &row.what {
            What::Opened => {
                self.reporter = row.who.as_ref().map(|who| who.user.clone());
                self.begin(row.at);
            }
            What::Moved(Action::Reopen | Action::Unmerge) => self.begin(row.at),
            What::Moved(action) => self.step(*action, row.at),
            // That somebody was given it by turns is no answer of theirs.
            What::Assigned { .. } if row.who.is_none() => {
                self.idle = Some(row.at);
                self.calls.remove(&Clock::Claim);
            }
            What::Assigned { .. } => self.step(Action::Assign, row.at),
            What::Said { .. } | What::Attached { .. } | What::Withdrawn => self.word(row),
            What::Promised { by } => {
                self.asked = None;
                self.idle = self.idle.map(|_| *by);
                self.calls.remove(&Clock::Eta);
                self.calls.remove(&Clock::Claim);
            }
            What::Inherited => self.reporter = row.who.as_ref().map(|who| who.user.clone()),
            What::Called { clock, call } => {
                self.calls.insert(*clock, (call + 1, row.at));
            }
            What::Voice { .. }
            | What::Helps
            | What::HelpsNoMore
            | What::Left
            | What::Gathered { .. }
            | What::Edited
            | What::Rated { .. }
            | What::Reviewed
            | What::FollowedUp
            | What::StillWell
            | What::TakenApart
            | What::Ticked
            | What::Missed
            | What::Limited { .. }
            | What::Corrected { .. }
            | What::NobodyOnDuty
            | What::Alarmed => {}
        }
    }

    /// It is opened, or opened again: what is promised is promised anew.
    fn begin(&mut self, at: Millis) {
        self.asked = Some(at);
        self.runs = vec![(at, None)];
        self.idle = None;
        self.calls.clear();
    }

    fn step(&mut self, action: Action, at: Millis) {
        let runs =
            judge::leads_to(action).is_some_and(|state| state.is_open() && !state.is_waiting());
        match self.runs.last_mut() {
            // It was not done after all.
            Some((_, until)) if action == Action::Undone => *until = None,
            Some((_, until @ None)) if !runs => *until = Some(at),
            Some((_, Some(_))) if runs => self.runs.push((at, None)),
            // Should that be taken back, the wait before it stays left out.
            Some((_, Some(_))) if action == Action::Done => self.runs.push((at, Some(at))),
            Some(_) | None => {}
        }
        match action {
            Action::Unclaim => {
                self.asked = Some(at);
                self.idle = None;
                self.calls.remove(&Clock::Answer);
            }
            Action::Claim | Action::Assign => {
                self.asked = None;
                self.idle = Some(at);
                self.calls.remove(&Clock::Claim);
            }
            Action::SetOut
            | Action::Start
            | Action::AskResident
            | Action::Answer
            | Action::PutOff
            | Action::Resume
            | Action::Done
            | Action::Undone
            | Action::Confirm
            | Action::Reopen
            | Action::Cancel
            | Action::Decline
            | Action::Merge
            | Action::Unmerge => {
                self.asked = None;
                self.idle = None;
            }
        }
    }

    /// Something was said or shown. Only staff answer, and nobody answers their own report.
    fn word(&mut self, row: &HistoryRow) {
        let by_reporter = row.who.as_ref().map(|who| &who.user) == self.reporter.as_ref();
        if !row.staff || by_reporter {
            return;
        }
        self.asked = None;
        if self.idle.is_some() {
            self.idle = Some(row.at);
            self.calls.remove(&Clock::Claim);
        }
    }
}
