//! What follows when a ticket is finished, told once more in plain rules: its reporter's stars, and what managers do about
//! few.

use std::collections::BTreeMap;

use linli::domain::ids::{EventId, HOUR_MS, Millis, RoomId, UserId};

use super::{clocks::awake, model::Ticket, rules::Stand};
use crate::fake::estate;

/// What a ticket has heard of it.
#[derive(Clone, Debug, Default)]
pub struct After {
    asked: bool,
    stars: Option<u8>,
    tap: Option<EventId>,
    /// The tap before it, which still stands, and what it had given.
    before: Option<(EventId, u8)>,
    changes: usize,
    /// Whether the managers still have to look into it.
    review: bool,
    reviews: usize,
}

impl After {
    /// How often its stars changed, and how often managers had to look into few.
    pub fn counts(&self) -> (usize, usize) {
        (self.changes, self.reviews)
    }
}

/// Sentences that rooms must hear.
pub type Heard = BTreeMap<RoomId, usize>;

/// How many stars a tap gives.
fn stars(key: &str) -> Option<u8> {
    let keys = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣"];
    let at = keys.iter().position(|own| *own == key)?;
    u8::try_from(at + 1).ok()
}

fn works_here(user: &UserId) -> bool {
    ["wang", "zhang", "liu", "lin"]
        .map(estate::user)
        .contains(user)
}

/// Whether a ticket is done, and its words are still there.
fn is_over(ticket: &Ticket) -> bool {
    [Stand::Done, Stand::Confirmed].contains(&ticket.stand) && !ticket.blanked
}

fn hear(heard: &mut Heard, room: RoomId) {
    *heard.entry(room).or_default() += 1;
}

/// It is confirmed: when its reporter is to be reminded, where they are asked.
pub fn confirmed(ticket: &mut Ticket, now: Millis) -> Option<Millis> {
    let asks = !works_here(&ticket.reporter) && !ticket.after.asked && ticket.after.stars.is_none();
    ticket.after.asked |= asks;
    asks.then(|| awake(now.plus(24 * HOUR_MS)))
}

/// Nobody may have answered yet.
pub fn reminded(ticket: &mut Ticket) {
    if ticket.after.stars.is_none() && is_over(ticket) {
        hear(&mut ticket.sentences, ticket.room.clone());
    }
}

/// True where a tap was meant so; then there is nothing to be reminded of where stars were given.
pub fn tapped(
    ticket: &mut Ticket,
    event: &EventId,
    room: &RoomId,
    user: &UserId,
    key: &str,
) -> bool {
    if let Some(stars) = stars(key) {
        let is_heard = ticket.reporter == *user && !works_here(user);
        if is_heard && is_over(ticket) && ticket.after.changes < 10 {
            let before = ticket.after.tap.replace(event.clone());
            ticket.after.before = before.zip(ticket.after.stars);
            give(ticket, Some(stars));
        }
        return true;
    }
    let is_meant = ["✅", "✔️"].contains(&key)
        && ticket.after.review
        && is_over(ticket)
        && *room == estate::room("staff");
    if is_meant && *user == estate::user("lin") {
        ticket.after.review = false;
        hear(&mut ticket.sentences, ticket.room.clone());
    }
    is_meant
}

/// True where the tap had given stars.
pub fn taken_back(ticket: &mut Ticket, tap: &EventId, by: &UserId) -> bool {
    let after = &mut ticket.after;
    if after.before.take_if(|(own, _)| own == tap).is_some() {
        return true;
    }
    if after.tap.as_ref() != Some(tap) {
        return false;
    }
    let (tap, stars) = after.before.take().unzip();
    after.tap = tap;
    if ticket.reporter == *by {
        give(ticket, stars);
    }
    true
}

/// The reporter says something while the managers look into it.
pub fn said(ticket: &mut Ticket, user: &UserId, text: &str) {
    let is_heard = ticket.reporter == *user && !works_here(user) && !text.is_empty();
    if is_heard && ticket.after.review && is_over(ticket) {
        hear(&mut ticket.sentences, estate::room("staff"));
    }
}

fn give(ticket: &mut Ticket, stars: Option<u8>) {
    if ticket.after.stars == stars {
        return;
    }
    ticket.after.stars = stars;
    ticket.after.changes += 1;
    ticket.due.remove("rate");
    let is_low = stars.is_some_and(|stars| stars <= 2);
    if is_low && !ticket.after.review {
        ticket.after.reviews += 1;
        hear(&mut ticket.sentences, estate::room("staff"));
        hear(&mut ticket.sentences, ticket.room.clone());
    }
    ticket.after.review = is_low;
}
