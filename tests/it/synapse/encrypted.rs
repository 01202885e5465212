//! Encrypted rooms: reports, cards and claims, and a key that comes late.
//!
//! `LINLI_KEY_LATE=60 cargo test --test it encrypted` holds the key back for a minute.

use std::time::Duration;

use linli::{
    demo::estate::password,
    devserver::RateLimits,
    engine::control::{self, Question, Reply},
};
use matrix_sdk::{
    Client, Room,
    config::SyncSettings,
    media::{MediaFormat, MediaRequestParameters},
    ruma::{
        RoomId,
        events::room::{
            MediaSource,
            message::{MessageType, RoomMessageEventContent},
        },
    },
};
use serde_json::Value;

use super::{
    proxy::Proxy,
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
    let card = resident.read_until("工单 #1").await;
    assert!(card.contains("3号楼2单元"), "{card}");

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
    resident.read_until("由王师傅接单了").await;
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
    let card = resident.read_until("工单 #2").await;
    assert!(card.contains("大堂"), "{card}");
    wait_for_undecryptable(&town, 0).await;

    let plain = town.estate.watcher.events();
    let readable = plain.iter().filter(|seen| {
        seen.sender() == bot
            && seen.kind() == "m.room.message"
            && seen.room_id != town.room("notice")
    });
    assert_eq!(
        readable.count(),
        0,
        "linli wrote in clear text into an encrypted room"
    );
    town.end().await;
}

/// Charts are closed with a key that stands in the encrypted message.
async fn sees_a_chart(town: &Town, staff: &str) {
    let mut manager = Resident::log_in(town.synapse.base_url(), "jingli", staff).await;
    manager.say("!统计").await;
    manager.read_until("新报 1 张").await;
    let shown = async {
        loop {
            if let Some(MessageType::Image(picture)) = manager.seen.pop() {
                return picture;
            }
            manager.listen().await;
        }
    };
    let picture = tokio::time::timeout(PATIENCE, shown).await.unwrap();
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

/// A resident with a client of their own that encrypts.
struct Resident {
    client: Client,
    room: Room,
    heard: Vec<String>,
    read: usize,
    /// What messages that could be read were made of.
    seen: Vec<MessageType>,
}

impl Resident {
    async fn log_in(base_url: &str, login: &str, room: &str) -> Self {
        let client = Client::builder()
            .homeserver_url(base_url)
            // Synapse names its own address in its answer; the proxy stands before it.
            .respect_login_well_known(false)
            .build()
            .await
            .unwrap();
        client
            .matrix_auth()
            .login_username(login, &password(login))
            .send()
            .await
            .unwrap();
        client.sync_once(SyncSettings::new()).await.unwrap();
        let room = client.get_room(&RoomId::parse(room).unwrap()).unwrap();
        Self {
            client,
            room,
            heard: Vec::new(),
            read: 0,
            seen: Vec::new(),
        }
    }

    async fn say(&self, text: &str) {
        self.room
            .send(RoomMessageEventContent::text_plain(text))
            .await
            .unwrap();
    }

    /// Reads on until somebody says this; returns the whole message.
    async fn read_until(&mut self, text: &str) -> String {
        let reading = async {
            loop {
                if let Some(at) = self.heard[self.read..]
                    .iter()
                    .position(|said| said.contains(text))
                {
                    self.read += at + 1;
                    return self.heard[self.read - 1].clone();
                }
                self.listen().await;
            }
        };
        tokio::time::timeout(PATIENCE, reading)
            .await
            .unwrap_or_else(|_| panic!("nobody said “{text}”"))
    }

    async fn listen(&mut self) {
        let settings = SyncSettings::new().timeout(Duration::from_secs(2));
        let response = self.client.sync_once(settings).await.unwrap();
        for update in response.rooms.joined.values() {
            for event in &update.timeline.events {
                let raw: Value = event.raw().deserialize_as().unwrap();
                if let Some(body) = raw["content"]["body"].as_str() {
                    self.heard.push(body.to_owned());
                    let seen = serde_json::from_value(raw["content"].clone());
                    self.seen.extend(seen.ok());
                }
            }
        }
    }
}
