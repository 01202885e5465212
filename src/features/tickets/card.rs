//! The card: how a ticket shows itself in its rooms.
// Nothing in this file does IO.

use super::{
    NAME, Shown, TicketSettings, caller,
    correct::Point,
    eta, outage,
    readers::{self, Readers},
    rounds,
    state::State,
    ticket::{Attachment, Card, Ticket},
};
use crate::{
    domain::{
        context::Context,
        effect::{About, Effect, Lane, Post, Target},
        ids::{MINUTE_MS, RoomId, TicketNo},
        input::{Media, MediaKind},
        limits,
        roles::Who,
        speech::{Arg, Said, shorten},
    },
    text::{
        address::Address,
        language::Language,
        matter::{Trade, Urgency},
        tags,
    },
};

/// What our messages about a ticket carry.
pub fn about(no: TicketNo) -> About {
    About {
        feature: NAME.to_owned(),
        id: no.to_string(),
    }
}

/// Posts the cards of a new ticket: one answers the report, one stands in the staff room.
pub fn post(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let staff = ctx.community.staff_room().cloned();
    let mut rooms = vec![ticket.room.clone()];
    rooms.extend(staff.filter(|room| *room != ticket.room));
    for room in rooms {
        put_up(ctx, ticket, &room);
    }
    offer(ctx, ticket);
}

/// Posts one more card.
pub fn post_in(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, room: &RoomId) {
    put_up(ctx, ticket, room);
    offer(ctx, ticket);
}

fn put_up(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, room: &RoomId) {
    // A report that was taken out of the crowd stands nowhere any more.
    let answers = *room == ticket.room && ticket.own_room.is_none();
    let content = render(ctx, ticket, room);
    let post = Post {
        content,
        // Neighbours' telephones stay quiet; those of staff do not.
        quiet: ctx.community.staff_room() != Some(room),
        reply_to: caller::answers(ticket).filter(|_| answers),
        thread: None,
        about: Some(about(ticket.no)),
    };
    let txn = ctx.ask(room, Lane::Answer, Effect::Post(post));
    ticket.cards.push(Card {
        room: room.clone(),
        target: Target::Sent(txn),
        offered: std::collections::BTreeSet::new(),
    });
}

/// Shows a picture under the card where those are who have not seen it: whoever mends the thing, or whoever has reported it.
/// Returns the room and what was asked for.
pub fn show(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    media: &Media,
    from: &RoomId,
) -> Option<(RoomId, Target)> {
    let staff = ctx.community.staff_room()?;
    let room = if from == staff { &ticket.room } else { staff };
    // What staff show of a private matter, the neighbours need not see.
    let is_seen = ticket.room == *staff || from == staff && ticket.is_hidden_in(ctx, &ticket.room);
    let room = Some(room.clone()).filter(|_| !is_seen)?;
    let card = ticket.cards.iter().find(|card| card.room == room)?;
    let show = Effect::Show {
        media: media.content.clone(),
        thread: Some(card.target.clone()),
        about: Some(about(ticket.no)),
    };
    let sent = ctx.ask(&room, Lane::Talk, show);
    Some((room, Target::Sent(sent)))
}

/// Takes copies of pictures back.
pub fn unshow<'m>(ctx: &mut Context<'_, '_>, media: impl IntoIterator<Item = &'m Attachment>) {
    let Some(staff) = ctx.community.staff_room().cloned() else {
        return;
    };
    for media in media {
        let Some(target) = media.shown.clone() else {
            continue;
        };
        let room = media.shown_in.as_ref().unwrap_or(&staff);
        let reason = String::new();
        ctx.ask(room, Lane::Answer, Effect::Redact { target, reason });
    }
}

/// Brings all cards of a ticket up to its present state.
pub fn refresh(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let outage = ticket.outage.as_ref();
    let shown = outage.map(|outage| outage::render(ctx, ticket, outage).text);
    // The rooms of an outage need not be told of each voice.
    let is_same = shown.as_ref() == Some(&ticket.outage_shown);
    ticket.outage_shown = shown.unwrap_or_default();
    for card in ticket.cards.clone() {
        if is_same && ctx.community.staff_room() != Some(&card.room) {
            continue;
        }
        let content = render(ctx, ticket, &card.room).calling_nobody();
        let change = Effect::Change {
            target: card.target,
            content,
            about: Some(about(ticket.no)),
        };
        ctx.ask(&card.room, Lane::Answer, change);
    }
    offer(ctx, ticket);
}

/// Puts the reactions that can be used now on the cards, so that one tap is enough.
fn offer(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    for at in 0..ticket.cards.len() {
        let card = &ticket.cards[at];
        let readers = Readers::of(ctx, ticket, &card.room);
        if ticket.outage.is_some() && readers == Readers::Residents {
            continue;
        }
        let fresh: Vec<&'static str> = readers::offers(ticket, readers)
            .into_iter()
            .filter(|key| !card.offered.contains(*key))
            .collect();
        let (room, target) = (card.room.clone(), card.target.clone());
        for key in fresh {
            let react = Effect::React {
                target: target.clone(),
                key: key.to_owned(),
            };
            ctx.ask(&room, Lane::Talk, react);
            ticket.cards[at].offered.insert(key.to_owned());
        }
    }
}

/// The name by which a ticket's reporter is called in the room of the report. Display names hold homes, so that of
/// a private report's author is not repeated.
pub fn reporter_name(ctx: &Context<'_, '_>, ticket: &Ticket) -> String {
    if ticket.is_anonymous() {
        ctx.say(ticket.language, "unnamed-called", &[]).text
    } else if ticket.is_hidden_in(ctx, &ticket.room) {
        ctx.say(ticket.language, "reporter", &[]).text
    } else {
        ticket.reporter.name.clone()
    }
}

/// The card as it is shown in a room.
pub fn render(ctx: &mut Context<'_, '_>, ticket: &Ticket, room: &RoomId) -> Said {
    let staff_room = ctx.community.staff_room() == Some(room);
    if let Some(outage) = ticket.outage.as_ref().filter(|_| !staff_room) {
        return outage::render(ctx, ticket, outage);
    }
    let language = if staff_room {
        ctx.community.language
    } else {
        ticket.language
    };
    let hidden = ticket.is_hidden_in(ctx, room);
    let mut lines = vec![head(ctx, ticket, language).bold()];
    if ticket.blanked {
        lines.push(ctx.say(language, "card-blanked", &[]));
        return Said::lines(lines);
    }
    if let Some(outage) = &ticket.outage {
        let (what, place) = outage::words(ctx, outage, language);
        let args = [("what", Arg::Said(&what)), ("where", Arg::Text(&place))];
        lines.push(ctx.say(language, "card-outage", &args));
    } else {
        let place = where_in_room(ctx, ticket, language, room);
        lines.extend(where_said(ctx, language, &place));
    }
    if !hidden {
        lines.push(if staff_room {
            matter_line(ctx, ticket, language)
        } else {
            matter_for_residents(ctx, ticket, language)
        });
    }
    // In one line: nobody can write lines that look like the card's own.
    let text = words(ctx, ticket);
    let text = shorten(&text, limits::CARD_TEXT_CHARS_MAX);
    if hidden {
        lines.push(ctx.say(language, "card-private", &[]));
    } else if !text.is_empty() {
        lines.push(ctx.say(language, "card-text", &[("text", Arg::Text(&text))]));
    }
    lines.extend(rounds::lines(ctx, ticket, language));
    if !hidden && ticket.round.is_none() {
        let name = if ticket.is_anonymous() {
            ctx.say(language, "unnamed", &[]).text
        } else {
            shorten(&ticket.reporter.name, limits::NAME_CHARS_MAX)
        };
        lines.push(ctx.say(language, "card-reporter", &[("name", Arg::Text(&name))]));
        if let Some(caller) = ticket.caller.as_ref().filter(|_| staff_room) {
            lines.push(caller::line(ctx, caller));
        }
        if !ticket.voices.is_empty() {
            let count = i64::try_from(ticket.voices.len()).unwrap_or(i64::MAX);
            lines.push(ctx.say(language, "card-voices", &[("count", Arg::Number(count))]));
        }
    }
    if ticket.is_anonymous() {
        let key = if staff_room {
            "card-anonymous-staff"
        } else {
            "card-anonymous"
        };
        let no = Arg::Number(i64::from(ticket.no.0));
        lines.push(ctx.say(language, key, &[("no", no)]));
    }
    if let Some(media) = media_line(ctx, ticket, language) {
        lines.push(media);
    }
    if let Some(worker) = &ticket.worker {
        let helpers = ticket.helpers.iter().map(|helper| helper.who.name.as_str());
        let names: Vec<&str> = [worker.name.as_str()].into_iter().chain(helpers).collect();
        let names = names.join(" 🤝 ");
        lines.push(ctx.say(language, "card-worker", &[("name", Arg::Text(&names))]));
    }
    if let Some(eta) = &ticket.eta {
        let when = eta::words(ctx, language, eta);
        lines.push(ctx.say(language, "card-eta", &[("when", Arg::Text(&when))]));
    }
    if let Some(stars) = ticket.after.stars {
        let stars = Arg::Number(i64::from(stars));
        lines.push(ctx.say(language, "card-stars", &[("stars", stars)]));
    }
    if let Some(why) = ticket.why.as_ref().filter(|_| !hidden) {
        lines.push(ctx.say(language, "card-why", &[("why", Arg::Text(why))]));
    }
    let into = ticket.merged_into.map_or(0, |TicketNo(into)| into);
    let into = [("into", Arg::Number(i64::from(into)))];
    let is_apart = ctx.community.is_apart(room);
    let hint = readers::hint(ticket, Readers::of(ctx, ticket, room), is_apart);
    lines.push(ctx.say(language, hint, &into));
    Said::lines(lines)
}

/// The first line: number, category and state; also a ticket's line in a list.
pub fn head(ctx: &Context<'_, '_>, ticket: &Ticket, language: Language) -> Said {
    let category = category_key(ticket);
    let category = ctx.say(language, &category, &[]);
    let state = match &ticket.round {
        Some(round) if round.missed && !ticket.state.is_open() => "state-missed",
        Some(_) if ticket.state == State::Declined => "state-skipped",
        Some(_) | None => ticket.state.key(),
    };
    let state = ctx.say(language, state, &[]);
    let key = if ticket.is_emergency() {
        "card-head-danger"
    } else {
        "card-head"
    };
    ctx.say(
        language,
        key,
        &[
            ("no", Arg::Number(i64::from(ticket.no.0))),
            ("category", Arg::Said(&category)),
            ("state", Arg::Said(&state)),
        ],
    )
}

/// A ticket in one line of a list, as it may be read in a room; None: by staff.
pub fn row(
    ctx: &Context<'_, '_>,
    ticket: &Ticket,
    language: Language,
    room: Option<&RoomId>,
) -> Said {
    let head = head(ctx, ticket, language);
    let is_hidden = room.is_some_and(|room| ticket.is_hidden_in(ctx, room));
    let text = if is_hidden || ticket.blanked {
        String::new()
    } else {
        let shown = room.map_or(Shown::Home, |room| shown_in(ctx, ticket, room));
        let place = address_text(ctx, &part_of(&ticket.address, shown), language);
        let words = shorten(&words(ctx, ticket), 40);
        if words.contains(place.as_str()) {
            words
        } else {
            format!("{place} {words}")
        }
    };
    let worker = ticket
        .worker
        .as_ref()
        .map_or("", |worker| worker.name.as_str());
    let args = [
        ("head", Arg::Said(&head)),
        ("text", Arg::Text(text.trim())),
        ("worker", Arg::Text(worker)),
    ];
    let key = if worker.is_empty() {
        "row-unclaimed"
    } else {
        "row-claimed"
    };
    ctx.say(language, key, &args)
}

/// How old a ticket is, in words.
pub fn age(ctx: &Context<'_, '_>, ticket: &Ticket, language: Language) -> Said {
    let minutes = ctx.now.since(ticket.opened).max(0) / MINUTE_MS;
    let (key, count) = match minutes {
        0..60 => ("age-minutes", minutes),
        60..2880 => ("age-hours", minutes / 60),
        _ => ("age-days", minutes / 1440),
    };
    ctx.say(language, key, &[("count", Arg::Number(count))])
}

/// What a report says besides its tag, which the card's head tells already, and our name, in one line.
pub fn words(ctx: &Context<'_, '_>, ticket: &Ticket) -> String {
    let text = ctx.without_call(&ticket.text);
    let text = match tags::find(&text) {
        Some(tag) => format!("{}{}", &text[..tag.range.start], &text[tag.range.end..]),
        None => text,
    };
    text.trim().replace('\n', " ")
}

pub fn category_key(ticket: &Ticket) -> String {
    if ticket.round.is_some() {
        return "category-round".to_owned();
    }
    format!(
        "category-{}",
        ticket.category.map_or("none", |category| category.as_str())
    )
}

/// What was understood of the matter, in one line.
pub fn matter_line(ctx: &Context<'_, '_>, ticket: &Ticket, language: Language) -> Said {
    matter_with(
        ctx,
        ticket,
        language,
        Some(urgency_key(ticket.matter.urgency)),
    )
}

/// The same without what only staff count by.
fn matter_for_residents(ctx: &Context<'_, '_>, ticket: &Ticket, language: Language) -> Said {
    let urgency = match ticket.matter.urgency {
        Urgency::P0 => Some("urgency-danger"),
        Urgency::P1 => Some("urgency-soon"),
        Urgency::P2 | Urgency::P3 => None,
    };
    matter_with(ctx, ticket, language, urgency)
}

fn matter_with(
    ctx: &Context<'_, '_>,
    ticket: &Ticket,
    language: Language,
    urgency: Option<&'static str>,
) -> Said {
    let matter = &ticket.matter;
    let trade = trade_key(matter.trade);
    let public = matter.public.then_some("matter-public");
    let repeat = matter.repeat.then_some("matter-repeat");
    let keys = [Some(trade.as_str()), urgency, public, repeat];
    let words = keys.into_iter().flatten();
    let words: Vec<String> = words.map(|key| ctx.say(language, key, &[]).text).collect();
    let words = words.join(" · ");
    ctx.say(language, "card-matter", &[("matter", Arg::Text(&words))])
}

/// The key of a trade's name.
pub fn trade_key(trade: Trade) -> String {
    format!("trade-{}", trade.as_str())
}

fn urgency_key(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::P0 => "urgency-p0",
        Urgency::P1 => "urgency-p1",
        Urgency::P2 => "urgency-p2",
        Urgency::P3 => "urgency-p3",
    }
}

/// What a point was corrected to, as it is shown.
pub fn named(ctx: &Context<'_, '_>, language: Language, point: Point, to: &str) -> String {
    match point {
        Point::Trade => ctx.say(language, &format!("trade-{to}"), &[]).text,
        Point::Category => ctx.say(language, &format!("category-{to}"), &[]).text,
        Point::Urgency | Point::Address => to.to_owned(),
    }
}

/// The line that tells where it is.
pub fn where_said(ctx: &Context<'_, '_>, language: Language, words: &str) -> Option<Said> {
    (!words.is_empty()).then(|| ctx.say(language, "card-where", &[("where", Arg::Text(words))]))
}

/// Where whoever is called must go; or that it is not known.
pub fn where_to_go(ctx: &Context<'_, '_>, ticket: &Ticket, language: Language) -> String {
    let place = where_in(ctx, ticket, &ticket.address, language, false);
    if place.is_empty() {
        return ctx.say(language, "place-unknown", &[]).text;
    }
    place
}

/// Where it is, as far as it may be read in a room.
pub fn where_in_room(
    ctx: &Context<'_, '_>,
    ticket: &Ticket,
    language: Language,
    room: &RoomId,
) -> String {
    let address = part_of(&ticket.address, shown_in(ctx, ticket, room));
    let is_hidden = ticket.is_hidden_in(ctx, room);
    where_in(ctx, ticket, &address, language, is_hidden)
}

/// How much of its address a room may read.
fn shown_in(ctx: &Context<'_, '_>, ticket: &Ticket, room: &RoomId) -> Shown {
    if ticket.is_open_to(ctx, room) {
        Shown::Home
    } else if ticket.private {
        Shown::Building
    } else {
        ctx.settings::<TicketSettings>().public_address
    }
}

fn part_of(address: &Address, shown: Shown) -> Address {
    let mut part = address.clone();
    if shown != Shown::Home {
        part.home = None;
        part.floor = part.floor.filter(|_| address.home.is_none());
    }
    if shown == Shown::Building {
        part.unit = None;
        part.floor = None;
    }
    part
}

fn where_in(
    ctx: &Context<'_, '_>,
    ticket: &Ticket,
    address: &Address,
    language: Language,
    hidden: bool,
) -> String {
    let mut words = address_text(ctx, address, language);
    if let Some(place) = ticket.place.as_ref().filter(|_| !hidden) {
        if !words.is_empty() {
            words.push_str(" · ");
        }
        words.push_str(place);
    }
    words
}

/// An address in words; empty where nothing of it is known.
pub fn address_text(ctx: &Context<'_, '_>, address: &Address, language: Language) -> String {
    let parts = [
        ("address-phase", &address.phase),
        ("address-building", &address.building),
        ("address-unit", &address.unit),
        ("address-floor", &address.floor),
        ("address-home", &address.home),
    ];
    let words: Vec<String> = parts
        .into_iter()
        .filter_map(|(key, value)| {
            let value = value.as_deref()?;
            Some(ctx.say(language, key, &[("value", Arg::Text(value))]).text)
        })
        .collect();
    let between = match language {
        Language::Zh => "",
        Language::En => ", ",
    };
    words.join(between)
}

fn media_line(ctx: &Context<'_, '_>, ticket: &Ticket, language: Language) -> Option<Said> {
    let by_staff = |media: &&Attachment| {
        let is_staff = Who::Staff.includes(ctx.community.person(&media.by));
        is_staff && !ticket.is_reporter(&media.by)
    };
    let proof = ticket.media.iter().filter(by_staff).count();
    let is_picture = |media: &&Attachment| media.kind == MediaKind::Image && !by_staff(media);
    let pictures = ticket.media.iter().filter(is_picture).count();
    let others = ticket.media.len() - pictures - proof;
    let count = |n: usize| Arg::Number(i64::try_from(n).unwrap_or(i64::MAX));
    let args = [("pictures", count(pictures)), ("others", count(others))];
    let key = match (pictures, others) {
        (0, 0) => None,
        (_, 0) => Some("card-pictures"),
        (0, _) => Some("card-files"),
        _ => Some("card-pictures-files"),
    };
    let shown = key.map(|key| ctx.say(language, key, &args));
    let proof = (proof > 0).then(|| ctx.say(language, "card-proof", &[("count", count(proof))]));
    let lines: Vec<Said> = [shown, proof].into_iter().flatten().collect();
    (!lines.is_empty()).then(|| Said::lines(lines))
}
