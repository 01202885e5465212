//! Questions about the state of something reported earlier. Nothing here does IO.
//!
//! Such a message opens no ticket, even with a tag: the earlier report has one. It must
//! point back to a report (昨天报的, 我的工单, the leak I reported) and ask how that stands
//! (有人来了吗, 怎么样了, any news).

use super::category;
use super::clauses::{Clause, Clauses};
use super::status_words::{
    ASKS_ALONE, ASKS_STATE, POINTS_BACK, POINTS_BACK_LOOSELY, TRIGGERS, WORDS, Word,
};
use crate::text::fold::Folded;
use crate::text::words::{
    Hit, ends_in_latin, ends_with_any, has_sequence, sequences, starts_in_latin, starts_with_any,
};

/// Words that start a second matter.
#[rustfmt::skip]
const SECOND: &[&str] = &[
    "另外", "还有", "顺便", "再报", "此外", "同时", "又", "也", "新", "再加", "also", "another",
    "plus", "besides", "in addition", "by the way", "too", "as well", "a new",
];

/// Words that say the first matter still goes on.
const GOES_ON: &[&str] = &[
    "还在",
    "还是",
    "仍",
    "依然",
    "一直",
    "越来越",
    "继续",
    "still",
    "getting worse",
];

/// Words that start a second matter when they open a clause that points back.
const OPENS_SECOND: &[&str] = &["另外", "还有", "顺便", "also", "and the", "by the way"];

/// Words that ask for something new.
const WISHES: &[&str] = &[
    "要报修",
    "想报修",
    "需要维修",
    "要维修",
    "想要修",
    "帮我修",
    "请修",
    "please fix",
    "please repair",
];

/// Words for what a report has become.
const NAMES_OF_TICKETS: &[&str] = &["工单", "单子", "ticket", "request"];

/// Whether a folded message asks how an earlier report stands. `own` is the text with its
/// tag blanked, byte for byte as long as the folded text; `is_addressed` says whether it
/// carries a tag or calls the bot, so that it would open a ticket otherwise.
pub(super) fn is_asked(folded: &Folded, own: &str, is_addressed: bool) -> bool {
    if !is_addressed && !TRIGGERS.is_in(own) {
        return false;
    }
    let hits = WORDS.every(own);
    let points_back = points_back(own, &hits)
        || (has_sequence(own, &hits, POINTS_BACK_LOOSELY)
            && (is_addressed || category::has_fault(own)));
    if points_back && asks_state(own, &hits) {
        return !(is_addressed && reports_anew(folded, own));
    }
    is_addressed
        && has_sequence(own, &hits, ASKS_ALONE)
        && !category::has_fault(own)
        && !has_any(own, WISHES)
}

/// Whether a text points back to an earlier report.
fn points_back(text: &str, hits: &[Hit<Word>]) -> bool {
    POINTS_BACK.iter().any(|steps| {
        sequences(text, hits, steps).any(|found| !is_other(text, found.start, found.end))
    }) || names_number(text, hits)
}

/// What looks like pointing back and is something else: 报的警, 报了名 are other matters, 我要
/// 投诉的 is a new one, 有人报修了吗 asks whether there is any, and "my complaint is that" states
/// it.
fn is_other(text: &str, start: usize, end: usize) -> bool {
    let found = &text[start..end];
    let verb = [
        "报修", "投诉", "反映", "反馈", "报", "预约", "申请", "提交", "登记",
    ]
    .iter()
    .filter_map(|verb| found.rfind(verb))
    .max()
    .map_or(start, |at| start + at);
    let after = &text[end..];
    let other_matter = [
        "警",
        "名",
        "班",
        "课",
        "团",
        "考",
        "税",
        "销",
        "价",
        "社",
        "系统",
        "吗",
        "没",
        "么",
        " is that",
        ": ",
        " is about",
        " is:",
    ];
    let course = [
        "兴趣班",
        "培训班",
        "补习班",
        "辅导班",
        "课程",
        "舞蹈",
        "旅行",
    ];
    let wish = ["要", "想", "请", "需", "来", "帮我", "给我", "重新", "再"];
    starts_with_any(after, &other_matter)
        || starts_with_any(after, &course)
        || ends_with_any(&text[..verb], &wish)
}

/// `ticket 12`, `work order #12`.
fn names_number(text: &str, hits: &[Hit<Word>]) -> bool {
    hits.iter()
        .filter(|hit| hit.meaning == Word::NumberedThing)
        .any(|hit| {
            text[hit.end..]
                .trim_start_matches([' ', '#', '.', 'n', 'o', ':'])
                .starts_with(|c: char| c.is_ascii_digit())
        })
}

fn asks_state(text: &str, hits: &[Hit<Word>]) -> bool {
    has_sequence(text, hits, ASKS_STATE)
        || hits.iter().any(|hit| {
            // "Any plumber yet?" asks, "not yet fixed" in the middle does not.
            hit.meaning == Word::Yet
                && matches!(
                    text[hit.end..].trim_start().chars().next(),
                    None | Some('?')
                )
        })
}

/// Whether the message clearly tells of something new besides its question.
fn reports_anew(folded: &Folded, own: &str) -> bool {
    let clauses = Clauses::of(folded);
    let judged: Vec<Judged> = clauses.iter().map(|c| Judged::of(*c, own)).collect();
    let Some(back) = judged.iter().find(|c| c.points_back) else {
        return false;
    };
    let back_names_matter = judged.iter().any(|c| {
        c.sentence == back.sentence
            && (category::has_fault(c.text) || has_any(c.text, NAMES_OF_TICKETS))
    });
    let mut second_before = false;
    judged.iter().any(|c| {
        let is_second = second_before || has_any(c.text, SECOND);
        // 另外，厨房灯坏了: the word may stand alone before its clause.
        second_before = is_second && c.text.trim().chars().count() <= 4;
        if c.asks() || !category::has_fault(c.text) || has_any(c.text, GOES_ON) {
            return false;
        }
        let told_before = c.start < back.start;
        let own_sentence = !judged
            .iter()
            .any(|other| other.asks() && other.sentence == c.sentence);
        is_second
            || (told_before && starts_with_any(back.text.trim_start(), OPENS_SECOND))
            || (told_before && own_sentence && back_names_matter)
    })
}

/// One clause of a message and what it asks.
struct Judged<'t> {
    text: &'t str,
    start: usize,
    sentence: usize,
    points_back: bool,
    asks_state: bool,
}

impl<'t> Judged<'t> {
    fn of(clause: Clause, own: &'t str) -> Self {
        let text = own.get(clause.start..clause.end).unwrap_or_default();
        let hits = WORDS.every(text);
        Self {
            text,
            start: clause.start,
            sentence: clause.sentence,
            points_back: points_back(text, &hits),
            asks_state: asks_state(text, &hits),
        }
    }

    fn asks(&self) -> bool {
        self.points_back || self.asks_state
    }
}

/// Whether one of the words stands in the text, Latin ones as whole words.
fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            !word.is_ascii()
                || !(ends_in_latin(&text[..at]) || starts_in_latin(&text[at + word.len()..]))
        })
    })
}
