//! Filling an address from where and by whom a message was written. Nothing here does IO.

use super::Surroundings;
use crate::text::address::{self, Address, Found, Part};
use crate::text::fold::Folded;
use crate::text::place::Place;
use crate::text::words::is_han;

/// Completes what a text says about an address. The building comes from the room; phase,
/// unit and home come from the sender's name, unless that contradicts the text or the
/// matter is in a public place. What the text leaves in doubt stays open.
pub(super) fn fill(
    text: &Folded,
    found: &Found,
    place: Option<Place>,
    is_public: bool,
    around: &Surroundings,
) -> Address {
    let mut filled = found.clone();
    let mut room = around.building.map(address::of_room).unwrap_or_default();
    let fits_room = found.address.building.is_none()
        && !found.is_doubtful(Part::Building)
        && !found.is_doubtful(Part::Phase);
    if fits_room && agrees(found.address.phase.as_ref(), room.phase.as_ref()) {
        filled.address.building.clone_from(&room.building);
        if filled.address.phase.is_none() {
            filled.address.phase = room.phase.take();
        }
    }
    if let Some(sender) = around.sender.filter(|_| !is_public) {
        let sender = address::from_name(sender, around.registry);
        let at_home = place.is_some();
        if may_be_theirs(text, &filled, &sender, &room, at_home) {
            take_home(&mut filled.address, &sender);
        }
    }
    around.registry.check(&mut filled);
    filled.address
}

fn take_home(address: &mut Address, sender: &Address) {
    for (mine, theirs) in [
        (&mut address.phase, &sender.phase),
        (&mut address.building, &sender.building),
        (&mut address.unit, &sender.unit),
        (&mut address.home, &sender.home),
    ] {
        if mine.is_none() {
            mine.clone_from(theirs);
        }
    }
}

/// Whether the place a message is about can be the sender's home.
fn may_be_theirs(
    text: &Folded,
    found: &Found,
    sender: &Address,
    room: &Address,
    at_home: bool,
) -> bool {
    let Some(home) = &sender.home else {
        return false;
    };
    let said = &found.address;
    if !found.doubts.is_empty() {
        return false;
    }
    // A name without a building means the building of the room, and of that one only.
    let building = sender.building.as_ref().or(room.building.as_ref());
    let same_building = match (&said.building, building) {
        (Some(said), Some(theirs)) => said == theirs,
        (Some(_), None) => false,
        (None, _) => true,
    };
    let floor = address::floor_of(home).map(|floor| floor.to_string());
    same_building
        && agrees(said.phase.as_ref(), sender.phase.as_ref())
        && agrees(said.unit.as_ref(), sender.unit.as_ref())
        && agrees(said.home.as_ref(), Some(home))
        && (said.floor.is_none() || said.floor == floor)
        && (at_home || said.home.is_some() || !names_other_home(text, home))
}

/// Whether two parts can be the same: one of them may be missing.
fn agrees(one: Option<&String>, other: Option<&String>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// Whether the text speaks of another home by its bare number (昨天报的302漏水). Too little
/// to be an address, but enough not to send somebody to the sender's.
fn names_other_home(text: &Folded, own: &str) -> bool {
    let text = text.text();
    let mut from = 0;
    while let Some(start) = text[from..]
        .find(|c: char| c.is_ascii_digit())
        .map(|at| from + at)
    {
        let len = text[start..]
            .bytes()
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        from = start + len;
        let number = &text[start..from];
        let (before, after) = (&text[..start], &text[from..]);
        if is_home_like(number)
            && !number.eq_ignore_ascii_case(own)
            && opens(before)
            && goes_on_as_home(after)
        {
            return true;
        }
    }
    false
}

fn is_home_like(number: &str) -> bool {
    matches!(number.len(), 3 | 4)
        && number.bytes().all(|b| b.is_ascii_digit())
        && !number.starts_with('0')
        && !number.ends_with("00")
        && !address::is_year(number)
}

/// What can stand before a home that is named by its number alone. A neighbour's number
/// (楼上602) says nothing against the sender's own.
fn opens(before: &str) -> bool {
    const WORDS: &[&str] = &["的", "是", "在", "住", "报", "修", "到", "-", "诉"];
    match before.chars().next_back() {
        None => true,
        Some(c) => {
            !c.is_alphanumeric() && c != '.' && c != ':' && c != '¥'
                || WORDS.iter().any(|w| before.ends_with(w))
        }
    }
}

fn goes_on_as_home(after: &str) -> bool {
    let Some(next) = after.trim_start().chars().next() else {
        return true;
    };
    is_han(next) && !address::counts(after)
}
