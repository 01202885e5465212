//! Figures over a real homeserver: the chart is a picture that clients can fetch, and the export is written by the bot that
//! runs and from the store of one that does not.

use serde_json::Value;

use super::town::{PATIENCE, Town};
use crate::command_line::{assert_told, linli};

#[tokio::test(flavor = "multi_thread")]
async fn staff_ask_for_figures_see_a_chart_and_export_the_same() {
    let town = Town::build().await;
    let (building, staff) = (town.room("3"), town.room("staff"));
    let resident = town.estate.account("wangfang").unwrap();
    let electrician = town.estate.account("dianwang").unwrap();
    let report = resident.say(&building, "#报修 家里停电了").await.unwrap();
    town.cards_of(std::slice::from_ref(&report), PATIENCE).await;
    electrician.say(&staff, "!接单 1").await.unwrap();
    town.staff_reads("王师傅，工单 #1 归你了").await;
    electrician.say(&staff, "!统计").await.unwrap();
    town.staff_reads("新报 1 张：办好 0，未办 1").await;

    let bot = town.estate.bot.clone();
    let picture = town.estate.watcher.wait_for("a chart", PATIENCE, |events| {
        let mut pictures = events.iter().filter(|seen| {
            seen.room_id == staff
                && seen.sender() == bot
                && seen.event["content"]["msgtype"] == "m.image"
        });
        pictures.next().map(|seen| seen.event["content"].clone())
    });
    let picture = picture.await.unwrap();
    let address = picture["url"].as_str().unwrap();
    let (server, id) = address
        .trim_start_matches("mxc://")
        .split_once('/')
        .unwrap();
    let png = electrician
        .download(server, id, 10_000_000)
        .await
        .unwrap()
        .unwrap();
    let drawn = image::load_from_memory(&png).unwrap();
    assert_eq!(picture["info"]["size"], png.len());
    assert_eq!(picture["info"]["w"], drawn.width());
    assert_eq!(picture["info"]["h"], drawn.height());
    assert_eq!(drawn.width(), 1080);

    let folder = tempfile::tempdir().unwrap();
    let config = town.config();
    let file = |name: &str| folder.path().join(name).display().to_string();
    let running = file("running.jsonl");
    let told = linli(&["export", "tickets", &running, "--history"], &config).await;
    assert_eq!(told.code, Some(0), "{}", told.err);
    let again = linli(&["export", "tickets", &running], &config).await;
    assert_told(&again, 1, "running.jsonl");
    town.end_with(async || {
        let stopped = file("stopped.jsonl");
        let told = linli(&["export", "tickets", &stopped, "--history"], &config).await;
        assert_eq!(told.code, Some(0), "{}", told.err);
        let read = |path: &str| std::fs::read_to_string(path).unwrap();
        assert_eq!(
            what_happened(&read(&stopped)),
            what_happened(&read(&running))
        );
        assert_eq!(
            what_happened(&read(&stopped)),
            ["opened resident", "claim staff"]
        );
        let all = file("all.csv");
        let told = linli(
            &["export", "tickets", &all, "--history", "--personal"],
            &config,
        )
        .await;
        assert_eq!(told.code, Some(0), "{}", told.err);
        assert!(read(&all).contains("@wangfang:") && read(&all).contains("家里停电了"));
        assert!(read(&file("all-history.csv")).contains("@dianwang:"));
        for kept in [read(&stopped), read(&running)] {
            assert!(!kept.contains("wangfang") && !kept.contains("停电") && !kept.contains("王"));
        }
    })
    .await;
}

/// The lines of the one ticket's history.
fn what_happened(jsonl: &str) -> Vec<String> {
    let ticket: Value = serde_json::from_str(jsonl.trim()).unwrap();
    let lines = ticket["history"].as_array().unwrap();
    let word = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
    let lines = lines.iter();
    lines
        .map(|line| format!("{} {}", word(line, "what"), word(line, "by")))
        .collect()
}
