//! The list of homes and surnames that a community's administrator imports as CSV.
//! Nothing here does IO.
//!
//! `decode` makes text of a file's bytes; `mend` and `records` cut the text into lines and
//! cells, `separator` and `columns` find out how, and what the cells hold; `cells` and
//! `people` read them; `place` and `known` hold homes against the registry; `differences`
//! says what an import changes.
//!
//! One rule stands above the others: nothing is lost in silence. A line becomes rows, or a
//! fault that names it. Only blank lines, whatever stands before the header, and lines that
//! repeat an earlier one say nothing.

mod cells;
mod columns;
mod decode;
mod differences;
mod fault;
mod known;
mod mend;
mod people;
mod place;
mod records;
mod separator;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use decode::{BYTES_MAX, DecodeError, decode};
pub use differences::{Changes, Entry, Listed, differences};
pub use fault::{Fault, Why};

use super::address::Registry;
use columns::Columns;
use place::{Place, Places, Written};
use records::Record;
use separator::SEPARATORS;

/// What a file says, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The good rows in the order of the file, none of them twice.
    pub rows: Vec<Row>,
    /// Everything that is wrong, in the order of the file.
    pub faults: Vec<Fault>,
}

/// A home and one of those who live there, each part in the plain form that display names
/// are read into as well.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The line of the file, the first one being 1.
    pub line: usize,
    /// The phase of the estate: the registry's, or else as the file has it.
    pub phase: Option<String>,
    /// The building: `3`, `B`, or a name of its own as the registry has it.
    pub building: String,
    /// The stairwell; missing only where the registry knows of none and the file has none.
    pub unit: Option<String>,
    /// The flat: `501`, `12A04`.
    pub home: String,
    /// The surname: a Chinese one in simplified characters, a Latin one as it was written;
    /// missing where nobody knows who lives there.
    pub surname: Option<String>,
}

/// Reads a list of homes, a home a line, with or without a header. A home with several
/// people becomes a row for each surname; a home without any, one row.
///
/// The registry fills in what can only be one thing (the building of a community that has
/// one, the only stairwell of a building) and refuses what the community does not have; an
/// empty registry refuses nothing. What is wrong does not stop the reading: good lines
/// become rows, every other line a fault or two.
#[must_use]
pub fn read(csv: &str, registry: &Registry) -> Roster {
    let (records, mut faults) = records::cut(csv);
    let (columns, first) = Columns::find(&records);
    let header = first.checked_sub(1).map_or(1, |at| records[at].line);
    let reader = Reader {
        columns,
        places: Places::new(registry),
    };
    let mut rows = Vec::new();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for record in &records[first..] {
        match reader.rows(record) {
            Ok(read) => rows.extend(read.into_iter().filter(|row| seen.insert(identity(row)))),
            Err(why) => {
                let line = record.line;
                wrong.extend(why.into_iter().map(|why| Fault { line, why }));
            }
        }
    }
    match reader.lacking(&rows, &wrong) {
        Some(column) => faults.push(Fault {
            line: header,
            why: Why::NoColumn { column },
        }),
        None => faults.extend(wrong),
    }
    if rows.is_empty() && faults.is_empty() {
        // An import of nothing would otherwise take all homes away.
        faults.push(Fault {
            line: 1,
            why: Why::NoRows,
        });
    }
    faults.sort_by_key(|fault| fault.line);
    Roster { rows, faults }
}

/// All that tells two rows apart but their lines.
fn identity(row: &Row) -> Row {
    Row {
        line: 0,
        ..row.clone()
    }
}

/// What is needed to read a line.
struct Reader<'r> {
    columns: Columns,
    places: Places<'r>,
}

impl Reader<'_> {
    /// The column that the header lacks, if no row could be read for the want of it: one
    /// fault then stands for those of all lines.
    fn lacking(&self, rows: &[Row], wrong: &[Fault]) -> Option<&'static str> {
        let all = |why: &Why| rows.is_empty() && wrong.iter().all(|fault| fault.why == *why);
        if wrong.is_empty() {
            return None;
        }
        if self.columns.home.is_none() && all(&Why::NoHome) {
            return Some("home");
        }
        (self.columns.building.is_none() && all(&Why::NoBuilding)).then_some("building")
    }

    /// The rows of a line, or everything that is wrong with it.
    fn rows(&self, record: &Record) -> Result<Vec<Row>, Vec<Why>> {
        let cells = &record.cells;
        let wanted = self.columns.count;
        let too_many = cells.iter().skip(wanted).any(|cell| !cell.is_empty());
        if cells.len() < self.columns.least() || too_many {
            let found = cells.len();
            return Err(vec![Why::Columns { found, wanted }]);
        }
        let known = self.columns.known();
        if known
            .filter_map(|at| cells.get(at))
            .any(|cell| holds_row(cell))
        {
            return Err(vec![Why::OpenQuote]);
        }
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", String::as_str);
        let place = self.places.find(&Written {
            phase: cell(self.columns.phase),
            building: cell(self.columns.building),
            unit: cell(self.columns.unit),
            home: cell(self.columns.home),
        });
        let people = self.columns.people.iter().map(|at| cell(Some(*at)));
        match (place, people::surnames(people)) {
            (Ok(place), Ok(surnames)) => Ok(make(record.line, &place, surnames)),
            (place, surnames) => Err(place.err().into_iter().chain(surnames.err()).collect()),
        }
    }
}

/// Whether a cell has swallowed the next line: it has a line break and a separator in it.
fn holds_row(cell: &str) -> bool {
    cell.contains('\n') && cell.contains(SEPARATORS)
}

/// A row for each surname, or one for a home whose people are unknown.
fn make(line: usize, place: &Place, surnames: Vec<String>) -> Vec<Row> {
    let row = |surname| Row {
        line,
        phase: place.phase.clone(),
        building: place.building.clone(),
        unit: place.unit.clone(),
        home: place.home.clone(),
        surname,
    };
    if surnames.is_empty() {
        return vec![row(None)];
    }
    surnames.into_iter().map(|name| row(Some(name))).collect()
}
