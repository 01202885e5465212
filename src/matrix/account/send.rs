//! Writing: messages, pictures, reactions, edits, redactions.

use reqwest::Method;
use serde_json::{Value, json};

use super::call::{Ask, text_in};
use super::{Account, Error};

/// A text message. `"hello".into()` makes a plain one.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// What it says.
    pub body: String,
    /// The event it answers.
    pub reply_to: Option<String>,
    /// The first event of the thread it belongs to.
    pub thread_root: Option<String>,
    /// The user ids it mentions; they are told, whatever the body says.
    pub mentions: Vec<String>,
}

impl From<&str> for Text {
    fn from(body: &str) -> Self {
        Self {
            body: body.to_owned(),
            ..Self::default()
        }
    }
}

/// A picture that was uploaded before.
#[derive(Clone, Debug, Default)]
pub struct Image {
    /// What [`Account::upload`] returned.
    pub mxc: String,
    /// Such as `leak.jpg`.
    pub filename: String,
    /// Words below the picture.
    pub caption: Option<String>,
    /// The `info` of `m.image`: `w`, `h`, `mimetype`, `size`. `Null` leaves it out.
    pub info: Value,
    /// The event it answers.
    pub reply_to: Option<String>,
    /// The first event of the thread it belongs to.
    pub thread_root: Option<String>,
}

impl Account {
    /// Sends any event under a fresh transaction id and returns its id.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn send_event(
        &self,
        room: &str,
        kind: &str,
        content: Value,
    ) -> Result<String, Error> {
        let path = ["rooms", room, "send", kind, &self.transaction()];
        let answer = self.put(&path, content).await?;
        text_in(&answer, "event_id")
    }

    /// Says something plain and returns the event's id.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn say(&self, room: &str, body: &str) -> Result<String, Error> {
        self.message(room, body.into()).await
    }

    /// Sends a text, perhaps as a reply, in a thread, or with mentions, and returns the event's id.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn message(&self, room: &str, text: Text) -> Result<String, Error> {
        let mut content = json!({ "msgtype": "m.text", "body": text.body, "m.mentions": {} });
        if !text.mentions.is_empty() {
            content["m.mentions"] = json!({ "user_ids": text.mentions });
        }
        relate(&mut content, text.reply_to, text.thread_root);
        self.send_event(room, "m.room.message", content).await
    }

    /// Sends an uploaded picture and returns the event's id.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn send_image(&self, room: &str, image: Image) -> Result<String, Error> {
        // The body is the caption exactly when it differs from the file's name.
        let body = image.caption.as_ref().unwrap_or(&image.filename);
        let mut content = json!({
            "msgtype": "m.image",
            "body": body,
            "filename": image.filename,
            "url": image.mxc,
            "m.mentions": {},
        });
        if !image.info.is_null() {
            content["info"] = image.info;
        }
        relate(&mut content, image.reply_to, image.thread_root);
        self.send_event(room, "m.room.message", content).await
    }

    /// Uploads a file and returns its `mxc:` address.
    ///
    /// # Errors
    /// See [`Account`]; `M_TOO_LARGE` above Synapse's 50 MiB.
    pub async fn upload(
        &self,
        bytes: &[u8],
        content_type: &str,
        filename: &str,
    ) -> Result<String, Error> {
        let query = [("filename", filename.to_owned())];
        let ask = Ask::new(Method::POST, &["_matrix", "media", "v3", "upload"])
            .query(&query)
            .bytes(bytes, content_type);
        text_in(&self.api.call(&ask).await?, "content_uri")
    }

    /// Reacts to an event with a key, mostly an emoji, and returns the reaction's id.
    ///
    /// # Errors
    /// See [`Account`]; `M_DUPLICATE_ANNOTATION` for the same one again.
    pub async fn react(&self, room: &str, event_id: &str, key: &str) -> Result<String, Error> {
        let relation = json!({ "rel_type": "m.annotation", "event_id": event_id, "key": key });
        let content = json!({ "m.relates_to": relation });
        self.send_event(room, "m.reaction", content).await
    }

    /// Takes an event's content away (a reaction, too) and returns the redaction's id. An empty reason is left out.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn redact(&self, room: &str, event_id: &str, reason: &str) -> Result<String, Error> {
        let txn = self.transaction();
        self.redact_once(room, event_id, reason, &txn).await
    }

    /// The same under a transaction id of the caller's: asked twice, the homeserver does it once.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn redact_once(
        &self,
        room: &str,
        event_id: &str,
        reason: &str,
        txn: &str,
    ) -> Result<String, Error> {
        let path = ["rooms", room, "redact", event_id, txn];
        let body = if reason.is_empty() {
            json!({})
        } else {
            json!({ "reason": reason })
        };
        text_in(&self.put(&path, body).await?, "event_id")
    }

    /// Replaces the text of an own message and returns the id of the edit.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn edit(&self, room: &str, event_id: &str, body: &str) -> Result<String, Error> {
        let content = json!({
            "msgtype": "m.text",
            // What clients show that do not know edits.
            "body": format!("* {body}"),
            "m.mentions": {},
            "m.new_content": { "msgtype": "m.text", "body": body, "m.mentions": {} },
            "m.relates_to": { "rel_type": "m.replace", "event_id": event_id },
        });
        self.send_event(room, "m.room.message", content).await
    }
}

/// Adds the relation of a reply, of a message in a thread, or of both.
fn relate(content: &mut Value, reply_to: Option<String>, thread_root: Option<String>) {
    let relation = match (reply_to, thread_root) {
        (None, None) => return,
        (Some(reply), None) => json!({ "m.in_reply_to": { "event_id": reply } }),
        (Some(reply), Some(root)) => json!({
            "rel_type": "m.thread",
            "event_id": root,
            "m.in_reply_to": { "event_id": reply },
        }),
        // Clients without threads show it as a reply to the root.
        (None, Some(root)) => json!({
            "rel_type": "m.thread",
            "event_id": root,
            "is_falling_back": true,
            "m.in_reply_to": { "event_id": root },
        }),
    };
    content["m.relates_to"] = relation;
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::relate;

    #[track_caller]
    fn check(reply_to: Option<&str>, thread_root: Option<&str>, expected: &Value) {
        let mut content = json!({});
        relate(
            &mut content,
            reply_to.map(str::to_owned),
            thread_root.map(str::to_owned),
        );
        assert_eq!(&content, expected);
    }

    #[test]
    fn a_reply_in_a_thread_is_no_fallback() {
        check(None, None, &json!({}));
        check(
            Some("$r"),
            None,
            &json!({ "m.relates_to": { "m.in_reply_to": { "event_id": "$r" } } }),
        );
        check(
            Some("$r"),
            Some("$t"),
            &json!({ "m.relates_to": {
                "rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": { "event_id": "$r" },
            } }),
        );
        check(
            None,
            Some("$t"),
            &json!({ "m.relates_to": {
                "rel_type": "m.thread", "event_id": "$t", "is_falling_back": true,
                "m.in_reply_to": { "event_id": "$t" },
            } }),
        );
    }
}
