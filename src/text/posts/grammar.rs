//! The words that hold a sentence together; they stand in `grammar.txt`. Nothing here does IO.

use std::sync::LazyLock;

use super::super::words::{Hit, Lexicon};

const FILE: &str = include_str!("grammar.txt");

/// What a word says of the noun beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What is done with it.
    Act,
    /// It is a place.
    Where,
    /// It is whom something is for, or what it comes with.
    Aside,
    /// How it is.
    Mod,
    /// Which one, or how many.
    Count,
    /// What stands before is of what follows.
    Of,
    /// A word of another sort.
    Stop,
    /// It is part of a noun.
    Noun,
}

static WORDS: LazyLock<Lexicon<Part>> = LazyLock::new(|| {
    let rows = FILE.lines().filter_map(|line| {
        let (name, words) = line.split_once(": ").filter(|_| !line.starts_with('#'))?;
        let part = match name {
            "act" => Part::Act,
            "where" => Part::Where,
            "aside" => Part::Aside,
            "mod" => Part::Mod,
            "count" => Part::Count,
            "of" => Part::Of,
            "noun" => Part::Noun,
            _ => Part::Stop,
        };
        Some((part, words.split(", ").collect::<Vec<_>>()))
    });
    let rows: Vec<_> = rows.collect();
    let rows: Vec<_> = rows
        .iter()
        .map(|(part, words)| (*part, words.as_slice()))
        .collect();
    Lexicon::new(&rows)
});

/// The longest word that stands at a byte.
pub(super) fn at(text: &str, at: usize) -> Option<Hit<Part>> {
    WORDS.at(text, at)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_word_says_one_thing() {
        let rows = super::FILE.lines().filter(|line| !line.starts_with('#'));
        let words = rows.filter_map(|line| Some(line.split_once(": ")?.1.split(", ")));
        let mut seen = BTreeSet::new();
        for word in words.flatten() {
            assert!(seen.insert(word), "{word} stands in two lines");
        }
    }
}
