//! Help posts: opened by tags, asked for by taps, promised, done.

mod gifts;
mod lists;
mod memory;
mod missing;
mod rides;
mod rings;
mod search;
mod stored;

use linli::features;
use serde_json::json;

use super::script::Stage;
use crate::fake::estate;

/// A stage with a help channel.
fn stage() -> Stage {
    let mut server = estate::homeserver();
    estate::add_help(&mut server);
    Stage::on(server, || {
        estate::world_with_help(features::ALL, &json!({}))
    })
}

/// Plays a script, and shows rooms.
fn told(script: &str, rooms: &str) -> String {
    let mut stage = stage();
    stage.play(script);
    assert!(
        stage.robot.quarantined.is_empty(),
        "{:?}",
        stage.robot.quarantined
    );
    stage.show(rooms)
}
