//! How an address goes on from one part to the next. Nothing here does IO.

use super::chain::{Chain, Gap, Rank, Reader};
use super::found::Part;
use super::refuse;
use super::token::{Kind, Mark, Suffix};
use super::value::{Value, door_of, floor_of};
use crate::text::words::starts_with_any;

/// 户 after a number with a higher door than this counts households.
const DOOR_MAX: u16 = 20;

/// What makes 101号 after a building the number of something in it.
const NUMBERED_THINGS: &[&str] = &["线", "车", "柜", "桩", "梯", "机", "门"];

impl Reader<'_> {
    /// Adds the next part to a phrase; says whether there was one.
    pub fn step(&self, chain: &mut Chain) -> bool {
        if chain.rank == Rank::Home {
            return false;
        }
        let gap = self.gap(chain.end);
        let mut longer = chain.clone();
        let added = match self.kind(gap.at) {
            Some(Kind::Value(value)) => self.step_value(&mut longer, gap, value),
            Some(Kind::Ordinal(number)) => {
                step_part(&mut longer, self.ordinal_floor(gap.at, number))
            }
            Some(Kind::Mark(Mark::Word(word))) => {
                step_part(&mut longer, self.english_part(gap.at, word, chain.rank))
            }
            Some(Kind::Mark(_) | Kind::Named(_) | Kind::Sign(_) | Kind::Text) | None => None,
        };
        if added.is_some() {
            *chain = longer;
        }
        added.is_some()
    }

    fn step_value(&self, chain: &mut Chain, gap: Gap, value: Value) -> Option<()> {
        if self.is_glued(gap.at) && gap.at > chain.end && self.sign(gap.at - 1) != Some(':') {
            return None;
        }
        if chain.rank == Rank::Phase {
            return self.inside_phase(chain, gap, value);
        }
        if chain.rank == Rank::Building
            && let Some(()) = self.unit_and_home(chain, gap)
        {
            return Some(());
        }
        match self.suffix_after(gap.at) {
            Some((Suffix::Unit, end)) if chain.rank < Rank::Unit => {
                chain.end = end;
                self.unit(chain, gap.at, value)
            }
            // 3号楼2门501: a door is a stairwell only between a building and a home.
            Some((Suffix::Door, end))
                if chain.rank < Rank::Unit
                    && gap.at == chain.end
                    && self.value(end).is_some_and(|next| next.home().is_some()) =>
            {
                chain.end = end;
                self.unit(chain, gap.at, value)
            }
            Some((Suffix::Floor | Suffix::Storey, end)) if value.small_number().is_some() => {
                if chain.rank >= Rank::Floor {
                    return None;
                }
                chain.end = end;
                self.floor(chain, gap.at, value, gap.dash)
            }
            Some((suffix, end)) => self.marked_home(chain, gap, value, (suffix, end)),
            None => self.bare_home(chain, gap, value),
        }
    }

    /// The building of a phase: 一期17号201, 二期3号楼, 一期3-2-501.
    fn inside_phase(&self, chain: &mut Chain, gap: Gap, value: Value) -> Option<()> {
        if let Some(part) = self.three_numbers(gap.at) {
            return step_part(chain, Some(part));
        }
        if self.sign(gap.at + 1) == Some('#') {
            let part = self.hash_building(gap.at, value)?;
            chain.need = part.need;
            return step_part(chain, Some(part));
        }
        let (suffix, end) = self.suffix_after(gap.at)?;
        if !matches!(suffix, Suffix::Building | Suffix::Block | Suffix::House) {
            return None;
        }
        let need = chain.need;
        chain.end = end;
        self.building(chain, gap.at, value, suffix)?;
        // 二期17号 without a home says the phase only; 17号 may be a day.
        let phase_alone = suffix == Suffix::House && need == Rank::Phase;
        (!phase_alone || self.has_home_next(chain)).then_some(())
    }

    fn has_home_next(&self, chain: &Chain) -> bool {
        let mut probe = chain.clone();
        while self.step(&mut probe) {}
        probe.rank == Rank::Home
    }

    /// `2-501` after a building.
    fn unit_and_home(&self, chain: &mut Chain, gap: Gap) -> Option<()> {
        let home_at = self.after_dash(gap.at + 1)?;
        let unit = self.value(gap.at)?.unit()?;
        let value = self.value(home_at)?;
        let home = value.home()?;
        let mut longer = chain.clone();
        longer.found.address.unit = Some(unit);
        longer.end = self.after_home_mark(home_at + 1);
        self.set_home(&mut longer, value, home)?;
        *chain = longer;
        Some(())
    }

    /// A number with 室, 房, 户 or 号 after a building or a unit. `mark` is the suffix and the
    /// token after it.
    fn marked_home(
        &self,
        chain: &mut Chain,
        gap: Gap,
        value: Value,
        mark: (Suffix, usize),
    ) -> Option<()> {
        let (suffix, end) = mark;
        let after = self.from(end);
        let home = match suffix {
            // 3室2厅 describes a flat.
            Suffix::Room if is_layout(after) => return None,
            Suffix::Room => value.marked_home()?,
            Suffix::Flat => value.home()?,
            Suffix::Household => {
                let home = value.home()?;
                let too_many = door_of(&home).is_some_and(|door| door > DOOR_MAX);
                if too_many || refuse::counts_households(after) {
                    return None;
                }
                home
            }
            Suffix::House if !starts_with_any(after, NUMBERED_THINGS) => value.home()?,
            // 501号楼上 is 501号 and 楼上.
            Suffix::Building if !gap.loose && starts_with_any(after, &["上", "下"]) => {
                value.home()?
            }
            // 3号楼B座: the letter divides the building in a way that is not known here.
            Suffix::Block if matches!(value, Value::Letter(_)) && chain.rank == Rank::Building => {
                chain.found.doubts.insert(Part::Unit);
                (chain.rank, chain.end) = (Rank::Home, end);
                return Some(());
            }
            Suffix::Door | Suffix::Floor | Suffix::Storey => {
                return self.bare_home(chain, gap, value);
            }
            Suffix::House
            | Suffix::Building
            | Suffix::Block
            | Suffix::Unit
            | Suffix::Lane
            | Suffix::Phase => return None,
        };
        chain.end = match self.homes_after(end) {
            Some(last) => {
                chain.found.doubts.insert(Part::Home);
                last
            }
            None => end,
        };
        chain.found.address.home = Some(home);
        chain.rank = Rank::Home;
        chain.marked = suffix == Suffix::Room;
        Some(())
    }

    /// A number alone, right after a building or a unit, or after the floor that it is on.
    fn bare_home(&self, chain: &mut Chain, gap: Gap, value: Value) -> Option<()> {
        let address = &chain.found.address;
        let in_building = address.building.is_some() || address.unit.is_some();
        let end = gap.at + 1;
        if gap.dash
            && value.is_short()
            && value.home().is_none()
            && self.suffix_after(gap.at).is_none()
        {
            // 3栋-5: several buildings, or something unknown.
            let of_building = chain.rank == Rank::Building;
            chain.found.doubt_if(of_building, Part::Building);
            chain.found.doubts.insert(Part::Unit);
            chain.end = end;
            chain.rank = Rank::Home;
            return Some(());
        }
        if !in_building || gap.loose {
            return None;
        }
        let alone_in_line = matches!(self.sign(end), Some('\n')) || end >= self.tokens.len();
        if gap.line && !alone_in_line {
            return None;
        }
        let home = value.home()?;
        if let (Rank::Floor, Some(floor)) = (chain.rank, &address.floor)
            && floor_of(&home).map(|f| f.to_string()).as_ref() != Some(floor)
        {
            return None;
        }
        chain.end = end;
        self.set_home(chain, value, home)
    }
}

/// Joins a part that was read on its own, if it lies further inside.
fn step_part(chain: &mut Chain, part: Option<Chain>) -> Option<()> {
    let part = part.filter(|part| part.rank > chain.rank)?;
    chain.found.merge(part.found);
    chain.rank = part.rank;
    chain.end = part.end;
    chain.marked |= part.marked;
    Some(())
}

/// Whether 室 is followed by the rest of a flat's layout: 3室2厅.
fn is_layout(after: &str) -> bool {
    let mut chars = after.chars();
    let first = chars.next();
    first.is_some_and(|c| c.is_ascii_digit() || super::numeral::is_numeral(c))
        && chars
            .next()
            .is_some_and(|c| matches!(c, '厅' | '卫' | '厨'))
}
