//! What a message asks for, and everything its words tell. Nothing here does IO.
//!
//! A tag or a call to the bot makes a message a ticket; a question how an earlier report
//! stands never does; `!` starts a command; the rest is chat. For tickets and questions
//! about them the address is completed from the room and from the sender's name.

mod body;
mod category;
mod clauses;
mod command;
mod courtesy;
mod fill;
mod private;
mod status;
mod status_words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::address::{self, Address, Registry};
use super::danger::{self, Danger};
use super::fold::Folded;
use super::matter;
use super::place;
use super::posts::{self, Kinds};
use super::tags::{self, Category};
use courtesy::Talk;

/// What a message asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// A new matter for the staff.
    Ticket,
    /// A question how an earlier matter stands.
    StatusQuery,
    /// A question how to use the bot.
    #[serde(rename = "help")]
    HowTo,
    /// A post for the neighbours: `linli explain` calls it help, and tells it under that name.
    #[serde(rename(serialize = "help"))]
    Post,
    /// An order to the bot, starting with `!`.
    Command,
    /// Anything else, which the bot leaves alone.
    Chat,
}

impl Intent {
    /// The name in snake case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::StatusQuery => "status_query",
            Self::HowTo | Self::Post => "help",
            Self::Command => "command",
            Self::Chat => "chat",
        }
    }
}

/// Where and by whom a message was written.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The building of the room, if it is the room of one.
    pub building: Option<&'a str>,
    /// The sender's display name.
    pub sender: Option<&'a str>,
    /// The buildings of the community; empty when they are not known.
    pub registry: &'a Registry,
    /// The kinds of help posts that the community has.
    pub kinds: &'a Kinds,
    /// Whether the message is known to mention the bot, whatever its text says.
    pub mentions_bot: bool,
    /// Whether it shows a picture or the like.
    pub has_media: bool,
    /// The names by which the text may call the bot.
    pub bot_names: &'a [&'a str],
}

impl<'a> Surroundings<'a> {
    /// Nothing known but the buildings of the community.
    #[must_use]
    pub fn of(registry: &'a Registry) -> Self {
        Self {
            building: None,
            sender: None,
            registry,
            kinds: Kinds::shipped(),
            mentions_bot: false,
            has_media: false,
            bot_names: &["linli", "邻里"],
        }
    }
}

/// What was understood of a message. Serialises to exactly these keys in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// What it asks for.
    pub intent: Intent,
    /// The tag as written, without `#`.
    pub tag: Option<String>,
    /// What it is about: by the tag, or by the words of a call to the bot.
    pub category: Option<Category>,
    /// Where it is about.
    pub address: Address,
    /// The place it names, such as `楼道`, `家里` or `kitchen`.
    pub place: Option<String>,
    /// Whether the sender asks not to be shown.
    pub private: bool,
}

/// The text without the quote of a reply.
pub(super) fn without_quote(text: &str) -> &str {
    body::without_quote(text)
}

/// The folded words of a message without the quote of a reply and without its tag.
#[must_use]
pub fn own_words(text: &str) -> String {
    let folded = Folded::new(body::without_quote(text));
    let tag = tags::find_in(&folded).map(|(_, range)| range);
    blanked(folded.text(), tag.as_ref()).into_owned()
}

/// What folded words are about, which tell of this danger, where no tag says so; None where they do not tell.
pub(super) fn category_of(own: &str, danger: Option<Danger>) -> Option<Category> {
    category::of(own, danger)
}

/// Where in folded words their sender asks not to be shown.
pub(super) fn wishes_of(own: &str) -> Vec<Range<usize>> {
    private::find(own)
}

/// Whether a message tells of people in danger.
#[must_use]
pub fn is_emergency(text: &Folded<'_>) -> bool {
    danger::told(text.text()).is_some()
}

/// Whether a message tells that a child or an old person is missing.
#[must_use]
pub fn is_missing(text: &Folded<'_>) -> bool {
    danger::told(text.text()) == Some(Danger::Missing)
}

/// Whether a message gives thanks and says nothing else.
#[must_use]
pub fn is_thanks(text: &str) -> bool {
    courtesy::is_thanks(Folded::new(body::without_quote(text)).text())
}

/// Whether a message is polite, and says nothing else.
#[must_use]
pub fn is_courtesy(text: &str) -> bool {
    courtesy::judge(&Folded::new(body::without_quote(text))) == Talk::Courtesy
}

/// Whether the sender of a message wants nobody to know who they are, staff neither.
#[must_use]
pub fn wants_no_name(text: &str) -> bool {
    private::wants_no_name(Folded::new(body::without_quote(text)).text())
}

/// Whether a message bears a tag that makes it a ticket.
#[must_use]
pub fn has_tag(text: &Folded<'_>) -> bool {
    tags::find_in(text).is_some()
}

/// Whether a message reports something, or tells of something broken: neighbours do so in the same words.
#[must_use]
pub fn is_report(text: &Folded<'_>) -> bool {
    has_tag(text) || category::has_fault(text.text())
}

/// Reads a message: what it asks for, and what its words and surroundings tell. The quote
/// that a Matrix client puts before a reply is not read.
#[must_use]
pub fn read(text: &str, around: &Surroundings) -> Reading {
    let text = body::without_quote(text);
    let is_command = command::is_command(text);
    let whole = Folded::new(text);
    let rest = body::without_bot_name(&whole, around.bot_names, around.mentions_bot);
    let is_called = around.mentions_bot || rest.is_some();
    let folded = rest.as_deref().map_or(whole, Folded::new);
    let tag = if is_command {
        None
    } else {
        tags::find_in(&folded)
    };
    let own = blanked(folded.text(), tag.as_ref().map(|(_, range)| range));
    let post = if is_command || tag.is_some() {
        None
    } else {
        posts::tag_in(&folded, around.kinds)
    };
    let intent = match &post {
        _ if is_command => Intent::Command,
        Some(_) if posts::is_for_staff(&own) => Intent::Ticket,
        Some(_) => Intent::Post,
        None => intent(&folded, &own, tag.is_some(), is_called, around.has_media),
    };
    let tag = tag.map(|(tag, _)| tag);
    let category = match (&tag, intent) {
        (Some(tag), _) => Some(tag.category),
        (None, Intent::Ticket) => category::of(&own, danger::told(&own)),
        (
            None,
            Intent::StatusQuery | Intent::HowTo | Intent::Post | Intent::Command | Intent::Chat,
        ) => None,
    };
    let wishes = private::find(folded.text());
    // "Don't show my flat" is no matter in the flat.
    let place = place::find_outside(folded.text(), &wishes);
    let found = address::find(&folded, around.registry);
    let address = match intent {
        Intent::Ticket | Intent::StatusQuery => {
            let is_public = matter::is_public(&own, place, category);
            fill::fill(&folded, &found, place, is_public, around)
        }
        Intent::HowTo | Intent::Post | Intent::Command | Intent::Chat => found.address,
    };
    Reading {
        intent,
        tag: tag.map(|tag| tag.name).or(post.map(|post| post.name)),
        category,
        address,
        place: place.map(|place| place.name.to_owned()),
        private: !wishes.is_empty(),
    }
}

/// A text without the names by which it calls the bot.
#[must_use]
pub fn without_call(text: &str, bot_names: &[&str]) -> String {
    // Most texts call nobody, and folding is dear; a name in letters of full width may stay.
    let lower = text.to_lowercase();
    if !bot_names
        .iter()
        .any(|name| lower.contains(&name.to_lowercase()))
    {
        return text.to_owned();
    }
    let rest = body::without_bot_name(&Folded::new(text), bot_names, false);
    rest.map_or_else(|| text.to_owned(), |rest| rest.trim().to_owned())
}

/// The intent of a message that is no command.
fn intent(folded: &Folded, own: &str, has_tag: bool, is_called: bool, has_media: bool) -> Intent {
    if status::is_asked(folded, own, has_tag || is_called) {
        return Intent::StatusQuery;
    }
    if has_tag {
        return Intent::Ticket;
    }
    if is_called && folded.text().trim().is_empty() {
        // Whoever only calls wants to know what to say, and whoever calls with a picture has said it.
        return if has_media {
            Intent::Ticket
        } else {
            Intent::HowTo
        };
    }
    if is_called {
        return match courtesy::judge(folded) {
            Talk::Courtesy => Intent::Chat,
            Talk::Help => Intent::HowTo,
            Talk::Other => Intent::Ticket,
        };
    }
    if courtesy::is_help_alone(own) {
        Intent::HowTo
    } else {
        Intent::Chat
    }
}

/// The text with spaces where the tag stands, so that 报修 in a tag is not taken for a
/// word of the sender's. Positions stay as they are.
fn blanked<'t>(text: &'t str, tag: Option<&Range<usize>>) -> Cow<'t, str> {
    let Some(tag) = tag else {
        return Cow::Borrowed(text);
    };
    let mut own = String::with_capacity(text.len());
    own.push_str(&text[..tag.start]);
    own.extend(std::iter::repeat_n(' ', tag.len()));
    own.push_str(&text[tag.end..]);
    Cow::Owned(own)
}
