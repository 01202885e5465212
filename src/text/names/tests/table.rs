//! The table of names, written from the rules and not from the code.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Community;
use crate::text::names::{Surroundings, explain};

const TABLE: &str = include_str!("names_table.jsonl");

/// Rows right out of a hundred.
const RIGHT_MIN_PERCENT: usize = 98;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    building: Option<String>,
    registry: Option<String>,
    scheme: Option<String>,
    /// What must come out; what it does not name does not count.
    expect: Map<String, Value>,
}

fn around<'a>(community: &'a Community, row: &'a Row) -> Surroundings<'a> {
    let mut around = community.around(row.building.as_deref());
    match row.registry.as_deref() {
        Some("estate") => around.registry = &community.estate,
        Some("low") => around.registry = &community.low,
        other => assert_eq!(other, None),
    }
    match row.scheme.as_deref() {
        Some("full") => around.scheme = &community.full,
        Some("pattern") => around.scheme = &community.pattern,
        other => assert_eq!(other, None),
    }
    around
}

#[test]
fn the_table_of_names_is_read() {
    let community = Community::new();
    let rows: Vec<Row> = TABLE
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(rows.len() >= 260);
    let mut wrong = Vec::new();
    for row in &rows {
        let got = explain(&row.name, &around(&community, row));
        let fits = row
            .expect
            .iter()
            .all(|(key, value)| got.get(key) == Some(value))
            && got.get("reason").is_some() == row.expect.contains_key("reason");
        if !fits {
            wrong.push(format!("{:?}: {got}, not {:?}", row.name, row.expect));
        }
    }
    let right = rows.len() - wrong.len();
    assert!(
        right * 100 >= rows.len() * RIGHT_MIN_PERCENT,
        "{right} of {}\n{}",
        rows.len(),
        wrong.join("\n")
    );
}
