//! Lines whose quotation marks are right, with one separator. Nothing here does IO.

use super::Why;
use super::separator;

/// The separator of the mended lines: the control character that stands for it. No line
/// that holds control characters is handed on.
pub(super) const SEPARATOR: u8 = 0x1F;

/// The most lines that a cell with line breaks in it can go on for. Headers and remarks
/// have a few; more means that a quotation mark was never closed.
const RECORD_LINES_MAX: usize = 8;

/// Where in a cell a character stands.
#[derive(Clone, Copy)]
enum State {
    /// Nothing of the cell was seen but white space.
    Before,
    /// In a cell without quotation marks.
    Bare,
    /// Between quotation marks.
    Quoted,
    /// Behind a mark that ends the cell, unless another one follows.
    Mark,
    /// Behind the end of a quoted cell.
    After,
}

/// What is known of a file before its lines are mended.
pub(super) struct Mender {
    separator: char,
    /// How many separators a whole row has, judging by the first lines.
    full: usize,
}

impl Mender {
    /// What the lines of a file, without their ends, show.
    pub fn new(lines: &[&str]) -> Self {
        let separator = separator::of(lines);
        let counts = separator::first(lines).map(|line| line.matches(separator).count());
        Self {
            separator,
            full: counts.max().unwrap_or_default(),
        }
    }

    /// The record that starts with the first of these lines, with the one separator and
    /// without white space around quoted cells, and how many lines it has.
    ///
    /// # Errors
    /// What is wrong with the first line.
    pub fn mend(&self, lines: &[&str]) -> Result<(String, usize), Why> {
        let mut record = String::new();
        let mut state = State::Before;
        for (at, line) in lines.iter().take(RECORD_LINES_MAX).enumerate() {
            if line.contains(is_no_text) {
                return Err(Why::NoText);
            }
            if at > 0 && self.is_row(lines[0], line) {
                return Err(Why::OpenQuote);
            }
            for c in line.chars() {
                let ends = c == self.separator;
                state = match (state, c) {
                    (State::Quoted, '"') => State::Mark,
                    (State::Before | State::Mark, '"') | (State::Quoted, _) => State::Quoted,
                    (State::Before | State::Bare | State::Mark | State::After, _) if ends => {
                        record.push(char::from(SEPARATOR));
                        state = State::Before;
                        continue;
                    }
                    (State::Before, c) if c.is_whitespace() => continue,
                    (State::Mark | State::After, c) if c.is_whitespace() => {
                        state = State::After;
                        continue;
                    }
                    (State::Mark | State::After, _) => return Err(Why::OpenQuote),
                    (State::Before | State::Bare, _) => State::Bare,
                };
                record.push(c);
            }
            match state {
                State::Quoted => record.push('\n'),
                State::Before | State::Bare | State::Mark | State::After => {
                    return Ok((record, at + 1));
                }
            }
        }
        Err(Why::OpenQuote)
    }

    /// Whether a line that would go on with a cell is a row of its own: it alone has all
    /// the separators, though the first line of the record has some already.
    fn is_row(&self, first: &str, line: &str) -> bool {
        first.contains(self.separator) && line.matches(self.separator).count() >= self.full
    }
}

/// A character that no program writes into a cell: a control character, or what stands for
/// one that could not be read.
fn is_no_text(c: char) -> bool {
    (c.is_control() && c != '\t') || c == char::REPLACEMENT_CHARACTER
}
