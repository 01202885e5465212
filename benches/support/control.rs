//! Bots that linli is measured beside. They do one thing and nothing else: no store, no judgement, no record.

use std::time::Duration;

use anyhow::{Context as _, Result};
use linli::{devserver::Account, matrix::account::Text};
use serde_json::{Value, json};

/// What a control does with messages that hold a word.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "each bench needs one of them")]
pub enum Does {
    Reply(&'static str),
    Remove(&'static str),
}

/// How long a sync may wait.
const WAIT: Duration = Duration::from_secs(20);
/// Without a limit of its own a response holds ten events of a room, and a control would miss most of a wave.
const EVENTS_AT_ONCE: u32 = 100;

/// A raw `/sync` loop with one substring test.
pub async fn raw(account: Account, does: Does) -> Result<()> {
    let filter = json!({"room": {"timeline": {"limit": EVENTS_AT_ONCE}}});
    let first = account.sync(None, 0, None).await?;
    let mut since = token(&first)?;
    loop {
        let wait = u64::try_from(WAIT.as_millis())?;
        let response = account.sync(Some(&since), wait, Some(&filter)).await?;
        since = token(&response)?;
        let Some(rooms) = response["rooms"]["join"].as_object() else {
            continue;
        };
        for (room, update) in rooms {
            let events = update["timeline"]["events"].as_array();
            for event in events.into_iter().flatten() {
                act(&account, does, room, event).await?;
            }
        }
    }
}

fn token(response: &Value) -> Result<String> {
    let token = response["next_batch"].as_str().context("no token")?;
    Ok(token.to_owned())
}

async fn act(account: &Account, does: Does, room: &str, event: &Value) -> Result<()> {
    let (Does::Reply(word) | Does::Remove(word)) = does;
    let body = event["content"]["body"].as_str().unwrap_or_default();
    let is_own = event["sender"] == account.user_id.as_str();
    if is_own || !body.contains(word) {
        return Ok(());
    }
    let id = event["event_id"].as_str().unwrap_or_default();
    match does {
        Does::Remove(_) => account.redact(room, id, "control").await?,
        Does::Reply(_) => {
            let text = Text {
                body: "ok".to_owned(),
                reply_to: Some(id.to_owned()),
                ..Text::default()
            };
            account.message(room, text).await?
        }
    };
    Ok(())
}
