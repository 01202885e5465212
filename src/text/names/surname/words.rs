//! Cutting the Latin words out of a name. Nothing here does IO.

use std::ops::Range;

use crate::text::fold::Folded;
use crate::text::words::is_han;

/// A word: its folded text and where it stands there.
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub span: Range<usize>,
    /// Whether a comma follows, as in `Smith, John`.
    pub comma_after: bool,
}

/// Beginnings of surnames after which a capital letter starts no new word.
const PREFIXES: &[&str] = &[
    "mc", "mac", "de", "di", "da", "le", "la", "du", "des", "dos", "del", "della", "van", "von",
    "fitz", "al", "el", "st", "ben",
];

/// The words of a piece of a folded name, without the dots and the possessive s after
/// them. `&` and `/` are words of their own. What is written as `WangFang` are two.
pub(super) fn words<'f>(name: &'f Folded, piece: Range<usize>) -> Vec<Word<'f>> {
    let text = &name.text()[..piece.end];
    let mut words: Vec<Word> = Vec::new();
    let mut at = piece.start;
    while let Some(c) = text[at..].chars().next() {
        let len = text[at..]
            .find(|c| !is_inside(c))
            .unwrap_or(text.len() - at);
        if len > 0 {
            push_words(name, at..at + len, &mut words);
            at += len;
            continue;
        }
        let end = at + c.len_utf8();
        match c {
            ',' => {
                if let Some(last) = words.last_mut() {
                    last.comma_after = true;
                }
            }
            '&' | '/' => push(text, at..end, &mut words),
            _ => {}
        }
        at = end;
    }
    words
}

fn is_inside(c: char) -> bool {
    (c.is_alphanumeric() && !is_han(c)) || matches!(c, '\'' | '-')
}

/// A Latin letter of a folded text.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_lowercase() || matches!(u32::from(c), 0xDF..=0xF6 | 0xF8..=0x24F | 0x1E00..=0x1EFF)
}

/// Pushes what a run of letters holds: one word, or several in camel case.
fn push_words<'f>(name: &'f Folded, run: Range<usize>, words: &mut Vec<Word<'f>>) {
    let text = name.text();
    let written = name.as_written(run.clone());
    let folded = &text[run.clone()];
    let mut start = run.start;
    if written.is_ascii() && folded.len() == written.len() {
        let bytes = written.as_bytes();
        for at in 2..bytes.len() {
            let hump = bytes[at - 1].is_ascii_lowercase() && bytes[at].is_ascii_uppercase();
            let before = &text[start..run.start + at];
            if hump && before.len() > 1 && !PREFIXES.contains(&before) {
                push(text, start..run.start + at, words);
                start = run.start + at;
            }
        }
    }
    push(text, start..run.end, words);
}

fn push<'f>(text: &'f str, span: Range<usize>, words: &mut Vec<Word<'f>>) {
    let word = &text[span.clone()];
    let signs = ['\'', '-'];
    let bare = word.trim_start_matches(signs);
    let start = span.end - bare.len();
    let bare = bare.trim_end_matches(signs);
    let bare = bare.strip_suffix("'s").unwrap_or(bare);
    if !bare.is_empty() {
        words.push(Word {
            text: bare,
            span: start..start + bare.len(),
            comma_after: false,
        });
    }
}
