//! Who asks for a post: the queue, the promise, and the seats.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    claims, gifts,
    life::No,
    neighbour::Neighbour,
    news::{self, News, What},
    post::{Post, State, is_default},
    settings::PostSettings,
};
use crate::{
    domain::{
        context::Context,
        ids::{EventId, HOUR_MS, Millis, RoomId, UserId},
        limits,
    },
    text::posts::{Kind, Way},
};

/// Somebody who asks for it, or can help.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asker {
    /// Counted from 1 in each post.
    pub no: u32,
    pub who: Neighbour,
    pub at: Millis,
    /// The tap by which they asked; None where it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tap: Option<EventId>,
    pub standing: Standing,
    /// The number of the promise that was made to them last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<u32>,
    /// What they have said of what they claim, and how often they were wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub wrong: u32,
    /// How often they have asked.
    #[serde(default)]
    pub times: u32,
    /// They have had so many gifts of late that all others go first.
    #[serde(default, skip_serializing_if = "is_default")]
    pub behind: bool,
}

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Waits,
    /// It is kept for them.
    Promised,
    /// They have a seat.
    Aboard,
    /// They were introduced to the author.
    Met,
    /// They did not come.
    Missed,
    /// They want it no more, or it is over for them.
    Left,
}

impl Asker {
    /// Whether something may still come of it for them.
    #[must_use]
    pub fn stands(&self) -> bool {
        match self.standing {
            Standing::Waits | Standing::Promised | Standing::Aboard | Standing::Met => true,
            Standing::Missed | Standing::Left => false,
        }
    }
}

impl Post {
    /// Those who wait, in their order; whoever has had many gifts of late comes last.
    pub fn waiting(&self) -> impl Iterator<Item = &Asker> {
        let of = |behind: bool| {
            self.askers
                .iter()
                .filter(move |asker| asker.standing == Standing::Waits && asker.behind == behind)
        };
        of(false).chain(of(true))
    }

    /// Those who have a seat.
    pub fn aboard(&self) -> impl Iterator<Item = &Asker> {
        self.askers
            .iter()
            .filter(|asker| asker.standing == Standing::Aboard)
    }

    /// Whom it is promised to.
    #[must_use]
    pub fn promised_to(&self) -> Option<&Asker> {
        self.askers
            .iter()
            .find(|asker| asker.standing == Standing::Promised)
    }

    /// Who was introduced to its author, where nobody else was; where another post is of the same thing, its author has
    /// helped.
    #[must_use]
    pub fn only_one_met(&self) -> Option<&Asker> {
        let is_met = |asker: &&Asker| asker.standing == Standing::Met;
        let mut met = self.askers.iter().filter(is_met);
        let only = met.next().filter(|_| self.twins.is_empty());
        only.filter(|_| met.next().is_none())
    }

    /// How many seats are still free; None where they were not counted.
    #[must_use]
    pub fn seats_left(&self) -> Option<usize> {
        let seats = usize::try_from(self.told.seats?).ok()?;
        Some(seats.saturating_sub(self.aboard().count()))
    }

    fn asker_mut(&mut self, user: &UserId) -> Option<&mut Asker> {
        self.askers.iter_mut().find(|asker| asker.who.user == *user)
    }
}

/// So long after its time what was promised for it is still kept.
const DAY_HOURS: i64 = 3 * HOUR_MS;

/// Somebody asks for it, or can help.
///
/// # Errors
/// Why nothing follows from that.
pub fn ask(
    ctx: &mut Context<'_, '_>,
    post: &mut Post,
    row: &Kind,
    user: &UserId,
    (room, tap): (&RoomId, Option<&EventId>),
) -> Result<(), No> {
    post.is_open()?;
    if post.is_author(user) {
        return Err(No::Own);
    }
    let is_there = |asker: &Asker| asker.who.user == *user && asker.stands();
    if post.askers.iter().any(is_there) {
        return Err(No::Already);
    }
    if post.askers.len() >= limits::POST_ASKERS_MAX {
        return Err(No::Enough);
    }
    let who = Neighbour::of(ctx, room, user);
    let behind = row.name == gifts::KIND && gifts::are_many(ctx, user);
    let last = post.askers.iter().map(|asker| asker.no).max();
    let mut before = post.askers.iter().filter(|asker| asker.who.user == *user);
    let (wrong, times) = before
        .next()
        .map_or((0, 0), |asker| (asker.wrong, asker.times));
    if times >= limits::ASKS_OF_ONE_MAX {
        return Err(No::Enough);
    }
    let no = last.unwrap_or(0) + 1;
    // Whoever comes back stands at the end.
    post.askers.retain(|asker| asker.who.user != *user);
    post.askers.push(Asker {
        no,
        who,
        at: ctx.now,
        tap: tap.cloned(),
        standing: Standing::Waits,
        promise: None,
        claim: None,
        wrong,
        times: times + 1,
        behind,
    });
    match row.way {
        Way::Pass if is_first_come(post, row) && post.state == State::Open => {
            promise_next(ctx, post, Some(user));
        }
        Way::Pass => {
            // Whoever reads of the first reads of all.
            if post.waiting().count() == 1 {
                let author = post.author.user.clone();
                news::tell(ctx, post, Some(user), News::new(What::Asked, &author, no));
            }
        }
        Way::Seats => {
            move_up(ctx, post, Some(user));
            let waits = post.waiting().any(|asker| asker.who.user == *user);
            if waits {
                let news = News::new(What::WaitsForSeat, user, no);
                news::tell(ctx, post, Some(user), news);
            }
        }
        Way::Search if claims::begin(ctx, post, user, no) => {}
        Way::Search | Way::Alarm | Way::Talk => introduce(ctx, post, (user, no), user),
    }
    Ok(())
}

fn is_first_come(post: &Post, row: &Kind) -> bool {
    row.first || post.told.first_come
}

/// Both are told of each other, by what one of them does.
pub fn introduce(
    ctx: &mut Context<'_, '_>,
    post: &mut Post,
    (user, no): (&UserId, u32),
    by: &UserId,
) {
    if let Some(asker) = post.asker_mut(user) {
        asker.standing = Standing::Met;
    }
    let author = post.author.user.clone();
    news::tell(ctx, post, Some(by), News::new(What::Met, user, no));
    news::tell(ctx, post, Some(by), News::new(What::Met, &author, no));
}

/// It is kept for somebody who waits.
pub fn promise(ctx: &mut Context<'_, '_>, post: &mut Post, to: &UserId, by: Option<&UserId>) {
    post.promises += 1;
    let number = post.promises;
    let Some(asker) = post.asker_mut(to) else {
        return;
    };
    asker.standing = Standing::Promised;
    asker.promise = Some(number);
    post.state = State::Promised;
    let hours = ctx.settings::<PostSettings>().keep_hours;
    // Whoever reads of it in the morning has all the time from then on, and what is for a day is kept until then.
    let day = post.told.at.map_or(ctx.now, |day| {
        day.plus(-i64::from(hours) * HOUR_MS + DAY_HOURS)
    });
    let from = ctx.awake(ctx.now).max(day);
    post.kept_until = Some(ctx.awake(from.plus(i64::from(hours) * HOUR_MS)));
    let author = post.author.user.clone();
    news::tell(ctx, post, by, News::new(What::Promised, to, number));
    news::tell(ctx, post, by, News::new(What::PromisedTo, &author, number));
}

/// It is kept for the first who waits.
pub fn promise_next(ctx: &mut Context<'_, '_>, post: &mut Post, by: Option<&UserId>) {
    let next = post.waiting().next().map(|asker| asker.who.user.clone());
    if let Some(next) = next {
        promise(ctx, post, &next, by);
    }
}

/// Whom it was kept for did not come, or wants it no more: it is free again.
pub fn free(
    ctx: &mut Context<'_, '_>,
    post: &mut Post,
    row: &Kind,
    standing: Standing,
    by: Option<&UserId>,
) {
    let Some(asker) = post.promised_to().cloned() else {
        return;
    };
    let number = asker.promise.unwrap_or(0);
    let user = asker.who.user;
    if let Some(asker) = post.asker_mut(&user) {
        asker.standing = standing;
    }
    post.state = State::Open;
    post.kept_until = None;
    let author = post.author.user.clone();
    let what = if standing == Standing::Missed {
        news::tell(ctx, post, by, News::new(What::Freed, &user, number));
        What::Missed
    } else {
        What::Declined
    };
    news::tell(ctx, post, by, News::new(what, &author, number));
    if is_first_come(post, row) {
        promise_next(ctx, post, by);
    }
}

/// Somebody wants it no more.
///
/// # Errors
/// Where they do not ask for it.
pub fn leave(
    ctx: &mut Context<'_, '_>,
    post: &mut Post,
    row: &Kind,
    user: &UserId,
) -> Result<(), No> {
    let asker = post.asker_mut(user).filter(|asker| asker.stands());
    let asker = asker.ok_or(No::NotThere)?;
    let (standing, no) = (asker.standing, asker.no);
    match standing {
        Standing::Promised => free(ctx, post, row, Standing::Left, Some(user)),
        Standing::Aboard => {
            asker.standing = Standing::Left;
            let author = post.author.user.clone();
            news::tell(
                ctx,
                post,
                Some(user),
                News::new(What::SteppedOff, &author, no),
            );
            move_up(ctx, post, Some(user));
        }
        Standing::Waits | Standing::Met => asker.standing = Standing::Left,
        Standing::Missed | Standing::Left => return Err(No::NotThere),
    }
    Ok(())
}

/// Whoever waits gets the seats that are free.
pub fn move_up(ctx: &mut Context<'_, '_>, post: &mut Post, by: Option<&UserId>) {
    while post.state.is_open() && post.seats_left() != Some(0) {
        let Some(next) = post.waiting().next().cloned() else {
            return;
        };
        let user = next.who.user;
        if let Some(asker) = post.asker_mut(&user) {
            asker.standing = Standing::Aboard;
        }
        let what = if by == Some(&user) {
            What::Aboard
        } else {
            What::MovedUp
        };
        news::tell(ctx, post, by, News::new(what, &user, next.no));
        let author = post.author.user.clone();
        news::tell(ctx, post, by, News::new(What::Joined, &author, next.no));
    }
}

/// It is over: whoever has waited is told so, and waits no more.
pub fn dissolve(
    ctx: &mut Context<'_, '_>,
    post: &mut Post,
    tells: &[Standing],
    by: Option<&UserId>,
) {
    let round = post.rounds;
    let standing: Vec<Asker> = post
        .askers
        .iter()
        .filter(|asker| asker.stands())
        .cloned()
        .collect();
    for asker in standing {
        if tells.contains(&asker.standing) {
            news::tell(ctx, post, by, News::new(What::Gone, &asker.who.user, round));
        }
        if asker.standing == Standing::Waits
            && let Some(asker) = post.asker_mut(&asker.who.user)
        {
            asker.standing = Standing::Left;
        }
    }
}
