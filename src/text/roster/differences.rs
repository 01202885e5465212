//! What an import changes. Nothing here does IO.

use std::collections::BTreeSet;

use super::Row;

/// What tells two rows apart: the home and the surname, but not the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry<'r> {
    /// The phase of the estate.
    pub phase: Option<&'r str>,
    /// The building.
    pub building: &'r str,
    /// The stairwell.
    pub unit: Option<&'r str>,
    /// The flat.
    pub home: &'r str,
    /// The surname; capitals count.
    pub surname: Option<&'r str>,
}

/// Whatever says who lives where: a row of a file, or a record of it in a store.
pub trait Listed {
    /// The home and the surname.
    fn entry(&self) -> Entry<'_>;
}

impl Listed for Row {
    fn entry(&self) -> Entry<'_> {
        Entry {
            phase: self.phase.as_deref(),
            building: &self.building,
            unit: self.unit.as_deref(),
            home: &self.home,
            surname: self.surname.as_deref(),
        }
    }
}

/// What one list has and another has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes<'r, Old, New> {
    /// What only the new list has, in its order, each once.
    pub added: Vec<&'r New>,
    /// What only the old list has, in its order, each once.
    pub removed: Vec<&'r Old>,
}

impl<Old, New> Changes<'_, Old, New> {
    /// Whether both lists say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// Says what changes when the new list takes the place of the old one. Order and lines do
/// not count, nor how often something is said; so a second import changes nothing.
#[must_use]
pub fn differences<'r, Old: Listed, New: Listed>(
    old: &'r [Old],
    new: &'r [New],
) -> Changes<'r, Old, New> {
    Changes {
        added: only_in(new, old),
        removed: only_in(old, new),
    }
}

fn only_in<'r, One: Listed, Other: Listed>(one: &'r [One], other: &[Other]) -> Vec<&'r One> {
    let known: BTreeSet<Entry> = other.iter().map(Listed::entry).collect();
    let mut seen = BTreeSet::new();
    one.iter()
        .filter(|row| !known.contains(&row.entry()) && seen.insert(row.entry()))
        .collect()
}
