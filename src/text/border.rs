//! Where a word ends, and what follows it. Nothing here does IO.
//!
//! Chinese has no spaces, so a number or a name that runs into the next character is most
//! often part of something else: 2小时候 is no two hours, 王芳草 is not 王芳. What a
//! moderator means to be read by itself stands by itself.

use super::fold::Folded;
use super::words::{ends_in_latin, starts_in_latin};

/// Characters that tie what stands before them to what follows: `3-2-501`, `2h/day`.
const TIES: &[char] = &[
    '-', '/', '_', '+', '%', '~', '&', '=', '@', '#', '*', '^', '$', '\'', '°', '\\',
];
/// Characters that tie only between Latin letters or digits: `2m.com`, `@bob:example.org`.
const TIES_INSIDE: &[char] = &['.', ':'];
/// What may stand between an argument and the next one, in its folded form.
const SEPARATORS: &[char] = &[' ', ',', '.', ':', ';', '!', '、', '。'];

/// Whether a word that ends at this byte of a folded text is a whole word: what follows is
/// the end, a space, or a sign that does not tie.
pub(super) fn ends_at(text: &str, at: usize) -> bool {
    let mut after = text[at..].chars();
    let Some(next) = after.next() else {
        return true;
    };
    let is_inside = ends_in_latin(&text[..at]) && starts_in_latin(after.as_str());
    let ties = TIES.contains(&next) || TIES_INSIDE.contains(&next) && is_inside;
    !next.is_alphanumeric() && !ties
}

/// Whether a word that starts at this byte of a folded text is a whole word.
pub(super) fn starts_at(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .next_back()
        .is_none_or(|before| !before.is_alphanumeric() && !TIES.contains(&before))
}

/// What follows the first `end` bytes of the folded text, as written: without the spaces,
/// stops and colons before it and the white space behind it. `text` is what was folded;
/// it may be longer than what folding looks at.
pub(super) fn rest<'t>(text: &'t str, folded: &Folded<'t>, end: usize) -> &'t str {
    let after = folded.text()[end..].trim_start_matches(SEPARATORS);
    let next = folded.text().len() - after.len();
    text[folded.original(next..next).start..].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words() {
        for (text, at, whole) in [
            ("2h", 2, true),
            ("2h spam", 2, true),
            ("2h,spam", 2, true),
            ("bob:广告", 3, true),
            ("bob:example.org", 3, false),
            ("芳:x", 3, true),
            ("2h(", 2, true),
            ("2h🤬", 2, true),
            ("2hx", 2, false),
            ("2h天", 2, false),
            ("2h-3h", 2, false),
            ("2.5", 1, false),
            ("2. ", 1, true),
        ] {
            assert_eq!(ends_at(text, at), whole, "{text}");
        }
    }

    #[test]
    fn words_that_start() {
        for (text, at, whole) in [
            ("all", 0, true),
            ("x all", 2, true),
            ("x,all", 2, true),
            ("xall", 1, false),
            ("x-all", 2, false),
        ] {
            assert_eq!(starts_at(text, at), whole, "{text}");
        }
    }

    #[test]
    fn what_follows_is_as_written() {
        for (text, end, follows) in [
            ("２Ｈ，  Ｓpam ", 2, "Ｓpam"),
            ("2h\u{200B} \u{200B}x", 2, "x"),
            ("2h：：x", 2, "x"),
            ("2h - x", 2, "- x"),
            ("2h", 2, ""),
        ] {
            assert_eq!(rest(text, &Folded::new(text), end), follows, "{text}");
        }
        let long = format!("2h {}x", "好".repeat(9000));
        assert!(rest(&long, &Folded::new(&long), 2).ends_with("好x"));
    }
}
