//! Letting somebody in: invitations to their building's room and to the rooms for all.
// Nothing in this file does IO.

use super::{
    applicant::{Applicant, Stands},
    card,
    settings::AdmissionSettings,
    tell,
};
use crate::{
    domain::{
        community::Purpose,
        context::Context,
        effect::{Act, Effect, Lane},
        ids::{RoomId, UserId},
        input::{Member, Membership},
        speech::Arg,
    },
    text::home::Home,
};

/// Lets somebody in for a home.
pub fn let_in(ctx: &mut Context<'_, '_>, user: &UserId, applicant: &mut Applicant, home: Home) {
    let (rooms, has_room) = rooms_for(ctx, &home, applicant);
    let mut asked = 0;
    for room in rooms {
        let knocks = applicant.knocks.contains(&room);
        let wanted = match ctx.membership(&room, user) {
            Some(Membership::Join | Membership::Ban) => false,
            Some(Membership::Invite) => knocks,
            Some(Membership::Knock | Membership::Leave) | None => true,
        };
        if wanted {
            let invite = Act::Invite { user: user.clone() };
            ctx.ask(&room, Lane::Answer, Effect::Act(invite));
            asked += 1;
        }
    }
    applicant.knocks.clear();
    if asked == 0 && applicant.told.is_some() && matches!(applicant.stands, Stands::In { .. }) {
        return;
    }
    let building = home.building.clone();
    applicant.stands = Stands::In { home };
    card::refresh(ctx, user, applicant);
    let key = match (asked, has_room) {
        (0, _) => "admission-in-already",
        (_, true) => "admission-in",
        (_, false) => "admission-in-no-room",
    };
    let args = [("building", Arg::Text(&building))];
    tell::once(ctx, user, applicant, key, &args);
}

/// The rooms that somebody of this home is asked into, and whether their building's is among them.
fn rooms_for(ctx: &Context<'_, '_>, home: &Home, applicant: &Applicant) -> (Vec<RoomId>, bool) {
    let mut own = Vec::new();
    let mut rooms = Vec::new();
    for (room, purpose) in ctx.community.rooms() {
        match purpose {
            Purpose::Space | Purpose::Notice | Purpose::Help(_) => rooms.push(room.clone()),
            Purpose::Building(building) if home.is_in(building) => own.push(room.clone()),
            Purpose::Building(_) if applicant.knocks.contains(room) => rooms.push(room.clone()),
            Purpose::Building(_) | Purpose::Staff | Purpose::Lobby => {}
        }
    }
    let has_room = !own.is_empty();
    // The first invitation that they read shall be that of their own building.
    own.append(&mut rooms);
    (own, has_room)
}

/// Somebody has come into a building: they need not wait in the lobby any more.
pub fn came_home(ctx: &mut Context<'_, '_>, member: &Member) {
    let settings: &AdmissionSettings = ctx.settings();
    let clears = settings.clear_lobby;
    let (Some(lobby), true) = (ctx.community.lobby().cloned(), clears) else {
        return;
    };
    let user = &member.user;
    let applicant = Applicant::of(ctx, user);
    let is_in = applicant.is_some_and(|known| matches!(known.stands, Stands::In { .. }));
    if is_in && ctx.membership(&lobby, user) == Some(Membership::Join) {
        let language = ctx.language_for(user);
        let reason = ctx.say(language, "admission-lobby-left", &[]).text;
        let kick = Act::Kick {
            user: user.clone(),
            reason,
        };
        ctx.ask(&lobby, Lane::Answer, Effect::Act(kick));
    }
}
