//! What the history of a ticket says of who had it and when, told once more in plain rules.

use linli::{
    domain::ids::{Millis, UserId},
    features::tickets::{
        state::Action,
        ticket::{HistoryRow, Ticket, What},
    },
};

/// How a ticket stood from a moment on.
#[derive(Clone, Debug, Default)]
pub struct Stand {
    pub since: Millis,
    pub worker: Option<UserId>,
    pub helpers: Vec<UserId>,
    pub open: bool,
    /// It waits for others, and weighs nothing.
    pub put_off: bool,
}

/// A ticket with its whole history, and how it stood after each line of it.
pub struct Story {
    pub ticket: Ticket,
    pub rows: Vec<HistoryRow>,
    pub stands: Vec<Stand>,
}

impl Story {
    pub fn new(ticket: Ticket, rows: Vec<HistoryRow>) -> Self {
        let mut stand = Stand::default();
        let stands = rows.iter().map(|row| {
            stand.follow(row);
            stand.clone()
        });
        Self {
            stands: stands.collect(),
            ticket,
            rows,
        }
    }

    /// How it stood just before a moment and at it: several times where more than one thing happened then. Nothing before
    /// it was opened.
    pub fn around(&self, at: Millis) -> impl Iterator<Item = &Stand> {
        let before = self.stands.iter().rev().find(|stand| stand.since < at);
        let then = self.stands.iter().filter(move |stand| stand.since == at);
        before.into_iter().chain(then)
    }

    /// Whether it was so just before a moment, and all through it.
    pub fn was(&self, at: Millis, so: impl Fn(&Stand) -> bool) -> bool {
        self.stands.first().is_some_and(|first| first.since < at) && self.around(at).all(so)
    }

    /// How often something was done.
    pub fn times(&self, action: Action) -> usize {
        let done = |row: &&HistoryRow| row.what == What::Moved(action);
        self.rows.iter().filter(done).count()
    }
}

impl Stand {
    fn follow(&mut self, row: &HistoryRow) {
        self.since = row.at;
        let who = row.who.as_ref().map(|who| who.user.clone());
        match &row.what {
            What::Opened => self.open = true,
            What::Assigned { to } => self.given(Some(to.user.clone())),
            What::Helps => self.helpers.extend(who),
            What::HelpsNoMore => self.helpers.retain(|helper| Some(helper) != who.as_ref()),
            What::Missed => self.open = false,
            What::Moved(action) => self.moved(*action, who),
            _ => {}
        }
    }

    fn given(&mut self, to: Option<UserId>) {
        self.helpers.retain(|helper| Some(helper) != to.as_ref());
        self.worker = to;
        self.put_off = false;
    }

    fn moved(&mut self, action: Action, who: Option<UserId>) {
        self.put_off = action == Action::PutOff;
        match action {
            Action::Claim => self.given(who),
            Action::Unclaim => {
                self.worker = None;
                self.helpers.clear();
            }
            // Who works on what nobody has claimed has it.
            Action::SetOut
            | Action::Start
            | Action::AskResident
            | Action::PutOff
            | Action::Resume
            | Action::Done
                if self.worker.is_none() =>
            {
                let put_off = self.put_off;
                self.given(who);
                self.put_off = put_off;
            }
            _ => {}
        }
        self.open = !matches!(
            action,
            Action::Done | Action::Confirm | Action::Cancel | Action::Decline | Action::Merge
        );
    }
}
