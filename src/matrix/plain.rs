//! Responses of the stream that need nothing of the SDK.
//!
//! Taking a response in costs the SDK some milliseconds, each time: it writes its account's keys and its rooms to its
//! stores on the disk. Most responses tell only what was said in clear rooms, which changes neither. So linli asks for
//! the stream by itself, and asks again through the SDK, from the same cursor, where there is more: keys, members,
//! rooms. The homeserver answers the same or more then; what is for the device waits there until a later cursor is
//! asked for (Client-Server API, "Send-to-Device messaging").

use serde_json::Value;

use super::translate;
use crate::domain::{
    batch::{Sync, Window},
    commit::Cursor,
    ids::RoomId,
};

/// The keys that a homeserver holds for this device, as it counts them in each response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeldKeys([Value; 2]);

impl HeldKeys {
    /// Those that a response tells of.
    pub(super) fn of(response: &Value) -> Self {
        let counts = [
            "device_one_time_keys_count",
            "device_unused_fallback_key_types",
        ];
        Self(counts.map(|key| response[key].clone()))
    }
}

/// What a response to `since` tells, where the SDK need not know it but for the [`HeldKeys`].
pub(super) fn taken(since: &Cursor, response: &Value) -> Option<Sync> {
    let next = response["next_batch"].as_str()?;
    if concerns_device(response) {
        return None;
    }
    let joined = response["rooms"]["join"].as_object();
    // An idle stream is a good moment for the SDK to send what it could not.
    let rooms = joined.filter(|rooms| !rooms.is_empty())?;
    let windows = rooms.iter().map(|(room, update)| window(room, update));
    Some(Sync {
        since: Some(since.clone()),
        next: Some(Cursor(next.to_owned())),
        windows: windows.collect::<Option<_>>()?,
        left: Vec::new(),
        invited: Vec::new(),
    })
}

/// True for more than what was said in rooms.
fn concerns_device(response: &Value) -> bool {
    let (devices, rooms) = (&response["device_lists"], &response["rooms"]);
    let events = [&response["to_device"], &response["account_data"]].map(|part| &part["events"]);
    let lists = [&devices["changed"], &devices["left"]];
    let others = ["invite", "leave", "knock"].map(|standing| &rooms[standing]);
    let mut all = events.into_iter().chain(lists).chain(others);
    all.any(|part| !is_empty(part))
}

/// The window of a room where only plain things were said.
fn window(room: &str, update: &Value) -> Option<Window> {
    let timeline = &update["timeline"];
    let is_more = timeline["limited"] == true
        || !is_empty(&update["state"]["events"])
        || !is_empty(&update["account_data"]["events"]);
    let events = timeline["events"].as_array().map_or(&[][..], Vec::as_slice);
    if is_more || !events.iter().all(is_plain) {
        return None;
    }
    let room = RoomId::from(room);
    let inputs = events
        .iter()
        .filter_map(|event| translate::input(&room, event));
    Some(Window {
        inputs: inputs.collect(),
        gap_to: None,
        state: Vec::new(),
        room,
    })
}

/// False for what changes a room, for what is encrypted, and for what devices tell each other in a room.
fn is_plain(event: &Value) -> bool {
    let kind = event["type"].as_str().unwrap_or_default();
    let message = event["content"]["msgtype"].as_str().unwrap_or_default();
    let is_of_keys = kind == "m.room.encrypted" || kind.starts_with("m.key.");
    event.get("state_key").is_none() && !is_of_keys && !message.starts_with("m.key.")
}

fn is_empty(part: &Value) -> bool {
    match part {
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Null => true,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message() -> Value {
        json!({"type": "m.room.message", "event_id": "$1", "sender": "@a:b", "origin_server_ts": 1,
            "content": {"msgtype": "m.text", "body": "灯坏了"}})
    }

    fn response(timeline: &Value) -> Value {
        json!({"next_batch": "s2", "rooms": {"join": {"!r:b": {"timeline": timeline, "state": {"events": []}}}},
            "device_one_time_keys_count": {"signed_curve25519": 50}, "device_lists": {"changed": [], "left": []},
            "to_device": {"events": []}})
    }

    fn take(response: &Value) -> Option<Sync> {
        taken(&Cursor("s1".to_owned()), response)
    }

    #[test]
    fn what_was_said_is_taken() {
        let sync = take(&response(&json!({"events": [message()], "limited": false}))).unwrap();
        assert_eq!(sync.since, Some(Cursor("s1".to_owned())));
        assert_eq!(sync.next, Some(Cursor("s2".to_owned())));
        assert_eq!(sync.windows[0].room, RoomId::from("!r:b"));
        assert_eq!(sync.windows[0].inputs.len(), 1);
    }

    #[test]
    fn what_concerns_keys_members_and_rooms_is_left_to_the_sdk() {
        let plain = response(&json!({"events": [message()]}));
        assert!(take(&plain).is_some());
        let more = |at: &str, value: Value| {
            let mut response = plain.clone();
            *response.pointer_mut(at).unwrap() = value;
            response
        };
        let room = "/rooms/join/!r:b";
        let event = |changed: Value| {
            let mut event = message();
            for (key, value) in changed.as_object().unwrap() {
                event[key] = value.clone();
            }
            more(
                &format!("{room}/timeline/events"),
                json!([message(), event]),
            )
        };
        let mut invited = plain.clone();
        invited["rooms"]["invite"] = json!({"!other:b": {}});
        let mut left = plain.clone();
        left["rooms"]["leave"] = json!({"!other:b": {}});
        for response in [
            more("/to_device/events", json!([{"type": "m.room_key"}])),
            more("/device_lists/changed", json!(["@a:b"])),
            more("/device_lists/left", json!(["@a:b"])),
            more(
                &format!("{room}/state/events"),
                json!([{"type": "m.room.member"}]),
            ),
            more(
                &format!("{room}/timeline"),
                json!({"events": [message()], "limited": true}),
            ),
            event(json!({"type": "m.room.member", "state_key": "@a:b"})),
            event(json!({"type": "m.room.encrypted"})),
            event(json!({"type": "m.key.verification.start"})),
            event(json!({"content": {"msgtype": "m.key.verification.request"}})),
            more("/rooms/join", json!({})),
            invited,
            left,
            json!({"rooms": {}}),
            Value::Null,
        ] {
            assert_eq!(take(&response), None, "{response}");
        }
        let used = more(
            "/device_one_time_keys_count",
            json!({"signed_curve25519": 49}),
        );
        assert_ne!(HeldKeys::of(&used), HeldKeys::of(&plain));
    }
}
