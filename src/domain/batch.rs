//! Batches: what is decided and committed in one step.
//! Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    commit::Cursor,
    ids::{RoomId, UserId},
    input::{Input, Invited, Member, Policy},
    power::Levels,
};

/// One step's worth of input.
#[derive(Clone, Debug, PartialEq)]
pub enum Batch {
    /// One sync response.
    Sync(Sync),
    /// One page of a gap.
    Page(Page),
    /// The gap of this room is filled: let a slice of what waited behind it through.
    Release(RoomId),
    /// The key of an undecryptable event has come; this is what it says.
    Late(Input),
    /// Who is in a room, asked for when linli first meets it.
    Roster { room: RoomId, members: Vec<Member> },
    /// All rules of a ban list, read at each start: some may have come while nobody asked for them.
    Rules { room: RoomId, rules: Vec<Policy> },
    /// Timers, settlements, operators.
    Inputs(Vec<Input>),
}

/// One sync response, in our own words.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sync {
    /// The token this response was asked with; None for the very first.
    pub since: Option<Cursor>,
    /// The token to go on with.
    pub next: Option<Cursor>,
    pub windows: Vec<Window>,
    /// Rooms the bot is no longer in.
    pub left: Vec<RoomId>,
    /// Rooms that it is invited to and does not serve.
    pub invited: Vec<Invited>,
}

/// What one response says about one room.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    pub room: RoomId,
    /// Where the window begins, if events before it were left out (`limited`).
    pub gap_to: Option<String>,
    /// What the room's state says on the side, before the events.
    pub state: Vec<State>,
    pub inputs: Vec<Input>,
}

/// A row of a room's state that is told on the side.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    Member(Member),
    Levels(Levels),
    Creators(BTreeSet<UserId>),
    /// The content of `m.room.join_rules`, JSON.
    Door(String),
    /// A rule of a ban list.
    Policy(Policy),
}

/// One page of a gap, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub room: RoomId,
    /// What was asked for: the gap may have grown meanwhile.
    pub from: String,
    pub to: String,
    pub inputs: Vec<Input>,
    /// Where the next page begins; None when this was the last.
    pub next: Option<String>,
}

/// A hole in a room's stream, being filled forward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    pub room: RoomId,
    /// Where the next page begins; None once the hole is filled and only the waiting inputs are left.
    pub from: Option<String>,
    /// Where the hole ends.
    pub to: String,
    /// Events before our own joining are history and not for us; true until it is met.
    pub before_join: bool,
    /// The number of the next input to wait behind the hole.
    pub waiting: u64,
}
