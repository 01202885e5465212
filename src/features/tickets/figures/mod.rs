//! Figures: how soon residents were answered and how soon things were mended, from the histories of tickets alone.
// Nothing in this folder does IO.

pub mod period;
mod picture;
pub mod story;
pub mod sums;
mod tell;
pub mod weekly;

pub use tell::length;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    clock, commands,
    ticket::{ALL, HistoryRow, LastNo, Ticket, history_prefix},
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Target},
        hours::Hours,
        ids::{Millis, TicketNo},
        input::Message,
        limits,
    },
    text::{matter::Trade, tags::Category},
};
use period::{Period, midnight};
use story::{Measured, Story};
use sums::Figures;

/// The figures of one period, beside those of the one before.
pub struct Report {
    pub period: Period,
    pub figures: Figures,
    pub before: Figures,
    /// The most frequent first.
    pub by_category: Vec<(Option<Category>, Figures)>,
    pub by_trade: Vec<(Trade, Figures)>,
    /// By the names of buildings, None for what lies in none; the most frequent first.
    pub by_building: Vec<(Option<String>, Figures)>,
    /// For each day of the period that has begun: how many were reported, and how many done.
    pub days: Vec<(NaiveDate, u32, u32)>,
    /// What is open now, the oldest of it with its age in milliseconds.
    pub backlog: usize,
    pub oldest: Option<(TicketNo, i64)>,
}

/// A ticket as figures see it.
struct Seen {
    category: Option<Category>,
    trade: Trade,
    building: Option<String>,
    measured: Measured,
}

/// `!stats`, `!stats 2026-11`, `!统计 上周`: the figures in words and as a chart.
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let language = ctx.language_for(&message.sender);
    let today = ctx.local(ctx.now).map(|now| now.date());
    let period = today.and_then(|today| Period::read(rest, today));
    let Some(period) = period else {
        let said = ctx.say(language, "stats-how", &[]);
        return commands::answer(ctx, message, said);
    };
    let Some(report) = report(ctx, period) else {
        let said = ctx.say(language, "stats-too-many", &[]);
        return commands::answer(ctx, message, said);
    };
    let said = tell::words(ctx, language, &report);
    commands::answer(ctx, message, said);
    if report.figures.reported > 0 {
        let chart = picture::chart(ctx, language, &report);
        let draw = Effect::Draw {
            chart,
            reply_to: Some(Target::Event(message.id.clone())),
        };
        ctx.ask(&message.room, Lane::Talk, draw);
    }
}

/// The figures of a period; None where that is more than can be read at once.
pub fn report(ctx: &mut Context<'_, '_>, period: Period) -> Option<Report> {
    let before = period.before()?;
    let begin = |ctx: &Context<'_, '_>, day: NaiveDate| ctx.at_local(midnight(day));
    let (first, from, until) = (
        begin(ctx, before.first)?,
        begin(ctx, period.first)?,
        begin(ctx, period.end()?)?,
    );
    let seen = between(ctx, first, until)?;
    let within = |from: Millis, until: Millis| {
        let is_within = move |seen: &&Seen| (from..until).contains(&seen.measured.story.opened);
        seen.iter().filter(is_within)
    };
    let now: Vec<&Seen> = within(from, until).collect();
    let measured = |seen: &[&Seen]| Figures::of(seen.iter().map(|seen| &seen.measured));
    let earlier: Vec<&Seen> = within(first, from).collect();
    let mut categories: BTreeMap<_, Vec<&Seen>> = BTreeMap::new();
    let mut trades: BTreeMap<_, Vec<&Seen>> = BTreeMap::new();
    let mut buildings: BTreeMap<_, Vec<&Seen>> = BTreeMap::new();
    for seen in &now {
        categories.entry(seen.category).or_default().push(seen);
        trades.entry(seen.trade).or_default().push(seen);
        buildings
            .entry(seen.building.clone())
            .or_default()
            .push(seen);
    }
    let (backlog, oldest) = backlog(ctx);
    Some(Report {
        period,
        figures: measured(&now),
        before: measured(&earlier),
        by_category: ranked(categories),
        by_trade: ranked(trades),
        by_building: ranked(buildings),
        days: days(ctx, period, &seen),
        backlog,
        oldest,
    })
}

fn ranked<K: Clone + Ord>(groups: BTreeMap<K, Vec<&Seen>>) -> Vec<(K, Figures)> {
    let figures = |seen: Vec<&Seen>| Figures::of(seen.iter().map(|seen| &seen.measured));
    let mut ranked: Vec<(K, Figures)> = groups
        .into_iter()
        .map(|(of, seen)| (of, figures(seen)))
        .collect();
    ranked.sort_by_key(|(_, figures)| std::cmp::Reverse(figures.reported));
    ranked
}

/// The tickets opened from one moment to another; None where there are too many to be read at once. Numbers are given in the order of
/// time, and some may be missing.
fn between(ctx: &mut Context<'_, '_>, from: Millis, until: Millis) -> Option<Vec<Seen>> {
    let last = ctx.get::<LastNo>("").unwrap_or_default().0;
    let always = Hours::always(ctx.community.timezone);
    let mut all = Vec::new();
    for no in (1..=last).rev() {
        let Some(ticket) = Ticket::load(ctx, TicketNo(no)) else {
            continue;
        };
        if ticket.opened < from {
            break;
        }
        // Nobody has waited for staff to answer themselves.
        let is_own = ticket.outage.is_some() || ticket.round.is_some();
        if is_own || ticket.opened >= until {
            continue;
        }
        if all.len() == limits::STATS_TICKETS_MAX {
            return None;
        }
        let rows = ctx.scan::<HistoryRow>(&history_prefix(ticket.no), limits::HISTORY_READ_MAX);
        let Some(story) = Story::of(rows.iter().map(|(_, row)| row)) else {
            continue;
        };
        let promise = clock::promise(ctx, &ticket);
        all.push(Seen {
            category: ticket.category,
            trade: ticket.matter.trade,
            building: ticket.address.building,
            measured: story.measured(&promise, &ctx.community.hours, &always, ctx.now),
        });
    }
    Some(all)
}

/// Each day of the period up to today.
fn days(ctx: &Context<'_, '_>, period: Period, seen: &[Seen]) -> Vec<(NaiveDate, u32, u32)> {
    let day = |at: Millis| ctx.local(at).map(|at| at.date());
    let end = period
        .end()
        .min(day(ctx.now).and_then(|today| today.succ_opt()));
    let all = period.first.iter_days().take_while(|day| Some(*day) < end);
    let mut days: BTreeMap<NaiveDate, (u32, u32)> = all.map(|day| (day, (0, 0))).collect();
    for seen in seen {
        let story = &seen.measured.story;
        if let Some((reported, _)) = day(story.opened).and_then(|day| days.get_mut(&day)) {
            *reported += 1;
        }
        if let Some((_, done)) = story.done.and_then(day).and_then(|day| days.get_mut(&day)) {
            *done += 1;
        }
    }
    days.into_iter()
        .map(|(day, (reported, done))| (day, reported, done))
        .collect()
}

fn backlog(ctx: &mut Context<'_, '_>) -> (usize, Option<(TicketNo, i64)>) {
    let open = commands::open_in(ctx, ALL);
    let oldest = open.first().and_then(|number| Ticket::named(ctx, number));
    let oldest = oldest.map(|ticket| (ticket.no, ctx.now.since(ticket.opened)));
    (open.len(), oldest)
}
