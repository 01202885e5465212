//! A line of a ticket's history as a row. Nothing here does IO.

use chrono_tz::Tz;

use super::table::{Cell, Row};
use crate::{
    domain::ids::{TicketNo, UserId},
    features::tickets::{
        figures::story,
        ticket::{HistoryRow, What},
    },
};

/// The rows of one ticket's history; with `personal`, who did it and in which words.
pub fn rows(no: TicketNo, lines: &[HistoryRow], zone: Tz, personal: bool) -> Vec<Row> {
    let mut reporter: Option<UserId> = None;
    let mut rows = Vec::new();
    for line in lines {
        if matches!(line.what, What::Opened | What::Inherited) {
            reporter = line.who.as_ref().map(|who| who.user.clone());
        }
        let who = line.who.as_ref();
        let by = match who {
            None => "linli",
            Some(_) if line.staff => "staff",
            Some(_) => "resident",
        };
        let is_own = who.is_some() && who.map(|who| &who.user) == reporter.as_ref();
        let mut row: Row = vec![
            ("ticket", Cell::Whole(i64::from(no.0))),
            ("at", Cell::moment(Some(line.at), zone)),
            ("what", Cell::Text(name(&line.what).to_owned())),
            ("by", Cell::Text(by.to_owned())),
            ("by_reporter", Cell::Flag(is_own)),
            (
                "answer",
                Cell::Flag(story::is_answer(line, reporter.as_ref())),
            ),
            ("detail", detail(&line.what, zone)),
        ];
        if personal {
            row.push(("name", Cell::text(who.map(|who| who.name.clone()))));
            row.push(("user", Cell::text(who.map(|who| who.user.as_str()))));
            row.push(("words", words(line)));
        }
        rows.push(row);
    }
    rows
}

/// What happened: for a step its name in the table of steps.
fn name(what: &What) -> &'static str {
    if let Some(action) = what.step() {
        return action.key();
    }
    match what {
        What::Opened => "opened",
        What::Said { .. } => "said",
        What::Attached { .. } => "showed",
        What::Voice { .. } => "reported-too",
        What::Gathered { .. } => "gathered",
        What::Helps => "helps",
        What::HelpsNoMore => "helps-no-more",
        What::Left => "left",
        What::Inherited => "inherited",
        What::Edited => "edited",
        What::Withdrawn => "withdrawn",
        What::Corrected { .. } => "corrected",
        What::Rated { .. } => "rated",
        What::Reviewed => "reviewed",
        What::FollowedUp => "followed-up",
        What::StillWell => "still-well",
        What::TakenApart => "taken-apart",
        What::Ticked => "ticked",
        What::Missed => "missed",
        What::Limited { .. } => "limited",
        What::Promised { .. } => "promised",
        What::Called { .. } => "called",
        What::NobodyOnDuty => "nobody-on-duty",
        What::Alarmed => "alarmed",
        What::Moved(_) | What::Assigned { .. } => "step",
    }
}

/// What more there is to it that names nobody.
fn detail(what: &What, zone: Tz) -> Cell {
    match what {
        What::Gathered { from } => Cell::Whole(i64::from(from.0)),
        What::Rated { stars } => stars.map_or(Cell::Nothing, |stars| Cell::Whole(stars.into())),
        What::Promised { by } => Cell::moment(Some(*by), zone),
        What::Called { clock, .. } => Cell::Text(format!("{clock:?}").to_lowercase()),
        What::Corrected { point, .. } => Cell::Text(point.key().to_owned()),
        What::Attached { kind, .. } => Cell::Text(format!("{kind:?}").to_lowercase()),
        What::Opened
        | What::Moved(_)
        | What::Assigned { .. }
        | What::Said { .. }
        | What::Voice { .. }
        | What::Helps
        | What::HelpsNoMore
        | What::Left
        | What::Inherited
        | What::Edited
        | What::Withdrawn
        | What::Reviewed
        | What::FollowedUp
        | What::StillWell
        | What::TakenApart
        | What::Ticked
        | What::Missed
        | What::Limited { .. }
        | What::NobodyOnDuty
        | What::Alarmed => Cell::Nothing,
    }
}

/// The words that were said or given.
fn words(line: &HistoryRow) -> Cell {
    let said = if let What::Said { text, .. } | What::Voice { text, .. } = &line.what {
        Some(text.clone())
    } else if let What::Corrected { to, .. } = &line.what {
        Some(to.clone())
    } else if let What::Assigned { to } = &line.what {
        Some(to.name.clone())
    } else {
        None
    };
    let both = [said, line.words.clone()].into_iter().flatten();
    let both: Vec<String> = both.collect();
    Cell::text((!both.is_empty()).then(|| both.join(" · ")))
}
