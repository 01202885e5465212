//! Names that are made to be taken for others. Nothing here does IO.

use super::hosts::{chosen, is_below};

/// A name shorter than this is like too many others.
const NAME_MIN: usize = 5;
/// From this length on one other letter is no accident.
const NEAR_MIN: usize = 6;

/// The trusted host that this one imitates.
pub(super) fn imitated<'t>(
    host: &str,
    trusted: impl Iterator<Item = &'t str> + Clone,
) -> Option<&'t str> {
    let is_one = trusted.clone().any(|name| is_below(host, name));
    let mut all = trusted;
    all.find(|name| !is_one && is_like(host, name))
}

fn is_like(host: &str, name: &str) -> bool {
    let (ours, theirs) = (chosen(host), chosen(name));
    // The same name below another end may be theirs as well.
    if ours == theirs {
        return false;
    }
    // `icbc.com.cn.verify.xyz`: the trusted name stands before the real one.
    let borrowed = host.starts_with(&format!("{name}.")) || host.contains(&format!(".{name}."));
    if borrowed || theirs.len() < NAME_MIN {
        return borrowed;
    }
    let parts = || ours.split('-');
    skeleton(ours) == skeleton(theirs)
        || parts().any(|part| part == theirs || part != ours && skeleton(part) == skeleton(theirs))
        || (theirs.len() >= NEAR_MIN && is_one_letter_off(ours, theirs))
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
    let rest = |bytes: &[u8], n: usize| bytes.get(n..).map(<[u8]>::to_vec);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Equal => {
            let swapped = a.len() >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..];
            rest(a, 1) == rest(b, 1) || swapped
        }
        std::cmp::Ordering::Less => Some(a.to_vec()) == rest(b, 1),
        std::cmp::Ordering::Greater => rest(a, 1) == Some(b.to_vec()),
    }
}
