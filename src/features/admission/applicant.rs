//! What is known of somebody before the door.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        context::{Context, MemberRecord, member_id},
        ids::{Millis, RoomId, Txn, UserId},
        input::Membership,
        limits,
        private::Talk,
        record::Record,
        speech::shorten,
    },
    text::home::Home,
};

/// Somebody who wants to come in, or has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// Rooms that they have knocked at.
    pub knocks: BTreeSet<RoomId>,
    /// Their name as it was last seen before the door.
    pub called: Option<String>,
    /// The home whose code they have sent.
    pub proven: Option<Home>,
    /// The home that a moderator has let them in for, and who it was.
    pub vouched: Option<(Home, UserId)>,
    pub stands: Stands,
    /// The surname that the moderators were asked about.
    pub surname: Option<String>,
    /// The card that asks the moderators.
    pub card: Option<Txn>,
    /// When that card was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_at: Option<Millis>,
    /// What they were told last, so that it is not said twice.
    pub told: Option<String>,
}

/// How it stands with somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// Their name, their proof or their word on the rules is not there yet.
    #[default]
    Waiting,
    /// The moderators were asked about this home.
    Asked { home: Home, since: Millis },
    /// A moderator has refused them for this home.
    Refused { home: Home, by: UserId },
    /// They were let in for this home.
    In { home: Home },
}

impl Record for Applicant {
    const KIND: &'static str = "applicant";
}

impl Applicant {
    /// Whoever is known; None for everybody else.
    pub fn of(ctx: &mut Context<'_, '_>, user: &UserId) -> Option<Self> {
        ctx.get(user.as_str())
    }

    /// Keeps it.
    pub fn save(&self, ctx: &mut Context<'_, '_>, user: &UserId) {
        ctx.put(user.as_str(), self);
    }

    /// Everybody of whom something is known, in the order of their ids, at most `limit`.
    pub fn all(ctx: &mut Context<'_, '_>, limit: usize) -> Vec<(UserId, Self)> {
        let found = ctx.scan::<Self>("", limit).into_iter();
        found
            .map(|(user, applicant)| (UserId::from(user), applicant))
            .collect()
    }

    /// Their name as moderators read it.
    #[must_use]
    pub fn shown(&self, user: &UserId) -> String {
        let name = self.called.as_deref().unwrap_or(user.localpart());
        shorten(&name.replace('\n', " "), limits::NAME_CHARS_MAX)
    }

    /// Their name as it is seen before the door, and the room whose building it may leave out: where they have knocked,
    /// in the lobby, or in the talk.
    pub fn name(&self, ctx: &mut Context<'_, '_>, user: &UserId) -> Option<(RoomId, String)> {
        let lobby = ctx.community.lobby().cloned();
        let talk: Talk = ctx.get(user.as_str()).unwrap_or_default();
        let knocked = self.knocks.first().cloned();
        for room in [lobby.clone(), talk.room].into_iter().flatten() {
            let member: Option<MemberRecord> = ctx.get(&member_id(&room, user));
            if let Some(member) = member.filter(|member| member.membership == Membership::Join) {
                // In the talk they are called as they are now; what they may leave out the knock tells.
                let around = knocked.filter(|_| lobby.as_ref() != Some(&room));
                return Some((around.unwrap_or(room), member.name.unwrap_or_default()));
            }
        }
        Some((knocked?, self.called.clone()?))
    }
}
