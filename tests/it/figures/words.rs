//! The words: how the figures of a month must be told.

use super::sums::{Figures, Timed};

/// The sentences from which the answer is made.
const SENTENCES: &str = include_str!("../../../src/locales/zh-CN.ftl");

/// A sentence of linli's.
pub fn said(key: &str, args: &[(&str, &str)]) -> String {
    let mut lines = SENTENCES.lines();
    let found = lines.find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
    let mut text = found.expect("a sentence").trim().to_owned();
    for (name, value) in args {
        text = text.replace(&format!("{{ ${name} }}"), value);
    }
    text
}

fn before(value: &str) -> String {
    said("stats-before", &[("value", value)])
}

/// The lines that must be told of a month beside the one before.
pub fn sentences(own: &Figures, last: &Figures) -> Vec<String> {
    let reported = said(
        "stats-reported",
        &[
            ("reported", &own.reported.to_string()),
            ("before", &before(&last.reported.to_string())),
            ("done", &own.done.to_string()),
            ("open", &own.open.to_string()),
            ("cancelled", &own.cancelled.to_string()),
            ("declined", &own.declined.to_string()),
            ("merged", &own.merged.to_string()),
        ],
    );
    let reopened = |of: &Figures| of.reopened.percent().expect("some were done");
    let stars = said(
        "stats-stars",
        &[
            ("stars", &own.mean()),
            ("count", &own.stars.len().to_string()),
            ("before", &before(&last.mean())),
        ],
    );
    vec![
        said("stats-head", &[("name", "2026年3月")]),
        reported,
        timed("stats-answer", &own.answer, &last.answer),
        timed("stats-resolve", &own.resolve, &last.resolve),
        said(
            "stats-reopened",
            &[
                ("share", &reopened(own)),
                ("before", &before(&format!("{}%", reopened(last)))),
            ],
        ),
        stars,
    ]
}

/// How the line about all that is open now begins.
pub fn backlog(open: usize) -> String {
    let line = said("stats-backlog", &[("count", &open.to_string())]);
    let end = line.find('，').expect("the oldest");
    line[..end].to_owned() + "，"
}

fn timed(key: &str, own: &Timed, last: &Timed) -> String {
    let within = |of: &Timed, percent| of.within(percent).expect("some were measured");
    let in_time = |of: &Timed| of.in_time.percent().expect("some were judged");
    let last = format!("{} {}%", within(last, 50), in_time(last));
    said(
        key,
        &[
            ("median", &within(own, 50)),
            ("ninth", &within(own, 90)),
            ("share", &said("stats-in-time", &[("share", &in_time(own))])),
            ("before", &before(&last)),
        ],
    )
}
