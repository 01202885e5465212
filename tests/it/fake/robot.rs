//! linli's engine, one small step at a time. Every step may end in a crash; then what the store holds is taken up
//! again, and whatever was under way is forgotten.

use std::rc::Rc;

use linli::{
    domain::{
        batch::{Batch, Page, Sync},
        commit::Commit,
        decide::Quarantined,
        feature::{Feature, World},
        ids::Millis,
        input::{Input, Operator},
        record::View as _,
    },
    engine::{Chore, Engine, EngineError},
    matrix::{Answer, Sending},
    store::Store,
};

use super::{
    estate,
    kept::{Death, Kept},
    server::Server,
};

/// A send that was begun.
#[derive(Clone, Debug)]
pub struct UnderWay {
    pub sending: Sending,
    /// What the homeserver answered; None while it has not heard of it.
    pub answer: Option<Answer>,
}

/// The bot, stepped by hand.
pub struct Robot {
    /// Makes the settings and features it works by.
    world: Rc<dyn Fn() -> World>,
    engine: Option<Engine>,
    pub kept: Kept,
    /// The bot's own clock, which may be wrong.
    pub clock: Millis,
    /// A sync response that was given but not yet taken in.
    pub response: Option<Sync>,
    /// How many answers had been heard when that was asked for.
    asked: u64,
    pub under_way: Vec<UnderWay>,
    /// What was fetched but not yet taken in.
    pub fetched: Vec<(Chore, Batch)>,
    pub quarantined: Vec<Quarantined>,
    /// Broken on purpose: a row leaves the store before the homeserver has it.
    pub settle_first: bool,
    /// Broken on purpose: what holds members silent is forgotten at each start.
    pub holds_forgotten: bool,
    /// Broken on purpose: timers about order that fell due while the bot was down are dropped at the next start.
    pub timers_dropped: bool,
    pub crashes: usize,
    /// Small steps taken while settling down, and the one after which it dies.
    pub steps: usize,
    pub dies_after: Option<usize>,
}

impl Robot {
    pub fn new(features: &'static [Feature], clock: Millis) -> Self {
        Self::serving(move || estate::world(features), clock)
    }

    /// From its next start on it has these features.
    pub fn serve(&mut self, features: &'static [Feature]) {
        self.serve_world(move || estate::world(features));
    }

    /// From its next start on it has these settings.
    pub fn serve_world(&mut self, world: impl Fn() -> World + 'static) {
        self.world = Rc::new(world);
    }

    /// A bot with these settings.
    pub fn serving(world: impl Fn() -> World + 'static, clock: Millis) -> Self {
        Self::by(Rc::new(world), clock)
    }

    fn by(world: Rc<dyn Fn() -> World>, clock: Millis) -> Self {
        let mut robot = Self {
            world,
            engine: None,
            kept: Kept::default(),
            clock,
            response: None,
            asked: 0,
            under_way: Vec::new(),
            fetched: Vec::new(),
            quarantined: Vec::new(),
            settle_first: false,
            holds_forgotten: false,
            timers_dropped: false,
            crashes: 0,
            steps: 0,
            dies_after: None,
        };
        robot.open();
        robot
    }

    /// Another bot over a copy of what this one keeps.
    pub fn again(&self) -> Self {
        let mut other = Self::by(Rc::clone(&self.world), self.clock);
        other.kept.state().memory = self.kept.state().memory.clone();
        other.kept.state().rows = self.kept.state().rows.clone();
        other.open();
        other
    }

    fn open(&mut self) {
        let world = (self.world)();
        let engine = Engine::open(world, Box::new(self.kept.clone()));
        self.engine = Some(engine.expect("a store that can be read"));
    }

    pub fn engine(&mut self) -> &mut Engine {
        self.engine.as_mut().expect("an engine that runs")
    }

    /// Dies and starts again.
    pub fn crash(&mut self) {
        self.kept.state().death = None;
        self.engine = None;
        self.response = None;
        self.under_way.clear();
        self.fetched.clear();
        self.crashes += 1;
        self.lose();
        self.open();
    }

    /// Loses what it is broken on purpose to lose.
    fn lose(&mut self) {
        let mut lost = Commit::default();
        let mut state = self.kept.state();
        if self.holds_forgotten {
            let holds = state.memory.scan("hexie/hold/", None, usize::MAX);
            let holds = holds.expect("memory does not fail").into_iter();
            lost.records = holds.map(|(key, _)| (key, None)).collect();
        }
        if self.timers_dropped {
            let due = state.memory.due(self.clock, usize::MAX);
            let due = due.expect("memory does not fail").into_iter();
            lost.fired = due.filter(|timer| timer.feature != "tickets").collect();
        }
        state.memory.commit(&lost).expect("memory does not fail");
    }

    /// The next commit is the last one of this life.
    pub fn die_at_commit(&mut self, death: Death) {
        self.kept.state().death = Some(death);
    }

    /// Does something with the engine; a fault of the store ends this life.
    fn live<T>(
        &mut self,
        step: impl FnOnce(&mut Engine, Millis) -> Result<T, EngineError>,
    ) -> Option<T> {
        let now = self.clock;
        self.kept.state().now = now;
        let done = step(self.engine(), now);
        if done.is_err() {
            self.crash();
        }
        done.ok()
    }

    pub fn take(&mut self, batch: &Batch) -> bool {
        if !self.release() {
            return false;
        }
        if let Batch::Roster { room, members } = batch {
            self.kept.state().roster = Some((room.clone(), members.clone()));
        }
        let quarantined = self.live(|engine, now| engine.take(batch, now));
        self.kept.state().roster = None;
        let lived = quarantined.is_some();
        self.quarantined.extend(quarantined.into_iter().flatten());
        lived && self.release()
    }

    /// What waited behind a filled gap goes through before anything else happens.
    fn release(&mut self) -> bool {
        loop {
            let chores = self.engine().chores();
            let Some(room) = chores.into_iter().find_map(|chore| match chore {
                Chore::Release(room) => Some(room),
                Chore::Page { .. } | Chore::Roster(_) | Chore::Rules(_) => None,
            }) else {
                return true;
            };
            let batch = Batch::Release(room);
            let quarantined = self.live(|engine, now| engine.take(&batch, now));
            match quarantined {
                Some(quarantined) => self.quarantined.extend(quarantined),
                None => return false,
            }
        }
    }

    /// Asks for the next sync response.
    pub fn ask(&mut self, server: &Server) {
        if self.response.is_none() && !server.weather.outage {
            let cursor = self.kept.cursor().expect("a cursor");
            self.response = Some(server.sync(cursor.as_ref()));
            self.asked = self.engine().answers();
        }
    }

    /// Takes the response in.
    pub fn take_in(&mut self) {
        let Some(sync) = self.response.take() else {
            return;
        };
        if self.take(&Batch::Sync(sync)) {
            self.engine().back_online();
            let asked = self.asked;
            self.engine().caught_up(asked);
        }
    }

    /// Fetches what is missing.
    pub fn fetch(&mut self, server: &Server) {
        if server.weather.outage {
            return;
        }
        self.release();
        for chore in self.engine().chores() {
            if self.fetched.iter().any(|(known, _)| *known == chore) {
                continue;
            }
            let batch = match &chore {
                Chore::Page { room, from, to } => {
                    Batch::Page(server.page(room, from, to).unwrap_or_else(|| Page {
                        room: room.clone(),
                        from: from.clone(),
                        to: to.clone(),
                        inputs: Vec::new(),
                        next: None,
                    }))
                }
                Chore::Roster(room) => Batch::Roster {
                    room: room.clone(),
                    members: server.members(room).unwrap_or_default(),
                },
                Chore::Rules(room) => Batch::Rules {
                    room: room.clone(),
                    rules: server.rules(room),
                },
                Chore::Release(_) => continue,
            };
            self.fetched.push((chore, batch));
        }
    }

    /// Takes in something that was fetched.
    pub fn take_fetched(&mut self, at: usize) {
        if at < self.fetched.len() {
            let (_, batch) = self.fetched.remove(at);
            self.take(&batch);
        }
    }

    /// Begins one send, if one may begin now.
    pub fn begin(&mut self) -> bool {
        let Some(Some(sending)) = self.live(Engine::next) else {
            return false;
        };
        let known = self.kept.state().rows.contains_key(&sending.row.txn);
        assert!(known, "{} was never committed", sending.row.txn);
        if self.settle_first {
            let gone = Commit {
                settled: std::iter::once(sending.row.txn.clone()).collect(),
                ..Commit::default()
            };
            let mut state = self.kept.state();
            state.memory.commit(&gone).expect("memory does not fail");
        }
        let answer = None;
        self.under_way.push(UnderWay { sending, answer });
        true
    }

    /// A send reaches the homeserver.
    pub fn arrive(&mut self, at: usize, server: &mut Server) {
        if let Some(under_way) = self.under_way.get_mut(at)
            && under_way.answer.is_none()
        {
            under_way.answer = Some(server.send(&under_way.sending));
        }
    }

    /// The answer of a send comes back, or the connection breaks and nobody knows.
    pub fn hear(&mut self, at: usize, broken_off: bool) {
        if at >= self.under_way.len() || (self.under_way[at].answer.is_none() && !broken_off) {
            return;
        }
        let under_way = self.under_way.remove(at);
        let answer = under_way
            .answer
            .filter(|_| !broken_off)
            .unwrap_or_else(|| Answer::Retry("connection reset".to_owned()));
        let txn = under_way.sending.row.txn;
        self.live(|engine, now| engine.answered(vec![(txn, answer)], now));
    }

    /// Fires what is due.
    pub fn fire(&mut self) {
        let quarantined = self.live(Engine::fire);
        self.quarantined.extend(quarantined.into_iter().flatten());
    }

    /// The operator asks for something.
    pub fn operator(&mut self, wish: Operator) {
        self.take(&Batch::Inputs(vec![Input::Operator(wish)]));
    }

    /// Tries every wedged row again, in the order in which they were decided.
    pub fn retry_wedged(&mut self) -> bool {
        let rows = self.kept.rows().expect("rows");
        let wedged: Vec<_> = rows
            .into_iter()
            .filter(|row| row.wedged.is_some())
            .collect();
        for row in &wedged {
            self.operator(Operator::Retry(row.txn.clone()));
        }
        !wedged.is_empty()
    }

    /// Works on until nothing is left to do, letting seconds pass where it has to wait.
    pub fn settle_down(&mut self, server: &mut Server) {
        for _ in 0..20_000 {
            if !self.round(server) {
                if self.engine().waiting() == 0 {
                    return;
                }
                server.pass(1_000);
                self.clock = self.clock.plus(1_000);
            }
        }
        let rows = self.kept.rows().expect("rows");
        let first = rows.iter().find(|row| row.wedged.is_none());
        panic!("the bot does not come to rest; {first:?} stays");
    }

    /// One round of everything: true where there was something to do.
    fn round(&mut self, server: &mut Server) -> bool {
        let mut busy = false;
        self.fire();
        busy |= self.step();
        let before = self.kept.cursor().expect("a cursor");
        self.response = None;
        self.ask(server);
        self.take_in();
        busy |= self.kept.cursor().expect("a cursor") != before;
        busy |= self.step();
        self.fetch(server);
        while !self.fetched.is_empty() {
            busy = true;
            self.take_fetched(0);
            self.step();
        }
        while self.begin() {
            busy = true;
            self.step();
        }
        while !self.under_way.is_empty() {
            self.arrive(0, server);
            if !self.step() {
                self.hear(0, false);
                self.step();
            }
        }
        busy
    }

    /// A small step is done, perhaps the last one of this life: true where it was.
    fn step(&mut self) -> bool {
        self.steps += 1;
        let is_last = self.dies_after == Some(self.steps);
        if is_last {
            self.crash();
        }
        is_last
    }
}
