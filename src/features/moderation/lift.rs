//! Ending a sanction: by time, before its time, or as if it had never been.
// Nothing in this file does IO.

use super::{
    case::{By, Case, Dossier, End, How, Kind},
    levels,
    settings::ModerationSettings,
    tell,
};
use crate::domain::{
    context::Context,
    effect::{Act, Effect, Lane},
    ids::{RoomId, UserId},
};
use crate::features::spam;

/// Ends a case, and brings back what was before it: levels, and for what is undone or over also invitations.
pub fn end(ctx: &mut Context<'_, '_>, mut case: Case, how: How, by: Option<By>) {
    let was_open = case.is_open();
    if was_open || how == How::Undone {
        let native = matches!(by, Some(By::Native(_)));
        let ask_back = how == How::Undone || (how == How::Lifted && !native);
        give_back(ctx, &case, was_open, ask_back);
    }
    if how == How::Undone {
        take_strikes_back(ctx, &mut case);
        spam::learn::undone(ctx, &case);
    }
    case.end = Some(End {
        at: ctx.now,
        how,
        by: by.clone(),
    });
    case.save(ctx);
    unlist(ctx, &case);
    tell::ended(ctx, &case);
    let followed = case.led_to.filter(|_| how == How::Undone);
    if let Some(followed) = followed.and_then(|no| Case::load(ctx, no))
        && !followed.is_undone()
    {
        end(ctx, followed, how, by);
    }
}

/// Lifts several cases of a member, each as those before it have left it.
pub fn end_all(ctx: &mut Context<'_, '_>, cases: &[Case], by: &By) {
    for case in cases {
        if let Some(case) = Case::load(ctx, case.no) {
            end(ctx, case, How::Lifted, Some(by.clone()));
        }
    }
}

fn give_back(ctx: &mut Context<'_, '_>, case: &Case, was_open: bool, ask_back: bool) {
    let user = &case.user;
    let mut others = if matches!(case.kind, Kind::Ban | Kind::Remove) {
        other_bans(ctx, case)
    } else {
        Vec::new()
    };
    for room in &case.rooms {
        match case.kind {
            Kind::Mute => levels::let_go(ctx, room, user, case.no),
            Kind::Ban if was_open => {
                let mut bans = others.iter_mut().filter(|other| other.kind == Kind::Ban);
                match bans.find(|other| other.holds_in(room)) {
                    Some(other) => hand_on(&mut other.rooms, room),
                    None => {
                        let unban = Act::Unban { user: user.clone() };
                        ctx.ask(room, Lane::Guard, Effect::Act(unban));
                    }
                }
            }
            Kind::Ban | Kind::Remove | Kind::Warn | Kind::Redact => {}
        }
    }
    let back = match case.kind {
        Kind::Ban => ask_back,
        Kind::Remove => true,
        Kind::Mute | Kind::Warn | Kind::Redact => false,
    };
    for room in case.left.iter().filter(|_| back) {
        match others.iter_mut().find(|other| other.holds_in(room)) {
            Some(other) => hand_on(&mut other.left, room),
            None => {
                let invite = Act::Invite { user: user.clone() };
                ctx.ask(room, Lane::Guard, Effect::Act(invite));
            }
        }
    }
    for other in others {
        other.save(ctx);
    }
}

/// What stays so because of another case ends with that one.
fn hand_on(rooms: &mut Vec<RoomId>, room: &RoomId) {
    if !rooms.contains(room) {
        rooms.push(room.clone());
    }
}

/// Other cases that keep the same member out.
fn other_bans(ctx: &mut Context<'_, '_>, case: &Case) -> Vec<Case> {
    let open = Dossier::of(ctx, &case.user).open;
    let others = open.into_iter().filter(|no| *no != case.no);
    let others: Vec<Case> = others.filter_map(|no| Case::load(ctx, no)).collect();
    let keeps_out =
        |other: &Case| other.is_open() && matches!(other.kind, Kind::Ban | Kind::Remove);
    others.into_iter().filter(keeps_out).collect()
}

/// Counts a member's strikes anew, without those of one case: what has faded meanwhile may have been theirs.
fn take_strikes_back(ctx: &mut Context<'_, '_>, case: &mut Case) {
    if case.strike == 0 {
        return;
    }
    case.strike = 0;
    let settings: &ModerationSettings = ctx.community.settings(super::NAME);
    let fade = settings.fade_ms();
    let mut dossier = Dossier::of(ctx, &case.user);
    let cases = Case::of(ctx, &case.user, usize::MAX).into_iter().rev();
    let counts =
        |other: &Case| other.strike > 0 && other.no > dossier.forgiven && other.no != case.no;
    let counting: Vec<Case> = cases.filter(counts).collect();
    (dossier.strikes, dossier.counted) = (0, ctx.now);
    for other in counting {
        dossier.strikes = dossier.strikes_at(other.at, fade) + other.strike;
        dossier.counted = other.at;
    }
    dossier.save(ctx, &case.user);
}

fn unlist(ctx: &mut Context<'_, '_>, case: &Case) {
    let mut dossier = Dossier::of(ctx, &case.user);
    if dossier.open.contains(&case.no) {
        dossier.open.retain(|no| *no != case.no);
        dossier.save(ctx, &case.user);
    }
}

/// Somebody has ended in one room, natively, what these cases did there.
pub fn ended_in(ctx: &mut Context<'_, '_>, cases: &[u32], room: &RoomId, by: &UserId) {
    for no in cases {
        let Some(mut case) = Case::load(ctx, *no).filter(Case::is_open) else {
            continue;
        };
        case.rooms.retain(|known| known != room);
        case.left.retain(|known| known != room);
        hand_on(&mut case.spared, room);
        if case.rooms.is_empty() {
            end(ctx, case, How::Lifted, Some(By::Native(by.clone())));
        } else {
            case.save(ctx);
        }
    }
}

/// The open cases of a member of these kinds.
pub fn open_cases(ctx: &mut Context<'_, '_>, user: &UserId, kinds: &[Kind]) -> Vec<Case> {
    let open = Dossier::of(ctx, user).open;
    let cases: Vec<Case> = open
        .into_iter()
        .filter_map(|no| Case::load(ctx, no))
        .collect();
    let wanted = |case: &Case| case.is_open() && kinds.contains(&case.kind);
    cases.into_iter().filter(wanted).collect()
}

/// Forgives somebody everything: what holds is ended, and strikes are forgotten.
pub fn pardon(ctx: &mut Context<'_, '_>, user: &UserId, by: &By) -> usize {
    let cases = open_cases(ctx, user, &[Kind::Mute, Kind::Remove, Kind::Ban]);
    let count = cases.len();
    end_all(ctx, &cases, by);
    let mut dossier = Dossier::of(ctx, user);
    dossier.strikes = 0;
    dossier.counted = ctx.now;
    dossier.forgiven = Case::last_number(ctx);
    dossier.save(ctx, user);
    count
}
