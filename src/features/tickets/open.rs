//! Opening a ticket, and what editing or redacting its report means.
// Nothing in this file does IO.

use super::{
    after::After,
    card, clock, complaint,
    correct::{self, Point},
    emergency, merge, missing, own_room,
    proof::{self, Proof},
    reply,
    state::{Action, State},
    talk::{self, Recent, belongs, kept_text},
    tell,
    ticket::{Attachment, HistoryRow, LastNo, Named, SaidAt, Ticket, Version, What, history_id},
    turns, voices,
};
use crate::{
    domain::{
        community::Purpose,
        context::Context,
        effect::{Effect, Lane},
        ids::{EventId, Millis, RoomId, TicketNo, UserId},
        input::{Content, Edit, Media, Message, Redaction},
        limits,
    },
    text::{
        intent::{Intent, Reading},
        matter::{self, Matter, Trade, Urgency},
    },
};

/// A message reports something.
pub fn open(ctx: &mut Context<'_, '_>, message: &Message, reading: Reading) {
    let report = Report {
        room: &message.room,
        event: &message.id,
        said_by: &message.id,
        sender: &message.sender,
        at: message.at,
        content: &message.content,
    };
    report.take(ctx, reading);
}

/// What a ticket is opened from: a message, or a message that its author has made a report by an edit.
#[derive(Clone, Copy)]
pub struct Report<'m> {
    pub room: &'m RoomId,
    pub event: &'m EventId,
    /// The event that says what the report says: the message itself, or an edit of it.
    pub said_by: &'m EventId,
    pub sender: &'m UserId,
    pub at: Millis,
    pub content: &'m Content,
}

impl Report<'_> {
    /// Opens a ticket, or joins the one of the same fault.
    pub fn take(&self, ctx: &mut Context<'_, '_>, reading: Reading) {
        let matter = understood(ctx, &kept_text(self.content), &reading);
        let is_linked = ctx.linked(self.event).is_some();
        match voices::resembling(ctx, self, &reading, &matter) {
            Some(ticket) if !is_linked => voices::join(ctx, ticket, self, &matter),
            Some(_) | None => self.open(ctx, reading, matter),
        }
    }

    /// Opens a ticket, whatever else is open.
    pub fn open_own(&self, ctx: &mut Context<'_, '_>, reading: Reading) {
        let matter = understood(ctx, &kept_text(self.content), &reading);
        self.open(ctx, reading, matter);
    }

    fn open(&self, ctx: &mut Context<'_, '_>, reading: Reading, matter: Matter) {
        let Some(mut ticket) = self.ticket(ctx, reading, matter) else {
            return;
        };
        ctx.note_language(self.sender, ticket.language);
        let reporter = ticket.reporter.clone();
        ticket.note(ctx, Some(reporter), What::Opened);
        // Where people are in danger nothing goes before what they are told to do.
        clock::start(ctx, &mut ticket);
        card::post(ctx, &mut ticket);
        if self.gather_pictures(ctx, &mut ticket) {
            card::refresh(ctx, &mut ticket);
        }
        turns::give(ctx, &mut ticket);
        complaint::answer(ctx, &ticket);
        missing::ask(ctx, &mut ticket);
        ticket.save(ctx);
    }

    /// A new ticket, of which nothing was shown yet; None where there can be none of this.
    pub fn ticket(
        &self,
        ctx: &mut Context<'_, '_>,
        reading: Reading,
        matter: Matter,
    ) -> Option<Ticket> {
        let is_space = ctx.community.purpose(self.room) == Some(&Purpose::Space);
        // An edit may have been readable before its message was.
        if is_space || ctx.linked(self.event).is_some() {
            return None;
        }
        let no = TicketNo(ctx.get::<LastNo>("").unwrap_or_default().0 + 1);
        ctx.put("", &LastNo(no.0));
        let text = kept_text(self.content);
        let ticket = Ticket {
            no,
            state: State::New,
            category: reading.category,
            matter,
            corrected: std::collections::BTreeSet::new(),
            text: text.clone(),
            address: reading.address,
            place: reading.place,
            private: reading.private || ctx.community.is_apart(self.room),
            language: ctx.language_of(self.sender, &self.content.text),
            reporter: Named::of(ctx, self.room, self.sender),
            room: self.room.clone(),
            report: self.event.clone(),
            versions: vec![Version {
                event: self.said_by.clone(),
                text,
            }],
            opened: ctx.now,
            cards: Vec::new(),
            worker: None,
            why: None,
            taps: Vec::new(),
            media: Vec::new(),
            history_rows: 0,
            refused: std::collections::BTreeSet::new(),
            blanked: false,
            listed: std::collections::BTreeSet::new(),
            eta: None,
            look_at: None,
            confirm_at: None,
            alarms: 0,
            alarm_at: None,
            merged_into: None,
            voices: Vec::new(),
            voices_answered: 0,
            outage: None,
            outage_shown: String::new(),
            caller: None,
            helpers: Vec::new(),
            by_turn: false,
            own_room: None,
            round: None,
            missing: None,
            proof: Proof::default(),
            after: After::default(),
            warned_of: std::collections::BTreeSet::new(),
        };
        ctx.link(self.event, &no.to_string());
        Some(ticket)
    }

    /// The report's own picture, and those that its sender posted just before: true where there are any.
    pub fn gather_pictures(&self, ctx: &mut Context<'_, '_>, ticket: &mut Ticket) -> bool {
        let mut recent = Recent::load(ctx, self.room, self.sender);
        recent.report = Some((ticket.no, self.at));
        let who = Named::of(ctx, self.room, self.sender);
        // What does not belong to this report may belong to the next.
        let near = |(_, at, _): &mut (EventId, Millis, Media)| belongs(*at, self.at);
        let own: Vec<(EventId, Millis, Media)> = recent.loose.extract_if(.., near).collect();
        for (event, _, media) in own {
            talk::attach(ctx, ticket, who.clone(), self.room, &event, &media);
        }
        recent.save(ctx, self.room, self.sender);
        if let Some(media) = &self.content.media {
            talk::attach(ctx, ticket, who, self.room, self.event, media);
        }
        !ticket.media.is_empty()
    }
}

/// What kind of matter it is, by its words and its tag.
fn matter_of(ctx: &Context<'_, '_>, text: &str, reading: &Reading) -> Matter {
    let mut matter = matter::of(text, reading.category, &reading.address);
    if matter.urgency != Urgency::P0 && emergency::danger(ctx, text).is_some() {
        (matter.urgency, matter.trade) = (Urgency::P0, Trade::Security);
    }
    matter
}

/// What kind of matter it is, by the words and by what staff have taught.
pub fn understood(ctx: &mut Context<'_, '_>, text: &str, reading: &Reading) -> Matter {
    let mut matter = matter_of(ctx, text, reading);
    matter.trade = correct::learned(ctx, text).unwrap_or(matter.trade);
    matter
}

/// A report was changed by its author; or an edit makes a report of a message that was none.
pub fn edited(ctx: &mut Context<'_, '_>, edit: &Edit) {
    if let Some(at) = ctx.get::<SaidAt>(edit.target.as_str()) {
        edited_talk(ctx, edit, &at);
    }
    let Some(mut ticket) = Ticket::of_event(ctx, &edit.target) else {
        return becomes_report(ctx, edit);
    };
    // Homeservers do not check who edits; an edit counts only where its sender wrote the original
    // (Client-Server API, validity of replacement events).
    voices::edited(ctx, &ticket, edit);
    let is_report = ticket.report == edit.target;
    // An outage, or a call, is what its command has said.
    let is_fixed = ticket.blanked || ticket.outage.is_some() || ticket.caller.is_some();
    if !is_report || !ticket.is_reporter(&edit.sender) || is_fixed {
        return;
    }
    let text = kept_text(&edit.content);
    if text == ticket.text {
        return;
    }
    ticket.versions.push(Version {
        event: edit.id.clone(),
        text,
    });
    if ticket.versions.len() > limits::VERSIONS_MAX {
        // The message itself stays the first.
        ticket.versions.remove(1);
    }
    ctx.link(&edit.id, &ticket.no.to_string());
    read_again(ctx, ticket);
}

/// An edit makes a report of a message that was none, if its author wrote that message.
fn becomes_report(ctx: &mut Context<'_, '_>, edit: &Edit) {
    if ctx.author_of(&edit.target).as_ref() != Some(&edit.sender) {
        return;
    }
    let reading = ctx.read(&edit.room, &edit.sender, &edit.content);
    // A call of the bot in an edit may be a slip of the pen; a tag is meant.
    if reading.intent == Intent::Ticket && reading.tag.is_some() {
        let report = Report {
            room: &edit.room,
            event: &edit.target,
            said_by: &edit.id,
            sender: &edit.sender,
            at: edit.at,
            content: &edit.content,
        };
        report.take(ctx, reading);
    }
}

/// Brings a ticket up to what its report says now.
fn read_again(ctx: &mut Context<'_, '_>, mut ticket: Ticket) {
    let text = ticket.versions.last().map(|version| version.text.clone());
    let content = Content {
        text: text.unwrap_or_default(),
        ..Content::default()
    };
    let reading = ctx.read(&ticket.room, &ticket.reporter.user, &content);
    let mut matter = matter_of(ctx, &content.text, &reading);
    let stays = |point: Point| ticket.corrected.contains(&point);
    if stays(Point::Urgency) {
        matter.urgency = ticket.matter.urgency;
    }
    if stays(Point::Trade) {
        matter.trade = ticket.matter.trade;
    }
    if !stays(Point::Category) {
        ticket.category = reading.category.or(ticket.category);
    }
    if !stays(Point::Address) {
        ticket.address = reading.address;
    }
    ticket.matter = matter;
    ticket.text = content.text;
    ticket.place = reading.place;
    let is_apart = ticket.own_room.is_some() || ctx.community.is_apart(&ticket.room);
    ticket.private = reading.private || is_apart;
    let who = ticket.reporter.clone();
    ticket.note(ctx, Some(who), What::Edited);
    card::refresh(ctx, &mut ticket);
    clock::watch(ctx, &mut ticket);
    ticket.save(ctx);
    merge::stands_out(ctx, &mut ticket);
    voices::sort_out(ctx, &ticket);
}

/// Something said in a ticket's thread was changed by its author.
fn edited_talk(ctx: &mut Context<'_, '_>, edit: &Edit, at: &SaidAt) {
    if at.passed_to.is_some() {
        return reply::edited(ctx, edit, at);
    }
    let mut is_theirs = false;
    for row in &at.rows {
        let id = history_id(at.no, *row);
        let Some(mut line) = ctx.get::<HistoryRow>(&id) else {
            continue;
        };
        let is_author = line.who.as_ref().is_some_and(|who| who.user == edit.sender);
        if let (true, What::Said { text, .. } | What::Voice { text, .. }) =
            (is_author, &mut line.what)
        {
            *text = kept_text(&edit.content);
            is_theirs = true;
            ctx.put(&id, &line);
            // Should the edit alone be taken back, its words go too.
            ctx.put(edit.id.as_str(), at);
        }
    }
    let passed_on = at.passed_on.clone().filter(|_| is_theirs);
    let room = ctx.community.staff_room().cloned();
    if let (Some(target), Some(room), Some(ticket)) = (passed_on, room, Ticket::load(ctx, at.no)) {
        let who = ctx.name_of(&edit.room, &edit.sender);
        let content = talk::passed_on(ctx, &ticket, &who, &edit.content.text);
        let change = Effect::Change {
            target,
            content: content.calling_nobody(),
            about: Some(card::about(ticket.no)),
        };
        ctx.ask(&room, Lane::Answer, change);
    }
}

/// A report, or something that belongs to a ticket, was taken back by its author or a moderator.
pub fn redacted(ctx: &mut Context<'_, '_>, redaction: &Redaction) {
    if own_room::is_moved(ctx, redaction) {
        return;
    }
    let said = ctx.get::<SaidAt>(redaction.target.as_str());
    match &said {
        Some(at) => withdraw(ctx, &redaction.target, at),
        None => forget_loose(ctx, redaction),
    }
    let Some(mut ticket) = Ticket::of_event(ctx, &redaction.target) else {
        return;
    };
    if said.is_some() && ticket.report != redaction.target {
        voices::take_out(ctx, &mut ticket, &redaction.target);
        return;
    }
    if ticket.blanked {
        return;
    }
    if ticket.report == redaction.target {
        blank(ctx, ticket, redaction);
    } else {
        unedit(ctx, ticket, &redaction.target);
    }
}

/// An edit of a report was taken back: the report says again what it said before.
fn unedit(ctx: &mut Context<'_, '_>, mut ticket: Ticket, edit: &EventId) {
    let before = ticket.versions.len();
    if before > 1 {
        ticket.versions.retain(|version| version.event != *edit);
    }
    if ticket.versions.len() != before {
        read_again(ctx, ticket);
    }
}

/// Blanks a ticket whose report is gone.
fn blank(ctx: &mut Context<'_, '_>, mut ticket: Ticket, redaction: &Redaction) {
    let goes_on = ticket.state.is_open()
        && (voices::stands_by(ctx, &mut ticket) || voices::inherit(ctx, &mut ticket));
    if goes_on {
        return ticket.save(ctx);
    }
    ticket.blanked = true;
    ticket.text.clear();
    ticket.place = None;
    card::unshow(ctx, &ticket.media);
    ticket.media.clear();
    ticket.versions.clear();
    ticket.after.review = None;
    if let Some(caller) = &mut ticket.caller {
        caller.phone = None;
    }
    let who = Named::of(ctx, &redaction.room, &redaction.sender);
    ticket.note(ctx, Some(who.clone()), What::Withdrawn);
    if ticket.state.is_open() {
        let worker = ticket.worker.clone();
        ticket.state = State::Cancelled;
        ticket.eta = None;
        ticket.note(ctx, Some(who.clone()), What::Moved(Action::Cancel));
        tell::withdrawn(ctx, &ticket, &who, worker.as_ref());
        card::refresh(ctx, &mut ticket);
        ticket.save(ctx);
        return merge::let_go(ctx, &ticket);
    }
    card::refresh(ctx, &mut ticket);
    ticket.save(ctx);
}

fn withdraw(ctx: &mut Context<'_, '_>, event: &EventId, at: &SaidAt) {
    if at.passed_to.is_some() {
        return reply::take_back(ctx, event, at);
    }
    talk::forget_rows(ctx, event);
    if let (Some(target), Some(room)) = (&at.passed_on, ctx.community.staff_room().cloned()) {
        let redact = Effect::Redact {
            target: target.clone(),
            reason: String::new(),
        };
        ctx.ask(&room, Lane::Answer, redact);
    }
    let Some(mut ticket) = Ticket::load(ctx, at.no) else {
        return;
    };
    let gone = |media: &Attachment| media.event == *event;
    if ticket.media.iter().any(gone) {
        card::unshow(ctx, ticket.media.iter().filter(|media| gone(media)));
        ticket.media.retain(|media| !gone(media));
        proof::withdrawn(ctx, &mut ticket);
        card::refresh(ctx, &mut ticket);
        ticket.save(ctx);
    }
}

/// A picture that waited for a report is gone.
fn forget_loose(ctx: &mut Context<'_, '_>, redaction: &Redaction) {
    // A moderator may have taken it away.
    let author = ctx.author_of(&redaction.target);
    let author = author.as_ref().unwrap_or(&redaction.sender);
    let mut recent = Recent::load(ctx, &redaction.room, author);
    let before = recent.loose.len();
    recent
        .loose
        .retain(|(event, _, _)| *event != redaction.target);
    if recent.loose.len() != before {
        recent.save(ctx, &redaction.room, author);
    }
}
