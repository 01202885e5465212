//! Help posts: what neighbours lose, find, give, swap, sell, want, borrow and share, read from the sentence. Nothing here
//! does IO.
//!
//! A tag says that a message is a post, and the table of `kinds` what sort of one; `things` knows which words mean the
//! same. `pieces` and `phrase` cut a sentence into its noun phrases by the words of `grammar`; each kind of field is read by a
//! file of its own, from the same `words`. What a sentence does not tell is left out and asked for.

mod colour;
mod grammar;
mod item;
mod kinds;
mod looks;
mod money;
mod name;
mod pattern;
mod phrase;
mod pieces;
mod ride;
mod seats;
mod spot;
mod things;
mod times;
mod tone;
mod veil;
mod words;

#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDateTime, SecondsFormat, TimeZone as _};
use chrono_tz::Tz;
use serde::Serialize;

use super::{
    address::Registry,
    danger::{self, Danger},
    fold::Folded,
    intent,
};
pub use colour::colours;
pub use kinds::{Ends, Field, Kind, Kinds, PostTag, Title, Way};
pub use things::{Class, Thing, of_item, which_of_item};
pub use tone::{Care, care, is_asking, is_for_all};
pub use veil::{Open, VEIL, veiled, veiled_but};
use words::Words;

/// What a post tells. Words are as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub item: Option<String>,
    pub colour: Option<String>,
    pub name: Option<String>,
    pub place: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    /// When it was lost or found, when the ride leaves, when the activity is, or when something is needed: local time.
    pub at: Option<NaiveDateTime>,
    pub seats: Option<u32>,
    /// The price, or somebody's share of the ride, in hundredths of the currency.
    pub price_cents: Option<i64>,
    /// Until when it stands: local time.
    pub until: Option<NaiveDateTime>,
    pub marks: Option<String>,
    pub condition: Option<String>,
    pub pickup: Option<String>,
    /// Whether whoever comes first shall have it.
    pub first_come: bool,
    /// On which days a ride leaves again and again, as a cron expression's day of the week.
    pub weekly: Option<String>,
}

/// What `linli explain` shows of a post.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    kind: String,
    item: Option<String>,
    colour: Option<String>,
    name: Option<String>,
    place: Option<String>,
    from: Option<String>,
    to: Option<String>,
    at: Option<String>,
    seats: Option<u32>,
    price_cents: Option<i64>,
    until: Option<String>,
    marks: Option<String>,
    condition: Option<String>,
    pickup: Option<String>,
}

/// The tag that makes a message a post.
pub(super) fn tag_in(text: &Folded, kinds: &Kinds) -> Option<PostTag> {
    kinds.tag(text)
}

/// Whether folded words tell of people in danger whom neighbours alone cannot help: a missing child is theirs to look
/// for too.
pub(super) fn is_for_staff(own: &str) -> bool {
    danger::told(own).is_some_and(|danger| danger != Danger::Missing)
}

/// The kind of a post; None for a message that is none. Whoever misses a child may have taken any tag.
#[must_use]
pub fn kind_of<'k>(text: &str, kinds: &'k Kinds) -> Option<&'k Kind> {
    let folded = Folded::new(intent::without_quote(text));
    let tag = kinds.tag(&folded)?;
    let words = Words::new(&folded, kinds);
    let kind = kinds.of_tag(&tag, words.own());
    // 寻狗 is about a dog, whatever else is told.
    let is_pet = kind.is_some_and(|kind| kind.item == Some(Class::Animal));
    let is_search = kind.is_some_and(|kind| kind.way == Way::Search);
    let own = words.own();
    let is_alarm = !is_pet
        && match item::strayed(own).filter(|_| is_search) {
            Some(strayed) => strayed == Class::Person,
            None => {
                danger::told(own) == Some(Danger::Missing)
                    && item::is_about_people(own) != Some(false)
            }
        };
    if is_alarm {
        kinds.alarm().or(kind)
    } else {
        kind
    }
}

/// A post without the tag that makes it one.
#[must_use]
pub fn without_tag(text: &str, kinds: &Kinds) -> String {
    let folded = Folded::new(text);
    let Some(tag) = kinds.tag(&folded) else {
        return text.to_owned();
    };
    let range = folded.original(tag.range);
    format!("{}{}", &text[..range.start], &text[range.end..])
        .trim()
        .to_owned()
}

/// Reads a post of a kind. `now` is the local time.
#[must_use]
pub fn read(
    text: &str,
    kind: &Kind,
    kinds: &Kinds,
    registry: &Registry,
    now: NaiveDateTime,
) -> Told {
    let folded = Folded::new(intent::without_quote(text));
    let words = Words::new(&folded, kinds);
    read_words(&words, kind, registry, now, false)
}

/// Reads the answer of an author who was asked for fields: what it tells may be one of them and nothing else.
#[must_use]
pub fn answered(
    text: &str,
    asked: &[Field],
    kind: &Kind,
    kinds: &Kinds,
    registry: &Registry,
    now: NaiveDateTime,
) -> Told {
    let folded = Folded::new(intent::without_quote(text));
    let words = Words::new(&folded, kinds);
    let mut told = read_words(&words, kind, registry, now, true);
    let has_time = told.at.is_some();
    words::alone(&words, asked, has_time, &mut told);
    told
}

fn read_words(
    words: &Words,
    kind: &Kind,
    registry: &Registry,
    now: NaiveDateTime,
    is_answer: bool,
) -> Told {
    let mut told = Told::default();
    let written = |range| words.written(range);
    let times = times::find(words, kind, now);
    let item = kind
        .has(Field::Item)
        .then(|| item::find(words, kind, &times.ranges))
        .flatten();
    if kind.has(Field::Colour) {
        told.colour = colour::find(words, item.as_ref()).map(written);
    }
    if kind.has(Field::Name) {
        told.name = name::find(words, kind).map(written);
    }
    if kind.has(Field::Place) {
        let around = (times.ranges.as_slice(), item.as_ref());
        told.place =
            spot::find(words, registry, around, is_answer, kind.way == Way::Pass).map(written);
    }
    if kind.has(Field::At) {
        (told.at, told.weekly) = (times.at, times.weekly);
    }
    if kind.has(Field::Until) {
        told.until = times.until;
    }
    if kind.has(Field::From) || kind.has(Field::To) {
        let (from, to) = ride::ends(words, &times.ranges);
        (told.from, told.to) = (from.map(written), to.map(written));
    }
    if kind.has(Field::Seats) {
        told.seats = seats::find(words, &times.ranges);
    }
    if kind.has(Field::Price) {
        told.price_cents = money::find(words, kind, &times.ranges);
    }
    told.marks = looks::marks(words)
        .filter(|_| kind.has(Field::Marks))
        .map(written);
    told.condition = looks::condition(words)
        .filter(|_| kind.has(Field::Condition))
        .map(written);
    told.pickup = looks::pickup(words)
        .filter(|_| kind.has(Field::Pickup))
        .map(written);
    told.first_come = looks::is_first_come(words);
    told.item = item.map(written);
    told
}

/// What `linli explain` shows of a text; None where it is no post.
#[must_use]
pub fn shown(text: &str, kinds: &Kinds, registry: &Registry, now: DateTime<Tz>) -> Option<Shown> {
    let kind = kind_of(text, kinds)?;
    let told = read(text, kind, kinds, registry, now.naive_local());
    let zone = now.timezone();
    let moment = |local: NaiveDateTime| {
        let at = zone.from_local_datetime(&local).earliest()?;
        Some(at.to_rfc3339_opts(SecondsFormat::Secs, false))
    };
    Some(Shown {
        kind: kind.name.clone(),
        item: told.item,
        colour: told.colour,
        name: told.name,
        place: told.place,
        from: told.from,
        to: told.to,
        at: told.at.and_then(moment),
        seats: told.seats,
        price_cents: told.price_cents,
        until: told.until.and_then(moment),
        marks: told.marks,
        condition: told.condition,
        pickup: told.pickup,
    })
}

/// The first moment from one on, on one of these days of the week (as cron writes them) and at the time of day of another.
#[must_use]
pub fn next_on(days: &str, at: NaiveDateTime, from: NaiveDateTime) -> Option<NaiveDateTime> {
    times::next(days, at, from)
}
