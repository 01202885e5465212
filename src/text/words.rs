//! Word tables over folded text. Nothing here does IO.
//!
//! A table answers "which of these words stands at this place" and is built once. Most
//! characters of a chat message start no word of any table, so that case is one bit test,
//! and the words of a character are found by counting bits.

use std::collections::BTreeMap;
use std::ops::Range;

/// One bit for each code point of the basic plane, in words of 64.
const BASIC_PLANE_WORDS: usize = 0x1_0000 / 64;

/// A fixed set of folded words, each with a meaning.
pub(super) struct Lexicon<T: Copy> {
    /// Which characters of the basic plane start a word.
    first: Vec<Bits>,
    /// The words of each of these characters, in the order of the characters; the longest
    /// words of a character first.
    basic: Vec<Words<T>>,
    /// The words that start with a character outside the basic plane.
    wide: BTreeMap<char, Words<T>>,
}

type Words<T> = Vec<(&'static str, T)>;

/// Sixty-four characters, and how many of those before them start a word.
#[derive(Clone, Copy, Default)]
struct Bits {
    set: u64,
    before: usize,
}

/// A word found in a text: its meaning and its byte range in the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit<T: Copy> {
    pub meaning: T,
    pub start: usize,
    pub end: usize,
}

impl<T: Copy> Lexicon<T> {
    /// Builds a table from groups of words that share a meaning. Words must be folded.
    pub fn new(groups: &[(T, &[&'static str])]) -> Self {
        let mut by_first: BTreeMap<char, Words<T>> = BTreeMap::new();
        for (meaning, words) in groups {
            for word in *words {
                if let Some(first) = word.chars().next() {
                    by_first.entry(first).or_default().push((word, *meaning));
                }
            }
        }
        for words in by_first.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        let wide = by_first.split_off(&'\u{10000}');
        let mut first = vec![Bits::default(); BASIC_PLANE_WORDS];
        for c in by_first.keys() {
            if let Some(bits) = first.get_mut(*c as usize / 64) {
                bits.set |= 1 << (*c as usize % 64);
            }
        }
        let mut before = 0;
        for bits in &mut first {
            bits.before = before;
            before += bits.set.count_ones() as usize;
        }
        Self {
            first,
            basic: by_first.into_values().collect(),
            wide,
        }
    }

    /// The words that start with a character.
    fn of_first(&self, c: char) -> &[(&'static str, T)] {
        let Some(bits) = self.first.get(c as usize / 64) else {
            return self.wide.get(&c).map_or(&[], Vec::as_slice);
        };
        let bit = 1_u64 << (c as usize % 64);
        if bits.set & bit == 0 {
            return &[];
        }
        let index = bits.before + (bits.set & (bit - 1)).count_ones() as usize;
        self.basic.get(index).map_or(&[], Vec::as_slice)
    }

    /// The longest word of the table that stands at byte `at`. Latin words count only
    /// as whole words, so that `gate` is not found in `investigate`.
    pub fn at(&self, text: &str, at: usize) -> Option<Hit<T>> {
        let first = text[at..].chars().next()?;
        self.words_of(text, at, first).next()
    }

    /// The longest word at every place of the text, overlapping ones included.
    pub fn all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Hit<T>> + 't {
        text.char_indices()
            .filter_map(|(at, c)| self.words_of(text, at, c).next())
    }

    /// Every word at every place of the text, short ones inside longer ones too. A word
    /// with several meanings comes once for each.
    pub fn every(&self, text: &str) -> Vec<Hit<T>> {
        text.char_indices()
            .flat_map(|(at, c)| self.words_of(text, at, c))
            .collect()
    }

    /// Whether any word of the table stands in the text.
    pub fn is_in(&self, text: &str) -> bool {
        self.all(text).next().is_some()
    }

    /// The words that stand at a byte, whose character is `first`; the longest first.
    fn words_of<'t>(
        &'t self,
        text: &'t str,
        at: usize,
        first: char,
    ) -> impl Iterator<Item = Hit<T>> + 't {
        let words = self.of_first(first);
        let inside_word =
            !words.is_empty() && first.is_ascii_alphanumeric() && ends_in_latin(&text[..at]);
        let words = if inside_word { &[] } else { words };
        let rest = &text[at..];
        words
            .iter()
            .filter(|(word, _)| starts_with(rest, word) && ends_well(word, &rest[word.len()..]))
            .map(move |(word, meaning)| Hit {
                meaning: *meaning,
                start: at,
                end: at + word.len(),
            })
    }
}

/// The places where words of these meanings follow one another in one clause. Each step
/// gives how many bytes may lie between the word before and this one, and its meaning. The
/// hits must be in order, as [`Lexicon::every`] gives them.
pub(super) fn sequences<'t, T: Copy + PartialEq>(
    text: &'t str,
    hits: &'t [Hit<T>],
    steps: &'t [(usize, T)],
) -> impl Iterator<Item = Range<usize>> + 't {
    let (first, rest) = match steps {
        [(_, first), rest @ ..] => (Some(*first), rest),
        [] => (None, steps),
    };
    hits.iter()
        .enumerate()
        .filter(move |(_, hit)| Some(hit.meaning) == first)
        .filter_map(move |(index, hit)| {
            let end = follow(text, &hits[index..], hit.end, rest)?;
            Some(hit.start..end)
        })
}

/// Whether any of these sequences stands in the text.
pub(super) fn has_sequence<T: Copy + PartialEq>(
    text: &str,
    hits: &[Hit<T>],
    patterns: &[&[(usize, T)]],
) -> bool {
    patterns
        .iter()
        .any(|steps| sequences(text, hits, steps).next().is_some())
}

fn follow<T: Copy + PartialEq>(
    text: &str,
    hits: &[Hit<T>],
    from: usize,
    steps: &[(usize, T)],
) -> Option<usize> {
    let Some(((gap, meaning), rest)) = steps.split_first() else {
        return Some(from);
    };
    hits.iter()
        .take_while(|hit| hit.start <= from + gap)
        .filter(|hit| hit.start >= from && hit.meaning == *meaning)
        .filter(|hit| !text[from..hit.start].contains([',', '。', '!', '?', ';', '…']))
        .find_map(|hit| follow(text, hits, hit.end, rest))
}

/// Whether a Latin letter or digit ends this text.
pub(super) fn ends_in_latin(text: &str) -> bool {
    text.as_bytes()
        .last()
        .is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether a Latin letter or digit starts this text.
pub(super) fn starts_in_latin(text: &str) -> bool {
    text.as_bytes()
        .first()
        .is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether the text starts with any of these.
pub(super) fn starts_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

/// Whether the text ends with any of these.
pub(super) fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// A Chinese character of the common blocks.
pub(super) fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x3007 | 0x2_0000..=0x3_1FFF)
}

/// Whether a text starts with a word. Mostly one byte tells that it does not: the last, for the first ones are those of
/// many characters.
fn starts_with(text: &str, word: &str) -> bool {
    let last = word.len().wrapping_sub(1);
    text.as_bytes().get(last) == word.as_bytes().get(last) && text.starts_with(word)
}

fn ends_well(word: &str, rest: &str) -> bool {
    !(ends_in_latin(word) && starts_in_latin(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let table = Lexicon::new(&[(1, &["车库"]), (2, &["地下车库", "lift"])]);
        let hits: Vec<_> = table.all("地下车库 lift lifting").collect();
        assert_eq!(
            hits.iter().map(|h| h.meaning).collect::<Vec<_>>(),
            [2, 1, 2]
        );
        assert_eq!((hits[2].start, hits[2].end), (13, 17));
    }

    #[test]
    fn latin_words_are_whole_words() {
        let table = Lexicon::new(&[((), &["gate"])]);
        assert_eq!(table.all("investigate gates agate").count(), 0);
        assert_eq!(table.all("大门gate坏了").count(), 1);
    }

    #[test]
    fn words_that_follow_one_another() {
        let table = Lexicon::new(&[('a', &["修", "修好"]), ('b', &["吗", "没有"])]);
        let found = |text: &str, steps: &[(usize, char)]| {
            let hits = table.every(text);
            sequences(text, &hits, steps).next()
        };
        assert_eq!(found("灯修好了吗", &[(0, 'a'), (6, 'b')]), Some(3..15));
        assert_eq!(found("灯修好了吗", &[(0, 'a'), (0, 'b')]), None);
        assert_eq!(found("修好,好吗", &[(0, 'a'), (6, 'b')]), None);
        assert_eq!(found("修好", &[]), None);
        assert_eq!(table.every("修好").len(), 2);
    }

    #[test]
    fn characters_outside_the_basic_plane_are_looked_up() {
        let table = Lexicon::new(&[((), &["👍"])]);
        assert_eq!(table.all("好👍𠀀").count(), 1);
    }
}
