//! 🚩: neighbours think that a post does not belong here; the moderators decide.
// Nothing in this file does IO.

use super::{
    card,
    post::{Post, about},
};
use crate::domain::{
    context::Context,
    effect::{Effect, Lane, Post as Message},
    ids::UserId,
    limits,
    speech::Arg,
};

/// After so many neighbours the moderators are told again.
const MANY: usize = 3;

/// Somebody flags a post: the staff room reads it, once for the first and once for many.
pub fn raise(ctx: &mut Context<'_, '_>, post: &mut Post, user: &UserId) -> bool {
    let is_full = post.flags.len() >= limits::POST_ASKERS_MAX;
    if is_full || post.is_author(user) || !post.flags.insert(user.clone()) {
        return false;
    }
    let count = post.flags.len();
    let Some(room) = ctx.community.staff_room().cloned() else {
        return true;
    };
    if count != 1 && count != MANY {
        return true;
    }
    let language = ctx.community.language;
    let no = post.no.to_string();
    let what = card::in_short(ctx, post, language);
    let text = card::words(ctx, post);
    let name = post.author.called(ctx, language);
    let args = [
        ("no", Arg::Text(&no)),
        ("what", Arg::Said(&what)),
        ("text", Arg::Text(&text)),
        ("name", Arg::Text(&name)),
        (
            "count",
            Arg::Number(i64::try_from(count).unwrap_or(i64::MAX)),
        ),
    ];
    let message = Message {
        content: ctx.say(language, "post-flagged", &args),
        quiet: true,
        reply_to: None,
        thread: None,
        about: Some(about(post.no)),
    };
    ctx.ask(&room, Lane::Talk, Effect::Post(message));
    true
}
