//! Who reads a card, and so what it offers: staff what staff do, residents what is theirs. Whoever may do something may do it on
//! any card, offered or not.
// Nothing in this file does IO.

use super::{rounds, state::State, ticket::Ticket};
use crate::{
    domain::{context::Context, ids::RoomId},
    text::tags::Category,
};

/// Who reads a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    Staff,
    Residents,
    /// Its reporter and staff.
    Both,
}

impl Readers {
    /// Who reads what is shown of a ticket in a room.
    pub fn of(ctx: &Context<'_, '_>, ticket: &Ticket, room: &RoomId) -> Self {
        if ticket.round.is_some() {
            return Self::Staff;
        }
        let present = ctx.community.present(room);
        let is_reported_here = ctx.community.present(&ticket.room) == present;
        match ctx.community.staff_room() {
            // What staff report they confirm where they are.
            Some(staff) if staff == present && is_reported_here => Self::Both,
            Some(staff) if staff == present => Self::Staff,
            Some(_) if ticket.has_own_room() && is_reported_here => Self::Both,
            Some(_) => Self::Residents,
            None => Self::Both,
        }
    }
}

/// The taps that are put on a card.
pub fn offers(ticket: &Ticket, readers: Readers) -> Vec<&'static str> {
    let is_shared = !ticket.has_own_room() && !ticket.private;
    let lock = (ticket.category == Some(Category::Complaint) && is_shared).then_some("🔒");
    let lock = lock.filter(|_| ticket.state == State::New);
    let staff: &[&str] = match ticket.state {
        State::New => &["🙋"],
        State::Reopened if ticket.worker.is_none() => &["🙋"],
        State::Claimed | State::Reopened => &["🚗", "🔧", "✅"],
        State::OnTheWay => &["🔧", "✅"],
        State::InProgress => &["✅", "❓", "📦"],
        State::WaitingForResident | State::WaitingForOthers => &["🔧", "✅"],
        State::Done | State::Confirmed | State::Cancelled | State::Declined | State::Merged => &[],
    };
    let residents: &[&str] = match ticket.state {
        State::New => &["❌"],
        State::Done => &["👍", "🔁"],
        State::Cancelled | State::Declined if !ticket.blanked => &["🔁"],
        State::Claimed
        | State::OnTheWay
        | State::InProgress
        | State::WaitingForResident
        | State::WaitingForOthers
        | State::Reopened
        | State::Confirmed
        | State::Cancelled
        | State::Declined
        | State::Merged => &[],
    };
    let (staff, residents) = match readers {
        Readers::Staff => (staff, [].as_slice()),
        Readers::Residents => ([].as_slice(), residents),
        Readers::Both => (staff, residents),
    };
    let count = ticket.round.as_ref().map_or(0, |round| round.steps.len());
    let steps = rounds::KEYS.into_iter().take(count);
    let steps = steps.filter(|_| ticket.state.is_open());
    let all = staff.iter().chain(residents).copied();
    all.chain(lock).chain(steps).collect()
}

/// Whether nothing is to be done any more, but to say how it was.
fn is_over(state: State) -> bool {
    matches!(
        state,
        State::Confirmed | State::Cancelled | State::Declined | State::Merged
    )
}

/// The sentence below a card that says what can be done; `is_apart` where its reporter reads it alone.
pub fn hint(ticket: &Ticket, readers: Readers, is_apart: bool) -> &'static str {
    let by = |staff, residents, both| match readers {
        Readers::Staff => staff,
        Readers::Residents => residents,
        Readers::Both => both,
    };
    if let Some(round) = &ticket.round {
        return match ticket.state {
            State::Cancelled if round.missed => "hint-round-missed",
            State::Declined => "hint-round-skipped",
            state if state.is_open() && round.steps.is_empty() => "hint-round-plain",
            state if state.is_open() => "hint-round",
            State::Cancelled => "hint-cancelled",
            State::New
            | State::Claimed
            | State::OnTheWay
            | State::InProgress
            | State::WaitingForResident
            | State::WaitingForOthers
            | State::Done
            | State::Confirmed
            | State::Reopened
            | State::Merged => "hint-confirmed",
        };
    }
    if ticket.has_own_room() && readers == Readers::Both && !is_over(ticket.state) {
        return "hint-own-room";
    }
    let resident = if is_apart {
        "hint-alone"
    } else {
        "hint-resident"
    };
    match ticket.state {
        State::New if is_apart => by("hint-new-staff", resident, "hint-new"),
        State::New if ticket.category == Some(Category::Complaint) && !ticket.private => {
            by("hint-new-staff", "hint-complaint", "hint-new")
        }
        State::New => by("hint-new-staff", "hint-new-resident", "hint-new"),
        State::Reopened if ticket.worker.is_none() => by("hint-new-staff", resident, "hint-new"),
        State::Claimed | State::OnTheWay | State::Reopened => {
            by("hint-claimed-staff", resident, "hint-claimed")
        }
        State::InProgress => by("hint-in-progress-staff", resident, "hint-in-progress"),
        State::WaitingForResident => by(
            "hint-waiting-staff",
            "hint-waiting-reporter",
            "hint-waiting-resident",
        ),
        State::WaitingForOthers => by("hint-waiting-staff", resident, "hint-waiting-others"),
        State::Done if ticket.outage.is_some() => "hint-confirmed",
        State::Done => by("hint-done-staff", "hint-done", "hint-done"),
        State::Confirmed => "hint-confirmed",
        State::Cancelled => "hint-cancelled",
        State::Declined => by("hint-declined-staff", "hint-declined", "hint-declined"),
        State::Merged => "hint-merged",
    }
}
