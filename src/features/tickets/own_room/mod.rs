//! A ticket's own room: 🔒 or `!private 12` takes a matter out of the crowd, into a room of its reporter, the desk, the
//! managers and whoever works on it. One line is left where it stood.
//!
//! The room is closed some days after the matter is, and its staff leave it some weeks later; 🔁 opens it again. While
//! it is being made the ticket stands in its line (see `domain/private`), so that nothing waits for the homeserver.
// Nothing in this folder does IO.

mod fill;
mod life;

use serde::{Deserialize, Serialize};

use super::{
    NAME,
    act::{self, Path},
    card, commands,
    judge::{self, Refusal},
    state::State,
    tell,
    ticket::{Named, Ticket, What},
};
use crate::domain::{
    community::Purpose,
    context::Context,
    effect::{Effect, Lane, Post, Target},
    ids::{Millis, RoomId, UserId},
    input::{Message, Reaction, Redaction},
    private::Line,
    speech::Arg,
};

pub use life::{LOOK, ask_staff_in, follow, has_staff, opened, refused, woken};

/// The settings of tickets' own rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Hours after which the room of a finished ticket is closed: nobody writes there any more.
    pub close_after_hours: u32,
    /// Days after which staff leave a closed room.
    pub archive_after_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            close_after_hours: 72,
            archive_after_days: 30,
        }
    }
}

/// What a ticket keeps of its own room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRoom {
    /// Where it was reported.
    pub from: RoomId,
    pub stage: Stage,
    /// When it is closed or archived; a timer for another moment is an old one.
    pub next_at: Option<Millis>,
}

impl Ticket {
    /// True where it has a room of its own, or will have.
    #[must_use]
    pub fn has_own_room(&self) -> bool {
        let own = self.own_room.as_ref();
        own.is_some_and(|own| own.stage != Stage::Failed)
    }
}

/// How far a room has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Making,
    Open,
    /// Nobody writes there any more; taps still count.
    Closed,
    /// Staff have left it.
    Archived,
    /// The homeserver would not make it.
    Failed,
}

/// `!private 12`
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    if let Some(ticket) = commands::named(ctx, message, rest) {
        wish(ctx, ticket, &message.sender, &Path::typed(message, ""));
    }
}

/// 🔒: true where that was tapped.
pub fn tapped(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &Reaction) -> bool {
    let is_lock = tap.key.starts_with(['🔒', '🔐']);
    if is_lock {
        wish(ctx, ticket.clone(), &tap.sender, &Path::Tap(tap));
    }
    is_lock
}

/// Somebody wants a ticket taken out of the crowd, or learns why it is not.
fn wish(ctx: &mut Context<'_, '_>, ticket: Ticket, user: &UserId, path: &Path<'_>) {
    let actor = act::actor(ctx, user);
    if let Err(refusal) = judge::may_take_apart(&ticket, &actor) {
        return act::refuse(ctx, ticket, "private", refusal, user, path);
    }
    if ticket.has_own_room() {
        return;
    }
    if !ticket.voices.is_empty() || ticket.outage.is_some() {
        return act::refuse(ctx, ticket, "private", Refusal::Shared, user, path);
    }
    let is_inside = ctx.community.staff_room() == Some(ctx.community.present(&ticket.room));
    if is_inside || ticket.is_anonymous() {
        return act::refuse(ctx, ticket, "private", Refusal::Inside, user, path);
    }
    if ticket.blanked || !(ticket.state.is_open() || ticket.state == State::Done) {
        return act::refuse(ctx, ticket, "private", Refusal::WrongState, user, path);
    }
    let who = Named::of(ctx, path.room(), user);
    take_apart(ctx, ticket, &who);
}

/// Takes a ticket out of the crowd.
fn take_apart(ctx: &mut Context<'_, '_>, mut ticket: Ticket, who: &Named) {
    let before = ticket.clone();
    ticket.private = true;
    let name = life::name(ctx, &ticket, "own-room-name");
    let user = &ticket.reporter.user;
    let others = life::staff_of(ctx, &ticket);
    let line = ctx.open_room(&ticket.no.to_string(), user, name, others);
    ticket.own_room = Some(OwnRoom {
        from: ticket.room.clone(),
        stage: Stage::Making,
        next_at: None,
    });
    ticket.room = line;
    ticket.note(ctx, Some(who.clone()), What::TakenApart);
    clear(ctx, &mut ticket, &before, who);
    fill::fill(ctx, &mut ticket, &before);
    card::refresh(ctx, &mut ticket);
    if let Some(room) = tell::other_staff_room(ctx, &ticket) {
        let args = [tell::no(&ticket), ("who", Arg::Text(&who.name))];
        let said = ctx.say(ctx.community.language, "staff-taken-apart", &args);
        tell::sentence(ctx, &ticket, &room, said);
    }
    ticket.save(ctx);
}

/// Takes what was said of it away from where everybody reads it, and leaves one line.
fn clear(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, before: &Ticket, who: &Named) {
    let from = &before.room;
    let gone: Vec<Target> = {
        let cards = before.cards.iter().filter(|card| card.room == *from);
        cards.map(|card| card.target.clone()).collect()
    };
    ticket.cards.retain(|card| card.room != *from);
    for target in gone {
        take_away(ctx, from, Lane::Answer, target);
    }
    for (room, target) in tell::remembered(ctx, before) {
        take_away(ctx, &room, Lane::Answer, target);
    }
    let is_public = !ctx.community.is_apart(from);
    // What was told at the telephone stands nowhere.
    if is_public && before.caller.is_none() {
        for event in fill::told_by_reporter(ctx, before) {
            take_away(ctx, from, Lane::Guard, Target::Event(event));
        }
        let copies = before
            .media
            .iter()
            .filter(|media| media.shown_in.as_ref() == Some(from));
        for copy in copies.filter_map(|media| media.shown.clone()) {
            take_away(ctx, from, Lane::Answer, copy);
        }
    }
    let language = ticket.language;
    let is_reporter = ticket.is_reporter(&who.user);
    let key = if is_reporter {
        "own-room-left"
    } else {
        "own-room-left-by"
    };
    let args = [tell::no(ticket), ("who", Arg::Text(&who.name))];
    let post = Post {
        content: ctx.say(language, key, &args),
        quiet: true,
        reply_to: None,
        thread: None,
        about: None,
    };
    ctx.ask(from, Lane::Answer, Effect::Post(post));
}

fn take_away(ctx: &mut Context<'_, '_>, room: &RoomId, lane: Lane, target: Target) {
    let language = ctx.community.language;
    let reason = ctx.say(language, "own-room-reason", &[]).text;
    ctx.ask(room, lane, Effect::Redact { target, reason });
}

/// Whether it was linli that took a message of a ticket away, which its own room still shows.
pub fn is_moved(ctx: &mut Context<'_, '_>, redaction: &Redaction) -> bool {
    redaction.sender == ctx.bot()
        && Ticket::holding(ctx, &redaction.target).is_some_and(|ticket| ticket.own_room.is_some())
}

/// The ticket whose own room this is, or whose reporter is behind this line.
pub fn ticket_of(ctx: &mut Context<'_, '_>, room: &RoomId) -> Option<Ticket> {
    let number = match Line::of(room) {
        Some((_, Line::Matter(about))) if about.feature == NAME => about.id,
        Some(_) => return None,
        None => ctx.matter_of(room)?,
    };
    Ticket::named(ctx, &number)
}

/// Where it was reported, as people call that place.
fn name_of(ctx: &Context<'_, '_>, ticket: &Ticket, room: &RoomId) -> String {
    let language = ticket.language;
    match ctx.community.purpose(ctx.community.present(room)) {
        Some(Purpose::Building(name)) => {
            ctx.say(language, "own-room-building", &[("name", Arg::Text(name))])
                .text
        }
        Some(Purpose::Help(channel)) => channel.name.clone(),
        Some(Purpose::Space | Purpose::Staff | Purpose::Notice | Purpose::Lobby) => {
            ctx.community.name.clone()
        }
        None => ctx.say(language, "own-room-talk", &[]).text,
    }
}
