//! The buildings that a community has, as its administrator writes them. Nothing here
//! does IO.

use serde::{Deserialize, Serialize};

use super::Address;
use super::found::{Found, Part};
use super::token::worth_reading;
use super::value::{door_of, floor_of};
use crate::text::fold::Folded;
use crate::text::words::is_han;

/// The buildings of a community. An empty registry lets every address pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Registry {
    /// All buildings; names may repeat in different phases.
    pub buildings: Vec<Building>,
}

/// One building. Whatever is left out is not checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Building {
    /// `3`, `B`, `3号楼`, or a name of its own such as `听涛阁`.
    pub name: String,
    /// The stairwells: `1`, `2`, …; empty when not listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// The phase of the estate that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
    /// How many floors it has above the ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floors: Option<u16>,
    /// How many homes there are on a floor of a stairwell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
        let phases_known = self.buildings.iter().any(|b| b.phase.is_some());
        let in_phase = |b: &&Building| match &address.phase {
            Some(phase) if phases_known => b.phase.is_some() && b.has_phase(phase),
            _ => true,
        };
        let mut fitting: Vec<&Building> = self.buildings.iter().filter(in_phase).collect();
        if fitting.is_empty() {
            found.doubts.extend([Part::Phase, Part::Building]);
        }
        if let Some(name) = &address.building {
            fitting.retain(|b| same_name(&b.name, name));
            found.doubt_if(fitting.is_empty(), Part::Building);
        }
        if let Some(unit) = &address.unit {
            fitting.retain(|b| b.has_unit(unit));
            found.doubt_if(fitting.is_empty(), Part::Unit);
        }
        if let Some(Ok(floor)) = address.floor.as_deref().map(str::parse)
            && !fitting.iter().any(|b| b.has_floor(floor))
        {
            found.doubts.insert(Part::Floor);
        }
        if let Some(home) = &address.home {
            let fits = fitting.iter().any(|b| b.has_home(home));
            found.doubt_if(!fits, Part::Home);
        }
        found.settle();
    }

    /// Whether the community is known to have a building of this name.
    pub(super) fn has_building(&self, name: &str) -> bool {
        self.buildings.iter().any(|b| same_name(&b.name, name))
    }

    /// Whether the buildings are known and none of them has stairwells, so that `3-501`
    /// can only be a building and a home.
    pub(super) fn has_no_units(&self) -> bool {
        !self.is_empty() && self.buildings.iter().all(|b| b.units.is_empty())
    }

    /// Whether the buildings are known and all of them have stairwells, so that `2-501`
    /// after no building can only be a stairwell and a home.
    pub(super) fn has_only_units(&self) -> bool {
        !self.is_empty() && self.buildings.iter().all(|b| !b.units.is_empty())
    }

    /// The buildings whose names are neither numbers nor letters, folded.
    pub(super) fn named(&self) -> Vec<(usize, String)> {
        let own_name = |b: &Building| !is_plain(b.name.trim());
        let mut named: Vec<(usize, String)> = Vec::new();
        for (index, building) in self.buildings.iter().enumerate() {
            if own_name(building) && read_name(&building.name).is_none() {
                let name = Folded::new(building.name.trim()).text().to_owned();
                if name.chars().nth(1).is_some() {
                    named.push((index, name));
                }
            }
        }
        named.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
        named
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
