//! What a decision wants done: effects, and the outbox rows that carry them.
//! Nothing in this file does IO; an effect is performed by the engine, after it was committed.

use serde::{Deserialize, Serialize};

use super::{
    chart::Chart,
    ids::{EventId, Millis, RoomId, Txn, UserId},
    input::{End, Settled},
    power::LevelChange,
    speech::Said,
};

/// One request to the homeserver.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Post a message.
    Post(Post),
    /// Show a picture or the like again, by reference.
    Show {
        /// The content that shows it, JSON ([`super::input::Media::content`]).
        media: String,
        thread: Option<Target>,
        about: Option<About>,
    },
    /// Look at a picture for what its QR codes hold: [`End::Seen`] tells.
    Look {
        /// The content that shows it, as in [`Effect::Show`].
        media: String,
        about: Option<About>,
    },
    /// Keep a picture or the like beside the store.
    Keep {
        /// The content that shows it, as in [`Effect::Show`].
        media: String,
        /// The name of the copy in the folder of copies, without its ending.
        file: String,
    },
    /// Draw a chart and post it as a picture.
    Draw {
        chart: Chart,
        reply_to: Option<Target>,
    },
    /// Change one of our own messages.
    Change {
        target: Target,
        content: Said,
        about: Option<About>,
    },
    /// Put a reaction on a message.
    React { target: Target, key: String },
    /// Take an event back.
    Redact { target: Target, reason: String },
    /// Bring about how a room or somebody's standing in it shall be.
    Act(Act),
}

/// Something that is so or is not so: done twice it is done once, and needs no transaction id at the homeserver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Change power levels: read afresh, changed and written by the one writer of the room.
    SetLevels(LevelChange),
    /// Set who may join: the content of `m.room.join_rules`, JSON.
    SetDoor { content: String },
    /// Set a rule of a ban list: the type of the state event, its key, and its content, JSON.
    SetPolicy {
        kind: String,
        state_key: String,
        content: String,
    },
    /// Remove somebody, who may come back.
    Kick { user: UserId, reason: String },
    /// Remove somebody, who may not come back.
    Ban { user: UserId, reason: String },
    /// Lift a ban.
    Unban { user: UserId },
    /// Ask somebody in.
    Invite { user: UserId },
    /// Give a room this name.
    Rename { name: String },
    /// Go into a room that linli is invited to.
    Join,
    /// Make a private room, or find it again.
    Open(Open),
}

/// A room to make, for a private talk or a matter of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    pub user: UserId,
    /// What the room is called; the user reads it in the invitation.
    pub name: String,
    pub encrypted: bool,
    /// The same for the same talk each time, so that a second attempt finds the room that the first has made.
    pub key: String,
    /// Not for linli and the user alone: others will be invited, and nobody but linli may invite.
    #[serde(default)]
    pub shared: bool,
    /// Who else is asked in when it is made, and not later: in an encrypted room nobody can read what was said before they
    /// were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<UserId>,
}

/// A message to post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Post {
    pub content: Said,
    /// `m.notice` wakes nobody's telephone, not even with a mention (default push rules); `m.text` may.
    pub quiet: bool,
    pub reply_to: Option<Target>,
    pub thread: Option<Target>,
    pub about: Option<About>,
}

/// An event to refer to, also before the homeserver has named it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Event(EventId),
    /// What the row with this transaction id became, or will become.
    Sent(Txn),
}

/// What one of our messages is about, written into the event itself, so that taps find their matter before
/// our own records know the event, and records can be made again from the rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The feature that owns the matter.
    pub feature: String,
    /// The matter's id within the feature, such as a ticket's number.
    pub id: String,
}

/// The custom field of our own messages ([`Mark::FIELD`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub txn: Txn,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
}

impl Mark {
    /// The name of the field in the event's content.
    pub const FIELD: &'static str = "dev.linli";
}

/// Which rows go first. Guarding is never queued behind talking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Redact, mute, remove, ban.
    Guard,
    /// What somebody waits for: cards, their changes, and sentences about them.
    Answer,
    /// Everything else.
    Talk,
    /// Looking at pictures, which takes long and is waited for by nobody.
    Look,
}

/// An effect on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub txn: Txn,
    /// Rows of one account in the order they were decided.
    pub seq: u64,
    pub room: RoomId,
    pub lane: Lane,
    pub effect: Effect,
    pub created: Millis,
    /// Why it cannot be sent, once that is certain; it stays for the operator to see.
    pub wedged: Option<String>,
}

impl Effect {
    /// The first part of the transaction id.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Post(_) => "post",
            Self::Show { .. } => "show",
            Self::Look { .. } => "look",
            Self::Keep { .. } => "keep",
            Self::Draw { .. } => "draw",
            Self::Change { .. } => "change",
            Self::React { .. } => "react",
            Self::Redact { .. } => "redact",
            Self::Act(act) => act.kind(),
        }
    }

    /// The rows this one must wait for.
    pub fn waits_for(&self) -> impl Iterator<Item = &Txn> {
        let (first, second) = match self {
            Self::Post(post) => (post.reply_to.as_ref(), post.thread.as_ref()),
            Self::Show { thread, .. } => (thread.as_ref(), None),
            Self::Draw { reply_to, .. } => (reply_to.as_ref(), None),
            Self::Change { target, .. }
            | Self::React { target, .. }
            | Self::Redact { target, .. } => (Some(target), None),
            Self::Act(_) | Self::Look { .. } | Self::Keep { .. } => (None, None),
        };
        [first, second]
            .into_iter()
            .flatten()
            .filter_map(|target| match target {
                Target::Sent(txn) => Some(txn),
                Target::Event(_) => None,
            })
    }

    /// True where it still makes sense when what it refers to was never sent.
    #[must_use]
    pub fn stands_alone(&self) -> bool {
        match self {
            Self::Change { .. } | Self::React { .. } | Self::Redact { .. } => false,
            Self::Post(_)
            | Self::Show { .. }
            | Self::Look { .. }
            | Self::Keep { .. }
            | Self::Draw { .. }
            | Self::Act(_) => true,
        }
    }

    /// True where it must not be done later as it is: newer words may have been spoken since.
    #[must_use]
    pub fn grows_old(&self) -> bool {
        match self {
            Self::Change { .. } => true,
            Self::Act(act) => match act {
                Act::SetLevels(_)
                | Act::Kick { .. }
                | Act::Ban { .. }
                | Act::Unban { .. }
                | Act::Invite { .. } => true,
                Act::Rename { .. }
                | Act::SetDoor { .. }
                | Act::SetPolicy { .. }
                | Act::Join
                | Act::Open(_) => false,
            },
            Self::Post(_)
            | Self::Show { .. }
            | Self::Look { .. }
            | Self::Keep { .. }
            | Self::Draw { .. }
            | Self::React { .. }
            | Self::Redact { .. } => false,
        }
    }

    /// True where the homeserver counts it by itself: how often somebody may be asked in, or a room be made, says
    /// nothing of what else may be done (Synapse's `rc_invites` and `rc_room_creation` beside `rc_message`).
    #[must_use]
    pub fn has_own_limit(&self) -> bool {
        matches!(self, Self::Act(Act::Invite { .. } | Act::Open(_)))
    }

    /// What is left of it where its room was replaced: a message can be said in the new one, though not as an answer
    /// to an old one, and what stands in the old room can be changed no more.
    #[must_use]
    pub fn moved(self) -> Option<Self> {
        match self {
            Self::Post(post) => Some(Self::Post(Post {
                reply_to: None,
                thread: None,
                ..post
            })),
            Self::Show { media, about, .. } => Some(Self::Show {
                media,
                thread: None,
                about,
            }),
            Self::Draw { chart, .. } => Some(Self::Draw {
                chart,
                reply_to: None,
            }),
            Self::Change { .. } | Self::React { .. } | Self::Redact { .. } => None,
            Self::Look { .. } | Self::Keep { .. } | Self::Act(_) => Some(self),
        }
    }

    /// The same without calling anybody who must not be known.
    #[must_use]
    pub fn without_marks(mut self) -> Self {
        if let Self::Post(Post { content, .. }) | Self::Change { content, .. } = &mut self {
            content.mentions.retain(|user| !user.is_mark());
        }
        self
    }

    /// What is left of it for somebody who must not be known: what they have sent is known by marks alone, which the
    /// homeserver cannot find.
    #[must_use]
    pub fn to_unnamed(self) -> Option<Self> {
        let is_mark = |target: &Target| matches!(target, Target::Event(event) if event.is_mark());
        let known = |target: Option<Target>| target.filter(|target| !is_mark(target));
        match self {
            Self::Post(post) => Some(Self::Post(Post {
                reply_to: known(post.reply_to),
                thread: known(post.thread),
                ..post
            })),
            Self::Change { ref target, .. }
            | Self::React { ref target, .. }
            | Self::Redact { ref target, .. } => {
                let is_known = !is_mark(target);
                is_known.then_some(self)
            }
            Self::Show { .. }
            | Self::Look { .. }
            | Self::Keep { .. }
            | Self::Draw { .. }
            | Self::Act(_) => Some(self),
        }
    }

    /// What a new message is about, where it says so.
    #[must_use]
    pub fn about(&self) -> Option<&About> {
        match self {
            Self::Post(post) => post.about.as_ref(),
            Self::Show { about, .. } | Self::Look { about, .. } => about.as_ref(),
            Self::Draw { .. }
            | Self::Keep { .. }
            | Self::Change { .. }
            | Self::React { .. }
            | Self::Redact { .. }
            | Self::Act(_) => None,
        }
    }

    /// The people that a message calls.
    #[must_use]
    pub fn mentions(&self) -> &[UserId] {
        match self {
            Self::Post(post) => &post.content.mentions,
            Self::Change { content, .. } => &content.mentions,
            Self::Show { .. }
            | Self::Look { .. }
            | Self::Keep { .. }
            | Self::Draw { .. }
            | Self::React { .. }
            | Self::Redact { .. }
            | Self::Act(_) => &[],
        }
    }
}

impl Act {
    /// The first part of the transaction id.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SetLevels(_) => "levels",
            Self::SetDoor { .. } => "door",
            Self::SetPolicy { .. } => "policy",
            Self::Kick { .. } => "kick",
            Self::Ban { .. } => "ban",
            Self::Unban { .. } => "unban",
            Self::Invite { .. } => "invite",
            Self::Rename { .. } => "rename",
            Self::Join => "join",
            Self::Open(_) => "open",
        }
    }
}

impl Row {
    /// The input that tells how it ended.
    #[must_use]
    pub fn settled(&self, end: End) -> Settled {
        let act = match &self.effect {
            Effect::Act(act) => Some(act.clone()),
            Effect::Change { .. }
            | Effect::Post(_)
            | Effect::Show { .. }
            | Effect::Look { .. }
            | Effect::Keep { .. }
            | Effect::Draw { .. }
            | Effect::React { .. }
            | Effect::Redact { .. } => None,
        };
        let mut mark = self.mark();
        // A change is made anew by whoever owns the matter.
        if let (Effect::Change { about, .. }, End::Outdated) = (&self.effect, &end) {
            mark.about.clone_from(about);
        }
        Settled {
            txn: self.txn.clone(),
            room: self.room.clone(),
            end,
            mark: Some(mark),
            act,
        }
    }

    /// The mark that the sent event carries.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark {
            txn: self.txn.clone(),
            about: self.effect.about().cloned(),
        }
    }
}
