//! Patterns with `*` and `?`. Nothing here does IO.
//!
//! `*` stands for any number of characters, none among them, and `?` for exactly one; every
//! other character stands for itself, and the pattern for the whole text (Matrix
//! specification, Appendices, "Glob-style matching"). There is no way to escape.

/// The longest pattern that is used, in bytes. Identifiers have at most 255 bytes (Matrix
/// specification, Appendices, "User Identifiers"), so a pattern that can match one needs at
/// most 255 characters that are no `*`, and a `*` around each of them.
pub const PATTERN_BYTES_MAX: usize = 2 * 255 + 1;

/// A pattern, ready to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glob<'p> {
    pattern: &'p str,
    ignores_case: bool,
}

impl<'p> Glob<'p> {
    /// A pattern that tells capital and small letters apart, as user ids need it. Nothing for
    /// a pattern of more than [`PATTERN_BYTES_MAX`] bytes.
    #[must_use]
    pub fn exact(pattern: &'p str) -> Option<Self> {
        Self::new(pattern, false)
    }

    /// The same, but `A` to `Z` count as `a` to `z`, as in the names of servers (RFC 4343).
    #[must_use]
    pub fn ignoring_case(pattern: &'p str) -> Option<Self> {
        Self::new(pattern, true)
    }

    fn new(pattern: &'p str, ignores_case: bool) -> Option<Self> {
        (pattern.len() <= PATTERN_BYTES_MAX).then_some(Self {
            pattern,
            ignores_case,
        })
    }

    /// Whether the whole text is of this pattern.
    ///
    /// The time is bounded by the length of the text times that of the pattern, so with the
    /// bound on patterns it grows with the text only: when something does not fit, only the
    /// last `*` takes in one character more, because whatever an earlier one could give up,
    /// the last one can take as well.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let (mut pattern, mut rest) = (self.pattern.chars(), text.chars());
        // Behind the last `*`: the pattern that follows it, and the text that this is tried on.
        let mut again = None;
        loop {
            let before = (pattern.clone(), rest.clone());
            match (pattern.next(), rest.next()) {
                (None, None) => return true,
                (Some('*'), _) => {
                    rest = before.1;
                    again = Some((pattern.clone(), rest.clone()));
                }
                (Some(expected), Some(found)) if self.fits(expected, found) => {}
                _ => {
                    let Some((after_star, tried)) = &mut again else {
                        return false;
                    };
                    if tried.next().is_none() {
                        return false;
                    }
                    (pattern, rest) = (after_star.clone(), tried.clone());
                }
            }
        }
    }

    fn fits(&self, expected: char, found: char) -> bool {
        expected == '?'
            || expected == found
            || self.ignores_case && expected.eq_ignore_ascii_case(&found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::tests::Dice;

    #[test]
    fn patterns() {
        #[rustfmt::skip]
        let table = [
            ("", "", true), ("", "a", false), ("a", "", false), ("a", "a", true), ("a", "A", false),
            ("a", "ab", false), ("b", "ab", false), ("*", "", true), ("*", "abc", true),
            ("?", "", false), ("?", "a", true), ("?", "ab", false), ("??", "ab", true),
            ("a*", "a", true), ("a*", "abc", true), ("a*", "ba", false), ("*a", "cba", true),
            ("*a", "ab", false), ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "abcd", false),
            ("*b*", "abc", true), ("*d*", "abc", false), ("**", "", true), ("a**b", "ab", true),
            ("*?", "", false), ("*?", "a", true), ("?*?", "a", false), ("?*?", "ab", true),
            ("*ab*ab", "abab", true), ("*ab*ab", "ab", false), ("*aab", "aaab", true),
            ("?", "楼", true), ("*楼", "3号楼", true), ("?楼", "3号楼", false), ("[a]", "a", false),
            ("\\*", "\\x", true), ("a.c", "abc", false), ("*.*", "a.b", true), ("*.*", "ab", false),
        ];
        for (pattern, text, matches) in table {
            let glob = Glob::exact(pattern).unwrap();
            assert_eq!(glob.matches(text), matches, "{pattern} on {text}");
        }
    }

    #[test]
    fn capital_letters() {
        let glob = Glob::ignoring_case("*.Evil.EXAMPLE").unwrap();
        assert!(glob.matches("a.eVIL.example"));
        assert!(
            !Glob::exact("*.Evil.EXAMPLE")
                .unwrap()
                .matches("a.evil.example")
        );
        assert!(!Glob::ignoring_case("É").unwrap().matches("é"));
    }

    #[test]
    fn long_texts_end() {
        let long = "a".repeat(10_000);
        assert!(!Glob::exact("*a*a*a*a*a*b").unwrap().matches(&long));
        assert!(Glob::exact("*a*a*a*a*a*").unwrap().matches(&long));
        let pattern = format!("{}b", "*a".repeat(255));
        assert!(!Glob::exact(&pattern).unwrap().matches(&long));
        let pattern = format!("*{}b", "?".repeat(500));
        assert!(!Glob::exact(&pattern).unwrap().matches(&long));
        assert!(Glob::exact(&pattern).unwrap().matches(&format!("{long}b")));
        assert!(Glob::exact(&"a".repeat(PATTERN_BYTES_MAX)).is_some());
        assert_eq!(Glob::exact(&long), None);
    }

    /// What the pattern means, said as plainly as possible.
    fn means(pattern: &[char], text: &[char]) -> bool {
        match (pattern, text) {
            ([], text) => text.is_empty(),
            (['*', after @ ..], text) => (0..=text.len()).any(|n| means(after, &text[n..])),
            (['?', after @ ..], [_, rest @ ..]) => means(after, rest),
            ([c, after @ ..], [found, rest @ ..]) => c == found && means(after, rest),
            (_, []) => false,
        }
    }

    #[test]
    fn the_loop_does_what_the_pattern_means() {
        let mut dice = Dice(3);
        let mut some = |from: &[char], n| -> Vec<char> {
            (0..dice.below(n))
                .map(|_| from[dice.below(from.len())])
                .collect()
        };
        for _ in 0..50_000 {
            let (pattern, text) = (some(&['*', '?', 'a', 'b'], 7), some(&['a', 'b'], 8));
            let said: String = pattern.iter().collect();
            let found = Glob::exact(&said)
                .unwrap()
                .matches(&String::from_iter(&text));
            assert_eq!(found, means(&pattern, &text), "{said} on {text:?}");
        }
    }
}
