//! The words that tell times.

use super::{
    day::Day,
    phrase::Relation,
    plain::{DAY, HOUR},
};

/// Hours of a day, from and until.
pub(super) type Hours = (i64, i64);
/// A day or a part of the day, or both.
pub(super) type Word = (Option<Day>, Option<Hours>);
pub(super) const TODAY: Option<Day> = Some(Day::Ahead(0));
pub(super) const TOMORROW: Option<Day> = Some(Day::Ahead(1));
pub(super) const YESTERDAY: Option<Day> = Some(Day::Ahead(-1));
pub(super) const DAWN: Option<Hours> = Some((0, 6));
pub(super) const EARLY: Option<Hours> = Some((6, 9));
pub(super) const MORNING: Option<Hours> = Some((8, 12));
pub(super) const AFTERNOON: Option<Hours> = Some((12, 18));
pub(super) const EVENING: Option<Hours> = Some((18, 22));
pub(super) const NIGHT: Option<Hours> = Some((18, 24));

/// The words of an entry, with bars between them, mean the same; so it is in all tables.
#[rustfmt::skip]
pub(super) const WORDS: &[(&str, Word)] = &[
    ("今天|今日|today", (TODAY, None)), ("明天|明日|tomorrow|tmr|tmrw", (TOMORROW, None)),
    ("后天|day after tomorrow", (Some(Day::Ahead(2)), None)), ("大后天", (Some(Day::Ahead(3)), None)),
    ("昨天|前天|yesterday", (YESTERDAY, None)), ("昨晚|last night", (YESTERDAY, EVENING)),
    ("今早|今晨", (TODAY, EARLY)), ("今晚|tonight|this evening", (TODAY, EVENING)),
    ("this morning", (TODAY, MORNING)), ("this afternoon", (TODAY, AFTERNOON)),
    ("明早|明晨", (TOMORROW, EARLY)), ("明晚", (TOMORROW, EVENING)),
    ("凌晨", (None, DAWN)), ("早上|早晨|清晨|一早|早", (None, EARLY)),
    ("上午|morning", (None, MORNING)), ("中午", (None, Some((11, 13)))),
    ("下午|午后|afternoon", (None, AFTERNOON)), ("傍晚", (None, Some((17, 19)))),
    ("晚上|晚间|晚|evening|night", (None, EVENING)), ("半夜|深夜", (None, Some((22, 24)))),
    ("元旦|new year's day", (Some(Day::Date(None, 1, 1)), None)), ("儿童节", (Some(Day::Date(None, 6, 1)), None)),
    ("国庆节", (Some(Day::Date(None, 10, 1)), None)), ("劳动节", (Some(Day::Date(None, 5, 1)), None)),
    ("平安夜|christmas eve", (Some(Day::Date(None, 12, 24)), None)),
    ("圣诞节|圣诞|christmas day|christmas", (Some(Day::Date(None, 12, 25)), None)),
    ("跨年夜|new year's eve", (Some(Day::Date(None, 12, 31)), None)),
];
/// What the past has besides, or means otherwise: an English morning is spoken of before 8
/// already, and an evening lasts until midnight.
#[rustfmt::skip]
pub(super) const PAST_WORDS: &[(&str, Word)] = &[
    ("大前天", (Some(Day::Ahead(-3)), None)), ("前天|前日|day before yesterday", (Some(Day::Ahead(-2)), None)),
    ("前晚|night before last", (Some(Day::Ahead(-2)), NIGHT)), ("昨日", (YESTERDAY, None)),
    ("昨早|昨晨", (YESTERDAY, EARLY)), ("昨晚|昨夜|last night", (YESTERDAY, NIGHT)),
    ("this morning", (TODAY, Some((6, 12)))), ("morning", (None, Some((6, 12)))),
    ("今晚|tonight|this evening", (TODAY, NIGHT)), ("晚上|晚间|晚|evening|night", (None, NIGHT)),
    ("夜里", (None, Some((22, 24)))),
];
/// Words that are a part of the day only before a clock time, or after a day and before no
/// further Chinese character: 晚8点, 周五晚.
pub(super) const SHORT_PARTS: [&str; 3] = ["早", "晚", "night"];
/// What makes a greeting or something else of a part of the day: 晚上好, 早上班.
pub(super) const NOT_AFTER_PART: [char; 5] = ['好', '班', '学', '课', '茶'];

#[rustfmt::skip]
pub(super) const CLOCK_WORDS: &[(&str, i64)] = &[
    ("noon|midday|正午", 12 * HOUR), ("midnight|午夜", DAY), (WORK_ENDS, 18 * HOUR),
];
/// A time only where something is to happen before or after it.
pub(super) const WORK_ENDS: &str = "下班";

/// How many minutes it may take from now; what is over has fewer than none.
#[rustfmt::skip]
pub(super) const SOON: &[(&str, i64)] = &[
    ("现在|马上|立刻|立即|now|right now|right away|immediately", 30),
    ("一会|一会儿|待会|待会儿|等会|等会儿|稍后|soon|shortly", 120),
    ("刚才|刚刚|just now|as soon as", -1),
];
/// The same for what has just happened.
pub(super) const JUST: &[(&str, i64)] = &[(
    "刚才|刚刚|方才|几分钟前|just now|a moment ago|a few minutes ago",
    -HOUR,
)];

/// What may stand before a piece. After those with a relation a bare number is a clock time.
#[rustfmt::skip]
pub(super) const LEADS: &[(&str, Option<Relation>)] = &[
    ("at|around|from|between", Some(Relation::At)),
    ("by|until|till|no later than|最晚|最迟|截至|截止到|直到", Some(Relation::By)),
    ("before", Some(Relation::Before)), ("after", Some(Relation::After)),
    ("on|in|the|of|的|在", None),
];
/// What stands behind a time, unless one of these characters follows: 今天前台没人, 明天后天.
pub(super) const TRAILS: &[(&str, (Relation, &str))] = &[
    ("之前|以前", (Relation::Before, "")),
    ("前", (Relation::Before, "面台门后年天往院排")),
    ("之后|以后", (Relation::After, "")),
    ("后", (Relation::After, "天面门台边院续备排")),
    ("截止|为止", (Relation::By, "")),
];
/// What stands between the start and the end of a range.
pub(super) const JOINERS: &[(&str, ())] = &[("到|至|-|--|to|until|till|and", ())];

/// What N点 counts behind or before these: points, or a little.
pub(super) const POINTS_AFTER: &str = "有这那几共提下列";
pub(super) const LITTLE_AFTER: &str = "快慢早晚差多少大小高低好坏轻重宜近远长短松紧冷热";
/// What numbers houses, stairwells and lists has before it: 人民路8号, 住3号.
pub(super) const HOUSE_AFTER: &str = "路街巷弄道住第楼栋幢座期村苑园区城院单编线门";

/// Minutes in a unit.
#[rustfmt::skip]
pub(super) const UNITS: &[(&str, i64)] = &[
    ("分|分钟|min|mins|minute|minutes", 1), ("小时|钟头|h|hr|hrs|hour|hours", HOUR),
    ("天|日|day|days", DAY), ("周|星期|礼拜|week|weeks", 7 * DAY), ("月|month|months", 30 * DAY),
];
/// How many weeks or months ahead.
#[rustfmt::skip]
pub(super) const SHIFTS: &[(&str, i64)] = &[
    ("下下", 2), ("下|next|end of next", 1), ("这|本|this|end of the|end of this", 0), ("上|last", -1),
];
/// Minutes after the hour.
pub(super) const PAST: &[(&str, i64)] =
    &[("half past", 30), ("quarter past", 15), ("quarter to", -15)];

/// Names of three bytes each: Chinese digits, and the starts of English words.
pub(super) const DIGITS: &str = "零一二三四五六七八九";
pub(super) const COUNTS: &str = "zeronetwothrfoufivsixseveigninteneletwe";
pub(super) const WEEKDAYS: &str = "一二三四五六日一二三四五六天montuewedthufrisatsun";
pub(super) const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
/// No dates: 1/2 is a half.
pub(super) const FRACTIONS: [&str; 5] = ["1/2", "1/3", "1/4", "2/3", "3/4"];

pub(super) const TRADITIONAL: [&str; 2] = [
    "點後號週禮兩個時鐘鍾內現馬間會兒這過剛裡裏〇",
    "点后号周礼两个时钟钟内现马间会儿这过刚里里零",
];
