//! How a story about spam must end: every advert is gone that no moderator has let pass, nothing honest is, what was
//! taken back is as it was, and nothing is done or told twice.

use std::collections::{BTreeMap, BTreeSet};

use linli::{
    domain::{
        effect::{Effect, Target},
        ids::{EventId, UserId},
        record::{Record, View as _, decode},
    },
    features::{
        moderation::case::{Case, Hold},
        spam::wave::{Hit, Wave, Word},
    },
};
use serde_json::Value;

use super::acts::{ADVERTS, DANGER, HONEST, wave_of};
use crate::{
    fake::{
        estate,
        robot::Robot,
        server::{Server, Stored},
    },
    simulation::verify::taken,
};

/// What was found in a story.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checked {
    pub adverts: usize,
    /// Of these, those that had to go; about the others a moderator had said something.
    pub had_to_go: usize,
    pub honest: usize,
    pub waves: usize,
    pub wrong: usize,
    pub cases: usize,
}

impl Checked {
    pub fn add(&mut self, other: Self) {
        self.adverts += other.adverts;
        self.had_to_go += other.had_to_go;
        self.honest += other.honest;
        self.waves += other.waves;
        self.wrong += other.wrong;
        self.cases += other.cases;
    }
}

/// What the moderators have last said of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Spam,
    Ham,
    /// Something that the model does not follow.
    Unknown,
}

/// What the store holds at the end.
struct Kept {
    waves: BTreeMap<u32, Wave>,
    hits: Vec<(u32, Hit)>,
    cases: BTreeMap<u32, Case>,
    holds: Vec<(String, Hold)>,
}

impl Kept {
    fn of(robot: &Robot) -> Self {
        let hits = all::<Hit>(robot).into_iter().map(|(id, hit)| {
            let wave = id.split('/').next().and_then(|no| no.parse().ok());
            (wave.expect("the number of a wave"), hit)
        });
        Self {
            hits: hits.collect(),
            waves: by_number(all::<Wave>(robot)),
            cases: by_number(all::<Case>(robot)),
            holds: all::<Hold>(robot),
        }
    }
}

fn all<T: Record>(robot: &Robot) -> Vec<(String, T)> {
    let state = robot.kept.state();
    let prefix = format!("hexie/{}/", T::KIND);
    let rows = state.memory.scan(&prefix, None, usize::MAX);
    let rows = rows.expect("memory does not fail").into_iter();
    rows.map(|(key, stored)| {
        let record = decode(&key, &stored).expect("a record that can be read");
        (key.id().to_owned(), record)
    })
    .collect()
}

fn by_number<T>(records: Vec<(String, T)>) -> BTreeMap<u32, T> {
    let numbered = records.into_iter();
    numbered
        .filter_map(|(id, record)| Some((id.parse().ok()?, record)))
        .collect()
}

/// Checks everything.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(server: &Server, robot: &Robot, before: &Server) -> Result<Checked, String> {
    let kept = Kept::of(robot);
    removed_once(server, robot)?;
    told_once(server, &kept)?;
    let mut checked = Checked {
        waves: kept.waves.len(),
        cases: kept.cases.len(),
        ..Checked::default()
    };
    messages(server, robot, &kept, &mut checked)?;
    standings(server, &kept, before)?;
    for (no, wave) in &kept.waves {
        let is_wrong = wave
            .outcome
            .as_ref()
            .is_some_and(|outcome| outcome.word == Word::Wrong);
        checked.wrong += usize::from(is_wrong);
        one_wave(*no, is_wrong, &kept)?;
    }
    Ok(checked)
}

/// The bot was asked to remove nothing twice, and nothing of people with a role but their taps.
fn removed_once(server: &Server, robot: &Robot) -> Result<(), String> {
    let mut removed: BTreeSet<EventId> = BTreeSet::new();
    for row in robot.kept.state().rows.values() {
        let Effect::Redact {
            target: Target::Event(target),
            ..
        } = &row.effect
        else {
            continue;
        };
        must!(
            removed.insert(target.clone()),
            "{target} was to be removed twice"
        );
        let of = &server.events[server.by_id[target]];
        let is_tap = of.value["type"] == "m.reaction";
        must!(
            is_tap || !is_exempt(&of.sender),
            "{target} of {} was removed",
            of.sender
        );
    }
    Ok(())
}

fn is_exempt(user: &UserId) -> bool {
    let staff = estate::STAFF.iter().map(|(login, _)| *login);
    let mut all = staff.chain([estate::OTHER_BOT, estate::BOT]);
    all.any(|login| estate::user(login) == *user)
}

/// Each wave has one card at most, and of each case its member was told once at most.
fn told_once(server: &Server, kept: &Kept) -> Result<(), String> {
    // What was sent a second time since nobody knew of the first has the same transaction id (see `sent_once`).
    let mut cards: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    let mut cases: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for event in server.events.iter().filter(|e| e.sender == server.bot) {
        if event.original.get("m.new_content").is_some() {
            continue;
        }
        let txn = event.original["dev.linli"]["txn"].as_str();
        let txn = txn.unwrap_or_default();
        if let Some(wave) = wave_of(event) {
            cards.entry(wave).or_default().insert(txn);
        }
        let about = event.original["dev.linli"]["about"]["id"].as_str();
        if let Some(case) = about.filter(|about| about.starts_with("case.")) {
            let room = event.room.as_str();
            cases.entry((room, case)).or_default().insert(txn);
        }
    }
    for (wave, posts) in &cards {
        must!(posts.len() == 1, "wave {wave} has the cards {posts:?}");
        must!(kept.waves.contains_key(wave), "wave {wave} is not kept");
    }
    for ((room, case), posts) in &cases {
        must!(posts.len() == 1, "{case} was told in {room} by {posts:?}");
    }
    // Twenty of each kind may be told in an hour.
    let few = kept.waves.len() <= 20;
    must!(
        !few || cards.len() == kept.waves.len(),
        "{} waves have {} cards",
        kept.waves.len(),
        cards.len()
    );
    Ok(())
}

/// What the model knows while it reads the stream as the bot did.
struct Reading<'s> {
    server: &'s Server,
    kept: &'s Kept,
    labels: BTreeMap<String, Label>,
    decided: BTreeMap<u32, Word>,
    /// Messages that a moderator has called spam, or whose case was taken back.
    called: BTreeSet<EventId>,
}

impl Reading<'_> {
    fn tapped(&mut self, event: &Stored) {
        let relation = &event.original["m.relates_to"];
        let target = EventId::from(relation["event_id"].as_str().unwrap_or_default());
        let key = relation["key"].as_str().unwrap_or_default();
        let moderates = ["zhou", "lin"].map(estate::user).contains(&event.sender);
        let Some(place) = self.server.by_id.get(&target).filter(|_| moderates) else {
            return;
        };
        let on = &self.server.events[*place];
        if key == "🚯" {
            self.called.insert(target);
            self.labels.insert(said(on).to_owned(), Label::Unknown);
            return;
        }
        let word = match key {
            "✅" => Word::Right,
            "❌" => Word::Wrong,
            "⛔" => Word::Ban,
            _ => return,
        };
        let Some(wave) = wave_of(on).filter(|_| on.sender == self.server.bot) else {
            return;
        };
        match (self.decided.get(&wave), word) {
            (None, _)
            | (Some(Word::Right), Word::Wrong | Word::Ban)
            | (Some(Word::Ban), Word::Wrong) => {}
            (Some(_), _) => return,
        }
        self.decided.insert(wave, word);
        let label = if word == Word::Wrong {
            Label::Ham
        } else {
            Label::Spam
        };
        for (_, hit) in self.kept.hits.iter().filter(|(no, _)| *no == wave) {
            self.labels.insert(hit.text.clone(), label);
        }
    }

    /// `!undo 12`: what the case was about passes from then on, if it was taken back by this.
    fn undone(&mut self, event: &Stored) {
        let number = said(event).strip_prefix("!undo ");
        let case = number.and_then(|no| self.kept.cases.get(&no.parse().ok()?));
        let about = case.and_then(|case| case.about.as_ref());
        let hit = about.and_then(|about| {
            let mut hits = self.kept.hits.iter();
            hits.find(|(_, hit)| hit.event == *about)
        });
        if let Some((_, hit)) = hit {
            self.labels.insert(hit.text.clone(), Label::Unknown);
        }
    }
}

/// What somebody has said.
fn said(event: &Stored) -> &str {
    let new = &event.original["m.new_content"]["body"];
    new.as_str()
        .or(event.original["body"].as_str())
        .unwrap_or_default()
}

fn messages(
    server: &Server,
    robot: &Robot,
    kept: &Kept,
    checked: &mut Checked,
) -> Result<(), String> {
    let mut reading = Reading {
        server,
        kept,
        labels: BTreeMap::new(),
        decided: BTreeMap::new(),
        called: BTreeSet::new(),
    };
    let caught: BTreeSet<&UserId> = kept.hits.iter().map(|(_, hit)| &hit.user).collect();
    let mut order = Vec::new();
    for entry in &robot.kept.state().log {
        for place in taken(server, entry) {
            let event = &server.events[place];
            match event.value["type"].as_str() {
                Some("m.reaction") => reading.tapped(event),
                Some("m.room.message") => {
                    reading.undone(event);
                    let label = reading.labels.get(said(event)).copied();
                    order.push((event, label));
                }
                _ => {}
            }
        }
    }
    let called = &reading.called;
    for (event, label) in order {
        if is_exempt(&event.sender) || event.room == estate::room("staff") {
            continue;
        }
        let text = said(event);
        let by_us = event
            .redacted_by
            .is_some_and(|at| server.events[at].sender == server.bot);
        if ADVERTS.contains(&text) {
            checked.adverts += 1;
            // An edit by another author changes nothing.
            let edits = event.original["m.relates_to"]["event_id"].as_str();
            let is_edit = event.original.get("m.new_content").is_some();
            let own = edits.filter(|_| is_edit).is_none_or(|target| {
                let target = &server.events[server.by_id[&EventId::from(target)]];
                target.sender == event.sender
            });
            if own && label.is_none_or(|label| label == Label::Spam) {
                checked.had_to_go += 1;
                must!(
                    event.redacted_by.is_some(),
                    "the advert {} of {} is still there",
                    event.id,
                    event.sender
                );
            }
        }
        let was_asked = called.contains(&event.id) || decided_against(kept, &event.id);
        if DANGER.contains(&text) && !was_asked {
            must!(!by_us, "{}, which tells of danger, is gone", event.id);
        }
        if HONEST.contains(&text) && !caught.contains(&event.sender) && !was_asked {
            checked.honest += 1;
            must!(!by_us, "the honest message {} is gone", event.id);
        }
        let lets_pass = ADVERTS.contains(&text) && label == Some(Label::Ham);
        if lets_pass && !caught.contains(&event.sender) {
            must!(!by_us, "{}, which may pass, is gone", event.id);
        }
    }
    Ok(())
}

/// A moderator has said of the wave of this event that it is spam.
fn decided_against(kept: &Kept, event: &EventId) -> bool {
    let hits = kept.hits.iter().filter(|(_, hit)| hit.event == *event);
    let mut waves = hits.filter_map(|(no, _)| kept.waves.get(no));
    waves.any(|wave| wave.outcome.is_some())
}

/// Whoever nothing holds has the level that they had; whoever is held has an open case for it.
fn standings(server: &Server, kept: &Kept, before: &Server) -> Result<(), String> {
    let held: BTreeMap<&str, &Hold> = kept
        .holds
        .iter()
        .map(|(id, hold)| (id.as_str(), hold))
        .collect();
    for (id, hold) in &held {
        let open = |no: &u32| kept.cases.get(no).is_some_and(Case::is_open);
        must!(
            hold.cases.iter().all(open),
            "{id} is held by cases that are over: {:?}",
            hold.cases
        );
    }
    for room in ["notice", "1", "2", "3"].map(estate::room) {
        let users = |server: &Server| server.levels(&room)["users"].clone();
        let (now, then) = (users(server), users(before));
        let names: BTreeSet<String> = [&now, &then]
            .into_iter()
            .filter_map(Value::as_object)
            .flat_map(|users| users.keys().cloned())
            .collect();
        for name in names {
            let is_held = held.contains_key(format!("{room}/{name}").as_str());
            let wanted = if is_held {
                Some(-1)
            } else {
                then[&name].as_i64()
            };
            must!(
                now[&name].as_i64() == wanted,
                "{name} has {:?} in {room}, not {wanted:?}",
                now[&name]
            );
        }
    }
    Ok(())
}

/// What was wrong is taken back, and what was removed has a sanction behind it.
fn one_wave(no: u32, is_wrong: bool, kept: &Kept) -> Result<(), String> {
    let hits = || kept.hits.iter().filter(move |(wave, _)| *wave == no);
    for (_, hit) in hits() {
        for case in &hit.cases {
            let case = kept.cases.get(case).ok_or("a case that is not kept")?;
            must!(
                !is_wrong || case.is_undone(),
                "wave {no} was wrong, and case {} stands",
                case.no
            );
            must!(!is_exempt(&case.user), "{} was sanctioned", case.user);
        }
        let sanctioned = hits().any(|(_, other)| other.user == hit.user && !other.cases.is_empty());
        must!(
            !hit.removed || sanctioned,
            "{} was removed, and {} has no case",
            hit.event,
            hit.user
        );
    }
    Ok(())
}
