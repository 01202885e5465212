//! Stories about what neighbours do for each other: posts, queues, promises, seats, matches, claims, watches and somebody who
//! is missing, by day and by night. There is no model of each step; what must be so is read off the rooms, the records and the
//! commits (see `verify`).

mod acts;
mod verify;

use linli::{
    domain::{
        feature::{Feature, World},
        ids::{HOUR_MS, Millis},
    },
    features,
};
use serde_json::json;

use super::scene::Scene;
use crate::fake::estate;

/// When people may be told what can wait, in hours.
const WAKING: (i64, i64) = (8, 22);

/// The features of these stories: all that does not judge adverts.
static FEATURES: &[Feature] = &[
    features::moderation::FEATURE,
    features::naming::FEATURE,
    features::posts::FEATURE,
    features::tickets::FEATURE,
    features::help::FEATURE,
];

/// What stories tell of themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    pub posts: usize,
    pub done: usize,
    pub over: usize,
    pub promises: usize,
    pub missed: usize,
    pub aboard: usize,
    pub moved_up: usize,
    pub gone: usize,
    pub matches: usize,
    pub watched: usize,
    pub claims: usize,
    pub alarms: usize,
    pub again: usize,
    /// Things told at night: to whoever had just acted, or of somebody who is missing.
    pub at_night: usize,
    /// Things told in all.
    pub messages: usize,
    pub crashes: usize,
}

impl Told {
    pub fn add(&mut self, other: Self) {
        let Self {
            posts,
            done,
            over,
            promises,
            missed,
            aboard,
            moved_up,
            gone,
            matches,
            watched,
            claims,
            alarms,
            again,
            at_night,
            messages,
            crashes,
        } = other;
        for (all, more) in [
            (&mut self.posts, posts),
            (&mut self.done, done),
            (&mut self.over, over),
            (&mut self.promises, promises),
            (&mut self.missed, missed),
            (&mut self.aboard, aboard),
            (&mut self.moved_up, moved_up),
            (&mut self.gone, gone),
            (&mut self.matches, matches),
            (&mut self.watched, watched),
            (&mut self.claims, claims),
            (&mut self.alarms, alarms),
            (&mut self.again, again),
            (&mut self.at_night, at_night),
            (&mut self.messages, messages),
            (&mut self.crashes, crashes),
        ] {
            *all += more;
        }
    }
}

struct Tale {
    scene: Scene,
}

/// Plays the story of a seed, and looks at what came of it.
pub fn play(seed: u64, trace: bool) -> Result<Told, String> {
    let mut server = estate::homeserver();
    estate::add_help(&mut server);
    let mut scene = Scene::new(seed, trace, server, world);
    scene.narrow();
    let mut tale = Tale { scene };
    for _ in 0..60 + tale.scene.chance.below(200) {
        tale.step();
    }
    tale.scene.calm();
    tale.verify()
}

fn world() -> World {
    estate::world_with_help(FEATURES, &json!({"posts_a_day": 50, "sales_a_week": 50}))
}

impl Tale {
    fn step(&mut self) {
        if self.scene.step() {
            for _ in 0..=self.scene.chance.below(3) {
                self.somebody_acts();
            }
        }
        if self.scene.chance.one_in(6) {
            self.scene.rest();
        }
        if self.scene.chance.one_in(30) {
            // In steps, so that what falls due one after the other is met one by one.
            for _ in 0..self.scene.chance.below(8) {
                let hours = self.scene.chance.ms(5);
                self.scene.sleep(hours);
                self.scene.robot.fire();
                self.scene.rest();
            }
        }
        if self.scene.chance.one_in(120) {
            let hours = self.scene.chance.ms(24 * 20);
            self.scene.sleep(hours);
            self.scene.robot.fire();
        }
    }
}

/// Whether people may be told what can wait.
fn is_awake(at: Millis) -> bool {
    let hour = (at.0 + 8 * HOUR_MS).rem_euclid(24 * HOUR_MS) / HOUR_MS;
    (WAKING.0..WAKING.1).contains(&hour)
}
