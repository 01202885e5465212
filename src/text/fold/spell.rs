//! The third folding: words whose letters are written apart. Nothing here does IO.

use std::borrow::Cow;

use super::Folded;

/// So many single letters or digits in a row, each apart from the next, are a word spelled out.
const LETTERS_MIN: usize = 3;
/// The longest separator between two of them, in characters.
const SEPARATORS_MAX: usize = 3;

/// Joins single Latin letters and digits that stand apart: `v x a b c 1`, `t.e.l.e`. The way back to the source is kept.
pub(super) fn spell<'f, 'a>(folded: &'f Folded<'a>) -> Cow<'f, Folded<'a>> {
    // Most texts spell nothing out.
    if lonely(folded.text()) + 1 < LETTERS_MIN {
        return Cow::Borrowed(folded);
    }
    let all: Vec<(usize, char)> = folded.text().char_indices().collect();
    let mut out = Folded::empty(folded.source());
    // What was not copied yet begins here.
    let (mut at, mut from) = (0, 0);
    while at < all.len() {
        let word = spelled(&all, at);
        if word.len() >= LETTERS_MIN {
            out.copy(folded, from..all[at].0);
            for place in &word {
                let start = all[*place].0;
                // They are ASCII.
                out.copy(folded, start..start + 1);
            }
            at = word.last().map_or(at, |last| last + 1);
            from = all.get(at).map_or(folded.text().len(), |(start, _)| *start);
        } else {
            at += 1;
        }
    }
    out.copy(folded, from..folded.text().len());
    Cow::Owned(out)
}

/// How many single letters and digits stand alone before a separator.
fn lonely(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let alone = |at: &usize| {
        is_letter(*at) && !is_letter(at.wrapping_sub(1)) && text[at + 1..].starts_with(is_separator)
    };
    (0..bytes.len()).filter(alone).count()
}

/// The places of the letters of a word that is spelled out from here.
fn spelled(all: &[(usize, char)], from: usize) -> Vec<usize> {
    let is_letter = |at: usize| all.get(at).is_some_and(|(_, c)| c.is_ascii_alphanumeric());
    let stands_apart = |at: usize| is_letter(at) && !is_letter(at + 1);
    let mut places = Vec::new();
    if from > 0 && is_letter(from - 1) {
        return places;
    }
    let mut at = from;
    while stands_apart(at) {
        places.push(at);
        let rest = &all[at + 1..];
        let apart = rest.iter().take_while(|(_, c)| is_separator(*c)).count();
        if apart == 0 || apart > SEPARATORS_MAX {
            break;
        }
        at += 1 + apart;
    }
    places
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '.' | '-' | '_' | '*' | '~' | '/' | '|' | '\\' | ',' | '·' | '•' | '。' | '、' | '+'
    )
}
