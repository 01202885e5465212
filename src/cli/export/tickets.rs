//! `linli export tickets`

use std::{collections::BTreeMap, io::Write as _};

use anyhow::anyhow;
use chrono::{DateTime, NaiveDate};

use super::{
    Arguments, Wish, history,
    table::{Cell, Row, Table},
    write::{self, Form},
};
use crate::{
    cli::{Failure, kept},
    clock,
    config::{CommunityConfig, Config},
    domain::{
        hours::Hours,
        ids::{Millis, TicketNo, UserId},
    },
    features::tickets::{
        self, TicketSettings,
        clock::promise::Promise,
        figures::story::{Measured, Story},
        ticket::{HistoryRow, Ticket},
    },
    text::tags::Category,
};

/// Writes the tickets of a period to a new file.
///
/// # Errors
/// Where the file exists or has another ending, or the store cannot be read.
pub async fn export(arguments: &Arguments, wish: &Wish) -> Result<(), Failure> {
    Form::of(&wish.file)?;
    if wish.from > wish.until && wish.until.is_some() {
        return Err(Failure::usage(anyhow!(
            "--from is after --until: nothing lies between"
        )));
    }
    let config = Config::load(&arguments.config.config)?;
    let community = kept::community(&config, arguments.community.as_deref())?;
    let tickets = tickets_of(&config, community, wish).await?;
    let mut histories = histories(&config, community, &tickets).await?;
    let (mut table, mut lines) = (Table::default(), Table::default());
    for ticket in tickets.values() {
        let rows = histories.remove(&ticket.no).unwrap_or_default();
        let measured = measured(community, ticket, &rows);
        table.push(row(community, ticket, measured.as_ref(), wish.personal));
        for row in history::rows(ticket.no, &rows, community.timezone, wish.personal) {
            lines.push(row);
        }
    }
    let second = wish.history.then_some(("history", &lines));
    let files = write::tables(&wish.file, ("tickets", &table), second)?;
    let files: Vec<String> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    let (count, files) = (table.rows.len(), files.join(" and "));
    writeln!(
        std::io::stdout(),
        "{count} tickets were written to {files}."
    )
    .map_err(Failure::other)
}

async fn tickets_of(
    config: &Config,
    community: &CommunityConfig,
    wish: &Wish,
) -> Result<BTreeMap<TicketNo, Ticket>, Failure> {
    let mut tickets = BTreeMap::new();
    kept::each(config, community, |_, ticket: Ticket| {
        let day = day(community, ticket.opened);
        let is_meant = wish.from.is_none_or(|from| day >= Some(from))
            && wish.until.is_none_or(|until| day <= Some(until));
        if is_meant {
            tickets.insert(ticket.no, ticket);
        }
    })
    .await?;
    Ok(tickets)
}

async fn histories(
    config: &Config,
    community: &CommunityConfig,
    tickets: &BTreeMap<TicketNo, Ticket>,
) -> Result<BTreeMap<TicketNo, Vec<HistoryRow>>, Failure> {
    let mut histories: BTreeMap<TicketNo, Vec<HistoryRow>> = BTreeMap::new();
    kept::each(config, community, |id, line: HistoryRow| {
        let no = id.split('/').next().and_then(|no| no.parse().ok());
        if let Some(no) = no.map(TicketNo).filter(|no| tickets.contains_key(no)) {
            histories.entry(no).or_default().push(line);
        }
    })
    .await?;
    Ok(histories)
}

pub fn day(community: &CommunityConfig, at: Millis) -> Option<NaiveDate> {
    let at = DateTime::from_timestamp_millis(at.0)?;
    Some(at.with_timezone(&community.timezone).date_naive())
}

/// How a ticket went; None where its history does not tell of its beginning.
fn measured(community: &CommunityConfig, ticket: &Ticket, rows: &[HistoryRow]) -> Option<Measured> {
    let settings = community.features.get(tickets::NAME);
    let settings = settings.and_then(|settings| settings.downcast_ref::<TicketSettings>());
    let targets = settings.map_or(&[][..], |settings| &settings.targets);
    let promise = Promise::of(targets, &ticket.matter, ticket.category);
    let always = Hours::always(community.timezone);
    let story = Story::of(rows)?;
    Some(story.measured(&promise, &community.hours, &always, clock::now()))
}

fn row(
    community: &CommunityConfig,
    ticket: &Ticket,
    measured: Option<&Measured>,
    personal: bool,
) -> Row {
    let zone = community.timezone;
    let story = measured.map(|measured| &measured.story);
    let count = |of: usize| Cell::Whole(i64::try_from(of).unwrap_or(i64::MAX));
    let state = ticket.state.key().trim_start_matches("state-");
    let category = ticket.category.map(Category::as_str);
    let outage = ticket.outage.as_ref();
    let outage = outage.map(|outage| outage.supply.key().trim_start_matches("supply-"));
    let merged = ticket
        .merged_into
        .map(|TicketNo(into)| Cell::Whole(into.into()));
    let stars = ticket.after.stars.map(|stars| Cell::Whole(stars.into()));
    let mut row: Row = vec![
        ("ticket", Cell::Whole(i64::from(ticket.no.0))),
        ("opened", Cell::moment(Some(ticket.opened), zone)),
        ("state", Cell::Text(state.to_owned())),
        ("category", Cell::text(category)),
        ("trade", Cell::Text(ticket.matter.trade.as_str().to_owned())),
        (
            "urgency",
            Cell::Text(format!("{:?}", ticket.matter.urgency)),
        ),
        ("outage", Cell::text(outage)),
        (
            "round",
            Cell::text(ticket.round.as_ref().map(|round| round.name.clone())),
        ),
        ("public", Cell::Flag(ticket.matter.public)),
        ("repeat", Cell::Flag(ticket.matter.repeat)),
        ("phase", Cell::text(ticket.address.phase.clone())),
        ("building", Cell::text(ticket.address.building.clone())),
        ("unit", Cell::text(ticket.address.unit.clone())),
        ("place", Cell::text(ticket.place.clone())),
        (
            "answered",
            Cell::moment(story.and_then(|story| story.answered), zone),
        ),
        (
            "answer_minutes",
            Cell::minutes(measured.and_then(|m| m.answer_ms)),
        ),
        (
            "answer_in_time",
            Cell::flag(measured.and_then(|m| m.answer_in_time)),
        ),
        (
            "done",
            Cell::moment(story.and_then(|story| story.done), zone),
        ),
        (
            "resolve_minutes",
            Cell::minutes(measured.and_then(|m| m.resolve_ms)),
        ),
        (
            "resolve_in_time",
            Cell::flag(measured.and_then(|m| m.resolve_in_time)),
        ),
        (
            "confirmed",
            Cell::moment(story.and_then(|story| story.confirmed), zone),
        ),
        (
            "reopened",
            Cell::Whole(story.map_or(0, |story| story.reopened.into())),
        ),
        ("stars", stars.unwrap_or(Cell::Nothing)),
        ("followers", count(ticket.voices.len())),
        ("pictures", count(ticket.media.len())),
        ("merged_into", merged.unwrap_or(Cell::Nothing)),
    ];
    if personal {
        let worker = ticket.worker.as_ref();
        row.extend([
            ("home", Cell::text(ticket.address.home.clone())),
            ("reporter", Cell::Text(ticket.reporter.name.clone())),
            (
                "reporter_id",
                // A mark says nothing to anybody.
                Cell::text(
                    Some(&ticket.reporter.user)
                        .filter(|user| !user.is_mark())
                        .map(UserId::as_str),
                ),
            ),
            (
                "worker",
                Cell::text(worker.map(|worker| worker.name.clone())),
            ),
            (
                "worker_id",
                Cell::text(worker.map(|worker| worker.user.as_str())),
            ),
            ("text", Cell::Text(ticket.text.clone())),
        ]);
    }
    row
}
