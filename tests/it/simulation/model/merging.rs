//! Tickets that are put into others, and taken out again.

use std::collections::BTreeSet;

use linli::domain::ids::{Millis, RoomId, UserId};

use super::{
    Model, is_danger, is_private,
    ticket::{Ticket, Voice},
};
use crate::simulation::rules::{Can, Moved, Stand, judged};

impl Model {
    /// The ticket into which one was put, and that one.
    pub(super) fn seen_to_in(&self, mut at: usize) -> usize {
        for _ in 0..8 {
            at = self.tickets[at].merged_into.unwrap_or(at);
        }
        at
    }

    /// `!merge 12 7`, or `!merge 7` in a reply.
    pub(super) fn asks_to_merge(
        &mut self,
        rest: &str,
        around: Option<usize>,
        user: &UserId,
        now: Millis,
    ) {
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

    pub(super) fn merge(&mut self, from: usize, into: usize, user: &UserId, now: Millis) {
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

    pub(super) fn unmerge(&mut self, from: usize, user: &UserId, now: Millis) {
        let ticket = &self.tickets[from];
        let Moved::To(stand) = judged("unmerge", ticket, &Can::of(ticket, user)) else {
            return;
        };
        *self.steps.entry(("unmerge", ticket.stand)).or_default() += 1;
        assert_eq!(stand, Stand::Reopened);
        self.by_itself(from, now);
    }

    /// What was put into a ticket that is cancelled is open again.
    pub(super) fn release(&mut self, into: usize, now: Millis) {
        let voices = self.tickets[into].voices.iter();
        let from: BTreeSet<usize> = voices.filter_map(|voice| voice.from).collect();
        for from in from {
            if self.tickets[from].merged_into == Some(into) {
                self.by_itself(from, now);
            }
        }
    }

    /// What was put into another ticket is seen to by itself again.
    pub(super) fn by_itself(&mut self, from: usize, now: Millis) {
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
    pub(super) fn leave(&mut self, into: usize, from: usize, is_one: impl Fn(&Voice) -> bool) {
        let voices = &mut self.tickets[into].voices;
        for voice in voices.iter_mut() {
            if voice.from == Some(from) && is_one(voice) {
                voice.from = None;
            }
        }
        voices.retain(Voice::stays);
    }
}
