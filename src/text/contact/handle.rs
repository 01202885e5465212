//! What may be a handle, and what is a number of another kind. Nothing here does IO.

use crate::text::{fold::Folded, words::starts_with_any};

/// The kinds of handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Digits only: a telephone number, the number of an account.
    Digits,
    /// Letters and digits, beginning with a letter.
    Mixed,
    /// Letters only, which may be any word.
    Letters,
}

/// The shortest number of an account (QQ numbers began at five digits).
const DIGITS_MIN: usize = 5;
/// The longest telephone number with the codes of a country (ITU-T E.164: 15 digits), and two more.
const DIGITS_MAX: usize = 17;
/// The shortest name of an account (WeChat asks for six characters; Telegram for five).
const NAME_MIN: usize = 5;
const NAME_MAX: usize = 32;

/// After a number these make a quantity, an address or a date of it.
const UNITS: &[&str] = &[
    "元", "块", "万", "度", "吨", "步", "号楼", "室", "平", "%", "点", "分", "秒", "年", "月",
    "日", "人", "户", "个", "次", "kg", "kw", "km", "ml", "米", "斤", "克", "公里", "栋", "单元",
    "楼", "层", "期", "折", "份", "件", "张", "天", "小时", "m2", "方", "立方", "路", "弄", "mah",
    "mm", "cm",
];

/// What a run of Latin letters and digits may be. `from..to` is its place in the text that was searched.
pub(super) fn shape(view: &Folded<'_>, from: usize, to: usize) -> Option<Shape> {
    let run = &view.text()[from..to];
    if run.bytes().all(|b| b.is_ascii_digit()) {
        let rest = view.text()[to..].trim_start();
        let is_one = (DIGITS_MIN..=DIGITS_MAX).contains(&run.len())
            && !starts_with_any(rest, UNITS)
            && !is_of_another_kind(view.as_written(from..to));
        return is_one.then_some(Shape::Digits);
    }
    if !(NAME_MIN..=NAME_MAX).contains(&run.len())
        || !run.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return None;
    }
    if run.bytes().any(|b| b.is_ascii_digit()) {
        return Some(Shape::Mixed);
    }
    (!ORDINARY.contains(&run)).then_some(Shape::Letters)
}

/// Words that follow a network's name in ordinary sentences.
const ORDINARY: &[&str] = &[
    "group",
    "groups",
    "account",
    "please",
    "thanks",
    "number",
    "message",
    "wechat",
    "telegram",
    "whatsapp",
    "chat",
    "channel",
    "video",
    "about",
    "there",
    "where",
    "which",
    "their",
    "would",
    "could",
    "should",
    "share",
    "shared",
    "contact",
    "friend",
    "friends",
    "people",
    "today",
    "tomorrow",
    "because",
    "after",
    "before",
    "maybe",
    "thank",
    "anyone",
    "everyone",
    "building",
    "community",
    "photo",
    "photos",
    "public",
    "payment",
    "password",
];

/// A home, a date, a time, an amount: digits that are written in parts of their own.
fn is_of_another_kind(written: &str) -> bool {
    let parts: Vec<&str> = written
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let is_time = written.contains([':', '：']) || written.contains(['~', '～']);
    let is_amount = parts.len() == 2 && written.contains(['.', '．']) && lengths[1] <= 2;
    let is_home = match lengths.as_slice() {
        [building, home] => *building <= 2 && *home <= 4,
        [building, unit, home] => *building <= 2 && *unit <= 2 && *home <= 4,
        [phase, building, unit, home] => *phase <= 2 && *building <= 2 && *unit <= 2 && *home <= 4,
        _ => false,
    };
    let is_date = matches!(lengths.as_slice(), [4, 1..=2, 1..=2]) && parts[0].starts_with("20");
    is_time || is_amount || is_home || is_date
}
