//! A hundred residents at once.

use futures_util::future::join_all;
use serde_json::json;

use super::town::{CALM, PATIENCE, Town};

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_reports_at_once_become_a_hundred_tickets() {
    let town = Town::with_features(CALM).await;
    let rooms = [town.room("1"), town.room("2"), town.room("3")];
    let manager = town.estate.account("jingli").unwrap();
    for room in &rooms {
        // Whoever is in the space may join; that everybody joins it first would only take time here.
        manager
            .put_state(
                room,
                "m.room.join_rules",
                "",
                json!({"join_rule": "public"}),
            )
            .await
            .unwrap();
    }
    let mut residents = Vec::new();
    for n in 0..100 {
        let account = town
            .synapse
            .register(&format!("resident{n}"), "secret", None, false)
            .await
            .unwrap();
        account.join(&rooms[n % 3]).await.unwrap();
        residents.push(account);
    }
    let posting = residents.iter().enumerate().map(|(n, resident)| {
        let text = format!("#报修 家里水龙头漏水，第{n}户");
        let room = &rooms[n % 3];
        async move { resident.say(room, &text).await.unwrap() }
    });
    let reports = join_all(posting).await;
    let cards = town.cards_of(&reports, PATIENCE).await;
    cards.assert_no_doubles();
    cards.assert_numbers(&reports);
    town.end().await;
}
