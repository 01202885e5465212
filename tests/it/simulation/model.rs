//! What must be, told in plain rules over what the homeserver has: written from what the issue says about tickets,
//! without a look into linli's own code.
//!
//! The model learns from the commits only in which order the bot took the homeserver's events in; what each of
//! them means it works out by itself.

use std::collections::{BTreeMap, BTreeSet};

use linli::domain::ids::{EventId, HOUR_MS, MINUTE_MS, Millis, RoomId, UserId};
use serde_json::Value;

use super::after::{self, After};
use super::clocks::{Clocks, Facts};
use super::play::body;
use super::rules::{Can, Moved, Stand, emoji, judged, typed};
use crate::fake::{
    estate,
    server::{Server, Stored},
};

/// Pictures this near to a report belong to it.
const NEAR_MS: i64 = 2 * MINUTE_MS;

/// A ticket as it must stand.
#[derive(Clone, Debug)]
pub struct Ticket {
    pub room: RoomId,
    pub report: EventId,
    /// The message that opened it, which its card answers.
    pub opened_by: EventId,
    pub reporter: UserId,
    pub text: String,
    pub english: bool,
    pub stand: Stand,
    pub worker: Option<UserId>,
    pub blanked: bool,
    pub pictures: BTreeSet<EventId>,
    /// Sentences about it that each room must have heard.
    pub sentences: BTreeMap<RoomId, usize>,
    /// Whom it concerns besides its reporter, the first first.
    pub voices: Vec<Voice>,
    /// The ticket into which it was put.
    merged_into: Option<usize>,
    /// How many voices were answered in words.
    answered: usize,
    /// Whether its reporter was told what to do in danger.
    warned: bool,
    /// How often staff were called because of a danger since nobody has it.
    alarms: u32,
    pub clocks: Clocks,
    /// The last moments at which its clocks were to be looked at, staff to be called again, or to count as confirmed.
    pub due: BTreeMap<&'static str, Millis>,
    pub after: After,
    taps: Vec<Tap>,
}

#[derive(Clone, Debug)]
struct Tap {
    event: EventId,
    user: UserId,
    does: &'static str,
}

/// Somebody who follows a ticket.
#[derive(Clone, Debug)]
pub struct Voice {
    user: UserId,
    room: RoomId,
    said: Option<EventId>,
    tap: Option<EventId>,
    /// The ticket that concerned them before it was put into this one.
    from: Option<usize>,
}

impl Voice {
    fn stays(&self) -> bool {
        self.said.is_some() || self.tap.is_some() || self.from.is_some()
    }
}

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

impl Ticket {
    /// True where its words must not be shown to the neighbours.
    pub fn hidden_in(&self, room: &RoomId) -> bool {
        is_private(&self.text) && *room != estate::room("staff")
    }

    /// Whether somebody has reported it, the first or after others.
    pub fn was_reported_by(&self, user: &UserId) -> bool {
        let said = |voice: &Voice| voice.said.is_some() || voice.from.is_some();
        let mut voices = self.voices.iter();
        self.reporter == *user || voices.any(|voice| voice.user == *user && said(voice))
    }

    /// The rooms in which somebody hears of it.
    fn rooms(&self) -> BTreeSet<RoomId> {
        let rooms = self.voices.iter().map(|voice| voice.room.clone());
        rooms.chain([self.room.clone()]).collect()
    }

    fn facts(&self) -> Facts {
        Facts {
            danger: is_danger(&self.text),
            has_worker: self.worker.is_some(),
            open: self.stand.is_open(),
        }
    }

    fn waits(&self) -> bool {
        self.stand.is_open() && self.worker.is_none()
    }

    /// The rooms that must have a card.
    pub fn card_rooms(&self) -> BTreeSet<RoomId> {
        BTreeSet::from([self.room.clone(), estate::room("staff")])
    }
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

    fn typed(
        &mut self,
        server: &Server,
        at: usize,
        does: &'static str,
        event: &Stored,
        words: &str,
        now: Millis,
    ) {
        let user = &event.sender;
        if does == "unmerge" {
            return self.unmerge(at, user, now);
        }
        let ticket = &self.tickets[at];
        let cancels = does == "cancel" && ticket.reporter == *user && ticket.stand.is_open();
        if cancels && self.inherit(server, at) {
            return;
        }
        if does != "assign" {
            return self.acts(at, does, event, How::Plainly, now);
        }
        let name = words.trim_start_matches('@').split(' ').next();
        let to = ["wang", "zhang", "liu"].into_iter().find(|login| {
            let of = |(other, own): &(&str, &str)| other == login && Some(*own) == name;
            estate::STAFF.iter().any(of)
        });
        let Some(to) = to.map(estate::user) else {
            return;
        };
        let ticket = &self.tickets[at];
        if ticket.worker.as_ref() != Some(&to) || !ticket.stand.is_open() {
            self.acts(at, does, event, How::To(to), now);
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

    fn take(&mut self, room: &RoomId, user: &UserId, report: &EventId, text: &str, now: Millis) {
        let is_same = |ticket: &Ticket| {
            ticket.room == *room
                && ["1", "2", "3"].map(estate::room).contains(room)
                && ticket.stand.is_open()
                && !ticket.blanked
                && fault(text).is_some()
                && fault(text) == fault(&ticket.text)
                && (!is_danger(text) || ticket.worker.is_none())
        };
        match self.tickets.iter().position(is_same) {
            Some(at) => self.join(at, room, user, report, text, now),
            None => self.open(room, user, report, text, now),
        }
    }

    /// Whoever has said something else than a report says by now, is no voice of it any more.
    fn sort_out(&mut self, at: usize, now: Millis) {
        let ticket = self.tickets[at].clone();
        if !ticket.stand.is_open() {
            return;
        }
        let words = self.words.iter().filter(|(_, word)| word.at == at);
        let mut words: Vec<_> = words
            .map(|(said, word)| (word.turn, said.clone()))
            .collect();
        words.sort();
        for (_, said) in words {
            let text = &self.words[&said].text;
            if fault(text) != fault(&ticket.text) {
                self.once_more(&said, at, now);
            }
        }
    }

    /// What somebody said is a report again.
    fn once_more(&mut self, said: &EventId, at: usize, now: Millis) {
        let Word { user, text, .. } = self.words[said].clone();
        let own = self.tickets[at].pictures.take(said);
        self.take_out(said);
        let room = self.tickets[at].room.clone();
        let mut near = self.pictures_near(&room, &user, now.0);
        near.extend(own);
        self.take(&room, &user, said, &text, now);
        self.show(self.belongs[said], &user, near, now);
        let at = self.belongs[said];
        self.last.insert((room, user), (at, now.0));
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

    fn join(
        &mut self,
        at: usize,
        room: &RoomId,
        user: &UserId,
        report: &EventId,
        text: &str,
        now: Millis,
    ) {
        self.turns += 1;
        let word = Word {
            at,
            user: user.clone(),
            text: text.to_owned(),
            turn: self.turns,
        };
        self.words.insert(report.clone(), word);
        self.belongs.insert(report.clone(), at);
        self.joined.0 += 1;
        let ticket = &mut self.tickets[at];
        let known = ticket.voices.iter_mut().find(|voice| voice.user == *user);
        let is_answered = match known {
            Some(voice) => {
                voice.said.get_or_insert_with(|| report.clone());
                false
            }
            None if ticket.reporter == *user => true,
            None => {
                ticket.voices.push(Voice {
                    user: user.clone(),
                    room: room.clone(),
                    said: Some(report.clone()),
                    tap: None,
                    from: None,
                });
                true
            }
        };
        let lines = ticket.sentences.entry(room.clone()).or_default();
        if is_answered && is_danger(&ticket.text) {
            *lines += 1;
        }
        if is_answered && ticket.answered < 3 {
            ticket.answered += 1;
            *lines += 1;
        }
        self.watch(at, now);
    }

    /// What somebody said becomes a ticket of its own.
    fn part(&mut self, word: &EventId, now: Millis) {
        let Some(Word { at, user, text, .. }) = self.words.get(word).cloned() else {
            return;
        };
        let own = self.tickets[at].pictures.take(word);
        self.take_out(word);
        self.joined.1 += 1;
        let room = self.tickets[at].room.clone();
        let mut near = self.pictures_near(&room, &user, now.0);
        near.extend(own);
        self.open(&room, &user, word, &text, now);
        self.show(self.belongs[word], &user, near, now);
        let at = self.belongs[word];
        self.last.insert((room, user), (at, now.0));
    }

    /// The ticket into which one was put, and that one.
    fn seen_to_in(&self, mut at: usize) -> usize {
        for _ in 0..8 {
            at = self.tickets[at].merged_into.unwrap_or(at);
        }
        at
    }

    /// `!merge 12 7`, or `!merge 7` in a reply.
    fn asks_to_merge(&mut self, rest: &str, around: Option<usize>, user: &UserId, now: Millis) {
        let mut numbers = rest.split(' ').map_while(|word| word.parse::<usize>().ok());
        let (from, into) = match (numbers.next(), numbers.next()) {
            (Some(from), Some(into)) => (from.checked_sub(1), into.checked_sub(1)),
            (Some(into), None) => (around, into.checked_sub(1)),
            (None, _) => return,
        };
        let there = |at: &usize| *at < self.tickets.len();
        if let (Some(from), Some(into)) = (from.filter(there), into.filter(there)) {
            self.merge(from, into, user, now);
        }
    }

    fn merge(&mut self, from: usize, into: usize, user: &UserId, now: Millis) {
        let (one, other) = (&self.tickets[from], &self.tickets[into]);
        let is_secret = |ticket: &Ticket| ticket.blanked || is_private(&ticket.text);
        let fits = from != into
            && other.stand.is_open()
            && !is_secret(one)
            && !is_secret(other)
            && (!is_danger(&one.text) || is_danger(&other.text));
        let moved = judged("merge", one, &Can::of(one, user));
        if !fits || !matches!(moved, Moved::To(_)) {
            return;
        }
        *self.steps.entry(("merge", one.stand)).or_default() += 1;
        let reporter = (one.reporter.clone(), one.room.clone());
        let others = one
            .voices
            .iter()
            .map(|voice| (voice.user.clone(), voice.room.clone()));
        let people: Vec<_> = [reporter].into_iter().chain(others).collect();
        let rooms: BTreeSet<RoomId> = people.iter().map(|(_, room)| room.clone()).collect();
        for (user, room) in people {
            let other = &mut self.tickets[into];
            let known = other.voices.iter_mut().find(|voice| voice.user == user);
            if let Some(voice) = known {
                voice.from.get_or_insert(from);
            } else if other.reporter != user {
                other.voices.push(Voice {
                    user,
                    room,
                    said: None,
                    tap: None,
                    from: Some(from),
                });
            }
        }
        self.watch(into, now);
        let ticket = &mut self.tickets[from];
        ticket.stand = Stand::Merged;
        ticket.merged_into = Some(into);
        ticket.due.remove("alarm");
        ticket.due.remove("confirm");
        ticket.due.remove("rate");
        ticket.alarms = 0;
        let forgotten = ["reopen", "set out", "ask", "put off"];
        ticket.taps.retain(|tap| !forgotten.contains(&tap.does));
        ticket.clocks.step("merge", Stand::Merged, now);
        for room in rooms {
            *ticket.sentences.entry(room).or_default() += 1;
        }
    }

    fn unmerge(&mut self, from: usize, user: &UserId, now: Millis) {
        let ticket = &self.tickets[from];
        let Moved::To(stand) = judged("unmerge", ticket, &Can::of(ticket, user)) else {
            return;
        };
        *self.steps.entry(("unmerge", ticket.stand)).or_default() += 1;
        assert_eq!(stand, Stand::Reopened);
        self.by_itself(from, now);
    }

    /// What was put into a ticket that is cancelled is open again.
    fn release(&mut self, into: usize, now: Millis) {
        let voices = self.tickets[into].voices.iter();
        let from: BTreeSet<usize> = voices.filter_map(|voice| voice.from).collect();
        for from in from {
            if self.tickets[from].merged_into == Some(into) {
                self.by_itself(from, now);
            }
        }
    }

    /// What was put into another ticket is seen to by itself again.
    fn by_itself(&mut self, from: usize, now: Millis) {
        if let Some(into) = self.tickets[from].merged_into.take() {
            self.leave(into, from, |_| true);
        }
        let ticket = &mut self.tickets[from];
        ticket.stand = Stand::Reopened;
        ticket.clocks.step("unmerge", Stand::Reopened, now);
        for room in ticket.rooms() {
            *ticket.sentences.entry(room).or_default() += 1;
        }
        self.watch(from, now);
    }

    /// Those of one ticket no longer hear of another, unless they do by themselves.
    fn leave(&mut self, into: usize, from: usize, is_one: impl Fn(&Voice) -> bool) {
        let voices = &mut self.tickets[into].voices;
        for voice in voices.iter_mut() {
            if voice.from == Some(from) && is_one(voice) {
                voice.from = None;
            }
        }
        voices.retain(Voice::stays);
    }

    /// What somebody said no longer belongs to the ticket.
    fn take_out(&mut self, word: &EventId) {
        let Some(Word { at, .. }) = self.words.remove(word) else {
            return;
        };
        self.belongs.remove(word);
        self.tickets[at].pictures.remove(word);
        let is_it = |voice: &&Voice| voice.said.as_ref() == Some(word);
        let user = self.tickets[at]
            .voices
            .iter()
            .find(is_it)
            .map(|voice| voice.user.clone());
        if let (Some(user), Some(into)) = (user, self.tickets[at].merged_into) {
            self.leave(into, at, |voice| voice.user == user);
        }
        let mut voices = std::mem::take(&mut self.tickets[at].voices);
        for voice in &mut voices {
            if voice.said.as_ref() == Some(word) {
                voice.said = self.last_word(at, &voice.user);
            }
        }
        self.tickets[at].voices = voices;
        let voices = &mut self.tickets[at].voices;
        voices.retain(Voice::stays);
    }

    /// What somebody reported last that was known already.
    fn last_word(&self, at: usize, user: &UserId) -> Option<EventId> {
        let words = self.words.iter();
        let own = words.filter(|(_, word)| word.at == at && word.user == *user);
        own.max_by_key(|(_, word)| word.turn)
            .map(|(event, _)| event.clone())
    }

    /// What the reporter has reported once more takes the place of the report: true where there is something.
    fn stands_by(&mut self, at: usize) -> bool {
        let user = self.tickets[at].reporter.clone();
        let Some(said) = self.last_word(at, &user) else {
            return false;
        };
        self.take_up(at, &said);
        true
    }

    fn take_up(&mut self, at: usize, said: &EventId) {
        let ticket = &mut self.tickets[at];
        self.belongs.remove(&ticket.report);
        ticket.text = self.words.remove(said).expect("their words").text;
        ticket.english = ticket.text.is_ascii();
        ticket.report = said.clone();
    }

    /// Who reported it takes it back, and the first who said the same goes on with it: true where there is one.
    fn inherit(&mut self, server: &Server, at: usize) -> bool {
        let ticket = &mut self.tickets[at];
        let next = ticket.voices.iter().position(|voice| voice.said.is_some());
        let Some(next) = next else {
            return false;
        };
        let voice = ticket.voices.remove(next);
        let said = voice.said.expect("somebody who has said it");
        let before = std::mem::replace(&mut ticket.reporter, voice.user);
        ticket
            .pictures
            .retain(|id| server.events[server.by_id[id]].sender != before);
        *ticket.sentences.entry(ticket.room.clone()).or_default() += 1;
        self.joined.2 += 1;
        self.take_up(at, &said);
        true
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

    /// Something has happened.
    fn watch(&mut self, at: usize, now: Millis) {
        self.care(at, now);
        if self.tickets[at].stand.is_open() {
            self.wait(at, "look", now);
        }
    }

    /// Whoever is in danger is told what to do, and staff are called.
    fn care(&mut self, at: usize, now: Millis) {
        let ticket = &mut self.tickets[at];
        if !ticket.stand.is_open() {
            return;
        }
        if is_danger(&ticket.text) {
            if !std::mem::replace(&mut ticket.warned, true) {
                *ticket.sentences.entry(ticket.room.clone()).or_default() += 1;
            }
            if ticket.worker.is_none() && ticket.alarms == 0 {
                self.alarm(at, now);
            }
        }
    }

    fn alarm(&mut self, at: usize, now: Millis) {
        let ticket = &mut self.tickets[at];
        *ticket.sentences.entry(estate::room("staff")).or_default() += 1;
        ticket.alarms += 1;
        let minutes = if ticket.alarms < 30 { 2 } else { 60 };
        self.wait(at, "alarm", now.plus(minutes * MINUTE_MS));
    }

    /// From now on only this moment counts.
    fn wait(&mut self, at: usize, what: &'static str, due: Millis) {
        self.timers.insert((due, at, what));
        self.tickets[at].due.insert(what, due);
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

    /// A voice tells of something else now, or the same in other words.
    fn reworded(&mut self, at: usize, word: &EventId, edit: &Stored, text: &str, now: Millis) {
        let Some(known) = self
            .words
            .get_mut(word)
            .filter(|word| word.user == edit.sender)
        else {
            return;
        };
        text.clone_into(&mut known.text);
        let ticket = &self.tickets[at];
        let is_same =
            !ticket.blanked && fault(text) == fault(&ticket.text) && fault(text).is_some();
        if !is_report(text) {
            self.take_out(word);
        } else if !is_same {
            self.once_more(word, at, now);
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

    /// Taking a claim or a finish back takes the step back, unless the same tap stands elsewhere.
    /// A tap is gone; whoever removed it acts.
    fn taken_back(&mut self, at: usize, tap: &Tap, by: &UserId, now: Millis) {
        let ticket = &self.tickets[at];
        let stands = |other: &Tap| other.user == tap.user && other.does == tap.does;
        if ticket.taps.iter().any(stands) {
            return;
        }
        match (tap.does, ticket.stand) {
            ("claim", stand) if stand.is_open() && stand != Stand::New => {
                self.act(at, "unclaim", by, How::Plainly, now);
            }
            ("ask", Stand::Asked) | ("put off", Stand::PutOff) => {
                self.act(at, "resume", by, How::Plainly, now);
            }
            ("done", Stand::Done) => self.act(at, "undone", by, How::Plainly, now),
            _ => {}
        }
    }

    fn tapped(&mut self, server: &Server, event: &Stored, now: Millis) {
        let relation = &event.original["m.relates_to"];
        let target = EventId::from(relation["event_id"].as_str().unwrap_or(""));
        let Some(at) = self.belongs.get(&target).copied() else {
            return;
        };
        let ticket = &self.tickets[at];
        // The report itself is no button.
        if ticket.report == target {
            return;
        }
        let reporter_of_done = ticket.stand == Stand::Done && ticket.reporter == event.sender;
        let key = relation["key"].as_str().unwrap_or("");
        if key == "🆕" {
            return self.set_apart(at, &target, &event.sender, now);
        }
        if key == "➕" {
            return self.follow(at, event);
        }
        // On what others have said neighbours tap what they like.
        if self.words.contains_key(&target) {
            return;
        }
        let ticket = &mut self.tickets[at];
        if after::tapped(ticket, &event.id, &event.room, &event.sender, key) {
            return;
        }
        let ticket = &self.tickets[at];
        let Some(mut does) = emoji(relation["key"].as_str().unwrap_or("")) else {
            return;
        };
        if does == "done" && reporter_of_done && ticket.worker.as_ref() != Some(&event.sender) {
            does = "confirm";
        }
        if relation["key"] == "👍" && !reporter_of_done {
            return;
        }
        // Whoever was told that it is done may say on any card that it is not.
        let at = if does == "reopen" {
            self.seen_to_in(at)
        } else {
            at
        };
        let is_own = self.tickets[at].reporter == event.sender;
        let cancels = does == "cancel" && is_own && self.tickets[at].stand.is_open();
        if !(cancels && self.inherit(server, at)) {
            self.acts(at, does, event, How::Tap(&event.id), now);
        }
    }

    /// 🆕 on what one has said oneself, or on a message of the bot's.
    fn set_apart(&mut self, at: usize, target: &EventId, user: &UserId, now: Millis) {
        let ticket = &self.tickets[at];
        let own = |word: &Word| word.at == at && word.user == *user;
        let word = if let Some(word) = self.words.get(target) {
            own(word).then(|| target.clone())
        } else if let Some(voice) = ticket.voices.iter().find(|voice| voice.user == *user) {
            voice.said.clone()
        } else if ticket.reporter == *user {
            self.last_word(at, user)
        } else {
            None
        };
        if let Some(word) = word {
            self.part(&word, now);
        }
    }

    fn follow(&mut self, at: usize, tap: &Stored) {
        let ticket = &mut self.tickets[at];
        let is_known = |voice: &Voice| voice.user == tap.sender;
        if fault(&ticket.text).is_none()
            || !ticket.stand.is_open()
            || ticket.blanked
            || ticket.reporter == tap.sender
            || ticket.voices.iter().any(is_known)
        {
            return;
        }
        ticket.voices.push(Voice {
            user: tap.sender.clone(),
            room: tap.room.clone(),
            said: None,
            tap: Some(tap.id.clone()),
            from: None,
        });
    }

    /// The same by a tap or a command: what staff show soon after belongs to that ticket.
    fn acts(&mut self, at: usize, does: &'static str, event: &Stored, how: How<'_>, now: Millis) {
        let user = &event.sender;
        let can = Can::of(&self.tickets[at], user);
        let moves = matches!(judged(does, &self.tickets[at], &can), Moved::To(_));
        self.act(at, does, user, how, now);
        if moves && STAFF.map(estate::user).contains(user) {
            let last = (event.room.clone(), user.clone());
            // Whoever takes several may go to any of them.
            let mut others = self.tickets.iter().enumerate();
            let has_others = others.any(|(other, ticket)| {
                other != at && ticket.worker.as_ref() == Some(user) && ticket.stand.is_open()
            });
            if ["claim", "assign"].contains(&does) && has_others {
                self.last.remove(&last);
            } else {
                self.last.insert(last, (at, at_ms(event)));
            }
        }
    }

    /// The table is asked, and if it says so, the ticket moves.
    fn act(&mut self, at: usize, does: &'static str, user: &UserId, how: How<'_>, now: Millis) {
        let can = Can::of(&self.tickets[at], user);
        let moved = judged(does, &self.tickets[at], &can);
        if let (How::Tap(event), Moved::To(_) | Moved::Already) = (&how, &moved) {
            self.tickets[at].taps.push(Tap {
                event: (*event).clone(),
                user: user.clone(),
                does,
            });
        }
        let Moved::To(stand) = moved else {
            return;
        };
        let ticket = &mut self.tickets[at];
        *self.steps.entry((does, ticket.stand)).or_default() += 1;
        let from = ticket.stand;
        ticket.stand = stand;
        let forgotten: &[&str] = match does {
            "claim" => {
                ticket.worker = Some(user.clone());
                &[]
            }
            "assign" => {
                ticket.worker = match how {
                    How::To(to) => Some(to),
                    How::Plainly | How::Tap(_) => None,
                };
                &FORGOTTEN
            }
            "unclaim" => {
                ticket.worker = None;
                &FORGOTTEN
            }
            "reopen" => &[
                "set out", "start", "ask", "put off", "done", "confirm", "cancel",
            ],
            "set out" | "start" | "resume" | "answer" => &["ask", "put off"],
            "ask" => &["set out", "start", "put off"],
            "put off" => &["set out", "start", "ask"],
            "done" | "confirm" | "cancel" | "decline" => &["reopen", "set out", "ask", "put off"],
            _ => &[],
        };
        // Who works on what nobody has claimed has it.
        if ["set out", "start", "ask", "put off", "resume", "done"].contains(&does) {
            ticket.worker.get_or_insert_with(|| user.clone());
        }
        ticket.taps.retain(|tap| !forgotten.contains(&tap.does));
        let rooms = ticket.voices.iter().map(|voice| voice.room.clone());
        let rooms: BTreeSet<RoomId> = rooms.chain([ticket.room.clone()]).collect();
        // A cancelled ticket that is brought back is told in its own room only.
        let restored = does == "reopen" && from == Stand::Cancelled;
        for room in rooms {
            if !restored || room == ticket.room {
                *ticket.sentences.entry(room).or_default() += 1;
            }
        }
        let for_staff = [
            "claim", "assign", "unclaim", "reopen", "cancel", "confirm", "decline",
        ]
        .contains(&does);
        let staff = estate::room("staff");
        if for_staff && ticket.room != staff {
            *ticket.sentences.entry(staff).or_default() += 1;
        }
        ticket.due.remove("alarm");
        ticket.due.remove("confirm");
        ticket.due.remove("rate");
        ticket.alarms = 0;
        ticket.clocks.step(does, stand, now);
        self.watch(at, now);
        if does == "cancel" {
            self.release(at, now);
        }
        if stand == Stand::Done {
            self.wait(at, "confirm", now.plus(48 * HOUR_MS));
        }
        if stand == Stand::Confirmed {
            self.confirmed(at, now);
        }
    }

    /// The bot looked at its clock and fired what was due.
    pub fn fired(&mut self, now: Millis) {
        let later = self.timers.split_off(&(now.plus(1), 0, ""));
        for (due, at, what) in std::mem::replace(&mut self.timers, later) {
            let ticket = &mut self.tickets[at];
            if ticket.due.get(what) != Some(&due) {
                continue;
            }
            match what {
                "look" => self.look(at, now),
                "alarm" if ticket.waits() && is_danger(&ticket.text) => self.alarm(at, now),
                "confirm" if ticket.stand == Stand::Done => {
                    ticket.stand = Stand::Confirmed;
                    for room in ticket.rooms() {
                        *ticket.sentences.entry(room).or_default() += 1;
                    }
                    self.confirmed(at, now);
                }
                "rate" => {
                    ticket.due.remove("rate");
                    after::reminded(ticket);
                }
                "alarm" => {
                    ticket.alarms = 0;
                    ticket.due.remove("alarm");
                }
                _ => {}
            }
        }
    }

    /// Its reporter is asked how it was.
    fn confirmed(&mut self, at: usize, now: Millis) {
        if let Some(due) = after::confirmed(&mut self.tickets[at], now) {
            self.wait(at, "rate", due);
        }
    }

    /// Staff are called for what is due.
    fn look(&mut self, at: usize, now: Millis) {
        let staff = estate::room("staff");
        self.tickets[at].due.remove("look");
        loop {
            let ticket = &mut self.tickets[at];
            let facts = ticket.facts();
            let Some((due, what)) = ticket.clocks.next(facts, now) else {
                return;
            };
            if due > now {
                let is_set = ticket
                    .due
                    .get("look")
                    .is_some_and(|look| *look > now && *look <= due);
                if !is_set {
                    self.wait(at, "look", due);
                }
                return;
            }
            if !ticket.clocks.call(what, now) {
                *ticket.sentences.entry(staff.clone()).or_default() += 1;
                continue;
            }
            ticket.worker = None;
            ticket.stand = Stand::New;
            ticket.taps.retain(|tap| !FORGOTTEN.contains(&tap.does));
            ticket.clocks.step("unclaim", Stand::New, now);
            self.expired += 1;
            let rooms = ticket.rooms();
            for room in rooms {
                *ticket.sentences.entry(room).or_default() += 1;
            }
            if ticket.room != staff {
                *ticket.sentences.entry(staff.clone()).or_default() += 1;
            }
            self.watch(at, now);
        }
    }

    /// How often stars changed, and how often managers had to look into few.
    pub fn rated(&self) -> (usize, usize) {
        let counts = self.tickets.iter().map(|ticket| ticket.after.counts());
        counts.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
    }

    /// Timers that should have fired by now.
    pub fn overdue(&self, now: Millis) -> usize {
        self.timers.iter().filter(|(due, _, _)| *due <= now).count()
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
