//! A building of the registry, as rows are held against it. Nothing here does IO.

use std::collections::BTreeSet;

use super::Why;
use super::cells;
use super::fault::shown;
use crate::text::address::{Building, plain_name};
use crate::text::fold::Folded;

/// A building with all names in their plain form.
pub(super) struct Known {
    pub name: String,
    pub phase: Option<String>,
    /// The stairwells; empty when not listed.
    units: BTreeSet<String>,
}

impl Known {
    pub fn new(building: &Building) -> Self {
        Self {
            name: plain_name(&building.name),
            phase: building.phase.as_deref().and_then(cells::phase),
            units: building.units.iter().map(|unit| plain_name(unit)).collect(),
        }
    }
}

/// The stairwell of a building as the building lists it: the written one, or the only one
/// there is. Entries of one name and phase are one building.
///
/// # Errors
/// There is no such stairwell, or there are several and none is written.
pub(super) fn unit_of(meant: &[&Known], written: Option<String>) -> Result<Option<String>, Why> {
    let name = || {
        meant
            .first()
            .map_or_else(String::new, |known| known.name.clone())
    };
    if meant.iter().any(|known| known.units.is_empty()) {
        return Ok(written);
    }
    let units: BTreeSet<&String> = meant.iter().flat_map(|known| &known.units).collect();
    let listed = || {
        let names: Vec<&str> = units.iter().map(|unit| unit.as_str()).collect();
        names.join(", ")
    };
    match written {
        Some(unit) => {
            let own = units.iter().find(|own| folded(own) == folded(&unit));
            let own = own.ok_or_else(|| Why::UnknownUnit {
                building: name(),
                unit: shown(&unit),
                units: listed(),
            })?;
            Ok(Some((*own).clone()))
        }
        None if units.len() == 1 => Ok(units.first().map(|only| (*only).clone())),
        None => Err(Why::NoUnit {
            building: name(),
            units: listed(),
        }),
    }
}

/// A name as it is compared.
pub(super) fn folded(name: &str) -> String {
    Folded::new(name).text().trim().to_owned()
}
