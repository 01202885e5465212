//! Who has had how many gifts of late, so that ten people do not take half of them.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::settings::PostSettings;
use crate::domain::{
    context::Context,
    ids::{HOUR_MS, Millis, UserId},
    record::Record,
};

/// The kind of posts that gifts are counted of.
pub const KIND: &str = "give";

/// For so long a gift counts.
const MONTH_MS: i64 = 30 * 24 * HOUR_MS;

/// When somebody got gifts within the last month.
#[derive(Default, Serialize, Deserialize)]
struct Gifts(Vec<Millis>);

impl Record for Gifts {
    const KIND: &'static str = "gifts";
}

fn of_late(ctx: &mut Context<'_, '_>, user: &UserId) -> Gifts {
    let Gifts(mut all) = ctx.get(user.as_str()).unwrap_or_default();
    let now = ctx.now;
    all.retain(|at| now.since(*at) < MONTH_MS);
    Gifts(all)
}

/// Whether somebody has had so many that others go first.
pub fn are_many(ctx: &mut Context<'_, '_>, user: &UserId) -> bool {
    let most = ctx.settings::<PostSettings>().gifts_a_month;
    let Gifts(all) = of_late(ctx, user);
    u32::try_from(all.len()).unwrap_or(u32::MAX) >= most
}

/// Somebody got one.
pub fn note(ctx: &mut Context<'_, '_>, user: &UserId) {
    let mut gifts = of_late(ctx, user);
    gifts.0.push(ctx.now);
    ctx.put(user.as_str(), &gifts);
}
