//! A member's name at the start of what a moderator typed. Nothing here does IO.

use crate::text::border::{ends_at, rest as what_follows};
use crate::text::fold::Folded;
use crate::text::words::is_han;

/// How much of the text a name is looked for in, in bytes.
const HEAD_BYTES: usize = 1024;

/// What follows a name at the start of a text: without the spaces, stops and colons between
/// the two. Nothing where the text starts otherwise, or where the name runs on there: 王芳 is
/// not found in 王芳草, nor `3-2-50` in `3-2-501`.
///
/// The name and the text are compared in their folded form, so that full-width and capital
/// letters, traditional characters and all kinds of dashes do not matter. Spaces count only
/// between Latin letters and digits: `3-2-501 王芳` is found as `3—2—501王芳`, while `3 501`
/// and `3501` are two names. An `@` before the name is passed over.
#[must_use]
pub fn strip_name<'t>(rest: &'t str, name: &str) -> Option<&'t str> {
    let text = rest.trim_start();
    let head = Folded::new(&text[..text.floor_char_boundary(HEAD_BYTES)]);
    let name = Folded::new(name);
    let name = name.text().trim();
    let skipped = usize::from(head.text().starts_with('@') && !name.starts_with('@'));
    let mut found = signs(&head.text()[skipped..]);
    let mut last = None;
    for (_, wanted) in signs(name) {
        last = found.next().filter(|(_, sign)| *sign == wanted);
        last?;
    }
    let (at, sign) = last?;
    let end = skipped + at + sign.len_utf8();
    let is_whole = ends_at(head.text(), end) || !sign.is_alphanumeric();
    is_whole.then(|| what_follows(text, &head, end))
}

/// The characters of a folded text that count when names are compared, with their places.
fn signs(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut before = None;
    text.char_indices().filter(move |(at, sign)| {
        let counts = *sign != ' '
            || before.is_some_and(is_latin) && text[at + 1..].chars().next().is_some_and(is_latin);
        before = Some(*sign);
        counts
    })
}

fn is_latin(sign: char) -> bool {
    sign.is_alphanumeric() && !is_han(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_members() {
        #[rustfmt::skip]
        let table = [
            ("3-2-501 王芳 2h spam", "3-2-501 王芳", Some("2h spam")),
            ("3-2-501王芳 2h", "3-2-501 王芳", Some("2h")), ("３－２－５０１　王芳 x", "3-2-501 王芳", Some("x")),
            ("3—2—501 王 芳：x", "3-2-501 王芳", Some("x")), ("@3-2-501 王芳 x", "3-2-501 王芳", Some("x")),
            ("BOB spam", "Bob", Some("spam")), ("bob, spam", "Bob", Some("spam")), ("Bob", "bob", Some("")),
            ("Bob (3号楼) x", "Bob", Some("(3号楼) x")), ("Bob (3号楼) x", "bob（3号楼）", Some("x")),
            ("Bob🎉x", "Bob🎉", Some("x")), ("王芳🎉 x", "王芳", Some("🎉 x")), ("  王芳", " 王芳 ", Some("")),
            ("Mary Ann x", "mary  ann", Some("x")), ("王芳 Wang x", "王芳Wang", Some("x")),
            ("@all x", "@all", Some("x")), ("王芳草 x", "王芳", None), ("王芳2h", "王芳", None),
            ("王芳的广告", "王芳", None), ("3-2-501 王芳", "3-2-50", None), ("3-2-501", "3-2", None),
            ("Bobby x", "Bob", None), ("Bob's ads", "Bob", None), ("Bob-2 x", "Bob", None),
            ("@bob:example.org", "bob", None), ("Mary Ann", "MaryAnn", None), ("MaryAnn", "Mary Ann", None),
            ("3501", "3 501", None), ("32501 王芳", "3-2-501 王芳", None), ("x 王芳", "王芳", None),
            ("王", "王芳", None), ("", "王芳", None), ("王芳", "", None), ("王芳", " ", None), ("", "", None),
            ("王芳", "\u{200B}", None),
        ];
        for (text, name, rest) in table {
            assert_eq!(strip_name(text, name), rest, "{name} in {text:?}");
        }
    }
}
