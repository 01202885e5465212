//! Tables: named columns, and rows of cells. Nothing here does IO.

use chrono::{DateTime, SecondsFormat};
use chrono_tz::Tz;
use serde_json::{Map, Value};

use crate::domain::ids::Millis;

/// What stands in one place of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Nothing,
    Text(String),
    Whole(i64),
    Share(f64),
    Flag(bool),
    Moment(DateTime<Tz>),
}

impl Cell {
    /// A text, or nothing.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.into()))
    }

    /// A moment on the clocks of a zone.
    pub fn moment(at: Option<Millis>, zone: Tz) -> Self {
        let at = at.and_then(|at| DateTime::from_timestamp_millis(at.0));
        at.map_or(Self::Nothing, |at| Self::Moment(at.with_timezone(&zone)))
    }

    /// A length of time in minutes, to the tenth.
    #[expect(clippy::cast_precision_loss, reason = "no ticket takes that long")]
    pub fn minutes(ms: Option<i64>) -> Self {
        let tenths = ms.map(|ms| (ms + 3_000) / 6_000);
        tenths.map_or(Self::Nothing, |tenths| Self::Share(tenths as f64 / 10.0))
    }

    /// Yes, no, or nothing.
    pub fn flag(flag: Option<bool>) -> Self {
        flag.map_or(Self::Nothing, Self::Flag)
    }

    /// As JSON has it; moments as RFC 3339 to the millisecond.
    pub fn json(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::Whole(number) => (*number).into(),
            Self::Share(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Moment(at) => at.to_rfc3339_opts(SecondsFormat::Millis, false).into(),
        }
    }

    /// As a text for spreadsheets. One that a spreadsheet would take for a formula gets a quotation mark before it (OWASP,
    /// "CSV Injection").
    pub fn plain(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
                format!("'{text}")
            }
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Share(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Moment(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
        }
    }
}

/// Rows under the names of their columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

/// One row, in the making.
pub type Row = Vec<(&'static str, Cell)>;

impl Table {
    /// Adds a row; all rows have the columns of the first.
    pub fn push(&mut self, row: Row) {
        if self.columns.is_empty() {
            self.columns = row.iter().map(|(name, _)| *name).collect();
        }
        self.rows
            .push(row.into_iter().map(|(_, cell)| cell).collect());
    }

    /// A row as a JSON object.
    pub fn object(&self, row: &[Cell]) -> Map<String, Value> {
        let names = self.columns.iter().map(|name| (*name).to_owned());
        names.zip(row.iter().map(Cell::json)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_formula() {
        for text in ["=1+1", "+86 10", "-3", "@cmd", "\t="] {
            assert!(
                Cell::Text(text.to_owned()).plain().starts_with('\''),
                "{text}"
            );
        }
        assert_eq!(Cell::Text("3-2-501".to_owned()).plain(), "3-2-501");
    }

    #[test]
    fn moments_stand_on_the_clocks_of_the_community() {
        let at = Cell::moment(Some(Millis(1_772_409_600_123)), chrono_tz::Asia::Shanghai);
        assert_eq!(at.json(), "2026-03-02T08:00:00.123+08:00");
        assert_eq!(at.plain(), "2026-03-02 08:00:00");
        assert_eq!(Cell::minutes(Some(90_000)).plain(), "1.5");
        assert_eq!(Cell::minutes(None).json(), Value::Null);
    }
}
