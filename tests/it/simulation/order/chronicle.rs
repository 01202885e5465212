//! A story about order in a few lines, for whoever looks for what went wrong in it.

use std::collections::BTreeMap;

use linli::domain::{
    ids::{EventId, UserId},
    record::View as _,
};

use super::verify::changes;
use crate::{
    fake::{
        estate,
        robot::Robot,
        server::{Server, Stored},
    },
    simulation::verify::taken,
};

/// Prints what has happened to levels and in rooms, and what was said about it, with the commit that took it in.
pub fn print(server: &Server, robot: &Robot, meant: &BTreeMap<EventId, UserId>) {
    let mut commits: BTreeMap<usize, usize> = BTreeMap::new();
    for (commit, entry) in robot.kept.state().log.iter().enumerate() {
        commits.extend(
            taken(server, entry)
                .into_iter()
                .map(|place| (place, commit)),
        );
        if entry.fired > 0 || entry.roster.is_some() || !entry.left.is_empty() {
            let room = entry.roster.as_ref().map(|(room, _)| room);
            eprintln!(
                "commit {commit} at {}: {} timers, left {:?}, members of {room:?}",
                entry.now.0 - estate::START_MS,
                entry.fired,
                entry.left
            );
        }
    }
    for (place, event) in server.events.iter().enumerate() {
        let commit = commits.get(&place).map(|commit| {
            let now = robot.kept.state().log[*commit].now;
            format!("commit {commit} at {}", now.0 - estate::START_MS)
        });
        if let Some(told) = told(server, event, meant) {
            let at = event.value["origin_server_ts"].as_i64().unwrap_or(0) - estate::START_MS;
            eprintln!(
                "{at} {} {} {}: {told} ({commit:?})",
                event.id, event.room, event.sender
            );
        }
    }
    for kind in ["case/", "door/", "hold/"] {
        let records = robot
            .kept
            .state()
            .memory
            .scan(&format!("hexie/{kind}"), None, usize::MAX);
        for (key, record) in records.into_iter().flatten() {
            eprintln!("{key}: {record}");
        }
    }
    for room in server.rooms.keys() {
        eprintln!(
            "{room}: {} first, {} now",
            server.rooms[room].levels[0].1["users"],
            server.levels(room)["users"]
        );
    }
}

fn told(server: &Server, event: &Stored, meant: &BTreeMap<EventId, UserId>) -> Option<String> {
    match event.value["type"].as_str()? {
        "m.room.member" => Some(format!("{} {}", event.value["state_key"], event.original)),
        "m.room.power_levels" => {
            let changes = changes(server, event);
            Some(format!("{changes:?}, meant {:?}", meant.get(&event.id)))
        }
        "m.room.message" => {
            let body = event.original["body"]
                .as_str()
                .filter(|body| body.starts_with(['!', '🛡', '📨', '#']))?;
            let relation = &event.original["m.relates_to"]["m.in_reply_to"]["event_id"];
            Some(format!(
                "{} {relation}",
                body.lines().next().unwrap_or_default()
            ))
        }
        "m.reaction" => Some(event.original["m.relates_to"].to_string()),
        _ => None,
    }
}
