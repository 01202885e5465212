//! What is left out of the check, since no rule can tell it exactly, and why.

use std::collections::BTreeSet;

use linli::domain::{
    effect::{Act, Effect},
    ids::{EventId, UserId},
};

use super::{model::Model, verify::changes};
use crate::fake::{robot::Robot, server::Server};

/// What happened where the bot could not see it no rule can tell.
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
    let state = robot.kept.state();
    for row in state.wedged.keys().filter_map(|txn| state.rows.get(txn)) {
        // What was refused and is not wanted any more is never done.
        if let Effect::Act(Act::Kick { user, .. } | Act::Ban { user, .. }) = &row.effect {
            let key = (row.room.clone(), user.clone());
            model
                .unsure
                .insert(key, "the homeserver refused what the bot wanted");
        }
    }
}
