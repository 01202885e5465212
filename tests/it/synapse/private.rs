//! What is said in private, over a real homeserver: a ticket's own room through all its life with a kill between any two
//! steps, and an anonymous conversation of which nothing is found where it must not be.

use std::{collections::BTreeSet, fs, path::Path, process::Command, time::Duration};

use linli::{
    devserver::Account,
    domain::ids::{DAY_MS, HOUR_MS},
    matrix::account::Image,
};
use serde_json::{Value, json};

use super::{
    person::Person,
    town::{Town, program},
};

/// Where the reporter lives.
const HOME: &str = "3-2-501";

/// Every word that linli logs, and a copy of each picture.
const TRACE: &str = "\n[log]\nlevel = \"trace\"\n\n[copies]\nfolder = \"copies\"\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_room_of_its_own_outlives_every_kill() {
    let mut town = Town::build().await;
    let resident = Person::of(&town, "wangfang").await;
    let desk = Person::of(&town, "qiantai").await;
    let room = town.room("3");
    let report = "#投诉 隔壁装修半夜还在敲";
    let said = resident.account.say(&room, report).await.unwrap();
    let card = resident.hears(&town, "🧾 工单 #1", Some(&room)).await;
    town.kill().await;
    resident
        .account
        .react(&room, card.id(), "🔒")
        .await
        .unwrap();
    // In the middle of whatever that began: the room is asked for, made, named, filled.
    for moment in [0, 15, 30, 60, 120, 240] {
        tokio::time::sleep(Duration::from_millis(moment)).await;
        town.bot.kill().await.unwrap();
        town.bot.start_again().unwrap();
    }
    town.bot.until_ready().await.unwrap();
    let begun = resident.hears(&town, "搬到了这里", None).await;
    let own = begun.room_id.clone();
    let inside = resident.hears(&town, "🧾 工单 #1", Some(&own)).await;
    town.until_seen(&resident.account, &own, &desk.account.user_id, "join")
        .await;
    town.kill().await;
    desk.account.say(&own, "您好，几点开始的？").await.unwrap();
    resident.account.say(&own, "十一点").await.unwrap();
    desk.account.say(&own, "!认领").await.unwrap();
    resident.hears(&town, "接单了", Some(&own)).await;
    town.kill().await;
    desk.account.say(&own, "!完成").await.unwrap();
    resident.hears(&town, "办好了", Some(&own)).await;
    town.kill().await;
    resident
        .account
        .react(&own, inside.id(), "👍")
        .await
        .unwrap();
    resident.hears(&town, "已办结", Some(&own)).await;
    town.kill().await;
    town.bot.go_ahead(73 * HOUR_MS).await.unwrap();
    resident.hears(&town, "不再写新的内容", Some(&own)).await;
    town.kill().await;
    until_needs(&town, &resident.account, &own, 50).await;
    assert!(resident.account.say(&own, "还有一句").await.is_err());
    town.bot.go_ahead(30 * DAY_MS).await.unwrap();
    town.until_seen(&resident.account, &own, &desk.account.user_id, "leave")
        .await;
    town.kill().await;
    // A tap still counts there, and opens it again.
    resident
        .account
        .react(&own, inside.id(), "🔁")
        .await
        .unwrap();
    resident.hears(&town, "重新打开了", Some(&own)).await;
    until_needs(&town, &resident.account, &own, 0).await;
    town.until_seen(&resident.account, &own, &desk.account.user_id, "join")
        .await;
    resident.account.say(&own, "又在敲了").await.unwrap();

    let told = resident.told_in(&town, &own);
    let different: BTreeSet<&String> = told.iter().collect();
    assert_eq!(different.len(), told.len(), "said twice: {told:#?}");
    let rooms = resident.sees.events();
    let rooms: BTreeSet<&str> = rooms
        .iter()
        .filter(|seen| seen.body().contains("搬到了这里"))
        .map(|seen| seen.room_id.as_str())
        .collect();
    assert_eq!(rooms.len(), 1);
    // The crowd reads one line of it, and not a word more.
    let event = town
        .estate
        .account("liming")
        .unwrap()
        .event(&room, &said)
        .await
        .unwrap();
    assert_eq!(event["content"], json!({}));
    let liming = town.estate.account("liming").unwrap();
    let members = liming.members(&own).await;
    assert!(members.is_err(), "a neighbour reads the members of {own}");
    town.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_anonymous_conversation_is_found_nowhere() {
    let town = Town::with_features(TRACE).await;
    let resident = Person::of(&town, "wangfang").await;
    let desk = Person::of(&town, "qiantai").await;
    let staff = town.room("staff");
    let begun = desk.sees.events().len();
    let talk = resident
        .account
        .create_room(json!({"preset": "trusted_private_chat", "is_direct": true, "invite": [town.estate.bot]}))
        .await
        .unwrap();
    town.until_seen(&resident.account, &talk, &town.estate.bot, "join")
        .await;
    let say = |words: &'static str| resident.account.say(&talk, words);
    let log_before = fs::read_to_string(town.bot.log()).unwrap().len();
    let mut own = vec![say("匿名投诉：保安半夜在岗亭打牌").await.unwrap()];
    let card = resident.hears(&town, "🧾 工单 #1", Some(&talk)).await;
    own.push(shows(&resident.account, &talk).await);
    own.push(say("昨晚一点左右").await.unwrap());
    desk.hears(&town, "昨晚一点左右", Some(&staff)).await;
    desk.account.say(&staff, "!认领 1").await.unwrap();
    desk.account
        .say(&staff, "!回复 1 是东门还是西门？")
        .await
        .unwrap();
    resident.hears(&town, "是东门还是西门", Some(&talk)).await;
    own.push(say("东门").await.unwrap());
    desk.hears(&town, "：东门", Some(&staff)).await;
    desk.account.say(&staff, "!完成 1 已换人").await.unwrap();
    resident.hears(&town, "办好了", Some(&talk)).await;
    own.push(
        resident
            .account
            .react(&talk, card.id(), "👍")
            .await
            .unwrap(),
    );
    let asked = resident.hears(&town, "已办结", Some(&talk)).await;
    own.push(
        resident
            .account
            .react(&talk, asked.id(), "5️⃣")
            .await
            .unwrap(),
    );
    desk.hears(&town, "办结", Some(&staff)).await;
    tokio::time::sleep(Duration::from_millis(500)).await;

    let person = &resident.account.user_id;
    let mut secrets = vec![person.as_str(), HOME, "王芳", talk.as_str()];
    secrets.extend(own.iter().map(String::as_str));
    // Whatever staff can read, as it was sent.
    let events = desk.sees.events();
    for seen in events
        .iter()
        .skip(begun)
        .filter(|seen| seen.sender() == town.estate.bot)
    {
        let sent = seen.event.to_string();
        assert_eq!(
            secrets.iter().find(|secret| sent.contains(**secret)),
            None,
            "{sent}"
        );
    }
    // The log, with every word that linli has for it.
    let log = fs::read_to_string(town.bot.log()).unwrap();
    assert!(log.contains("DEBUG") && log.len() > 10_000);
    let is_told = |line: &&str| secrets.iter().any(|secret| line.contains(secret));
    assert_eq!(log[log_before..].lines().find(is_told), None, "in the log");
    assert!(!log.contains(person) && !log.contains(HOME));
    // The exports, with all that is personal, and the backup.
    let folder = tempfile::tempdir().unwrap();
    for (file, more) in [
        ("tickets.jsonl", vec!["--personal", "--history"]),
        ("tickets.csv", vec!["--personal"]),
    ] {
        let path = folder.path().join(file);
        run(&town, &[&["export", "tickets"], &*more].concat(), &path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("打牌"));
        assert_eq!(
            secrets.iter().find(|secret| text.contains(**secret)),
            None,
            "in {file}"
        );
    }
    // What was shown is kept, whatever becomes of it at the homeserver.
    let copies = town.config().with_file_name("copies").join("hexie/1");
    let copies: Vec<_> = fs::read_dir(copies)
        .unwrap()
        .map(|copy| copy.unwrap().path())
        .collect();
    assert_eq!(copies.len(), 1, "{copies:?}");
    assert_eq!(fs::read(&copies[0]).unwrap(), PICTURE);
    let path = folder.path().join("backup.jsonl");
    run(&town, &["backup"], &path);
    in_backup(&fs::read_to_string(&path).unwrap(), &secrets);
    town.end().await;
}

/// What stands for a picture here; nobody looks into it.
const PICTURE: &[u8] = b"a window at night";

async fn shows(account: &Account, room: &str) -> String {
    let mxc = account
        .upload(PICTURE, "image/png", "window.png")
        .await
        .unwrap();
    let image = Image {
        mxc,
        filename: "window.png".to_owned(),
        info: json!({"mimetype": "image/png"}),
        ..Image::default()
    };
    account.send_image(room, image).await.unwrap()
}

/// Waits until posting in a room needs so much.
async fn until_needs(town: &Town, account: &Account, room: &str, wanted: i64) {
    town.until(|| async {
        let levels = account.power_levels(room).await.unwrap();
        let is_so = levels["events_default"].as_i64().unwrap_or(0) == wanted;
        is_so.then_some(()).ok_or_else(|| levels.to_string())
    })
    .await;
}

/// No record that tells of the ticket names its reporter: they stand in the backup as members of their rooms alone.
fn in_backup(backup: &str, secrets: &[&str]) {
    let mut tells = 0;
    for line in backup.lines() {
        let Ok(record) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let text = record.to_string();
        let words = [
            "打牌", "东门", "昨晚", "00000001", "tickets", "hidden", "author",
        ];
        if words.iter().any(|word| text.contains(word)) {
            tells += 1;
            assert_eq!(
                secrets.iter().find(|secret| text.contains(**secret)),
                None,
                "{text}"
            );
        }
    }
    assert!(tells > 20, "{tells}");
}

fn run(town: &Town, arguments: &[&str], to: &Path) {
    let mut command = Command::new(program());
    command
        .args(arguments)
        .arg(to)
        .arg("--config")
        .arg(town.config());
    let done = command.output().unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}
