//! The things that neighbours lose, find and hand on, and which words mean the same ones: 泰迪 is a dog, 电动车 a bike.
//! The words stand in `things.txt`. Nothing here does IO.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::super::words::{Hit, Lexicon, ends_with_any, starts_with_any};

const WORDS: &str = include_str!("things.txt");

/// What sort of thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Animal,
    Person,
    Thing,
    /// Something that people do together.
    Doing,
}

/// A thing by its own name: `dog`, or `dog/poodle`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thing {
    pub id: &'static str,
    pub class: Class,
}

static THINGS: LazyLock<Lexicon<Thing>> = LazyLock::new(|| {
    let mut class = Class::Thing;
    let mut groups: Vec<(Thing, Vec<&'static str>)> = Vec::new();
    for line in WORDS.lines() {
        match line {
            "[animal]" => class = Class::Animal,
            "[person]" => class = Class::Person,
            "[thing]" => class = Class::Thing,
            "[doing]" => class = Class::Doing,
            line => {
                let row = line.split_once(": ").filter(|_| !line.starts_with('#'));
                if let Some((id, words)) = row {
                    groups.push((Thing { id, class }, words.split(", ").collect()));
                }
            }
        }
    }
    let groups: Vec<_> = groups
        .iter()
        .map(|(of, words)| (*of, words.as_slice()))
        .collect();
    Lexicon::new(&groups)
});

impl Thing {
    /// Whether both may be the same.
    #[must_use]
    pub fn may_be(self, other: Self) -> bool {
        let (one, one_more) = parts(self.id);
        let (two, two_more) = parts(other.id);
        let differ = matches!((one_more, two_more), (Some(one), Some(two)) if one != two);
        one == two && !differ
    }

    /// What it is, leaving out which one of them.
    #[must_use]
    pub fn group(self) -> &'static str {
        parts(self.id).0
    }
}

fn parts(id: &'static str) -> (&'static str, Option<&'static str>) {
    match id.split_once('/') {
        Some((of, which)) => (of, Some(which)),
        None => (id, None),
    }
}

/// The words for things in a folded text, in their order: those inside longer ones are left out, and so is whose a thing is.
pub(super) fn all(text: &str) -> Vec<Hit<Thing>> {
    let mut found: Vec<Hit<Thing>> = Vec::new();
    for hit in THINGS.all(text).filter(|hit| !is_other(text, hit)) {
        let Some(last) = found.last().copied() else {
            found.push(hit);
            continue;
        };
        // 电动车钥匙, 小孩的鞋 and "bicycle helmet" are what the last word says.
        let gap = text.get(last.end..hit.start);
        let is_of = matches!(gap, Some("的" | "'s " | "s' " | "'s old "));
        if hit.end <= last.end {
            continue;
        }
        if hit.start < last.end || is_of && last.meaning.class != Class::Thing {
            found.pop();
        }
        found.push(hit);
    }
    found
}

/// Whether a word names something that people do together, whatever else it may be: 乒乓球.
pub(super) fn is_doing(word: &str) -> bool {
    let mut hits = THINGS.every(word).into_iter();
    hits.any(|hit| hit.meaning.class == Class::Doing && hit.end - hit.start == word.len())
}

/// Words that hold the name of a thing and are none: what may stand before it, and what behind.
#[rustfmt::skip]
const OTHER: [(&str, &[&str], &[&str]); 28] = [
    ("包", &["打", "面", "承", "里面", "己", "手", "奶奶"], &["邮", "括", "含", "子", "你", "装", "间", "车", "退", "过", "的", "了"]),
    ("书", &["秘", "文", "证", "说", "图"], &["记", "画", "法", "馆", "院"]),
    ("花", &["三", "狸", "棉", "烟", "开", "天", "雪", "碎", "印", "暗"], &["了", "费", "钱", "园", "坛", "色", "时", "板", "圃"]),
    ("床", &["起", "机", "临"], &["上", "单", "头", "垫", "铺"]),
    ("票", &["发", "投"], &[]),
    ("钱", &["价", "的", "要", "多", "块", "花", "赚", "收", "给", "不用"], &["包", "夹"]),
    ("鸡", &[], &["蛋", "肉"]),
    ("鸟", &["菜"], &["驿", "笼"]),
    ("狗", &["热"], &["粮", "笼", "绳", "窝", "牌", "不理"]),
    ("猫", &["熊", "天"], &["粮", "砂", "爬", "抓", "包", "条", "窝", "腻", "笼"]),
    ("药", &[], &["店", "房"]),
    ("鱼", &["木", "钓"], &["竿", "缸", "池"]),
    ("酒", &["啤"], &["店", "精", "吧"]),
    ("虾", &[], &["兵"]),
    ("杯子", &[], &[]),
    ("快递", &[], &["柜", "站", "架", "员", "点", "室", "小哥"]),
    ("票", &[], &["数"]),
    ("大爷", &["门卫", "保安"], &[]),
    ("阿姨", &["保洁", "的", "李", "王", "张", "刘", "陈"], &["们"]),
    ("run", &[], &[" away", " off"]),
    ("walk", &["a "], &[]),
    ("lab", &[], &["our", "el"]),
    ("cap", &["ice", "a "], &[]),
    ("cash", &[], &[" only"]),
    ("ring", &[], &[" at ", " me", " us", " the ", " my ", " first", " when", " 1", " 2", " 3", " 4", " 5", " 6", " 7", " 8", " 9"]),
    ("screen", &["touch", "sun"], &[]),
    ("学习", &[], &["桌", "机"]),
    ("电影", &[], &["院"]),
];

fn is_other(text: &str, hit: &Hit<Thing>) -> bool {
    let (word, before, after) = (
        &text[hit.start..hit.end],
        &text[..hit.start],
        &text[hit.end..],
    );
    let mut rows = OTHER.iter().filter(|(of, ..)| *of == word);
    rows.any(|(_, leads, trails)| ends_with_any(before, leads) || starts_with_any(after, trails))
}

/// Whether a folded text begins with people, tells of no animal, and not of what they have lost themselves.
pub(super) fn begins_with_people(text: &str) -> bool {
    let hits = all(text);
    let is_of = |class: Class| move |hit: &&Hit<Thing>| hit.meaning.class == class;
    let lose = [
        "把", "丢了", "落", "弄丢", "忘", "的", " left", " lost", " forgot", " dropped", "'s",
    ];
    let first = hits.first().filter(is_of(Class::Person));
    first.is_some_and(|hit| !starts_with_any(&text[hit.end..], &lose))
        && !hits.iter().any(|hit| is_of(Class::Animal)(&hit))
}

/// The thing that an item, as it was written, is: the last word says it, for what stands before only tells which one.
#[must_use]
pub fn of_item(item: &str) -> Option<Thing> {
    which_of_item(item).map(|(thing, _)| thing)
}

/// The thing that an item is, and what stands before it, folded: `wooden` and the table of a wooden table.
#[must_use]
pub fn which_of_item(item: &str) -> Option<(Thing, String)> {
    let folded = super::super::fold::Folded::new(item);
    let hit = all(folded.text()).pop()?;
    let before = folded.text()[..hit.start].trim();
    Some((hit.meaning, before.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn words_for_the_same_thing() {
        for (one, other, may_be) in [
            ("泰迪", "小狗", true),
            ("泰迪", "金毛", false),
            ("电动车", "自行车", true),
            ("橘猫", "猫咪", true),
            ("橘猫", "ginger cat", true),
            ("橘猫", "黑猫", false),
            ("电动车钥匙", "钥匙", true),
            ("沙发", "couch", true),
            ("沙发", "床", false),
            ("高低床", "双人床", false),
            ("高低床", "bunk bed", true),
            ("床", "bunk bed", true),
            ("饭桌", "dining table", true),
            ("鞋柜", "电视柜", false),
            ("破壁机", "炒锅", false),
            ("台灯", "落地灯", false),
            ("羽绒服", "down jacket", true),
            ("土狗", "mongrel", true),
        ] {
            let things = of_item(one).zip(of_item(other));
            let (first, second) = things.unwrap_or_else(|| panic!("{one}, {other}"));
            assert_eq!(first.may_be(second), may_be, "{one}, {other}");
        }
    }

    /// The rows of the list: the section, the id and the words.
    fn rows() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
        let mut section = "";
        let mut rows = Vec::new();
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with('[') {
                section = line;
            } else if let Some((id, words)) = line.split_once(": ") {
                rows.push((section, id, words.split(", ").collect()));
            } else {
                assert_eq!(line, "", "a line without words");
            }
        }
        rows
    }

    #[test]
    fn no_word_stands_twice_in_a_section() {
        let mut seen = BTreeMap::new();
        for (section, id, words) in rows() {
            for word in words {
                assert!(!word.is_empty() && word == word.trim(), "{id}: {word:?}");
                let before = seen.insert((section, word), id);
                assert_eq!(before, None, "{word} stands in {id} too");
            }
        }
    }

    /// These have no general word: a bank card is no bus card, and whoever lost one says which.
    const WITHOUT_GENERAL: [&str; 3] = ["card", "christmas", "drive"];

    #[test]
    fn each_kind_has_its_general_line() {
        let rows = rows();
        let mut groups = BTreeMap::new();
        let mut ids = BTreeSet::new();
        for (section, id, _) in &rows {
            assert!(ids.insert(*id), "{id} has two lines");
            let (group, _) = parts(id);
            let other = groups.insert(group, *section).filter(|of| of != section);
            assert_eq!(other, None, "{group} stands in two sections");
        }
        for group in groups.into_keys() {
            let is_alone = WITHOUT_GENERAL.contains(&group);
            assert_ne!(ids.contains(group), is_alone, "{group}");
        }
    }
}
