//! One atomic step: everything a batch changes, and nothing else.
//! Nothing in this file does IO; a store takes a commit whole or not at all.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    effect::Row,
    ids::{CommunityId, Millis, Txn},
    record::Key,
};

/// Where the homeserver's stream was read up to: its own `next_batch` token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// Something to be woken for. The same id and moment is the same timer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Timer {
    pub due: Millis,
    /// Unique together with the moment, for instance `tickets.12.unclaimed`.
    pub id: String,
    pub community: CommunityId,
    /// The feature to wake.
    pub feature: String,
    /// What the feature told itself.
    pub note: String,
}

/// What one batch changes. Each store takes it apart exhaustively.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Commit {
    /// Records to put, or (None) to remove.
    pub records: BTreeMap<Key, Option<String>>,
    /// Timers to set.
    pub timers: BTreeSet<Timer>,
    /// Timers that fired.
    pub fired: BTreeSet<Timer>,
    /// Outbox rows to add, or to keep in a new form.
    pub rows: BTreeMap<Txn, Row>,
    /// Outbox rows that are settled.
    pub settled: BTreeSet<Txn>,
    /// The stream's new place.
    pub cursor: Option<Cursor>,
}

impl Commit {
    /// Adds a later part; what the part says about the same thing wins.
    pub fn absorb(&mut self, part: Self) {
        let Self {
            records,
            timers,
            fired,
            rows,
            settled,
            cursor,
        } = part;
        self.records.extend(records);
        self.timers.extend(timers);
        self.fired.extend(fired);
        for txn in &settled {
            self.rows.remove(txn);
        }
        self.rows.extend(rows);
        self.settled.extend(settled);
        if cursor.is_some() {
            self.cursor = cursor;
        }
    }

    /// True where there is nothing to store.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
