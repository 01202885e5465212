//! How alike two posts are: what one has lost and another found, what one wants and another gives.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use super::post::Fields;
use crate::{
    domain::ids::{HOUR_MS, Millis},
    text::{
        address::{self, Registry},
        fold::Folded,
        posts::{self, Thing},
        sites,
    },
};

/// Why two posts may be of the same thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// What is the same counts for it, what differs against it: in tenths of the logarithm of the odds, as a logistic
    /// regression on generated posts weighs them, with days between loss and find weighed less, since those were few.
    pub score: i32,
    pub colour: bool,
    pub place: bool,
    pub time: bool,
    pub marks: bool,
}

/// So much it takes to tell the two of each other.
const ENOUGH_FOUND: i32 = 11;
const ENOUGH_GIVEN: i32 = -12;

/// So long before a loss something cannot have been found: people are not exact about hours.
const EARLIER_MS: i64 = 12 * HOUR_MS;

/// What is compared of a post.
#[derive(Clone, Copy)]
pub struct Side<'p> {
    pub told: &'p Fields,
    /// When it was posted.
    pub posted: Millis,
}

/// Whether something that was found may be what was lost; how alike they are where it is likely.
#[must_use]
pub fn of_lost(lost: Side, found: Side, registry: &Registry) -> Option<Likeness> {
    let mut likeness = of_things(lost.told, found.told)?;
    likeness.add_colour(lost.told, found.told, [17, 4, -20, -27]);
    likeness.add_marks(lost.told, found.told);
    likeness.add_place(lost.told, found.told, registry);
    likeness.add_time(lost, found)?;
    (likeness.score >= ENOUGH_FOUND).then_some(likeness)
}

/// Whether something that is given may be what is wanted.
#[must_use]
pub fn of_wanted(wanted: &Fields, given: &Fields) -> Option<Likeness> {
    let mut likeness = of_things(wanted, given)?;
    // A wish for a colour is a wish.
    likeness.add_colour(wanted, given, [8, 0, 0, -4]);
    (likeness.score >= ENOUGH_GIVEN).then_some(likeness)
}

fn of_things(one: &Fields, other: &Fields) -> Option<Likeness> {
    let (one, other) = (one.item.as_ref()?, other.item.as_ref()?);
    let score = match (posts::which_of_item(one), posts::which_of_item(other)) {
        (Some((first, which)), Some((second, other_which))) => {
            let score = match () {
                // Two dogs of which no more is known may be two.
                () if first == second && is_general(first) => 2,
                () if first == second => 5,
                // A dog and a corgi may be one.
                () if first.may_be(second) => -12,
                () => return None,
            };
            score - if differ(&which, &other_which) { 6 } else { 0 }
        }
        _ => match same_words(one, other) {
            75.. => 0,
            50.. => -12,
            _ => return None,
        },
    };
    Some(Likeness {
        score,
        ..Likeness::default()
    })
}

/// Whether two words for which one it is, in one language, have nothing in common: a wooden table and a glass table.
fn differ(one: &str, other: &str) -> bool {
    let is_told = !one.is_empty() && !other.is_empty();
    is_told && one.is_ascii() == other.is_ascii() && same_words(one, other) == 0
}

fn is_general(thing: Thing) -> bool {
    !thing.id.contains('/')
}

impl Likeness {
    /// The weights: for the same colour, for one that is not told, for one that people take for it, and for another.
    fn add_colour(&mut self, one: &Fields, other: &Fields, [same, none, alike, differs]: [i32; 4]) {
        let of = |told: &Fields| {
            let words = told.colour.iter().chain(&told.item);
            let words: Vec<&str> = words.map(String::as_str).collect();
            posts::colours(&words.join(" "))
        };
        let (one, other) = (of(one), of(other));
        self.colour = one.intersection(&other).next().is_some();
        self.score += match () {
            () if one.is_empty() || other.is_empty() => none,
            () if self.colour => same,
            () if are_alike(&one, &other) => alike,
            () => differs,
        };
    }

    fn add_marks(&mut self, one: &Fields, other: &Fields) {
        if let (Some(one), Some(other)) = (&one.marks, &other.marks) {
            self.marks = same_words(one, other) >= 40;
            self.score += if self.marks { 16 } else { -2 };
        }
    }

    fn add_place(&mut self, one: &Fields, other: &Fields, registry: &Registry) {
        if let (Some(one), Some(other)) = (&one.place, &other.place) {
            self.place = is_same_place(one, other, registry);
            // What was lost moves, and what was found was carried.
            self.score += if self.place { 22 } else { -15 };
        }
    }

    /// Adds how long after the loss it was found; `None` if that was before the loss.
    fn add_time(&mut self, lost: Side, found: Side) -> Option<()> {
        let lost_at = lost.told.at.unwrap_or(lost.posted);
        let found_at = found.told.at.unwrap_or(found.posted);
        let later = found_at.since(lost_at);
        let is_told = lost.told.at.is_some() && found.told.at.is_some();
        if later < -EARLIER_MS && lost.told.at.is_some() {
            return None;
        }
        self.time = later.abs() <= 48 * HOUR_MS;
        self.score += match (later / HOUR_MS, is_told) {
            (241.., _) => -20,
            (49.., _) => -12,
            (_, false) => 3,
            (25.., true) => -12,
            (13.., true) => -6,
            (4.., true) => 2,
            (-3.., true) => 15,
            (_, true) => -4,
        };
        Some(())
    }
}

/// Whether two places may be one: the same building, the same site of the estate, or mostly the same words.
fn is_same_place(one: &str, other: &str, registry: &Registry) -> bool {
    let building = |text: &str| address::read(&Folded::new(text), registry).building;
    if let (Some(one), Some(other)) = (building(one), building(other)) {
        return one == other;
    }
    let (sites, others) = (sites::named(one), sites::named(other));
    if !sites.is_empty() && !others.is_empty() {
        let mut sites = sites.iter();
        return sites.any(|site| others.iter().any(|other| sites::may_be(site, other)));
    }
    same_words(one, other) >= 50
}

/// Colours that people take for each other.
fn are_alike(one: &BTreeSet<&str>, other: &BTreeSet<&str>) -> bool {
    const ALIKE: [[&str; 2]; 12] = [
        ["white", "beige"],
        ["white", "grey"],
        ["grey", "black"],
        ["grey", "blue"],
        ["brown", "yellow"],
        ["brown", "beige"],
        ["brown", "orange"],
        ["orange", "yellow"],
        ["orange", "red"],
        ["red", "pink"],
        ["pink", "purple"],
        ["yellow", "beige"],
    ];
    let has = |a: &str, b: &str| one.contains(a) && other.contains(b);
    ALIKE.iter().any(|[a, b]| has(a, b) || has(b, a))
}

/// How much of the shorter text's words stands in the other, in percent: pairs of Chinese characters, and Latin words.
fn same_words(one: &str, other: &str) -> i32 {
    let (one, other) = (words(one), words(other));
    let least = one.len().min(other.len());
    if least == 0 {
        return 0;
    }
    let same = one.intersection(&other).count();
    i32::try_from(same * 100 / least).unwrap_or(0)
}

/// Words that tell nothing.
const PLAIN: [&str; 22] = [
    "the", "a", "an", "of", "in", "on", "at", "near", "by", "with", "and", "to", "it", "its", "is",
    "has", "front", "next", "one", "my", "our", "from",
];

fn words(text: &str) -> BTreeSet<String> {
    let folded = Folded::new(text);
    let mut words = BTreeSet::new();
    let mut before = None;
    for c in folded.text().chars() {
        let is_han = matches!(c, '\u{3400}'..='\u{9FFF}');
        if let (Some(before), true) = (before, is_han) {
            words.insert(format!("{before}{c}"));
        }
        before = is_han.then_some(c);
    }
    let latin = folded.text().split(|c: char| !c.is_ascii_alphanumeric());
    let latin = latin.filter(|word| !word.is_empty() && !PLAIN.contains(word));
    words.extend(latin.map(|word| word.trim_end_matches('s').to_owned()));
    words
}
