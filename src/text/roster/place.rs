//! The home of a row, held against the registry. Nothing here does IO.
//!
//! Nothing is guessed: the building is filled in only where the community has no other, the
//! phase and the stairwell only where the building leaves no choice.

use std::collections::BTreeMap;

use super::Why;
use super::cells;
use super::fault::shown;
use super::known::{Known, folded, unit_of};
use crate::text::address::{Address, Found, Part, Registry, plain_name};

/// The cells that tell a home; empty where there is no such column.
pub(super) struct Written<'c> {
    pub phase: &'c str,
    pub building: &'c str,
    pub unit: &'c str,
    pub home: &'c str,
}

/// A home that the community has.
pub(super) struct Place {
    pub phase: Option<String>,
    pub building: String,
    pub unit: Option<String>,
    pub home: String,
}

/// The buildings of a registry, ready to be looked up for each row.
pub(super) struct Places<'r> {
    registry: &'r Registry,
    /// Plain names by the names as they are written, folded.
    written: BTreeMap<String, String>,
    /// By their plain names, folded; several where phases have buildings of one name.
    by_name: BTreeMap<String, Vec<Known>>,
    /// Whether any building tells its phase; then only what does can be in one.
    phases_known: bool,
}

impl<'r> Places<'r> {
    pub fn new(registry: &'r Registry) -> Self {
        let mut written = BTreeMap::new();
        let mut by_name: BTreeMap<String, Vec<Known>> = BTreeMap::new();
        for building in registry.buildings() {
            let name = plain_name(&building.name);
            let namesakes = by_name.entry(folded(&name)).or_default();
            namesakes.push(Known::new(building));
            written.insert(folded(&building.name), name);
        }
        Self {
            registry,
            written,
            by_name,
            phases_known: registry.buildings().iter().any(|b| b.phase.is_some()),
        }
    }

    /// The home that the cells tell.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn find(&self, cells: &Written) -> Result<Place, Why> {
        let told = self.told(cells)?;
        let building = told.building.or_else(|| self.only_building());
        let place = Place {
            phase: told.phase,
            building: building.ok_or(Why::NoBuilding)?,
            unit: told.unit,
            home: told.home.ok_or(Why::NoHome)?,
        };
        if self.registry.is_empty() {
            return Ok(place);
        }
        self.registered(place)
    }

    /// What the cells say together.
    fn told(&self, cells: &Written) -> Result<Address, Why> {
        let exact = self.written.get(&folded(cells.building));
        let building = match exact {
            Some(name) => Some(Address {
                building: Some(name.clone()),
                ..Address::default()
            }),
            None => cells::building(cells.building),
        };
        let only = self.only_building();
        let room = building.as_ref().map_or(only, |told| told.building.clone());
        let phase = Address {
            phase: cells::phase(cells.phase),
            ..Address::default()
        };
        let unit = cells::unit(cells.unit)?;
        let told_already = building.as_ref().is_some_and(|told| told.home.is_some());
        let home = if told_already && cells.home.is_empty() {
            Address::default()
        } else {
            cells::home(cells.home, room.as_deref())?
        };
        let mut found = Found::default();
        for address in [Some(phase), building, unit, Some(home)]
            .into_iter()
            .flatten()
        {
            found.merge(Found {
                address,
                ..Found::default()
            });
        }
        if found.doubts.is_empty() {
            Ok(found.address)
        } else {
            Err(Why::TwoHomes)
        }
    }

    /// The building that needs not be written.
    fn only_building(&self) -> Option<String> {
        match self.registry.buildings() {
            [only] => Some(plain_name(&only.name)),
            _ => None,
        }
    }

    /// The same home as the registry has it.
    fn registered(&self, place: Place) -> Result<Place, Why> {
        let building = || shown(&place.building);
        let namesakes = self.by_name.get(&folded(&place.building));
        let namesakes = namesakes.ok_or_else(|| Why::UnknownBuilding {
            building: building(),
        })?;
        let in_phase = |known: &&Known| match (&place.phase, &known.phase) {
            (Some(written), Some(own)) => written == own,
            (Some(_), None) => !self.phases_known,
            (None, _) => true,
        };
        let meant: Vec<&Known> = namesakes.iter().filter(in_phase).collect();
        let Some(first) = meant.first() else {
            return Err(Why::UnknownPhase {
                phase: shown(place.phase.as_deref().unwrap_or_default()),
                building: building(),
            });
        };
        if meant.iter().any(|known| known.phase != first.phase) {
            return Err(Why::NoPhase {
                building: building(),
            });
        }
        let unit = unit_of(&meant, place.unit)?;
        let place = Place {
            phase: first.phase.clone().or(place.phase),
            building: first.name.clone(),
            unit,
            home: place.home,
        };
        self.high_enough(place)
    }

    /// The same home, if the building has room for it.
    fn high_enough(&self, place: Place) -> Result<Place, Why> {
        let mut found = Found {
            address: Address {
                phase: place.phase.clone(),
                building: Some(place.building.clone()),
                unit: place.unit.clone(),
                home: Some(place.home.clone()),
                floor: None,
            },
            ..Found::default()
        };
        self.registry.check(&mut found);
        if found.is_doubtful(Part::Home) {
            return Err(Why::UnknownHome {
                building: place.building,
                home: shown(&place.home),
            });
        }
        Ok(place)
    }
}
