//! The embedded fonts: which characters they have, and how wide a text is in them.
//!
//! Widths are sums of advances. Kerning is left out of the sum: it moves the end of a line by a few pixels at most.

#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

use skrifa::{
    FontRef, MetadataProvider as _,
    charmap::Charmap,
    raw::{TableProvider as _, tables::hmtx::Hmtx},
};

/// The family name of both fonts.
pub const FAMILY: &str = "Noto Sans CJK SC";

/// The regular font, as an OpenType file.
pub static REGULAR: &[u8] = include_bytes!("fonts/regular.otf");

/// The bold font, as an OpenType file.
pub static BOLD: &[u8] = include_bytes!("fonts/bold.otf");

/// Units of the fonts' design to one em.
const EM: u32 = 1000;

/// The most characters of a text that are looked at. No line of the picture has room for as many.
const LONGEST: usize = 200;

/// Stands for a character that the fonts lack.
const SUBSTITUTE: char = '〓';

/// Stands for the rest of a shortened text.
const ELLIPSIS: char = '…';

/// Which of the two fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

impl Weight {
    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Bold => BOLD,
        }
    }
}

/// A text that is ready to be drawn on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Only characters that the fonts have. Not escaped.
    pub text: String,
    pub weight: Weight,
    /// The size of the font in pixels.
    pub size: u32,
    /// The width in pixels.
    pub width: u32,
}

/// The characters of `text` that the fonts lack, each once, in the order in which they come. They are drawn as `〓`.
/// Spaces, controls and marks without a shape of their own do not count.
#[must_use]
pub fn lacks(text: &str) -> Vec<char> {
    let Some(font) = Font::of(Weight::Regular) else {
        return Vec::new();
    };
    let mut lacking = Vec::new();
    for character in text.chars() {
        let drawn = !is_space(character) && !is_shapeless(character);
        if drawn && font.advance(character).is_none() && !lacking.contains(&character) {
            lacking.push(character);
        }
    }
    lacking
}

/// The text on one line of at most `width` pixels: in the largest of the `sizes` in which all of it fits, otherwise in
/// the smallest and shortened with an ellipsis. The line is empty where not even the ellipsis has room.
#[must_use]
pub fn fit(text: &str, weight: Weight, sizes: RangeInclusive<u32>, width: u32) -> Line {
    let smallest = *sizes.start();
    let Some(font) = Font::of(weight) else {
        return Line::empty(weight, smallest);
    };
    let text = font.drawable(text);
    let units = font.units(&text);
    let size = sizes
        .rev()
        .find(|size| pixels(units, *size) <= width)
        .unwrap_or(smallest);
    let text = font.shorten(text, size, width);
    let width = pixels(font.units(&text), size);
    Line {
        text,
        weight,
        size,
        width,
    }
}

impl Line {
    fn empty(weight: Weight, size: u32) -> Self {
        Self {
            text: String::new(),
            weight,
            size,
            width: 0,
        }
    }
}

/// The two tables of a font that say how wide its characters are.
struct Font {
    charmap: Charmap<'static>,
    advances: Hmtx<'static>,
}

impl Font {
    /// None where the embedded bytes are no font, which a test rules out.
    fn of(weight: Weight) -> Option<Self> {
        let font = FontRef::new(weight.bytes()).ok()?;
        Some(Self {
            charmap: font.charmap(),
            advances: font.hmtx().ok()?,
        })
    }

    /// In units of the design. None where the font lacks the character.
    fn advance(&self, character: char) -> Option<u32> {
        let glyph = self.charmap.map(character)?;
        self.advances.advance(glyph).map(u32::from)
    }

    /// In units of the design.
    fn units(&self, text: &str) -> u32 {
        text.chars()
            .map(|character| self.advance(character).unwrap_or(EM))
            .sum()
    }

    /// The text without what cannot be drawn: runs of spaces and controls become one space, lacking characters the
    /// substitute. Cut off after `LONGEST` characters.
    fn drawable(&self, text: &str) -> String {
        let mut line = String::new();
        let shaped = text.chars().filter(|character| !is_shapeless(*character));
        for character in shaped.take(LONGEST) {
            if !is_space(character) {
                let has = self.advance(character).is_some();
                line.push(if has { character } else { SUBSTITUTE });
            } else if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        }
        line.truncate(line.trim_end().len());
        line
    }

    /// The longest beginning of the text that fits with an ellipsis, or the whole text where that fits.
    fn shorten(&self, text: String, size: u32, width: u32) -> String {
        if pixels(self.units(&text), size) <= width {
            return text;
        }
        let mut units = self.advance(ELLIPSIS).unwrap_or(EM);
        let mut short = String::new();
        if pixels(units, size) > width {
            return short;
        }
        for character in text.chars() {
            units += self.advance(character).unwrap_or(EM);
            if pixels(units, size) > width {
                break;
            }
            short.push(character);
        }
        short.truncate(short.trim_end().len());
        short.push(ELLIPSIS);
        short
    }
}

/// The width in pixels, rounded up, of so many units of the design in a font of that size.
fn pixels(units: u32, size: u32) -> u32 {
    units.saturating_mul(size).div_ceil(EM)
}

fn is_space(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

/// Whether the character only tells how others are to be drawn: joiners, marks of direction, variation selectors, tags.
fn is_shapeless(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}
