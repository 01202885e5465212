//! The list of the week for the managers: last week's figures, what is still to be looked into, and what is open longest.
// Nothing in this file does IO.

use super::{period::Period, report, tell as words};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post},
        ids::Millis,
        limits,
        speech::{Arg, Said},
    },
    features::tickets::{
        TicketSettings, card, commands, planned, rounds, tell,
        ticket::{ALL, REVIEWS, Ticket},
    },
};

/// The note of the timer.
pub const WEEKLY: &str = "weekly";

/// Something goes on: a list will be due when work begins next week.
pub fn plan(ctx: &mut Context<'_, '_>) {
    if ctx.settings::<TicketSettings>().weekly_list {
        planned::plan(ctx, WEEKLY, |ctx| {
            let today = ctx.local(ctx.now)?.date();
            planned::work_begins(ctx, Period::week_of(today)?.end()?)
        });
    }
}

/// Says how last week went.
pub fn list(ctx: &mut Context<'_, '_>, due: Millis) {
    let is_due = planned::take(ctx, WEEKLY, due);
    let Some(room) = ctx.community.staff_room().cloned().filter(|_| is_due) else {
        return;
    };
    let today = ctx.local(ctx.now).map(|now| now.date());
    let period = today.and_then(|today| Period::week_of(today)?.before());
    let Some(report) = period.and_then(|period| report(ctx, period)) else {
        return;
    };
    let reviews = tickets(ctx, REVIEWS);
    let rounds = period.and_then(|period| {
        let begin = |day: chrono::NaiveDate| ctx.at_local(day.and_time(chrono::NaiveTime::MIN));
        let (from, until) = (begin(period.first)?, begin(period.end()?)?);
        rounds::summary(ctx, from, until)
    });
    let is_quiet = report.figures.reported == 0 && report.backlog == 0;
    if is_quiet && reviews.is_empty() && rounds.is_none() {
        return;
    }
    let language = ctx.community.language;
    let called = tell::calling(ctx, &tell::all(ctx, |person| person.manager));
    let name = words::name(ctx, language, report.period);
    let args = [("called", Arg::Said(&called)), ("name", Arg::Text(&name))];
    let mut lines = vec![ctx.say(language, "weekly-head", &args)];
    lines.extend(words::summary(ctx, language, &report));
    lines.extend(rounds);
    let oldest = tickets(ctx, ALL);
    for (key, group) in [("weekly-reviews", reviews), ("weekly-oldest", oldest)] {
        lines.extend(rows(ctx, key, &group));
    }
    let content = Said::lines(lines);
    let post = Post {
        quiet: content.mentions.is_empty(),
        content,
        reply_to: None,
        thread: None,
        about: None,
    };
    ctx.ask(&room, Lane::Answer, Effect::Post(post));
    plan(ctx);
}

fn tickets(ctx: &mut Context<'_, '_>, list: &str) -> Vec<Ticket> {
    let numbers = commands::open_in(ctx, list);
    let some = numbers.iter().take(limits::WEEKLY_ROWS_MAX);
    some.filter_map(|number| Ticket::named(ctx, number))
        .collect()
}

fn rows(ctx: &Context<'_, '_>, key: &str, group: &[Ticket]) -> Vec<Said> {
    if group.is_empty() {
        return Vec::new();
    }
    let language = ctx.community.language;
    let mut lines = vec![ctx.say(language, key, &[])];
    for ticket in group {
        let row = card::row(ctx, ticket, language, None);
        let age = card::age(ctx, ticket, language);
        let args = [("row", Arg::Said(&row)), ("age", Arg::Said(&age))];
        lines.push(ctx.say(language, "list-row", &args));
    }
    lines
}
