//! User ids: `@bob:example.org`. Nothing here does IO.
//!
//! The grammar is that of the Matrix specification, Appendices, "Server Name" and "User
//! Identifiers".

use std::borrow::Cow;

/// A user id has at most this many bytes.
const BYTES_MAX: usize = 255;
/// A port is written with at most this many digits.
const PORT_DIGITS_MAX: usize = 5;

/// The user id at the start of a text, and the byte where it ends. Full-width signs, as
/// Chinese keyboards type them, count as plain ones. What runs on in Latin letters or in
/// signs of a pattern is no id.
pub(super) fn leading(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let plain: String = text
        .chars()
        .take_while(|c| !c.is_whitespace())
        .take(BYTES_MAX + 2)
        .map(narrow)
        .collect();
    let length = length(&plain, is_local)?;
    let after = &plain[length..];
    if after.starts_with(|c: char| c.is_ascii() && !",;:.!?()[]{}<>\"'".contains(c))
        || after.starts_with([':', '.'])
            && after[1..].starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        return None;
    }
    // An id is ASCII, so each of its bytes was one character of the text.
    let end = text
        .char_indices()
        .nth(length)
        .map_or(text.len(), |(at, _)| at);
    let id = &plain[..length];
    let written = &text[..end];
    let id = if id == written {
        Cow::Borrowed(written)
    } else {
        Cow::Owned(id.to_owned())
    };
    Some((id, end))
}

/// Whether the whole text is a user id, those in "Historical User IDs" among them.
pub(super) fn is_whole(text: &str) -> bool {
    length(text, |c| c.is_ascii_graphic() && c != ':') == Some(text.len())
}

/// The length of the user id at the start of a plain text, in bytes.
fn length(text: &str, is_local: fn(char) -> bool) -> Option<usize> {
    let after_at = text.strip_prefix('@')?;
    let server = after_at.trim_start_matches(is_local).strip_prefix(':')?;
    let local_len = after_at.len() - server.len() - 1;
    let host_len = host_len(server)?;
    let after = &server[host_len..];
    let digits = after.strip_prefix(':').map_or(0, |port| {
        port.bytes().take_while(u8::is_ascii_digit).count()
    });
    let port_len = match digits {
        1..=PORT_DIGITS_MAX => 1 + digits,
        _ => 0,
    };
    let length = 1 + local_len + 1 + host_len + port_len;
    (local_len > 0 && length <= BYTES_MAX).then_some(length)
}

/// The length of a host name, an IPv4 address, or an IPv6 address in brackets. A dot at the
/// end is the end of a sentence.
fn host_len(text: &str) -> Option<usize> {
    if let Some(address) = text.strip_prefix('[') {
        let end = address.find(']')?;
        let fits = |c: char| c.is_ascii_hexdigit() || c == ':' || c == '.';
        return ((2..=45).contains(&end) && address[..end].chars().all(fits)).then_some(end + 2);
    }
    let fits = |c: &u8| c.is_ascii_alphanumeric() || *c == b'-' || *c == b'.';
    let host = &text[..text.bytes().take_while(|c| fits(c)).count()];
    let host = host.trim_end_matches('.');
    (host.starts_with(|c: char| c.is_ascii_alphanumeric())).then_some(host.len())
}

/// The characters of a local part. Capital letters are no longer given out, but there are
/// accounts that have them.
fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || "._=-/+".contains(c)
}

/// The plain form of a full-width sign, with its case.
fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}
