//! Order in the community: names, sanctions, their timers, and what moderators do in their own clients.
//!
//! [`acts`] is what people do, [`model`] what must come of it, told in plain rules over what the homeserver has, and
//! [`verify`] holds the end of a story against it.

pub mod acts;
pub mod chronicle;
mod doors;
mod left_out;
mod levels;
mod model;
mod names;
pub mod rules;
mod sanctions;
mod typed;
pub mod verify;
