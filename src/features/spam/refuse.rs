//! What the homeserver asks before it lets something happen. The same signs and the same verdict as for what has
//! happened; in doubt it passes.
// Nothing in this file does IO.

use super::{NAME, act, judge, settings::SpamSettings, spoken::Spoken, standing::Writer};
use crate::{
    domain::{
        check::Check,
        context::Context,
        ids::{RoomId, UserId},
        input::Input,
        speech::Said,
    },
    features::moderation::{case::Kind, lift},
};

/// So many times as many people may be invited as the moderators are told of, before nobody more may.
const TOO_MANY: usize = 3;

/// Whether something must not happen, and what its author reads then.
pub fn check(ctx: &mut Context<'_, '_>, check: &Check) -> Option<Said> {
    match check {
        Check::Event(input) => event(ctx, input),
        Check::Invite { by, user, room } => invite(ctx, by, user, room),
        Check::Join { user, room } => join(ctx, user, room),
    }
}

fn event(ctx: &mut Context<'_, '_>, input: &Input) -> Option<Said> {
    let spoken = match input {
        Input::Message(message) => Spoken::message(message),
        Input::Edit(edit) => Spoken::edit(edit),
        Input::Reaction(tap) if super::is_words(&tap.key) => Spoken::reaction(tap),
        Input::Reaction(_) => return None,
        Input::Heading(heading) => Spoken::heading(heading),
        Input::Redaction(_)
        | Input::ReactionRemoved(_)
        | Input::Member(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Timer(_)
        | Input::Settled(_)
        | Input::Operator(_) => return None,
    };
    judge::refused(ctx, spoken)
}

/// Invitations of very many people, and into our rooms any by whoever is under a sanction. Linli and those who keep
/// order can always be asked into a talk: that is where somebody objects.
fn invite(ctx: &mut Context<'_, '_>, by: &UserId, user: &UserId, room: &RoomId) -> Option<Said> {
    let community = ctx.community.clone();
    let settings: &SpamSettings = community.settings(NAME);
    let is_one_of_us = *user == ctx.bot() || ctx.person(user).is_some();
    if is_one_of_us || act::is_exempt(ctx, by) || !act::acts(ctx, settings) {
        return None;
    }
    let mut writer = Writer::of(ctx, by);
    let is_known = writer.is_known(settings, ctx.now);
    writer.forget(is_known, ctx.now);
    writer.invites(user, ctx.now);
    let people = writer.invited.len();
    writer.save(ctx, by);
    let kinds = [Kind::Mute, Kind::Remove, Kind::Ban];
    let is_ours = ctx.community.purpose(room).is_some();
    let is_sanctioned = is_ours && !lift::open_cases(ctx, by, &kinds).is_empty();
    let too_many = people > TOO_MANY * settings.invitations;
    if !is_sanctioned && !too_many {
        return None;
    }
    let language = ctx.language_for(by);
    Some(ctx.say(language, "spam-refused-invite", &[]))
}

/// Whoever is banned in the community, and whose ban has not come to this room yet.
fn join(ctx: &mut Context<'_, '_>, user: &UserId, room: &RoomId) -> Option<Said> {
    let is_ours = ctx.community.purpose(room).is_some();
    if !is_ours || act::is_exempt(ctx, user) {
        return None;
    }
    let bans = lift::open_cases(ctx, user, &[Kind::Ban]);
    bans.iter().find(|case| case.holds_in(room))?;
    let language = ctx.language_for(user);
    Some(ctx.say(language, "spam-refused-join", &[]))
}
