//! The sign that separates the cells of a file. Nothing here does IO.

use super::columns::{Columns, HEADER_WITHIN};

/// The signs that separate cells, the commonest first.
pub(super) const SEPARATORS: [char; 4] = [',', '\t', ';', '，'];

/// The sign that cuts one of the first lines into the best header; without any, the sign
/// that is most frequent in the first line that has any.
pub(super) fn of(lines: &[&str]) -> char {
    let headers = first(lines).flat_map(|line| {
        SEPARATORS.into_iter().filter_map(|separator| {
            let cells: Vec<&str> = line.split(separator).collect();
            let columns = Columns::of_header(&cells).filter(|_| cells.len() > 1)?;
            Some((columns.known_count, separator))
        })
    });
    // Titles and notes can look like headers. Of equals the first.
    let best = headers.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, separator)| separator)
        .or_else(|| first(lines).find_map(most_frequent))
        .unwrap_or(SEPARATORS[0])
}

/// The lines that the header can be among.
pub(super) fn first<'t>(lines: &[&'t str]) -> impl Iterator<Item = &'t str> {
    let written = lines.iter().copied();
    let written = written.filter(|line| !line.trim().is_empty());
    written.take(HEADER_WITHIN)
}

fn most_frequent(line: &str) -> Option<char> {
    let mut is_quoted = false;
    let mut counts = [0; SEPARATORS.len()];
    for c in line.chars() {
        is_quoted ^= c == '"';
        let at = SEPARATORS.iter().position(|separator| *separator == c);
        if let Some(at) = at.filter(|_| !is_quoted) {
            counts[at] += 1;
        }
    }
    let most = *counts.iter().max()?;
    let at = counts.iter().position(|count| *count == most && most > 0)?;
    Some(SEPARATORS[at])
}
