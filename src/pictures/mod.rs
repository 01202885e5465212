//! What a picture holds for whoever points a telephone at it: the texts of its QR codes. Pure, and slow: not for the
//! engine's thread.
//!
//! Pictures come from strangers. What a file says of its size is looked at before anything of it is unpacked, and what is
//! unpacked has a bound. A code is looked for in the picture as it is, and in smaller ones made of it, since a photo is
//! sharper than its codes; each with a bound for the work.

mod bounded;
mod grey;

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use image::{DynamicImage, ImageReader, Limits};
use thiserror::Error;

use bounded::{Bounded, Budget};
use grey::Grey;

/// Bytes of a file that is looked at.
pub const BYTES_MAX: usize = 12 * 1024 * 1024;
/// Pixels of a picture that is looked at: more than telephones take, unless they are asked to.
pub const PIXELS_MAX: u64 = 26_000_000;
/// Bytes that unpacking a picture may take: four for each pixel, and as much for the work.
const UNPACKED_BYTES_MAX: u64 = 8 * PIXELS_MAX;
/// Codes of a picture that are read.
const CODES_MAX: usize = 20;
/// Pixels of the shorter side of a picture that can hold a code: the smallest has so many modules (ISO/IEC 18004).
const SIDE_MIN: usize = 21;
/// Characters of a code that are kept.
const CODE_CHARS_MAX: usize = 1_000;
/// The longer sides of the pictures that are made smaller to be looked at, in the order in which they are.
const SIDES: [u32; 3] = [800, 1_600, 3_200];

/// Why a picture is not looked at.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    #[error("it has {0} bytes; at most {BYTES_MAX} are looked at")]
    Bytes(usize),
    #[error("it has {0} pixels; at most {PIXELS_MAX} are looked at")]
    Pixels(u64),
    #[error("it is no picture that can be read: {0}")]
    Unreadable(String),
}

/// The texts of the QR codes in a picture: PNG, JPEG, GIF (its first image), WebP or BMP.
///
/// # Errors
/// Why it is not looked at.
pub fn codes(bytes: &[u8]) -> Result<Vec<String>, Refused> {
    if bytes.len() > BYTES_MAX {
        return Err(Refused::Bytes(bytes.len()));
    }
    let picture = unpacked(bytes)?;
    let whole = Grey::of(&picture);
    drop(picture);
    Ok(looked_through(&whole))
}

fn unpacked(bytes: &[u8]) -> Result<DynamicImage, Refused> {
    let unreadable = |error: &dyn std::fmt::Display| Refused::Unreadable(error.to_string());
    let reader = || {
        let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
        reader.map_err(|error| unreadable(&error))
    };
    let measured = catch_unwind(AssertUnwindSafe(|| {
        reader()?
            .into_dimensions()
            .map_err(|error| unreadable(&error))
    }));
    let (width, height) = measured.map_err(|_| unreadable(&"its reader stumbled"))??;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > PIXELS_MAX {
        return Err(Refused::Pixels(pixels));
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(UNPACKED_BYTES_MAX);
    let mut reader = reader()?;
    reader.limits(limits);
    let unpacked = catch_unwind(AssertUnwindSafe(|| reader.decode()));
    let unpacked = unpacked.map_err(|_| unreadable(&"its reader stumbled"))?;
    unpacked.map_err(|error| unreadable(&error))
}

/// Looks through a picture in several sizes, until one has shown something: what is there is there in each of them.
fn looked_through(whole: &Grey) -> Vec<String> {
    let mut found = BTreeSet::new();
    let budget = Budget::default();
    for side in SIDES {
        let smaller = whole.no_longer_than(side);
        let is_whole = smaller.is_none();
        let looked_at = smaller.as_ref().unwrap_or(whole);
        look(looked_at, &budget, &mut found);
        if found.is_empty() {
            look(&looked_at.inverted(), &budget, &mut found);
        }
        if is_whole || found.len() >= CODES_MAX || budget.is_spent() {
            break;
        }
    }
    found.into_iter().take(CODES_MAX).collect()
}

fn look(picture: &Grey, budget: &Budget, found: &mut BTreeSet<String>) {
    let (width, height) = picture.size();
    if width.min(height) < SIDE_MIN {
        return;
    }
    let Some(bounded) = Bounded::new(picture, budget) else {
        return;
    };
    // The reader is careful, but it is fed by strangers: whatever it stumbles over, or takes too long for, is no code.
    let looked = catch_unwind(AssertUnwindSafe(|| {
        let mut prepared = rqrr::PreparedImage::prepare(bounded);
        for grid in prepared.detect_grids() {
            if let Ok((_, text)) = grid.decode() {
                found.insert(text.chars().take(CODE_CHARS_MAX).collect());
            }
        }
    }));
    // What was found so far counts.
    drop(looked);
}
