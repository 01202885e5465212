//! What is known of a member's name, and whether it is right.
// Nothing in this file does IO.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::settings::NamingSettings;
use crate::{
    domain::{
        context::Context,
        ids::{Millis, RoomId, UserId},
        record::Record,
    },
    text::names::{self, Name, Reason, Refusal},
};

/// A member before the door of the community, or within.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// Their names in the rooms of buildings that they are in.
    pub names: BTreeMap<RoomId, String>,
    /// Whether they were there before linli came.
    pub present: bool,
    /// Whether they have had a right name once.
    pub known: bool,
    /// Their home, once their name has told it: the id of its record.
    pub home: Option<String>,
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

/// What a member's names come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are in no building's room: there is nothing to judge.
    Absent,
    Right(Name),
    Wrong {
        room: RoomId,
        name: String,
        refusal: Refusal,
    },
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

    /// Judges the names in all rooms together. Whoever has a right name where they live may visit the room of another
    /// building under it, though the building is another one there.
    pub fn verdict(&self, ctx: &Context<'_, '_>) -> Verdict {
        let mut right = None;
        let mut wrong = None;
        for (room, name) in &self.names {
            match read(ctx, room, name) {
                Ok(name) => right = right.or(Some(name)),
                Err(refusal) => {
                    let new = (room, name, refusal);
                    wrong = Some(match wrong {
                        Some(known) => worse(known, new),
                        None => new,
                    });
                }
            }
        }
        match (right, wrong) {
            (None, None) => Verdict::Absent,
            (Some(name), None) => Verdict::Right(name),
            (Some(name), Some((_, _, refusal))) if refusal.reason == Reason::WrongBuilding => {
                Verdict::Right(name)
            }
            (_, Some((room, name, refusal))) => Verdict::Wrong {
                room: room.clone(),
                name: name.clone(),
                refusal,
            },
        }
    }
}

type Wrong<'d> = (&'d RoomId, &'d String, Refusal);

/// The refusal that weighs more: that a name belongs to another building weighs least.
fn worse<'d>(known: Wrong<'d>, new: Wrong<'d>) -> Wrong<'d> {
    let weight = |wrong: &Wrong<'_>| match wrong.2.reason {
        Reason::ImitatesStaff => 3,
        Reason::ContactOrAdvert => 2,
        Reason::NoHome | Reason::NoSurname | Reason::UnknownHome | Reason::Pattern => 1,
        Reason::WrongBuilding => 0,
    };
    if weight(&known) >= weight(&new) {
        known
    } else {
        new
    }
}

/// Reads a name as it is seen in a room.
pub fn read(ctx: &Context<'_, '_>, room: &RoomId, name: &str) -> Result<Name, Refusal> {
    let settings: &NamingSettings = ctx.community.settings(super::NAME);
    let building = ctx.community.building(room);
    let world = &ctx.world.settings;
    let around = settings.surroundings(&ctx.community, &world.bot_names, building);
    names::read(name, &around)
}
