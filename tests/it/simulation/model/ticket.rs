//! A ticket as it must stand.

use std::collections::{BTreeMap, BTreeSet};

use linli::domain::ids::{EventId, Millis, RoomId, UserId};

use super::{is_danger, is_private};
use crate::{
    fake::estate,
    simulation::{
        after::After,
        clocks::{Clocks, Facts},
        rules::Stand,
    },
};

/// A ticket as it must stand.
#[derive(Clone, Debug)]
pub struct Ticket {
    pub room: RoomId,
    pub report: EventId,
    /// The message that opened it, which its card answers.
    pub opened_by: EventId,
    pub reporter: UserId,
    pub text: String,
    pub english: bool,
    pub stand: Stand,
    pub worker: Option<UserId>,
    pub blanked: bool,
    pub pictures: BTreeSet<EventId>,
    /// Sentences about it that each room must have heard.
    pub sentences: BTreeMap<RoomId, usize>,
    /// Whom it concerns besides its reporter, the first first.
    pub voices: Vec<Voice>,
    /// The ticket into which it was put.
    pub(super) merged_into: Option<usize>,
    /// How many voices were answered in words.
    pub(super) answered: usize,
    /// Whether its reporter was told what to do in danger.
    pub(super) warned: bool,
    /// How often staff were called because of a danger since nobody has it.
    pub(super) alarms: u32,
    pub clocks: Clocks,
    /// The last moments at which its clocks were to be looked at, staff to be called again, or to count as confirmed.
    pub due: BTreeMap<&'static str, Millis>,
    pub after: After,
    pub(super) taps: Vec<Tap>,
}

#[derive(Clone, Debug)]
pub(super) struct Tap {
    pub(super) event: EventId,
    pub(super) user: UserId,
    pub(super) does: &'static str,
}

/// Somebody who follows a ticket.
#[derive(Clone, Debug)]
pub struct Voice {
    pub(super) user: UserId,
    pub(super) room: RoomId,
    pub(super) said: Option<EventId>,
    pub(super) tap: Option<EventId>,
    /// The ticket that concerned them before it was put into this one.
    pub(super) from: Option<usize>,
}

impl Voice {
    pub(super) fn stays(&self) -> bool {
        self.said.is_some() || self.tap.is_some() || self.from.is_some()
    }
}

impl Ticket {
    /// True where its words must not be shown to the neighbours.
    pub fn hidden_in(&self, room: &RoomId) -> bool {
        is_private(&self.text) && *room != estate::room("staff")
    }

    /// Whether somebody has reported it, the first or after others.
    pub fn was_reported_by(&self, user: &UserId) -> bool {
        let said = |voice: &Voice| voice.said.is_some() || voice.from.is_some();
        let mut voices = self.voices.iter();
        self.reporter == *user || voices.any(|voice| voice.user == *user && said(voice))
    }

    /// The rooms in which somebody hears of it.
    pub(super) fn rooms(&self) -> BTreeSet<RoomId> {
        let rooms = self.voices.iter().map(|voice| voice.room.clone());
        rooms.chain([self.room.clone()]).collect()
    }

    pub(super) fn facts(&self) -> Facts {
        Facts {
            danger: is_danger(&self.text),
            has_worker: self.worker.is_some(),
            open: self.stand.is_open(),
        }
    }

    pub(super) fn waits(&self) -> bool {
        self.stand.is_open() && self.worker.is_none()
    }

    /// The rooms that must have a card.
    pub fn card_rooms(&self) -> BTreeSet<RoomId> {
        BTreeSet::from([self.room.clone(), estate::room("staff")])
    }
}
