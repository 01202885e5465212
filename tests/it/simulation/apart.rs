//! Stories about what is not for everybody: tickets that are taken out of the crowd, and reports without a name. There is no
//! model of each step; what must be so at the end is read off the rooms and the store.

use std::collections::{BTreeMap, BTreeSet};

use linli::{
    domain::{
        ids::{EventId, HOUR_MS, Millis, RoomId, UserId},
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

use super::scene::{Scene, about, posted};
use crate::fake::{
    estate::{self, room, user},
    power::talk_room,
    server::Stored,
};

/// Who acts: residents, then staff.
const PEOPLE: [&str; 7] = [
    "wangfang", "liming", "zhouwei", "liu", "wang", "lin", "zhang",
];
const RESIDENTS: usize = 3;
/// Who looks after each ticket's own room.
const KEEPERS: [&str; 2] = ["liu", "lin"];
/// What they tap on cards.
const KEYS: [&str; 10] = ["🔒", "🔒", "🙋", "🙋", "✅", "✅", "👍", "🔁", "❌", "5️⃣"];

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
    scene: Scene,
    /// What was said in own rooms, by whom.
    said: Vec<(EventId, String)>,
    /// What was said in a talk after an anonymous report, and what staff have answered.
    spoken: Vec<(UserId, String)>,
    /// When somebody has reported without a name last.
    reported: BTreeMap<UserId, Millis>,
    replied: Vec<String>,
}

/// Plays the story of a seed, and looks at what came of it.
pub fn play(seed: u64, trace: bool) -> Result<Told, String> {
    let mut tale = Tale::new(seed, trace);
    for _ in 0..60 + tale.scene.chance.below(200) {
        tale.step();
    }
    tale.calm();
    tale.verify()
}

impl Tale {
    fn new(seed: u64, trace: bool) -> Self {
        let world = || {
            let section = json!({"ask_missing": false, "anonymous": {"a_day": 100}});
            let mut world = estate::world_set(features::ALL, "tickets", &section);
            let spam = json!({"enforce": false, "pictures": false});
            world = estate::set(world, "spam", &spam);
            world.settings.seal = Seal::of(&SecretString::from("k".repeat(32)));
            world
        };
        let mut scene = Scene::new(seed, trace, estate::homeserver(), world);
        let server = &mut scene.server;
        for name in &PEOPLE[..RESIDENTS] {
            let (user, talk) = (user(name), talk_room(&user(name)));
            let shown = server.usual_name(&user);
            server.create(&talk);
            server.join(&talk, &user, &shown);
            server.set_power(&talk, &user, 100);
            let bot = server.bot.clone();
            server.treat(&talk, &user, &bot, "invite", "");
        }
        scene.rest();
        scene.narrow();
        Self {
            scene,
            said: Vec::new(),
            spoken: Vec::new(),
            reported: BTreeMap::new(),
            replied: Vec::new(),
        }
    }

    fn step(&mut self) {
        if self.scene.step() {
            self.somebody_acts();
        }
        if self.scene.chance.one_in(48) {
            let hours = self.scene.chance.ms(200);
            self.scene.sleep(hours);
        }
    }

    fn calm(&mut self) {
        self.scene.calm();
        // Long after, what is closed is archived too.
        for hours in [130, 31 * 24] {
            if self.scene.chance.one_in(2) {
                self.scene.sleep(hours);
                self.scene.rest();
            }
        }
    }

    fn somebody_acts(&mut self) {
        let name = *self.scene.chance.pick(&PEOPLE).expect("people");
        let who = user(name);
        let is_resident = PEOPLE[..RESIDENTS].contains(&name);
        let rooms: Vec<RoomId> = self.scene.server.rooms.keys().cloned().collect();
        let within: Vec<RoomId> = rooms
            .iter()
            .filter(|room| self.scene.server.is_in(room, &who))
            .cloned()
            .collect();
        // Invitations are accepted sooner or later, and some people leave.
        let asked = rooms.iter().find(|room| {
            let standing = self.scene.server.standing(room, &who);
            standing.is_some_and(|standing| standing.membership == "invite")
        });
        if let Some(room) = asked.filter(|_| self.scene.chance.one_in(2)) {
            let shown = self.scene.server.usual_name(&who);
            self.scene.server.join(room, &who, &shown);
            return;
        }
        let own: Vec<RoomId> = within.iter().filter(|room| is_own(room)).cloned().collect();
        let Some(here) = self.scene.chance.pick(&within).cloned() else {
            return;
        };
        match self.scene.chance.below(12) {
            0 | 1 if is_resident => self.report(name, &who),
            2 if is_resident => self.speaks_alone(&who),
            3..=5 if !own.is_empty() => {
                if let Some(room) = self.scene.chance.pick(&own).cloned() {
                    if self.scene.chance.one_in(30) {
                        self.scene.server.leave(&room, &who);
                    } else if self.scene.server.may_post(&room, &who) {
                        let word = self.scene.word();
                        let id = self.scene.server.say(&room, &who, &format!("补充 {word}"));
                        self.said.push((id, word));
                    }
                }
            }
            6 if name == "liu" => self.replies(&who),
            _ => self.scene.taps(&who, &here, &KEYS),
        }
    }

    fn report(&mut self, name: &str, who: &UserId) {
        let home = if name == "zhouwei" { "1" } else { "3" };
        let word = self.scene.word();
        let kind = *self
            .scene
            .chance
            .pick(&["#投诉 邻居装修", "#报修 家里漏水"])
            .expect("kinds");
        let room = room(home);
        if self.scene.chance.one_in(3) {
            self.scene.server.picture(&room, who, None);
        }
        self.scene.server.say(&room, who, &format!("{kind} {word}"));
    }

    fn speaks_alone(&mut self, who: &UserId) {
        let talk = talk_room(who);
        let word = self.scene.word();
        // Long after, nobody takes other words for it.
        let now = self.scene.server.now;
        let last = self.reported.get(who);
        let is_known = last.is_some_and(|at| now.since(*at) < 20 * 24 * HOUR_MS);
        let text = if !is_known || self.scene.chance.one_in(4) {
            self.reported.insert(who.clone(), now);
            format!("匿名投诉：保安睡觉 {word}")
        } else {
            format!("还有一句 {word}")
        };
        let id = self.scene.server.say(&talk, who, &text);
        self.scene.note(&format!("{who} says {id}: {text}"));
        self.spoken.push((who.clone(), word));
    }

    fn replies(&mut self, who: &UserId) {
        let known: Vec<u32> = self.tickets().iter().map(|ticket| ticket.no.0).collect();
        if let Some(no) = self.scene.chance.pick(&known).copied() {
            let word = self.scene.word();
            self.scene
                .server
                .say(&room("staff"), who, &format!("!回复 {no} 请问 {word}"));
            self.replied.push(word);
        }
    }

    fn tickets(&self) -> Vec<Ticket> {
        self.scene.kept("")
    }

    fn verify(&self) -> Result<Told, String> {
        must!(
            self.scene.robot.quarantined.is_empty(),
            "set aside: {:?}",
            self.scene.robot.quarantined
        );
        let mut told = Told {
            crashes: self.scene.robot.crashes,
            ..Told::default()
        };
        let tickets = self.tickets();
        let own: BTreeSet<&RoomId> = self
            .scene
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
        let cards = self.scene.cards_in(&here);
        let cards = cards.filter(|card| self::about(card) == about).count();
        must!(cards == 1, "#{no} has {cards} cards in its own room");
        let begun = self
            .scene
            .ours(&here)
            .filter(|event| posted(event).contains("搬到了这里"));
        must!(begun.count() == 1, "#{no} was moved more than once");
        let txns: Vec<String> = self
            .scene
            .ours(&here)
            .map(|event| event.original["dev.linli"]["txn"].to_string())
            .collect();
        let different: BTreeSet<&String> = txns.iter().collect();
        must!(
            different.len() == txns.len(),
            "#{no} was told something twice"
        );
        let lines = self
            .scene
            .ours(&own.from)
            .filter(|event| posted(event).starts_with(&format!("🔒 #{no} ")));
        must!(lines.count() == 1, "not one line of #{no} was left");
        self.nothing_is_left(ticket, &own.from)?;
        let standing = |user: &UserId| {
            let standing = self.scene.server.standing(&here, user);
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
        let silent = self.scene.server.levels(&here)["events_default"]
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
        for event in self
            .scene
            .ours(from)
            .filter(|event| event.redacted_by.is_none())
        {
            let is_about = self::about(event) == about;
            must!(!is_about, "of #{no} is left in {from}: {}", posted(event));
        }
        let report = self
            .scene
            .server
            .by_id
            .get(&ticket.report)
            .map(|at| &self.scene.server.events[*at]);
        let is_gone = report.is_none_or(|event| event.redacted_by.is_some());
        must!(is_gone, "the report of #{no} is left in {from}");
        Ok(())
    }

    /// What was said in a ticket's own room stands in its history, and what is said by or to somebody unknown is passed on once.
    fn words_are_kept(&self, tickets: &[Ticket], told: &mut Told) -> Result<(), String> {
        let mut kept = BTreeMap::new();
        for ticket in tickets {
            for row in self
                .scene
                .kept::<HistoryRow>(&format!("{}/", ticket.no.key()))
            {
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
        let staff: Vec<&str> = self.scene.ours(&room("staff")).map(posted).collect();
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
                .scene
                .server
                .rooms
                .keys()
                .filter(|room| **room != self::room("staff"));
            // The room of a ticket's own begins with what was said before.
            let is_it = |event: &&Stored| {
                posted(event).contains(word.as_str()) && !posted(event).contains("搬到了这里")
            };
            let times = rooms
                .flat_map(|room| self.scene.ours(room))
                .filter(is_it)
                .count();
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
            let timeline = self.scene.server.rooms[&talk].timeline.iter();
            let events = timeline.map(|place| &self.scene.server.events[*place]);
            let sent = events.filter(|event| event.sender == user);
            secrets.extend(sent.map(|event| event.id.as_str().to_owned()));
            secrets.extend([user.as_str().to_owned(), talk.as_str().to_owned()]);
        }
        for (key, value) in self.scene.records() {
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
        for event in self.scene.ours(&room("staff")) {
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
        Ok(())
    }
}

fn is_own(room: &RoomId) -> bool {
    room.as_str().starts_with("!own-")
}
