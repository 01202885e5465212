//! What is known of a member's name.
// Nothing in this file does IO.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::judge::{self, Verdict};
use crate::{
    domain::{
        context::Context,
        ids::{Millis, RoomId, UserId},
        record::Record,
    },
    text::home::Home,
};

/// A member before the door of the community, or within.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// Their names in the rooms of buildings, and in the lobby, that they are in.
    pub names: BTreeMap<RoomId, String>,
    /// Whether they were there before linli came.
    pub present: bool,
    /// Whether they have had a right name once.
    pub known: bool,
    /// Their home, once their name has told it.
    pub home: Option<Home>,
    /// How far a wrong name has brought them.
    pub ladder: Option<Ladder>,
}

/// The steps that follow from a wrong name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// When they were first told.
    pub since: Millis,
    /// The last step that was taken.
    pub step: Step,
    /// When the next one is due.
    pub due: Option<Millis>,
    /// The name that they were last told about, and in which room.
    pub name: String,
    pub room: RoomId,
    /// How often they were told that another name was not right either.
    pub hints: u32,
    /// The mute that ends with a right name.
    pub mute: Option<u32>,
    /// The removal that is undone by a right name.
    pub removal: Option<u32>,
}

/// A step of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The first message waits for its turn.
    Waiting,
    Greeted,
    Reminded,
    Muted,
    Removed,
}

impl Record for Door {
    const KIND: &'static str = "door";
}

impl Door {
    /// The door of a member; None where nothing is known of them.
    pub fn of(ctx: &mut Context<'_, '_>, user: &UserId) -> Option<Self> {
        ctx.get(user.as_str())
    }

    /// Keeps it.
    pub fn save(&self, ctx: &mut Context<'_, '_>, user: &UserId) {
        ctx.put(user.as_str(), self);
    }

    /// A building's room that they are in.
    pub fn building(&self, ctx: &Context<'_, '_>) -> Option<&RoomId> {
        let mut rooms = self.names.keys();
        rooms.find(|room| ctx.community.building(room).is_some())
    }

    /// Judges the names in all rooms together.
    pub fn verdict(&self, ctx: &Context<'_, '_>) -> Verdict {
        judge::judge(&ctx.world.settings, &ctx.community, &self.names)
    }
}
