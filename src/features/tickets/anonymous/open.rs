//! Opening an anonymous ticket.
// Nothing in this file does IO.

use super::{author::Author, doubt::tells_home, say};
use crate::{
    domain::{
        context::Context,
        feature::strip_bang,
        ids::{DAY_MS, RoomId, TicketNo, UserId},
        input::{Content, Message},
        private::Behind,
    },
    features::tickets::{TicketSettings, open::Report, talk::Recent, ticket::LastNo},
    text::{
        intent::{self, Intent},
        tags::Category,
    },
};

/// `!anonymous …`: the report follows.
pub fn command(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    if ctx.talks_with(&message.room).as_ref() != Some(&message.sender) {
        return say(ctx, message, "anonymous-not-here");
    }
    if rest.trim().is_empty() {
        return say(ctx, message, "anonymous-how");
    }
    let mut message = message.clone();
    rest.trim().clone_into(&mut message.content.text);
    open(ctx, &message);
}

/// A message in private: true where it is an anonymous report.
pub fn opens(ctx: &mut Context<'_, '_>, message: &Message) -> bool {
    let is_talk = ctx.talks_with(&message.room).as_ref() == Some(&message.sender);
    if !is_talk || strip_bang(&message.content.text).is_some() {
        return false;
    }
    if !intent::wants_no_name(&message.content.text) {
        return false;
    }
    let mut called = message.content.clone();
    called.mentions = vec![ctx.bot()];
    if ctx.read(&message.room, &message.sender, &called).intent == Intent::HowTo {
        return false;
    }
    open(ctx, message);
    true
}

fn open(ctx: &mut Context<'_, '_>, message: &Message) {
    if ctx.seal().is_none() {
        return say(ctx, message, "anonymous-off");
    }
    let Message {
        room,
        sender,
        content,
        ..
    } = message;
    if tells_home(ctx, room, sender, &content.text) {
        return say(ctx, message, "anonymous-home");
    }
    let settings = ctx.settings::<TicketSettings>().anonymous;
    let mut author = Author::load(ctx, &message.sender);
    if author.until.is_some_and(|until| until > ctx.now) {
        return say(ctx, message, "anonymous-limited");
    }
    let now = ctx.now;
    author.lately.retain(|at| now.since(*at) < DAY_MS);
    if author.lately.len() >= usize::try_from(settings.a_day).unwrap_or(usize::MAX) {
        return say(ctx, message, "anonymous-enough");
    }
    let no = TicketNo(ctx.get::<LastNo>("").unwrap_or_default().0 + 1);
    let behind = Behind {
        user: message.sender.clone(),
        room: message.room.clone(),
    };
    let Some((line, mark)) = hide(ctx, no, &behind) else {
        return;
    };
    author.lately.push(now);
    author.add(no);
    author.save(ctx, &message.sender);
    ctx.unnamed(|ctx| report(ctx, message, &line, &mark));
}

fn hide(ctx: &mut Context<'_, '_>, no: TicketNo, behind: &Behind) -> Option<(RoomId, UserId)> {
    let line = ctx.hide(&no.to_string(), behind)?;
    Some((line, ctx.mark_of(&no.to_string(), &behind.user)?))
}

/// Opens the ticket, in terms that name nobody.
fn report(ctx: &mut Context<'_, '_>, message: &Message, line: &RoomId, mark: &UserId) {
    let Some(event) = ctx.mark_of_event(&message.id) else {
        return;
    };
    gather_pictures(ctx, message, line, mark);
    let content = Content {
        mentions: vec![ctx.bot()],
        ..message.content.clone()
    };
    let report = Report {
        room: line,
        event: &event,
        said_by: &event,
        sender: mark,
        at: message.at,
        content: &content,
    };
    let mut reading = ctx.read(line, mark, &content);
    reading.intent = Intent::Ticket;
    reading.private = true;
    reading.category = reading.category.or(Some(Category::Complaint));
    report.open_own(ctx, reading);
}

/// Pictures that somebody has shown just before belong to it.
fn gather_pictures(ctx: &mut Context<'_, '_>, message: &Message, line: &RoomId, mark: &UserId) {
    let mut before = Recent::load(ctx, &message.room, &message.sender);
    if before.loose.is_empty() {
        return;
    }
    let loose = std::mem::take(&mut before.loose);
    before.save(ctx, &message.room, &message.sender);
    let marked = loose.into_iter().filter_map(|(event, at, media)| {
        let event = ctx.mark_of_event(&event)?;
        Some((event, at, media))
    });
    let loose = marked.collect();
    let hidden = Recent {
        loose,
        ..Recent::default()
    };
    hidden.save(ctx, line, mark);
}
