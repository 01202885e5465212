//! Whether a member's names are right. Nothing here needs more than the community, so that what the bot does and what
//! `linli names --dry-run` foretells come from one place.
// Nothing in this file does IO.

use std::collections::BTreeMap;

use super::settings::NamingSettings;
use crate::{
    domain::{
        community::{Community, Settings},
        ids::{RoomId, UserId},
    },
    features::moderation,
    text::{
        language::Language,
        names::{self, Name, Reason, Refusal, Surroundings},
    },
};

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

/// True where nobody minds the name.
#[must_use]
pub fn is_exempt(all: &Settings, community: &Community, user: &UserId) -> bool {
    let settings: &NamingSettings = community.settings(super::NAME);
    settings.exempt.contains(user)
        || moderation::settings::exempt_in(all, community, user).is_some()
}

/// Judges the names in all rooms of buildings together. Whoever has a right name where they live may visit the room of
/// another building under it, though the building is another one there.
#[must_use]
pub fn judge(all: &Settings, community: &Community, names: &BTreeMap<RoomId, String>) -> Verdict {
    let mut right = None;
    let mut wrong = None;
    for (room, name) in names {
        match read(all, community, room, name) {
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

type Wrong<'n> = (&'n RoomId, &'n String, Refusal);

/// The refusal that weighs more: that a name belongs to another building weighs least.
fn worse<'n>(known: Wrong<'n>, new: Wrong<'n>) -> Wrong<'n> {
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
///
/// # Errors
/// Why it is refused there.
pub fn read(
    all: &Settings,
    community: &Community,
    room: &RoomId,
    name: &str,
) -> Result<Name, Refusal> {
    names::read(name, &around(all, community, room))
}

/// A right name to copy in the place of a wrong one that was seen in a room.
#[must_use]
pub fn example(
    all: &Settings,
    community: &Community,
    room: &RoomId,
    refusal: &Refusal,
    language: Language,
) -> String {
    names::example(refusal, &around(all, community, room), language)
}

fn around<'a>(all: &'a Settings, community: &'a Community, room: &RoomId) -> Surroundings<'a> {
    let settings: &NamingSettings = community.settings(super::NAME);
    settings.surroundings(community, &all.bot_names, community.building(room))
}
