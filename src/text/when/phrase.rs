//! Pieces of a time that stand side by side: a day, a part of the day, a clock time, and what stands around them.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    Span,
    clock::{Clock, Form, clock},
    day::{Day, day},
    plain::{DAY, HOUR, later, on, plus, word},
    tense::Tense,
    words::{
        DAWN, EVENING, Hours, JOINERS, LEADS, NIGHT, NOT_AFTER_PART, SHORT_PARTS, TRAILS, WORDS,
    },
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    At,
    Before,
    /// Before its end.
    By,
    After,
}

/// Pieces that stand side by side.
pub(super) struct Phrase {
    pub(super) tense: Tense,
    pub(super) day: Option<Day>,
    pub(super) part: Option<Hours>,
    pub(super) clock: Option<Clock>,
    pub(super) relation: Relation,
    /// Whether it stands after `at` or the like, where a bare number is a clock time.
    pub(super) is_led: bool,
    /// Whether the clock time comes first. Then the day and its part count for a whole range.
    pub(super) is_shared: bool,
    pub(super) end: usize,
}

/// The pieces that start at a byte; `is_led` where a bare number is a clock time.
pub(super) fn phrase(text: &str, at: usize, is_led: bool, tense: Tense) -> Option<Phrase> {
    let mut phrase = Phrase {
        tense,
        day: None,
        part: None,
        clock: None,
        relation: Relation::At,
        is_led,
        is_shared: false,
        end: at,
    };
    loop {
        let signs: &[char] = match phrase.clock {
            _ if phrase.end == at => &[],
            None => &[' ', ',', '(', ')'],
            Some(_) => &[' '],
        };
        let (relation, is_led, piece_at) = lead(text, phrase.end, signs);
        phrase.is_led |= is_led;
        if !phrase.take(text, piece_at) {
            return (phrase.end > at).then_some(phrase);
        }
        phrase.relation = relation.unwrap_or(phrase.relation);
    }
}

/// What stands before a piece: a relation, and whether a bare number is a clock time after it.
pub(super) fn lead(text: &str, at: usize, signs: &[char]) -> (Option<Relation>, bool, usize) {
    let skip = |at: usize, signs: &[char]| {
        let skipped = text[at..].chars().take(2).take_while(|c| signs.contains(c));
        at + skipped.map(char::len_utf8).sum::<usize>()
    };
    let (mut relation, mut is_led, mut end) = (None, false, skip(at, signs));
    for _ in 0..3 {
        let Some((found, after)) = word(text, end, LEADS) else {
            break;
        };
        is_led |= found.is_some();
        relation = relation.or(found.filter(|found| *found != Relation::At));
        end = skip(after, &[' ']);
    }
    (relation, is_led, end)
}

/// What stands behind a time, and where it ends.
pub(super) fn trail(text: &str, at: usize) -> Option<(Relation, usize)> {
    let ((relation, unless), end) = word(text, skip_space(text, at), TRAILS)?;
    (!text[end..].starts_with(|c| unless.contains(c))).then_some((relation, end))
}

pub(super) fn skip_space(text: &str, at: usize) -> usize {
    at + usize::from(text[at..].starts_with(' '))
}

/// The end of a range that starts with this phrase.
pub(super) fn last_of_range(text: &str, at: usize, first: &mut Phrase) -> Option<Phrase> {
    let ((), joined) = word(text, skip_space(text, first.end), JOINERS)?;
    if text[..joined].ends_with("and") && !text[at..joined].contains("between") {
        return None;
    }
    let is_led = first.is_led || first.clock.is_some_and(|clock| clock.form == Form::Exact);
    let mut last = phrase(text, skip_space(text, joined), is_led, first.tense)?;
    if last.clock.is_some_and(|clock| clock.needs_last) {
        return None;
    }
    first.clock = first.clock.map(|clock| clock.before(last.clock));
    if last.is_shared && first.day.is_none() {
        first.day = last.day.take();
    }
    if last.is_shared && first.part.is_none() {
        first.part = last.part;
    }
    Some(last)
}

impl Phrase {
    /// Takes the piece at a byte; false where there is none, or one of its kind was taken before.
    fn take(&mut self, text: &str, at: usize) -> bool {
        let named = day(text, at).map(|(day, end)| ((Some(day), None), end));
        let named = named.or_else(|| word(text, at, self.tense.words()));
        if let Some(((day, part), end)) = named.or_else(|| word(text, at, WORDS)) {
            // 10月3日周六 tells one day twice, and 昨晚凌晨2点 is late in that night.
            let is_weekday = matches!(day, Some(Day::Week(_, first, last)) if first == last)
                && !matches!(self.day, Some(Day::Week(..)));
            let is_late = self.part == NIGHT && part == DAWN;
            if self.day.is_some() && day.is_some() && !is_weekday
                || self.part.is_some() && part.is_some() && !is_late
                || part.is_some() && !self.is_part(text, at, end)
            {
                return false;
            }
            (self.day, self.part) = (self.day.or(day), self.part.or(part));
            self.is_shared |= self.clock.is_some();
            self.end = end;
            return true;
        }
        let clock = clock(text, at, self).filter(|_| self.clock.is_none());
        if let Some((clock, end)) = clock {
            (self.clock, self.end) = (Some(clock), end);
        }
        clock.is_some()
    }

    /// Whether a word for a part of the day is meant so.
    fn is_part(&self, text: &str, at: usize, end: usize) -> bool {
        let rest = &text[end..];
        let is_han = rest.starts_with(|c| matches!(c, '\u{3400}'..='\u{9FFF}'));
        let is_short = SHORT_PARTS.contains(&&text[at..end]);
        (!is_short || self.day.is_some() && !is_han || clock(text, end, self).is_some())
            && !rest.starts_with(NOT_AFTER_PART)
            && !text[..at].ends_with("good ")
    }

    /// The spans that the phrase can mean, the earliest first. Without a day they are on the
    /// day of `after` or near it; days that come again are counted from there. What ends a
    /// range is ahead of its start.
    pub(super) fn spans(&self, today: NaiveDate, after: NaiveDate, is_last: bool) -> Vec<Span> {
        let tense = if is_last { Tense::Future } else { self.tense };
        let days = match self.day {
            // A month that is over is nothing ahead.
            Some(Day::Month(Some(..0), ..)) if self.tense == Tense::Future => Vec::new(),
            Some(day) => day.dates(tense, today, after),
            None => {
                let days = tense.steps(2).filter_map(|days| later(after, days));
                days.map(|day| (day, day)).collect()
            }
        };
        let mut spans = Vec::new();
        for (first, last) in days {
            if let Some(clock) = self.clock {
                let readings = clock.readings(self.part, is_last || first <= after);
                let moments = readings.iter().filter_map(|minutes| on(first, *minutes));
                spans.extend(moments.map(|moment| (moment, moment)));
                continue;
            }
            let (from, until) = self.part.unwrap_or((0, 24));
            // Late in the evening it is the evening still.
            let late = if self.part == EVENING { 24 } else { until };
            for until in [until, late] {
                let until = on(last, (until * HOUR).min(DAY - 1));
                spans.extend(on(first, from * HOUR).zip(until));
            }
        }
        spans
    }

    /// The span that is so related to this one. Towards now it reaches now; away from now it
    /// stays on its day.
    pub(super) fn related(&self, (from, until): Span, now: NaiveDateTime) -> Option<Span> {
        let is_month_end = matches!(self.day, Some(Day::Month(_, -3, -1)));
        match (self.relation, self.tense) {
            (Relation::At, _) => Some((from, until)),
            (Relation::Before, Tense::Past) => Some((on(plus(from, -1)?.date(), 0)?, from)),
            (Relation::By, Tense::Past) => Some((on(from.date(), 0)?, until)),
            (Relation::Before, Tense::Future) if from > now && !is_month_end => Some((now, from)),
            (Relation::Before | Relation::By, Tense::Future) => Some((now, until)),
            (Relation::After, tense) => {
                let is_days = from < until && on(until.date(), DAY - 1) == Some(until);
                let start = plus(until, i64::from(is_days))?;
                let end = match tense {
                    Tense::Past => now,
                    Tense::Future => on(start.date(), DAY - 1)?,
                };
                Some((start, end.max(start)))
            }
        }
    }
}
