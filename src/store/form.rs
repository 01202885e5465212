//! The stored form: how rows, timers and the cursor stand beside the records in an ordered key-value store.
//! Values are JSON with a version, so that people can read them.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::domain::{commit::Timer, ids::Txn, record::Key};

use super::StoreError;

/// The version of this layout.
pub const LAYOUT: u32 = 1;
/// The key of the layout's version.
pub const LAYOUT_KEY: &str = "layout";
/// The key of the cursor.
pub const CURSOR_KEY: &str = "cursor";
/// Where records begin.
pub const RECORDS: &str = "r/";
/// Where outbox rows begin.
pub const ROWS: &str = "o/";
/// Where timers begin.
pub const TIMERS: &str = "t/";

/// The version of the stored form of rows, timers and the cursor.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Out<'a, T> {
    v: u32,
    d: &'a T,
}

#[derive(Deserialize)]
struct In<T> {
    v: u32,
    d: T,
}

/// The stored key of a record.
#[must_use]
pub fn record_key(key: &Key) -> String {
    format!("{RECORDS}{key}")
}

/// The stored key of an outbox row.
#[must_use]
pub fn row_key(txn: &Txn) -> String {
    format!("{ROWS}{txn}")
}

/// The stored key of a timer: timers sort by their moment.
#[must_use]
pub fn timer_key(timer: &Timer) -> String {
    format!("{}/{}", timer_prefix(timer.due.0), timer.id)
}

/// What the keys of all timers of one moment begin with.
#[must_use]
pub fn timer_prefix(due_ms: i64) -> String {
    // Flipping the sign bit makes the order of the text the order of the numbers.
    let sortable = due_ms.cast_unsigned() ^ (1 << 63);
    format!("{TIMERS}{sortable:016x}")
}

/// The stored form of a value.
///
/// # Errors
/// Where it has no JSON form.
pub fn encode<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(&Out {
        v: VERSION,
        d: value,
    })
    .map_err(|error| StoreError::Failed(format!("a value has no JSON form: {error}")))
}

/// Reads a stored form.
///
/// # Errors
/// Names what cannot be read.
pub fn decode<T: DeserializeOwned>(what: &str, stored: &[u8]) -> Result<T, StoreError> {
    let unreadable =
        |why: String| StoreError::Failed(format!("{what} cannot be understood: {why}"));
    let form: In<T> = serde_json::from_slice(stored).map_err(|e| unreadable(e.to_string()))?;
    if form.v == VERSION {
        Ok(form.d)
    } else {
        Err(unreadable(format!("version {} is not known", form.v)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_sort_by_their_moment_also_before_1970() {
        let mut moments = [5, -1, 0, i64::MAX, i64::MIN, 1_700_000_000_000];
        let mut keys: Vec<String> = moments.iter().map(|ms| timer_prefix(*ms)).collect();
        keys.sort();
        moments.sort_unstable();
        let sorted: Vec<String> = moments.iter().map(|ms| timer_prefix(*ms)).collect();
        assert_eq!(keys, sorted);
    }
}
