//! linli (邻里): the steward of a residential community on Matrix.
//!
//! ```text
//! homeserver ─ /sync ─▶ matrix ─▶ Batch{inputs, cursor}
//!                                   │
//!                         engine:  decide(world, view, batch, now)        pure, synchronous, deterministic
//!                                   │
//!                         store.commit(records, timers, outbox, cursor)   one atomic, durable step
//!                                   │
//! homeserver ◀─ send ─ engine/lanes ◀┘   transaction id derived from the input
//! ```
//!
//! Arrows: `text ← domain ← features`; `domain ← store`; `domain ← matrix`; the engine sees all.

#![recursion_limit = "256"]

pub mod charts;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod devserver;
pub mod domain;
pub mod engine;
pub mod features;
pub mod matrix;
pub mod pictures;
pub mod store;
pub mod text;
pub mod web;
