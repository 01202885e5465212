//! A bot and a homeserver, one small step at a time, with what goes wrong between them: for stories that have no model of each
//! step, and are judged by how they end.

use linli::domain::{
    feature::World,
    ids::{HOUR_MS, RoomId, UserId},
    input::Operator,
    record::{Key, Record, View as _, decode},
};

use super::chance::Chance;
use crate::fake::{
    kept::Death,
    robot::Robot,
    server::{Server, Stored, Weather},
};

pub struct Scene {
    pub server: Server,
    pub robot: Robot,
    pub chance: Chance,
    pub trace: bool,
    /// How often something goes wrong: once in so many steps.
    trouble: usize,
    /// How many of its lives the bot has begun.
    lives: usize,
    /// Words are told apart by a number.
    words: usize,
}

impl Scene {
    /// A bot with these settings that has taken in what there is.
    pub fn new(
        seed: u64,
        trace: bool,
        mut server: Server,
        world: impl Fn() -> World + 'static,
    ) -> Self {
        let mut chance = Chance::new(seed);
        let mut robot = Robot::serving(world, server.now);
        robot.operator(Operator::Started(robot.clock));
        robot.settle_down(&mut server);
        server.trace = trace;
        let trouble = [4, 10, 30, 1_000_000][chance.below(4)];
        Self {
            server,
            robot,
            chance,
            trace,
            trouble,
            lives: 0,
            words: 0,
        }
    }

    /// From now on responses and pages are short.
    pub fn narrow(&mut self) {
        self.server.window = 1 + self.chance.below(8);
        self.server.page_size = 1 + self.chance.below(6);
    }

    /// A word that stands nowhere else.
    pub fn word(&mut self) -> String {
        self.words += 1;
        format!("qz{:04}z", self.words)
    }

    /// Something small happens: true where it is for people to act.
    pub fn step(&mut self) -> bool {
        self.robot.clock = self.server.now;
        self.wake();
        let is_theirs = match self.chance.below(12) {
            0..=3 => true,
            4 => {
                let ms = self.chance.ms(40_000);
                self.server.pass(ms);
                false
            }
            _ => {
                self.bot_step();
                false
            }
        };
        if self.chance.one_in(self.trouble) {
            self.go_wrong();
        }
        is_theirs
    }

    /// A life begins with a look at what is planned.
    fn wake(&mut self) {
        while self.lives != self.robot.crashes {
            self.lives = self.robot.crashes;
            self.robot.operator(Operator::Started(self.robot.clock));
        }
    }

    fn bot_step(&mut self) {
        let (server, robot) = (&mut self.server, &mut self.robot);
        match self.chance.below(10) {
            0 => robot.ask(server),
            1 => robot.take_in(),
            2 => {
                robot.fetch(server);
                robot.take_fetched(0);
            }
            3 => robot.fire(),
            4 | 5 => {
                for _ in 0..=self.chance.below(5) {
                    robot.begin();
                }
            }
            6 | 7 => {
                for _ in 0..=self.chance.below(5) {
                    robot.arrive(0, server);
                    robot.hear(0, false);
                }
            }
            _ => self.rest(),
        }
    }

    /// All that there is to do is done, where nothing keeps the bot from it.
    pub fn rest(&mut self) {
        if self.robot.kept.state().death.is_none()
            && !self.server.weather.outage
            && self.server.weather.limit.is_none()
            && self.server.weather.refusing.is_empty()
        {
            self.breaks_off();
            self.robot.settle_down(&mut self.server);
        }
    }

    /// What is under way breaks off in so long a time.
    fn breaks_off(&mut self) {
        while !self.robot.under_way.is_empty() {
            self.robot.hear(0, true);
        }
    }

    /// Everybody sleeps for a long time.
    pub fn sleep(&mut self, hours: i64) {
        self.breaks_off();
        self.server.pass(hours * HOUR_MS);
        self.robot.clock = self.server.now;
    }

    fn go_wrong(&mut self) {
        match self.chance.below(7) {
            0 => self.robot.crash(),
            1 => self.robot.die_at_commit(Death::Before),
            2 => self.robot.die_at_commit(Death::After),
            3 => {
                // The homeserver has it, and nobody will ever hear of it.
                while self.robot.begin() {}
                for at in 0..self.robot.under_way.len() {
                    self.robot.arrive(at, &mut self.server);
                }
                self.robot.crash();
            }
            4 => {
                let at = self.chance.below(self.robot.under_way.len().max(1));
                self.robot.hear(at, true);
            }
            5 => self.server.weather.outage ^= true,
            _ => {
                self.server.weather.limit = match self.server.weather.limit {
                    Some(_) => None,
                    None => Some((9, 5_000)),
                };
            }
        }
    }

    /// All is well again, and the bot works until it comes to rest.
    pub fn calm(&mut self) {
        self.server.weather = Weather::default();
        self.robot.kept.state().death = None;
        self.robot.clock = self.server.now;
        self.wake();
        self.breaks_off();
        self.robot.settle_down(&mut self.server);
        while self.robot.retry_wedged() {
            self.robot.settle_down(&mut self.server);
        }
    }

    /// What the bot has posted in a room, without its changes.
    pub fn ours<'s>(&'s self, room: &RoomId) -> impl Iterator<Item = &'s Stored> {
        let timeline = self.server.rooms[room].timeline.iter();
        let events = timeline.map(|place| &self.server.events[*place]);
        events.filter(|event| {
            event.sender == self.server.bot
                && event.value["type"] == "m.room.message"
                && event.original.get("m.new_content").is_none()
        })
    }

    /// The cards in a room that nobody has taken away.
    pub fn cards_in<'s>(&'s self, room: &RoomId) -> impl Iterator<Item = &'s Stored> {
        let ours = self.ours(room);
        ours.filter(|event| posted(event).starts_with('🧾') && event.redacted_by.is_none())
    }

    /// Somebody taps one of these keys on one of the last cards in a room.
    pub fn taps(&mut self, who: &UserId, here: &RoomId, keys: &[&str]) {
        let cards: Vec<_> = self.cards_in(here).map(|card| card.id.clone()).collect();
        let last = &cards[cards.len().saturating_sub(8)..];
        let key = *self.chance.pick(keys).expect("keys");
        if let Some(card) = self.chance.pick(last).cloned() {
            self.note(&format!("{who} taps {key} on {card} in {here}"));
            self.server.react(here, who, &card, key);
        }
    }

    pub fn note(&self, what: &str) {
        if self.trace {
            eprintln!("[{}] {what}", self.server.now.0);
        }
    }

    /// Everything that is kept.
    pub fn records(&self) -> Vec<(Key, String)> {
        let state = self.robot.kept.state();
        let all = state.memory.scan("", None, usize::MAX);
        all.expect("memory does not fail")
    }

    /// All records of a kind whose ids begin so.
    pub fn kept<R: Record>(&self, prefix: &str) -> Vec<R> {
        let prefix = format!("hexie/{}/{prefix}", R::KIND);
        let state = self.robot.kept.state();
        let found = state.memory.scan(&prefix, None, usize::MAX);
        let found = found.expect("memory does not fail").into_iter();
        found
            .map(|(key, value)| decode(&key, &value).expect("a record"))
            .collect()
    }
}

/// What a message said when it was posted.
pub fn posted(event: &Stored) -> &str {
    event.original["body"].as_str().unwrap_or_default()
}

/// The ticket that a message of the bot's is about.
pub fn about(event: &Stored) -> &str {
    let about = &event.original["dev.linli"]["about"]["id"];
    about.as_str().unwrap_or_default()
}
