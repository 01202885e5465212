//! The table of what may be done, by whom and when. Every path (tap, command, taking back) asks it.
// Nothing in this file does IO.

use super::{
    state::{
        Action,
        State::{
            self, Cancelled, Claimed, Confirmed, Declined, Done, InProgress, Merged, New, OnTheWay,
            Reopened, WaitingForOthers, WaitingForResident,
        },
    },
    ticket::Ticket,
};
use crate::domain::ids::UserId;

/// Who acts. The roles come from the configuration alone.
#[derive(Clone, Debug)]
pub struct Actor<'a> {
    pub user: &'a UserId,
    pub staff: bool,
    /// Of staff, and gives work out.
    pub desk: bool,
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
    /// Whoever would have it has as many as one person may.
    TooMany,
    /// Others have reported it too.
    Shared,
    /// Only staff read of it anyway.
    Inside,
}

/// Whose step an action is. A manager may take every one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    /// Any member of staff's.
    Staff,
    /// That of the one who has claimed it.
    Worker,
    /// Likewise; any member of staff's while nobody has.
    WorkerOrFree,
    /// Likewise, and always the desk's.
    Dispatch,
    /// The reporter's.
    Reporter,
    /// Of whoever has reported it.
    Voice,
}

/// What an action leads to, and from where.
struct Edge {
    action: Action,
    right: Right,
    from: &'static [State],
    to: State,
}

const fn edge(action: Action, right: Right, from: &'static [State], to: State) -> Edge {
    Edge {
        action,
        right,
        from,
        to,
    }
}

/// Every state in which somebody still has to do something.
const OPEN: &[State] = &[
    New,
    Claimed,
    OnTheWay,
    InProgress,
    WaitingForResident,
    WaitingForOthers,
    Reopened,
];

/// Every step that can be taken; each action stands here once.
#[rustfmt::skip]
const EDGES: &[Edge] = &[
    edge(Action::Claim, Right::Staff, &[New, Reopened], Claimed),
    edge(Action::Assign, Right::Dispatch, OPEN, Claimed),
    edge(Action::Unclaim, Right::Worker, &[Claimed, OnTheWay, InProgress, WaitingForResident, WaitingForOthers, Reopened], New),
    edge(Action::SetOut, Right::Worker, &[Claimed, WaitingForResident, WaitingForOthers, Reopened], OnTheWay),
    edge(Action::Start, Right::Worker, &[Claimed, OnTheWay, WaitingForResident, WaitingForOthers, Reopened], InProgress),
    edge(Action::AskResident, Right::Worker, &[Claimed, OnTheWay, InProgress, WaitingForOthers, Reopened], WaitingForResident),
    edge(Action::Answer, Right::Voice, &[WaitingForResident], InProgress),
    edge(Action::PutOff, Right::Worker, &[Claimed, OnTheWay, InProgress, WaitingForResident, Reopened], WaitingForOthers),
    edge(Action::Resume, Right::Worker, &[WaitingForResident, WaitingForOthers], InProgress),
    edge(Action::Done, Right::Worker, OPEN, Done),
    edge(Action::Undone, Right::Worker, &[Done], InProgress),
    edge(Action::Confirm, Right::Reporter, &[Done], Confirmed),
    edge(Action::Reopen, Right::Voice, &[Done, Confirmed, Cancelled, Declined], Reopened),
    edge(Action::Cancel, Right::Reporter, OPEN, Cancelled),
    edge(Action::Decline, Right::WorkerOrFree, OPEN, Declined),
    edge(Action::Merge, Right::Dispatch, OPEN, Merged),
    edge(Action::Unmerge, Right::Dispatch, &[Merged], Reopened),
];

/// Judges an action: the state it leads to, None where it is so already, or why it may not be.
pub fn judge(ticket: &Ticket, action: Action, actor: &Actor<'_>) -> Result<Option<State>, Refusal> {
    let edge = EDGES.iter().find(|edge| edge.action == action);
    let edge = edge.ok_or(Refusal::WrongState)?;
    allowed(ticket, edge.right, actor)?;
    // Who had a ticket that is opened again may be elsewhere by now.
    let is_given = ticket.by_turn && ticket.is_emergency();
    let is_had = ticket.worker.is_some() && ticket.state != Reopened && !is_given;
    if action == Action::Claim && ticket.state.is_open() && is_had {
        return if ticket.is_worker(actor.user) && ticket.by_turn {
            // By this they say that they go.
            Ok(Some(ticket.state))
        } else if ticket.is_worker(actor.user) {
            Ok(None)
        } else {
            Err(Refusal::Taken)
        };
    }
    if action == Action::Claim && ticket.by_turn && ticket.is_emergency() {
        // In danger whoever comes first has it.
        return Ok(Some(Claimed));
    }
    // What its reporter has taken back stays so.
    let is_gone = action == Action::Reopen && ticket.blanked;
    if edge.from.contains(&ticket.state) && !is_gone {
        Ok(Some(edge.to))
    } else if edge.to == ticket.state && action != Action::Unclaim {
        Ok(None)
    } else {
        Err(Refusal::WrongState)
    }
}

/// Where an action leads.
pub fn leads_to(action: Action) -> Option<State> {
    let edge = EDGES.iter().find(|edge| edge.action == action);
    edge.map(|edge| edge.to)
}

/// Whether somebody may say when a ticket will be seen to.
pub fn may_name_a_time(ticket: &Ticket, actor: &Actor<'_>) -> Result<(), Refusal> {
    allowed(ticket, Right::Dispatch, actor)?;
    if ticket.state.is_open() {
        Ok(())
    } else {
        Err(Refusal::WrongState)
    }
}

/// Whether somebody may take a ticket out of the crowd.
pub fn may_take_apart(ticket: &Ticket, actor: &Actor<'_>) -> Result<(), Refusal> {
    let by_reporter = allowed(ticket, Right::Reporter, actor);
    if by_reporter.is_err() && actor.staff {
        allowed(ticket, Right::Dispatch, actor)
    } else {
        by_reporter
    }
}

/// Whether somebody may do this at all.
fn allowed(ticket: &Ticket, right: Right, actor: &Actor<'_>) -> Result<(), Refusal> {
    let is_free = ticket.worker.is_none();
    let is_theirs = match right {
        Right::Staff => actor.staff,
        Right::Worker => actor.staff && ticket.works(actor.user),
        Right::WorkerOrFree => actor.staff && (is_free || ticket.works(actor.user)),
        Right::Dispatch => actor.desk || actor.staff && (is_free || ticket.works(actor.user)),
        Right::Reporter => ticket.is_reporter(actor.user),
        Right::Voice => ticket.was_reported_by(actor.user),
    };
    if is_theirs || actor.manager {
        return Ok(());
    }
    Err(match right {
        Right::Reporter | Right::Voice => Refusal::NotReporter,
        _ if !actor.staff => Refusal::NotStaff,
        _ if is_free => Refusal::NotClaimed,
        Right::Staff | Right::Worker | Right::WorkerOrFree | Right::Dispatch => Refusal::Taken,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_action_stands_in_the_table_once_and_leads_out_of_where_it_begins() {
        for action in Action::ALL {
            let edges: Vec<&Edge> = EDGES.iter().filter(|edge| edge.action == action).collect();
            assert_eq!(edges.len(), 1, "{action:?}");
            let goes_on = action == Action::Assign || !edges[0].from.contains(&edges[0].to);
            assert!(goes_on, "{action:?}");
        }
        assert!(State::ALL.iter().filter(|state| state.is_open()).eq(OPEN));
        let reached = |state: &State| *state == New || EDGES.iter().any(|edge| edge.to == *state);
        assert!(State::ALL.iter().all(reached));
    }
}
