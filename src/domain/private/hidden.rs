//! Somebody who must not be known: a matter has a line, and behind it the talk with them, sealed. Nothing in this file does
//! IO.

use serde::{Deserialize, Serialize};

use super::{
    super::{
        context::Context,
        effect::About,
        ids::{EventId, RoomId, UserId},
        record::{ACCOUNT, Record},
        seal::Seal,
    },
    Line, PrivateRoom, Talk,
};

/// Who is behind a line: a [`Behind`], sealed.
#[derive(Serialize, Deserialize)]
struct Hidden(String);

impl Record for Hidden {
    const KIND: &'static str = "hidden";
}

/// Whom linli talks with, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behind {
    pub user: UserId,
    pub room: RoomId,
}

impl Context<'_, '_> {
    /// The seal, where there is one.
    #[must_use]
    pub fn seal(&self) -> Option<Seal> {
        self.world.settings.seal.clone()
    }

    /// Hides somebody behind the line of a matter of this feature, which is returned: what is asked for in it is done in
    /// the talk with them. None where there is no key to seal with.
    pub fn hide(&mut self, id: &str, behind: &Behind) -> Option<RoomId> {
        let line = Line::Matter(About {
            feature: self.feature.to_owned(),
            id: id.to_owned(),
        })
        .room(&self.community.id);
        let text = serde_json::to_string(behind).ok()?;
        let sealed = self.seal()?.close(line.as_str(), &text);
        self.put(line.as_str(), &Hidden(sealed));
        Some(line)
    }

    /// Who is behind a line; None where nobody is, or the key is another one now.
    pub fn behind(&mut self, line: &RoomId) -> Option<Behind> {
        let Hidden(sealed) = self.get(line.as_str())?;
        let text = self.seal()?.open(line.as_str(), &sealed)?;
        let mut behind: Behind = serde_json::from_str(&text).ok()?;
        // They may have begun another talk since.
        let talk: Option<Talk> = self.get(behind.user.as_str());
        behind.room = talk.and_then(|talk| talk.room).unwrap_or(behind.room);
        Some(behind)
    }

    /// The mark of somebody in a matter: those of two matters have nothing in common.
    pub fn mark_of(&self, id: &str, user: &UserId) -> Option<UserId> {
        let mark = self
            .seal()?
            .mark("user", &format!("{} {id} {user}", self.community.id));
        Some(UserId::from(mark))
    }

    /// The mark of an event.
    pub fn mark_of_event(&self, event: &EventId) -> Option<EventId> {
        Some(EventId::from(self.seal()?.mark("event", event.as_str())))
    }

    /// Decides as for somebody who must not be known: no transaction id names what they have sent.
    pub fn unnamed<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.seal().map(|seal| seal.mark("input", &self.input_id));
        let own = mark.map(|mark| std::mem::replace(&mut self.input_id, mark));
        let done = act(self);
        if let Some(own) = own {
            self.input_id = own;
        }
        done
    }

    /// True where somebody writes to linli alone, known or not.
    pub fn is_alone(&mut self, room: &RoomId) -> bool {
        Line::of(room).is_some() || self.talks_with(room).is_some()
    }

    /// With whom linli talks in a room; None for any other room.
    pub fn talks_with(&mut self, room: &RoomId) -> Option<UserId> {
        if self
            .community
            .purpose(self.community.present(room))
            .is_some()
        {
            return None;
        }
        let private: PrivateRoom = self.draft.get(ACCOUNT, room.as_str())?;
        private.user
    }
}
