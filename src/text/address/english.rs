//! The parts of an address as they are written in English. Nothing here does IO.

use super::chain::{Chain, Rank, Reader};
use super::found::Part;
use super::refuse;
use super::token::{Kind, Mark, Word};
use super::value::Value;

/// How many signs may stand between a word and its number: `Bldg. No. 3`.
const BETWEEN_MAX: usize = 5;

impl Reader<'_> {
    /// A part that starts with its English word. `outer` is how far the phrase has come.
    pub fn english_part(&self, at: usize, word: Word, outer: Rank) -> Option<Chain> {
        if outer == Rank::Nothing && self.follows_number(at) {
            return None;
        }
        let value_at = self.value_after_word(at)?;
        let value = self.value(value_at)?;
        let mut chain = Chain {
            end: value_at + 1,
            ..Chain::default()
        };
        match word {
            Word::Building => self.english_building(&mut chain, at, value_at, value)?,
            Word::Unit => self.english_unit(&mut chain, value_at, value, outer)?,
            Word::Home => self.english_home(&mut chain, at, value_at, value, outer)?,
            Word::Floor => {
                let is_level = self.piece(at) == "level";
                if is_level && !self.before(at).ends_with("on ") {
                    return None;
                }
                chain.found.address.floor = Some(value.small_number()?);
                chain.rank = Rank::Floor;
            }
            Word::Phase => {
                chain.found.address.phase = Some(value.small_number()?);
                chain.rank = Rank::Phase;
                chain.need = Rank::Building;
            }
        }
        Some(chain)
    }

    /// The value after a word such as `Bldg. No. 3`, `Unit: 2` or `Apt #501`.
    fn value_after_word(&self, at: usize) -> Option<usize> {
        let mut next = at + 1;
        while next <= at + BETWEEN_MAX {
            match self.kind(next)? {
                Kind::Value(_) => return Some(next),
                Kind::Mark(Mark::Number) | Kind::Sign(' ' | '.' | ':' | '#') => next += 1,
                Kind::Mark(_) | Kind::Sign(_) | Kind::Ordinal(_) | Kind::Named(_) | Kind::Text => {
                    return None;
                }
            }
        }
        None
    }

    fn english_building(
        &self,
        chain: &mut Chain,
        at: usize,
        value_at: usize,
        value: Value,
    ) -> Option<()> {
        if self.piece(at) == "block" && refuse::blocks_something(self.before(at)) {
            return None;
        }
        chain.found.address.building = Some(value.building()?);
        chain.rank = Rank::Building;
        chain.need = match value {
            // A small a or i is more often a word, as in "a building a friend lives in".
            Value::Letter(letter @ ("a" | "i")) => {
                let ends = !self.from(chain.end).starts_with([' ', '\'']);
                let is_name = letter == "a" && (ends || self.is_capital(value_at));
                if is_name { Rank::Building } else { Rank::Unit }
            }
            Value::Digits(_) if refuse::counted_after(value, self.from(chain.end)) => Rank::Unit,
            Value::Digits(_)
            | Value::Letter(_)
            | Value::Mixed(_)
            | Value::Numeral(_)
            | Value::Spelled(_) => Rank::Building,
        };
        let several = self.another_building_after(chain.end);
        chain.found.doubt_if(several, Part::Building);
        Some(())
    }

    /// `Building 3 and 5`, `Building 3 & 5`: not one building.
    fn another_building_after(&self, at: usize) -> bool {
        let mut next = at;
        while self.sign(next) == Some(' ') {
            next += 1;
        }
        let joins = matches!(self.sign(next), Some('&' | '、'))
            || matches!(self.piece(next), "and" | "or" | "和");
        if self.sign(next + 1) == Some(' ') {
            next += 1;
        }
        let other = self.value(next + 1).filter(|_| joins);
        other.is_some_and(|value| {
            value.is_short() && (!matches!(value, Value::Letter(_)) || self.is_capital(next + 1))
        })
    }

    /// `Unit 2` is a stairwell, `Unit 1204` a flat.
    fn english_unit(&self, chain: &mut Chain, at: usize, value: Value, outer: Rank) -> Option<()> {
        let goes_on = self.after_dash(chain.end).is_some();
        if !goes_on && refuse::counted_after(value, self.from(chain.end)) {
            return None;
        }
        if let Some(home) = value.home() {
            chain.found.address.home = Some(home);
            let several = self.homes_after(chain.end).is_some();
            chain.found.doubt_if(several, Part::Home);
            (chain.rank, chain.marked) = (Rank::Home, true);
            return Some(());
        }
        if matches!(value, Value::Letter(_)) && !self.is_capital(at) {
            return None;
        }
        if outer >= Rank::Unit {
            return None;
        }
        chain.found.address.unit = Some(value.unit()?);
        chain.rank = Rank::Unit;
        Some(())
    }

    /// `Apt 501`, `Flat 3B`; short numbers and letters only inside a building.
    fn english_home(
        &self,
        chain: &mut Chain,
        at: usize,
        value_at: usize,
        value: Value,
        outer: Rank,
    ) -> Option<()> {
        let inside = outer >= Rank::Building;
        let is_word = matches!(value, Value::Letter(_)) && !self.is_capital(value_at);
        if is_word || refuse::office_before(self.before(at)) || self.after_dash(chain.end).is_some()
        {
            return None;
        }
        let shows = match value {
            Value::Digits(digits) => digits.len() >= 3,
            Value::Mixed(_) => true,
            Value::Letter(_) | Value::Numeral(_) | Value::Spelled(_) => false,
        };
        if !(shows || inside) || refuse::counted_after(value, self.from(chain.end)) {
            return None;
        }
        chain.found.address.home = Some(value.marked_home()?);
        let several = self.homes_after(chain.end).is_some();
        chain.found.doubt_if(several, Part::Home);
        (chain.rank, chain.marked) = (Rank::Home, true);
        Some(())
    }

    /// `3rd floor`, `third floor`.
    pub fn ordinal_floor(&self, at: usize, number: &str) -> Option<Chain> {
        let (Word::Floor, end) = self.word_after(at)? else {
            return None;
        };
        let mut chain = Chain {
            rank: Rank::Floor,
            end,
            ..Chain::default()
        };
        chain.found.address.floor = Some(Value::Digits(number).small_number()?);
        Some(chain)
    }

    /// `No. 3 Building`, `#3 Building`.
    pub fn numbered_building(&self, at: usize) -> Option<Chain> {
        let (Word::Building, end) = self.word_after(at)? else {
            return None;
        };
        let before = self.before(at).trim_end_matches([' ', '.']);
        let is_numbered = before
            .strip_suffix("no")
            .or_else(|| before.strip_suffix("number"))
            .or_else(|| before.strip_suffix('#'));
        is_numbered.filter(|rest| !crate::text::words::ends_in_latin(rest))?;
        let mut chain = Chain {
            rank: Rank::Building,
            end,
            ..Chain::default()
        };
        chain.found.address.building = Some(self.value(at)?.building()?);
        Some(chain)
    }

    /// `3F` and `3/F`: a floor when it stands alone, or before a flat.
    pub fn floor_in_letters(&self, at: usize) -> Option<Chain> {
        let (number, end) = match self.value(at)? {
            Value::Mixed(mixed) => (mixed.strip_suffix('f')?, at + 1),
            Value::Digits(digits)
                if self.sign(at + 1) == Some('/')
                    && self.value(at + 2) == Some(Value::Letter("f")) =>
            {
                (digits, at + 3)
            }
            Value::Digits(_) | Value::Letter(_) | Value::Numeral(_) | Value::Spelled(_) => {
                return None;
            }
        };
        if !number.bytes().all(|b| b.is_ascii_digit()) || self.is_name || self.ends_list(at) {
            return None;
        }
        let mut chain = Chain {
            rank: Rank::Floor,
            end,
            ..Chain::default()
        };
        chain.found.address.floor = Some(Value::Digits(number).small_number()?);
        Some(chain)
    }
}
