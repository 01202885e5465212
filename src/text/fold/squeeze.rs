//! The second folding, for judging spam. Nothing here does IO.

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
    let all: Vec<(usize, char)> = folded.text().char_indices().collect();
    let kept = without_separators(&all);
    let mut out = Folded::empty(folded.source());
    let mut at = 0;
    while at < kept.len() {
        let run = digit_run(&kept[at..]);
        for (index, (start, c)) in kept[at..at + run.len.max(1)].iter().enumerate() {
            let plain = match digit(*c) {
                Some(d) if index < run.len && run.is_number => d,
                _ => *c,
            };
            let range = folded.original(*start..*start + c.len_utf8());
            out.push(plain.encode_utf8(&mut [0; 4]), range.start, range.end);
        }
        at += run.len.max(1);
    }
    out
}

struct DigitRun {
    len: usize,
    is_number: bool,
}

fn digit_run(chars: &[(usize, char)]) -> DigitRun {
    let len = chars
        .iter()
        .take_while(|(_, c)| digit(*c).is_some())
        .count();
    let arabic = chars[..len].iter().any(|(_, c)| c.is_ascii_digit());
    DigitRun {
        len,
        is_number: len
            >= if arabic {
                DIGITS_MIN
            } else {
                CHINESE_DIGITS_MIN
            },
    }
}

fn without_separators(all: &[(usize, char)]) -> Vec<(usize, char)> {
    let mut kept: Vec<(usize, char)> = Vec::with_capacity(all.len());
    let mut at = 0;
    while at < all.len() {
        let len = all[at..]
            .iter()
            .take_while(|(_, c)| is_separator(*c))
            .count();
        if len == 0 {
            kept.push(all[at]);
            at += 1;
            continue;
        }
        let before = kept.last().map(|(_, c)| *c);
        let after = all.get(at + len).map(|(_, c)| *c);
        if !(len <= SEPARATORS_MAX && before.zip(after).is_some_and(|(b, a)| belong(b, a))) {
            kept.extend_from_slice(&all[at..at + len]);
        }
        at += len;
    }
    kept
}

fn belong(before: char, after: char) -> bool {
    (is_han(before) && is_han(after)) || (digit(before).is_some() && digit(after).is_some())
}

fn is_separator(c: char) -> bool {
    c == ' '
        || c.is_ascii_punctuation()
        || matches!(
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
