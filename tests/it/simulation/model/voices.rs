//! Who joins a ticket, who leaves it, and who goes on with it.

use linli::domain::ids::{EventId, Millis, RoomId, UserId};

use super::{
    Model, Word, fault, is_danger, is_report,
    ticket::{Ticket, Voice},
};
use crate::fake::{
    estate,
    server::{Server, Stored},
};

impl Model {
    pub(super) fn take(
        &mut self,
        room: &RoomId,
        user: &UserId,
        report: &EventId,
        text: &str,
        now: Millis,
    ) {
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
    pub(super) fn sort_out(&mut self, at: usize, now: Millis) {
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
    pub(super) fn once_more(&mut self, said: &EventId, at: usize, now: Millis) {
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

    pub(super) fn join(
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
    pub(super) fn part(&mut self, word: &EventId, now: Millis) {
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

    /// What somebody said no longer belongs to the ticket.
    pub(super) fn take_out(&mut self, word: &EventId) {
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
    pub(super) fn last_word(&self, at: usize, user: &UserId) -> Option<EventId> {
        let words = self.words.iter();
        let own = words.filter(|(_, word)| word.at == at && word.user == *user);
        own.max_by_key(|(_, word)| word.turn)
            .map(|(event, _)| event.clone())
    }

    /// What the reporter has reported once more takes the place of the report: true where there is something.
    pub(super) fn stands_by(&mut self, at: usize) -> bool {
        let user = self.tickets[at].reporter.clone();
        let Some(said) = self.last_word(at, &user) else {
            return false;
        };
        self.take_up(at, &said);
        true
    }

    pub(super) fn take_up(&mut self, at: usize, said: &EventId) {
        let ticket = &mut self.tickets[at];
        self.belongs.remove(&ticket.report);
        ticket.text = self.words.remove(said).expect("their words").text;
        ticket.english = ticket.text.is_ascii();
        ticket.report = said.clone();
    }

    /// Who reported it takes it back, and the first who said the same goes on with it: true where there is one.
    pub(super) fn inherit(&mut self, server: &Server, at: usize) -> bool {
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

    /// 🆕 on what one has said oneself, or on a message of the bot's.
    pub(super) fn set_apart(&mut self, at: usize, target: &EventId, user: &UserId, now: Millis) {
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

    pub(super) fn follow(&mut self, at: usize, tap: &Stored) {
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

    /// A voice tells of something else now, or the same in other words.
    pub(super) fn reworded(
        &mut self,
        at: usize,
        word: &EventId,
        edit: &Stored,
        text: &str,
        now: Millis,
    ) {
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
}
