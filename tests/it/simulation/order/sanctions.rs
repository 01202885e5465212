//! Beginning and ending sanctions.

use std::collections::BTreeSet;

use linli::domain::{
    ids::{Millis, RoomId, UserId},
    input::Membership,
};

use super::{
    model::{By, Case, Due, Model, Order, Stand},
    rules::{self, FADE_MS, Kind, MUTE_MS},
};

impl Model<'_> {
    /// Carries a sanction out; its place in the list, or None where nothing happens.
    pub fn impose(&mut self, order: &Order, now: Millis) -> Option<usize> {
        if rules::is_exempt(&order.user) {
            return None;
        }
        let at = self.cases.len();
        let lasts = match order.kind {
            Kind::Warn | Kind::Redact => false,
            Kind::Remove => order.for_ms.is_some(),
            Kind::Mute | Kind::Ban => true,
        };
        let until = order.for_ms.filter(|_| lasts).map(|ms| now.plus(ms));
        self.cases.push(Case {
            user: order.user.clone(),
            kind: order.kind,
            by: order.by.clone(),
            only: order.only.clone(),
            until,
            stand: if lasts { Stand::Open } else { Stand::Done },
            rooms: BTreeSet::new(),
            left: BTreeSet::new(),
            except: BTreeSet::new(),
            strikes: 0,
            at: now,
            led_to: None,
        });
        if let Some(until) = until {
            let text = format!("hexie.moderation.case.{}", at + 1);
            self.timers.insert((until, text, Due::End(at)));
        }
        if matches!(order.kind, Kind::Mute | Kind::Remove | Kind::Ban) {
            for room in rules::rooms() {
                self.reach(at, &room, order, now);
            }
        }
        if order.kind == Kind::Warn {
            self.strike(at, now);
        }
        Some(at)
    }

    /// What a new sanction does in one room.
    pub(super) fn reach(&mut self, at: usize, room: &RoomId, order: &Order, now: Millis) {
        if order.only.as_ref().is_some_and(|only| only != room) {
            return;
        }
        let key = (room.clone(), order.user.clone());
        let seen = order.seen.as_ref().filter(|(seen, _)| seen == room);
        let is_in = seen.map_or_else(|| self.is_in(room, &order.user), |(_, was_in)| *was_in);
        // Mutes and bans wait until the bot comes back; for a removal it is too late then.
        if !self.whole.contains(room) && order.kind == Kind::Remove {
            self.unsure
                .insert(key.clone(), "sanctioned while the bot was out of the room");
        }
        // Where somebody is banned already, a second ban keeps them out once the first is over.
        let is_banned = self
            .known
            .get(&key)
            .is_some_and(|known| known.membership == Membership::Ban);
        let had_banned = self.cases[..at].iter().any(|case| {
            let of_room = case.rooms.contains(room) || case.except.contains(room);
            case.user == order.user && case.kind == Kind::Ban && of_room
        });
        if is_banned && seen.is_none() && !had_banned {
            // It was there before linli.
            return;
        }
        let bars = order.kind == Kind::Ban && (rules::is_gate(room) || is_banned);
        if !is_in && seen.is_none() && !bars {
            return;
        }
        if order.kind == Kind::Mute {
            self.hold(at, room, seen.is_some(), now);
            return;
        }
        let case = &mut self.cases[at];
        case.rooms.insert(room.clone());
        if is_in {
            case.left.insert(room.clone());
            let place = self.known.get(&key).map_or(0, |known| known.place);
            if seen.is_none() {
                self.ended.push((room.clone(), order.user.clone(), place));
            }
        }
        self.back.remove(&key);
        if order.kind == Kind::Ban {
            self.barred.insert(key);
        }
    }

    /// A strike in thousandths fades evenly; three, four and five of them have their consequences.
    pub(super) fn strike(&mut self, at: usize, now: Millis) {
        let user = self.cases[at].user.clone();
        let before = self.strikes_of(&user, now);
        self.cases[at].strikes = 1_000;
        self.strikes.insert(user.clone(), (before + 1_000, now));
        let reached = |count: i64| before < count * 1_000 && count * 1_000 <= before + 1_000;
        let (kind, for_ms) = match [5, 4, 3].into_iter().find(|count| reached(*count)) {
            Some(5) => (Kind::Remove, None),
            Some(4) => (Kind::Mute, Some(24 * MUTE_MS)),
            Some(_) => (Kind::Mute, Some(MUTE_MS)),
            None => return,
        };
        let by = By::Rule("strikes");
        self.cases[at].led_to = self.impose(
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

    pub(super) fn strikes_of(&self, user: &UserId, now: Millis) -> i64 {
        self.strikes.get(user).map_or(0, |(count, since)| {
            let faded = now.since(*since).max(0) * 1_000 / FADE_MS;
            (count - faded).max(0)
        })
    }

    /// Ends a sanction, and brings back what was before it.
    pub fn end(&mut self, at: usize, stand: Stand, native: bool, now: Millis) {
        let case = self.cases[at].clone();
        if case.stand == Stand::Undone {
            return;
        }
        let was_open = case.stand == Stand::Open;
        self.cases[at].stand = stand;
        if case.kind == Kind::Mute && was_open {
            for room in &case.rooms {
                if !self.is_silent(room, &case.user) {
                    self.release(room, &case.user, now);
                }
            }
        }
        let asks_back = match case.kind {
            Kind::Remove => true,
            Kind::Ban => stand == Stand::Undone || (stand == Stand::Lifted && !native),
            Kind::Warn | Kind::Redact | Kind::Mute => false,
        };
        let keeps_out = |case: &Case| matches!(case.kind, Kind::Ban | Kind::Remove);
        let others = self.open_of(&case.user, keeps_out);
        let bans = self.open_of(&case.user, |case| case.kind == Kind::Ban);
        let covers = |model: &Self, at: &usize, room: &RoomId| {
            model.cases[*at]
                .only
                .as_ref()
                .is_none_or(|only| only == room)
        };
        for room in &case.left {
            if !asks_back || !(was_open || stand == Stand::Undone) {
                continue;
            }
            match others.iter().find(|other| covers(self, other, room)) {
                // The last that keeps them out gives the room back.
                Some(other) => drop(self.cases[*other].left.insert(room.clone())),
                None => drop(self.back.insert((room.clone(), case.user.clone()))),
            }
        }
        if case.kind == Kind::Ban && was_open {
            let free = |(room, user): &(RoomId, UserId)| {
                *user == case.user && !bans.iter().any(|other| covers(self, other, room))
            };
            let free: Vec<_> = self
                .barred
                .iter()
                .filter(|key| free(key))
                .cloned()
                .collect();
            for key in free {
                self.barred.remove(&key);
            }
        }
        if stand == Stand::Undone && case.strikes > 0 {
            self.cases[at].strikes = 0;
            self.count_anew(&case.user, now);
        }
        if let Some(followed) = case.led_to.filter(|_| stand == Stand::Undone) {
            self.end(followed, stand, native, now);
        }
    }

    /// The strikes of all cases that were not taken back, as if these had been the only ones.
    fn count_anew(&mut self, user: &UserId, now: Millis) {
        let forgiven = self.forgiven.get(user).copied().unwrap_or(0);
        let counting: Vec<(Millis, i64)> = self.cases[forgiven..]
            .iter()
            .filter(|case| case.user == *user && case.strikes > 0)
            .map(|case| (case.at, case.strikes))
            .collect();
        self.strikes.insert(user.clone(), (0, now));
        for (at, strikes) in counting {
            let before = self.strikes_of(user, at);
            self.strikes.insert(user.clone(), (before + strikes, at));
        }
    }

    /// Somebody has ended a sanction in one room by their own power.
    pub(super) fn end_in(&mut self, at: usize, room: &RoomId, now: Millis) {
        let case = &mut self.cases[at];
        case.rooms.remove(room);
        case.left.remove(room);
        case.except.insert(room.clone());
        if case.rooms.is_empty() {
            self.end(at, Stand::Lifted, true, now);
        }
    }

    /// The open sanctions of somebody that are such.
    pub(super) fn open_of(&self, user: &UserId, such: impl Fn(&Case) -> bool) -> Vec<usize> {
        let cases = self.cases.iter().enumerate();
        let fits = |case: &Case| case.user == *user && case.stand == Stand::Open && such(case);
        cases
            .filter(|(_, case)| fits(case))
            .map(|(at, _)| at)
            .collect()
    }
}
