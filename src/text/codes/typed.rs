//! Finding a code in what somebody typed. Nothing here does IO.

use super::{Code, LENGTH, is_mixed, places};
use crate::text::fold::Folded;
use crate::text::words::is_han;

/// What a message holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A code, of some home or of none.
    Code(Code),
    /// What has the form of a code but cannot be one: a sign was mistyped.
    Mistyped,
    /// Nothing of that form.
    NoCode,
}

/// The groups in which codes are typed: as printed, in one piece, in pairs, or one by one.
const SHAPES: [&[usize]; 4] = [&[4, 4], &[8], &[2, 2, 2, 2], &[1; 8]];
/// Those in which other things hardly come. In pairs come measures as well: 23 cm 48 mm.
const CERTAIN: usize = 2;

/// The most signs between two groups, as in `K7QM - 4TXW`.
const GAP_CHARS_MAX: usize = 3;

/// A run of letters and digits in a folded text.
struct Group<'t> {
    text: &'t str,
    /// What stands between the run before and this one.
    gap: &'t str,
}

/// Looks for a code in a message. Capitals, width, the kind of dashes and spaces, and the
/// words around it do not count; an S stands for the 5 that it was read from. Of several
/// codes the first is meant; what is mistyped counts only where there is no code.
#[must_use]
pub fn tidy(typed: &str) -> Typed {
    let folded = Folded::new(typed);
    let groups = groups(folded.text());
    let mut found = Typed::NoCode;
    for at in 0..groups.len() {
        for (kind, shape) in SHAPES.into_iter().enumerate() {
            let Some(signs) = signs(&groups, at, shape) else {
                continue;
            };
            match Code::new(signs) {
                Some(code) => return Typed::Code(code),
                None if kind < CERTAIN => found = Typed::Mistyped,
                None => {}
            }
        }
    }
    found
}

/// The runs of letters and digits of any script but Chinese.
fn groups(text: &str) -> Vec<Group<'_>> {
    let is_inside = |c: char| c.is_alphanumeric() && !is_han(c);
    let mut groups = Vec::new();
    let mut end = 0;
    while let Some(start) = text[end..].find(is_inside).map(|skipped| end + skipped) {
        let len = text[start..].find(|c| !is_inside(c));
        let next = len.map_or(text.len(), |len| start + len);
        groups.push(Group {
            text: &text[start..next],
            gap: &text[end..start],
        });
        end = next;
    }
    groups
}

/// The signs of the groups that start here, if they have this shape and could be a code.
fn signs(groups: &[Group], at: usize, shape: &[usize]) -> Option<[u8; LENGTH]> {
    let own = groups.get(at..at + shape.len())?;
    let fits = own
        .iter()
        .zip(shape)
        .all(|(group, len)| group.text.len() == *len);
    let joined = own.iter().skip(1).all(|group| is_joint(group.gap));
    // The number of some thing goes on before or after: AB12-K7QM-4TXW.
    let first = own.first().filter(|_| at > 0);
    let next = groups.get(at + shape.len());
    let goes_on = [first, next]
        .into_iter()
        .flatten()
        .any(|group| matches!(group.gap.trim(), "-" | "/" | "_"));
    if !fits || !joined || goes_on {
        return None;
    }
    let text: String = own
        .iter()
        .map(|group| group.text.to_ascii_uppercase())
        .collect();
    let signs: [u8; LENGTH] = text.into_bytes().try_into().ok()?;
    // Before S becomes 5, so that no word gets a digit in this way.
    let has_form = is_mixed(&signs);
    let signs = signs.map(|sign| if sign == b'S' { b'5' } else { sign });
    (has_form && places(&signs).is_some()).then_some(signs)
}

/// Whether a gap joins two groups.
fn is_joint(gap: &str) -> bool {
    let joins = |c: char| matches!(c, ' ' | '-' | '_' | '.' | '·' | '~');
    gap.chars().count() <= GAP_CHARS_MAX && gap.chars().all(joins)
}
