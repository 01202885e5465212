//! Spam in the community: adverts alone and in waves, floods, edits, pictures and names, among honest neighbours; and
//! moderators who confirm, take back, ban, and now and then err.
//!
//! [`acts`] is what people do, [`verify`] what must have come of it in the end.

pub mod acts;
pub mod verify;
