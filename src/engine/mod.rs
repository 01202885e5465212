//! The engine: the only place that sees store and homeserver together.
//!
//! [`Engine`] is one synchronous value with one owner. It is stepped by hand in tests and by [`run`] in life:
//! `take` a batch, send what `next` gives, tell it what was `answered`, let it `fire` timers, do its `chores`.

pub mod control;
pub mod lanes;
mod lists;
pub mod run;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{
        batch::{Batch, Gap},
        check::{Check, check},
        commit::Commit,
        context::SentRecord,
        decide::{Quarantined, decide},
        effect::Row,
        feature::World,
        ids::{EventId, Millis, RoomId, Txn},
        input::{End, Input, Undecryptable},
        intake::KnownRoom,
        limits, private,
        record::{ACCOUNT, Fault, Key, Record, decode},
    },
    matrix::{Answer, RoomKey, Sending},
    store::{Store, StoreError},
};
use control::{Status, Wedged};
use lanes::{Lanes, Next};
use lists::Told;

/// One bot account at work.
pub struct Engine {
    world: World,
    store: Box<dyn Store>,
    lanes: Lanes,
    gaps: BTreeMap<RoomId, Gap>,
    unrostered: BTreeSet<RoomId>,
    /// Lists that are still to be read, with the rules of which the stream has told meanwhile.
    unread_lists: BTreeMap<RoomId, Told>,
    next_due: Option<Millis>,
    newly_kept: Vec<Undecryptable>,
}

/// Why the engine must stop. Nothing that it acknowledged is lost.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Something to fetch or do besides the stream.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chore {
    /// Fetch the next page of a gap.
    Page {
        room: RoomId,
        from: String,
        to: String,
    },
    /// A gap is filled: take [`Batch::Release`].
    Release(RoomId),
    /// Fetch who is in a room that was met for the first time.
    Roster(RoomId),
    /// Fetch the rules of a ban list, once after each start.
    Rules(RoomId),
}

impl Engine {
    /// Takes up the work where the store left it.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn open(world: World, store: Box<dyn Store>) -> Result<Self, EngineError> {
        let mut engine = Self {
            lanes: Lanes::new(store.rows()?),
            world,
            store,
            gaps: BTreeMap::new(),
            unrostered: BTreeSet::new(),
            unread_lists: BTreeMap::new(),
            next_due: None,
            newly_kept: Vec::new(),
        };
        for community in engine.world.settings.communities().to_vec() {
            let scope = community.id.as_str();
            // Rooms that the configuration names no longer are left as they are.
            for (_, gap) in engine.all::<Gap>(scope)? {
                if engine.serves(&gap.room)? {
                    engine.gaps.insert(gap.room.clone(), gap);
                }
            }
            for room in community.lists.keys() {
                engine.unread_lists.insert(room.clone(), Told::default());
            }
            for (id, known) in engine.all::<KnownRoom>(scope)? {
                let room = RoomId::from(id);
                if !known.rostered && engine.serves(&room)? {
                    engine.unrostered.insert(room);
                }
            }
        }
        engine.look_at_timers()?;
        Ok(engine)
    }

    fn serves(&self, room: &RoomId) -> Result<bool, Fault> {
        let settings = &self.world.settings;
        private::community_of(settings, self.store.as_ref(), room).map(|found| found.is_some())
    }

    /// The settings and features it works by.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// What it keeps.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// Gives the store back.
    #[must_use]
    pub fn into_store(self) -> Box<dyn Store> {
        self.store
    }

    /// Decides a batch and commits what follows. Returns the inputs that had to be set aside.
    ///
    /// # Errors
    /// Nothing of the batch is kept; the caller must stop.
    pub fn take(&mut self, batch: &Batch, now: Millis) -> Result<Vec<Quarantined>, EngineError> {
        let newer = self.without_outdated(batch);
        let batch = newer.as_ref().unwrap_or(batch);
        let decision = decide(&self.world, self.store.as_ref(), batch, now)?;
        if !decision.commit.is_empty() {
            self.store.commit(&decision.commit)?;
            self.follow(&decision.commit)?;
        }
        Ok(decision.quarantined)
    }

    /// Decides about what has not happened yet, and commits what follows from refusals. For each check the sentence that
    /// refuses it, or None.
    ///
    /// # Errors
    /// Nothing is kept, and nothing is to be refused; the caller must stop.
    pub fn check(
        &mut self,
        checks: &[Check],
        now: Millis,
    ) -> Result<Vec<Option<String>>, EngineError> {
        let checked = check(&self.world, self.store.as_ref(), checks, now)?;
        if !checked.commit.is_empty() {
            self.store.commit(&checked.commit)?;
            self.follow(&checked.commit)?;
        }
        Ok(checked.refusals)
    }

    /// The rules of a list without those of which the stream has told since they were asked for: it knows better.
    fn without_outdated(&mut self, batch: &Batch) -> Option<Batch> {
        match batch {
            Batch::Sync(sync) => {
                for window in &sync.windows {
                    if let Some(told) = self.unread_lists.get_mut(&window.room) {
                        told.hear(window);
                    }
                }
                None
            }
            Batch::Rules { room, rules } => {
                let told = self.unread_lists.remove(room)?;
                let rules = rules.iter().filter(|rule| !told.knows(rule)).cloned();
                let (room, rules) = (room.clone(), rules.collect());
                Some(Batch::Rules { room, rules })
            }
            Batch::Page(_)
            | Batch::Release(_)
            | Batch::Late(_)
            | Batch::Roster { .. }
            | Batch::Inputs(_) => None,
        }
    }

    /// Brings what is held in memory in step with a commit.
    fn follow(&mut self, commit: &Commit) -> Result<(), EngineError> {
        for (key, stored) in &commit.records {
            if key.kind() == Gap::KIND {
                let room = RoomId::from(key.id());
                match stored {
                    Some(stored) => self.gaps.insert(room, decode(key, stored)?),
                    None => self.gaps.remove(&room),
                };
            } else if key.kind() == Undecryptable::KIND {
                if let Some(stored) = stored {
                    self.newly_kept.push(decode(key, stored)?);
                }
            } else if key.kind() == KnownRoom::KIND {
                let room = RoomId::from(key.id());
                let known: Option<KnownRoom> =
                    stored.as_ref().map(|s| decode(key, s)).transpose()?;
                if known.is_some_and(|known| !known.rostered) {
                    self.unrostered.insert(room);
                } else {
                    self.unrostered.remove(&room);
                }
            }
        }
        self.lanes.follow(commit);
        if !commit.timers.is_empty() || !commit.fired.is_empty() {
            self.look_at_timers()?;
        }
        Ok(())
    }

    fn look_at_timers(&mut self) -> Result<(), EngineError> {
        let next = self.store.due(Millis(i64::MAX), 1)?;
        self.next_due = next.first().map(|timer| timer.due);
        Ok(())
    }

    /// The next thing to send, if anything may be sent now.
    ///
    /// # Errors
    /// Where the store fails; the caller must stop.
    pub fn next(&mut self, now: Millis) -> Result<Option<Sending>, EngineError> {
        loop {
            let store = &self.store;
            let mut fault = None;
            let find = |row: &Row, txn: &Txn| {
                sent_as(&self.world, store.as_ref(), row, txn).unwrap_or_else(|error| {
                    fault = Some(error);
                    None
                })
            };
            let next = self.lanes.next(now, find);
            if let Some(fault) = fault {
                return Err(fault.into());
            }
            match next {
                None => return Ok(None),
                Some(Next::Send(sending)) => return Ok(Some(sending)),
                Some(Next::Settle(row, end)) => self.settle(vec![(row, end)], now)?,
            }
        }
    }

    /// Takes in what the homeserver answered.
    ///
    /// # Errors
    /// Where the store fails; the caller must stop.
    pub fn answered(
        &mut self,
        answers: Vec<(Txn, Answer)>,
        now: Millis,
    ) -> Result<(), EngineError> {
        let ended = answers
            .into_iter()
            .filter_map(|(txn, answer)| self.lanes.answered(&txn, answer, now))
            .collect();
        self.settle(ended, now)
    }

    fn settle(&mut self, ended: Vec<(Row, End)>, now: Millis) -> Result<(), EngineError> {
        if ended.is_empty() {
            return Ok(());
        }
        let settled = ended
            .into_iter()
            .map(|(row, end)| Input::Settled(row.settled(end)));
        self.take(&Batch::Inputs(settled.collect()), now)?;
        Ok(())
    }

    /// Fires the timers that are due.
    ///
    /// # Errors
    /// Where the store fails; the caller must stop.
    pub fn fire(&mut self, now: Millis) -> Result<Vec<Quarantined>, EngineError> {
        let mut quarantined = Vec::new();
        while self.next_due.is_some_and(|due| due <= now) {
            let due = self.store.due(now, limits::TIMERS_AT_ONCE)?;
            let inputs = due.into_iter().map(Input::Timer).collect();
            quarantined.extend(self.take(&Batch::Inputs(inputs), now)?);
        }
        Ok(quarantined)
    }

    /// When it wants to be stepped again at the latest.
    #[must_use]
    pub fn wake_at(&self) -> Option<Millis> {
        let lanes = self.lanes.wake_at();
        self.next_due.into_iter().chain(lanes).min()
    }

    /// What must be fetched.
    #[must_use]
    pub fn chores(&self) -> Vec<Chore> {
        let gaps = self.gaps.values().map(|gap| match &gap.from {
            Some(from) => Chore::Page {
                room: gap.room.clone(),
                from: from.clone(),
                to: gap.to.clone(),
            },
            None => Chore::Release(gap.room.clone()),
        });
        let rosters = self.unrostered.iter().cloned().map(Chore::Roster);
        let lists = self.unread_lists.keys().cloned().map(Chore::Rules);
        gaps.chain(rosters).chain(lists).collect()
    }

    /// How many answers to sends have been heard: to be noted when a sync response is asked for.
    #[must_use]
    pub fn answers(&self) -> u64 {
        self.lanes.answers()
    }

    /// The stream was read to what was its end when so many answers had been heard: what was sent before a long rest
    /// has come back by now, so that the rest can be sent again without fear.
    pub fn caught_up(&mut self, answers: u64) {
        if self.gaps.is_empty() {
            self.lanes.trust(answers);
        }
    }

    /// The homeserver answers again: nothing waits out its pause.
    pub fn back_online(&mut self) {
        self.lanes.hurry();
    }

    /// Events whose keys were missing: those of these keys, or all where none is named.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn undecryptable(&self, keys: &[RoomKey]) -> Result<Vec<Undecryptable>, EngineError> {
        if keys.is_empty() {
            return self.kept_undecryptable("");
        }
        let rooms: BTreeSet<&RoomId> = keys.iter().map(|key| &key.room).collect();
        let mut found = Vec::new();
        for room in rooms {
            found.extend(self.kept_undecryptable(&format!("{room}/"))?);
        }
        found.retain(|event| {
            let mut keys = keys.iter();
            keys.any(|key| key.room == event.room && key.session == event.session)
        });
        Ok(found)
    }

    fn kept_undecryptable(&self, prefix: &str) -> Result<Vec<Undecryptable>, EngineError> {
        let mut found = Vec::new();
        for community in self.world.settings.communities() {
            let key = Key::new(community.id.as_str(), Undecryptable::KIND, prefix);
            let rows = self
                .store
                .scan(key.as_str(), None, limits::UNDECRYPTED_AT_ONCE)?;
            for (key, stored) in rows {
                found.push(decode(&key, &stored)?);
            }
        }
        Ok(found)
    }

    /// Undecryptable events kept since the last call: their keys may have come while they were on their way.
    pub fn newly_kept(&mut self) -> Vec<Undecryptable> {
        std::mem::take(&mut self.newly_kept)
    }

    /// How it stands.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn status(&self) -> Result<Status, EngineError> {
        let quarantined = self.all::<Quarantined>(ACCOUNT)?;
        let wedged = self.store.rows()?.into_iter().filter_map(|row| {
            Some(Wedged {
                why: row.wedged?,
                txn: row.txn,
                room: row.room.to_string(),
            })
        });
        let struggling = self.lanes.struggling().map(|(row, why)| Wedged {
            why: why.to_owned(),
            txn: row.txn.clone(),
            room: row.room.to_string(),
        });
        Ok(Status {
            running: false,
            waiting: self.lanes.len(),
            wedged: wedged.collect(),
            struggling: struggling.collect(),
            gaps: self.gaps.keys().map(RoomId::to_string).collect(),
            undecryptable: self.kept_undecryptable("")?.len(),
            quarantined: quarantined.into_iter().map(|(id, q)| (id, q.why)).collect(),
            started: self.store.cursor()?.is_some(),
        })
    }

    /// True while messages are being taken away.
    #[must_use]
    pub fn removes(&self) -> bool {
        self.lanes.removes()
    }

    /// How many rows wait to be sent.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.lanes.len()
    }

    fn all<T: Record>(&self, scope: &str) -> Result<Vec<(String, T)>, EngineError> {
        let prefix = Key::new(scope, T::KIND, "");
        self.store
            .scan(prefix.as_str(), None, usize::MAX)?
            .into_iter()
            .map(|(key, stored)| Ok((key.id().to_owned(), decode(&key, &stored)?)))
            .collect()
    }
}

/// What an earlier row was sent as, from the records.
fn sent_as(
    world: &World,
    store: &dyn Store,
    row: &Row,
    txn: &Txn,
) -> Result<Option<EventId>, Fault> {
    let Some(community) = private::community_of(&world.settings, store, &row.room)? else {
        return Ok(None);
    };
    let key = Key::new(community.id.as_str(), SentRecord::KIND, txn.as_str());
    match store.get(&key)? {
        Some(stored) => Ok(Some(decode::<SentRecord>(&key, &stored)?.event)),
        None => Ok(None),
    }
}
