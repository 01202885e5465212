//! Cutting a file into lines and cells. Nothing here does IO.
//!
//! A quotation mark that nothing closes would swallow the rest of the file. So the lines
//! are mended first: those whose marks are wrong become faults, the others are handed on to
//! the csv crate, all with the same separator.

use super::mend::{Mender, SEPARATOR};
use super::{Fault, Why};

/// A line of the file, or several where a cell has line breaks, as cells.
pub(super) struct Record {
    /// The first of its lines; the first one of the file is 1.
    pub line: usize,
    /// What stands in its cells, without white space around it.
    pub cells: Vec<String>,
}

/// The records of a file, and the lines that are none. Blank lines, and those with nothing
/// but separators, are left out.
pub(super) fn cut(csv: &str) -> (Vec<Record>, Vec<Fault>) {
    let text = csv.strip_prefix('\u{FEFF}').unwrap_or(csv);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let mender = Mender::new(&lines);
    let mut mended = String::with_capacity(text.len() + 1);
    let mut starts = Vec::new();
    let mut faults = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = at + 1;
        match mender.mend(&lines[at..]) {
            Ok((record, count)) => {
                if !is_blank(&record) {
                    mended.push_str(&record);
                    mended.push('\n');
                    starts.push(line);
                }
                at += count;
            }
            Err(why) => {
                faults.push(Fault { line, why });
                at += 1;
            }
        }
    }
    let mut records = Vec::with_capacity(starts.len());
    for (line, cells) in starts.into_iter().zip(cells(&mended)) {
        match cells {
            Some(cells) => records.push(Record { line, cells }),
            None => faults.push(Fault {
                line,
                why: Why::NoText,
            }),
        }
    }
    (records, faults)
}

/// The cells of each mended record; nothing for one that the csv crate refuses, which does
/// not happen to text.
fn cells(mended: &str) -> Vec<Option<Vec<String>>> {
    let cells = |record: csv::StringRecord| {
        let cells = record.iter().map(|cell| cell.trim().to_owned());
        cells.collect()
    };
    csv::ReaderBuilder::new()
        .delimiter(SEPARATOR)
        .has_headers(false)
        .flexible(true)
        .from_reader(mended.as_bytes())
        .into_records()
        .map(|record| record.ok().map(cells))
        .collect()
}

/// Whether a mended record has no character in any cell.
fn is_blank(record: &str) -> bool {
    let says_nothing = |c: char| c == char::from(SEPARATOR) || c == '"' || c.is_whitespace();
    record.chars().all(says_nothing)
}
