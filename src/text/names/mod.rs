//! Display names: does a name tell the home and the surname, as the community asks, and
//! nothing that a name must not hold? Nothing here does IO.
//!
//! `tidy` makes the many ways of writing alike; `home` reads the address and holds it
//! against the room, and the registry; `surname` reads the rest; `guard`
//! looks for staff look-alikes, contact details and adverts; `example` builds the name to
//! copy; `explain` shows a reading as JSON.
//!
//! A name is refused for the first of these that is true: it imitates staff; it holds
//! contact details or an advert; its pattern does not fit (only where the community has
//! one); its address contradicts the room; the community has no such home; the home is
//! not told, or not certainly; the surname is not told.

mod around;
mod bridges;
mod example;
mod explain;
mod guard;
mod home;
mod scheme;
mod surname;
mod tidy;
mod traditional;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use around::Surroundings;
pub use bridges::Bridges;
pub use example::example;
pub use explain::{Explained, explain, explained};
pub use guard::Protected;
pub use scheme::{Pattern, PatternError, Scheme};

use super::address::Found;
use super::fold::Folded;
use home::Judged;
use surname::Rest;

/// Whether a Chinese word begins with a surname.
pub(super) fn is_surname_first(word: &str) -> bool {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).take(2);
    ends.map(|end| &word[..end])
        .any(|start| surname::weight(start).is_some_and(|weight| weight >= surname::COMMON))
}

/// How much of a name is looked at, in bytes.
pub const MAX_NAME_BYTES: usize = 512;

/// What a right name tells, each part in its plain form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    /// The phase of the estate, where the name or the room tells it.
    pub phase: Option<String>,
    /// The building: from the name, or else from the room.
    pub building: String,
    /// The stairwell; missing where it is neither written nor needed to tell homes apart.
    pub unit: Option<String>,
    /// The flat.
    pub home: String,
    /// The surname: a Chinese one in simplified characters, a Latin one as it was written.
    pub surname: String,
}

/// What could be read of a name that was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// The phase of the estate.
    pub phase: Option<String>,
    /// The building: from the name, or else from the room.
    pub building: Option<String>,
    /// The stairwell.
    pub unit: Option<String>,
    /// The flat.
    pub home: Option<String>,
    /// The surname.
    pub surname: Option<String>,
}

/// Why a name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It does not tell the home, or not certainly: a stairwell is missing where the
    /// building has several, a building where the room has none, or two homes are told.
    NoHome,
    /// It tells no surname.
    NoSurname,
    /// Its address contradicts the building of the room.
    WrongBuilding,
    /// The community has no such building, stairwell or home.
    UnknownHome,
    /// It passes for the staff, a moderator or the bot.
    ImitatesStaff,
    /// It holds a number, a handle or a link to be contacted by, or an advert.
    ContactOrAdvert,
    /// It does not have the form that the community's pattern asks for.
    Pattern,
}

impl Reason {
    /// The stable name of the reason.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoHome => "no_home",
            Self::NoSurname => "no_surname",
            Self::WrongBuilding => "wrong_building",
            Self::UnknownHome => "unknown_home",
            Self::ImitatesStaff => "imitates_staff",
            Self::ContactOrAdvert => "contact_or_advert",
            Self::Pattern => "pattern",
        }
    }
}

/// A refused name: why, and what could be read of it nevertheless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The first reason.
    pub reason: Reason,
    /// What could be read, as written even where it contradicts the room or the registry.
    pub read: Box<Parts>,
}

/// Reads a display name as it is seen in a room, and says what it tells or why it is
/// refused. At most [`MAX_NAME_BYTES`] are looked at.
///
/// # Errors
/// The refusal, with what could be read.
pub fn read(name: &str, around: &Surroundings) -> Result<Name, Refusal> {
    let name = &name[..name.floor_char_boundary(MAX_NAME_BYTES)];
    let bare = around.bridges.strip(name).trim();
    let tidied = tidy::tidy(bare);
    let folded = Folded::new(&tidied);
    let told = home::told(&folded, around);
    let rest = Rest::new(&folded, &told.spans);
    let surname = surname::find(&rest);
    let original = Folded::new(bare);
    let judged = home::judge(&told.found, around);
    let looks = guard::Looks::new(&original, &rest, &told.found);
    let pattern_of = match around.scheme {
        Scheme::Pattern(pattern) => Some(pattern.read(bare, original.text())),
        Scheme::HomeAndSurname | Scheme::BuildingUnitHomeAndSurname => None,
    };
    let (judged, surname) = match pattern_of {
        Some(Some(matched)) => (home::judge(&matched.found, around), matched.surname),
        Some(None) => (judged.with(Reason::Pattern), surname),
        None => (judged, surname),
    };
    let reason = if guard::imitates(&looks, around.protected) {
        Some(Reason::ImitatesStaff)
    } else if guard::is_contact_or_advert(&looks) {
        Some(Reason::ContactOrAdvert)
    } else {
        judged.fault
    };
    conclude(judged, reason, surname)
}

/// The surname in a text that holds a person's name and no home, as in a list of residents:
/// 王芳 and 王女士 are 王, `John Smith` is Smith. At most [`MAX_NAME_BYTES`] are looked at;
/// nothing when no surname can be read. It is the same that a display name tells.
pub fn surname_of(person: &str) -> Option<String> {
    let person = &person[..person.floor_char_boundary(MAX_NAME_BYTES)];
    let tidied = tidy::tidy(person.trim());
    let folded = Folded::new(&tidied);
    surname::find(&Rest::new(&folded, &[]))
}

/// Puts the parts together, once it is known whether anything is wrong with them.
fn conclude(
    judged: Judged,
    reason: Option<Reason>,
    surname: Option<String>,
) -> Result<Name, Refusal> {
    let parts = Parts {
        surname,
        ..judged.parts
    };
    let refuse = |reason, parts| {
        let read = Box::new(parts);
        Err(Refusal { reason, read })
    };
    if let Some(reason) = reason {
        return refuse(reason, parts);
    }
    match parts {
        Parts {
            phase,
            building: Some(building),
            unit,
            home: Some(home),
            surname: Some(surname),
        } => Ok(Name {
            phase,
            building,
            unit,
            home,
            surname,
        }),
        Parts { surname: None, .. } => refuse(Reason::NoSurname, parts),
        Parts { .. } => refuse(Reason::NoHome, parts),
    }
}

/// Bytes of a folded name.
type Span = Range<usize>;

/// What a pattern read.
struct Matched {
    found: Found,
    surname: Option<String>,
}
