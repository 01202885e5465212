//! What the homeserver asks before it lets something happen: pure, and of no consequence unless it is refused.
//! Nothing in this file does IO.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{
    commit::Commit,
    community::Community,
    context::{MemberRecord, SoFar, member_id},
    decide::Deciding,
    feature::{Stage, World},
    ids::{Millis, RoomId, UserId},
    input::Input,
    record::{Fault, View},
};

/// Something that has not happened yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// An event is to be put into its room.
    Event(Box<Input>),
    /// Somebody is to be invited to a room, perhaps to one that linli does not know.
    Invite {
        by: UserId,
        user: UserId,
        room: RoomId,
    },
    /// Somebody wants to join a room.
    Join { user: UserId, room: RoomId },
}

/// What was decided about several checks at once.
#[derive(Debug, Default)]
pub struct Checked {
    /// What follows from those that are refused.
    pub commit: Commit,
    /// For each check the sentence that its author reads, where it is refused.
    pub refusals: Vec<Option<String>>,
}

/// Decides about checks. Whatever goes wrong in one of them lets it pass: what should not have passed is met again in
/// the stream.
///
/// # Errors
/// [`Fault::Store`] where the store could not be read.
pub fn check(
    world: &World,
    view: &dyn View,
    checks: &[Check],
    now: Millis,
) -> Result<Checked, Fault> {
    let mut deciding = Deciding::new(world, view, now);
    let refusals = checks.iter().map(|check| deciding.check(check)).collect();
    Ok(Checked {
        commit: deciding.draft.finish()?,
        refusals,
    })
}

impl Deciding<'_> {
    fn check(&mut self, check: &Check) -> Option<String> {
        let community = self.checked_in(check)?;
        let tried = catch_unwind(AssertUnwindSafe(|| self.refused(&community, check)));
        // Who invites is counted, whatever comes of it.
        let counts = matches!(check, Check::Invite { .. });
        let is_well = !matches!(self.draft.take_fault(), Some(Fault::Unreadable { .. }));
        match tried {
            Ok(refusal) if is_well && (refusal.is_some() || counts) => {
                self.draft.keep();
                refusal
            }
            Ok(_) | Err(_) => {
                self.draft.drop_part();
                None
            }
        }
    }

    fn refused(&mut self, community: &Arc<Community>, check: &Check) -> Option<String> {
        let guards = self.world.features.iter();
        let so_far = &mut SoFar::default();
        guards
            .filter(|feature| feature.stage == Stage::Guard)
            .find_map(|feature| {
                let id = check.id();
                let mut context = self.context(community, feature.name, id, so_far);
                (feature.check)(&mut context, check)
            })
            .map(|said| said.text)
    }

    /// The community that a check is about: that of its room, or of whoever does it.
    fn checked_in(&mut self, check: &Check) -> Option<Arc<Community>> {
        let (room, user) = match check {
            Check::Event(input) => return self.community(input.room()?),
            Check::Invite { by, room, .. } => (room, by),
            Check::Join { user, room } => (room, user),
        };
        if let Some(community) = self.community(room) {
            return Some(community);
        }
        let world = self.world;
        let mut communities = world.settings.communities().iter();
        communities
            .find(|community| {
                let scope = community.id.as_str();
                community.rooms().any(|(known, _)| {
                    let id = member_id(known, user);
                    self.draft.get::<MemberRecord>(scope, &id).is_some()
                })
            })
            .cloned()
    }
}

impl Check {
    /// What the transaction ids of its effects are made from.
    fn id(&self) -> String {
        match self {
            Self::Event(input) => input.id(),
            Self::Invite { by, user, room } => format!("invite.{by}.{user}.{room}"),
            Self::Join { user, room } => format!("join.{user}.{room}"),
        }
    }
}
