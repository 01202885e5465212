//! Taps on cards and on the helm: which emoji means what, and what taking one back means.
// Nothing in this file does IO.

use super::{
    claims, helm,
    life::{Act, act},
    matching, memory,
    post::Post,
};
use crate::domain::{
    context::Context,
    input::{Reaction, ReactionRemoved},
};

/// Somebody tapped one of our messages about a post.
pub fn tapped(ctx: &mut Context<'_, '_>, tap: &Reaction) {
    let Some(id) = ctx.linked(&tap.target) else {
        return;
    };
    if matching::tapped(ctx, &id, tap) || claims::tapped(ctx, &id, tap) {
        return;
    }
    let Some(post) = Post::named(ctx, &id) else {
        return;
    };
    // On what neighbours write they tap what they like.
    let is_said = memory::tapped(ctx, &post, tap);
    if is_said || tap.target == post.message {
        return;
    }
    let meant = helm::choice(&post, tap).map(Act::Promise);
    let Some(meant) = meant.or_else(|| plain(&tap.key)) else {
        return;
    };
    let at = (&tap.room, Some(&tap.id));
    if act(ctx, post, &meant, &tap.sender, at).is_ok() && meant == Act::Ask {
        ctx.put(tap.id.as_str(), tap);
    }
}

/// Whoever takes their 🙋 back wants it no more.
pub fn taken_back(ctx: &mut Context<'_, '_>, removed: &ReactionRemoved) {
    let tap = &removed.tap;
    let is_own = removed.by == tap.sender;
    let Some(post) = Post::of_event(ctx, &tap.target).filter(|_| is_own) else {
        return;
    };
    memory::taken_back(ctx, &post, tap);
    let mut askers = post.askers.iter();
    if askers.any(|asker| asker.tap.as_ref() == Some(&tap.id) && asker.who.user == tap.sender) {
        // It may be over for them already.
        act(ctx, post, &Act::Leave, &tap.sender, (&tap.room, None)).ok();
    }
}

/// What an emoji means, in any skin and any gender.
fn plain(key: &str) -> Option<Act> {
    let base = key
        .chars()
        .find(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}'))?;
    match base {
        '🙋' => Some(Act::Ask),
        '🙅' => Some(Act::Leave),
        '🤝' => Some(Act::Promise(0)),
        '✅' | '✔' | '☑' => Some(Act::Done),
        '🔁' | '🔄' => Some(Act::Again),
        '🗑' | '❌' | '✖' => Some(Act::Withdraw),
        '📣' | '📢' => Some(Act::Widen),
        '🚩' => Some(Act::Flag),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skins_genders_and_variations_mean_the_same() {
        for key in ["🙋", "🙋🏽", "🙋‍♀️"] {
            assert_eq!(plain(key), Some(Act::Ask), "{key}");
        }
        assert_eq!(plain("🗑️"), Some(Act::Withdraw));
        assert_eq!(plain("❤️"), None);
        assert_eq!(plain(""), None);
    }
}
