//! The telephone desk: staff open a ticket for whoever has called, by `!for 3-2-501 王女士 13800001111 厨房漏水`; so does the
//! administrator on the command line. Whoever is a member hears of it in their building's room, which does not learn what it is
//! about; of all others the desk hears.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    card, clock, commands,
    open::{self, Report},
    tell,
    ticket::{Named, Ticket, What},
    turns, voices,
};
use crate::{
    domain::{
        community::Purpose,
        context::{Context, MemberRecord},
        effect::Target,
        ids::{EventId, Millis, RoomId, UserId},
        input::{Ask, Content, Membership, Message},
        limits,
        speech::{Arg, Said, shorten},
    },
    text::{
        address::{self, Address},
        call::{self, Call},
        intent::{self, Intent},
        names,
        tags::Category,
    },
};

/// Who has called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Their name as it was written down; None where nobody asked.
    pub name: Option<String>,
    pub phone: Option<String>,
    /// Who took the call; None: the administrator.
    pub by: Option<Named>,
}

/// What the administrator asks for on the command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Open a ticket, as `!for` does with the same words.
    Open { call: String },
}

/// Where a call was written down.
struct Taken<'t> {
    event: EventId,
    at: Millis,
    room: &'t RoomId,
    by: Option<Named>,
}

/// What has become of a call.
enum Became {
    /// A ticket, and whether whoever called hears of it.
    Ticket(Ticket, bool),
    /// It is of the same matter as this one; likewise.
    Known(Ticket, bool),
}

/// `!for 3-2-501 王女士 13800001111 厨房漏水`
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let language = ctx.language_for(&message.sender);
    let Some(call) = call::read(rest, &ctx.community.registry) else {
        let said = ctx.say(language, "caller-how", &[]);
        return commands::answer(ctx, message, said);
    };
    let taken = Taken {
        event: message.id.clone(),
        at: message.at,
        room: &message.room,
        by: Some(Named::of(ctx, &message.room, &message.sender)),
    };
    let Some(became) = take(ctx, &taken, call) else {
        return;
    };
    let (key, ticket) = match &became {
        Became::Ticket(ticket, true) => ("caller-told", ticket),
        Became::Ticket(ticket, false) => ("caller-not-here", ticket),
        Became::Known(ticket, true) => ("caller-known", ticket),
        Became::Known(ticket, false) => ("caller-known-not-here", ticket),
    };
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("name", Arg::Text(&ticket.reporter.name)),
    ];
    let said = ctx.say(language, key, &args);
    commands::answer(ctx, message, said);
}

/// The administrator wishes something. What cannot be read is a fault of the program: the command line has looked at it.
///
/// # Panics
/// Where it cannot be read.
pub fn asked(ctx: &mut Context<'_, '_>, ask: &Ask) {
    let wish: Wish = serde_json::from_str(&ask.wish)
        .unwrap_or_else(|error| panic!("a wish that cannot be understood: {error}"));
    let Wish::Open { call } = wish;
    let call = call::read(&call, &ctx.community.registry);
    let (Some(call), Some(room)) = (call, ctx.community.staff_room().cloned()) else {
        panic!("a call that cannot be understood");
    };
    let taken = Taken {
        event: EventId::from(format!("operator-{}", ask.at.0)),
        at: ask.at,
        room: &room,
        by: None,
    };
    take(ctx, &taken, call);
}

/// Opens a ticket, or adds the call to the one of the same matter. None where there can be no ticket.
fn take(ctx: &mut Context<'_, '_>, taken: &Taken<'_>, call: Call) -> Option<Became> {
    let member = member(ctx, &call);
    let desk = taken.by.as_ref().map(|by| by.user.clone());
    let desk = desk.unwrap_or_else(|| ctx.bot());
    let (room, sender) = match &member {
        Some((room, user)) => (room, user),
        None => (taken.room, &desk),
    };
    let content = Content {
        text: shorten(&call.words.replace('\n', " "), limits::CARD_TEXT_CHARS_MAX),
        ..Content::default()
    };
    let report = Report {
        room,
        event: &taken.event,
        said_by: &taken.event,
        sender,
        at: taken.at,
        content: &content,
    };
    let mut reading = ctx.read(room, sender, &content);
    reading.intent = Intent::Ticket;
    reading.category = reading.category.or(Some(Category::Repair));
    reading.address = call.address.clone();
    let matter = open::understood(ctx, &content.text, &reading);
    // What others have reported stands in their building's room, wherever the call is written down.
    let theirs = room_of(ctx, &call).unwrap_or_else(|| room.clone());
    let there = Report {
        room: &theirs,
        ..report
    };
    if let Some(ticket) = voices::resembling(ctx, &there, &reading, &matter) {
        let details = details(ctx, &call);
        let who = Named::of(ctx, room, sender);
        let is_member = member.is_some();
        voices::join_by_call(
            ctx,
            ticket.clone(),
            &report,
            &who,
            is_member,
            details,
            &matter,
        );
        return Some(Became::Known(ticket, is_member));
    }
    // Whoever calls has told nobody but the desk.
    reading.private |= member.is_some();
    let mut ticket = report.ticket(ctx, reading, matter)?;
    match &member {
        // The desk's words are not theirs.
        Some((_, user)) => ticket.language = ctx.language_for(user),
        None => {
            ticket.reporter = named(ctx, &call, desk);
            ticket.language = ctx.community.language;
        }
    }
    ticket.caller = Some(Caller {
        name: call.name,
        phone: call.phone,
        by: taken.by.clone(),
    });
    let (reporter, by) = (ticket.reporter.clone(), taken.by.as_ref());
    let by = by.map_or_else(|| "linli".to_owned(), |by| by.name.clone());
    ticket.note_with(ctx, Some(reporter), What::Opened, Some(format!("☎ {by}")));
    clock::start(ctx, &mut ticket);
    card::post(ctx, &mut ticket);
    turns::give(ctx, &mut ticket);
    if member.is_some() {
        let by = taken.by.as_ref().map_or("linli", |by| by.name.as_str());
        let args = [tell::no(&ticket), ("who", Arg::Text(by))];
        tell::to_reporter(ctx, &ticket, "told-for", &args);
    }
    ticket.save(ctx);
    Some(Became::Ticket(ticket, member.is_some()))
}

/// Who has called, as the desk has written it down.
fn details(ctx: &Context<'_, '_>, call: &Call) -> String {
    let phone = call.phone.as_deref().unwrap_or_default();
    let Named { name, .. } = named(ctx, call, ctx.bot());
    format!("☎ {name} {phone}").trim().to_owned()
}

/// What somebody is called who has called: home and name.
fn named(ctx: &Context<'_, '_>, call: &Call, user: UserId) -> Named {
    let language = ctx.community.language;
    let home = card::address_text(ctx, &call.address, language);
    let caller = ctx.say(language, "caller", &[]).text;
    let name = call.name.as_ref().unwrap_or(&caller);
    Named {
        user,
        name: shorten(&format!("{home} {name}"), limits::NAME_CHARS_MAX),
    }
}

/// The member who has called, with their building's room: whoever goes by that home there and by that surname.
fn member(ctx: &mut Context<'_, '_>, call: &Call) -> Option<(RoomId, UserId)> {
    let building = call.address.building.clone()?;
    let home = call.address.home.as_ref()?;
    let called = call.name.as_ref()?;
    let surname = names::surname_of(called)?;
    let room = room_of(ctx, call)?;
    let members = ctx.scan::<MemberRecord>(&format!("{room}/"), limits::CALLER_MEMBERS_MAX);
    let registry = &ctx.community.registry;
    let found = members.into_iter().filter_map(|(id, member)| {
        let name = member
            .name
            .filter(|_| member.membership == Membership::Join)?;
        let own = address::from_name(&name, registry);
        let is_home = own.home.as_ref() == Some(home)
            && own.building.as_ref().is_none_or(|own| *own == building)
            && fits(own.unit.as_deref(), &call.address);
        let user = UserId::from(id.rsplit_once('/')?.1);
        let is_resident = ctx.community.person(&user).is_none();
        (is_home && is_resident && name.contains(&surname)).then_some((name, user))
    });
    let found: Vec<(String, UserId)> = found.collect();
    // A call that may be another's is told to nobody.
    let whole = found
        .iter()
        .filter(|(name, _)| name.contains(called.as_str()));
    let whole: Vec<&(String, UserId)> = whole.collect();
    match (whole.as_slice(), found.as_slice()) {
        ([(_, user)], _) | ([], [(_, user)]) => Some((room, user.clone())),
        _ => None,
    }
}

/// The room of the building that was told.
fn room_of(ctx: &Context<'_, '_>, call: &Call) -> Option<RoomId> {
    let theirs = call.address.building.as_ref()?;
    let is_theirs = |purpose: &Purpose| match purpose {
        Purpose::Building(name) => address::plain_name(name) == address::plain_name(theirs),
        Purpose::Space | Purpose::Staff | Purpose::Notice | Purpose::Lobby | Purpose::Help(_) => {
            false
        }
    };
    let mut rooms = ctx.community.rooms();
    let (room, _) = rooms.find(|(_, purpose)| is_theirs(purpose))?;
    Some(room.clone())
}

/// Whether the stairwell of somebody's home is the one that was told, as far as both are.
fn fits(unit: Option<&str>, told: &Address) -> bool {
    unit.is_none() || told.unit.is_none() || unit == told.unit.as_deref()
}

/// The line of the card that only staff read.
pub fn line(ctx: &Context<'_, '_>, caller: &Caller) -> Said {
    let by = caller.by.as_ref().map_or("linli", |by| by.name.as_str());
    let args = [
        ("phone", Arg::Text(caller.phone.as_deref().unwrap_or("—"))),
        ("by", Arg::Text(by)),
    ];
    ctx.say(ctx.community.language, "card-caller", &args)
}

/// Where the first card of a ticket answers its report: nowhere, where that stands in another room or in none.
pub fn answers(ticket: &Ticket) -> Option<Target> {
    let is_here = ticket.caller.is_none() && ticket.round.is_none();
    is_here.then(|| Target::Event(ticket.report.clone()))
}

/// Whether a text is a call that a ticket can be opened of; the command line asks before it sends it.
pub fn is_call(text: &str, registry: &address::Registry) -> bool {
    call::read(text, registry).is_some() && !intent::own_words(text).is_empty()
}
