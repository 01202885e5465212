//! The program from outside: exit codes, and one clear sentence where something is wrong.

use std::{path::Path, process::Stdio, time::Duration};

use linli::{
    devserver::RateLimits,
    engine::control::{self, Question, Reply},
};
use tokio::process::Command;

use super::synapse::town::{PATIENCE, Town, program};

pub struct Told {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

pub async fn linli(arguments: &[&str], config: &Path) -> Told {
    let output = Command::new(program())
        .args(arguments)
        .arg("--config")
        .arg(config)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(PATIENCE, output)
        .await
        .unwrap()
        .unwrap();
    Told {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[track_caller]
pub fn assert_told(told: &Told, code: i32, sentence: &str) {
    assert_eq!(told.code, Some(code), "{}{}", told.out, told.err);
    assert!(told.err.contains(sentence), "{}", told.err);
    let errors = told
        .err
        .lines()
        .filter(|line| line.starts_with("error: "))
        .count();
    assert_eq!(errors, 1, "not one clear sentence: {}", told.err);
}

pub fn write_config(folder: &Path, homeserver: &str) -> std::path::PathBuf {
    let path = folder.join("linli.toml");
    let text = format!(
        "[account]\nhomeserver = \"{homeserver}\"\nuser = \"@linli:localhost\"\npassword_file = \"password\"\n\
         [[community]]\nid = \"a\"\nname = \"A\"\n[community.rooms]\nstaff = \"#s\"\n[[community.building]]\nname = \"1\"\nroom = \"#b\"\n"
    );
    std::fs::write(&path, text).unwrap();
    std::fs::write(folder.join("password"), "wrong").unwrap();
    path
}

#[tokio::test]
async fn a_bad_configuration_is_told_with_every_fault() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("linli.toml");
    std::fs::write(
        &path,
        "[account]\nhomeserver = 5\nusr = \"x\"\n[log]\nlevel = \"[\"\n",
    )
    .unwrap();
    let told = linli(&["check-config"], &path).await;
    assert_told(&told, 78, "account.usr");
    for key in [
        "account.homeserver",
        "account.user",
        "log.level",
        "community",
    ] {
        assert!(
            told.err.contains(&format!("- {key}: ")),
            "{key}: {}",
            told.err
        );
    }
}

#[tokio::test]
async fn a_dead_homeserver_is_told() {
    let folder = tempfile::tempdir().unwrap();
    // Port 9 (discard) is free on any machine that would run this.
    let config = write_config(folder.path(), "http://127.0.0.1:9");
    let commands: [&[&str]; 3] = [&["run"], &["provision"], &["names", "--dry-run"]];
    for command in commands {
        let told = linli(command, &config).await;
        assert_told(
            &told,
            69,
            "the homeserver http://127.0.0.1:9 does not answer",
        );
    }
}

#[tokio::test]
async fn names_do_nothing_without_a_dry_run() {
    let folder = tempfile::tempdir().unwrap();
    let config = write_config(folder.path(), "http://127.0.0.1:9");
    let told = linli(&["names"], &config).await;
    assert_told(&told, 64, "linli names --dry-run");
    assert_eq!(told.out, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_around_a_running_bot_are_told_and_lose_nothing() {
    let mut town = Town::with(RateLimits::Generous, false).await;
    let config = town.config();

    // A second bot on the same store.
    let second = linli(&["run"], &config).await;
    assert_told(&second, 75, "is in use by another process");

    // Provisioning again changes nothing.
    let again = linli(&["provision"], &config).await;
    assert_eq!(
        again.out.trim(),
        "Everything is as the configuration says.",
        "{}",
        again.err
    );
    let dry = linli(&["provision", "--dry-run"], &config).await;
    assert_eq!(
        dry.out.trim(),
        "Everything is as the configuration says.",
        "{}",
        dry.err
    );

    // A wrong password.
    let folder = tempfile::tempdir().unwrap();
    let other = write_config(folder.path(), town.synapse.base_url());
    assert_told(
        &linli(&["run"], &other).await,
        77,
        "refuses the password of @linli:localhost",
    );

    // Everything is well.
    town.estate.lift_rate_limit(&town.synapse).await.unwrap();
    let report = town.estate.account("wangfang").unwrap();
    let report = report
        .say(&town.room("3"), "#报修 3号楼大堂灯不亮")
        .await
        .unwrap();
    town.cards_of(std::slice::from_ref(&report), PATIENCE).await;
    let doctor = linli(&["doctor"], &config).await;
    assert_eq!(doctor.code, Some(0), "{}{}", doctor.out, doctor.err);
    assert!(!doctor.out.contains("POOR"), "{}", doctor.out);

    // A backup while it runs, and after it; a damaged store; the backup restored.
    let live = folder.path().join("live.jsonl");
    let told = linli(&["backup", live.to_str().unwrap()], &config).await;
    assert_eq!(told.code, Some(0), "{}", told.err);
    town.bot.stop().await.unwrap();
    let stopped = folder.path().join("stopped.jsonl");
    let told = linli(&["backup", stopped.to_str().unwrap()], &config).await;
    assert_eq!(told.code, Some(0), "{}", told.err);

    let store = town.estate.data.join("store");
    let db = std::fs::read(store.join("db")).unwrap();
    std::fs::write(store.join("db"), vec![0x5A; db.len()]).unwrap();
    let damaged = linli(&["run"], &config).await;
    assert_told(&damaged, 74, "is damaged");
    std::fs::rename(&store, town.estate.data.join("damaged")).unwrap();
    let told = linli(&["restore", stopped.to_str().unwrap()], &config).await;
    assert_eq!(told.code, Some(0), "{}", told.err);

    let while_down = town.estate.account("liming").unwrap();
    let while_down = while_down
        .say(&town.room("3"), "#报修 3号楼单元门坏了")
        .await
        .unwrap();
    town.bot.start_again().unwrap();
    town.bot.until_ready().await.unwrap();
    let cards = town
        .cards_of(&[report.clone(), while_down.clone()], PATIENCE)
        .await;
    cards.assert_no_doubles();
    assert_eq!(
        (cards.ticket_of(&report), cards.ticket_of(&while_down)),
        (1, 2)
    );
    town.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_homeserver_may_go_away_and_come_back() {
    let mut town = Town::build().await;
    let before = town.estate.account("wangfang").unwrap();
    let before = before
        .say(&town.room("3"), "#报修 3号楼大堂灯不亮")
        .await
        .unwrap();
    town.synapse.kill();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let running = control::ask(&town.estate.data, &Question::Status)
        .await
        .unwrap();
    assert!(
        matches!(running, Some(Reply::Status(_))),
        "the bot has gone with the homeserver"
    );
    town.synapse.start_again().await.unwrap();
    let after = town.estate.account("liming").unwrap();
    let after = after
        .say(&town.room("3"), "#报修 3号楼单元门坏了")
        .await
        .unwrap();
    let cards = town.cards_of(&[before, after], PATIENCE).await;
    cards.assert_no_doubles();
    town.end().await;
}

#[tokio::test]
async fn the_demo_plays_its_scene_in_both_languages() {
    for language in ["zh", "en"] {
        let output = Command::new(program())
            .args(["demo", "--scene-only", "--lang", language])
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output();
        let output = tokio::time::timeout(PATIENCE, output)
            .await
            .unwrap()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{language}: {told}");
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(shown.contains("🙋") && shown.contains("👍"), "{shown}");
    }
}
