//! Spam: adverts, floods and the like are gone before most people see them, and honest neighbours are left alone.
//!
//! Every message, edit, reaction of words, name and heading of a room gets a score from 0.0 to 1.0: contact ids in
//! disguise, links, words, the same text again, floods, people called in masses, QR codes. What follows depends on who
//! writes: strictest for newcomers, milder for residents of long standing, nothing for staff, moderators and bots. From
//! mild to harsh: the moderators are asked; the message is removed, with a word in private why and how to object; its
//! author is muted for a time as well, and what they wrote in the last minutes goes too, save what their tickets hold;
//! they are banned. What tells of a danger is never removed, nor are reports because there were too many. Messages that
//! belong together are one wave with one card in the staff room: moderators tap ✅ right, ❌ wrong (which takes
//! everything back, and the same text passes from then on) or ⛔ ban everybody; a 🚯 on any message says that it is
//! spam. `!spam` shows the last waves, `!spam deny example.com` keeps a host out. What moderators have said is kept to
//! train with.
// Nothing in this folder does IO.

pub mod act;
mod card;
mod commands;
mod decided;
pub mod judge;
pub mod learn;
mod looks;
mod refuse;
pub mod settings;
mod signs;
mod spoken;
pub mod standing;
mod tell;
pub mod wave;

use crate::{
    domain::{
        commit::Timer,
        context::Context,
        effect::{Effect, Lane, Target},
        feature::{Feature, Flow, Stage},
        input::{End, Input, Member, Membership, Reaction, Settled},
        roles::Who,
    },
    features::moderation::{case::Kind, settings::may, tell as moderation},
};
use settings::SpamSettings;
use spoken::Spoken;
use standing::Writer;
use wave::Wave;

/// The feature's name, in keys and configuration.
pub const NAME: &str = "spam";

/// A moderator's tap that says of a message that it is spam.
const IS_SPAM: char = '🚯';

/// The feature.
pub const FEATURE: Feature = Feature {
    name: NAME,
    stage: Stage::Guard,
    commands: commands::ALL,
    configure: settings::configure,
    decide,
    check: refuse::check,
};

fn decide(ctx: &mut Context<'_, '_>, input: &Input) -> Flow {
    match input {
        Input::Message(message) => {
            let spoken = Spoken::message(message);
            return judge::said(ctx, spoken);
        }
        Input::Edit(edit) => {
            // Nobody can change what another one wrote: clients pass it over.
            if ctx
                .author_of(&edit.target)
                .is_some_and(|author| author != edit.sender)
            {
                return Flow::Go;
            }
            let spoken = Spoken::edit(edit);
            return judge::said(ctx, spoken);
        }
        Input::Reaction(tap) => {
            if decided::tapped(ctx, tap) || says_spam(ctx, tap) {
                return Flow::Stop;
            }
            if is_words(&tap.key) {
                let spoken = Spoken::reaction(tap);
                return judge::said(ctx, spoken);
            }
        }
        Input::Heading(heading) => {
            let spoken = Spoken::heading(heading);
            return judge::said(ctx, spoken);
        }
        Input::Member(member) => seen(ctx, member),
        Input::Settled(settled) => match &settled.end {
            End::Seen(held) => looks::seen(ctx, settled, held),
            End::Sent(_) | End::Opened(_) | End::AlreadySo | End::Wedged(_) | End::Outdated => {
                looks::given_up(ctx, settled);
                card_settled(ctx, settled);
            }
        },
        Input::Timer(timer) => woken(ctx, timer),
        Input::Redaction(redaction) => act::noticed(ctx, &redaction.target),
        Input::ReactionRemoved(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Operator(_) => {}
    }
    Flow::Go
}

/// Whether a reaction says something, as an emoji does not.
fn is_words(key: &str) -> bool {
    key.chars().count() >= 4 && key.chars().any(char::is_alphanumeric)
}

/// Somebody comes in, has a new name, or invites others.
fn seen(ctx: &mut Context<'_, '_>, member: &Member) {
    let Some(event) = &member.id else { return };
    if member.user != member.sender {
        if member.membership == Membership::Invite {
            judge::invited(ctx, member, event);
        }
        return;
    }
    let before = member.before.as_ref();
    let was_in = before.is_some_and(|before| before.membership == Membership::Join);
    if member.membership != Membership::Join || ctx.community.purpose(&member.room).is_none() {
        return;
    }
    let known: Option<Writer> = ctx.get(member.user.as_str());
    if !was_in && known.is_none() {
        let writer = Writer {
            // A homeserver of others may say what it likes about when somebody came.
            since: Some(if member.user.server() == ctx.bot().server() {
                member.at.min(ctx.now)
            } else {
                ctx.now
            }),
            ..Writer::default()
        };
        writer.save(ctx, &member.user);
    }
    let is_same = before.is_some_and(|before| was_in && before.name == member.name);
    if let Some(spoken) = Spoken::name(member).filter(|_| !is_same) {
        judge::named(ctx, spoken);
    }
}

/// A moderator says of a message that it is spam: it is treated as if linli had found it.
fn says_spam(ctx: &mut Context<'_, '_>, tap: &Reaction) -> bool {
    let is_moderator = Who::Moderator.includes(ctx.community.person(&tap.sender));
    if !tap.key.starts_with(IS_SPAM) || !is_moderator {
        return false;
    }
    let take_away = Effect::Redact {
        target: Target::Event(tap.id.clone()),
        reason: String::new(),
    };
    ctx.ask(&tap.room, Lane::Guard, take_away);
    let community = ctx.community.clone();
    let settings: &SpamSettings = community.settings(NAME);
    if !may(ctx, &tap.sender, Kind::Mute, settings.mute_for) {
        moderation::tell_moderator(ctx, &tap.sender, "not-allowed");
        return true;
    }
    let Some(author) = ctx.writer_of(&tap.target) else {
        moderation::tell_moderator(ctx, &tap.sender, "tap-too-old");
        return true;
    };
    if act::is_exempt(ctx, &author) {
        moderation::tell_moderator(ctx, &tap.sender, "spam-exempt");
        return true;
    }
    judge::called_spam(ctx, tap, &author);
    true
}

/// Our card is in its room: from now on taps on it are understood.
fn card_settled(ctx: &mut Context<'_, '_>, settled: &Settled) {
    let about = settled.mark.as_ref().and_then(|mark| mark.about.as_ref());
    let about = about.filter(|about| about.feature == NAME);
    let no = about.and_then(|about| about.id.strip_prefix("wave.")?.parse().ok());
    let Some(mut wave) = no.and_then(|no| Wave::load(ctx, no)) else {
        return;
    };
    match &settled.end {
        End::Sent(event) => {
            if ctx.linked(event).is_none() {
                ctx.link(event, &format!("wave.{}", wave.no));
            }
            if wave.card == Some(Target::Sent(settled.txn.clone())) {
                wave.card = Some(Target::Event(event.clone()));
                wave.save(ctx);
            }
        }
        End::Outdated => card::refresh(ctx, &wave),
        End::AlreadySo | End::Opened(_) | End::Seen(_) | End::Wedged(_) => {}
    }
}

fn woken(ctx: &mut Context<'_, '_>, timer: &Timer) {
    let no = timer
        .note
        .strip_prefix("card ")
        .and_then(|no| no.parse().ok());
    if let Some(wave) = no.and_then(|no| Wave::load(ctx, no)) {
        card::refresh(ctx, &wave);
    }
}
