//! Limits that are known: each switch that is on keeps stories away from one, so that everything else can be looked
//! for.

/// Where a hole is open when the bot is put out of a room, what lies in it is never read, its own messages among it.
pub const LEFT_UNREAD: bool = true;
/// A message of the bot's own that a moderator took away before it came back in the stream is not known as sent.
pub const ECHO_REDACTED: bool = true;
/// A report that a moderator took away through linli stays on its card.
pub const REPORT_TAKEN_AWAY: bool = true;
/// A reaction that a moderator takes away is recorded as a message that was.
pub const TAP_TAKEN_AWAY: bool = true;
/// What the homeserver refused is done when it is tried again, though it may not be wanted any more.
pub const OLD_ACTS_RETRIED: bool = true;
/// What was decided about somebody before a person's newer act was seen is done after it, and overwrites it.
pub const BLIND_WRITES: bool = true;
/// What happens in a room while the bot is put out and let in again, before it has read of either, confuses it; so
/// does what happened there after it came in, where the first response does not reach back so far.
pub const REJOINED_UNREAD: bool = true;
/// What lies in a hole of a room for a talk, while the answer is out that says that it is one, is never read.
pub const TALK_UNREAD: bool = true;
/// Sanctions of the community are carried out in a member's own talk with linli too, so that they cannot appeal.
pub const SANCTIONED_IN_TALK: bool = true;
/// A ban that is lifted while its member is also removed for a time stays, and so does one that a second ban had
/// found in place.
pub const BAN_LEFT_BEHIND: bool = true;
/// Whoever comes again with a right name after they were removed for a wrong one stays silent.
pub const SILENT_ON_RETURN: bool = true;
/// An invitation that a native ban has overtaken is tried for ever.
pub const INVITED_THOUGH_BANNED: bool = true;
