//! Figures as a chart. Nothing in this file does IO.

use super::{
    Report,
    sums::{Figures, Times},
    tell,
};
use crate::{
    domain::{
        chart::{Bar, Chart, Day, Panel, Tile, Tone},
        context::Context,
        speech::Arg,
    },
    text::language::Language,
};

/// Lines of a panel: more do not fit on a telephone.
const BARS_MAX: usize = 6;

/// The chart of a report.
pub fn chart(ctx: &Context<'_, '_>, language: Language, report: &Report) -> Chart {
    let say = |key: &str| ctx.say(language, key, &[]).text;
    let (figures, before) = (&report.figures, &report.before);
    let days = report.days.iter().map(|(day, reported, done)| Day {
        label: day.format("%-d").to_string(),
        first: *reported,
        second: *done,
    });
    let trades = report.by_trade.iter();
    let trades = trades.map(|(of, figures)| (tell::trade(ctx, language, *of), figures));
    let buildings = report.by_building.iter();
    let buildings =
        buildings.map(|(of, figures)| (tell::building(ctx, language, of.as_deref()), figures));
    let panels = [
        Panel::Days {
            title: say("chart-days"),
            first: say("chart-reported"),
            second: say("chart-done"),
            days: days.collect(),
        },
        bars(ctx, language, "chart-by-trade", trades.collect()),
        bars(ctx, language, "chart-by-building", buildings.collect()),
    ];
    Chart {
        title: tell::name(ctx, language, report.period),
        subtitle: ctx.community.name.clone(),
        tiles: tiles(ctx, language, figures, before),
        panels: panels.into(),
    }
}

fn tiles(
    ctx: &Context<'_, '_>,
    language: Language,
    figures: &Figures,
    before: &Figures,
) -> Vec<Tile> {
    let say = |key: &str| ctx.say(language, key, &[]).text;
    let against = |value: Option<String>| {
        let value = value.filter(|_| before.reported > 0);
        value.map_or_else(String::new, |value| {
            ctx.say(language, "chart-before", &[("value", Arg::Text(&value))])
                .text
        })
    };
    let took = |times: &Times| times.median_ms.map(|ms| tell::length(ctx, language, ms));
    let share = |times: &Times| times.in_time_percent().map(|share| format!("{share}%"));
    let tile = |label: &str, value: Option<String>, earlier: Option<String>, tone: Tone| Tile {
        label: say(label),
        note: against(earlier),
        tone: if value.is_some() { tone } else { Tone::Plain },
        value: value.unwrap_or_else(|| "—".to_owned()),
    };
    let times = |now: &Times, then: &Times| less(now.median_ms, then.median_ms);
    let shares = |now: &Times, then: &Times| less(then.in_time_percent(), now.in_time_percent());
    let all = [
        tile(
            "chart-reported",
            Some(figures.reported.to_string()),
            Some(before.reported.to_string()),
            Tone::Plain,
        ),
        tile(
            "chart-stars",
            figures.mean_stars().map(tell::tenths),
            before.mean_stars().map(tell::tenths),
            less(before.mean_stars(), figures.mean_stars()),
        ),
        tile(
            "chart-answer",
            took(&figures.answer),
            took(&before.answer),
            times(&figures.answer, &before.answer),
        ),
        tile(
            "chart-answer-share",
            share(&figures.answer),
            share(&before.answer),
            shares(&figures.answer, &before.answer),
        ),
        tile(
            "chart-resolve",
            took(&figures.resolve),
            took(&before.resolve),
            times(&figures.resolve, &before.resolve),
        ),
        tile(
            "chart-resolve-share",
            share(&figures.resolve),
            share(&before.resolve),
            shares(&figures.resolve, &before.resolve),
        ),
    ];
    all.into()
}

/// Good news where the first is less than the second, bad news where it is more.
fn less<T: PartialOrd>(first: Option<T>, second: Option<T>) -> Tone {
    match first.zip(second) {
        Some((first, second)) if first < second => Tone::Good,
        Some((first, second)) if first > second => Tone::Bad,
        Some(_) | None => Tone::Plain,
    }
}

fn bars(
    ctx: &Context<'_, '_>,
    language: Language,
    title: &str,
    rows: Vec<(String, &Figures)>,
) -> Panel {
    let most = rows
        .iter()
        .map(|(_, figures)| figures.reported)
        .max()
        .unwrap_or(1)
        .max(1);
    let bar = |(label, figures): (String, &Figures)| {
        let took = figures.resolve.median_ms;
        let took = took.map(|ms| format!(" · {}", tell::length(ctx, language, ms)));
        Bar {
            label,
            value: format!("{}{}", figures.reported, took.unwrap_or_default()),
            permille: u32::try_from(figures.reported * 1000 / most).unwrap_or(1000),
        }
    };
    Panel::Bars {
        title: ctx.say(language, title, &[]).text,
        bars: rows.into_iter().take(BARS_MAX).map(bar).collect(),
    }
}
