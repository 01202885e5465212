//! What is said around tickets: reports, pictures, threads and replies.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    act::{Path, act},
    after, card, commands, merge, missing, open, own_room, proof,
    state::{Action, State},
    tell,
    ticket::{Attachment, HistoryRow, Named, SaidAt, Ticket, What, history_id, list_of},
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Target},
        feature::Flow,
        ids::{EventId, Millis, RoomId, TicketNo, UserId},
        input::{Content, Media, MediaKind, Message},
        limits,
        private::Line,
        record::Record,
        roles::Trade,
        speech::{Arg, Said, shorten},
    },
    text::{
        fold::Folded,
        intent::{self, Intent},
    },
};

/// What somebody lately did in a room: their last report, and pictures that belong to none yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    pub report: Option<(TicketNo, Millis)>,
    pub loose: Vec<(EventId, Millis, Media)>,
}

impl Record for Recent {
    const KIND: &'static str = "recent";
}

impl Recent {
    /// What `user` lately did in `room`.
    pub fn load(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) -> Self {
        ctx.get(&format!("{room}/{user}")).unwrap_or_default()
    }

    /// Keeps it.
    pub fn save(&self, ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) {
        ctx.put(&format!("{room}/{user}"), self);
    }
}

/// A message that is no command.
pub fn message(ctx: &mut Context<'_, '_>, message: &Message) -> Flow {
    let thread = match &message.thread {
        Some(root) => Ticket::of_event(ctx, root),
        None => None,
    };
    if let Some(ticket) = thread {
        join(ctx, ticket, message);
        return Flow::Stop;
    }
    let replied = match &message.reply_to {
        Some(target) => Ticket::of_event(ctx, target),
        None => None,
    };
    let own = spoken_of(ctx, message);
    let reading = ctx.read_message(message);
    // What goes on behind a line is of one matter.
    let is_other = reading.tag.is_some() && Line::of(&message.room).is_none();
    let text = &message.content.text;
    let in_danger = || replied.is_none() && intent::is_emergency(&Folded::new(text));
    match reading.intent {
        // Where everything is about one ticket, only a tag says otherwise, or danger.
        Intent::Ticket if own.is_none() || is_other || in_danger() => {
            open::open(ctx, message, reading);
            return Flow::Stop;
        }
        Intent::StatusQuery => {
            let asked_us =
                replied.is_some() || reading.tag.is_some() || ctx.calls_bot(&message.content);
            if commands::answer_status(ctx, message, asked_us) {
                return Flow::Stop;
            }
        }
        Intent::HowTo if own.is_some() && replied.is_none() => return Flow::Go,
        Intent::Ticket | Intent::HowTo | Intent::Post | Intent::Command | Intent::Chat => {}
    }
    if let Some(ticket) = replied.or(own) {
        join(ctx, ticket, message);
        return Flow::Stop;
    }
    if let Some(media) = &message.content.media {
        loose(ctx, message, media);
    }
    Flow::Go
}

/// The ticket that is spoken of in a room where that goes without saying: in its own room, and in the talk with linli
/// whatever was reported there last.
fn spoken_of(ctx: &mut Context<'_, '_>, message: &Message) -> Option<Ticket> {
    if let Some(ticket) = own_room::ticket_of(ctx, &message.room) {
        return Some(ticket);
    }
    ctx.talks_with(&message.room)?;
    let recent = Recent::load(ctx, &message.room, &message.sender);
    let (no, at) = recent.report?;
    let ticket = Ticket::load(ctx, no).filter(|ticket| !ticket.blanked)?;
    let since = message.at.since(at);
    // When it is over, or long after, whoever tells of something broken may mean something else.
    let is_over = ticket.is_ended() || since > limits::SPOKEN_OF_MS;
    let is_report = intent::is_report(&Folded::new(&message.content.text));
    let is_of_it = since <= limits::SPOKEN_AFTER_MS && !(is_over && is_report);
    is_of_it.then_some(ticket)
}

/// Something said or shown in a ticket's thread, or as a reply to it.
fn join(ctx: &mut Context<'_, '_>, ticket: Ticket, message: &Message) {
    let mut ticket = merge::seen_to_in(ctx, ticket);
    let who = Named::of(ctx, &message.room, &message.sender);
    let speaker = who.name.clone();
    let text = shorten(&message.content.text, limits::TEXT_BYTES_MAX);
    if !text.is_empty() {
        let said = What::Said {
            event: message.id.clone(),
            text,
        };
        let at = (&message.room, &message.id);
        note_said(ctx, &mut ticket, who.clone(), said, at);
    }
    let answers = ticket.state == State::WaitingForResident
        && ticket.was_reported_by(&message.sender)
        && (message.content.media.is_some() || !intent::is_thanks(&message.content.text));
    after::answered(ctx, &mut ticket, message);
    missing::answered(ctx, &mut ticket, message);
    let mut shown = false;
    if let Some(media) = &message.content.media {
        shown = attach(ctx, &mut ticket, who, &message.room, &message.id, media);
    }
    let for_staff = is_for_staff(ctx, &ticket, message);
    if answers || for_staff {
        pass_on(ctx, &ticket, message, &speaker);
    }
    if for_staff && !answers && !ticket.has_own_room() {
        let said = ctx.say(ticket.language, "words-passed-on", &[]);
        let target = Target::Event(message.id.clone());
        ctx.answer(&message.room, Some(target), true, said);
    }
    only_here(ctx, &mut ticket, message);
    if answers {
        let path = Path::Word {
            room: &message.room,
            event: &message.id,
        };
        return act(ctx, ticket, Action::Answer, &message.sender, &path);
    }
    if let Some(media) = message.content.media.as_ref().filter(|_| shown) {
        return self::shown(ctx, ticket, message, media);
    }
    ticket.save(ctx);
}

/// Whether somebody says something to staff that they do not read by themselves, for it is said to linli alone.
fn is_for_staff(ctx: &mut Context<'_, '_>, ticket: &Ticket, message: &Message) -> bool {
    let is_apart = ctx.community.is_apart(&ticket.room)
        && !(ticket.has_own_room() && own_room::has_staff(ctx, ticket));
    let text = &message.content.text;
    is_apart
        && ticket.is_reporter(&message.sender)
        && !text.is_empty()
        && !intent::is_courtesy(text)
}

/// Staff who answer a card think that its reporter reads that; of what stands apart they are told once that it is not so.
fn only_here(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, message: &Message) {
    let is_here = ctx.community.staff_room() == Some(&message.room);
    let told = format!("reply {}", message.sender);
    let is_words = !message.content.text.is_empty();
    if is_here
        && is_words
        && ctx.community.is_apart(&ticket.room)
        && ticket.refused.len() < limits::REFUSALS_MAX
        && ticket.refused.insert(told)
    {
        let language = ctx.language_for(&message.sender);
        let said = ctx.say(language, "reply-only-here", &[tell::no(ticket)]);
        let target = Target::Event(message.id.clone());
        ctx.answer(&message.room, Some(target), true, said);
    }
}

/// The reporter gives the word that was waited for: whoever asked reads it in the staff room.
fn pass_on(ctx: &mut Context<'_, '_>, ticket: &Ticket, message: &Message, who: &str) {
    let Some(room) = tell::other_staff_room(ctx, ticket) else {
        return;
    };
    let said = passed_on(ctx, ticket, who, &message.content.text);
    let sent = tell::sentence(ctx, ticket, &room, said);
    if let Some(mut at) = ctx.get::<SaidAt>(message.id.as_str()) {
        at.passed_on = Some(Target::Sent(sent));
        ctx.put(message.id.as_str(), &at);
    }
}

/// The reporter's word as the staff room reads it.
pub fn passed_on(ctx: &Context<'_, '_>, ticket: &Ticket, who: &str, text: &str) -> Said {
    let called = match &ticket.worker {
        Some(worker) => tell::call(ctx, Some(worker)),
        None if ctx.community.is_apart(&ticket.room) => {
            let desk = tell::on_duty(ctx, |person| {
                person.staff && person.trades.contains(&Trade::Desk)
            });
            tell::calling(ctx, &desk)
        }
        None => Said::default(),
    };
    let text = shorten(&text.replace('\n', " "), limits::WHY_CHARS_MAX);
    let text = if text.is_empty() { "📷" } else { &text };
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("who", Arg::Text(who)),
        ("called", Arg::Said(&called)),
        ("words", Arg::Text(text)),
    ];
    ctx.say(ctx.community.language, "staff-answer", &args)
}

pub fn note_said(
    ctx: &mut Context<'_, '_>,
    ticket: &mut Ticket,
    who: Named,
    what: What,
    (room, event): (&RoomId, &EventId),
) {
    let row = ticket.note(ctx, Some(who), what);
    // A picture with a caption leaves two lines.
    let mut at = ctx.get::<SaidAt>(event.as_str()).unwrap_or(SaidAt {
        no: ticket.no,
        room: Some(room.clone()),
        rows: Vec::new(),
        passed_on: None,
        passed_to: None,
    });
    at.rows.push(row);
    ctx.put(event.as_str(), &at);
}

/// Blanks what was said or shown by an event.
pub fn forget_rows(ctx: &mut Context<'_, '_>, event: &EventId) {
    let Some(at) = ctx.get::<SaidAt>(event.as_str()) else {
        return;
    };
    for row in &at.rows {
        let id = history_id(at.no, *row);
        if let Some(mut line) = ctx.get::<HistoryRow>(&id) {
            let is_voice = matches!(line.what, What::Voice { .. });
            line.what = if is_voice {
                What::Left
            } else {
                What::Withdrawn
            };
            ctx.put(&id, &line);
        }
    }
    ctx.delete::<SaidAt>(event.as_str());
}

/// What was shown in a ticket is the proof that it is done, if whoever shows it was asked for that; else it is only shown.
fn shown(ctx: &mut Context<'_, '_>, mut ticket: Ticket, message: &Message, media: &Media) {
    card::refresh(ctx, &mut ticket);
    if ctx.community.staff_room() == Some(&message.room) {
        // So that whoever shows it sees that it has arrived.
        let react = Effect::React {
            target: Target::Event(message.id.clone()),
            key: format!("📎 #{}", ticket.no),
        };
        ctx.ask(&message.room, Lane::Talk, react);
    }
    if proof::shown(ctx, &mut ticket, &message.sender, media.kind) {
        let path = Path::Word {
            room: &message.room,
            event: &message.id,
        };
        return act(ctx, ticket, Action::Done, &message.sender, &path);
    }
    ticket.save(ctx);
}

/// Adds a picture to a ticket: true where there was room for it.
pub fn attach(
    ctx: &mut Context<'_, '_>,
    ticket: &mut Ticket,
    who: Named,
    room: &RoomId,
    event: &EventId,
    media: &Media,
) -> bool {
    let is_others = |user: &UserId| !ticket.is_reporter(user) && ctx.person(user).is_none();
    let by_others = ticket.media.iter().filter(|media| is_others(&media.by));
    let is_full = ticket.media.len() >= limits::MEDIA_PER_TICKET_MAX
        || is_others(&who.user) && by_others.count() >= limits::MEDIA_BY_OTHERS_MAX;
    if is_full {
        return false;
    }
    let copy = card::show(ctx, ticket, media, room);
    let (shown_in, shown) = copy.unzip();
    ticket.media.push(Attachment {
        event: event.clone(),
        by: who.user.clone(),
        kind: media.kind,
        url: media.url.clone(),
        media: Some(media.clone()),
        shown,
        shown_in,
    });
    if ctx.world.settings.keeps_copies && media.kind != MediaKind::Location {
        // By its address, too: should numbers ever begin again, it is no other's.
        let hash = Sha256::digest(&media.url);
        let hash = hash.iter().take(4).map(|byte| format!("{byte:02x}"));
        let name = format!("{}-{}", ticket.history_rows, hash.collect::<String>());
        let file = format!("{}/{}/{name}", ctx.community.id, ticket.no);
        let media = media.content.clone();
        // No room is needed for it, least of all one that nobody may know.
        let anywhere = ctx.community.staff_room().cloned();
        let anywhere = anywhere.unwrap_or_else(|| room.clone());
        ctx.ask(&anywhere, Lane::Look, Effect::Keep { media, file });
    }
    let what = What::Attached {
        event: event.clone(),
        kind: media.kind,
    };
    note_said(ctx, ticket, who, what, (room, event));
    true
}

/// A picture by itself belongs to the sender's report of the last two minutes, or to the next one.
fn loose(ctx: &mut Context<'_, '_>, message: &Message, media: &Media) {
    let mut recent = Recent::load(ctx, &message.room, &message.sender);
    let lately = recent
        .report
        .filter(|(_, at)| belongs(*at, message.at))
        .and_then(|(no, _)| Ticket::load(ctx, no))
        .filter(|ticket| !ticket.blanked);
    let lately = lately.or_else(|| proof::wanted(ctx, &message.sender));
    if let Some(mut ticket) = lately {
        let who = Named::of(ctx, &message.room, &message.sender);
        if attach(ctx, &mut ticket, who, &message.room, &message.id, media) {
            return shown(ctx, ticket, message, media);
        }
        return ticket.save(ctx);
    }
    which(ctx, message);
    recent.loose.retain(|(_, at, _)| belongs(*at, message.at));
    if recent.loose.len() < limits::LOOSE_MEDIA_MAX {
        recent
            .loose
            .push((message.id.clone(), message.at, media.clone()));
    }
    recent.save(ctx, &message.room, &message.sender);
}

/// Somebody of staff shows something in the staff room, and nobody can tell for which of the tickets in their hands.
fn which(ctx: &mut Context<'_, '_>, message: &Message) {
    if ctx.community.staff_room() != Some(&message.room) {
        return;
    }
    let own = commands::open_in(ctx, &list_of(&message.sender));
    let own: Vec<Ticket> = own.iter().filter_map(|no| Ticket::named(ctx, no)).collect();
    let own: Vec<String> = own
        .iter()
        .filter(|ticket| ticket.works(&message.sender))
        .map(|ticket| format!("#{}", ticket.no))
        .collect();
    if own.is_empty() {
        return;
    }
    let own = own.join(" ");
    let name = ctx.name_of(&message.room, &message.sender);
    let language = ctx.language_for(&message.sender);
    let args = [("name", Arg::Text(&name)), ("tickets", Arg::Text(&own))];
    let said = ctx.say(language, "photo-which", &args);
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), true, said);
}

/// True where two messages of one sender are near enough to belong together. Both moments are the word of the
/// same server, so they can be compared.
pub fn belongs(one: Millis, other: Millis) -> bool {
    one.since(other).abs() <= limits::BELONGS_WITHIN_MS
}

/// The text of a report as it is kept.
pub fn kept_text(content: &Content) -> String {
    let mut text = content.text.trim().to_owned();
    let mut end = text.len().min(limits::TEXT_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}
