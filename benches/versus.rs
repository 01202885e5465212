//! `cargo bench --bench versus`: linli beside a bare control bot, at the same time, in one room of a real Synapse.
//!
//! The control is a raw `/sync` loop with one substring test and one reply, and nothing else: no store, no card in a
//! second room, no buttons. A third account sees when the answers come. Two figures: messages for the one and the
//! other in turn, so that neither has to wait at the homeserver until the other's answer is stored; and messages for
//! both, where whoever asks second waits for the first.

#![expect(clippy::print_stdout, reason = "a bench tells on standard output")]

use std::{collections::BTreeMap, path::Path, time::Duration};

use anyhow::{Context as _, Result};
use linli::{
    demo::{
        bot::Bot,
        estate::{Estate, Plan},
    },
    devserver::{Account, Options, Seen, Synapse},
    matrix::account::Text,
    text::language::Language,
};

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
    let since = control.sync(None, 0, None).await?;
    let control_id = control.user_id.clone();
    let replying = tokio::spawn(reply(
        control,
        since["next_batch"].as_str().unwrap_or_default().to_owned(),
    ));

    let resident = estate.account("wangfang")?;
    let kinds = [
        "#报修 3号楼2单元楼道灯不亮",
        "对照 今天天气",
        "#报修 楼道灯又坏了，对照",
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
    println!("In turn:");
    compare(
        &latencies(&ours, &events, &estate.bot),
        &latencies(&theirs, &events, &control_id),
    );
    println!("On the same message:");
    compare(
        &latencies(&both, &events, &estate.bot),
        &latencies(&both, &events, &control_id),
    );
    bot.stop().await?;
    drop(estate);
    synapse.stop().await
}

/// The control bot.
async fn reply(account: Account, mut since: String) -> Result<()> {
    loop {
        let response = account.sync(Some(&since), 20_000, None).await?;
        since = response["next_batch"]
            .as_str()
            .context("no token")?
            .to_owned();
        let Some(rooms) = response["rooms"]["join"].as_object() else {
            continue;
        };
        for (room, update) in rooms {
            for event in update["timeline"]["events"]
                .as_array()
                .into_iter()
                .flatten()
            {
                let body = event["content"]["body"].as_str().unwrap_or_default();
                let id = event["event_id"].as_str().unwrap_or_default();
                if event["sender"] != account.user_id.as_str() && body.contains(CONTROLLED) {
                    let text = Text {
                        body: "ok".to_owned(),
                        reply_to: Some(id.to_owned()),
                        ..Text::default()
                    };
                    account.message(room, text).await?;
                }
            }
        }
    }
}

/// From the moment a report is seen to the moment somebody's first reply to it is seen, sorted.
fn latencies(reports: &[&Seen], events: &[Seen], sender: &str) -> Vec<Duration> {
    let mut replies: BTreeMap<&str, &Seen> = BTreeMap::new();
    for seen in events.iter().filter(|seen| seen.sender() == sender) {
        if let Some(to) = seen.content()["m.relates_to"]["m.in_reply_to"]["event_id"].as_str() {
            replies.entry(to).or_insert(seen);
        }
    }
    let mut taken: Vec<Duration> = reports
        .iter()
        .filter_map(|report| {
            let reply = replies.get(report.id())?;
            Some(reply.at.saturating_duration_since(report.at))
        })
        .collect();
    assert_eq!(
        taken.len(),
        reports.len(),
        "{sender} left reports unanswered"
    );
    taken.sort();
    taken
}

fn compare(ours: &[Duration], theirs: &[Duration]) {
    for (what, sorted) in [("linli's card", ours), ("the control's reply", theirs)] {
        println!(
            "  {what}: p50 {:.1?}, p95 {:.1?}, {} messages",
            percentile(sorted, 50),
            percentile(sorted, 95),
            sorted.len()
        );
    }
    let ratio =
        |share| percentile(ours, share).as_secs_f64() / percentile(theirs, share).as_secs_f64();
    println!(
        "  linli against the control: p50 {:.2}, p95 {:.2} (budget 1.25)",
        ratio(50),
        ratio(95)
    );
}

fn percentile(sorted: &[Duration], share: usize) -> Duration {
    sorted[(sorted.len() - 1) * share / 100]
}
