//! Little scripts of what people do, and what the rooms show afterwards.
//!
//! A line is one act, after which the bot works until it rests:
//! `王芳@3: #报修 灯不亮`, `A = 王芳@3 shows`, `王芳@3 shows: caption`, `王芳@3 shows to #1`, `李明@3 replies to #1: …`,
//! `李明@3 in thread of #1: …`,
//! `王芳@3 edits A: …`, `王芳@3 redacts A`, `王师傅@staff taps 🙋 on #1`, `王师傅@staff untaps 🙋 on #1`, `+15m`, `+72h`.
//! Moderators also act in their own client: `管理员@3 kicks 王芳: 广告`, `bans`, `unbans`, `invites`,
//! `管理员@3 levels 王芳 -1`. `王芳@talk enters` accepts the invitation to a private talk, `王芳@3 leaves`,
//! `王芳@3 enters as 3-2-501 王芳` (or is renamed so), `新邻居@3 knocks as 3-1-1201 何洁: a word`.
//! `A` names a message; `#1` is the card of ticket 1 in the room of the act, `H1` that of help post 1; `LAST` is the last message of the bot's there.

use std::collections::BTreeMap;

use linli::{
    domain::{
        batch::Batch,
        feature::{Feature, World},
        ids::{CommunityId, EventId, HOUR_MS, MINUTE_MS, RoomId, UserId},
        input::{Ask, Input, Operator},
    },
    features,
};

use crate::fake::{
    estate,
    power::talk_room,
    robot::Robot,
    server::{Server, Stored, picture},
};

/// Short names of people, as scripts use them.
const PEOPLE: [(&str, &str); 13] = [
    ("王芳", "wangfang"),
    ("李明", "liming"),
    ("周伟", "zhouwei"),
    ("吴敏", "wumin"),
    ("冯磊", "fenglei"),
    ("Smith", "smith"),
    ("新邻居", "newcomer"),
    ("王师傅", "wang"),
    ("张师傅", "zhang"),
    ("前台", "liu"),
    ("管理员", "zhou"),
    ("经理", "lin"),
    ("天气", "weatherbot"),
];

/// A homeserver, a bot, and what was called how.
pub struct Stage {
    pub server: Server,
    pub robot: Robot,
    pub named: BTreeMap<String, EventId>,
    begun: usize,
}

/// The account behind a short name.
pub fn account(name: &str) -> UserId {
    let known = PEOPLE.iter().find(|(short, _)| *short == name);
    estate::user(known.unwrap_or_else(|| panic!("nobody is called {name}")).1)
}

impl Stage {
    pub fn new() -> Self {
        Self::with(features::ALL)
    }

    pub fn with(features: &'static [Feature]) -> Self {
        Self::on(estate::homeserver(), move || estate::world(features))
    }

    /// A stage on this homeserver, for a bot with these settings.
    pub fn on(mut server: Server, world: impl Fn() -> World + 'static) -> Self {
        let mut robot = Robot::serving(world, server.now);
        robot.settle_down(&mut server);
        let begun = server.events.len();
        Self {
            server,
            robot,
            named: BTreeMap::new(),
            begun,
        }
    }

    /// The same stage once more, from where it stands.
    pub fn again(&self) -> Self {
        Self {
            server: self.server.clone(),
            robot: self.robot.again(),
            named: self.named.clone(),
            begun: self.begun,
        }
    }

    /// Plays a script.
    pub fn play(&mut self, script: &str) -> &mut Self {
        for line in script
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
        {
            self.line(line);
            self.robot.clock = self.server.now;
            self.robot.settle_down(&mut self.server);
        }
        self
    }

    fn line(&mut self, line: &str) {
        if let Some(time) = line.strip_prefix('+') {
            return self.pass(time);
        }
        let (name, act) = match line.split_once(" = ") {
            Some((name, act)) => (Some(name.to_owned()), act),
            None => (None, line),
        };
        let event = self.act(act);
        if let (Some(name), Some(event)) = (name, event) {
            self.named.insert(name, event);
        }
    }

    fn pass(&mut self, time: &str) {
        let (count, unit) = time.split_at(time.len() - 1);
        let count: i64 = count.parse().expect("a number");
        self.server.pass(match unit {
            "d" => count * 24 * HOUR_MS,
            "h" => count * HOUR_MS,
            "m" => count * MINUTE_MS,
            _ => count * 1_000,
        });
    }

    fn act(&mut self, act: &str) -> Option<EventId> {
        let (who, rest) = act.split_once('@').expect("who@room");
        let (short, rest) = rest.split_at(rest.find([':', ' ']).expect("an act"));
        let user = account(who);
        let room = match short {
            "talk" => talk_room(&user),
            short => estate::room(short),
        };
        let rest = rest.trim_start();
        if let Some(text) = rest.strip_prefix(':') {
            return Some(self.server.say(&room, &user, text.trim()));
        }
        let (verb, rest) = rest
            .split_once(' ')
            .unwrap_or((rest.trim_end_matches(':'), ""));
        if let ("shows", Some(target)) = (verb, rest.strip_prefix("to ")) {
            let target = self.find(&room, target);
            return Some(self.server.reply_with(&room, &user, &target, picture(None)));
        }
        if verb == "shows" || verb == "shows:" {
            let caption = Some(rest).filter(|caption| !caption.is_empty());
            return Some(self.server.picture(&room, &user, caption));
        }
        if let Some(done) = self.treats(&room, &user, verb, rest) {
            return Some(done);
        }
        if verb == "redacts" {
            let target = self.find(&room, rest);
            return self.server.redact(&room, &user, &target, "");
        }
        if let "taps" | "untaps" = verb {
            let (key, target) = rest.split_once(" on ").expect("a key on a message");
            let target = self.find(&room, target);
            if verb == "taps" {
                return self.server.react(&room, &user, &target, key);
            }
            let tap = self
                .server
                .tap_of(&room, &user, &target, key)
                .expect("a tap");
            return self.server.redact(&room, &user, &tap, "");
        }
        let rest = rest
            .trim_start_matches("to ")
            .trim_start_matches("thread of ");
        let (target, text) = rest.split_once(": ").expect("a text");
        let target = self.find(&room, target);
        Some(match verb {
            "replies" => self.server.reply(&room, &user, &target, text),
            "in" => self.server.in_thread(&room, &user, &target, text),
            "edits" => self.server.edit(&room, &user, &target, text),
            other => panic!("nobody can {other}"),
        })
    }

    /// What moderators do in their own client, and coming and going: None where the verb is another one.
    fn treats(&mut self, room: &RoomId, user: &UserId, verb: &str, rest: &str) -> Option<EventId> {
        let (whom, reason) = rest.split_once(": ").unwrap_or((rest, ""));
        let done = match verb {
            "enters" => {
                let name = rest.strip_prefix("as ").map(str::to_owned);
                let name = name.unwrap_or_else(|| self.server.usual_name(user));
                Some(self.server.join(room, user, &name))
            }
            "knocks" => {
                let (name, word) = rest.split_once(": ").unwrap_or((rest, ""));
                Some(
                    self.server
                        .knock(room, user, name.trim_start_matches("as "), word),
                )
            }
            "leaves" => Some(self.server.leave(room, user)),
            "kicks" | "bans" | "unbans" | "invites" => {
                let what = &verb[..verb.len() - 1];
                self.server.treat(room, user, &account(whom), what, reason)
            }
            "levels" => {
                let (whom, level) = rest.split_once(' ').expect("a level");
                let level = level.parse().expect("a number");
                self.server.give_level(room, user, &account(whom), level)
            }
            _ => return None,
        };
        Some(done.expect("power enough"))
    }

    /// The last message of the bot's in a room.
    pub fn last_of_ours(&self, room: &RoomId) -> EventId {
        let events = self.server.rooms[room].timeline.iter().rev();
        let mut events = events.map(|place| &self.server.events[*place]);
        let ours = events.find(|event| {
            event.sender == self.server.bot
                && event.value["type"] == "m.room.message"
                && event.original.get("m.new_content").is_none()
        });
        ours.expect("a message of ours").id.clone()
    }

    /// The administrator asks something of a feature.
    pub fn asks(&mut self, feature: &str, wish: &impl serde::Serialize) -> &mut Self {
        let ask = Operator::Ask(Ask {
            community: CommunityId::from("hexie"),
            feature: feature.to_owned(),
            at: self.server.now,
            wish: serde_json::to_string(wish).expect("a wish has a JSON form"),
        });
        self.robot.take(&Batch::Inputs(vec![Input::Operator(ask)]));
        self.robot.settle_down(&mut self.server);
        self
    }

    /// Calls the bot's last message in a room so.
    pub fn call(&mut self, name: &str, short: &str) -> &mut Self {
        let event = self.last_of_ours(&estate::room(short));
        self.named.insert(name.to_owned(), event);
        self
    }

    /// A message by its name, or the card of a ticket in a room.
    pub fn find(&self, room: &RoomId, name: &str) -> EventId {
        if name == "LAST" {
            return self.last_of_ours(room);
        }
        if let Some(no) = name.strip_prefix('H') {
            let card = self.post_card(room, no);
            return card.unwrap_or_else(|| panic!("no card {name} in {room}"));
        }
        match name.strip_prefix('#') {
            Some(no) => self
                .card(room, no)
                .unwrap_or_else(|| panic!("no card {name} in {room}")),
            None => self
                .named
                .get(name)
                .cloned()
                .unwrap_or_else(|| panic!("no message {name}")),
        }
    }

    /// The card of a help post in a room; in a talk with its author, the helm.
    pub fn post_card(&self, room: &RoomId, no: &str) -> Option<EventId> {
        let cards = self.server.rooms[room].timeline.iter();
        let mut cards = cards.map(|place| &self.server.events[*place]);
        let card = cards.find(|event| {
            let about = &event.original["dev.linli"]["about"];
            event.sender == self.server.bot
                && about["feature"] == "posts"
                && about["id"] == no
                && event.original["body"]
                    .as_str()
                    .is_some_and(|body| body.starts_with("🏘 H") && body.contains('\n'))
        });
        card.map(|event| event.id.clone())
    }

    pub fn card(&self, room: &RoomId, no: &str) -> Option<EventId> {
        let cards = self.server.rooms[room].timeline.iter();
        cards
            .map(|place| &self.server.events[*place])
            .find(|event| {
                event.sender == self.server.bot
                    && event.original["dev.linli"]["about"]["id"] == no
                    && event.original["body"]
                        .as_str()
                        .is_some_and(|body| body.starts_with(['🧾', '⚠']))
            })
            .map(|event| event.id.clone())
    }

    /// What these rooms show: everything said there, as it stands now.
    pub fn show(&self, rooms: &str) -> String {
        let mut lines = Vec::new();
        for short in rooms.split(' ') {
            lines.push(format!("== {short}"));
            for place in &self.server.rooms[&estate::room(short)].timeline {
                let event = &self.server.events[*place];
                if *place >= self.begun && event.value["type"] == "m.room.message" {
                    lines.extend(self.message(event));
                }
            }
        }
        lines.join("\n")
    }

    fn message(&self, event: &Stored) -> Option<String> {
        if event.original.get("m.new_content").is_some() {
            return None;
        }
        let ours = event.sender == self.server.bot;
        let who = PEOPLE
            .iter()
            .find(|(_, login)| estate::user(login) == event.sender);
        let who = who.map_or("linli", |(short, _)| short);
        let Some(content) = self.server.current(&event.id) else {
            return Some(format!("{who}: (redacted)"));
        };
        let text = content["body"]
            .as_str()
            .unwrap_or_default()
            .replace('\n', "\n    ");
        let calls = content["m.mentions"]["user_ids"]
            .as_array()
            .map_or(0, Vec::len);
        // An exclamation mark is a telephone that rings.
        let rings = if content["msgtype"] == "m.text" && ours && calls > 0 {
            "!"
        } else {
            ""
        };
        let taps = self.taps(event);
        Some(format!("{who}{rings}: {text}{taps}"))
    }

    /// The reactions that the bot has put on a message.
    fn taps(&self, event: &Stored) -> String {
        let taps = self.server.rooms[&event.room].timeline.iter();
        let keys: String = taps
            .map(|place| &self.server.events[*place].value)
            .filter(|tap| {
                tap["sender"] == self.server.bot.as_str()
                    && tap["content"]["m.relates_to"]["rel_type"] == "m.annotation"
                    && tap["content"]["m.relates_to"]["event_id"] == event.id.as_str()
            })
            .filter_map(|tap| tap["content"]["m.relates_to"]["key"].as_str())
            .collect();
        if keys.is_empty() {
            keys
        } else {
            format!("\n    [{keys}]")
        }
    }
}

/// Plays a script after another, and shows rooms.
pub fn told(before: &str, script: &str, rooms: &str) -> String {
    let mut stage = Stage::new();
    stage.play(before).play(script);
    assert!(
        stage.robot.quarantined.is_empty(),
        "{:?}",
        stage.robot.quarantined
    );
    stage.show(rooms)
}
