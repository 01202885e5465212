//! An account that keeps its eyes open: a sync loop in the background, and waiting for what it sees.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::gaze::Gaze;
use super::{Account, Error};

/// How many of the last events a failed wait shows.
const SHOWN: usize = 8;

/// Collects every timeline event of the rooms an account is in. Dropping it ends the watching.
///
/// A homeserver that goes away is asked again until it is back; nothing is missed by that. Only a login that has ended
/// ends the watching.
#[derive(Debug)]
pub struct Watcher {
    seen: watch::Receiver<Log>,
    task: JoinHandle<()>,
}

/// What to do with invitations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invites {
    /// Join at once.
    Accept,
    /// Leave them open.
    Ignore,
}

/// One event, in the order of its room's timeline.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The room it is in.
    pub room_id: String,
    /// The event as it came.
    pub event: Value,
    /// When it came.
    pub at: Instant,
}

impl Seen {
    /// The event's id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.event["event_id"].as_str().unwrap_or_default()
    }

    /// The event's type, such as `m.room.message`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.event["type"].as_str().unwrap_or_default()
    }

    /// Who sent it.
    #[must_use]
    pub fn sender(&self) -> &str {
        self.event["sender"].as_str().unwrap_or_default()
    }

    /// Its content.
    #[must_use]
    pub fn content(&self) -> &Value {
        &self.event["content"]
    }

    /// The text of a message; empty for everything else.
    #[must_use]
    pub fn body(&self) -> &str {
        self.content()["body"].as_str().unwrap_or_default()
    }

    /// The event that this one reacts to, edits, redacts, or whose thread it is in.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        // Since room version 11 the target of a redaction is in its content.
        let content = self.content();
        let related = content["m.relates_to"]["event_id"].as_str();
        let redacted = content["redacts"].as_str();
        related.or(redacted).or(self.event["redacts"].as_str())
    }
}

/// What the loop shares with those who wait.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) events: Vec<Seen>,
    /// Why the last sync failed, until one succeeds.
    pub(super) trouble: Option<String>,
}

impl Watcher {
    /// Begins to watch. The newest hundred events of each room are there when it returns, and all that come later follow.
    ///
    /// # Errors
    /// When the first sync fails.
    pub async fn start(account: &Account, invites: Invites) -> Result<Self, Error> {
        let (log, seen) = watch::channel(Log::default());
        let mut gaze = Gaze::new(account.clone(), invites, log);
        gaze.look(0).await?;
        let task = tokio::spawn(gaze.keep_looking());
        Ok(Self { seen, task })
    }

    /// Everything seen so far; in order within each room.
    #[must_use]
    pub fn events(&self) -> Vec<Seen> {
        self.seen.borrow().events.clone()
    }

    /// Waits until `find` finds something among all events seen so far, at most `patience`.
    ///
    /// `find` gets the whole list each time something comes. `what` names it in the error, such as `card of ticket 3`.
    ///
    /// # Errors
    /// When it has not come in time, or the watching has ended; shows the last events that did come.
    pub async fn wait_for<T>(
        &self,
        what: &str,
        patience: Duration,
        mut find: impl FnMut(&[Seen]) -> Option<T>,
    ) -> Result<T> {
        let mut seen = self.seen.clone();
        let mut found = None;
        let waiting = seen.wait_for(|log| {
            found = find(&log.events);
            found.is_some()
        });
        let why = match tokio::time::timeout(patience, waiting).await {
            Err(_) => format!("waited {patience:?}"),
            // When something was found, nobody asks why not.
            Ok(_) => "watching has ended".to_owned(),
        };
        found.with_context(|| format!("No {what}: {why}; {}", self.seen.borrow().summary()))
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Log {
    fn summary(&self) -> String {
        let count = self.events.len();
        let mut text = format!("{count} events were seen");
        if let Some(trouble) = &self.trouble {
            text = format!("{text}, the last sync failed ({trouble})");
        }
        for seen in &self.events[count.saturating_sub(SHOWN)..] {
            let body: String = seen.body().chars().take(80).collect();
            text = format!("{text}\n  {} {}: {body}", seen.kind(), seen.sender());
        }
        text
    }
}
