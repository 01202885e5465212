//! Characters, words and numbers, whatever width and script they are in, and minutes of a day.

use std::ops::Range;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use regex::Captures;

use super::words::{COUNTS, DIGITS, TRADITIONAL};

/// How much of a text is looked at, in characters. What follows is ignored.
pub(super) const MAX_CHARS: usize = 2_000;
pub(super) const HOUR: i64 = 60;
pub(super) const DAY: i64 = 24 * HOUR;

/// A text in plain characters, one for one, and the byte in the original of each of its bytes.
pub(super) struct Plain {
    pub(super) text: String,
    bytes: Vec<usize>,
}

impl Plain {
    pub(super) fn new(original: &str) -> Self {
        let (mut text, mut bytes, mut end) = (String::new(), Vec::new(), 0);
        for (at, c) in original.char_indices().take(MAX_CHARS) {
            text.push(plain(c));
            bytes.resize(text.len(), at);
            end = at + c.len_utf8();
        }
        bytes.push(end);
        Self { text, bytes }
    }

    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        let byte = |at: usize| self.bytes.get(at).copied().unwrap_or_default();
        byte(range.start)..byte(range.end)
    }
}

pub(super) fn plain(c: char) -> char {
    let [traditional, simplified] = TRADITIONAL;
    match c {
        '～' | '—' | '–' | '−' | '~' => '-',
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(c) - 0xFEE0).map_or(c, |narrow| narrow.to_ascii_lowercase())
        }
        '\u{3000}' | '\u{A0}' | '\t' => ' ',
        '’' => '\'',
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => traditional
            .chars()
            .zip(simplified.chars())
            .find(|(from, _)| *from == c)
            .map_or(c, |(_, to)| to),
    }
}

/// Whether a time may start with this character behind that text: in no word, number or address.
pub(super) fn may_start(before: &str, c: char) -> bool {
    let mut back = before.chars().rev();
    let Some(last) = back.next() else {
        return true;
    };
    if !is_numeral(c) {
        return !(c.is_ascii_alphanumeric() && last.is_ascii_alphanumeric());
    }
    let is_tied = "-/.:".contains(last) && back.next().is_some_and(|c| c.is_ascii_alphanumeric());
    !is_tied
        && !last.is_ascii_alphanumeric()
        && !is_numeral(last)
        && !"第几百千万@#$¥+_".contains(last)
}

pub(super) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "零一二两三四五六七八九十".contains(c)
}

/// The longest word of a table that stands at a byte, a Latin one as a whole word.
pub(super) fn word<T: Copy>(text: &str, at: usize, table: &[(&str, T)]) -> Option<(T, usize)> {
    let rest = &text[at..];
    table
        .iter()
        .flat_map(|(words, meaning)| words.split('|').map(|word| (*meaning, word.len(), word)))
        .filter(|(_, len, word)| rest.starts_with(word) && !is_inside(rest, *len))
        .max_by_key(|(_, len, _)| *len)
        .map(|(meaning, len, _)| (meaning, at + len))
}

/// Whether a byte is inside a Latin word.
pub(super) fn is_inside(text: &str, at: usize) -> bool {
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    text[..at].ends_with(is_latin) && text[at..].starts_with(is_latin)
}

/// What the first of these groups holds that is there.
pub(super) fn group<'t>(found: &Captures<'t>, names: &[&str]) -> Option<&'t str> {
    names
        .iter()
        .find_map(|name| Some(found.name(name)?.as_str()))
}

/// A number in digits, Chinese numerals up to 99, or an English word up to twelve.
pub(super) fn number(text: &str) -> Option<i64> {
    let text = text.replace('两', "二");
    let digit = |part: &str, empty| match part.len() {
        0 => Some(empty),
        3 => index(DIGITS, part),
        _ => None,
    };
    match text.split_once('十') {
        Some((tens, ones)) => Some(digit(tens, 1)? * 10 + digit(ones, 0)?),
        None if text.is_ascii() => text.parse().ok().or_else(|| index(COUNTS, &text)),
        None => digit(text.strip_prefix('零').unwrap_or(&text), 0),
    }
}

/// Which of the names of three bytes this one starts with.
pub(super) fn index(names: &str, name: &str) -> Option<i64> {
    i64::try_from(names.find(name.get(..3)?)? / 3).ok()
}

pub(super) fn plus(at: NaiveDateTime, minutes: i64) -> Option<NaiveDateTime> {
    at.checked_add_signed(TimeDelta::try_minutes(minutes)?)
}

pub(super) fn on(day: NaiveDate, minutes: i64) -> Option<NaiveDateTime> {
    plus(day.and_time(NaiveTime::MIN), minutes)
}

pub(super) fn later(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    day.checked_add_signed(TimeDelta::try_days(days)?)
}
