//! The store of one machine, on sled 0.34.7.
//!
//! sled's own `flush` does not reach the disk on Linux: it calls `sync_file_range`, which keeps neither the drive's
//! cache nor the file's length (sled issues 1351 and 1452). So a commit is acknowledged only after the blobs that it
//! made, if any, are synced, `flush`, and an `fdatasync` of sled's file `db`. Of a damaged file sled sometimes panics,
//! so every call is guarded against that; sometimes it skips what it cannot read, which nobody notices.

mod open;
mod writer;

use std::path::{Path, PathBuf};

use self::{open::guard, writer::Writer};
use super::{Store, StoreError, form};
use crate::domain::{
    commit::{Commit, Cursor, Timer},
    effect::Row,
    ids::{Millis, Txn},
    record::{Fault, Key, View},
};

/// The store.
pub struct Sled {
    path: PathBuf,
    writer: Writer,
    db: sled::Db,
}

impl Sled {
    /// Opens the store in a folder, or begins one there.
    ///
    /// # Errors
    /// Says whether another process has it, it is damaged, it is of a newer linli, or cannot be opened at all.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let fresh = !path.join("db").exists();
        let db = open::open(path)?;
        let mut store = Self {
            path: path.to_owned(),
            writer: Writer::start(path, &db)?,
            db,
        };
        store.check_layout(fresh)?;
        Ok(store)
    }

    fn check_layout(&mut self, fresh: bool) -> Result<(), StoreError> {
        let known = form::LAYOUT.to_string();
        match self.read(form::LAYOUT_KEY)? {
            Some(found) if found == known.as_bytes() => Ok(()),
            Some(found) => Err(StoreError::Newer {
                path: self.path.display().to_string(),
                found: String::from_utf8_lossy(&found).into_owned(),
                known: form::LAYOUT,
            }),
            None => {
                let empty = self.guarded(|db| db.is_empty())?;
                if !fresh && !empty {
                    return Err(StoreError::Damaged {
                        path: self.path.display().to_string(),
                        why: "it does not say which layout it has".to_owned(),
                    });
                }
                let mut batch = sled::Batch::default();
                batch.insert(form::LAYOUT_KEY, known.as_bytes());
                self.writer.write(batch)?;
                Writer::settle(&self.path)
            }
        }
    }

    fn read(&self, key: &str) -> Result<Option<sled::IVec>, StoreError> {
        self.guarded(|db| db.get(key))?
            .map_err(|error| self.error(error))
    }

    /// Stored keys from `start` on, as long as they begin with `prefix`.
    fn range(
        &self,
        prefix: &str,
        start: &str,
        limit: usize,
        mut each: impl FnMut(&[u8], &[u8]) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        self.guarded(|db| {
            for entry in db.range(start.as_bytes()..).take(limit) {
                let (key, value) = entry.map_err(|error| self.error(error))?;
                if !key.starts_with(prefix.as_bytes()) || !each(&key, &value)? {
                    break;
                }
            }
            Ok(())
        })?
    }

    fn guarded<T>(&self, work: impl FnOnce(&sled::Db) -> T) -> Result<T, StoreError> {
        guard(&self.path.display().to_string(), || work(&self.db))
    }

    fn error(&self, error: sled::Error) -> StoreError {
        open::error(&self.path.display().to_string(), error)
    }
}

fn text(bytes: &[u8]) -> Result<String, StoreError> {
    String::from_utf8(bytes.to_vec())
        .map_err(|_| StoreError::Failed("a stored value is not UTF-8".to_owned()))
}

fn fault(error: &StoreError) -> Fault {
    Fault::Store(error.to_string())
}

impl View for Sled {
    fn get(&self, key: &Key) -> Result<Option<String>, Fault> {
        self.read(&form::record_key(key))
            .and_then(|value| value.map(|value| text(&value)).transpose())
            .map_err(|error| fault(&error))
    }

    fn scan(
        &self,
        prefix: &str,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<(Key, String)>, Fault> {
        let prefix = format!("{}{prefix}", form::RECORDS);
        // The smallest key after another is that key and a zero byte.
        let after = after.map(|after| format!("{}\0", form::record_key(after)));
        let start = after.filter(|after| *after > prefix);
        let start = start.as_ref().unwrap_or(&prefix);
        let mut found = Vec::new();
        self.range(&prefix, start, limit, |key, value| {
            let key = text(&key[form::RECORDS.len()..])?;
            found.push((Key::from_text(key), text(value)?));
            Ok(true)
        })
        .map_err(|error| fault(&error))?;
        Ok(found)
    }

    fn row(&self, txn: &Txn) -> Result<Option<Row>, Fault> {
        self.read(&form::row_key(txn))
            .and_then(|value| {
                value
                    .map(|value| form::decode("an outbox row", &value))
                    .transpose()
            })
            .map_err(|error| fault(&error))
    }
}

impl Store for Sled {
    fn commit(&mut self, commit: &Commit) -> Result<(), StoreError> {
        let Commit {
            records,
            timers,
            fired,
            rows,
            settled,
            cursor,
        } = commit;
        let mut batch = sled::Batch::default();
        for (key, value) in records {
            match value {
                Some(value) => batch.insert(form::record_key(key).as_bytes(), value.as_bytes()),
                None => batch.remove(form::record_key(key).as_bytes()),
            }
        }
        for timer in fired {
            batch.remove(form::timer_key(timer).as_bytes());
        }
        for timer in timers {
            let value = form::encode(timer)?;
            batch.insert(form::timer_key(timer).as_bytes(), value.as_bytes());
        }
        for txn in settled {
            batch.remove(form::row_key(txn).as_bytes());
        }
        for (txn, row) in rows {
            let value = form::encode(row)?;
            batch.insert(form::row_key(txn).as_bytes(), value.as_bytes());
        }
        if let Some(cursor) = cursor {
            batch.insert(form::CURSOR_KEY, form::encode(cursor)?.as_bytes());
        }
        self.writer.write(batch)
    }

    fn rows(&self) -> Result<Vec<Row>, StoreError> {
        let mut rows: Vec<Row> = Vec::new();
        self.range(form::ROWS, form::ROWS, usize::MAX, |_, value| {
            rows.push(form::decode("an outbox row", value)?);
            Ok(true)
        })?;
        rows.sort_by_key(|row| row.seq);
        Ok(rows)
    }

    fn due(&self, until: Millis, limit: usize) -> Result<Vec<Timer>, StoreError> {
        let mut timers: Vec<Timer> = Vec::new();
        self.range(form::TIMERS, form::TIMERS, limit, |_, value| {
            let timer: Timer = form::decode("a timer", value)?;
            let due = timer.due <= until;
            if due {
                timers.push(timer);
            }
            Ok(due)
        })?;
        Ok(timers)
    }

    fn cursor(&self) -> Result<Option<Cursor>, StoreError> {
        self.read(form::CURSOR_KEY)?
            .map(|value| form::decode("the cursor", &value))
            .transpose()
    }
}
