//! The border to Matrix: the only folder that names `matrix_sdk`.
//!
//! [`Homeserver`] is all that the engine knows of it; the tests put a fake one in its place that makes the same raw
//! events and has them read by the same [`translate`].

pub mod account;
pub mod acts;
pub mod client;
mod draw;
pub mod keep;
mod look;
mod plain;
pub mod provision;
pub mod session;
mod shown;
pub mod translate;

use std::pin::Pin;

use futures_util::{Stream, future::BoxFuture};

use crate::domain::{
    batch::{Page, Sync},
    commit::Cursor,
    effect::Row,
    ids::{EventId, RoomId, Txn},
    input::{Input, Member, Policy, Undecryptable},
};

/// What the engine asks of a homeserver.
pub trait Homeserver: Send + std::marker::Sync {
    /// The next sync response after `since`; waits until there is something, or some seconds have passed.
    fn sync(&self, since: Option<Cursor>) -> BoxFuture<'_, Result<Sync, SyncError>>;

    /// The next page of a gap, oldest first.
    fn page(
        &self,
        room: RoomId,
        from: String,
        to: String,
    ) -> BoxFuture<'_, Result<Page, PageError>>;

    /// Who is in a room now.
    fn members(&self, room: RoomId) -> BoxFuture<'_, Result<Vec<Member>, PageError>>;

    /// The rules that a ban list holds now.
    fn rules(&self, room: RoomId) -> BoxFuture<'_, Result<Vec<Policy>, PageError>>;

    /// Does what a row asks, with the rows it refers to already sent.
    fn send(&self, sending: Sending) -> BoxFuture<'_, Answer>;

    /// What an undecryptable event says, if its key has come.
    fn decrypt(&self, event: Undecryptable) -> BoxFuture<'_, Option<Input>>;

    /// Keys as they arrive.
    fn key_news(&self) -> BoxFuture<'_, Option<KeyNews>>;
}

/// A stream of keys that have arrived; an empty list says that some were missed, and that any may be there.
pub type KeyNews = Pin<Box<dyn Stream<Item = Vec<RoomKey>> + Send>>;

/// The key of a Megolm session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomKey {
    pub room: RoomId,
    pub session: String,
}

/// A row that can be sent now.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    pub row: Row,
    /// What the rows that this one refers to were sent as.
    pub sent: Vec<(Txn, EventId)>,
}

/// What the homeserver made of a row. Every error is classified here, once.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It became this event.
    Sent(EventId),
    /// The private room is this one.
    Opened(RoomId),
    /// The QR codes of the picture hold these texts.
    Seen(Vec<String>),
    /// It was so already, which is as good.
    AlreadySo,
    /// Too many requests; not before so many milliseconds.
    Limited { retry_after_ms: i64 },
    /// It may work later.
    Retry(String),
    /// It can never work as it is.
    Wedged(String),
    /// Nothing can work any more: the account is gone.
    LoggedOut(String),
}

/// Why there is no sync response.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// It may work later.
    #[error("{0}")]
    Later(String),
    /// The process must start again: a room was replaced, or what the SDK remembers is no longer sure.
    #[error("linli must start again: {0}")]
    StartAgain(String),
    /// The SDK's own store cannot write.
    #[error(
        "the disk that holds linli's data is full: make room there and start linli again; nothing is lost"
    )]
    DiskFull,
    /// The account is gone.
    #[error("the homeserver no longer knows this session ({0})")]
    LoggedOut(String),
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// It may work later.
    #[error("{0}")]
    Later(String),
    /// The homeserver will never give it.
    #[error("{0}")]
    Never(String),
}
