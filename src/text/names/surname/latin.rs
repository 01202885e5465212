//! The surname among Latin words. Nothing here does IO.

use std::ops::Range;

use super::pinyin;
use super::words::{Word, is_latin, words};
use crate::text::fold::Folded;

/// Words that are no names.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "owner", "owners", "home", "homes", "house", "tenant", "tenants", "resident", "residents",
    "renter", "landlord", "landlady", "user", "guest", "flat", "apt", "apartment", "room", "rm",
    "unit", "building", "bldg", "tower", "block", "floor", "neighbor", "neighbour", "happy",
    "sunshine", "baby", "mom", "dad", "mum", "mama", "papa", "love", "lucky", "test", "new",
    "hello", "hi", "me", "my", "the", "official", "bot", "wechat", "weixin", "qq", "vip",
    "angel", "cat", "dog", "nobody", "anonymous", "unknown", "null", "none", "name", "iphone",
    "android", "phone", "matrix", "element", "member", "china", "chinese", "admin", "moderator",
    "staff", "manager", "no", "number", "and", "of", "from", "in", "at", "is", "am", "live",
    "lives", "here", "our", "we", "family", "household", "group", "chat", "sir", "madam", "ok",
    "yes", "girl", "boy", "lady", "woman", "sweet", "dream", "star", "flower", "princess",
    "prince", "honey", "cute", "super", "cool", "forever", "life", "good", "wife", "husband",
    "daughter", "kid", "kids", "mother", "father", "s", "jr", "sr", "ii", "iii", "esq", "phd",
    "laoshi", "xiansheng", "nvshi", "shifu", "ayi",
];

/// Titles: whatever follows is a name.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "mister", "madame", "monsieur",
    "herr", "frau",
];

/// Small words that belong to the surname after them.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "ter", "ten",
    "zu", "zum", "bin", "ibn", "al", "el", "st", "mc", "la", "los", "las", "af",
];

/// Particles that are no surnames by themselves.
const PARTICLES_ALONE: &[&str] = &[
    "van", "von", "der", "den", "del", "della", "los", "las", "st", "mc", "la",
];

/// The surname in a piece of a folded name, as it was written.
pub(super) fn surname(name: &Folded, piece: Range<usize>) -> Option<String> {
    let words = words(name, piece);
    let groups = words.split(|word| matches!(word.text, "&" | "/" | "and"));
    groups
        .into_iter()
        .find_map(of_one)
        .map(|span| written(name, span))
}

/// The surname of one person.
fn of_one(words: &[Word]) -> Option<Range<usize>> {
    let titled = words.iter().position(|word| TITLES.contains(&word.text));
    let after_title = titled.map_or(words, |at| &words[at + 1..]);
    // After a title even House is a name.
    let is_certain = titled.is_some() && after_title.len() == 1;
    let names: Vec<&Word> = after_title
        .iter()
        .filter(|word| is_certain || !NO_NAMES.contains(&word.text))
        .filter(|word| is_name(word.text) || PARTICLES.contains(&word.text))
        .collect();
    match names.as_slice() {
        [] => None,
        [one] => {
            let given = pinyin::is_given(one.text) && titled.is_none();
            let is_surname = !given && !PARTICLES_ALONE.contains(&one.text);
            is_surname.then(|| one.span.clone())
        }
        several => Some(of_several(several)),
    }
}

/// The surname among two words or more: before a comma, first in Chinese and some other
/// languages, else last with the particles before it.
fn of_several(names: &[&Word]) -> Range<usize> {
    let (first, last) = (names[0], names[names.len() - 1]);
    let is_particle = |word: &&&Word| PARTICLES.contains(&word.text);
    let comma = names[..names.len() - 1]
        .iter()
        .position(|word| word.comma_after);
    if let Some(at) = comma.filter(|at| names[..*at].iter().all(|word| is_particle(&word))) {
        return first.span.start..names[at].span.end;
    }
    let texts: Vec<&str> = names.iter().map(|word| word.text).collect();
    if pinyin::surname_is_first(&texts) {
        return first.span.clone();
    }
    let before = names[..names.len() - 1].iter().rev();
    let particles = before.take_while(is_particle).last();
    let start = particles.map_or(last.span.start, |word| word.span.start);
    start..last.span.end
}

/// Whether a word can be a name: two letters or more, no digit, and a vowel.
fn is_name(word: &str) -> bool {
    let letters = word.chars().filter(|c| is_latin(*c)).count();
    let digits = word.bytes().any(|b| b.is_ascii_digit());
    let sounds = |c: char| "aeiouy".contains(c) || !c.is_ascii() && is_latin(c);
    let all_latin = word.chars().all(|c| is_latin(c) || !c.is_alphabetic());
    letters >= 2 && !digits && all_latin && (word.chars().any(sounds) || word == "ng")
}

/// The word with its capitals, and with Latin letters where other ones passed for them.
fn written(name: &Folded, span: Range<usize>) -> String {
    let text = &name.text()[span.clone()];
    let capitals = name.as_written(span).chars().filter(|c| c.is_alphabetic());
    let mut capitals = capitals.map(char::is_uppercase);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphabetic() && capitals.next() == Some(true) {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}
