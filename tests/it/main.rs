//! All integration tests, in one binary: linking a Matrix SDK several times costs minutes.

#![recursion_limit = "256"]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::collapsible_match,
    clippy::redundant_guards,
    clippy::unnecessary_wraps,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that meets the unexpected fails, and tells on standard output"
)]

mod command_line;
mod config;
mod explain;
mod fake;
mod features_doc;
mod figures;
mod flow;
mod fuzz;
mod pairs;
mod power;
mod simulation;
mod spam;
mod store;
mod synapse;
mod tidy;
