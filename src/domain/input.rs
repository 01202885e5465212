//! Everything that can wake the bot: one closed enum.
//! Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    commit::Timer,
    context::MemberRecord,
    effect::{Act, Mark},
    ids::{CommunityId, EventId, Millis, RoomId, Txn, UserId},
    power::Levels,
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// A message was posted.
    Message(Message),
    /// A message was changed by its author.
    Edit(Edit),
    /// An event was taken back.
    Redaction(Redaction),
    /// Somebody tapped a reaction.
    Reaction(Reaction),
    /// A reaction was taken back. The homeserver sends a bare redaction; [`super::decide`] finds in our own
    /// records what it was.
    ReactionRemoved(ReactionRemoved),
    /// Somebody joined, left, was renamed, invited, removed or banned.
    Member(Member),
    /// The power levels of a room were changed.
    Levels(LevelsChanged),
    /// The rule of who may join a room was changed.
    Door(DoorChanged),
    /// The name or the topic of a room was changed.
    Heading(Heading),
    /// A rule of a ban list was set, changed or taken back.
    Policy(Policy),
    /// The bot is invited to a room that it does not serve.
    Invited(Invited),
    /// An encrypted event whose key we do not have (yet).
    Undecryptable(Undecryptable),
    /// A timer is due.
    Timer(Timer),
    /// Something we asked for is settled, well or badly.
    Settled(Settled),
    /// The person who runs linli asked for something.
    Operator(Operator),
}

/// A message in a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub room: RoomId,
    pub id: EventId,
    pub sender: UserId,
    /// When it was posted; see [`Input::at`].
    pub at: Millis,
    pub content: Content,
    pub reply_to: Option<EventId>,
    /// The root of the thread the message is in.
    pub thread: Option<EventId>,
    /// Our own mark, where the message carries one. Anyone can forge it: only our own messages' marks count.
    pub mark: Option<Mark>,
}

/// What a message or an edit says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
pub struct Content {
    /// The text, or the caption of a picture; empty where there is none.
    pub text: String,
    pub media: Option<Media>,
    pub mentions: Vec<UserId>,
    /// `m.notice`: said by a bot, never answered (Client-Server API, `m.notice`).
    pub notice: bool,
    /// What clients show besides: formatting that says something else, the name of a file, the question of a poll.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub besides: String,
    /// Whether everybody in the room is called (Client-Server API, `m.mentions`).
    #[serde(default)]
    pub everybody: bool,
}

/// A picture, a video, a sound, a file or a location, by reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    pub kind: MediaKind,
    /// The `mxc://` address, or the `geo:` one of a location.
    pub url: String,
    /// What another message needs to show the same by reference: a content of a message, JSON.
    pub content: String,
}

/// The kinds of media that can belong to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    Image,
    Video,
    Audio,
    File,
    Location,
}

/// A message changed by its author.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    pub room: RoomId,
    pub id: EventId,
    pub sender: UserId,
    pub at: Millis,
    /// The message that is changed.
    pub target: EventId,
    /// What it says now.
    pub content: Content,
    /// Our own mark, as in a message.
    pub mark: Option<Mark>,
}

/// An event taken back by its author or a moderator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Redaction {
    pub room: RoomId,
    pub id: EventId,
    pub sender: UserId,
    pub at: Millis,
    pub target: EventId,
}

/// A tap on a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reaction {
    pub room: RoomId,
    pub id: EventId,
    pub sender: UserId,
    pub at: Millis,
    pub target: EventId,
    /// The emoji, as the client sent it.
    pub key: String,
}

/// A tap taken back, by the one who tapped or by a moderator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReactionRemoved {
    /// The redaction.
    pub id: EventId,
    pub by: UserId,
    /// What is gone.
    pub tap: Reaction,
}

/// Somebody's standing and name in a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    pub room: RoomId,
    /// None where it is a row of the room's present state rather than something that just happened.
    pub id: Option<EventId>,
    /// Who has done it: the member, or whoever invited, removed or banned them.
    pub sender: UserId,
    pub user: UserId,
    /// `origin_server_ts`; 0 for a row of the present state.
    pub at: Millis,
    pub name: Option<String>,
    pub membership: Membership,
    pub reason: Option<String>,
    /// What our own records said before, filled in by [`super::decide`]; None where they knew nothing.
    pub before: Option<MemberRecord>,
}

/// New power levels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LevelsChanged {
    pub room: RoomId,
    pub id: EventId,
    pub sender: UserId,
    pub at: Millis,
    pub levels: Levels,
    /// What it replaced: the homeserver's word, or else what our own records said, filled in by [`super::decide`].
    pub before: Option<Levels>,
}

/// A new rule of who may join.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoorChanged {
    pub room: RoomId,
    pub id: EventId,
    pub sender: UserId,
    pub at: Millis,
    /// The content of `m.room.join_rules`, JSON.
    pub content: String,
}

/// A new name or topic of a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    pub room: RoomId,
    pub id: EventId,
    pub sender: UserId,
    pub at: Millis,
    pub text: String,
}

/// A rule of a ban list, as its room's state has it (Client-Server API, "Moderation policy lists").
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    pub room: RoomId,
    pub id: EventId,
    pub sender: UserId,
    /// The type of the event, such as `m.policy.rule.user`.
    pub kind: String,
    pub state_key: String,
    /// Its content, JSON; written by others, so that it may be anything.
    pub content: String,
}

/// An invitation of the bot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Invited {
    pub room: RoomId,
    pub by: UserId,
    /// True where it is meant as a talk between two (Client-Server API, `is_direct`).
    pub direct: bool,
}

/// Where somebody stands in a room (Client-Server API, `m.room.member`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    Join,
    Invite,
    Knock,
    Leave,
    Ban,
}

/// An encrypted event that could not be read, kept whole until its key arrives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Undecryptable {
    pub room: RoomId,
    pub id: EventId,
    pub sender: UserId,
    pub at: Millis,
    /// The Megolm session that it was encrypted in; each session has a key of its own.
    pub session: String,
    /// The event as the homeserver sent it, JSON.
    pub raw: String,
}

/// The end of something we asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    pub txn: Txn,
    pub room: RoomId,
    pub end: End,
    /// What the sent message was about, where it carried a mark.
    pub mark: Option<Mark>,
    /// What was to be brought about, where it was no message.
    pub act: Option<Act>,
}

/// How something we asked for ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The homeserver made this event of it.
    Sent(EventId),
    /// The private room that was asked for is this one.
    Opened(RoomId),
    /// The QR codes of the picture hold these texts.
    Seen(Vec<String>),
    /// It was so already.
    AlreadySo,
    /// It can never be done as it is; the row is kept with the reason.
    Wedged(String),
    /// It could not be done for so long that it no longer says what is so: whoever asked may ask anew.
    Outdated,
}

/// What the person who runs linli can ask for while it runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// Try a wedged row again.
    Retry(Txn),
    /// Give a wedged row up.
    GiveUp(Txn),
    /// Decide an input again that was set aside, by its id.
    DecideAgain(String),
    /// Forget an input that was set aside, by its id.
    Dismiss(String),
    /// It has just started, at this time.
    Started(Millis),
    /// Something that only a feature understands.
    Ask(Ask),
}

/// What the person who runs linli asks of one feature of a community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    pub community: CommunityId,
    pub feature: String,
    /// When it was asked: the same wish at another time is another one.
    pub at: Millis,
    /// The wish in the feature's own form, JSON.
    pub wish: String,
}

impl Input {
    /// The room it happened in; timers and operators have none.
    #[must_use]
    pub fn room(&self) -> Option<&RoomId> {
        match self {
            Self::Message(m) => Some(&m.room),
            Self::Edit(e) => Some(&e.room),
            Self::Redaction(r) => Some(&r.room),
            Self::Reaction(r) => Some(&r.room),
            Self::ReactionRemoved(r) => Some(&r.tap.room),
            Self::Member(m) => Some(&m.room),
            Self::Levels(l) => Some(&l.room),
            Self::Door(d) => Some(&d.room),
            Self::Heading(h) => Some(&h.room),
            Self::Policy(p) => Some(&p.room),
            Self::Invited(i) => Some(&i.room),
            Self::Undecryptable(u) => Some(&u.room),
            Self::Settled(s) => Some(&s.room),
            Self::Timer(_) | Self::Operator(_) => None,
        }
    }

    /// The one feature that it is for; None where it is for all of them.
    #[must_use]
    pub fn only_for(&self) -> Option<&str> {
        match self {
            Self::Timer(timer) => Some(&timer.feature),
            Self::Operator(Operator::Ask(ask)) => Some(&ask.feature),
            Self::Message(_)
            | Self::Edit(_)
            | Self::Redaction(_)
            | Self::Reaction(_)
            | Self::ReactionRemoved(_)
            | Self::Member(_)
            | Self::Levels(_)
            | Self::Door(_)
            | Self::Heading(_)
            | Self::Policy(_)
            | Self::Invited(_)
            | Self::Undecryptable(_)
            | Self::Settled(_)
            | Self::Operator(_) => None,
        }
    }

    /// Who sent the event; None for what did not come as an event.
    #[must_use]
    pub fn sender(&self) -> Option<&UserId> {
        match self {
            Self::Message(m) => Some(&m.sender),
            Self::Edit(e) => Some(&e.sender),
            Self::Redaction(r) => Some(&r.sender),
            Self::Reaction(r) => Some(&r.sender),
            Self::ReactionRemoved(r) => Some(&r.by),
            Self::Member(m) => Some(&m.sender),
            Self::Levels(l) => Some(&l.sender),
            Self::Door(d) => Some(&d.sender),
            Self::Heading(h) => Some(&h.sender),
            Self::Policy(p) => Some(&p.sender),
            Self::Invited(i) => Some(&i.by),
            Self::Undecryptable(u) => Some(&u.sender),
            Self::Timer(_) | Self::Settled(_) | Self::Operator(_) => None,
        }
    }

    /// The id of the event it came as, for deduping; None where it did not come as an event.
    #[must_use]
    pub fn event(&self) -> Option<&EventId> {
        match self {
            Self::Message(m) => Some(&m.id),
            Self::Edit(e) => Some(&e.id),
            Self::Redaction(r) => Some(&r.id),
            Self::Reaction(r) => Some(&r.id),
            Self::ReactionRemoved(r) => Some(&r.id),
            Self::Member(m) => m.id.as_ref(),
            Self::Levels(l) => Some(&l.id),
            Self::Door(d) => Some(&d.id),
            Self::Heading(h) => Some(&h.id),
            Self::Policy(p) => Some(&p.id),
            Self::Undecryptable(u) => Some(&u.id),
            Self::Invited(_) | Self::Timer(_) | Self::Settled(_) | Self::Operator(_) => None,
        }
    }

    /// When it happened in its room, in the words of its sender's homeserver (`origin_server_ts`): good for putting
    /// what one homeserver tells at once in order, and for no proof. None for what is no event of a room's stream.
    #[must_use]
    pub fn at(&self) -> Option<Millis> {
        match self {
            Self::Message(m) => Some(m.at),
            Self::Edit(e) => Some(e.at),
            Self::Redaction(r) => Some(r.at),
            Self::Reaction(r) => Some(r.at),
            Self::Member(m) => Some(m.at),
            Self::Levels(l) => Some(l.at),
            Self::Door(d) => Some(d.at),
            Self::Heading(h) => Some(h.at),
            Self::Undecryptable(u) => Some(u.at),
            Self::ReactionRemoved(_)
            | Self::Policy(_)
            | Self::Invited(_)
            | Self::Timer(_)
            | Self::Settled(_)
            | Self::Operator(_) => None,
        }
    }

    /// What the transaction ids of its effects are made from: the same whenever the same thing is decided again.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Timer(timer) => format!("timer.{}.{}", timer.id, timer.due.0),
            Self::Settled(settled) => format!("settled.{}", settled.txn),
            Self::Operator(Operator::Retry(txn) | Operator::GiveUp(txn)) => {
                format!("operator.{txn}")
            }
            Self::Operator(Operator::DecideAgain(id) | Operator::Dismiss(id)) => {
                format!("operator.{id}")
            }
            Self::Operator(Operator::Started(at)) => format!("operator.started.{}", at.0),
            Self::Operator(Operator::Ask(ask)) => {
                format!("operator.{}.{}.{}", ask.community, ask.feature, ask.at.0)
            }
            Self::Member(Member {
                id: None,
                room,
                user,
                ..
            }) => format!("state.{room}.{user}"),
            Self::Invited(invited) => format!("invited.{}", invited.room),
            Self::Message(_)
            | Self::Edit(_)
            | Self::Redaction(_)
            | Self::Reaction(_)
            | Self::ReactionRemoved(_)
            | Self::Member(_)
            | Self::Levels(_)
            | Self::Door(_)
            | Self::Heading(_)
            | Self::Policy(_)
            | Self::Undecryptable(_) => self
                .event()
                .map_or_else(String::new, |id| id.as_str().to_owned()),
        }
    }
}
