//! Talks between linli and one member.
//! Nothing in this file does IO.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    super::{
        community::Community,
        context::{Context, MemberRecord, member_id},
        decide::Deciding,
        effect::{About, Act, Effect, Lane, Open, Post},
        ids::{RoomId, Txn, UserId},
        input::{Invited, Membership},
        limits,
        ration::Ration,
        record::{ACCOUNT, Record},
        speech::Said,
    },
    Letter, Line, PrivateRoom,
};

/// The room in which linli talks with a member, by the member's id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// None while it is being made.
    pub room: Option<RoomId>,
}

impl Record for Talk {
    const KIND: &'static str = "talk";
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
        self.tell_apart(user, otherwise, said, about);
    }

    /// The same; returns where it is said, which may be a line, and what refers to it.
    pub fn tell_apart(
        &mut self,
        user: &UserId,
        otherwise: Option<&RoomId>,
        said: Said,
        about: Option<About>,
    ) -> (RoomId, Txn) {
        let post = Post {
            content: said,
            quiet: false,
            reply_to: None,
            thread: None,
            about,
        };
        let talk: Option<Talk> = self.get(user.as_str());
        if let Some(room) = talk.as_ref().and_then(|talk| talk.room.as_ref()) {
            self.ask_in(user, room);
            let sent = self.ask(room, Lane::Answer, Effect::Post(post));
            return (room.clone(), sent);
        }
        let line = Line::Talk(user.clone());
        if talk.is_none() {
            self.ask_to_open(&line, self.open(user));
            self.put(user.as_str(), &Talk::default());
        }
        let effect = Effect::Post(post);
        let sent = self.next_txn(&effect);
        let letter = Letter {
            txn: Some(sent.clone()),
            lane: Lane::Answer,
            effect,
            otherwise: otherwise.cloned(),
        };
        self.keep_letter(&line, &letter);
        (line.room(&self.community.id), sent)
    }

    /// The room in which linli talks with a member, if there is one already.
    pub fn talk_with(&mut self, user: &UserId) -> Option<RoomId> {
        self.get::<Talk>(user.as_str())?.room
    }

    /// True where somebody is in the room in which linli talks with them.
    pub fn listens(&mut self, user: &UserId) -> bool {
        let room = self.talk_with(user);
        room.is_some_and(|room| self.membership(&room, user) == Some(Membership::Join))
    }

    /// Where somebody stands in a room, as our own records have it.
    pub fn membership(&mut self, room: &RoomId, user: &UserId) -> Option<Membership> {
        self.get::<MemberRecord>(&member_id(room, user))
            .map(|member| member.membership)
    }

    /// Whoever has left the talk, or declined it, is asked again before anything is said.
    pub(in crate::domain) fn ask_in(&mut self, user: &UserId, room: &RoomId) {
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
            shared: false,
            others: Vec::new(),
        }
    }

    /// Notes the room in which linli talks with somebody from now on, and says there what has waited for it.
    pub(in crate::domain) fn talk_in(&mut self, user: &UserId, room: &RoomId) {
        let private = PrivateRoom {
            community: self.community.id.clone(),
            user: Some(user.clone()),
            matter: None,
        };
        self.draft.put(ACCOUNT, room.as_str(), &private);
        self.send_letters(&Line::Talk(user.clone()), room);
        let talk = Talk {
            room: Some(room.clone()),
        };
        self.put(user.as_str(), &talk);
    }

    /// Goes into the room to which somebody has invited linli for a talk.
    pub(in crate::domain) fn accept(&mut self, invited: &Invited) {
        self.ask(&invited.room, Lane::Answer, Effect::Act(Act::Join));
        self.talk_in(&invited.by, &invited.room);
    }

    /// There can be no room for a talk: what has waited is said where everybody hears it, or not at all.
    pub(in crate::domain) fn no_talk(&mut self, user: &UserId) {
        self.give_letters_up(&Line::Talk(user.clone()), Some(user));
        self.delete::<Talk>(user.as_str());
    }
}

impl Deciding<'_> {
    /// The community whose member asks linli for a talk: one that knows them, or else the first one that a stranger may
    /// be new to, so often and no oftener: any for somebody of the bot's own server, one with a lobby for others. A room
    /// that is not meant for two is none of our business.
    pub(in crate::domain) fn community_inviting(
        &mut self,
        invited: &Invited,
    ) -> Option<Arc<Community>> {
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
