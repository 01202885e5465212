//! How a thing looks and is to be had: marks, condition, pick-up, who comes first. Nothing here does IO.

use std::ops::Range;

use super::{
    pattern::{Pattern, compile},
    words::Words,
};

static MARKS: Pattern = Pattern::new(|| {
    compile(
        r"(?<x>[^STOP]{0,14}(?:项圈|铃铛|缺口|疤|胎记|断尾|挂件|挂着|吊牌|牵引|胸背|蝴蝶结|贴纸|贴了|刻着|刻有|写着|印着|印有|绣着|穿着|身穿|戴着|系着|系了|裂|划痕|斑点|花纹|尾巴|左耳|右耳|左眼|右眼|瘸|一撮|芯片|绝育)[^STOP]{0,14})|\b(?<y>[^STOP]{0,30}\b(?:collar|bell|scar|notch|tag|sticker|keyring|key ring|engraved|wearing|harness|limp|limps|scratch|scratched|crack|cracked|microchipped|chipped ear|tail|white paws|white socks|initials)\b[^STOP]{0,30})",
    )
});
static CONDITION: Pattern = Pattern::new(|| {
    compile(
        r"(?<x>全新(?:未拆封|未拆|没拆|未用)?|(?:[0-9]{1,2}|[一二三四五六七八九]五?|九九)成(?:[0-9五])?新|几乎全新|几乎没用过?|没怎么用过?|没用过几次|只用过?[一两三几0-9]+次|用了[^STOP]{1,8}[年月]|用过[^STOP]{1,6}次|轻微使用痕迹|有(?:点|些)?(?:划痕|磨损|旧|小毛病)|功能(?:都)?(?:正常|完好|好着)|完好(?:无损)?|成色(?:很|挺|不错|好)[^STOP]{0,4}|二手|未拆封|正常使用|能正常用|状态很?好)|\b(?<y>brand new|like new|as new|nearly new|almost new|barely used|hardly used|used (?:once|twice|a few times)|(?:very |in )?good condition|great condition|excellent condition|perfect condition|fair condition|good shape|works (?:fine|well|perfectly|great)|working order|unopened|second[- ]?hand|a few scratches|slightly worn|well used|gently used|still works|never used|unused)\b",
    )
});
static PICKUP: Pattern = Pattern::new(|| {
    compile(
        r"(?<x>(?:自提|自取|上门(?:取|拿|自提|自取)?|送货上门|可送|包邮|来(?:拿|取|搬)|自己来[^STOP]{0,4}|自己搬|放(?:在)?(?:门卫|保安|物业|门口|快递柜|前台)[^STOP]{0,4})[^STOP]{0,6})|\b(?<y>(?:pick[- ]?up|pickup only|collect(?:ion)?(?: only| from)?|you collect|come and get|self[- ]?collect|can deliver|delivery)[^STOP]{0,25})",
    )
});
static FIRST: Pattern = Pattern::new(|| {
    compile(
        r"先到先得|先来先得|先到先拿|先说先得|先来后到|手快有|谁先|第一个|first come|first one|whoever comes first|fcfs",
    )
});

/// What it can be known by.
pub(super) fn marks(words: &Words) -> Option<Range<usize>> {
    let own = words.own();
    let found = MARKS.either(own)?;
    // A cat with a collar is known by the collar.
    let leads = ["with ", "wearing ", "has ", "戴着", "戴", "系着", "挂着"];
    let after = leads
        .into_iter()
        .filter_map(|lead| own[found.clone()].find(lead));
    let start = found.start + after.min().unwrap_or_default();
    Some(start..found.end)
}

/// How good it still is.
pub(super) fn condition(words: &Words) -> Option<Range<usize>> {
    CONDITION.either(words.own())
}

/// How it is to be had.
pub(super) fn pickup(words: &Words) -> Option<Range<usize>> {
    PICKUP.either(words.own())
}

/// Whether whoever comes first shall have it.
pub(super) fn is_first_come(words: &Words) -> bool {
    FIRST.is_in(words.own())
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 4] {
    [&MARKS, &CONDITION, &PICKUP, &FIRST]
}
