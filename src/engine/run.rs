//! The engine in life: one thread that owns it, and small tasks around it that wait for the homeserver.

use std::{
    collections::BTreeSet,
    sync::{Arc, mpsc},
    time::Duration,
};

use futures_util::{StreamExt, future::BoxFuture};
use tokio::{runtime::Handle, sync::oneshot};
use tracing::{debug, error, info, warn};

use super::{
    Chore, Engine, EngineError,
    control::{self, Request},
};
use crate::{
    clock,
    domain::{
        batch::{Batch, Page},
        check::Check,
        commit::Cursor,
        ids::{Millis, Txn},
        input::{Input, Operator, Undecryptable},
        limits,
    },
    matrix::{Answer, Homeserver, PageError, RoomKey, SyncError},
};

/// Longest sleep of the engine thread; it is woken by everything that happens.
const IDLE: Duration = Duration::from_secs(60);
/// How long a stop waits for what is under way.
const STOP_WAIT: Duration = Duration::from_secs(3);
/// So long the next response is not asked for while messages are being taken away: the homeserver would work on that
/// first, for everybody to see the messages.
const REMOVALS_FIRST_MS: i64 = 50;
/// Pause before something that failed is fetched again.
const FETCH_PAUSE: Duration = Duration::from_secs(2);

/// Why the engine ended by itself.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error(transparent)]
    Sync(#[from] SyncError),
    #[error("the engine thread is gone")]
    Gone,
}

/// What wakes the engine thread.
pub enum Event {
    /// A batch to decide; when it is committed, the sender learns how many answers had been heard by then.
    Batch(Box<Batch>, oneshot::Sender<u64>),
    Answered(Txn, Answer),
    Fetched(Chore, Box<Result<Batch, PageError>>),
    /// These keys came; none named means any.
    Keys(Vec<RoomKey>),
    /// A response was taken in: the stream was read to its present end.
    Synced {
        /// True where the homeserver had been away before.
        was_away: bool,
        /// How many answers had been heard when it was asked for: what was sent later need not be in it.
        answers: u64,
    },
    /// There is more to do.
    Wake,
    /// Somebody on this machine asks.
    Request(Request),
    /// The homeserver asks before it lets something happen; the sentence that refuses it, or None.
    Check(Check, oneshot::Sender<Option<String>>),
    Stop,
}

/// The way to ask the engine before something happens.
#[derive(Clone)]
pub struct Asker(mpsc::Sender<Event>);

impl Asker {
    /// Asks. Where the engine is gone the answer's sender is dropped with the question.
    #[must_use]
    pub fn ask(&self, check: Check) -> oneshot::Receiver<Option<String>> {
        let (reply, answer) = oneshot::channel();
        let _ = self.0.send(Event::Check(check, reply));
        answer
    }
}

/// Whoever passes questions on to the engine for as long as it runs.
pub type Asking = Box<dyn FnOnce(Asker) -> BoxFuture<'static, ()> + Send>;

/// Runs the engine until `stop` says so, or it cannot go on. Gives it back, so that the store can be closed.
///
/// # Errors
/// Where the store fails or the session is gone; nothing that was acknowledged is lost.
pub async fn run(
    engine: Engine,
    server: Arc<dyn Homeserver>,
    requests: Option<control::Listener>,
    asking: Option<Asking>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), RunError> {
    let (events, inbox) = mpsc::channel();
    let cursor = engine.store().cursor().map_err(EngineError::from)?;
    let worker = Worker {
        engine,
        server: Arc::clone(&server),
        events: events.clone(),
        fetching: BTreeSet::new(),
        under_way: 0,
        handle: Handle::current(),
        held: None,
    };
    let (done, ended) = oneshot::channel();
    let thread = std::thread::Builder::new()
        .name("engine".to_owned())
        .spawn(move || {
            let result = worker.work(&inbox);
            // The receiver may have gone first, with the process.
            let _ = done.send(result);
        });
    if let Err(error) = thread {
        error!(%error, "the engine thread could not be started");
        return Err(RunError::Gone);
    }
    let keys = tokio::spawn(follow_keys(Arc::clone(&server), events.clone()));
    let listening = requests.map(|listener| tokio::spawn(listener.serve(events.clone())));
    let asking = asking.map(|asking| tokio::spawn(asking(Asker(events.clone()))));
    let syncing = tokio::spawn(follow_stream(server, cursor, events.clone()));
    let abort = syncing.abort_handle();
    let stopper = events.clone();
    let stopping = tokio::spawn(async move {
        stop.await;
        let _ = stopper.send(Event::Stop);
    });
    let mut ended = ended;
    let result = tokio::select! {
        result = &mut ended => result.unwrap_or(Err(RunError::Gone)),
        synced = syncing => {
            // What is under way may still come back before the end.
            let _ = events.send(Event::Stop);
            let _ = ended.await;
            match synced {
                Ok(Err(error)) => Err(error.into()),
                Ok(Ok(())) | Err(_) => Err(RunError::Gone),
            }
        },
    };
    abort.abort();
    keys.abort();
    stopping.abort();
    for serving in listening.into_iter().chain(asking) {
        serving.abort();
    }
    result
}

/// Reads the stream: one response at a time, the next one only when the last is committed.
async fn follow_stream(
    server: Arc<dyn Homeserver>,
    mut since: Option<Cursor>,
    events: mpsc::Sender<Event>,
) -> Result<(), SyncError> {
    let mut failures: u32 = 0;
    let mut answers = 0;
    loop {
        match server.sync(since.clone()).await {
            Ok(sync) => {
                debug!(
                    rooms = sync.windows.len(),
                    "a response of the stream is here"
                );
                let was_away = failures > 0;
                if was_away {
                    info!("the homeserver answers again");
                    failures = 0;
                }
                let next = sync.next.clone();
                let (committed, acknowledged) = oneshot::channel();
                let batch = Box::new(Batch::Sync(sync));
                // A closed channel reads like a sender that is gone.
                let _ = events.send(Event::Batch(batch, committed));
                let Ok(heard) = acknowledged.await else {
                    // The engine has stopped; it says why.
                    return std::future::pending().await;
                };
                since = next;
                let _ = events.send(Event::Synced { was_away, answers });
                answers = heard;
            }
            Err(SyncError::Later(why)) => {
                let wait = Duration::from_millis(500 << failures.min(6)).min(FETCH_PAUSE * 5);
                failures += 1;
                if failures == 1 {
                    warn!(why, "the homeserver does not answer; trying again");
                }
                tokio::time::sleep(wait).await;
            }
            Err(fatal) => return Err(fatal),
        }
    }
}

async fn follow_keys(server: Arc<dyn Homeserver>, events: mpsc::Sender<Event>) {
    let news = server.key_news().await;
    // What came while we were down is tried once at the start.
    let _ = events.send(Event::Keys(Vec::new()));
    let Some(mut news) = news else {
        return;
    };
    while let Some(keys) = news.next().await {
        if events.send(Event::Keys(keys)).is_err() {
            return;
        }
    }
}

/// The thread that owns the engine.
struct Worker {
    engine: Engine,
    server: Arc<dyn Homeserver>,
    events: mpsc::Sender<Event>,
    fetching: BTreeSet<Chore>,
    under_way: usize,
    handle: Handle,
    /// Whoever waits to ask for the next response, and until when.
    held: Option<(oneshot::Sender<u64>, Millis)>,
}

impl Worker {
    fn work(mut self, inbox: &mpsc::Receiver<Event>) -> Result<(), RunError> {
        // What comes round by the clock alone is planned anew, for the configuration may be another one.
        let started = Input::Operator(Operator::Started(clock::now()));
        self.decide(&Batch::Inputs(vec![started]))?;
        loop {
            self.step()?;
            let now = clock::now();
            self.let_ask(now);
            let held = self.held.as_ref().map(|(_, until)| *until);
            let wait = self.engine.wake_at().into_iter().chain(held).min();
            let wait = wait.map_or(IDLE, |at| {
                Duration::from_millis(u64::try_from(at.since(now)).unwrap_or(0)).min(IDLE)
            });
            let first = match inbox.recv_timeout(wait) {
                Ok(Event::Stop) => return self.stop(inbox),
                Ok(event) => event,
                Err(mpsc::RecvTimeoutError::Timeout) => continue,
                Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
            };
            if self.take(first, inbox)? {
                return self.stop(inbox);
            }
        }
    }

    /// Takes an event, and with it the answers that came meanwhile: they go into one commit. True on a stop.
    fn take(&mut self, first: Event, inbox: &mpsc::Receiver<Event>) -> Result<bool, RunError> {
        let mut answers = Vec::new();
        let mut checks = Vec::new();
        let mut next = Some(first);
        let mut stop = false;
        while let Some(event) = next.take() {
            match event {
                Event::Check(check, reply) => {
                    checks.push((check, reply));
                    if checks.len() < limits::CHECKS_AT_ONCE {
                        next = inbox.try_recv().ok();
                    }
                }
                Event::Answered(txn, answer) => {
                    self.under_way = self.under_way.saturating_sub(1);
                    if let Answer::LoggedOut(why) = answer {
                        return Err(SyncError::LoggedOut(why).into());
                    }
                    log_answer(&txn, &answer);
                    answers.push((txn, answer));
                    if answers.len() < limits::SETTLEMENTS_AT_ONCE {
                        next = inbox.try_recv().ok();
                    }
                }
                Event::Stop => stop = true,
                other @ (Event::Batch(..)
                | Event::Fetched(..)
                | Event::Keys(_)
                | Event::Synced { .. }
                | Event::Wake
                | Event::Request(_)) => {
                    self.answer_checks(&mut checks)?;
                    self.settle(&mut answers)?;
                    self.handle_event(other)?;
                }
            }
        }
        self.answer_checks(&mut checks)?;
        self.settle(&mut answers)?;
        Ok(stop)
    }

    /// Answers the homeserver, which waits with a resident's message in its hands.
    fn answer_checks(
        &mut self,
        checks: &mut Vec<(Check, oneshot::Sender<Option<String>>)>,
    ) -> Result<(), RunError> {
        if checks.is_empty() {
            return Ok(());
        }
        let (checks, replies): (Vec<Check>, Vec<_>) = std::mem::take(checks).into_iter().unzip();
        let refusals = self.engine.check(&checks, clock::now())?;
        for (reply, refusal) in replies.into_iter().zip(refusals) {
            // Whoever asked may have waited too long.
            let _ = reply.send(refusal);
        }
        Ok(())
    }

    fn settle(&mut self, answers: &mut Vec<(Txn, Answer)>) -> Result<(), RunError> {
        if !answers.is_empty() {
            self.engine
                .answered(std::mem::take(answers), clock::now())?;
        }
        Ok(())
    }

    fn handle_event(&mut self, event: Event) -> Result<(), RunError> {
        match event {
            Event::Batch(batch, committed) => {
                self.decide(&batch)?;
                let until = clock::now().plus(REMOVALS_FIRST_MS);
                let earlier = self.held.replace((committed, until));
                if let Some((committed, _)) = earlier {
                    // Nobody waits any more where the stream's task is gone.
                    let _ = committed.send(self.engine.answers());
                }
            }
            Event::Fetched(chore, fetched) => self.fetched(chore, *fetched)?,
            Event::Keys(keys) => self.try_to_read(self.engine.undecryptable(&keys)?),
            Event::Synced { was_away, answers } => {
                if was_away {
                    self.engine.back_online();
                }
                self.engine.caught_up(answers);
            }
            Event::Request(request) => control::answer(&mut self.engine, request)?,
            Event::Wake | Event::Answered(..) | Event::Check(..) | Event::Stop => {}
        }
        Ok(())
    }

    /// Lets the next response be asked for, once what was decided about the last one is on its way.
    fn let_ask(&mut self, now: Millis) {
        let waits = |until: Millis| self.engine.removes() && now < until;
        if let Some((committed, _)) = self.held.take_if(|(_, until)| !waits(*until)) {
            // Nobody waits any more where the stream's task is gone.
            let _ = committed.send(self.engine.answers());
        }
    }

    fn decide(&mut self, batch: &Batch) -> Result<(), RunError> {
        for quarantined in self.engine.take(batch, clock::now())? {
            error!(
                input = quarantined.input.id(),
                "an input was set aside; see linli doctor"
            );
        }
        Ok(())
    }

    /// Everything that can be done now: timers, sends, fetches.
    fn step(&mut self) -> Result<(), RunError> {
        for quarantined in self.engine.fire(clock::now())? {
            error!(
                input = quarantined.input.id(),
                "a timer was set aside; see linli doctor"
            );
        }
        while let Some(sending) = self.engine.next(clock::now())? {
            let (server, events) = (Arc::clone(&self.server), self.events.clone());
            let txn = sending.row.txn.clone();
            debug!(%txn, "sending");
            self.under_way += 1;
            self.handle.spawn(async move {
                let answer = server.send(sending).await;
                let _ = events.send(Event::Answered(txn, answer));
            });
        }
        let newly_kept = self.engine.newly_kept();
        if !newly_kept.is_empty() {
            self.try_to_read(newly_kept);
        }
        for chore in self.engine.chores() {
            if let Chore::Release(room) = &chore {
                self.decide(&Batch::Release(room.clone()))?;
                // More may wait, and what was released wants to be sent.
                let _ = self.events.send(Event::Wake);
            } else if self.fetching.len() < limits::FETCHES_AT_ONCE
                && self.fetching.insert(chore.clone())
            {
                self.fetch(chore);
            }
        }
        Ok(())
    }

    fn fetch(&self, chore: Chore) {
        let (server, events) = (Arc::clone(&self.server), self.events.clone());
        self.handle.spawn(async move {
            let fetched = match chore.clone() {
                Chore::Page { room, from, to } => {
                    server.page(room, from, to).await.map(Batch::Page)
                }
                Chore::Roster(room) => server
                    .members(room.clone())
                    .await
                    .map(|members| Batch::Roster { room, members }),
                Chore::Rules(room) => server
                    .rules(room.clone())
                    .await
                    .map(|rules| Batch::Rules { room, rules }),
                Chore::Release(room) => Ok(Batch::Release(room)),
            };
            if let Err(PageError::Later(_)) = &fetched {
                tokio::time::sleep(FETCH_PAUSE).await;
            }
            let _ = events.send(Event::Fetched(chore, Box::new(fetched)));
        });
    }

    fn fetched(&mut self, chore: Chore, fetched: Result<Batch, PageError>) -> Result<(), RunError> {
        self.fetching.remove(&chore);
        match (fetched, chore) {
            (Ok(batch), _) => self.decide(&batch),
            (Err(PageError::Later(why)), _) => {
                debug!(why, "a fetch failed; it is tried again");
                Ok(())
            }
            // What the homeserver will not show cannot be taken in; what waits behind it can.
            (Err(PageError::Never(why)), Chore::Page { room, from, to }) => {
                warn!(%room, why, "a gap cannot be filled");
                self.decide(&Batch::Page(Page {
                    room,
                    from,
                    to,
                    inputs: Vec::new(),
                    next: None,
                }))
            }
            (Err(PageError::Never(why)), Chore::Roster(room)) => {
                warn!(%room, why, "the members of a room cannot be read");
                let members = Vec::new();
                self.decide(&Batch::Roster { room, members })
            }
            (Err(PageError::Never(why)), Chore::Rules(room)) => {
                // Once linli is let in, the stream tells them.
                warn!(%room, why, "the rules of a ban list cannot be read");
                let rules = Vec::new();
                self.decide(&Batch::Rules { room, rules })
            }
            (Err(PageError::Never(_)), Chore::Release(_)) => Ok(()),
        }
    }

    /// Tries events again whose keys were missing.
    fn try_to_read(&self, events: Vec<Undecryptable>) {
        let (server, back) = (Arc::clone(&self.server), self.events.clone());
        self.handle.spawn(async move {
            for event in events {
                if let Some(input) = server.decrypt(event).await {
                    let (committed, _) = oneshot::channel();
                    let batch = Box::new(Batch::Late(input));
                    let _ = back.send(Event::Batch(batch, committed));
                }
            }
        });
    }

    /// Lets what is under way come back, for a moment.
    fn stop(mut self, inbox: &mpsc::Receiver<Event>) -> Result<(), RunError> {
        let until = clock::now().plus(i64::try_from(STOP_WAIT.as_millis()).unwrap_or(3_000));
        while self.under_way > 0 {
            let left = u64::try_from(until.since(clock::now())).unwrap_or(0);
            match inbox.recv_timeout(Duration::from_millis(left)) {
                Ok(Event::Answered(txn, answer)) => {
                    self.under_way = self.under_way.saturating_sub(1);
                    self.engine.answered(vec![(txn, answer)], clock::now())?;
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
        info!(waiting = self.engine.waiting(), "stopped");
        Ok(())
    }
}

fn log_answer(txn: &Txn, answer: &Answer) {
    match answer {
        Answer::Wedged(why) => warn!(%txn, why, "this cannot be sent; see linli doctor"),
        Answer::Retry(why) => debug!(%txn, why, "sending failed; it is tried again"),
        Answer::Limited { retry_after_ms } => {
            debug!(%txn, retry_after_ms, "the homeserver limits our rate");
        }
        Answer::Sent(_) => debug!(%txn, "sent"),
        Answer::Opened(_) | Answer::Seen(_) | Answer::AlreadySo | Answer::LoggedOut(_) => {}
    }
}
