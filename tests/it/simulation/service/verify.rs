//! How every story must end.

use std::collections::BTreeMap;

use linli::{
    domain::ids::{Millis, Txn, UserId},
    features::tickets::{
        state::Action,
        ticket::{HistoryRow, Ticket, What},
    },
    text::matter::{Trade, Urgency},
};
use serde_json::Value;

use super::{JOBS_MAX, Tale, Told, WAKING, histories::Story, is_on_duty, is_within};
use crate::{
    fake::estate::{self, room, user},
    simulation::{
        scene::{about, posted},
        verify,
    },
};

impl Tale {
    pub(super) fn verify(&mut self) -> Result<Told, String> {
        let scene = &mut self.scene;
        verify::street(&scene.server, &mut scene.robot)?;
        let mut told = Told {
            crashes: self.scene.robot.crashes,
            calls: self.calls.len(),
            ..Told::default()
        };
        let stories: Vec<Story> = self
            .tickets()
            .into_iter()
            .map(|ticket| {
                let rows = self.scene.kept(&format!("{}/", ticket.no.key()));
                Story::new(ticket, rows)
            })
            .collect();
        told.tickets = stories.len();
        self.nothing_is_lost(&stories)?;
        for story in &stories {
            self.record_is_history(story, &mut told)?;
            let before = [None].into_iter().chain(story.stands.iter().map(Some));
            for (row, before) in story.rows.iter().zip(before) {
                // Whoever was given it by turns may take it too.
                let has_it =
                    |to: &&UserId| before.is_some_and(|was| was.worker.as_ref() == Some(to));
                if let Some(to) = given(row).filter(|to| !has_it(to)) {
                    may_be_given(&stories, story, row, to)?;
                    told.by_turn += usize::from(row.who.is_none());
                }
            }
        }
        self.calls_in_time(&stories, &mut told)?;
        self.outages(&stories, &mut told)?;
        self.rounds(&stories, &mut told)?;
        Ok(told)
    }

    /// What was reported, in the room or at the desk, stands in one ticket, once.
    fn nothing_is_lost(&self, stories: &[Story]) -> Result<(), String> {
        for (event, word) in self.reports.iter().chain(&self.calls) {
            let said = stories.iter().flat_map(|story| {
                let voices = story.rows.iter().filter_map(|row| match &row.what {
                    What::Voice { text, .. } => Some(text.as_str()),
                    _ => None,
                });
                [story.ticket.text.as_str()].into_iter().chain(voices)
            });
            let times = said.filter(|text| text.contains(word.as_str())).count();
            must!(times == 1, "{word} ({event}) stands in {times} tickets");
        }
        Ok(())
    }

    /// Who has a ticket and who helps is what its history says, and what its card in the staff room shows.
    fn record_is_history(&self, story: &Story, told: &mut Told) -> Result<(), String> {
        let (ticket, no) = (&story.ticket, story.ticket.no);
        let last = story.stands.last().ok_or("no history")?;
        let worker = ticket.worker.as_ref().map(|worker| worker.user.clone());
        must!(
            last.worker == worker,
            "#{no}: {worker:?} has it, not {:?}",
            last.worker
        );
        let helpers = ticket.helpers.iter().map(|helper| helper.who.user.clone());
        let helpers: Vec<UserId> = helpers.collect();
        must!(
            last.helpers == helpers,
            "#{no}: {helpers:?} help, not {:?}",
            last.helpers
        );
        must!(
            last.open == ticket.state.is_open(),
            "#{no} is {:?}: {:?}",
            ticket.state,
            story.rows.last()
        );
        told.helped += usize::from(story.rows.iter().any(|row| row.what == What::Helps));
        let number = no.to_string();
        let cards: Vec<_> = self
            .scene
            .cards_in(&room("staff"))
            .filter(|card| about(card) == number)
            .collect();
        must!(
            cards.len() == 1,
            "#{no} has {} cards for staff",
            cards.len()
        );
        let shown = self
            .scene
            .server
            .current(&cards[0].id)
            .cloned()
            .unwrap_or_default();
        let text = shown["body"].as_str().unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with('🛠'));
        let names: Vec<&str> = worker.iter().chain(&helpers).map(name_of).collect();
        let names = names.join(" 🤝 ");
        must!(
            line.unwrap_or_default().trim_start_matches("🛠 ") == names,
            "the card of #{no} says {line:?}, not {names:?}"
        );
        if ticket.matter.urgency == Urgency::P0 && ticket.outage.is_none() {
            told.dangers += 1;
            let cried = story
                .rows
                .iter()
                .any(|row| row.at == ticket.opened && row.what == What::Alarmed);
            must!(cried, "nobody was called to #{no}");
        }
        Ok(())
    }

    /// Nobody is called when they sleep, or are not on duty, unless people are in danger or it is theirs.
    fn calls_in_time(&self, stories: &[Story], told: &mut Told) -> Result<(), String> {
        let state = self.scene.robot.kept.state();
        let asked: BTreeMap<Txn, Millis> = state
            .log
            .iter()
            .flat_map(|entry| entry.asked.iter().map(|row| (row.txn.clone(), entry.now)))
            .collect();
        for event in self.scene.ours(&room("staff")) {
            let at = event.original["dev.linli"]["txn"].as_str().map(Txn::from);
            let at = at
                .and_then(|txn| asked.get(&txn))
                .ok_or("never asked for")?;
            let story = stories
                .iter()
                .find(|story| story.ticket.no.to_string() == about(event));
            let Some(story) = story.filter(|_| posted(event).starts_with('⏰')) else {
                continue;
            };
            let (no, text) = (story.ticket.no, posted(event));
            told.called += 1;
            if story.ticket.matter.urgency == Urgency::P0 || story.ticket.round.is_some() {
                continue;
            }
            must!(
                is_within(WAKING, *at),
                "#{no} wakes people at {at:?}: {text}"
            );
            let called = event.original["m.mentions"]["user_ids"].as_array();
            let called = called.into_iter().flatten().filter_map(Value::as_str);
            for who in called.map(UserId::from).filter(|who| *who != user("lin")) {
                let is_theirs = story
                    .around(*at)
                    .any(|stand| stand.worker.as_ref() == Some(&who));
                must!(
                    is_theirs || is_on_duty(&who, *at),
                    "{who} is called off duty at {at:?}: {text}"
                );
            }
        }
        let rows = stories.iter().flat_map(|story| &story.rows);
        told.nobody = rows.filter(|row| row.what == What::NobodyOnDuty).count();
        Ok(())
    }
}

fn name_of(user: &UserId) -> &'static str {
    let people = estate::STAFF.iter();
    people
        .clone()
        .find(|(login, _)| estate::user(login) == *user)
        .map_or("", |(_, name)| name)
}

/// To whom a line of history gives the ticket.
fn given(row: &HistoryRow) -> Option<&UserId> {
    match &row.what {
        What::Assigned { to } => Some(&to.user),
        What::Moved(Action::Claim) => row.who.as_ref().map(|who| &who.user),
        _ => None,
    }
}

/// Nobody is given more than one may have; by turns it goes to who looks after such things and is there.
fn may_be_given(
    stories: &[Story],
    story: &Story,
    row: &HistoryRow,
    to: &UserId,
) -> Result<(), String> {
    let (ticket, no, at) = (&story.ticket, story.ticket.no, row.at);
    let is_free = weighs_always(ticket) && ticket.outage.is_none() && ticket.round.is_none();
    let others = stories.iter().filter(|other| other.ticket.no != no);
    let held = others.filter(|other| {
        other.was(at, |stand| {
            stand.open && !stand.put_off && stand.worker.as_ref() == Some(to)
        })
    });
    let held = held.count();
    must!(
        !is_free || held < JOBS_MAX,
        "{to} had {held} when #{no} was given to them at {at:?}"
    );
    if row.who.is_none() {
        let skilled = match ticket.matter.trade {
            Trade::Electric if is_on_duty(&user("wang"), at) => user("wang"),
            Trade::Electric | Trade::Plumbing => user("zhang"),
            other => return Err(format!("#{no} of {other:?} was given by turns")),
        };
        must!(
            *to == skilled && is_on_duty(to, at),
            "it was not the turn of {to} for #{no} at {at:?}"
        );
    }
    Ok(())
}

/// In danger nobody counts.
fn weighs_always(ticket: &Ticket) -> bool {
    ticket.matter.urgency != Urgency::P0
}
