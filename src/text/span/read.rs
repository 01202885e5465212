//! Reading a length of time from folded text. Nothing here does IO.

use super::units;
use crate::text::address::numeral::{self, Numeral};
use crate::text::border::ends_at;
use crate::text::fold::Folded;
use crate::text::words::is_han;

/// A longer number is a phone number or the like; a year has 525,600 minutes.
const DIGITS_MAX: usize = 6;
/// Digits behind the point.
const DECIMALS_MAX: usize = 3;
/// `1d 2h 3m 4s` has four parts.
const PARTS_MAX: usize = 4;

/// Words for a length without an end.
#[rustfmt::skip]
const FOREVER: &[&str] = &[
    "permanently", "permanent", "forever", "perm", "永久", "永远", "永遠", "无限期",
    "無限期", "终身", "終身",
];
/// Words that make what stands before them a moment or an age.
#[rustfmt::skip]
const NOT_LENGTHS: &[&str] = &[
    "ago", "old", "late", "later", "early", "earlier", "before", "after", "in a row",
];

/// A length at the start of a text.
pub(super) struct Length {
    /// Milliseconds, zero among them; nothing for forever.
    pub ms: Option<i64>,
    /// The byte of the folded text at which it ends.
    pub end: usize,
}

/// A number and a unit.
struct Part {
    ms: i64,
    unit_ms: i64,
    end: usize,
}

/// A number in thousandths, and where it ends.
struct Count {
    thousandths: i64,
    end: usize,
    /// Whether it is written in Arabic digits.
    is_arabic: bool,
}

/// The length of time at the start of a folded text: the longest run of parts, each in a
/// smaller unit than the one before, that ends where a word ends.
pub(super) fn length(folded: &Folded) -> Option<Length> {
    let text = folded.text();
    let start = text.len() - text.trim_start().len();
    if let Some(word) = FOREVER
        .iter()
        .find(|word| text[start..].starts_with(**word))
    {
        let end = start + word.len();
        return ends_at(text, end).then_some(Length { ms: None, end });
    }
    let (mut total, mut smallest, mut at) = (0_i64, i64::MAX, start);
    let mut longest = None;
    for _ in 0..PARTS_MAX {
        let Some(part) = part(folded, at).filter(|part| part.unit_ms < smallest) else {
            break;
        };
        total = total.saturating_add(part.ms);
        if ends_at(text, part.end) && !is_moment(&text[part.end..]) {
            let (ms, end) = (Some(total), part.end);
            longest = Some(Length { ms, end });
        }
        (smallest, at) = (part.unit_ms, after_joint(text, part.end));
    }
    longest
}

/// Whether what follows a length makes it a moment or an age: `2 days ago`.
fn is_moment(rest: &str) -> bool {
    let rest = rest.trim_start();
    NOT_LENGTHS
        .iter()
        .any(|word| rest.starts_with(word) && ends_at(rest, word.len()))
}

/// Where the next part of a length would start.
fn after_joint(text: &str, at: usize) -> usize {
    let joint = [", and ", " and ", ", ", ",", " ", "零", "又"]
        .into_iter()
        .find(|joint| text[at..].starts_with(joint));
    at + joint.map_or(0, str::len)
}

fn part(folded: &Folded, at: usize) -> Option<Part> {
    let text = folded.text();
    let count = count(text, at)?;
    let unit_at = count.end + usize::from(text[count.end..].starts_with(' '));
    let rest = &text[unit_at..];
    if rest.starts_with(is_han) {
        return han_part(text, &count, at, unit_at);
    }
    let word = &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()];
    let end = unit_at + word.len();
    // 100M is how fast a line is, and 3D is a picture.
    let is_other =
        matches!(word, "m" | "d") && folded.as_written(unit_at..end).contains(char::is_uppercase);
    let unit_ms = units::latin(word).filter(|_| count.is_arabic && !is_other)?;
    let ms = count.thousandths * (unit_ms / 1000);
    Some(Part { ms, unit_ms, end })
}

/// A part in Chinese, perhaps with a half behind 个 (一个半小时) or behind the unit (两天半).
fn han_part(text: &str, count: &Count, at: usize, mut unit_at: usize) -> Option<Part> {
    let mut thousandths = count.thousandths;
    let takes_half = thousandths % 1000 == 0;
    let measured = text[unit_at..].starts_with('个');
    unit_at += if measured { '个'.len_utf8() } else { 0 };
    if measured && takes_half && text[unit_at..].starts_with('半') {
        unit_at += '半'.len_utf8();
        thousandths += 500;
    }
    let unit = units::han(&text[unit_at..]).filter(|unit| unit.fits(measured))?;
    let mut end = unit_at + unit.word.len();
    let is_date = unit.word == "年" && count.is_arabic && thousandths >= 1_000_000;
    // 十分 says "very".
    if is_date || &text[at..end] == "十分" {
        return None;
    }
    let after_half = end + '半'.len_utf8();
    let half_follows = takes_half && text[end..].starts_with('半');
    if half_follows && ends_at(text, after_half) {
        end = after_half;
        thousandths += 500;
    }
    let ms = thousandths * (unit.ms / 1000);
    let unit_ms = unit.ms;
    Some(Part { ms, unit_ms, end })
}

/// The number at a byte of the text: `2`, `1.5`, 十二, 两, 半.
fn count(text: &str, at: usize) -> Option<Count> {
    let rest = &text[at..];
    let whole = digits(rest);
    if whole.is_empty() {
        return han_count(rest, at);
    }
    let after = &rest[whole.len()..];
    let decimals = digits(after.strip_prefix('.').unwrap_or_default());
    if whole.len() > DIGITS_MAX || decimals.len() > DECIMALS_MAX {
        return None;
    }
    let point = usize::from(!decimals.is_empty());
    Some(Count {
        thousandths: format!("{whole}{decimals:0<3}").parse().ok()?,
        end: at + whole.len() + point + decimals.len(),
        is_arabic: true,
    })
}

fn han_count(rest: &str, at: usize) -> Option<Count> {
    let of = |thousandths: i64, len: usize| Count {
        thousandths,
        end: at + len,
        is_arabic: false,
    };
    if rest.starts_with('半') {
        return Some(of(500, '半'.len_utf8()));
    }
    let run = &rest[..rest.find(|c| !numeral::is_numeral(c)).unwrap_or(rest.len())];
    // Two of something is 两, and two hundred is 两百; 十两 and 两三 are no numbers.
    let plain = match run.strip_prefix('两') {
        Some("") => "二".to_owned(),
        Some(more) if more.starts_with(['百', '佰']) => format!("二{more}"),
        Some(_) => return None,
        None => run.to_owned(),
    };
    match numeral::read(&plain) {
        Numeral::Number(number) => Some(of(i64::from(number) * 1000, run.len())),
        Numeral::Spelled | Numeral::Neither => None,
    }
}

fn digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}
