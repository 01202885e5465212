//! The life of a post: who may do what to it, and what follows.
// Nothing in this file does IO.

use super::{
    alarm, card, flags, gifts, helm, matching, memory,
    news::{self, News, What},
    post::{Post, State},
    queue::{self, Standing},
    rings,
};
use crate::{
    domain::{
        context::Context,
        ids::{EventId, HOUR_MS, RoomId, UserId},
        limits,
        roles::Who,
    },
    features::moderation::{case::Kind as Case, lift},
    text::posts::{Kind, Way},
};

const DAY_MS: i64 = 24 * HOUR_MS;
/// So long after it was shown it is shown again at the earliest: the channel belongs to all.
const AGAIN_AFTER_MS: i64 = DAY_MS;
/// For so many days what comes again every week stands before its author is asked whether it still does.
pub const WEEKLY_DAYS: u32 = 30;

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

/// Why something cannot be done to a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum No {
    /// It has come to an end, or is gone.
    Over,
    /// Others may.
    NotTheirs,
    /// Nobody asks for what they offer themselves.
    Own,
    /// They have done so already.
    Already,
    /// They do not ask for it, so that they cannot leave; or nobody stands at this place of the list.
    NotThere,
    /// So many ask for it, or they have asked so often, that it is enough.
    Enough,
    /// It was shown a short while ago.
    TooSoon,
    /// It is kept for somebody.
    Kept,
    /// A moderator has taken it down.
    TakenDown,
    /// They are muted, or were removed.
    Silenced,
}

impl No {
    /// The key of the sentence.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Over => "post-not-over",
            Self::NotTheirs => "post-not-theirs",
            Self::Own => "post-not-own",
            Self::Already => "post-not-already",
            Self::NotThere => "post-not-there",
            Self::Enough => "post-not-enough",
            Self::TooSoon => "post-not-soon",
            Self::Kept => "post-not-kept",
            Self::TakenDown => "post-not-taken-down",
            Self::Silenced => "post-silenced",
        }
    }
}

/// Does it, if whoever does it may.
///
/// # Errors
/// Why not; a tap is then passed over in silence, for neighbours tap what they like.
pub fn act(
    ctx: &mut Context<'_, '_>,
    mut post: Post,
    act: &Act,
    user: &UserId,
    (room, tap): (&RoomId, Option<&EventId>),
) -> Result<(), No> {
    let row = post.row(ctx).ok_or(No::Over)?;
    let is_author = post.is_author(user);
    let person = ctx.community.person(user);
    let keeps_order = Who::Moderator.includes(person);
    // Whoever finds somebody may be of staff.
    let may_end =
        is_author || row.way == Way::Alarm && (keeps_order || Who::Staff.includes(person));
    match act {
        Act::Ask | Act::Again | Act::Widen | Act::Promise(_) if is_silenced(ctx, user) => {
            return Err(No::Silenced);
        }
        Act::Ask => queue::ask(ctx, &mut post, &row, user, (room, tap))?,
        Act::Leave => queue::leave(ctx, &mut post, &row, user)?,
        Act::Promise(at) if is_author => promise(ctx, &mut post, &row, *at)?,
        Act::Done if may_end => {
            post.is_open()?;
            done(ctx, &mut post, &row);
        }
        // What a moderator has taken down, a moderator puts up again.
        Act::Again if is_author && !post.taken_down || keeps_order && post.taken_down => {
            again(ctx, &mut post, &row)?;
        }
        Act::Withdraw if is_author || keeps_order => {
            post.is_open()?;
            withdraw(ctx, &mut post, user);
        }
        Act::Widen if is_author => widen(ctx, &mut post)?,
        Act::Flag => flags::raise(ctx, &mut post, user)?,
        Act::Again if is_author => return Err(No::TakenDown),
        Act::Promise(_) | Act::Done | Act::Again | Act::Withdraw | Act::Widen => {
            return Err(No::NotTheirs);
        }
    }
    shown(ctx, &mut post);
    post.save(ctx);
    Ok(())
}

/// Whether somebody is muted or was removed: what they may not say to all, linli does not say for them, and nobody is
/// introduced to them.
pub fn is_silenced(ctx: &mut Context<'_, '_>, user: &UserId) -> bool {
    !lift::open_cases(ctx, user, &[Case::Mute, Case::Remove, Case::Ban]).is_empty()
}

/// Brings its cards and its helm up to date.
pub fn shown(ctx: &mut Context<'_, '_>, post: &mut Post) {
    card::refresh(ctx, post);
    helm::refresh(ctx, post);
}

fn widen(ctx: &Context<'_, '_>, post: &mut Post) -> Result<(), No> {
    post.is_open()?;
    if post.wide.is_some() {
        return Err(No::Already);
    }
    post.wide = Some(ctx.now);
    Ok(())
}

fn promise(ctx: &mut Context<'_, '_>, post: &mut Post, row: &Kind, at: usize) -> Result<(), No> {
    post.is_open()?;
    if post.state == State::Promised {
        return Err(No::Kept);
    }
    let chosen = post.waiting().nth(at).map(|asker| asker.who.user.clone());
    let chosen = chosen.filter(|_| row.way == Way::Pass);
    let chosen = chosen.ok_or(No::NotThere)?;
    let author = post.author.user.clone();
    queue::promise(ctx, post, &chosen, Some(&author));
    Ok(())
}

/// It has come to a good end, which its channel reads; so has what goes with it.
pub fn done(ctx: &mut Context<'_, '_>, post: &mut Post, row: &Kind) {
    close(ctx, post, row);
    if !matches!(row.way, Way::Alarm | Way::Talk) {
        card::thank(ctx, post);
    }
    let author = post.author.user.clone();
    matching::end_twins(ctx, post, &author);
}

/// Closes it as one that has come to a good end.
pub fn close(ctx: &mut Context<'_, '_>, post: &mut Post, row: &Kind) {
    let author = post.author.user.clone();
    let taker = post.promised_to().map(|asker| asker.who.user.clone());
    // Whoever seeks was helped by whom they chose, or by the only one who came forward; all others have helped.
    post.helper = if !row.seeks {
        Some(post.author.clone())
    } else if let Some(chosen) = post.promised_to() {
        Some(chosen.who.clone())
    } else {
        post.only_one_met().map(|asker| asker.who.clone())
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
}

/// Takes it down; one that is over stays what it is.
pub fn withdraw(ctx: &mut Context<'_, '_>, post: &mut Post, by: &UserId) {
    if !post.state.is_open() {
        return;
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
    rings::take_back(ctx, post);
    memory::ended(ctx, post);
    flags::refresh(ctx, post);
}

/// Its author shows it again, or opens it again.
fn again(ctx: &mut Context<'_, '_>, post: &mut Post, row: &Kind) -> Result<(), No> {
    // What comes again every week stands for a month each time.
    let days = if post.told.weekly.is_some() {
        row.days.max(WEEKLY_DAYS)
    } else {
        row.days
    };
    let days = i64::from(days) * DAY_MS;
    if post.state == State::Promised && post.outcome_asked.take().is_some() {
        // The help did not come.
        let author = post.author.user.clone();
        queue::free(ctx, post, row, Standing::Missed, Some(&author));
        post.ends = ctx.now.plus(days.max(DAY_MS));
        return Ok(());
    }
    let is_gone = row.way == Way::Seats && post.told.at.is_some_and(|at| at <= ctx.now);
    if is_gone || post.text.is_empty() {
        return Err(No::Over);
    }
    match post.state {
        State::Promised => return Err(No::Kept),
        State::Open if post.outcome_asked.take().is_some() => {
            // It is still looked for: that is the answer.
            post.ends = ctx.now.plus(days);
            post.rounds += 1;
            return Ok(());
        }
        State::Open if post.shown_again >= limits::POST_AGAIN_MAX => return Err(No::Enough),
        State::Open if ctx.now.since(post.shown) < AGAIN_AFTER_MS => return Err(No::TooSoon),
        State::Open => {}
        State::Done | State::Withdrawn | State::Expired => {
            post.state = State::Open;
            post.taken_down = false;
            // That it goes with another one was not so.
            post.twins.clear();
            post.rounds += 1;
            post.ended = None;
            post.ends = ctx.now.plus(days.max(DAY_MS));
            for asker in &mut post.askers {
                asker.standing = Standing::Left;
            }
            let is_enough = post.shown_again >= limits::POST_AGAIN_MAX;
            if is_enough || ctx.now.since(post.shown) < AGAIN_AFTER_MS {
                return Ok(());
            }
        }
    }
    show_again(ctx, post);
    Ok(())
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
