//! What people do with a ticket, by tap or by command.

use std::collections::BTreeSet;

use linli::domain::ids::{EventId, HOUR_MS, Millis, RoomId, UserId};

use super::{FORGOTTEN, How, Model, STAFF, at_ms, ticket::Tap};
use crate::{
    fake::{
        estate,
        server::{Server, Stored},
    },
    simulation::{
        after,
        rules::{Can, Moved, Stand, emoji, judged},
    },
};

impl Model {
    pub(super) fn typed(
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

    pub(super) fn tapped(&mut self, server: &Server, event: &Stored, now: Millis) {
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

    /// Taking a claim or a finish back takes the step back, unless the same tap stands elsewhere.
    /// A tap is gone; whoever removed it acts.
    pub(super) fn taken_back(&mut self, at: usize, tap: &Tap, by: &UserId, now: Millis) {
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

    /// The same by a tap or a command: what staff show soon after belongs to that ticket.
    pub(super) fn acts(
        &mut self,
        at: usize,
        does: &'static str,
        event: &Stored,
        how: How<'_>,
        now: Millis,
    ) {
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
    pub(super) fn act(
        &mut self,
        at: usize,
        does: &'static str,
        user: &UserId,
        how: How<'_>,
        now: Millis,
    ) {
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
}
