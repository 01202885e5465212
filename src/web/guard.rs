//! Answering the homeserver before it lets something happen: the requests of Synapse's module `synapse-http-antispam`
//! (0.5). A POST for each callback, a bearer token, JSON in and out; any 2xx lets pass, and what a 4xx says in `errcode`
//! and `error` is what the author's client shows.
//!
//! In doubt it lets pass: a body that cannot be understood, a room that is none of ours, an engine that is busy or gone.
//! What should have been stopped is met again in the stream.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::post,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::{net::TcpListener, sync::oneshot};
use tracing::{debug, warn};

use crate::{
    domain::{
        check::Check,
        ids::{RoomId, UserId},
    },
    matrix::{account::call::http_client, translate},
};

/// An event is at most 65,536 bytes (Client-Server API, "Size limits"), and in JSON not much more.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// So long an answer of the engine is waited for, before what was asked about passes.
const PATIENCE: Duration = Duration::from_millis(250);

/// Where it listens, and what its callers must know.
#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    pub token: SecretString,
}

/// The listening end.
pub struct Guard {
    listener: TcpListener,
    token: SecretString,
}

/// How the engine is asked: the answer comes as soon as it has decided, and never where it is gone.
pub type Ask = Arc<dyn Fn(Check) -> oneshot::Receiver<Option<String>> + Send + Sync>;

/// What an administrator of Synapse writes into `homeserver.yaml`. Whatever goes wrong, messages pass.
#[must_use]
pub fn for_synapse(settings: &Settings) -> String {
    format!(
        "modules:
  - module: synapse_http_antispam.HTTPAntispam
    config:
      base_url: http://{}
      authorization_path: /the/token_file/of/linli
      enabled_callbacks: [check_event_for_spam, user_may_invite, user_may_join_room]
      fail_open: {{check_event_for_spam: true, user_may_invite: true, user_may_join_room: true}}",
        settings.listen
    )
}

/// Asks a linli that listens whether it does, and whether this is its token.
///
/// # Errors
/// Why there is no answer, or not the right one.
pub async fn ping(settings: &Settings) -> Result<(), String> {
    let url = format!("http://{}", settings.listen);
    let client = http_client(&url).map_err(|error| error.to_string())?;
    let asked = client
        .post(format!("{url}/ping"))
        .bearer_auth(settings.token.expose_secret())
        .json(&json!({"id": "doctor"}))
        .timeout(Duration::from_secs(5))
        .send();
    let answer = asked
        .await
        .map_err(|error| error.without_url().to_string())?;
    let status = answer.status();
    let answer: Value = answer.json().await.unwrap_or_default();
    if answer["id"] == "doctor" && answer["status"] == "ok" {
        Ok(())
    } else {
        Err(format!("it says {status}"))
    }
}

#[derive(Clone)]
struct Shared {
    ask: Ask,
    /// The sum of the token: sums are compared, so that the time it takes tells nothing of the token itself.
    token: Arc<[u8]>,
}

impl Guard {
    /// Listens; with port 0 at any that is free.
    ///
    /// # Errors
    /// Where the address cannot be had.
    pub async fn bind(settings: &Settings) -> std::io::Result<Self> {
        Ok(Self {
            listener: TcpListener::bind(settings.listen).await?,
            token: settings.token.clone(),
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// Where the system does not say.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until the process ends.
    pub async fn serve(self, ask: Ask) {
        let shared = Shared {
            ask,
            token: sum(self.token.expose_secret()),
        };
        let router = Router::new()
            .route("/{callback}", post(asked))
            .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
            .with_state(shared);
        if let Err(error) = axum::serve(self.listener, router).await {
            warn!(%error, "the homeserver is not answered any more");
        }
    }
}

fn sum(text: &str) -> Arc<[u8]> {
    Sha256::digest(text.as_bytes()).as_slice().into()
}

async fn asked(
    State(shared): State<Shared>,
    Path(callback): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let given = headers.get(header::AUTHORIZATION);
    let given = given.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if given.map(sum).as_deref() != Some(&*shared.token) {
        // No JSON: the module would show it to residents, while with this it lets pass and complains in its log.
        return (StatusCode::UNAUTHORIZED, "this is not the token").into_response();
    }
    let body: Value = match serde_json::from_slice(&body) {
        Ok(body) => body,
        Err(error) => {
            debug!(%error, callback, "a question of the homeserver cannot be understood");
            return passes();
        }
    };
    if callback == "ping" {
        return answer(StatusCode::OK, &json!({"id": body["id"], "status": "ok"}));
    }
    let Some(check) = read(&callback, &body) else {
        return passes();
    };
    match ask(&shared.ask, check).await {
        Some(refusal) => answer(
            StatusCode::FORBIDDEN,
            &json!({"errcode": "M_FORBIDDEN", "error": refusal}),
        ),
        None => passes(),
    }
}

/// What the engine says; None for what may pass.
async fn ask(ask: &Ask, check: Check) -> Option<String> {
    match tokio::time::timeout(PATIENCE, ask(check)).await {
        Ok(answered) => answered.ok().flatten(),
        Err(_) => {
            debug!("the engine is busy: something passed without a look");
            None
        }
    }
}

/// What is asked; None for what linli has no opinion about.
fn read(callback: &str, body: &Value) -> Option<Check> {
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    match callback {
        "check_event_for_spam" => {
            let event = body.get("event")?;
            let room = RoomId::from(event.get("room_id")?.as_str()?);
            translate::input(&room, event)
                .map(Box::new)
                .map(Check::Event)
        }
        "user_may_invite" => Some(Check::Invite {
            by: UserId::from(text("inviter")?),
            user: UserId::from(text("invitee")?),
            room: RoomId::from(text("room_id")?),
        }),
        "user_may_join_room" => Some(Check::Join {
            user: UserId::from(text("user")?),
            room: RoomId::from(text("room")?),
        }),
        _ => None,
    }
}

fn passes() -> Response {
    answer(StatusCode::OK, &json!({}))
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, body.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_of_the_module_are_understood_and_others_pass() {
        let event = json!({"event": {"type": "m.room.message", "event_id": "$1", "room_id": "!r", "sender": "@a:b",
            "origin_server_ts": 1, "content": {"msgtype": "m.text", "body": "hello"}}});
        assert!(matches!(
            read("check_event_for_spam", &event),
            Some(Check::Event(_))
        ));
        let invite = json!({"inviter": "@a:b", "invitee": "@c:d", "room_id": "!r"});
        assert!(matches!(
            read("user_may_invite", &invite),
            Some(Check::Invite { .. })
        ));
        let join = json!({"user": "@a:b", "room": "!r", "is_invited": false});
        assert!(matches!(
            read("user_may_join_room", &join),
            Some(Check::Join { .. })
        ));
        for (callback, body) in [
            ("check_event_for_spam", json!({"event": 3})),
            ("check_event_for_spam", json!([])),
            ("user_may_invite", json!({"inviter": 1})),
            ("user_may_create_room", json!({"user_id": "@a:b"})),
            ("check_login_for_spam", json!(null)),
        ] {
            assert_eq!(read(callback, &body), None, "{callback} {body}");
        }
    }
}
