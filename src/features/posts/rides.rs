//! What happens at a time, with seats: a reminder before it, and the end when it leaves. What comes again on the same days
//! of the week goes on with those who are aboard.
// Nothing in this file does IO.

use super::{
    life,
    news::{self, News, What},
    post::{Post, State},
    queue::{self, Asker, Standing},
};
use crate::{
    domain::{
        context::Context,
        ids::{HOUR_MS, MINUTE_MS, Millis},
    },
    text::posts,
};

/// How far back it is looked for a time at which people are awake, in steps.
const STEP_MS: i64 = 15 * MINUTE_MS;
const STEPS_MAX: i64 = 24 * 4;

/// When those aboard are reminded: an hour before, or in the evening before where that is at night. None where that
/// was done, or its moment is over.
pub fn reminder_at(ctx: &Context<'_, '_>, post: &Post) -> Option<Millis> {
    let at = post.told.at?;
    let news = News::new(What::Leaves, &post.author.user, day_of(at));
    let is_told = post.told_of.contains(&news.id()) || post.later.contains(&news);
    if is_told || post.aboard().next().is_none() || at <= ctx.now {
        return None;
    }
    let steps = (0..STEPS_MAX).map(|step| at.plus(-HOUR_MS - step * STEP_MS));
    let mut awake = steps.filter(|moment| ctx.community.waking.hold(*moment));
    awake.next()
}

/// Which departure it is: whoever comes along every day is reminded every day.
pub fn day_of(at: Millis) -> u32 {
    u32::try_from(at.0 / (24 * HOUR_MS)).unwrap_or(0)
}

/// Reminds those aboard, and whoever drives.
pub fn remind(ctx: &mut Context<'_, '_>, post: &mut Post) {
    let Some(at) = post.told.at else {
        return;
    };
    let aboard: Vec<_> = post.aboard().map(|asker| asker.who.user.clone()).collect();
    let everybody = aboard.into_iter().chain([post.author.user.clone()]);
    for user in everybody {
        news::tell(ctx, post, None, News::new(What::Leaves, &user, day_of(at)));
    }
}

/// The next departure is a new one: whoever left may come along again, and what was told of the last one is no news.
fn begin_anew(post: &mut Post) {
    post.askers.retain(Asker::stands);
    for asker in &mut post.askers {
        asker.times = 1;
    }
    post.told_of.retain(|id| news::is_of_pair(id));
    post.later.retain(|news| !news::is_of_departure(news.what));
}

/// It leaves: done, if somebody came along.
pub fn leave(ctx: &mut Context<'_, '_>, post: &mut Post) {
    let next = post.told.weekly.as_ref().and_then(|days| {
        let at = ctx.local(post.told.at?)?;
        let after = at.checked_add_signed(chrono::TimeDelta::minutes(1))?;
        // linli may not have been there for some of them.
        let after = after.max(ctx.local(ctx.now)?);
        ctx.at_local(posts::next_on(days, at, after)?)
    });
    if let Some(next) = next {
        post.told.at = Some(next);
        begin_anew(post);
        return;
    }
    let has_gone = post.aboard().next().is_some();
    post.state = if has_gone {
        State::Done
    } else {
        State::Expired
    };
    post.helper = Some(post.author.clone()).filter(|_| has_gone);
    queue::dissolve(ctx, post, &[Standing::Waits], None);
    life::ended(ctx, post);
}
