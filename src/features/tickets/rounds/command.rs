//! `!round`: what comes round and how it went; `!round every Monday at 9 lifts: machine room, lights` adds one, `!round remove lifts`
//! takes it away.
// Nothing in this file does IO.

use super::{Round, log, named, plan, schedule};
use crate::{
    domain::{
        context::Context,
        ids::{DAY_MS, HOUR_MS},
        input::Message,
        limits,
        roles::{Trade as Duty, Who},
        speech::{Arg, Said, shorten},
    },
    features::tickets::{TicketSettings, commands},
    text::{
        address::Address,
        language::Language,
        matter::{self, Trade},
        schedule as words,
    },
};

/// Ends of the round log that a list shows.
const SIGNS: usize = 7;

/// `!round …`
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let rest = rest.trim();
    if rest.is_empty() {
        return list(ctx, message);
    }
    let person = ctx.community.person(&message.sender);
    let may = Who::Manager.includes(person)
        || person.is_some_and(|person| person.staff && person.trades.contains(&Duty::Desk));
    if !may {
        return say(ctx, message, "round-not-yours", "");
    }
    for word in ["remove", "delete", "删除", "取消"] {
        if let Some(name) = rest.strip_prefix(word) {
            return remove(ctx, message, name.trim());
        }
    }
    match read(rest) {
        Some(round) => add(ctx, message, &round),
        None => say(ctx, message, "round-how", ""),
    }
}

/// What was typed: how often, the name, and the steps after a colon.
fn read(text: &str) -> Option<Round> {
    let schedule = words::read(text)?;
    schedule::read(&schedule.cron).ok()?;
    let said = text[..schedule.rest]
        .trim()
        .trim_end_matches([',', '，', ':', '：', '、']);
    let rest = &text[schedule.rest..];
    let (name, steps) = rest.split_once([':', '：']).unwrap_or((rest, ""));
    let name = shorten(&name.replace('\n', " "), limits::NAME_CHARS_MAX)
        .trim()
        .to_owned();
    let steps: Vec<String> = steps
        .split(['、', ',', '，', ';', '；', '\n'])
        .map(|step| shorten(step.trim(), limits::NAME_CHARS_MAX))
        .filter(|step| !step.is_empty())
        .collect();
    (!name.is_empty() && steps.len() <= super::STEPS_MAX).then(|| Round {
        trade: trade_of(&name),
        name,
        when: schedule.cron,
        said: said.to_owned(),
        steps,
        photo: false,
        within_ms: DAY_MS,
    })
}

/// The trade that looks after what has this name.
pub fn trade_of(name: &str) -> Trade {
    matter::of(name, None, &Address::default()).trade
}

fn is_configured(ctx: &Context<'_, '_>, name: &str) -> bool {
    let rounds = &ctx.settings::<TicketSettings>().rounds;
    rounds.iter().any(|round| round.name.trim() == name)
}

fn add(ctx: &mut Context<'_, '_>, message: &Message, round: &Round) {
    if is_configured(ctx, &round.name) {
        return say(ctx, message, "round-configured", &round.name);
    }
    let next = schedule::next(ctx, &round.when, ctx.now);
    let after = next.and_then(|next| schedule::next(ctx, &round.when, next));
    let is_often = next
        .zip(after)
        .is_some_and(|(next, after)| after.since(next) < HOUR_MS);
    if is_often {
        return say(ctx, message, "round-too-often", &round.name);
    }
    let is_new = named(ctx, &round.name).is_none();
    if is_new && super::all(ctx).len() >= limits::ROUNDS_MAX {
        return say(ctx, message, "round-too-many", &round.name);
    }
    ctx.put(&round.name, round);
    plan(ctx, round, ctx.now);
    let language = ctx.language_for(&message.sender);
    let line = line(ctx, round, language);
    let said = ctx.say(language, "round-added", &[("line", Arg::Said(&line))]);
    commands::answer(ctx, message, said);
}

fn remove(ctx: &mut Context<'_, '_>, message: &Message, name: &str) {
    if is_configured(ctx, name) {
        return say(ctx, message, "round-configured", name);
    }
    if ctx.get::<Round>(name).is_none() {
        return say(ctx, message, "round-none", name);
    }
    ctx.delete::<Round>(name);
    ctx.delete::<log::Log>(name);
    ctx.delete::<super::Planned>(name);
    say(ctx, message, "round-removed", name);
}

fn list(ctx: &mut Context<'_, '_>, message: &Message) {
    let language = ctx.language_for(&message.sender);
    let rounds = super::all(ctx);
    if rounds.is_empty() {
        return say(ctx, message, "round-how", "");
    }
    let mut lines = vec![ctx.say(language, "round-head", &[]).bold()];
    for round in &rounds {
        lines.push(line(ctx, round, language));
    }
    commands::answer(ctx, message, Said::lines(lines));
}

/// A round in one line: how often, when next, and how it went lately.
fn line(ctx: &mut Context<'_, '_>, round: &Round, language: Language) -> Said {
    let next = schedule::next(ctx, &round.when, ctx.now);
    let next = next.map_or_else(|| "—".to_owned(), |next| ctx.moment(next));
    let entries = log::of(ctx, &round.name);
    let signs = entries.iter().rev().take(SIGNS).rev();
    let signs: Vec<&str> = signs.map(|entry| entry.outcome.sign()).collect();
    let signs = signs.concat();
    let when = if round.said.is_empty() {
        &round.when
    } else {
        &round.said
    };
    let args = [
        ("name", Arg::Text(&round.name)),
        ("when", Arg::Text(when)),
        ("next", Arg::Text(&next)),
        (
            "count",
            Arg::Number(i64::try_from(round.steps.len()).unwrap_or(0)),
        ),
        (
            "signs",
            Arg::Text(if signs.is_empty() { "—" } else { &signs }),
        ),
    ];
    ctx.say(language, "round-line", &args)
}

fn say(ctx: &mut Context<'_, '_>, message: &Message, key: &'static str, name: &str) {
    let language = ctx.language_for(&message.sender);
    let said = ctx.say(language, key, &[("name", Arg::Text(name))]);
    commands::answer(ctx, message, said);
}
