//! A homeserver in memory: rooms, their timelines of raw events, and what people may do in them.

use std::collections::{BTreeMap, BTreeSet};

use linli::domain::ids::{EventId, Millis, RoomId, Txn, UserId};
use serde_json::{Value, json};

/// What the homeserver and the way to it are like at the moment.
#[derive(Clone, Debug, Default)]
pub struct Weather {
    /// Nothing gets through.
    pub outage: bool,
    /// Sends the bot may do at once, and how long one more takes; None without a limit.
    pub limit: Option<(u32, i64)>,
    /// Rooms in which the bot's sends are refused for good.
    pub refusing: BTreeSet<RoomId>,
}

/// One event as the homeserver keeps it.
#[derive(Clone, Debug)]
pub struct Stored {
    pub room: RoomId,
    pub id: EventId,
    pub sender: UserId,
    /// The event as clients get it: redacted once it is.
    pub value: Value,
    /// The content that was sent, whatever happened later.
    pub original: Value,
    /// Where its redaction stands in the stream.
    pub redacted_by: Option<usize>,
    /// Whether the bot may see it: it was in the room.
    pub visible: bool,
}

/// Somebody's standing in a room from a place in the stream on.
#[derive(Clone, Debug)]
pub struct Standing {
    pub at: usize,
    pub membership: &'static str,
    pub name: String,
}

#[derive(Clone, Debug, Default)]
pub struct Room {
    /// Places of its events in the stream.
    pub timeline: Vec<usize>,
    pub members: BTreeMap<UserId, Vec<Standing>>,
    /// The contents of its power levels, each with the place in the stream from which it holds.
    pub levels: Vec<(usize, Value)>,
    /// Who has power without bounds.
    pub creators: Vec<UserId>,
}

/// The homeserver.
#[derive(Clone, Debug)]
pub struct Server {
    pub now: Millis,
    pub bot: UserId,
    pub rooms: BTreeMap<RoomId, Room>,
    /// All events in the order in which they came.
    pub events: Vec<Stored>,
    pub by_id: BTreeMap<EventId, usize>,
    pub weather: Weather,
    /// Events of a room in one sync response.
    pub window: usize,
    /// Events in one page.
    pub page_size: usize,
    /// Tells what the bot asks and gets.
    pub trace: bool,
    /// Whether the first response after the bot's coming into a room reaches back to it.
    pub whole_joins: bool,
    /// Where in the stream each act of the bot's was carried out.
    pub acted: BTreeMap<Txn, usize>,
    /// What the QR codes of pictures hold, by their addresses.
    pub codes: BTreeMap<String, Vec<String>>,
    /// The names of copies that the bot has kept.
    pub kept: Vec<String>,
    pub(super) txns: BTreeMap<String, (EventId, Millis)>,
    pub(super) tokens: f64,
    pub(super) filled_at: Millis,
}

impl Server {
    pub fn new(bot: UserId, now_ms: i64) -> Self {
        Self {
            now: Millis(now_ms),
            bot,
            rooms: BTreeMap::new(),
            events: Vec::new(),
            by_id: BTreeMap::new(),
            weather: Weather::default(),
            window: 100,
            page_size: 100,
            trace: false,
            whole_joins: false,
            acted: BTreeMap::new(),
            codes: BTreeMap::new(),
            kept: Vec::new(),
            txns: BTreeMap::new(),
            tokens: 0.0,
            filled_at: Millis(now_ms),
        }
    }

    pub fn create(&mut self, room: &RoomId) {
        let levels = json!({"users": {}, "users_default": 0, "ban": 50, "kick": 50, "redact": 50, "invite": 50,
            "events": {"m.room.power_levels": 100}, "state_default": 50});
        let room_now = Room {
            levels: vec![(0, levels)],
            ..Room::default()
        };
        self.rooms.insert(room.clone(), room_now);
    }

    /// Gives power from the beginning, without an event.
    pub fn set_power(&mut self, room: &RoomId, user: &UserId, level: i64) {
        let room = self.rooms.get_mut(room).expect("a room that exists");
        let (_, levels) = room.levels.last_mut().expect("levels");
        levels["users"][user.as_str()] = json!(level);
    }

    /// True where somebody is in a room now.
    pub fn is_in(&self, room: &RoomId, user: &UserId) -> bool {
        self.standing(room, user)
            .is_some_and(|standing| standing.membership == "join")
    }

    pub fn standing(&self, room: &RoomId, user: &UserId) -> Option<&Standing> {
        self.rooms.get(room)?.members.get(user)?.last()
    }

    /// Puts an event into the stream and returns its id.
    pub fn put(&mut self, room: &RoomId, sender: &UserId, kind: &str, content: Value) -> EventId {
        let place = self.events.len();
        let id = EventId::from(format!("$e{place:05}"));
        let value = json!({
            "type": kind, "event_id": id.as_str(), "room_id": room.as_str(), "sender": sender.as_str(),
            "origin_server_ts": self.now.0, "content": content, "unsigned": {},
        });
        let visible = self.is_in(room, &self.bot);
        self.events.push(Stored {
            room: room.clone(),
            id: id.clone(),
            sender: sender.clone(),
            value,
            original: content,
            redacted_by: None,
            visible,
        });
        self.by_id.insert(id.clone(), place);
        let known = self.rooms.get_mut(room).expect("a room that exists");
        known.timeline.push(place);
        id
    }

    /// Joins a room, or changes the name there.
    pub fn join(&mut self, room: &RoomId, user: &UserId, name: &str) -> EventId {
        self.stand(room, user, "join", name)
    }

    /// Asks to be let in, with a word to whoever opens.
    pub fn knock(&mut self, room: &RoomId, user: &UserId, name: &str, word: &str) -> EventId {
        self.put_standing(room, user, user, "knock", name, word)
    }

    /// Sets a rule of a ban list, or takes it back with an empty content.
    pub fn rule(&mut self, room: &RoomId, user: &UserId, key: &str, content: Value) -> EventId {
        let at = self.events.len();
        let id = self.put(room, user, "m.policy.rule.user", content);
        self.events[at].value["state_key"] = json!(key);
        id
    }

    pub fn leave(&mut self, room: &RoomId, user: &UserId) -> EventId {
        let name = self.name_of(room, user);
        self.stand(room, user, "leave", &name)
    }

    /// The name that somebody bears in most rooms.
    pub fn usual_name(&self, user: &UserId) -> String {
        let rooms = self.rooms.keys();
        let names = rooms.map(|room| self.name_of(room, user));
        names.max_by_key(String::len).unwrap_or_default()
    }

    pub(super) fn name_of(&self, room: &RoomId, user: &UserId) -> String {
        let standing = self.standing(room, user);
        standing.map_or_else(String::new, |standing| standing.name.clone())
    }

    fn stand(
        &mut self,
        room: &RoomId,
        user: &UserId,
        membership: &'static str,
        name: &str,
    ) -> EventId {
        self.put_standing(room, user, user, membership, name, "")
    }

    /// Puts a member's event into the stream, whoever sends it.
    pub(super) fn put_standing(
        &mut self,
        room: &RoomId,
        sender: &UserId,
        user: &UserId,
        membership: &'static str,
        name: &str,
        reason: &str,
    ) -> EventId {
        let at = self.events.len();
        let mut content = json!({"membership": membership});
        if let "join" | "knock" = membership {
            content["displayname"] = json!(name);
        }
        if !reason.is_empty() {
            content["reason"] = json!(reason);
        }
        let id = self.put(room, sender, "m.room.member", content);
        self.events[at].value["state_key"] = json!(user.as_str());
        let known = self.rooms.get_mut(room).expect("a room that exists");
        let standing = Standing {
            at,
            membership,
            name: name.to_owned(),
        };
        known
            .members
            .entry(user.clone())
            .or_default()
            .push(standing);
        // One sees one's own joining.
        self.events[at].visible |= *user == self.bot;
        id
    }

    /// Posts a message with this content.
    pub fn post(&mut self, room: &RoomId, user: &UserId, content: Value) -> EventId {
        self.put(room, user, "m.room.message", content)
    }

    pub fn say(&mut self, room: &RoomId, user: &UserId, text: &str) -> EventId {
        self.post(room, user, json!({"msgtype": "m.text", "body": text}))
    }

    pub fn reply(&mut self, room: &RoomId, user: &UserId, to: &EventId, text: &str) -> EventId {
        self.reply_with(room, user, to, json!({"msgtype": "m.text", "body": text}))
    }

    /// Posts a message as a reply, which calls the author of what it answers, as Element does it.
    pub fn reply_with(
        &mut self,
        room: &RoomId,
        user: &UserId,
        to: &EventId,
        mut content: Value,
    ) -> EventId {
        let author = self.by_id.get(to).map(|at| &self.events[*at].sender);
        if let Some(author) = author.filter(|author| *author != user) {
            content["m.mentions"] = json!({"user_ids": [author.as_str()]});
        }
        content["m.relates_to"] = json!({"m.in_reply_to": {"event_id": to.as_str()}});
        self.post(room, user, content)
    }

    pub fn in_thread(
        &mut self,
        room: &RoomId,
        user: &UserId,
        root: &EventId,
        text: &str,
    ) -> EventId {
        let content = json!({"msgtype": "m.text", "body": text, "m.relates_to": thread(root)});
        self.post(room, user, content)
    }

    pub fn picture(&mut self, room: &RoomId, user: &UserId, caption: Option<&str>) -> EventId {
        self.post(room, user, picture(caption))
    }

    pub fn edit(&mut self, room: &RoomId, user: &UserId, target: &EventId, text: &str) -> EventId {
        let content = json!({
            "msgtype": "m.text", "body": format!("* {text}"),
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": target.as_str()},
        });
        self.post(room, user, content)
    }

    /// Taps a reaction; None where the same tap is there already.
    pub fn react(
        &mut self,
        room: &RoomId,
        user: &UserId,
        target: &EventId,
        key: &str,
    ) -> Option<EventId> {
        if self.tap_of(room, user, target, key).is_some() {
            return None;
        }
        let relation = json!({"rel_type": "m.annotation", "event_id": target.as_str(), "key": key});
        Some(self.put(room, user, "m.reaction", json!({"m.relates_to": relation})))
    }

    /// A tap that stands.
    pub fn tap_of(
        &self,
        room: &RoomId,
        user: &UserId,
        target: &EventId,
        key: &str,
    ) -> Option<EventId> {
        let timeline = &self.rooms.get(room)?.timeline;
        timeline.iter().rev().find_map(|place| {
            let event = &self.events[*place];
            let relation = &event.value["content"]["m.relates_to"];
            let same = event.value["type"] == "m.reaction"
                && event.sender == *user
                && relation["event_id"] == target.as_str()
                && relation["key"] == key;
            same.then(|| event.id.clone())
        })
    }

    /// Redacts an event; None where that is not allowed or there is no such event.
    pub fn redact(
        &mut self,
        room: &RoomId,
        user: &UserId,
        target: &EventId,
        reason: &str,
    ) -> Option<EventId> {
        let place = *self.by_id.get(target)?;
        let may = self.power(room, user) >= 50;
        if self.events[place].room != *room || (self.events[place].sender != *user && !may) {
            return None;
        }
        let mut content = json!({"redacts": target.as_str()});
        if !reason.is_empty() {
            content["reason"] = json!(reason);
        }
        let at = self.events.len();
        let id = self.put(room, user, "m.room.redaction", content);
        self.events[at].value["redacts"] = json!(target.as_str());
        let because = self.events[at].value.clone();
        let event = &mut self.events[place];
        event.redacted_by.get_or_insert(at);
        event.value["content"] = match event.value["type"].as_str() {
            Some("m.room.member") => {
                json!({"membership": event.original["membership"].clone()})
            }
            _ => json!({}),
        };
        event.value["unsigned"] = json!({"redacted_because": because});
        Some(id)
    }

    /// What a message says now: its last edit by its own author that stands, or itself; None once redacted.
    pub fn current(&self, id: &EventId) -> Option<&Value> {
        let place = *self.by_id.get(id)?;
        let event = &self.events[place];
        if event.redacted_by.is_some() {
            return None;
        }
        let edits = self.rooms.get(&event.room)?.timeline.iter().rev();
        edits
            .map(|place| &self.events[*place])
            .find(|edit| {
                let relation = &edit.value["content"]["m.relates_to"];
                relation["rel_type"] == "m.replace"
                    && relation["event_id"] == id.as_str()
                    && edit.sender == event.sender
            })
            .map_or(Some(&event.value["content"]), |edit| {
                edit.value["content"].get("m.new_content")
            })
    }
}

/// The relation of a message in a thread.
pub fn thread(root: &EventId) -> Value {
    json!({"rel_type": "m.thread", "event_id": root.as_str(), "is_falling_back": true,
        "m.in_reply_to": {"event_id": root.as_str()}})
}

/// The content of a picture, with or without a caption.
pub fn picture(caption: Option<&str>) -> Value {
    json!({"msgtype": "m.image", "url": "mxc://hexie.test/lamp", "filename": "IMG_1.jpg",
        "body": caption.unwrap_or("IMG_1.jpg")})
}
