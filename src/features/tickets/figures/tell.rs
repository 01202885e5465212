//! Figures in words, for people who never heard of a median. Nothing in this file does IO.

use super::{
    Report,
    period::{Kind, Period},
    sums::{Figures, Times},
};
use crate::{
    domain::{
        context::Context,
        ids::{HOUR_MS, MINUTE_MS},
        limits,
        speech::{Arg, Said},
    },
    features::tickets::card,
    text::{language::Language, matter::Trade, span::Span, tags::Category},
};

/// All figures of a period, a line each.
pub fn words(ctx: &Context<'_, '_>, language: Language, report: &Report) -> Said {
    let say = |key: &str, args: &[(&'static str, Arg<'_>)]| ctx.say(language, key, args);
    let name = name(ctx, language, report.period);
    let mut lines = vec![say("stats-head", &[("name", Arg::Text(&name))]).bold()];
    lines.extend(summary(ctx, language, report));
    if report.figures.reported > 0 {
        let rows = report.by_category.iter();
        let rows = rows.map(|(of, figures)| (category(ctx, language, *of), figures));
        lines.extend(group(ctx, language, "stats-by-category", rows));
        let rows = report.by_trade.iter();
        let rows = rows.map(|(of, figures)| (trade(ctx, language, *of), figures));
        lines.extend(group(ctx, language, "stats-by-trade", rows));
        let rows = report.by_building.iter();
        let rows = rows.map(|(of, figures)| (building(ctx, language, of.as_deref()), figures));
        lines.extend(group(ctx, language, "stats-by-building", rows));
        lines.push(say("stats-meaning", &[]));
    }
    Said::lines(lines)
}

/// The lines about all tickets of a period together.
pub fn summary(ctx: &Context<'_, '_>, language: Language, report: &Report) -> Vec<Said> {
    let say = |key: &str, args: &[(&'static str, Arg<'_>)]| ctx.say(language, key, args);
    let (figures, before) = (&report.figures, &report.before);
    let against = |value: Option<String>| {
        let value = value.filter(|_| before.reported > 0);
        value.map_or_else(Said::default, |value| {
            say("stats-before", &[("value", Arg::Text(&value))])
        })
    };
    let mut lines = Vec::new();
    let earlier = against(Some(before.reported.to_string()));
    let args = [
        ("reported", number(figures.reported)),
        ("before", Arg::Said(&earlier)),
        ("done", number(figures.done)),
        ("open", number(figures.open)),
        ("cancelled", number(figures.cancelled)),
        ("declined", number(figures.declined)),
        ("merged", number(figures.merged)),
    ];
    lines.push(say("stats-reported", &args));
    let all = [
        ("stats-answer", &figures.answer, &before.answer),
        ("stats-resolve", &figures.resolve, &before.resolve),
    ];
    for (key, times, before) in all {
        let earlier = against(briefly(ctx, language, before));
        lines.extend(times_line(ctx, language, key, times, &earlier));
    }
    if let Some(reopened) = figures.reopened_percent() {
        let earlier = before.reopened_percent().map(|share| format!("{share}%"));
        let earlier = against(earlier);
        let args = [("share", number(reopened)), ("before", Arg::Said(&earlier))];
        lines.push(say("stats-reopened", &args));
    }
    if let Some(mean) = figures.mean_stars() {
        let earlier = against(before.mean_stars().map(tenths));
        let mean = tenths(mean);
        let args = [
            ("stars", Arg::Text(&mean)),
            ("count", number(figures.raters)),
            ("before", Arg::Said(&earlier)),
        ];
        lines.push(say("stats-stars", &args));
    }
    lines.push(backlog(ctx, language, report));
    lines
}

fn backlog(ctx: &Context<'_, '_>, language: Language, report: &Report) -> Said {
    let Some((no, age)) = report.oldest else {
        return ctx.say(language, "stats-no-backlog", &[]);
    };
    let age = length(ctx, language, age);
    let args = [
        ("count", number(report.backlog)),
        ("no", Arg::Number(i64::from(no.0))),
        ("age", Arg::Text(&age)),
    ];
    ctx.say(language, "stats-backlog", &args)
}

fn times_line(
    ctx: &Context<'_, '_>,
    language: Language,
    key: &str,
    times: &Times,
    before: &Said,
) -> Option<Said> {
    let median = length(ctx, language, times.median_ms?);
    let ninth = length(ctx, language, times.ninth_ms?);
    let share = times.in_time_percent().map_or_else(Said::default, |share| {
        ctx.say(language, "stats-in-time", &[("share", number(share))])
    });
    let args = [
        ("median", Arg::Text(&median)),
        ("ninth", Arg::Text(&ninth)),
        ("share", Arg::Said(&share)),
        ("before", Arg::Said(before)),
    ];
    Some(ctx.say(language, key, &args))
}

/// The median and the share in time, as the value of an earlier period.
fn briefly(ctx: &Context<'_, '_>, language: Language, times: &Times) -> Option<String> {
    let median = length(ctx, language, times.median_ms?);
    let share = times.in_time_percent().map(|share| format!(" {share}%"));
    Some(format!("{median}{}", share.unwrap_or_default()))
}

fn group<'f>(
    ctx: &Context<'_, '_>,
    language: Language,
    key: &str,
    rows: impl ExactSizeIterator<Item = (String, &'f Figures)>,
) -> Vec<Said> {
    let more = rows.len().saturating_sub(limits::STATS_ROWS_MAX);
    let mut lines = vec![ctx.say(language, key, &[])];
    for (what, figures) in rows.take(limits::STATS_ROWS_MAX) {
        let resolve = figures.resolve.median_ms;
        let took = resolve.map_or_else(|| "—".to_owned(), |ms| length(ctx, language, ms));
        let share = figures.answer.in_time_percent();
        let share = share.map_or_else(|| "—".to_owned(), |share| format!("{share}%"));
        let args = [
            ("what", Arg::Text(&what)),
            ("reported", number(figures.reported)),
            ("share", Arg::Text(&share)),
            ("took", Arg::Text(&took)),
        ];
        lines.push(ctx.say(language, "stats-row", &args));
    }
    if more > 0 {
        lines.push(ctx.say(language, "list-more", &[("count", number(more))]));
    }
    lines
}

/// What a period is called.
pub fn name(ctx: &Context<'_, '_>, language: Language, period: Period) -> String {
    let key = match period.kind {
        Kind::Month => "stats-month",
        Kind::Week => "stats-week",
    };
    let format = ctx.say(language, key, &[]).text;
    let last = period.last().unwrap_or(period.first);
    match period.kind {
        Kind::Month => period.first.format(&format).to_string(),
        Kind::Week => format!(
            "{} – {}",
            period.first.format(&format),
            last.format(&format)
        ),
    }
}

/// What a category is called.
pub fn category(ctx: &Context<'_, '_>, language: Language, category: Option<Category>) -> String {
    let name = category.map_or("none", Category::as_str);
    ctx.say(language, &format!("category-{name}"), &[]).text
}

/// What a trade is called.
pub fn trade(ctx: &Context<'_, '_>, language: Language, trade: Trade) -> String {
    ctx.say(language, &card::trade_key(trade), &[]).text
}

/// What a building is called.
pub fn building(ctx: &Context<'_, '_>, language: Language, building: Option<&str>) -> String {
    match building {
        Some(name) => {
            ctx.say(language, "address-building", &[("value", Arg::Text(name))])
                .text
        }
        None => ctx.say(language, "stats-elsewhere", &[]).text,
    }
}

/// A length of time, no more exactly than it is worth.
pub fn length(ctx: &Context<'_, '_>, language: Language, ms: i64) -> String {
    let unit = match ms {
        ..36_000_000 => MINUTE_MS,
        _ => HOUR_MS,
    };
    let rounded = (ms + unit / 2) / unit * unit;
    ctx.length(language, Span::For(rounded.max(MINUTE_MS))).text
}

/// Tenths as people write them: `4.6`.
pub fn tenths(tenths: usize) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn number(of: usize) -> Arg<'static> {
    Arg::Number(i64::try_from(of).unwrap_or(i64::MAX))
}
