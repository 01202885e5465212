//! What linli keeps of whoever reports anonymously: sealed, by a mark.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        context::Context,
        ids::{Millis, RoomId, TicketNo, UserId},
        limits,
        record::Record,
    },
    features::tickets::ticket::Ticket,
};

/// What somebody has reported anonymously.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Author {
    /// The numbers of their tickets, the newest last.
    pub tickets: Vec<TicketNo>,
    /// When they have reported lately.
    pub lately: Vec<Millis>,
    /// Until when they may not.
    pub until: Option<Millis>,
}

/// The same sealed, by their mark.
#[derive(Serialize, Deserialize)]
struct Sealed(String);

impl Record for Sealed {
    const KIND: &'static str = "author";
}

impl Author {
    pub fn load(ctx: &mut Context<'_, '_>, user: &UserId) -> Self {
        let opened = Self::id(ctx, user).and_then(|id| {
            let Sealed(text) = ctx.get(&id)?;
            ctx.seal()?.open(&id, &text)
        });
        opened
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    pub fn save(&self, ctx: &mut Context<'_, '_>, user: &UserId) {
        let sealed = Self::id(ctx, user).and_then(|id| {
            let text = serde_json::to_string(self).ok()?;
            Some((Sealed(ctx.seal()?.close(&id, &text)), id))
        });
        if let Some((sealed, id)) = sealed {
            ctx.put(&id, &sealed);
        }
    }

    fn id(ctx: &Context<'_, '_>, user: &UserId) -> Option<String> {
        let mark = ctx.mark_of("author", user)?;
        Some(mark.as_str().to_owned())
    }

    pub fn add(&mut self, no: TicketNo) {
        self.tickets.push(no);
        let spare = self
            .tickets
            .len()
            .saturating_sub(limits::ANONYMOUS_KEPT_MAX);
        self.tickets.drain(..spare);
    }
}

/// The open tickets that somebody has reported anonymously, for whoever asks in the talk with linli.
pub fn of(ctx: &mut Context<'_, '_>, user: &UserId, room: &RoomId) -> Vec<TicketNo> {
    if ctx.talks_with(room).as_ref() != Some(user) {
        return Vec::new();
    }
    let mut numbers = Author::load(ctx, user).tickets;
    numbers.retain(|no| Ticket::load(ctx, *no).is_some_and(|ticket| ticket.state.is_open()));
    numbers
}
