//! What was refused, and shall be tried again: done if it is still wanted.
// Nothing in this file does IO.

use super::{
    case::{Case, How, Kind},
    levels, lift,
};
use crate::domain::{
    context::Context,
    effect::{Act, Effect, Lane},
    ids::{RoomId, UserId},
    limits,
};

/// Asks for an act again, if what it is for still holds.
pub fn if_wanted(ctx: &mut Context<'_, '_>, room: &RoomId, act: &Act) {
    let wanted = match act {
        Act::SetLevels(change) => {
            for (user, entry) in &change.users {
                levels::again(ctx, room, user, *entry);
            }
            return;
        }
        Act::Ban { user, .. } => is_banned(ctx, room, user),
        Act::Unban { user } | Act::Invite { user } => !is_banned(ctx, room, user),
        Act::Kick { user, .. } => is_removed(ctx, room, user),
        Act::SetDoor { .. }
        | Act::SetPolicy { .. }
        | Act::Rename { .. }
        | Act::Join
        | Act::Open(_) => false,
    };
    if wanted {
        ctx.ask(room, Lane::Guard, Effect::Act(act.clone()));
    }
}

fn is_banned(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) -> bool {
    let bans = lift::open_cases(ctx, user, &[Kind::Ban]);
    bans.iter().any(|case| case.rooms.contains(room))
}

/// True where somebody's last removal from a room was not taken back.
fn is_removed(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) -> bool {
    let cases = Case::of(ctx, user, limits::CASES_SHOWN_MAX);
    let last = cases
        .iter()
        .find(|case| case.kind == Kind::Remove && case.rooms.contains(room));
    last.is_some_and(|case| {
        let end = case.end.as_ref().map(|end| end.how);
        matches!(end, None | Some(How::Done))
    })
}
