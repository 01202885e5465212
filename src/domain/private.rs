//! Talks between linli and one member: which rooms they are in, and letters that wait for the room to be there.
//! Nothing in this file does IO.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    community::{Community, Settings},
    context::{Context, MemberRecord, member_id},
    decide::Deciding,
    effect::{About, Act, Effect, Lane, Open, Post},
    ids::{CommunityId, RoomId, UserId},
    input::{Input, Invited, Membership},
    limits,
    ration::Ration,
    record::{ACCOUNT, Fault, Key, Record, View, decode},
    speech::Said,
};

/// A room in which linli talks with one member, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateRoom {
    pub community: CommunityId,
    pub user: UserId,
}

impl Record for PrivateRoom {
    const KIND: &'static str = "private";
}

/// The room in which linli talks with a member, by the member's id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// None while it is being made.
    pub room: Option<RoomId>,
    /// The number of the next letter that waits for it.
    pub letters: u32,
}

impl Record for Talk {
    const KIND: &'static str = "talk";
}

/// Something to tell somebody as soon as there is a room for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    pub post: Post,
    /// Where to say it, with a mention, if there can be no room of their own.
    pub otherwise: Option<RoomId>,
}

impl Record for Letter {
    const KIND: &'static str = "letter";
}

/// That a room is being made, by its line: what is said in it may come before its id.
#[derive(Serialize, Deserialize)]
struct Opening;

impl Record for Opening {
    const KIND: &'static str = "opening";
}

/// Something that happened in a room that may turn out to be one for a talk.
#[derive(Serialize, Deserialize)]
struct Early(Input);

impl Record for Early {
    const KIND: &'static str = "early";
}

/// The community that a room belongs to: by the configuration, or because linli talks with a member there.
///
/// # Errors
/// Where the store does not answer.
pub fn community_of<'s>(
    settings: &'s Settings,
    view: &dyn View,
    room: &RoomId,
) -> Result<Option<&'s Arc<Community>>, Fault> {
    if let Some(community) = settings.community_of(room) {
        return Ok(Some(community));
    }
    if let Some((community, _)) = of_line(room) {
        return Ok(settings.community(&community));
    }
    let key = Key::new(ACCOUNT, PrivateRoom::KIND, room.as_str());
    let Some(stored) = view.get(&key)? else {
        return Ok(None);
    };
    let private: PrivateRoom = decode(&key, &stored)?;
    Ok(settings.community(&private.community))
}

/// The line of the outbox in which the room for a talk is asked for, as long as it has no id.
#[must_use]
pub fn line_of(community: &CommunityId, user: &UserId) -> RoomId {
    RoomId::from(format!("~{community}/{user}"))
}

/// The talk that a line of the outbox is for.
#[must_use]
pub fn of_line(room: &RoomId) -> Option<(CommunityId, UserId)> {
    let (community, user) = room.as_str().strip_prefix('~')?.split_once('/')?;
    Some((CommunityId::from(community), UserId::from(user)))
}

impl Context<'_, '_> {
    /// Tells somebody something in private; where that cannot be, in the room `otherwise` with a mention.
    pub fn tell(
        &mut self,
        user: &UserId,
        otherwise: Option<&RoomId>,
        said: Said,
        about: Option<About>,
    ) {
        let post = Post {
            content: said,
            quiet: false,
            reply_to: None,
            thread: None,
            about,
        };
        let mut talk: Talk = self.get(user.as_str()).unwrap_or_default();
        if let Some(room) = &talk.room {
            self.ask_in(user, room);
            self.ask(room, Lane::Answer, Effect::Post(post));
            return;
        }
        if talk.letters == 0 {
            let open = self.open(user);
            let line = line_of(&self.community.id, user);
            self.draft.put(ACCOUNT, line.as_str(), &Opening);
            self.ask(&line, Lane::Answer, Effect::Act(Act::Open(open)));
        }
        if talk.letters < limits::LETTERS_MAX {
            let letter = Letter {
                post,
                otherwise: otherwise.cloned(),
            };
            self.put(&letter_id(user, talk.letters), &letter);
            talk.letters += 1;
            self.put(user.as_str(), &talk);
        }
    }

    /// True where somebody is in the room in which linli talks with them.
    pub fn listens(&mut self, user: &UserId) -> bool {
        let talk: Option<Talk> = self.get(user.as_str());
        let room = talk.and_then(|talk| talk.room);
        room.is_some_and(|room| self.membership(&room, user) == Some(Membership::Join))
    }

    /// Where somebody stands in a room, as our own records have it.
    pub fn membership(&mut self, room: &RoomId, user: &UserId) -> Option<Membership> {
        self.get::<MemberRecord>(&member_id(room, user))
            .map(|member| member.membership)
    }

    /// Whoever has left the talk, or declined it, is asked again before anything is said.
    fn ask_in(&mut self, user: &UserId, room: &RoomId) {
        if self.membership(room, user) == Some(Membership::Leave) {
            let invite = Act::Invite { user: user.clone() };
            self.ask(room, Lane::Answer, Effect::Act(invite));
        }
    }

    fn open(&self, user: &UserId) -> Open {
        Open {
            user: user.clone(),
            name: self.community.name.clone(),
            encrypted: self.community.encrypted,
            key: format!("{} {user}", self.community.id),
        }
    }

    /// Notes the room in which linli talks with somebody from now on, and says there what has waited for it.
    pub(super) fn talk_in(&mut self, user: &UserId, room: &RoomId) {
        let talk: Talk = self.get(user.as_str()).unwrap_or_default();
        let private = PrivateRoom {
            community: self.community.id.clone(),
            user: user.clone(),
        };
        self.draft.put(ACCOUNT, room.as_str(), &private);
        for letter in self.take_letters(user, talk.letters) {
            self.ask(room, Lane::Answer, Effect::Post(letter.post));
        }
        let talk = Talk {
            room: Some(room.clone()),
            letters: 0,
        };
        self.put(user.as_str(), &talk);
    }

    /// Goes into the room to which somebody has invited linli for a talk.
    pub(super) fn accept(&mut self, invited: &Invited) {
        self.ask(&invited.room, Lane::Answer, Effect::Act(Act::Join));
        self.talk_in(&invited.by, &invited.room);
    }

    /// There can be no room for a talk: what has waited is said where everybody hears it, or not at all.
    pub(super) fn no_talk(&mut self, user: &UserId) {
        let talk: Talk = self.get(user.as_str()).unwrap_or_default();
        for letter in self.take_letters(user, talk.letters) {
            if let Some(room) = letter.otherwise {
                let mut post = letter.post;
                post.content.mentions = vec![user.clone()];
                self.ask(&room, Lane::Answer, Effect::Post(post));
            }
        }
        self.delete::<Talk>(user.as_str());
    }

    fn take_letters(&mut self, user: &UserId, count: u32) -> Vec<Letter> {
        let ids = (0..count).map(|number| letter_id(user, number));
        let mut letters = Vec::new();
        for id in ids.collect::<Vec<_>>() {
            letters.extend(self.get::<Letter>(&id));
            self.delete::<Letter>(&id);
        }
        letters
    }
}

impl Deciding<'_> {
    /// Keeps what happens in a room that nobody knows while the answer is out that may say what it is.
    pub(super) fn keep_early(&mut self, room: &RoomId, inputs: &[Input]) {
        if self.draft.scan::<Opening>(ACCOUNT, "~", 1).is_empty() {
            return;
        }
        let prefix = format!("{room}/");
        let known = self.draft.scan::<Early>(ACCOUNT, &prefix, usize::MAX).len();
        let room_left = limits::EARLY_INPUTS_MAX.saturating_sub(known);
        for (at, input) in inputs.iter().take(room_left).enumerate() {
            let id = format!("{prefix}{:06}", known + at);
            self.draft.put(ACCOUNT, &id, &Early(input.clone()));
        }
        self.draft.keep();
    }

    /// The answer is here: what happened in the room meanwhile is decided now, and what was kept of others forgotten
    /// once no answer is out any more.
    pub(super) fn release_early(&mut self, line: &RoomId, room: Option<&RoomId>) {
        self.draft.delete::<Opening>(ACCOUNT, line.as_str());
        let prefix = room.map(|room| format!("{room}/"));
        let early = match &prefix {
            Some(prefix) => self.draft.scan::<Early>(ACCOUNT, prefix, usize::MAX),
            None => Vec::new(),
        };
        for (id, Early(input)) in early {
            self.apply(&input);
            self.draft.delete::<Early>(ACCOUNT, &id);
        }
        if self.draft.scan::<Opening>(ACCOUNT, "~", 1).is_empty() {
            for (id, _) in self.draft.scan::<Early>(ACCOUNT, "!", usize::MAX) {
                self.draft.delete::<Early>(ACCOUNT, &id);
            }
        }
        self.draft.keep();
    }

    /// The community whose member asks linli for a talk: one that knows them, or else the first one that a stranger may
    /// be new to, so often and no oftener: any for somebody of the bot's own server, one with a lobby for others. A room
    /// that is not meant for two is none of our business.
    pub(super) fn community_inviting(&mut self, invited: &Invited) -> Option<Arc<Community>> {
        if !invited.direct {
            return None;
        }
        let world = self.world;
        for community in world.settings.communities() {
            let scope = community.id.as_str();
            for (room, _) in community.rooms() {
                let id = member_id(room, &invited.by);
                if self.draft.get::<MemberRecord>(scope, &id).is_some() {
                    return Some(Arc::clone(community));
                }
            }
        }
        let bot = world.settings.bot.as_ref()?;
        let is_ours = invited.by.server() == bot.server();
        let mut communities = world.settings.communities().iter();
        let community = communities.find(|community| is_ours || community.lobby().is_some())?;
        // Those of other servers, who may be very many, use nobody else's ration up.
        let id = if is_ours {
            "strangers"
        } else {
            "strangers-elsewhere"
        };
        let mut ration: Ration = self.draft.get(ACCOUNT, id).unwrap_or_default();
        let now = self.draft.now;
        if ration.book(now, limits::STRANGERS_AN_HOUR) > now {
            return None;
        }
        self.draft.put(ACCOUNT, id, &ration);
        Some(Arc::clone(community))
    }
}

fn letter_id(user: &UserId, number: u32) -> String {
    format!("{user}/{number:04}")
}
