//! Whom neighbours recommend and look for: trades and shops, with what they do. Nothing here does IO.

use std::ops::Range;

use super::super::{
    super::names,
    pattern::{Pattern, compile},
    phrase::Phrase,
};

/// Trades and shops by their last word, with what they do before them: 教书法的老师.
static CHINESE: Pattern = Pattern::new(|| {
    compile(
        r"(?<x>(?<does>(?:会|能|专门|专业)?[修教做贴装换洗治看开搬通补配剪理刷打改调画弹拍扎写焊铺粉疏清除灭][\p{Han}--的]{1,4}的)?[\p{Han}--的那这]{0,6}?(?:师傅|公司|老师|阿姨|保姆|月嫂|教练|医生|大夫|律师|中介|[^上下值加夜早晚交倒]班|机构|钟点工|裁缝|木匠|电工|水电工|家教|医院|诊所|幼儿园|驾校|[^人谁大自国老各全管你我他在一那这][店馆铺院]|餐厅|早餐店|早点铺|牙科|健身房|美容|托管|快修))",
    )
});
/// What is done by somebody without a name for it: 修鞋的, 开锁.
static DONE: Pattern = Pattern::new(|| {
    compile(
        r"(?<x>修(?:手机|电脑|空调|冰箱|洗衣机|[车鞋脚伞表]|拉链|手表|热水器|马桶|水管|门锁|家电|眼镜|自行车|电动车)|配钥匙|换锁|开锁|搬家|装修|保洁|家政|体检|(?:疏?通|补|贴|装|洗|改|修|治|学|教|办|换|刷|剪|理|配|拔|镶)[\p{Han}]{1,4}?(?:道|桶|布|砖|膜|窗|调|脚|牙|发|头|管|灶|机|器|网|锁|裤|带|链|琴|画|泳|语|法|舞|证|药))",
    )
});
static ENGLISH: Pattern = Pattern::new(|| {
    compile(
        r"\b(?<x>plumber|electrician|dentist|doctor|vet|handyman|cleaner|nanny|babysitter|tutor|teacher|hairdresser|barber|mechanic|carpenter|painter|tailor|locksmith|lawyer|ayi|restaurant|kindergarten|clinic|hospital|pharmacy|bakery|movers|company|pediatrician|paediatrician|physio|masseur|cleaners|contractor|decorator|coach|trainer|provider|groomer|photographer|therapist|salon|sitter|repairman|seamstress|dermatologist|optician|florist|butcher|accountant|translator|driver)s?\b",
    )
});

/// A trade, a shop, or what one does; somebody's name with their trade says less than what they do.
pub(super) fn trade(own: &str, phrases: &[Phrase]) -> Option<Range<usize>> {
    let of_phrase = |range: Range<usize>| {
        let around = phrases
            .iter()
            .find(|phrase| phrase.range.contains(&(range.end - 1)));
        around.map_or(range.start, |phrase| phrase.range.start)..range.end
    };
    let chinese = CHINESE.all(own).filter_map(|found| {
        let range = found.name("x")?.range();
        Some(if found.name("does").is_some() {
            range
        } else {
            of_phrase(range)
        })
    });
    let (named, other): (Vec<_>, Vec<_>) =
        chinese.partition(|range| is_titled(&own[range.clone()]));
    let other = other.into_iter().next();
    other
        .or_else(|| DONE.find(own))
        .or_else(|| named.into_iter().next())
        .or_else(|| ENGLISH.find(own).map(of_phrase))
}

/// 郑阿姨 is a name.
fn is_titled(word: &str) -> bool {
    let first = word.get(..3).unwrap_or_default();
    let is_short = word.chars().count() == 3 || word.chars().count() == 2;
    is_short
        && names::is_surname_first(first)
        && !word.ends_with(['店', '馆', '铺', '院', '校', '教', '工'])
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 3] {
    [&CHINESE, &DONE, &ENGLISH]
}
