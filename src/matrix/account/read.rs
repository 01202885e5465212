//! Reading: members, single events, history, and the sync that watching is made of.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

use super::call::{Ask, client_path};
use super::{Account, Error};

/// Which way through a room's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From now, or from a token, to older events.
    Backward,
    /// From the beginning, or from a token, to newer events.
    Forward,
}

/// A piece of a room's history.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The events in the direction asked for.
    pub events: Vec<Value>,
    /// Where the next page begins; nothing at the end.
    pub end: Option<String>,
}

/// Where a page begins and at most ends, as the homeserver's tokens.
#[derive(Clone, Copy, Default)]
pub(super) struct Span<'a> {
    pub(super) from: Option<&'a str>,
    pub(super) to: Option<&'a str>,
}

impl Account {
    /// The bytes of a medium by the two parts of its address; None where there are more than `max`.
    ///
    /// # Errors
    /// Where the homeserver does not have it, or does not answer.
    pub async fn download(
        &self,
        server: &str,
        id: &str,
        max: usize,
    ) -> Result<Option<Vec<u8>>, Error> {
        let path = ["_matrix", "client", "v1", "media", "download", server, id];
        self.api.bytes(&path, max).await
    }

    /// The content of everybody's membership event, by user id; those who left included.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn members(&self, room: &str) -> Result<BTreeMap<String, Value>, Error> {
        let mut answer = self.get(&["rooms", room, "members"], &[]).await?;
        let events = take_list(&mut answer, "chunk");
        let member = |mut event: Value| {
            let user = event["state_key"].as_str()?.to_owned();
            Some((user, event["content"].take()))
        };
        Ok(events.into_iter().filter_map(member).collect())
    }

    /// One event as the homeserver serves it now, edits and reactions summed up in `unsigned`.
    ///
    /// # Errors
    /// See [`Account`]; `M_NOT_FOUND` when there is none or this account may not see it.
    pub async fn event(&self, room: &str, event_id: &str) -> Result<Value, Error> {
        self.get(&["rooms", room, "event", event_id], &[]).await
    }

    /// A page of history with at most `limit` events, from a token of an earlier page or of a sync.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn messages(
        &self,
        room: &str,
        direction: Direction,
        limit: u32,
        from: Option<&str>,
    ) -> Result<Page, Error> {
        let span = Span { from, to: None };
        self.page(room, direction, limit, span).await
    }

    pub(super) async fn page(
        &self,
        room: &str,
        direction: Direction,
        limit: u32,
        span: Span<'_>,
    ) -> Result<Page, Error> {
        let dir = match direction {
            Direction::Backward => "b",
            Direction::Forward => "f",
        };
        let mut query = vec![("dir", dir.to_owned()), ("limit", limit.to_string())];
        query.extend(span.from.map(|from| ("from", from.to_owned())));
        query.extend(span.to.map(|to| ("to", to.to_owned())));
        let mut answer = self.get(&["rooms", room, "messages"], &query).await?;
        Ok(Page {
            events: take_list(&mut answer, "chunk"),
            end: answer["end"].as_str().map(str::to_owned),
        })
    }

    /// One sync: all at once without `since`, else what came after it, waiting up to `timeout_ms` for something to come.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn sync(
        &self,
        since: Option<&str>,
        timeout_ms: u64,
        filter: Option<&Value>,
    ) -> Result<Value, Error> {
        let mut query = vec![("timeout", timeout_ms.to_string())];
        query.extend(since.map(|since| ("since", since.to_owned())));
        query.extend(filter.map(|filter| ("filter", filter.to_string())));
        let path = client_path(&["sync"]);
        let ask = Ask::new(Method::GET, &path)
            .query(&query)
            .for_longer(Duration::from_millis(timeout_ms));
        self.api.call(&ask).await
    }
}

/// Takes the list under `key` out of an answer; a missing one is empty.
fn take_list(answer: &mut Value, key: &str) -> Vec<Value> {
    match answer.get_mut(key).map(Value::take) {
        Some(Value::Array(list)) => list,
        Some(_) | None => Vec::new(),
    }
}
