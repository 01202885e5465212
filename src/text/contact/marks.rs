//! The words and the handles of a text, in their order. Nothing here does IO.

use super::{
    Channel,
    handle::{self, Shape},
    words::{Class, NUMBERED, PREFIXES, WORDS},
};
use crate::text::{
    fold::Folded,
    words::{Hit, ends_with_any},
};

/// What was found at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Channel(Channel, Class),
    /// 加, +, add.
    Add,
    /// A character that sounds like 加.
    Twin,
    /// 加我, dm me.
    Me,
    /// 同号.
    Same,
    Handle(Shape),
}

/// Something found, with its byte range in the text that was searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

impl Mark {
    pub fn shape(&self) -> Option<Shape> {
        match self.kind {
            Kind::Handle(shape) => Some(shape),
            Kind::Channel(..) | Kind::Add | Kind::Twin | Kind::Me | Kind::Same => None,
        }
    }
}

/// Everything in a text.
pub(super) fn all(view: &Folded<'_>) -> Vec<Mark> {
    let text = view.text();
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let is_prefix = c == '+' && text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        if is_prefix {
            // The code of a country.
            at += 1;
        } else if let Some(hit) = WORDS.at(text, at).filter(|hit| is_whole(text, hit)) {
            marks.push(Mark {
                kind: hit.meaning,
                start: hit.start,
                end: hit.end,
            });
            at = hit.end;
        } else if c.is_ascii_alphanumeric() {
            let end = end_of_run(text, at);
            run(view, at, end, &mut marks);
            at = end;
        } else {
            at += c.len_utf8();
        }
    }
    marks
}

/// Whether a word is not the beginning of a handle: `wxid_abc123`.
fn is_whole(text: &str, hit: &Hit<Kind>) -> bool {
    let is_latin = text[hit.start..].starts_with(|c: char| c.is_ascii_alphanumeric());
    !is_latin || hit.end >= end_of_run(text, hit.start)
}

/// The end of a run of letters, digits, and the signs that a handle may hold inside.
fn end_of_run(text: &str, from: usize) -> usize {
    let run = text[from..]
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
        .count();
    let run = text[from..from + run].trim_end_matches(['_', '-']).len();
    from + run
}

/// Whether what begins here follows a mark of some kind at once.
fn follows(view: &Folded<'_>, marks: &[Mark], from: usize, is_it: impl Fn(Kind) -> bool) -> bool {
    let before = marks.last().filter(|mark| is_it(mark.kind));
    before.is_some_and(|mark| {
        let gap = &view.text()[mark.end..from];
        gap.len() <= 3 && !gap.contains(char::is_alphanumeric)
    })
}

/// Whether a thing with numbers of its own is named last: `航班 WX12345`.
fn is_numbered(before: &str) -> bool {
    ends_with_any(before.trim_end_matches([' ', ':', '号']), NUMBERED)
}

/// A handle, or the name of a network with a handle that runs into it.
fn run(view: &Folded<'_>, from: usize, to: usize, marks: &mut Vec<Mark>) {
    let word = &view.text()[from..to];
    let begun = PREFIXES
        .iter()
        .filter_map(|prefix| Some((prefix, word.strip_prefix(prefix.0)?)));
    for ((prefix, channel, class), rest) in begun {
        if is_numbered(&view.text()[..from]) {
            break;
        }
        let name = from + prefix.len();
        let rest_from = to - rest.trim_start_matches(['_', '-']).len();
        let shape = handle::shape(view, rest_from, to);
        let splits = match shape {
            Some(Shape::Digits) => true,
            Some(Shape::Mixed) => {
                let is_named = follows(view, marks, from, |kind| matches!(kind, Kind::Channel(..)));
                let is_added = || {
                    follows(view, marks, from, |kind| {
                        matches!(kind, Kind::Add | Kind::Twin)
                    })
                };
                !is_named && (*class != Class::Doubtful || is_added())
            }
            Some(Shape::Letters) | None => false,
        };
        if splits {
            marks.push(Mark {
                kind: Kind::Channel(*channel, *class),
                start: from,
                end: name,
            });
            marks.extend(shape.map(|shape| Mark {
                kind: Kind::Handle(shape),
                start: rest_from,
                end: to,
            }));
            return;
        }
    }
    marks.extend(handle::shape(view, from, to).map(|shape| Mark {
        kind: Kind::Handle(shape),
        start: from,
        end: to,
    }));
}
