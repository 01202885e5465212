//! Tickets: what residents report becomes a numbered ticket that staff claim with one tap.
//!
//! A message with a tag (`#报修 3号楼2单元楼道灯不亮`, `#repair …`), or one that calls the bot, opens a ticket. A card
//! answers it and is changed as the ticket moves; a second card stands in the staff room. Staff tap 🙋 to claim,
//! 🚗 to set out, 🔧 to begin and ✅ when it is done, ❓ to ask the reporter for a word and 📦 to wait for material or for
//! somebody from outside; the reporter's answer in the thread, or 🔧, ends a wait. The reporter taps 👍 to confirm, 🔁 to
//! open it again or ❌ to cancel it. Taking a tap back takes the step back. What is not done at all is declined, with the
//! reason: `!decline 12 …`. The desk, a manager or whoever has a ticket gives it to somebody: `!assign 12 @王师傅`; one
//! person may be given a limited number at a time. Pictures by the same person within two minutes, and what is said in the card's
//! thread or as a reply to it, belong to the ticket. An edited report changes its ticket; a redacted one is blanked
//! and cancelled. Everything that can be tapped can be typed: `!claim 12`, `!认领 12`.
//! The card says what was understood: trade, urgency, whether it is everybody's and whether it comes back. Staff put
//! it right by `!urgent`, `!trade`, `!category`, `!address`, or by ❗ and 🐢; of what they say twice linli learns.
//! Where people are in danger the reporter reads at once what to do and whom to ring, and staff are called again and
//! again until one of them claims it.
//! Who reports what is open already in their building joins that ticket and hears of it; 🆕 makes another of it, ➕ follows.
//! Staff put one ticket into another by `!merge 12 7`, and take it out again by `!unmerge 12`.
//! For any other ticket those of its trade, the desk and the managers are called one after the other while nobody answers,
//! and before and after the time by which it was promised to be done; the clock stands still while it waits. A claim that
//! nothing follows goes back. `!eta 12 今天下午` names a time, which the reporter is told. A finished ticket that its reporter
//! does not answer is confirmed by time. When work begins the staff room reads what is open.
//! When it is finished its reporter says by one tap, 1️⃣ to 5️⃣, or by `!rate 12 5`, how it was; the managers look into few stars.
//! `!outage water 3,5 burst main` says what is cut off and where: what is reported of it joins it, and all homes concerned
//! hear when it is over.
//! Several of staff work on one ticket by 🤝 or `!join 12`; for chosen trades tickets are given out by turns.
//! What a report leaves out that must be known is asked for once.
//! A complaint is answered at once with who looks into it and by when. 🔒 or `!private 12` takes a ticket out of the crowd,
//! into a room of its reporter and staff.
//! `!reply 12 …` tells its reporter something. Who writes to linli in private may report anonymously.
//! `!for 3-2-501 Mrs Smith the tap drips` opens a ticket for somebody who has called.
//! What comes round by a schedule is opened as a ticket of its own, with steps to tick off: `!round`.
//! `!stats` tells how a month or a week went, in words and as a chart; on Mondays the managers read it by themselves.
// Nothing in this folder does IO.

mod act;
pub mod after;
pub mod anonymous;
mod assign;
pub mod caller;
mod card;
pub mod clock;
mod commands;
mod complaint;
mod correct;
mod emergency;
mod eta;
pub mod figures;
mod helpers;
mod judge;
mod merge;
mod missing;
mod morning;
mod open;
pub mod outage;
pub mod own_room;
mod planned;
mod proof;
mod readers;
mod reply;
pub mod rounds;
pub mod state;
mod talk;
mod taps;
mod tell;
pub mod ticket;
mod turns;
mod voices;

use std::{collections::BTreeSet, sync::Arc};

use serde::Deserialize;

use crate::domain::{
    commit::Timer,
    community::FeatureSettings,
    context::Context,
    effect::Target,
    feature::{ConfigFault, Feature, Flow, Stage, let_pass},
    ids::{EventId, Millis, RoomId, UserId},
    input::{End, Input, Media, Message, Operator, Settled},
};
use crate::text::{intent::Intent, matter::Trade, tags::Category};
use clock::promise::{self, Escalation};
use emergency::Emergency;
use figures::weekly;
use ticket::Ticket;

/// The feature's name, in keys and configuration.
pub const NAME: &str = "tickets";

/// The feature.
pub const FEATURE: Feature = Feature {
    name: NAME,
    stage: Stage::Serve,
    commands: commands::ALL,
    configure,
    decide,
    check: let_pass,
};

/// The settings of a community's tickets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TicketSettings {
    /// What is promised for which tickets; the first that fits counts.
    pub targets: Vec<promise::Target>,
    pub escalation: Escalation,
    /// Hours after which a finished ticket counts as confirmed; 0 never.
    pub confirm_after_hours: u32,
    /// Open tickets that one of staff may have at a time; 0: any number.
    pub jobs_max: u32,
    /// Of those who report what is open already, so many are answered in words.
    pub voice_lines: u32,
    /// Whether the staff room is told in the morning what there is to do.
    pub morning_list: bool,
    /// Whether the managers are told in the staff room when a week begins how the last one went.
    pub weekly_list: bool,
    pub emergency: Emergency,
    pub after: after::Settings,
    /// Trades whose tickets are given out by turns.
    pub turns: BTreeSet<Trade>,
    /// How much of an address is shown where everybody reads it.
    pub public_address: Shown,
    /// Whether reporters are asked for the place that their report leaves out.
    pub ask_missing: bool,
    /// What is done only with a photo of it.
    pub proof: proof::Settings,
    pub own_room: own_room::Settings,
    pub anonymous: anonymous::Settings,
    /// What is looked after again and again.
    pub rounds: Vec<rounds::Section>,
}

/// How much of an address is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    Building,
    Unit,
    Home,
}

impl Default for TicketSettings {
    fn default() -> Self {
        Self {
            targets: Vec::new(),
            escalation: Escalation::default(),
            confirm_after_hours: 48,
            jobs_max: 0,
            voice_lines: 3,
            morning_list: true,
            weekly_list: true,
            emergency: Emergency::default(),
            after: after::Settings::default(),
            turns: BTreeSet::new(),
            public_address: Shown::Unit,
            ask_missing: true,
            proof: proof::Settings::default(),
            own_room: own_room::Settings::default(),
            anonymous: anonymous::Settings::default(),
            rounds: Vec::new(),
        }
    }
}

/// Whether an event of somebody's belongs to a ticket of theirs, which would lose it with them.
pub fn holds(ctx: &mut Context<'_, '_>, event: &EventId, reporter: &UserId) -> bool {
    let ticket = ctx.as_feature(NAME, |ctx| Ticket::holding(ctx, event));
    ticket.is_some_and(|ticket| {
        let mut voices = ticket.voices.iter();
        ticket.is_reporter(reporter) || voices.any(|voice| voice.who.user == *reporter)
    })
}

/// Opens a ticket for a message that tells of people in danger, whatever else it is.
pub fn raise(ctx: &mut Context<'_, '_>, message: &Message) {
    ctx.as_feature(NAME, |ctx| {
        let mut reading = ctx.read_message(message);
        reading.intent = Intent::Ticket;
        reading.category = Some(Category::Emergency);
        open::open(ctx, message, reading);
    });
}

/// What these reports have cried for is over: their tickets are called off, as their reporters would, and none is handed on
/// to who has cried for the same.
pub fn call_off(ctx: &mut Context<'_, '_>, reports: &[EventId]) {
    ctx.as_feature(NAME, |ctx| {
        for report in reports {
            let ticket = Ticket::of_event(ctx, report).filter(|ticket| ticket.report == *report);
            let Some(mut ticket) = ticket else {
                continue;
            };
            let is_of_them = |said: &EventId| reports.contains(said);
            ticket.voices.retain(|voice| {
                let said = voice.said.as_ref();
                said.is_none_or(|(event, _)| !is_of_them(event))
            });
            let (room, user) = (ticket.room.clone(), ticket.reporter.user.clone());
            let path = act::Path::Word {
                room: &room,
                event: report,
            };
            act::act(ctx, ticket, state::Action::Cancel, &user, &path);
        }
    });
}

/// The pictures that somebody has shown in a room shortly before this moment, which belong to nothing yet; they are taken
/// out.
pub fn take_loose(
    ctx: &mut Context<'_, '_>,
    room: &RoomId,
    user: &UserId,
    at: Millis,
) -> Vec<(EventId, Media)> {
    let mut recent = talk::Recent::load(ctx, room, user);
    if recent.loose.is_empty() {
        return Vec::new();
    }
    let loose = std::mem::take(&mut recent.loose).into_iter();
    recent.save(ctx, room, user);
    loose
        .filter(|(_, shown, _)| talk::belongs(*shown, at))
        .map(|(event, _, media)| (event, media))
        .collect()
}

/// Whether a message is, or goes on with, an anonymous report.
pub fn is_anonymous(ctx: &mut Context<'_, '_>, message: &Message) -> bool {
    ctx.as_feature(NAME, |ctx| anonymous::goes_on(ctx, message))
}

fn configure(section: &serde_json::Value) -> Result<FeatureSettings, ConfigFault> {
    let settings: TicketSettings =
        serde_path_to_error::deserialize(section).map_err(|error| ConfigFault {
            key: error.path().to_string(),
            why: error.inner().to_string(),
        })?;
    if !(1..100).contains(&settings.escalation.warn_percent) {
        return Err(ConfigFault {
            key: "escalation.warn_percent".to_owned(),
            why: "it must be from 1 to 99: after so much of the time the first are called"
                .to_owned(),
        });
    }
    if settings.after.review_at > 5 {
        return Err(ConfigFault {
            key: "after.review_at".to_owned(),
            why: "it must be from 0 to 5: so few stars of five are looked into".to_owned(),
        });
    }
    if let Some(fault) = rounds::fault(&settings.rounds) {
        return Err(fault);
    }
    Ok(Arc::new(settings))
}

fn decide(ctx: &mut Context<'_, '_>, input: &Input) -> Flow {
    if let Some(veiled) = anonymous::veiled(ctx, input) {
        if anonymous::tells_too_much(ctx, input) {
            return Flow::Stop;
        }
        return ctx.unnamed(|ctx| handle(ctx, &veiled));
    }
    if let Input::Message(message) = input
        && anonymous::opens(ctx, message)
    {
        return Flow::Stop;
    }
    if anonymous::held_back(ctx, input) {
        return Flow::Stop;
    }
    handle(ctx, input)
}

fn handle(ctx: &mut Context<'_, '_>, input: &Input) -> Flow {
    match input {
        Input::Message(message) => return talk::message(ctx, message),
        Input::Edit(edit) => open::edited(ctx, edit),
        Input::Redaction(redaction) => open::redacted(ctx, redaction),
        Input::Reaction(reaction) => taps::tapped(ctx, reaction),
        Input::ReactionRemoved(removed) => taps::taken_back(ctx, removed),
        Input::Settled(settled) => match &settled.end {
            End::Opened(room) => own_room::opened(ctx, settled, room),
            End::Wedged(_) => own_room::refused(ctx, settled),
            End::Sent(_) | End::Outdated | End::AlreadySo | End::Seen(_) => {
                card_settled(ctx, settled);
            }
        },
        Input::Timer(timer) => woken(ctx, timer),
        Input::Operator(Operator::Ask(ask)) => caller::asked(ctx, ask),
        Input::Operator(Operator::Started(_)) => rounds::plan_all(ctx),
        Input::Member(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Operator(_) => {}
    }
    Flow::Go
}

/// One of our messages about a ticket is in its room: from now on taps on it and replies to it are understood. Or a
/// change of one waited for so long that it must be made anew.
fn card_settled(ctx: &mut Context<'_, '_>, settled: &Settled) {
    let about = settled.mark.as_ref().and_then(|mark| mark.about.as_ref());
    let Some(about) = about.filter(|about| about.feature == NAME) else {
        return;
    };
    let Some(mut ticket) = Ticket::named(ctx, &about.id) else {
        return ticket::pass_number(ctx, &about.id);
    };
    let event = match &settled.end {
        End::Sent(event) => event,
        End::Outdated => {
            card::refresh(ctx, &mut ticket);
            return ticket.save(ctx);
        }
        End::AlreadySo | End::Opened(_) | End::Seen(_) | End::Wedged(_) => return,
    };
    if ctx.linked(event).is_some() {
        return;
    }
    ctx.link(event, &about.id);
    let sent = Target::Sent(settled.txn.clone());
    if let Some(card) = ticket.cards.iter_mut().find(|card| card.target == sent) {
        card.target = Target::Event(event.clone());
        ticket.save(ctx);
    } else if ticket.after.settled(&settled.txn, event) {
        ticket.save(ctx);
    } else if let Some(asked) = ticket.missing.as_mut().filter(|asked| asked.target == sent) {
        asked.target = Target::Event(event.clone());
        ticket.save(ctx);
    }
}

fn woken(ctx: &mut Context<'_, '_>, timer: &Timer) {
    if timer.note == morning::MORNING {
        return morning::list(ctx, timer.due);
    }
    if timer.note == weekly::WEEKLY {
        return weekly::list(ctx, timer.due);
    }
    let Some((what, number)) = timer.note.split_once(' ') else {
        return;
    };
    if what == rounds::DUE {
        return rounds::due(ctx, number, timer.due);
    }
    let Some(ticket) = Ticket::named(ctx, number) else {
        return;
    };
    match what {
        // Timers of an older linli are called otherwise.
        clock::LOOK | "recall" => clock::look(ctx, ticket, timer.due),
        emergency::ALARM => emergency::again(ctx, ticket, timer.due),
        clock::CONFIRM => clock::confirm_by_time(ctx, ticket, timer.due),
        rounds::REMIND | rounds::UNTIL => rounds::woken(ctx, ticket, what),
        own_room::LOOK => own_room::woken(ctx, ticket, timer.due),
        after::REMIND | after::FOLLOW => after::woken(ctx, ticket, what, timer.due),
        _ => {}
    }
}
