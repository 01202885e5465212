//! Why a message is suspected. Nothing here does IO.

use serde::{Serialize, Serializer};

use crate::text::links::{Kind, Link};

/// Characters of what was written that are shown at each end, where it is long.
const SHOWN_AT_START: usize = 5;
const SHOWN_AT_END: usize = 3;

/// A sign of an advert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A contact id, shortened: it is not to be spread.
    Contact(String),
    /// A link, by its host, and what is to be said about it.
    Link(String, &'static str),
    /// A link that nothing speaks against.
    AnyLink,
    /// The words of an advert.
    Reads,
    /// It tells of a danger, so that nobody acts on it by themselves.
    Emergency,
}

impl Reason {
    pub(super) fn contact(written: &str) -> Self {
        Self::Contact(shortened(written))
    }

    pub(super) fn link(written: &str, link: &Link) -> Self {
        let about = match link.kind {
            Kind::Denied => "not wanted here",
            Kind::LookAlike(_) => "made to look like another",
            Kind::Invitation(_) => "invites elsewhere",
            Kind::Address => "a number instead of a name",
            Kind::Shortener => "hides where it leads",
            Kind::Allowed | Kind::Plain => "disguised",
        };
        let host = if link.host.is_empty() {
            written
        } else {
            &link.host
        };
        Self::Link(shortened_host(host), about)
    }

    /// Whether two are the same sign.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

fn shortened(written: &str) -> String {
    let chars: Vec<char> = written.chars().filter(|c| !c.is_control()).collect();
    if chars.len() <= SHOWN_AT_START + SHOWN_AT_END {
        return chars.into_iter().collect();
    }
    let start: String = chars[..SHOWN_AT_START].iter().collect();
    let end: String = chars[chars.len() - SHOWN_AT_END..].iter().collect();
    format!("{start}…{end}")
}

fn shortened_host(host: &str) -> String {
    host.chars().take(60).collect()
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Contact(shown) => write!(f, "contact id “{shown}”"),
            Self::Link(host, about) => write!(f, "link to {host}: {about}"),
            Self::AnyLink => f.write_str("a link"),
            Self::Reads => f.write_str("reads like an advert"),
            Self::Emergency => f.write_str("tells of a danger: a person must decide"),
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
