//! Addresses inside an estate, read from what residents write. Nothing here does IO.
//!
//! Read are `3号楼2单元501室`, `3栋2-501`, `3幢`, `B座12A04`, `3-2-501`, `3#2-501`,
//! `三号楼二单元`, `198弄3号301室`, `一期17号201`, `Bldg 3 Unit 2 Apt 501`, `Tower B 1204`,
//! `Building A / 3B` and mixes of these, in full width too, with commas or spaces between
//! the parts.
//!
//! A number is a home only right after a building or a unit in the same clause, or with a
//! mark of its own (501室, Apt 501). `3楼` is a floor; basements are `-1`, `-2`. Whatever is
//! a count, a date, a time, a price, a code or the number of some other thing is no
//! address. Two different answers in one text are no answer: the part is left out.
//!
//! The lane of `198弄3号` is the street address of the whole estate. It is recognised, so
//! that 3号 is a building and not a day of the month, and then dropped: it is neither a
//! building nor a phase.

mod chain;
mod dashes;
mod english;
mod found;
mod home;
mod in_name;
mod name;
pub(super) mod numeral;
mod parts;
mod refuse;
mod registry;
mod steps;
mod token;
mod value;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub(crate) use found::{Found, Part};
pub(crate) use home::plain_home;
pub(crate) use in_name::{Told, in_name};
pub(crate) use value::floor_of;

pub use name::from_name;
pub use registry::{Building, Registry, plain_name};

use super::fold::Folded;
use chain::Reader;

/// An address inside an estate. Each part is in its plain form, and missing unless it is
/// certain.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Address {
    /// The phase of the estate: `1` for 一期.
    pub phase: Option<String>,
    /// The building: `3`, `B`, `12`.
    pub building: Option<String>,
    /// The stairwell: `2`.
    pub unit: Option<String>,
    /// The flat: `501`, `12A04`.
    pub home: Option<String>,
    /// The floor, where it is said in so many words: `3`, `-1`.
    pub floor: Option<String>,
}

impl Address {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Reads the address that a text names. What the registry does not have is left out.
#[must_use]
pub fn read(text: &Folded, registry: &Registry) -> Address {
    find(text, registry).address
}

/// Reads the address that a text names, and on which parts it leaves doubts.
pub(crate) fn find(text: &Folded, registry: &Registry) -> Found {
    let named = registry.named();
    if named.is_empty() && !token::worth_reading(text.text()) {
        return Found::default();
    }
    let mut reader = Reader::new(text, registry, named);
    let mut found = reader.read();
    registry.check(&mut found);
    found
}

/// Where a text tells a home, in any estate: byte ranges of the text as it was written.
pub(crate) fn homes(text: &Folded) -> Vec<Range<usize>> {
    if !token::worth_reading(text.text()) {
        return Vec::new();
    }
    let registry = Registry::default();
    let mut reader = Reader::new(text, &registry, &[]);
    reader.read();
    let spans = std::mem::take(&mut reader.spans).into_iter();
    let homes = spans.filter(|span| {
        let alone = Folded::new(&text.text()[span.clone()]);
        scan(&alone, &[]).address.home.is_some()
    });
    homes.map(|span| text.original(span)).collect()
}

/// The address of a room's building, as the community's settings name it.
pub(crate) fn of_room(name: &str) -> Address {
    let mut address = read(&Folded::new(name), &Registry::default());
    if address.building.is_none() {
        let plain = plain_name(name);
        address.building = (!plain.is_empty()).then_some(plain);
    }
    Address {
        phase: address.phase,
        building: address.building,
        ..Address::default()
    }
}

/// Whether a number of three or four digits is a year of our times.
pub(crate) fn is_year(number: &str) -> bool {
    refuse::is_date(number)
}

/// Whether the text after a bare number shows that the number counts something.
pub(crate) fn counts(after: &str) -> bool {
    refuse::counted_after(value::Value::Digits("999"), after)
}

/// Reads without a registry, for names of buildings in a registry.
fn scan(text: &Folded, named: &[(usize, String)]) -> Found {
    Reader::new(text, &Registry::default(), named).read()
}
