//! Thirty neighbours and one broken lift over a real homeserver.

use futures_util::future::join_all;
use linli::devserver::Seen;

use super::town::{CALM, Cards, PATIENCE, Town};

const NEIGHBOURS: usize = 30;
/// The card, the answers to the first three, and two steps.
const LINES: usize = 1 + 3 + 2;

#[tokio::test(flavor = "multi_thread")]
async fn one_broken_lift_is_one_ticket_and_all_hear_of_it() {
    let town = Town::with_features(CALM).await;
    let (room, space) = (town.room("3"), town.room("space"));
    let mut neighbours = Vec::new();
    for n in 0..NEIGHBOURS {
        let (login, name) = (format!("neighbour{n}"), format!("3-2-{}01 陈", n + 1));
        let account = town.synapse.register(&login, "secret", Some(&name), false);
        let account = account.await.unwrap();
        account.join(&space).await.unwrap();
        account.join(&room).await.unwrap();
        neighbours.push(account);
    }
    let says = [
        "#报修 电梯坏了",
        "#紧急 2单元电梯停在5楼不动了",
        "#repair the lift is broken",
    ];
    let first = neighbours[0].say(&room, says[0]).await.unwrap();
    town.cards_of(std::slice::from_ref(&first), PATIENCE).await;
    let posting = neighbours.iter().enumerate().skip(1).map(|(n, neighbour)| {
        let room = room.clone();
        async move { neighbour.say(&room, says[n % 3]).await.unwrap() }
    });
    join_all(posting).await;
    let bot = town.estate.bot.clone();
    let follow = format!("还有 {} 位邻居跟进", NEIGHBOURS - 1);
    let card = town.estate.watcher.wait_for(&follow, PATIENCE, |events| {
        let cards = Cards::read(events, &bot);
        let mut cards_of_it = cards.posts.values().flatten();
        cards_of_it
            .find(|card| card.room == room && cards.text(card).contains(&follow))
            .cloned()
    });
    let card = card
        .await
        .unwrap_or_else(|error| panic!("{error:#}\n{}", town.log()));
    let plumber = town.estate.account("shuizhang").unwrap();
    plumber.say(&town.room("staff"), "!claim 1").await.unwrap();
    plumber.say(&town.room("staff"), "!done 1").await.unwrap();
    let done = town.estate.watcher.wait_for("done", PATIENCE, |events| {
        let mut events = events.iter();
        events
            .find(|seen| {
                seen.sender() == bot && seen.room_id == room && seen.body().contains("办好了")
            })
            .cloned()
    });
    let done = done
        .await
        .unwrap_or_else(|error| panic!("{error:#}\n{}", town.log()));
    let called = done.event["content"]["m.mentions"]["user_ids"]
        .as_array()
        .unwrap();
    assert_eq!(called.len(), NEIGHBOURS);
    let events = town.estate.watcher.events();
    let is_line = |seen: &&Seen| {
        let content = &seen.event["content"];
        seen.sender() == bot
            && seen.room_id == room
            && content.get("m.new_content").is_none()
            && seen.body().contains("工单 #")
    };
    let lines: Vec<&str> = events.iter().filter(is_line).map(Seen::body).collect();
    assert!(lines.len() <= LINES, "{lines:#?}");
    assert!(
        Cards::read(&events, &bot)
            .posts
            .values()
            .flatten()
            .all(|card| card.ticket <= 1)
    );
    assert_eq!(card.ticket, 1);
    town.end().await;
}
