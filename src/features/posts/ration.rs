//! How many posts, and how many sales, one neighbour may open: the channels belong to all.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::settings::PostSettings;
use crate::{
    domain::{
        context::Context,
        ids::{HOUR_MS, Millis, UserId},
        record::Record,
    },
    text::posts::{Kind, Way},
};

/// The kind of posts that traders write.
const SALE: &str = "sell";
const DAY_MS: i64 = 24 * HOUR_MS;
const WEEK_MS: i64 = 7 * DAY_MS;

/// What somebody posted within the last week.
#[derive(Default, Serialize, Deserialize)]
struct Posted {
    all: Vec<Millis>,
    sales: Vec<Millis>,
}

impl Record for Posted {
    const KIND: &'static str = "help_posted";
}

impl Posted {
    fn of(ctx: &mut Context<'_, '_>, user: &UserId) -> Self {
        let mut posted: Self = ctx.get(user.as_str()).unwrap_or_default();
        let now = ctx.now;
        posted.all.retain(|at| now.since(*at) < DAY_MS);
        posted.sales.retain(|at| now.since(*at) < WEEK_MS);
        posted
    }
}

fn is_full(times: &[Millis], most: u32) -> bool {
    u32::try_from(times.len()).unwrap_or(u32::MAX) >= most
}

/// Counts one more post.
///
/// # Errors
/// Where it is one too many: the key of the sentence that says so.
pub fn take(ctx: &mut Context<'_, '_>, user: &UserId, kind: &Kind) -> Result<(), &'static str> {
    let settings: &PostSettings = ctx.settings();
    let (a_day, a_week) = (settings.posts_a_day, settings.sales_a_week);
    let mut posted = Posted::of(ctx, user);
    if is_full(&posted.all, a_day) {
        return Err("post-too-many");
    }
    if kind.name == SALE {
        if is_full(&posted.sales, a_week) {
            return Err("post-too-many-sales");
        }
        posted.sales.push(ctx.now);
    }
    posted.all.push(ctx.now);
    ctx.put(user.as_str(), &posted);
    Ok(())
}

/// Whether a post of one kind may become one of another by an edit; it is counted then as if it were new.
pub fn may_become(ctx: &mut Context<'_, '_>, user: &UserId, before: &Kind, kind: &Kind) -> bool {
    let was_counted = before.way != Way::Talk || kind.way == Way::Talk;
    if was_counted && (kind.name != SALE || before.name == SALE) {
        return true;
    }
    take(ctx, user, kind).is_ok()
}
