//! The names of the staff and the moderators, which nobody else may bear. Nothing here
//! does IO.
//!
//! The rule, chosen so that nobody passes for staff and no honest neighbour is insulted:
//!
//! - The same home and the same name as a moderator who is a resident: imitates.
//! - A name without a home that equals a protected one, but for decorations, digits,
//!   look-alike characters or one Latin letter: imitates. Such a name would be refused in
//!   any case, and it cannot be told from the person.
//! - A name with a home that equals a protected one without it: imitates only where the
//!   protected name has the title of a job (王师傅, 陈经理, Steward Chen) and no home of its
//!   own. 王芳 or 王先生 in 3-2-501 is a namesake of a 王芳 on the staff: the home shows that
//!   she is a resident, and namesakes are common. 李师傅 in 3-2-501 is a resident as well.
//! - A name without a home that holds a protected name with a job title: imitates.

use super::looks::Looks;
use crate::text::address::{Address, Registry, in_name};
use crate::text::fold::Folded;
use crate::text::names::surname::Rest;
use crate::text::names::tidy::tidy;

/// A Latin name must have this many letters before one other letter is a look-alike.
const NEAR_LETTERS_MIN: usize = 7;

/// Protected names, ready to be compared.
#[derive(Clone, Debug, Default)]
pub struct Protected {
    names: Vec<One>,
}

#[derive(Clone, Debug)]
struct One {
    whole: String,
    rest: String,
    home: Option<Address>,
    has_job: bool,
}

impl Protected {
    /// Nobody.
    #[must_use]
    pub const fn none() -> Self {
        Self { names: Vec::new() }
    }

    /// The people of these display names, without the suffixes of bridges. Names without
    /// any letter or digit are ignored. The people themselves are for the caller to exempt.
    #[must_use]
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut names: Vec<One> = names.into_iter().map(One::new).collect();
        names.retain(|one| !one.rest.is_empty());
        Self { names }
    }

    /// Whether a name passes for one of them.
    pub(super) fn is_imitated(&self, looks: &Looks) -> bool {
        self.names.iter().any(|one| one.is_imitated(looks))
    }
}

impl One {
    fn new(name: &str) -> Self {
        let tidied = tidy(name);
        let folded = Folded::new(&tidied);
        let told = in_name(&folded, &Registry::default(), None);
        let looks = Looks::new(
            &Folded::new(name),
            &Rest::new(&folded, &told.spans),
            &told.found,
        );
        Self {
            whole: looks.whole_shape,
            rest: looks.rest_shape,
            home: looks.home,
            has_job: looks.has_job,
        }
    }

    fn is_imitated(&self, looks: &Looks) -> bool {
        if looks.home.is_some() {
            let same_name = looks.rest_shape == self.rest;
            return looks.whole_shape == self.whole
                || (same_name && self.home.is_some() && looks.home == self.home)
                || (same_name && self.home.is_none() && self.has_job);
        }
        let bare = without_digits(&looks.rest_shape);
        let mine = without_digits(&self.rest);
        if mine.chars().nth(1).is_none() {
            return looks.whole_shape == self.whole;
        }
        bare == mine || (self.has_job && bare.contains(mine)) || is_near(bare, mine)
    }
}

/// Without the digits around it: 王师傅1.
fn without_digits(shape: &str) -> &str {
    let bare = shape.trim_matches(|c: char| c.is_ascii_digit());
    if bare.is_empty() { shape } else { bare }
}

/// Whether two Latin names differ in one letter, or in one more or less.
fn is_near(one: &str, other: &str) -> bool {
    let is_latin = |name: &str| name.len() >= NEAR_LETTERS_MIN && name.is_ascii();
    if !is_latin(one) || !is_latin(other) {
        return false;
    }
    let (short, long) = if one.len() <= other.len() {
        (one.as_bytes(), other.as_bytes())
    } else {
        (other.as_bytes(), one.as_bytes())
    };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => short.get(same + 1..) == long.get(same + 1..) || short == long,
        1 => short.get(same..) == long.get(same + 1..),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_apart() {
        for (one, other, near) in [
            ("stewardchen", "stewardchem", true),
            ("stewardchen", "stewardchenn", true),
            ("stewardchen", "tewardchen", true),
            ("stewardchen", "stewardchen", true),
            ("stewardchen", "stewardwang", false),
            ("johnli", "johnly", false),
            ("王师傅", "李师傅", false),
        ] {
            assert_eq!(is_near(one, other), near, "{one} {other}");
        }
    }
}
