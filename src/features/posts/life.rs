//! The life of a post: who may do what to it, and what follows.
// Nothing in this file does IO.

use super::{
    alarm, card, flags, gifts, helm,
    news::{self, News, What},
    post::{Post, State},
    queue::{self, Standing},
};
use crate::{
    domain::{
        context::Context,
        ids::{EventId, HOUR_MS, RoomId, UserId},
        limits,
        roles::Who,
    },
    text::posts::{Kind, Way},
};

/// What can be done to a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// I want it; I can help.
    Ask,
    /// No longer.
    Leave,
    /// It shall be kept for the one at this place of the list, counted from 0.
    Promise(usize),
    /// It has come to a good end.
    Done,
    /// Show it again, or open it again.
    Again,
    Withdraw,
    /// It may be shown more widely.
    Widen,
    /// It does not belong here.
    Flag,
}

/// Does it, if whoever does it may; what they may not is passed over in silence, for neighbours tap what they like.
pub fn act(
    ctx: &mut Context<'_, '_>,
    mut post: Post,
    act: &Act,
    user: &UserId,
    (room, tap): (&RoomId, Option<&EventId>),
) -> bool {
    let Some(row) = post.row(ctx) else {
        return false;
    };
    let is_author = post.is_author(user);
    let person = ctx.community.person(user);
    let keeps_order = Who::Moderator.includes(person);
    // Whoever finds somebody may be of staff.
    let may_end =
        is_author || row.way == Way::Alarm && (keeps_order || Who::Staff.includes(person));
    let done = match act {
        Act::Ask => queue::ask(ctx, &mut post, &row, user, (room, tap)),
        Act::Leave => queue::leave(ctx, &mut post, &row, user),
        Act::Promise(at) if is_author && row.way == Way::Pass => promise(ctx, &mut post, *at),
        Act::Done if may_end && post.state.is_open() => {
            done(ctx, &mut post, &row);
            true
        }
        // What a moderator has taken down, a moderator puts up again.
        Act::Again if is_author && !post.taken_down || keeps_order && post.taken_down => {
            again(ctx, &mut post, &row)
        }
        Act::Withdraw if is_author || keeps_order => withdraw(ctx, &mut post, user),
        Act::Widen if is_author => widen(ctx, &mut post),
        Act::Flag => flags::raise(ctx, &mut post, user),
        Act::Promise(_) | Act::Done | Act::Again | Act::Withdraw | Act::Widen => false,
    };
    if done {
        shown(ctx, &mut post);
        post.save(ctx);
    }
    done
}

/// Brings its cards and its helm up to date.
pub fn shown(ctx: &mut Context<'_, '_>, post: &mut Post) {
    card::refresh(ctx, post);
    helm::refresh(ctx, post);
}

fn widen(ctx: &Context<'_, '_>, post: &mut Post) -> bool {
    let is_new = post.state.is_open() && post.wide.is_none();
    if is_new {
        post.wide = Some(ctx.now);
    }
    is_new
}

fn promise(ctx: &mut Context<'_, '_>, post: &mut Post, at: usize) -> bool {
    let chosen = post.waiting().nth(at).map(|asker| asker.who.user.clone());
    let Some(chosen) = chosen.filter(|_| post.state == State::Open) else {
        return false;
    };
    let author = post.author.user.clone();
    queue::promise(ctx, post, &chosen, Some(&author));
    true
}

/// It has come to a good end.
pub fn done(ctx: &mut Context<'_, '_>, post: &mut Post, row: &Kind) {
    let author = post.author.user.clone();
    let taker = post.promised_to().map(|asker| asker.who.user.clone());
    // Whoever seeks was helped by whom they chose; all others have helped.
    post.helper = if row.seeks {
        post.promised_to().map(|asker| asker.who.clone())
    } else {
        Some(post.author.clone())
    };
    if let Some(taker) = taker.filter(|_| row.name == gifts::KIND) {
        gifts::note(ctx, &taker);
    }
    post.state = State::Done;
    // Whoever has a seat hears of it where it is over before its time.
    let is_early = row.way == Way::Seats && post.told.at.is_none_or(|at| at > ctx.now);
    let told: &[Standing] = if is_early {
        &[Standing::Waits, Standing::Aboard]
    } else {
        &[Standing::Waits]
    };
    queue::dissolve(ctx, post, told, Some(&author));
    ended(ctx, post);
    if !matches!(row.way, Way::Alarm | Way::Talk) {
        card::thank(ctx, post);
    }
}

pub fn withdraw(ctx: &mut Context<'_, '_>, post: &mut Post, by: &UserId) -> bool {
    if !post.state.is_open() {
        return false;
    }
    post.state = State::Withdrawn;
    post.taken_down = !post.is_author(by);
    if post.taken_down {
        let author = post.author.user.clone();
        let news = News::new(What::TakenDown, &author, post.rounds);
        news::tell(ctx, post, Some(by), news);
    }
    let all = [Standing::Waits, Standing::Promised, Standing::Aboard];
    queue::dissolve(ctx, post, &all, Some(by));
    ended(ctx, post);
    true
}

/// Its time is over.
pub fn expire(ctx: &mut Context<'_, '_>, post: &mut Post) {
    post.state = State::Expired;
    let author = post.author.user.clone();
    let all = [Standing::Waits, Standing::Promised, Standing::Aboard];
    queue::dissolve(ctx, post, &all, None);
    news::tell(ctx, post, None, News::new(What::Over, &author, post.rounds));
    ended(ctx, post);
}

/// Nothing is waited for any more.
pub fn ended(ctx: &mut Context<'_, '_>, post: &mut Post) {
    post.ended = Some(ctx.now);
    if post.is_alarm(ctx) {
        alarm::announce_end(ctx, post);
    }
    post.kept_until = None;
    post.outcome_asked = None;
    post.asked = None;
}

/// Its author shows it again, or opens it again.
fn again(ctx: &mut Context<'_, '_>, post: &mut Post, row: &Kind) -> bool {
    if post.state == State::Promised && post.outcome_asked.take().is_some() {
        // The help did not come.
        let author = post.author.user.clone();
        queue::free(ctx, post, row, Standing::Missed, Some(&author));
        post.ends = ctx.now.plus(i64::from(row.days.max(1)) * 24 * HOUR_MS);
        return true;
    }
    let is_gone = row.way == Way::Seats && post.told.at.is_some_and(|at| at <= ctx.now);
    if is_gone || post.state == State::Promised || post.text.is_empty() {
        return false;
    }
    let days = i64::from(row.days) * 24 * HOUR_MS;
    if post.state == State::Open {
        if post.outcome_asked.take().is_some() {
            // It is still looked for: that is the answer.
            post.ends = ctx.now.plus(days);
            post.rounds += 1;
            return true;
        }
        if post.shown_again >= limits::POST_AGAIN_MAX {
            return false;
        }
        show_again(ctx, post);
        return true;
    }
    post.state = State::Open;
    post.taken_down = false;
    post.rounds += 1;
    post.shown_again = 0;
    post.ended = None;
    post.ends = ctx.now.plus(days.max(24 * HOUR_MS));
    for asker in &mut post.askers {
        asker.standing = Standing::Left;
    }
    show_again(ctx, post);
    true
}

/// Shows it again; at night that waits for the morning.
pub fn show_again(ctx: &mut Context<'_, '_>, post: &mut Post) {
    post.wants_again = !ctx.community.waking.hold(ctx.now);
    if post.wants_again {
        return;
    }
    post.shown = ctx.now;
    post.shown_again += 1;
    card::show_again(ctx, post);
}
