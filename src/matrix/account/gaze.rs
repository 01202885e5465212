//! The sync loop behind a [`super::Watcher`].

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::watch;

use super::call::text_in;
use super::read::Span;
use super::watcher::{Invites, Log, Seen};
use super::{Account, Direction, Error};

const POLL_MS: u64 = 30_000;
/// The most events of one room that Synapse puts in one response.
const WINDOW: u32 = 100;
/// Before asking a homeserver again that did not answer.
const PAUSE: Duration = Duration::from_millis(200);

/// What one loop knows between two syncs.
pub(super) struct Gaze {
    account: Account,
    invites: Invites,
    since: Option<String>,
    /// Rooms that an earlier response showed as joined. In others an incomplete timeline is history, not a gap.
    known: BTreeSet<String>,
    /// Events that are in the log: a room that was just entered may be told twice.
    logged: BTreeSet<String>,
    log: watch::Sender<Log>,
}

impl Gaze {
    pub(super) fn new(account: Account, invites: Invites, log: watch::Sender<Log>) -> Self {
        Self {
            account,
            invites,
            since: None,
            known: BTreeSet::new(),
            logged: BTreeSet::new(),
            log,
        }
    }

    /// Syncs until the login ends. Any other failure is noted and tried again.
    pub(super) async fn keep_looking(mut self) {
        loop {
            let Err(error) = self.look(POLL_MS).await else {
                continue;
            };
            let trouble = error.to_string();
            self.log.send_modify(|log| log.trouble = Some(trouble));
            if error.errcode() == Some("M_UNKNOWN_TOKEN") {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// One sync. Either all of it is in the log and `since` has moved, or nothing has.
    pub(super) async fn look(&mut self, timeout_ms: u64) -> Result<(), Error> {
        let (since, filter) = (self.since.as_deref(), filter());
        let sync = self.account.sync(since, timeout_ms, Some(&filter));
        let mut response = sync.await?;
        let at = now();
        let next = text_in(&response, "next_batch")?;
        let rooms = &mut response["rooms"];
        let joined = members_of(&mut rooms["join"]);
        // In a room it was put out of, the last thing to see is how.
        let left = members_of(&mut rooms["leave"]);

        let mut fresh = Vec::new();
        for (room, part) in joined.iter().chain(&left) {
            let events = self.timeline(room, &part["timeline"]).await?;
            fresh.extend(events.into_iter().map(|event| Seen {
                room_id: room.clone(),
                event,
                at,
            }));
        }
        if self.invites == Invites::Accept {
            self.accept(&members_of(&mut rooms["invite"])).await;
        }
        self.known.extend(joined.into_iter().map(|(room, _)| room));
        for (room, _) in left {
            self.known.remove(&room);
        }
        self.since = Some(next);
        fresh.retain(|seen| self.logged.insert(seen.id().to_owned()));
        self.log.send_modify(|log| {
            log.events.append(&mut fresh);
            log.trouble = None;
        });
        Ok(())
    }

    /// The room's events of this response, with those before them that the response left out.
    async fn timeline(&self, room: &str, timeline: &Value) -> Result<Vec<Value>, Error> {
        let window = timeline["events"].as_array().cloned().unwrap_or_default();
        let limited = timeline["limited"].as_bool().unwrap_or(false);
        if !limited || !self.known.contains(room) {
            return Ok(window);
        }
        let to = text_in(timeline, "prev_batch")?;
        let mut events = Vec::new();
        let mut from = self.since.clone();
        while let Some(start) = from {
            let span = Span {
                from: Some(&start),
                to: Some(&to),
            };
            let page = self.account.page(room, Direction::Forward, WINDOW, span);
            let page = page.await?;
            from = page.end.filter(|_| !page.events.is_empty());
            events.extend(page.events);
        }
        events.extend(window);
        Ok(events)
    }

    async fn accept(&self, invited: &[(String, Value)]) {
        for (room, _) in invited {
            // An invitation can be withdrawn before it is accepted; that is no trouble.
            if let Err(error) = self.account.join(room).await {
                tracing::debug!(%error, "cannot accept an invitation");
            }
        }
    }
}

/// Timelines and as little else as possible.
fn filter() -> Value {
    let nothing = json!({ "not_types": ["*"] });
    json!({
        "presence": nothing,
        "account_data": nothing,
        "room": {
            "timeline": { "limit": WINDOW },
            "state": { "lazy_load_members": true },
            "ephemeral": nothing,
            "account_data": nothing,
        },
    })
}

/// The members of a JSON object, taken out of it; none of anything else.
fn members_of(value: &mut Value) -> Vec<(String, Value)> {
    if let Value::Object(members) = value.take() {
        members.into_iter().collect()
    } else {
        Vec::new()
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "latencies are taken between two sights, and no decision reads this clock"
)]
fn now() -> Instant {
    Instant::now()
}
