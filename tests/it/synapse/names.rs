//! What `linli names --dry-run` foretells of the names that people have.

use linli::matrix::session;
use serde_json::{Value, json};

use super::town::Town;
use crate::command_line::{assert_told, linli, write_config};

/// Renames somebody and waits until the manager sees it in a room.
async fn rename(town: &Town, login: &str, name: &str, room: &str) {
    let account = town.estate.account(login).unwrap();
    account.set_displayname(name).await.unwrap();
    let manager = town.estate.account("jingli").unwrap();
    let room = town.room(room);
    town.until(|| async {
        let member = manager.state(&room, "m.room.member", &account.user_id);
        let is_so = member.await.unwrap()["displayname"] == name;
        is_so
            .then_some(())
            .ok_or_else(|| format!("{login} is not called {name} yet"))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_names_are_shown_with_what_would_follow() {
    let mut town = Town::build().await;
    town.bot.stop().await.unwrap();
    rename(&town, "wangfang", "快乐的风\u{1b}[31m", "3").await;
    rename(&town, "liming", "王师傅", "3").await;
    // Whoever visits another building under the name of their own is right.
    let visitor = town.estate.account("zhouwei").unwrap();
    visitor.join(&town.room("2")).await.unwrap();
    let config = town.config();

    let told = linli(&["names", "--dry-run"], &config).await;
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    insta::assert_snapshot!(told.out, @r"
    和谐花园 (hexie): 14 members in the rooms of buildings: 10 right, 2 wrong (1 no_home, 1 imitates_staff), 2 exempt
      room                user                 name          reason          a right name
      #hexie-3:localhost  @liming:localhost    王师傅        imitates_staff  3-1-501 王
      #hexie-3:localhost  @wangfang:localhost  快乐的风[31m  no_home         3-1-501 王
      If linli started now, and nobody changed their name:
        messages:  2 in the first hour (at most 30 an hour for those present); everybody told at once
        reminders: after 8 days at the earliest, with 7 days of grace for those present
        mutes:     after 10 days at the earliest, with 7 days of grace for those present
        removals:  after 21 days at the earliest, with 7 days of grace for those present
        at once:   1 member passing for staff would be muted and shown to the moderators
    linli has run on this data folder before: whoever it has told already is further on than this says.
    ");

    let told = linli(&["names", "--dry-run", "--json"], &config).await;
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    let members: Vec<Value> = told
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(members.len(), 14, "{}", told.out);
    let of = |user: &str| {
        let mut members = members.iter();
        members.find(|member| member["user"] == user).unwrap()
    };
    assert_eq!(
        *of("@liming:localhost"),
        json!({
            "community": "hexie",
            "rooms": ["#hexie-3:localhost"],
            "user": "@liming:localhost",
            "name": "王师傅",
            "verdict": "wrong",
            "reason": "imitates_staff",
            "example": "3-1-501 王",
        })
    );
    assert_eq!(of("@zhouwei:localhost")["verdict"], "right");
    assert_eq!(of("@jingli:localhost")["verdict"], "exempt");

    // A table that lacks a room says so.
    let bot = session::plain(&town.estate.data).unwrap().unwrap();
    bot.leave(&town.room("2")).await.unwrap();
    let told = linli(&["names", "--dry-run"], &config).await;
    assert_told(
        &told,
        1,
        "#hexie-2:localhost: linli is not in it; invite @linli:localhost there",
    );
    assert!(told.out.contains("2 wrong"), "{}", told.out);

    // Without a session there is nobody to ask for the members.
    let folder = tempfile::tempdir().unwrap();
    let other = write_config(folder.path(), town.synapse.base_url());
    let told = linli(&["names", "--dry-run"], &other).await;
    assert_told(
        &told,
        1,
        "linli has not logged in yet. Run 'linli provision'",
    );
    drop(town.estate);
    town.synapse.stop().await.unwrap();
}
