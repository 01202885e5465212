//! The words for units of time. Nothing here does IO.

use super::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, YEAR_MS};

const WEEK_MS: i64 = 7 * DAY_MS;
const MONTH_MS: i64 = 30 * DAY_MS;

/// A Chinese unit.
pub(super) struct HanUnit {
    pub word: &'static str,
    /// Milliseconds.
    pub ms: i64,
    /// Whether it may stand with a number alone: 两天.
    bare: bool,
    /// Whether it may stand with 个: 两个月.
    measured: bool,
}

impl HanUnit {
    /// Whether the unit goes with 个, or without it.
    pub fn fits(&self, measured: bool) -> bool {
        if measured { self.measured } else { self.bare }
    }
}

/// Chinese units, the longer of two that start alike first. 日 is no unit, because 3日 is a
/// day of the month, and 月 is one only with 个, because 5月 is May.
#[rustfmt::skip]
const HAN: &[HanUnit] = &[
    bare("秒钟", SECOND_MS), bare("秒鐘", SECOND_MS), bare("秒", SECOND_MS),
    bare("分钟", MINUTE_MS), bare("分鐘", MINUTE_MS), bare("分", MINUTE_MS),
    bare("刻钟", 15 * MINUTE_MS), bare("刻鐘", 15 * MINUTE_MS),
    both("小时", HOUR_MS), both("钟头", HOUR_MS), both("鐘頭", HOUR_MS), measured("钟", HOUR_MS),
    bare("天", DAY_MS), both("星期", WEEK_MS), both("礼拜", WEEK_MS), both("禮拜", WEEK_MS),
    both("周", WEEK_MS), both("週", WEEK_MS), measured("月", MONTH_MS), bare("年", YEAR_MS),
];

const fn bare(word: &'static str, ms: i64) -> HanUnit {
    let (bare, measured) = (true, false);
    HanUnit {
        word,
        ms,
        bare,
        measured,
    }
}

const fn measured(word: &'static str, ms: i64) -> HanUnit {
    let (bare, measured) = (false, true);
    HanUnit {
        word,
        ms,
        bare,
        measured,
    }
}

const fn both(word: &'static str, ms: i64) -> HanUnit {
    let (bare, measured) = (true, true);
    HanUnit {
        word,
        ms,
        bare,
        measured,
    }
}

/// The Chinese unit that a folded text starts with.
pub(super) fn han(text: &str) -> Option<&'static HanUnit> {
    HAN.iter().find(|unit| text.starts_with(unit.word))
}

/// The length of a unit in Latin letters, in milliseconds. The word must be folded and whole.
pub(super) fn latin(word: &str) -> Option<i64> {
    Some(match word {
        "s" | "sec" | "secs" | "second" | "seconds" => SECOND_MS,
        "m" | "min" | "mins" | "minute" | "minutes" => MINUTE_MS,
        "h" | "hr" | "hrs" | "hour" | "hours" => HOUR_MS,
        "d" | "day" | "days" => DAY_MS,
        "w" | "wk" | "wks" | "week" | "weeks" => WEEK_MS,
        "mo" | "mos" | "month" | "months" => MONTH_MS,
        "y" | "yr" | "yrs" | "year" | "years" => YEAR_MS,
        _ => return None,
    })
}
