//! Words that make a command count in every room. Nothing here does IO.

use crate::text::border::{ends_at, rest, starts_at};
use crate::text::fold::Folded;

/// The flag. Telephones make one long dash of two short ones.
const FLAGS: &[&str] = &["--all", "-all"];
/// The same in words.
const WORDS: &[&str] = &["all rooms", "全小区", "所有群"];
/// Words in front of `all rooms` that make it the end of a sentence: "spam in all rooms".
#[rustfmt::skip]
const PREPOSITIONS: &[&str] = &[
    "across", "at", "for", "from", "in", "inside", "into", "of", "on", "over", "through",
    "throughout", "to", "with",
];
/// How much of the end of a text is looked at, in bytes.
const TAIL_BYTES: usize = 64;

/// What follows a flag or words for "everywhere" at the start of a text.
pub(super) fn leading(text: &str) -> Option<&str> {
    strip(text, FLAGS).or_else(|| strip(text, WORDS))
}

/// What follows a flag at the start of a text.
pub(super) fn leading_flag(text: &str) -> Option<&str> {
    strip(text, FLAGS)
}

fn strip<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let folded = Folded::new(text);
    let found = words
        .iter()
        .find(|word| folded.text().starts_with(**word) && ends_at(folded.text(), word.len()))?;
    Some(rest(text, &folded, found.len()))
}

/// What stands before a flag or words for "everywhere" at the end of a text.
pub(super) fn trailing(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let tail_at = text.ceil_char_boundary(text.len().saturating_sub(TAIL_BYTES));
    let folded = Folded::new(&text[tail_at..]);
    let tail = folded.text().trim_end();
    let at = FLAGS.iter().chain(WORDS).find_map(|word| {
        let before = tail.strip_suffix(word)?;
        let is_whole = starts_at(tail, before.len()) && !is_phrase(before, word);
        is_whole.then_some(before.len())
    })?;
    let before = &text[..tail_at + folded.original(at..at).start];
    Some(before.trim_end_matches([' ', '\u{3000}', ',', '，', '、', ';', '；']))
}

fn is_phrase(before: &str, word: &str) -> bool {
    let last = before.split_whitespace().next_back();
    word.is_ascii() && last.is_some_and(|last| PREPOSITIONS.contains(&last))
}
