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
    text::names::Name,
};

/// The members who bear the name of one home.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    pub members: BTreeSet<UserId>,
    /// So many were allowed by a moderator.
    pub allowed: usize,
}

impl Record for Home {
    const KIND: &'static str = "home";
}

/// The id of a home's record: phase, building, stairwell and flat.
#[must_use]
pub fn id(name: &Name) -> String {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    format!(
        "{}/{}/{}/{}",
        part(&name.phase),
        name.building,
        part(&name.unit),
        name.home
    )
}

/// A member lives in this home from now on.
pub fn moved_in(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    door: &mut Door,
    name: &Name,
    room: Option<&RoomId>,
) {
    let id = id(name);
    if door.home.as_ref() == Some(&id) {
        return;
    }
    moved_out(ctx, user, door);
    let settings: &NamingSettings = ctx.settings();
    let limit = settings.members_per_home;
    let mut home: Home = ctx.get(&id).unwrap_or_default();
    home.members.insert(user.clone());
    let count = home.members.len();
    if count > limit.max(home.allowed) {
        home.allowed = count;
        tell::crowded(ctx, user, room, count);
    }
    ctx.put(&id, &home);
    door.home = Some(id);
}

/// A member lives in no home that is known any more.
pub fn moved_out(ctx: &mut Context<'_, '_>, user: &UserId, door: &mut Door) {
    let Some(id) = door.home.take() else {
        return;
    };
    let mut home: Home = ctx.get(&id).unwrap_or_default();
    home.members.remove(user);
    if home.members.is_empty() {
        ctx.delete::<Home>(&id);
    } else {
        ctx.put(&id, &home);
    }
}
