//! Where a ride goes. Nothing here does IO.

use std::ops::Range;

use super::{
    super::words::ends_with_any,
    pattern::{Pattern, compile},
    words::Words,
};

/// A name of somewhere in Chinese, up to what cannot belong to it.
const WHERE: &str = r"[^STOP\s0-9→—>-]{2,14}?(?:[a-z]?[0-9]{1,2}(?:号(?:航站)?楼|号线|航站楼)?)?(?:[a-z]口)?(?:\(?t[0-9]\)?)?";
const AFTER: &str = r"(?:$|[STOP\s]|→|—|>|-|的|有|还|空|余|可|能|求|找|想|缺|差|拼|顺|带|捎|一起|多|开车|自驾|出发|走|每|人均|aa|看|买|上班|下班|接|送|办|玩|复查|开会|逛|吧|吗|嘛|呢|谁|大概|大约|早上|下午|晚上|上午|中午|明|后天|今|周|[0-9]|油费|路费|费用|返|回来|来回|往返|取|考试|报到|赶|搬|剩|座|车上|后排|两|三|单程|需要|同行|要|就|学[画习琴英车游舞钢棋跆]|参加|打球|练|聚|接|附近|那边|方向|烧香|看鸟|钓鱼|爬山|看病|就诊|拜佛|吃饭|购物|玩|散场|接人|接孩子|送人|坐|打车|滴滴|不堵)";

static FROM_TO: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?:从|由|出发地[:是]?|起点[:是]?|from )(?<f>[^STOP]{{2,12}}?)(?:出发|开车|开|上车|走|顺路|自驾|坐车|起程|启程)?[ ,，]?(?:散场)?(?:到达|到|去|回|往|至|→|—+|->|前往|飞| to )(?<t>{WHERE}){AFTER}"
    ))
});
static FROM: Pattern = Pattern::new(|| {
    compile(
        r"(?:从|由|出发地[:是]?|出发点[:是]?|起点[:是]?|上车地点?[:是]?|上车点[:是]?)(?<x>[^STOP到去回往]{2,12}?)(?:出发|上车|走|接|开|集合|下班|回来|散场|放学|[STOP\n]|$| |到|去|回|往)|(?:在|^|[STOP\s])(?<y>[\p{Han}0-9--从由在]{2,10}?) *(?:出发|上车|集合|下课|放学|散场)",
    )
});
static TO: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?:目的地[:是]?|终点[:是]?|开到|开往|开去|前往|送到|要去|想去|去往|去趟|去|到|回|往|至|跑|赴|方向[:是]?)(?:一趟|趟)? ?(?<x>{WHERE}){AFTER}"
    ))
});
static ARROW: Pattern = Pattern::new(|| {
    compile(
        r"(?<f>[\p{Han}a-z0-9]{2,12}) ?(?:→|—+|->|=>|➡️?|~|-{1,2}|到|至) ?(?<t>[\p{Han}][\p{Han}a-z0-9]{1,12})",
    )
});
static ENGLISH_TO: Pattern = Pattern::new(|| {
    compile(
        r"\b(?:to|towards?|bound for|(?:heading|leaving|leave|off|setting off|departing)[^STOP]{0,60}? for|->|→|into|destination:?|going|reach|visiting|be at|be in|get) (?:get to |go to |reach )?(?<x>(?:the |our |my )?(?:[a-z][a-z0-9'&/-]*(?: \(?t[0-9]\)?)?)(?: (?:[a-z][a-z0-9'&-]*|[0-9]{1,2}\b|\(t[0-9]\))){0,3}?)(?: (?:on|at|in the|this|next|tomorrow|today|tonight|around|about|by|every|each|with|and|leaving|leave|from|for|early|late|after|before|please|pls|via|then|to|if|i|we|can|any|anyone|anybody|room|have|has|got|need|departing|sat|sun|mon|tue|tues|wed|thu|thurs|fri|saturday|sunday|monday|tuesday|wednesday|thursday|friday|[0-9]+|two|three|one|weekdays|daily|morning|afternoon|evening|happy|back|drop|is|are|will|there|who|where|so|but|or|share|split|dec|nov|december|november|same|right|sharp|noon)\b|\s\s| ?[STOP\n]| -| [^a-z0-9 (]|$)",
    )
});
static ENGLISH_FROM: Pattern = Pattern::new(|| {
    compile(
        r"\b(?:from|leaving|leave|out of|setting off at|set off from|pick ?up(?: point)?(?: at| from|:)|picking up(?: at| from)|meet(?:ing)? at|departing(?: from)?|start(?:ing)? at) (?<x>(?:the |our |my )?(?:[a-z][a-z0-9'&-]*|[0-9]{1,2}\b)(?: [a-z0-9'&-]+){0,3}?)(?: (?:to|at|on|around|about|every|tomorrow|today|tonight|this|next|by|in|with|and|for|sharp|early|late|please|->|→|weekdays|[0-9]{1,2}(?::[0-9]{2})?(?: ?[ap]m)?|sat|sun|mon|tue|wed|thu|fri|[a-z]+day)\b|\s\s|[STOP\n]| -|$)",
    )
});

/// What has a number behind it: gate 3.
const NUMBERED: [&str; 8] = [
    "gate", "bldg", "building", "block", "tower", "terminal", "exit", "phase",
];
static NUMBER: Pattern = Pattern::new(|| compile(r"^ [0-9]{1,2}\b"));

/// Words of somebody who has a car, and seats in it.
static OFFER: Pattern = Pattern::new(|| {
    compile(
        r"(?:空|剩|余|缺|差|还有|坐得下|塞得下|装得下|还能|能再|还可以|可以|能|可)(?:着|出|带|捎|坐|再|能|塞|拉|挤|载|有|上)*NUM(?:个|位|名)?(?:空|座|位|人|娃|邻居|老人|小伙伴|孩子|大人|乘客)|(?:有|跑|去|回|到)[^STOP]{2,8}的?(?:有要|要的|想)(?:搭|坐|去|走|一起)的?|(?:要|想)(?:搭|坐|去|走|一起|拼)的(?:联系|私|找|滴|敲|说|邻居|请|报名|吱)|(?:还能|能再|可再|捎|带|载)(?:上|坐|带|捎)?NUM(?:个|位|名)(?:[^个位]|$)|(?:空|坐得下|塞得下|装得下)NUM(?:个|位)?(?:[STOP\s]|$)|车找人|我(?:的)?车[^STOP]{0,4}(?:空|有|还)|\b(?:my|our) (?:car|van|suv|minivan|tesla|truck|7-seater|seven-seater)\b|\bNUM (?:free |spare |empty |open |more )?(?:seats?|spots?|places?|spaces) (?:free|left|available|open|in\b|[STOP]|$)|(?:room|space) for NUM|(?:room|space) for (?:one|two|three)|can (?:take|fit|squeeze|bring|carry)|hop in|i(?:'m| am) (?:driving|off to|heading|leaving)|we(?:'re| are) driving",
    )
});

/// Whether a text offers seats.
pub(super) fn is_offer(own: &str) -> bool {
    let leaves = || LEAVES.is_in(own) && !ASKS.is_in(own);
    !WANT.is_in(own) && (OFFER.is_in(own) || leaves())
}

/// Who only says when the ride leaves has a car.
static LEAVES: Pattern =
    Pattern::new(|| compile(r"出发|发车|(?:[点半早分]|\s)走|\bleav(?:e|ing)\b"));
static ASKS: Pattern = Pattern::new(|| {
    compile(r"[?吗么]|求|谁|有没有|找|哪位|举手|蹭|搭|\b(?:need|needs|want|looking|any)")
});
/// Words of somebody who has none, whatever else is told.
static WANT: Pattern = Pattern::new(|| {
    compile(
        r"求(?:带|拼|捎|搭|一?个|顺)|(?:捎|带|接|搭)(?:上)?(?:我|一下|一程|一段|一把)|想(?:蹭|搭|找|拼)|把我[^STOP]{0,10}[捎带]|蹭(?:个|车)|找(?:个)?(?:车|顺风车)|车费照给|谁(?:去|开车|有车|顺路|正好)|\b(?:need|looking for|want) (?:a |one |two |some )?(?:ride|lift|seat|seats|spot)|can (?:i|we) |could (?:i|we) |any(?:one|body) (?:driving|going|heading|commuting)",
    )
});

/// From where, and to where.
pub(super) type Ends = (Option<Range<usize>>, Option<Range<usize>>);

/// The ends of a ride; no time is part of them.
pub(super) fn ends(words: &Words, times: &[Range<usize>]) -> Ends {
    let mut own = words.own().to_owned();
    for range in times {
        let blank: String = own[range.clone()].chars().map(|_| "").collect();
        let spaces = "\u{1}".repeat(range.len() - blank.len());
        own.replace_range(range.clone(), &spaces);
    }
    let own = own.replace('\u{1}', " ");
    let range = |found: &regex::Captures, name: &str| found.name(name).map(|part| part.range());
    let good = |found: Option<Range<usize>>| {
        let found = found.filter(|range| is_end(&own[range.clone()]))?;
        Some(found.start..found.start + without_leaving(&own[found.clone()]).len())
    };
    if let Some(found) = FROM_TO.captures(&own) {
        let (from, to) = (good(range(&found, "f")), good(range(&found, "t")));
        if to.is_some() {
            return (from, to);
        }
    }
    if super::super::language::of(&own) == Some(super::super::language::Language::En) {
        let first = |pattern: &'static Pattern| {
            let found = pattern.overlapping(&own);
            found
                .into_iter()
                .find(|range| is_english_end(&own[range.clone()]))
        };
        let to = first(&ENGLISH_TO).or_else(|| {
            let phrase = super::phrase::all(&own).into_iter().next()?;
            (phrase.clause == 0 && phrase.before == super::phrase::Beside::Edge)
                .then_some(phrase.range)
        });
        let from = first(&ENGLISH_FROM).map(|from| {
            let more = NUMBER
                .find(&own[from.end..])
                .filter(|_| ends_with_any(&own[from.clone()], &NUMBERED));
            from.start..from.end + more.map_or(0, |more| more.end)
        });
        return (from, to);
    }
    if let Some(found) = ARROW
        .captures(&own)
        .filter(|found| !found[0].contains('到') || found[0].len() < 40)
    {
        let (from, to) = (good(range(&found, "f")), good(range(&found, "t")));
        let is_go = |text: &str| text.contains(['去', '从']);
        if let (Some(from), Some(to)) = (from, to)
            && !is_go(&own[from.clone()])
            && !own[from.clone()].contains('回')
        {
            return (Some(from), Some(to));
        }
    }
    let to = TO.all(&own).filter_map(|found| found.name("x"));
    let mut to: Vec<_> = to
        .map(|found| found.range())
        .filter(|range| is_end(&own[range.clone()]))
        .collect();
    // 老家 says nothing where the town is told too.
    to.sort_by_key(|range| matches!(&own[range.clone()], "老家" | "家"));
    let to = to.into_iter().next();
    let from = FROM.captures(&own);
    let from = from.and_then(|found| range(&found, "x").or_else(|| range(&found, "y")));
    (good(from), to)
}

/// An end without what is done there: 南大门出发.
fn without_leaving(word: &str) -> &str {
    const LEAVING: &[&str] = &["出发", "上车", "集合", "发车", "开车"];
    let without = LEAVING.iter().find_map(|act| word.strip_suffix(act));
    without.filter(|rest| !rest.is_empty()).unwrap_or(word)
}

/// What follows 到 or 去 and is nowhere.
fn is_end(word: &str) -> bool {
    const FIRST: &[&str] = &[
        "时候",
        "家里",
        "的",
        "了",
        "不",
        "了吗",
        "年",
        "过",
        "处",
        "底",
        "付",
        "接",
        "一起",
        "时",
        "上班",
        "下班",
        "哪",
        "得",
        "着",
        "人",
        "就",
        "拼",
        "车",
        "旅游",
        "回来",
        "来",
        "头",
        "复",
        "程",
        "返",
        "老家的路",
        "家啦",
        "家了",
        "白相",
        "点",
    ];
    !word.trim().is_empty()
        && !FIRST
            .iter()
            .any(|first| word.trim_start().starts_with(first))
}

fn is_english_end(word: &str) -> bool {
    const NONE: &[&str] = &[
        "share",
        "split",
        "two",
        "three",
        "one",
        "me",
        "us",
        "you",
        "join",
        "take",
        "get",
        "be",
        "go",
        "come",
        "help",
        "anyone",
        "a",
        "pay",
        "the",
        "it",
        "them",
        "back",
        "free",
        "fit",
        "chip",
        "work together",
        "catch",
        "make",
        "offer",
        "give",
        "petrol",
        "gas",
        "fuel",
        "small",
        "bags",
        "people",
        "passengers",
        "my",
        "our",
        "reply",
        "ride",
        "out",
        "to",
        "over",
        "up",
        "down",
    ];
    let first = word.split(' ').next().unwrap_or_default();
    !NONE.contains(&word) && (!NONE.contains(&first) || matches!(first, "the" | "my" | "our"))
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 11] {
    [
        &NUMBER,
        &LEAVES,
        &ASKS,
        &OFFER,
        &WANT,
        &FROM_TO,
        &FROM,
        &TO,
        &ARROW,
        &ENGLISH_TO,
        &ENGLISH_FROM,
    ]
}
