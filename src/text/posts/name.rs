//! What a pet or a person is called. Nothing here does IO.

use std::ops::Range;

use super::{
    super::words::starts_with_any,
    Kind, Way,
    pattern::{Pattern, compile},
    things::{self, Class},
    words::Words,
};

static CALLED: Pattern = Pattern::new(|| {
    compile(
        r"(?:名字(?:叫做?|是|:)|名叫|小名(?:叫|是|:)?|大名(?:叫|是|:)?|昵称(?:叫|是|:)?|取名(?:叫)?|姓名(?:是|:)? ?|(?:^|[^呼喊尖大一嚎声])叫(?:做|它|他|她)?|大家都叫(?:它|他|她)?|[喊唤](?:它|他|她)?(?:一声)?|唤作|写着|刻着)[“”‘’'\x22「《 ]{0,2}(?<x>[\p{Han}--就]{1,5}|[a-z]{2,12})(?:[“”‘’'\x22」》]|$|[ STOP]|(?:的|就|今年|男|女|昨|今|它|他|她|是|会|很|不|胆))",
    )
});
static ENGLISH: Pattern = Pattern::new(|| {
    compile(
        r"\b(?:named|called|call (?:him|her|it)|tag (?:says|reads)|name is|name's|names is|names|found (?:him|her)[:,]|answers(?: \([a-z]+\)| only| sometimes)? to|responds(?: only)? to|goes by|name:|name) (?:the name (?:of )?|is )?[\x22'“‘]?(?<x>[a-z][a-z'-]{1,14}(?: [a-z][a-z'-]{1,14})?)",
    )
});
/// A name after who they are: 我爷爷王建国.
static KIN: Pattern = Pattern::new(|| {
    compile(
        r"(?:爷爷|奶奶|外公|外婆|姥姥|姥爷|爸爸|妈妈|父亲|母亲|老人|孩子|儿子|女儿|孙子|孙女|老伴|老爸|老妈|公公|婆婆|寻人|启事)[:, ]?(?<x>[\p{Han}]{2,3})(?:[ STOP]|[0-9]{1,2}岁|[,，]?(?:男|女)|今年|今天|昨天|昨晚|今早|于|从|在|走)",
    )
});

/// The name, where it is told.
pub(super) fn find(words: &Words, kind: &Kind) -> Option<Range<usize>> {
    let own = words.own();
    let called = CALLED.all(own).filter_map(|found| found.name("x"));
    let called = called
        .map(|found| found.range())
        .find(|range| is_name(&own[range.clone()]));
    called
        .or_else(|| english(own))
        .or_else(|| titled(words).filter(|_| matches!(kind.way, Way::Talk | Way::Alarm)))
        .or_else(|| after_animal(words))
        .or_else(|| after_person(words).filter(|_| kind.way == Way::Alarm))
        .or_else(|| kin(own).filter(|_| kind.way == Way::Alarm))
}

/// Whom a recommendation is about: 李师傅, Mrs Zhou.
static TITLED: Pattern = Pattern::new(|| {
    compile(
        r"(?:姓(?<z>[\p{Han}])(?:$|[ STOP的]))|(?<x>老[\p{Han}]|[\p{Han}](?:师傅|老师|医生|姐|哥|大爷|大妈|奶奶|爷爷|阿姨|大夫|律师|教练|老板|大姐|大哥|叔叔?))|\b(?<y>(?:mrs?|ms|dr|miss|auntie|uncle|master|shifu)\.? [a-z][a-z'-]+|[a-z]+ (?:jie|ayi|shifu|laoshi|ge))\b",
    )
});

static OWN: Pattern =
    Pattern::new(|| compile(r"^(?<x>[\p{Han}]{2})(?:[,]|(?:星期|周|昨|今|前天|走|不见|丢|跑))"));

fn titled(words: &Words) -> Option<Range<usize>> {
    let own = words.own();
    TITLED.all(own).find_map(|found| {
        if let Some(found) = found.name("x") {
            let first = own[found.range()].trim_start_matches('老').get(..3)?;
            // 替冯奶奶发的: who tells it is somebody else.
            let tells = starts_with_any(&own[found.end()..], &["发", "说", "家", "让", "托", "转"]);
            return (!tells && super::super::names::is_surname_first(first)).then(|| found.range());
        }
        found
            .name("y")
            .or_else(|| found.name("z"))
            .map(|found| found.range())
            .filter(|range| {
                !own[range.clone()]
                    .split(' ')
                    .any(|word| NO_NAMES.contains(&word))
            })
    })
}

/// A name behind an animal: 布偶猫雪糕, or "our beagle Biscuit".
fn after_animal(words: &Words) -> Option<Range<usize>> {
    let own = words.own();
    let animals = things::all(own).into_iter();
    let mut animals = animals.filter(|hit| hit.meaning.class == Class::Animal);
    animals.find_map(|hit| {
        let own_name = OWN.find(&own[hit.end..]).filter(|name| {
            let word = &own[hit.end + name.start..hit.end + name.end];
            !word.contains([
                '丢', '了', '不', '走', '跑', '昨', '今', '在', '的', '一', '没', '找',
            ])
        });
        if let Some(name) = own_name {
            return Some(hit.end + name.start..hit.end + name.end);
        }
        let rest = own[hit.end..].strip_prefix(' ')?;
        let length = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let range = hit.end + 1..hit.end + 1 + length;
        let is_name = length > 2 && !NO_NAMES.contains(&&own[range.clone()]);
        let written = words.written(range.clone());
        (is_name && written.starts_with(|c: char| c.is_ascii_uppercase())).then_some(range)
    })
}

/// A name behind who they are, written with capital letters: my grandfather Wang Jianguo.
fn after_person(words: &Words) -> Option<Range<usize>> {
    let own = words.own();
    let is_capital = |range: &Range<usize>| {
        let written = words.written(range.clone());
        written.starts_with(|c: char| c.is_ascii_uppercase())
            && range.len() > 1
            && !written
                .chars()
                .nth(1)
                .is_some_and(|c| c.is_ascii_uppercase())
            && !NO_NAMES.contains(&&own[range.clone()])
            && !NO_SECOND.contains(&&own[range.clone()])
    };
    // The word that begins behind one space.
    let word = |at: usize| {
        let rest = own[at..].strip_prefix(' ')?;
        let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '-');
        let range = at + 1..at + 1 + end.unwrap_or(rest.len());
        Some(range).filter(is_capital)
    };
    let people = things::all(own).into_iter();
    let mut people = people.filter(|hit| hit.meaning.class == Class::Person);
    people.find_map(|hit| {
        let colon = own[hit.end..].starts_with([',', ':']);
        let first = word(hit.end + usize::from(colon))?;
        let end = word(first.end).map_or(first.end, |second| second.end);
        Some(first.start..end)
    })
}

fn english(own: &str) -> Option<Range<usize>> {
    let found = ENGLISH.all(own).filter_map(|found| found.name("x"));
    found.map(|found| found.range()).find_map(|range| {
        let words = &own[range.clone()];
        let (first, second) = words.split_once(' ').unwrap_or((words, ""));
        let is_word = |word: &str| NO_NAMES.contains(&word);
        if is_word(first) {
            return None;
        }
        let is_second = !second.is_empty() && !is_word(second) && !NO_SECOND.contains(&second);
        let end = if is_second {
            range.end
        } else {
            range.start + first.len()
        };
        Some(range.start..end)
    })
}

fn kin(own: &str) -> Option<Range<usize>> {
    let found = KIN.all(own).filter_map(|found| found.name("x"));
    let mut found = found.map(|found| found.range());
    found.find(|range| {
        let word = &own[range.clone()];
        super::super::names::is_surname_first(word) && !NO_KIN.contains(&word)
    })
}

/// What follows 叫 and is no name: 叫不应, 叫声, 叫我.
fn is_name(word: &str) -> bool {
    const FIRST: &[&str] = &[
        "不", "声", "我", "他", "她", "它", "了", "一", "得", "人", "什么", "过", "没", "车", "上",
        "着",
    ];
    !FIRST.iter().any(|first| word.starts_with(first)) && !NO_NAMES.contains(&word)
}

const NO_NAMES: &[&str] = &[
    "the", "a", "me", "him", "her", "it", "is", "to", "and", "but", "if", "in", "on", "please",
    "my", "us", "you", "for", "our", "an", "good", "new", "his", "so", "not", "out", "after",
    "tag", "tags", "plate", "badge", "label",
];
const NO_SECOND: &[&str] = &[
    "is", "was", "has", "he", "she", "it", "and", "but", "if", "in", "near", "at", "with", "ran",
    "got", "went", "seen", "help", "wearing", "who", "very", "please", "around", "last", "from",
    "or", "escaped", "slipped", "missing",
];
const NO_KIN: &[&str] = &["走失", "走丢", "不见", "于今", "从家", "今天"];

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 5] {
    [&CALLED, &ENGLISH, &KIN, &TITLED, &OWN]
}
