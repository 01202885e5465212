//! Where a link begins and ends in a sentence. Nothing here does IO.

use super::{LINKS_MAX, hosts};
use crate::text::fold::Folded;

/// What may be a link.
pub(super) struct Candidate {
    /// Byte range of the folded text.
    pub start: usize,
    pub end: usize,
    /// It, with a scheme and plain dots.
    pub url: String,
    /// True where a dot was disguised.
    pub veiled: bool,
}

/// The ways to write the dot of a host so that it is overlooked.
const DOTS: &[&str] = &[
    "[.]", "(.)", "{.}", " dot ", "[dot]", "(dot)", "点", "。", "·", " . ",
];
const SCHEMES: &[&str] = &[
    "http://",
    "https://",
    "hxxp://",
    "hxxps://",
    "http:\\\\",
    "https:\\\\",
    "ftp://",
];
/// The longest host name, in characters (RFC 1035, section 2.3.4), and a limit for the whole link (RFC 9110 asks for at
/// least 8,000).
const HOST_MAX: usize = 255;
const LINK_MAX: usize = 8_000;
/// The longest Matrix id, in bytes (Matrix specification, appendices, "Identifier Grammar").
const ID_MAX: usize = 255;

/// Everything in a text that may be a link.
pub(super) fn candidates(text: &Folded<'_>) -> Vec<Candidate> {
    let folded = text.text();
    let mut found = Vec::new();
    let mut at = 0;
    while at < folded.len() && found.len() < LINKS_MAX {
        let starts = folded.as_bytes()[at].is_ascii_alphanumeric() && !is_inside(folded, at);
        let candidate = starts.then(|| candidate(folded, at)).flatten();
        let end = candidate.as_ref().map(|candidate| candidate.end);
        found.extend(candidate);
        at = end.unwrap_or_else(|| next_start(folded, at));
    }
    found
}

/// The next place where a word may begin.
fn next_start(text: &str, at: usize) -> usize {
    let run = text.as_bytes()[at..]
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let mut next = at + run.max(1);
    while !text.is_char_boundary(next) {
        next += 1;
    }
    next
}

/// Whether this is the middle of a mail address, of a Matrix id, or of a host that was no link from its beginning.
fn is_inside(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    match before {
        Some('@' | '-' | '_' | '.') => true,
        // `@wangfang:example.org`, `#talk:example.org`
        Some(':') => {
            let near = &text[text.floor_char_boundary(at.saturating_sub(ID_MAX))..at];
            let word = near.rsplit([' ', ',', '。', '(']).next();
            word.is_some_and(|word| word.starts_with(['@', '#', '!', '$']))
        }
        _ => false,
    }
}

fn candidate(text: &str, from: usize) -> Option<Candidate> {
    let rest = &text[from..];
    let scheme = SCHEMES.iter().find(|scheme| rest.starts_with(**scheme));
    let host_from = from + scheme.map_or(0, |scheme| scheme.len());
    let mut host = String::new();
    let mut at = host_from;
    let mut veiled =
        scheme.is_some_and(|scheme| scheme.starts_with("hxxp") || scheme.contains('\\'));
    if scheme.is_some() {
        // A user name before the host is for leading astray.
        let authority = &text[at..at + end_of_link(&text[at..])];
        let authority = authority
            .split(['/', '?', '#', '\\'])
            .next()
            .unwrap_or_default();
        if let Some((user, _)) = authority.rsplit_once('@') {
            at += user.len() + 1;
            veiled = true;
        }
    }
    if scheme.is_some() {
        let name = foreign_name(&text[at..]);
        host.push_str(name);
        at += name.len();
    }
    while host.is_empty() || host.ends_with('.') {
        let label = text[at..]
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_')
            .count();
        if label == 0 || host.len() + label > HOST_MAX {
            break;
        }
        host.push_str(&text[at..at + label]);
        at += label;
        let Some((dot, is_plain)) = dot(&text[at..]) else {
            break;
        };
        let continues = text[at + dot..].starts_with(|c: char| c.is_ascii_alphanumeric());
        // `20点live`: an hour, and what is on then.
        let is_hour = host.bytes().all(|b| b.is_ascii_digit()) && host.len() <= 2;
        let ends = is_hour || !hosts::begins_with_suffix(&text[at + dot..]);
        if !continues || !is_plain && ends {
            break;
        }
        veiled |= !is_plain;
        host.push('.');
        at += dot;
    }
    if text[at..].starts_with('@') {
        return None;
    }
    let path = end_of_link(&text[at..]);
    let path = if text[at..].starts_with(['/', '?', '#', ':']) {
        path
    } else {
        0
    };
    let tail = text[at..at + path].trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', ')', ']']);
    let is_link = match scheme {
        Some(_) => !host.is_empty(),
        None => hosts::is_host(&host, tail.starts_with('/')),
    };
    is_link.then(|| Candidate {
        start: from,
        end: at + tail.len(),
        url: format!("http://{host}{tail}"),
        veiled,
    })
}

/// The host behind a scheme that begins with other letters than Latin ones, or is an IPv6 address in brackets; empty
/// where it is neither.
fn foreign_name(text: &str) -> &str {
    if text.starts_with('[') {
        let end = text.find(']').unwrap_or(0);
        let is_address = |c: char| c.is_ascii_hexdigit() || matches!(c, '[' | ':' | '.');
        let fits = text[..end].contains(':') && text[..end].chars().all(is_address);
        return if fits { &text[..=end] } else { "" };
    }
    if !text.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii()) {
        return "";
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let name = text[..end].trim_end_matches('.');
    let Some((before, last)) = name.rsplit_once('.').filter(|_| name.len() <= HOST_MAX) else {
        return "";
    };
    // What follows without a space is the sentence going on.
    let latin = last.bytes().take_while(u8::is_ascii_alphanumeric).count();
    match latin {
        0 => name,
        _ => &name[..before.len() + 1 + latin],
    }
}

/// The dot that begins here, and whether it is a plain one.
fn dot(text: &str) -> Option<(usize, bool)> {
    if text.starts_with('.') {
        return Some((1, true));
    }
    let dot = DOTS.iter().find(|dot| text.starts_with(**dot))?;
    Some((dot.len(), false))
}

/// The length of what belongs to a link: visible ASCII.
fn end_of_link(text: &str) -> usize {
    let len = text
        .bytes()
        .take_while(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>'))
        .count();
    len.min(LINK_MAX)
}
