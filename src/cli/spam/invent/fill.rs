//! Templates, and what is put into them.

use std::collections::BTreeMap;

use super::Chance;

const SLOTS: &str = include_str!("slots.txt");

/// Sentences with `{slots}`.
pub(super) struct Templates {
    sentences: Vec<&'static str>,
    slots: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Templates {
    pub fn new(sentences: &'static str) -> Self {
        let lines = SLOTS.lines().filter(|line| !line.starts_with('#'));
        let slots = lines.filter_map(|line| {
            let (name, choices) = line.split_once(": ")?;
            Some((name, choices.split(" | ").collect()))
        });
        Self {
            sentences: sentences.lines().filter(|line| !line.is_empty()).collect(),
            slots: slots.collect(),
        }
    }

    /// A sentence with everything filled in.
    pub fn one(&self, chance: &mut Chance) -> String {
        let mut rest = *chance.pick(&self.sentences);
        let mut out = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or(("", after));
            out.push_str(before);
            out.push_str(&self.slot(name, chance));
            rest = after;
        }
        out + rest
    }

    fn slot(&self, name: &str, chance: &mut Chance) -> String {
        match name {
            "contact" => contact(chance),
            "econtact" => english_contact(chance),
            "link" => link(chance),
            name => self
                .slots
                .get(name)
                .map_or_else(String::new, |choices| (*chance.pick(choices)).to_owned()),
        }
    }
}

fn contact(chance: &mut Chance) -> String {
    let word = *chance.pick(&[
        "加微信",
        "微信",
        "加V",
        "VX",
        "+v",
        "加薇",
        "加威",
        "佳薇",
        "薇信：",
        "V信",
        "加卫星",
        "扣扣",
        "加Q",
        "QQ",
        "加企鹅",
        "加群",
        "私我",
        "加我",
        "vx：",
        "wx",
        "微信号：",
        "➕V",
        "加飞机",
        "TG：",
        "电报",
        "加绿泡泡",
    ]);
    let handle = handle(chance);
    match chance.below(8) {
        0 => format!("{handle}微信同号"),
        1 => format!("{handle}（{word}）"),
        2 => format!("{word} {handle}"),
        // Some leave the handle to their profile, or to a picture.
        3 => (*chance.pick(&[
            "看我头像",
            "扫码进群",
            "主页有联系方式",
            "私聊我",
            "加我好友",
            "看签名",
        ]))
        .to_owned(),
        _ => format!("{word}{handle}"),
    }
}

fn english_contact(chance: &mut Chance) -> String {
    let word = *chance.pick(&[
        "WhatsApp",
        "text me on WhatsApp",
        "Telegram @",
        "add me on Telegram",
        "DM me",
        "WeChat:",
        "contact us:",
        "call now",
        "Line ID:",
        "message",
    ]);
    format!("{word} {}", handle(chance))
}

fn handle(chance: &mut Chance) -> String {
    let digits = |chance: &mut Chance, count: usize| -> String {
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(chance.below(10)).unwrap_or_default()))
            .collect()
    };
    match chance.below(3) {
        0 => format!(
            "1{}{}",
            chance.pick(&["3", "5", "7", "8"]),
            digits(chance, 9)
        ),
        1 => {
            let count = 6 + chance.below(5);
            digits(chance, count)
        }
        _ => {
            let word = *chance.pick(&[
                "abc", "wang", "lucky", "money", "vip", "kf", "xiao", "hao", "dd", "love", "best",
                "mm", "fa",
            ]);
            let count = 3 + chance.below(4);
            format!("{word}{}", digits(chance, count))
        }
    }
}

fn link(chance: &mut Chance) -> String {
    let name = *chance.pick(&[
        "vip",
        "bet",
        "fuli",
        "quan",
        "dai",
        "hao",
        "win",
        "gift",
        "pay-check",
        "card",
    ]);
    let number = 100 + chance.below(900);
    let end = *chance.pick(&[".top", ".xyz", ".vip", ".cc", ".com", ".icu", ".shop"]);
    match chance.below(5) {
        0 => format!("t.cn/A6{name}{number}"),
        1 => format!("https://{name}{number}{end}/r?c={number}"),
        2 => format!("{name}{number}{}", end.replace('.', "点")),
        3 => format!("bit.ly/{name}{number}"),
        _ => format!("www.{name}{number}{end}"),
    }
}
