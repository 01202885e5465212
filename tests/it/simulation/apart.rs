//! Stories about what is not for everybody: tickets that are taken out of the crowd, and reports without a name. There is no
//! model of each step; what must be so at the end is read off the rooms and the store.

use std::collections::{BTreeMap, BTreeSet};

use linli::{
    domain::{
        ids::{EventId, HOUR_MS, Millis, RoomId, UserId},
        record::{Key, Record as _, View as _, decode},
        seal::Seal,
    },
    features,
    features::tickets::{
        own_room::Stage,
        ticket::{HistoryRow, Ticket, What},
    },
};
use secrecy::SecretString;
use serde_json::json;

use super::chance::Chance;
use crate::fake::{
    estate::{self, room, user},
    kept::Death,
    power::talk_room,
    robot::Robot,
    server::{Server, Stored, Weather},
};

/// Who acts: residents, then staff.
const PEOPLE: [&str; 7] = [
    "wangfang", "liming", "zhouwei", "liu", "wang", "lin", "zhang",
];
const RESIDENTS: usize = 3;
/// Who looks after each ticket's own room.
const KEEPERS: [&str; 2] = ["liu", "lin"];

/// What stories tell of themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    pub tickets: usize,
    pub apart: usize,
    pub closed: usize,
    pub archived: usize,
    pub anonymous: usize,
    pub words: usize,
    pub passed_on: usize,
    pub crashes: usize,
}

impl Told {
    pub fn add(&mut self, other: Self) {
        self.tickets += other.tickets;
        self.apart += other.apart;
        self.closed += other.closed;
        self.archived += other.archived;
        self.anonymous += other.anonymous;
        self.words += other.words;
        self.passed_on += other.passed_on;
        self.crashes += other.crashes;
    }
}

struct Tale {
    server: Server,
    robot: Robot,
    chance: Chance,
    trouble: usize,
    /// Words are told apart by a number.
    words: usize,
    /// What was said in own rooms, by whom.
    said: Vec<(EventId, String)>,
    /// What was said in a talk after an anonymous report, and what staff have answered.
    spoken: Vec<(UserId, String)>,
    /// When somebody has reported without a name last.
    reported: BTreeMap<UserId, Millis>,
    replied: Vec<String>,
    trace: bool,
}

macro_rules! must {
    ($holds:expr, $($why:tt)*) => {
        if !$holds {
            return Err(format!($($why)*));
        }
    };
}

/// Plays the story of a seed, and looks at what came of it.
pub fn play(seed: u64, trace: bool) -> Result<Told, String> {
    let mut tale = Tale::new(seed, trace);
    for _ in 0..60 + tale.chance.below(200) {
        tale.step();
    }
    tale.calm();
    tale.verify()
}

impl Tale {
    fn new(seed: u64, trace: bool) -> Self {
        let mut chance = Chance::new(seed);
        let mut server = estate::homeserver();
        let world = || {
            let section = json!({"ask_missing": false, "anonymous": {"a_day": 100}});
            let mut world = estate::world_set(features::ALL, "tickets", &section);
            let spam = json!({"enforce": false, "pictures": false});
            world = estate::set(world, "spam", &spam);
            world.settings.seal = Seal::of(&SecretString::from("k".repeat(32)));
            world
        };
        let mut robot = Robot::serving(world, server.now);
        robot.settle_down(&mut server);
        for name in &PEOPLE[..RESIDENTS] {
            let (user, talk) = (user(name), talk_room(&user(name)));
            let shown = server.usual_name(&user);
            server.create(&talk);
            server.join(&talk, &user, &shown);
            server.set_power(&talk, &user, 100);
            let bot = server.bot.clone();
            server.treat(&talk, &user, &bot, "invite", "");
        }
        robot.settle_down(&mut server);
        server.trace = trace;
        server.window = 1 + chance.below(8);
        server.page_size = 1 + chance.below(6);
        let trouble = [4, 10, 30, 1_000_000][chance.below(4)];
        Self {
            server,
            robot,
            chance,
            trouble,
            words: 0,
            said: Vec::new(),
            spoken: Vec::new(),
            reported: BTreeMap::new(),
            replied: Vec::new(),
            trace,
        }
    }

    fn step(&mut self) {
        self.robot.clock = self.server.now;
        match self.chance.below(12) {
            0..=3 => self.somebody_acts(),
            4 => {
                let ms = self.chance.ms(40_000);
                self.server.pass(ms);
            }
            5 if self.chance.one_in(4) => {
                self.breaks_off();
                let hours = self.chance.ms(200);
                self.server.pass(hours * HOUR_MS);
                self.robot.clock = self.server.now;
            }
            _ => self.bot_step(),
        }
        if self.chance.one_in(self.trouble) {
            self.go_wrong();
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
            _ if robot.kept.state().death.is_none()
                && !server.weather.outage
                && server.weather.limit.is_none()
                && server.weather.refusing.is_empty() =>
            {
                self.breaks_off();
                self.robot.settle_down(&mut self.server);
            }
            _ => {}
        }
    }

    fn breaks_off(&mut self) {
        while !self.robot.under_way.is_empty() {
            self.robot.hear(0, true);
        }
    }

    fn go_wrong(&mut self) {
        match self.chance.below(7) {
            0 => self.robot.crash(),
            1 => self.robot.die_at_commit(Death::Before),
            2 => self.robot.die_at_commit(Death::After),
            3 => {
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

    fn calm(&mut self) {
        self.server.weather = Weather::default();
        self.robot.kept.state().death = None;
        self.robot.clock = self.server.now;
        self.breaks_off();
        self.robot.settle_down(&mut self.server);
        while self.robot.retry_wedged() {
            self.robot.settle_down(&mut self.server);
        }
        // Long after, what is closed is archived too.
        for hours in [130, 31 * 24] {
            if self.chance.one_in(2) {
                self.server.pass(hours * HOUR_MS);
                self.robot.clock = self.server.now;
                self.robot.settle_down(&mut self.server);
            }
        }
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("qz{:04}z", self.words)
    }

    fn somebody_acts(&mut self) {
        let name = *self.chance.pick(&PEOPLE).expect("people");
        let who = user(name);
        let is_resident = PEOPLE[..RESIDENTS].contains(&name);
        let rooms: Vec<RoomId> = self.server.rooms.keys().cloned().collect();
        let within: Vec<RoomId> = rooms
            .iter()
            .filter(|room| self.server.is_in(room, &who))
            .cloned()
            .collect();
        // Invitations are accepted sooner or later, and some people leave.
        let asked = rooms.iter().find(|room| {
            let standing = self.server.standing(room, &who);
            standing.is_some_and(|standing| standing.membership == "invite")
        });
        if let Some(room) = asked.filter(|_| self.chance.one_in(2)) {
            let shown = self.server.usual_name(&who);
            self.server.join(room, &who, &shown);
            return;
        }
        let own: Vec<RoomId> = within.iter().filter(|room| is_own(room)).cloned().collect();
        let Some(here) = self.chance.pick(&within).cloned() else {
            return;
        };
        match self.chance.below(12) {
            0 | 1 if is_resident => self.report(name, &who),
            2 if is_resident => self.speaks_alone(&who),
            3 | 4 => {
                if let Some(room) = self.chance.pick(&own).cloned() {
                    if self.chance.one_in(30) {
                        self.server.leave(&room, &who);
                    } else if self.server.may_post(&room, &who) {
                        let word = self.word();
                        let id = self.server.say(&room, &who, &format!("补充 {word}"));
                        self.said.push((id, word));
                    }
                }
            }
            5 if name == "liu" => self.replies(&who),
            _ => self.taps(&who, &here),
        }
    }

    fn report(&mut self, name: &str, who: &UserId) {
        let home = if name == "zhouwei" { "1" } else { "3" };
        let word = self.word();
        let kind = *self
            .chance
            .pick(&["#投诉 邻居装修", "#报修 家里漏水"])
            .expect("kinds");
        let room = room(home);
        if self.chance.one_in(3) {
            self.server.picture(&room, who, None);
        }
        self.server.say(&room, who, &format!("{kind} {word}"));
    }

    fn speaks_alone(&mut self, who: &UserId) {
        let talk = talk_room(who);
        let word = self.word();
        // Long after, nobody takes other words for it.
        let now = self.server.now;
        let last = self.reported.get(who);
        let is_known = last.is_some_and(|at| now.since(*at) < 20 * 24 * HOUR_MS);
        let text = if !is_known || self.chance.one_in(4) {
            self.reported.insert(who.clone(), now);
            format!("匿名投诉：保安睡觉 {word}")
        } else {
            format!("还有一句 {word}")
        };
        let id = self.server.say(&talk, who, &text);
        if self.trace {
            eprintln!("{who} says {id}: {text}");
        }
        self.spoken.push((who.clone(), word));
    }

    fn replies(&mut self, who: &UserId) {
        let known: Vec<u32> = self.tickets().iter().map(|ticket| ticket.no.0).collect();
        if let Some(no) = self.chance.pick(&known).copied() {
            let word = self.word();
            self.server
                .say(&room("staff"), who, &format!("!回复 {no} 请问 {word}"));
            self.replied.push(word);
        }
    }

    fn taps(&mut self, who: &UserId, here: &RoomId) {
        let cards: Vec<EventId> = self.cards_in(here).into_iter().map(|(id, _)| id).collect();
        let keys = ["🔒", "🔒", "🙋", "🙋", "✅", "✅", "👍", "🔁", "❌", "5️⃣"];
        let key = *self.chance.pick(&keys).expect("keys");
        if let Some(card) = self.chance.pick(&cards).cloned() {
            if self.trace {
                eprintln!("{who} taps {key} on {card} in {here}");
            }
            self.server.react(here, who, &card, key);
        }
    }

    fn ours<'s>(&'s self, room: &RoomId) -> impl Iterator<Item = &'s Stored> {
        let timeline = self.server.rooms[room].timeline.iter();
        let events = timeline.map(|place| &self.server.events[*place]);
        events.filter(|event| {
            event.sender == self.server.bot
                && event.value["type"] == "m.room.message"
                && event.original.get("m.new_content").is_none()
        })
    }

    /// The cards in a room that nobody has taken away, with the numbers of their tickets.
    fn cards_in(&self, room: &RoomId) -> Vec<(EventId, String)> {
        let cards = self.ours(room).filter(|event| {
            let body = event.original["body"].as_str().unwrap_or_default();
            body.starts_with('🧾') && event.redacted_by.is_none()
        });
        cards
            .map(|event| {
                let about = &event.original["dev.linli"]["about"]["id"];
                (
                    event.id.clone(),
                    about.as_str().unwrap_or_default().to_owned(),
                )
            })
            .collect()
    }

    fn records(&self) -> Vec<(Key, String)> {
        let state = self.robot.kept.state();
        state
            .memory
            .scan("", None, usize::MAX)
            .expect("memory does not fail")
    }

    fn tickets(&self) -> Vec<Ticket> {
        let records = self.records().into_iter();
        let tickets = records.filter(|(key, _)| key.as_str().starts_with("hexie/ticket/"));
        tickets
            .map(|(key, value)| decode(&key, &value).expect("a ticket"))
            .collect()
    }

    fn history(&self, ticket: &Ticket) -> Vec<HistoryRow> {
        let prefix = format!("hexie/{}/{}/", HistoryRow::KIND, ticket.no.key());
        let records = self.records().into_iter();
        let rows = records.filter(|(key, _)| key.as_str().starts_with(&prefix));
        rows.map(|(key, value)| decode(&key, &value).expect("a line"))
            .collect()
    }

    fn verify(&self) -> Result<Told, String> {
        must!(
            self.robot.quarantined.is_empty(),
            "set aside: {:?}",
            self.robot.quarantined
        );
        let mut told = Told {
            crashes: self.robot.crashes,
            ..Told::default()
        };
        let tickets = self.tickets();
        let own: BTreeSet<&RoomId> = self
            .server
            .rooms
            .keys()
            .filter(|room| is_own(room))
            .collect();
        let with_room = tickets.iter().filter(|ticket| ticket.own_room.is_some());
        must!(own.len() == with_room.count(), "{} own rooms", own.len());
        for ticket in &tickets {
            told.tickets += 1;
            if ticket.own_room.is_some() {
                told.apart += 1;
                self.apart(ticket, &mut told)?;
            }
            told.anonymous += usize::from(ticket.is_anonymous());
        }
        self.words_are_kept(&tickets, &mut told)?;
        self.nobody_is_known(&tickets)?;
        Ok(told)
    }

    /// What must be so of a ticket that was taken out of the crowd.
    fn apart(&self, ticket: &Ticket, told: &mut Told) -> Result<(), String> {
        let no = ticket.no;
        let own = ticket.own_room.as_ref().expect("a room of its own");
        let here = RoomId::from(format!("!own-{no}:hexie.test"));
        must!(ticket.room == here, "#{no} stands in {}", ticket.room);
        let about = no.to_string();
        let cards = self.cards_in(&here);
        let cards = cards.iter().filter(|(_, of)| *of == about).count();
        must!(cards == 1, "#{no} has {cards} cards in its own room");
        let begun = self
            .ours(&here)
            .filter(|event| body(event).contains("搬到了这里"));
        must!(begun.count() == 1, "#{no} was moved more than once");
        let txns: Vec<String> = self
            .ours(&here)
            .map(|event| event.original["dev.linli"]["txn"].to_string())
            .collect();
        let different: BTreeSet<&String> = txns.iter().collect();
        must!(
            different.len() == txns.len(),
            "#{no} was told something twice"
        );
        let lines = self
            .ours(&own.from)
            .filter(|event| body(event).starts_with(&format!("🔒 #{no} ")));
        must!(lines.count() == 1, "not one line of #{no} was left");
        self.nothing_is_left(ticket, &own.from)?;
        let standing = |user: &UserId| {
            let standing = self.server.standing(&here, user);
            standing.map_or("nothing", |standing| standing.membership)
        };
        let reporter = standing(&ticket.reporter.user);
        must!(
            ["join", "invite", "leave"].contains(&reporter),
            "the reporter of #{no}: {reporter}"
        );
        for keeper in KEEPERS.map(user) {
            let stands = standing(&keeper);
            must!(
                stands != "nothing",
                "{keeper} was not asked into the room of #{no}"
            );
            must!(
                own.stage != Stage::Archived || stands == "leave",
                "{keeper} is still there: #{no}"
            );
        }
        let silent = self.server.levels(&here)["events_default"]
            .as_i64()
            .unwrap_or(0)
            > 0;
        let is_closed = matches!(own.stage, Stage::Closed | Stage::Archived);
        must!(
            silent == is_closed,
            "#{no} is {:?}, and its room silent: {silent}",
            own.stage
        );
        must!(
            !is_closed || !ticket.state.is_open(),
            "#{no} is open in a closed room"
        );
        told.closed += usize::from(is_closed);
        told.archived += usize::from(own.stage == Stage::Archived);
        Ok(())
    }

    /// Of what its reporter and linli have said of it nothing can be read where it was.
    fn nothing_is_left(&self, ticket: &Ticket, from: &RoomId) -> Result<(), String> {
        let no = ticket.no;
        let about = no.to_string();
        for event in self.ours(from).filter(|event| event.redacted_by.is_none()) {
            let is_about = event.original["dev.linli"]["about"]["id"] == about.as_str();
            must!(!is_about, "of #{no} is left in {from}: {}", body(event));
        }
        let report = self
            .server
            .by_id
            .get(&ticket.report)
            .map(|at| &self.server.events[*at]);
        let is_gone = report.is_none_or(|event| event.redacted_by.is_some());
        must!(is_gone, "the report of #{no} is left in {from}");
        Ok(())
    }

    /// What was said in a ticket's own room stands in its history, and what is said by or to somebody unknown is passed on once.
    fn words_are_kept(&self, tickets: &[Ticket], told: &mut Told) -> Result<(), String> {
        let mut kept = BTreeMap::new();
        for ticket in tickets {
            for row in self.history(ticket) {
                if let What::Said { event, text } = row.what {
                    *kept.entry(event).or_insert(0) += 1;
                    must!(!text.is_empty(), "an empty word in #{}", ticket.no);
                }
            }
        }
        for (event, word) in &self.said {
            told.words += 1;
            let times = kept.get(event).copied().unwrap_or(0);
            must!(times == 1, "{word} is kept {times} times");
        }
        let staff: Vec<&str> = self.ours(&room("staff")).map(body).collect();
        for (_, word) in &self.spoken {
            told.passed_on += 1;
            // On a card, or as an answer.
            let is_it = |text: &&&str| text.starts_with('🧾') || text.contains("回复了工单");
            let told = staff.iter().filter(is_it);
            let times = told.filter(|text| text.contains(word.as_str())).count();
            must!(times == 1, "staff read {word} {times} times");
        }
        for word in &self.replied {
            let rooms = self
                .server
                .rooms
                .keys()
                .filter(|room| **room != self::room("staff"));
            // The room of a ticket's own begins with what was said before.
            let is_it = |event: &&Stored| {
                body(event).contains(word.as_str()) && !body(event).contains("搬到了这里")
            };
            let times = rooms.flat_map(|room| self.ours(room)).filter(is_it).count();
            must!(times == 1, "{word} was passed on {times} times");
        }
        Ok(())
    }

    /// No record that tells of an anonymous ticket names its reporter, and nothing that staff read does.
    fn nobody_is_known(&self, tickets: &[Ticket]) -> Result<(), String> {
        let unnamed: Vec<String> = tickets
            .iter()
            .filter(|ticket| ticket.is_anonymous())
            .map(|ticket| ticket.no.key())
            .collect();
        let mut secrets: Vec<String> = Vec::new();
        for name in &PEOPLE[..RESIDENTS] {
            let (user, talk) = (user(name), talk_room(&user(name)));
            let timeline = self.server.rooms[&talk].timeline.iter();
            let events = timeline.map(|place| &self.server.events[*place]);
            let sent = events.filter(|event| event.sender == user);
            secrets.extend(sent.map(|event| event.id.as_str().to_owned()));
            secrets.extend([user.as_str().to_owned(), talk.as_str().to_owned()]);
        }
        for (key, value) in self.records() {
            let of = |no: &String| {
                ["ticket", "history", "told"]
                    .iter()
                    .any(|kind| key.as_str().starts_with(&format!("hexie/{kind}/{no}")))
            };
            let is_of = unnamed.iter().any(of)
                || ["hidden", "author"]
                    .iter()
                    .any(|kind| key.as_str().starts_with(&format!("hexie/{kind}/")));
            let tells = self
                .spoken
                .iter()
                .any(|(_, word)| value.contains(word.as_str()));
            if is_of || tells {
                let found = secrets.iter().find(|secret| {
                    value.contains(secret.as_str()) || key.as_str().contains(secret.as_str())
                });
                must!(found.is_none(), "{found:?} in {} {value}", key.as_str());
            }
        }
        for event in self.ours(&room("staff")) {
            let sent = event.original.to_string();
            let is_of = self
                .spoken
                .iter()
                .any(|(_, word)| sent.contains(word.as_str()));
            let found = secrets
                .iter()
                .find(|secret| is_of && sent.contains(secret.as_str()));
            must!(found.is_none(), "{found:?} in the staff room: {sent}");
        }
        if self.trace {
            eprintln!(
                "{} records, {} secrets",
                self.records().len(),
                secrets.len()
            );
        }
        Ok(())
    }
}

fn body(event: &Stored) -> &str {
    event.original["body"].as_str().unwrap_or_default()
}

fn is_own(room: &RoomId) -> bool {
    room.as_str().starts_with("!own-")
}
