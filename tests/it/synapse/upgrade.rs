//! A room that is upgraded while linli serves it.

use linli::matrix::account::Method;
use serde_json::json;

use super::town::{PATIENCE, Town};

#[tokio::test(flavor = "multi_thread")]
async fn an_upgraded_room_is_followed() {
    let mut town = Town::build().await;
    let old = town.room("3");
    let resident = town.estate.account("wangfang").unwrap().clone();
    let before = resident.say(&old, "#报修 3号楼楼道灯不亮").await.unwrap();
    town.cards_of(std::slice::from_ref(&before), PATIENCE).await;

    let manager = town.estate.account("jingli").unwrap().clone();
    let path = ["_matrix", "client", "v3", "rooms", &old, "upgrade"];
    let version = json!({"new_version": "12"});
    let upgraded = manager
        .request(Method::POST, &path, Some(version))
        .await
        .unwrap();
    let new = upgraded["replacement_room"].as_str().unwrap().to_owned();
    // It ends, to be started again by whoever watches over it.
    let status = town.bot.wait().await.unwrap();
    assert_eq!(status.code(), Some(75));
    town.bot.start_again().unwrap();
    town.bot.until_ready().await.unwrap();

    resident.join(&new).await.unwrap();
    let after = resident.say(&new, "#报修 3号楼门禁坏了").await.unwrap();
    town.cards_of(std::slice::from_ref(&after), PATIENCE).await;
    // What happens to the old ticket is told where people are now.
    let electrician = town.estate.account("dianwang").unwrap();
    electrician
        .say(&town.room("staff"), "!claim 1")
        .await
        .unwrap();
    let bot = town.estate.bot.clone();
    town.estate
        .watcher
        .wait_for("a sentence about the old ticket", PATIENCE, |events| {
            let told = |seen: &&linli::devserver::Seen| {
                seen.room_id == new && seen.sender() == bot && seen.body().contains("#1")
            };
            events.iter().find(told).map(drop)
        })
        .await
        .unwrap();
    town.end().await;
}
