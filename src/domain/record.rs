//! Records: what linli keeps, and how it is read.
//! Nothing in this file does IO.

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{effect::Row, ids::Txn};

/// The scope of records that belong to the account rather than to a community.
pub const ACCOUNT: &str = "_";

/// `<scope>/<kind>/<id>`: the name of a record. Keys sort as text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    /// The key of the record `id` of a kind in a scope (a community's id, or [`ACCOUNT`]).
    #[must_use]
    pub fn new(scope: &str, kind: &str, id: &str) -> Self {
        let mut text = String::with_capacity(scope.len() + kind.len() + id.len() + 2);
        text.push_str(scope);
        text.push('/');
        text.push_str(kind);
        text.push('/');
        text.push_str(id);
        Self(text)
    }

    /// A key read back from a store.
    #[must_use]
    pub fn from_text(text: String) -> Self {
        Self(text)
    }

    /// The kind of the record.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.0.split('/').nth(1).unwrap_or_default()
    }

    /// The id of the record within its kind.
    #[must_use]
    pub fn id(&self) -> &str {
        self.0.splitn(3, '/').nth(2).unwrap_or_default()
    }

    /// The whole key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A kind of record.
pub trait Record: Serialize + DeserializeOwned {
    /// The middle part of its keys.
    const KIND: &'static str;
    /// The version of its stored form. Raise it with an arm in [`Record::upgrade`].
    const VERSION: u32 = 1;

    /// Brings an older stored form up to this version.
    ///
    /// # Errors
    /// Names the version where it is not known.
    fn upgrade(version: u32, _data: serde_json::Value) -> Result<Self, String> {
        Err(format!(
            "version {version} of '{}' is not known to this linli (it knows {})",
            Self::KIND,
            Self::VERSION
        ))
    }
}

#[derive(Serialize)]
struct Out<'a, T> {
    v: u32,
    d: &'a T,
}

#[derive(Deserialize)]
struct Head {
    v: u32,
}

#[derive(Deserialize)]
struct In<T> {
    d: T,
}

/// The stored form of a record: `{"v":<version>,"d":<fields>}`.
pub fn encode<T: Record>(record: &T) -> String {
    serde_json::to_string(&Out {
        v: T::VERSION,
        d: record,
    })
    .unwrap_or_else(|error| panic!("a '{}' record has no JSON form: {error}", T::KIND))
}

/// Reads a stored form.
///
/// # Errors
/// [`Fault::Unreadable`] with the key and what is wrong.
pub fn decode<T: Record>(key: &Key, stored: &str) -> Result<T, Fault> {
    let unreadable = |why: String| Fault::Unreadable {
        key: key.clone(),
        why,
    };
    let head: Head = serde_json::from_str(stored).map_err(|e| unreadable(e.to_string()))?;
    if head.v == T::VERSION {
        let body: In<T> = serde_json::from_str(stored).map_err(|e| unreadable(e.to_string()))?;
        Ok(body.d)
    } else {
        let body: In<serde_json::Value> =
            serde_json::from_str(stored).map_err(|e| unreadable(e.to_string()))?;
        T::upgrade(head.v, body.d).map_err(unreadable)
    }
}

/// What can go wrong in reading. The core itself cannot fail: it stops deciding and hands this up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The store did not answer. The whole batch is given up and decided again later.
    #[error("the store could not be read: {0}")]
    Store(String),
    /// A record is not what it should be. The input that needed it is set aside.
    #[error("the record {key} cannot be understood: {why}")]
    Unreadable { key: Key, why: String },
}

/// What a decision can see of the store.
pub trait View {
    /// The stored form of one record.
    ///
    /// # Errors
    /// [`Fault::Store`] where the store does not answer.
    fn get(&self, key: &Key) -> Result<Option<String>, Fault>;

    /// Records whose key starts with `prefix` and comes after `after`, in order of keys, at most `limit`.
    ///
    /// # Errors
    /// [`Fault::Store`] where the store does not answer.
    fn scan(
        &self,
        prefix: &str,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<(Key, String)>, Fault>;

    /// An outbox row.
    ///
    /// # Errors
    /// [`Fault::Store`] where the store does not answer.
    fn row(&self, txn: &Txn) -> Result<Option<Row>, Fault>;
}
