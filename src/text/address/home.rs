//! The number of a home that stands by itself, as in a column of a list. Nothing here does
//! IO.

use super::numeral::{self, Numeral};
use super::value::Value;
use crate::text::fold::Folded;

/// What may stand before and after the number; the longer ones first.
#[rustfmt::skip]
const BEFORE: &[&str] = &["apartment", "apt.", "apt", "flat", "room", "rm.", "rm", "no.", "#", "房号", "室"];
const AFTER: &[&str] = &["房间", "号室", "号房", "室", "房", "户", "号"];

/// The longest mix of digits and letters.
const MIXED_BYTES_MAX: usize = 6;

/// The plain form of a home's number where nothing else stands: `501室`, `５０１`, `0501`
/// and `Apt 501` are `501`, `12a04` is `12A04`, `五零一` is `501`. Nothing where it has no
/// form in which residents write homes.
pub(crate) fn plain_home(written: &str) -> Option<String> {
    let folded = Folded::new(written);
    let text = folded.text().trim();
    let before = BEFORE.iter().find_map(|mark| text.strip_prefix(mark));
    let text = before.map_or(text, str::trim_start);
    let after = AFTER.iter().find_map(|mark| text.strip_suffix(mark));
    value(after.map_or(text, str::trim_end))?.marked_home()
}

/// A whole text as one number, letter or mix.
fn value(text: &str) -> Option<Value<'_>> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Value::Digits(text));
    }
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return match text.len() {
            1 => Some(Value::Letter(text)),
            2..=MIXED_BYTES_MAX => Some(Value::Mixed(text)),
            _ => None,
        };
    }
    if !text.chars().all(numeral::is_numeral) {
        return None;
    }
    match numeral::read(text) {
        Numeral::Number(number) => Some(Value::Numeral(number)),
        Numeral::Spelled => Some(Value::Spelled(text)),
        Numeral::Neither => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homes_that_stand_by_themselves() {
        for (written, home) in [
            ("501", Some("501")),
            (" ５０１ ", Some("501")),
            ("501室", Some("501")),
            ("501 号房", Some("501")),
            ("0501", Some("501")),
            ("#1204", Some("1204")),
            ("Apt. 12a04", Some("12A04")),
            ("Flat B", Some("B")),
            ("7", Some("7")),
            ("五零一", Some("501")),
            ("十二户", Some("12")),
            ("", None),
            ("室", None),
            ("0", None),
            ("12045", None),
            ("E02", None),
            ("2-501", None),
            ("王芳", None),
        ] {
            assert_eq!(plain_home(written).as_deref(), home, "{written:?}");
        }
    }
}
