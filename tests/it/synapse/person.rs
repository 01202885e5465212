//! Somebody in the town, with everything that they see.

use linli::devserver::{Account, Invites, Seen, Watcher};

use super::town::{PATIENCE, Town};

/// Somebody with everything that they see.
pub struct Person {
    pub account: Account,
    pub sees: Watcher,
}

impl Person {
    pub async fn of(town: &Town, login: &str) -> Self {
        Self::with(town.estate.account(login).unwrap().clone()).await
    }

    /// Whoever has this account.
    pub async fn with(account: Account) -> Self {
        let sees = Watcher::start(&account, Invites::Accept).await.unwrap();
        Self { account, sees }
    }

    /// Waits for something that linli says, and returns it.
    pub async fn hears(&self, town: &Town, words: &str, room: Option<&str>) -> Seen {
        let told = |events: &[Seen]| {
            let is_it = |seen: &&Seen| {
                let is_there = room.is_none_or(|room| seen.room_id == room);
                is_there && seen.sender() == town.estate.bot && seen.body().contains(words)
            };
            events.iter().find(is_it).cloned()
        };
        let seen = self.sees.wait_for(words, PATIENCE, told).await;
        seen.unwrap_or_else(|error| panic!("{words}: {error:#}\n{}", town.log()))
    }

    /// What linli has said in a room, without its changes.
    pub fn told_in(&self, town: &Town, room: &str) -> Vec<String> {
        let events = self.sees.events();
        let ours = events.iter().filter(|seen| {
            let content = seen.content();
            seen.room_id == room
                && seen.sender() == town.estate.bot
                && seen.kind() == "m.room.message"
                && content.get("m.new_content").is_none()
        });
        ours.map(|seen| seen.body().to_owned()).collect()
    }

    /// What linli has told them in private of help posts, in its order.
    pub fn told_of_posts(&self, town: &Town) -> Vec<String> {
        let events = self.sees.events();
        let known: Vec<&String> = town.estate.rooms.values().collect();
        let ours = events.iter().filter(|seen| {
            let content = seen.content();
            seen.sender() == town.estate.bot
                && !known.contains(&&seen.room_id)
                && content["dev.linli"]["about"]["feature"] == "posts"
                && content.get("m.new_content").is_none()
        });
        ours.map(|seen| seen.body().to_owned()).collect()
    }
}
