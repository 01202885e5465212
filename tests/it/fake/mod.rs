//! The whole bot over a fake homeserver, stepped by hand.
//!
//! [`server::Server`] makes raw events as Synapse would and has them read by linli's own translation;
//! [`robot::Robot`] is linli's engine over a store that outlives crashes; [`estate`] is the community they serve.
#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test stops where something is not as it must be, and a story can be traced"
)]

pub mod estate;
pub mod kept;
pub mod power;
pub mod robot;
pub mod serve;
pub mod server;
