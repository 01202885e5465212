//! Who lives in which home, by their names. Two are normal; of too many a moderator is asked.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{door::Door, settings::NamingSettings, tell};
use crate::{
    domain::{
        context::Context,
        ids::{RoomId, UserId},
        record::Record,
    },
    text::{home::Home, names::Name},
};

/// The members who bear the name of one home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    pub home: Home,
    pub members: BTreeSet<UserId>,
    /// So many were allowed by a moderator.
    pub allowed: usize,
}

impl Record for Household {
    const KIND: &'static str = "household";
}

impl Household {
    fn of(ctx: &mut Context<'_, '_>, home: &Home) -> Self {
        ctx.get(&home.key()).unwrap_or_else(|| Self {
            home: home.clone(),
            members: BTreeSet::new(),
            allowed: 0,
        })
    }
}

/// The members who bear the name of a home, or of one that it can be.
pub fn members_of(ctx: &mut Context<'_, '_>, home: &Home) -> BTreeSet<UserId> {
    let found = ctx.scan::<Household>(&home.prefix(), usize::MAX);
    let households = found.into_iter().map(|(_, household)| household);
    households
        .filter(|household| household.home.fits(home))
        .flat_map(|household| household.members)
        .collect()
}

/// A member lives in this home from now on.
pub fn moved_in(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    door: &mut Door,
    name: &Name,
    room: Option<&RoomId>,
) {
    let home = Home::from(name);
    if door.home.as_ref() == Some(&home) {
        return;
    }
    moved_out(ctx, user, door);
    let settings: &NamingSettings = ctx.settings();
    let limit = settings.members_per_home;
    let mut household = Household::of(ctx, &home);
    household.members.insert(user.clone());
    let count = household.members.len();
    if count > limit.max(household.allowed) {
        household.allowed = count;
        tell::crowded(ctx, user, room, count);
    }
    ctx.put(&home.key(), &household);
    door.home = Some(home);
}

/// A member lives in no home that is known any more.
pub fn moved_out(ctx: &mut Context<'_, '_>, user: &UserId, door: &mut Door) {
    let Some(home) = door.home.take() else {
        return;
    };
    let mut household = Household::of(ctx, &home);
    household.members.remove(user);
    if household.members.is_empty() {
        ctx.delete::<Household>(&home.key());
    } else {
        ctx.put(&home.key(), &household);
    }
}
