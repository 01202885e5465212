//! What is left out of the check, since no rule can tell it exactly, and why.

use std::collections::{BTreeMap, BTreeSet};

use linli::domain::{
    effect::{Act, Effect, Row},
    ids::{EventId, RoomId, UserId},
};

use super::{model::Model, verify::changes};
use crate::{
    fake::{
        robot::Robot,
        server::{Server, Stored},
    },
    simulation::{known, verify::taken},
};

/// What happened where the bot could not see it, and what the homeserver refused for a while, no rule can tell.
pub fn leave_out(server: &Server, robot: &Robot, model: &mut Model<'_>) {
    let decided: BTreeSet<EventId> = robot
        .kept
        .state()
        .log
        .iter()
        .flat_map(|entry| entry.decided.iter().cloned())
        .collect();
    for event in server
        .events
        .iter()
        .filter(|event| !decided.contains(&event.id))
    {
        let user = UserId::from(event.value["state_key"].as_str().unwrap_or_default());
        let by_person = event.sender != server.bot && user != event.sender;
        if event.value["type"] == "m.room.member" && by_person {
            let key = (event.room.clone(), user);
            model
                .unsure
                .insert(key, "was treated, and the bot could not read it");
        }
        for (user, ..) in changes(server, event) {
            let key = (event.room.clone(), user);
            model
                .unsure
                .insert(key, "was given a level, and the bot could not read it");
        }
    }
    let blind = blind_acts(server, robot).into_iter();
    for key in blind.filter(|_| known::BLIND_WRITES) {
        model
            .unsure
            .insert(key, "the bot did something over what it had not seen");
    }
    let state = robot.kept.state();
    for row in state.wedged.keys().filter_map(|txn| state.rows.get(txn)) {
        for user in users_of(row)
            .into_iter()
            .filter(|_| known::OLD_ACTS_RETRIED)
        {
            let key = (row.room.clone(), user);
            model
                .unsure
                .insert(key, "the homeserver refused what the bot wanted");
        }
    }
}

/// Where the bot did something without having seen what somebody had done there meanwhile.
fn blind_acts(server: &Server, robot: &Robot) -> BTreeSet<(RoomId, UserId)> {
    let state = robot.kept.state();
    // In the order in which the bot took things in: the commit, the room, and the place in the stream.
    let mut seen: BTreeMap<usize, (usize, RoomId, usize)> = BTreeMap::new();
    let mut asked = Vec::new();
    for (commit, entry) in state.log.iter().enumerate() {
        for place in taken(server, entry) {
            seen.insert(place, (commit, server.events[place].room.clone(), place));
        }
        asked.extend(entry.asked.iter().map(|txn| (commit, txn)));
    }
    let mut blind = BTreeSet::new();
    for (commit, txn) in asked {
        let (Some(row), Some(done)) = (state.rows.get(txn), server.acted.get(txn)) else {
            continue;
        };
        let mut parts = txn.as_str().split('-');
        let cause = parts.find_map(|part| server.by_id.get(&EventId::from(part)));
        let decided = cause.and_then(|place| seen.get(place).cloned());
        let decided = decided.unwrap_or((commit, row.room.clone(), usize::MAX));
        let users = users_of(row);
        if users.is_empty() {
            continue;
        }
        let events = server.rooms[&row.room].timeline.iter();
        for place in events.filter(|place| *place < done) {
            let event = &server.events[*place];
            let unseen = seen.get(place).is_none_or(|seen| *seen > decided);
            if event.sender != server.bot && unseen {
                let met = touched(server, row, event).into_iter();
                let both = met.filter(|user| users.contains(user));
                blind.extend(both.map(|user| (row.room.clone(), user)));
            }
        }
    }
    blind
}

/// Those whom a row does something to.
fn users_of(row: &Row) -> Vec<UserId> {
    let Effect::Act(act) = &row.effect else {
        return Vec::new();
    };
    match act {
        Act::SetLevels(change) => change.users.keys().cloned().collect(),
        Act::Kick { user, .. }
        | Act::Ban { user, .. }
        | Act::Unban { user }
        | Act::Invite { user } => {
            vec![user.clone()]
        }
        Act::SetDoor { .. } | Act::Join | Act::Open(_) => Vec::new(),
    }
}

/// Those to whom somebody does with an event what a row would undo or repeat.
fn touched(server: &Server, row: &Row, event: &Stored) -> Vec<UserId> {
    let user = UserId::from(event.value["state_key"].as_str().unwrap_or_default());
    let is_levels = matches!(row.effect, Effect::Act(Act::SetLevels(_)));
    if event.value["type"] == "m.room.member" && user != event.sender && !is_levels {
        return vec![user];
    }
    let changes = changes(server, event).into_iter().filter(|_| is_levels);
    changes.map(|(user, ..)| user).collect()
}
