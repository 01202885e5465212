//! A commit in the making: what was decided so far lies over what the store holds.
//! Nothing in this file does IO.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    commit::Commit,
    community::{Community, Settings},
    effect::{Effect, Lane, Row},
    ids::{Millis, RoomId, Txn},
    private::{Line, PrivateRoom},
    record::{ACCOUNT, Fault, Key, Record, View, decode, encode},
};

/// The draft of one batch. The input being decided has a layer of its own, so that it can be dropped alone
/// when its decision fails.
pub struct Draft<'v> {
    view: &'v dyn View,
    pub now: Millis,
    whole: Commit,
    part: Commit,
    fault: Option<Fault>,
    next_seq: Option<u64>,
    first_seq: Option<u64>,
}

/// The number of the next outbox row.
#[derive(serde::Serialize, serde::Deserialize, Default)]
struct NextRow(u64);

impl Record for NextRow {
    const KIND: &'static str = "next_row";
}

impl<'v> Draft<'v> {
    /// An empty draft over a view.
    #[must_use]
    pub fn new(view: &'v dyn View, now: Millis) -> Self {
        Self {
            view,
            now,
            whole: Commit::default(),
            part: Commit::default(),
            fault: None,
            next_seq: None,
            first_seq: None,
        }
    }

    /// One record; None where there is none, and where it could not be read: then the fault is kept, and the
    /// caller's work is dropped afterwards.
    pub fn get<T: Record>(&mut self, scope: &str, id: &str) -> Option<T> {
        let key = Key::new(scope, T::KIND, id);
        let stored = match self
            .part
            .records
            .get(&key)
            .or_else(|| self.whole.records.get(&key))
        {
            Some(layered) => layered.clone(),
            None => match self.view.get(&key) {
                Ok(stored) => stored,
                Err(fault) => return self.fail(fault),
            },
        };
        match decode(&key, &stored?) {
            Ok(record) => Some(record),
            Err(fault) => self.fail(fault),
        }
    }

    /// Puts a record.
    pub fn put<T: Record>(&mut self, scope: &str, id: &str, record: &T) {
        self.part
            .records
            .insert(Key::new(scope, T::KIND, id), Some(encode(record)));
    }

    /// Removes a record.
    pub fn delete<T: Record>(&mut self, scope: &str, id: &str) {
        self.part.records.insert(Key::new(scope, T::KIND, id), None);
    }

    /// Records of a kind whose id starts with `prefix`, in order of ids, at most `limit`.
    pub fn scan<T: Record>(&mut self, scope: &str, prefix: &str, limit: usize) -> Vec<(String, T)> {
        let start = Key::new(scope, T::KIND, prefix);
        let head = Key::new(scope, T::KIND, "").as_str().len();
        // What was removed in this draft still stands in the view, so that many more must be asked for.
        let layered = |commit: &Commit| -> Vec<(Key, Option<String>)> {
            commit
                .records
                .range(start.clone()..)
                .take_while(|(key, _)| key.as_str().starts_with(start.as_str()))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect()
        };
        let mut over: BTreeMap<Key, Option<String>> = layered(&self.whole).into_iter().collect();
        over.extend(layered(&self.part));
        let below = match self
            .view
            .scan(start.as_str(), None, limit.saturating_add(over.len()))
        {
            Ok(rows) => rows,
            Err(fault) => {
                self.fail::<()>(fault);
                return Vec::new();
            }
        };
        let mut merged: BTreeMap<Key, Option<String>> = below
            .into_iter()
            .map(|(key, value)| (key, Some(value)))
            .collect();
        merged.extend(over);
        let mut found = Vec::new();
        for (key, stored) in merged {
            if found.len() == limit {
                break;
            }
            let Some(stored) = stored else { continue };
            match decode(&key, &stored) {
                Ok(record) => found.push((key.as_str()[head..].to_owned(), record)),
                Err(fault) => {
                    self.fail::<()>(fault);
                    return Vec::new();
                }
            }
        }
        found
    }

    /// The community that a room belongs to.
    pub fn community_of(&mut self, settings: &Settings, room: &RoomId) -> Option<Arc<Community>> {
        if let Some(community) = settings.community_of(room) {
            return Some(Arc::clone(community));
        }
        let id = match Line::of(room) {
            Some((community, _)) => community,
            None => {
                let private: PrivateRoom = self.get(ACCOUNT, room.as_str())?;
                private.community
            }
        };
        settings.community(&id).cloned()
    }

    /// An outbox row of an earlier commit.
    pub fn row(&mut self, txn: &Txn) -> Option<Row> {
        match self.view.row(txn) {
            Ok(row) => row,
            Err(fault) => self.fail(fault),
        }
    }

    /// Adds a row to the outbox.
    pub fn add_row(&mut self, txn: &Txn, room: &RoomId, lane: Lane, effect: Effect) {
        let seq = match self.next_seq {
            Some(seq) => seq,
            None => self.get::<NextRow>(ACCOUNT, "").unwrap_or_default().0,
        };
        self.first_seq.get_or_insert(seq);
        self.next_seq = Some(seq + 1);
        self.part.rows.insert(
            txn.clone(),
            Row {
                txn: txn.clone(),
                seq,
                room: room.clone(),
                lane,
                effect,
                created: self.now,
                wedged: None,
            },
        );
    }

    /// What the input being decided changes, for the parts that are not records.
    pub fn part(&mut self) -> &mut Commit {
        &mut self.part
    }

    /// Keeps what was decided for the input at hand.
    pub fn keep(&mut self) {
        let part = std::mem::take(&mut self.part);
        self.whole.absorb(part);
    }

    /// Forgets what was decided for the input at hand.
    pub fn drop_part(&mut self) {
        self.part = Commit::default();
    }

    /// The fault met since it was last asked for.
    pub fn take_fault(&mut self) -> Option<Fault> {
        self.fault.take()
    }

    /// Keeps a fault that whoever finishes the batch must see.
    pub fn set_fault(&mut self, fault: Fault) {
        self.fault = Some(fault);
    }

    /// The finished commit.
    ///
    /// # Errors
    /// The fault that nobody took.
    pub fn finish(mut self) -> Result<Commit, Fault> {
        self.keep();
        if let (Some(next), true) = (self.next_seq, self.first_seq != self.next_seq) {
            self.put(ACCOUNT, "", &NextRow(next));
            self.keep();
        }
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(self.whole),
        }
    }

    fn fail<T>(&mut self, fault: Fault) -> Option<T> {
        self.fault.get_or_insert(fault);
        None
    }
}
