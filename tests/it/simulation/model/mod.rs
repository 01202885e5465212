//! What must be, told in plain rules over what the homeserver has: written from what the issue says about tickets,
//! without a look into linli's own code.
//!
//! The model learns from the commits only in which order the bot took the homeserver's events in; what each of
//! them means it works out by itself.

mod deeds;
mod merging;
mod ticket;
mod time;
mod voices;

use std::collections::{BTreeMap, BTreeSet};

use linli::domain::ids::{EventId, MINUTE_MS, Millis, RoomId, UserId};
use serde_json::Value;

use super::{
    after::{self, After},
    clocks::Clocks,
    play::body,
    rules::{Stand, typed},
};
use crate::fake::{
    estate,
    server::{Server, Stored},
};
pub use ticket::Ticket;
use ticket::Voice;

/// Pictures this near to a report belong to it.
const NEAR_MS: i64 = 2 * MINUTE_MS;

/// What somebody reported that was known already.
#[derive(Clone, Debug)]
struct Word {
    at: usize,
    user: UserId,
    text: String,
    /// The when of it among all words.
    turn: usize,
}

#[derive(Clone, Debug)]
struct Loose {
    event: EventId,
    room: RoomId,
    user: UserId,
    at: i64,
}

/// The taps that are old where somebody else is to come.
const FORGOTTEN: [&str; 5] = ["claim", "set out", "start", "ask", "put off"];

const STAFF: [&str; 4] = ["wang", "zhang", "liu", "lin"];

/// How somebody acts.
enum How<'e> {
    Plainly,
    Tap(&'e EventId),
    /// Gives it to somebody.
    To(UserId),
}

/// Everything the model knows.
#[derive(Default)]
pub struct Model {
    /// In the order of their numbers.
    pub tickets: Vec<Ticket>,
    /// Messages that belong to a ticket, by its place in the list.
    belongs: BTreeMap<EventId, usize>,
    loose: Vec<Loose>,
    words: BTreeMap<EventId, Word>,
    turns: usize,
    /// How many reports joined a ticket, became one of their own again, and were inherited.
    pub joined: (usize, usize, usize),
    /// Events that the bot could read: what was taken away before is no report any more, whoever edits it.
    read: BTreeSet<EventId>,
    /// The last report of somebody in a room, with its moment.
    last: BTreeMap<(RoomId, UserId), (usize, i64)>,
    timers: BTreeSet<(Millis, usize, &'static str)>,
    /// How often each step was taken: what was done, and where it began.
    pub steps: BTreeMap<(&'static str, Stand), usize>,
    /// How many claims were over because nothing followed them.
    pub expired: usize,
}

/// The number of the ticket that a message of the bot's is about.
pub fn number_of(event: &Stored) -> Option<usize> {
    let about = &event.original["dev.linli"]["about"];
    (about["feature"] == "tickets").then_some(())?;
    about["id"].as_str()?.parse().ok()
}

fn at_ms(event: &Stored) -> i64 {
    event.value["origin_server_ts"].as_i64().unwrap_or(0)
}

fn is_report(text: &str) -> bool {
    text.starts_with('#')
}

fn is_danger(text: &str) -> bool {
    text.contains("困")
}

/// The fault that many may report.
fn fault(text: &str) -> Option<&'static str> {
    let faults = ["楼道灯", "困"];
    faults.into_iter().find(|fault| text.contains(fault))
}

fn is_private(text: &str) -> bool {
    text.contains("保密")
}

impl Model {
    /// The bot knows that this message of its own is in its room: by the answer, or because it came back.
    pub fn knows(&mut self, event: &Stored) {
        if let Some(no) = number_of(event) {
            self.belongs.insert(event.id.clone(), no - 1);
        }
    }

    /// The bot took an event in.
    pub fn took(&mut self, server: &Server, place: usize, now: Millis) {
        let event = &server.events[place];
        if event.sender == server.bot && event.value["type"] != "m.room.redaction" {
            return;
        }
        self.read.insert(event.id.clone());
        let relation = &event.original["m.relates_to"];
        match event.value["type"].as_str() {
            Some("m.room.message") if relation["rel_type"] == "m.replace" => {
                self.edited(server, event, now);
            }
            Some("m.room.message") => self.said(server, event, now),
            Some("m.reaction") => self.tapped(server, event, now),
            Some("m.room.redaction") => self.redacted(server, event, now),
            _ => {}
        }
    }

    fn said(&mut self, server: &Server, event: &Stored, now: Millis) {
        let relation = &event.original["m.relates_to"];
        let in_thread = relation["rel_type"] == "m.thread";
        let around = if in_thread {
            relation["event_id"].as_str()
        } else {
            relation["m.in_reply_to"]["event_id"].as_str()
        };
        let around = around.and_then(|id| self.belongs.get(&EventId::from(id)).copied());
        let is_picture = event.original["msgtype"] == "m.image";
        let text = match (is_picture, event.original["body"] == "IMG_1.jpg") {
            (true, true) => "",
            _ => body(event),
        };
        if let Some(rest) = text.strip_prefix('!') {
            let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
            if ["merge", "合并"].contains(&word) {
                return self.asks_to_merge(rest, around, &event.sender, now);
            }
            let (first, others) = rest.split_once(' ').unwrap_or((rest, ""));
            let (number, words) = if first.parse::<usize>().is_ok() {
                (first, others)
            } else {
                ("", rest)
            };
            let named = match number.parse::<usize>() {
                Ok(no) => no.checked_sub(1),
                Err(_) => around,
            };
            let named = named.filter(|at| *at < self.tickets.len());
            if let (Some(does), Some(at)) = (typed(word), named)
                && (does != "decline" || !words.is_empty())
            {
                self.typed(server, at, does, event, words, now);
            }
        } else if is_report(text) {
            self.report(event, &event.id, text, now);
        } else if let Some(at) = around {
            let at = self.seen_to_in(at);
            if is_picture {
                self.tickets[at].pictures.insert(event.id.clone());
            }
            let of_staff = STAFF.map(estate::user);
            let ticket = &mut self.tickets[at];
            if of_staff.contains(&event.sender) && ticket.reporter != event.sender {
                ticket.clocks.word(now);
            }
            after::said(&mut self.tickets[at], &event.sender, text);
            self.answered(at, event, now);
        } else if is_picture {
            self.loose_picture(event, now);
        }
    }

    /// The reporter's word, where it is waited for, is told to staff.
    fn answered(&mut self, at: usize, event: &Stored, now: Millis) {
        let ticket = &mut self.tickets[at];
        if ticket.stand != Stand::Asked || !ticket.was_reported_by(&event.sender) {
            return;
        }
        let staff = estate::room("staff");
        if ticket.room != staff {
            *ticket.sentences.entry(staff).or_default() += 1;
        }
        self.act(at, "answer", &event.sender, How::Plainly, now);
    }

    fn loose_picture(&mut self, event: &Stored, now: Millis) {
        let key = (event.room.clone(), event.sender.clone());
        let lately = self.last.get(&key).copied().filter(|(at, reported)| {
            (at_ms(event) - reported).abs() <= NEAR_MS && !self.tickets[*at].blanked
        });
        match lately {
            Some((at, _)) => self.show(at, &event.sender, vec![event.id.clone()], now),
            None => self.loose.push(Loose {
                event: event.id.clone(),
                room: event.room.clone(),
                user: event.sender.clone(),
                at: at_ms(event),
            }),
        }
    }

    /// A report opens a ticket, or joins the oldest open one of the same fault in the room of a building.
    fn report(&mut self, event: &Stored, report: &EventId, text: &str, now: Millis) {
        let pictures = self.pictures_near(&event.room, &event.sender, at_ms(event));
        let own = (event.original["msgtype"] == "m.image").then(|| event.id.clone());
        let pictures = pictures.into_iter().chain(own).collect();
        self.take(&event.room, &event.sender, report, text, now);
        self.show(self.belongs[report], &event.sender, pictures, now);
        let at = self.belongs[report];
        let last = (event.room.clone(), event.sender.clone());
        self.last.insert(last, (at, at_ms(event)));
    }

    /// Pictures come to a ticket; those of staff are a word.
    fn show(&mut self, at: usize, user: &UserId, pictures: Vec<EventId>, now: Millis) {
        let ticket = &mut self.tickets[at];
        let of_staff = STAFF.map(estate::user).contains(user);
        if of_staff && ticket.reporter != *user && !pictures.is_empty() {
            ticket.clocks.word(now);
        }
        ticket.pictures.extend(pictures);
    }

    fn pictures_near(&mut self, room: &RoomId, user: &UserId, at: i64) -> Vec<EventId> {
        let is_near = |loose: &Loose| {
            loose.room == *room && loose.user == *user && (loose.at - at).abs() <= NEAR_MS
        };
        let (near, far) = std::mem::take(&mut self.loose)
            .into_iter()
            .partition(is_near);
        self.loose = far;
        let near: Vec<Loose> = near;
        near.into_iter().map(|loose| loose.event).collect()
    }

    fn open(&mut self, room: &RoomId, user: &UserId, report: &EventId, text: &str, now: Millis) {
        let at = self.tickets.len();
        self.tickets.push(Ticket {
            room: room.clone(),
            report: report.clone(),
            opened_by: report.clone(),
            reporter: user.clone(),
            text: text.to_owned(),
            english: text.is_ascii(),
            stand: Stand::New,
            worker: None,
            blanked: false,
            pictures: BTreeSet::new(),
            after: After::default(),
            sentences: BTreeMap::new(),
            voices: Vec::new(),
            merged_into: None,
            answered: 0,
            warned: false,
            alarms: 0,
            clocks: Clocks::opened(now),
            due: BTreeMap::new(),
            taps: Vec::new(),
        });
        self.belongs.insert(report.clone(), at);
        if text.starts_with("#投诉") {
            // Its author hears who looks into it, and staff that they should do so quietly.
            for room in self.tickets[at].card_rooms() {
                *self.tickets[at].sentences.entry(room).or_default() += 1;
            }
        }
        self.care(at, now);
        let soon = now.plus(Clocks::quiet(is_danger(text)));
        self.wait(at, "look", soon);
    }

    fn edited(&mut self, server: &Server, edit: &Stored, now: Millis) {
        let target = EventId::from(
            edit.original["m.relates_to"]["event_id"]
                .as_str()
                .unwrap_or(""),
        );
        let Some(place) = server.by_id.get(&target) else {
            return;
        };
        // Only an author's edit is one.
        if server.events[*place].sender != edit.sender {
            return;
        }
        let text = edit.original["m.new_content"]["body"]
            .as_str()
            .unwrap_or("");
        match self.belongs.get(&target).copied() {
            Some(at) if self.tickets[at].report == target => {
                let ticket = &self.tickets[at];
                if !ticket.blanked && ticket.text != text {
                    text.clone_into(&mut self.tickets[at].text);
                    self.watch(at, now);
                    if is_danger(text) && self.tickets[at].stand == Stand::Merged {
                        self.by_itself(at, now);
                    }
                    self.sort_out(at, now);
                }
            }
            Some(at) => self.reworded(at, &target, edit, text, now),
            None if is_report(text) && self.read.contains(&target) => {
                self.report(edit, &target, text, now);
            }
            None => {}
        }
    }

    fn redacted(&mut self, server: &Server, redaction: &Stored, now: Millis) {
        let target = EventId::from(redaction.original["redacts"].as_str().unwrap_or(""));
        self.loose.retain(|loose| loose.event != target);
        for ticket in &mut self.tickets {
            ticket.pictures.remove(&target);
        }
        let tapped = |ticket: &Ticket| ticket.taps.iter().position(|tap| tap.event == target);
        let mut tickets = self.tickets.iter().enumerate();
        let found = tickets.find_map(|(at, ticket)| Some((at, tapped(ticket)?)));
        if let Some((at, tap)) = found {
            let tap = self.tickets[at].taps.remove(tap);
            return self.taken_back(at, &tap, &redaction.sender, now);
        }
        for ticket in &mut self.tickets {
            if after::taken_back(ticket, &target, &redaction.sender) {
                return;
            }
        }
        for ticket in &mut self.tickets {
            for voice in &mut ticket.voices {
                voice.tap.take_if(|tap| *tap == target);
            }
            let voices = &mut ticket.voices;
            voices.retain(Voice::stays);
        }
        let Some(at) = self.belongs.get(&target).copied() else {
            return;
        };
        if self.words.contains_key(&target) {
            return self.take_out(&target);
        }
        if self.tickets[at].report == target && !self.tickets[at].blanked {
            let is_open = self.tickets[at].stand.is_open();
            if is_open && (self.stands_by(at) || self.inherit(server, at)) {
                return;
            }
            let ticket = &mut self.tickets[at];
            ticket.blanked = true;
            if ticket.stand.is_open() {
                ticket.stand = Stand::Cancelled;
                ticket.clocks.step("cancel", Stand::Cancelled, now);
                *ticket.sentences.entry(estate::room("staff")).or_default() += 1;
                self.release(at, now);
            }
        }
    }

    /// How often stars changed, and how often managers had to look into few.
    pub fn rated(&self) -> (usize, usize) {
        let counts = self.tickets.iter().map(|ticket| ticket.after.counts());
        counts.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
    }
}

/// The number of pictures that a card's text shows, those of staff among them.
pub fn pictures_shown(content: &Value) -> usize {
    let body = content["body"].as_str().unwrap_or_default();
    let lines = body.lines().filter(|line| line.starts_with(['📷', '📸']));
    let counts = lines.map(|line| {
        let digits: String = line.chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    });
    counts.sum()
}
