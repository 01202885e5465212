//! What can be wrong with a line of the list, and what to do about it. Nothing here does
//! IO.

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the file on which the row starts, the first one being 1.
    pub line: usize,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with a line. [`Why::key`] and [`Why::args`] are for the sentence that tells
/// it, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It holds control characters, or what stands for characters that could not be read.
    NoText,
    /// A cell starts with a quotation mark that does not end it.
    OpenQuote,
    /// It has too few cells, or too many.
    Columns { found: usize, wanted: usize },
    /// The header has no column for a part that every home needs.
    NoColumn { column: &'static str },
    /// There is no home in the whole file.
    NoRows,
    /// The building has a namesake in another phase.
    NoPhase { building: String },
    /// The building is in another phase.
    UnknownPhase { phase: String, building: String },
    /// The building is missing.
    NoBuilding,
    /// The community has no such building.
    UnknownBuilding { building: String },
    /// The stairwell is missing where the building has several.
    NoUnit { building: String, units: String },
    /// The building has no such stairwell.
    UnknownUnit {
        building: String,
        unit: String,
        units: String,
    },
    /// What stands in the place of the stairwell is none.
    UnreadableUnit { unit: String },
    /// The home is missing.
    NoHome,
    /// What stands in the place of the home is none.
    UnreadableHome { home: String },
    /// The building has not so many floors, or not so many doors on a floor.
    UnknownHome { building: String, home: String },
    /// The cells contradict each other, or one of them names several homes.
    TwoHomes,
    /// No surname could be read.
    UnreadableSurname { name: String },
}

impl Why {
    /// The stable name of the fault: the key of its sentence.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoText => "roster-no-text",
            Self::OpenQuote => "roster-open-quote",
            Self::Columns { .. } => "roster-columns",
            Self::NoColumn { .. } => "roster-no-column",
            Self::NoRows => "roster-no-rows",
            Self::NoPhase { .. } => "roster-no-phase",
            Self::UnknownPhase { .. } => "roster-unknown-phase",
            Self::NoBuilding => "roster-no-building",
            Self::UnknownBuilding { .. } => "roster-unknown-building",
            Self::NoUnit { .. } => "roster-no-unit",
            Self::UnknownUnit { .. } => "roster-unknown-unit",
            Self::UnreadableUnit { .. } => "roster-unreadable-unit",
            Self::NoHome => "roster-no-home",
            Self::UnreadableHome { .. } => "roster-unreadable-home",
            Self::UnknownHome { .. } => "roster-unknown-home",
            Self::TwoHomes => "roster-two-homes",
            Self::UnreadableSurname { .. } => "roster-unreadable-surname",
        }
    }

    /// What the sentence tells, by the names that it gives to these things.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let text = |name, value: &str| (name, value.to_owned());
        match self {
            Self::NoText
            | Self::OpenQuote
            | Self::NoRows
            | Self::NoBuilding
            | Self::NoHome
            | Self::TwoHomes => Vec::new(),
            Self::Columns { found, wanted } => {
                vec![("found", found.to_string()), ("wanted", wanted.to_string())]
            }
            Self::NoColumn { column } => vec![text("column", column)],
            Self::NoPhase { building } | Self::UnknownBuilding { building } => {
                vec![text("building", building)]
            }
            Self::UnknownPhase { phase, building } => {
                vec![text("phase", phase), text("building", building)]
            }
            Self::NoUnit { building, units } => {
                vec![text("building", building), text("units", units)]
            }
            Self::UnknownUnit {
                building,
                unit,
                units,
            } => vec![
                text("building", building),
                text("unit", unit),
                text("units", units),
            ],
            Self::UnreadableUnit { unit } => vec![text("unit", unit)],
            Self::UnreadableHome { home } => vec![text("home", home)],
            Self::UnknownHome { building, home } => {
                vec![text("building", building), text("home", home)]
            }
            Self::UnreadableSurname { name } => vec![text("name", name)],
        }
    }
}

/// Characters of a cell that a fault shows.
const SHOWN_CHARS_MAX: usize = 30;

/// The start of a cell, short enough for a sentence.
pub(super) fn shown(cell: &str) -> String {
    let mut shown: String = cell.chars().take(SHOWN_CHARS_MAX).collect();
    if shown.len() < cell.len() {
        shown.push('…');
    }
    shown
}
