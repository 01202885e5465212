//! What the desk writes down of a telephone call: the home, who called, their number, and what it is about. Nothing here does
//! IO.

use super::{
    address::{self, Address, Registry},
    fold::Folded,
    names, place,
};

/// A call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub address: Address,
    /// As it was written: 王, 王女士, `Mrs Smith`.
    pub name: Option<String>,
    /// As it was written.
    pub phone: Option<String>,
    pub words: String,
}

/// Words that an address may be written in: `Building 3 Unit 2 Apt 501`.
const ADDRESS_WORDS_MAX: usize = 6;
/// Digits of the shortest telephone number.
const PHONE_DIGITS_MIN: usize = 7;
/// What Chinese names are followed by.
#[rustfmt::skip]
const TITLES: [&str; 18] = [
    "先生", "女士", "小姐", "太太", "阿姨", "叔叔", "大爷", "大妈", "大叔", "大姐", "奶奶", "爷爷", "老师", "师傅", "同学", "老伯", "伯伯", "医生",
];
/// What Latin names are preceded by.
const MISTER: [&str; 6] = ["mr", "mrs", "ms", "miss", "dr", "prof"];
/// Surnames that are more often what is broken.
const THINGS: &str = "水电门灯车楼树花管路家";

/// Reads `3-2-501 王女士 13800001111 厨房漏水`; name and number may be missing. None where it begins with no building, or
/// nothing is left that it is about.
#[must_use]
pub fn read(text: &str, registry: &Registry) -> Option<Call> {
    let (address, rest) = leading_address(text.trim(), registry)?;
    let (name, rest) = leading_name(rest);
    let (phone, rest) = leading_phone(rest);
    // The number may come first.
    let (name, rest) = if name.is_none() {
        leading_name(rest)
    } else {
        (name, rest)
    };
    let words = rest.trim_start_matches(is_stop).trim();
    let is_told = !words.is_empty() && !is_titled(words) && leading_phone(words).0.is_none();
    is_told.then(|| Call {
        address,
        name: name.map(str::to_owned),
        phone: phone.map(str::to_owned),
        words: words.to_owned(),
    })
}

fn is_stop(c: char) -> bool {
    c.is_whitespace() || "，,：:。.；;、".contains(c)
}

fn leading_address<'t>(text: &'t str, registry: &Registry) -> Option<(Address, &'t str)> {
    let spaces = text.char_indices().filter(|(_, c)| is_stop(*c));
    let ends = spaces.map(|(at, _)| at).take(ADDRESS_WORDS_MAX);
    let mut best: Option<(Address, usize)> = None;
    for end in ends {
        let first = &text[..end];
        let last = first.split_whitespace().next_back()?;
        let ends_so = last.ends_with(['楼', '栋', '幢', '座', '元', '室', '户', '号'])
            || last.is_ascii() && last.chars().any(|c| c.is_ascii_digit());
        let found = address::read(&Folded::new(first), registry);
        // More words belong to it only where they tell more of it.
        let is_more = best.as_ref().is_none_or(|(known, _)| *known != found);
        if ends_so && is_more && found.building.is_some() {
            best = Some((found, end));
        }
    }
    let (address, end) = best?;
    Some((address, text[end..].trim_start_matches(is_stop)))
}

fn leading_name(text: &str) -> (Option<&str>, &str) {
    let end = text.find(is_stop).unwrap_or(text.len());
    let first = &text[..end];
    let end = if MISTER.contains(&first.to_lowercase().as_str()) {
        let next = text[end..].trim_start_matches(is_stop);
        let begins = text.len() - next.len();
        begins + next.find(is_stop).unwrap_or(next.len())
    } else {
        end
    };
    let (name, rest) = text.split_at(end);
    let rest = rest.trim_start_matches(is_stop);
    if !rest.is_empty() && is_name(name) {
        (Some(name), rest)
    } else {
        (None, text)
    }
}

fn is_name(word: &str) -> bool {
    let is_latin = word.is_ascii() && word.starts_with(|c: char| c.is_ascii_uppercase());
    let is_short = !word.is_ascii()
        && word.chars().count() <= 3
        && !word.starts_with(|c| THINGS.contains(c))
        && !word.ends_with(['了', '坏', '漏', '堵']);
    let is_place = place::find(&Folded::new(word)).is_some();
    (is_titled(word) || (is_latin || is_short) && !is_place) && names::surname_of(word).is_some()
}

fn is_titled(words: &str) -> bool {
    let lower = words.to_lowercase();
    let is_one = !words.contains(char::is_whitespace);
    TITLES.iter().any(|title| is_one && words.ends_with(title))
        || MISTER
            .iter()
            .any(|title| lower.starts_with(&format!("{title} ")))
}

fn leading_phone(text: &str) -> (Option<&str>, &str) {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-');
    let mut end = 0;
    // `138 0000 1111`: groups of three digits or more belong together.
    for group in text.split_inclusive(' ') {
        let digits = group.trim_end();
        let count = digits.chars().filter(char::is_ascii_digit).count();
        if !digits.chars().all(is_part) || count < 3 {
            let rest = group.find(|c| !is_part(c)).unwrap_or(0);
            let more = group[..rest].chars().filter(char::is_ascii_digit).count();
            end += if more >= 3 { rest } else { 0 };
            break;
        }
        end += group.len();
    }
    let (number, rest) = text.split_at(end);
    if number.chars().filter(char::is_ascii_digit).count() >= PHONE_DIGITS_MIN {
        (Some(number.trim_end()), rest.trim_start_matches(is_stop))
    } else {
        (None, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::address::Building;

    #[test]
    fn calls_are_read_as_the_desk_writes_them_down() {
        let buildings = ["1", "3", "B"].map(|name| Building::new(name, &["1", "2"]));
        let registry = Registry::new(buildings.into());
        for (text, home, name, phone, words) in [
            (
                "3-2-501 王女士 13800001111 厨房漏水",
                "3-2-501",
                "王女士",
                "13800001111",
                "厨房漏水",
            ),
            (
                "3-2-501 王 厨房漏水，很急",
                "3-2-501",
                "王",
                "",
                "厨房漏水，很急",
            ),
            (
                "3号楼2单元501室，李先生：灯不亮",
                "3-2-501",
                "李先生",
                "",
                "灯不亮",
            ),
            (
                "3-2-501 021-66668888 张阿姨 马桶堵了",
                "3-2-501",
                "张阿姨",
                "021-66668888",
                "马桶堵了",
            ),
            ("3号楼2单元 电梯不动", "3-2-", "", "", "电梯不动"),
            ("3-2-501 卫生间 漏水", "3-2-501", "", "", "卫生间 漏水"),
            (
                "3-2-501 王 138 0000 1111 漏水",
                "3-2-501",
                "王",
                "138 0000 1111",
                "漏水",
            ),
            ("3-2-501 灯坏了", "3-2-501", "", "", "灯坏了"),
            ("3-2-501 门坏了 关不上", "3-2-501", "", "", "门坏了 关不上"),
            (
                "Building 3 Unit 2 Apt 501 Mrs Smith +861380000111 the tap drips",
                "3-2-501",
                "Mrs Smith",
                "+861380000111",
                "the tap drips",
            ),
            (
                "3-2-501 Smith: no power",
                "3-2-501",
                "Smith",
                "",
                "no power",
            ),
            ("3-2-501 the tap drips", "3-2-501", "", "", "the tap drips"),
        ] {
            let call = read(text, &registry).unwrap();
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            let Address {
                building,
                unit,
                home: flat,
                ..
            } = &call.address;
            let told = format!("{}-{}-{}", part(building), part(unit), part(flat));
            assert_eq!(told, home, "{text}");
            let told = (part(&call.name), part(&call.phone), call.words);
            assert_eq!(
                told,
                (name.to_owned(), phone.to_owned(), words.to_owned()),
                "{text}"
            );
        }
        for text in [
            "",
            "3-2-501",
            "3-2-501 王女士",
            "王女士 厨房漏水",
            "厨房漏水",
            "9-2-501 王 漏水",
        ] {
            assert_eq!(read(text, &registry), None, "{text}");
        }
    }
}
