//! How many seats are free, how many people look for one, or how many are still missing. Nothing here does IO.

use super::{
    super::words::{ends_with_any, starts_with_any},
    pattern::{Pattern, compile, number},
    words::Words,
};

/// What is counted.
const WHO: &str = "(?:空座位?|空位子?|座位?|位子|位置|位|口人?|人|邻居|大人|小伙伴|乘客|朋友|搭子|老人|孩子|娃娃?|小孩|小朋友|同学|姐妹|兄弟|伙伴|队友|球友|选手|牌友|女生|男生|名额|大)";

/// The clearest first: all of them together; what is free or missing; a number of seats or people; somebody alone.
static ALL: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?:一共|总共|共|统共|合计|我们|咱们|俺们|我家|一家|全家|一行|同行)(?:是|有|就)?(?<x>NUM) ?(?:个|位|名)?{WHO}|\b(?<y>NUM) of us\b|\bwe (?:are|'re|have) (?<z>NUM)\b|\bparty of (?<w>NUM)\b|(?<v>NUM)个?大人?(?:带|和|加|、)?(?<more>NUM)个?(?:小孩?|娃|孩子)|\b(?<u>NUM) adults?,?(?: and| plus| \+)? (?<plus>NUM) (?:kids?|child|children|toddlers?|bab(?:y|ies))"
    ))
});
static FREE: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?:空|剩|余|还有|还能|能|可|可以|还可以|尚|带|捎|载|拉|塞|挤|坐得下|容|缺|差|少|招|限|求|找|来|约到?|再|要|只要|最多|至多|多|车位|座位|空位|余座|人数|名额|需|需要|招募|凑)(?:着|出|下|了|上|带|捎|坐|再|能|载|余|差|缺|来|塞|挤|有|多)*(?:大概|最多|只|仅|是)?[:：]? ?(?<x>NUM) ?(?:个|位|名)?(?:{WHO}|$|[STOP\s就的]|空|能)|[0-9一二三四五六]缺(?<y>[0-9一二三四五六])|(?<z>NUM)(?:个|位)?(?:空座|空位|余座)|(?:room|space|seats?|places?|spots?) (?:for|left for)(?: up to| another| at least)? (?<w>NUM)\b|\b(?<v>NUM) (?:more |other )?(?:free |spare |empty |available |open |back |extra )*(?:seats?|spots?|places?|spaces?)\b|\b(?:need|needs|want|wanted|looking for|short of|missing|take|fit|squeeze in|carry|bring)(?: up to| another| about)? (?<u>NUM)\b(?: more| people| passengers| players?| others?| neighbou?rs| persons?| of you| adults|[STOP]|$| with| if| in| to)"
    ))
});
static WHOLE: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?<x>NUM) ?(?:个|位|名)?{WHO}|\b(?<y>NUM) (?:[a-z]+ )?(?:people|persons?|passengers?|adults|neighbou?rs|players?|others|of you|ppl|pax|kids|children|students|friends|ladies|guys|riders|couples?)\b|(?:^|[STOP\s])(?<z>NUM)(?:个|位)(?:$|[STOP\s])|\b(?:for|up to|just|only|us) (?<w>NUM)\b(?:[STOP]|$| with| please)|\b(?<v>NUM) more\b"
    ))
});
/// Somebody alone, or two.
static FEW: Pattern = Pattern::new(|| {
    compile(
        r"(?<two>老两口|小两口|两口子|我(?:和|跟)(?:我)?[老公婆妻夫妈爸娃儿女孩闺同朋室爷奶姥媳][\p{Han}]{0,2}|[\p{Han}]和我(?:[STOP\s两]|$)|couple of seats|(?:my )?(?:wife|husband|son|daughter|mum|mom|kid|friend|partner|baby) and (?:me|i)\b|me and (?:my )?(?:wife|husband|son|daughter|mum|mom|kid|friend|partner)|the two of us|both of us)|(?<one>就我(?:[^们]|$)|(?:我|俺|咱|就|只有|我们?)一个(?:人|学生|孩子)?|一个(?:人|学生|孩子|老人)|捎我|带我一|来一个|一人(?:[^一-龥]|$)|\b(?:one|a|another|single|1) (?:spare |free |empty |single |more |climbing |[a-z]+ )?(?:seat|spot|place|person|passenger|partner|buddy|player)\b|need a (?:seat|lift|ride)|just (?:me|myself)|only (?:me|one)|by myself|myself only|\bone of me)",
    )
});

/// How many.
pub(super) fn find(words: &Words, times: &[std::ops::Range<usize>]) -> Option<u32> {
    let own = words.without(times);
    let counted = |pattern: &'static Pattern| {
        pattern.all(&own).find_map(|found| {
            let part = ["x", "y", "z", "w", "v", "u"]
                .into_iter()
                .find_map(|name| found.name(name))?;
            let more = found
                .name("more")
                .or_else(|| found.name("plus"))
                .and_then(|more| number(more.as_str()));
            let count = number(part.as_str())? + more.unwrap_or(0);
            if !(1..=20).contains(&count) {
                return None;
            }
            let (before, after) = (&own[..part.start()], &own[part.end()..]);
            (!is_other(before, after)).then_some(count)
        })
    };
    let few = || {
        let found = FEW.captures(&own)?;
        Some(if found.name("one").is_some() { 1 } else { 2 })
    };
    counted(&ALL)
        .or_else(|| counted(&FREE))
        .or_else(few)
        .or_else(|| counted(&WHOLE))
}

/// Money, times, ages, and how large the car is, are no seats; nor is what each one pays.
fn is_other(before: &str, after: &str) -> bool {
    let units = [
        "元",
        "块",
        "点",
        "岁",
        "yuan",
        " yuan",
        ":",
        "am",
        "pm",
        " am",
        " pm",
        "号",
        "月",
        "分",
        " kuai",
        " rmb",
        "个小时",
        "小时",
        "座车",
        "座的",
        "座七",
        "个月",
        "天",
        "公里",
        "年",
        "楼",
        "栋",
        " km",
        " min",
        " hours",
        "级",
        "个行李",
        "件",
    ];
    let paid = ["每", "块", "元", "¥", "per ", "/", "元/", "钱", "r"];
    starts_with_any(after, &units) || ends_with_any(before, &paid)
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 4] {
    [&ALL, &FREE, &WHOLE, &FEW]
}
