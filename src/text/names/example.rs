//! A right name to copy, built from what could be read of a wrong one. Nothing here does
//! IO.

use super::home::room_building;
use super::{Parts, Reason, Refusal, Scheme, Surroundings, read};
use crate::text::address::{Address, plain_name};
use crate::text::language::Language;

/// The home that stands for any home where nothing is known.
const BUILDING: &str = "3";
const UNIT: &str = "2";
const HOME: &str = "501";
const LOW_HOME: &str = "101";
/// The floor of [`HOME`].
const HOME_FLOOR: u16 = 5;

/// A name that would be right here, such as `3-2-501 王`: the parts that could be read
/// stay, unless they are what is wrong; the others come from the room or the registry, or
/// are made up. A pattern's own example stands for its scheme. What comes
/// out reads as a right name wherever one is possible.
#[must_use]
pub fn example(refusal: &Refusal, around: &Surroundings, language: Language) -> String {
    if let Scheme::Pattern(pattern) = around.scheme {
        return pattern.example().to_owned();
    }
    let neutral = match language {
        Language::Zh => "王",
        Language::En => "Wang",
    };
    let own = refusal.read.surname.as_deref().unwrap_or(neutral);
    let places = [place(refusal, around), place(&nothing(), around)];
    let mut first = None;
    for place in &places {
        for surname in [own, neutral] {
            for text in spellings(place, surname) {
                if read(&text, around).is_ok() {
                    return text;
                }
                first.get_or_insert(text);
            }
        }
    }
    first.unwrap_or_default()
}

fn nothing() -> Refusal {
    Refusal {
        reason: Reason::NoHome,
        read: Box::default(),
    }
}

/// The building, stairwell and home of the example.
struct Place {
    building: String,
    unit: Option<String>,
    home: String,
}

fn place(refusal: &Refusal, around: &Surroundings) -> Place {
    let known = match refusal.reason {
        Reason::UnknownHome => Parts::default(),
        Reason::WrongBuilding
        | Reason::NoHome
        | Reason::NoSurname
        | Reason::ImitatesStaff
        | Reason::ContactOrAdvert
        | Reason::Pattern => (*refusal.read).clone(),
    };
    let registered = around
        .registry
        .buildings()
        .first()
        .map(|first| plain_name(&first.name));
    let building = room_building(around)
        .or(known.building)
        .or(registered)
        .unwrap_or_else(|| BUILDING.to_owned());
    let home_known = known.home.is_some();
    let unit = known.unit;
    let unit = unit.or_else(|| some_unit(&building, home_known, around));
    Place {
        home: known.home.unwrap_or_else(|| some_home(&building, around)),
        building,
        unit,
    }
}

/// A stairwell of the building, where it has any.
fn some_unit(building: &str, home_known: bool, around: &Surroundings) -> Option<String> {
    let address = Address {
        building: Some(building.to_owned()),
        ..Address::default()
    };
    let listed = around.registry.stairwells(&address).pop_first();
    let full = matches!(around.scheme, Scheme::BuildingUnitHomeAndSurname);
    let may_have = around.registry.is_empty() && (full || !home_known);
    listed.or_else(|| may_have.then(|| UNIT.to_owned()))
}

/// A home that the building is high enough for.
fn some_home(building: &str, around: &Surroundings) -> String {
    let low = around.registry.buildings().iter().any(|b| {
        plain_name(&b.name) == building && b.floors.is_some_and(|floors| floors < HOME_FLOOR)
    });
    if low { LOW_HOME } else { HOME }.to_owned()
}

/// The ways to write it, the shortest of the full ones first; at last those that leave
/// the building to the room.
fn spellings(place: &Place, surname: &str) -> Vec<String> {
    let Place {
        building,
        unit,
        home,
    } = place;
    match unit {
        Some(unit) => vec![
            format!("{building}-{unit}-{home} {surname}"),
            format!("{building}号楼{unit}单元{home} {surname}"),
            format!("{building}{unit}单元{home} {surname}"),
            format!("{unit}-{home} {surname}"),
            format!("{unit}单元{home} {surname}"),
        ],
        None => vec![
            format!("{building}-{home} {surname}"),
            format!("{building}号楼{home} {surname}"),
            format!("{building}座{home} {surname}"),
            format!("{building}{home} {surname}"),
            format!("{building} {home} {surname}"),
            format!("{home} {surname}"),
        ],
    }
}
