//! Sanctions as they must be: a number for each, where it holds, what it brings back.
//!
//! Like the model of tickets this one learns only in which order the bot took the homeserver's events in.

use std::collections::{BTreeMap, BTreeSet};

use linli::domain::{
    ids::{EventId, Millis, RoomId, UserId},
    input::{Member, Membership},
};

use serde_json::Value;

use super::{
    doors::Doors,
    levels::Word,
    rules::{self, Kind},
};
use crate::fake::server::{Server, Standing, Stored};

/// Who has done something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    Rule(&'static str),
    Person(UserId),
    Native(UserId),
}

/// How a sanction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Open,
    Done,
    Over,
    Lifted,
    Undone,
}

/// A sanction. Its number is one more than its place in the list.
#[derive(Clone, Debug)]
pub struct Case {
    pub user: UserId,
    pub kind: Kind,
    pub by: By,
    /// The only room it is for.
    pub only: Option<RoomId>,
    pub until: Option<Millis>,
    pub stand: Stand,
    /// Where it holds.
    pub rooms: BTreeSet<RoomId>,
    /// Where its member was then.
    pub(super) left: BTreeSet<RoomId>,
    /// Rooms in which somebody has ended it by their own power.
    pub(super) except: BTreeSet<RoomId>,
    pub(super) strikes: i64,
    pub(super) at: Millis,
    /// What has followed from them.
    pub(super) led_to: Option<usize>,
}

/// What shall be done to somebody.
pub struct Order {
    pub user: UserId,
    pub kind: Kind,
    pub by: By,
    pub only: Option<RoomId>,
    pub for_ms: Option<i64>,
    /// The room where it is done already, and whether its member was in it.
    pub seen: Option<(RoomId, bool)>,
}

/// Where the bot believes somebody to stand, since this place in the stream.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub membership: Membership,
    pub place: usize,
}

/// What falls due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    End(usize),
    Name(UserId),
}

type Place = (RoomId, UserId);

/// Everything the model knows.
pub struct Model<'s> {
    pub(super) server: &'s Server,
    /// Whose entry somebody wanted to change when they wrote power levels.
    pub(super) meant: &'s BTreeMap<EventId, UserId>,
    pub cases: Vec<Case>,
    /// The entries that people want, apart from mutes.
    pub wished: BTreeMap<Place, Option<i64>>,
    /// Where a ban holds.
    pub barred: BTreeSet<Place>,
    /// Where somebody was asked to come back and did not go again.
    pub back: BTreeSet<Place>,
    /// Stays in a room that must have ended: those that were known at this place in the stream.
    pub ended: Vec<(RoomId, UserId, usize)>,
    /// Writes of levels by which somebody lost what they wanted, since it could not be told from an oversight, or an
    /// oversight from a wish: how many, of how many oversights.
    pub misread: (usize, usize),
    /// What no rule can tell exactly, with the reason.
    pub unsure: BTreeMap<Place, &'static str>,
    pub doors: Doors,
    pub(super) known: BTreeMap<Place, Known>,
    /// Rooms of which the bot knows all members.
    pub(super) whole: BTreeSet<RoomId>,
    pub(super) authors: BTreeMap<EventId, UserId>,
    /// What the bot's lines in the staff room are about.
    pub(super) links: BTreeMap<EventId, String>,
    pub(super) strikes: BTreeMap<UserId, (i64, Millis)>,
    /// So many cases count no more for a member who was pardoned.
    pub(super) forgiven: BTreeMap<UserId, usize>,
    /// The levels of each room that the bot has seen last.
    pub(super) levels: BTreeMap<RoomId, Value>,
    /// The last words about entries.
    pub(super) words: BTreeMap<Place, Word>,
    /// In the order in which they fall due; the text decides between two of the same moment.
    pub timers: BTreeSet<(Millis, String, Due)>,
}

impl<'s> Model<'s> {
    pub fn new(server: &'s Server, meant: &'s BTreeMap<EventId, UserId>) -> Self {
        Self {
            server,
            meant,
            cases: Vec::new(),
            wished: BTreeMap::new(),
            barred: BTreeSet::new(),
            back: BTreeSet::new(),
            ended: Vec::new(),
            misread: (0, 0),
            unsure: BTreeMap::new(),
            doors: Doors::default(),
            known: BTreeMap::new(),
            whole: BTreeSet::new(),
            authors: BTreeMap::new(),
            links: BTreeMap::new(),
            strikes: BTreeMap::new(),
            forgiven: BTreeMap::new(),
            levels: BTreeMap::new(),
            words: BTreeMap::new(),
            timers: BTreeSet::new(),
        }
    }

    /// The bot knows that this message of its own is in its room.
    pub fn knows(&mut self, event: &Stored) {
        let about = &event.original["dev.linli"]["about"];
        if let ("moderation", Some(id)) = (
            about["feature"].as_str().unwrap_or(""),
            about["id"].as_str(),
        ) {
            self.links.insert(event.id.clone(), id.to_owned());
        }
    }

    /// The bot took an event in.
    pub fn took(&mut self, place: usize, now: Millis) {
        let event = &self.server.events[place];
        self.authors.insert(event.id.clone(), event.sender.clone());
        match event.value["type"].as_str() {
            Some("m.room.member") => self.stood(event, place, now),
            Some("m.room.power_levels") => self.levelled(event, place, now),
            _ if event.sender == self.server.bot => {}
            Some("m.room.message") => self.said(event, now),
            Some("m.reaction") => self.tapped(event, now),
            Some("m.room.redaction") => self.redacted(event, now),
            _ => {}
        }
    }

    /// The bot had to leave a room: it knows nobody there any more.
    pub fn left(&mut self, room: &RoomId) {
        self.known.retain(|(in_room, _), _| in_room != room);
        self.whole.remove(room);
    }

    /// The bot was told who is in a room.
    pub fn roster(&mut self, room: &RoomId, members: &[Member], upto: usize, now: Millis) {
        for member in members {
            let key = (room.clone(), member.user.clone());
            let name = member.name.clone().unwrap_or_default();
            let told = self.known.get(&key).map(|known| known.membership);
            let membership = told.unwrap_or(member.membership);
            if told == Some(Membership::Join) {
                self.entered(room, &member.user, now);
            }
            if told.is_none() {
                let place = self.place_of(&key, membership, upto);
                self.known.insert(key, Known { membership, place });
                if membership == Membership::Join {
                    self.entered(room, &member.user, now);
                }
                self.named(room, &member.user, membership, &name, true, now);
            }
        }
        self.whole.insert(room.clone());
    }

    /// Since when somebody stands so; where that cannot be told, an earlier place, which asks for less.
    fn place_of(&self, (room, user): &Place, membership: Membership, upto: usize) -> usize {
        let history = self.server.rooms[room].members.get(user);
        let mut latest_first = history.into_iter().flatten().rev();
        let is_it =
            |standing: &&Standing| standing.at <= upto && word(membership) == standing.membership;
        latest_first.find(is_it).map_or(0, |standing| standing.at)
    }

    fn stood(&mut self, event: &Stored, place: usize, now: Millis) {
        let user = UserId::from(event.value["state_key"].as_str().unwrap_or_default());
        let room = &event.room;
        let membership = match event.original["membership"].as_str() {
            Some("join") => Membership::Join,
            Some("invite") => Membership::Invite,
            Some("ban") => Membership::Ban,
            Some("knock") => Membership::Knock,
            _ => Membership::Leave,
        };
        let key = (room.clone(), user.clone());
        let before = self.known.insert(key.clone(), Known { membership, place });
        let before = before.map(|known| known.membership);
        if user == self.server.bot {
            // Whoever comes in is told how things stand.
            self.levels
                .insert(room.clone(), self.levels_before(room, place));
            return;
        }
        if rules::rooms().contains(room) {
            if membership == Membership::Join && before != Some(Membership::Join) {
                self.entered(room, &user, now);
            }
            if !matches!(membership, Membership::Join | Membership::Invite) {
                self.back.remove(&key);
            }
            if event.sender != user && event.sender != self.server.bot {
                let history = self.server.rooms[room]
                    .members
                    .get(&user)
                    .into_iter()
                    .flatten();
                let truly = history.rev().find(|standing| standing.at < place);
                if before.map(word) != truly.map(|standing| standing.membership) {
                    // It was put out of the room, or was told who is in it before it read how that came about.
                    let why = "was treated, and the bot did not know how they had stood";
                    self.unsure.insert(key.clone(), why);
                }
                self.treated(room, &user, &event.sender, before, membership, now);
            }
        }
        let name = event.original["displayname"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        self.named(room, &user, membership, &name, false, now);
    }

    /// Somebody removed or banned somebody, or lifted a ban, in their own client.
    fn treated(
        &mut self,
        room: &RoomId,
        user: &UserId,
        actor: &UserId,
        before: Option<Membership>,
        after: Membership,
        now: Millis,
    ) {
        let was_in = before == Some(Membership::Join);
        let kind = match (before, after) {
            (Some(Membership::Join), Membership::Leave) => Kind::Remove,
            (Some(Membership::Ban), Membership::Leave) => {
                return self.unbanned(room, user, actor, now);
            }
            (Some(Membership::Ban), Membership::Ban) => return,
            (_, Membership::Ban) => Kind::Ban,
            _ => return,
        };
        // Power in one room is no role: what such people do stays there.
        let carried = rules::is_moderator(actor);
        let order = Order {
            user: user.clone(),
            kind,
            by: By::Native(actor.clone()),
            only: (!carried).then(|| room.clone()),
            for_ms: None,
            seen: Some((room.clone(), was_in)),
        };
        self.impose(&order, now);
    }

    fn unbanned(&mut self, room: &RoomId, user: &UserId, actor: &UserId, now: Millis) {
        let holds = |case: &Case| case.kind == Kind::Ban && case.rooms.contains(room);
        for at in self.open_of(user, holds) {
            if rules::is_moderator(actor) {
                self.end(at, Stand::Lifted, true, now);
            } else {
                self.end_in(at, room, now);
            }
        }
        self.barred.remove(&(room.clone(), user.clone()));
    }

    /// Whoever comes into a room brings their sanctions with them.
    fn entered(&mut self, room: &RoomId, user: &UserId, now: Millis) {
        let key = (room.clone(), user.clone());
        let place = self.known.get(&key).map_or(0, |known| known.place);
        for at in self.open_of(user, |case| {
            case.only.as_ref().is_none_or(|only| only == room)
        }) {
            let case = &mut self.cases[at];
            if case.except.contains(room) {
                // What was ended in this room by somebody's own power does not begin anew there.
                continue;
            }
            match case.kind {
                Kind::Warn | Kind::Redact => {}
                Kind::Mute => self.hold(at, room, false, now),
                Kind::Remove => {
                    case.rooms.insert(room.clone());
                    case.left.insert(room.clone());
                    self.ended.push((room.clone(), user.clone(), place));
                    self.back.remove(&key);
                }
                Kind::Ban if case.rooms.insert(room.clone()) => {
                    case.left.insert(room.clone());
                    self.ended.push((room.clone(), user.clone(), place));
                    self.barred.insert(key.clone());
                    self.back.remove(&key);
                }
                Kind::Ban => {}
            }
        }
    }

    pub(super) fn is_in(&self, room: &RoomId, user: &UserId) -> bool {
        let known = self.known.get(&(room.clone(), user.clone()));
        known.is_some_and(|known| matches!(known.membership, Membership::Join | Membership::Invite))
    }

    /// The bot looked at its clock and fired what was due.
    pub fn fired(&mut self, now: Millis) {
        let due: Vec<_> = self
            .timers
            .iter()
            .take_while(|(due, ..)| *due <= now)
            .cloned()
            .collect();
        for timer in due {
            self.timers.remove(&timer);
            match &timer.2 {
                Due::End(at) if self.cases[*at].stand == Stand::Open => {
                    self.end(*at, Stand::Over, false, now);
                }
                Due::End(_) => {}
                Due::Name(user) => self.name_due(user, timer.0, now),
            }
        }
    }
}

fn word(membership: Membership) -> &'static str {
    match membership {
        Membership::Join => "join",
        Membership::Invite => "invite",
        Membership::Ban => "ban",
        Membership::Knock => "knock",
        Membership::Leave => "leave",
    }
}
