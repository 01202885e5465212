//! Taps of moderators on any message: 🔇 mutes its author, 🗑 removes it, 🚪 removes the author, ⛔ bans them. The tap
//! itself is taken away again, so that it embarrasses nobody.
// Nothing in this file does IO.

use super::{
    case::{By, Case, Kind},
    commands,
    impose::{Order, Telling, impose},
    settings::{self, ModerationSettings, Reach},
    tell,
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Target},
        ids::UserId,
        input::Reaction,
        roles::Who,
    },
    text::span::Span,
};

/// Somebody tapped a message; true where it was a moderator's tap.
pub fn tapped(ctx: &mut Context<'_, '_>, tap: &Reaction) -> bool {
    let settings: &ModerationSettings = ctx.settings();
    let kind = kind_of(&tap.key).filter(|_| settings.taps);
    let is_moderator = Who::Moderator.includes(ctx.community.person(&tap.sender));
    let (Some(kind), true) = (kind, is_moderator) else {
        return false;
    };
    let span = match kind {
        Kind::Mute => settings.mute_for,
        Kind::Warn | Kind::Redact | Kind::Remove | Kind::Ban => Span::Forever,
    };
    let here = settings.reach == Reach::Room;
    let line = ctx.linked(&tap.target);
    let case = line.as_deref().and_then(|id| of_case(ctx, id));
    let take_away = Effect::Redact {
        target: Target::Event(tap.id.clone()),
        reason: String::new(),
    };
    ctx.ask(&tap.room, Lane::Guard, take_away);
    let Some(author) = meant(ctx, tap) else {
        tell::tell_moderator(ctx, &tap.sender, "tap-too-old");
        return true;
    };
    if kind == Kind::Redact && line.is_some() {
        // The line is linli's own, which tells what was done.
        tell::tell_moderator(ctx, &tap.sender, "redact-what");
        return true;
    }
    if !settings::may(ctx, &tap.sender, kind, span) {
        tell::tell_moderator(ctx, &tap.sender, "not-allowed");
        return true;
    }
    let order = Order {
        user: author.clone(),
        kind,
        span,
        room: match (&line, case) {
            (Some(_), case) => case.and_then(|case| case.room).filter(|_| here),
            (None, _) => here.then(|| tap.room.clone()),
        },
        by: By::Person(tap.sender.clone()),
        reason: String::new(),
        about: line
            .is_none()
            .then(|| (tap.room.clone(), tap.target.clone())),
        strikes: 0,
        seen: None,
        telling: Telling::All,
        removes_itself: false,
    };
    if let Err(refused) = impose(ctx, &order) {
        let language = ctx.language_for(&tap.sender);
        let said = commands::refusal(ctx, language, &author, refused);
        ctx.tell(&tap.sender, None, said, None);
    }
    true
}

/// Whom a tap means: the member that a line in the staff room is about, or else the author of the message.
fn meant(ctx: &mut Context<'_, '_>, tap: &Reaction) -> Option<UserId> {
    let Some(id) = ctx.linked(&tap.target) else {
        return ctx.author_of(&tap.target);
    };
    match id.split_once('.')? {
        ("user", user) => Some(UserId::from(user)),
        ("case", _) => of_case(ctx, &id).map(|case| case.user),
        _ => None,
    }
}

/// The case that a line is about.
fn of_case(ctx: &mut Context<'_, '_>, line: &str) -> Option<Case> {
    let (_, no) = line.split_once('.').filter(|(what, _)| *what == "case")?;
    Case::load(ctx, no.parse().ok()?)
}

fn kind_of(key: &str) -> Option<Kind> {
    let base = key
        .chars()
        .find(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}'))?;
    match base {
        '🔇' => Some(Kind::Mute),
        '🗑' => Some(Kind::Redact),
        '🚪' => Some(Kind::Remove),
        '⛔' => Some(Kind::Ban),
        _ => None,
    }
}
