//! Folding: one spelling for what looks and means the same. Nothing here does IO.
//!
//! Full-width and styled letters, capital letters, invisible characters, look-alike
//! letters, dashes of any kind and runs of white space all become one plain form. The way
//! back to the original is kept, so that a finding can be shown as it was written.

mod spell;
mod squeeze;
mod twins;

#[cfg(test)]
pub(super) mod tests;

use std::{borrow::Cow, ops::Range};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::words::is_han;

/// How much of a message is looked at, in bytes. What follows is ignored.
pub const MAX_TEXT_BYTES: usize = 16 * 1024;

/// A text in its folded form, with the way back to the original.
#[derive(Clone, Debug)]
pub struct Folded<'a> {
    source: &'a str,
    text: String,
    runs: Vec<Run>,
}

/// A stretch of folded text and the stretch of the source it came from. In an even
/// stretch each character kept its length, so positions inside it map one to one.
#[derive(Clone, Copy, Debug)]
struct Run {
    folded: usize,
    source: usize,
    source_len: usize,
    even: bool,
}

impl<'a> Folded<'a> {
    /// Folds at most [`MAX_TEXT_BYTES`] of the text: NFKC (for each character with its
    /// combining marks), look-alikes, lower case; without invisible characters and left
    /// over combining marks; white space, line ends too, as single spaces.
    #[must_use]
    pub fn new(source: &'a str) -> Self {
        let source = &source[..source.floor_char_boundary(MAX_TEXT_BYTES)];
        let mut folded = Self::empty(source);
        let mut piece = String::new();
        let mut at = 0;
        while let Some(c) = source[at..].chars().next() {
            let next = at + c.len_utf8();
            if c.is_whitespace() {
                let end = end_of_space(source, next);
                folded.push(" ", at, end);
                at = end;
            } else if let Some(plain) = quick(c).filter(|_| !joins_before(&source[next..])) {
                folded.push(plain.encode_utf8(&mut [0; 4]), at, next);
                at = next;
            } else {
                let end = end_of_cluster(source, next);
                fold_cluster(&source[at..end], &mut piece);
                folded.push(&piece, at, end);
                at = end;
            }
        }
        folded
    }

    fn empty(source: &'a str) -> Self {
        Self {
            source,
            text: String::with_capacity(source.len()),
            runs: Vec::with_capacity(8),
        }
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The original text, as far as it was looked at.
    #[must_use]
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// The byte range in the original that a byte range of the folded text came from. It
    /// always lies on character borders; what reaches past the end is cut.
    #[must_use]
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_start(range.start);
        if range.end <= range.start {
            return start..start;
        }
        let end = self.source_end(range.end.min(self.text.len()));
        start..end.max(start)
    }

    /// The original text that a byte range of the folded text came from.
    #[must_use]
    pub fn as_written(&self, range: Range<usize>) -> &'a str {
        &self.source[self.original(range)]
    }

    /// Whether the space at this byte of the folded text stands for a line end.
    #[must_use]
    pub fn breaks_line(&self, at: usize) -> bool {
        self.text.as_bytes().get(at) == Some(&b' ')
            && self.as_written(at..at + 1).contains(['\n', '\r'])
    }

    /// The folded text without the separators that disguise contact details: those between
    /// Chinese characters and those inside runs of digits, where Chinese digits become
    /// Arabic ones. Meant for judging spam; addresses need the separators.
    #[must_use]
    pub fn squeezed(&self) -> Folded<'a> {
        squeeze::squeeze(self)
    }

    /// The folded text with the words joined whose Latin letters and digits are written apart.
    #[must_use]
    pub fn spelled(&self) -> Cow<'_, Folded<'a>> {
        spell::spell(self)
    }

    /// Appends a piece that stands for `from..to` of the source.
    fn push(&mut self, piece: &str, from: usize, to: usize) {
        if piece.is_empty() {
            return;
        }
        let even = piece.len() == to - from && piece.chars().nth(1).is_none();
        let folded = self.text.len();
        self.text.push_str(piece);
        if let Some(last) = self.runs.last_mut()
            && even
            && last.even
            && last.source + last.source_len == from
        {
            last.source_len += to - from;
            return;
        }
        self.runs.push(Run {
            folded,
            source: from,
            source_len: to - from,
            even,
        });
    }

    /// Appends a stretch of another folding of the same source.
    fn copy(&mut self, other: &Self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let base = self.text.len();
        self.text.push_str(&other.text[range.clone()]);
        let after = other.runs.partition_point(|run| run.folded <= range.start);
        let runs = &other.runs[after.saturating_sub(1)..];
        for (at, run) in runs.iter().enumerate() {
            if run.folded >= range.end {
                break;
            }
            let from = run.folded.max(range.start);
            let to = runs
                .get(at + 1)
                .map_or(other.text.len(), |next| next.folded);
            let copied = if run.even {
                Run {
                    folded: base + from - range.start,
                    source: run.source + from - run.folded,
                    source_len: to.min(range.end) - from,
                    even: true,
                }
            } else {
                Run {
                    folded: base + from - range.start,
                    ..*run
                }
            };
            match self.runs.last_mut() {
                Some(last)
                    if last.even
                        && copied.even
                        && last.source + last.source_len == copied.source =>
                {
                    last.source_len += copied.source_len;
                }
                _ => self.runs.push(copied),
            }
        }
    }

    fn run_at(&self, folded: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.folded <= folded);
        self.runs.get(after.checked_sub(1)?)
    }

    fn source_start(&self, folded: usize) -> usize {
        if folded >= self.text.len() {
            return self.source.len();
        }
        match self.run_at(folded) {
            Some(run) if run.even => self
                .source
                .floor_char_boundary(run.source + folded - run.folded),
            Some(run) => run.source,
            None => 0,
        }
    }

    fn source_end(&self, folded: usize) -> usize {
        let Some(before) = folded.checked_sub(1) else {
            return 0;
        };
        match self.run_at(before) {
            Some(run) if run.even => self
                .source
                .ceil_char_boundary(run.source + folded - run.folded),
            Some(run) => run.source + run.source_len,
            None => 0,
        }
    }
}

/// The folded form of the commonest characters, which need no tables of Unicode: visible
/// ASCII and its full-width form, the main Chinese block and its two stops.
fn quick(c: char) -> Option<char> {
    match c {
        '\u{4E00}'..='\u{9FFF}' => Some(twins::simplified(c)),
        '\u{3001}' | '\u{3002}' => Some(c),
        '!'..='~' => Some(twins::plain(c.to_ascii_lowercase())),
        '\u{FF01}'..='\u{FF5E}' => {
            let narrow = char::from_u32(u32::from(c) - 0xFEE0)?;
            Some(twins::plain(narrow.to_ascii_lowercase()))
        }
        _ => None,
    }
}

/// Whether the first character of the rest attaches itself to the one before.
fn joins_before(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|c| !c.is_ascii() && !is_han(c) && is_combining_mark(c))
}

fn end_of_cluster(source: &str, from: usize) -> usize {
    source[from..]
        .char_indices()
        .find(|(_, c)| !is_combining_mark(*c))
        .map_or(source.len(), |(at, _)| from + at)
}

/// The end of a run of white space; invisible characters inside it do not end it.
fn end_of_space(source: &str, from: usize) -> usize {
    let mut end = from;
    for (at, c) in source[from..].char_indices() {
        if c.is_whitespace() {
            end = from + at + c.len_utf8();
        } else if !twins::is_invisible(c) {
            break;
        }
    }
    end
}

/// Folds one character with its combining marks. The result can be empty, or several
/// characters (a ligature, a squared unit).
fn fold_cluster(cluster: &str, piece: &mut String) {
    piece.clear();
    for c in cluster.nfkc() {
        if twins::is_invisible(c) || is_combining_mark(c) {
            continue;
        }
        if c.is_whitespace() {
            piece.push(' ');
            continue;
        }
        let plain = twins::simplified(twins::plain(c));
        piece.extend(plain.to_lowercase().filter(|c| !is_combining_mark(*c)));
    }
}
