//! What a ticket's own room shows when it is made: what was said before, its pictures, and its card.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use super::name_of;
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post},
        ids::EventId,
        limits,
        speech::{Arg, Said, shorten},
    },
    features::tickets::{
        card, tell,
        ticket::{HistoryRow, SaidAt, Ticket, What, history_prefix},
    },
};

/// Fills the room in which a ticket stands now with what it was before.
pub fn fill(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, before: &Ticket) {
    let content = told(ctx, ticket, before);
    let room = ticket.room.clone();
    let post = Post {
        content,
        quiet: false,
        reply_to: None,
        thread: None,
        about: Some(card::about(ticket.no)),
    };
    ctx.ask(&room, Lane::Answer, Effect::Post(post));
    for media in ticket.media.iter().filter_map(|media| media.media.clone()) {
        let show = Effect::Show {
            media: media.content,
            thread: None,
            about: Some(card::about(ticket.no)),
        };
        ctx.ask(&room, Lane::Answer, show);
    }
    card::post_in(ctx, ticket, &room);
}

/// What was said of it, the oldest first.
fn told(ctx: &mut Context<'_, '_>, ticket: &Ticket, before: &Ticket) -> Said {
    let language = ticket.language;
    let from = name_of(ctx, ticket, &before.room);
    let args = [tell::no(ticket), ("from", Arg::Text(&from))];
    let mut lines = vec![ctx.say(language, "own-room-begin", &args)];
    let mut said = 0;
    for row in rows(ctx, before) {
        let (words, chars_max) = if row.what == What::Opened {
            (&before.text, limits::OWN_ROOM_REPORT_CHARS_MAX)
        } else if let What::Said { text, .. } = &row.what {
            (text, limits::CARD_TEXT_CHARS_MAX)
        } else {
            continue;
        };
        said += 1;
        if said > limits::OWN_ROOM_SAID_MAX {
            break;
        }
        let who = row.who.as_ref().map_or("linli", |who| who.name.as_str());
        let words = shorten(&words.replace('\n', " "), chars_max);
        let at = ctx.moment(row.at);
        let args = [
            ("at", Arg::Text(&at)),
            ("who", Arg::Text(who)),
            ("words", Arg::Text(&words)),
        ];
        lines.push(ctx.say(language, "own-room-said", &args));
    }
    Said::lines(lines)
}

/// The messages in which its reporter has told of it.
pub fn told_by_reporter(ctx: &mut Context<'_, '_>, ticket: &Ticket) -> Vec<EventId> {
    let versions = ticket.versions.iter().map(|version| version.event.clone());
    let mut events: Vec<EventId> = [ticket.report.clone()]
        .into_iter()
        .chain(versions)
        .collect();
    for row in rows(ctx, ticket) {
        let is_theirs = row
            .who
            .as_ref()
            .is_some_and(|who| ticket.is_reporter(&who.user));
        if let (true, What::Said { event, .. } | What::Attached { event, .. }) =
            (is_theirs, &row.what)
        {
            events.push(event.clone());
        }
    }
    let mut seen = BTreeSet::new();
    events.retain(|event| seen.insert(event.clone()));
    // What they said of it elsewhere stays there.
    let community = ctx.community.clone();
    events.retain(|event| {
        let at = ctx.get::<SaidAt>(event.as_str()).and_then(|at| at.room);
        at.is_none_or(|at| community.present(&at) == community.present(&ticket.room))
    });
    events
}

fn rows(ctx: &mut Context<'_, '_>, ticket: &Ticket) -> Vec<HistoryRow> {
    let rows = ctx.scan::<HistoryRow>(&history_prefix(ticket.no), limits::HISTORY_READ_MAX);
    rows.into_iter().map(|(_, row)| row).collect()
}
