//! Cutting a message into clauses and sentences. Nothing here does IO.

use crate::text::fold::Folded;
use crate::text::words::is_han;

/// A stretch of a message between two signs, in bytes of the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub start: usize,
    pub end: usize,
    /// Which sentence it belongs to.
    pub sentence: usize,
}

/// More clauses than this are not told apart; the rest of the message is the last one.
const CLAUSES_MAX: usize = 64;

/// The clauses of a message, without empty ones.
#[derive(Debug, Default)]
pub(super) struct Clauses(Vec<Clause>);

enum Border {
    Clause,
    Sentence,
}

impl Clauses {
    /// Cuts at commas, at spaces between Chinese characters, and at the ends of sentences
    /// and lines.
    pub fn of(folded: &Folded) -> Self {
        let text = folded.text();
        let mut clauses = Self::default();
        let (mut start, mut sentence) = (0, 0);
        for (at, c) in text.char_indices() {
            if clauses.0.len() + 1 >= CLAUSES_MAX {
                break;
            }
            let Some(border) = border(folded, at, c) else {
                continue;
            };
            clauses.push(text, start, at, sentence);
            if matches!(border, Border::Sentence) {
                sentence += 1;
            }
            start = at + c.len_utf8();
        }
        clauses.push(text, start, text.len(), sentence);
        clauses
    }

    fn push(&mut self, text: &str, start: usize, end: usize, sentence: usize) {
        if text[start..end].contains(char::is_alphanumeric) {
            self.0.push(Clause {
                start,
                end,
                sentence,
            });
        }
    }

    /// All clauses in order.
    pub fn iter(&self) -> impl Iterator<Item = &Clause> {
        self.0.iter()
    }
}

fn border(folded: &Folded, at: usize, c: char) -> Option<Border> {
    let text = folded.text();
    match c {
        '。' | '!' | '?' | ';' | '…' => Some(Border::Sentence),
        '.' if matches!(text.as_bytes().get(at + 1), None | Some(b' ')) => Some(Border::Sentence),
        ',' => Some(Border::Clause),
        ' ' if folded.breaks_line(at) => Some(Border::Sentence),
        ' ' => {
            let before = text[..at].chars().next_back().is_some_and(is_han);
            let after = text[at + 1..].chars().next().is_some_and(is_han);
            (before && after).then_some(Border::Clause)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_and_sentences() {
        let folded = Folded::new("灯坏了，也漏水 很多。昨天 3 点?\nNo water. ok!!");
        let got: Vec<(&str, usize)> = Clauses::of(&folded)
            .iter()
            .map(|c| (folded.text()[c.start..c.end].trim(), c.sentence))
            .collect();
        assert_eq!(
            got,
            [
                ("灯坏了", 0),
                ("也漏水", 0),
                ("很多", 0),
                ("昨天 3 点", 1),
                ("no water", 3),
                ("ok", 4)
            ]
        );
        assert_eq!(Clauses::of(&Folded::new("。。 !")).iter().count(), 0);
    }
}
