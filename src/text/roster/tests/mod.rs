//! Lists and what is read of them.

mod bytes;
mod cells;
mod changes;
mod faults;
mod files;
mod found;

use super::{Roster, Row, read};
use crate::text::address::{Building, Registry};

/// An estate with buildings of every kind: with several stairwells, one, or none listed;
/// with a letter or a name of its own.
fn estate() -> Registry {
    Registry::new(vec![
        Building {
            floors: Some(18),
            homes_per_floor: Some(4),
            ..Building::new("3", &["1", "2", "3"])
        },
        Building::new("5号楼", &["1单元", "2单元"]),
        Building::new("7", &[]),
        Building::new("B", &["1"]),
        Building::new("听涛阁", &["东", "西"]),
    ])
}

/// An estate of two phases, both with a building 17.
fn phases() -> Registry {
    let building = |phase: &str, name: &str| Building {
        phase: Some(phase.to_owned()),
        ..Building::new(name, &[])
    };
    Registry::new(vec![
        building("一期", "17"),
        building("一期", "18"),
        building("二期", "17"),
    ])
}

/// A row as `2: 3/1/501 王`, with `2:1:17/_/501 王` for one in phase 1.
fn short(row: &Row) -> String {
    let phase = row.phase.as_ref().map(|phase| format!("{phase}:"));
    let unit = row.unit.as_deref().unwrap_or("_");
    let surname = row.surname.as_deref().unwrap_or("_");
    format!(
        "{}:{}{}/{unit}/{} {surname}",
        row.line,
        phase.unwrap_or_default(),
        row.building,
        row.home
    )
}

/// Rows, then faults as `3!no-home`, all with a comma between.
fn all(roster: &Roster) -> String {
    let rows = roster.rows.iter().map(short);
    let faults = roster.faults.iter().map(|fault| {
        let key = fault.why.key();
        format!("{}!{}", fault.line, key.trim_start_matches("roster-"))
    });
    rows.chain(faults).collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn all_read(registry: &Registry, table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(csv, expected)| {
            let got = all(&read(csv, registry));
            (got != *expected).then(|| format!("{csv:?}:\n  {got}\n  {expected} was expected"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
