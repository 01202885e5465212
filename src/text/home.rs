//! A home, by the plain names of its parts: as a roster lists it, a display name tells it, or a moderator types it.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use crate::text::{
    address::{Address, Building, plain_name},
    language::Language,
    names::Name,
    roster::Row,
};

/// A home.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Home {
    pub building: String,
    /// The flat.
    pub home: String,
    /// The phase of the estate, where it is told.
    pub phase: Option<String>,
    /// The stairwell, where it is told.
    pub unit: Option<String>,
}

impl From<&Name> for Home {
    fn from(name: &Name) -> Self {
        Self {
            building: name.building.clone(),
            home: name.home.clone(),
            phase: name.phase.clone(),
            unit: name.unit.clone(),
        }
    }
}

impl From<&Row> for Home {
    fn from(row: &Row) -> Self {
        Self {
            building: row.building.clone(),
            home: row.home.clone(),
            phase: row.phase.clone(),
            unit: row.unit.clone(),
        }
    }
}

impl Home {
    /// The home of an address; None where the building or the flat is not told.
    #[must_use]
    pub fn of(address: &Address) -> Option<Self> {
        Some(Self {
            building: address.building.clone()?,
            home: address.home.clone()?,
            phase: address.phase.clone(),
            unit: address.unit.clone(),
        })
    }

    /// The flat behind a door on a floor of a building's stairwell.
    #[must_use]
    pub fn at(building: &Building, unit: Option<&str>, floor: u16, door: u16) -> Self {
        Self {
            building: plain_name(&building.name),
            home: format!("{floor}{door:02}"),
            phase: building.phase.as_deref().map(plain_name),
            unit: unit.map(plain_name),
        }
    }

    /// The id of its records. Homes of one number in one building stand together.
    #[must_use]
    pub fn key(&self) -> String {
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        format!(
            "{}{}/{}",
            self.prefix(),
            part(&self.phase),
            part(&self.unit)
        )
    }

    /// What the ids of all homes begin with that have this number in this building.
    #[must_use]
    pub fn prefix(&self) -> String {
        format!("{}/{}/", self.building, self.home)
    }

    /// True where both can be the same home: what only one of them tells does not part them.
    #[must_use]
    pub fn fits(&self, other: &Self) -> bool {
        let agree = |one: &Option<String>, other: &Option<String>| {
            one.is_none() || other.is_none() || one == other
        };
        self.building == other.building
            && self.home == other.home
            && agree(&self.phase, &other.phase)
            && agree(&self.unit, &other.unit)
    }

    /// As residents write it in their names: `3-2-501`.
    #[must_use]
    pub fn short(&self) -> String {
        let parts = [Some(&self.building), self.unit.as_ref(), Some(&self.home)];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        let phase = self.phase.as_ref().map(|phase| format!("{phase}期"));
        format!("{}{}", phase.unwrap_or_default(), parts.join("-"))
    }

    /// As people say it: `3号楼 2单元 501` or `Building 3, Unit 2, 501`. Buildings with names of their own keep them.
    #[must_use]
    pub fn label(&self, language: Language) -> String {
        let is_number = |name: &str| name.bytes().all(|b| b.is_ascii_digit());
        let is_letter = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric());
        let phase = self.phase.as_deref().map(|phase| match language {
            Language::Zh => format!("{phase}期"),
            Language::En => format!("Phase {phase}"),
        });
        let building = match (self.building.as_str(), language) {
            (number, Language::Zh) if is_number(number) => format!("{number}号楼"),
            (letter, Language::Zh) if is_letter(letter) => format!("{letter}座"),
            (short, Language::En) if is_letter(short) => format!("Building {short}"),
            (name, Language::Zh | Language::En) => name.to_owned(),
        };
        let unit = self.unit.as_deref().map(|unit| match language {
            Language::Zh => format!("{unit}单元"),
            Language::En => format!("Unit {unit}"),
        });
        let parts = [phase, Some(building), unit, Some(self.home.clone())];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        match language {
            Language::Zh => parts.join(" "),
            Language::En => parts.join(", "),
        }
    }

    /// True where a room's building is this home's.
    #[must_use]
    pub fn is_in(&self, building: &str) -> bool {
        plain_name(building) == self.building
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(building: &str, unit: Option<&str>, home: &str) -> Home {
        Home {
            building: building.to_owned(),
            home: home.to_owned(),
            phase: None,
            unit: unit.map(str::to_owned),
        }
    }

    #[test]
    fn homes_are_called_as_people_say_them() {
        let own = home("3", Some("2"), "501");
        assert_eq!(own.short(), "3-2-501");
        assert_eq!(own.label(Language::Zh), "3号楼 2单元 501");
        assert_eq!(own.label(Language::En), "Building 3, Unit 2, 501");
        assert_eq!(home("B", None, "12A04").label(Language::Zh), "B座 12A04");
        assert_eq!(
            home("听涛阁", None, "501").label(Language::En),
            "听涛阁, 501"
        );
        let phased = Home {
            phase: Some("1".to_owned()),
            ..own
        };
        assert_eq!(phased.short(), "1期3-2-501");
    }

    #[test]
    fn what_only_one_tells_parts_no_homes() {
        let own = home("3", Some("2"), "501");
        assert!(own.fits(&home("3", None, "501")));
        assert!(!own.fits(&home("3", Some("1"), "501")));
        assert!(!own.fits(&home("4", Some("2"), "501")));
        assert_eq!(own.key(), "3/501//2");
        assert!(own.key().starts_with(&home("3", None, "501").prefix()));
    }
}
