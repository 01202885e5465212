//! The helm: the message in private by which an author sees who asks, and steers the post.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use super::{
    card,
    post::{Helm, Post, State, about},
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Target},
        input::Reaction,
        speech::{Arg, Said},
    },
    text::posts::{Kind, Way},
};

/// The taps by which one of those who ask is chosen, the first first.
pub const CHOICES: [&str; 9] = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣"];
/// Of these so many are offered; the others are typed by whoever has so many to choose from.
const OFFERED: usize = 5;

/// Which of those who ask a tap on the helm chooses, counted from 0.
#[must_use]
pub fn choice(post: &Post, tap: &Reaction) -> Option<usize> {
    let helm = post.helm.as_ref()?;
    let is_helm = helm.target == Target::Event(tap.target.clone());
    // Clients write the sign with a variation or without.
    let plain = |key: &str| key.replace('\u{fe0f}', "");
    let at = CHOICES.iter().position(|key| plain(key) == plain(&tap.key));
    at.filter(|_| is_helm)
}

/// Puts it up, where it is not there yet.
pub fn put_up(ctx: &mut Context<'_, '_>, post: &mut Post) {
    if post.helm.is_some() {
        return refresh(ctx, post);
    }
    let said = render(ctx, post);
    let author = post.author.user.clone();
    let (room, sent) = ctx.tell_apart(&author, None, said, Some(about(post.no)));
    post.helm = Some(Helm {
        room,
        target: Target::Sent(sent),
        offered: BTreeSet::new(),
    });
    offer(ctx, post);
}

/// Brings it up to date, without a stir.
pub fn refresh(ctx: &mut Context<'_, '_>, post: &mut Post) {
    let Some(helm) = post.helm.clone() else {
        return;
    };
    let content = render(ctx, post).calling_nobody();
    let change = Effect::Change {
        target: helm.target,
        content,
        about: Some(about(post.no)),
    };
    ctx.ask(&helm.room, Lane::Answer, change);
    offer(ctx, post);
}

fn offer(ctx: &mut Context<'_, '_>, post: &mut Post) {
    let is_pass = post.row(ctx).is_some_and(|row| row.way == Way::Pass);
    let choices = if is_pass {
        post.waiting().count().min(OFFERED)
    } else {
        0
    };
    let Some(helm) = &mut post.helm else {
        return;
    };
    let keys: &[&str] = if post.state == State::Open {
        &CHOICES[..choices]
    } else {
        &[]
    };
    let always: &[&str] = if post.state.is_open() {
        &["✅", "🗑"]
    } else {
        &["🔁"]
    };
    let fresh: Vec<&str> = keys
        .iter()
        .chain(always)
        .filter(|key| !helm.offered.contains(**key))
        .copied()
        .collect();
    let (room, target) = (helm.room.clone(), helm.target.clone());
    helm.offered
        .extend(fresh.iter().map(|key| (*key).to_owned()));
    for key in fresh {
        let react = Effect::React {
            target: target.clone(),
            key: key.to_owned(),
        };
        ctx.ask(&room, Lane::Talk, react);
    }
}

fn render(ctx: &mut Context<'_, '_>, post: &Post) -> Said {
    let language = ctx.language_for(&post.author.user);
    let row = post.row(ctx);
    let mut lines = vec![
        card::head(ctx, post, row.as_ref(), language).bold(),
        card::in_short(ctx, post, language),
    ];
    let is_helped = row.as_ref().is_some_and(Kind::is_helped);
    let way = row.map(|row| row.way);
    let is_kept = post.state == State::Promised;
    if let Some(taker) = post.promised_to().filter(|_| is_kept) {
        let name = taker.who.called(ctx, language);
        let until = post.kept_until.map(|until| ctx.moment(until));
        let until = until.unwrap_or_default();
        let args = [
            ("who", Arg::Call(&taker.who.user, &name)),
            ("until", Arg::Text(&until)),
        ];
        let key = if is_helped {
            "post-helm-promised-help"
        } else {
            "post-helm-promised"
        };
        lines.push(ctx.say(language, key, &args).calling_nobody());
    }
    for asker in post.aboard() {
        let name = asker.who.called(ctx, language);
        let args = [("who", Arg::Call(&asker.who.user, &name))];
        lines.push(
            ctx.say(language, "post-helm-aboard", &args)
                .calling_nobody(),
        );
    }
    for (at, asker) in post.waiting().take(CHOICES.len()).enumerate() {
        let name = asker.who.called(ctx, language);
        let key = if way == Some(Way::Pass) {
            CHOICES[at]
        } else {
            "⏳"
        };
        let args = [
            ("key", Arg::Text(key)),
            ("who", Arg::Call(&asker.who.user, &name)),
            ("at", Arg::Text(&ctx.moment(asker.at))),
        ];
        lines.push(ctx.say(language, "post-helm-asker", &args).calling_nobody());
    }
    let more = post.waiting().count().saturating_sub(CHOICES.len());
    if more > 0 {
        let count = i64::try_from(more).unwrap_or(i64::MAX);
        lines.push(ctx.say(language, "post-helm-more", &[("count", Arg::Number(count))]));
    }
    let hint = match (post.state, way) {
        (State::Open, Some(Way::Pass)) if post.waiting().next().is_some() && is_helped => {
            "post-helm-choose-help"
        }
        (State::Open, Some(Way::Pass)) if post.waiting().next().is_some() => "post-helm-choose",
        (State::Open | State::Promised, _) => "post-helm-hint",
        (State::Done | State::Withdrawn | State::Expired, _) => "post-helm-over",
    };
    lines.push(ctx.say(language, hint, &[]));
    Said::lines(lines)
}
