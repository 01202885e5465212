//! The rows by category, trade and building: what they must say, and which of them must have been told.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    export::Exported,
    sums::{Both, Figures},
    words::said,
};

/// What tickets are grouped by: the key of the head, and what a ticket is called there.
type Group = (&'static str, fn(&Exported) -> String);

pub const GROUPS: [Group; 3] = [
    ("stats-by-category", |ticket| {
        let category = ticket.column("category").unwrap_or("none");
        said(&format!("category-{category}"), &[])
    }),
    ("stats-by-trade", |ticket| {
        let trade = ticket.column("trade").expect("a trade");
        said(&format!("trade-{trade}"), &[])
    }),
    ("stats-by-building", |ticket| {
        let building = ticket.column("building");
        let elsewhere = || said("stats-elsewhere", &[]);
        building.map_or_else(elsewhere, |name| format!("{name}号楼"))
    }),
];

/// The rows that tell of tickets in groups, with how many each tells of.
pub fn grouped(tickets: &[Both<'_>], name: fn(&Exported) -> String) -> Vec<(usize, String)> {
    let mut groups: BTreeMap<String, Vec<Both<'_>>> = BTreeMap::new();
    for (ticket, tale) in tickets {
        groups.entry(name(ticket)).or_default().push((ticket, tale));
    }
    let row = |(name, own): (String, Vec<Both<'_>>)| {
        let figures = Figures::of(&own);
        let share = figures.answer.in_time.percent();
        let share = share.map_or_else(|| "—".to_owned(), |share| format!("{share}%"));
        let took = figures.resolve.within(50);
        let args = [
            ("what", name.as_str()),
            ("reported", &figures.reported.to_string()),
            ("share", &share),
            ("took", took.as_deref().unwrap_or("—")),
        ];
        (figures.reported, said("stats-row", &args))
    };
    groups.into_iter().map(row).collect()
}

/// The rows that were told below a head.
pub fn group<'l>(lines: &[&'l str], head: &str) -> Vec<&'l str> {
    let head = said(head, &[]);
    let below = lines.iter().skip_while(|line| **line != head).skip(1);
    let rows = below.take_while(|line| line.starts_with("· "));
    rows.copied().collect()
}

/// The largest groups must have been told, the largest first; among equals it is not said which.
#[track_caller]
pub fn assert_group(told: &[&str], mut expected: Vec<(usize, String)>) {
    expected.sort_by(|one, other| other.cmp(one));
    let count = |row: &&str| {
        let found = expected.iter().find(|(_, expected)| expected == row);
        let found = found.unwrap_or_else(|| panic!("{row}\nis none of {expected:#?}"));
        found.0
    };
    let counts: Vec<usize> = told.iter().map(count).collect();
    let largest: Vec<usize> = expected.iter().map(|(count, _)| *count).take(8).collect();
    assert_eq!(counts, largest, "{told:?}");
    let apart: BTreeSet<&&str> = told.iter().collect();
    assert_eq!(apart.len(), told.len(), "{told:?}");
}
