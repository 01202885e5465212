//! The buildings that a community has, as its administrator writes them. Nothing here
//! does IO.

use std::collections::{BTreeMap, BTreeSet};

use super::Address;
use super::found::{Found, Part};
use super::token::worth_reading;
use super::value::{door_of, floor_of};
use crate::text::fold::Folded;
use crate::text::words::is_han;

/// The buildings of a community, found by their names however many they are. An empty registry lets every address
/// pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registry {
    buildings: Vec<Building>,
    /// By their plain names, which may repeat in different phases.
    by_name: BTreeMap<String, Vec<usize>>,
    /// Those whose names are neither numbers nor letters, folded, the longest first.
    named: Vec<(usize, String)>,
    phases_known: bool,
    /// How many have stairwells that are known.
    with_units: usize,
}

/// One building. Whatever is left out is not checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Building {
    /// `3`, `B`, `3号楼`, or a name of its own such as `听涛阁`.
    pub name: String,
    /// The stairwells: `1`, `2`, …; empty when not listed.
    pub units: Vec<String>,
    /// The phase of the estate that it belongs to.
    pub phase: Option<String>,
    /// How many floors it has above the ground.
    pub floors: Option<u16>,
    /// How many homes there are on a floor of a stairwell.
    pub homes_per_floor: Option<u16>,
}

impl Building {
    /// A building with these stairwells and nothing else known.
    #[must_use]
    pub fn new(name: &str, units: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
            ..Self::default()
        }
    }

    fn has_unit(&self, unit: &str) -> bool {
        self.units.is_empty() || self.units.iter().any(|own| same_name(own, unit))
    }

    fn has_phase(&self, phase: &str) -> bool {
        self.phase
            .as_deref()
            .is_none_or(|own| same_name(own, phase))
    }

    fn has_floor(&self, floor: u16) -> bool {
        self.floors
            .is_none_or(|floors| (1..=floors).contains(&floor))
    }

    fn has_home(&self, home: &str) -> bool {
        let door_fits = match (self.homes_per_floor, door_of(home)) {
            (Some(doors), Some(door)) => (1..=doors).contains(&door),
            _ => true,
        };
        door_fits && floor_of(home).is_none_or(|floor| self.has_floor(floor))
    }
}

impl Registry {
    /// The registry of these buildings.
    #[must_use]
    pub fn new(buildings: Vec<Building>) -> Self {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut named = Vec::new();
        for (index, building) in buildings.iter().enumerate() {
            let name = plain_name(&building.name);
            by_name.entry(name).or_default().push(index);
            let own = building.name.trim();
            if !is_plain(own) && read_name(own).is_none() {
                let folded = Folded::new(own).text().to_owned();
                if folded.chars().nth(1).is_some() {
                    named.push((index, folded));
                }
            }
        }
        named.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
        Self {
            by_name,
            named,
            phases_known: buildings.iter().any(|b| b.phase.is_some()),
            with_units: buildings.iter().filter(|b| !b.units.is_empty()).count(),
            buildings,
        }
    }

    /// All buildings, as they were given.
    #[must_use]
    pub fn buildings(&self) -> &[Building] {
        &self.buildings
    }

    /// Whether nothing is known, so that everything may be an address.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.buildings.is_empty()
    }

    /// Takes out of an address what the community does not have, and what hangs on it.
    pub(crate) fn check(&self, found: &mut Found) {
        if self.is_empty() {
            return;
        }
        let address = found.address.clone();
        let in_phase = |b: &Building| match &address.phase {
            Some(phase) if self.phases_known => b.phase.is_some() && b.has_phase(phase),
            _ => true,
        };
        let has_unit =
            |b: &Building| in_phase(b) && address.unit.as_deref().is_none_or(|u| b.has_unit(u));
        let of_name = address.building.as_deref().map(|name| self.of_name(name));
        let some = |fits: &dyn Fn(&Building) -> bool| match of_name {
            Some(indices) => indices.iter().any(|index| fits(&self.buildings[*index])),
            None => self.buildings.iter().any(fits),
        };
        if address.phase.is_some() && !self.buildings.iter().any(in_phase) {
            found.doubts.extend([Part::Phase, Part::Building]);
        }
        if address.building.is_some() {
            found.doubt_if(!some(&in_phase), Part::Building);
        }
        if address.unit.is_some() {
            found.doubt_if(!some(&has_unit), Part::Unit);
        }
        if let Some(Ok(floor)) = address.floor.as_deref().map(str::parse)
            && !some(&|b| has_unit(b) && b.has_floor(floor))
        {
            found.doubts.insert(Part::Floor);
        }
        if let Some(home) = &address.home {
            let fits = some(&|b| has_unit(b) && b.has_home(home));
            found.doubt_if(!fits, Part::Home);
        }
        found.settle();
    }

    /// The buildings of a plain name.
    fn of_name(&self, name: &str) -> &[usize] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The stairwells of an address's building, in their plain form. Empty when the building
    /// is not known or does not list them.
    pub(crate) fn stairwells(&self, address: &Address) -> BTreeSet<String> {
        let Some(name) = &address.building else {
            return BTreeSet::new();
        };
        let phase = address.phase.as_deref();
        let mut units = BTreeSet::new();
        for building in self
            .of_name(name)
            .iter()
            .map(|index| &self.buildings[*index])
        {
            if phase.is_some_and(|phase| !building.has_phase(phase)) {
                continue;
            }
            if building.units.is_empty() {
                return BTreeSet::new();
            }
            units.extend(building.units.iter().map(|unit| plain_name(unit)));
        }
        units
    }

    /// Whether the community is known to have a building of this name.
    pub(super) fn has_building(&self, name: &str) -> bool {
        !self.of_name(name).is_empty()
    }

    /// Whether the buildings are known and none of them has stairwells, so that `3-501`
    /// can only be a building and a home.
    pub(super) fn has_no_units(&self) -> bool {
        !self.is_empty() && self.with_units == 0
    }

    /// Whether the buildings are known and all of them have stairwells, so that `2-501`
    /// after no building can only be a stairwell and a home.
    pub(super) fn has_only_units(&self) -> bool {
        !self.is_empty() && self.with_units == self.buildings.len()
    }

    /// The buildings whose names are neither numbers nor letters, folded.
    pub(super) fn named(&self) -> &[(usize, String)] {
        &self.named
    }
}

/// The plain name of a building, unit or phase: `3号楼`, `３栋`, `03` and `Building 3` are
/// `3`; letters become capitals; a name of its own stays.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let trimmed = name.trim();
    if is_plain(trimmed) {
        return bare(trimmed).to_ascii_uppercase();
    }
    read_name(trimmed).unwrap_or_else(|| trimmed.to_owned())
}

/// The name in a phrase such as `3号楼`, `二单元` or `一期`; nothing for other names.
fn read_name(name: &str) -> Option<String> {
    let folded = Folded::new(name);
    let text = folded.text().trim();
    if text.chars().all(|c| !is_han(c)) && !worth_reading(text) {
        return None;
    }
    let Address {
        phase,
        building,
        unit,
        home: None,
        floor,
    } = super::scan(&folded, &[]).address
    else {
        return None;
    };
    building.or(unit).or(floor).or(phase)
}

fn same_name(written: &str, plain: &str) -> bool {
    let written = written.trim();
    if is_plain(written) {
        return bare(written).eq_ignore_ascii_case(plain);
    }
    written == plain || plain_name(written) == plain
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Without leading zeros, unless there is nothing else.
fn bare(name: &str) -> &str {
    let bare = name.trim_start_matches('0');
    if bare.is_empty() { name } else { bare }
}
