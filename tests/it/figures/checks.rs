//! Checks of the check: the export agrees, and everything that is counted has happened often enough.

use super::{
    export::{Exported, Line},
    tale::{Stand, Tale, worked},
};

/// The export says the same of what is closed; of what is open it speaks by another clock.
#[track_caller]
pub fn assert_same(ticket: &Exported, tale: &Tale) {
    let Some(state) = tale.stand.closed_name() else {
        return;
    };
    let columns = &ticket.columns;
    let exported = (
        columns["state"].as_str(),
        columns["answer_in_time"].as_bool(),
        columns["resolve_in_time"].as_bool(),
        columns["stars"].as_u64(),
        columns["reopened"].as_u64(),
    );
    let own = (
        Some(state),
        tale.answer_in_time,
        tale.resolve_in_time,
        tale.stars,
        Some(tale.reopened),
    );
    assert_eq!(exported, own, "{columns}");
}

/// Everything that is counted must have happened often enough.
pub fn assert_not_hollow(tickets: &[Exported], tales: &[Tale]) {
    let count = |is_one: &dyn Fn(&Tale) -> bool| tales.iter().filter(|tale| is_one(tale)).count();
    let stands = |stand: Stand| count(&|tale| tale.stand == stand);
    let lines = || tickets.iter().flat_map(|ticket| &ticket.lines);
    let by_linli = |what: &str| {
        let own = lines().filter(|line| line.by == "linli" && line.what == what);
        own.count()
    };
    let taken_back = |line: &&Line| line.what == "rated" && line.stars.is_none();
    let is_night = |tale: &Tale| worked(tale.opened.0, tale.opened.0 + 1) == 0;
    let urgency = |name: &str| {
        let own = tickets.iter().filter(|t| t.column("urgency") == Some(name));
        own.count()
    };
    for (what, found, least) in [
        ("answered", count(&|t| t.answer_ms.is_some()), 4_000),
        ("in time", count(&|t| t.answer_in_time == Some(true)), 500),
        ("late", count(&|t| t.answer_in_time == Some(false)), 500),
        (
            "done soon",
            count(&|t| t.resolve_in_time == Some(true)),
            500,
        ),
        (
            "done late",
            count(&|t| t.resolve_in_time == Some(false)),
            100,
        ),
        ("reopened", count(&|t| t.reopened > 0), 500),
        ("waited", count(&|t| t.has_waited), 500),
        ("rated", count(&|t| t.stars.is_some()), 500),
        ("stars taken back", lines().filter(taken_back).count(), 20),
        ("at night", count(&is_night), 300),
        ("open", count(&|t| t.stand.is_open()), 50),
        ("done", stands(Stand::Done), 10),
        ("confirmed", stands(Stand::Confirmed), 100),
        ("cancelled", stands(Stand::Cancelled), 100),
        ("declined", stands(Stand::Declined), 100),
        ("merged", stands(Stand::Merged), 100),
        ("claims that expired", by_linli("unclaim"), 20),
        ("confirmed by time", by_linli("confirm"), 100),
        ("taken apart by linli", by_linli("unmerge"), 1),
        ("P0", urgency("P0"), 100),
        ("P1", urgency("P1"), 300),
        ("P2", urgency("P2"), 300),
        ("P3", urgency("P3"), 300),
    ] {
        assert!(found >= least, "only {found} of at least {least}: {what}");
    }
}
