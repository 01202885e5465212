//! What a post is about. Nothing here does IO.
//!
//! Each noun phrase of the text is weighed by what stands around it: what is done with it, how many there are, where in the
//! text it stands, and whether the list of things knows it. The best one is the item; no list has to know it.

mod asked;
mod doing;

use std::ops::Range;

use super::{
    super::words::{ends_with_any, is_han},
    Kind, Way, colour,
    grammar::Part,
    pattern::{Pattern, compile},
    phrase::{self, Beside, Phrase},
    things::{self, Class, Thing},
    words::Words,
};

/// The item, where the post tells it; times are no part of it.
pub(super) fn find(words: &Words, kind: &Kind, times: &[Range<usize>]) -> Option<Range<usize>> {
    let own = words.without(times);
    let phrases = phrase::all(&own);
    if kind.item == Some(Class::Doing) {
        return doing::find(&own, &phrases);
    }
    let trade = || asked::trade(&own, &phrases);
    let asked = (kind.way == Way::Talk).then(trade).flatten();
    asked.or_else(|| best(&own, &phrases, kind))
}

/// Whether a text is about people rather than about a thing of theirs; None where it names neither.
pub(super) fn is_about_people(own: &str) -> Option<bool> {
    if loses_a_thing(own) {
        return Some(false);
    }
    let phrases = phrase::all(own);
    let heaviest = |wanted: Class, is_one: fn(Class) -> bool| {
        let found = phrases.iter().filter_map(|phrase| {
            let (thing, _) = phrase.known(own).filter(|(thing, _)| is_one(thing.class))?;
            Some(weight(
                own,
                phrase,
                Some(thing),
                Sought::class(Some(wanted)),
            ))
        });
        found.max()
    };
    let people = heaviest(Class::Person, |class| class == Class::Person);
    let things = heaviest(Class::Thing, |class| {
        matches!(class, Class::Thing | Class::Animal)
    });
    people.or(things).map(|_| people >= things)
}

/// What nothing does that has no legs.
static STRAYS: Pattern = Pattern::new(|| {
    compile(
        r"走丢|走失|(?:一直|还|也|都)?没有?回(?:家|来)|\b(?:never|not|n't) (?:come |came )?(?:back )?home\b|\b(?:wandered|walked) (?:off|away)\b|\bleft (?:home|the house)\b",
    )
});

/// Whom a text tells first of those who can stray, where somebody has.
pub(super) fn strayed(own: &str) -> Option<Class> {
    let classes = things::all(own).into_iter().map(|hit| hit.meaning.class);
    let mut living = classes.filter(|class| matches!(class, Class::Person | Class::Animal));
    living.next().filter(|_| STRAYS.is_in(own))
}

/// What people are said to have lost: 我爸把老花镜弄丢了, 他的帽子找不着了, "he came home without his hat".
static LOSES: Pattern = Pattern::new(|| {
    compile(
        r"把(?<x>[^STOP]{1,14}?)(?:给)?(?:弄丢|搞丢|丢了)|(?:^|[STOP])(?<z>[^STOP]{1,14}?)(?:就|又|也|都)?(?:找不着了|找不到了|没了)|\blost (?:my|his|her|their|our|the|a|an) (?<y>[^STOP]{2,30})|\b(?:came|come|got|was|returned|went) (?:back|home|in) without (?:my|his|her|their|our|the|a|an) (?<w>[^STOP]{2,30})",
    )
});

/// What people wear and carry goes with them: 爷爷穿着红色外套不见了.
const CARRIED: &[char] = &['穿', '戴', '拄', '背', '拿', '推', '骑', '带', '提', '拎'];

fn loses_a_thing(own: &str) -> bool {
    LOSES.all(own).any(|found| {
        let mut names = ["x", "y", "z", "w"].into_iter();
        let lost = names.find_map(|name| found.name(name));
        let lost = lost.map(|lost| lost.as_str());
        let things = lost.filter(|lost| !lost.contains(CARRIED)).map(things::all);
        let first = things.and_then(|things| Some(things.first()?.meaning.class));
        first == Some(Class::Thing)
    })
}

/// What sort of thing a text is about, people left out.
pub(super) fn subject(own: &str) -> Option<Class> {
    let weighed = phrase::all(own).into_iter().filter_map(|phrase| {
        let (thing, _) = phrase
            .known(own)
            .filter(|(thing, _)| thing.class != Class::Person)?;
        Some((
            weight(own, &phrase, Some(thing), Sought::class(None)),
            thing.class,
        ))
    });
    let best = weighed.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, class)| class)
}

/// The phrase that weighs most; what only opens the post weighs little before a thing.
fn best(own: &str, phrases: &[Phrase], kind: &Kind) -> Option<Range<usize>> {
    let sought = Sought::of(own, kind);
    let shown = phrases
        .iter()
        .filter(|phrase| phrase.known(own).is_some_and(|(thing, _)| is_thing(thing)))
        .filter(|phrase| is_marked(own, phrase) && phrase.range.start < sought.end)
        .map(|phrase| phrase.clause)
        .max();
    let weighed = phrases.iter().filter_map(|phrase| {
        let (range, thing) = named(own, phrase, kind)?;
        let is_opening = shown.is_some_and(|shown| phrase.clause < shown)
            && !thing.is_some_and(is_thing)
            && !is_marked(own, phrase)
            && !is_behind_tag(own, phrase);
        let opening = if is_opening { OPENING } else { 0 };
        Some((weight(own, phrase, thing, sought) - opening, range))
    });
    let best = weighed.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let is_certain = matches!(kind.item, Some(Class::Animal | Class::Person));
    best.filter(|(weight, _)| is_certain || *weight > LEAST)
        .map(|(_, range)| range)
}

/// Whether nothing but the tag stands before a phrase, which is no sentence of its own: it says what is done with it.
fn is_behind_tag(own: &str, phrase: &Phrase) -> bool {
    let (before, after) = (&own[..phrase.range.start], &own[phrase.range.end..]);
    let is_sentence = after.starts_with(['!', '~', '.']);
    !before.is_empty() && before.trim().is_empty() && !is_sentence
}

const fn is_thing(thing: Thing) -> bool {
    matches!(thing.class, Class::Thing | Class::Animal)
}

/// Whether something beside a phrase says that it is a thing: what is done with it, how many there are, or its colour.
fn is_marked(own: &str, phrase: &Phrase) -> bool {
    let acts = [phrase.before, phrase.after].contains(&Beside::Word(Part::Act));
    // 这次是台灯: that is what the post is about.
    let is_it = own[..phrase.range.start].trim_end().ends_with('是');
    acts || is_it || phrase.is_counted.0 || phrase.is_counted.1 || is_coloured(own, phrase)
}

/// Whether a phrase has its colour before it: 黑色的电饭煲.
fn is_coloured(own: &str, phrase: &Phrase) -> bool {
    let before = &own[..phrase.range.start];
    LEAD.is_in(&own[phrase.range.clone()]) || HUE.is_in(before.trim_end_matches(['的', ' ']))
}

/// What an opening weighs less: a greeting, a reason, what somebody was doing.
const OPENING: i32 = 6;

/// What a phrase weighs at least that is the item.
const LEAST: i32 = -2;

/// What a post is read for.
#[derive(Clone, Copy)]
struct Sought {
    /// What sort of thing it is about; None where any may be.
    class: Option<Class>,
    /// Whether somebody looks for the thing: why is told first, often.
    is_wish: bool,
    /// Whether it is a question, which may be about a place or a trade.
    is_question: bool,
    /// Where begins what is wanted for the thing.
    end: usize,
}

impl Sought {
    fn of(own: &str, kind: &Kind) -> Self {
        let wish = WISH.either(own).filter(|_| kind.name == "swap");
        Self {
            class: kind.item,
            is_wish: kind.seeks && kind.way == Way::Pass,
            is_question: kind.way == Way::Talk,
            end: wish.map_or(own.len(), |range| range.start),
        }
    }

    const fn class(class: Option<Class>) -> Self {
        Self {
            class,
            is_wish: false,
            is_question: false,
            end: usize::MAX,
        }
    }
}

/// How likely it is that a phrase is the item.
fn weight(own: &str, phrase: &Phrase, thing: Option<Thing>, sought: Sought) -> i32 {
    let text = &own[phrase.range.clone()];
    let before = match phrase.before {
        // The tag before it says what is done.
        Beside::Edge if phrase.clause == 0 && !sought.is_wish => 4,
        Beside::Edge => 2,
        Beside::Gap => 1,
        Beside::Word(Part::Act) => 4,
        Beside::Word(Part::Noun) => 2,
        // 捡了个墨绿色的保温杯: its colour stands between.
        Beside::Word(Part::Of) if is_coloured(own, phrase) => 3,
        Beside::Word(Part::Of) => 1,
        Beside::Word(Part::Where) => -4,
        // 哪里可以配钥匙: what is asked for may stand behind any verb.
        Beside::Word(Part::Aside) if sought.is_question && text.chars().any(is_han) => 0,
        Beside::Word(Part::Aside) => -5,
        Beside::Word(Part::Mod | Part::Count | Part::Stop) => 0,
    };
    let after = match phrase.after {
        Beside::Edge | Beside::Gap => 1,
        Beside::Word(Part::Act) => 2,
        Beside::Word(Part::Of) => -6,
        Beside::Word(Part::Noun) => -2,
        Beside::Word(Part::Aside | Part::Where | Part::Mod | Part::Count | Part::Stop) => 0,
    };
    let counted = match phrase.is_counted {
        (true, true) => 3,
        (true, false) | (false, true) => 2,
        (false, false) => 0,
    };
    let clause = i32::try_from(phrase.clause.min(5)).unwrap_or(5);
    let late = if phrase.clause == 0 || sought.is_wish {
        clause
    } else {
        clause + 1
    };
    let is_elsewhere = !sought.is_question && phrase.head.is_none() && is_spot(text);
    // 血糖高: a clause that tells how something is.
    let is_told = thing.is_none() && phrase.after == Beside::Edge && text.ends_with(STATES);
    // 下楼倒垃圾: what somebody was doing when they found it.
    let is_doing = thing.is_none() && DUTIES.iter().any(|duty| text.starts_with(duty));
    // 健身器材那里: a thing tells where it was.
    let is_beside = SIDES
        .iter()
        .any(|side| own[phrase.range.end..].starts_with(side));
    let faults = [
        (is_told, 4),
        (is_doing, 6),
        (is_beside, 5),
        (is_elsewhere, 5),
        (phrase.range.start >= sought.end, 9),
        (phrase.is_in_brackets, 4),
        (text.chars().filter(|c| is_han(*c)).count() > 7, 2),
        (phrase.is_counted.0 && CONTAINERS.contains(&text), 4),
    ];
    let faults: i32 = faults
        .into_iter()
        .filter(|(is_one, _)| *is_one)
        .map(|(_, weight)| weight)
        .sum();
    let coloured = if is_coloured(own, phrase) { 2 } else { 0 };
    before + after + counted + coloured + known(phrase, thing, sought) - late - faults
}

/// What it weighs that a list knows the thing.
fn known(phrase: &Phrase, thing: Option<Thing>, sought: Sought) -> i32 {
    let Some(thing) = thing else {
        return 0;
    };
    match thing.class {
        Class::Person if sought.class != Some(Class::Person) => -8,
        Class::Person | Class::Animal if sought.class == Some(thing.class) => 6,
        Class::Doing => 0,
        Class::Person | Class::Animal | Class::Thing if sought.is_question => 1,
        Class::Person | Class::Animal | Class::Thing if phrase.head == Some(thing) => 4,
        Class::Person | Class::Animal | Class::Thing => 1,
    }
}

/// The last characters of what tells how something is.
const STATES: &[char] = &[
    '高', '低', '疼', '痛', '累', '忙', '贵', '挤', '吵', '坏', '远', '近', '胖', '瘦', '脏', '冷',
    '热', '饿', '困', '病', '慢', '满',
];

/// What people do every day, and find things at.
const DUTIES: &[&str] = &[
    "下楼",
    "上楼",
    "出门",
    "回家",
    "散步",
    "遛",
    "路过",
    "经过",
    "下班",
    "上班",
    "跑步",
    "晨跑",
    "夜跑",
    "买菜",
    "取快递",
    "拿快递",
    "倒垃圾",
    "扔垃圾",
    "接孩子",
    "送孩子",
    "晒被子",
    "打扫",
];

/// What makes a place of the thing before it.
const SIDES: &[&str] = &[
    "那里", "这里", "那边", "这边", "旁边", "边上", "附近", "对面", "下面", "底下",
];

/// How people are called by their surname: 王阿姨.
const CALLED: &[char] = &['姨', '叔', '姐', '哥', '嫂', '婶', '爷', '奶'];

/// What only tells how much there is of a thing.
const CONTAINERS: &[&str] = &[
    "box", "boxes", "bag", "bags", "bucket", "jar", "jars", "pack", "packs", "bottle", "bottles",
    "pair", "set",
];

/// What of a phrase names the thing, and which known one that is; None where it cannot be the item.
fn named(own: &str, phrase: &Phrase, kind: &Kind) -> Option<(Range<usize>, Option<Thing>)> {
    let range = phrase.range.clone();
    let text = &own[range.clone()];
    let (thing, at) = phrase
        .known(own)
        .map_or((None, None), |(thing, at)| (Some(thing), Some(at)));
    if matches!(kind.item, Some(Class::Animal | Class::Person)) {
        let is_one = thing.is_some_and(|thing| Some(thing.class) == kind.item);
        let at = at.unwrap_or(range.clone());
        // What follows is a name: 布偶猫雪糕. A breed keeps its colour: golden retriever.
        let start = bare(own, range.start..at.end, true).start.min(at.start);
        return is_one.then_some((start..at.end, thing));
    }
    // Nobody gives people away, or loses them under the tag for things.
    let is_somebody = thing.is_some_and(|thing| thing.class == Class::Person)
        || thing.is_none() && text.ends_with(CALLED) && text.chars().count() < 5;
    if kind.way != Way::Talk && is_somebody {
        return None;
    }
    let is_kind = thing.is_none() && text.ends_with(['款', '码', '寸', '色', '系']);
    let is_word = !is_kind && text.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let is_word = is_word || thing.is_some();
    let is_colour = text
        .chars()
        .all(|c| "红橙黄绿青蓝紫黑白灰棕粉金银褐橘色底字格纹花点相间".contains(c));
    if !is_word || text.contains('@') || is_colour && thing.is_none() {
        return None;
    }
    Some((bare(own, owned(own, range), thing.is_some()), thing))
}

/// A colour, or whose it is, before a thing.
static LEAD: Pattern = Pattern::new(|| {
    let signed = colour::signed();
    compile(&format!(
        r"^(?:{signed}|透明色|[红橙黄绿青蓝紫黑白灰棕粉]{{2}}|(?:black|white|grey|gray|brown|red|blue|green|yellow|orange|ginger|pink|purple|beige|cream|tan|silver|gold|golden|navy|maroon|turquoise|teal|dark|light|wooden|matte|bright)(?:[ -](?:and|&|with) [a-z]+)?[ -](?:coloured |colored )?)"
    ))
});

/// A colour at the end of what stands before a thing.
static HUE: Pattern = Pattern::new(|| {
    compile(
        r"(?:色|[红橙黄绿青蓝紫黑白灰棕粉金银]|[ -]coloured|\b(?:black|white|grey|gray|brown|red|blue|green|yellow|orange|pink|purple|beige|silver|golden|navy))$",
    )
});

/// A phrase without the people at its beginning whose thing it is: 小朋友滑雪镜.
fn owned(own: &str, range: Range<usize>) -> Range<usize> {
    let owner = things::all(&own[range.clone()]).into_iter().next();
    let owner = owner.filter(|hit| hit.start == 0 && hit.meaning.class == Class::Person);
    let rest = owner.map(|hit| range.start + hit.end..range.end);
    let is_word =
        |rest: &Range<usize>| own[rest.clone()].chars().filter(|c| is_han(*c)).count() > 1;
    rest.filter(is_word).unwrap_or(range)
}

/// A phrase without a colour at its beginning, as long as something is left.
fn bare(own: &str, range: Range<usize>, is_known: bool) -> Range<usize> {
    let mut range = range;
    while let Some(lead) = LEAD.find(&own[range.clone()]) {
        let rest = &own[range.start + lead.end..range.end];
        if rest.chars().count() < if is_known { 1 } else { 2 } || rest.starts_with('色') {
            break;
        }
        range.start += lead.end;
    }
    range
}

/// Whether a phrase names a place rather than a thing, by its last words.
fn is_spot(text: &str) -> bool {
    const ENDS: &[&str] = &[
        "路",
        "街",
        "巷",
        "楼",
        "栋",
        "楼顶",
        "屋里",
        "家",
        "幢",
        "单元",
        "门口",
        "大门",
        "东门",
        "西门",
        "南门",
        "北门",
        "小区",
        "社区",
        "大堂",
        "大厅",
        "门厅",
        "车库",
        "地库",
        "楼道",
        "电梯",
        "电梯间",
        "花园",
        "广场",
        "公园",
        "操场",
        "球场",
        "路口",
        "公交站",
        "地铁站",
        "车站",
        "驿站",
        "超市",
        "学校",
        "小学",
        "中学",
        "幼儿园",
        "医院",
        "图书馆",
        "会所",
        "物业",
        "保安室",
        "门卫",
        "快递柜",
        "凉亭",
        "草坪",
        "菜场",
        "停车场",
        "车棚",
        "阳台",
        "里",
        "上",
        "旁",
        "边",
        "附近",
        "底下",
        "下面",
        "那边",
        "处",
        "角落",
        "楼下",
        "天台",
        "食堂",
        "健身房",
        "泳池",
        "lobby",
        "gate",
        "garage",
        "playground",
        "building",
        "bldg",
        "tower",
        "pool",
        "gym",
        "park",
        "garden",
        "clubhouse",
        "station",
        "basement",
    ];
    ends_with_any(text, ENDS)
}

/// What begins in a swap what is wanted for the thing.
static WISH: Pattern = Pattern::new(|| {
    compile(
        r"[\p{Han}a-z0-9)][^STOP]{0,8}?(?<x>换|想要|要换|求|\bfor )|[STOP\s](?:想|希望|愿)?(?<y>换|求|找)",
    )
});

#[cfg(test)]
pub(super) fn patterns() -> Vec<&'static Pattern> {
    [&LEAD, &HUE, &LOSES, &STRAYS, &WISH]
        .into_iter()
        .chain(asked::patterns())
        .chain(doing::patterns())
        .collect()
}
