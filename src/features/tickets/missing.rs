//! What a report leaves out and somebody who goes there must know: it is asked for once, with the answers to tap. Nobody waits
//! for it, least of all in danger.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    Shown, TicketSettings, card, correct, tell,
    ticket::{Named, Ticket},
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post, Target},
        input::{Message, Reaction},
        roles::Who,
        speech::{Arg, Said},
    },
    text::{
        address::{self, Address, Building, plain_name},
        fold::Folded,
        matter::Trade,
        tags::Category,
    },
};

/// The taps that answer.
const KEYS: [&str; 9] = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣"];

/// What was asked, and what may be tapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The message that has asked.
    pub target: Target,
    /// What the taps mean, the first first; none where the answer is to be written.
    pub choices: Vec<Address>,
}

/// Asks the reporter for what is missing, where anything is.
pub fn ask(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let is_staff = Who::Staff.includes(ctx.community.person(&ticket.reporter.user));
    let is_wanted = ctx.settings::<TicketSettings>().ask_missing
        && !is_staff
        && !ticket.is_anonymous()
        && !ticket.is_hidden_in(ctx, &ticket.room)
        && !ticket.is_emergency()
        && matches!(
            ticket.category,
            None | Some(Category::Repair | Category::Emergency)
        );
    let Some((key, choices)) = Some(())
        .filter(|()| is_wanted)
        .and_then(|()| missing(ctx, ticket))
    else {
        return;
    };
    let language = ticket.language;
    let lines = KEYS.iter().zip(&choices).map(|(key, choice)| {
        let place = card::address_text(ctx, choice, language);
        Said::plain(&format!("{key} {place}"))
    });
    let name = card::reporter_name(ctx, ticket);
    let who = ("reporter", Arg::Call(&ticket.reporter.user, &name));
    let question = ctx.say(language, key, &[who, tell::no(ticket)]);
    let content = Said::lines([question].into_iter().chain(lines));
    let post = Post {
        content,
        quiet: false,
        reply_to: Some(Target::Event(ticket.report.clone())),
        thread: None,
        about: Some(card::about(ticket.no)),
    };
    let room = ticket.room.clone();
    let sent = ctx.ask(&room, Lane::Answer, Effect::Post(post));
    tell::remember(ctx, ticket, &room, &sent);
    for key in KEYS.iter().take(choices.len()) {
        let react = Effect::React {
            target: Target::Sent(sent.clone()),
            key: (*key).to_owned(),
        };
        ctx.ask(&room, Lane::Talk, react);
    }
    ticket.missing = Some(Asked {
        target: Target::Sent(sent),
        choices,
    });
}

/// The question, and its answers as far as they can be tapped; None where nothing is missing that must be known.
fn missing(ctx: &Context<'_, '_>, ticket: &Ticket) -> Option<(&'static str, Vec<Address>)> {
    let buildings = ctx.community.registry.buildings();
    let own = &ticket.address;
    let Some(building) = &own.building else {
        // What is everybody's may lie in no building at all.
        if ticket.matter.public && ticket.place.is_some() || buildings.is_empty() {
            return None;
        }
        let choices = buildings.iter().map(|building| Address {
            phase: building.phase.clone(),
            building: Some(building.name.clone()),
            ..Address::default()
        });
        return Some(("missing-building", few(choices.collect())));
    };
    if !ticket.matter.public {
        // Nobody is asked for their flat where flats are not shown.
        let is_shown = ctx.settings::<TicketSettings>().public_address == Shown::Home
            || ticket.is_open_to(ctx, &ticket.room);
        let is_missing = own.home.is_none() && is_shown;
        return is_missing.then(|| ("missing-home", Vec::new()));
    }
    let is_it = |known: &&Building| plain_name(&known.name) == plain_name(building);
    let known = buildings.iter().find(is_it)?;
    // Only what stands in each stairwell is looked for in the wrong one.
    let is_in_each = ticket.matter.trade == Trade::Lift
        || ticket
            .place
            .as_deref()
            .is_some_and(|place| PLACES.contains(&place));
    let choices = known.units.iter().map(|unit| Address {
        phase: own.phase.clone(),
        building: Some(building.clone()),
        unit: Some(unit.clone()),
        ..Address::default()
    });
    let is_missing = own.unit.is_none() && known.units.len() > 1 && is_in_each;
    is_missing.then(|| ("missing-unit", few(choices.collect())))
}

/// Places that there is one of in each stairwell.
const PLACES: [&str; 12] = [
    "楼道",
    "走廊",
    "过道",
    "楼梯间",
    "楼梯",
    "单元门",
    "电梯",
    "电梯间",
    "corridor",
    "stairs",
    "stairwell",
    "lift",
];

/// So many answers as can be tapped, or none: then it is written.
fn few(choices: Vec<Address>) -> Vec<Address> {
    if choices.len() > KEYS.len() {
        Vec::new()
    } else {
        choices
    }
}

/// A tap on the question by the reporter, or by staff who know: true where it was an answer.
pub fn tapped(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &Reaction) -> bool {
    let target = Target::Event(tap.target.clone());
    let Some(asked) = ticket
        .missing
        .as_ref()
        .filter(|asked| asked.target == target)
    else {
        return false;
    };
    let at = KEYS.iter().position(|key| *key == tap.key);
    let Some(choice) = at.and_then(|at| asked.choices.get(at)).cloned() else {
        return false;
    };
    let is_staff = Who::Staff.includes(ctx.community.person(&tap.sender));
    if ticket.is_reporter(&tap.sender) || is_staff {
        let who = Named::of(ctx, &tap.room, &tap.sender);
        correct::move_to(ctx, ticket.clone(), choice, who);
    }
    true
}

/// A reply to the question that names a place puts the ticket there; what else it says is noted by whoever calls.
pub fn answered(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, message: &Message) {
    let replied = message.reply_to.clone().map(Target::Event);
    let is_answer = ticket.missing.as_ref().map(|asked| &asked.target) == replied.as_ref();
    if replied.is_none() || !is_answer || !ticket.is_reporter(&message.sender) {
        return;
    }
    let Some(found) = told(ctx, ticket, &message.content.text) else {
        return;
    };
    let who = Named::of(ctx, &message.room, &message.sender);
    correct::move_to(ctx, ticket.clone(), found, who);
    if let Some(moved) = Ticket::load(ctx, ticket.no) {
        *ticket = moved;
    }
}

/// The place that an answer names, with what was known before: 501, 2单元, 3-2-501.
fn told(ctx: &Context<'_, '_>, ticket: &Ticket, text: &str) -> Option<Address> {
    let registry = &ctx.community.registry;
    let before = &ticket.address;
    let plain = |text: &str| address::read(&Folded::new(text), registry);
    let mut found = plain(text);
    if let (None, Some(building)) = (&found.building, &before.building) {
        let unit = before
            .unit
            .as_ref()
            .map_or_else(String::new, |unit| format!("{unit}-"));
        let shorter = [
            format!("{building}-{unit}{text}"),
            format!("{building}号楼{text}"),
        ];
        found = shorter.iter().map(|text| plain(text)).find(|found| {
            found.building.is_some() && (found.home.is_some() || found.unit.is_some())
        })?;
    }
    found.building.as_ref()?;
    Some(found)
}
