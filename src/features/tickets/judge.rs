//! The table of what may be done, by whom and when. Every path (tap, command, taking back) asks it.
// Nothing in this file does IO.

use super::ticket::{Action, State, Ticket};
use crate::domain::ids::UserId;

/// Who acts. The roles come from the configuration alone.
#[derive(Clone, Debug)]
pub struct Actor<'a> {
    pub user: &'a UserId,
    pub staff: bool,
    pub manager: bool,
}

/// Why something may not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Only staff may.
    NotStaff,
    /// Somebody else has it.
    Taken,
    /// Nobody has claimed it yet.
    NotClaimed,
    /// Only the reporter may.
    NotReporter,
    /// It stands where this makes no sense.
    WrongState,
}

/// Judges an action: the state it leads to, None where it is so already, or why it may not be.
pub fn judge(ticket: &Ticket, action: Action, actor: &Actor<'_>) -> Result<Option<State>, Refusal> {
    use State::{Cancelled, Claimed, Confirmed, Done, InProgress, New, Reopened};
    role(ticket, action, actor)?;
    let state = ticket.state;
    let next = match (action, state) {
        (Action::Claim, New | Reopened) if ticket.worker.is_none() => Claimed,
        (Action::Claim, Claimed | InProgress | Reopened) => {
            return if ticket.is_worker(actor.user) {
                Ok(None)
            } else {
                Err(Refusal::Taken)
            };
        }
        (Action::Unclaim, Claimed | InProgress | Reopened) => New,
        (Action::Start, Claimed | Reopened) => InProgress,
        (Action::Done, Claimed | InProgress | Reopened | New) => Done,
        (Action::Undone, Done) => InProgress,
        (Action::Confirm, Done) => Confirmed,
        (Action::Reopen, Done | Confirmed | Cancelled) if !ticket.blanked => Reopened,
        (Action::Cancel, New | Claimed | InProgress | Reopened) => Cancelled,
        (Action::Start, InProgress)
        | (Action::Done, Done)
        | (Action::Confirm, Confirmed)
        | (Action::Reopen, Reopened)
        | (Action::Cancel, Cancelled) => return Ok(None),
        _ => return Err(Refusal::WrongState),
    };
    Ok(Some(next))
}

/// Whether somebody may do this at all.
fn role(ticket: &Ticket, action: Action, actor: &Actor<'_>) -> Result<(), Refusal> {
    match action {
        Action::Claim if actor.staff => Ok(()),
        Action::Claim => Err(Refusal::NotStaff),
        Action::Unclaim | Action::Start | Action::Done | Action::Undone => {
            if actor.manager || (actor.staff && ticket.is_worker(actor.user)) {
                Ok(())
            } else if !actor.staff {
                Err(Refusal::NotStaff)
            } else if ticket.worker.is_some() {
                Err(Refusal::Taken)
            } else {
                Err(Refusal::NotClaimed)
            }
        }
        Action::Confirm | Action::Reopen | Action::Cancel => {
            if actor.manager || ticket.is_reporter(actor.user) {
                Ok(())
            } else {
                Err(Refusal::NotReporter)
            }
        }
    }
}
