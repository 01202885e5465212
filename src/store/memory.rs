//! A store in memory, for tests and the simulator. A clone shares nothing, so a test can keep what a crash would
//! have left.

use std::collections::BTreeMap;

use super::{Store, StoreError, form};
use crate::domain::{
    commit::{Commit, Cursor, Timer},
    effect::Row,
    ids::{Millis, Txn},
    record::{Fault, Key, View},
};

/// The store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    records: BTreeMap<Key, String>,
    rows: BTreeMap<Txn, Row>,
    timers: BTreeMap<String, Timer>,
    cursor: Option<Cursor>,
}

impl View for Memory {
    fn get(&self, key: &Key) -> Result<Option<String>, Fault> {
        Ok(self.records.get(key).cloned())
    }

    fn scan(
        &self,
        prefix: &str,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<(Key, String)>, Fault> {
        let start = Key::from_text(prefix.to_owned());
        let start = after.filter(|after| **after >= start).unwrap_or(&start);
        Ok(self
            .records
            .range(start.clone()..)
            .filter(|(key, _)| Some(*key) != after)
            .take_while(|(key, _)| key.as_str().starts_with(prefix))
            .take(limit)
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect())
    }

    fn row(&self, txn: &Txn) -> Result<Option<Row>, Fault> {
        Ok(self.rows.get(txn).cloned())
    }
}

impl Store for Memory {
    fn commit(&mut self, commit: &Commit) -> Result<(), StoreError> {
        let Commit {
            records,
            timers,
            fired,
            rows,
            settled,
            cursor,
        } = commit;
        for (key, value) in records {
            match value {
                Some(value) => self.records.insert(key.clone(), value.clone()),
                None => self.records.remove(key),
            };
        }
        for timer in fired {
            self.timers.remove(&form::timer_key(timer));
        }
        for timer in timers {
            self.timers.insert(form::timer_key(timer), timer.clone());
        }
        for txn in settled {
            self.rows.remove(txn);
        }
        for (txn, row) in rows {
            self.rows.insert(txn.clone(), row.clone());
        }
        if let Some(cursor) = cursor {
            self.cursor = Some(cursor.clone());
        }
        Ok(())
    }

    fn rows(&self) -> Result<Vec<Row>, StoreError> {
        let mut rows: Vec<Row> = self.rows.values().cloned().collect();
        rows.sort_by_key(|row| row.seq);
        Ok(rows)
    }

    fn due(&self, until: Millis, limit: usize) -> Result<Vec<Timer>, StoreError> {
        Ok(self
            .timers
            .values()
            .take_while(|timer| timer.due <= until)
            .take(limit)
            .cloned()
            .collect())
    }

    fn cursor(&self) -> Result<Option<Cursor>, StoreError> {
        Ok(self.cursor.clone())
    }
}
