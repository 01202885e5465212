//! How often a round is due, as managers type it: 每周一 9:00, `every Monday at 9`, or as cron has it. Nothing here does IO.
//!
//! What can be read in two ways is not read: 每周三天, 每天早晚 and `at 2 and 5pm` tell no schedule.

/// How often something comes round, read from the beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// As a cron expression of five fields: minute, hour, day of the month, month, day of the week.
    pub cron: String,
    /// Where in the text the rest begins.
    pub rest: usize,
}

/// What was read, and what follows it.
type Read<'t, T> = Option<(T, &'t str)>;
/// The first and the last hour of a part of the day.
type Part = (u32, u32);
/// The part of the day where it is told, the hour and the minute, as they were written. There need be no such time.
type Clock = (Option<Part>, u32, u32);

/// How much of a text is looked at.
const CHARS_MAX: usize = 500;
/// What may stand between the parts.
const STOPS: [char; 4] = [' ', ',', ':', '、'];
const WEEK: [&str; 3] = ["周", "星期", "礼拜"];
const WEEKDAYS: [&str; 7] = ["一1", "二2", "三3", "四4", "五5", "六6", "日天"];
/// What makes a day before it something else: once a week, three days a week, daily routine.
const NO_DAYS: &str = "次遍个天常";
/// What makes a number before it something else: 三号楼, 二期.
const COUNTED: &str =
    "十次遍个天常号楼栋幢座单层期区部台门室梯组户人项位班月年级类种季方相周金废维体键";
/// What makes a date before it something else: 3号楼, 日常.
const NO_DATES: [char; 7] = ['楼', '栋', '幢', '座', '院', '常', '间'];
const ORDINALS: [&str; 4] = ["st", "nd", "rd", "th"];
#[rustfmt::skip]
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
];
/// Words that follow "every", words that stand alone, and the days of the month, the months and the days of the week.
#[rustfmt::skip]
const PLAIN: [(&[&str], &[&str], &str); 5] = [
    (&["天", "日", "day"], &["天天", "daily", "everyday"], "* * *"),
    (&["工作日", "working day", "weekday", "workday"], &["工作日", "working days", "weekdays", "workdays"], "* * 1-5"),
    (&["周末", "weekend"], &["周末", "weekends"], "* * 6,0"),
    (&["季度", "季", "quarter", "三个月", "3个月", "3 months"], &["quarterly"], "1 1,4,7,10 *"),
    (&["半年", "六个月", "6个月", "6 months", "half year", "half-year"], &["half-yearly", "half yearly", "twice a year"], "1 1,7 *"),
];
#[rustfmt::skip]
const PARTS: [(&str, Part); 13] = [
    ("凌晨", (0, 11)), ("早上", (1, 11)), ("早晨", (1, 11)), ("早", (1, 11)), ("上午", (1, 11)), ("中午", (11, 14)),
    ("下午", (12, 23)), ("傍晚", (17, 23)), ("晚上", (17, 23)), ("晚", (17, 23)), ("夜里", (17, 23)), ("夜间", (17, 23)),
    ("半夜", (17, 23)),
];
#[rustfmt::skip]
const ENDINGS: [(&str, Part); 8] = [
    ("am", (0, 11)), ("a.m.", (0, 11)), ("in the morning", (0, 11)), ("pm", (12, 23)), ("p.m.", (12, 23)),
    ("in the afternoon", (12, 23)), ("in the evening", (17, 23)), ("at night", (17, 23)),
];
#[rustfmt::skip]
const MINUTES: [(&str, u32); 7] = [("半", 30), ("一刻", 15), ("1刻", 15), ("三刻", 45), ("3刻", 45), ("整", 0), ("钟", 0)];
/// What tells no time by itself.
const VAGUE: [&str; 6] = ["morning", "afternoon", "evening", "night", "in the", "at"];
/// What goes on with a schedule in a way that is not read.
#[rustfmt::skip]
const MORE: [&str; 18] = [
    "and", "or", "to", "from", "between", "except", "until", "twice", "和每", "和周", "和星", "和最", "除了", "从", "每天", "每日",
    "第一天", "最后一天",
];

/// Reads it. None where the text does not begin with one.
#[must_use]
pub fn read(text: &str) -> Option<Schedule> {
    let head: String = text.chars().take(CHARS_MAX).map(fold).collect();
    let lower = head.to_ascii_lowercase();
    let (cron, rest) = fields(&head).or_else(|| words(&lower))?;
    // Each character stayed one character.
    let read = head.chars().count() - rest.chars().count();
    let rest = text.char_indices().nth(read);
    let rest = rest.map_or(text.len(), |(at, _)| at);
    Some(Schedule { cron, rest })
}

fn fold(c: char) -> char {
    match c {
        '~' | '\u{ff5e}' | '\u{2010}'..='\u{2015}' => '-',
        '\u{ff01}'..='\u{ff5d}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// What follows one of these words, without spaces. Latin words must end there.
fn after<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| {
        let rest = text.strip_prefix(word)?;
        let is_open = word.ends_with(|c: char| c.is_ascii_alphabetic());
        let runs_on = is_open && rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        (!runs_on).then(|| rest.trim_start())
    })
}

fn skip<'t>(text: &'t str, words: &[&str]) -> &'t str {
    after(text, words).unwrap_or(text)
}

/// The value of the word that a text begins with.
fn one_of<'t, T: Copy>(text: &'t str, words: &[(&str, T)]) -> Read<'t, T> {
    let read = |(word, value): &(&str, T)| Some((*value, after(text, &[*word])?));
    words.iter().find_map(read)
}

fn every(text: &str) -> Option<&str> {
    after(
        text,
        &["每一个", "每个", "每逢", "每一", "每", "every", "each"],
    )
}

/// What follows "every" and one of some words, or one of others.
fn often<'t>(text: &'t str, counted: &[&str], alone: &[&str]) -> Option<&'t str> {
    let rest = every(text).and_then(|rest| after(rest, counted));
    rest.or_else(|| after(text, alone))
}

fn gap(text: &str) -> &str {
    skip(text.trim_start_matches(STOPS), &["的"]).trim_start_matches(STOPS)
}

fn join(text: &str) -> &str {
    let text = text.trim_start_matches([' ', ',', '、', '/']);
    skip(text, &["以及", "和", "及", "与", "and", "&"])
}

fn until(text: &str) -> Option<&str> {
    after(text, &["到", "至", "-", "to", "through"])
}

/// As much of the beginning of a text as these characters make up.
fn run(text: &str, is_part: impl Fn(char) -> bool) -> Read<'_, &str> {
    let rest = text.trim_start_matches(is_part);
    Some((text.strip_suffix(rest)?, rest)).filter(|(run, _)| !run.is_empty())
}

/// A number in digits, or in Chinese.
fn number(text: &str) -> Read<'_, u32> {
    if let Some((digits, rest)) = run(text, |c| c.is_ascii_digit()) {
        return Some((digits.parse::<u16>().ok()?.into(), rest));
    }
    let (word, rest) = run(text, |c| "零〇一二两三四五六七八九十".contains(c))?;
    let value = word.chars().try_fold(0, |value, c| match c {
        '十' if value < 10 => Some(value.max(1) * 10),
        _ if value % 10 != 0 => None,
        '〇' => Some(value),
        '两' => Some(value + 2),
        c => (value..)
            .zip("零一二三四五六七八九".chars())
            .find(|(_, n)| *n == c)
            .map(|(sum, _)| sum),
    })?;
    Some((value, rest))
}

/// Which of some names a text begins with, the first being 1. They may be short: `Thurs`, `Mar.`
fn name<'t>(text: &'t str, names: &[&str]) -> Read<'t, u32> {
    let (word, rest) = run(text, |c| c.is_ascii_alphabetic())?;
    let short = word.strip_suffix('s').unwrap_or(word);
    let mut places = (1..).zip(names);
    let (place, _) = places.find(|(_, name)| short.len() > 2 && name.starts_with(short))?;
    Some((place, rest.trim_start_matches('.').trim_start()))
}

/// Numbers and ranges in a row. An item knows whether a mark stands before it.
fn list<'t>(text: &'t str, item: impl Fn(&'t str, bool) -> Read<'t, u32>) -> Read<'t, Vec<u32>> {
    let (mut last, mut rest) = item(text, true)?;
    let mut all = vec![last];
    loop {
        let range = until(rest).and_then(|rest| item(rest, true));
        let next = join(rest);
        let Some((one, end)) = range.or_else(|| item(next, next.len() < rest.len())) else {
            return Some((all, rest));
        };
        if range.is_some() && one <= last {
            return None;
        }
        let first = if range.is_some() { last } else { one };
        all.extend(first..=one);
        (last, rest) = (one, end);
    }
}

/// As a field of a cron expression.
fn field(mut all: Vec<u32>) -> String {
    all.sort_unstable();
    all.dedup();
    match all.as_slice() {
        // Sunday, being 7, ends no range.
        [first, _, .., last] if *last != 7 && (*first..=*last).eq(all.iter().copied()) => {
            format!("{first}-{last}")
        }
        _ => all.iter().map(u32::to_string).collect::<Vec<_>>().join(","),
    }
}

/// A day of the week, Sunday being 7.
fn weekday(text: &str, is_marked: bool) -> Read<'_, u32> {
    let told = after(every(text).unwrap_or(text), &WEEK);
    if told.is_none() && text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return name(text, &DAYS).filter(|_| is_marked);
    }
    let mut chars = told.unwrap_or(text).chars();
    let own = chars.next()?;
    let rest = chars.as_str();
    let (day, _) = (1..).zip(WEEKDAYS).find(|(_, names)| names.contains(own))?;
    let others = if told.is_some() { NO_DAYS } else { COUNTED };
    let is_day = told.is_some()
        || own != '天' && (is_marked || !own.is_ascii()) && time(text, false).is_none();
    let is_other = |c: char| others.contains(c) || own.is_ascii() && c.is_ascii_digit();
    (is_day && !rest.starts_with(is_other)).then(|| (day, rest.trim_start()))
}

/// A day of the month. The last one of a row tells that they are days.
fn date(text: &str, is_marked: bool) -> Read<'_, u32> {
    let (day, rest) = number(skip(text, &["the"])).filter(|_| is_marked)?;
    let rest = rest.trim_start();
    if let Some(rest) = after(rest, &["号", "日"]).or_else(|| after(rest, &ORDINALS)) {
        return (!rest.starts_with(NO_DATES)).then_some((day, rest));
    }
    let next = until(rest).unwrap_or_else(|| join(rest));
    (next.len() < rest.len() && date(next, true).is_some()).then_some((day, rest))
}

fn dates(text: &str) -> Read<'_, String> {
    let text = skip(skip(gap(text), &["on"]), &["the"]);
    if let Some(rest) = after(text, &["最后一天", "last day"]) {
        return Some(("L".to_owned(), rest));
    }
    let (days, rest) = list(text, date)?;
    let is_day = days.iter().all(|day| (1..=31).contains(day));
    is_day.then(|| (field(days), rest))
}

/// A month and its days: 3月1日, `March 1`, `1st of March`.
fn in_year(text: &str) -> Read<'_, (u32, Vec<u32>)> {
    let (month, days, rest) = if let Some((month, rest)) = name(text, &MONTHS) {
        let (day, rest) = number(skip(rest, &["the"]))?;
        (month, vec![day], skip(rest, &ORDINALS).trim_start())
    } else {
        let (first, rest) = number(skip(text, &["the"]))?;
        let rest = skip(rest, &ORDINALS).trim_start();
        if let Some(rest) = after(rest, &["月"]) {
            let (days, rest) = list(rest, date)?;
            (first, days, rest)
        } else {
            let (month, rest) = name(skip(rest, &["of"]), &MONTHS)?;
            (month, vec![first], rest)
        }
    };
    let most = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let most = most.get(usize::try_from(month).ok()?)?;
    let is_day = days.iter().all(|day| (1..=*most).contains(day));
    is_day.then_some(((month, days), rest))
}

fn yearly(text: &str) -> Read<'_, String> {
    let alone = ["yearly", "annually", "once a year"];
    let rest = often(text, &["年", "year"], &alone)?;
    let ((month, days), rest) = in_year(skip(gap(rest), &["on"]))?;
    // Two such days take two schedules.
    let is_one = in_year(join(rest)).is_none();
    is_one.then(|| (format!("{} {month} *", field(days)), rest))
}

fn monthly(text: &str) -> Read<'_, String> {
    let begin = often(text, &["月", "month"], &["monthly"]);
    let (days, mut rest) = dates(begin.unwrap_or(text))?;
    if begin.is_none() {
        let month = after(rest, &["of"])?;
        rest = after(skip(every(month).unwrap_or(month), &["the"]), &["month"])?;
    }
    Some((format!("{days} * *"), rest))
}

fn weekly(text: &str) -> Read<'_, String> {
    let start = every(text).unwrap_or(text);
    let is_named = start.starts_with(|c: char| c.is_ascii_alphabetic());
    if !is_named && after(start, &WEEK).is_none() {
        return None;
    }
    let (days, rest) = list(start, weekday)?;
    let said = start.strip_suffix(rest)?;
    // 周一三五点检: at five, or on Fridays too?
    let next = number(join(rest)).filter(|(next, end)| *next < 7 && end.starts_with("点检"));
    if next.is_some() && !said.ends_with(' ') {
        return None;
    }
    // `Monday` by itself may be the next one.
    let is_clear = !is_named || start != text || days.len() > 1 || said.contains("days");
    is_clear.then(|| (format!("* * {}", field(days).replace('7', "0")), rest))
}

fn plain(text: &str) -> Read<'_, String> {
    PLAIN.iter().find_map(|(counted, alone, days)| {
        let rest = often(text, counted, alone)?;
        // Quarters and half-years have no other day than the first.
        let is_other = days.starts_with('1') && dates(rest).is_some();
        (!is_other).then(|| ((*days).to_owned(), rest))
    })
}

/// The minute and the hours of what is due every few hours.
fn hourly(text: &str) -> Read<'_, String> {
    if let Some(rest) = after(text, &["hourly"]) {
        return Some(("0 *".to_owned(), rest));
    }
    let start = every(text)?;
    let (step, rest) = number(start).unwrap_or((1, start));
    let rest = skip(rest.trim_start(), &["个"]);
    let rest = after(rest, &["小时", "钟头", "hours", "hour"])?;
    match step {
        1 => Some(("0 *".to_owned(), rest)),
        2 | 3 | 4 | 6 | 8 | 12 => Some((format!("0 */{step}"), rest)),
        _ => None,
    }
}

/// The minute after 点.
fn minute(text: &str) -> Read<'_, u32> {
    if let Some(found) = one_of(text, &MINUTES) {
        return Some(found);
    }
    let Some((minute, rest)) = number(text.trim_start()) else {
        return Some((0, text)).filter(|_| !text.starts_with('位'));
    };
    let told = after(rest.trim_start(), &["分"]).filter(|rest| !rest.starts_with('钟'));
    // 9点15, but not 9点 15 or 9点15号楼.
    let is_short = minute > 9 || text.starts_with(['0', '零']);
    let ends = !text.starts_with(' ') && (rest.is_empty() || rest.starts_with(STOPS));
    let end = told.or((is_short && ends).then_some(rest));
    Some(end.map_or((0, text), |rest| (minute, rest)))
}

/// A time of day. A number by itself is one only where it is bare.
fn time(text: &str, is_bare: bool) -> Read<'_, Clock> {
    if let Some((hour, rest)) = one_of(text, &[("noon", 12), ("正午", 12), ("midnight", 0)]) {
        return Some(((None, hour, 0), rest));
    }
    let part = one_of(text, &PARTS);
    let (hour, rest) = number(part.map_or(text, |(_, rest)| rest))?;
    let digits = rest
        .strip_prefix([':', '.'])
        .and_then(|rest| run(rest, |c| c.is_ascii_digit()));
    let (minute, is_told, rest) = if let Some(rest) = rest.trim_start().strip_prefix(['点', '时'])
    {
        let (minute, rest) = minute(rest)?;
        (minute, true, rest)
    } else if let Some((digits, end)) = digits {
        let minute = digits
            .parse()
            .ok()
            .filter(|_| digits.len() == 2)
            .unwrap_or(60);
        (minute, is_bare || rest.starts_with(':'), end)
    } else {
        let ends = rest.is_empty() || rest.starts_with(STOPS);
        (0, is_bare && ends, rest)
    };
    let rest = rest.trim_start();
    let oclock = after(rest, &["o'clock"]);
    let ending = one_of(oclock.unwrap_or(rest), &ENDINGS);
    let end = ending.map(|(_, rest)| rest).or(oclock);
    let part = ending.or(part).map(|(part, _)| part);
    (is_told || end.is_some()).then(|| ((part, hour, minute), end.unwrap_or(rest)))
}

fn times(text: &str) -> Read<'_, Vec<Clock>> {
    let at = after(text, &["at", "@"]);
    let start = at.unwrap_or_else(|| skip(text, &["在", "于"]));
    let mut found = time(start, at.is_some());
    let mut all = Vec::new();
    let mut rest = start;
    while let Some((next, end)) = found {
        all.push(next);
        rest = end;
        let is_bare = at.is_some() && after(rest, &["and", "&"]).is_some();
        found = time(skip(join(rest), &["at"]), is_bare);
    }
    (!all.is_empty()).then_some((all, rest))
}

/// The minute and the hours. None where there are no such times, or the minutes differ.
fn clock(times: &[Clock]) -> Option<String> {
    let (_, _, minute @ 0..60) = times.first()? else {
        return None;
    };
    let mut hours: Vec<u32> = Vec::new();
    let mut known = None;
    for (part, hour, other) in times {
        // At 2 and 5pm.
        let is_unclear = part.is_some() && known.is_none() && hours.iter().any(|hour| *hour < 7);
        known = part.or(known);
        let ways = [*hour, hour + 12, if *hour == 12 { 0 } else { 24 }];
        let hour = match known {
            Some((first, last)) => ways.into_iter().find(|way| (first..=last).contains(way))?,
            None => *hour,
        };
        if is_unclear || other != minute || hour > 23 {
            return None;
        }
        hours.push(hour);
    }
    hours
        .is_sorted()
        .then(|| format!("{minute} {}", field(hours)))
}

fn words(text: &str) -> Read<'_, String> {
    let once = |text| gap(skip(gap(text), &["一次", "1次", "once"]));
    let text = skip(text.trim_start(), &["on"]);
    let hours = hourly(text);
    let days = hours.as_ref().map(|(_, rest)| ("* * *".to_owned(), *rest));
    let days = days.or_else(|| plain(text)).or_else(|| weekly(text));
    let (days, rest) = days.or_else(|| monthly(text)).or_else(|| yearly(text))?;
    let rest = once(rest);
    // Twice a day; but 二次供水 is a name.
    let counted = number(rest).filter(|(_, end)| end.starts_with('次'));
    let is_counted = counted.is_some() && !rest.starts_with("二次");
    let is_vague = is_counted || after(rest, &VAGUE).is_some() || one_of(rest, &PARTS).is_some();
    let (clock, rest) = match (times(rest), hours) {
        (Some((times, rest)), None) => (clock(&times)?, once(rest)),
        (None, Some((hours, _))) if !is_vague => (hours, rest),
        (None, None) if !is_vague => ("0 9".to_owned(), rest),
        _ => return None,
    };
    // 9:00-11:00, 1-5次.
    let is_range = until(rest)
        .is_some_and(|end| time(end, false).is_some() || weekday(end, true).is_some())
        || after(rest, &["-"]).is_some_and(|end| number(end).is_some());
    (!is_range && after(rest, &MORE).is_none()).then(|| (format!("{clock} {days}"), rest))
}

/// Five fields as cron has them. Only their shape is looked at.
fn fields(text: &str) -> Read<'_, String> {
    let mut rest = text.trim_start();
    let mut all: Vec<&str> = Vec::new();
    for at in 0..5 {
        let (word, end) = run(rest, |c| !" :、".contains(c))?;
        let word = word.trim_end_matches(',');
        if !is_field(word, at > 2) {
            return None;
        }
        all.push(word);
        rest = end.trim_start();
    }
    // Six fields are something else.
    let next = rest.split(' ').next()?;
    let is_more = next.starts_with(|c: char| !c.is_alphabetic()) && is_field(next, false);
    (!is_more).then(|| (all.join(" "), gap(rest)))
}

fn is_field(word: &str, may_name: bool) -> bool {
    word.split([',', '-', '/', '#']).all(|part| {
        let number = part.trim_end_matches(['L', 'W']);
        let is_number = !part.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let lower = part.to_ascii_lowercase();
        let mut names = [DAYS.as_slice(), &MONTHS].into_iter();
        let is_name = part.len() == 3 && names.any(|names| name(&lower, names).is_some());
        is_number || matches!(part, "*" | "?") || may_name && is_name
    })
}

#[cfg(test)]
mod tests;
