//! The whole bot over a fake homeserver: what people do, and what the rooms show afterwards.
#![allow(
    clippy::expect_used,
    reason = "a test stops where something is not as it must be"
)]

mod admission;
mod after;
mod anonymous;
mod assigning;
mod calls;
mod clocks;
mod complaint;
mod defects;
mod door_edges;
mod emergency;
mod figures;
mod helpers;
mod life;
mod lists;
mod merging;
mod missing;
mod moderation;
mod naming;
mod order_edges;
mod order_faults;
mod order_paths;
mod outage;
mod own_room;
mod paths;
mod posts;
mod proof;
mod raid;
mod reply;
mod rounds;
mod rules;
mod script;
mod spam;
mod spam_care;
mod talk;
mod trouble;
mod understood;
mod voices;
mod waiting;
