//! How a ticket's own room lives on: it is made, staff come in, it is closed and archived after the ticket, and opened again
//! with it.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use super::{OwnRoom, Stage, fill};
use crate::{
    domain::{
        context::{Context, MemberRecord},
        effect::{Act, Effect, Lane},
        ids::{DAY_MS, HOUR_MS, Millis, RoomId, UserId},
        input::{Membership, Settled},
        limits,
        power::{EventsDefault, LevelChange},
        private::Line,
        roles::{Person, Trade},
        speech::Arg,
    },
    features::tickets::{
        NAME, TicketSettings, card, commands, tell,
        ticket::{Ticket, list_in},
    },
};

/// The note of the timer that closes and archives.
pub const LOOK: &str = "own-room";

/// What posting needs where nobody but linli may post.
const SILENT: i64 = 50;

/// The ticket for whose room something was asked.
fn of_line(ctx: &mut Context<'_, '_>, settled: &Settled) -> Option<Ticket> {
    match Line::of(&settled.room)? {
        (_, Line::Matter(about)) if about.feature == NAME => Ticket::named(ctx, &about.id),
        _ => None,
    }
}

/// The room is there: the ticket stands in it from now on.
pub fn opened(ctx: &mut Context<'_, '_>, settled: &Settled, room: &RoomId) {
    let Some(mut ticket) = of_line(ctx, settled) else {
        return;
    };
    let Some(own) = &mut ticket.own_room else {
        return;
    };
    let was_given_up = own.stage == Stage::Failed;
    let from = own.from.clone();
    own.stage = Stage::Open;
    let line = &settled.room;
    for card in ticket.cards.iter_mut().filter(|card| card.room == *line) {
        card.room = room.clone();
    }
    for media in &mut ticket.media {
        if media.shown_in.as_ref() == Some(line) {
            media.shown_in = Some(room.clone());
        }
    }
    ticket.room = room.clone();
    if was_given_up {
        let before = Ticket {
            room: from,
            ..ticket.clone()
        };
        fill::fill(ctx, &mut ticket, &before);
    }
    let asked = match &settled.act {
        Some(Act::Open(open)) => open.others.as_slice(),
        _ => &[],
    };
    ask_in(ctx, &ticket, asked);
    ticket.save(ctx);
}

/// There can be no such room: the ticket goes back where it was, without a word of what it is about.
pub fn refused(ctx: &mut Context<'_, '_>, settled: &Settled) {
    let Some(mut ticket) = of_line(ctx, settled) else {
        return;
    };
    let line = settled.room.clone();
    let Some(own) = &mut ticket.own_room else {
        return;
    };
    own.stage = Stage::Failed;
    let from = own.from.clone();
    ticket.cards.retain(|card| card.room != line);
    ticket.room = from.clone();
    card::post_in(ctx, &mut ticket, &from);
    let no = [tell::no(&ticket)];
    let said = ctx.say(ticket.language, "own-room-refused", &no);
    ctx.tell(
        &ticket.reporter.user.clone(),
        Some(&from),
        said,
        Some(card::about(ticket.no)),
    );
    if let Some(room) = tell::other_staff_room(ctx, &ticket) {
        let said = ctx.say(ctx.community.language, "staff-own-room-refused", &no);
        tell::sentence(ctx, &ticket, &room, said);
    }
    ticket.save(ctx);
}

/// Asks those of staff in who look after it and are not there yet.
pub fn ask_staff_in(ctx: &mut Context<'_, '_>, ticket: &Ticket) {
    // While it is being made nobody can be asked in, and all are when it is there.
    let stage = ticket.own_room.as_ref().map(|own| own.stage);
    if matches!(stage, None | Some(Stage::Making | Stage::Failed)) {
        return;
    }
    ask_in(ctx, ticket, &[]);
}

/// Who of staff belongs into its own room: the desk, the managers, and whoever works on it.
pub fn staff_of(ctx: &Context<'_, '_>, ticket: &Ticket) -> BTreeSet<UserId> {
    let is_one =
        |person: &Person| person.manager || person.staff && person.trades.contains(&Trade::Desk);
    let mut staff: BTreeSet<UserId> = tell::all(ctx, is_one);
    let helpers = ticket.helpers.iter().map(|helper| &helper.who);
    let workers = ticket.worker.iter().chain(helpers);
    staff.extend(workers.map(|worker| worker.user.clone()));
    staff.remove(&ticket.reporter.user);
    staff
}

/// Asks them in, but for those who are there, or were asked when it was made.
fn ask_in(ctx: &mut Context<'_, '_>, ticket: &Ticket, asked: &[UserId]) {
    for user in staff_of(ctx, ticket) {
        let there = ctx.membership(&ticket.room, &user);
        let is_there = matches!(there, Some(Membership::Join | Membership::Invite));
        if !is_there && !asked.contains(&user) {
            // Asking many in takes the homeserver long; nobody waits for it.
            ctx.ask(&ticket.room, Lane::Talk, Effect::Act(Act::Invite { user }));
        }
    }
}

/// Whether anybody of staff is in the room of a ticket.
pub fn has_staff(ctx: &mut Context<'_, '_>, ticket: &Ticket) -> bool {
    let people: Vec<UserId> = ctx.community.people.keys().cloned().collect();
    people
        .iter()
        .any(|user| ctx.membership(&ticket.room, user) == Some(Membership::Join))
}

/// Brings its room up to where a ticket stands now; asked whenever one is kept.
pub fn follow(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let Some(OwnRoom { stage, next_at, .. }) = ticket.own_room.clone() else {
        return;
    };
    match (stage, ticket.is_ended()) {
        (Stage::Open, true) if next_at.is_none() => {
            let settings = ctx.settings::<TicketSettings>().own_room;
            wake(ctx, ticket, i64::from(settings.close_after_hours) * HOUR_MS);
        }
        (Stage::Open, false) => set(ticket, Stage::Open, None),
        (Stage::Closed | Stage::Archived, false) => {
            set(ticket, Stage::Open, None);
            let name = name(ctx, ticket, "own-room-name");
            write(ctx, ticket, None, name);
            ask_staff_in(ctx, ticket);
        }
        (Stage::Open | Stage::Making | Stage::Failed | Stage::Closed | Stage::Archived, _) => {}
    }
}

fn set(ticket: &mut Ticket, stage: Stage, next_at: Option<Millis>) {
    if let Some(own) = &mut ticket.own_room {
        (own.stage, own.next_at) = (stage, next_at);
    }
}

fn wake(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, after_ms: i64) {
    let due = ctx.now.plus(after_ms);
    if let Some(own) = &mut ticket.own_room {
        own.next_at = Some(due);
    }
    let id = format!("{LOOK}.{}", ticket.no);
    ctx.wake_at(due, &id, &format!("{LOOK} {}", ticket.no));
}

/// The timer of a room: it is closed, and later archived.
pub fn woken(ctx: &mut Context<'_, '_>, mut ticket: Ticket, due: Millis) {
    let Some(own) = ticket
        .own_room
        .clone()
        .filter(|own| own.next_at == Some(due))
    else {
        return;
    };
    let settings = ctx.settings::<TicketSettings>().own_room;
    // Something else was reported there meanwhile, and is still open.
    let is_in_use = !commands::open_in(ctx, &list_in(&ticket.room)).is_empty();
    if is_in_use {
        wake(
            ctx,
            &mut ticket,
            i64::from(settings.close_after_hours.max(1)) * HOUR_MS,
        );
        return ticket.save(ctx);
    }
    match own.stage {
        Stage::Open => {
            let said = ctx.say(ticket.language, "own-room-closed", &[tell::no(&ticket)]);
            tell::sentence(ctx, &ticket, &ticket.room.clone(), said);
            let name = name(ctx, &ticket, "own-room-name-closed");
            write(ctx, &ticket, Some(SILENT), name);
            set(&mut ticket, Stage::Closed, None);
            wake(
                ctx,
                &mut ticket,
                i64::from(settings.archive_after_days) * DAY_MS,
            );
        }
        Stage::Closed => {
            dismiss_staff(ctx, &ticket);
            set(&mut ticket, Stage::Archived, None);
        }
        Stage::Making | Stage::Archived | Stage::Failed => {}
    }
    ticket.save(ctx);
}

/// Staff leave the room; its reporter may keep it.
fn dismiss_staff(ctx: &mut Context<'_, '_>, ticket: &Ticket) {
    let prefix = format!("{}/", ticket.room);
    let members = ctx.scan::<MemberRecord>(&prefix, limits::OWN_ROOM_MEMBERS_MAX);
    let reason = ctx
        .say(
            ctx.community.language,
            "own-room-archived",
            &[tell::no(ticket)],
        )
        .text;
    for (id, member) in members {
        let user = UserId::from(&id[prefix.len()..]);
        let is_there = matches!(member.membership, Membership::Join | Membership::Invite);
        if is_there && user != ctx.bot() && !ticket.is_reporter(&user) {
            let reason = reason.clone();
            ctx.ask(
                &ticket.room,
                Lane::Talk,
                Effect::Act(Act::Kick { user, reason }),
            );
        }
    }
}

pub fn name(ctx: &Context<'_, '_>, ticket: &Ticket, key: &'static str) -> String {
    let category = ctx.say(ticket.language, &card::category_key(ticket), &[]);
    let args = [
        tell::no(ticket),
        ("name", Arg::Text(&ctx.community.name)),
        ("category", Arg::Said(&category)),
    ];
    ctx.say(ticket.language, key, &args).text
}

/// Sets who may write in the room, and what it is called. In the order of what is said there.
fn write(ctx: &mut Context<'_, '_>, ticket: &Ticket, level: Option<i64>, name: String) {
    let change = LevelChange {
        events_default: Some(EventsDefault { level }),
        ..LevelChange::default()
    };
    let room = &ticket.room;
    ctx.ask(room, Lane::Answer, Effect::Act(Act::SetLevels(change)));
    ctx.ask(room, Lane::Answer, Effect::Act(Act::Rename { name }));
}
