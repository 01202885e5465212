//! The ticket of a round: opened when it is due, called out, and closed when its time is over.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{Outcome, Round, log};
use crate::{
    domain::{
        context::Context,
        ids::{EventId, Millis},
        input::Content,
        roles::{Person, Trade as Duty},
        speech::{Arg, Said},
    },
    features::tickets::{
        act::Step,
        card,
        open::Report,
        state::{Action, State},
        tell,
        ticket::{Named, Ticket, What},
        turns,
    },
    text::{
        address::Address,
        intent::{Intent, Reading},
        matter::{Matter, Urgency},
    },
};

/// The note of the timer that reminds of it.
pub const REMIND: &str = "round-remind";
/// The note of the timer at which its time is over.
pub const UNTIL: &str = "round-until";

/// What the ticket of a round keeps of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnRound {
    pub name: String,
    pub due: Millis,
    /// When its time is over.
    pub until: Millis,
    pub steps: Vec<Part>,
    pub photo: bool,
    /// Its time went by.
    pub missed: bool,
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub text: String,
    /// Who has looked at it.
    pub by: Option<Named>,
    /// The tap by which they said so.
    pub tap: Option<EventId>,
}

/// What stands for the report of one time.
fn event(round: &Round, due: Millis) -> EventId {
    EventId::from(format!("round-{}-{}", round.name, due.0))
}

/// Whether one time has its ticket already, or is known to be missed.
pub fn is_known(ctx: &mut Context<'_, '_>, round: &Round, due: Millis) -> bool {
    let entries = log::of(ctx, &round.name);
    let is_noted = entries.iter().any(|entry| entry.due == due);
    is_noted || ctx.linked(&event(round, due)).is_some()
}

/// Opens the ticket of a round that is due.
pub fn open(ctx: &mut Context<'_, '_>, round: &Round, due: Millis) {
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let event = event(round, due);
    let content = Content {
        text: round.name.clone(),
        ..Content::default()
    };
    let bot = ctx.bot();
    let report = Report {
        room: &room,
        event: &event,
        said_by: &event,
        sender: &bot,
        at: due,
        content: &content,
    };
    let reading = Reading {
        intent: Intent::Ticket,
        tag: None,
        category: None,
        address: Address::default(),
        place: None,
        private: false,
    };
    let matter = Matter {
        urgency: Urgency::P3,
        trade: round.trade,
        public: true,
        repeat: false,
    };
    let Some(mut ticket) = report.ticket(ctx, reading, matter) else {
        return;
    };
    ticket.language = ctx.community.language;
    "linli".clone_into(&mut ticket.reporter.name);
    // The next one is done next time.
    let until = due.plus(round.within_ms);
    let next = super::schedule::next(ctx, &round.when, due);
    let until = next.map_or(until, |next| next.min(until));
    let steps = round.steps.iter().map(|text| Part {
        text: text.clone(),
        by: None,
        tap: None,
    });
    ticket.round = Some(OnRound {
        name: round.name.clone(),
        due,
        until,
        steps: steps.collect(),
        photo: round.photo,
        missed: false,
    });
    ticket.note(ctx, None, What::Opened);
    card::post(ctx, &mut ticket);
    turns::give(ctx, &mut ticket);
    if ticket.worker.is_none() {
        call(ctx, &ticket, "round-due");
    }
    watch(ctx, &ticket, due);
    ticket.save(ctx);
}

/// Asks to be woken before its time is over, and when it is.
fn watch(ctx: &mut Context<'_, '_>, ticket: &Ticket, from: Millis) {
    let Some(round) = &ticket.round else { return };
    let soon = from.plus(round.until.since(from) / 4 * 3);
    for (note, at) in [(REMIND, soon), (UNTIL, round.until)] {
        let id = format!("{note}.{}", ticket.no);
        ctx.wake_at(at, &id, &format!("{note} {}", ticket.no));
    }
}

/// Calls whoever has it, or else those of its trade who are on duty, or else the desk.
fn call(ctx: &mut Context<'_, '_>, ticket: &Ticket, key: &'static str) {
    let Some(round) = &ticket.round else { return };
    let called = match &ticket.worker {
        Some(worker) => tell::call(ctx, Some(worker)),
        None => {
            let mut users = tell::skilled_on_duty(ctx, ticket.matter.trade);
            if users.is_empty() {
                let is_desk = |person: &Person| person.staff && person.trades.contains(&Duty::Desk);
                users = tell::on_duty(ctx, is_desk);
            }
            tell::calling(ctx, &users)
        }
    };
    say(ctx, ticket, key, &called, round.until);
}

fn say(ctx: &mut Context<'_, '_>, ticket: &Ticket, key: &'static str, called: &Said, at: Millis) {
    let name = ticket
        .round
        .as_ref()
        .map_or("", |round| round.name.as_str());
    let at = ctx.moment(at);
    let worker = ticket
        .worker
        .as_ref()
        .map_or("", |worker| worker.name.as_str());
    let why = ticket.why.as_deref().unwrap_or_default();
    let args = [
        tell::no(ticket),
        ("called", Arg::Said(called)),
        ("name", Arg::Text(name)),
        ("at", Arg::Text(&at)),
        ("who", Arg::Text(worker)),
        ("why", Arg::Text(why)),
    ];
    let said = ctx.say(ctx.community.language, key, &args);
    let room = ticket.room.clone();
    tell::sentence(ctx, ticket, &room, said);
}

/// linli was down while a round was due; of several times only the last is told.
pub fn slept(ctx: &mut Context<'_, '_>, name: &str, due: Millis) {
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let called = tell::all(ctx, |person| person.manager);
    let called = tell::calling(ctx, &called);
    let at = ctx.moment(due);
    let args = [
        ("called", Arg::Said(&called)),
        ("name", Arg::Text(name)),
        ("at", Arg::Text(&at)),
    ];
    let said = ctx.say(ctx.community.language, "round-slept", &args);
    ctx.answer(&room, None, false, said);
}

/// A timer of a round's ticket.
pub fn woken(ctx: &mut Context<'_, '_>, mut ticket: Ticket, note: &str) {
    let Some(round) = ticket.round.clone().filter(|_| ticket.state.is_open()) else {
        return;
    };
    if note == REMIND {
        return call(ctx, &ticket, "round-remind");
    }
    // It was opened again, and has more time.
    if round.until > ctx.now {
        return;
    }
    let called = tell::all(ctx, |person| person.manager);
    let called = tell::calling(ctx, &called);
    if let Some(own) = &mut ticket.round {
        own.missed = true;
    }
    ticket.state = State::Cancelled;
    ticket.note(ctx, None, What::Missed);
    card::refresh(ctx, &mut ticket);
    say(ctx, &ticket, "round-missed", &called, round.until);
    log::note(
        ctx,
        &round.name,
        round.due,
        Some(ticket.no),
        Outcome::Missed,
    );
    ticket.save(ctx);
}

/// A step was taken: a round that is done or skipped is over.
pub fn ended(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let Some(round) = ticket.round.clone() else {
        return;
    };
    match ticket.state {
        State::Done => {
            // Nobody has to confirm it.
            ticket.state = State::Confirmed;
            ticket.note(ctx, None, What::Moved(Action::Confirm));
            log::note(ctx, &round.name, round.due, Some(ticket.no), Outcome::Done);
        }
        State::Declined => {
            log::note(
                ctx,
                &round.name,
                round.due,
                Some(ticket.no),
                Outcome::Skipped,
            );
        }
        State::Reopened => {
            let length = round.until.since(round.due);
            if let Some(own) = &mut ticket.round {
                own.missed = false;
                own.until = ctx.now.plus(length);
            }
            watch(ctx, ticket, ctx.now);
        }
        State::New
        | State::Claimed
        | State::OnTheWay
        | State::InProgress
        | State::WaitingForResident
        | State::WaitingForOthers
        | State::Confirmed
        | State::Cancelled
        | State::Merged => {}
    }
}

/// What staff hear of a step on a round: true where the ticket is one.
pub fn told(ctx: &mut Context<'_, '_>, ticket: &Ticket, step: &Step) -> bool {
    if ticket.round.is_none() {
        return false;
    }
    let nobody = Said::default();
    match step.action {
        Action::Done => say(ctx, ticket, "round-done", &nobody, ctx.now),
        Action::Decline => say(ctx, ticket, "round-skipped", &nobody, ctx.now),
        Action::Unclaim => call(ctx, ticket, "round-due"),
        Action::Assign => call(ctx, ticket, "round-yours"),
        Action::Claim
        | Action::SetOut
        | Action::Start
        | Action::AskResident
        | Action::Answer
        | Action::PutOff
        | Action::Resume
        | Action::Undone
        | Action::Confirm
        | Action::Reopen
        | Action::Cancel
        | Action::Merge
        | Action::Unmerge => {}
    }
    true
}
