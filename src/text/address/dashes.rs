//! Addresses in bare numbers with dashes between them, and where a home ends. Nothing
//! here does IO.

use super::chain::{Chain, Rank, Reader};
use super::found::Part;
use super::refuse;
use super::token::Suffix;
use super::value::Value;

impl Reader<'_> {
    /// `3-2-501`: building, unit and home.
    pub fn three_numbers(&self, at: usize) -> Option<Chain> {
        let unit_at = self.after_dash(at + 1)?;
        let home_at = self.after_dash(unit_at + 1)?;
        let home_value = self.value(home_at)?;
        let building = self.value(at)?.building()?;
        let unit = self.value(unit_at)?.unit()?;
        let home = home_value.home()?;
        let before = self.before(at);
        let numbered = !self.is_name && (before.ends_with('/') || refuse::numbered_before(before));
        if before.ends_with(['-', '+']) || numbered {
            return None;
        }
        if refuse::is_date(&home) && !self.registry.has_building(&building) {
            return None;
        }
        let mut chain = Chain {
            rank: Rank::Home,
            end: self.after_home_mark(home_at + 1),
            ..Chain::default()
        };
        chain.found.address.building = Some(building);
        chain.found.address.unit = Some(unit);
        self.set_home(&mut chain, home_value, home)?;
        Some(chain)
    }

    /// `3-501`, which is a building and a home only where no building has stairwells or
    /// the building has a letter.
    pub fn two_numbers(&self, at: usize) -> Option<Chain> {
        let value = self.value(at)?;
        let building = value.building()?;
        let known = self.registry.has_building(&building)
            && (self.registry.has_no_units() || matches!(value, Value::Letter(_)));
        let home_at = self.after_dash(at + 1).filter(|_| known)?;
        let home_value = self.value(home_at)?;
        let home = home_value.home()?;
        let before = self.before(at);
        if before.ends_with(['-', '/', '+']) || refuse::numbered_before(before) {
            return None;
        }
        let mut chain = Chain {
            rank: Rank::Home,
            end: self.after_home_mark(home_at + 1),
            ..Chain::default()
        };
        chain.found.address.building = Some(building);
        self.set_home(&mut chain, home_value, home)?;
        Some(chain)
    }

    /// `3-2单元501`: only with the home, for without it these may be the units 2 to 3.
    pub fn building_dash_unit(&self, at: usize) -> Option<Chain> {
        let unit_at = self.after_dash(at + 1)?;
        let (Suffix::Unit, end) = self.suffix_after(unit_at)? else {
            return None;
        };
        if self.before(at).ends_with('-') {
            return None;
        }
        let mut chain = Chain {
            rank: Rank::Unit,
            need: Rank::Home,
            end,
            ..Chain::default()
        };
        chain.found.address.building = Some(self.value(at)?.building()?);
        chain.found.address.unit = Some(self.value(unit_at)?.unit()?);
        Some(chain)
    }

    /// The token after 室 or 房, when a home carries one.
    pub fn after_home_mark(&self, at: usize) -> usize {
        if self.is_suffix(at, Suffix::Room) || self.is_suffix(at, Suffix::Flat) {
            at + 1
        } else {
            at
        }
    }

    /// Sets a home that ends the phrase, unless what follows shows that the number counts
    /// something.
    pub fn set_home(&self, chain: &mut Chain, value: Value, home: String) -> Option<()> {
        if let Some(last) = self.homes_after(chain.end) {
            chain.found.doubts.insert(Part::Home);
            chain.end = last;
        } else if !self.is_name && refuse::counted_after(value, self.from(chain.end)) {
            return None;
        }
        chain.found.address.home = Some(home);
        chain.rank = Rank::Home;
        Some(())
    }
}
