//! The pieces of a text: each run of one, two and three characters, by a number. Nothing here does IO.

use super::WEIGHTS;
use crate::text::{alike::mixed, fold::Folded};

/// The longest piece, in characters.
const LONGEST: usize = 3;
/// Marks the beginning of a text.
const BEGINNING: u64 = 1;

/// Calls `take` with each piece of a text, once for each. Digits count as one character, since numbers differ from one
/// advert to the next.
pub(super) fn each(text: &Folded<'_>, mut take: impl FnMut(u16)) {
    let mut seen = [0_u64; WEIGHTS / 64];
    let mut last = [0, 0, BEGINNING];
    for c in text.text().chars() {
        let c = u64::from(u32::from(if c.is_ascii_digit() { '0' } else { c }));
        last = [last[1], last[2], c];
        let mut piece = 0;
        for length in 1..=LONGEST {
            let Some(part) = last.get(LONGEST - length).filter(|part| **part != 0) else {
                break;
            };
            piece = (piece << 21) | part;
            let place = mixed(piece ^ (length as u64) << 61) >> 48;
            let (word, bit) = ((place / 64) as usize, 1 << (place % 64));
            if seen[word] & bit == 0 {
                seen[word] |= bit;
                take(u16::try_from(place).unwrap_or_default());
            }
        }
    }
}
