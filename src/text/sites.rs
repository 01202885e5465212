//! What stands in an estate and around it, under one name in both languages: 篮球场 is the basketball court.
//! The words stand in `sites.txt`. Nothing here does IO.

use std::{collections::BTreeSet, sync::LazyLock};

use super::{fold::Folded, words::Lexicon};

const WORDS: &str = include_str!("sites.txt");

static SITES: LazyLock<Lexicon<&'static str>> = LazyLock::new(|| {
    let rows = WORDS.lines().filter(|line| !line.starts_with('#'));
    let rows = rows.filter_map(|line| line.split_once(": "));
    let groups: Vec<(&str, Vec<&str>)> = rows
        .map(|(site, words)| (site, words.split(", ").collect()))
        .collect();
    let groups: Vec<_> = groups
        .iter()
        .map(|(site, words)| (*site, words.as_slice()))
        .collect();
    Lexicon::new(&groups)
});

/// The sites that a text names: `gate/east` for 东门口 and for "the east entrance".
#[must_use]
pub fn named(text: &str) -> BTreeSet<&'static str> {
    let folded = Folded::new(text);
    SITES.all(folded.text()).map(|hit| hit.meaning).collect()
}

/// Whether two sites may be one: a gate may be the east gate, the east gate is not the west gate.
#[must_use]
pub fn may_be(one: &str, other: &str) -> bool {
    let holds = |whole: &str, part: &str| {
        let rest = part.strip_prefix(whole);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    holds(one, other) || holds(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_site_has_one_name_in_both_languages() {
        for (one, other) in [
            ("篮球场旁边", "by the basketball court"),
            ("东门口", "at the east entrance"),
            ("地下车库", "in the underground garage"),
            ("滑梯那里", "next to the slide"),
            ("快递柜", "the parcel lockers"),
        ] {
            assert_eq!(named(one), named(other), "{one}, {other}");
            assert_eq!(named(one).len(), 1, "{one}");
        }
        assert!(named("3号楼").is_empty());
    }

    #[test]
    fn a_gate_may_be_any_gate() {
        assert!(may_be("gate", "gate/east"));
        assert!(may_be("gate/east", "gate/east"));
        assert!(!may_be("gate/east", "gate/west"));
        assert!(!may_be("gate", "garden"));
    }

    #[test]
    fn no_word_stands_for_two_sites() {
        let mut seen = BTreeSet::new();
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            let words = line.split_once(": ").map_or("", |(_, words)| words);
            for word in words.split(", ").filter(|word| !word.is_empty()) {
                assert!(seen.insert(word), "{word}");
            }
        }
    }
}
