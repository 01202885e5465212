//! Adverts in a name. Nothing here does IO.
//!
//! Only words that nobody's name holds: in a name there is no context that could make
//! them honest. Those that are given names as well (张家政, 李博彩) count unless they are one.

use std::sync::LazyLock;

use regex::Regex;

use super::looks::Looks;
use crate::text::names::surname::{COMMON, is_given_word, weight};

#[rustfmt::skip]
const HAN: &[&str] = &[
    "发票", "刷单", "兼职", "贷款", "网贷", "借款", "放款", "套现", "信用卡", "办证", "中介", "房产",
    "地产", "优惠", "特价", "折扣", "打折", "促销", "招聘", "招工", "诚聘", "急聘", "批发",
    "低价", "出租", "出售", "转让", "二手", "租房", "卖房", "售房", "买房", "装修公司", "装修队",
    "装修设计", "家政服务", "家政公司", "月嫂", "保姆", "开锁", "换锁", "疏通", "搬家", "保险",
    "理财", "炒股", "荐股", "股票", "彩票", "棋牌", "返利", "红包群", "扫码", "进群", "拉群", "推广",
    "广告", "免费", "团购", "微商", "招商", "加盟", "培训", "减肥", "按摩", "上门", "水电维修",
    "家电维修", "空调维修", "空调清洗", "家电清洗", "回收", "送货", "包邮", "秒杀", "抢购", "赚钱",
    "挣钱", "日结", "高薪", "赌", "约炮", "裸聊", "外围", "办卡", "健身卡",
    "美容院", "美甲", "足浴", "会所", "房屋", "快餐", "订餐", "外卖群", "批量", "厂家", "直销", 
    "注册公司", "低息", "无抵押", "黑户", "垫资", "专业维修", "防水补漏", "补漏", "甲醛", "刻章",
];

/// The same, but the first character is a surname, too: 代理凤 of the surname 代.
#[rustfmt::skip]
const SURNAME_FIRST: &[&str] = &[
    "代购", "代理", "代办", "代写", "代考", "代账", "代开", "代运营", "代缴", "代收",
];

/// Given names as well.
const GIVEN_TOO: &[&str] = &["家政", "美容", "博彩", "保健", "养生", "金融"];

const LATIN: &str = concat!(
    "(?:^|[^a-z])(?:loans|payday|invoices?|discounts?|promos?|promotions?|casino|crypto|bitcoin|forex|",
    "real ?estate|estate agents?|for sale|for rent|sales|part[ -]?time|hiring|recruit|recruiting|",
    "recruitment|wholesale|free gifts?|best price|massage|locksmith|betting|agency|insurance|",
    "click here|buy now|cheap rent|home cleaning|cleaning service|telegram)(?:[^a-z]|$)",
);

static LATIN_WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(LATIN).ok());

/// Whether the name advertises something.
pub(super) fn is_in(looks: &Looks) -> bool {
    // Next to the number of the home 二手房 would become 2手房: so the rest is searched, too.
    let holds = |word: &str| looks.squeezed.contains(word) || looks.rest_squeezed.contains(word);
    HAN.iter().any(|word| holds(word))
        || GIVEN_TOO
            .iter()
            .any(|word| holds(word) && !looks.han_words().any(|name| is_given_word(name, word)))
        || SURNAME_FIRST
            .iter()
            .any(|word| holds(word) && !looks.han_words().any(|name| is_person(name, word, looks)))
        || LATIN_WORDS
            .as_ref()
            .is_some_and(|regex| regex.is_match(&looks.folded))
}

/// 代理凤 with a home; but not 代理王, nor 代理商.
fn is_person(name: &str, word: &str, looks: &Looks) -> bool {
    let Some(last) = name.strip_prefix(word) else {
        return false;
    };
    let is_one = !last.is_empty() && last.chars().nth(1).is_none();
    let is_surname = weight(last).is_some_and(|weight| weight >= COMMON);
    looks.home.is_some() && is_one && !is_surname && !matches!(last, "商" | "费" | "点" | "群")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_compiles() {
        assert!(LATIN_WORDS.is_some());
    }
}
