//! Why a message is suspected. Nothing here does IO.

use serde::{Deserialize, Serialize, Serializer};

use crate::text::links::{Kind, Link};

/// Characters of what was written that are shown at each end, where it is long.
const SHOWN_AT_START: usize = 5;
const SHOWN_AT_END: usize = 3;
/// Characters of a host, or of an operator's own word, that are shown.
const SHOWN_OF_NAMES: usize = 60;

/// A sign of an advert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A contact id, shortened: it is not to be spread.
    Contact(String),
    /// The same in a help post, which its author can post again without.
    ContactOfPost(String),
    /// A link, by its host, and what is to be said about it.
    Link(String, Fault),
    /// A link that nothing speaks against.
    AnyLink,
    /// The words of an advert.
    Reads,
    /// Something that stands on the operator's list.
    Listed(String),
    /// The same text by one person, so many times in so many minutes.
    Again { times: u32, minutes: u32 },
    /// The same text by one person in so many rooms.
    Rooms(u32),
    /// The same text by so many newcomers.
    Others(u32),
    /// So many people are called.
    Mentions(u32),
    /// Everybody is called.
    Everybody,
    /// A picture or the like by somebody who has hardly written yet.
    Media,
    /// The author's name is an advert.
    Name,
    /// A QR code, by the host it leads to or what else it holds, shortened.
    Code(String),
    /// So many messages in so many seconds.
    Flood { messages: u32, seconds: u32 },
    /// So many characters in so many seconds.
    Wall { characters: u32, seconds: u32 },
    /// So many people were invited in so many minutes.
    Invitations { people: u32, minutes: u32 },
    /// A moderator says so.
    Moderator,
    /// It tells of a danger, so that nobody acts on it by themselves.
    Emergency,
    /// The moderators have said that this text is none.
    Pardoned,
}

/// What speaks against a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    Denied,
    LookAlike,
    /// Its name is near to a trusted one.
    Near,
    Invitation,
    Number,
    Shortener,
    Disguised,
}

impl Reason {
    pub(super) fn contact(written: &str) -> Self {
        Self::Contact(shortened(written))
    }

    pub(super) fn contact_of_post(written: &str) -> Self {
        Self::ContactOfPost(shortened(written))
    }

    /// Whether it is a contact id.
    #[must_use]
    pub fn is_contact(&self) -> bool {
        matches!(self, Self::Contact(_) | Self::ContactOfPost(_))
    }

    /// A QR code that holds this.
    #[must_use]
    pub fn code(held: &str) -> Self {
        let host = held
            .split_once("://")
            .map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
        Self::Code(host.map_or_else(|| shortened(held), shortened_name))
    }

    pub(super) fn listed(entry: &str) -> Self {
        Self::Listed(shortened_name(entry))
    }

    pub(super) fn link(written: &str, link: &Link) -> Self {
        let fault = match link.kind {
            Kind::Denied => Fault::Denied,
            Kind::LookAlike(_) => Fault::LookAlike,
            Kind::Near(_) => Fault::Near,
            Kind::Invitation(_) => Fault::Invitation,
            Kind::Address => Fault::Number,
            Kind::Shortener => Fault::Shortener,
            Kind::Allowed | Kind::Plain => Fault::Disguised,
        };
        let host = if link.host.is_empty() {
            written
        } else {
            &link.host
        };
        Self::Link(shortened_name(host), fault)
    }

    /// Whether it stands in honest help posts as well: how to be reached, a page of the thing, a picture, the words of
    /// a seller.
    pub(super) fn is_in_honest_posts(&self) -> bool {
        match self {
            Self::ContactOfPost(_) | Self::AnyLink | Self::Reads | Self::Media => true,
            Self::Contact(_)
            | Self::Link(..)
            | Self::Listed(_)
            | Self::Again { .. }
            | Self::Rooms(_)
            | Self::Others(_)
            | Self::Mentions(_)
            | Self::Everybody
            | Self::Name
            | Self::Code(_)
            | Self::Flood { .. }
            | Self::Wall { .. }
            | Self::Invitations { .. }
            | Self::Moderator
            | Self::Emergency
            | Self::Pardoned => false,
        }
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

fn shortened_name(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_control())
        .take(SHOWN_OF_NAMES)
        .collect()
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Denied => "not wanted here",
            Self::LookAlike => "made to look like another",
            Self::Near => "nearly the name of another",
            Self::Invitation => "invites elsewhere",
            Self::Number => "a number instead of a name",
            Self::Shortener => "hides where it leads",
            Self::Disguised => "disguised",
        })
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Contact(shown) | Self::ContactOfPost(shown) => write!(f, "contact id “{shown}”"),
            Self::Link(host, fault) => write!(f, "link to {host}: {fault}"),
            Self::AnyLink => f.write_str("a link"),
            Self::Reads => f.write_str("reads like an advert"),
            Self::Listed(entry) => write!(f, "on the list of words: “{entry}”"),
            Self::Again { times, minutes } => {
                write!(f, "the same text {times} times in {minutes} min")
            }
            Self::Rooms(rooms) => write!(f, "the same text in {rooms} rooms"),
            Self::Others(people) => write!(f, "the same text by {people} newcomers"),
            Self::Mentions(people) => write!(f, "calls {people} people"),
            Self::Everybody => f.write_str("calls everybody"),
            Self::Media => f.write_str("a picture by a newcomer"),
            Self::Name => f.write_str("the name is an advert"),
            Self::Code(held) => write!(f, "QR code to {held}"),
            Self::Flood { messages, seconds } => write!(f, "{messages} messages in {seconds} s"),
            Self::Wall {
                characters,
                seconds,
            } => write!(f, "{characters} characters in {seconds} s"),
            Self::Invitations { people, minutes } => {
                write!(f, "{people} people invited in {minutes} min")
            }
            Self::Moderator => f.write_str("a moderator says so"),
            Self::Emergency => f.write_str("tells of a danger: a person must decide"),
            Self::Pardoned => f.write_str("the moderators have let this text pass"),
        }
    }
}

/// Reasons as people read them.
pub(super) fn in_words<S: Serializer>(
    reasons: &[Reason],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(reasons.iter().map(ToString::to_string))
}
