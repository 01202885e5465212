//! Rooms: making, joining, leaving, who is there and who may do what.

use serde_json::{Value, json};

use super::call::text_in;
use super::{Account, Error};

const POWER_LEVELS: &str = "m.room.power_levels";

impl Account {
    /// Makes a room by the body of `createRoom` and returns its id.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn create_room(&self, request: Value) -> Result<String, Error> {
        let answer = self.post(&["createRoom"], request).await?;
        text_in(&answer, "room_id")
    }

    /// Joins a room by id or alias and returns its id.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn join(&self, room_or_alias: &str) -> Result<String, Error> {
        let answer = self.post(&["join", room_or_alias], json!({})).await?;
        text_in(&answer, "room_id")
    }

    /// Invites somebody.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn invite(&self, room: &str, user: &str) -> Result<(), Error> {
        self.about(room, "invite", json!({ "user_id": user })).await
    }

    /// Leaves a room, or declines an invitation.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn leave(&self, room: &str) -> Result<(), Error> {
        self.about(room, "leave", json!({})).await
    }

    /// Removes somebody, who may come back.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn kick(&self, room: &str, user: &str, reason: &str) -> Result<(), Error> {
        let body = json!({ "user_id": user, "reason": reason });
        self.about(room, "kick", body).await
    }

    /// Removes somebody, who may not come back.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn ban(&self, room: &str, user: &str, reason: &str) -> Result<(), Error> {
        let body = json!({ "user_id": user, "reason": reason });
        self.about(room, "ban", body).await
    }

    /// Lifts a ban.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn unban(&self, room: &str, user: &str) -> Result<(), Error> {
        self.about(room, "unban", json!({ "user_id": user })).await
    }

    /// The content of a state event; `key` is empty for most types.
    ///
    /// # Errors
    /// See [`Account`]; `M_NOT_FOUND` when the room has none.
    pub async fn state(&self, room: &str, kind: &str, key: &str) -> Result<Value, Error> {
        self.get(&["rooms", room, "state", kind, key], &[]).await
    }

    /// The content of a state event and when it was set, in milliseconds by its sender's homeserver; 0 where the
    /// homeserver does not say (`format` is younger than the rest of Client-Server API, `GET …/state/…`).
    ///
    /// # Errors
    /// As those of [`Self::state`].
    pub async fn dated_state(
        &self,
        room: &str,
        kind: &str,
        key: &str,
    ) -> Result<(Value, i64), Error> {
        let format = [("format", "event".to_owned())];
        let mut event = self
            .get(&["rooms", room, "state", kind, key], &format)
            .await?;
        Ok(match event["origin_server_ts"].as_i64() {
            Some(at) => (event["content"].take(), at),
            None => (event, 0),
        })
    }

    /// Sets a state event and returns its id. The same content as now makes no new event.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn put_state(
        &self,
        room: &str,
        kind: &str,
        key: &str,
        content: Value,
    ) -> Result<String, Error> {
        let path = ["rooms", room, "state", kind, key];
        let answer = self.put(&path, content).await?;
        text_in(&answer, "event_id")
    }

    /// The room's power levels, as in their state event.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn power_levels(&self, room: &str) -> Result<Value, Error> {
        self.state(room, POWER_LEVELS, "").await
    }

    /// Gives one user a power level and returns the id of the event. Two writers at the same time can undo each other.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn set_power_level(
        &self,
        room: &str,
        user: &str,
        level: i64,
    ) -> Result<String, Error> {
        let mut levels = self.power_levels(room).await?;
        levels["users"][user] = level.into();
        self.put_state(room, POWER_LEVELS, "", levels).await
    }

    async fn about(&self, room: &str, what: &str, body: Value) -> Result<(), Error> {
        self.post(&["rooms", room, what], body).await.map(drop)
    }
}
