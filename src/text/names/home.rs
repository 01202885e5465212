//! The home that a name tells, held against the room and the registry.
//! Nothing here does IO.
//!
//! Nothing is guessed. The building comes from the room, or from the registry where the
//! community has only one. The stairwell is filled in only where there is no other; where
//! a home of this number can be in several stairwells, it must be written.

use super::{Parts, Reason, Scheme, Surroundings};
use crate::text::address::{self, Address, Found, Part, Told};
use crate::text::fold::Folded;

/// The parts of a home, and what is wrong with them.
pub(super) struct Judged {
    pub parts: Parts,
    pub fault: Option<Reason>,
}

impl Judged {
    fn new(address: Address, fault: Option<Reason>) -> Self {
        Self {
            parts: Parts {
                phase: address.phase,
                building: address.building,
                unit: address.unit,
                home: address.home,
                surname: None,
            },
            fault,
        }
    }

    /// The same parts, refused for another reason.
    pub fn with(self, fault: Reason) -> Self {
        Self {
            fault: Some(fault),
            ..self
        }
    }
}

/// Reads what a tidied and folded name tells about a home, and where.
pub(super) fn told(name: &Folded, around: &Surroundings) -> Told {
    let room = room(around);
    address::in_name(name, around.registry, room.building.as_deref())
}

/// Completes what a name tells and says whether it is a home here.
pub(super) fn judge(told: &Found, around: &Surroundings) -> Judged {
    let mut found = told.clone();
    let room = room(around);
    let contradicts = |one: &Option<String>, two: &Option<String>| matches!((one, two), (Some(one), Some(two)) if one != two);
    let written = &told.address;
    if contradicts(&written.building, &room.building) || contradicts(&written.phase, &room.phase) {
        return Judged::new(found.address, Some(Reason::WrongBuilding));
    }
    if !found.is_doubtful(Part::Building) {
        let address = &mut found.address;
        address.building = address.building.take().or(room.building);
        address.phase = address.phase.take().or(room.phase);
    }
    let fault = if !told.doubts.is_empty() {
        Some(Reason::NoHome)
    } else if !is_registered(&found, around) {
        Some(Reason::UnknownHome)
    } else if found.address.home.is_none() || found.address.building.is_none() {
        Some(Reason::NoHome)
    } else {
        stairwell_fault(&mut found.address, around)
    };
    let complete = is_complete(written, &found.address, around);
    let fault = fault.or_else(|| (!complete).then_some(Reason::NoHome));
    Judged::new(found.address, fault)
}

/// The building that needs not be written: the room's, or the only one there is.
fn room(around: &Surroundings) -> Address {
    match (around.building, around.registry.buildings()) {
        (Some(name), _) => address::of_room(name),
        (None, [only]) => address::of_room(&only.name),
        (None, _) => Address::default(),
    }
}

/// The name of the building that needs not be written.
pub(super) fn room_building(around: &Surroundings) -> Option<String> {
    room(around).building
}

/// Whether the registry has what was read.
fn is_registered(found: &Found, around: &Surroundings) -> bool {
    let mut checked = found.clone();
    around.registry.check(&mut checked);
    checked.doubts == found.doubts
}

/// Fills in the only possible stairwell of a complete address, and tells what is wrong
/// if it is open.
fn stairwell_fault(address: &mut Address, around: &Surroundings) -> Option<Reason> {
    let mut possible = around.registry.stairwells(address);
    if address.unit.is_none() {
        match possible.len() {
            0 => {}
            1 => address.unit = possible.pop_first(),
            _ if around.scheme.leaves_stairwells_out() => {}
            _ => return Some(Reason::NoHome),
        }
    }
    None
}

/// Whether the name itself holds all that the scheme wants in it. A stairwell is wanted
/// unless the building is known to have none.
fn is_complete(written: &Address, address: &Address, around: &Surroundings) -> bool {
    match around.scheme {
        Scheme::BuildingUnitHomeAndSurname => {
            let registry = around.registry;
            let has_units = registry.is_empty() || !registry.stairwells(address).is_empty();
            written.building.is_some()
                && written.home.is_some()
                && (written.unit.is_some() || !has_units)
        }
        Scheme::HomeAndSurname | Scheme::Pattern(_) => true,
    }
}
