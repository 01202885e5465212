//! Stories about the service itself: who is on duty and whose turn it is, helping hands and limits, outages that gather what
//! is reported, calls at the desk, and rounds. There is no model of each step; what must be so is read off the history, the
//! rooms and the commits (see `verify`).
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a check is about some of what may happen"
)]

mod acts;
mod histories;
mod outages;
mod rounds;
mod verify;

use linli::{
    domain::{
        feature::World,
        ids::{EventId, HOUR_MS, Millis, UserId},
    },
    features::tickets::ticket::Ticket,
};
use serde_json::json;

use super::{scene::Scene, story::WITHOUT_SPAM};
use crate::fake::estate::{self, user};

/// How many open tickets one person may have.
const JOBS_MAX: usize = 3;
/// When the electrician is on duty, in hours; for the rest of the day the plumber stands in.
const SHIFT: (i64, i64) = (8, 12);
/// When everybody else is on duty.
const WORK: (i64, i64) = (8, 20);
/// When staff may be called at all, unless people are in danger.
const WAKING: (i64, i64) = (8, 22);

/// What stories tell of themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    pub tickets: usize,
    pub by_turn: usize,
    pub helped: usize,
    pub called: usize,
    pub nobody: usize,
    pub dangers: usize,
    pub outages: usize,
    pub ended: usize,
    pub gathered: usize,
    pub calls: usize,
    /// Rounds that were done, missed in sight, skipped, and missed while the bot slept.
    pub rounds: [usize; 4],
    pub crashes: usize,
}

impl Told {
    pub fn add(&mut self, other: Self) {
        self.tickets += other.tickets;
        self.by_turn += other.by_turn;
        self.helped += other.helped;
        self.called += other.called;
        self.nobody += other.nobody;
        self.dangers += other.dangers;
        self.outages += other.outages;
        self.ended += other.ended;
        self.gathered += other.gathered;
        self.calls += other.calls;
        for (all, more) in self.rounds.iter_mut().zip(other.rounds) {
            *all += more;
        }
        self.crashes += other.crashes;
    }
}

struct Tale {
    scene: Scene,
    /// What was reported, and by a call, each with a word of its own.
    reports: Vec<(EventId, String)>,
    calls: Vec<(EventId, String)>,
}

/// Plays the story of a seed, and looks at what came of it.
pub fn play(seed: u64, trace: bool) -> Result<Told, String> {
    let mut scene = Scene::new(seed, trace, estate::homeserver(), world);
    scene.narrow();
    let mut tale = Tale {
        scene,
        reports: Vec::new(),
        calls: Vec::new(),
    };
    for _ in 0..60 + tale.scene.chance.below(200) {
        tale.step();
    }
    tale.scene.calm();
    tale.verify()
}

fn world() -> World {
    let section = json!({
        "ask_missing": false,
        "turns": ["plumbing", "electric"],
        "jobs_max": JOBS_MAX,
        "rounds": rounds::section(),
    });
    let world = estate::set(estate::world(WITHOUT_SPAM), "tickets", &section);
    let shift = format!("{:02}:00-{:02}:00", SHIFT.0, SHIFT.1);
    estate::with_duty(world, "wang", &shift, "zhang")
}

impl Tale {
    fn step(&mut self) {
        if self.scene.step() {
            self.somebody_acts();
        }
        if self.scene.chance.one_in(8) {
            self.scene.rest();
        }
        if self.scene.chance.one_in(40) {
            // In steps, so that what falls due one after the other is met one by one.
            for _ in 0..self.scene.chance.below(8) {
                let hours = self.scene.chance.ms(4);
                self.scene.sleep(hours);
                self.scene.robot.fire();
            }
        }
        if self.scene.chance.one_in(160) {
            let hours = self.scene.chance.ms(60);
            self.scene.sleep(hours);
            self.scene.robot.fire();
        }
    }

    fn tickets(&self) -> Vec<Ticket> {
        self.scene.kept("")
    }
}

/// Whether a moment of the day in Shanghai lies within these hours.
fn is_within((opens, closes): (i64, i64), at: Millis) -> bool {
    let hour = (at.0 + 8 * HOUR_MS).rem_euclid(24 * HOUR_MS) / HOUR_MS;
    (opens..closes).contains(&hour)
}

fn is_on_duty(who: &UserId, at: Millis) -> bool {
    let hours = if *who == user("wang") { SHIFT } else { WORK };
    is_within(hours, at)
}
