//! Clock times: 8点半, `8:30 pm`.

use super::{
    pattern::{CLOCK, ONE, POINTS, RANGE, STANDS, find, fits},
    phrase::Phrase,
    plain::{DAY, HOUR, group, is_inside, is_numeral, number, word},
    tense::Tense,
    words::{CLOCK_WORDS, Hours, LITTLE_AFTER, PAST, POINTS_AFTER},
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// 8点: in the morning or in the evening.
    Open,
    /// 08:30: in the morning, unless a part of the day is named.
    Padded,
    /// 8 am.
    Exact,
}

#[derive(Clone, Copy)]
pub(super) struct Clock {
    /// Minutes after midnight.
    pub(super) minutes: i64,
    pub(super) form: Form,
    /// A bare number that is a clock time only by what follows: the 8 of 8-10点.
    pub(super) needs_last: bool,
}

impl Clock {
    /// The minutes after midnight that it can mean, the earliest first. With a part of the day
    /// it is the nearest to its middle: 晚上12点 is the end of the day, 晚上1点 is behind it.
    pub(super) fn readings(self, part: Option<Hours>, is_near: bool) -> Vec<i64> {
        let half = DAY / 2;
        let is_open = self.form == Form::Open && (HOUR..half).contains(&self.minutes);
        match part {
            Some((from, until)) if self.form != Form::Exact && self.minutes < half + HOUR => {
                let (first, middle) = (self.minutes % half, (from + until) * HOUR / 2);
                let mut all = vec![first + DAY, first + half, first];
                all.sort_by_key(|time| (time - middle).abs());
                all.truncate(1);
                all
            }
            // Nobody comes at 3 in the night of another day.
            None if is_open && !is_near && self.minutes < 6 * HOUR => vec![self.minutes + half],
            None if is_open => vec![self.minutes, self.minutes + half],
            Some(_) | None => vec![self.minutes],
        }
    }

    /// The same as the start of a range: the 2 of 2-4pm, the 9:00 of 9:00-18:00.
    pub(super) fn before(mut self, last: Option<Self>) -> Self {
        let Some(last) = last.filter(|_| self.form == Form::Open) else {
            return self;
        };
        if last.form == Form::Exact {
            self.minutes = last.minutes - (last.minutes - self.minutes).rem_euclid(DAY / 2);
            self.form = Form::Exact;
        } else if last.form == Form::Padded || last.minutes >= 13 * HOUR {
            self.form = Form::Padded;
        }
        self
    }
}

/// The clock time that starts at a byte, after the pieces of a phrase.
pub(super) fn clock(text: &str, at: usize, phrase: &Phrase) -> Option<(Clock, usize)> {
    if let Some((minutes, end)) = word(text, at, CLOCK_WORDS) {
        let clock = Clock {
            minutes,
            form: Form::Exact,
            needs_last: false,
        };
        return Some((clock, end));
    }
    let found = find(&CLOCK, &text[at..])?;
    let all = found.get_match().as_str();
    let end = at + all.len();
    let rest = &text[end..];
    let said = group(&found, &["h"])?;
    let needs_last = all == said && fits(&RANGE, rest);
    let is_bare = all == said && !needs_last && !(phrase.is_led && fits(&STANDS, rest));
    let runs_on = is_inside(text, end)
        || rest.starts_with(is_numeral)
        || rest.starts_with([':', '.', '/']) && rest[1..].starts_with(is_numeral);
    if is_bare || runs_on || all.ends_with('点') && counts(text, at, end, phrase) {
        return None;
    }
    let minutes = match group(&found, &["m", "m2"]) {
        Some("半") => 30,
        Some("一刻" | "1刻") => 15,
        Some("三刻" | "3刻") => 45,
        Some(minutes) => number(minutes.trim_end_matches('分'))?,
        None => word(all, 0, PAST).map_or(0, |(minutes, _)| minutes),
    };
    let (hour, form) = match (number(said)?, group(&found, &["sun"])) {
        (hour, Some("a")) if hour <= 12 => (hour % 12, Form::Exact),
        (hour, Some(_)) if hour <= 12 => (hour % 12 + 12, Form::Exact),
        (hour, _) if said.starts_with('0') => (hour, Form::Padded),
        (hour, _) => (hour, Form::Open),
    };
    let clock = Clock {
        minutes: hour * HOUR + minutes,
        form,
        needs_last,
    };
    (hour <= 24 && minutes < HOUR).then_some((clock, end))
}

/// Whether N点 is so many points, or a little, and no clock time.
pub(super) fn counts(text: &str, at: usize, end: usize, phrase: &Phrase) -> bool {
    let (before, rest) = (&text[..at], &text[end..]);
    let is_one = matches!(&text[at..end], "一点" | "1点");
    let is_alone = phrase.day.is_none() && phrase.part.is_none();
    // 昨晚1点 and 一点多 are clock times, while 今晚1点来 may be a little later.
    let is_past = phrase.tense == Tense::Past;
    let is_told = is_past && rest.starts_with(['多', '之']);
    let is_later = before.ends_with(|c| LITTLE_AFTER.contains(c));
    let is_little = is_later && !(is_past && phrase.part.is_some())
        || !is_told
            && (!fits(&ONE, rest)
                || is_alone
                    && text[at..].starts_with('一')
                    && !rest.starts_with(['到', '至', '前', '之', '以']));
    is_one && is_little || before.ends_with(|c| POINTS_AFTER.contains(c)) || fits(&POINTS, rest)
}
