//! Where a ticket can stand, and what can be done with it.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    New,
    Claimed,
    OnTheWay,
    InProgress,
    /// The next word is the reporter's.
    WaitingForResident,
    /// Something has to be delivered, or somebody from outside has to come.
    WaitingForOthers,
    Done,
    Confirmed,
    Reopened,
    Cancelled,
    /// The property service does not do it, and has said why.
    Declined,
    /// It is seen to in another ticket.
    Merged,
}

impl State {
    /// All of them, for tables.
    pub const ALL: [Self; 12] = [
        Self::New,
        Self::Claimed,
        Self::OnTheWay,
        Self::InProgress,
        Self::WaitingForResident,
        Self::WaitingForOthers,
        Self::Done,
        Self::Confirmed,
        Self::Reopened,
        Self::Cancelled,
        Self::Declined,
        Self::Merged,
    ];

    /// True while somebody still has to do something about the matter itself.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::New | Self::Reopened => true,
            Self::Done | Self::Confirmed | Self::Cancelled | Self::Declined | Self::Merged => false,
            Self::Claimed
            | Self::OnTheWay
            | Self::InProgress
            | Self::WaitingForResident
            | Self::WaitingForOthers => true,
        }
    }

    /// True while nothing can be done about it here.
    #[must_use]
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::WaitingForResident | Self::WaitingForOthers)
    }

    /// Its name in keys of sentences.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::New => "state-new",
            Self::Claimed => "state-claimed",
            Self::OnTheWay => "state-on-the-way",
            Self::InProgress => "state-in-progress",
            Self::WaitingForResident => "state-waiting-resident",
            Self::WaitingForOthers => "state-waiting-others",
            Self::Done => "state-done",
            Self::Confirmed => "state-confirmed",
            Self::Reopened => "state-reopened",
            Self::Cancelled => "state-cancelled",
            Self::Declined => "state-declined",
            Self::Merged => "state-merged",
        }
    }
}

/// What can be done with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Claim,
    /// Gives it to somebody of staff: to begin with, or in somebody's place.
    Assign,
    Unclaim,
    /// Sets out for it.
    SetOut,
    Start,
    /// Asks its reporter for something, and waits.
    AskResident,
    /// Gives the word that was waited for.
    Answer,
    /// Waits for material, or for somebody from outside.
    PutOff,
    /// Goes on after a wait.
    Resume,
    Done,
    /// Takes a hasty ✅ back.
    Undone,
    Confirm,
    Reopen,
    Cancel,
    /// Says why the property service does not do it.
    Decline,
    /// Puts it into another ticket of the same matter.
    Merge,
    /// Takes it out again.
    Unmerge,
}

impl Action {
    /// All of them, for tables.
    pub const ALL: [Self; 17] = [
        Self::Claim,
        Self::Assign,
        Self::Unclaim,
        Self::SetOut,
        Self::Start,
        Self::AskResident,
        Self::Answer,
        Self::PutOff,
        Self::Resume,
        Self::Done,
        Self::Undone,
        Self::Confirm,
        Self::Reopen,
        Self::Cancel,
        Self::Decline,
        Self::Merge,
        Self::Unmerge,
    ];

    /// Its name in keys of sentences.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Assign => "assign",
            Self::Unclaim => "unclaim",
            Self::SetOut => "set-out",
            Self::Start => "start",
            Self::AskResident => "ask-resident",
            Self::Answer => "answer",
            Self::PutOff => "put-off",
            Self::Resume => "resume",
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Confirm => "confirm",
            Self::Reopen => "reopen",
            Self::Cancel => "cancel",
            Self::Decline => "decline",
            Self::Merge => "merge",
            Self::Unmerge => "unmerge",
        }
    }
}
