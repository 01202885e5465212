//! The two months as they will be played: by chance, but the same in every run.

use std::collections::BTreeMap;

use linli::domain::{
    ids::{DAY_MS, EventId, HOUR_MS, Millis},
    input::{Input, Reaction, Redaction},
};

use super::{
    APRIL, FEBRUARY, FEBRUARY_REPORTS, MARCH, MARCH_REPORTS, NOW,
    events::{HOMES, message, picture, said_text},
    habits::{ADDRESSED, BY_DAY, BY_NIGHT, DANGERS, PLACES, REPORTS, SOON, drawn, minutes, paths},
    matter::{Matter, posted},
};
use crate::{fake::estate, simulation::chance::Chance};

const SEED: u64 = 202_603;

/// The moments at which anything happens, the ends of the months among them.
fn moments(chance: &mut Chance) -> Vec<Millis> {
    let marks = [MARCH.plus(-1), MARCH, APRIL.plus(-1), NOW];
    let mut moments = vec![FEBRUARY];
    let mut last = FEBRUARY;
    while last < NOW {
        let hour = (last.0 + 8 * HOUR_MS).rem_euclid(DAY_MS) / HOUR_MS;
        let gap = if (7..22).contains(&hour) {
            drawn(chance, &BY_DAY)
        } else {
            drawn(chance, &BY_NIGHT)
        };
        let next = last.plus(minutes(chance, gap));
        let mark = marks.into_iter().find(|mark| last < *mark && *mark <= next);
        last = mark.unwrap_or(next);
        moments.push(last);
    }
    moments
}

/// A number as letters, which nobody takes for a home.
fn letters(no: usize) -> String {
    let digits = no.to_string();
    let letter = |digit: u8| char::from(b'q' + (digit - b'0'));
    digits.bytes().map(letter).collect()
}

/// Everything that happens, in its order, made before anything does.
pub struct Plot {
    chance: Chance,
    paths: Vec<(usize, &'static str)>,
    pub acts: BTreeMap<(Millis, usize), Input>,
}

impl Plot {
    /// Everything, and the moments at which it is taken in.
    pub fn made() -> (Self, Vec<Millis>) {
        let mut plot = Self {
            chance: Chance::new(SEED),
            paths: paths(),
            acts: BTreeMap::new(),
        };
        let moments = moments(&mut plot.chance);
        let mut opened = Vec::new();
        for (count, from, until) in [
            (FEBRUARY_REPORTS, FEBRUARY, MARCH),
            (MARCH_REPORTS, MARCH, APRIL),
        ] {
            let within = moments.iter().copied();
            let within: Vec<Millis> = within
                .filter(|moment| (from..until).contains(moment))
                .collect();
            // Some in the very first and the very last millisecond.
            opened.extend([within[0], within[within.len() - 1]]);
            for _ in 2..count {
                opened.push(*plot.chance.pick(&within).expect("a moment"));
            }
        }
        opened.sort_unstable();
        for (no, at) in (1..).zip(opened) {
            plot.report(no, at);
        }
        (plot, moments)
    }

    fn push(&mut self, at: Millis, act: impl FnOnce(EventId) -> Input) -> EventId {
        let count = self.acts.len();
        let id = EventId::from(format!("$f{count}"));
        self.acts.insert((at, count), act(id.clone()));
        id
    }

    /// Somebody reports something, and others see to it.
    fn report(&mut self, no: usize, at: Millis) {
        let place = drawn(&mut self.chance, &PLACES);
        let home = self.chance.below(HOMES);
        let reporter = match place {
            "staff" => (*self.chance.pick(&["wang", "zhang", "liu"]).expect("staff")).to_owned(),
            "notice" => format!("r{}x{home}", 1 + self.chance.below(3)),
            building => format!("r{building}x{home}"),
        };
        let reporter = estate::user(&reporter);
        let names_home = place == "notice" && self.chance.one_in(3);
        let text = if self.chance.one_in(30) {
            *self.chance.pick(&DANGERS).expect("a danger")
        } else if names_home {
            *self.chance.pick(&ADDRESSED).expect("a report")
        } else {
            drawn(&mut self.chance, &REPORTS)
        };
        // The same words of the same person would be the same report.
        let text = format!("{text}，记作{}", letters(no));
        let room = estate::room(place);
        let (here, by) = (room.clone(), reporter.clone());
        let report = self.push(at, |id| message((here, id), by, at, said_text(&text), None));
        let workers = if self.chance.one_in(2) {
            ["wang", "zhang"]
        } else {
            ["zhang", "wang"]
        };
        let matter = Matter {
            no,
            room,
            reporter,
            report,
            workers: workers.map(estate::user),
        };
        let path = drawn(&mut self.chance, &self.paths);
        self.follow(&matter, at, path);
    }

    fn follow(&mut self, matter: &Matter, opened: Millis, path: &str) {
        let (mut at, mut last) = (opened, matter.report.clone());
        for step in path.split(';') {
            let (delay, act) = step.trim().split_once(' ').expect("a delay");
            let (who, act) = act.split_once(' ').expect("somebody");
            at = at.plus(self.delay(delay));
            last = self.act(matter, at, who, act, last);
        }
    }

    fn delay(&mut self, name: &str) -> i64 {
        let between = match name {
            "at-once" => (0, 4),
            "shortly" => (5, 45),
            "soon" => drawn(&mut self.chance, &SOON),
            "hours" => (20, 540),
            "day" => (480, 1_800),
            "days" => (2_000, 13_000),
            other => panic!("no length of time is called {other}"),
        };
        minutes(&mut self.chance, between)
    }

    /// One step of a path.
    fn act(&mut self, matter: &Matter, at: Millis, who: &str, act: &str, last: EventId) -> EventId {
        let (room, sender) = (matter.room.clone(), matter.person(who));
        let (verb, words) = act.split_once(' ').unwrap_or((act, ""));
        let thread = Some(matter.report.clone());
        match verb {
            "replies" => self.push(at, |id| {
                message((room, id), sender, at, said_text(words), thread)
            }),
            "shows" => self.push(at, |id| message((room, id), sender, at, picture(), thread)),
            "taps" => self.push(at, |id| {
                Input::Reaction(Reaction {
                    room,
                    id,
                    sender,
                    at,
                    target: matter.card(),
                    key: words.to_owned(),
                })
            }),
            "undoes" => self.push(at, |id| {
                Input::Redaction(Redaction {
                    room,
                    id,
                    sender,
                    at,
                    target: last,
                })
            }),
            "posts" => self.push(at, |_| posted(matter)),
            _ => {
                let text = self.command(act, matter.no);
                let room = if who == "reporter" {
                    room
                } else {
                    estate::room("staff")
                };
                self.push(at, |id| {
                    message((room, id), sender, at, said_text(&text), None)
                })
            }
        }
    }

    fn command(&mut self, act: &str, no: usize) -> String {
        let earlier = no.saturating_sub(1 + self.chance.below(10)).max(1);
        let stars = drawn(&mut self.chance, &[(6, 5), (3, 4), (2, 3), (1, 2), (1, 1)]);
        act.replace('#', &no.to_string())
            .replace('←', &earlier.to_string())
            .replace('★', &stars.to_string())
    }
}
