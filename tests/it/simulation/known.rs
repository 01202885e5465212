//! Limits that are known: each switch that is on keeps stories away from one, so that everything else can be looked
//! for. The ones that are off were defects once; `tests/it/flow/defects.rs` has a test for each.

/// A second hole behind an open one, and a page that was asked for before it: events are lost or out of order.
pub const SECOND_GAP: bool = false;
/// A process that lives through a day without a network sends again what the homeserver took long ago.
pub const SLEEPS_A_DAY: bool = false;
/// A wedged change that is tried again overwrites a later one.
pub const STALE_RETRY: bool = false;
/// A picture that a moderator took away still counts for the next report.
pub const LOOSE_PICTURE: bool = false;
/// Somebody else's edit of a message that linli does not know as a report opens a ticket.
pub const FORGED_EDIT: bool = false;
/// Where a hole is open when the bot is put out of a room, what lies in it is never read, its own messages among it.
pub const LEFT_UNREAD: bool = true;
/// A message of the bot's own that a moderator took away before it came back in the stream is not known as sent.
pub const ECHO_REDACTED: bool = true;
