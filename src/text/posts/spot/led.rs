//! Where it is, in Chinese, by what stands before it and behind, whatever the place is called: 在葡萄架那边, 望江台碰头.
//! Nothing here does IO.

use std::ops::Range;

use super::super::{
    super::words::{ends_with_any, starts_with_any},
    pattern::{Pattern, compile},
};

/// What is no part of a name.
const NAME: &str = r"[^STOP\s的了时着过从把被在有没是不]";
const SIDE: &str = "(?:那边|那儿|那头|那块|下面|底下|下边|旁边|边上|上面|里面|里头|外面|外头|门外|门口|后面|前面|对面|跟前|附近|中间|尽头|拐角|边|旁|下|上|里|外)";
const HEAD: &str = "(?:[店厅馆室场站院街巷桥亭架园湖库]|大道|广场|中心|大厦)";

/// Behind 在, up to the first side or the first word for a place.
static AT: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?:在|掉|落|忘|于)(?<x>{NAME}{{1,9}}?{SIDE})|(?:在|到|于|路过|经过)(?<y>{NAME}{{1,7}}?{HEAD}{SIDE}?)"
    ))
});
/// Before those who meet, and before 那家 in praise.
static MET: Pattern = Pattern::new(|| {
    compile(
        r"(?:^|[STOP\s])(?<x>[\p{Han}]{2,7}?)(?:碰头|集合|见面|碰面|汇合|会合)|(?:就|是)(?<y>[\p{Han}]{2,6})那家",
    )
});

/// All such places.
pub(super) fn all(own: &str) -> Vec<Range<usize>> {
    let at = AT.every(own).into_iter();
    let at = at.filter(|range| {
        let word = &own[range.clone()];
        !ends_with_any(word, HOLDERS) && !SIDES.contains(&word)
    });
    let met = MET.every(own).into_iter();
    let met = met.filter(|range| !starts_with_any(&own[range.clone()], WHO));
    at.chain(met).collect()
}

/// Sides of what is not told.
pub(super) const SIDES: &[&str] = &[
    "底下", "里面", "里头", "上面", "下面", "外面", "外头", "旁边", "边上", "前面", "后面", "对面",
    "中间", "附近",
];
/// What holds a thing and is nowhere: a bag, a hand, the net.
const HOLDERS: &[&str] = &[
    "手上",
    "手里",
    "身上",
    "身边",
    "包里",
    "袋里",
    "袋子里",
    "盒里",
    "盒子里",
    "箱里",
    "箱子里",
    "脖子上",
    "头上",
    "脸上",
    "嘴里",
    "肚子里",
    "家里",
    "屋里",
    "群里",
    "圈里",
    "网上",
    "手机上",
    "微信上",
    "晚上",
    "早上",
    "路上",
    "桶里",
    "兜里",
    "地上",
    "床上",
    "心上",
    "心里",
    "怀里",
    "夜里",
    "天上",
    "现场",
    "市场",
    "立场",
    "一下",
    "之下",
    "以上",
    "以下",
    "车上",
    "车里",
    "机上",
];
/// Who meets, rather than where.
const WHO: &[&str] = &[
    "想", "吃", "去", "要", "大家", "我们", "咱们", "一起", "周", "准时", "到时", "提前",
];

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 2] {
    [&AT, &MET]
}
