//! Whatever somebody says, and where: a message, an edit, a reaction of words, a name, a heading.
// Nothing in this file does IO.

use crate::{
    domain::{
        ids::{EventId, Millis, RoomId, UserId},
        input::{Content, Edit, Heading, Media, Member, Message, Reaction},
    },
    text::alike::Brief,
};

/// Something said.
#[derive(Clone, Debug)]
pub struct Spoken<'a> {
    pub what: What,
    pub room: &'a RoomId,
    pub user: &'a UserId,
    /// The event to remove.
    pub event: &'a EventId,
    /// Another one to remove with it: the message that an edit changes.
    pub with: Option<&'a EventId>,
    pub at: Millis,
    pub text: String,
    pub media: Option<Media>,
    pub mentions: usize,
    pub everybody: bool,
    /// What the text is compared by, and how many letters and digits it has; filled in when it is judged.
    pub brief: Option<Brief>,
    pub letters: usize,
    /// Whether its author is a resident of long standing, likewise.
    pub known: bool,
    /// Whether it stays whatever becomes of its author, likewise: it tells of a danger, or it is a report that nothing
    /// speaks against but how many there are.
    pub stays: bool,
}

/// In what form something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Message,
    Edit,
    Reaction,
    Name,
    Heading,
}

impl<'a> Spoken<'a> {
    /// A message.
    #[must_use]
    pub fn message(message: &'a Message) -> Self {
        let base = Self::base(&message.room, &message.sender, &message.id, message.at);
        base.with_content(&message.content)
    }

    /// What a message is changed to.
    #[must_use]
    pub fn edit(edit: &'a Edit) -> Self {
        let base = Self::base(&edit.room, &edit.sender, &edit.id, edit.at);
        Self {
            what: What::Edit,
            with: Some(&edit.target),
            ..base.with_content(&edit.content)
        }
    }

    /// A reaction.
    #[must_use]
    pub fn reaction(tap: &'a Reaction) -> Self {
        Self {
            what: What::Reaction,
            text: tap.key.clone(),
            ..Self::base(&tap.room, &tap.sender, &tap.id, tap.at)
        }
    }

    /// A member's name.
    #[must_use]
    pub fn name(member: &'a Member) -> Option<Self> {
        Some(Self {
            what: What::Name,
            text: member.name.clone()?,
            ..Self::base(&member.room, &member.user, member.id.as_ref()?, member.at)
        })
    }

    /// The name or the topic of a room.
    #[must_use]
    pub fn heading(heading: &'a Heading) -> Self {
        Self {
            what: What::Heading,
            text: heading.text.clone(),
            ..Self::base(&heading.room, &heading.sender, &heading.id, heading.at)
        }
    }

    /// What was said before, as it was kept.
    #[must_use]
    pub fn again(
        (room, user, event): (&'a RoomId, &'a UserId, &'a EventId),
        at: Millis,
        text: String,
    ) -> Self {
        Self {
            text,
            ..Self::base(room, user, event, at)
        }
    }

    fn base(room: &'a RoomId, user: &'a UserId, event: &'a EventId, at: Millis) -> Self {
        Self {
            what: What::Message,
            room,
            user,
            event,
            with: None,
            // After a downtime the messages of days are read in a moment: what counts is when they were said, by the
            // homeserver's clock, whatever ours says.
            at,
            text: String::new(),
            media: None,
            mentions: 0,
            everybody: false,
            brief: None,
            letters: 0,
            known: false,
            stays: false,
        }
    }

    fn with_content(mut self, content: &Content) -> Self {
        self.text.clone_from(&content.text);
        if !content.besides.is_empty() {
            self.text.push('\n');
            self.text.push_str(&content.besides);
        }
        self.media.clone_from(&content.media);
        self.mentions = content.mentions.len();
        self.everybody = content.everybody || calls_everybody(&content.text);
        self
    }

    /// True for what is a message of its own.
    #[must_use]
    pub fn is_message(&self) -> bool {
        self.what == What::Message
    }
}

/// Whether a text calls everybody, in a word of its own: `@allen` is somebody.
fn calls_everybody(text: &str) -> bool {
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    ["@room", "@all", "@所有人", "@全体成员"]
        .iter()
        .any(|call| {
            text.match_indices(call).any(|(at, _)| {
                let (before, rest) = (&text[..at], &text[at + call.len()..]);
                !before.ends_with(|c: char| c.is_ascii_alphanumeric()) && !goes_on(rest)
            })
        })
}
