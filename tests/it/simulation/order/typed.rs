//! What moderators type and tap, and what they take away in their own clients.

use linli::domain::ids::{EventId, Millis, UserId};

use super::{
    model::{By, Model, Order, Stand},
    rules::{self, Does, Kind, MUTE_MS},
};
use crate::{fake::server::Stored, simulation::play::body};

impl Model<'_> {
    pub(super) fn said(&mut self, event: &Stored, now: Millis) {
        let relation = &event.original["m.relates_to"];
        let is_edit = relation["rel_type"] == "m.replace";
        if is_edit || !rules::is_moderator(&event.sender) {
            return;
        }
        let Some((word, rest)) = body(event)
            .strip_prefix('!')
            .map(|text| text.split_once(' ').unwrap_or((text, "")))
        else {
            return;
        };
        let Some((_, does)) = rules::WORDS.iter().find(|(known, _)| *known == word) else {
            return;
        };
        if *does == Does::Undo {
            let case = rest.parse::<usize>().ok().and_then(|no| no.checked_sub(1));
            if let Some(at) = case.filter(|at| *at < self.cases.len()) {
                self.end(at, Stand::Undone, false, now);
            }
            return;
        }
        let mut parts = rest.split_whitespace().peekable();
        let named = parts
            .next_if(|part| part.starts_with('@'))
            .map(UserId::from);
        let answered = relation["m.in_reply_to"]["event_id"]
            .as_str()
            .map(EventId::from);
        let author = || self.authors.get(answered.as_ref()?).cloned();
        let Some(user) = named.or_else(author) else {
            return;
        };
        let length = parts
            .next()
            .and_then(|part| rules::LENGTHS.iter().find(|(text, _)| *text == part));
        let length = length.map(|(_, ms)| *ms);
        self.command(*does, &user, length, answered.is_some(), &event.sender, now);
    }

    pub(super) fn command(
        &mut self,
        does: Does,
        user: &UserId,
        length: Option<i64>,
        answers: bool,
        by: &UserId,
        now: Millis,
    ) {
        let lifts: &[Kind] = match does {
            Does::Sanction(Kind::Redact) if !answers => return,
            Does::Sanction(kind) => {
                let for_ms = if kind == Kind::Mute {
                    length.or(Some(MUTE_MS))
                } else {
                    length
                };
                let by = By::Person(by.clone());
                let user = user.clone();
                self.impose(
                    &Order {
                        user,
                        kind,
                        by,
                        only: None,
                        for_ms,
                        seen: None,
                    },
                    now,
                );
                return;
            }
            Does::Unmute => &[Kind::Mute],
            Does::Unban => &[Kind::Ban, Kind::Remove],
            Does::Pardon | Does::Undo => &[Kind::Mute, Kind::Remove, Kind::Ban],
        };
        for at in self.open_of(user, |case| lifts.contains(&case.kind)) {
            self.end(at, Stand::Lifted, false, now);
        }
        if does == Does::Pardon {
            self.strikes.insert(user.clone(), (0, now));
            self.forgiven.insert(user.clone(), self.cases.len());
        }
    }

    pub(super) fn tapped(&mut self, event: &Stored, now: Millis) {
        let relation = &event.original["m.relates_to"];
        let target = EventId::from(relation["event_id"].as_str().unwrap_or(""));
        let key = relation["key"].as_str().unwrap_or("");
        if !rules::is_moderator(&event.sender) {
            return;
        }
        let link = self.links.get(&target).cloned();
        let case_of = |no: &str| no.parse::<usize>().ok()?.checked_sub(1);
        if let Some(no) = link.as_ref().and_then(|id| id.strip_prefix("appeal.")) {
            let Some(at) = case_of(no).filter(|_| key.starts_with('🔓')) else {
                return;
            };
            match self.cases[at].stand {
                Stand::Open => self.end(at, Stand::Lifted, false, now),
                // What was done at once can only be undone.
                Stand::Done => self.end(at, Stand::Undone, false, now),
                Stand::Over | Stand::Lifted | Stand::Undone => {}
            }
            return;
        }
        let user = match link.as_ref().and_then(|id| id.split_once('.')) {
            Some(("user", user)) => Some(UserId::from(user)),
            Some((_, no)) => case_of(no).map(|at| self.cases[at].user.clone()),
            None => self.authors.get(&target).cloned(),
        };
        if let (Some(kind), Some(user)) = (rules::tapped(key), user) {
            let by = By::Person(event.sender.clone());
            let for_ms = (kind == Kind::Mute).then_some(MUTE_MS);
            self.impose(
                &Order {
                    user,
                    kind,
                    by,
                    only: None,
                    for_ms,
                    seen: None,
                },
                now,
            );
        }
    }

    /// A message was taken away by somebody who did not write it.
    pub(super) fn redacted(&mut self, event: &Stored, now: Millis) {
        let target = EventId::from(event.original["redacts"].as_str().unwrap_or(""));
        let Some(author) = self.authors.get(&target).cloned() else {
            return;
        };
        let is_message =
            self.server.events[self.server.by_id[&target]].value["type"] == "m.room.message";
        if author != event.sender && is_message {
            let order = Order {
                user: author,
                kind: Kind::Redact,
                by: By::Native(event.sender.clone()),
                only: Some(event.room.clone()),
                for_ms: None,
                seen: Some((event.room.clone(), true)),
            };
            self.impose(&order, now);
        }
    }
}
