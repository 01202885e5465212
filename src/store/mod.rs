//! Keeping: an ordered key-value store with atomic commits. `memory` serves tests and the simulator, `sled` one
//! machine; all pass the same conformance suite (`tests/it/store.rs`). This is the only folder that names `sled`.

pub mod backup;
pub mod form;
pub mod memory;
pub mod sled;

use crate::domain::{
    commit::{Commit, Cursor, Timer},
    effect::Row,
    ids::Millis,
    record::View,
};

/// What every store can do.
pub trait Store: View + Send {
    /// Takes a commit whole or not at all. When this returns, it survives a loss of power.
    ///
    /// # Errors
    /// The commit was not acknowledged. Whether it is there is only known after opening the store again, so the
    /// caller must stop.
    fn commit(&mut self, commit: &Commit) -> Result<(), StoreError>;

    /// All outbox rows in the order in which they were decided, wedged ones among them.
    ///
    /// # Errors
    /// Where the store does not answer.
    fn rows(&self) -> Result<Vec<Row>, StoreError>;

    /// Timers due up to and with `until`, the earliest first, at most `limit`.
    ///
    /// # Errors
    /// Where the store does not answer.
    fn due(&self, until: Millis, limit: usize) -> Result<Vec<Timer>, StoreError>;

    /// Where the homeserver's stream was read up to; None before the first commit of a sync response.
    ///
    /// # Errors
    /// Where the store does not answer.
    fn cursor(&self) -> Result<Option<Cursor>, StoreError>;
}

/// What can go wrong with a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(
        "the store at {path} is in use by another process. Only one linli may run on a store: stop the other one, or point 'data' in the configuration somewhere else"
    )]
    InUse { path: String },
    #[error(
        "the store at {path} is damaged ({why}). Nothing was changed. Move the folder away and put the last backup in its place: linli restore --config <file> <backup.jsonl>"
    )]
    Damaged { path: String, why: String },
    #[error(
        "the disk is full or cannot be written ({why}). Nothing that was acknowledged is lost: make room and start linli again"
    )]
    DiskFull { why: String },
    #[error(
        "the store at {path} was written by a newer linli (layout {found}, this one knows {known}). Start the newer linli, or restore a backup"
    )]
    Newer {
        path: String,
        found: String,
        known: u32,
    },
    #[error("the store at {path} cannot be opened: {why}")]
    Open { path: String, why: String },
    #[error("the store failed: {0}")]
    Failed(String),
}
