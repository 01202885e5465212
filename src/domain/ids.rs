//! Newtypes for everything that could be confused with something else.
//! Nothing in this file does IO.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

macro_rules! string_id {
    ($(#[doc = $doc:literal])* $name:ident) => {
        $(#[doc = $doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the text as it is; nothing is checked.
            pub fn new(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            /// The text of the id.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::new(text)
            }
        }
    };
}

string_id!(
    /// A Matrix room id (`!…`).
    RoomId
);
string_id!(
    /// A Matrix event id (`$…`).
    EventId
);
string_id!(
    /// A Matrix user id (`@name:server`).
    UserId
);
string_id!(
    /// The transaction id of something to send: `<kind>-<input id>-<feature>-<n>`, the same each time the same
    /// input is decided. The kind is in it because Synapse's own key lacks the event type.
    Txn
);
impl Txn {
    /// The id of the input that it follows from; the whole text where it has another form.
    #[must_use]
    pub fn input(&self) -> &str {
        let text = self.as_str();
        // Event ids may hold hyphens, the parts around them none.
        let inner = text.split_once('-').map(|(_, rest)| rest);
        let inner = inner.and_then(|rest| rest.rsplitn(3, '-').nth(2));
        inner.unwrap_or(text)
    }
}

string_id!(
    /// A community's short name in the configuration; the scope of its records.
    CommunityId
);

impl UserId {
    /// The part between `@` and `:`, or the whole text where it has no such form.
    #[must_use]
    pub fn localpart(&self) -> &str {
        let text = self.as_str().strip_prefix('@').unwrap_or(self.as_str());
        text.split_once(':').map_or(text, |(local, _)| local)
    }

    /// The part after the first `:`: the homeserver's name; empty where there is none.
    #[must_use]
    pub fn server(&self) -> &str {
        self.as_str()
            .split_once(':')
            .map_or("", |(_, server)| server)
    }
}

/// The number of a ticket, counted from 1 in each community.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct TicketNo(pub u32);

impl TicketNo {
    /// The form used in keys: padded, so that the order of keys is the order of numbers.
    #[must_use]
    pub fn key(self) -> String {
        format!("{:08}", self.0)
    }
}

impl fmt::Display for TicketNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The number of a help post, counted from 1 in each community; shown as `H12`, so that it is no ticket's.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct PostNo(pub u32);

impl PostNo {
    /// The form used in keys, as of a ticket.
    #[must_use]
    pub fn key(self) -> String {
        format!("{:08}", self.0)
    }
}

impl fmt::Display for PostNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "H{}", self.0)
    }
}

/// Milliseconds since 1970-01-01 UTC.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// This moment and `ms` milliseconds, without overflow.
    #[must_use]
    pub fn plus(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; negative where `earlier` is the later one.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60_000;
/// Milliseconds in an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Milliseconds in a day.
pub const DAY_MS: i64 = 24 * HOUR_MS;
