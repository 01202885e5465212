//! A ticket while it is played: who acts on it, and the card on which they tap.

use linli::domain::{
    effect::{About, Mark},
    ids::{EventId, RoomId, Txn, UserId},
    input::{End, Input, Settled},
};

use crate::fake::estate;

/// A ticket, as those see it who act on it.
pub struct Matter {
    pub no: usize,
    pub room: RoomId,
    pub reporter: UserId,
    pub report: EventId,
    /// Whoever has it, and somebody else of staff.
    pub workers: [UserId; 2],
}

impl Matter {
    pub fn person(&self, name: &str) -> UserId {
        match name {
            "reporter" => self.reporter.clone(),
            "worker" => self.workers[0].clone(),
            "other" => self.workers[1].clone(),
            "desk" => estate::user("liu"),
            "manager" => estate::user("lin"),
            login => estate::user(login),
        }
    }

    /// Linli's card in the room of the report.
    pub fn card(&self) -> EventId {
        EventId::from(format!("$card{}", self.no))
    }
}

/// The card has come to be an event, on which people tap.
pub fn posted(matter: &Matter) -> Input {
    let txn = Txn::new(format!("post-{}-tickets-0", matter.report));
    let about = About {
        feature: "tickets".to_owned(),
        id: matter.no.to_string(),
    };
    Input::Settled(Settled {
        txn: txn.clone(),
        room: matter.room.clone(),
        end: End::Sent(matter.card()),
        mark: Some(Mark {
            txn,
            about: Some(about),
        }),
        act: None,
    })
}
