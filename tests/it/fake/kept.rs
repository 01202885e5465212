//! A store that outlives the engine: what is in it is what a crash leaves. It writes down every commit, can die
//! before or after one, and can be broken on purpose.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use linli::{
    domain::{
        commit::{Commit, Cursor, Timer},
        effect::Row,
        ids::{EventId, Millis, RoomId, Txn},
        input::Member,
        record::{Fault, Key, View},
    },
    store::{Store, StoreError, memory::Memory},
};

/// When to die at the next commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// Nothing of it is kept.
    Before,
    /// All of it is kept, but nobody hears of it.
    After,
}

/// One commit that is kept.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The bot's clock.
    pub now: Millis,
    /// Events it says were decided, in no order.
    pub decided: Vec<EventId>,
    /// Rows that are to be sent.
    pub asked: Vec<Row>,
    /// Rows it says are with the homeserver.
    pub settled: Vec<Txn>,
    /// Rows that it says can never be sent.
    pub wedged: Vec<Row>,
    /// Timers it says have fired.
    pub fired: usize,
    /// Rooms it says the bot has left.
    pub left: Vec<RoomId>,
    /// The list of a room's members that it took in.
    pub roster: Option<(RoomId, Vec<Member>)>,
}

#[derive(Default)]
pub struct State {
    pub memory: Memory,
    pub log: Vec<Entry>,
    /// Every row that was ever committed.
    pub rows: BTreeMap<Txn, Row>,
    /// Rows that were wedged at some time.
    pub wedged: BTreeMap<Txn, String>,
    pub death: Option<Death>,
    pub now: Millis,
    /// The list of members that the next commit takes in.
    pub roster: Option<(RoomId, Vec<Member>)>,
    /// Broken on purpose: the cursor is committed before the records it belongs to.
    pub cursor_first: bool,
}

/// A handle on the one store.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<State>>);

impl Kept {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn write_down(&mut self, commit: &Commit) {
        let is_decided = |key: &&Key| key.kind() == "seen";
        let decided = commit
            .records
            .iter()
            .filter(|(_, value)| value.is_some())
            .map(|(key, _)| key)
            .filter(is_decided)
            .filter_map(|key| key.id().split_once('/'))
            .map(|(_, event)| EventId::from(event))
            .collect();
        let asked = commit.rows.iter();
        let asked = asked.filter(|(txn, _)| !self.rows.contains_key(txn));
        let asked = asked.map(|(_, row)| row.clone()).collect();
        self.log.push(Entry {
            now: self.now,
            decided,
            asked,
            settled: commit.settled.iter().cloned().collect(),
            wedged: commit
                .rows
                .values()
                .filter(|row| row.wedged.is_some())
                .cloned()
                .collect(),
            fired: commit.fired.len(),
            left: commit
                .records
                .iter()
                .filter(|(key, value)| key.kind() == "room" && value.is_none())
                .map(|(key, _)| RoomId::from(key.id()))
                .collect(),
            roster: self.roster.take(),
        });
        for (txn, row) in &commit.rows {
            if let Some(why) = &row.wedged {
                self.wedged.insert(txn.clone(), why.clone());
            }
            self.rows.entry(txn.clone()).or_insert_with(|| row.clone());
        }
    }
}

impl View for Kept {
    fn get(&self, key: &Key) -> Result<Option<String>, Fault> {
        self.state().memory.get(key)
    }

    fn scan(
        &self,
        prefix: &str,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<(Key, String)>, Fault> {
        self.state().memory.scan(prefix, after, limit)
    }

    fn row(&self, txn: &Txn) -> Result<Option<Row>, Fault> {
        self.state().memory.row(txn)
    }
}

impl Store for Kept {
    fn commit(&mut self, commit: &Commit) -> Result<(), StoreError> {
        let mut state = self.state();
        if state.cursor_first && commit.cursor.is_some() {
            let cursor = Commit {
                cursor: commit.cursor.clone(),
                ..Commit::default()
            };
            state.memory.commit(&cursor)?;
        }
        let death = state.death.take();
        if death == Some(Death::Before) {
            return Err(StoreError::Failed("died before the commit".to_owned()));
        }
        state.memory.commit(commit)?;
        state.write_down(commit);
        match death {
            Some(_) => Err(StoreError::Failed("died after the commit".to_owned())),
            None => Ok(()),
        }
    }

    fn rows(&self) -> Result<Vec<Row>, StoreError> {
        self.state().memory.rows()
    }

    fn due(&self, until: Millis, limit: usize) -> Result<Vec<Timer>, StoreError> {
        self.state().memory.due(until, limit)
    }

    fn cursor(&self) -> Result<Option<Cursor>, StoreError> {
        self.state().memory.cursor()
    }
}
