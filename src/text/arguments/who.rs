//! Whom a command is about, at the start of its text. Nothing here does IO.

mod id;

use std::borrow::Cow;

use crate::text::border::rest;
use crate::text::fold::Folded;
use crate::text::words::is_han;

/// Quotes that open a name, and those that close it. Telephones turn them at random.
#[rustfmt::skip]
const QUOTES: &[(&[char], &[char])] = &[
    (&['"', '“', '”', '„', '＂'], &['"', '“', '”', '＂']),
    (APOSTROPHES, APOSTROPHES),
    (&['「'], &['」']), (&['『'], &['』']),
];
/// Quotes that also stand inside names: O'Brien.
const APOSTROPHES: &[char] = &['\'', '‘', '’', '＇'];
/// What a link to a user starts with (Matrix specification, Appendices, "matrix.to
/// navigation").
const LINKS: &[&str] = &["https://matrix.to/#/", "http://matrix.to/#/"];

/// Whom a command is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who<'t> {
    /// A full user id. Links and full-width signs are undone in it.
    Id(Cow<'t, str>),
    /// What stands in quotes, trimmed.
    Name(&'t str),
}

/// The user id, the link to one or the quoted name at the start of a text, and what follows.
pub(super) fn leading(text: &str) -> Option<(Who<'_>, &str)> {
    let text = text.trim_start();
    let (who, end) = id::leading(text)
        .or_else(|| markdown(text))
        .or_else(|| bracketed(text))
        .or_else(|| link(text))
        .map(|(id, end)| (Who::Id(id), end))
        .or_else(|| quoted(text))?;
    let after = &text[end..];
    Some((who, rest(after, &Folded::new(after), 0)))
}

/// `[Bob](https://matrix.to/#/@bob:example.org)`, as clients write a mention in plain text.
/// Brackets in the name come in pairs or behind a backslash.
fn markdown(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let at = name_end(text)? + "](".len();
    let (id, end) = bracketed(&text[at..]).or_else(|| link(&text[at..]))?;
    text[at + end..]
        .starts_with(')')
        .then_some((id, at + end + 1))
}

/// Where the name in `[name](` ends.
fn name_end(text: &str) -> Option<usize> {
    let mut open = 0;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => open += 1,
            ']' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return text[at..].starts_with("](").then_some(at);
        }
    }
    None
}

/// A link in pointed brackets.
fn bracketed(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let (id, end) = link(text.strip_prefix('<')?)?;
    text[1 + end..].starts_with('>').then_some((id, end + 2))
}

/// A link to a user. What stands behind a question mark says how to get there.
fn link(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let start = LINKS.iter().map(|link| link.len()).find(|len| {
        let start = text.get(..*len).unwrap_or_default();
        LINKS.iter().any(|link| start.eq_ignore_ascii_case(link))
    })?;
    let target = &text[start..];
    let length = target.bytes().take_while(|byte| is_of_link(*byte)).count();
    let target = target[..length].trim_end_matches(['.', ':', ',', ';', '!']);
    let user = target.split_once('?').map_or(target, |(user, _)| user);
    let user = decoded(user)?;
    let end = start + target.len();
    id::is_whole(&user).then_some((Cow::Owned(user), end))
}

/// Whether a byte can belong to a link: visible ASCII other than brackets and quotes, which
/// stand around links.
fn is_of_link(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"()<>[]\"'`".contains(&byte)
}

/// A part of a link with its `%40` and the like undone (RFC 3986).
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let [high, low, after @ ..] = rest else {
            return None;
        };
        let digit = |byte: u8| char::from(byte).to_digit(16);
        bytes.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

/// A name in quotes, in one line.
fn quoted(text: &str) -> Option<(Who<'_>, usize)> {
    let open = text.chars().next()?;
    let (_, closing) = QUOTES.iter().find(|(opening, _)| opening.contains(&open))?;
    let start = open.len_utf8();
    let (at, close) = text.char_indices().skip(1).find(|(at, c)| {
        let mut after = text[*at..].chars().skip(1);
        let goes_on = after
            .next()
            .is_some_and(|c| c.is_alphanumeric() && !is_han(c));
        closing.contains(c) && !(APOSTROPHES.contains(c) && goes_on)
    })?;
    let name = text[start..at].trim();
    let fits = !name.is_empty() && !name.contains(['\n', '\r']);
    fits.then_some((Who::Name(name), at + close.len_utf8()))
}
