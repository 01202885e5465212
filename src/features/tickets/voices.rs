//! One fault, many voices: who reports what is open already follows that ticket, and hears every step of it.
//!
//! Two reports are of the same fault where building, stairwell, floor, place, trade and category agree; where they name no
//! place, in nearly the same words; and where one person has just said the same. Its author makes another ticket of it by
//! 🆕. Anybody follows by ➕. Where whoever reported it first takes that back, the next goes on with it, so that no voice is
//! lost.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    TicketSettings, card, commands, correct, emergency, merge,
    open::Report,
    outage, talk, tell,
    ticket::{HistoryRow, Named, SaidAt, Ticket, Version, What, history_id, list_like},
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post, Target},
        ids::{EventId, RoomId, TicketNo, UserId},
        input::{Content, Edit, Media, Reaction},
        limits,
        speech::{Arg, Said},
    },
    text::{
        address::{self, Address},
        alike::Sketch,
        fold::Folded,
        intent::{self, Intent, Reading},
        language::Language,
        matter::{self, Matter, Trade, Urgency},
        tags::Category,
    },
};

/// Somebody whom a ticket concerns besides its reporter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    pub who: Named,
    /// Where they hear of it.
    pub room: RoomId,
    /// What they said, and the line of history that holds it.
    pub said: Option<(EventId, u32)>,
    /// The tap by which they follow.
    pub tap: Option<EventId>,
    /// The ticket that concerned them before it was put into this one.
    #[serde(default)]
    pub from: Option<TicketNo>,
}

impl Voice {
    /// Whether they have reported it, here or in a ticket that was put into this one.
    #[must_use]
    pub fn has_said(&self) -> bool {
        self.said.is_some() || self.from.is_some()
    }

    /// Whether anything keeps them here.
    pub fn stays(&self) -> bool {
        self.has_said() || self.tap.is_some()
    }
}

/// The open ticket of the same fault as a report, where there is one.
pub fn resembling(
    ctx: &mut Context<'_, '_>,
    report: &Report<'_>,
    reading: &Reading,
    matter: &Matter,
) -> Option<Ticket> {
    if let Some(outage) = outage::known(ctx, report, reading, matter) {
        return Some(outage);
    }
    if let Some(own) = said_twice(ctx, report, matter) {
        return Some(own);
    }
    // Where people of several buildings talk, the same words mean different things.
    ctx.community.building(report.room)?;
    if !matter.public || reading.private {
        return None;
    }
    let sender = ctx.name_of(report.room, report.sender);
    let list = list_like(report.room, matter.trade);
    let numbers = commands::open_in(ctx, &list);
    let mut tickets = numbers.iter().take(limits::LIKE_TICKETS_MAX);
    tickets.find_map(|number| {
        let ticket = Ticket::named(ctx, number)?;
        let text = &report.content.text;
        let takes = ticket.voices.len() < limits::VOICES_MAX && may_join(&ticket, matter);
        (takes && is_same(ctx, &ticket, text, &sender, reading, matter)).then_some(ticket)
    })
}

/// Danger is told again, unless it is the same and they are still being called for it.
fn may_join(ticket: &Ticket, matter: &Matter) -> bool {
    let is_called_for = ticket.is_emergency() && ticket.waits_for_staff();
    ticket.history_rows < limits::VOICES_ROWS_MAX
        && (matter.urgency != Urgency::P0 || is_called_for)
}

/// What the same person has just reported there in the same words: it was sent twice, or nobody has come yet.
fn said_twice(ctx: &mut Context<'_, '_>, report: &Report<'_>, matter: &Matter) -> Option<Ticket> {
    let (no, at) = talk::Recent::load(ctx, report.room, report.sender).report?;
    if report.at.since(at) > limits::SAID_TWICE_MS {
        return None;
    }
    let ticket = Ticket::load(ctx, no)?;
    let own_words = |text: &str| intent::own_words(text).trim().to_owned();
    let words = own_words(&report.content.text);
    let is_it = ticket.is_reporter(report.sender)
        && ticket.state.is_open()
        && ticket.room == *report.room
        && ticket.caller.is_none()
        && !ticket.blanked
        && !words.is_empty()
        && own_words(&ticket.text) == words;
    (is_it && may_join(&ticket, matter)).then_some(ticket)
}

fn is_same(
    ctx: &Context<'_, '_>,
    ticket: &Ticket,
    text: &str,
    sender: &str,
    reading: &Reading,
    matter: &Matter,
) -> bool {
    let stairwell = |address: &Address, name: &str| {
        let own = || address::from_name(name, &ctx.community.registry).unit;
        address.unit.clone().or_else(own)
    };
    if let Some(outage) = &ticket.outage {
        return outage.takes(text, reading.category, &reading.address, matter, || {
            stairwell(&reading.address, sender)
        });
    }
    let (one, other) = (&ticket.address, &reading.address);
    let is_lift = matter.trade == Trade::Lift;
    let agree = !ticket.blanked
        && !ticket.private
        && ticket.matter.public
        && kind(ticket.category).is_some_and(|own| Some(own) == kind(reading.category))
        && one.phase == other.phase
        && one.building == other.building
        // A lift may be told to stand on a floor, and has other names in other languages.
        && (is_lift || one.floor == other.floor && ticket.place == reading.place)
        && stairwell(one, &ticket.reporter.name) == stairwell(other, sender);
    agree
        && (reading.place.is_some() || is_lift || is_alike(&ticket.text, text))
        && (matter.urgency != Urgency::P0 || is_same_danger(ctx, ticket, text))
}

/// What may be one matter of many; None for what everybody asks or wishes for themselves.
fn kind(category: Option<Category>) -> Option<Category> {
    match category {
        None | Some(Category::Repair | Category::Emergency) => Some(Category::Repair),
        Some(Category::Complaint) => category,
        Some(Category::Suggestion | Category::Question | Category::Fee) => None,
    }
}

fn is_alike(one: &str, other: &str) -> bool {
    let sketch = |text: &str| Sketch::of(&Folded::new(&intent::own_words(text)));
    let both = sketch(one).zip(sketch(other));
    both.is_some_and(|(one, other)| one.likeness(&other) >= correct::LIKE)
}

fn is_same_danger(ctx: &Context<'_, '_>, ticket: &Ticket, text: &str) -> bool {
    emergency::danger(ctx, &ticket.text) == emergency::danger(ctx, text)
}

/// A report joins the ticket of the same fault.
pub fn join(ctx: &mut Context<'_, '_>, mut ticket: Ticket, report: &Report<'_>, matter: &Matter) {
    let who = Named::of(ctx, report.room, report.sender);
    let said = What::Voice {
        event: report.event.clone(),
        text: talk::kept_text(report.content),
    };
    let row = ticket.note(ctx, Some(who.clone()), said);
    let at = SaidAt {
        no: ticket.no,
        room: Some(report.room.clone()),
        rows: vec![row],
        passed_on: None,
        passed_to: None,
    };
    ctx.put(report.event.as_str(), &at);
    ctx.link(report.event, &ticket.no.to_string());
    let language = ctx.language_of(report.sender, &report.content.text);
    ctx.note_language(report.sender, language);
    let is_new = hear(&mut ticket, report.room, &who);
    let said = (report.event.clone(), row);
    match ticket
        .voices
        .iter_mut()
        .find(|voice| voice.who.user == who.user)
    {
        Some(voice) if voice.said.is_none() => voice.said = Some(said),
        Some(_) | None => {}
    }
    if is_new || ticket.is_reporter(&who.user) {
        answer(ctx, &mut ticket, report, &who, language);
    } else {
        sign(ctx, report);
    }
    report.gather_pictures(ctx, &mut ticket);
    settle(ctx, ticket, matter);
}

/// Somebody has called about what is open already: it is noted, and a member hears of it from now on. What the desk has written
/// down of them is `details`, for staff.
pub fn join_by_call(
    ctx: &mut Context<'_, '_>,
    mut ticket: Ticket,
    report: &Report<'_>,
    who: &Named,
    is_member: bool,
    details: String,
    matter: &Matter,
) {
    let event = report.event.clone();
    let said = What::Voice {
        event: event.clone(),
        text: talk::kept_text(report.content),
    };
    let row = ticket.note_with(ctx, Some(who.clone()), said, Some(details));
    let at = SaidAt {
        no: ticket.no,
        room: Some(report.room.clone()),
        rows: vec![row],
        passed_on: None,
        passed_to: None,
    };
    ctx.put(event.as_str(), &at);
    ctx.link(&event, &ticket.no.to_string());
    if is_member
        && hear(&mut ticket, report.room, who)
        && let Some(voice) = ticket.voices.last_mut()
    {
        voice.said = Some((event, row));
    }
    settle(ctx, ticket, matter);
}

/// One voice more may make it more urgent, or a repeat.
fn settle(ctx: &mut Context<'_, '_>, mut ticket: Ticket, matter: &Matter) {
    if matter.urgency < ticket.matter.urgency
        && !ticket.corrected.contains(&correct::Point::Urgency)
    {
        ticket.matter.urgency = matter.urgency;
    }
    ticket.matter.repeat |= matter.repeat;
    card::refresh(ctx, &mut ticket);
    super::clock::watch(ctx, &mut ticket);
    ticket.save(ctx);
}

/// From now on somebody hears of a ticket; false where they did already.
fn hear(ticket: &mut Ticket, room: &RoomId, who: &Named) -> bool {
    let is_known = |voice: &Voice| voice.who.user == who.user;
    if ticket.is_reporter(&who.user)
        || ticket.voices.iter().any(is_known)
        || ticket.voices.len() >= limits::VOICES_MAX
    {
        return false;
    }
    ticket.voices.push(Voice {
        who: who.clone(),
        room: room.clone(),
        said: None,
        tap: None,
        from: None,
    });
    true
}

/// Tells somebody that what they report is known: the first few in words, the others by a sign on their message, so that
/// a room is not filled by one broken lift.
fn answer(
    ctx: &mut Context<'_, '_>,
    ticket: &mut Ticket,
    report: &Report<'_>,
    who: &Named,
    language: Language,
) {
    let room = report.room;
    if ticket.is_emergency() {
        emergency::warn(
            ctx,
            ticket,
            who,
            report.event,
            &report.content.text,
            language,
        );
    }
    if ticket.voices_answered >= ctx.settings::<TicketSettings>().voice_lines {
        return sign(ctx, report);
    }
    ticket.voices_answered += 1;
    let state = ctx.say(language, ticket.state.key(), &[]);
    let place = card::where_in_room(ctx, ticket, language, report.room);
    let mut args = vec![
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("who", Arg::Call(&who.user, &who.name)),
        ("state", Arg::Said(&state)),
    ];
    let outage = ticket.outage.as_ref();
    let outage = outage.map(|outage| outage::words(ctx, outage, language));
    let key = if let Some((what, place)) = &outage {
        args.extend([("what", Arg::Said(what)), ("where", Arg::Text(place))]);
        "outage-joined"
    } else {
        args.push(("where", Arg::Text(&place)));
        if ticket.is_reporter(&who.user) {
            "voice-own"
        } else {
            "voice-joined"
        }
    };
    let said = ctx.say(language, key, &args);
    let post = Post {
        content: said,
        quiet: true,
        reply_to: Some(Target::Event(report.event.clone())),
        thread: None,
        about: Some(card::about(ticket.no)),
    };
    let sent = ctx.ask(room, Lane::Answer, Effect::Post(post));
    tell::remember(ctx, ticket, room, &sent);
    let react = Effect::React {
        target: Target::Sent(sent),
        key: "🆕".to_owned(),
    };
    ctx.ask(room, Lane::Talk, react);
}

/// Shows without a word that a report is known, and how to part it.
fn sign(ctx: &mut Context<'_, '_>, report: &Report<'_>) {
    for key in ["➕", "🆕"] {
        let react = Effect::React {
            target: Target::Event(report.event.clone()),
            key: key.to_owned(),
        };
        ctx.ask(report.room, Lane::Talk, react);
    }
}

/// ➕ follows; 🆕 makes another ticket of what one has said: true where that was meant.
pub fn tapped(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &Reaction) -> bool {
    match tap.key.chars().next() {
        Some('➕') => follow(ctx, ticket.clone(), tap),
        Some('🆕') => {
            if let Some((event, row)) = word_of(ctx, ticket, tap) {
                apart(ctx, ticket.clone(), &event, row, &tap.sender);
            }
        }
        _ => return false,
    }
    true
}

/// What was tapped, or on a message of ours what who tapped has said: as a voice, or as the reporter once more.
fn word_of(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &Reaction) -> Option<(EventId, u32)> {
    if let Some(at) = ctx.get::<SaidAt>(tap.target.as_str()) {
        return at.rows.first().map(|row| (tap.target.clone(), *row));
    }
    let user = &tap.sender;
    let own = ticket.voices.iter().find(|voice| voice.who.user == *user);
    if own.is_some() || !ticket.is_reporter(user) {
        return own.and_then(|voice| voice.said.clone());
    }
    last_word(ctx, ticket, user)
}

/// What somebody reported last that was known already.
fn last_word(ctx: &mut Context<'_, '_>, ticket: &Ticket, user: &UserId) -> Option<(EventId, u32)> {
    let mut rows = (0..ticket.history_rows).rev();
    rows.find_map(|row| {
        let (who, event, _) = said(ctx, ticket, row)?;
        (who.user == *user && event != ticket.report).then_some((event, row))
    })
}

fn follow(ctx: &mut Context<'_, '_>, mut ticket: Ticket, tap: &Reaction) {
    if ticket.private || !ticket.matter.public || !ticket.state.is_open() {
        return;
    }
    let who = Named::of(ctx, &tap.room, &tap.sender);
    if hear(&mut ticket, &tap.room, &who) {
        ctx.put(tap.id.as_str(), tap);
        if let Some(voice) = ticket.voices.last_mut() {
            voice.tap = Some(tap.id.clone());
        }
        card::refresh(ctx, &mut ticket);
        ticket.save(ctx);
    }
}

/// A tap is gone by which somebody followed: true where it was one.
pub fn taken_back(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &EventId) -> bool {
    let by_tap = |voice: &Voice| voice.tap.as_ref() == Some(tap);
    let Some(at) = ticket.voices.iter().position(by_tap) else {
        return false;
    };
    let mut ticket = ticket.clone();
    ticket.voices[at].tap = None;
    if !ticket.voices[at].stays() {
        ticket.voices.remove(at);
        card::refresh(ctx, &mut ticket);
    }
    ticket.save(ctx);
    true
}

/// What somebody has said becomes a ticket of its own.
fn apart(
    ctx: &mut Context<'_, '_>,
    mut ticket: Ticket,
    event: &EventId,
    row: u32,
    author: &UserId,
) {
    let Some((who, _, text)) = said(ctx, &ticket, row).filter(|(who, ..)| who.user == *author)
    else {
        return;
    };
    let room = heard_in(&ticket, &who.user);
    let media = take_out(ctx, &mut ticket, event);
    let content = Content {
        text,
        media,
        ..Content::default()
    };
    once_more(ctx, &room, event, &who.user, &content, true);
}

/// The room in which somebody hears of a ticket, and in which they have told of it.
fn heard_in(ticket: &Ticket, user: &UserId) -> RoomId {
    let voice = ticket.voices.iter().find(|voice| voice.who.user == *user);
    voice.map_or_else(|| ticket.room.clone(), |voice| voice.room.clone())
}

/// What was reported of a ticket that is none is looked at again by itself.
pub fn part_all(ctx: &mut Context<'_, '_>, ticket: &Ticket) {
    for row in 0..ticket.history_rows {
        let Some((who, event, text)) = said(ctx, ticket, row) else {
            continue;
        };
        let Some(mut ticket) = Ticket::load(ctx, ticket.no) else {
            return;
        };
        let room = heard_in(&ticket, &who.user);
        let content = Content {
            text,
            media: take_out(ctx, &mut ticket, &event),
            ..Content::default()
        };
        once_more(ctx, &room, &event, &who.user, &content, false);
    }
}

/// Who said what as a voice, in this line of history.
fn said(ctx: &mut Context<'_, '_>, ticket: &Ticket, row: u32) -> Option<(Named, EventId, String)> {
    let line = ctx.get::<HistoryRow>(&history_id(ticket.no, row))?;
    match (line.what, line.who) {
        (What::Voice { event, text }, Some(who)) => Some((who, event, text)),
        _ => None,
    }
}

/// What somebody said is a report again: of its own, or of whatever it resembles.
fn once_more(
    ctx: &mut Context<'_, '_>,
    room: &RoomId,
    event: &EventId,
    sender: &UserId,
    content: &Content,
    is_own: bool,
) {
    let reading = ctx.read(room, sender, content);
    let report = Report {
        room,
        event,
        said_by: event,
        sender,
        at: ctx.now,
        content,
    };
    if is_own {
        report.open_own(ctx, reading);
    } else {
        report.take(ctx, reading);
    }
}

/// Whether what somebody says is of the same fault as a ticket.
fn still_fits(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    who: &Named,
    reading: &Reading,
    text: &str,
) -> bool {
    let matter = matter::of(text, reading.category, &reading.address);
    !reading.private && is_same(ctx, ticket, text, &who.name, reading, &matter)
}

/// A report was changed: who has said something else than it says by now is no voice of it any more.
pub fn sort_out(ctx: &mut Context<'_, '_>, ticket: &Ticket) {
    let rows = if ticket.state.is_open() {
        ticket.history_rows
    } else {
        0
    };
    for row in 0..rows {
        let Some((who, event, text)) = said(ctx, ticket, row) else {
            continue;
        };
        if event == ticket.report {
            continue;
        }
        let mut content = Content {
            text,
            ..Content::default()
        };
        let reading = ctx.read(&ticket.room, &who.user, &content);
        if still_fits(ctx, ticket, &who, &reading, &content.text) {
            continue;
        }
        if let Some(mut ticket) = Ticket::load(ctx, ticket.no) {
            content.media = take_out(ctx, &mut ticket, &event);
        }
        once_more(ctx, &ticket.room, &event, &who.user, &content, false);
    }
}

/// What somebody said is taken back: it goes from a ticket, and they no longer hear of it unless they follow by a tap too.
pub fn take_out(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, event: &EventId) -> Option<Media> {
    ctx.unlink(event);
    talk::forget_rows(ctx, event);
    merge::forget(ctx, ticket, event);
    let is_it = |voice: &Voice| voice.said.as_ref().is_some_and(|(said, _)| said == event);
    if let Some(at) = ticket.voices.iter().position(is_it) {
        let user = ticket.voices[at].who.user.clone();
        ticket.voices[at].said = last_word(ctx, ticket, &user);
        if !ticket.voices[at].stays() {
            ticket.voices.remove(at);
        }
    }
    let shown = ticket.media.iter().position(|media| media.event == *event);
    let shown = shown.map(|at| ticket.media.remove(at));
    card::unshow(ctx, &shown);
    card::refresh(ctx, ticket);
    ticket.save(ctx);
    shown?.media
}

/// A voice was changed by its author: where it tells of something else now, it is a report of that, and where it reports
/// nothing any more, it is taken out.
pub fn edited(ctx: &mut Context<'_, '_>, ticket: &Ticket, edit: &Edit) {
    let at = ctx.get::<SaidAt>(edit.target.as_str());
    let Some(row) = at.and_then(|at| at.rows.first().copied()) else {
        return;
    };
    let Some((who, _, text)) = said(ctx, ticket, row) else {
        return;
    };
    if who.user != edit.sender || ticket.report == edit.target {
        return;
    }
    let reading = ctx.read(&edit.room, &edit.sender, &edit.content);
    let is_report = reading.intent == Intent::Ticket;
    let room = heard_in(ticket, &who.user);
    if is_report && still_fits(ctx, ticket, &who, &reading, &text) {
        return;
    }
    let media = take_out(ctx, &mut ticket.clone(), &edit.target);
    if is_report {
        let content = Content {
            text,
            media,
            ..Content::default()
        };
        once_more(ctx, &room, &edit.target, &who.user, &content, false);
    }
}

/// Whoever reported a ticket takes a report away: what they have reported once more takes its place. True where there is
/// something.
pub fn stands_by(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) -> bool {
    let user = ticket.reporter.user.clone();
    let Some((event, row)) = last_word(ctx, ticket, &user) else {
        return false;
    };
    let Some((who, _, text)) = said(ctx, ticket, row) else {
        return false;
    };
    take_up(ctx, ticket, who, event, text);
    true
}

/// Whoever reported a ticket takes it back; the next who said the same goes on with it. True where there is somebody.
pub fn inherit(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) -> bool {
    // An outage is not its followers' to keep up.
    if ticket.outage.is_some() {
        return false;
    }
    let words = ticket.voices.iter().map(|voice| voice.said.clone());
    let words: Vec<_> = words.enumerate().collect();
    let found = words.into_iter().find_map(|(at, word)| {
        let (event, row) = word?;
        let (who, _, text) = said(ctx, ticket, row)?;
        Some((at, event, who, text))
    });
    let Some((at, event, who, text)) = found else {
        return false;
    };
    ticket.voices.remove(at);
    let before = ticket.reporter.user.clone();
    card::unshow(ctx, ticket.media.iter().filter(|media| media.by == before));
    ticket.media.retain(|media| media.by != before);
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("who", Arg::Call(&who.user, &who.name)),
    ];
    let language = ctx.language_of(&who.user, &text);
    let said = ctx.say(language, "voice-inherits", &args);
    tell::sentence(ctx, ticket, &ticket.room.clone(), said);
    take_up(ctx, ticket, who, event, text);
    true
}

/// From now on this is the report of a ticket.
fn take_up(
    ctx: &mut Context<'_, '_>,
    ticket: &mut Ticket,
    who: Named,
    event: EventId,
    text: String,
) {
    ctx.unlink(&ticket.report);
    ticket.report = event.clone();
    ticket.language = ctx.language_of(&who.user, &text);
    ticket.text.clone_from(&text);
    ticket.versions = vec![Version { event, text }];
    ticket.reporter = who.clone();
    ticket.note(ctx, Some(who), What::Inherited);
    card::refresh(ctx, ticket);
}

/// Whoever hears of a ticket in a room, called: one by name, all on their telephones.
pub fn called(ctx: &Context<'_, '_>, ticket: &Ticket, room: &RoomId) -> Option<Said> {
    let present = |room| ctx.community.present(room);
    let voices = ticket.voices.iter();
    let here = voices.filter(|voice| present(&voice.room) == present(room));
    let mut people: Vec<(&UserId, String)> = here
        .map(|voice| (&voice.who.user, voice.who.name.clone()))
        .collect();
    // Staff need not be told of the outage that they have told of.
    if present(&ticket.room) == present(room) && ticket.outage.is_none() {
        people.insert(0, (&ticket.reporter.user, card::reporter_name(ctx, ticket)));
    }
    let ((first, name), others) = people.split_first()?;
    let count = i64::try_from(others.len()).unwrap_or(i64::MAX);
    let args = [
        ("who", Arg::Call(first, name)),
        ("count", Arg::Number(count)),
    ];
    let key = if others.is_empty() {
        "voice-one"
    } else {
        "voice-all"
    };
    let mut said = ctx.say(ticket.language, key, &args);
    said.mentions
        .extend(others.iter().map(|(user, _)| (*user).clone()));
    Some(said)
}

/// The rooms in which somebody hears of a ticket, its own first.
pub fn rooms(ctx: &Context<'_, '_>, ticket: &Ticket) -> Vec<RoomId> {
    let community = &ctx.community;
    let mut rooms = vec![ticket.room.clone()];
    for voice in &ticket.voices {
        let is_new = |room: &RoomId| community.present(room) != community.present(&voice.room);
        if rooms.iter().all(is_new) {
            rooms.push(voice.room.clone());
        }
    }
    rooms
}
