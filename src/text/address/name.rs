//! The home that a resident's display name tells. Nothing here does IO.

use super::chain::Reader;
use super::found::Found;
use super::token::Kind;
use super::value::Value;
use super::{Address, Registry};
use crate::text::fold::Folded;

/// Reads the home out of a display name: `3-2-501 王芳`, `3栋2单元501 李先生`, `B座12A04王`,
/// `Wang 3-2-501`; and, as the building may be known from the room, `501 王芳`, `501王芳` or
/// `Wang 501`. What the registry does not have is left out.
#[must_use]
pub fn from_name(display_name: &str, registry: &Registry) -> Address {
    let folded = Folded::new(display_name);
    let named = registry.named();
    let mut reader = Reader::new(&folded, registry, named);
    reader.is_name = true;
    let mut found = reader.read();
    if found == Found::default() {
        found = reader.home_alone();
    }
    registry.check(&mut found);
    found.address
}

impl Reader<'_> {
    /// A name that starts with a home and no building, or ends with one after a space.
    fn home_alone(&self) -> Found {
        let first = (0..self.tokens.len()).find(|at| self.sign(*at).is_none());
        first
            .and_then(|at| self.leading_home(at))
            .or_else(|| self.trailing_home())
            .unwrap_or_default()
    }

    /// `501王芳`; `A-1204 李`, where a letter can only be a building; `2-501 王芳`, where all
    /// buildings are known to have stairwells.
    fn leading_home(&self, at: usize) -> Option<Found> {
        let mut found = Found::default();
        let mut home_at = at;
        if let Some(found) = self.letter_and_home(at) {
            return Some(found);
        }
        let second = self.after_dash(at + 1);
        if let Some(next) = second.filter(|next| self.value(*next).is_some()) {
            let value = self.value(at)?;
            if matches!(value, Value::Letter(_)) {
                found.address.building = value.building();
            } else if self.registry.has_only_units() {
                found.address.unit = value.unit();
            }
            if found.address.is_empty() {
                return None;
            }
            home_at = next;
        }
        found.address.home = Some(self.value(home_at)?.home()?);
        let rest_is_name = self.only_letters(home_at + 1, self.tokens.len());
        rest_is_name.then_some(found)
    }

    /// `B1204 李`, where there is a building B.
    fn letter_and_home(&self, at: usize) -> Option<Found> {
        let Value::Mixed(mixed) = self.value(at)? else {
            return None;
        };
        let (letter, digits) = mixed.split_at_checked(1)?;
        let building = Value::Letter(letter).building()?;
        if !self.registry.has_building(&building) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut found = Found::default();
        found.address.building = Some(building);
        found.address.home = Some(Value::Digits(digits).home()?);
        self.only_letters(at + 1, self.tokens.len())
            .then_some(found)
    }

    /// `Wang 501`, but not `Lily 1990`.
    fn trailing_home(&self) -> Option<Found> {
        let last = self.tokens.len().checked_sub(1)?;
        let home = self.value(last)?.home()?;
        let is_year = matches!(home.parse(), Ok(1900_u16..=2099));
        let spaced = last.checked_sub(1).and_then(|at| self.sign(at)) == Some(' ');
        let mut found = Found::default();
        found.address.home = Some(home);
        (spaced && !is_year && self.only_letters(0, last)).then_some(found)
    }

    /// Whether these tokens are the letters of a person's name and no further number.
    fn only_letters(&self, from: usize, to: usize) -> bool {
        let mut tokens = self.tokens.get(from..to).unwrap_or_default().iter();
        let mut has_letters = false;
        let fits = tokens.all(|token| match token.kind {
            Kind::Value(Value::Digits(_) | Value::Mixed(_)) | Kind::Ordinal(_) => false,
            Kind::Sign(sign) => {
                matches!(sign, ' ' | '-' | '_' | '.' | '·' | '(' | ')' | '/' | '\'')
            }
            Kind::Text | Kind::Mark(_) | Kind::Value(_) | Kind::Named(_) => {
                has_letters = true;
                true
            }
        });
        fits && has_letters
    }
}
