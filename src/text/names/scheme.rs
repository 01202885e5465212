//! What a community asks of a name. Nothing here does IO.

use regex::{Captures, Regex, RegexBuilder};
use thiserror::Error;

use super::Matched;
use crate::text::address::{Address, Found, plain_name};

/// The largest compiled pattern, in bytes.
const PATTERN_SIZE_MAX: usize = 1 << 20;

/// The groups that a pattern may name.
const GROUPS: [&str; 4] = ["building", "unit", "home", "surname"];

/// What a name must tell.
#[derive(Clone, Debug, Default)]
pub enum Scheme {
    /// The home and the surname; the building may come from the room.
    #[default]
    HomeAndSurname,
    /// The building, the stairwell (where buildings have them), the home and the surname,
    /// all of them written in the name.
    BuildingUnitHomeAndSurname,
    /// Whatever a pattern of the community's own says.
    Pattern(Pattern),
}

/// A pattern for names: a regular expression with named groups, and a name that fits it.
#[derive(Clone, Debug)]
pub struct Pattern {
    regex: Regex,
    example: String,
}

/// What is wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PatternError {
    /// It is no regular expression, or too large a one.
    #[error("the pattern is not a regular expression: {0}")]
    NoRegex(String),
    /// It has a group of another name.
    #[error("the pattern has a group `{0}`; known are building, unit, home, surname")]
    UnknownGroup(String),
    /// It lacks a group that every pattern needs.
    #[error("the pattern has no group `{0}`; write it as (?<{0}>…)")]
    NoGroup(&'static str),
    /// The example does not fit it.
    #[error("the example `{0}` does not fit the pattern, or gives it an empty group")]
    Example(String),
}

impl Scheme {
    /// True where names have no place for the stairwell, so that none is asked for.
    pub(super) fn leaves_stairwells_out(&self) -> bool {
        match self {
            Self::HomeAndSurname | Self::BuildingUnitHomeAndSurname => false,
            Self::Pattern(pattern) => !pattern
                .regex
                .capture_names()
                .any(|name| name == Some("unit")),
        }
    }
}

impl Pattern {
    /// Compiles a pattern once. The groups `home` and `surname` are needed; `building` and
    /// `unit` may be left out. `example` is shown to residents and must fit.
    ///
    /// # Errors
    /// What is wrong with the pattern or its example.
    pub fn new(pattern: &str, example: &str) -> Result<Self, PatternError> {
        let regex = RegexBuilder::new(pattern)
            .size_limit(PATTERN_SIZE_MAX)
            .build()
            .map_err(|error| PatternError::NoRegex(error.to_string()))?;
        let groups: Vec<&str> = regex.capture_names().flatten().collect();
        if let Some(other) = groups.iter().find(|group| !GROUPS.contains(group)) {
            return Err(PatternError::UnknownGroup((*other).to_owned()));
        }
        for needed in ["home", "surname"] {
            if !groups.contains(&needed) {
                return Err(PatternError::NoGroup(needed));
            }
        }
        let pattern = Self {
            regex,
            example: example.to_owned(),
        };
        let fits = pattern.read(example, example).is_some_and(|matched| {
            matched.surname.is_some() && matched.found.address.home.is_some()
        });
        if fits {
            Ok(pattern)
        } else {
            Err(PatternError::Example(example.to_owned()))
        }
    }

    /// A name that fits.
    #[must_use]
    pub fn example(&self) -> &str {
        &self.example
    }

    /// What the groups hold, in the name as written or else in its folded form.
    pub(super) fn read(&self, written: &str, folded: &str) -> Option<Matched> {
        let groups = self
            .regex
            .captures(written)
            .or_else(|| self.regex.captures(folded.trim()))?;
        let address = Address {
            building: group(&groups, "building").map(|name| plain_name(&name)),
            unit: group(&groups, "unit").map(|name| plain_name(&name)),
            home: group(&groups, "home").map(|home| home.to_ascii_uppercase()),
            ..Address::default()
        };
        Some(Matched {
            found: Found {
                address,
                ..Found::default()
            },
            surname: group(&groups, "surname"),
        })
    }
}

/// What a group holds; nothing when it is empty or took no part.
fn group(groups: &Captures, name: &str) -> Option<String> {
    let text = groups.name(name)?.as_str().trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_named() {
        let fault = |pattern, example| Pattern::new(pattern, example).unwrap_err().to_string();
        assert!(fault("(?<home>", "").starts_with("the pattern is not a regular expression: "));
        assert_eq!(
            fault("(?<home>\\d+)(?<name>.+)", ""),
            "the pattern has a group `name`; known are building, unit, home, surname"
        );
        assert_eq!(
            fault("(?<home>\\d+)", "501"),
            "the pattern has no group `surname`; write it as (?<surname>…)"
        );
        assert_eq!(
            fault("(?<home>\\d+) (?<surname>\\p{Han}*)", "501 "),
            "the example `501 ` does not fit the pattern, or gives it an empty group"
        );
        assert!(fault("(?<home>(\\w{500}){500})(?<surname>.)", "").contains("size limit"));
        let pattern = Pattern::new("^(?<home>\\d+)/(?<surname>.+)$", "501/王").unwrap();
        assert_eq!(pattern.example(), "501/王");
    }
}
