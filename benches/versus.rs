//! `cargo bench --bench versus`: linli beside a bare control bot, at the same time, in one room of a real Synapse.
//!
//! The control is a raw `/sync` loop with one substring test and one reply, and nothing else: no store, no card in a
//! second room, no buttons. Both answer the same messages; a third account sees when.

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

/// Reports that are answered by both.
const REPORTS: usize = 120;
/// Of these, the first are not counted: everything is cold.
const WARM_UP: usize = 20;

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
    for n in 0..REPORTS {
        resident
            .say(&room, &format!("#报修 3号楼2单元楼道灯不亮，第{n}次"))
            .await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    replying.abort();
    let events = estate.watcher.events();
    let reports: Vec<&Seen> = events
        .iter()
        .filter(|seen| seen.sender() == resident.user_id && seen.body().starts_with("#报修"))
        .skip(WARM_UP)
        .collect();
    let ours = latencies(&reports, &events, &estate.bot);
    let theirs = latencies(&reports, &events, &control_id);
    tell("linli's card", &ours);
    tell("the control's reply", &theirs);
    let ratio =
        |share| percentile(&ours, share).as_secs_f64() / percentile(&theirs, share).as_secs_f64();
    println!(
        "linli against the control: p50 {:.2}, p95 {:.2} (budget 1.25)",
        ratio(50),
        ratio(95)
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
                if event["sender"] != account.user_id.as_str() && body.starts_with("#报修") {
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

fn percentile(sorted: &[Duration], share: usize) -> Duration {
    sorted[(sorted.len() - 1) * share / 100]
}

fn tell(what: &str, sorted: &[Duration]) {
    println!(
        "{what}: p50 {:?}, p95 {:?}, {} reports",
        percentile(sorted, 50),
        percentile(sorted, 95),
        sorted.len()
    );
}
