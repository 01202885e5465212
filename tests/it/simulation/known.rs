//! Limits that are known: each switch that is on keeps stories away from one, so that everything else can be looked
//! for.

/// Where a hole is open when the bot is put out of a room, what lies in it is never read, its own messages among it.
pub const LEFT_UNREAD: bool = true;
/// A message of the bot's own that a moderator took away before it came back in the stream is not known as sent.
pub const ECHO_REDACTED: bool = true;
