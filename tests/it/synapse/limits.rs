//! Synapse's default rate limit, which nobody has lifted.

use std::time::Duration;

use linli::devserver::RateLimits;
use tokio::process::Command;

use super::town::{PATIENCE, Town, program};

#[tokio::test(flavor = "multi_thread")]
async fn ten_reports_in_ten_seconds_are_all_answered_under_the_default_limit() {
    let town = Town::with(RateLimits::Default, false).await;
    let people = [
        "wangfang", "liming", "zhaoyi", "sunli", "zhouwei", "wumin", "fenglei", "chenxi", "chuyan",
        "smith",
    ];
    let rooms = ["3", "3", "3", "3", "1", "1", "2", "2", "2", "2"];
    let mut reports = Vec::new();
    for (who, room) in people.iter().zip(rooms) {
        let account = town.estate.account(who).unwrap();
        let room_id = town.room(room);
        reports.push(account.say(&room_id, "#报修 家里灯不亮").await.unwrap());
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let cards = town.cards_of(&reports, PATIENCE).await;
    cards.assert_no_doubles();
    cards.assert_numbers(&reports);

    let output = Command::new(program())
        .arg("doctor")
        .arg("--config")
        .arg(town.config())
        .output()
        .await
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("POOR    rate limit"), "{told}");
    assert!(
        told.contains("/_synapse/admin/v1/users/@linli:localhost/override_ratelimit"),
        "{told}"
    );
    town.end().await;
}
