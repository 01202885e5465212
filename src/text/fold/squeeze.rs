//! The second folding, for judging spam. Nothing here does IO.

use std::ops::Range;

use super::Folded;
use crate::text::words::is_han;

/// The longest run of separators that is still a disguise inside a word or a number.
const SEPARATORS_MAX: usize = 8;
/// A run of digits is a number worth unifying from this length on.
const DIGITS_MIN: usize = 5;
/// A run without any Arabic digit must be this long: a phone number has eleven digits.
const CHINESE_DIGITS_MIN: usize = 7;

/// Drops separators between Chinese characters and inside digit runs, and writes the
/// Chinese digits of long digit runs as Arabic ones. The way back to the source is kept.
pub(super) fn squeeze<'a>(folded: &Folded<'a>) -> Folded<'a> {
    let (kept, arabic) = look_through(folded.text());
    let mut arabic = arabic.into_iter().peekable();
    let mut out = Folded::empty(folded.source());
    for part in kept {
        let mut from = part.start;
        while let Some((at, plain)) = arabic.next_if(|(at, _)| *at < part.end) {
            out.copy(folded, from..at);
            let len = folded.text()[at..].chars().next().map_or(1, char::len_utf8);
            let range = folded.original(at..at + len);
            out.push(plain.encode_utf8(&mut [0; 4]), range.start, range.end);
            from = at + len;
        }
        out.copy(folded, from..part.end);
    }
    out
}

/// The stretches of a text that are left, and the Chinese digits of long runs of digits in them, with the Arabic ones that
/// they stand for.
fn look_through(text: &str) -> (Vec<Range<usize>>, Vec<(usize, char)>) {
    let (mut kept, mut arabic) = (Vec::new(), Vec::new());
    let mut run = Run::default();
    let (mut start, mut at) = (0, 0);
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        if !is_separator(c) {
            run.take(at, c, &mut arabic);
            before = Some(c);
            at += c.len_utf8();
            continue;
        }
        let (mut end, mut count) = (at, 0);
        for c in text[at..].chars().take_while(|c| is_separator(*c)) {
            end += c.len_utf8();
            count += 1;
        }
        let after = text[end..].chars().next();
        if count <= SEPARATORS_MAX && before.zip(after).is_some_and(|(b, a)| belong(b, a)) {
            kept.push(start..at);
            start = end;
        } else {
            run.end(&mut arabic);
        }
        at = end;
    }
    run.end(&mut arabic);
    kept.push(start..text.len());
    (kept, arabic)
}

/// Digits in a row.
#[derive(Default)]
struct Run {
    len: usize,
    is_arabic: bool,
    chinese: Vec<(usize, char)>,
}

impl Run {
    /// The next character that is left.
    fn take(&mut self, at: usize, c: char, found: &mut Vec<(usize, char)>) {
        match digit(c) {
            Some(plain) => {
                self.len += 1;
                if c == plain {
                    self.is_arabic = true;
                } else {
                    self.chinese.push((at, plain));
                }
            }
            None => self.end(found),
        }
    }

    fn end(&mut self, found: &mut Vec<(usize, char)>) {
        if self.len == 0 {
            return;
        }
        let least = if self.is_arabic {
            DIGITS_MIN
        } else {
            CHINESE_DIGITS_MIN
        };
        if self.len >= least {
            found.append(&mut self.chinese);
        }
        self.chinese.clear();
        (self.len, self.is_arabic) = (0, false);
    }
}

fn belong(before: char, after: char) -> bool {
    (is_han(before) && is_han(after)) || (digit(before).is_some() && digit(after).is_some())
}

fn is_separator(c: char) -> bool {
    c == ' '
        || c.is_ascii_punctuation()
        || !is_han(c)
            && matches!(
                c,
                '、' | '。'
                    | '·'
                    | '•'
                    | '・'
                    | '…'
                    | '《'
                    | '》'
                    | '〈'
                    | '〉'
                    | '「'
                    | '」'
                    | '【'
                    | '】'
                    | '“'
                    | '”'
                    | '¦'
                    | '※'
                    | '●'
                    | '★'
                    | '☆'
            )
}

/// The Arabic digit for a digit in any of the ways it is written.
#[rustfmt::skip]
fn digit(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => c,
        '〇' | '零' => '0', '一' | '壹' | '幺' => '1', '二' | '贰' => '2',
        '三' | '叁' => '3', '四' | '肆' => '4', '五' | '伍' => '5', '六' | '陆' => '6',
        '七' | '柒' => '7', '八' | '捌' => '8', '九' | '玖' => '9',
        _ => return None,
    })
}
