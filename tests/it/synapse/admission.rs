//! Admission over a real homeserver: the roster, the sheet of codes, the lobby, knocks, the moderators' card, and moving
//! out.

use std::os::unix::fs::PermissionsExt as _;

use linli::{
    devserver::{Account, Seen},
    matrix::account::Method,
};
use serde_json::json;

use super::{
    newcomer::Newcomer,
    town::{PATIENCE, Town},
};
use crate::command_line::{assert_told, linli};

const ROSTER: &str = "楼栋,单元,房号,姓名\n3,1,1201,何洁\n3,1,1202,\n3,9,101,赵\n";

/// A town whose administrator has just decided that newcomers must show where they live.
async fn verified() -> Town {
    let mut town = Town::build().await;
    town.bot.stop().await.unwrap();
    let config = town.config();
    let text = std::fs::read_to_string(&config).unwrap();
    let text = text.replace(
        "[community.rooms]\n",
        "[community.rooms]\nlobby = \"#hexie-lobby\"\n",
    ) + "\n[community.features.admission]\nmode = \"verified\"\n";
    std::fs::write(&config, text).unwrap();
    let told = linli(&["provision"], &config).await;
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    town.bot.start_again().unwrap();
    town.bot.until_ready().await.unwrap();
    let manager = town.estate.account("jingli").unwrap();
    let lobby = manager.join("#hexie-lobby:localhost").await.unwrap();
    town.estate.rooms.insert("lobby".to_owned(), lobby);
    town
}

/// The code that stands on the slip of a home.
fn code_of(sheet: &str, home: &str) -> String {
    let slip = sheet.split("<article").find(|slip| slip.contains(home));
    let slip = slip.unwrap_or_else(|| panic!("no slip for {home}"));
    let (_, rest) = slip.split_once("<p class=\"code\">").unwrap();
    rest.split_once('<').unwrap().0.to_owned()
}

/// The sheet that the administrator prints.
async fn sheet(town: &Town) -> String {
    let (config, folder) = (town.config(), tempfile::tempdir().unwrap());
    let file = folder.path().join("sheet.html");
    let name = file.to_str().unwrap();
    let told = linli(&["codes", name], &config).await;
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    assert!(told.out.starts_with("2 codes were written"), "{}", told.out);
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = linli(&["codes", name], &config).await;
    assert_told(&again, 64, "exists already");
    std::fs::read_to_string(&file).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn newcomers_come_in_by_roster_by_code_and_by_a_moderators_tap() {
    let mut town = verified().await;
    let config = town.config();
    let list = config.with_file_name("roster.csv");
    std::fs::write(&list, ROSTER).unwrap();
    let import = ["roster", "import", list.to_str().unwrap()];
    let told = linli(&import, &config).await;
    assert_told(&told, 65, "第 4 行：");
    assert!(
        told.out.contains("2 entries for 2 homes read; 2 are new."),
        "{}",
        told.out
    );
    let told = linli(&import, &config).await;
    assert!(told.out.contains("0 are new"), "{}", told.out);
    let exported = linli(&["roster", "export"], &config).await;
    assert_eq!(
        exported.out,
        "phase,building,unit,home,surname\n,3,1,1201,何\n,3,1,1202,\n"
    );
    let sheet = sheet(&town).await;
    let (lobby, own, notice) = (town.room("lobby"), town.room("3"), town.room("notice"));

    // No resident lets anybody in past the lobby.
    let resident = town.estate.account("wangfang").unwrap().clone();
    let refused = resident.invite(&own, "@stranger:localhost").await;
    assert_eq!(refused.unwrap_err().errcode(), Some("M_FORBIDDEN"));

    // By the roster, as soon as the name is right.
    let first = Newcomer::arrive(&town, "hejie", "快乐的风").await;
    first.account.join(&lobby).await.unwrap();
    first.is_told(&town, "欢迎来到").await;
    first
        .account
        .set_displayname("3-1-1201 何洁")
        .await
        .unwrap();
    first.is_told(&town, "邀请已经发出").await;
    for room in [&own, &notice] {
        town.until_standing(room, &first.account.user_id, "join")
            .await;
    }
    town.until_standing(&lobby, &first.account.user_id, "leave")
        .await;

    // By the code, and the bot is killed between the steps.
    let second = Newcomer::arrive(&town, "zhaoliu", "阿六").await;
    second.account.join(&lobby).await.unwrap();
    let told = second.is_told(&town, "欢迎来到").await;
    town.bot.kill().await.unwrap();
    let code = code_of(&sheet, "3号楼 1单元 1202");
    second
        .account
        .say(&told.room_id, &code.to_lowercase())
        .await
        .unwrap();
    town.bot.start_again().unwrap();
    second.is_told(&town, "3-1-1202").await;
    town.bot.kill().await.unwrap();
    second
        .account
        .set_displayname("3-1-1202 赵六")
        .await
        .unwrap();
    town.bot.start_again().unwrap();
    town.until_standing(&own, &second.account.user_id, "join")
        .await;

    // By a knock, with a code that was used already, and then by a tap.
    let third = Newcomer::arrive(&town, "sunqi", "3-1-1202 孙七").await;
    let knock = ["_matrix", "client", "v3", "knock", own.as_str()];
    let reason = json!({"reason": code});
    third
        .account
        .request(Method::POST, &knock, Some(reason))
        .await
        .unwrap();
    third.is_told(&town, "已经用过").await;
    town.staff_reads("3-1-1202 孙七（@sunqi:localhost）想进群")
        .await;
    let moderator = town.estate.account("guanli").unwrap().clone();
    tap_newest(&town, "想进群", &moderator, "✅").await;
    town.until_standing(&own, &third.account.user_id, "join")
        .await;

    // The home moves out, and back.
    moderator
        .say(&town.room("staff"), "!迁出 3-1-1202")
        .await
        .unwrap();
    for user in [&second.account.user_id, &third.account.user_id] {
        town.until_standing(&own, user, "leave").await;
    }
    town.staff_reads("📦 3-1-1202 搬走了").await;
    tap_newest(&town, "📦", &moderator, "↩️").await;
    for user in [&second.account.user_id, &third.account.user_id] {
        town.until_standing(&own, user, "join").await;
    }
    let exported = linli(&["roster", "export"], &config).await;
    assert_eq!(
        exported.out,
        "phase,building,unit,home,surname\n,3,1,1201,何\n,3,1,1202,\n"
    );
    town.end().await;
}

/// Taps on the newest message of linli's with these words in the staff room.
async fn tap_newest(town: &Town, words: &str, by: &Account, key: &str) {
    let (bot, room) = (town.estate.bot.clone(), town.room("staff"));
    let newest = |events: &[Seen]| {
        let mut events = events.iter().rev();
        let is_it = |seen: &&Seen| {
            seen.sender() == bot && seen.room_id == room && seen.body().contains(words)
        };
        events.find(is_it).map(|seen| seen.id().to_owned())
    };
    let found = town.estate.watcher.wait_for(words, PATIENCE, newest).await;
    by.react(&room, &found.unwrap(), key).await.unwrap();
}
