//! Moderation: warnings, removals of messages, mutes, removals and bans, each with a reason, an author, an end and a
//! way back.
//!
//! Moderators answer a message with `!mute 2h advert` (`!禁言 2小时 广告`), `!warn`, `!redact`, `!kick` or `!ban`, name
//! somebody by name or id, in the community's rooms or in the staff room, or tap 🔇 🗑 🚪 ⛔ on a message; the tap is
//! taken away at once. What they do in Element itself (a removal, a ban, a removed message, a power level below the
//! default) is noticed and written into the same record, and removals and bans are carried to the other rooms. A
//! warning is a strike; strikes fade, and too many of them have their consequences. `!history @somebody` and `!why` show
//! the record, `!undo 12` brings back what was before case 12, `!pardon` forgives everything. Sanctions for a time end
//! by themselves. Staff, moderators, bots and the accounts of bridges are never sanctioned, and nobody can be given
//! power through linli. A sanctioned member may write to linli once in private; the moderators get their words with
//! the record, and taps to keep 👌 or lift 🔓.
// Nothing in this folder does IO.

mod again;
mod appeal;
pub mod case;
mod commands;
pub mod impose;
mod levels;
pub mod lift;
mod native;
pub mod settings;
mod taps;
pub mod tell;
pub mod whom;

use crate::domain::{
    commit::Timer,
    context::Context,
    effect::Act,
    feature::{Feature, Flow, Stage, let_pass},
    ids::RoomId,
    input::{End, Input, Settled},
};
use case::{Case, How};

/// The feature's name, in keys and configuration.
pub const NAME: &str = "moderation";

/// The feature.
pub const FEATURE: Feature = Feature {
    name: NAME,
    stage: Stage::Guard,
    commands: commands::ALL,
    configure: settings::configure,
    decide,
    check: let_pass,
};

fn decide(ctx: &mut Context<'_, '_>, input: &Input) -> Flow {
    match input {
        Input::Member(member) => native::member(ctx, member),
        Input::Levels(changed) => native::levels(ctx, changed),
        Input::Redaction(redaction) => native::redaction(ctx, redaction),
        Input::Reaction(tap) => {
            if appeal::tapped(ctx, tap) || taps::tapped(ctx, tap) {
                return Flow::Stop;
            }
        }
        Input::Message(message) => {
            if appeal::heard(ctx, message) {
                return Flow::Stop;
            }
        }
        Input::Settled(settled) => row_settled(ctx, settled),
        Input::Timer(timer) => woken(ctx, timer),
        Input::Edit(_)
        | Input::ReactionRemoved(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Operator(_) => {}
    }
    Flow::Go
}

fn row_settled(ctx: &mut Context<'_, '_>, settled: &Settled) {
    let about = settled.mark.as_ref().and_then(|mark| mark.about.as_ref());
    let about = about.filter(|about| about.feature == NAME);
    let is_levels = matches!(settled.act, Some(Act::SetLevels(_)));
    match (&settled.end, about) {
        (End::Sent(event), Some(about)) => ctx.link(event, &about.id),
        (End::Outdated, _) => {
            if let Some(act) = &settled.act {
                again::if_wanted(ctx, &settled.room, act);
            }
        }
        // Of all that is sent only levels are waited for.
        (End::Wedged(_), _) if is_levels => levels::given_up(ctx, &settled.room, &settled.txn),
        (End::Sent(event), _) if is_levels => {
            levels::done(ctx, &settled.room, &settled.txn, Some(event));
        }
        (End::AlreadySo, _) if is_levels => {
            levels::done(ctx, &settled.room, &settled.txn, None);
        }
        (End::Wedged(_) | End::Sent(_) | End::AlreadySo | End::Opened(_) | End::Seen(_), _) => {}
    }
}

fn woken(ctx: &mut Context<'_, '_>, timer: &Timer) {
    if let Some(room) = timer.note.strip_prefix("levels ") {
        return levels::check(ctx, &RoomId::from(room));
    }
    let number = timer
        .note
        .strip_prefix("end ")
        .and_then(|no| no.parse().ok());
    let case = number.and_then(|no| Case::load(ctx, no));
    let Some(case) = case.filter(|case| case.is_open() && case.until == Some(timer.due)) else {
        return;
    };
    lift::end(ctx, case, How::Over, None);
}
