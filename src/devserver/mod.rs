//! A real homeserver on this machine, and plain accounts on it.
//!
//! The demo, the tests and the benches need a Synapse that starts in seconds, never outlives them and is never reachable
//! from another machine, and people to write in its rooms. [`Synapse`] is the first, [`Account`] and [`Watcher`] are the
//! second (from `matrix/account`). They speak the client-server API without the SDK that the bot is built on, so that
//! a fault of the bot cannot hide in its own witness. Nothing that serves a community uses this folder.

mod lock;
mod progress;
pub mod synapse;

pub use crate::matrix::account::{
    Account,
    watcher::{Invites, Seen, Watcher},
};
pub use progress::{Progress, Step};
pub use synapse::{Guard, Options, RateLimits, Synapse};
