//! Acts at the homeserver: power levels, joining, removing, private rooms. Each is done so that done twice it is done
//! once, and each refusal is judged here.

use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    Answer,
    account::{Account, Error, Method},
};
use crate::domain::{
    effect::{Act, Open},
    ids::{EventId, Millis, RoomId, UserId},
    power::LevelChange,
};

const LEVELS: &str = "m.room.power_levels";
const DOOR: &str = "m.room.join_rules";
const NAME: &str = "m.room.name";

/// So long a homeserver may take to make a room.
const MADE_WITHIN_SECONDS: u32 = 30;

/// Does what an act asks, in a room.
pub async fn perform(account: &Account, room: &RoomId, act: &Act) -> Answer {
    let done = match act {
        Act::SetLevels(change) => set_levels(account, room, change).await,
        Act::SetDoor { content } => set_door(account, room, content).await,
        Act::SetPolicy {
            kind,
            state_key,
            content,
        } => set_policy(account, room, (kind, state_key), content).await,
        Act::Kick { user, reason } => kick(account, room, user, reason).await,
        Act::Ban { user, reason } => ban(account, room, user, reason).await,
        Act::Unban { user } => unban(account, room, user).await,
        Act::Invite { user } => invite(account, room, user).await,
        Act::Rename { name } => rename(account, room, name).await,
        Act::Join => account.join(room.as_str()).await.map(|_| Answer::AlreadySo),
        Act::Open(open) => self::open(account, open).await,
    };
    done.unwrap_or_else(|error| classify(&error))
}

/// What an error means for the outbox.
pub(super) fn classify(error: &Error) -> Answer {
    let Error::Refused(refusal) = error else {
        return Answer::Retry(error.to_string());
    };
    let why = refusal.to_string();
    match (refusal.status, refusal.errcode.as_str()) {
        (429, _) => {
            let wait = refusal.retry_after.map(|wait| wait.as_millis());
            Answer::Limited {
                retry_after_ms: wait.and_then(|ms| i64::try_from(ms).ok()).unwrap_or(1_000),
            }
        }
        (_, "M_UNKNOWN_TOKEN" | "M_USER_DEACTIVATED") => Answer::LoggedOut(why),
        (status, _) if status >= 500 || status == 408 => Answer::Retry(why),
        // Without a Matrix error code it is not the homeserver that speaks, but something before it.
        (_, "") => Answer::Retry(why),
        _ => Answer::Wedged(why),
    }
}

/// Changes some entries of the power levels as they are now, and nothing else of them.
async fn set_levels(
    account: &Account,
    room: &RoomId,
    change: &LevelChange,
) -> Result<Answer, Error> {
    let (now, written) = account.dated_state(room.as_str(), LEVELS, "").await?;
    let wanted = changed(&now, change);
    if wanted == now || change.comes_before(Millis(written)) {
        return Ok(Answer::AlreadySo);
    }
    put(account, room, LEVELS, wanted).await
}

/// Power levels with a change made to them.
#[must_use]
pub fn changed(now: &Value, change: &LevelChange) -> Value {
    let mut wanted = now.clone();
    for (user, entry) in &change.users {
        set(&mut wanted["users"], user.as_str(), *entry);
    }
    if let Some(events_default) = change.events_default {
        set(&mut wanted, "events_default", events_default.level);
    }
    wanted
}

fn set(object: &mut Value, key: &str, entry: Option<i64>) {
    match entry {
        Some(level) => object[key] = json!(level),
        None => {
            if let Some(entries) = object.as_object_mut() {
                entries.remove(key);
            }
        }
    }
}

async fn set_door(account: &Account, room: &RoomId, content: &str) -> Result<Answer, Error> {
    let Ok(wanted) = serde_json::from_str::<Value>(content) else {
        return Ok(Answer::Wedged(
            "the rule of who may join is no JSON".to_owned(),
        ));
    };
    if account.state(room.as_str(), DOOR, "").await? == wanted {
        return Ok(Answer::AlreadySo);
    }
    put(account, room, DOOR, wanted).await
}

async fn rename(account: &Account, room: &RoomId, name: &str) -> Result<Answer, Error> {
    let wanted = json!({"name": name});
    if account.state(room.as_str(), NAME, "").await? == wanted {
        return Ok(Answer::AlreadySo);
    }
    put(account, room, NAME, wanted).await
}

async fn set_policy(
    account: &Account,
    room: &RoomId,
    (kind, key): (&str, &str),
    content: &str,
) -> Result<Answer, Error> {
    let Ok(wanted) = serde_json::from_str::<Value>(content) else {
        return Ok(Answer::Wedged("the rule is no JSON".to_owned()));
    };
    // A rule that was never there is as good as one that was taken back.
    let now = match account.state(room.as_str(), kind, key).await {
        Ok(now) => now,
        Err(Error::Refused(none)) if none.errcode == "M_NOT_FOUND" => json!({}),
        Err(error) => return Err(error),
    };
    if now == wanted {
        return Ok(Answer::AlreadySo);
    }
    let event = account.put_state(room.as_str(), kind, key, wanted).await?;
    Ok(Answer::Sent(EventId::from(event)))
}

async fn put(
    account: &Account,
    room: &RoomId,
    kind: &str,
    content: Value,
) -> Result<Answer, Error> {
    let event = account.put_state(room.as_str(), kind, "", content).await?;
    Ok(Answer::Sent(EventId::from(event)))
}

async fn kick(
    account: &Account,
    room: &RoomId,
    user: &UserId,
    reason: &str,
) -> Result<Answer, Error> {
    let kicked = account.kick(room.as_str(), user.as_str(), reason).await;
    let gone = |standing: &str| matches!(standing, "leave" | "ban");
    unless_so(account, room, user, kicked, gone).await
}

async fn ban(
    account: &Account,
    room: &RoomId,
    user: &UserId,
    reason: &str,
) -> Result<Answer, Error> {
    let banned = account.ban(room.as_str(), user.as_str(), reason).await;
    unless_so(account, room, user, banned, |standing| standing == "ban").await
}

async fn unban(account: &Account, room: &RoomId, user: &UserId) -> Result<Answer, Error> {
    let lifted = account.unban(room.as_str(), user.as_str()).await;
    unless_so(account, room, user, lifted, |standing| standing != "ban").await
}

async fn invite(account: &Account, room: &RoomId, user: &UserId) -> Result<Answer, Error> {
    let invited = account.invite(room.as_str(), user.as_str()).await;
    // Whoever was banned meanwhile is not asked in.
    let there = |standing: &str| matches!(standing, "join" | "invite" | "ban");
    unless_so(account, room, user, invited, there).await
}

/// What was refused may be so already.
async fn unless_so(
    account: &Account,
    room: &RoomId,
    user: &UserId,
    done: Result<(), Error>,
    is_so: impl Fn(&str) -> bool,
) -> Result<Answer, Error> {
    let error = match done {
        Ok(()) => return Ok(Answer::AlreadySo),
        Err(error) => error,
    };
    let Error::Refused(refusal) = &error else {
        return Err(error);
    };
    if !matches!(refusal.status, 400 | 403 | 404) {
        return Err(error);
    }
    let standing = account
        .state(room.as_str(), "m.room.member", user.as_str())
        .await;
    let standing = match &standing {
        Ok(content) => content["membership"].as_str().unwrap_or("leave"),
        Err(Error::Refused(none)) if none.errcode == "M_NOT_FOUND" => "leave",
        Err(_) => return Err(error),
    };
    if is_so(standing) {
        Ok(Answer::AlreadySo)
    } else {
        Err(error)
    }
}

/// Makes a private room. Its alias says what it is for, to nobody but linli: a second attempt, after a crash
/// between making and hearing of it, finds the first one's room.
async fn open(account: &Account, open: &Open) -> Result<Answer, Error> {
    let (local, server) = (alias(account, open), server_of(account));
    let mut state = Vec::new();
    if open.encrypted {
        state.push(json!({"type": "m.room.encryption", "state_key": "",
            "content": {"algorithm": "m.megolm.v1.aes-sha2"}}));
    }
    let invited: Vec<&UserId> = [&open.user].into_iter().chain(&open.others).collect();
    let mut body = json!({
        "preset": "private_chat",
        "is_direct": !open.shared,
        "name": open.name,
        "room_alias_name": local,
        "invite": invited,
        "initial_state": state,
    });
    if open.shared {
        body["power_level_content_override"] = shared_levels();
    }
    match account.create_room(body).await {
        Ok(room) => Ok(Answer::Opened(RoomId::from(room))),
        Err(error) if error.errcode() == Some("M_ROOM_IN_USE") => {
            find(account, &format!("#{local}:{server}"), open).await
        }
        Err(error) => Err(error),
    }
}

/// The power levels of a room for several: linli alone invites, and where everybody is silent taps still count, and can
/// be taken back. The rest is what Synapse gives to a private room.
fn shared_levels() -> Value {
    json!({
        "invite": 50,
        "events": {
            "m.reaction": 0,
            "m.room.redaction": 0,
            "m.room.name": 50,
            "m.room.avatar": 50,
            "m.room.canonical_alias": 50,
            "m.room.power_levels": 100,
            "m.room.history_visibility": 100,
            "m.room.encryption": 100,
            "m.room.server_acl": 100,
            "m.room.tombstone": 150,
        },
    })
}

async fn find(account: &Account, alias: &str, open: &Open) -> Result<Answer, Error> {
    let path = ["_matrix", "client", "v3", "directory", "room", alias];
    let found = account.request(Method::GET, &path, None).await?;
    let room = RoomId::from(found["room_id"].as_str().unwrap_or_default());
    // The content of the creation names nobody since room version 11; whoever else has power there could read along.
    let levels = levels_once_made(account, &room).await?;
    let others = levels.map(|levels| others_with_power(account, &levels));
    if others != Some(false) {
        let why = format!("the alias {alias} belongs to a room of somebody else's");
        return Ok(Answer::Wedged(why));
    }
    // Who has left may be asked in again; whoever is there cannot.
    invite(account, &room, &open.user).await?;
    for other in &open.others {
        match invite(account, &room, other).await {
            // Who may not be asked in keeps nobody else out.
            Err(Error::Refused(refusal)) if refusal.status == 403 => {}
            asked => drop(asked?),
        }
    }
    Ok(Answer::Opened(room))
}

/// The power levels of a room that an earlier attempt may be making still, for Synapse gives the alias away before the room
/// has any state. None where they cannot be read for so long that it is no room of ours.
async fn levels_once_made(account: &Account, room: &RoomId) -> Result<Option<Value>, Error> {
    for _ in 0..MADE_WITHIN_SECONDS {
        match account.state(room.as_str(), LEVELS, "").await {
            Ok(levels) => return Ok(Some(levels)),
            Err(Error::Refused(refusal)) if matches!(refusal.status, 403 | 404) => {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

fn others_with_power(account: &Account, levels: &Value) -> bool {
    let none = serde_json::Map::new();
    let users = levels["users"].as_object().unwrap_or(&none);
    users
        .iter()
        .any(|(user, level)| *user != account.user_id && level.as_i64().unwrap_or(0) > 0)
}

fn alias(account: &Account, open: &Open) -> String {
    let digest = Sha256::digest(format!("{} {}", account.user_id, open.key));
    let hex: String = digest[..12]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("linli-{hex}")
}

fn server_of(account: &Account) -> &str {
    let user = account.user_id.split_once(':');
    user.map_or("", |(_, server)| server)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::power::EventsDefault;

    #[test]
    fn only_the_named_entries_change() {
        let now = json!({"users": {"@a:x": 100, "@b:x": 7}, "events": {"m.x": 3}, "ban": 60});
        let muted = changed(&now, &LevelChange::of(&UserId::from("@b:x"), Some(-1)));
        assert_eq!(
            muted,
            json!({"users": {"@a:x": 100, "@b:x": -1}, "events": {"m.x": 3}, "ban": 60})
        );
        let back = changed(&muted, &LevelChange::of(&UserId::from("@b:x"), Some(7)));
        assert_eq!(back, now);
        let gone = changed(&now, &LevelChange::of(&UserId::from("@b:x"), None));
        assert_eq!(gone["users"], json!({"@a:x": 100}));
        let raid = LevelChange {
            events_default: Some(EventsDefault { level: Some(50) }),
            ..LevelChange::default()
        };
        let quiet = changed(&now, &raid);
        assert_eq!(quiet["events_default"], json!(50));
        let over = LevelChange {
            events_default: Some(EventsDefault { level: None }),
            ..LevelChange::default()
        };
        assert_eq!(changed(&quiet, &over), now);
        // A room whose levels name nobody gets the entry.
        let none = changed(
            &json!({}),
            &LevelChange::of(&UserId::from("@b:x"), Some(-1)),
        );
        assert_eq!(none, json!({"users": {"@b:x": -1}}));
    }
}
