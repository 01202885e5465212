//! When something is due of a post by itself: one timer looks at all of it.
// Nothing in this file does IO.

use super::{
    life,
    news::{self, News, What},
    post::{Post, State},
    queue::{self, Standing},
    rides, rings,
};
use crate::{
    domain::{
        commit::Timer,
        context::Context,
        ids::{HOUR_MS, Millis},
        limits,
    },
    text::posts::{Ends, Kind, Way},
};

/// The note of the timer, before the number.
pub const LOOK: &str = "look";

const DAY_MS: i64 = 24 * HOUR_MS;
/// So long an author has for saying how it ended.
const OUTCOME_MS: i64 = 3 * DAY_MS;

/// What can be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    /// What has waited for the morning.
    Morning,
    /// It was kept for somebody for long enough.
    Kept,
    /// It is time to show it again.
    Again,
    /// Its days are over.
    Ends,
    /// Its author has not said how it ended.
    Silent,
    /// Soon it leaves, or begins.
    Reminder,
    /// It leaves.
    Leaves,
    /// Nobody has answered in the ring where it is shown.
    Ring,
}

/// Sets the timer for whatever is due next.
pub fn plan(ctx: &mut Context<'_, '_>, post: &mut Post) {
    let Some(row) = post.row(ctx) else {
        return;
    };
    let next = dues(ctx, post, &row).into_iter().map(|(at, _)| at).min();
    // What is due already is seen to by the look that is under way, or at once.
    let next = next.map(|at| at.max(ctx.now.plus(1)));
    if let Some(at) = next.filter(|_| post.look_at != next) {
        ctx.wake_at(
            at,
            &format!("{LOOK}.{}", post.no.0),
            &format!("{LOOK} {}", post.no.0),
        );
    }
    post.look_at = next;
}

/// A timer is due: does all that is.
pub fn woken(ctx: &mut Context<'_, '_>, timer: &Timer) {
    let number = timer.note.strip_prefix(LOOK).unwrap_or_default().trim();
    let Some(mut post) = Post::named(ctx, number) else {
        return;
    };
    // A timer for another moment is an old one.
    if post.look_at != Some(timer.due) {
        return;
    }
    let Some(row) = post.row(ctx) else {
        return;
    };
    // Each may make another one due, or none.
    for _ in 0..8 {
        let now = ctx.now;
        let due = dues(ctx, &post, &row);
        let first = due
            .into_iter()
            .filter(|(at, _)| *at <= now)
            .min_by_key(|(at, _)| *at);
        let Some((_, due)) = first else {
            break;
        };
        see_to(ctx, &mut post, &row, due);
    }
    life::shown(ctx, &mut post);
    post.save(ctx);
}

fn dues(ctx: &Context<'_, '_>, post: &Post, row: &Kind) -> Vec<(Millis, Due)> {
    let mut dues = Vec::new();
    if !post.later.is_empty() {
        dues.push((ctx.awake(ctx.now), Due::Morning));
    }
    if !post.state.is_open() {
        return dues;
    }
    // Where somebody waits for the author's word, more of them would not help.
    let is_wanted = row.way == Way::Pass && post.waiting().next().is_some()
        || row.way == Way::Seats && post.seats_left() == Some(0);
    dues.extend(post.kept_until.map(|until| (until, Due::Kept)));
    if post.wants_again {
        dues.push((ctx.awake(ctx.now), Due::Again));
    } else if row.again > 0
        && post.state == State::Open
        && post.shown_again < limits::POST_AGAIN_MAX
        && !is_wanted
    {
        let at = post.shown.plus(i64::from(row.again) * DAY_MS);
        dues.push((ctx.awake(at), Due::Again));
    }
    // What leaves at a time ends by that.
    let has_time = row.way == Way::Seats && post.told.at.is_some();
    match post.outcome_asked {
        Some(asked) => dues.push((ctx.awake(asked.plus(OUTCOME_MS)), Due::Silent)),
        None if has_time && post.told.weekly.is_none() => {}
        // What somebody counts on does not end under their hands.
        None if post.state == State::Promised => {}
        None if row.ends == Ends::Ask || post.told.weekly.is_some() => {
            dues.push((ctx.awake(post.ends), Due::Ends));
        }
        None => dues.push((post.ends, Due::Ends)),
    }
    dues.extend(rings::due(ctx, post).map(|at| (at, Due::Ring)));
    if row.way == Way::Seats {
        dues.extend(rides::reminder_at(ctx, post).map(|at| (at, Due::Reminder)));
        dues.extend(post.told.at.map(|at| (at, Due::Leaves)));
    }
    dues
}

/// Asks the author how it ended.
fn ask_outcome(ctx: &mut Context<'_, '_>, post: &mut Post) {
    post.outcome_asked = Some(ctx.now);
    post.kept_until = None;
    let author = post.author.user.clone();
    let news = News::new(What::Outcome, &author, post.rounds);
    news::tell(ctx, post, None, news);
}

fn see_to(ctx: &mut Context<'_, '_>, post: &mut Post, row: &Kind, due: Due) {
    match due {
        Due::Morning => news::in_the_morning(ctx, post),
        // Whoever seeks was promised help: how it was they know.
        Due::Kept if row.seeks => ask_outcome(ctx, post),
        Due::Kept => queue::free(ctx, post, row, Standing::Missed, None),
        Due::Again => life::show_again(ctx, post),
        Due::Ends if row.ends == Ends::Ask || post.told.weekly.is_some() => {
            ask_outcome(ctx, post);
        }
        // Nobody says that the help did not come.
        Due::Silent if post.state == State::Promised => life::done(ctx, post, row),
        Due::Ends | Due::Silent => life::expire(ctx, post),
        Due::Reminder => rides::remind(ctx, post),
        Due::Leaves => rides::leave(ctx, post),
        Due::Ring => rings::widen(ctx, post),
    }
}
