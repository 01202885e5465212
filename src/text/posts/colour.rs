//! Colours: as they are written, and which of them are the same. Nothing here does IO.

use std::{collections::BTreeSet, ops::Range};

use super::{
    super::words::is_han,
    pattern::{Pattern, compile},
    words::Words,
};

/// What stands before a plain colour.
const TONE: &str = "(?:浅|深|淡|大|亮|暗|天|藏|粉|米|乳|银|土|墨|军|酒|湖|宝|玫|橘|橙|枣|雪|月|咖啡|卡其|奶油|焦糖|巧克力|玫瑰|香槟|驼|紫|荧光|孔雀|牛仔|奶|杏|焦|灰|哑光|磨砂|磨砂质感|薄荷|松石|柠檬|雾霾|草|翠|樱花|铁|鹅|蜜|瓷|纯|正|赤|古|嫩|暖|冷)";
/// The plain colours.
const BASE: &str = "[红橙黄绿青蓝紫黑白灰棕粉金银褐橘赤咖]";
/// What has its colour from a thing.
const OF: &str = "(?:米|巧克力|咖啡|卡其|驼|杏|奶油|肉|香槟|原木|木|胡桃木?|橡木|樱桃木|焦糖|花|彩|彩虹|奶茶|象牙|天空|薄荷|樱花|牛油果|抹茶|豆沙|豆绿|藕|藕粉|酱|铜|古铜|玫瑰|雾霾|燕麦|柠檬|烟灰|香芋|荧光|玫红|枣|酒红|砖|铁锈|琥珀|芥末|裸|橄榄|松绿|铁灰|本|原|乳|土|茶|栗|烟|墨|青铜|双|三|拼)颜?色";

/// A colour that its sign marks: 深咖色, 绿颜色.
pub(super) fn signed() -> String {
    format!("(?:{TONE}?{BASE}{{1,4}}颜?色|{OF})")
}

/// A colour by itself, several side by side (黑白黄, 白里透黄), and what pattern they make: 橙白相间, 蓝白格子.
static NAMED: Pattern = Pattern::new(|| {
    let signed = signed();
    compile(&format!(
        r"(?<x>(?:{BASE}底{BASE}?[字花点格纹]?|{TONE}?{BASE}{{1,4}}[双三]色|{signed}|透明|迷彩|{TONE}?{BASE}{{1,4}})(?:(?:带|和|加|夹|间|底|配|里透|中带|、|/|\+){BASE}{{1,2}}色?(?:花纹|条纹|花|点|条|格子|格|边)?|相间|拼色|条纹|格子|渐变|花纹)?)"
    ))
});
static ENGLISH: Pattern = Pattern::new(|| {
    let one = r"(?:(?:dark|light|navy|pale|bright|sky|deep|rose|royal|mint|baby|hot|olive|forest|silver|cream|jet|off|matte|neon|fluorescent|slate|lime|powder|snow|charcoal|burnt|pastel|metallic|bottle|midnight|lemon|space|pearl)[ -]?)?(?:black|white|grey|gray|brown|red|blue|green|yellow|orange|ginger|pink|purple|beige|cream|tan|silver|gold|golden|navy|maroon|turquoise|teal|khaki|burgundy|emerald|cobalt|fuchsia|terracotta|multicolou?red|transparent|rainbow|brindle|fawn|apricot|chocolate|magenta|crimson|scarlet|lilac|mauve|violet|indigo|charcoal|bronze|copper|ivory|mustard|lavender|coral|aqua|cyan|taupe|mahogany|olive|lime|mint)";
    compile(&format!(
        r"\b(?<x>{one}(?:(?:[ -]and[ -]|[ -]&[ -]|/|-|,? | with |[ -]n[ -])(?:a |and )?{one}){{0,2}}(?:[ -](?:striped|stripes|spotted|checked|ish|coloured|colored))?)\b"
    ))
});

/// A colour of one character stands before these, alone between two stops, or before 的.
const BEFORE: &str = "猫狗伞包鞋箱车帽手书背外羽围毛雨双小大的底皮衣鼠兔鸟鹦柯泰比金布头板折电沙保水钱卡短长牵条网绒漆框壳面杆架胶边盖袜裤裙表镜珠绳带桌椅柜床盆杯壶盒纸格点斑纹身尾耳眼爪肚脸";

/// The colour of an item: beside it, or else wherever one stands that is not said of a part of it.
pub(super) fn find(words: &Words, item: Option<&Range<usize>>) -> Option<Range<usize>> {
    let own = words.own();
    let chinese = NAMED.all(own).filter_map(|found| found.name("x"));
    let chinese = chinese.map(|found| found.range());
    let english = ENGLISH.all(own).filter_map(|found| found.name("x"));
    let english = english.map(|found| without_breed(own, found.range()));
    let of_item = |range: &Range<usize>| {
        item.is_some_and(|item| range.start <= item.end && item.start <= range.end + BESIDE)
    };
    let mut found: Vec<Range<usize>> = chinese
        .filter(|range| is_colour(own, range))
        .chain(english.flatten())
        .filter_map(|range| {
            if of_item(&range) {
                Some(range)
            } else {
                without_part(own, range)
            }
        })
        .collect();
    found.sort_by_key(|range| range.start);
    let near = |range: &&Range<usize>| {
        item.is_some_and(|item| words.clause(item.start).contains(&range.start))
    };
    found.iter().find(near).or(found.first()).cloned()
}

/// So many bytes stand at most between a colour and its thing: 的.
const BESIDE: usize = 3;

/// What a thing, an animal or a person has a part of another colour of: a collar, a bag, marks, hair.
static PART: Pattern = Pattern::new(|| {
    compile(
        r"^(?:的?(?:项圈|牵引|绳|带子|铃铛|蝴蝶结|吊牌|牌子|贴纸|补丁|胸背|背带|嘴|眼|爪|耳|尾|鼻|肚|框眼镜|字|盖子|扣子|挂件|挂绳)|[ -](?:[a-z]+ )?(?:hair|haired|beak|eyes?|eyed|collar|paws?|socks|nose|ears?|tail|tag|leash|harness|bell|bow|ribbon|belly|chest|legs|feet|spots?|patch|bib|stitching|lining|lid|handle|strap|keyring|sticker|logo)\b)",
    )
});

/// What is left of colours whose last one is that of a part: "grey white, blue eyes".
fn without_part(own: &str, range: Range<usize>) -> Option<Range<usize>> {
    if !PART.is_in(&own[range.end..]) {
        return Some(range);
    }
    let text = &own[range.clone()];
    let last = [", ", " with ", " and "].into_iter();
    let kept = last.filter_map(|joint| text.rfind(joint)).max()?;
    Some(range.start..range.start + kept)
}

/// An English colour without the name of a breed that begins like one: gold golden retriever.
fn without_breed(own: &str, range: Range<usize>) -> Option<Range<usize>> {
    let text = &own[range.clone()];
    let breed = text.strip_suffix("golden");
    let Some(rest) = breed.filter(|_| own[range.end..].starts_with(" retriever")) else {
        return Some(range);
    };
    let rest = rest.trim_end().len();
    (rest > 0).then_some(range.start..range.start + rest)
}

/// Words that hold a colour and are none, by what stands before it and behind: 明白, 白天, 黑板, 金毛.
#[rustfmt::skip]
const OTHER: [(&str, &str, &str); 14] = [
    ("金", "", "毛丝猪属融银"), ("大金", "", "毛"), ("银", "", "行杏渐"), ("白", "明坦表花空苍", "天板酒菜云领送给搭拿发"), ("黑", "天抹", "板车店心胶"),
    ("红", "", "包薯绿酒星烧糖枣"), ("黄", "别蛋殊", "瓜金河山师"), ("青", "", "岛年菜海"), ("绿", "红", "植化萝地豆"), ("蓝", "", "牙莓天"),
    ("灰", "落吃积", "尘"), ("粉", "奶面米洗", "丝末"), ("紫", "", "薯外"), ("大白", "", "菜"),
];

/// What a colour without its sign stands behind.
const LEADS: &str =
    "的只条个把件双顶辆台部短长块张盏穿戴背拎提骑开挎是全纯色毛身着家头带我小大这那了有一到";

/// Whether a word that could be a colour is one here.
fn is_colour(text: &str, range: &Range<usize>) -> bool {
    let word = &text[range.clone()];
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let next = after.chars().next();
    if word.contains('色') && word.chars().count() > 1 {
        return true;
    }
    let is_part = |(of, leads, trails): &(&str, &str, &str)| {
        let is_led = before.ends_with(|c| leads.contains(c));
        *of == word && (is_led || next.is_some_and(|c| trails.contains(c)))
    };
    // 甘蓝粉 is one word: a colour without its sign begins a phrase.
    if before
        .chars()
        .next_back()
        .is_some_and(|c| is_han(c) && !LEADS.contains(c))
        && !after.starts_with('的')
    {
        return false;
    }
    let is_single = word.chars().count() == 1;
    let is_end = |c: Option<char>| c.is_none_or(|c| super::words::is_stop(c) || c == ' ');
    let begins =
        is_end(before.chars().next_back()) || before.ends_with(['全', '是', '纯', '色', '毛', ':']);
    let stands = next.is_some_and(|c| BEFORE.contains(c)) || is_end(next) && begins;
    !OTHER.iter().any(is_part) && (!is_single || stands)
}

#[rustfmt::skip]
const PLAIN: [(&str, &[&str]); 13] = [
    ("black", &["黑", "墨", "black", "charcoal"]),
    ("white", &["白", "乳", "white", "cream", "奶油", "ivory"]),
    ("grey", &["灰", "银", "grey", "gray", "silver", "蓝猫", "charcoal"]),
    ("brown", &["棕", "褐", "咖", "驼", "巧克力", "焦糖", "胡桃", "木色", "brown", "chocolate", "tan", "wooden", "bronze", "copper", "mahogany"]),
    ("red", &["红", "枣", "赤", "red", "maroon", "burgundy", "crimson", "scarlet"]),
    ("orange", &["橘", "橙", "orange", "ginger", "coral", "terracotta"]),
    ("yellow", &["黄", "金", "yellow", "golden", "gold", "fawn", "apricot", "mustard"]),
    ("green", &["绿", "翠", "迷彩", "green", "khaki", "olive", "lime", "mint", "emerald"]),
    ("blue", &["蓝", "青", "牛仔", "blue", "navy", "teal", "turquoise", "indigo", "aqua", "cyan", "cobalt"]),
    ("purple", &["紫", "purple", "lilac", "mauve", "violet", "lavender", "magenta"]),
    ("pink", &["粉", "玫", "pink", "rose", "magenta", "coral", "fuchsia"]),
    ("beige", &["米", "卡其", "杏", "beige", "香槟", "taupe"]),
    ("clear", &["透明", "transparent", "clear"]),
];

/// The plain colours that words name; the same ones in both languages.
#[must_use]
pub fn colours(words: &str) -> BTreeSet<&'static str> {
    let words = super::super::fold::Folded::new(words);
    let has = |of: &[&str]| of.iter().any(|word| words.text().contains(word));
    let named = PLAIN.iter().filter(|(_, of)| has(of));
    named.map(|(colour, _)| *colour).collect()
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 3] {
    [&NAMED, &ENGLISH, &PART]
}
