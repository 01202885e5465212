//! `cargo bench --bench versus`: linli beside a bare control bot, at the same time, in one room of a real Synapse.
//!
//! The control is a raw `/sync` loop with one substring test and one reply, and nothing else: no store, no card in a
//! second room, no buttons. A third account sees when the answers come. Two figures: messages for the one and the
//! other in turn, so that neither has to wait at the homeserver until the other's answer is stored; and messages for
//! both, where whoever asks second waits for the first.

#![expect(clippy::print_stdout, reason = "a bench tells on standard output")]

use std::{path::Path, time::Duration};

use anyhow::Result;
use linli::{
    demo::{
        bot::Bot,
        estate::{Estate, Plan},
    },
    devserver::{Options, Seen, Synapse},
    text::language::Language,
};

#[path = "support/control.rs"]
mod control;
#[path = "support/race.rs"]
mod race;
use control::Does;
use race::{compare, latencies};

/// Messages of each kind.
const ROUNDS: usize = 100;
/// The first of them are not counted: everything is cold.
const WARM_UP: usize = 10;
/// From one message to the next; by then everything that follows from it is done.
const PAUSE: Duration = Duration::from_millis(600);
/// What the control answers.
const CONTROLLED: &str = "对照";

#[tokio::main]
async fn main() -> Result<()> {
    let synapse = Synapse::start(Options::temporary()?).await?;
    let folder = tempfile::tempdir()?;
    let program = Path::new(env!("CARGO_BIN_EXE_linli"));
    let plan = Plan {
        folder: folder.path(),
        language: Language::Zh,
        program,
        encrypted: false,
        awake: false,
        features: "",
    };
    let estate = Estate::build(&synapse, &plan).await?;
    let mut bot = Bot::start(program, &estate.config, &estate.data).await?;
    let room = estate.room("3")?.to_owned();
    let control = synapse.register("control", "secret", None, false).await?;
    control
        .join(&format!("#hexie:{}", synapse.server_name()))
        .await?;
    control.join(&room).await?;
    let control_id = control.user_id.clone();
    let replying = tokio::spawn(control::raw(control, Does::Reply(CONTROLLED)));

    let resident = estate.account("wangfang")?;
    let kinds = [
        "#报修 家里水龙头漏水",
        "对照 今天天气",
        "#报修 家里灯又坏了，对照",
    ];
    for round in 0..ROUNDS {
        for text in kinds {
            resident.say(&room, &format!("{text}，第{round}次")).await?;
            tokio::time::sleep(PAUSE).await;
        }
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    replying.abort();
    let events = estate.watcher.events();
    let asked = |kind: &str| -> Vec<&Seen> {
        let of_kind =
            |seen: &&Seen| seen.sender() == resident.user_id && seen.body().starts_with(kind);
        events.iter().filter(of_kind).skip(WARM_UP).collect()
    };
    let [ours, theirs, both] = kinds.map(asked);
    for (how, ours, theirs) in [
        ("In turn:", &ours, &theirs),
        ("On the same message:", &both, &both),
    ] {
        println!("{how}");
        compare(
            (
                "linli's card",
                &latencies(ours, &events, &estate.bot, answered),
            ),
            (
                "the control's reply",
                &latencies(theirs, &events, &control_id, answered),
            ),
            "1.25",
        );
    }
    bot.stop().await?;
    drop(estate);
    synapse.stop().await
}

/// What a reply answers.
fn answered(seen: &Seen) -> Option<&str> {
    seen.content()["m.relates_to"]["m.in_reply_to"]["event_id"].as_str()
}
