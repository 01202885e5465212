//! Somebody who has just moved in.

use std::time::Duration;

use linli::devserver::{Account, Invites, Seen, Watcher};

use super::town::{PATIENCE, Town};

/// Somebody who has just moved in, with everything that they can see.
pub struct Newcomer {
    pub account: Account,
    pub sees: Watcher,
}

impl Newcomer {
    /// Somebody with an account, who accepts every invitation.
    pub async fn arrive(town: &Town, login: &str, name: &str) -> Self {
        let account = town
            .synapse
            .register(login, "newcomer", Some(name), false)
            .await
            .unwrap();
        let sees = Watcher::start(&account, Invites::Accept).await.unwrap();
        Self { account, sees }
    }

    /// The same, who goes into the space and a room at once.
    pub async fn enter(town: &Town, login: &str, name: &str, room: &str) -> Self {
        let newcomer = Self::arrive(town, login, name).await;
        newcomer.account.join(&town.room("space")).await.unwrap();
        newcomer.account.join(&town.room(room)).await.unwrap();
        newcomer
    }

    /// Waits until linli has told them something with these words, in private.
    pub async fn is_told(&self, town: &Town, words: &str) -> Seen {
        let rooms: Vec<String> = town.estate.rooms.values().cloned().collect();
        let told = |events: &[Seen]| {
            let mut events = events.iter();
            let told = |seen: &&Seen| {
                seen.sender() == town.estate.bot
                    && seen.body().contains(words)
                    && !rooms.contains(&seen.room_id)
            };
            events.find(told).cloned()
        };
        let seen = self.sees.wait_for(words, PATIENCE, told).await;
        seen.unwrap_or_else(|error| panic!("{error:#}\n{}", town.log()))
    }

    /// How often linli has told them something with these words.
    pub fn times_told(&self, words: &str) -> usize {
        let events = self.sees.events();
        events
            .iter()
            .filter(|seen| seen.body().contains(words))
            .count()
    }

    pub async fn may_speak(&self, room: &str) -> bool {
        self.account.say(room, "大家好").await.is_ok()
    }

    pub async fn until_speaking_is(&self, town: &Town, room: &str, may: bool) -> Duration {
        let begun = tokio::time::Instant::now();
        town.until(|| async {
            let is_so = self.may_speak(room).await == may;
            is_so
                .then_some(())
                .ok_or_else(|| format!("speaking stays {}", !may))
        })
        .await;
        begun.elapsed()
    }
}
