//! When it happened or is to happen, and until when it stands. Nothing here does IO.

use std::ops::Range;

use chrono::{Datelike as _, Days, NaiveDateTime};

use super::{
    super::when::{self, When},
    Field, Kind, Way,
    pattern::{Pattern, compile},
    things::{self, Class},
    words::Words,
};

/// The times of a post.
#[derive(Default)]
pub(super) struct Times {
    pub at: Option<NaiveDateTime>,
    pub until: Option<NaiveDateTime>,
    /// The days of the week of what happens again and again, as cron writes them.
    pub weekly: Option<String>,
    /// Where they stand.
    pub ranges: Vec<Range<usize>>,
    /// A day or a part of one that was told, and a clock time that was told after it.
    vague: Option<Range<usize>>,
    exact: Option<Range<usize>>,
}

/// What only says that something holds as it is told.
const NOW: &[&str] = &["现在", "目前", "now", "right now", "an evening"];

/// What is told of a thing rather than of when it is to be had: 半夜也不吵, "we fly home soon".
const TALK: &[&str] = &[
    "半夜",
    "深夜",
    "夜里",
    "凌晨",
    "soon",
    "晚上",
    "早上",
    "马上",
    "一会",
    "一会儿",
    "shortly",
    "night",
    "at night",
    "in the morning",
];
/// From one day to another.
static RANGE: Pattern = Pattern::new(|| compile(r"到|至|-|~| to |until|till|through"));
/// It comes back on the same day.
static SAME: Pattern = Pattern::new(|| {
    compile(
        r"当[天日]?[天日晚]上?就?(?:还|归还|送回|送还)|(?:return|returned|back|bring it back)[^STOP]{0,12} (?:the )?same (?:day|evening|night|afternoon)",
    )
});

/// Times in one post that are looked at.
const TIMES_MAX: usize = 6;

static WEEKLY: Pattern = Pattern::new(|| {
    compile(
        r"(?<work>(?:每个?)?工作日|(?:每)?周一(?:到|至|-|~)(?:周)?五|weekdays|every weekday|every working day|mon(?:day)?(?: ?- ?| to | through )fri(?:day)?|上下班|平日)(?:的)?|(?<all>每天|天天|每日|daily|every ?day|each day)|(?<end>每个?周末|every weekend|weekends)|每个?(?:周|星期|礼拜)(?<han>[一二三四五六日天](?:[、和,][一二三四五六日天])*)|(?:every |each )(?<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?<plural>mon|tues|wednes|thurs|fri|satur|sun)days",
    )
});

static UNTIL_AFTER: Pattern = Pattern::new(|| {
    compile(
        r"^ ?(?:前|之前|以前|前后|截止|为止|止|[^STOP]{0,8}还(?:你|给|$|[STOP\s])|还[^有是在]|还$|得还|归还|[^STOP]{0,4}给[您你][^STOP]{0,2}送(?:回|还|上门|过去|来)|就还|之内|内|拉走|to return|at the latest|latest|or it goes|deadline)",
    )
});
static UNTIL_BEFORE: Pattern = Pattern::new(|| {
    compile(
        r"(?:到|至|截止|截至|截止到|用到|借到|保留到|有效期|还到|最晚|最迟|until|till|til|by|before|through|thru|back by|return by|latest|ends?|expires?|valid|back on|back|return(?:ed)?(?: it)?(?: on)?|gone by|deadline:?|not later than|no later than|up to|还给你|归还|还[:：]?) ?(?:on |the |the end of )?$",
    )
});
/// The whole of a time that says itself that it is an end.
static UNTIL_IN: Pattern = Pattern::new(|| {
    compile(
        r"^(?:by|before|until|till|until the|within|this week only|本周内|这周内|本月内|限)|前$|之前$|以前$|内$|为止$",
    )
});

/// Spellings of times, and the plain ones for them.
const SPELLED: &[(&str, &str)] = &[
    ("tommorow", "tomorrow"),
    ("tommorrow", "tomorrow"),
    ("tomorow", "tomorrow"),
    ("round lunchtime", "at noon"),
    ("lunch time", "noon"),
    ("lunchtime", "noon"),
    ("一大清早", "早上"),
    ("一大早", "早上"),
    ("大清早", "早上"),
    ("一清早", "早上"),
    ("大早上", "早上"),
    ("清早", "早上"),
    ("大半夜", "半夜"),
    ("后半夜", "半夜"),
    ("晌午", "中午"),
];
/// 12.6上午 is a day, 12.6公斤 is none.
static DOTTED: Pattern = Pattern::new(|| {
    compile(
        r"(?:^|[^0-9.])(?:1[0-2]|[1-9])(?<x>\.)(?:[12][0-9]|3[01]|[1-9])(?:上午|下午|早|晚|中午|傍晚|凌晨|前|之前|号|日|周|星期| ?\(?周)",
    )
});

/// The text with plain words for times, and with spaces where times are part of a thing: christmas tree. All keeps its
/// place.
fn plain(own: &str) -> String {
    let mut text = own.to_owned();
    for hit in things::all(own)
        .into_iter()
        .filter(|hit| hit.meaning.class == Class::Thing)
    {
        text.replace_range(hit.start..hit.end, &" ".repeat(hit.end - hit.start));
    }
    for (spelled, plain) in SPELLED {
        let spaces = " ".repeat(spelled.len().saturating_sub(plain.len()));
        text = text.replace(
            spelled,
            &format!("{plain}{spaces}")[..spelled.len().max(plain.len())],
        );
    }
    while let Some(dot) = DOTTED.find(&text) {
        text.replace_range(dot, "/");
    }
    text
}

/// The times that a post tells.
pub(super) fn find(words: &Words, kind: &Kind, now: NaiveDateTime) -> Times {
    let is_past = matches!(kind.way, Way::Search | Way::Alarm);
    let mut own = plain(words.own());
    let mut times = Times::default();
    if !is_past {
        times.weekly = weekly(&mut own, &mut times.ranges);
    }
    // What happens again and again is told as it is on a whole day: 7:45 is in the morning, whatever the time.
    let base = if times.weekly.is_some() {
        now.date().and_time(chrono::NaiveTime::MIN)
    } else {
        now
    };
    for _ in 0..TIMES_MAX {
        let found = if is_past {
            when::read_past(&own, now)
        } else {
            when::read(&own, base)
        };
        let Some(found) = found else {
            break;
        };
        times.take(&own, &found, kind, now);
        if !NOW.contains(&&own[found.range.clone()]) {
            times.ranges.push(found.range.clone());
        }
        let blank = " ".repeat(found.range.len());
        own.replace_range(found.range, &blank);
    }
    times.at = times.joined(words.own(), is_past, now).or(times.at);
    if kind.has(Field::Until) && SAME.is_in(words.own()) {
        let day = times.at.map(|at| at.date());
        times.until = times.until.or_else(|| day?.and_hms_opt(23, 59, 0));
    }
    if is_past && times.at.is_none() && JUST.is_in(words.own()) {
        times.at = now.checked_sub_signed(chrono::TimeDelta::hours(1));
    }
    if is_past && kind.has(Field::Until) {
        let own = words.own();
        times.until = when::read(own, now)
            .filter(|found| is_end(own, found))
            .map(|found| found.until);
    }
    if let (Some(days), Some(at)) = (&times.weekly, times.at) {
        times.at = next(days, at, now);
    }
    times
}

/// Whether a time is said to be an end.
fn is_end(own: &str, found: &When) -> bool {
    let (before, after) = (&own[..found.range.start], &own[found.range.end..]);
    UNTIL_AFTER.is_in(after)
        || UNTIL_BEFORE.is_in(before)
        || UNTIL_IN.is_in(&own[found.range.clone()])
}

impl Times {
    /// The moment that a day and a clock time tell that stand apart: "on 5 December, leaving at 8:30".
    fn joined(&self, own: &str, is_past: bool, now: NaiveDateTime) -> Option<NaiveDateTime> {
        let (Some(_), Some(first), false) = (self.at, &self.vague, self.weekly.is_some()) else {
            return None;
        };
        let later = self.exact.as_ref()?;
        let text = format!("{} {}", &own[first.clone()], &own[later.clone()]);
        let both = if is_past {
            when::read_past(&text, now)
        } else {
            when::read(&text, now)
        }?;
        (both.from == both.until && both.range.len() + 2 > text.len()).then_some(both.from)
    }

    fn take(&mut self, own: &str, found: &When, kind: &Kind, now: NaiveDateTime) {
        if matches!(kind.way, Way::Search | Way::Alarm) {
            let is_just = found.until == now && now - found.from <= chrono::TimeDelta::hours(1);
            self.at = self.at.or(Some(if is_just { now } else { found.from }));
            self.note(found);
            return;
        }
        let word = &own[found.range.clone()];
        let is_no_time = NOW.contains(&word) || word.contains('/') && kind.way == Way::Pass;
        if is_no_time && !kind.has(Field::To) {
            return;
        }
        if matches!(kind.way, Way::Pass) && !kind.has(Field::To) && TALK.contains(&word) {
            return;
        }
        let is_until = is_end(own, found);
        if is_until && kind.has(Field::To) {
            self.at = self.at.or(Some(found.until));
            return;
        }
        let is_days = found.from.date() != found.until.date();
        if is_until && !matches!(kind.way, Way::Seats) && !kind.has(Field::To) {
            self.until = self.until.or(Some(found.until));
        } else if is_days && RANGE.is_in(word) && kind.has(Field::Until) && found.from > now {
            self.at = self.at.or(Some(found.from));
            self.until = self.until.or(Some(found.until));
        } else {
            self.at = self.at.or(Some(found.from));
            self.note(found);
        }
    }

    fn note(&mut self, found: &When) {
        if found.from != found.until {
            self.vague = self.vague.take().or(Some(found.range.clone()));
        } else if self.vague.is_some() {
            self.exact = self.exact.take().or(Some(found.range.clone()));
        }
    }
}

static JUST: Pattern = Pattern::new(|| {
    compile(
        r"\bjust (?:flew|ran|escaped|lost|saw|found|went|slipped|jumped|bolted|left|dropped|disappeared)",
    )
});

/// The days on which it happens again and again; their words are taken out of the text.
fn weekly(own: &mut String, ranges: &mut Vec<Range<usize>>) -> Option<String> {
    let (days, range) = {
        let found = WEEKLY.captures(own)?;
        let range = found.get(0)?.range();
        let days = if found.name("work").is_some() {
            "1-5".to_owned()
        } else if found.name("all").is_some() {
            "*".to_owned()
        } else if found.name("end").is_some() {
            "6,0".to_owned()
        } else if let Some(han) = found.name("han") {
            let number = |c| "日一二三四五六天".chars().position(|day| day == c);
            let days: Vec<String> = han
                .as_str()
                .chars()
                .filter_map(number)
                .map(|day| (day % 7).to_string())
                .collect();
            days.join(",")
        } else {
            let name = found.name("en").or_else(|| found.name("plural"))?.as_str();
            let names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
            let day = names.iter().position(|day| name.starts_with(day))?;
            day.to_string()
        };
        (days, range)
    };
    let blank = " ".repeat(range.len());
    own.replace_range(range.clone(), &blank);
    ranges.push(range);
    Some(days)
}

/// The first moment with this time of day, from now on, on one of these days.
#[must_use]
pub(super) fn next(days: &str, at: NaiveDateTime, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let first = now.date().and_time(at.time());
    (0..8).find_map(|more| {
        let moment = first.checked_add_days(Days::new(more))?;
        let day = moment.weekday().num_days_from_sunday();
        let is_one = match days {
            "*" => true,
            "1-5" => (1..=5).contains(&day),
            list => list.split(',').any(|one| one == day.to_string()),
        };
        (is_one && moment >= now).then_some(moment)
    })
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 8] {
    [
        &DOTTED,
        &RANGE,
        &SAME,
        &JUST,
        &WEEKLY,
        &UNTIL_AFTER,
        &UNTIL_BEFORE,
        &UNTIL_IN,
    ]
}
