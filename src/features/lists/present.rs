//! Who is in the community: kept by the member's id while lists are followed, so that a rule need not look through all
//! rooms.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::{
    context::{Context, MemberRecord},
    ids::{RoomId, UserId},
    input::{Member, Membership},
    record::Record,
};

/// The rooms that a member is in, or is invited to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Present(BTreeSet<RoomId>);

/// That everybody has been counted once.
#[derive(Serialize, Deserialize)]
struct Counted;

/// That somebody was there when linli got to know of them, and has not been held against the rules yet.
#[derive(Serialize, Deserialize)]
struct Met;

impl Record for Met {
    const KIND: &'static str = "present_met";
}

impl Record for Present {
    const KIND: &'static str = "present";
}

impl Record for Counted {
    const KIND: &'static str = "present_counted";
}

fn is_in(membership: Membership) -> bool {
    matches!(
        membership,
        Membership::Join | Membership::Invite | Membership::Knock
    )
}

/// Notes where somebody is; true where they were nowhere before and are somewhere now.
pub fn note(ctx: &mut Context<'_, '_>, member: &Member) -> bool {
    let id = member.user.as_str();
    let mut present: Present = ctx.get(id).unwrap_or_default();
    let before = present.clone();
    if is_in(member.membership) {
        present.0.insert(member.room.clone());
    } else {
        present.0.remove(&member.room);
    }
    if present == before {
        return false;
    }
    if present.0.is_empty() {
        ctx.delete::<Present>(id);
    } else {
        ctx.put(id, &present);
    }
    before.0.is_empty()
}

/// Notes that somebody was there already.
pub fn met(ctx: &mut Context<'_, '_>, user: &UserId) {
    ctx.put(user.as_str(), &Met);
}

/// Those who were, since this was asked last.
pub fn newly_met(ctx: &mut Context<'_, '_>) -> Vec<UserId> {
    let met = ctx.scan::<Met>("", usize::MAX).into_iter();
    let met: Vec<UserId> = met.map(|(id, _)| UserId::from(id)).collect();
    for user in &met {
        ctx.delete::<Met>(user.as_str());
    }
    met
}

/// Who is there is not followed any more: it is counted anew once it is asked for.
pub fn forget(ctx: &mut Context<'_, '_>) {
    if ctx.get::<Counted>("").is_some() {
        ctx.delete::<Counted>("");
    }
}

/// True where somebody is in the community.
pub fn is_present(ctx: &mut Context<'_, '_>, user: &UserId) -> bool {
    count(ctx);
    ctx.get::<Present>(user.as_str()).is_some()
}

/// Everybody who is.
pub fn everybody(ctx: &mut Context<'_, '_>) -> Vec<UserId> {
    count(ctx);
    let found = ctx.scan::<Present>("", usize::MAX);
    found.into_iter().map(|(id, _)| UserId::from(id)).collect()
}

/// Counts everybody, the first time: those who were there before lists were followed have not been noted.
fn count(ctx: &mut Context<'_, '_>) {
    if ctx.get::<Counted>("").is_some() {
        return;
    }
    ctx.put("", &Counted);
    for (id, _) in ctx.scan::<Present>("", usize::MAX) {
        ctx.delete::<Present>(&id);
    }
    let community = ctx.community.clone();
    for (room, _) in community.rooms() {
        let prefix = format!("{room}/");
        for (id, member) in ctx.scan::<MemberRecord>(&prefix, usize::MAX) {
            let Some(user) = id
                .strip_prefix(&prefix)
                .filter(|_| is_in(member.membership))
            else {
                continue;
            };
            let mut present: Present = ctx.get(user).unwrap_or_default();
            present.0.insert(room.clone());
            ctx.put(user, &present);
        }
    }
}
