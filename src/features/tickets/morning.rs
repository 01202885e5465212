//! The list of the morning: what nobody has, what is late, what waits, and what each has in hand, said in the staff room
//! when work begins.
// Nothing in this file does IO.

use std::collections::BTreeMap;

use super::{
    TicketSettings, card,
    clock::{self, promise::shows},
    commands, planned,
    ticket::{ALL, Named, Ticket},
};
use crate::domain::{
    context::Context,
    effect::{Effect, Lane, Post},
    hours::Hours,
    ids::{Millis, UserId},
    limits,
    speech::{Arg, Said},
};

/// The note of the timer.
pub const MORNING: &str = "morning";

/// There is something to do: a list will be due when work begins tomorrow, or on the next day of work.
pub fn plan(ctx: &mut Context<'_, '_>) {
    if ctx.settings::<TicketSettings>().morning_list {
        planned::plan(ctx, MORNING, |ctx| {
            let tomorrow = ctx.local(ctx.now)?.date().succ_opt()?;
            planned::work_begins(ctx, tomorrow)
        });
    }
}

/// Says what there is to do, if there is anything.
pub fn list(ctx: &mut Context<'_, '_>, due: Millis) {
    let is_due = planned::take(ctx, MORNING, due);
    let Some(room) = ctx.community.staff_room().cloned().filter(|_| is_due) else {
        return;
    };
    let numbers = commands::open_in(ctx, ALL);
    let tickets = numbers
        .iter()
        .filter_map(|number| Ticket::named(ctx, number));
    let tickets: Vec<Ticket> = tickets.collect();
    if tickets.is_empty() {
        return;
    }
    let (mut free, mut late, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
    let mut hands: BTreeMap<UserId, (Named, Vec<String>)> = BTreeMap::new();
    for ticket in &tickets {
        if ticket.state.is_waiting() {
            waiting.push(ticket);
        } else if ticket.worker.is_none() {
            free.push(ticket);
        } else if is_late(ctx, ticket) {
            late.push(ticket);
        }
        if let Some(worker) = &ticket.worker {
            let hand = hands.entry(worker.user.clone());
            let (_, numbers) = hand.or_insert_with(|| (worker.clone(), Vec::new()));
            numbers.push(format!("#{}", ticket.no));
        }
    }
    let language = ctx.community.language;
    let count = |of: usize| Arg::Number(i64::try_from(of).unwrap_or(i64::MAX));
    let args = [
        ("open", count(tickets.len())),
        ("free", count(free.len())),
        ("late", count(late.len())),
        ("waiting", count(waiting.len())),
    ];
    let mut lines = vec![ctx.say(language, "morning-head", &args).bold()];
    let groups = [
        ("morning-free", free),
        ("morning-late", late),
        ("morning-waiting", waiting),
    ];
    for (key, group) in groups {
        lines.extend(rows(ctx, key, &group));
    }
    for (user, (worker, numbers)) in &hands {
        let numbers = numbers.join(" ");
        let args = [
            ("who", Arg::Call(user, &worker.name)),
            ("numbers", Arg::Text(&numbers)),
        ];
        lines.push(ctx.say(language, "morning-hand", &args));
    }
    let post = Post {
        quiet: hands.is_empty(),
        content: Said::lines(lines),
        reply_to: None,
        thread: None,
        about: None,
    };
    ctx.ask(&room, Lane::Answer, Effect::Post(post));
    plan(ctx);
}

/// Whether it should have been done by now.
fn is_late(ctx: &mut Context<'_, '_>, ticket: &Ticket) -> bool {
    let resolve = clock::promise(ctx, ticket).resolve;
    let reading = clock::read(ctx, ticket);
    let always = Hours::always(ctx.community.timezone);
    let hours = resolve.hours(&ctx.community.hours, &always);
    let due = shows(&reading.runs, hours, resolve.ms);
    resolve.ms > 0 && due.is_some_and(|due| due <= ctx.now)
}

fn rows(ctx: &Context<'_, '_>, key: &'static str, group: &[&Ticket]) -> Vec<Said> {
    let language = ctx.community.language;
    if group.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![ctx.say(language, key, &[])];
    for ticket in group.iter().take(limits::LIST_ROWS_MAX) {
        let row = card::row(ctx, ticket, language, None);
        let age = card::age(ctx, ticket, language);
        let args = [("row", Arg::Said(&row)), ("age", Arg::Said(&age))];
        lines.push(ctx.say(language, "list-row", &args));
    }
    let more = group.len().saturating_sub(limits::LIST_ROWS_MAX);
    if more > 0 {
        let more = Arg::Number(i64::try_from(more).unwrap_or(i64::MAX));
        lines.push(ctx.say(language, "list-more", &[("count", more)]));
    }
    lines
}
