//! The homes that a community is known to have. Nothing here does IO.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::address::plain_name;

/// All homes of a community, as a roster lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Homes {
    /// The stairwells in which a home with this building and number is; an empty name
    /// stands for none.
    stairwells: BTreeMap<(String, String), BTreeSet<String>>,
}

impl Homes {
    /// Adds a home. Buildings and stairwells may be written in any way: `3号楼` is `3`.
    pub fn insert(&mut self, building: &str, unit: Option<&str>, home: &str) {
        let key = (plain_name(building), home.trim().to_ascii_uppercase());
        let unit = unit.map(plain_name).unwrap_or_default();
        self.stairwells.entry(key).or_default().insert(unit);
    }

    /// The stairwells of a building that have a home of this number; nothing when none
    /// has. An empty name stands for a home that is in no stairwell.
    pub(super) fn stairwells_with(&self, building: &str, home: &str) -> Option<&BTreeSet<String>> {
        self.stairwells.get(&(building.to_owned(), home.to_owned()))
    }

    /// The first home of a building, or of the first building.
    pub(super) fn first(&self, building: Option<&str>) -> Option<(&str, &str, &str)> {
        let fits = |name: &str| building.is_none_or(|wanted| wanted == name);
        let ((name, home), units) = self.stairwells.iter().find(|((name, _), _)| fits(name))?;
        let unit = units.first().map_or("", String::as_str);
        Some((name, unit, home))
    }
}
