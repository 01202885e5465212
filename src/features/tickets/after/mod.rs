//! What follows when a ticket is finished: its reporter is asked once how it was, and reminded once; a low answer is
//! looked into by the managers; and for chosen matters they are asked weeks later whether it is still all right.
// Nothing in this folder does IO.

mod follow;
mod rating;
mod review;
mod stars;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{clock::promise::Time, state::State, tell, ticket::Ticket, voices};
use crate::{
    domain::{
        context::Context,
        effect::Target,
        ids::{DAY_MS, EventId, Millis, Txn},
        input::{Message, Reaction, ReactionRemoved},
        roles::Who,
        speech::{Arg, Said},
    },
    text::{matter::Trade, tags::Category},
};

pub use follow::FOLLOW;
pub use rating::{REMIND, typed as rate};
pub use review::typed as reviewed;

/// What is asked when a ticket is finished.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Whether reporters are asked how it was.
    pub rating: bool,
    /// After which time they are reminded of that, once.
    pub remind: Time,
    /// So few stars of five, or fewer, and the managers look into it; 0: never.
    pub review_at: u8,
    /// After which time it is asked whether it is still all right.
    pub follow_up: Time,
    /// The categories for which that is asked.
    pub follow_up_categories: BTreeSet<Category>,
    /// The trades for which that is asked.
    pub follow_up_trades: BTreeSet<Trade>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rating: true,
            remind: Time::always(DAY_MS),
            review_at: 2,
            follow_up: Time::always(14 * DAY_MS),
            follow_up_categories: BTreeSet::new(),
            follow_up_trades: BTreeSet::new(),
        }
    }
}

/// What a ticket keeps of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct After {
    /// The message that has asked how it was.
    pub asked: Option<Target>,
    /// When its reporter is reminded of that; a timer for another moment is an old one.
    pub remind_at: Option<Millis>,
    /// From 1 to 5.
    pub stars: Option<u8>,
    /// The tap that gave them.
    pub tap: Option<EventId>,
    /// The tap before it, which may still stand, and what it had given.
    pub tap_before: Option<(EventId, u8)>,
    /// How often they were given, or taken back.
    pub changes: u32,
    /// The message in the staff room by which the managers were asked to look into it, while nobody has.
    pub review: Option<Target>,
    /// When it is asked whether it is still all right.
    pub follow_at: Option<Millis>,
    /// The message that has asked so.
    pub followed: Option<Target>,
}

impl After {
    /// It is not finished any more: nothing is asked until it is again.
    pub fn rest(&mut self) {
        self.remind_at = None;
        self.follow_at = None;
        self.followed = None;
    }

    fn targets(&mut self) -> impl Iterator<Item = &mut Target> {
        let all = [&mut self.asked, &mut self.review, &mut self.followed];
        all.into_iter().flatten()
    }

    /// One of its messages has come to be an event; true where it is one of them.
    pub fn settled(&mut self, txn: &Txn, event: &EventId) -> bool {
        let sent = Target::Sent(txn.clone());
        let mut own = self.targets().filter(|target| **target == sent);
        let found = own.next();
        found.is_some_and(|target| {
            *target = Target::Event(event.clone());
            true
        })
    }
}

/// A ticket is finished: all whom it concerns are told so by `key`, and its reporter is asked how it was.
pub fn finished(
    ctx: &mut Context<'_, '_>,
    ticket: &mut Ticket,
    key: &'static str,
    args: &[(&'static str, Arg<'_>)],
) {
    // That an outage is over was said when it was.
    if ticket.outage.is_some() {
        return;
    }
    let asks = rating::is_asked(ctx, ticket);
    for room in voices::rooms(ctx, ticket) {
        let is_own = ctx.community.present(&room) == ctx.community.present(&ticket.room);
        let rate = if asks && is_own {
            ctx.say(ticket.language, "rate-ask", &[])
        } else {
            Said::default()
        };
        let mut all = args.to_vec();
        all.push(("rate", Arg::Said(&rate)));
        let sent = tell::to_room(ctx, ticket, &room, key, &all);
        if asks && is_own {
            rating::ask(ctx, ticket, sent);
        }
    }
    follow::plan(ctx, ticket);
}

/// A tap that answers one of the questions: true where it was meant so.
pub fn tapped(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &Reaction) -> bool {
    rating::tapped(ctx, ticket, tap)
        || review::tapped(ctx, ticket, tap)
        || follow::tapped(ctx, ticket, tap)
}

/// A tap is taken back: true where it had given stars.
pub fn taken_back(ctx: &mut Context<'_, '_>, ticket: &Ticket, removed: &ReactionRemoved) -> bool {
    rating::taken_back(ctx, ticket, removed)
}

/// A reply by which the reporter says how it was; what else it says is noted by whoever calls.
pub fn answered(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, message: &Message) {
    rating::answered(ctx, ticket, message);
}

/// A timer of this folder's.
pub fn woken(ctx: &mut Context<'_, '_>, ticket: Ticket, note: &str, due: Millis) {
    match note {
        REMIND => rating::remind(ctx, ticket, due),
        FOLLOW => follow::ask(ctx, ticket, due),
        _ => {}
    }
}

/// The first moment after a time at which people are awake.
fn awake_after(ctx: &Context<'_, '_>, time: Time) -> Option<Millis> {
    if time.ms == 0 {
        return None;
    }
    let always = crate::domain::hours::Hours::always(ctx.community.timezone);
    let due = time
        .hours(&ctx.community.hours, &always)
        .after(ctx.now, time.ms)?;
    ctx.community.waking.after(due, 0)
}

/// Whether a ticket is done, and somebody lives with it.
fn is_over(ticket: &Ticket) -> bool {
    matches!(ticket.state, State::Done | State::Confirmed) && !ticket.blanked
}

fn is_manager(ctx: &Context<'_, '_>, tap: &Reaction) -> bool {
    let person = ctx.community.person(&tap.sender);
    Who::Manager.includes(person)
}
