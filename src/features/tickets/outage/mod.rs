//! Outages: staff say at once that something is cut off and where. It is one ticket; whoever reports the same joins it, and
//! all homes concerned hear when it is over.
// Nothing in this folder does IO.

mod area;
mod tell;

use serde::{Deserialize, Serialize};

use super::{
    card, clock, commands, eta, merge,
    open::Report,
    state::{Action, State},
    ticket::{Named, OUTAGES, Ticket, What, list_in},
};
use crate::{
    domain::{
        context::Context,
        feature::strip_bang,
        ids::TicketNo,
        input::{Content, Message},
        limits,
        speech::{Arg, shorten},
    },
    text::{
        address::{self, Address},
        fold::Folded,
        intent::{self, Reading},
        matter::{Matter, Trade, Urgency},
        supply::Supply,
        tags::Category,
    },
};
use area::Area;
use tell::{announce, rooms};
pub use tell::{render, to_all, words};

/// The names of the command: one for everything, and one for each thing.
pub const NAMES: &[&str] = &[
    "outage",
    "停供",
    "停水",
    "停电",
    "停气",
    "停暖",
    "断网",
    "停梯",
    "电梯停运",
];

/// What is cut off, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    pub supply: Supply,
    /// Empty: everywhere.
    pub areas: Vec<Area>,
}

impl Outage {
    /// Whether a report is about this; its stairwell may stand in the name of its author. In danger nobody waits for others.
    pub fn takes(
        &self,
        text: &str,
        category: Option<Category>,
        address: &Address,
        matter: &Matter,
        stairwell: impl Fn() -> Option<String>,
    ) -> bool {
        let words = intent::own_words(text);
        let is_lift = self.supply == Supply::Lift && matter.trade == Trade::Lift;
        let mut areas = self.areas.iter();
        matter.urgency != Urgency::P0
            && matches!(
                category,
                None | Some(Category::Repair | Category::Emergency)
            )
            && (is_lift || Supply::cut_off(Folded::new(&words).text()) == Some(self.supply))
            && (self.areas.is_empty() || areas.any(|area| area.holds(address, &stairwell)))
    }
}

/// The outage that a report is about, where there is one.
pub fn known(
    ctx: &mut Context<'_, '_>,
    report: &Report<'_>,
    reading: &Reading,
    matter: &Matter,
) -> Option<Ticket> {
    let words = intent::own_words(&report.content.text);
    let supply = Supply::cut_off(Folded::new(&words).text());
    let may_be = supply.is_some() || matter.trade == Trade::Lift;
    if !may_be || reading.private || matter.urgency == Urgency::P0 {
        return None;
    }
    let numbers = commands::open_in(ctx, OUTAGES);
    let name = ctx.name_of(report.room, report.sender);
    let text = &report.content.text;
    numbers.iter().find_map(|number| {
        let ticket = Ticket::named(ctx, number)?;
        let registry = &ctx.community.registry;
        let stairwell = || address::from_name(&name, registry).unit;
        let outage = ticket.outage.as_ref()?;
        let takes = outage.takes(text, reading.category, &reading.address, matter, stairwell);
        let may_join = takes
            && !ticket.blanked
            && ticket.history_rows < limits::VOICES_ROWS_MAX
            && ticket.voices.len() < limits::VOICES_MAX;
        may_join.then_some(ticket)
    })
}

/// `!停水 3号楼、5号楼 抢修水管，预计18点`, `!outage water 3,5 burst main, back at 18:00`. Without a place it is the building of the
/// room.
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let Some((supply, rest)) = supply(&message.content.text, rest) else {
        let language = ctx.language_for(&message.sender);
        let said = ctx.say(language, "outage-how", &[]);
        return commands::answer(ctx, message, said);
    };
    let (areas, words) = area::read(rest, &ctx.community.registry);
    let building = ctx.community.building(&message.room);
    let areas = match (areas, building) {
        (Some(areas), _) => areas,
        // What may be a place is none that is known: nobody guesses whose water is off.
        (None, Some(building)) if !area::may_name_one(rest) => vec![Area::building(building)],
        (None, _) => {
            let language = ctx.language_for(&message.sender);
            let said = ctx.say(language, "outage-where", &[]);
            return commands::answer(ctx, message, said);
        }
    };
    let outage = Outage { supply, areas };
    if let Some(TicketNo(no)) = same(ctx, &outage) {
        let language = ctx.language_for(&message.sender);
        let said = ctx.say(
            language,
            "outage-twice",
            &[("no", Arg::Number(i64::from(no)))],
        );
        return commands::answer(ctx, message, said);
    }
    declare(ctx, message, outage, words);
}

/// What is cut off, by the name of the command itself or by the word behind it; and the rest.
fn supply<'r>(text: &str, rest: &'r str) -> Option<(Supply, &'r str)> {
    let bare = strip_bang(text)?.to_lowercase();
    let used = NAMES.iter().filter(|name| bare.starts_with(**name));
    let used = used.max_by_key(|name| name.len())?;
    if let Some(supply) = Supply::named(used) {
        return Some((supply, rest));
    }
    let (first, others) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    Some((Supply::named(first)?, others.trim()))
}

/// An open outage of the same thing in the same places.
fn same(ctx: &mut Context<'_, '_>, outage: &Outage) -> Option<TicketNo> {
    let numbers = commands::open_in(ctx, OUTAGES);
    numbers.iter().find_map(|number| {
        let ticket = Ticket::named(ctx, number)?;
        (ticket.outage.as_ref() == Some(outage)).then_some(ticket.no)
    })
}

fn declare(ctx: &mut Context<'_, '_>, message: &Message, outage: Outage, words: &str) {
    let content = Content {
        text: shorten(&words.replace('\n', " "), limits::WHY_CHARS_MAX),
        ..Content::default()
    };
    let report = Report {
        room: &message.room,
        event: &message.id,
        said_by: &message.id,
        sender: &message.sender,
        at: message.at,
        content: &content,
    };
    let reading = Reading {
        intent: intent::Intent::Ticket,
        tag: None,
        category: Some(Category::Repair),
        address: outage.areas.first().map(Area::address).unwrap_or_default(),
        place: None,
        private: false,
    };
    let Some(mut ticket) = report.ticket(ctx, reading, matter(outage.supply)) else {
        return;
    };
    let who = ticket.reporter.clone();
    ticket.language = ctx.community.language;
    ticket.eta = eta::read(ctx, words);
    ticket.outage = Some(outage);
    // Whoever says so sees to it, until somebody else does.
    ticket.state = State::Claimed;
    ticket.worker = Some(who.clone());
    ticket.note(ctx, Some(who.clone()), What::Opened);
    ticket.note(ctx, Some(who.clone()), What::Moved(Action::Claim));
    if let Some(eta) = &ticket.eta {
        let by = eta.until;
        ticket.note(ctx, Some(who.clone()), What::Promised { by });
    }
    card::post(ctx, &mut ticket);
    announce(ctx, &mut ticket);
    clock::watch(ctx, &mut ticket);
    ticket.save(ctx);
    gather(ctx, &ticket, &who);
}

fn matter(supply: Supply) -> Matter {
    let trade = match supply {
        Supply::Water | Supply::Gas | Supply::Heating => Trade::Plumbing,
        Supply::Power => Trade::Electric,
        Supply::Network => Trade::Network,
        Supply::Lift => Trade::Lift,
    };
    Matter {
        urgency: Urgency::P1,
        trade,
        public: true,
        repeat: false,
    }
}

/// What was reported of it before, and nobody has taken, is put into it.
fn gather(ctx: &mut Context<'_, '_>, outage: &Ticket, who: &Named) {
    let rooms = outage.outage.as_ref().map(|outage| rooms(ctx, outage));
    let mut numbers = Vec::new();
    for room in rooms.unwrap_or_default() {
        numbers.extend(commands::open_in(ctx, &list_in(&room)));
    }
    for number in numbers.iter().take(limits::OUTAGE_GATHERS_MAX) {
        let (Some(ticket), Some(into)) = (Ticket::named(ctx, number), Ticket::load(ctx, outage.no))
        else {
            continue;
        };
        let registry = &ctx.community.registry;
        let stairwell = || address::from_name(&ticket.reporter.name, registry).unit;
        let is_it = |outage: &Outage| {
            let Ticket {
                text,
                category,
                address,
                matter,
                ..
            } = &ticket;
            outage.takes(text, *category, address, matter, stairwell)
        };
        let takes = into.outage.as_ref().is_some_and(is_it);
        if takes
            && ticket.outage.is_none()
            && ticket.waits_for_staff()
            && merge::fits(&ticket, &into)
        {
            merge::put_into(ctx, ticket, into, State::Merged, who);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_stands_in_the_command_or_behind_it() {
        assert_eq!(
            supply("!停水 3号楼", "3号楼"),
            Some((Supply::Water, "3号楼"))
        );
        assert_eq!(
            supply("！outage water 3", "water 3"),
            Some((Supply::Water, "3"))
        );
        assert_eq!(
            supply("!Outage Water 3", "Water 3"),
            Some((Supply::Water, "3"))
        );
        assert_eq!(supply("!停供 电", "电"), Some((Supply::Power, "")));
        assert_eq!(
            supply("!停水3号楼", "3号楼"),
            Some((Supply::Water, "3号楼"))
        );
        assert_eq!(supply("!outage 3", "3"), None);
        assert_eq!(supply("!outage", ""), None);
    }
}
