//! Which posts are told of each other, on posts generated from wordings that the matcher's lists were not made from: 300 of
//! them with known pairs, for each of ten seeds. `LINLI_SHOW_PAIRS` prints what goes wrong with the first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use linli::{
    domain::ids::{HOUR_MS, Millis},
    features::posts::{
        likeness::{Side, of_lost, of_wanted},
        post::Fields,
    },
    text::{
        address::{Building, Registry},
        posts::{self, Kinds},
    },
};
use serde::Deserialize;

use crate::simulation::chance::Chance;

/// Two people's wordings, neither of whom had seen the lists.
const WORDINGS: [&str; 2] = [
    include_str!("pairs_wordings.json"),
    include_str!("pairs_wordings_b.json"),
];

type Both = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
struct Wordings {
    things: Vec<Thing>,
    colours: Vec<Colour>,
    marks: Vec<Mark>,
    places: Vec<Place>,
    times: Vec<Time>,
    lost: Both,
    lost_pet: Both,
    lost_item: Both,
    found: Both,
    found_pet: Both,
    found_item: Both,
    give: Both,
    want: Both,
}

#[derive(Deserialize)]
struct Thing {
    id: String,
    side: String,
    zh: Vec<String>,
    en: Vec<String>,
    colours: Vec<String>,
}

#[derive(Deserialize)]
struct Colour {
    id: String,
    zh: Vec<String>,
    en: Vec<String>,
}

#[derive(Deserialize)]
struct Mark {
    fits: Vec<String>,
    zh: BTreeMap<String, Vec<String>>,
    en: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Place {
    zh: Vec<String>,
    en: Vec<String>,
    near: Vec<String>,
    id: String,
}

#[derive(Deserialize)]
struct Time {
    zh: Vec<String>,
    en: Vec<String>,
    hours_ago: i64,
    #[serde(default)]
    weekday: bool,
}

/// What one post is of.
#[derive(Clone)]
struct Case {
    thing: usize,
    colour: Option<usize>,
    mark: Option<usize>,
    place: usize,
    /// When it was lost or found.
    at: NaiveDateTime,
}

/// A generated post, and which one of a pair it is of.
struct Generated {
    seeks: bool,
    pair: usize,
    /// The number of the thing.
    thing: usize,
    side: String,
    text: String,
    told: Fields,
    posted: Millis,
}

struct Generator<'w> {
    words: &'w Wordings,
    chance: Chance,
    registry: Registry,
}

fn saturday() -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2026, 11, 28).expect("a date");
    day.and_hms_opt(10, 0, 0).expect("a time")
}

fn millis(at: NaiveDateTime) -> Millis {
    Millis(at.and_utc().timestamp_millis() - 8 * HOUR_MS)
}

impl Generator<'_> {
    fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        let at = self.chance.below(of.len());
        &of[at]
    }

    fn language(&mut self) -> &'static str {
        if self.chance.below(10) < 7 {
            "zh"
        } else {
            "en"
        }
    }

    /// Two posts of the same thing: one seeks it, the other has it.
    fn pair(&mut self, number: usize, out: &mut Vec<Generated>) {
        let thing = self.chance.below(self.words.things.len());
        let words = self.words;
        let of = &words.things[thing];
        let colours: Vec<usize> = (0..words.colours.len())
            .filter(|at| of.colours.contains(&words.colours[*at].id))
            .collect();
        let marks: Vec<usize> = (0..words.marks.len())
            .filter(|at| words.marks[*at].fits.contains(&of.id))
            .collect();
        let any: Vec<usize> = (0..words.colours.len()).collect();
        let colours = if colours.is_empty() { any } else { colours };
        let colour = Some(*self.one(&colours));
        let mark = (!marks.is_empty()).then(|| *self.one(&marks));
        let place = self.chance.below(words.places.len());
        let time = self.time();
        let lost = Case {
            thing,
            colour,
            mark,
            place,
            at: saturday() - chrono::TimeDelta::hours(time),
        };
        // It was found there, or next to it.
        let near = &words.places[place].near;
        let place = if self.chance.below(10) < 7 || near.is_empty() {
            place
        } else {
            let id = self.one(near).clone();
            let mut places = words.places.iter();
            places.position(|place| place.id == id).unwrap_or(place)
        };
        let found = Case {
            place,
            ..lost.clone()
        };
        let side = of.side.clone();
        let (seeks, has) = if side == "goods" {
            ("want", "give")
        } else {
            ("lost", "found")
        };
        out.push(self.post(&lost, number, &side, seeks));
        out.push(self.post(&found, number, &side, has));
    }

    fn time(&mut self) -> i64 {
        let words = self.words;
        self.one(&words.times).hours_ago
    }

    /// A post in somebody's words. What is found is found at that time or a day later, and told then.
    fn post(&mut self, case: &Case, pair: usize, side: &str, role: &str) -> Generated {
        let words = self.words;
        let thing = &words.things[case.thing];
        let language = self.language();
        let language = if thing.en.is_empty() { "zh" } else { language };
        let general = match role {
            "lost" => &words.lost,
            "found" => &words.found,
            "give" => &words.give,
            _ => &words.want,
        };
        let special = match (role, side) {
            ("lost", "pet") => Some(&words.lost_pet),
            ("lost", _) => Some(&words.lost_item),
            ("found", "pet") => Some(&words.found_pet),
            ("found", _) => Some(&words.found_item),
            _ => None,
        };
        let mut templates: Vec<String> = general[language].clone();
        templates.extend(special.into_iter().flat_map(|more| more[language].clone()));
        templates.retain(|template| {
            (case.colour.is_some() || !template.contains("{colour}"))
                && (case.mark.is_some() || !template.contains("{mark}"))
        });
        let template = self.one(&templates).clone();
        // The time is told as it is from when the post is written.
        let now = saturday();
        let hours = now.signed_duration_since(case.at).num_hours();
        let times: Vec<&Time> = words
            .times
            .iter()
            .filter(|time| time.hours_ago == hours && !time.weekday)
            .collect();
        let times = if times.is_empty() {
            words
                .times
                .iter()
                .filter(|time| time.hours_ago == hours)
                .collect()
        } else {
            times
        };
        let time = *self.one(&times);
        let pick = |list: &Vec<String>, own: &mut Self| own.one(list).clone();
        let of = |zh: &Vec<String>, en: &Vec<String>| {
            if language == "zh" {
                zh.clone()
            } else {
                en.clone()
            }
        };
        let name = pick(&of(&thing.zh, &thing.en), self);
        let mut text = template.replace("{thing}", &name);
        if let Some(colour) = case.colour {
            let colour = &words.colours[colour];
            let colour = pick(&of(&colour.zh, &colour.en), self);
            text = text.replace("{colour}", &colour);
        }
        if let Some(mark) = case.mark {
            let mark = &words.marks[mark];
            let by_role = if language == "zh" { &mark.zh } else { &mark.en };
            let side = if role == "lost" { "lost" } else { "found" };
            let mark = pick(&by_role[side], self);
            text = text.replace("{mark}", &mark);
        }
        let place = &words.places[case.place];
        let place = pick(&of(&place.zh, &place.en), self);
        let told_time = pick(&of(&time.zh, &time.en), self);
        text = text
            .replace("{place}", &place)
            .replace("{time}", &told_time);
        let tag = tag_of(role, side, language);
        let text = text.replace("{tag}", tag);
        let kinds = Kinds::shipped();
        let kind = posts::kind_of(&text, kinds).expect("a kind");
        let told = posts::read(&text, kind, kinds, &self.registry, now);
        let at = |local: Option<NaiveDateTime>| local.map(millis);
        let told = Fields {
            item: told.item,
            colour: told.colour,
            marks: told.marks,
            name: told.name,
            place: told.place,
            at: at(told.at),
            ..Fields::default()
        };
        Generated {
            seeks: matches!(role, "lost" | "want"),
            pair,
            thing: case.thing,
            side: side.to_owned(),
            text,
            told,
            posted: millis(now),
        }
    }
}

/// The tag that somebody would take.
fn tag_of(role: &str, side: &str, language: &str) -> &'static str {
    match (role, side, language) {
        ("lost", "pet", "zh") => "#寻宠",
        ("lost", _, "zh") => "#寻物",
        ("lost", "pet", _) => "#lostpet",
        ("lost", ..) => "#lost",
        ("found", "pet", "zh") => "#寻主",
        ("found", _, "zh") => "#招领",
        ("found", "pet", _) => "#foundpet",
        ("found", ..) => "#found",
        ("give", _, "zh") => "#送",
        ("give", ..) => "#give",
        (_, _, "zh") => "#求",
        _ => "#wanted",
    }
}

/// How often the matcher is right on posts of a seed: matches that are right, all matches, pairs that met, all pairs.
fn counted(words: &Wordings, seed: u64, shows: bool) -> (usize, usize, usize, usize) {
    let buildings = (1..=12).map(|n| Building::new(&n.to_string(), &["1", "2", "3"]));
    let mut generator = Generator {
        words,
        chance: Chance::new(seed),
        registry: Registry::new(buildings.collect()),
    };
    let mut all = Vec::new();
    for number in 0..150 {
        generator.pair(number, &mut all);
    }
    let (mut right, mut told, mut met) = (0, 0, 0);
    let mut missed: BTreeSet<usize> = (0..150).collect();
    for one in all.iter().filter(|one| one.seeks) {
        for other in all
            .iter()
            .filter(|other| !other.seeks && other.side == one.side)
        {
            let found = if one.side == "goods" {
                of_wanted(&one.told, &other.told)
            } else {
                let side = |of: &'_ Generated| of.posted;
                of_lost(
                    Side {
                        told: &one.told,
                        posted: side(one),
                    },
                    Side {
                        told: &other.told,
                        posted: side(other),
                    },
                    &generator.registry,
                )
            };
            let Some(likeness) = found else {
                continue;
            };
            told += 1;
            // Any cot is welcome to whoever wants one; a lost cat is one cat.
            let is_pair = one.pair == other.pair;
            let is_welcome = one.side == "goods" && one.thing == other.thing;
            right += usize::from(is_pair || is_welcome);
            if is_pair {
                met += 1;
                missed.remove(&one.pair);
            } else if shows && !is_welcome {
                println!(
                    "WRONG {likeness:?}\n  {}\n  {}\n  {:?}\n  {:?}",
                    one.text, other.text, one.told, other.told
                );
            }
        }
    }
    if shows {
        for one in all.iter().filter(|one| missed.contains(&one.pair)) {
            println!(
                "MISSED {} {}\n  {:?}",
                one.pair,
                one.text.replace('\n', " "),
                one.told
            );
        }
    }
    (right, told, met, 150)
}

#[test]
fn posts_that_belong_together_are_told_of_each_other() {
    let shows = std::env::var_os("LINLI_SHOW_PAIRS").is_some();
    for words in WORDINGS {
        let words: Wordings = serde_json::from_str(words).expect("wordings");
        let mut sums = (0, 0, 0, 0);
        for seed in 0..10 {
            let (right, told, met, pairs) = counted(&words, seed, shows && seed == 0);
            sums = (sums.0 + right, sums.1 + told, sums.2 + met, sums.3 + pairs);
        }
        let (right, told, met, pairs) = sums;
        eprintln!("precision: {right} of {told}; recall: {met} of {pairs}");
        assert!(right * 100 >= told * 90, "precision: {right} of {told}");
        assert!(met * 100 >= pairs * 80, "recall: {met} of {pairs}");
    }
}
