//! What a display name tells about a home, and where it stands in the name. Nothing here
//! does IO.
//!
//! In the room of a building people leave the building out. `2-501` is then the stairwell
//! 2 of that building, and a number alone that has the shape of a home is the home. Next
//! to a person's name other numbers stand, too: years, lucky numbers, the 888 of 小王888.
//! So a home alone must be the only number of the name, and its door a likely one.

use std::ops::Range;

use super::chain::Reader;
use super::found::Found;
use super::refuse;
use super::token::{Kind, Mark, Suffix};
use super::value::{Value, door_of};
use super::{Address, Registry};
use crate::text::fold::Folded;

/// The highest door of a home that starts a name: `2020 王`, but not `2024 王`.
const DOOR_MAX_LEADING: u16 = 20;
/// The same for a home after other words, where numbers of other kinds are common.
const DOOR_MAX_LATER: u16 = 12;

/// What a name tells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// The parts as written; they were not checked with the registry.
    pub found: Found,
    /// Where they stand in the folded name.
    pub spans: Vec<Range<usize>>,
}

/// Reads the home that a display name tells. `room` is the plain name of the building
/// that the room belongs to. The registry decides between readings, but leaves nothing
/// out: what it does not have is told as well.
pub(crate) fn in_name(name: &Folded, registry: &Registry, room: Option<&str>) -> Told {
    let named = registry.named();
    let mut reader = Reader::new(name, registry, named);
    reader.is_name = true;
    let mut found = reader.read();
    let mut spans = std::mem::take(&mut reader.spans);
    if found.address.home.is_none()
        && found.doubts.is_empty()
        && let Some((home, span)) = reader.lone_home(&found.address, &spans, room)
    {
        found.merge(home);
        found.settle();
        spans.push(span);
        spans.sort_by_key(|span| span.start);
    }
    Told { found, spans }
}

impl Reader<'_> {
    /// The one home among the numbers outside the phrases that were read already, and
    /// where it stands.
    fn lone_home(
        &self,
        known: &Address,
        spans: &[Range<usize>],
        room: Option<&str>,
    ) -> Option<(Found, Range<usize>)> {
        let is_free = |at: &usize| {
            let start = self.before(*at).len();
            !spans.iter().any(|span| span.contains(&start))
        };
        let counts = |at: &usize| {
            matches!(
                self.kind(*at),
                Some(Kind::Value(Value::Digits(_) | Value::Mixed(_)) | Kind::Ordinal(_))
            )
        };
        let numbers: Vec<usize> = (0..self.tokens.len())
            .filter(|at| counts(at) && is_free(at))
            .collect();
        let home_at = *numbers.last()?;
        let outer_at = self.outer_of(home_at).filter(is_free);
        let others = numbers.len() - 1;
        let is_outer = outer_at.is_some_and(|at| others == 0 || numbers.first() == Some(&at));
        if others > usize::from(is_outer) {
            return self.letter_building(home_at, room).filter(|_| others == 0);
        }
        let start = if is_outer { outer_at? } else { home_at };
        let Some(home) = self.likely_home(home_at, start, is_outer) else {
            return self.letter_building(home_at, room).filter(|_| others == 0);
        };
        let mut found = Found::default();
        found.address.home = Some(home);
        if is_outer {
            self.outer(&mut found.address, self.value(start)?, known, room);
        }
        Some((found, self.span(start, self.after_lone_home(home_at + 1))))
    }

    /// The token of the short value that a dash or 门 joins to this home: `2-501`, `2门501`.
    fn outer_of(&self, home_at: usize) -> Option<usize> {
        let link = home_at.checked_sub(1)?;
        let joined = match self.kind(link)? {
            Kind::Sign('-' | '_') | Kind::Mark(Mark::Suffix(Suffix::Door)) => {
                link.checked_sub(1)?
            }
            Kind::Sign(_) | Kind::Mark(_) | Kind::Value(_) | Kind::Ordinal(_) | Kind::Named(_) => {
                return None;
            }
            Kind::Text => return None,
        };
        self.value(joined)
            .filter(|value| value.unit().is_some() || value.building().is_some())
            .map(|_| joined)
    }

    /// A home that can be one by its shape, its door and its place in the name.
    fn likely_home(&self, at: usize, start: usize, has_outer: bool) -> Option<String> {
        let home = self.value(at)?.home()?;
        let before = self.before(start);
        if self.is_glued(start) || refuse::numbered_before(before) || refuse::office_before(before)
        {
            return None;
        }
        let leads = before.chars().all(|c| !c.is_alphanumeric());
        let door_max = if leads || has_outer {
            DOOR_MAX_LEADING
        } else {
            DOOR_MAX_LATER
        };
        door_of(&home)
            .is_none_or(|door| (1..=door_max).contains(&door))
            .then_some(home)
    }

    /// What the value before a home is: a stairwell of the room's building, or a building.
    /// Where both are possible it is neither.
    fn outer(&self, address: &mut Address, value: Value, known: &Address, room: Option<&str>) {
        let (unit, building) = (value.unit(), value.building());
        if known.building.is_some() || known.unit.is_some() {
            address.unit = unit;
            return;
        }
        let has = |name: &Option<String>| {
            name.as_deref()
                .is_some_and(|name| self.registry.has_building(name))
        };
        let Some(room) = room else {
            if self.registry.has_no_units() {
                address.building = building;
            } else if self.registry.has_only_units() {
                address.unit = unit;
            }
            return;
        };
        let inside = Address {
            building: Some(room.to_owned()),
            ..Address::default()
        };
        let stairwells = self.registry.stairwells(&inside);
        let is_stairwell = unit.as_ref().is_some_and(|unit| stairwells.contains(unit));
        let elsewhere = !stairwells.is_empty() && has(&building);
        if is_stairwell && building.as_deref() != Some(room) {
            address.unit = unit;
        } else if building.as_deref() == Some(room)
            || unit.is_none()
            || elsewhere
            || self.registry.has_no_units()
        {
            address.building = building;
        } else {
            address.unit = unit;
        }
    }

    /// `B1204`, in the room of building B or where there is a building B.
    fn letter_building(&self, at: usize, room: Option<&str>) -> Option<(Found, Range<usize>)> {
        let Value::Mixed(mixed) = self.value(at)? else {
            return None;
        };
        let (letter, digits) = mixed.split_at_checked(1)?;
        let building = Value::Letter(letter).building()?;
        let is_known = room == Some(&*building) || self.registry.has_building(&building);
        if !is_known || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut found = Found::default();
        found.address.building = Some(building);
        found.address.home = Some(Value::Digits(digits).home()?);
        Some((found, self.span(at, self.after_lone_home(at + 1))))
    }

    /// The token after the mark of a home: 室, 房, 号, 户.
    fn after_lone_home(&self, at: usize) -> usize {
        let has_mark = [Suffix::House, Suffix::Household]
            .iter()
            .any(|suffix| self.is_suffix(at, *suffix));
        if has_mark {
            at + 1
        } else {
            self.after_home_mark(at)
        }
    }
}
