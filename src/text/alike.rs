//! Whether two texts are nearly the same: a sketch of each, small enough to be kept. Nothing here does IO.
//!
//! The sketch is a MinHash of the three-character pieces of the folded text: each piece falls into one of sixteen boxes,
//! of which the least number is kept (P. Li et al., "One permutation hashing", 2012). The share of boxes that agree
//! estimates the share of pieces that the texts have in common. Digits count as one character, so that the same advert
//! with another number is the same advert.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::fold::Folded;

/// Boxes of a sketch: with these the estimate is off by a tenth on average.
pub const BOXES: usize = 16;
/// Characters in a piece.
const PIECE: usize = 3;

/// What an empty box holds.
const EMPTY: u32 = u32::MAX;

/// What is kept of a text to compare it with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch([u32; BOXES]);

impl Sketch {
    /// The sketch of a text; None where it is too short to be compared with anything.
    #[must_use]
    pub fn of(text: &Folded<'_>) -> Option<Self> {
        let squeezed = text.squeezed();
        let mut last = [0_u64; PIECE];
        let (mut numbers, mut seen) = ([EMPTY; BOXES], 0);
        for c in squeezed.text().chars().filter(|c| c.is_alphanumeric()) {
            last.rotate_left(1);
            last[PIECE - 1] = u64::from(u32::from(if c.is_ascii_digit() { '0' } else { c }));
            seen += 1;
            if seen >= PIECE {
                let piece = mixed(last.iter().fold(0, |all, c| (all << 21) | c));
                let number = &mut numbers[(piece >> 60) as usize];
                *number = (*number).min(u32::try_from(piece & 0xFFFF_FFFE).unwrap_or(EMPTY));
            }
        }
        (seen >= PIECE).then_some(Self(numbers))
    }

    /// The estimated share of pieces that two texts have in common: so many of [`BOXES`].
    #[must_use]
    pub fn likeness(&self, other: &Self) -> usize {
        let pairs = || {
            self.0
                .iter()
                .zip(&other.0)
                .filter(|(one, two)| **one != EMPTY || **two != EMPTY)
        };
        let same = pairs().filter(|(one, two)| one == two).count();
        same * BOXES / pairs().count().max(1)
    }

    /// The sketch in eight bytes, for those who keep many: four bits a box, none of them set where it is empty.
    #[must_use]
    pub fn brief(&self) -> Brief {
        let bits = self.0.iter().fold(0_u64, |all, number| {
            let own = if *number == EMPTY {
                0
            } else {
                1 + (number >> 1) % 15
            };
            (all << 4) | u64::from(own)
        });
        Brief(bits)
    }

    /// Keys of which texts that are nearly the same share at least one, most likely.
    pub fn keys(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        let pairs = self.0.chunks_exact(2).enumerate();
        let filled = pairs.filter(|(_, pair)| pair.iter().any(|number| *number != EMPTY));
        filled.map(|(band, pair)| (band, u64::from(pair[0]) << 32 | u64::from(pair[1])))
    }
}

/// A [`Sketch`] in eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief(u64);

impl Brief {
    /// True where two texts are nearly the same: the same advert, with another number perhaps.
    #[must_use]
    pub fn is_like(self, other: Self) -> bool {
        /// So many of [`BOXES`].
        const ENOUGH: usize = 13;
        let boxes = |bits: u64| (0..BOXES).map(move |at| (bits >> (4 * at)) & 0xF);
        let pairs = || boxes(self.0).zip(boxes(other.0));
        let filled = pairs().filter(|(one, two)| *one != 0 || *two != 0).count();
        let same = pairs().filter(|(one, two)| one == two && *one != 0).count();
        filled > 0 && same * BOXES >= ENOUGH * filled
    }
}

/// Sixteen hexadecimal digits.
impl fmt::Display for Brief {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What a text is known by: the same for texts that differ only in what folding takes away.
#[must_use]
pub fn name_of(text: &Folded<'_>) -> String {
    let sum = Sha256::digest(text.squeezed().text().as_bytes());
    sum.iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Spreads the bits of a number over all its bits (the finalizer of SplitMix64).
pub(super) fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, two: &str) -> usize {
        let sketch = |text| Sketch::of(&Folded::new(text)).unwrap();
        sketch(one).likeness(&sketch(two))
    }

    fn brief(text: &str) -> Brief {
        Sketch::of(&Folded::new(text)).unwrap().brief()
    }

    #[test]
    fn briefs_of_different_texts_differ_and_names_are_of_what_is_said() {
        let texts: Vec<&str> = include_str!("spam/tests/residents.txt")
            .lines()
            .take(400)
            .collect();
        let long = texts.iter().filter(|text| text.chars().count() >= 12);
        let briefs: Vec<(&&str, Brief)> = long.map(|text| (text, brief(text))).collect();
        let mut like = Vec::new();
        for (at, (one, sketch)) in briefs.iter().enumerate() {
            let others = briefs[at + 1..].iter();
            let others = others.filter(|(_, other)| sketch.is_like(*other));
            like.extend(others.map(|(two, _)| (one, two)));
        }
        // Neighbours who vote in a list write nearly the same, too.
        assert!(like.len() <= 3, "{like:?}");
        let name = |text| name_of(&Folded::new(text));
        assert_eq!(name("加薇 ＡＢＣ123"), name("加 薇 abc123"));
        assert_ne!(name("加薇 abc123"), name("加薇 abc124"));
    }

    #[test]
    fn the_same_advert_is_the_same_however_it_is_dressed() {
        let advert = "专业代开各类发票,真实可查,先开票后付款,加微信abc12345";
        for other in [
            "专业代开各类发票，真实可查，先开票后付款，加微信abc12345",
            "专 业 代 开 各 类 发 票，真实可查！先开票后付款！加微信abc98765",
            "【专业代开各类发票】真实可查 先开票后付款 加微信abc12345🔥🔥",
        ] {
            assert!(likeness(advert, other) > 12, "{other}");
            assert!(brief(advert).is_like(brief(other)), "{other}");
        }
        assert!(
            likeness(
                advert,
                "3号楼2单元电梯又坏了,麻烦物业尽快来修一下,老人上下楼不方便"
            ) < 4
        );
        assert!(likeness(advert, "物业公司代收各类快递,先登记后领取,请带好证件") < 7);
    }

    #[test]
    fn short_texts_are_compared_with_nothing() {
        assert_eq!(Sketch::of(&Folded::new("好的")), None);
        assert_eq!(Sketch::of(&Folded::new("👍👍👍👍")), None);
        assert!(Sketch::of(&Folded::new("收到了")).is_some());
    }
}
