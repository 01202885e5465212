//! Words and patterns that an operator holds against messages. Nothing here does IO.
//!
//! They raise a score and are no verdict: lists of words taken for verdicts flag most of what neighbours write. Only
//! where the operator says so of an entry does it count by itself.

use regex::Regex;

use crate::text::fold::Folded;

/// So much all entries of a list can do together, but for those that may act alone: less than what anything follows
/// from.
const TOGETHER_MAX: f64 = 0.35;

/// The list of a community.
#[derive(Clone, Debug, Default)]
pub struct WordList(Vec<Entry>);

/// A word or a pattern.
#[derive(Clone, Debug)]
pub struct Entry {
    what: What,
    /// The chance that a message with it is an advert.
    pub chance: f64,
    /// Whether it may be enough by itself.
    pub alone: bool,
}

#[derive(Clone, Debug)]
enum What {
    /// A folded text, and whether it must be a word of its own.
    Word(String, bool),
    Pattern(Regex),
}

/// What a list has found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub chance: f64,
    /// The heaviest entry, as the operator has it.
    pub entry: String,
}

/// Why an entry cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEntry {
    #[error("it is empty")]
    Empty,
    #[error("the pattern cannot be read: {0}")]
    Pattern(String),
}

impl Entry {
    /// A word: `whole` where letters and digits before or after it make it another one.
    ///
    /// # Errors
    /// Where nothing is left of it when it is folded.
    pub fn word(text: &str, whole: bool, chance: f64, alone: bool) -> Result<Self, BadEntry> {
        let folded = Folded::new(text.trim()).squeezed().text().to_owned();
        if folded.is_empty() {
            return Err(BadEntry::Empty);
        }
        Ok(Self {
            what: What::Word(folded, whole),
            chance,
            alone,
        })
    }

    /// A pattern, held against the folded text: lower case, half width.
    ///
    /// # Errors
    /// Where it cannot be read, or would need too much memory.
    pub fn pattern(pattern: &str, chance: f64, alone: bool) -> Result<Self, BadEntry> {
        if pattern.trim().is_empty() {
            return Err(BadEntry::Empty);
        }
        let regex = Regex::new(pattern).map_err(|error| BadEntry::Pattern(error.to_string()))?;
        Ok(Self {
            what: What::Pattern(regex),
            chance,
            alone,
        })
    }

    fn is_in(&self, text: &str, squeezed: &str) -> bool {
        match &self.what {
            What::Word(word, false) => squeezed.contains(word.as_str()),
            What::Word(word, true) => text.match_indices(word.as_str()).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after = text[at + word.len()..].chars().next();
                let goes_on = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !goes_on(before) && !goes_on(after)
            }),
            What::Pattern(regex) => regex.is_match(text),
        }
    }

    fn shown(&self) -> &str {
        match &self.what {
            What::Word(word, _) => word,
            What::Pattern(regex) => regex.as_str(),
        }
    }
}

impl WordList {
    /// A list of these entries.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        Self(entries)
    }

    /// What of the list is in a text: what may act alone, and all the rest together.
    pub(super) fn hits(&self, text: &Folded<'_>) -> impl Iterator<Item = Hit> + use<> {
        if self.0.is_empty() {
            return [None, None].into_iter().flatten();
        }
        let squeezed = text.squeezed();
        let mut found: [Option<Hit>; 2] = [None, None];
        for entry in &self.0 {
            if !entry.is_in(text.text(), squeezed.text()) {
                continue;
            }
            let hit = found[usize::from(entry.alone)].get_or_insert_with(|| Hit {
                chance: 0.0,
                entry: entry.shown().to_owned(),
            });
            hit.chance = 1.0 - (1.0 - hit.chance) * (1.0 - entry.chance);
        }
        if let [Some(together), _] = &mut found {
            together.chance = together.chance.min(TOGETHER_MAX);
        }
        found.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance(entries: Vec<Entry>, text: &str) -> f64 {
        let list = WordList::new(entries);
        let hits = list.hits(&Folded::new(text));
        1.0 - hits.fold(1.0, |left, hit| left * (1.0 - hit.chance))
    }

    #[test]
    fn words_are_no_verdict_unless_the_operator_says_so() {
        let word = |text, alone| Entry::word(text, false, 0.9, alone).unwrap();
        let several = vec![word("发票", false), word("代开", false)];
        assert!((chance(several, "代 开 发 票") - TOGETHER_MAX).abs() < 1e-9);
        assert!(chance(vec![word("代开发票", true)], "代·开·发·票") > 0.89);
        assert!(chance(vec![word("代开发票", true)], "发票在哪开") < 1e-9);
    }

    #[test]
    fn whole_words_do_not_stand_in_others() {
        let loan = || vec![Entry::word("Loan", true, 0.3, false).unwrap()];
        assert!(chance(loan(), "LOAN, cheap") > 0.29);
        assert!(chance(loan(), "cheap ｌｏａｎ!") > 0.29);
        assert!(chance(loan(), "the loaned drill") < 1e-9);
    }

    #[test]
    fn patterns_see_the_folded_text_and_bad_ones_are_told() {
        let entry = Entry::pattern(r"日结\d{3,}", 0.3, false).unwrap();
        assert!(chance(vec![entry], "日结５００") > 0.29);
        assert!(matches!(
            Entry::pattern("(", 0.3, false),
            Err(BadEntry::Pattern(_))
        ));
        assert_eq!(
            Entry::word("\u{200b} ", true, 0.3, false).unwrap_err(),
            BadEntry::Empty
        );
    }
}
