//! Numbers and letters that can name a part of an address. Nothing here does IO.

use super::numeral;

/// The largest number of a building that is written in digits: three of them.
const BUILDING_DIGITS_MAX: usize = 3;

/// A number, a letter or a mix of both, as it stands in the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'t> {
    /// Arabic digits.
    Digits(&'t str),
    /// One Latin letter.
    Letter(&'t str),
    /// Digits and letters, at most six characters.
    Mixed(&'t str),
    /// A Chinese number, already read.
    Numeral(u16),
    /// Chinese digits one by one.
    Spelled(&'t str),
}

impl Value<'_> {
    /// The name of a building: `3`, `B`, `A3`, `12B`.
    pub fn building(self) -> Option<String> {
        match self {
            // 021 and 010 start telephone numbers.
            Self::Digits(digits) if digits.len() == 3 && digits.starts_with('0') => None,
            Self::Digits(digits) if digits.len() <= BUILDING_DIGITS_MAX => number(digits),
            Self::Letter(letter) => Some(letter.to_ascii_uppercase()),
            Self::Mixed(mixed) => {
                let digits = mixed.trim_matches(|c: char| c.is_ascii_alphabetic());
                let fits = digits.len() + 1 == mixed.len()
                    && digits.len() <= 2
                    && digits.bytes().all(|b| b.is_ascii_digit());
                fits.then(|| mixed.to_ascii_uppercase())
            }
            Self::Numeral(n) => positive(n),
            Self::Digits(_) | Self::Spelled(_) => None,
        }
    }

    /// The name of a stairwell: `2`, `B`.
    pub fn unit(self) -> Option<String> {
        match self {
            Self::Digits(digits) if digits.len() <= 2 => number(digits),
            Self::Letter(letter) => Some(letter.to_ascii_uppercase()),
            Self::Numeral(n) if n < 100 => positive(n),
            Self::Digits(_) | Self::Mixed(_) | Self::Numeral(_) | Self::Spelled(_) => None,
        }
    }

    /// A floor or a phase: up to 99.
    pub fn small_number(self) -> Option<String> {
        match self {
            Self::Digits(digits) if digits.len() <= 2 => number(digits),
            Self::Numeral(n) if n < 100 => positive(n),
            Self::Digits(_)
            | Self::Letter(_)
            | Self::Mixed(_)
            | Self::Numeral(_)
            | Self::Spelled(_) => None,
        }
    }

    /// A home that shows itself by its shape: three or four digits, or digits with a
    /// letter (`12A04`, `501A`, `3B`). Round hundreds are quantities.
    pub fn home(self) -> Option<String> {
        match self {
            Self::Digits(digits) if digits.ends_with("00") => None,
            Self::Digits(digits) => home_digits(digits),
            Self::Spelled(run) => home_digits(&arabic(run)),
            Self::Mixed(mixed) if is_mixed_home(mixed) && !is_jargon(mixed) => {
                Some(mixed.to_ascii_uppercase())
            }
            Self::Mixed(_) | Self::Letter(_) | Self::Numeral(_) => None,
        }
    }

    /// A home whose shape alone does not say so, but whose mark (室, Apt) does.
    pub fn marked_home(self) -> Option<String> {
        match self {
            Self::Digits(digits) if digits.len() <= 2 => number(digits),
            Self::Digits(digits) => home_digits(digits),
            Self::Letter(letter) => Some(letter.to_ascii_uppercase()),
            Self::Mixed(mixed) => is_mixed_home(mixed).then(|| mixed.to_ascii_uppercase()),
            Self::Numeral(n) => positive(n),
            Self::Spelled(run) => home_digits(&arabic(run)),
        }
    }

    /// Whether this could be one of several buildings, units or floors: `3、5号楼`.
    pub fn is_short(self) -> bool {
        match self {
            Self::Digits(digits) => digits.len() <= BUILDING_DIGITS_MAX,
            Self::Letter(_) | Self::Numeral(_) => true,
            Self::Mixed(_) | Self::Spelled(_) => false,
        }
    }
}

/// The floor that a home's number tells: `501` is on 5, `12A04` on 12.
pub(crate) fn floor_of(home: &str) -> Option<u16> {
    let digits = home
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(home.len());
    let floor = if digits == home.len() {
        home.get(..digits.checked_sub(2)?)?
    } else if digits >= 3 {
        home.get(..digits - 2)?
    } else {
        home.get(..digits)?
    };
    floor.parse().ok()
}

/// Which door of its floor a home is: `501` is the first, `3B` the second.
pub(super) fn door_of(home: &str) -> Option<u16> {
    let tail = home.trim_start_matches(|c: char| c.is_ascii_digit());
    let lead = home.len() - tail.len();
    let mut letters = tail.bytes();
    match (letters.next(), letters.next()) {
        (None, _) => home.get(lead.checked_sub(2)?..)?.parse().ok(),
        (Some(letter), None) if lead <= 2 => Some(u16::from(letter.wrapping_sub(b'A')) + 1),
        (Some(_), None) => home.get(lead - 2..lead)?.parse().ok(),
        (Some(_), Some(_)) => tail.get(1..)?.parse().ok(),
    }
}

fn positive(n: u16) -> Option<String> {
    (n > 0).then(|| n.to_string())
}

/// Digits without leading zeros; zero names nothing.
fn number(digits: &str) -> Option<String> {
    let bare = digits.trim_start_matches('0');
    (!bare.is_empty()).then(|| bare.to_owned())
}

/// `501`, `1204`; `0501` is `501`, but `007` is no home.
fn home_digits(digits: &str) -> Option<String> {
    match (digits.len(), digits.trim_start_matches('0').len()) {
        (3, 3) | (4, 4) => Some(digits.to_owned()),
        (4, 3) => number(digits),
        _ => None,
    }
}

fn arabic(spelled: &str) -> String {
    spelled
        .chars()
        .filter_map(numeral::digit)
        .map(|d| d.to_string())
        .collect()
}

/// Digits, one letter, perhaps more digits: `12a04`, `3b`, `501a`.
fn is_mixed_home(mixed: &str) -> bool {
    let tail = mixed.trim_start_matches(|c: char| c.is_ascii_digit());
    let lead = mixed.len() - tail.len();
    let Some(door) = tail.strip_prefix(|c: char| c.is_ascii_alphabetic()) else {
        return false;
    };
    mixed.starts_with(|c: char| ('1'..='9').contains(&c))
        && door.bytes().all(|b| b.is_ascii_digit())
        && match lead {
            1 | 2 => door.len() <= 2,
            3 | 4 => door.is_empty(),
            _ => false,
        }
}

/// Mixes that mean something else than a home: 5G, 24h, 12F, 3D, 220V.
fn is_jargon(mixed: &str) -> bool {
    let (number, letter) = mixed.split_at(mixed.len() - 1);
    match letter.as_bytes() {
        [b'f'] => number.len() <= 2,
        [b'd'] => matches!(number, "2" | "3" | "4"),
        [b'g'] => number.len() >= 3 || matches!(number, "2" | "3" | "4" | "5" | "6"),
        [b'h'] => matches!(number, "1" | "2" | "12" | "24" | "48" | "72"),
        [b'i'..=b'z'] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homes_by_shape() {
        for (value, home) in [
            (Value::Digits("501"), Some("501")),
            (Value::Digits("1204"), Some("1204")),
            (Value::Digits("0501"), Some("501")),
            (Value::Digits("007"), None),
            (Value::Digits("200"), None),
            (Value::Digits("12"), None),
            (Value::Digits("12045"), None),
            (Value::Mixed("12a04"), Some("12A04")),
            (Value::Mixed("3b"), Some("3B")),
            (Value::Mixed("501a"), Some("501A")),
            (Value::Mixed("e02"), None),
            (Value::Mixed("5g"), None),
            (Value::Mixed("24h"), None),
            (Value::Mixed("12f"), None),
            (Value::Mixed("10v"), None),
            (Value::Spelled("五零一"), Some("501")),
            (Value::Spelled("一二"), None),
        ] {
            assert_eq!(value.home().as_deref(), home, "{value:?}");
        }
        assert_eq!(Value::Mixed("12j").marked_home().as_deref(), Some("12J"));
        assert_eq!(Value::Digits("5").marked_home().as_deref(), Some("5"));
    }

    #[test]
    fn buildings_by_shape() {
        for (value, building) in [
            (Value::Digits("3"), Some("3")),
            (Value::Digits("03"), Some("3")),
            (Value::Digits("0"), None),
            (Value::Digits("2024"), None),
            (Value::Letter("b"), Some("B")),
            (Value::Mixed("a3"), Some("A3")),
            (Value::Mixed("12b"), Some("12B")),
            (Value::Mixed("12a04"), None),
            (Value::Numeral(21), Some("21")),
            (Value::Numeral(0), None),
            (Value::Spelled("一三"), None),
        ] {
            assert_eq!(value.building().as_deref(), building, "{value:?}");
        }
    }

    #[test]
    fn floors_and_doors() {
        for (home, floor, door) in [
            ("501", Some(5), Some(1)),
            ("1204", Some(12), Some(4)),
            ("12A04", Some(12), Some(4)),
            ("3B", Some(3), Some(2)),
            ("501A", Some(5), Some(1)),
            ("5", None, None),
            ("A", None, Some(1)),
        ] {
            assert_eq!((floor_of(home), door_of(home)), (floor, door), "{home}");
        }
    }
}
