//! The store of the simulation: as quick as memory, and afterwards on disk.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use linli::{
    domain::{
        commit::{Commit, Cursor, Timer},
        effect::Row,
        ids::{Millis, Txn},
        record::{Fault, Key, View},
    },
    engine::Engine,
    store::{Store, StoreError, memory::Memory, sled::Sled},
};

use super::settings::world;

/// The store of the simulation. What is to be sent counts as sent at once. Sled gets what was committed on a day in one
/// piece: waiting for the disk after each step would take longer than everything else.
#[derive(Clone)]
pub struct Ledger(Arc<Mutex<Pages>>);

struct Pages {
    memory: Memory,
    sled: Sled,
    day: Commit,
}

impl Ledger {
    pub fn open(path: &Path) -> Self {
        Self(Arc::new(Mutex::new(Pages {
            memory: Memory::default(),
            sled: Sled::open(path).expect("a store"),
            day: Commit::default(),
        })))
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An engine that knows of nothing that is still to be sent.
    pub fn engine(&self) -> Engine {
        Engine::open(world(), Box::new(self.clone())).expect("an engine")
    }

    pub fn end_day(&self) {
        let mut pages = self.pages();
        let day = std::mem::take(&mut pages.day);
        pages.sled.commit(&day).expect("a commit");
    }
}

impl View for Ledger {
    fn get(&self, key: &Key) -> Result<Option<String>, Fault> {
        self.pages().memory.get(key)
    }

    fn scan(
        &self,
        prefix: &str,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<(Key, String)>, Fault> {
        self.pages().memory.scan(prefix, after, limit)
    }

    fn row(&self, txn: &Txn) -> Result<Option<Row>, Fault> {
        self.pages().memory.row(txn)
    }
}

impl Store for Ledger {
    fn commit(&mut self, commit: &Commit) -> Result<(), StoreError> {
        let Commit {
            records,
            timers,
            fired,
            rows: _,
            settled: _,
            cursor,
        } = commit;
        let kept = Commit {
            records: records.clone(),
            timers: timers.clone(),
            fired: fired.clone(),
            cursor: cursor.clone(),
            ..Commit::default()
        };
        let mut pages = self.pages();
        pages.memory.commit(&kept)?;
        // Within one commit what is set comes after what has fired.
        pages.day.timers.retain(|timer| !fired.contains(timer));
        pages.day.absorb(kept);
        Ok(())
    }

    fn rows(&self) -> Result<Vec<Row>, StoreError> {
        self.pages().memory.rows()
    }

    fn due(&self, until: Millis, limit: usize) -> Result<Vec<Timer>, StoreError> {
        self.pages().memory.due(until, limit)
    }

    fn cursor(&self) -> Result<Option<Cursor>, StoreError> {
        self.pages().memory.cursor()
    }
}
