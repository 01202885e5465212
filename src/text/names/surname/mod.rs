//! The surname in what a name holds besides the home. Nothing here does IO.
//!
//! The first Chinese word that starts with a surname counts, else the Latin words. Words
//! that are no names (业主, owner, 花开富贵) are passed over.

mod han;
mod latin;
mod list;
mod pinyin;
mod titles;
mod words;

use super::Span;
use super::traditional::simplify;
use crate::text::fold::Folded;
use crate::text::words::is_han;

pub(super) use han::is_given_word;
pub(super) use list::{COMMON, weight};
pub(super) use titles::job_title;

/// What stands before, between and after the parts of the home.
pub(super) struct Rest<'f> {
    folded: &'f Folded<'f>,
    /// Bytes of the folded text.
    pub pieces: Vec<Span>,
}

impl<'f> Rest<'f> {
    /// The rest of a folded name whose home stands at these places, which are in order.
    pub fn new(folded: &'f Folded<'f>, home: &[Span]) -> Self {
        let text = folded.text();
        let mut pieces = Vec::with_capacity(home.len() + 1);
        let mut from = 0;
        for span in home {
            let end = span.end - name_in_mark(&text[span.clone()], &text[span.end..]);
            pieces.push(from..span.start.max(from));
            from = end.max(from);
        }
        pieces.push(from..text.len());
        pieces.retain(|piece| !text[piece.clone()].trim().is_empty());
        Self { folded, pieces }
    }

    /// The folded text of the pieces; a sign that means nothing stands where the home was.
    pub fn text(&self) -> String {
        let text = self.folded.text();
        let pieces: Vec<&str> = self
            .pieces
            .iter()
            .map(|piece| &text[piece.clone()])
            .collect();
        pieces.join(" § ")
    }

    /// Whether a piece starts or ends the name.
    fn is_outer(&self, piece: &Span) -> bool {
        let text = self.folded.text();
        text[..piece.start].trim().is_empty() || text[piece.end..].trim().is_empty()
    }

    fn parts(&self) -> impl Iterator<Item = (Span, &str)> {
        let text = self.folded.text();
        self.pieces
            .iter()
            .map(|piece| (piece.clone(), &text[piece.clone()]))
    }
}

/// How much of the end of a home belongs to what follows: in 501房先生 the last character
/// is a surname and no mark of the home, as it is in 501房静怡女士, but not in 501房王先生;
/// and in 501户主 it is half a word.
fn name_in_mark(home: &str, after: &str) -> usize {
    let other = list::single(after).is_some_and(|(_, weight)| !list::is_rare(weight));
    let titled = titles::starts_with_titled_word(after) && !other;
    let surname = home.ends_with('房') && (titled || titles::starts_with_title(after));
    let role = home.ends_with('户') && after.starts_with('主');
    if surname || role { '房'.len_utf8() } else { 0 }
}

/// The surname, if there is one. What stands inside the address comes last: in
/// 3栋东户501 李 it is the side of the building.
pub(super) fn find(rest: &Rest) -> Option<String> {
    let parts: Vec<(Span, &str)> = rest.parts().collect();
    let (outer, inner): (Vec<_>, Vec<_>) = parts.iter().partition(|(span, _)| rest.is_outer(span));
    let ordered = || outer.iter().rev().chain(&inner);
    let of_han = ordered().find_map(|(_, text)| {
        let words = han_words(text);
        words.iter().find_map(|word| han::surname(word))
    });
    of_han.or_else(|| ordered().find_map(|(span, _)| latin::surname(rest.folded, span.clone())))
}

/// What is left of the number of some thing, such as 24号.
const MARKS: &[&str] = &["号", "室", "层", "栋", "幢", "座", "期", "弄"];

/// The Chinese words of a text, in simplified characters. A dot inside stays; single
/// characters with spaces between them are one word: 欧 阳 娜.
fn han_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut spaced = false;
    for word in text.split(|c: char| !is_han(c) && c != '·') {
        let word = simplify(word.trim_matches('·'));
        if MARKS.contains(&&*word) {
            continue;
        }
        let single = word.chars().count() == 1;
        match words.last_mut() {
            Some(last) if single && spaced => last.push_str(&word),
            _ if word.is_empty() => continue,
            _ => words.push(word),
        }
        spaced = single;
    }
    words
}
