//! A disk that fills up under the running bot.

use std::process::Stdio;

use tokio::process::Command;

use super::town::{PATIENCE, TALKATIVE, Town, program};
use crate::power::children::{Shim, compile_shim};

/// Bytes that the store may still write: some reports fit in.
const ROOM: u64 = 2_000_000;
/// Reports after which the disk must be full.
const REPORTS: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_ends_it_with_a_clear_sentence_and_loses_nothing() {
    let mut town = Town::with_features(TALKATIVE).await;
    town.bot.stop().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let library = compile_shim(folder.path());
    let shim = Shim {
        library: &library,
        folder: &town.estate.data.join("store"),
        journal: &folder.path().join("journal"),
        marks: &folder.path().join("marks"),
        room: Some(ROOM),
    };
    let mut bot = Command::new(program())
        .args(["run", "--config"])
        .arg(town.config())
        .envs(shim.environment())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let resident = town.estate.account("wangfang").unwrap().clone();
    let mut reports = Vec::new();
    let status = loop {
        if let Some(status) = bot.try_wait().unwrap() {
            break status;
        }
        assert!(reports.len() < REPORTS, "the disk never was full");
        let text = format!("#报修 家里灯不亮，第{}盏", reports.len());
        reports.push(resident.say(&town.room("3"), &text).await.unwrap());
    };
    let told = bot.wait_with_output().await.unwrap();
    let told = String::from_utf8(told.stderr).unwrap();
    assert_eq!(status.code(), Some(74), "{told}");
    assert!(told.contains("error: ") && told.contains("full"), "{told}");

    // There is room again.
    town.bot.start_again().unwrap();
    town.bot.until_ready().await.unwrap();
    let cards = town.cards_of(&reports, PATIENCE).await;
    cards.assert_no_doubles();
    cards.assert_numbers(&reports);
    town.end().await;
}
