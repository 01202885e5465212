//! When something is to happen, or has happened, as people type it. Nothing here does IO.
//!
//! 今天下午, 明晚8点, 下周三, 10月3日, 8-10点, 周五前, 半小时后; `tomorrow at 8`, `by Friday`,
//! `2-4 pm`, `in 2 hours`. A text is read as pieces that stand side by side in any order: a
//! day, a part of the day, a clock time. `read` takes the future to be meant: of all that the
//! pieces can say (8点 is 8:00 and 20:00) the first counts that is not over, and what is over
//! is not read. `read_past` takes the past to be meant, as of what was lost or found (昨晚8点,
//! 半小时前, `two hours ago`): the last counts that has begun, and what has not is not read.
//!
//! Homes (`3-2-501`), buildings (3号楼), points (有3点), mere lengths (两小时) and greetings
//! (晚上好) are no times.
mod clock;
mod day;
mod pattern;
mod phrase;
mod plain;
mod tense;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use chrono::NaiveDateTime;

use pattern::LENGTHS;
use phrase::{Phrase, Relation, last_of_range, phrase, trail};
use plain::{DAY, Plain, group, may_start, number, on, plus, word};
use tense::Tense;
use words::{UNITS, WORK_ENDS};

/// A span of local time that words tell of; where they name a moment both ends are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// When it begins; never before now where the future is meant, never after it otherwise.
    pub from: NaiveDateTime,
    /// When it ends; never after now where the past is meant. A day ends at 23:59.
    pub until: NaiveDateTime,
    /// The bytes of the text that told it.
    pub range: Range<usize>,
}

type Span = (NaiveDateTime, NaiveDateTime);

/// Reads the first time ahead that a text tells of; None where it tells none. `now` is the
/// local time.
#[must_use]
pub fn read(text: &str, now: NaiveDateTime) -> Option<When> {
    first(text, now, Tense::Future)
}

/// Reads the first time in the past that a text tells of; None where it tells none. `now` is
/// the local time.
#[must_use]
pub fn read_past(text: &str, now: NaiveDateTime) -> Option<When> {
    first(text, now, Tense::Past)
}

fn first(text: &str, now: NaiveDateTime, tense: Tense) -> Option<When> {
    let plain = Plain::new(text);
    let text = plain.text.as_str();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let is_start = may_start(&text[..at], c);
        let Some((span, end)) = is_start.then(|| told(text, at, now, tense)).flatten() else {
            at += c.len_utf8();
            continue;
        };
        if let Some((from, until)) = span.and_then(|span| tense.side(span, now)) {
            let range = plain.original(at..end);
            return Some(When { from, until, range });
        }
        at = end.max(at + c.len_utf8());
    }
    None
}

/// The time that starts at a byte, and where it ends; the time is None where it is on the
/// other side of now.
fn told(text: &str, at: usize, now: NaiveDateTime, tense: Tense) -> Option<(Option<Span>, usize)> {
    if let Some((minutes, end)) = word(text, at, tense.near()) {
        let span = plus(now, minutes).map(|other| match tense {
            Tense::Past => (other, now),
            Tense::Future => (now, other),
        });
        return Some((span, end));
    }
    if let Some(found) = length(text, at, now, tense) {
        return Some(found);
    }
    let mut first = phrase(text, at, false, tense)?;
    if let Some(last) = last_of_range(text, at, &mut first) {
        return Some((span(&first, Some(&last), now), last.end));
    }
    if let Some((relation, end)) = trail(text, first.end) {
        (first.relation, first.end) = (relation, end);
    }
    // 昨天下班路上 tells when, while what is ahead is not told so.
    let is_past_day = tense == Tense::Past && first.day.is_some();
    let is_loose =
        first.relation == Relation::At && !is_past_day && text[..first.end].ends_with(WORK_ENDS);
    if is_loose || first.clock.is_some_and(|clock| clock.needs_last) {
        return None;
    }
    let span = span(&first, None, now).and_then(|span| first.related(span, now));
    Some((span, first.end))
}

/// A length of time from now on, or until now: 半小时后, 3天内, `in 2 hours`, 两天前.
fn length(
    text: &str,
    at: usize,
    now: NaiveDateTime,
    tense: Tense,
) -> Option<(Option<Span>, usize)> {
    let rest = &text[at..];
    let found = LENGTHS.iter().find_map(|pattern| pattern.captures(rest))?;
    let all = found.get_match().as_str();
    let end = at + all.len();
    let name = group(&found, &["unit"])?;
    let is_over = group(&found, &["past"]).is_some();
    // 3日前 is before the 3rd, and 超过3天 is how long something took.
    if is_over && name == "日"
        || all.starts_with('过') && text[..at].ends_with(['超', '经', '通', '不'])
        || all.ends_with('后') && text[end..].starts_with('天')
    {
        return None;
    }
    let (unit, _) = word(name, 0, UNITS)?;
    let more = group(&found, &["half", "dot"]).map_or(0, |_| unit / 2);
    let most = group(&found, &["m"]).and_then(number);
    let count = group(&found, &["n"])?;
    let (low, most) = match (count, number(count)) {
        ("半" | "half a" | "half an", _) => (unit / 2, None),
        ("a" | "an", _) => (unit + more, None),
        (_, Some(least)) => (least * unit + more, most),
        // 两三天
        (pair, None) => (number(pair.get(..3)?)? * unit, number(pair.get(3..)?)),
    };
    let high = most.map_or(low, |most| most * unit).max(low);
    let (from, until) = match tense {
        Tense::Past => (plus(now, -high)?, plus(now, -low)?),
        Tense::Future => (plus(now, low)?, plus(now, high)?),
    };
    let span = if group(&found, &["within"]).is_some() {
        (now, until)
    } else if unit.min(low) >= DAY {
        (on(from.date(), 0)?, on(until.date(), DAY - 1)?)
    } else {
        (from, until)
    };
    Some(((is_over == (tense == Tense::Past)).then_some(span), end))
}

/// The first span that is not over, or the last that has begun.
fn span(first: &Phrase, last: Option<&Phrase>, now: NaiveDateTime) -> Option<Span> {
    let (today, mut spans) = (now.date(), first.spans(now.date(), now.date(), false));
    if first.tense == Tense::Past {
        spans.reverse();
    }
    spans.into_iter().find_map(|(from, until)| {
        let mut ends = last.map_or_else(Vec::new, |last| last.spans(today, from.date(), true));
        ends.retain(|(_, end)| *end > from);
        let until = if last.is_some() {
            ends.first()?.1
        } else {
            until
        };
        first.tense.side((from, until), now).map(|_| (from, until))
    })
}
