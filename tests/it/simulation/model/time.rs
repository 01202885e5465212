//! What the bot does by itself when its time has come.

use linli::domain::ids::{MINUTE_MS, Millis};

use super::{FORGOTTEN, Model, is_danger};
use crate::{
    fake::estate,
    simulation::{after, rules::Stand},
};

impl Model {
    /// Something has happened.
    pub(super) fn watch(&mut self, at: usize, now: Millis) {
        self.care(at, now);
        if self.tickets[at].stand.is_open() {
            self.wait(at, "look", now);
        }
    }

    /// Whoever is in danger is told what to do, and staff are called.
    pub(super) fn care(&mut self, at: usize, now: Millis) {
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

    pub(super) fn alarm(&mut self, at: usize, now: Millis) {
        let ticket = &mut self.tickets[at];
        *ticket.sentences.entry(estate::room("staff")).or_default() += 1;
        ticket.alarms += 1;
        let minutes = if ticket.alarms < 30 { 2 } else { 60 };
        self.wait(at, "alarm", now.plus(minutes * MINUTE_MS));
    }

    /// From now on only this moment counts.
    pub(super) fn wait(&mut self, at: usize, what: &'static str, due: Millis) {
        self.timers.insert((due, at, what));
        self.tickets[at].due.insert(what, due);
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

    /// Staff are called for what is due.
    pub(super) fn look(&mut self, at: usize, now: Millis) {
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

    /// Its reporter is asked how it was.
    pub(super) fn confirmed(&mut self, at: usize, now: Millis) {
        if let Some(due) = after::confirmed(&mut self.tickets[at], now) {
            self.wait(at, "rate", due);
        }
    }

    /// Timers that should have fired by now.
    pub fn overdue(&self, now: Millis) -> usize {
        self.timers.iter().filter(|(due, _, _)| *due <= now).count()
    }
}
