//! One-time codes for homes: made, shown and read again. Nothing here does IO.
//!
//! A code is printed on a slip for each home, as `K7QM-4TXW`. Whoever sends it shows that
//! the slip of that home is in their hands. It is drawn from a seed that nobody knows, for a
//! home and a round; whoever draws it keeps which code is whose.
//!
//! There are 25 signs. Left out are those that look alike when printed (0 and O; 1, I and L;
//! U and V; 5 and S), and the vowels with Y, so that no code spells a word. Seven signs are
//! drawn; the eighth is made of them, so that a typing error can be told from a wrong code.
//! Every code has a letter and a digit, so that no telephone number or word is one.
//!
//! That leaves 5,823,814,238 codes: 32.4 bits. Even where a code may be that of any of a
//! thousand homes, one guess in five million is right, and ten tries a day for a year
//! succeed with a chance of less than one in a thousand. So the caller must limit the tries.

mod typed;

#[cfg(test)]
mod tests;

use std::fmt;

use hmac::{Hmac, Mac};
use sha2::Sha256;

pub use typed::{Typed, tidy};

/// The signs of codes. The check needs an odd number of them.
const SIGNS: &[u8; SIGN_COUNT] = b"23456789BCDFGHJKMNPQRTWXZ";
const SIGN_COUNT: usize = 25;

/// The signs of a code, of which the last one is the check.
const LENGTH: usize = 8;
const DRAWN: usize = LENGTH - 1;

/// How many signs stand in each of the two groups.
const GROUP: usize = 4;

/// What keeps these codes apart from anything else that is made from the same seed.
const PURPOSE: &[u8] = b"linli home code 1";

/// The bytes that HMAC-SHA256 works on at a time.
const BLOCK_BYTES: usize = 64;

/// A code whose check is right. The debug form hides it, as it must not come into logs.
/// Written out it is `K7QM-4TXW`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code([u8; LENGTH]);

impl Code {
    /// The code of these signs, if it is one.
    fn new(signs: [u8; LENGTH]) -> Option<Self> {
        let values = places(&signs)?;
        (check(&values) == 0 && is_mixed(&signs)).then_some(Self(signs))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, sign) in self.0.iter().enumerate() {
            if at == GROUP {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*sign))?;
        }
        Ok(())
    }
}

/// The code of a home in a round: the same for the same arguments, and not to be guessed
/// without the seed. Two homes may, very rarely, have one code: the caller goes on to the
/// next round then.
#[must_use]
pub fn code(seed: &[u8; 32], home: &str, round: u32) -> Code {
    // HMAC itself fills a short key with zeros up to a whole block.
    let mut key = [0; BLOCK_BYTES];
    key[..seed.len()].copy_from_slice(seed);
    // Five draws in a hundred lack a letter or a digit, so the loop ends soon.
    let mut attempt: u32 = 0;
    loop {
        let mut mac = Hmac::<Sha256>::new((&key).into());
        mac.update(PURPOSE);
        mac.update(&round.to_be_bytes());
        mac.update(&attempt.to_be_bytes());
        mac.update(home.as_bytes());
        let bytes: [u8; 32] = mac.finalize().into_bytes().into();
        if let Some(code) = draw(&bytes) {
            return code;
        }
        attempt = attempt.wrapping_add(1);
    }
}

/// The code that a random number makes, if it has a letter and a digit.
fn draw(bytes: &[u8; 32]) -> Option<Code> {
    // The first sixteen bytes are so much more than seven signs need that each of the signs
    // is as likely as the others, but for one part in 10²⁸.
    let half = bytes.first_chunk::<16>().copied()?;
    let mut number = u128::from_be_bytes(half);
    let mut values = [0; LENGTH];
    for value in &mut values[..DRAWN] {
        *value = usize::try_from(number % SIGN_COUNT as u128).ok()?;
        number /= SIGN_COUNT as u128;
    }
    values[DRAWN] = (SIGN_COUNT - check(&values)) % SIGN_COUNT;
    Code::new(values.map(|value| SIGNS[value]))
}

/// Zero if the last sign fits the others. Each sign counts twice as much as the one after
/// it, modulo 25. What it counts is a power of two, and so is the difference between two
/// neighbours; as no power of two has a factor in common with 25, every changed sign and
/// every exchange of neighbours changes the sum.
fn check(values: &[usize; LENGTH]) -> usize {
    let sum = |sum, value: &usize| (2 * sum + value) % SIGN_COUNT;
    values.iter().fold(0, sum)
}

/// The places of signs in the alphabet; nothing when one is not in it.
fn places(signs: &[u8; LENGTH]) -> Option<[usize; LENGTH]> {
    let mut values = [0; LENGTH];
    for (value, sign) in values.iter_mut().zip(signs) {
        *value = SIGNS.iter().position(|known| known == sign)?;
    }
    Some(values)
}

/// Whether there are both letters and digits.
fn is_mixed(signs: &[u8; LENGTH]) -> bool {
    signs.iter().any(u8::is_ascii_digit) && signs.iter().any(u8::is_ascii_alphabetic)
}
