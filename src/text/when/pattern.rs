//! What times look like where they are no fixed words.

use std::sync::LazyLock;

use regex::{Captures, Regex};

pub(super) type Pattern = LazyLock<Option<Regex>>;

/// A pattern for the start of a text, with these short forms: `NUM` for a number, `HAN` for
/// a character of a Chinese one, `MON` for a month, `END` for the end of a Latin word.
pub(super) fn pattern(text: &str) -> Option<Regex> {
    let num = "(?:[0-9]{1,2}|HAN{1,3}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven\
        |twelve)END)";
    let month = "(?<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?\
        |aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
    let text = text.replace("NUM", num).replace("MON", month);
    let text = text.replace("HAN", "[零一二两三四五六七八九十]");
    let text = text.replace("END", r"(?-u:\b)");
    Regex::new(&format!("^(?:{text})")).ok()
}

pub(super) static CLOCK: Pattern = LazyLock::new(|| {
    pattern(
        "(?:(?:half past|quarter past|quarter to) )?(?<h>NUM)(?:[点时](?:钟|整\
        |(?<m>半|[一三13]刻|[0-9]{2}分?|HAN{2,3}分?|NUM分))?|:(?<m2>[0-5][0-9]))?\
        (?: ?(?<sun>[ap])(?:mEND|\\.m\\.)| ?o'?clockEND)?",
    )
});
/// After a bare number: the rest of a range that has a unit.
pub(super) static RANGE: Pattern = LazyLock::new(|| {
    pattern(" ?(?:-|到|至|to|and) ?(?:NUM ?(?:[点时]|:[0-5]|[ap](?:mEND|\\.m)|o'?clock)|noon)")
});
/// After a bare number that is a clock time: the end, or words that may follow one.
pub(super) static STANDS: Pattern = LazyLock::new(|| {
    pattern(
        "(?: ?(?:-|to|and|until) ?NUM)?(?:$|[^0-9a-z\\p{Han} .,/:%-]| ?[.,](?:$|[^0-9])\
        | (?:on|in the|this|today|tomorrow|tonight|sharp|please)END)",
    )
});
/// After 1点, which most often is a little.
pub(super) static ONE: Pattern = LazyLock::new(|| {
    pattern("$|[^\\p{Han}0-9]|[之以]?[前后]|[到至来去出走见]|左右|开[始门会]|集合")
});
/// After N点, where it counts points.
pub(super) static POINTS: Pattern = LazyLock::new(|| {
    pattern("建议|意见|要求|问题|原因|说明|注意|内容|希望|想法|看法|疑问|补充|钱|声音")
});
pub(super) static CALENDAR: Pattern = LazyLock::new(|| {
    pattern(
        "(?<shift>下下?一?个?|这个?|本|上一?个?|(?:next|this|last\
        |end of (?:the|this|next)) )?(?:(?:周|星期|礼拜)\
        (?<han>[一二三四五六日天末])?|(?<latin>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?\
        |thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|weekend|week|month)END\
        |(?<month>月)(?:(?<end>[底末])|(?<d>NUM)[日号])?)",
    )
});
pub(super) static DAY_NUMBER: Pattern = LazyLock::new(|| pattern("(?<d>NUM)[日号]"));
/// After a number that is a day: nothing that makes it a building or an entry of a list.
pub(super) static AFTER_DAY: Pattern = LazyLock::new(|| {
    pattern(
        " ?(?:$|[^\\p{Han}0-9a-z -]|早上|晚上|[上中下]午|凌晨|傍晚|半夜|[早晚](?:NUM[点:]|$)|周\
        |星期|礼拜|NUM[点时:]|[-到至]NUM[日号](?:$|[^\\p{Han}0-9-])|[来去修能会再就]|得?还|可以|左右)",
    )
});
pub(super) static DATES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let end =
        "(?<end>)(?:$|[^0-9/.点时号栋楼幢座单室弄元块个人户层月天岁张份的左以-]|[./-](?:$|[^0-9]))";
    let texts = [
        "(?:(?<y>[0-9]{4})年)?(?<m>NUM)月(?<d>NUM)[日号](?<end>)",
        &format!("(?<y>[0-9]{{4}})[-/.](?<m>[0-9]{{1,2}})[-/.](?<d>[0-9]{{1,2}}){end}"),
        &format!("(?<m>[0-9]{{2}})-(?<d>[0-9]{{2}}){end}"),
        &format!("(?<m>[0-9]{{1,2}})/(?<d>[0-9]{{1,2}}){end}"),
        "MON\\.? (?<d>[0-9]{1,2})(?:st|nd|rd|th)?END(?:,? (?<y>[0-9]{4})END)?(?<end>)",
        "(?<d>[0-9]{1,2})(?:st|nd|rd|th)? (?:of )?MONEND(?:,? (?<y>[0-9]{4})END)?(?<end>)",
    ];
    texts.into_iter().filter_map(pattern).collect()
});
pub(super) static LENGTHS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let han = "(?<n>[0-9]{1,3}|HAN{1,3}|半)(?<dot>\\.5)?(?: ?[-到至] ?(?<m>[0-9]{1,3}|HAN{1,3}))?\
        ?个?(?<half>半)?(?<unit>分钟|分|小时|钟头|天|日|周|星期|礼拜|月)";
    // 一个多小时前: a rough length ahead promises nothing, so only what is over is told so.
    let rough = han.replace("个?(?", "个?多?(?");
    let latin = "(?<n>half an?|an?|[0-9]{1,3}|NUM)(?<dot>\\.5)?(?:(?: ?- ?| to )(?<m>NUM))? ?\
        (?<unit>min(?:ute)?s?|h(?:ou)?rs?|h|days?|weeks?|months?)END(?<half> and a half)?";
    let texts = [
        &format!(
            "{han}(?:左右)?(?:[之以]?(?<within>内)|[之以]?后|[就能]到|到$|(?<past>[之以]?前))"
        ),
        &format!("{rough}(?<past>[之以]?前)"),
        &format!("再?过{han}"),
        &format!("(?:(?<within>within|in the next)|in)(?: about)? {latin}"),
        &format!("{latin} (?:later|from now|(?<past>ago))END"),
    ];
    texts.into_iter().filter_map(|text| pattern(text)).collect()
});

pub(super) fn find<'t>(pattern: &Pattern, rest: &'t str) -> Option<Captures<'t>> {
    pattern.as_ref()?.captures(rest)
}

pub(super) fn fits(pattern: &Pattern, rest: &str) -> bool {
    find(pattern, rest).is_some()
}
