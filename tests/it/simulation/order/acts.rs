//! What people do about order, at random: come, go, rename themselves, sanction by command, by tap or in their own
//! clients, and appeal.

use std::collections::BTreeMap;

use linli::domain::ids::{EventId, RoomId, UserId};
use serde_json::{Value, json};

use super::{
    names,
    rules::{self, Does},
};
use crate::{
    fake::{
        estate,
        power::talk_room,
        server::{Server, Stored},
    },
    simulation::chance::Chance,
};

const TALKED_IN: [&str; 5] = ["staff", "notice", "1", "2", "3"];
const HOMES: [&str; 4] = ["notice", "1", "2", "3"];
const KEYS: [&str; 4] = ["🔇", "🚪", "⛔", "🗑️"];
const REASONS: [&str; 3] = ["", "广告", "吵架"];
const APPEALS: [&str; 3] = ["那是我女儿发的", "真的不是我", "请您再看看"];
/// After so long nobody saves what they began to change.
const DIALOG_MS: i64 = 40_000;

/// What the model must know of what people wanted.
#[derive(Default)]
pub struct Acts {
    /// Whose entry somebody wanted to change when they wrote power levels.
    pub meant: BTreeMap<EventId, UserId>,
    /// Somebody has opened the dialog of a room's levels, which shows them as they were then.
    dialog: Option<(RoomId, UserId, Value, i64)>,
}

/// The estate as these stories find it: moderators may write levels, somebody has power without a role, somebody has
/// an entry of their own, and in some of them linli comes after its residents.
pub fn homeserver(chance: &mut Chance) -> Server {
    let mut server = estate::homeserver();
    for room in rules::rooms() {
        let known = server.rooms.get_mut(&room).expect("a room");
        let (_, levels) = known.levels.last_mut().expect("levels");
        levels["events"]["m.room.power_levels"] = json!(50);
    }
    let rooms = ["1", "2", "3"].map(estate::room);
    for level in [50, 7] {
        let room = chance.pick(&rooms).expect("rooms").clone();
        let users: Vec<UserId> = members(&server, &room);
        if let (Some(user), true) = (chance.pick(&users), chance.one_in(2)) {
            server.set_power(&room, user, level);
        }
    }
    if chance.one_in(2) {
        let room = chance.pick(&rooms).expect("rooms").clone();
        let bot = server.bot.clone();
        server.leave(&room, &bot);
        server.join(&room, &bot, "邻里");
    }
    server
}

/// Residents who are in a room.
fn members(server: &Server, room: &RoomId) -> Vec<UserId> {
    let all = rules::residents().into_iter();
    all.filter(|user| server.is_in(room, user)).collect()
}

fn standing(server: &Server, room: &RoomId, user: &UserId) -> &'static str {
    let known = server.rooms.contains_key(room);
    let standing = known.then(|| server.standing(room, user)).flatten();
    standing.map_or("leave", |standing| standing.membership)
}

/// The last messages of people in a room, which may be written by whomever.
fn messages(server: &Server, room: &RoomId) -> Vec<EventId> {
    let events = server.rooms[room].timeline.iter().rev().take(40);
    let fits = |event: &&Stored| {
        event.value["type"] == "m.room.message"
            && event.sender != server.bot
            && event.redacted_by.is_none()
            && event.original.get("m.new_content").is_none()
    };
    let found = events.map(|place| &server.events[*place]).filter(fits);
    found.map(|event| event.id.clone()).collect()
}

impl Acts {
    /// Somebody does something.
    pub fn act(&mut self, server: &mut Server, chance: &mut Chance) -> Option<EventId> {
        match chance.weighted(&[14, 10, 3, 16, 10, 5, 9, 9, 6, 5, 7]) {
            0 => rename(server, chance),
            1 => come(server, chance),
            2 => go(server, chance),
            3 => command(server, chance, true),
            4 => tap(server, chance, true),
            5 if chance.one_in(2) => command(server, chance, false),
            5 => tap(server, chance, false),
            6 => treat(server, chance),
            7 => self.level(server, chance),
            8 => self.race(server, chance),
            9 => self.slow_dialog(server, chance),
            _ => talk(server, chance),
        }
    }

    fn write(
        &mut self,
        server: &mut Server,
        room: &RoomId,
        by: &UserId,
        user: &UserId,
        levels: Value,
    ) -> Option<EventId> {
        let event = server.put_levels(room, by, levels)?;
        self.meant.insert(event.clone(), user.clone());
        Some(event)
    }

    /// A level is given or taken, as Element does it: all levels are written anew.
    fn level(&mut self, server: &mut Server, chance: &mut Chance) -> Option<EventId> {
        let room = some_room(chance);
        let by = somebody_with_power(server, chance, &room)?;
        let levels = server.levels(&room).clone();
        let (user, levels) = changed(server, chance, &room, levels)?;
        self.write(server, &room, &by, &user, levels)
    }

    /// Two have read the same levels, and write one after the other.
    fn race(&mut self, server: &mut Server, chance: &mut Chance) -> Option<EventId> {
        let room = some_room(chance);
        let before = server.levels(&room).clone();
        for by in [estate::user("lin"), estate::user("zhou")] {
            if let Some((user, levels)) = changed(server, chance, &room, before.clone()) {
                self.write(server, &room, &by, &user, levels);
            }
        }
        None
    }

    /// Somebody reads levels, and writes them a while later.
    fn slow_dialog(&mut self, server: &mut Server, chance: &mut Chance) -> Option<EventId> {
        let Some((room, by, levels, at)) = self.dialog.take() else {
            let room = some_room(chance);
            let by = somebody_with_power(server, chance, &room)?;
            self.dialog = Some((room.clone(), by, server.levels(&room).clone(), server.now.0));
            return None;
        };
        if server.now.0 - at > DIALOG_MS {
            return None;
        }
        let (user, levels) = changed(server, chance, &room, levels)?;
        self.write(server, &room, &by, &user, levels)
    }
}

fn some_room(chance: &mut Chance) -> RoomId {
    estate::room(chance.pick(&HOMES).expect("rooms"))
}

/// Levels with somebody's entry changed.
fn changed(
    server: &Server,
    chance: &mut Chance,
    room: &RoomId,
    mut levels: Value,
) -> Option<(UserId, Value)> {
    let user = chance.pick(&members(server, room))?.clone();
    let now = levels["users"][user.as_str()].as_i64().unwrap_or(0);
    let really = super::levels::entry(server.levels(room), &user);
    let level = match chance.below(6) {
        0 => 7,
        1 if now >= 0 => 50,
        _ if now < 0 => 0,
        _ => -1,
    };
    levels["users"][user.as_str()] = json!(level);
    // Who gives what is given already shows nobody what they wanted.
    (really != Some(level)).then_some((user, levels))
}

/// Mostly a moderator, sometimes whoever has power in the room.
fn somebody_with_power(server: &Server, chance: &mut Chance, room: &RoomId) -> Option<UserId> {
    let strong = members(server, room)
        .into_iter()
        .filter(|user| server.power(room, user) >= 50);
    let mut strong: Vec<UserId> = strong.collect();
    strong.extend([estate::user("zhou"), estate::user("lin")]);
    chance.pick(&strong).cloned()
}

/// A new name for all rooms: one event in each.
fn rename(server: &mut Server, chance: &mut Chance) -> Option<EventId> {
    let user = chance.pick(&rules::residents())?.clone();
    let usual = estate::RESIDENTS
        .iter()
        .find(|(login, ..)| estate::user(login) == user);
    let name = match (chance.below(8), usual) {
        (0..=2, Some((_, name, _))) => name,
        (0..=3, _) => chance.pick(&names::RIGHT)?.0,
        (4, _) => chance.pick(&names::STAFF_LIKE)?,
        (5, _) => names::ADVERT,
        _ => chance.pick(&names::WRONG)?,
    };
    let rooms: Vec<RoomId> = server
        .rooms
        .keys()
        .filter(|room| server.is_in(room, &user))
        .cloned()
        .collect();
    let mut last = None;
    for room in rooms {
        last = Some(server.join(&room, &user, name));
    }
    last
}

/// The name that somebody bears now.
fn name_now(server: &Server, chance: &mut Chance, user: &UserId) -> String {
    let mut rooms = server
        .rooms
        .keys()
        .filter_map(|room| server.standing(room, user));
    let inside = rooms.find(|standing| standing.membership == "join");
    let names = || server.usual_name(user);
    let known = inside.map_or_else(names, |standing| standing.name.clone());
    if known.is_empty() {
        return chance.pick(&names::RIGHT).expect("names").0.to_owned();
    }
    known
}

/// Somebody follows an invitation, or comes by themselves.
fn come(server: &mut Server, chance: &mut Chance) -> Option<EventId> {
    let user = chance.pick(&rules::residents())?.clone();
    let invited: Vec<RoomId> = rules::rooms()
        .into_iter()
        .filter(|room| standing(server, room, &user) == "invite")
        .collect();
    let room = match chance.pick(&invited) {
        Some(room) if !chance.one_in(4) => room.clone(),
        _ => some_room(chance),
    };
    if matches!(standing(server, &room, &user), "join" | "ban") {
        return None;
    }
    let name = name_now(server, chance, &user);
    Some(server.join(&room, &user, &name))
}

/// Somebody leaves, or declines.
fn go(server: &mut Server, chance: &mut Chance) -> Option<EventId> {
    let user = chance.pick(&rules::residents())?.clone();
    let rooms = rules::rooms().into_iter();
    let rooms: Vec<RoomId> = rooms
        .filter(|room| matches!(standing(server, room, &user), "join" | "invite"))
        .collect();
    let room = chance.pick(&rooms)?;
    Some(server.leave(room, &user))
}

/// Who acts: a moderator, or somebody who has no right to.
fn actor(server: &Server, chance: &mut Chance, room: &RoomId, rightly: bool) -> Option<UserId> {
    let others = members(server, room)
        .into_iter()
        .chain([estate::user("wang")]);
    let all: Vec<UserId> = if rightly {
        vec![estate::user("zhou"), estate::user("lin")]
    } else {
        others.filter(|user| server.may_post(room, user)).collect()
    };
    chance.pick(&all).cloned()
}

/// A command: as a reply, or with an id.
fn command(server: &mut Server, chance: &mut Chance, rightly: bool) -> Option<EventId> {
    let room = estate::room(chance.pick(&TALKED_IN)?);
    let by = actor(server, chance, &room, rightly)?;
    let (word, does) = *chance.pick(&rules::WORDS)?;
    if does == Does::Undo {
        let no = 1 + chance.below(12);
        return Some(server.say(&room, &by, &format!("!undo {no}")));
    }
    let length = if chance.one_in(2) && matches!(does, Does::Sanction(_)) {
        chance.pick(&rules::LENGTHS)?.0
    } else {
        ""
    };
    let reason = chance.pick(&REASONS)?;
    if chance.one_in(2) {
        let target = chance.pick(&messages(server, &room))?.clone();
        let text = format!("!{word} {length} {reason}");
        return Some(server.reply(&room, &by, &target, text.trim_end()));
    }
    let user = whom(chance);
    let text = format!("!{word} {user} {length} {reason}");
    // What is made a command afterwards is none.
    if chance.one_in(12) {
        let id = server.say(&room, &by, "好的");
        return Some(server.edit(&room, &by, &id, text.trim_end()));
    }
    Some(server.say(&room, &by, text.trim_end()))
}

/// Mostly a resident; now and then somebody whom nothing may happen to.
fn whom(chance: &mut Chance) -> UserId {
    if chance.one_in(6) {
        let login = chance
            .pick(&["lin", "zhou", "wang", estate::BOT, estate::OTHER_BOT])
            .expect("people");
        return estate::user(login);
    }
    chance.pick(&rules::residents()).expect("people").clone()
}

/// A tap on a message, or on one of linli's lines about a sanction.
fn tap(server: &mut Server, chance: &mut Chance, rightly: bool) -> Option<EventId> {
    let room = estate::room(chance.pick(&TALKED_IN)?);
    let by = actor(server, chance, &room, rightly)?;
    let key = chance.pick(&KEYS)?;
    let takes_away = key.starts_with('🗑');
    let targets = if chance.one_in(3) && !takes_away {
        lines(server, &estate::room("staff"), |id| {
            id.starts_with("case.") || id.starts_with("user.")
        })
    } else {
        messages(server, &room)
    };
    let target = chance.pick(&targets)?;
    let room = server.events[server.by_id[target]].room.clone();
    if !server.may_post(&room, &by) {
        return None;
    }
    server.react(&room, &by, target, key)
}

/// The last lines of linli's about sanctions of some kind.
fn lines(server: &Server, room: &RoomId, fits: impl Fn(&str) -> bool) -> Vec<EventId> {
    let events = server.rooms[room].timeline.iter().rev().take(60);
    let ours = events.map(|place| &server.events[*place]).filter(|event| {
        let about = &event.original["dev.linli"]["about"];
        event.sender == server.bot
            && about["feature"] == "moderation"
            && fits(about["id"].as_str().unwrap_or(""))
    });
    ours.map(|event| event.id.clone()).take(5).collect()
}

/// Somebody removes, bans or lets in again in their own client.
fn treat(server: &mut Server, chance: &mut Chance) -> Option<EventId> {
    let room = some_room(chance);
    let by = somebody_with_power(server, chance, &room)?;
    let banned = |user: &UserId| standing(server, &room, user) == "ban";
    let banned: Vec<UserId> = rules::residents().into_iter().filter(banned).collect();
    let user = match chance.pick(&banned) {
        Some(user) if chance.one_in(2) => return server.treat(&room, &by, user, "unban", ""),
        _ if chance.one_in(12) => estate::user("zhang"),
        _ => chance.pick(&members(server, &room))?.clone(),
    };
    let what = if chance.one_in(3) { "ban" } else { "kick" };
    // The staff come back soon, for there is work to do.
    if rules::is_exempt(&user) {
        server.treat(&room, &by, &user, "kick", "")?;
        return Some(server.join(&room, &user, "张师傅"));
    }
    server.treat(&room, &by, &user, what, chance.pick(&REASONS)?)
}

/// Somebody comes into their talk with linli and says why it was not them; a moderator decides about it.
fn talk(server: &mut Server, chance: &mut Chance) -> Option<EventId> {
    let appeals = lines(server, &estate::room("staff"), |id| {
        id.starts_with("appeal.")
    });
    if let (Some(card), true) = (chance.pick(&appeals), chance.one_in(3)) {
        let rightly = !chance.one_in(4);
        let by = actor(server, chance, &estate::room("staff"), rightly)?;
        let key = if chance.one_in(3) { "👌" } else { "🔓" };
        return server.react(&estate::room("staff"), &by, card, key);
    }
    let residents = rules::residents().into_iter();
    let invited: Vec<UserId> = residents
        .filter(|user| matches!(standing(server, &talk_room(user), user), "invite" | "join"))
        .collect();
    let user = chance.pick(&invited)?;
    let room = talk_room(user);
    if standing(server, &room, user) == "invite" {
        let name = name_now(server, chance, user);
        return Some(server.join(&room, user, &name));
    }
    Some(server.say(&room, user, chance.pick(&APPEALS)?))
}
