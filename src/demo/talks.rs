//! Private talks with linli: whoever has done something in the demo hears what linli tells them alone.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::Result;
use serde_json::json;
use tokio::task::JoinHandle;

use super::{
    estate::{Estate, Inhabitant},
    transcript::Transcript,
};
use crate::devserver::{Invites, Watcher};

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
