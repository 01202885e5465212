//! What makes a number something else than a part of an address. Nothing here does IO.
//!
//! Every check looks at the folded text just before or just after the number.

use super::value::Value;
use crate::text::words::{ends_with_any, is_han, starts_with_any};

/// Words that count what follows a number, each with the beginnings that make it an
/// ordinary word after a home: 501天花板, 501次卧, 501路由器.
#[rustfmt::skip]
const COUNTERS: &[(&str, &[&str])] = &[
    ("个", &[]), ("名", &[]), ("位", &["位于", "位置"]), ("人", &[]), ("元", &[]), ("块", &[]),
    ("年", &[]), ("月", &[]), ("日", &[]),
    ("天", &["天花", "天然", "天线", "天窗", "天台", "天井", "天天"]),
    ("小时", &[]), ("分钟", &[]), ("秒", &[]), ("周", &["周围", "周边"]), ("星期", &[]),
    ("次", &["次卧"]), ("度", &[]), ("平米", &[]), ("平方", &[]), ("米", &[]), ("公里", &[]),
    ("公斤", &[]), ("千克", &[]), ("斤", &[]), ("克", &[]), ("吨", &[]), ("伏", &[]), ("千瓦", &[]),
    ("路", &["路由", "路灯"]), ("台", &["台灯", "台面", "台盆", "台阶", "台上"]), ("辆", &[]),
    ("套", &["套内"]), ("件", &[]), ("条", &[]), ("根", &[]), ("份", &["份额"]), ("岁", &[]),
    ("倍", &[]),
    ("多", &[]), ("余", &[]), ("几", &[]), ("万", &[]), ("千", &[]), ("百", &[]), ("亿", &[]),
    ("届", &[]), ("级", &[]), ("码", &[]), ("股", &[]), ("笔", &[]), ("种", &[]), ("类", &[]),
    ("页", &[]), ("车位", &[]), ("项", &[]), ("票", &[]), ("号线", &[]), ("班", &[]), ("瓶", &[]),
    ("桶", &[]),
    ("箱", &[]), ("袋", &[]), ("左右", &[]), ("以上", &[]), ("以下", &[]), ("报警", &[]),
    ("栋", &[]), ("幢", &[]), ("单元", &[]), ("弄", &[]), ("期", &[]), ("层", &[]),
];

/// The same in English, after a space.
#[rustfmt::skip]
const ENGLISH_COUNTERS: &[&str] = &[
    "people", "person", "persons", "residents", "owners", "households", "families", "homes",
    "flats", "units", "rooms", "cars", "times", "day", "days", "hour", "hours", "minutes", "mins",
    "weeks", "months", "years", "yuan", "rmb", "dollars", "usd", "percent", "am", "pm", "kg", "km",
    "m", "cm", "meters", "metres", "sqm", "floors", "steps", "pieces", "boxes", "litres", "liters",
    "watts", "volts", "degrees", "of", "more", "and a half",
];

/// Forms of address: after a surname they show that 501张女士 is a person's home.
const COURTESIES: &[&str] = &[
    "先生", "女士", "小姐", "阿姨", "叔叔", "大爷", "大妈", "老师", "师傅", "姐", "哥", "奶奶",
    "爷爷",
];

/// Things that carry numbers of their own.
#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "车位", "泊位", "车库", "车牌", "车", "柜", "柜子", "桩", "编号", "单号", "订单", "订单号",
    "快递", "取件码", "取货码", "提货码", "提取码", "验证码", "口令", "型号", "工单", "票", "票号",
    "电话", "手机", "座机", "热线", "微信", "qq", "身份证", "尾号", "密码", "版本", "比分", "箱",
    "表号", "序列号", "条码", "证号", "会员", "监控", "监控室", "摄像头", "机房", "岗亭", "储藏室",
    "地下室", "model", "code", "order", "no", "version", "v", "parking", "space", "locker", "pin",
    "ticket", "tel", "phone", "call",
];

/// Rooms that are nobody's home: their number is not a home.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "办公室", "办公楼", "会议室", "会所", "活动中心", "活动室", "酒店", "宾馆", "学校", "医院",
    "监控室", "物业", "物业中心", "服务中心", "写字楼", "公司", "中心", "教室", "社区", "居委会",
    "office", "hotel", "meeting",
];

/// Words before a number of buildings or floors that is a quantity.
const COUNTED_BEFORE: &[&str] = &[
    "共", "总", "有", "每", "各", "这", "那", "整", "全", "约", "爬",
];

/// Whether what stands before a number with a counting mark (栋, 层) makes it a quantity.
pub(super) fn counted_before(before: &str) -> bool {
    ends_with_any(before.trim_end_matches(' '), COUNTED_BEFORE)
}

/// Whether what stands before a number says that it is the number of some thing.
pub(super) fn numbered_before(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', '.', '#']);
    let before = before.strip_suffix('是').unwrap_or(before);
    let before = before.strip_suffix('号').unwrap_or(before);
    ends_with_word(before, NUMBERED)
}

/// Whether what stands before 501室 makes it an office, not a home.
pub(super) fn office_before(before: &str) -> bool {
    ends_with_word(before.trim_end_matches(' '), OFFICES)
}

/// Whether a bare number cannot be a home because of what follows: a counter, more
/// digits, a unit of measure.
pub(super) fn counted_after(value: Value, after: &str) -> bool {
    let mut chars = after.chars();
    match (chars.next(), chars.next()) {
        (Some('-' | '~' | ':' | '.' | '/'), Some(c)) if c.is_ascii_digit() => return true,
        (Some('%' | '‰' | '°' | '℃' | '+' | '*' | '=' | '$' | '¥' | '€' | '£'), _) => {
            return true;
        }
        _ => {}
    }
    let spaced = after.starts_with(' ');
    let rest = after.trim_start_matches(' ');
    if rest.starts_with(['%', '¥', '$', '€', '£']) {
        return true;
    }
    if spaced && english_counter(rest) {
        return true;
    }
    if is_amperes(value)
        && starts_with_any(rest, &["空开", "空气开关", "插座", "断路", "漏保", "保险"])
    {
        return true;
    }
    COUNTERS.iter().any(|(counter, ordinary)| {
        rest.starts_with(counter) && !starts_with_any(rest, ordinary) && !is_person(rest)
    })
}

/// Whether 户 after a number counts households: 120户居民.
pub(super) fn counts_households(after: &str) -> bool {
    starts_with_any(
        after.trim_start_matches(' '),
        &[
            "居民", "人家", "业主", "家庭", "人", "以上", "左右", "都", "全", "没", "停", "住",
        ],
    )
}

/// Whether 栋 or 座 after a number counts buildings, seats or bridges.
pub(super) fn counts_blocks(after: &str) -> bool {
    const THINGS: &[&str] = &[
        "别墅", "房", "大楼", "建筑", "洋房", "高层", "住宅", "桥", "山", "城", "塔", "雕", "位",
        "椅", "机", "车", "商务", "的车", "suv",
    ];
    let after = after.trim_start_matches(' ');
    if let Some(rest) = after.strip_prefix('楼') {
        return !starts_with_any(
            rest,
            &[
                "下", "上", "道", "梯", "顶", "里", "前", "后", "门", "栋", "管", "内", "外", "旁",
                "楼",
            ],
        );
    }
    starts_with_any(after, THINGS)
}

/// Whether 层 or 楼 after a number tells how many floors there are, or from where on.
pub(super) fn counts_floors(after: &str) -> bool {
    let after = after.trim_start_matches(' ');
    if let Some(rest) = after.strip_prefix('楼') {
        return !starts_with_any(rest, &["道", "梯", "上", "下"]);
    }
    starts_with_any(
        after,
        &[
            "高",
            "以上",
            "以下",
            "及以",
            "往上",
            "往下",
            "的楼",
            "的房",
            "的建筑",
            "小高层",
            "洋房",
            "住宅",
            "建筑",
            "大楼",
            "电梯房",
            "到顶",
            "起",
            "灰",
            "水",
            "油",
            "土",
            "泥",
            "膜",
            "冰",
            "霜",
            "锈",
            "皮",
            "漆",
            "薄",
            "厚",
            "纱",
            "布",
            "号",
            "栋",
        ],
    )
}

/// Whether these three numbers are a date: 5-1-2024. A home on the twentieth floor has a
/// low door number.
pub(super) fn is_date(home: &str) -> bool {
    match home.parse::<u16>() {
        Ok(year @ 1900..=2099) => year % 100 > 10,
        _ => false,
    }
}

/// Whether the text before a number ends in a month with its number, so that 3月2号 is a
/// day.
pub(super) fn month_before(before: &str) -> bool {
    before
        .trim_end_matches(' ')
        .strip_suffix('月')
        .and_then(|rest| rest.chars().next_back())
        .is_some_and(|c| c.is_ascii_digit() || super::numeral::is_numeral(c))
}

/// English verbs make `block` a verb: cars block 2 exits.
pub(super) fn blocks_something(before: &str) -> bool {
    let before = before.trim_end_matches(' ');
    let word = before.rsplit(' ').next().unwrap_or(before);
    matches!(
        word,
        "to" | "they"
            | "we"
            | "you"
            | "cars"
            | "not"
            | "don't"
            | "can"
            | "can't"
            | "will"
            | "would"
            | "that"
            | "which"
            | "always"
            | "cannot"
            | "often"
            | "bikes"
            | "people"
    )
}

fn english_counter(rest: &str) -> bool {
    ENGLISH_COUNTERS.iter().any(|word| {
        rest.strip_prefix(word)
            .is_some_and(|tail| !tail.starts_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

/// A surname that is also a counter, told by the form of address after it: 万女士.
fn is_person(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next();
    starts_with_any(chars.as_str(), COURTESIES)
}

fn is_amperes(value: Value) -> bool {
    matches!(value, Value::Mixed(mixed) if mixed.len() <= 3 && mixed.ends_with('a'))
}

/// Whether the text ends with one of the words; Latin ones as whole words.
fn ends_with_word(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_suffix(word).is_some_and(|rest| {
            word.starts_with(is_han) || !crate::text::words::ends_in_latin(rest)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_a_number() {
        let home = Value::Digits("501");
        for after in [
            "个",
            "路公交",
            " 个人",
            "-503",
            ":30",
            "天前",
            " people",
            "块钱",
            "%",
            "人",
            "次",
        ] {
            assert!(counted_after(home, after), "{after}");
        }
        for after in [
            "",
            "漏水",
            "路由器",
            "天花板",
            "次卧",
            "，没水",
            "万女士",
            "下水道",
            "里面",
            "角阀",
            "楼上",
            "毛坯",
        ] {
            assert!(!counted_after(home, after), "{after}");
        }
        assert!(counted_after(Value::Mixed("16a"), "空开"));
        assert!(!counted_after(home, "插座没电"));
    }

    #[test]
    fn what_stands_before_a_number() {
        assert!(numbered_before("我的车位"));
        assert!(numbered_before("取件码:"));
        assert!(numbered_before("车位号是"));
        assert!(!numbered_before("我住"));
        assert!(!numbered_before("i know"));
        assert!(month_before("3月"));
        assert!(month_before("十月"));
        assert!(!month_before("上个月"));
        assert!(counted_before("一共"));
        assert!(office_before("物业办公室"));
    }

    #[test]
    fn dates() {
        assert!(is_date("2024"));
        assert!(is_date("1999"));
        assert!(!is_date("2001"));
        assert!(!is_date("501"));
        assert!(!is_date("12A04"));
    }
}
