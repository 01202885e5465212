//! What the bot asks of the homeserver: sync responses, pages, members, sends.

use std::collections::BTreeMap;

use linli::{
    domain::{
        batch::{Page, State, Sync, Window},
        commit::Cursor,
        effect::Act,
        ids::{EventId, HOUR_MS, Millis, RoomId, UserId},
        input::{Input, Invited, Member, Policy},
    },
    matrix::{
        Answer, Sending,
        translate::{self, Request},
    },
};
use serde_json::{Value, json};

use super::server::{Server, Standing};

/// How long Synapse remembers a transaction id.
const TXN_KEPT_MS: i64 = 24 * HOUR_MS;

fn place(token: &str) -> usize {
    token[1..].parse().expect("a token of ours")
}

fn token(place: usize) -> String {
    format!("s{place}")
}

/// An event as an input, by linli's own translation.
pub fn translated(room: &RoomId, value: &Value) -> Option<Input> {
    if value["type"] == "m.room.encrypted" && value["content"].get("ciphertext").is_some() {
        return translate::undecryptable(room, value);
    }
    translate::input(room, value)
}

impl Server {
    /// The response to a sync request after `since`.
    pub fn sync(&self, since: Option<&Cursor>) -> Sync {
        let from = since.map_or(0, |cursor| place(&cursor.0));
        let mut sync = Sync {
            since: since.cloned(),
            next: Some(Cursor(token(self.events.len()))),
            ..Sync::default()
        };
        for room in self.rooms.keys() {
            if self.is_in(room, &self.bot) {
                sync.windows.extend(self.window_of(room, from));
            } else if self
                .standing(room, &self.bot)
                .is_some_and(|standing| standing.at >= from)
            {
                let standing = self.standing(room, &self.bot).expect("a standing");
                if standing.membership == "invite" {
                    sync.invited.extend(self.invitation(room));
                } else {
                    sync.windows.extend(self.window_of(room, from));
                    sync.left.push(room.clone());
                }
            }
        }
        sync
    }

    fn invitation(&self, room: &RoomId) -> Option<Invited> {
        let of_bot = |at: &&usize| {
            let value = &self.events[**at].value;
            value["type"] == "m.room.member" && value["state_key"] == self.bot.as_str()
        };
        let timeline = &self.rooms[room].timeline;
        let event = &self.events[*timeline.iter().rev().find(of_bot)?];
        Some(Invited {
            room: room.clone(),
            by: event.sender.clone(),
            direct: true,
        })
    }

    fn window_of(&self, room: &RoomId, from: usize) -> Option<Window> {
        let all = self.visible_between(room, from, self.events.len());
        if all.is_empty() {
            return None;
        }
        let mut cut = all.len().saturating_sub(self.window);
        let own = self.standing(room, &self.bot).map(|own| own.at);
        if let Some(joined) = all
            .iter()
            .position(|at| Some(*at) == own)
            .filter(|_| self.whole_joins)
        {
            cut = cut.min(joined);
        }
        let shown = &all[cut..];
        let start = shown[0];
        Some(Window {
            room: room.clone(),
            gap_to: (cut > 0).then(|| token(start)),
            state: self.state_before(room, shown, from),
            inputs: self.inputs(room, shown),
        })
    }

    /// Lazy loading: those who speak in the window, as they stood before it.
    fn state_before(&self, room: &RoomId, shown: &[usize], from: usize) -> Vec<State> {
        let start = shown[0];
        let known = &self.rooms[room];
        let own = self.standing(room, &self.bot);
        let is_new = from == 0 || own.is_some_and(|own| own.membership == "join" && own.at >= from);
        let mut state = vec![State::Creators(known.creators.iter().cloned().collect())];
        let levels = known.levels.iter().rev().find(|(at, _)| *at < start);
        let levels = levels.filter(|(at, _)| is_new || *at >= from);
        state.extend(levels.map(|(_, content)| State::Levels(translate::levels(content))));
        let mut rules = BTreeMap::new();
        for at in known.timeline.iter().filter(|at| **at < start) {
            let value = &self.events[*at].value;
            let told = is_new || *at >= from;
            if let Some(rule @ State::Policy(_)) = translate::state(room, value).filter(|_| told) {
                rules.insert(value["state_key"].to_string(), rule);
            }
        }
        state.extend(rules.into_values());
        for (user, history) in &known.members {
            let speaks = shown.iter().any(|at| self.events[*at].sender == *user);
            let told = shown.iter().any(|at| {
                self.events[*at].value["state_key"] == user.as_str()
                    && self.events[*at].value["type"] == "m.room.member"
            });
            let before = history.iter().rev().find(|standing| standing.at < start);
            let news = before.filter(|standing| from == 0 || standing.at >= from);
            if let (true, false, Some(standing)) = (speaks, told, news) {
                state.extend(as_member(room, user, standing).map(State::Member));
            }
        }
        state
    }

    fn visible_between(&self, room: &RoomId, from: usize, to: usize) -> Vec<usize> {
        let timeline = &self.rooms[room].timeline;
        let seen = |at: &&usize| **at >= from && **at < to && self.events[**at].visible;
        timeline.iter().filter(seen).copied().collect()
    }

    fn inputs(&self, room: &RoomId, places: &[usize]) -> Vec<Input> {
        places
            .iter()
            .filter_map(|at| translated(room, &self.events[*at].value))
            .collect()
    }

    /// A page of a gap, oldest first; None where the bot may not look.
    pub fn page(&self, room: &RoomId, from: &str, to: &str) -> Option<Page> {
        if !self.is_in(room, &self.bot) {
            return None;
        }
        let mut places = self.visible_between(room, place(from), place(to));
        places.truncate(self.page_size);
        // As in life: an empty page is the last one.
        let next = places.last().map(|last| token(last + 1));
        Some(Page {
            room: room.clone(),
            from: from.to_owned(),
            to: to.to_owned(),
            inputs: self.inputs(room, &places),
            next,
        })
    }

    /// Who is in a room; None where the bot may not look.
    pub fn members(&self, room: &RoomId) -> Option<Vec<Member>> {
        self.is_in(room, &self.bot).then(|| {
            let members = self.rooms[room].members.iter();
            members
                .filter_map(|(user, history)| as_member(room, user, history.last()?))
                .collect()
        })
    }

    /// The rules that a ban list holds now; none where the bot may not look.
    pub fn rules(&self, room: &RoomId) -> Vec<Policy> {
        let mut rules = BTreeMap::new();
        let timeline = self.rooms.get(room).map(|known| known.timeline.iter());
        for at in timeline.into_iter().flatten() {
            let value = &self.events[*at].value;
            if let Some(State::Policy(policy)) = translate::state(room, value) {
                rules.insert(policy.state_key.clone(), policy);
            }
        }
        let may_look = self.rooms.contains_key(room) && self.is_in(room, &self.bot);
        rules.into_values().filter(|_| may_look).collect()
    }

    /// Takes a send of the bot.
    pub fn send(&mut self, sending: &Sending) -> Answer {
        let answer = self.answer(sending);
        if self.trace {
            eprintln!("  {} in {}: {answer:?}", sending.row.txn, sending.row.room);
        }
        answer
    }

    fn answer(&mut self, sending: &Sending) -> Answer {
        if self.weather.outage {
            return Answer::Retry("connection refused".to_owned());
        }
        let row = &sending.row;
        if let Some((event, at)) = self.txns.get(row.txn.as_str())
            && self.now.since(*at) < TXN_KEPT_MS
        {
            return Answer::Sent(event.clone());
        }
        let request = match translate::request(sending) {
            Ok(request) => request,
            Err(why) => return Answer::Wedged(why),
        };
        let comes_in = matches!(request, Request::Act(Act::Join | Act::Open(_)));
        if !comes_in && !self.is_in(&row.room, &self.bot) {
            return Answer::Wedged("M_FORBIDDEN: not in the room".to_owned());
        }
        if self.weather.refusing.contains(&row.room) {
            return Answer::Wedged("M_FORBIDDEN: refused".to_owned());
        }
        if let Request::Look { media } = &request {
            let media: Value = serde_json::from_str(media).expect("a content");
            let url = media["url"].as_str().unwrap_or_default();
            return Answer::Seen(self.codes.get(url).cloned().unwrap_or_default());
        }
        if let Request::Keep { file, .. } = &request {
            self.kept.push(file.clone());
            return Answer::AlreadySo;
        }
        if let Some(retry_after_ms) = self.over_limit() {
            return Answer::Limited { retry_after_ms };
        }
        let room = row.room.clone();
        if let Request::Act(act) = &request {
            self.acted.insert(row.txn.clone(), self.events.len());
            return self.perform(&room, act);
        }
        match self.carry_out(&room, request) {
            Ok(event) => {
                let remembered = (event.clone(), self.now);
                self.txns.insert(row.txn.as_str().to_owned(), remembered);
                Answer::Sent(event)
            }
            Err(answer) => answer,
        }
    }

    fn carry_out(&mut self, room: &RoomId, request: Request) -> Result<EventId, Answer> {
        let bot = self.bot.clone();
        match request {
            Request::Event { kind, content } if kind == "m.reaction" => {
                let relation = &content["m.relates_to"];
                let target = EventId::from(relation["event_id"].as_str().expect("a target"));
                let key = relation["key"].as_str().expect("a key");
                self.react(room, &bot, &target, key)
                    .ok_or(Answer::AlreadySo)
            }
            Request::Event { kind, content } => Ok(self.put(room, &bot, kind, content)),
            Request::Draw { mut content, .. } => {
                content["url"] = "mxc://hexie.test/chart".into();
                Ok(self.put(room, &bot, "m.room.message", content))
            }
            Request::Redact { target, reason } => self
                .redact(room, &bot, &target, &reason)
                .ok_or_else(|| Answer::Wedged("M_FORBIDDEN: may not redact".to_owned())),
            Request::Act(_) | Request::Look { .. } | Request::Keep { .. } => {
                unreachable!("done already")
            }
        }
    }

    /// A token bucket; Some where it is empty.
    fn over_limit(&mut self) -> Option<i64> {
        let (burst, one_in_ms) = self.weather.limit?;
        let passed = self.now.since(self.filled_at).max(0);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a fake clock counts small numbers"
        )]
        let gained = passed as f64 / one_in_ms as f64;
        self.tokens = (self.tokens + gained).min(f64::from(burst));
        self.filled_at = self.now;
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return None;
        }
        Some(one_in_ms)
    }

    /// Posts an event that the bot cannot read; the answer to `decrypt` is what it says.
    pub fn post_encrypted(&mut self, room: &RoomId, user: &UserId, content: Value) -> EventId {
        let id = self.put(room, user, "m.room.encrypted", json!({"ciphertext": "…"}));
        let at = self.by_id[&id];
        self.events[at].original = content;
        id
    }

    /// What an encrypted event says, once its key is there.
    pub fn decrypt(&self, id: &EventId) -> Option<Input> {
        let event = &self.events[*self.by_id.get(id)?];
        let mut value = event.value.clone();
        value["type"] = json!("m.room.message");
        value["content"] = event.original.clone();
        translate::input(&event.room, &value)
    }

    /// Lets time pass.
    pub fn pass(&mut self, ms: i64) {
        self.now = Millis(self.now.0 + ms);
    }
}

fn as_member(room: &RoomId, user: &UserId, standing: &Standing) -> Option<Member> {
    let event = json!({
        "type": "m.room.member", "state_key": user.as_str(), "sender": user.as_str(),
        "content": {"membership": standing.membership, "displayname": standing.name},
    });
    translate::member(room, &event).map(|member| Member { id: None, ..member })
}
