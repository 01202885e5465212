//! The first start in a room that is full already: so many wrong names, so few messages an hour. `LINLI_CROWD` sets how
//! many members there are (100 without it; the figures in the notes are for 2,000); fifteen in a hundred have a wrong
//! name.

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use linli::{
    devserver::RateLimits,
    domain::ids::{HOUR_MS, MINUTE_MS},
    matrix::{
        account::{Account, Method},
        session,
    },
};
use serde_json::json;

use super::town::{CALM, Ground, Town};
use crate::command_line::linli;

/// Members who come in at the same time; more of them only wait for the homeserver.
const AT_ONCE: usize = 8;

fn crowd() -> usize {
    let size = std::env::var("LINLI_CROWD").ok();
    size.map_or(100, |size| size.parse().expect("LINLI_CROWD is a number"))
}

/// The rooms that linli is in.
async fn rooms(bot: &Account) -> usize {
    let path = ["_matrix", "client", "v3", "joined_rooms"];
    let answer = bot.request(Method::GET, &path, None).await.unwrap();
    answer["joined_rooms"].as_array().unwrap().len()
}

/// Waits until linli is in so many rooms, and sees that it stays so for a while.
async fn settles_at(town: &Town, bot: &Account, wanted: usize) {
    town.until(|| async {
        let there = rooms(bot).await;
        let is_so = (there >= wanted).then_some(());
        is_so.ok_or_else(|| format!("there are {there} rooms, not {wanted}"))
    })
    .await;
    for _ in 0..15 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(rooms(bot).await, wanted);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_room_with_many_wrong_names_is_told_at_the_set_pace() {
    let (crowd, bad) = (crowd(), crowd() * 15 / 100);
    let per_hour = (bad / 5).max(2);
    let section = format!(
        "{CALM}[community.features.naming]\nmessages_per_hour = {per_hour}\nmembers_per_home = 1000000\n"
    );
    let ground = Ground::lay(RateLimits::Generous, false, &section).await;
    let estate = &ground.estate;
    let room = estate.room("3").unwrap().to_owned();
    let manager = estate.account("jingli").unwrap();
    let bot = session::plain(&estate.data).unwrap().unwrap();
    // linli comes into the room when everybody is there.
    bot.leave(&room).await.unwrap();
    let open = json!({"join_rule": "public"});
    let done = manager.put_state(&room, "m.room.join_rules", "", open);
    done.await.unwrap();
    let joining = (0..crowd).map(|n| {
        let (synapse, room) = (&ground.synapse, &room);
        async move {
            let name = if n < bad {
                "随便".to_owned()
            } else {
                format!("3-{}-{}{:02} 王", n % 2 + 1, n / 20 % 18 + 1, n % 20 + 1)
            };
            let login = format!("resident{n}");
            let account = synapse.register(&login, "secret", Some(&name), false);
            account.await.unwrap().join(room).await.unwrap();
        }
    });
    stream::iter(joining)
        .buffer_unordered(AT_ONCE)
        .collect::<Vec<()>>()
        .await;
    bot.join(&room).await.unwrap();

    let told = linli(&["names", "--dry-run"], &estate.config).await;
    let share = per_hour.div_ceil(2);
    let hours = bad.div_ceil(share) - 1;
    assert!(told.out.contains(&format!("{bad} wrong")), "{}", told.out);
    let foretold = format!("{share} in the first hour (at most {share} an hour");
    assert!(told.out.contains(&foretold), "{}", told.out);
    println!(
        "{}",
        told.out
            .lines()
            .rev()
            .take(8)
            .collect::<Vec<_>>()
            .join("\n")
    );

    let before = rooms(&bot).await;
    let begun = tokio::time::Instant::now();
    let mut town = ground.open().await;
    settles_at(&town, &bot, before + share).await;
    println!(
        "{crowd} members, {bad} wrong names: {share} talks after {:?}, all after {hours} hours",
        begun.elapsed()
    );
    town.bot.go_ahead(HOUR_MS - 2 * MINUTE_MS).await.unwrap();
    settles_at(&town, &bot, before + share).await;
    town.bot.go_ahead(5 * MINUTE_MS).await.unwrap();
    settles_at(&town, &bot, (before + 2 * share).min(before + bad)).await;
    town.end().await;
}
