//! The outbox at work: which row goes next. A pure value without a clock of its own, so that the simulator runs
//! the very same code.
//!
//! Rows go in order within a room and lane, rooms in parallel, `guard` before `answer` before `talk`. A message that is
//! taken away waits for none of them: of a hundred adverts each is gone as soon as the homeserver allows. A rate limit
//! met by talking does not hold guarding up.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::{
    domain::{
        commit::Commit,
        effect::{Effect, Lane, Row},
        ids::{EventId, Millis, RoomId, Txn},
        input::End,
        limits,
    },
    matrix::{Answer, Sending},
};

/// Rows that go one after the other.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    lane: Lane,
    room: RoomId,
    /// A row that needs no order among the others of its room.
    alone: Option<Txn>,
}

/// A line whose first row may go. What stands alone goes before the others of its lane, then the oldest row.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Turn {
    lane: Lane,
    in_order: bool,
    seq: u64,
    line: Line,
}

/// All rows that are still to be sent.
#[derive(Default)]
pub struct Lanes {
    rows: BTreeMap<Txn, Waiting>,
    lines: BTreeMap<Line, VecDeque<Txn>>,
    /// Lines whose first row may go.
    ready: BTreeSet<Turn>,
    /// Lines whose first row waits for a moment.
    later: BTreeSet<(Millis, Line)>,
    /// Lines whose first row waits for another row.
    behind: BTreeMap<Txn, Vec<Line>>,
    /// Lines with a row under way.
    under_way: BTreeMap<Line, Txn>,
    guard: Gate,
    other: Gate,
    look: Gate,
    /// Answers heard so far, broken-off sends among them: an order that no clock can disturb.
    answers: u64,
    /// How many had been heard when the response was asked for that last showed the stream's end: what was tried by
    /// then has come back, if it was sent.
    caught_up: Option<u64>,
    /// When it was last asked.
    now: Millis,
}

struct Waiting {
    row: Row,
    attempts: u32,
    /// Why the last attempt failed.
    why: String,
    tried: Tried,
    /// When it was last handed over.
    begun: Millis,
}

/// Whether a row was handed to the homeserver, which may have taken it without our hearing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tried {
    Never,
    /// Perhaps, by an earlier process.
    Unknown,
    /// Yes, and this many answers had been heard when it failed.
    Failed(u64),
}

/// How much may be asked of the homeserver at once.
struct Gate {
    closed_until: Millis,
    width: usize,
    width_max: usize,
    under_way: usize,
}

/// What to do next.
#[derive(Debug)]
pub enum Next {
    /// Send this.
    Send(Sending),
    /// This needs no sending: it is ended so.
    Settle(Row, End),
}

impl Default for Gate {
    fn default() -> Self {
        Self::new(limits::IN_FLIGHT_MAX)
    }
}

impl Gate {
    fn new(width: usize) -> Self {
        Self {
            closed_until: Millis(i64::MIN),
            width,
            width_max: width,
            under_way: 0,
        }
    }

    fn open(&self, now: Millis) -> bool {
        now >= self.closed_until && self.under_way < self.width
    }

    /// After a limit one goes at a time, and each success lets one more go.
    fn limited(&mut self, until: Millis) {
        self.closed_until = self.closed_until.max(until);
        self.width = 1;
    }

    /// True where it met a limit not long ago.
    fn is_narrow(&self) -> bool {
        self.width < self.width_max
    }

    fn went_well(&mut self) {
        self.width = (self.width + 1).min(self.width_max);
    }
}

impl Line {
    /// The line in which a row goes.
    fn of(row: &Row) -> Self {
        let is_removal = row.lane == Lane::Guard && matches!(row.effect, Effect::Redact { .. });
        let is_look = row.lane == Lane::Look;
        Self {
            lane: row.lane,
            room: row.room.clone(),
            alone: (is_removal || is_look).then(|| row.txn.clone()),
        }
    }

    fn turn(&self, seq: u64) -> Turn {
        Turn {
            lane: self.lane,
            in_order: self.alone.is_none(),
            seq,
            line: self.clone(),
        }
    }
}

impl Lanes {
    /// Lanes with the rows that a store holds.
    #[must_use]
    pub fn new(rows: Vec<Row>) -> Self {
        let mut lanes = Self {
            guard: Gate::new(limits::GUARD_IN_FLIGHT_MAX),
            look: Gate::new(limits::LOOKS_AT_ONCE),
            ..Self::default()
        };
        for row in rows {
            lanes.add(row, Tried::Unknown);
        }
        lanes
    }

    /// Rows that were tried many times in vain, with the reason of the last time.
    pub fn struggling(&self) -> impl Iterator<Item = (&Row, &str)> {
        let waiting = self.rows.values();
        waiting
            .filter(|waiting| waiting.attempts >= limits::ATTEMPTS_BEFORE_TOLD)
            .map(|waiting| (&waiting.row, waiting.why.as_str()))
    }

    /// How many rows are to be sent.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True where nothing is to be sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Takes in what a commit says about rows.
    pub fn follow(&mut self, commit: &Commit) {
        for txn in &commit.settled {
            self.remove(txn);
        }
        let mut fresh: Vec<&Row> = commit.rows.values().collect();
        fresh.sort_by_key(|row| row.seq);
        for row in fresh {
            if row.wedged.is_some() {
                self.remove(&row.txn);
            } else {
                self.add(row.clone(), Tried::Never);
            }
        }
    }

    fn add(&mut self, row: Row, tried: Tried) {
        if row.wedged.is_some() || self.rows.contains_key(&row.txn) {
            return;
        }
        let line = Line::of(&row);
        let txn = row.txn.clone();
        let waiting = Waiting {
            row,
            attempts: 0,
            why: String::new(),
            tried,
            begun: Millis(i64::MIN),
        };
        self.rows.insert(txn.clone(), waiting);
        let queue = self.lines.entry(line.clone()).or_default();
        queue.push_back(txn);
        if queue.len() == 1 {
            self.make_ready(&line);
        }
    }

    /// Forgets a row, wherever it stands.
    fn remove(&mut self, txn: &Txn) {
        let Some(waiting) = self.rows.remove(txn) else {
            self.let_through(txn);
            return;
        };
        let line = Line::of(&waiting.row);
        self.ready.remove(&line.turn(waiting.row.seq));
        if let Some(queue) = self.lines.get_mut(&line) {
            queue.retain(|other| other != txn);
            if queue.is_empty() {
                self.lines.remove(&line);
            }
        }
        self.make_ready(&line);
        self.let_through(txn);
    }

    /// Lines that waited for this row may look again.
    fn let_through(&mut self, txn: &Txn) {
        for line in self.behind.remove(txn).unwrap_or_default() {
            self.make_ready(&line);
        }
    }

    fn make_ready(&mut self, line: &Line) {
        if self.under_way.contains_key(line) {
            return;
        }
        let first = self.lines.get(line).and_then(VecDeque::front);
        if let Some(waiting) = first.and_then(|txn| self.rows.get(txn)) {
            self.ready.insert(line.turn(waiting.row.seq));
        }
    }

    /// What to do next; None where nothing may be done now. `sent` finds what an earlier row was sent as.
    pub fn next(
        &mut self,
        now: Millis,
        mut sent: impl FnMut(&Row, &Txn) -> Option<EventId>,
    ) -> Option<Next> {
        if now < self.now {
            // The clock was set back: nobody knows how long the pauses still are.
            self.guard.closed_until = now;
            self.other.closed_until = now;
            self.look.closed_until = now;
            self.hurry();
            for line in self.lines.keys().cloned().collect::<Vec<_>>() {
                self.make_ready(&line);
            }
        }
        self.now = now;
        self.wake_lines(now);
        loop {
            let turn = self
                .ready
                .iter()
                .find(|turn| {
                    self.gate(turn.lane).open(now)
                        && !self.would_use_up(turn.lane, now)
                        && self.has_its_turn(turn, now)
                })
                .cloned()?;
            self.ready.remove(&turn);
            let (lane, line) = (turn.lane, turn.line);
            let Some(txn) = self.lines.get(&line).and_then(VecDeque::front).cloned() else {
                continue;
            };
            let Some(row) = self.rows.get(&txn).map(|waiting| waiting.row.clone()) else {
                continue;
            };
            if self.may_be_there(&txn, now) {
                // It waits until the stream was read; `trust` lets it through.
                continue;
            }
            if self.is_superseded(&line, &row) {
                return Some(Next::Settle(row, End::AlreadySo));
            }
            let mut found = Vec::new();
            let mut waits = None;
            for other in row.effect.waits_for() {
                match sent(&row, other) {
                    Some(event) => found.push((other.clone(), event)),
                    // Words can be said without the message that they answer.
                    None if row.effect.stands_alone() && !self.rows.contains_key(other) => {}
                    None => waits = Some(other.clone()),
                }
            }
            match waits {
                None => {
                    self.gate_mut(lane).under_way += 1;
                    if let Some(waiting) = self.rows.get_mut(&txn) {
                        waiting.begun = now;
                    }
                    self.under_way.insert(line, txn);
                    return Some(Next::Send(Sending { row, sent: found }));
                }
                Some(other) if self.rows.contains_key(&other) => {
                    self.behind.entry(other).or_default().push(line);
                }
                Some(other) => {
                    let why = format!("it refers to {other}, which was never sent");
                    return Some(Next::Settle(row, End::Wedged(why)));
                }
            }
        }
    }

    /// True where a row may stand in its room already, and the homeserver no longer knows its transaction id.
    fn may_be_there(&self, txn: &Txn, now: Millis) -> bool {
        let Some(waiting) = self.rows.get(txn) else {
            return false;
        };
        let doubtful = match waiting.tried {
            Tried::Never => false,
            Tried::Unknown => self.caught_up.is_none(),
            Tried::Failed(answer) => self.caught_up.is_none_or(|caught_up| caught_up < answer),
        };
        doubtful && now.since(waiting.row.created) > limits::TXN_TRUSTED_MS
    }

    /// False while something that the same input asked for earlier is under way, and not for long yet; and for a mute
    /// or the like, as long as it has not waited long, while messages are being taken away.
    fn has_its_turn(&self, turn: &Turn, now: Millis) -> bool {
        let first = self.lines.get(&turn.line).and_then(VecDeque::front);
        let Some(txn) = first else {
            return true;
        };
        match turn.lane {
            Lane::Guard => return !turn.in_order || !self.is_removing(txn, now),
            Lane::Answer | Lane::Talk => {}
            Lane::Look => return true,
        }
        !self.under_way.values().any(|other| {
            let earlier = self.rows.get(other);
            let earlier = earlier.filter(|other| other.row.seq < turn.seq);
            earlier.is_some_and(|earlier| {
                let just_now = (0..limits::TURN_MS).contains(&now.since(earlier.begun));
                just_now && other.input() == txn.input()
            })
        })
    }

    /// True for talking while guarding waits out a rate limit, or has met one and is at work: the homeserver counts both
    /// together, and what it lets through by then is guarding's.
    fn would_use_up(&self, lane: Lane, now: Millis) -> bool {
        let talks = matches!(lane, Lane::Answer | Lane::Talk);
        let first = self.ready.first();
        let waits = now < self.guard.closed_until && first.is_some_and(|t| t.lane == Lane::Guard);
        talks && (waits || self.guard.is_narrow() && self.guard.under_way > 0)
    }

    /// True while messages are being taken away, and this row has not waited long for that.
    fn is_removing(&self, txn: &Txn, now: Millis) -> bool {
        let created = self.rows.get(txn).map(|waiting| waiting.row.created);
        let is_fresh = created
            .is_some_and(|created| (0..limits::REMOVALS_FIRST_MS).contains(&now.since(created)));
        is_fresh && self.removes()
    }

    /// True while messages are being taken away.
    #[must_use]
    pub fn removes(&self) -> bool {
        let is_removal = |line: &Line| line.lane == Lane::Guard && line.alone.is_some();
        self.under_way.keys().any(is_removal)
    }

    /// A change of a message that a later change in the same line overrides need not be sent.
    fn is_superseded(&self, line: &Line, row: &Row) -> bool {
        let Effect::Change { target, .. } = &row.effect else {
            return false;
        };
        let later = self.lines.get(line).into_iter().flatten().skip(1);
        later
            .filter_map(|txn| self.rows.get(txn))
            .any(|other| match &other.row.effect {
                Effect::Change { target: same, .. } => same == target,
                Effect::Post(_)
                | Effect::Show { .. }
                | Effect::Look { .. }
                | Effect::Keep { .. }
                | Effect::Draw { .. }
                | Effect::React { .. }
                | Effect::Redact { .. }
                | Effect::Act(_) => false,
            })
    }

    fn wake_lines(&mut self, now: Millis) {
        while let Some((due, line)) = self.later.first().cloned() {
            if due > now {
                break;
            }
            self.later.pop_first();
            self.make_ready(&line);
        }
    }

    /// Takes in an answer; returns the row and its end where it is ended by it.
    pub fn answered(&mut self, txn: &Txn, answer: Answer, now: Millis) -> Option<(Row, End)> {
        let line = self
            .under_way
            .iter()
            .find(|(_, other)| *other == txn)
            .map(|(line, _)| line.clone())?;
        self.under_way.remove(&line);
        self.answers += 1;
        let heard = self.answers;
        if let Some(waiting) = self.rows.get_mut(txn) {
            waiting.tried = Tried::Failed(heard);
        }
        let row = self.rows.get(txn).map(|waiting| &waiting.row);
        let has_own_limit = row.is_some_and(|row| row.effect.has_own_limit());
        let gate = self.gate_mut(line.lane);
        gate.under_way = gate.under_way.saturating_sub(1);
        let end = match answer {
            Answer::Sent(event) => End::Sent(event),
            Answer::Opened(room) => End::Opened(room),
            Answer::Seen(held) => End::Seen(held),
            Answer::AlreadySo => End::AlreadySo,
            Answer::Wedged(why) => End::Wedged(why),
            Answer::Limited { retry_after_ms } => {
                let until = now.plus(retry_after_ms.max(1));
                if has_own_limit {
                    self.later.insert((until, line));
                } else {
                    gate.limited(until);
                    self.make_ready(&line);
                }
                return None;
            }
            Answer::Retry(why) | Answer::LoggedOut(why) => {
                self.try_later(txn, line, why, now);
                return None;
            }
        };
        gate.went_well();
        let Some(row) = self.rows.get(txn).map(|waiting| waiting.row.clone()) else {
            // Its echo was faster than its answer; the line goes on.
            self.make_ready(&line);
            return None;
        };
        Some((row, end))
    }

    fn try_later(&mut self, txn: &Txn, line: Line, why: String, now: Millis) {
        let Some(waiting) = self.rows.get_mut(txn) else {
            self.make_ready(&line);
            return;
        };
        let doubled = limits::RETRY_WAIT_FIRST_MS << waiting.attempts.min(16);
        waiting.attempts += 1;
        waiting.why = why;
        let wait = doubled.min(limits::RETRY_WAIT_MAX_MS);
        self.later.insert((now.plus(wait), line));
    }

    /// Nothing waits out its pause any more.
    pub fn hurry(&mut self) {
        for (_, line) in std::mem::take(&mut self.later) {
            self.make_ready(&line);
        }
    }

    /// How many answers have been heard.
    #[must_use]
    pub fn answers(&self) -> u64 {
        self.answers
    }

    /// The stream was read to what was its end when so many answers had been heard: what failed until then and did
    /// not come back may go again.
    pub fn trust(&mut self, answers: u64) {
        self.caught_up = Some(answers);
        let now = self.now;
        let old = |waiting: &Waiting| now.since(waiting.row.created) > limits::TXN_TRUSTED_MS;
        let lines: Vec<Line> = self
            .rows
            .values()
            .filter(|waiting| old(waiting))
            .map(|waiting| Line::of(&waiting.row))
            .collect();
        for line in lines {
            let waits = self.later.iter().any(|(_, other)| *other == line);
            if !waits {
                self.make_ready(&line);
            }
        }
    }

    /// When it wants to be asked again at the latest.
    #[must_use]
    pub fn wake_at(&self) -> Option<Millis> {
        let later = self.later.first().map(|(due, _)| *due);
        let limited = self
            .ready
            .iter()
            .map(|turn| self.gate(turn.lane).closed_until)
            .filter(|until| *until > self.now)
            .min();
        later
            .into_iter()
            .chain(limited)
            .chain(self.next_turn())
            .min()
    }

    /// When something has waited long enough for its turn, if anything waits.
    fn next_turn(&self) -> Option<Millis> {
        let under_way = self.under_way.values().filter(|_| !self.ready.is_empty());
        let turns =
            under_way.filter_map(|txn| Some(self.rows.get(txn)?.begun.plus(limits::TURN_MS)));
        let guarding = self.ready.iter().filter(|turn| turn.lane == Lane::Guard);
        let first = guarding.filter_map(|turn| self.lines.get(&turn.line)?.front());
        let removals = first.filter_map(|txn| {
            let created = self.rows.get(txn)?.row.created;
            Some(created.plus(limits::REMOVALS_FIRST_MS))
        });
        turns.chain(removals).filter(|turn| *turn > self.now).min()
    }

    fn gate(&self, lane: Lane) -> &Gate {
        match lane {
            Lane::Guard => &self.guard,
            Lane::Answer | Lane::Talk => &self.other,
            Lane::Look => &self.look,
        }
    }

    fn gate_mut(&mut self, lane: Lane) -> &mut Gate {
        match lane {
            Lane::Guard => &mut self.guard,
            Lane::Answer | Lane::Talk => &mut self.other,
            Lane::Look => &mut self.look,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        effect::{Act, Target},
        ids::UserId,
    };

    fn row(name: &str, seq: u64, lane: Lane) -> Row {
        Row {
            txn: Txn::new(name.to_owned()),
            seq,
            room: RoomId::from(format!("!{name}:b")),
            lane,
            effect: Effect::React {
                target: Target::Event(EventId::from("$1")),
                key: "🙋".to_owned(),
            },
            created: Millis(0),
            wedged: None,
        }
    }

    /// What is sent next, by its transaction id.
    fn sent(lanes: &mut Lanes, now: i64) -> Option<String> {
        match lanes.next(Millis(now), |_, _| None)? {
            Next::Send(sending) => Some(sending.row.txn.to_string()),
            Next::Settle(row, _) => panic!("{} is settled", row.txn),
        }
    }

    /// Guarding reads before it writes, so that a message sent at the same moment would be counted first.
    #[test]
    fn at_a_rate_limit_nothing_is_said_while_guarding_is_at_work() {
        let rows = [
            row("mute", 1, Lane::Guard),
            row("ban", 2, Lane::Guard),
            row("card", 3, Lane::Answer),
        ];
        let mut lanes = Lanes::new(rows.to_vec());
        let answered = |lanes: &mut Lanes, name: &str, answer: Answer, now: i64| {
            lanes.answered(&Txn::new(name.to_owned()), answer, Millis(now));
        };
        for name in ["mute", "ban", "card"] {
            assert_eq!(sent(&mut lanes, 1).as_deref(), Some(name));
        }
        let limited = || Answer::Limited {
            retry_after_ms: 5_000,
        };
        for name in ["mute", "ban", "card"] {
            answered(&mut lanes, name, limited(), 1);
        }
        let done = || Answer::Sent(EventId::from("$2"));
        for name in ["mute", "ban"] {
            assert_eq!(sent(&mut lanes, 5_001).as_deref(), Some(name));
            assert_eq!(sent(&mut lanes, 5_001), None);
            answered(&mut lanes, name, done(), 5_001);
            lanes.remove(&Txn::new(name.to_owned()));
        }
        assert_eq!(sent(&mut lanes, 5_001).as_deref(), Some("card"));
    }

    #[test]
    fn who_may_be_asked_in_no_more_today_holds_up_nothing_that_is_said() {
        let invite = Row {
            effect: Effect::Act(Act::Invite {
                user: UserId::from("@wang:b"),
            }),
            ..row("invite", 1, Lane::Talk)
        };
        let mut lanes = Lanes::new(vec![invite, row("card", 2, Lane::Talk)]);
        assert_eq!(sent(&mut lanes, 1).as_deref(), Some("invite"));
        let limited = Answer::Limited {
            retry_after_ms: 300_000,
        };
        lanes.answered(&Txn::new("invite".to_owned()), limited, Millis(1));
        assert_eq!(sent(&mut lanes, 2).as_deref(), Some("card"));
        assert_eq!(sent(&mut lanes, 299_999), None);
        assert_eq!(sent(&mut lanes, 300_002).as_deref(), Some("invite"));
    }
}
