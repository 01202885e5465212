//! Names: everybody is called by their home and surname, as the community asks.
//!
//! Whoever joins or is renamed is read at once. A right name is welcomed in a quiet word; a wrong one gets a friendly
//! private message with the exact name to copy and how to change it, a reminder after a day, a mute after three, a
//! removal after fourteen; each step can be set or switched off. A right name undoes everything at once. A name that
//! passes for staff is silenced at once and shown to the moderators, and a home with too many members is too. Staff,
//! moderators, bots and the accounts of bridges may be called as they like. Those who were there before linli get a
//! longer grace, and no more messages are sent in an hour than is set; `linli names --dry-run` shows beforehand what
//! would happen.
// Nothing in this folder does IO.

pub mod door;
pub mod home;
pub mod judge;
mod ladder;
pub mod schedule;
pub mod settings;
pub mod tell;

use crate::{
    domain::{
        context::Context,
        feature::{Feature, Flow, Stage, let_pass},
        input::{Input, Member, Membership},
        private::Talk,
    },
    features::{
        moderation::{case::Kind, lift},
        raid,
    },
};
use door::{Door, Step};
use judge::Verdict;
use settings::NamingSettings;

/// The feature's name, in keys and configuration.
pub const NAME: &str = "naming";

/// The feature.
pub const FEATURE: Feature = Feature {
    name: NAME,
    stage: Stage::Guard,
    commands: &[],
    configure: settings::configure,
    decide,
    check: let_pass,
};

fn decide(ctx: &mut Context<'_, '_>, input: &Input) -> Flow {
    let settings: &NamingSettings = ctx.settings();
    if !settings.enforce {
        return Flow::Go;
    }
    match input {
        Input::Member(member) => seen(ctx, member),
        Input::Timer(timer) => ladder::woken(ctx, timer),
        Input::Message(_)
        | Input::Edit(_)
        | Input::Redaction(_)
        | Input::Reaction(_)
        | Input::ReactionRemoved(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Settled(_)
        | Input::Operator(_) => {}
    }
    Flow::Go
}

/// Somebody has come, gone, or been renamed.
fn seen(ctx: &mut Context<'_, '_>, member: &Member) {
    let user = &member.user;
    if judge::is_exempt(&ctx.world.settings, &ctx.community, user) {
        // What followed from their name before nobody minded it is undone.
        if let Some(mut door) = Door::of(ctx, user).filter(|door| door.ladder.is_some()) {
            ladder::forgive(ctx, &mut door);
            door.save(ctx, user);
        }
        return;
    }
    if !ctx.community.asks_for_names(&member.room) {
        return renamed_elsewhere(ctx, member);
    }
    let known = Door::of(ctx, user);
    let is_new = known.is_none();
    let mut door = known.unwrap_or_default();
    let before = door.clone();
    if member.membership == Membership::Join {
        let name = member.name.clone().unwrap_or_default();
        if door.names.get(&member.room) == Some(&name) {
            return;
        }
        door.present |= is_new && member.id.is_none();
        let was_absent = door.names.is_empty();
        door.names.insert(member.room.clone(), name);
        if was_absent {
            ladder::resume(ctx, user, &mut door);
        }
    } else if door.names.remove(&member.room).is_none() {
        return;
    }
    judge(ctx, member, &mut door);
    if door != before {
        door.save(ctx, user);
    }
}

fn judge(ctx: &mut Context<'_, '_>, member: &Member, door: &mut Door) {
    let user = &member.user;
    match door.verdict(ctx) {
        Verdict::Absent => home::moved_out(ctx, user, door),
        Verdict::Right(name) => {
            ladder::right(ctx, user, door, member.name.as_deref());
            // Who waits in the lobby lives nowhere yet.
            let room = door.building(ctx).cloned();
            if room.is_some() {
                home::moved_in(ctx, user, door, &name, room.as_ref());
            } else {
                home::moved_out(ctx, user, door);
            }
            let settings: &NamingSettings = ctx.settings();
            let greets = settings.welcome && ctx.community.building(&member.room).is_some();
            // Whom a ban list names is on their way out.
            let greets = greets && lift::open_cases(ctx, user, &[Kind::Ban]).is_empty();
            if !door.known && !door.present && greets && raid::until(ctx).is_none() {
                tell::welcome(ctx, user, &member.room);
            }
            door.known |= room.is_some();
        }
        Verdict::Wrong {
            room,
            name,
            refusal,
        } => {
            home::moved_out(ctx, user, door);
            let removed = door
                .ladder
                .as_ref()
                .is_some_and(|l| l.step == Step::Removed);
            if removed && member.membership != Membership::Join {
                // They are on their way out, one room after the other.
                return;
            }
            ladder::wrong(ctx, user, door, &room, &name, &refusal);
        }
    }
}

/// Whoever was removed for their name is seen only where linli talks with them: a right name lets them in again.
fn renamed_elsewhere(ctx: &mut Context<'_, '_>, member: &Member) {
    let user = &member.user;
    let talk: Talk = ctx.get(user.as_str()).unwrap_or_default();
    if talk.room.as_ref() != Some(&member.room) || member.membership != Membership::Join {
        return;
    }
    let Some(mut door) = Door::of(ctx, user) else {
        return;
    };
    let name = member.name.clone().unwrap_or_default();
    let room = door.ladder.as_ref().map(|ladder| ladder.room.clone());
    let was_removed = door
        .ladder
        .as_ref()
        .is_some_and(|ladder| ladder.step == Step::Removed);
    if let Some(room) = room.filter(|_| was_removed && door.names.is_empty())
        && tell::is_right(ctx, &room, &name)
    {
        ladder::right(ctx, user, &mut door, Some(&name));
        door.save(ctx, user);
    }
}
