//! Anonymous reports: said to linli in private, with the wish that nobody learns who said it. Staff answer through linli,
//! `!reply 12 …`, and read the reporter's answers; who that is stands nowhere, but sealed (see `domain/seal`).
//!
//! Its ticket stands in a line behind which the talk is hidden, and its reporter goes by a mark, another one for each ticket.
//! What they write, tap and take back is put in those terms before anything here sees it, so that no record, and no
//! transaction id, joins the ticket and the talk. What seldom happens and is not so: an input that waits behind a hole in
//! the stream, or that was set aside after a fault of the program, is kept as it came until it is decided.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    commands,
    open::Report,
    talk::Recent,
    ticket::{LastNo, Named, Ticket, What},
};
use crate::{
    domain::{
        context::Context,
        feature::strip_bang,
        ids::{DAY_MS, EventId, Millis, RoomId, TicketNo, UserId},
        input::{Content, Edit, Input, Message, Reaction, ReactionRemoved, Redaction},
        limits,
        private::Behind,
        record::Record,
        speech::Arg,
    },
    text::{
        address,
        fold::Folded,
        intent::{self, Intent},
        tags::Category,
    },
};

/// The settings of anonymous reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Anonymous reports that one person may make in 24 hours.
    pub a_day: u32,
    /// Days for which somebody may report nothing anonymously once a manager has said so.
    pub limited_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            a_day: 3,
            limited_days: 30,
        }
    }
}

/// What somebody has reported anonymously.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Author {
    /// The numbers of their tickets, the newest last.
    tickets: Vec<TicketNo>,
    /// When they have reported lately.
    lately: Vec<Millis>,
    /// Until when they may not.
    until: Option<Millis>,
}

/// The same sealed, by their mark.
#[derive(Serialize, Deserialize)]
struct Sealed(String);

impl Record for Sealed {
    const KIND: &'static str = "author";
}

impl Author {
    fn load(ctx: &mut Context<'_, '_>, user: &UserId) -> Self {
        let opened = Self::id(ctx, user).and_then(|id| {
            let Sealed(text) = ctx.get(&id)?;
            ctx.seal()?.open(&id, &text)
        });
        opened
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    fn save(&self, ctx: &mut Context<'_, '_>, user: &UserId) {
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

    fn add(&mut self, no: TicketNo) {
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

/// An input by somebody who must not be known, as it is decided; None for all others.
pub fn veiled(ctx: &mut Context<'_, '_>, input: &Input) -> Option<Input> {
    let room = input.room()?;
    let user = input.sender()?.clone();
    if ctx.talks_with(room).as_ref() != Some(&user) {
        return None;
    }
    match input {
        Input::Message(message) => veil(ctx, message).map(Input::Message),
        Input::Edit(edit) => {
            let (target, ticket) = marked(ctx, &edit.target, &user)?;
            let mut content = edit.content.clone();
            // What was typed after `!anonymous` may be changed there.
            if let Some((_, rest)) =
                strip_bang(&edit.content.text).and_then(|text| text.split_once(' '))
            {
                rest.trim().clone_into(&mut content.text);
            }
            Some(Input::Edit(Edit {
                content,
                room: ticket.room.clone(),
                id: ctx.mark_of_event(&edit.id)?,
                sender: ticket.reporter.user.clone(),
                target,
                ..edit.clone()
            }))
        }
        Input::Redaction(redaction) => {
            let id = ctx.mark_of_event(&redaction.id)?;
            let target = ctx.mark_of_event(&redaction.target)?;
            if let Some(tap) = ctx.get::<Reaction>(target.as_str()) {
                ctx.delete::<Reaction>(target.as_str());
                let by = tap.sender.clone();
                return Some(Input::ReactionRemoved(ReactionRemoved { id, by, tap }));
            }
            let (target, ticket) = marked(ctx, &redaction.target, &user)?;
            Some(Input::Redaction(Redaction {
                room: ticket.room.clone(),
                id,
                sender: ticket.reporter.user.clone(),
                target,
                ..redaction.clone()
            }))
        }
        Input::Reaction(tap) => {
            let ticket = Ticket::of_event(ctx, &tap.target)?;
            let ticket = by(ctx, ticket, &user)?;
            Some(Input::Reaction(Reaction {
                room: ticket.room.clone(),
                id: ctx.mark_of_event(&tap.id)?,
                sender: ticket.reporter.user.clone(),
                ..tap.clone()
            }))
        }
        Input::ReactionRemoved(_)
        | Input::Member(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Timer(_)
        | Input::Settled(_)
        | Input::Operator(_) => None,
    }
}

/// A ticket, if this member has reported it anonymously.
fn by(ctx: &Context<'_, '_>, ticket: Ticket, user: &UserId) -> Option<Ticket> {
    let is_theirs = ticket.is_anonymous()
        && ctx.mark_of(&ticket.no.to_string(), user).as_ref() == Some(&ticket.reporter.user);
    is_theirs.then_some(ticket)
}

/// An event of somebody's by its mark, and the anonymous ticket of theirs to which it belongs.
fn marked(ctx: &mut Context<'_, '_>, event: &EventId, user: &UserId) -> Option<(EventId, Ticket)> {
    let mark = ctx.mark_of_event(event)?;
    let ticket = Ticket::holding(ctx, &mark)?;
    Some((mark, by(ctx, ticket, user)?))
}

/// A message that goes on with an anonymous ticket.
fn veil(ctx: &mut Context<'_, '_>, message: &Message) -> Option<Message> {
    let around: Vec<EventId> = message
        .thread
        .iter()
        .chain(&message.reply_to)
        .cloned()
        .collect();
    let mut found = None;
    for event in &around {
        let linked = match ctx.mark_of_event(event) {
            Some(mark) => Ticket::holding(ctx, &mark),
            None => None,
        };
        let linked = match linked {
            Some(ticket) => Some(ticket),
            None => Ticket::of_event(ctx, event),
        };
        found = found.or(linked);
    }
    // A tag, or the wish once more, begins something else; but not in an answer.
    let is_new = intent::has_tag(&Folded::new(&message.content.text))
        || strip_bang(&message.content.text).is_some()
        || intent::wants_no_name(&message.content.text)
        || intent::is_emergency(&Folded::new(&message.content.text));
    let ticket = match found {
        Some(ticket) => ticket,
        None if is_new || doubt(ctx, message).is_some() => return None,
        None => current(ctx, message)?,
    };
    let ticket = by(ctx, ticket, &message.sender)?;
    in_terms_of(ctx, &ticket, message)
}

/// A message as one of somebody who goes by a mark.
fn in_terms_of(ctx: &mut Context<'_, '_>, ticket: &Ticket, message: &Message) -> Option<Message> {
    // What is not ours is theirs.
    let mut known = |event: &EventId| match Ticket::of_event(ctx, event) {
        Some(_) => Some(event.clone()),
        None => ctx.mark_of_event(event),
    };
    Some(Message {
        reply_to: message.reply_to.as_ref().and_then(&mut known),
        thread: message.thread.as_ref().and_then(&mut known),
        room: ticket.room.clone(),
        id: ctx.mark_of_event(&message.id)?,
        sender: ticket.reporter.user.clone(),
        ..message.clone()
    })
}

/// The anonymous ticket that somebody may go on with who writes to linli without saying of what: the last one.
fn current(ctx: &mut Context<'_, '_>, message: &Message) -> Option<Ticket> {
    let last = Author::load(ctx, &message.sender).tickets.last().copied()?;
    let ticket = Ticket::load(ctx, last).filter(|ticket| !ticket.blanked)?;
    let is_lately = message.at.since(ticket.opened) <= limits::SPOKEN_AFTER_MS;
    is_lately.then_some(ticket)
}

/// Whether nobody can tell if somebody means their anonymous ticket, or what they have reported by name: nothing is
/// passed on then, and they are asked. In danger nobody is asked.
fn doubt(ctx: &mut Context<'_, '_>, message: &Message) -> Option<&'static str> {
    let text = &message.content.text;
    let folded = Folded::new(text);
    let is_plain = message.reply_to.is_none()
        && message.thread.is_none()
        && strip_bang(text).is_none()
        && !intent::has_tag(&folded)
        && !intent::wants_no_name(text)
        && !intent::is_emergency(&folded)
        && !intent::is_courtesy(text);
    let ticket = current(ctx, message).filter(|_| is_plain)?;
    let named = Recent::load(ctx, &message.room, &message.sender).report;
    let named = named.and_then(|(no, _)| Ticket::load(ctx, no));
    if named.is_some_and(|named| !named.is_ended()) {
        Some("anonymous-or-not")
    } else if ticket.is_ended() && intent::is_report(&folded) {
        Some("anonymous-which")
    } else {
        None
    }
}

/// What must not be taken as if its author were known: true where it was answered, or is nothing.
pub fn held_back(ctx: &mut Context<'_, '_>, input: &Input) -> bool {
    let (Some(room), Some(user)) = (input.room(), input.sender()) else {
        return false;
    };
    if ctx.talks_with(room).as_ref() != Some(user) {
        return false;
    }
    match input {
        Input::Message(message) => {
            let around: Vec<EventId> = message
                .thread
                .iter()
                .chain(&message.reply_to)
                .cloned()
                .collect();
            let is_of_unknown = around.iter().any(|event| is_of_unknown(ctx, event));
            let key = if is_of_unknown {
                // The key is another one now.
                Some("anonymous-lost")
            } else {
                doubt(ctx, message)
            };
            if let Some(key) = key {
                say(ctx, message, key);
            }
            key.is_some()
        }
        Input::Edit(edit) => {
            let wish = intent::wants_no_name(&edit.content.text);
            if wish {
                let language = ctx.language_of(&edit.sender, &edit.content.text);
                let said = ctx.say(language, "anonymous-anew", &[]);
                ctx.answer(&edit.room, None, true, said);
            }
            wish || is_of_unknown(ctx, &edit.target)
        }
        Input::Reaction(tap) => is_of_unknown(ctx, &tap.target),
        Input::Redaction(_)
        | Input::ReactionRemoved(_)
        | Input::Member(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Timer(_)
        | Input::Settled(_)
        | Input::Operator(_) => false,
    }
}

fn is_of_unknown(ctx: &mut Context<'_, '_>, event: &EventId) -> bool {
    Ticket::of_event(ctx, event).is_some_and(|ticket| ticket.is_anonymous())
}

/// The words of an input by somebody who must not be known tell their home: they are told so, and nothing is passed on.
pub fn tells_too_much(ctx: &mut Context<'_, '_>, input: &Input) -> bool {
    let (room, user, text) = if let Input::Message(message) = input {
        (&message.room, &message.sender, &message.content.text)
    } else if let Input::Edit(edit) = input {
        (&edit.room, &edit.sender, &edit.content.text)
    } else {
        return false;
    };
    let tells = tells_home(ctx, room, user, text);
    if tells {
        let language = ctx.language_of(user, text);
        let said = ctx.say(language, "anonymous-home", &[]);
        ctx.answer(room, None, true, said);
    }
    tells
}

/// Whether a message goes on with an anonymous ticket: nobody else is to hear of it.
pub fn goes_on(ctx: &mut Context<'_, '_>, message: &Message) -> bool {
    let is_talk = ctx.talks_with(&message.room).as_ref() == Some(&message.sender);
    is_talk
        && (intent::wants_no_name(&message.content.text)
            || doubt(ctx, message).is_some()
            || veil(ctx, message).is_some())
}

/// A command about a ticket, by whoever it is to be for that ticket.
pub fn typed(
    ctx: &mut Context<'_, '_>,
    message: &Message,
    rest: &str,
    run: fn(&mut Context<'_, '_>, &Message, &str),
) {
    let around: Vec<EventId> = message
        .reply_to
        .iter()
        .chain(&message.thread)
        .cloned()
        .collect();
    let around = around.iter().find_map(|event| Ticket::of_event(ctx, event));
    let (number, _) = commands::split(rest);
    let ticket = match (around, commands::number(number)) {
        (Some(ticket), _) => Some(ticket),
        (None, Some(no)) => Ticket::load(ctx, TicketNo(no)),
        (None, None) => current(ctx, message),
    };
    let is_talk = ctx.talks_with(&message.room).as_ref() == Some(&message.sender);
    let ticket = ticket.filter(|_| is_talk);
    let ticket = ticket.and_then(|ticket| by(ctx, ticket, &message.sender));
    let veiled = ticket.and_then(|ticket| in_terms_of(ctx, &ticket, message));
    match veiled {
        Some(_) if tells_too_much(ctx, &Input::Message(message.clone())) => {}
        Some(veiled) => ctx.unnamed(|ctx| run(ctx, &veiled, rest)),
        None => run(ctx, message, rest),
    }
}

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
    if ctx.read(&message.room, &message.sender, &called).intent == Intent::Help {
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
    let settings = ctx.settings::<super::TicketSettings>().anonymous;
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

/// Whether a text names the home of whoever writes it, by which staff would know them.
fn tells_home(ctx: &mut Context<'_, '_>, here: &RoomId, user: &UserId, text: &str) -> bool {
    let registry = ctx.community.registry.clone();
    let rooms: Vec<RoomId> = ctx
        .community
        .rooms()
        .map(|(room, _)| room.clone())
        .collect();
    let told = address::read(&Folded::new(text), &registry);
    let names: Vec<String> = rooms
        .iter()
        .chain([here])
        .filter_map(|room| ctx.display_name(room, user))
        .collect();
    names.iter().any(|name| {
        let own = address::from_name(name, &registry);
        let is_home = own.home.is_some()
            && own.home == told.home
            && (told.building.is_none() || told.building == own.building);
        is_home || text.contains(name.as_str())
    })
}

/// `!limit 12`: whoever has reported it may report nothing anonymously for some time; `!limit 12 off` takes that back.
/// Nobody learns who it is.
pub fn limit(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let (number, words) = commands::split(rest);
    let Some(mut ticket) = commands::named(ctx, message, number) else {
        return;
    };
    let room = ticket.room.clone();
    let behind = ctx.behind(&room).filter(|_| ticket.is_anonymous());
    let Some(Behind { user, .. }) = behind else {
        return say(ctx, message, "limit-not");
    };
    let is_off = matches!(
        words.trim().to_lowercase().as_str(),
        "off" | "解除" | "取消"
    );
    let days = i64::from(
        ctx.settings::<super::TicketSettings>()
            .anonymous
            .limited_days,
    );
    let mut author = Author::load(ctx, &user);
    author.until = (!is_off).then(|| ctx.now.plus(days * DAY_MS));
    author.save(ctx, &user);
    let who = Named::of(ctx, &message.room, &message.sender);
    ticket.note(ctx, Some(who), What::Limited { lifted: is_off });
    ticket.save(ctx);
    let args = [super::tell::no(&ticket), ("days", Arg::Number(days))];
    let (told, answer) = if is_off {
        ("anonymous-free", "limit-off")
    } else {
        ("anonymous-limited-for", "limit-on")
    };
    super::tell::to_reporter(ctx, &ticket, told, &args);
    let language = ctx.language_for(&message.sender);
    let said = ctx.say(language, answer, &args);
    commands::answer(ctx, message, said);
}

fn say(ctx: &mut Context<'_, '_>, message: &Message, key: &str) {
    let language = ctx.language_of(&message.sender, &message.content.text);
    let said = ctx.say(language, key, &[]);
    commands::answer(ctx, message, said);
}
