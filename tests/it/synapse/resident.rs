//! Somebody with a client of their own that encrypts.

use std::time::Duration;

use linli::demo::estate::password;
use matrix_sdk::{
    Client, Room,
    config::SyncSettings,
    ruma::{
        OwnedEventId, OwnedRoomId, RoomId,
        events::{
            reaction::ReactionEventContent,
            relation::Annotation,
            room::message::{MessageType, RoomMessageEventContent},
        },
    },
};
use serde_json::Value;

use super::town::PATIENCE;

/// A message that could be read.
#[derive(Clone, Debug)]
pub struct Heard {
    pub room: OwnedRoomId,
    pub event: OwnedEventId,
    pub sender: String,
    pub body: String,
    pub made_of: Option<MessageType>,
}

/// Somebody who accepts every invitation.
pub struct Resident {
    pub client: Client,
    /// The room that they were in first.
    pub room: Room,
    pub heard: Vec<Heard>,
}

impl Resident {
    pub async fn log_in(base_url: &str, login: &str, room: &str) -> Self {
        let client = Client::builder()
            .homeserver_url(base_url)
            // Synapse names its own address in its answer; a proxy may stand before it.
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
        }
    }

    pub async fn say(&self, text: &str) {
        say(&self.room, text).await;
    }

    /// Reads on until there is a message like this; returns it.
    pub async fn read_until(&mut self, what: &str, is_it: impl Fn(&Heard) -> bool) -> Heard {
        let mut read = 0;
        let reading = async {
            loop {
                if let Some(heard) = self.heard[read..].iter().find(|heard| is_it(heard)) {
                    return heard.clone();
                }
                read = self.heard.len();
                self.listen().await;
            }
        };
        tokio::time::timeout(PATIENCE, reading)
            .await
            .unwrap_or_else(|_| panic!("nobody said “{what}”: {:#?}", self.heard))
    }

    /// Reads on until somebody says this.
    pub async fn reads(&mut self, text: &str) -> Heard {
        self.read_until(text, |heard| heard.body.contains(text))
            .await
    }

    /// Taps on a message.
    pub async fn taps(&self, on: &Heard, key: &str) {
        let room = self.client.get_room(&on.room).unwrap();
        let annotation = Annotation::new(on.event.clone(), key.to_owned());
        room.send(ReactionEventContent::new(annotation))
            .await
            .unwrap();
    }

    async fn listen(&mut self) {
        let settings = SyncSettings::new().timeout(Duration::from_secs(2));
        let response = self.client.sync_once(settings).await.unwrap();
        for room in self.client.invited_rooms() {
            room.join().await.unwrap();
        }
        for (room, update) in &response.rooms.joined {
            for event in &update.timeline.events {
                let raw: Value = event.raw().deserialize_as().unwrap();
                let content = &raw["content"];
                if let (Some(body), Some(event)) = (content["body"].as_str(), event.event_id()) {
                    self.heard.push(Heard {
                        room: room.clone(),
                        event,
                        sender: raw["sender"].as_str().unwrap_or_default().to_owned(),
                        body: body.to_owned(),
                        made_of: serde_json::from_value(content.clone()).ok(),
                    });
                }
            }
        }
    }
}

pub async fn say(room: &Room, text: &str) {
    room.send(RoomMessageEventContent::text_plain(text))
        .await
        .unwrap();
}
