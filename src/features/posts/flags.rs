//! 🚩: neighbours think that a post does not belong here; the moderators decide.
// Nothing in this file does IO.

use super::{
    card,
    life::No,
    post::{Line, Post, about},
};
use crate::domain::{
    context::Context,
    effect::{Effect, Lane, Post as Message, Target},
    ids::UserId,
    limits,
    speech::{Arg, Said},
};

/// After so many neighbours the moderators are told again.
const MANY: usize = 3;

/// Somebody flags a post: the staff room reads it, and how many they are.
///
/// # Errors
/// Where they have, or it is their own.
pub fn raise(ctx: &mut Context<'_, '_>, post: &mut Post, user: &UserId) -> Result<(), No> {
    if post.is_author(user) {
        return Err(No::Own);
    }
    if post.flags.len() >= limits::POST_ASKERS_MAX {
        return Err(No::Enough);
    }
    if !post.flags.insert(user.clone()) {
        return Err(No::Already);
    }
    let Some(room) = ctx.community.staff_room().cloned() else {
        return Ok(());
    };
    if post.flagged.is_some() && post.flags.len() != MANY {
        refresh(ctx, post);
        return Ok(());
    }
    let message = Message {
        content: render(ctx, post),
        quiet: true,
        reply_to: None,
        thread: None,
        about: Some(about(post.no)),
    };
    let sent = ctx.ask(&room, Lane::Talk, Effect::Post(message));
    if let Some(Line { room, target }) = post.flagged.take() {
        let reason = String::new();
        ctx.ask(&room, Lane::Talk, Effect::Redact { target, reason });
    }
    post.flagged = Some(Line {
        room,
        target: Target::Sent(sent),
    });
    Ok(())
}

/// Brings what the staff room reads of it up to date.
pub fn refresh(ctx: &mut Context<'_, '_>, post: &Post) {
    let Some(Line { room, target }) = post.flagged.clone() else {
        return;
    };
    let change = Effect::Change {
        target,
        content: render(ctx, post),
        about: Some(about(post.no)),
    };
    ctx.ask(&room, Lane::Talk, change);
}

fn render(ctx: &mut Context<'_, '_>, post: &Post) -> Said {
    let language = ctx.community.language;
    let no = post.no.to_string();
    let what = card::in_short(ctx, post, language);
    let text = card::words(ctx, post);
    let name = post.author.called(ctx, language);
    let count = i64::try_from(post.flags.len()).unwrap_or(i64::MAX);
    let args = [
        ("no", Arg::Text(&no)),
        ("what", Arg::Said(&what)),
        ("text", Arg::Text(&text)),
        ("name", Arg::Text(&name)),
        ("count", Arg::Number(count)),
    ];
    let said = ctx.say(language, "post-flagged", &args);
    let after = if post.state.is_open() {
        ctx.say(language, "post-flagged-hint", &[])
    } else {
        card::state(ctx, post, language)
    };
    Said::between([said, after], " 👉 ", " 👉 ")
}
