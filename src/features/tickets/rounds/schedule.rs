//! When a round is due, by a cron expression in the community's time.
// Nothing in this file does IO.

use std::str::FromStr as _;

use chrono::DateTime;
use croner::Cron;

use crate::domain::{context::Context, ids::Millis};

/// Reads an expression of five fields.
///
/// # Errors
/// What is wrong with it, for whoever wrote it.
pub fn read(text: &str) -> Result<Cron, String> {
    if text.split_whitespace().count() != 5 {
        return Err("it has not five fields".to_owned());
    }
    Cron::from_str(text).map_err(|error| error.to_string())
}

/// The next moment after another one at which it is due.
pub fn next(ctx: &Context<'_, '_>, text: &str, after: Millis) -> Option<Millis> {
    let from = DateTime::from_timestamp_millis(after.0)?;
    let from = from.with_timezone(&ctx.community.timezone);
    let found = read(text).ok()?.find_next_occurrence(&from, false);
    Some(Millis(found.ok()?.timestamp_millis()))
}
