//! Limits that are known: each switch that is on keeps stories away from one, so that everything else can be looked
//! for.

/// Where a hole is open when the bot is put out of a room, what lies in it is never read, its own messages among it.
pub const LEFT_UNREAD: bool = true;
/// A message of the bot's own that a moderator took away before it came back in the stream is not known as sent.
pub const ECHO_REDACTED: bool = true;
/// What happens in a room while the bot is put out and let in again, before it has read of either, confuses it; so
/// does what happened there after it came in, where the first response does not reach back so far.
pub const REJOINED_UNREAD: bool = true;
/// What lies in a hole of a room for a talk, while the answer is out that says that it is one, is never read.
pub const TALK_UNREAD: bool = true;
/// An invitation that a native ban has overtaken is tried for ever.
pub const INVITED_THOUGH_BANNED: bool = true;
