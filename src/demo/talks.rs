//! Private talks with linli: whoever has done something in the demo hears what linli tells them alone.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::{Context as _, Result};
use serde_json::json;
use tokio::task::JoinHandle;

use super::{
    estate::{Estate, Inhabitant},
    scene::PATIENCE,
    transcript::Transcript,
};
use crate::devserver::{Invites, Seen, Watcher};

/// Those who listen.
pub struct Talks<'e> {
    estate: &'e Estate,
    show: Transcript,
    listening: BTreeMap<&'static str, Listening>,
}

struct Listening {
    watcher: Arc<Watcher>,
    task: JoinHandle<()>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl<'e> Talks<'e> {
    /// Nobody listens yet.
    #[must_use]
    pub fn new(estate: &'e Estate, show: Transcript) -> Self {
        Self {
            estate,
            show,
            listening: BTreeMap::new(),
        }
    }

    /// From now on somebody accepts invitations to talks, and what is said there is shown.
    ///
    /// # Errors
    /// Where the homeserver refuses.
    pub async fn listen(&mut self, person: &'static Inhabitant) -> Result<()> {
        if self.listening.contains_key(person.login) {
            return Ok(());
        }
        let account = self.estate.account(person.login)?;
        let watcher = Arc::new(Watcher::start(account, Invites::Accept).await?);
        let name = person.name(self.estate.language);
        let task = self.show.overhear(self.estate, &watcher, name);
        let listening = Listening { watcher, task };
        self.listening.insert(person.login, listening);
        Ok(())
    }

    /// Waits until linli has told somebody this in private; returns the message.
    ///
    /// # Errors
    /// Where that does not come.
    pub async fn hear(&mut self, person: &'static Inhabitant, text: &str) -> Result<Seen> {
        self.listen(person).await?;
        let listening = self.listening.get(person.login);
        let listening = listening.context("Nobody listens")?;
        let known: Vec<&String> = self.estate.rooms.values().collect();
        let bot = &self.estate.bot;
        let said = |events: &[Seen]| {
            let mut events = events.iter();
            let is_it = |seen: &&Seen| {
                seen.sender() == *bot
                    && !known.contains(&&seen.room_id)
                    && seen.content().get("m.new_content").is_none()
                    && seen.body().contains(text)
            };
            events.find(is_it).cloned()
        };
        let what = format!("“{text}” told to {}", person.login);
        listening.watcher.wait_for(&what, PATIENCE, said).await
    }

    /// What linli has told somebody last of a help post, in private.
    #[must_use]
    pub fn last_about(&self, person: &Inhabitant, post: u32) -> Option<(String, String)> {
        let events = self.listening.get(person.login)?.watcher.events();
        let known: Vec<&String> = self.estate.rooms.values().collect();
        let is_it = |seen: &&Seen| {
            let about = &seen.content()["dev.linli"]["about"];
            let number = about["id"]
                .as_str()
                .and_then(|id| id.split(['/', '?']).next());
            about["feature"] == "posts"
                && number == Some(post.to_string().as_str())
                && seen.content().get("m.new_content").is_none()
                && !known.contains(&&seen.room_id)
        };
        let last = events.iter().rev().find(is_it)?;
        Some((last.room_id.clone(), last.id().to_owned()))
    }

    /// The room in which somebody talks with linli: the newest in which linli has written to them, or a new one.
    ///
    /// # Errors
    /// Where the homeserver refuses.
    pub async fn room(&mut self, person: &'static Inhabitant) -> Result<String> {
        self.listen(person).await?;
        let events = self.listening.get(person.login);
        let events = events.map(|listening| listening.watcher.events());
        let known: Vec<&String> = self.estate.rooms.values().collect();
        let newest = events
            .unwrap_or_default()
            .into_iter()
            .rev()
            .find(|seen| seen.sender() == self.estate.bot && !known.contains(&&seen.room_id));
        if let Some(seen) = newest {
            return Ok(seen.room_id);
        }
        let account = self.estate.account(person.login)?;
        let asked = json!({
            "preset": "trusted_private_chat",
            "is_direct": true,
            "invite": [self.estate.bot],
        });
        Ok(account.create_room(asked).await?)
    }
}
