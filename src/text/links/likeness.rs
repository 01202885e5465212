//! Names that are made to be taken for others. Nothing here does IO.

use super::hosts::{chosen, is_below};

/// A name shorter than this is like too many others.
const NAME_MIN: usize = 5;
/// From this length on one other letter is no accident.
const NEAR_MIN: usize = 6;

/// A host that everybody here trusts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trusted {
    pub name: String,
    /// What somebody chose of the name, as it looks at a glance.
    skeleton: String,
}

impl Trusted {
    pub fn new(name: &str) -> Self {
        Self {
            skeleton: skeleton(chosen(name)),
            name: name.to_owned(),
        }
    }
}

/// How much a host is like a trusted one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// One letter is another one, or the name is one part of several: there are honest firms of such names.
    Near,
    /// It looks the same at a glance, or holds the whole of the other.
    Same,
}

/// The trusted host that this one imitates, and how much it is like that one.
pub(super) fn imitated<'t>(
    host: &str,
    trusted: impl Iterator<Item = &'t Trusted> + Clone,
) -> Option<(&'t str, Likeness)> {
    let ours = Ours::new(host);
    if trusted.clone().any(|other| is_below(host, &other.name)) {
        return None;
    }
    trusted
        .filter_map(|other| Some((other.name.as_str(), ours.likeness(other)?)))
        .max_by_key(|(_, likeness)| *likeness)
}

/// A host that may imitate another.
struct Ours<'h> {
    host: &'h str,
    chosen: &'h str,
    skeleton: String,
    /// Its parts between hyphens, where there are several, with their skeletons.
    parts: Vec<(&'h str, String)>,
}

impl<'h> Ours<'h> {
    fn new(host: &'h str) -> Self {
        let chosen = chosen(host);
        let parts = chosen.split('-').filter(|part| *part != chosen);
        Self {
            host,
            chosen,
            skeleton: skeleton(chosen),
            parts: parts.map(|part| (part, skeleton(part))).collect(),
        }
    }

    fn likeness(&self, other: &Trusted) -> Option<Likeness> {
        let theirs = chosen(&other.name);
        // The same name below another end may be theirs as well.
        if self.chosen == theirs {
            return None;
        }
        if self.borrows(&other.name) {
            return Some(Likeness::Same);
        }
        if theirs.len() < NAME_MIN {
            return None;
        }
        if self.skeleton == other.skeleton {
            return Some(Likeness::Same);
        }
        let is_part =
            |(part, skeleton): &(&str, String)| *part == theirs || *skeleton == other.skeleton;
        let is_near = self.parts.iter().any(is_part)
            || theirs.len() >= NEAR_MIN && is_one_letter_off(self.chosen, theirs);
        is_near.then_some(Likeness::Near)
    }

    /// `icbc.com.cn.verify.xyz`: the trusted name stands before the real one.
    fn borrows(&self, name: &str) -> bool {
        self.host.match_indices(name).any(|(at, _)| {
            let begins = at == 0 || self.host[..at].ends_with('.');
            begins && self.host[at + name.len()..].starts_with('.')
        })
    }
}

/// A name as it looks at a glance.
fn skeleton(name: &str) -> String {
    let name = name
        .replace("rn", "m")
        .replace("vv", "w")
        .replace("cl", "d");
    let letters = name.chars().filter(|c| *c != '-' && *c != '_');
    let plain = letters.map(|c| match c {
        '0' => 'o',
        '1' | 'i' | '|' => 'l',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '8' => 'b',
        '9' => 'g',
        other => other,
    });
    plain.collect()
}

/// Whether two names differ in one letter, or two neighbours are swapped, or one letter is more or less.
fn is_one_letter_off(one: &str, other: &str) -> bool {
    let (a, b) = (one.as_bytes(), other.as_bytes());
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Equal => {
            let swapped = a.len() >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..];
            a.get(1..) == b.get(1..) || swapped
        }
        std::cmp::Ordering::Less => Some(a) == b.get(1..),
        std::cmp::Ordering::Greater => a.get(1..) == Some(b),
    }
}
