//! What moderators do in Element itself: noticed, written into the record, and carried to the other rooms.
// Nothing in this file does IO.

use super::{
    case::{By, Case, Kind},
    impose::{self, Order, Refused, Seen, Telling},
    levels, lift,
    settings::{self, ModerationSettings},
    tell,
};
use crate::{
    domain::{
        context::Context,
        effect::{Act, Effect, Lane},
        ids::{EventId, RoomId, UserId},
        input::{LevelsChanged, Member, Membership, Redaction},
    },
    text::span::Span,
};

/// Somebody's standing has changed: by their own doing, by ours, or by a moderator's.
pub fn member(ctx: &mut Context<'_, '_>, member: &Member) {
    let before = member.before.as_ref().map(|before| before.membership);
    let entered = member.membership == Membership::Join && before != Some(Membership::Join);
    // A talk with linli is where somebody can object; no sanction follows there.
    if ctx.community.purpose(&member.room).is_none() {
        return;
    }
    if entered {
        impose::follow(ctx, &member.room, &member.user);
    }
    if member.sender == ctx.bot() {
        return overtaken(ctx, member, before);
    }
    if member.id.is_none() || member.sender == member.user {
        return;
    }
    match (before, member.membership) {
        (Some(Membership::Join), Membership::Leave) => done(ctx, member, Kind::Remove),
        (Some(Membership::Ban), Membership::Leave) => unbanned(ctx, member),
        (Some(Membership::Ban), Membership::Ban) => {}
        (_, Membership::Ban) => done(ctx, member, Kind::Ban),
        _ => {}
    }
}

/// What we did on an earlier word may have come after somebody's later one, and overwritten it.
fn overtaken(ctx: &mut Context<'_, '_>, member: &Member, before: Option<Membership>) {
    let cases = lift::open_cases(ctx, &member.user, &[Kind::Ban]);
    let is_banned = cases.iter().any(|case| case.rooms.contains(&member.room));
    let user = member.user.clone();
    let act = match (before, member.membership, is_banned) {
        (Some(Membership::Ban), Membership::Leave, true) => Act::Ban {
            user,
            reason: String::new(),
        },
        // Without a case of ours, as after a loss of data, nobody knows what the ban was for: it stays.
        (_, Membership::Ban, false) if impose::had_banned(ctx, &member.room, &user) => {
            Act::Unban { user }
        }
        _ => return,
    };
    ctx.ask(&member.room, Lane::Guard, Effect::Act(act));
}

/// A removal or a ban.
fn done(ctx: &mut Context<'_, '_>, member: &Member, kind: Kind) {
    let before = member.before.as_ref().map(|before| before.membership);
    let seen = Seen {
        room: member.room.clone(),
        entry: None,
        was_in: before == Some(Membership::Join),
    };
    let reason = member.reason.clone().unwrap_or_default();
    record(ctx, &member.user, &member.sender, kind, seen, reason, None);
}

fn record(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    by: &UserId,
    kind: Kind,
    seen: Seen,
    reason: String,
    about: Option<(RoomId, EventId)>,
) {
    let settings: &ModerationSettings = ctx.settings();
    // Power in one room, which anybody may have, is not a role in the community.
    let carried = settings.carry
        && matches!(kind, Kind::Remove | Kind::Ban)
        && settings::may(ctx, by, kind, Span::Forever)
        && !settings.dry_run;
    let room = (!carried).then(|| seen.room.clone());
    let at = seen.room.clone();
    let order = Order {
        user: user.clone(),
        kind,
        span: Span::Forever,
        room,
        by: By::Native(by.clone()),
        reason,
        about,
        strikes: 0,
        seen: Some(seen),
        telling: Telling::All,
        removes_itself: false,
    };
    if let Err(Refused::Exempt(_)) = impose::impose(ctx, &order) {
        tell::native_on_exempt(ctx, &at, user, by, kind);
    }
}

/// A ban was lifted: what we hold for it ends in this room, and everywhere where it had been carried.
fn unbanned(ctx: &mut Context<'_, '_>, member: &Member) {
    let settings: &ModerationSettings = ctx.settings();
    let carried = settings.carry && settings::may(ctx, &member.sender, Kind::Ban, Span::Forever);
    let cases = lift::open_cases(ctx, &member.user, &[Kind::Ban]);
    let here = cases
        .into_iter()
        .filter(|case| case.rooms.contains(&member.room));
    let here: Vec<Case> = here.collect();
    if carried {
        let by = By::Native(member.sender.clone());
        return lift::end_all(ctx, &here, &by);
    }
    for case in here {
        lift::ended_in(ctx, &[case.no], &member.room, &member.sender);
    }
}

/// Power levels were changed: whoever was silenced or given back their voice natively is noted.
pub fn levels(ctx: &mut Context<'_, '_>, changed: &LevelsChanged) {
    let Some(before) = &changed.before else {
        return;
    };
    for change in levels::take_in(ctx, changed) {
        let level = |entry: Option<i64>, of: &crate::domain::power::Levels| {
            of.silences(entry.unwrap_or(of.users_default))
        };
        let was_silent = level(change.old, before) || change.ends_silence;
        let is_silent = level(change.new, &changed.levels);
        if !is_silent && !was_silent {
            // A level given before our mute came: it is what comes back in the end.
            levels::given(ctx, &changed.room, &change.user, change.new);
        } else if is_silent && !was_silent {
            let seen = Seen {
                room: changed.room.clone(),
                entry: change.due,
                was_in: true,
            };
            let reason = String::new();
            record(
                ctx,
                &change.user,
                &changed.sender,
                Kind::Mute,
                seen,
                reason,
                None,
            );
        } else if was_silent && !is_silent {
            let cases = levels::forget(ctx, &changed.room, &change.user);
            lift::ended_in(ctx, &cases, &changed.room, &changed.sender);
        }
    }
}

/// A message was removed by somebody who did not write it.
pub fn redaction(ctx: &mut Context<'_, '_>, redaction: &Redaction) {
    let Some(author) = ctx.writer_of(&redaction.target) else {
        return;
    };
    let bot = ctx.bot();
    let is_own = author == redaction.sender || author == bot || redaction.sender == bot;
    if is_own || settings::exempt(ctx, &author).is_some() {
        return;
    }
    let seen = Seen {
        room: redaction.room.clone(),
        entry: None,
        was_in: true,
    };
    let about = (redaction.room.clone(), redaction.target.clone());
    let (user, by) = (author, redaction.sender.clone());
    record(
        ctx,
        &user,
        &by,
        Kind::Redact,
        seen,
        String::new(),
        Some(about),
    );
}
