//! How every story about order must end.

use std::collections::{BTreeMap, BTreeSet};

use linli::domain::{
    effect::{Act, Effect, Row},
    ids::{EventId, RoomId, Txn, UserId},
    record::View as _,
};
use serde_json::Value;

use super::{
    left_out::leave_out,
    levels::{differing, entry, silences},
    model::{By, Case, Model, Stand},
    rules::{self, Kind},
};
use crate::{
    fake::{
        power::talk_room,
        robot::Robot,
        server::{Server, Stored},
    },
    simulation::verify::{sent, taken},
};

/// How many members had sanctions, and for how many of them everything could be checked exactly.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    pub cases: usize,
    pub sanctioned: usize,
    pub exact: usize,
    /// Oversights in writing levels, and those of them, or of wishes, that were taken for the other.
    pub oversights: usize,
    pub misread: usize,
    /// How often somebody in a room was left out, and why.
    pub left_out: BTreeMap<&'static str, usize>,
}

impl Checked {
    pub fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.sanctioned += other.sanctioned;
        self.exact += other.exact;
        self.oversights += other.oversights;
        self.misread += other.misread;
        for (why, times) in other.left_out {
            *self.left_out.entry(why).or_default() += times;
        }
    }
}

/// The model, told everything in the order in which the bot took it in.
fn model_of<'s>(
    server: &'s Server,
    robot: &Robot,
    meant: &'s BTreeMap<EventId, UserId>,
) -> Model<'s> {
    let mut model = Model::new(server, meant);
    let sent = sent(server);
    let mut newest = 0;
    let state = robot.kept.state();
    let mut asks = Asks::default();
    for entry in &state.log {
        for place in entry.settled.iter().filter_map(|txn| sent.get(txn)) {
            model.knows(&server.events[*place]);
        }
        for (room, user) in entry.settled.iter().flat_map(|txn| asks.done(txn)) {
            model.done(room, user, entry.now);
        }
        for row in &entry.wedged {
            if let Effect::Act(Act::SetLevels(change)) = &row.effect {
                model.refused(&row.room, &change.users);
            }
        }
        if let Some((room, members)) = &entry.roster {
            model.roster(room, members, newest, entry.now);
        }
        for place in taken(server, entry) {
            newest = newest.max(place);
            model.took(place, entry.now);
        }
        for room in &entry.left {
            model.left(room);
        }
        if entry.fired > 0 {
            model.fired(entry.now);
        }
        asks.note(&entry.asked);
    }
    model
}

/// What linli last asked for about each member's level in a room.
#[derive(Default)]
struct Asks<'r>(BTreeMap<(&'r RoomId, &'r UserId), &'r Txn>);

impl<'r> Asks<'r> {
    fn note(&mut self, rows: &'r [Row]) {
        for row in rows {
            // A second look asks for nothing new.
            if let Effect::Act(Act::SetLevels(change)) = &row.effect
                && change.unless_after.is_none()
            {
                let users = change.users.keys();
                self.0
                    .extend(users.map(|user| ((&row.room, user), &row.txn)));
            }
        }
    }

    /// Whose levels are as they were last asked for, now that a row is done.
    fn done(&self, txn: &Txn) -> Vec<(&'r RoomId, &'r UserId)> {
        let asks = self.0.iter().filter(|(_, asked)| **asked == txn);
        asks.map(|(about, _)| *about).collect()
    }
}

/// Checks everything.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(
    server: &Server,
    robot: &Robot,
    meant: &BTreeMap<EventId, UserId>,
) -> Result<Checked, String> {
    let mut model = model_of(server, robot, meant);
    leave_out(server, robot, &mut model);
    if let Some((due, what, _)) = model.timers.iter().find(|(due, ..)| *due <= robot.clock) {
        return Err(format!("{what} was due at {due:?} and never came"));
    }
    recorded(robot, &model)?;
    nobody_exempt(server)?;
    nothing_unasked(server, &model)?;
    appealed_once(server)?;
    nobody_kept_from_talk(server)?;
    for user in rules::residents() {
        for room in rules::rooms() {
            if !model.unsure.contains_key(&(room.clone(), user.clone())) {
                voice(server, &model, &room, &user)?;
                stay(server, &model, &room, &user)?;
            }
        }
    }
    Ok(counted(&model))
}

fn counted(model: &Model<'_>) -> Checked {
    let sanctioned: BTreeSet<&UserId> = model.cases.iter().map(|case| &case.user).collect();
    let unsure: BTreeSet<&UserId> = model.unsure.keys().map(|(_, user)| user).collect();
    let mut left_out = BTreeMap::new();
    for why in model.unsure.values() {
        *left_out.entry(*why).or_default() += 1;
    }
    Checked {
        cases: model.cases.len(),
        sanctioned: sanctioned.len(),
        exact: sanctioned.difference(&unsure).count(),
        oversights: model.misread.1,
        misread: model.misread.0,
        left_out,
    }
}

/// The entries that an event changes, if it is one of power levels.
pub fn changes(server: &Server, event: &Stored) -> Vec<(UserId, Option<i64>, Option<i64>)> {
    if event.value["type"] != "m.room.power_levels" {
        return Vec::new();
    }
    let place = server.by_id[&event.id];
    let levels = &server.rooms[&event.room].levels;
    let at = levels.iter().position(|(at, _)| *at == place).unwrap_or(0);
    differing(&levels[at.saturating_sub(1)].1, &event.original)
}

/// Every sanction that the model knows is in the record, as the model knows it, and no other.
fn recorded(robot: &Robot, model: &Model<'_>) -> Result<(), String> {
    let records = robot
        .kept
        .state()
        .memory
        .scan("hexie/case/", None, usize::MAX);
    let records: Vec<Value> = records
        .map_err(|fault| fault.to_string())?
        .into_iter()
        .map(|(_, text)| serde_json::from_str::<Value>(&text).expect("a record")["d"].clone())
        .collect();
    for (at, case) in model.cases.iter().enumerate() {
        let no = at + 1;
        let record = records.get(at);
        let told = record.map_or_else(|| "nothing".to_owned(), told);
        must!(
            told == wanted(case),
            "the record of case {no} says {told}, not {}",
            wanted(case)
        );
    }
    must!(
        records.len() == model.cases.len(),
        "there is a case that the model does not know: {}",
        records[model.cases.len()]
    );
    Ok(())
}

fn told(record: &Value) -> String {
    let by = record["by"].as_object().and_then(|by| by.iter().next());
    let by = by.map(|(how, who)| format!("{how} {}", who.as_str().unwrap_or_default()));
    let until = record["until"]
        .as_i64()
        .map_or_else(String::new, |until| format!(" until {until}"));
    let room = record["room"].as_str().unwrap_or("all rooms");
    let end = record["end"]["how"].as_str().unwrap_or("open");
    let (user, kind) = (
        record["user"].as_str().unwrap_or(""),
        record["kind"].as_str().unwrap_or(""),
    );
    format!(
        "{kind} {user} by {} in {room}{until}, {end}",
        by.unwrap_or_default()
    )
}

fn wanted(case: &Case) -> String {
    let by = match &case.by {
        By::Rule(rule) => format!("rule {rule}"),
        By::Person(user) => format!("person {user}"),
        By::Native(user) => format!("native {user}"),
    };
    let until = case
        .until
        .map_or_else(String::new, |until| format!(" until {}", until.0));
    let room = case.only.as_ref().map_or("all rooms", RoomId::as_str);
    let end = match case.stand {
        Stand::Open => "open",
        Stand::Done => "done",
        Stand::Over => "over",
        Stand::Lifted => "lifted",
        Stand::Undone => "undone",
    };
    format!(
        "{} {} by {by} in {room}{until}, {end}",
        case.kind.name(),
        case.user
    )
}

/// The bot does nothing to staff, moderators, managers, bots and itself, and raises nobody.
fn nobody_exempt(server: &Server) -> Result<(), String> {
    for event in server
        .events
        .iter()
        .filter(|event| event.sender == server.bot)
    {
        let user = UserId::from(event.value["state_key"].as_str().unwrap_or_default());
        let treats = event.value["type"] == "m.room.member" && user != server.bot;
        let in_community = rules::rooms().contains(&event.room);
        must!(
            !(treats && in_community && rules::is_exempt(&user)),
            "linli did something to {user}: {}",
            event.value
        );
        let place = server.by_id[&event.id];
        for (user, _, new) in changes(server, event) {
            let levels = server.rooms[&event.room].levels.iter();
            let before = levels
                .take_while(|(at, _)| *at < place)
                .map(|(_, levels)| entry(levels, &user));
            let had: Vec<Option<i64>> = before.collect();
            must!(
                !(silences(new) && rules::is_exempt(&user))
                    && (silences(new) || had.contains(&new)),
                "linli gave {user} in {} the level {new:?}, but they had {had:?}",
                event.room
            );
        }
    }
    Ok(())
}

/// Nobody is kept from talking with linli.
fn nobody_kept_from_talk(server: &Server) -> Result<(), String> {
    for user in rules::residents() {
        let room = talk_room(&user);
        let Some(standing) = server
            .rooms
            .get(&room)
            .and_then(|_| server.standing(&room, &user))
        else {
            continue;
        };
        let silent = silences(entry(server.levels(&room), &user));
        let out = standing.membership == "ban" || (standing.membership == "leave");
        must!(
            !silent && !out,
            "{user} cannot talk with linli: '{}', silent: {silent}",
            standing.membership
        );
    }
    Ok(())
}

/// The bot removes and bans nobody for whom there is no sanction of that kind.
fn nothing_unasked(server: &Server, model: &Model<'_>) -> Result<(), String> {
    for event in server
        .events
        .iter()
        .filter(|event| event.sender == server.bot)
    {
        let user = UserId::from(event.value["state_key"].as_str().unwrap_or_default());
        if event.value["type"] != "m.room.member"
            || user == server.bot
            || !rules::rooms().contains(&event.room)
        {
            continue;
        }
        let has = |kind: Kind| {
            model
                .cases
                .iter()
                .any(|case| case.user == user && case.kind == kind)
        };
        let asked = match event.original["membership"].as_str() {
            Some("ban") => has(Kind::Ban),
            Some("leave") => has(Kind::Remove) || has(Kind::Ban),
            _ => has(Kind::Remove) || has(Kind::Ban),
        };
        must!(asked, "nobody asked for {}", event.value);
    }
    Ok(())
}

/// Each sanction is appealed against once.
fn appealed_once(server: &Server) -> Result<(), String> {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for event in server
        .events
        .iter()
        .filter(|event| event.sender == server.bot)
    {
        let own = &event.original["dev.linli"];
        let id = own["about"]["id"]
            .as_str()
            .filter(|id| id.starts_with("appeal."));
        if let (Some(id), Some(txn)) = (id, own["txn"].as_str()) {
            let before = seen.insert(id.to_owned(), txn.to_owned());
            must!(
                before.is_none_or(|before| before == txn),
                "{id} has two cards"
            );
        }
    }
    Ok(())
}

/// Whoever must be silent in a room is; everybody else has exactly the entry that people gave them.
fn voice(server: &Server, model: &Model<'_>, room: &RoomId, user: &UserId) -> Result<(), String> {
    let now = entry(server.levels(room), user);
    if model.is_silent(room, user) {
        must!(
            silences(now),
            "{user} must be silent in {room}, but has {now:?}"
        );
        return Ok(());
    }
    let wished = model.wanted(room, user);
    must!(
        now == wished,
        "{user} must have {wished:?} in {room}, but has {now:?}"
    );
    Ok(())
}

/// Whoever is banned is so where it must be, whoever was removed has gone, and whoever may come back was asked to.
fn stay(server: &Server, model: &Model<'_>, room: &RoomId, user: &UserId) -> Result<(), String> {
    let key = (room.clone(), user.clone());
    let standing = server
        .standing(room, user)
        .map_or("leave", |standing| standing.membership);
    let barred = model.barred.contains(&key);
    must!(
        barred == (standing == "ban"),
        "{user} in {room}: '{standing}', but banned must be {barred}"
    );
    let back = model.back.contains(&key);
    // Whoever has declined was asked, also where the bot could not read that they did.
    let history = server.rooms[room].members.get(user).into_iter().flatten();
    let before = history.rev().nth(1).map(|standing| standing.membership);
    let has_declined = standing == "leave" && before == Some("invite");
    must!(
        !back || has_declined || matches!(standing, "join" | "invite"),
        "{user} was not asked back into {room}: '{standing}'"
    );
    let kept_out = |case: &Case| {
        case.user == *user
            && case.kind == Kind::Remove
            && case.stand == Stand::Open
            && case.only.as_ref().is_none_or(|only| only == room)
    };
    must!(
        !model.cases.iter().any(kept_out) || standing != "join",
        "{user} is in {room}, though removed for a time"
    );
    let history = server.rooms[room]
        .members
        .get(user)
        .cloned()
        .unwrap_or_default();
    for (_, _, place) in model
        .ended
        .iter()
        .filter(|(in_room, who, _)| in_room == room && who == user)
    {
        let mut later = history.iter().filter(|standing| standing.at > *place);
        must!(
            later.any(|standing| matches!(standing.membership, "leave" | "ban")),
            "{user} was never removed from {room}"
        );
    }
    Ok(())
}
