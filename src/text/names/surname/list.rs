//! The list of Chinese surnames. Nothing here does IO.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Surnames and ten thousands of people. Source: wainshine/Chinese-Names-Corpus, Apache
/// License 2.0; the file says so as well.
const LIST: &str = include_str!("../surnames.tsv");

/// Surnames of several characters that the list lacks.
#[rustfmt::skip]
const MORE: &[&str] = &[
    "爱新觉罗", "叶赫那拉", "钮祜禄", "赫舍里", "瓜尔佳", "耶律", "东郭", "公良", "谷梁", "宰父", "夹谷", "哥舒", "那拉", "漆雕",
    "壤驷", "梁丘", "羊舌", "东门", "子车", "拓拔",
];

/// The longest surname: 爱新觉罗.
const COMPOUND_CHARS_MAX: usize = 4;

/// Half a million people: a surname that is common.
pub(in crate::text::names) const COMMON: u32 = 50;

/// What surnames weigh of which the list knows little more than that they exist.
const FEW: u32 = 5;

static WEIGHTS: LazyLock<BTreeMap<&'static str, u32>> = LazyLock::new(|| {
    let lines = LIST.lines().filter(|line| !line.starts_with('#'));
    let listed = lines.filter_map(|line| {
        let (name, weight) = line.split_once('\t')?;
        let whole = weight.split('.').next()?;
        Some((name, whole.parse().ok()?))
    });
    listed.chain(MORE.iter().map(|name| (*name, FEW))).collect()
});

/// How many ten thousands of people bear a surname; nothing when it is none.
pub(in crate::text::names) fn weight(surname: &str) -> Option<u32> {
    WEIGHTS.get(surname).copied()
}

/// The surname of several characters that starts a word; the longest one.
pub(super) fn compound(word: &str) -> Option<&str> {
    let ends = word.char_indices().map(|(at, _)| at).skip(2);
    let ends = ends.chain([word.len()]).take(COMPOUND_CHARS_MAX - 1);
    ends.map(|end| &word[..end])
        .filter(|start| start.chars().nth(1).is_some() && WEIGHTS.contains_key(start))
        .last()
}

/// The single character that starts a word and its weight, if it is a surname.
pub(super) fn single(word: &str) -> Option<(&str, u32)> {
    let len = word.chars().next()?.len_utf8();
    let start = &word[..len];
    weight(start).map(|weight| (start, weight))
}

/// Whether the surname is one of those that hardly anybody bears.
pub(super) fn is_rare(weight: u32) -> bool {
    weight <= FEW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole() {
        assert!(WEIGHTS.len() > 1000);
        assert_eq!(weight("王"), Some(9520));
        assert_eq!(weight("芳芳"), None);
        assert_eq!(compound("欧阳娜娜"), Some("欧阳"));
        assert_eq!(compound("司马"), Some("司马"));
        assert_eq!(compound("爱新觉罗溥仪"), Some("爱新觉罗"));
        assert_eq!(compound("王芳"), None);
        assert_eq!(compound("王"), None);
        assert_eq!(single("王芳").map(|(name, _)| name), Some("王"));
    }
}
