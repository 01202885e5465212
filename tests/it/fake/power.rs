//! What people and the bot may do to each other: power levels, removing, banning, inviting, private rooms.

use linli::{
    domain::{
        effect::{Act, Open},
        ids::{EventId, Millis, RoomId, UserId},
    },
    matrix::{Answer, acts},
};
use serde_json::{Value, json};

use super::server::Server;

impl Server {
    /// The content of a room's power levels.
    pub fn levels(&self, room: &RoomId) -> &Value {
        let levels = self.rooms[room].levels.last();
        &levels.expect("levels").1
    }

    /// When the levels were written.
    fn levels_written(&self, room: &RoomId) -> Millis {
        let at = self.rooms[room].levels.last().expect("levels").0;
        let event = self.events.get(at);
        Millis(event.map_or(0, |event| {
            event.value["origin_server_ts"].as_i64().unwrap_or(0)
        }))
    }

    /// Somebody's power in a room.
    pub fn power(&self, room: &RoomId, user: &UserId) -> i64 {
        if self.rooms[room].creators.contains(user) {
            return i64::MAX;
        }
        let levels = self.levels(room);
        let own = levels["users"][user.as_str()].as_i64();
        own.or(levels["users_default"].as_i64()).unwrap_or(0)
    }

    /// True where somebody may post in a room.
    pub fn may_post(&self, room: &RoomId, user: &UserId) -> bool {
        let needed = self.levels(room)["events_default"].as_i64().unwrap_or(0);
        self.is_in(room, user) && self.power(room, user) >= needed
    }

    fn may(&self, room: &RoomId, actor: &UserId, what: &str) -> bool {
        let levels = self.levels(room);
        let needed = match what {
            "levels" => levels["events"]["m.room.power_levels"].as_i64(),
            other => levels[other].as_i64(),
        };
        self.is_in(room, actor) && self.power(room, actor) >= needed.unwrap_or(50)
    }

    fn is_above(&self, room: &RoomId, actor: &UserId, user: &UserId) -> bool {
        self.power(room, actor) > self.power(room, user)
    }

    /// Writes power levels; None where the writer may not.
    pub fn put_levels(&mut self, room: &RoomId, actor: &UserId, wanted: Value) -> Option<EventId> {
        let own = self.power(room, actor);
        let touches_higher = {
            let (now, next) = (&self.levels(room)["users"], &wanted["users"]);
            let entries = now
                .as_object()
                .into_iter()
                .chain(next.as_object())
                .flatten();
            entries.into_iter().any(|(user, _)| {
                let changes = now[user] != next[user];
                let reaches = |level: &Value| level.as_i64().unwrap_or(0) >= own;
                changes && (reaches(&next[user]) || (reaches(&now[user]) && user != actor.as_str()))
            })
        };
        if !self.may(room, actor, "levels") || (touches_higher && own != i64::MAX) {
            return None;
        }
        let at = self.events.len();
        let id = self.put(room, actor, "m.room.power_levels", wanted.clone());
        self.events[at].value["state_key"] = json!("");
        let known = self.rooms.get_mut(room).expect("a room");
        known.levels.push((at, wanted));
        Some(id)
    }

    /// Of those who wrote at once the homeserver keeps another than the last, without a word of it.
    pub fn keep_levels(&mut self, room: &RoomId, kept: Value) {
        let known = self.rooms.get_mut(room).expect("a room");
        let at = known.levels.last().expect("levels").0;
        known.levels.push((at, kept));
    }

    /// Gives somebody a level, as a moderator does in Element.
    pub fn give_level(
        &mut self,
        room: &RoomId,
        actor: &UserId,
        user: &UserId,
        level: i64,
    ) -> Option<EventId> {
        let mut wanted = self.levels(room).clone();
        wanted["users"][user.as_str()] = json!(level);
        self.put_levels(room, actor, wanted)
    }

    /// Removes, bans, lifts a ban or invites; None where that is refused.
    pub fn treat(
        &mut self,
        room: &RoomId,
        actor: &UserId,
        user: &UserId,
        what: &str,
        reason: &str,
    ) -> Option<EventId> {
        let standing = self.standing(room, user).map_or("leave", |s| s.membership);
        let (fits, becomes) = match what {
            "kick" => (matches!(standing, "join" | "invite" | "knock"), "leave"),
            "ban" => (true, "ban"),
            "unban" => (standing == "ban", "leave"),
            _ => (matches!(standing, "leave" | "knock"), "invite"),
        };
        let needs = if what == "unban" { "ban" } else { what };
        let above = what == "invite" || self.is_above(room, actor, user);
        if !fits || !above || !self.may(room, actor, needs) {
            return None;
        }
        let name = self.name_of(room, user);
        Some(self.put_standing(room, actor, user, becomes, &name, reason))
    }

    /// Does what the bot asks.
    pub(super) fn perform(&mut self, room: &RoomId, act: &Act) -> Answer {
        let bot = self.bot.clone();
        let refused = || Answer::Wedged("M_FORBIDDEN: not enough power".to_owned());
        let standing = |server: &Self, user: &UserId| {
            server
                .standing(room, user)
                .map_or("leave", |s| s.membership)
        };
        let (user, what, reason, so): (_, _, _, &[&str]) = match act {
            Act::SetLevels(change) => {
                let now = self.levels(room).clone();
                let wanted = acts::changed(&now, change);
                if wanted == now || change.comes_before(self.levels_written(room)) {
                    return Answer::AlreadySo;
                }
                let sent = self.put_levels(room, &bot, wanted);
                return sent.map_or_else(refused, Answer::Sent);
            }
            Act::SetDoor { content } => {
                let content: Value = serde_json::from_str(content).expect("JSON");
                let at = self.events.len();
                let sent = self.put(room, &bot, "m.room.join_rules", content);
                self.events[at].value["state_key"] = json!("");
                return Answer::Sent(sent);
            }
            Act::SetPolicy {
                state_key, content, ..
            } => {
                let content = serde_json::from_str(content).expect("JSON");
                return Answer::Sent(self.rule(room, &bot, state_key, content));
            }
            Act::Rename { name } => {
                let at = self.events.len();
                let sent = self.put(room, &bot, "m.room.name", json!({"name": name}));
                self.events[at].value["state_key"] = json!("");
                return Answer::Sent(sent);
            }
            Act::Join => {
                self.join(room, &bot, "邻里");
                return Answer::AlreadySo;
            }
            Act::Open(open) => return Answer::Opened(self.open(open)),
            Act::Kick { user, reason } => (user, "kick", reason.as_str(), &["leave", "ban"]),
            Act::Ban { user, reason } => (user, "ban", reason.as_str(), &["ban"]),
            Act::Unban { user } => (user, "unban", "", &["leave", "join", "invite", "knock"]),
            Act::Invite { user } => (user, "invite", "", &["join", "invite", "ban"]),
        };
        if so.contains(&standing(self, user)) {
            return Answer::AlreadySo;
        }
        let done = self.treat(room, &bot, user, what, reason);
        done.map_or_else(refused, |_| Answer::AlreadySo)
    }

    /// A private room: made once, found again.
    fn open(&mut self, open: &Open) -> RoomId {
        let room = if open.shared {
            own_room(open.key.rsplit('/').next().unwrap_or_default())
        } else {
            talk_room(&open.user)
        };
        let bot = self.bot.clone();
        if !self.rooms.contains_key(&room) {
            self.create(&room);
            self.set_power(&room, &bot, 100);
            self.join(&room, &bot, "邻里");
            if open.shared {
                let levels = &mut self.rooms.get_mut(&room).expect("a room").levels;
                let events = &mut levels.last_mut().expect("levels").1["events"];
                events["m.reaction"] = json!(0);
                events["m.room.redaction"] = json!(0);
            }
        }
        for user in [&open.user].into_iter().chain(&open.others) {
            self.treat(&room, &bot, user, "invite", "");
        }
        room
    }
}

/// The room in which the bot talks with somebody.
pub fn talk_room(user: &UserId) -> RoomId {
    RoomId::from(format!("!talk-{}:hexie.test", user.localpart()))
}

/// The room of a ticket's own.
pub fn own_room(no: &str) -> RoomId {
    RoomId::from(format!("!own-{no}:hexie.test"))
}
