//! `!stats` against another computation: thousands of simulated tickets, their exported histories, and figures that are
//! made from those alone.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod checks;
mod events;
mod export;
mod groups;
mod habits;
mod ledger;
mod matter;
mod play;
mod plot;
mod settings;
mod sums;
mod tale;
mod words;

use linli::domain::ids::{DAY_MS, HOUR_MS, Millis};

use super::fake::estate;
use checks::{assert_not_hollow, assert_same};
use export::{Exported, exported};
use groups::{GROUPS, assert_group, group, grouped};
use play::{play, told};
use sums::{Both, Figures};
use tale::Tale;
use words::{backlog, sentences};

/// When the months begin in Shanghai, which is eight hours ahead of Greenwich all year.
const FEBRUARY: Millis = Millis(MARCH.0 - 28 * DAY_MS);
const MARCH: Millis = Millis(estate::START_MS - DAY_MS - 8 * HOUR_MS);
const APRIL: Millis = Millis(MARCH.0 + 31 * DAY_MS);
/// When the figures are asked for.
const NOW: Millis = Millis(APRIL.0 + 36 * HOUR_MS);

/// Tickets of each month.
const FEBRUARY_REPORTS: usize = 2_400;
const MARCH_REPORTS: usize = 2_700;

#[test]
fn the_figures_of_a_month_are_those_of_its_histories() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("a data folder");
    play(&data);
    let told = told(&data);
    let tickets = exported(folder.path());
    let tales: Vec<Tale> = tickets.iter().map(Exported::told).collect();
    assert_not_hollow(&tickets, &tales);
    for (ticket, tale) in tickets.iter().zip(&tales) {
        assert_same(ticket, tale);
    }
    let of = |month: (Millis, Millis)| {
        let both = tickets.iter().zip(&tales);
        let own = both.filter(move |(_, tale)| (month.0..month.1).contains(&tale.opened));
        own.collect::<Vec<Both<'_>>>()
    };
    let (february, march) = (of((FEBRUARY, MARCH)), of((MARCH, APRIL)));
    assert_eq!(
        (february.len(), march.len()),
        (FEBRUARY_REPORTS, MARCH_REPORTS)
    );
    let lines: Vec<&str> = told.lines().collect();
    let open = tales.iter().filter(|tale| tale.stand.is_open()).count();
    for expected in sentences(&Figures::of(&march), &Figures::of(&february)) {
        let is_there = lines.contains(&expected.as_str());
        assert!(is_there, "{expected}\nis not what was said:\n{told}");
    }
    let backlog = backlog(open);
    let is_there = lines.iter().any(|line| line.starts_with(&backlog));
    assert!(is_there, "{backlog}\nis not what was said:\n{told}");
    for (head, name) in GROUPS {
        assert_group(&group(&lines, head), grouped(&march, name));
    }
}
