//! Putting together what several phrases of a text say about one address. Nothing here
//! does IO.

use std::collections::BTreeSet;

use super::Address;
use super::value::floor_of;

/// A part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Phase,
    Building,
    Unit,
    Floor,
    Home,
}

/// What a text says about an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The certain parts.
    pub address: Address,
    /// The parts on which the text contradicts itself, or which it names without saying
    /// which one is meant (`3、5号楼`), or which the community does not have. They must not
    /// be filled from elsewhere either.
    pub doubts: BTreeSet<Part>,
}

impl Found {
    /// Notes a doubt about a part, if there is one.
    pub fn doubt_if(&mut self, is_doubtful: bool, part: Part) {
        if is_doubtful {
            self.doubts.insert(part);
        }
    }

    /// Whether the text leaves a doubt about a part.
    pub fn is_doubtful(&self, part: Part) -> bool {
        self.doubts.contains(&part)
    }

    /// Adds what another phrase of the same text says.
    pub fn merge(&mut self, other: Self) {
        let (mine, theirs) = (&mut self.address, other.address);
        for (part, one, two) in [
            (Part::Phase, &mut mine.phase, theirs.phase),
            (Part::Building, &mut mine.building, theirs.building),
            (Part::Unit, &mut mine.unit, theirs.unit),
            (Part::Floor, &mut mine.floor, theirs.floor),
            (Part::Home, &mut mine.home, theirs.home),
        ] {
            if one.is_none() {
                *one = two;
            } else if two.is_some() && *one != two {
                self.doubts.insert(part);
            }
        }
        self.doubts.extend(other.doubts);
    }

    /// Takes out the doubtful parts and whatever hangs on them: a home in a doubtful unit
    /// is not known, nor is a floor that the home contradicts.
    pub fn settle(&mut self) {
        let building = self.is_doubtful(Part::Building);
        let unit = building || self.is_doubtful(Part::Unit);
        let home = unit || self.is_doubtful(Part::Home);
        let floor = building || self.is_doubtful(Part::Floor);
        let phase = self.is_doubtful(Part::Phase);
        let address = &mut self.address;
        for (gone, part) in [
            (phase, &mut address.phase),
            (building, &mut address.building),
            (unit, &mut address.unit),
            (home, &mut address.home),
            (floor, &mut address.floor),
        ] {
            if gone {
                *part = None;
            }
        }
        let told = address.home.as_deref().and_then(floor_of);
        let said = address.floor.as_deref().map(str::parse);
        if matches!((told, said), (Some(told), Some(said)) if said != Ok(told)) {
            address.floor = None;
        }
    }
}
