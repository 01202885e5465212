//! What the bot would make of the names of a community's members. Nothing here does IO.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    domain::{
        community::{Community, Purpose, Settings},
        ids::{RoomId, UserId},
    },
    features::{
        moderation::{self, settings::ModerationSettings},
        naming::{
            self,
            judge::{self, Verdict},
            schedule::Outlook,
            settings::NamingSettings,
        },
    },
    text::{language, names::Reason},
};

/// What somebody is called in each room that they are in.
pub type NamesByRoom = BTreeMap<RoomId, String>;

/// A community's members, judged.
pub struct Survey<'s> {
    pub community: Arc<Community>,
    pub settings: &'s NamingSettings,
    pub members: Vec<Judged>,
    /// What would follow.
    pub outlook: Outlook,
    /// Mutes and removals would only be told to the staff.
    pub rehearses: bool,
}

/// A member of buildings' rooms.
pub struct Judged {
    pub user: UserId,
    /// The rooms of buildings that they are in; first the one in which the name weighs most.
    pub rooms: Vec<RoomId>,
    /// The name that was judged.
    pub name: String,
    pub outcome: Outcome,
}

/// What their names come to.
pub enum Outcome {
    Right,
    /// Nobody minds what they are called.
    Exempt,
    Wrong {
        reason: Reason,
        /// A right name to copy.
        example: String,
    },
}

/// True for the rooms in which names count.
pub fn asks_for_names(purpose: &Purpose) -> bool {
    match purpose {
        Purpose::Building(_) | Purpose::Lobby => true,
        Purpose::Space | Purpose::Staff | Purpose::Notice | Purpose::Help(_) => false,
    }
}

impl<'s> Survey<'s> {
    /// Judges everybody who is in a building's room or the lobby of the community; `everybody` may hold others too.
    pub fn of(
        all: &'s Settings,
        community: &'s Arc<Community>,
        everybody: &BTreeMap<UserId, NamesByRoom>,
    ) -> Self {
        let members: Vec<Judged> = everybody
            .iter()
            .filter(|(user, _)| !all.is_bot(user))
            .filter_map(|(user, names)| Judged::of(all, community, user, names))
            .collect();
        let settings: &NamingSettings = community.settings(naming::NAME);
        let moderation: &ModerationSettings = community.settings(moderation::NAME);
        let wrong = members.iter().filter(|member| member.is_wrong()).count();
        Self {
            outlook: Outlook::of(settings, wrong),
            community: Arc::clone(community),
            settings,
            members,
            rehearses: moderation.dry_run,
        }
    }

    /// How many names are wrong for each reason.
    pub fn reasons(&self) -> BTreeMap<Reason, usize> {
        let mut reasons = BTreeMap::new();
        for member in &self.members {
            if let Outcome::Wrong { reason, .. } = member.outcome {
                *reasons.entry(reason).or_default() += 1;
            }
        }
        reasons
    }
}

impl Judged {
    fn of(
        all: &Settings,
        community: &Community,
        user: &UserId,
        names: &NamesByRoom,
    ) -> Option<Self> {
        let names: NamesByRoom = names
            .iter()
            .filter(|(room, _)| community.asks_for_names(room))
            .map(|(room, name)| (room.clone(), name.clone()))
            .collect();
        let (first, called) = names.first_key_value()?;
        let (room, name, outcome) = if judge::is_exempt(all, community, user) {
            (first, called.clone(), Outcome::Exempt)
        } else {
            match judge::judge(all, community, &names) {
                Verdict::Absent => return None,
                Verdict::Right(_) => (first, called.clone(), Outcome::Right),
                Verdict::Wrong {
                    room,
                    name,
                    refusal,
                } => {
                    // Nothing is known yet of the language that they write in.
                    let language = language::of(&name).unwrap_or(community.language);
                    let example = judge::example(all, community, &room, &refusal, language);
                    let reason = refusal.reason;
                    let (room, _) = names.get_key_value(&room)?;
                    (room, name, Outcome::Wrong { reason, example })
                }
            }
        };
        let others = names.keys().filter(|other| *other != room);
        Some(Self {
            user: user.clone(),
            rooms: std::iter::once(room).chain(others).cloned().collect(),
            name,
            outcome,
        })
    }

    pub fn is_wrong(&self) -> bool {
        matches!(self.outcome, Outcome::Wrong { .. })
    }
}
