//! The one place that reads the clock.

use std::{
    sync::{
        OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use crate::domain::ids::Millis;

/// The variable by which a rehearsal says how far ahead its clock is, in milliseconds. Only with it, 0 included, can
/// the clock be moved.
pub const AHEAD: &str = "LINLI_CLOCK_AHEAD_MS";

static MOVED: AtomicI64 = AtomicI64::new(0);

/// Now.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place; everybody else is told the time"
)]
pub fn now() -> Millis {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let now = Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
    match ahead() {
        None => now,
        Some(ms) => now.plus(ms).plus(MOVED.load(Ordering::Relaxed)),
    }
}

/// Moves the clock forward; false where this is no rehearsal.
pub fn go_ahead(ms: i64) -> bool {
    let may = ahead().is_some();
    if may {
        MOVED.fetch_add(ms.max(0), Ordering::Relaxed);
    }
    may
}

fn ahead() -> Option<i64> {
    static START: OnceLock<Option<i64>> = OnceLock::new();
    *START.get_or_init(|| std::env::var(AHEAD).ok()?.parse().ok())
}
