//! What must be so of outages: one card in each room concerned, one sentence to each when it is over, and what is reported of
//! it does not stand beside it.

use linli::{
    domain::ids::RoomId,
    features::tickets::{
        outage::Outage,
        state::{Action, State},
        ticket::{Ticket, What},
    },
    text::supply::Supply,
};

use super::{Tale, Told, histories::Story};
use crate::{
    fake::estate::room,
    simulation::scene::{about, posted},
};

const BUILDINGS: [&str; 3] = ["1", "2", "3"];

fn concerns(outage: &Outage, building: &str) -> bool {
    let mut areas = outage.areas.iter();
    outage.areas.is_empty() || areas.any(|area| area.building == building)
}

/// Whether somebody who lives there has reported what an outage is about; of a single stairwell nothing is asked here.
fn is_of(outage: &Outage, ticket: &Ticket) -> bool {
    let word = match outage.supply {
        Supply::Water => "停水",
        Supply::Power => "停电",
        _ => return false,
    };
    let building = BUILDINGS.iter().find(|name| ticket.room == room(name));
    let is_whole = outage.areas.iter().all(|area| area.unit.is_none());
    is_whole
        && ticket.text.contains(word)
        && ticket.outage.is_none()
        && ticket.caller.is_none()
        && building.is_some_and(|building| concerns(outage, building))
}

impl Tale {
    pub(super) fn outages(&self, stories: &[Story], told: &mut Told) -> Result<(), String> {
        for story in stories {
            let Some(outage) = &story.ticket.outage else {
                continue;
            };
            told.outages += 1;
            for name in BUILDINGS {
                self.one_room(story, &room(name), concerns(outage, name))?;
            }
            told.ended += usize::from(story.times(Action::Done) > 0);
            let gathered = |what: &What| matches!(what, What::Voice { .. } | What::Gathered { .. });
            told.gathered += story.rows.iter().filter(|row| gathered(&row.what)).count();
            for other in stories {
                beside(story, outage, other)?;
            }
        }
        Ok(())
    }

    /// A room of a building, which is concerned or not.
    fn one_room(&self, story: &Story, here: &RoomId, is_concerned: bool) -> Result<(), String> {
        let ticket = &story.ticket;
        let no = ticket.no;
        let number = no.to_string();
        let of_it = || self.scene.ours(here).filter(|event| about(event) == number);
        let cards: Vec<_> = of_it()
            .filter(|event| {
                posted(event)
                    .lines()
                    .next()
                    .is_some_and(|head| head.contains(" · 工单 #"))
            })
            .collect();
        must!(
            cards.len() == usize::from(is_concerned),
            "{here} has {} cards of outage #{no}",
            cards.len()
        );
        let is_over = matches!(ticket.state, State::Done | State::Confirmed);
        if let Some(shown) = cards
            .first()
            .and_then(|card| self.scene.server.current(&card.id))
        {
            let text = shown["body"].as_str().unwrap_or_default();
            must!(
                text.contains("已恢复") == is_over,
                "{here} reads of #{no}, which is {:?}: {text}",
                ticket.state
            );
        }
        let heard = of_it()
            .filter(|event| posted(event).contains("结束了"))
            .count();
        let wanted = story.times(Action::Done);
        must!(
            !is_concerned || heard == wanted,
            "{here} heard {heard} times that #{no} is over, not {wanted} times"
        );
        Ok(())
    }
}

/// What is reported of an outage while it is known belongs to it, and so does what was reported before and nobody has taken.
fn beside(story: &Story, outage: &Outage, other: &Story) -> Result<(), String> {
    let (no, own) = (story.ticket.no, other.ticket.no);
    if !is_of(outage, &other.ticket) {
        return Ok(());
    }
    let opened = other.ticket.opened;
    must!(
        !story.was(opened, |stand| stand.open),
        "#{own} stands beside outage #{no}"
    );
    let declared = story.ticket.opened;
    let waits = other.was(declared, |stand| stand.open && stand.worker.is_none());
    let is_put_in = other
        .rows
        .iter()
        .any(|row| row.at == declared && row.what == What::Moved(Action::Merge));
    must!(
        !waits || is_put_in,
        "#{own} was not gathered by outage #{no}"
    );
    Ok(())
}
