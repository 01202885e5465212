//! What is said when a ticket has moved: reactions and edits wake no telephone, a sentence with a mention does.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    act::Step,
    after, card, outage, rounds,
    state::{Action, State},
    ticket::{Named, Ticket, What},
    voices,
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post, Target},
        ids::{RoomId, Txn, UserId},
        limits,
        record::Record,
        roles::{self, Person},
        speech::{Arg, Said},
    },
    text::matter,
};

/// Says in words what has happened, with a mention of whoever must act.
pub fn moved(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, step: &Step, before: Option<&Named>) {
    // Whoever was given it by turns says that they go: all know already who comes.
    let is_theirs = before.is_some_and(|before| before.user == step.who.user);
    if step.action == Action::Claim && step.from == step.next && is_theirs {
        return;
    }
    if rounds::told(ctx, ticket, step) {
        return;
    }
    let key = told_key(step, ticket.is_reporter(&step.who.user));
    // What is said of a private matter is not for the neighbours.
    let is_hidden = ticket.is_hidden_in(ctx, &ticket.room);
    let words = step.words.as_deref().filter(|_| !is_hidden);
    let why = words.map_or_else(Said::default, |words| {
        ctx.say(ticket.language, "told-why", &[("why", Arg::Text(words))])
    });
    let who = known_as(ctx, ticket, &step.who);
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("who", Arg::Text(&who)),
        ("to", Arg::Text(&step.to.name)),
        ("why", Arg::Said(&why)),
    ];
    if step.action == Action::Confirm {
        after::finished(ctx, ticket, key, &args);
    } else {
        to_all(ctx, ticket, key, &args);
    }
    let Some(room) = other_staff_room(ctx, ticket) else {
        return;
    };
    let Some((key, called)) = for_staff(step, before) else {
        return;
    };
    let language = ctx.community.language;
    let called = if key == "staff-contested" {
        calling(ctx, &all(ctx, |person| person.manager))
    } else {
        call(ctx, called)
    };
    let place = card::where_to_go(ctx, ticket, language);
    let relieved =
        before.filter(|before| step.action == Action::Assign && before.user != step.who.user);
    let relieved = relieved.map_or_else(Said::default, |before| {
        let who = Arg::Call(&before.user, &before.name);
        ctx.say(language, "staff-relieved", &[("who", who)])
    });
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("who", Arg::Text(&step.who.name)),
        ("called", Arg::Said(&called)),
        ("relieved", Arg::Said(&relieved)),
        ("where", Arg::Text(&place)),
        (
            "words",
            Arg::Text(step.words.as_deref().unwrap_or_default()),
        ),
    ];
    let said = ctx.say(language, key, &args);
    sentence(ctx, ticket, &room, said);
}

/// What somebody is called who did something: people of other buildings need not read where a resident lives.
fn known_as(ctx: &Context<'_, '_>, ticket: &Ticket, who: &Named) -> String {
    let is_resident = ctx.person(&who.user).is_none();
    if is_resident && voices::rooms(ctx, ticket).len() > 1 {
        ctx.say(ticket.language, "voice-neighbour", &[]).text
    } else {
        who.name.clone()
    }
}

/// Says something to everybody whom a ticket concerns: in each of their rooms one sentence, in which `$reporter` is whoever
/// is called there.
pub fn to_all(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    key: &'static str,
    args: &[(&'static str, Arg<'_>)],
) {
    if let Some(outage) = &ticket.outage {
        return outage::to_all(ctx, ticket, outage, key, args);
    }
    for room in voices::rooms(ctx, ticket) {
        to_room(ctx, ticket, &room, key, args);
    }
}

/// Says something to its reporter alone.
pub fn to_reporter(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    key: &'static str,
    args: &[(&'static str, Arg<'_>)],
) -> Txn {
    let name = card::reporter_name(ctx, ticket);
    let who = ("who", Arg::Call(&ticket.reporter.user, &name));
    let called = ctx.say(ticket.language, "voice-one", &[who]);
    let mut all = args.to_vec();
    all.push(("reporter", Arg::Said(&called)));
    let said = ctx.say(ticket.language, key, &all);
    sentence(ctx, ticket, &ticket.room, said)
}

/// A ticket's number, for sentences.
pub fn no(ticket: &Ticket) -> (&'static str, Arg<'static>) {
    ("no", Arg::Number(i64::from(ticket.no.0)))
}

/// Says something in one of the rooms in which somebody hears of a ticket, as [`to_all`] does in each.
pub fn to_room(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    room: &RoomId,
    key: &'static str,
    args: &[(&'static str, Arg<'_>)],
) -> Txn {
    let called = voices::called(ctx, ticket, room).unwrap_or_default();
    let mut all = args.to_vec();
    all.push(("reporter", Arg::Said(&called)));
    let mut said = ctx.say(ticket.language, key, &all);
    if !said.text.contains(&called.text) {
        said = said.calling_nobody();
    }
    sentence(ctx, ticket, room, said)
}

/// The staff room, unless the ticket was reported there.
pub fn other_staff_room(ctx: &Context<'_, '_>, ticket: &Ticket) -> Option<RoomId> {
    let staff_room = ctx.community.staff_room().cloned();
    staff_room.filter(|room| room != ctx.community.present(&ticket.room))
}

/// What the staff room is told, and who is called there: only what somebody must act on.
fn for_staff<'s>(
    step: &'s Step,
    before: Option<&'s Named>,
) -> Option<(&'static str, Option<&'s Named>)> {
    let others = || before.filter(|worker| worker.user != step.who.user);
    Some(match step.action {
        Action::Claim => ("staff-claim", Some(&step.who)),
        Action::Assign => ("staff-assign", Some(&step.to)),
        Action::Unclaim => ("staff-unclaim", others()),
        Action::Reopen if step.from == State::Declined => ("staff-contested", None),
        Action::Reopen => ("staff-reopen", before),
        Action::Cancel => ("staff-cancel", before),
        Action::Confirm => ("staff-confirm", before),
        Action::Decline => ("staff-decline", others()),
        Action::SetOut
        | Action::Start
        | Action::AskResident
        | Action::Answer
        | Action::PutOff
        | Action::Resume
        | Action::Done
        | Action::Undone
        | Action::Merge
        | Action::Unmerge => return None,
    })
}

/// What the room of the report is told; the reporter is called where somebody else acted.
fn told_key(step: &Step, by_reporter: bool) -> &'static str {
    match (step.action, by_reporter) {
        (Action::Reopen, _) if step.from == State::Declined => "told-contested",
        (Action::Claim, _) => "told-claim",
        (Action::Assign, _) => "told-assign",
        (Action::Unclaim, _) => "told-unclaim",
        (Action::SetOut, _) => "told-set-out",
        (Action::Start, _) => "told-start",
        (Action::AskResident, _) => "told-ask-resident",
        (Action::Answer, _) => "told-answer",
        (Action::PutOff, _) => "told-put-off",
        (Action::Resume, _) => "told-resume",
        (Action::Done, _) => "told-done",
        (Action::Undone, _) => "told-undone",
        (Action::Confirm, true) => "told-confirm",
        (Action::Confirm, false) => "told-confirm-by",
        (Action::Reopen, true) => "told-reopen",
        (Action::Reopen, false) => "told-reopen-by",
        (Action::Cancel, true) => "told-cancel",
        (Action::Cancel, false) => "told-cancel-by",
        (Action::Decline, _) => "told-decline",
        (Action::Merge, _) => "told-merge",
        (Action::Unmerge, _) => "told-unmerge",
    }
}

/// Says that a cancelled ticket is there again, to staff above all.
pub fn restored(ctx: &mut Context<'_, '_>, ticket: &Ticket, who: &Named) {
    let no = ("no", Arg::Number(i64::from(ticket.no.0)));
    if ticket.outage.is_some() {
        let args = [no.clone(), ("why", Arg::Said(&Said::default()))];
        to_all(ctx, ticket, "told-restored", &args);
    } else {
        let said = ctx.say(ticket.language, "told-restored", std::slice::from_ref(&no));
        sentence(ctx, ticket, &ticket.room, said);
    }
    if let Some(room) = other_staff_room(ctx, ticket) {
        let called = call(ctx, ticket.worker.as_ref());
        let args = [
            no,
            ("who", Arg::Text(&who.name)),
            ("called", Arg::Said(&called)),
        ];
        let said = ctx.say(ctx.community.language, "staff-restored", &args);
        sentence(ctx, ticket, &room, said);
    }
}

/// Tells staff that a report was taken back, and calls whoever was on the way.
pub fn withdrawn(ctx: &mut Context<'_, '_>, ticket: &Ticket, who: &Named, worker: Option<&Named>) {
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let language = ctx.community.language;
    let called = call(ctx, worker);
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("who", Arg::Text(&who.name)),
        ("called", Arg::Said(&called)),
    ];
    let said = ctx.say(language, "staff-withdrawn", &args);
    sentence(ctx, ticket, &room, said);
}

/// A person called by name; nothing where there is nobody to call.
pub fn call(ctx: &Context<'_, '_>, person: Option<&Named>) -> Said {
    person.map_or_else(Said::default, |person| {
        let who = Arg::Call(&person.user, &person.name);
        ctx.say(ctx.community.language, "call", &[("who", who)])
    })
}

/// Everybody who is such a person.
pub fn all(ctx: &Context<'_, '_>, is_one: impl Fn(&Person) -> bool) -> BTreeSet<UserId> {
    let people = ctx.community.people.iter();
    let ones = people.filter(|(_, person)| is_one(person));
    ones.map(|(user, _)| user.clone()).collect()
}

/// Those of them who are on duty, or else their stand-ins who are.
pub fn on_duty(ctx: &Context<'_, '_>, is_one: impl Fn(&Person) -> bool) -> BTreeSet<UserId> {
    let people = &ctx.community.people;
    let is_present = |user: &&UserId| {
        let person = people.get(*user);
        person.is_some_and(|person| ctx.is_on_duty(person))
    };
    let ones = people.iter().filter(|(_, person)| is_one(person));
    let present = ones.filter_map(|(user, person)| {
        let mut either = [Some(user), person.stand_in.as_ref()].into_iter().flatten();
        either.find(is_present).cloned()
    });
    present.collect()
}

/// Those on duty who look after matters of a trade.
pub fn skilled_on_duty(ctx: &Context<'_, '_>, trade: matter::Trade) -> BTreeSet<UserId> {
    on_duty(ctx, |person| is_skilled(person, trade))
}

/// Whether anybody looks after matters of a trade.
pub fn is_served(ctx: &Context<'_, '_>, trade: matter::Trade) -> bool {
    let mut people = ctx.community.people.values();
    people.any(|person| is_skilled(person, trade))
}

fn is_skilled(person: &Person, trade: matter::Trade) -> bool {
    let mut trades = person.trades.iter();
    person.staff && trades.any(|own| serves(*own, trade))
}

/// Whether staff of a trade look after matters of another one's name. Doors and walls are nobody's alone.
fn serves(own: roles::Trade, matter: matter::Trade) -> bool {
    use matter::Trade;
    match matter {
        Trade::Plumbing => own == roles::Trade::Plumbing,
        Trade::Electric | Trade::Network => own == roles::Trade::Electric,
        Trade::Lift => own == roles::Trade::Lift,
        Trade::Cleaning | Trade::Green => own == roles::Trade::Cleaning,
        Trade::Parking | Trade::Noise | Trade::Security => own == roles::Trade::Security,
        Trade::Fee => own == roles::Trade::Desk,
        Trade::Door | Trade::Structure | Trade::Other => false,
    }
}

/// That nobody who could is on duty, which is noted in the history too.
pub fn nobody_on_duty(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, key: &'static str) -> Said {
    ticket.note(ctx, None, What::NobodyOnDuty);
    let language = ctx.community.language;
    let trade = ctx.say(language, &card::trade_key(ticket.matter.trade), &[]);
    ctx.say(language, key, &[("trade", Arg::Said(&trade))])
}

/// People called by name.
pub fn calling(ctx: &Context<'_, '_>, users: &BTreeSet<UserId>) -> Said {
    let language = ctx.community.language;
    let people = &ctx.community.people;
    let called = users.iter().filter_map(|user| {
        let name = &people.get(user)?.name;
        Some(ctx.say(language, "call", &[("who", Arg::Call(user, name))]))
    });
    Said::joined(language, called)
}

/// Posts a sentence about a ticket as a reply to its card. It is quiet where it calls nobody.
pub fn sentence(ctx: &mut Context<'_, '_>, ticket: &Ticket, room: &RoomId, said: Said) -> Txn {
    let reply_to = ticket
        .cards
        .iter()
        .find(|card| card.room == *room)
        .map(|card| card.target.clone());
    let post = Post {
        quiet: said.mentions.is_empty(),
        content: said,
        reply_to,
        thread: None,
        about: Some(card::about(ticket.no)),
    };
    let sent = ctx.ask(room, Lane::Answer, Effect::Post(post));
    remember(ctx, ticket, room, &sent);
    sent
}

/// A sentence that residents read of a ticket, by the ticket's number and its transaction id.
#[derive(Serialize, Deserialize)]
struct Told {
    room: RoomId,
}

impl Record for Told {
    const KIND: &'static str = "told";
}

/// Remembers a sentence that residents read, should the ticket be taken out of the crowd.
pub fn remember(ctx: &mut Context<'_, '_>, ticket: &Ticket, room: &RoomId, sent: &Txn) {
    let is_public = ctx.community.purpose(room).is_some();
    if is_public && ctx.community.staff_room() != Some(room) && ticket.outage.is_none() {
        let room = room.clone();
        ctx.put(&format!("{}/{sent}", ticket.no.key()), &Told { room });
    }
}

/// The sentences that residents read of a ticket, which are forgotten by this.
pub fn remembered(ctx: &mut Context<'_, '_>, ticket: &Ticket) -> Vec<(RoomId, Target)> {
    let prefix = format!("{}/", ticket.no.key());
    let all = ctx.scan::<Told>(&prefix, limits::HISTORY_READ_MAX);
    let mut told = Vec::new();
    for (id, Told { room }) in all {
        told.push((room, Target::Sent(Txn::new(&id[prefix.len()..]))));
        ctx.delete::<Told>(&id);
    }
    told
}
