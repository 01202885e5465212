//! A seeded simulator: random communities, everything that can go wrong, and a reference model that says how each
//! story must end.
//!
//! `LINLI_SEEDS=10000 cargo test --release --test it simulation -- --nocapture` plays many;
//! `LINLI_SEED=17` replays one with a trace.
#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test stops where something is not as it must be, and a story can be traced"
)]

/// Ends a check with what is wrong, unless this holds.
macro_rules! must {
    ($holds:expr, $($why:tt)*) => {
        if !$holds {
            return Err(format!($($why)*));
        }
    };
}

mod after;
mod apart;
pub mod chance;
mod clocks;
mod known;
mod model;
mod neighbours;
mod order;
mod play;
mod rules;
mod scene;
mod service;
mod spam;
mod story;
mod verify;

use std::{panic::catch_unwind, time::Instant};

use story::{Broken, Plot, Told};

/// Stories that an ordinary test run plays.
const SEEDS: u64 = 300;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Plays a seed; a panic is a failure too.
fn play(seed: u64, plot: Plot, broken: Broken, trace: bool) -> Result<Told, String> {
    catch_unwind(|| story::play(seed, plot, broken, trace)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        Err(text.unwrap_or_else(|| "a panic".to_owned()))
    })
}

/// Plays the stories with this plot; says what came of all of them.
#[expect(
    clippy::disallowed_methods,
    reason = "it measures how fast stories are played"
)]
fn play_all(plot: Plot) -> Told {
    if let Some(seed) = number("LINLI_SEED") {
        let told = play(seed, plot, Broken::No, true);
        let told = told.unwrap_or_else(|why| panic!("{plot:?}, seed {seed}: {why}"));
        eprintln!("{plot:?}, seed {seed}: {told:?}");
        return told;
    }
    // There are many steps to be taken at work.
    let times = if plot == Plot::Work { 3 } else { 1 };
    let seeds = number("LINLI_SEEDS").unwrap_or(SEEDS * times);
    let begun = Instant::now();
    let (mut all, mut failed) = (Told::default(), Vec::new());
    for seed in 0..seeds {
        match play(seed, plot, Broken::No, false) {
            Ok(told) => all.add(told),
            Err(why) => failed.push(format!("seed {seed}: {why}")),
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    let rate = seeds as f64 / seconds;
    eprintln!("{plot:?}: {seeds} stories, {rate:.0} a second: {all:?}");
    let some: Vec<_> = failed.iter().take(40).cloned().collect();
    assert!(
        failed.is_empty(),
        "{} stories failed:\n{}",
        failed.len(),
        some.join("\n")
    );
    all
}

#[test]
fn every_story_ends_well() {
    play_all(Plot::Tickets);
}

#[test]
fn every_story_about_work_ends_well_and_takes_every_step() {
    let told = play_all(Plot::Work);
    // Few stories need not hold every step.
    let is_enough = number("LINLI_SEED").is_none()
        && number("LINLI_SEEDS").is_none_or(|seeds| seeds >= 3 * SEEDS);
    for step in rules::steps() {
        assert!(
            !is_enough || told.steps.contains_key(&step),
            "nobody took {step:?}"
        );
    }
    let (called, expired) = told.called;
    assert!(!is_enough || called > 100 && expired > 10, "{told:?}");
    let (rated, reviews) = told.rated;
    assert!(!is_enough || rated > 50 && reviews > 10, "{told:?}");
}

#[test]
fn every_story_about_order_ends_well() {
    let told = play_all(Plot::Order).order;
    // What is left out must not make the check hollow.
    assert!(told.exact * 100 >= told.sanctioned * 60, "{told:?}");
}

#[test]
fn every_story_about_spam_ends_well() {
    let told = play_all(Plot::Spam).spam;
    // What a moderator has said must not make the check hollow.
    assert!(told.had_to_go * 100 >= told.adverts * 50, "{told:?}");
}

/// What is said apart stays apart, and nothing of it is lost.
#[test]
fn every_story_about_what_is_not_for_everybody_ends_well() {
    let mut all = apart::Told::default();
    let is_one = each_ends_well(apart::play, |told| all.add(told));
    eprintln!("Apart: {all:?}");
    let is_hollow = all.apart < 100 || all.closed < 10 || all.anonymous < 100 || all.words < 100;
    assert!(is_one || !is_hollow, "{all:?}");
}

/// Nobody is told the same thing twice, and nobody is disturbed at night but for somebody who is missing.
#[test]
fn every_story_about_neighbours_ends_well() {
    let mut all = neighbours::Told::default();
    let is_one = each_ends_well(neighbours::play, |told| all.add(told));
    eprintln!("Neighbours: {all:?}");
    let counts = [
        all.done,
        all.over,
        all.promises,
        all.missed,
        all.aboard,
        all.moved_up,
        all.gone,
        all.matches,
        all.watched,
        all.claims,
        all.alarms,
        all.again,
        all.at_night,
    ];
    assert!(is_one || counts.iter().all(|count| *count > 5), "{all:?}");
}

/// Whoever is given something is there and has not too much, outages gather, and each round has an end.
#[test]
fn every_story_about_the_service_ends_well() {
    let mut all = service::Told::default();
    let is_one = each_ends_well(service::play, |told| all.add(told));
    eprintln!("Service: {all:?}");
    let counts = [
        all.by_turn,
        all.helped,
        all.called,
        all.nobody,
        all.dangers,
        all.ended,
        all.gathered,
        all.calls,
    ];
    let is_hollow = counts.iter().chain(&all.rounds).any(|count| *count < 30);
    assert!(is_one || !is_hollow, "{all:?}");
}

/// Plays stories without a model of each step; true where that was a single one.
fn each_ends_well<T>(play: fn(u64, bool) -> Result<T, String>, mut add: impl FnMut(T)) -> bool {
    let one = number("LINLI_SEED");
    let seeds = one.map_or(0..number("LINLI_SEEDS").unwrap_or(SEEDS), |seed| {
        seed..seed + 1
    });
    let mut failed = Vec::new();
    for seed in seeds {
        match catch_unwind(|| play(seed, one.is_some())) {
            Ok(Ok(told)) => add(told),
            Ok(Err(why)) => failed.push(format!("seed {seed}: {why}")),
            Err(_) => failed.push(format!("seed {seed}: a panic")),
        }
    }
    let some: Vec<_> = failed.iter().take(20).cloned().collect();
    assert!(
        failed.is_empty(),
        "{} stories failed:\n{}",
        failed.len(),
        some.join("\n")
    );
    one.is_some()
}

/// Stories that once ended badly, and why they did.
const KEPT: [(u64, &str); 11] = [
    (
        4,
        "an event that waited behind a growing gap came after its own redaction",
    ),
    (25, "a page asked for before a second gap ended both"),
    (
        31,
        "a picture that a moderator took away counted for the next report",
    ),
    (
        113,
        "a room was left with an answer lost, and a day later the card was posted again",
    ),
    (
        155,
        "a card whose event came back redacted was known by its answer alone",
    ),
    (
        1003,
        "the bot died between filling a gap and letting through what waited behind it",
    ),
    (
        5056,
        "a response asked for before a send was taken for proof that nothing was sent",
    ),
    (5639, "the same"),
    (
        2923,
        "a clock set back made an older response look newer than a send",
    ),
    (
        3300,
        "a ticket put back before it was recalled was recalled twice",
    ),
    (
        5907,
        "a reply to a message of ours that belongs to no ticket opened one",
    ),
];

/// The same among those about order.
const KEPT_ORDER: [(u64, &str); 8] = [
    (
        2921,
        "a mute that came while a level had still to be put right gave back the wrong one",
    ),
    (5571, "the same, with a second oversight behind it"),
    (
        3712,
        "two bans were lifted at once, and a room that only the first had closed stayed closed",
    ),
    (5071, "the same, by a native act"),
    (6273, "the same, with a removal beside it"),
    (
        7612,
        "a removal was undone during another one, which did not ask back into the room of the first",
    ),
    (
        3531,
        "an appeal against a warning undid it, which the model did not expect",
    ),
    (
        8809,
        "a level that had waited for a day was asked for again, over a moderator's later word",
    ),
];

#[test]
fn stories_that_once_ended_badly_end_well() {
    let tickets = KEPT.iter().map(|kept| (Plot::Tickets, kept));
    let order = KEPT_ORDER.iter().map(|kept| (Plot::Order, kept));
    for (plot, (seed, once)) in tickets.chain(order) {
        let told = play(*seed, plot, Broken::No, false);
        assert!(told.is_ok(), "{plot:?}, seed {seed} ({once}): {told:?}");
    }
}

/// The first story in which a broken bot is found out.
fn found_out(plot: Plot, broken: Broken, within: u64) -> (u64, String) {
    let found = (0..within).find_map(|seed| Some((seed, play(seed, plot, broken, false).err()?)));
    found.unwrap_or_else(|| panic!("{broken:?} is not noticed within {within} stories"))
}

#[test]
fn rows_that_leave_the_store_too_early_are_noticed() {
    let (seed, why) = found_out(Plot::Tickets, Broken::SettleFirst, 50);
    eprintln!("settled before sent: noticed by seed {seed}: {why}");
}

#[test]
fn a_cursor_that_is_committed_too_early_is_noticed() {
    let (seed, why) = found_out(Plot::Tickets, Broken::CursorFirst, 50);
    eprintln!("cursor before records: noticed by seed {seed}: {why}");
}

#[test]
fn mutes_that_are_forgotten_at_a_start_are_noticed() {
    let (seed, why) = found_out(Plot::Order, Broken::HoldsForgotten, 100);
    eprintln!("mutes forgotten: noticed by seed {seed}: {why}");
}

#[test]
fn adverts_that_stay_are_noticed() {
    let (seed, why) = found_out(Plot::Spam, Broken::SpamStays, 50);
    eprintln!("adverts stay: noticed by seed {seed}: {why}");
}

#[test]
fn mutes_for_spam_that_are_forgotten_are_noticed() {
    let (seed, why) = found_out(Plot::Spam, Broken::HoldsForgotten, 200);
    eprintln!("mutes for spam forgotten: noticed by seed {seed}: {why}");
}

#[test]
fn timers_that_are_lost_while_the_bot_is_down_are_noticed() {
    let (seed, why) = found_out(Plot::Order, Broken::TimersDropped, 100);
    eprintln!("timers dropped: noticed by seed {seed}: {why}");
}
