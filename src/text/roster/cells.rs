//! What one cell tells about a home. Nothing here does IO.
//!
//! The column already says what a cell is about, so `3`, `三` and `#3` are as good as
//! `3号楼`. A cell may tell more than its column asks for: `3-2-501` as a home names the
//! building and the stairwell as well.

use super::Why;
use super::fault::shown;
use super::people::is_nobody;
use crate::text::address::{self, Address, Registry, numeral, plain_home, plain_name};
use crate::text::fold::Folded;
use crate::text::words::is_han;

/// The longest home that has no usual form, such as 商铺3, in characters.
const HOME_CHARS_MAX: usize = 12;
/// The longest number of a stairwell, and the longest name, in characters.
const UNIT_DIGITS_MAX: usize = 2;
const UNIT_CHARS_MAX: usize = 4;

/// The phase: `1` for `1`, 一 and 一期; other names as they are; nothing for an empty cell.
pub(super) fn phase(cell: &str) -> Option<String> {
    let text = tidied(cell)?;
    if is_numeral(&text) {
        return Some(plain_name(&format!("{text}期")));
    }
    Some(plain_name(&text))
}

/// The building, with whatever else the cell names; what is no building in any usual form
/// stays as it was written. Nothing for an empty cell.
pub(super) fn building(cell: &str) -> Option<Address> {
    let text = tidied(cell)?;
    let named = |name: String| Address {
        building: Some(name),
        ..Address::default()
    };
    // In a column of buildings 3号 is no day and 3楼 no floor.
    let after = ["号楼", "栋", "幢", "座", "号", "楼"];
    let bare = after.iter().find_map(|mark| text.strip_suffix(mark));
    let bare = bare.unwrap_or(&text).trim();
    if is_value(bare) {
        return Some(named(plain_name(bare)));
    }
    if is_numeral(bare) {
        return Some(named(plain_name(&format!("{bare}号楼"))));
    }
    let read = address::read(&Folded::new(&text), &Registry::default());
    let told = read.building.is_some().then_some(read);
    Some(told.unwrap_or_else(|| named(cell.trim().to_owned())))
}

/// The stairwell, with whatever else the cell names. Nothing for an empty cell or a zero.
///
/// # Errors
/// The cell holds no stairwell.
pub(super) fn unit(cell: &str) -> Result<Option<Address>, Why> {
    let Some(text) = tidied(cell) else {
        return Ok(None);
    };
    let after = ["单元", "门", "号", "梯"];
    let bare = after.iter().find_map(|mark| text.strip_suffix(mark));
    let bare = bare.unwrap_or(&text).trim();
    let named = |name: String| {
        let unit = Some(name);
        Ok(Some(Address {
            unit,
            ..Address::default()
        }))
    };
    let chars = bare.chars().count();
    if chars > 0 && bare.chars().all(|c| c == '0') {
        return Ok(None);
    }
    if is_value(bare) {
        let has_digit = bare.bytes().any(|b| b.is_ascii_digit());
        if chars <= UNIT_DIGITS_MAX || (!has_digit && chars <= UNIT_CHARS_MAX) {
            return named(plain_name(bare));
        }
    } else if is_numeral(bare) {
        return named(plain_name(&format!("{bare}单元")));
    }
    let read = address::read(&Folded::new(&text), &Registry::default());
    if read.unit.is_some() {
        return Ok(Some(read));
    }
    if (1..=UNIT_CHARS_MAX).contains(&chars) && bare.chars().all(is_han) {
        return named(bare.to_owned());
    }
    Err(Why::UnreadableUnit { unit: shown(cell) })
}

/// The home, with whatever else the cell names. `building` is the plain name of the
/// building, if another cell tells it: in building B, `B501` is `501`.
///
/// # Errors
/// The cell holds no home, or several.
pub(super) fn home(cell: &str, building: Option<&str>) -> Result<Address, Why> {
    let text = tidied(cell).ok_or(Why::NoHome)?;
    let named = |name: String| Address {
        home: Some(name),
        ..Address::default()
    };
    let letter = building.filter(|name| name.len() == 1 && !name.starts_with(char::is_numeric));
    let behind_letter = || {
        let letter = letter?.to_ascii_lowercase();
        plain_home(text.strip_prefix(&letter)?.trim_start_matches('-'))
    };
    if let Some(home) = plain_home(&text).or_else(behind_letter) {
        return Ok(named(home));
    }
    // -101 and 负101 lie below the ground, and are not 101.
    let is_below = text.starts_with(['-', '负']) || text.starts_with("地下");
    let readable = if is_below { "" } else { &text };
    let told = address::in_name(&Folded::new(readable), &Registry::default(), building).found;
    if !told.doubts.is_empty() {
        return Err(Why::TwoHomes);
    }
    if told.address.home.is_some() {
        return Ok(told.address);
    }
    let name: String = text.chars().filter(|c| *c != ' ').collect();
    let has_number = name.contains(|c: char| ('1'..='9').contains(&c));
    let fits = |c: char| c.is_ascii_alphanumeric() || is_han(c) || c == '-';
    if has_number && name.chars().all(fits) && name.chars().count() <= HOME_CHARS_MAX {
        return Ok(named(name.to_ascii_uppercase()));
    }
    Err(Why::UnreadableHome { home: shown(cell) })
}

/// A cell in its folded form, without the signs around a number (`="501"` keeps Excel from
/// counting with it) and without the `.0` that programs add to it; nothing when it says
/// nothing.
fn tidied(cell: &str) -> Option<String> {
    if is_nobody(cell) {
        return None;
    }
    let folded = Folded::new(cell);
    let text = folded.text().trim();
    let text = text.strip_prefix("no.").unwrap_or(text);
    let text = text.trim_matches(['#', ' ', '\'', '"', '=']);
    let whole = text.strip_suffix(".0").filter(|number| is_value(number));
    Some(whole.unwrap_or(text).to_owned())
}

/// Digits and Latin letters.
fn is_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Chinese numerals.
fn is_numeral(text: &str) -> bool {
    !text.is_empty() && text.chars().all(numeral::is_numeral)
}
