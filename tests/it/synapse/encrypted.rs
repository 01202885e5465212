//! Encrypted rooms: reports, cards and claims, a key that comes late, and what is not for everybody.
//!
//! `LINLI_KEY_LATE=60 cargo test --test it encrypted` holds the key back for a minute.

use std::time::Duration;

use linli::{
    devserver::RateLimits,
    engine::control::{self, Question, Reply},
};
use matrix_sdk::{
    media::{MediaFormat, MediaRequestParameters},
    ruma::{
        UserId,
        events::room::{MediaSource, message::MessageType},
    },
};

use super::{
    proxy::Proxy,
    resident::{self, Heard, Resident},
    town::{PATIENCE, Town},
};

#[tokio::test(flavor = "multi_thread")]
async fn reports_in_encrypted_rooms_become_tickets_also_when_the_key_comes_late() {
    let town = Town::with(RateLimits::Generous, true).await;
    let proxy = Proxy::start(town.synapse.base_url()).await;
    let mut resident = Resident::log_in(&proxy.base_url, "wangfang", &town.room("3")).await;
    assert!(
        resident
            .room
            .latest_encryption_state()
            .await
            .unwrap()
            .is_encrypted()
    );

    resident.say("#报修 3号楼2单元楼道灯不亮").await;
    let card = resident.reads("工单 #1").await;
    assert!(card.body.contains("3号楼2单元"), "{card:?}");

    let staff = town.room("staff");
    let bot = town.estate.bot.clone();
    let first_card = town
        .estate
        .watcher
        .wait_for("an encrypted card in the staff room", PATIENCE, |events| {
            let card = events.iter().find(|seen| {
                seen.room_id == staff && seen.sender() == bot && seen.kind() == "m.room.encrypted"
            })?;
            Some(card.id().to_owned())
        })
        .await
        .unwrap();
    let electrician = town.estate.account("dianwang").unwrap();
    electrician.react(&staff, &first_card, "🙋").await.unwrap();
    resident.reads("由王师傅接单了").await;
    sees_a_chart(&town, &staff).await;

    proxy.hold();
    resident.room.discard_room_key().await.unwrap();
    resident.say("#报修 3号楼大堂门禁失灵").await;
    wait_for_undecryptable(&town, 1).await;
    // The key is away for a while; nothing becomes of the message meanwhile.
    let late = std::env::var("LINLI_KEY_LATE").map_or(2, |text| text.parse().unwrap());
    tokio::time::sleep(Duration::from_secs(late)).await;
    wait_for_undecryptable(&town, 1).await;
    assert!(proxy.release().await > 0, "no key was held back");
    let card = resident.reads("工单 #2").await;
    assert!(card.body.contains("大堂"), "{card:?}");
    wait_for_undecryptable(&town, 0).await;

    nothing_in_clear(&town);
    town.end().await;
}

/// Charts are closed with a key that stands in the encrypted message.
async fn sees_a_chart(town: &Town, staff: &str) {
    let mut manager = Resident::log_in(town.synapse.base_url(), "jingli", staff).await;
    manager.say("!统计").await;
    manager.reads("新报 1 张").await;
    let is_picture = |heard: &Heard| matches!(heard.made_of, Some(MessageType::Image(_)));
    let heard = manager.read_until("a chart", is_picture).await;
    let Some(MessageType::Image(picture)) = heard.made_of else {
        panic!("{heard:?}");
    };
    assert!(matches!(picture.source, MediaSource::Encrypted(_)));
    let request = MediaRequestParameters {
        source: picture.source,
        format: MediaFormat::File,
    };
    let fetched = manager
        .client
        .media()
        .get_media_content(&request, false)
        .await;
    let drawn = image::load_from_memory(&fetched.unwrap()).unwrap();
    assert_eq!(drawn.width(), 1080);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_for_everybody_is_closed_too() {
    let mut town = Town::with(RateLimits::Generous, true).await;
    let url = town.synapse.base_url().to_owned();
    let mut resident = Resident::log_in(&url, "wangfang", &town.room("3")).await;
    let mut desk = Resident::log_in(&url, "qiantai", &town.room("staff")).await;

    resident.say("#投诉 隔壁装修半夜还在敲").await;
    let card = resident.reads("🧾 工单 #1").await;
    resident.taps(&card, "🔒").await;
    let begun = resident.reads("搬到了这里").await;
    let own = resident.client.get_room(&begun.room).unwrap();
    assert!(own.latest_encryption_state().await.unwrap().is_encrypted());
    let is_inside = |heard: &Heard| heard.room == begun.room && heard.body.contains("🧾 工单 #1");
    resident.read_until("the card", is_inside).await;
    // Staff who look after it read how it began, too.
    desk.reads("搬到了这里").await;
    desk.read_until("the card", is_inside).await;
    town.kill().await;
    resident::say(&own, "每天十一点以后").await;
    desk.reads("每天十一点以后").await;
    resident::say(&desk.client.get_room(&begun.room).unwrap(), "!认领").await;
    resident.reads("接单了").await;

    let bot = UserId::parse(&town.estate.bot).unwrap();
    let talk = resident.client.create_dm(&bot).await.unwrap();
    assert!(talk.latest_encryption_state().await.unwrap().is_encrypted());
    resident::say(&talk, "匿名投诉：保安半夜在岗亭打牌").await;
    let is_told = |heard: &Heard| heard.body.contains("🧾 工单 #2");
    resident.read_until("a card in the talk", is_told).await;
    let card = desk.read_until("a card for staff", is_told).await;
    assert!(card.body.contains("打牌"), "{card:?}");
    town.kill().await;
    desk.say("!回复 2 东门还是西门？").await;
    resident.reads("东门还是西门").await;
    resident::say(&talk, "东门的那位").await;
    let passed_on = desk.reads("东门的那位").await;
    assert_eq!(passed_on.sender, town.estate.bot);
    let staff: Vec<_> = desk
        .heard
        .iter()
        .filter(|heard| heard.room == desk.room.room_id() && heard.body.contains("#2"))
        .collect();
    let names = ["王芳", "501", "wangfang"];
    for heard in staff {
        assert!(
            !names.iter().any(|name| heard.body.contains(name)),
            "{heard:?}"
        );
    }
    nothing_in_clear(&town);
    town.end().await;
}

/// linli writes in clear text into the notice room alone.
fn nothing_in_clear(town: &Town) {
    let seen = town.estate.watcher.events();
    let readable = seen.iter().filter(|seen| {
        seen.sender() == town.estate.bot
            && seen.kind() == "m.room.message"
            && seen.room_id != town.room("notice")
    });
    assert_eq!(
        readable.count(),
        0,
        "linli wrote in clear text into an encrypted room"
    );
}

async fn wait_for_undecryptable(town: &Town, wanted: usize) {
    let waiting = async {
        loop {
            let reply = control::ask(&town.estate.data, &Question::Status)
                .await
                .unwrap();
            if let Some(Reply::Status(status)) = reply
                && status.undecryptable == wanted
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting)
        .await
        .unwrap_or_else(|_| panic!("never {wanted} undecryptable events"));
}
