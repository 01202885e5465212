//! `!stats` against another computation: thousands of simulated tickets, their exported histories, and figures that are
//! made from those alone.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::DateTime;
use linli::{
    domain::{
        batch::Batch,
        commit::{Commit, Cursor, Timer},
        effect::{About, Effect, Mark, Row},
        feature::World,
        ids::{DAY_MS, EventId, HOUR_MS, MINUTE_MS, Millis, RoomId, Txn, UserId},
        input::{
            Content, End, Input, Media, MediaKind, Member, Membership, Message, Reaction,
            Redaction, Settled,
        },
        record::{Fault, Key, View},
    },
    engine::Engine,
    features,
    store::{Store, StoreError, memory::Memory, sled::Sled},
};
use serde_json::{Value, json};

use super::{fake::estate, simulation::chance::Chance, synapse::town::program};

/// When the months begin in Shanghai, which is eight hours ahead of Greenwich all year.
const FEBRUARY: Millis = Millis(MARCH.0 - 28 * DAY_MS);
const MARCH: Millis = Millis(estate::START_MS - DAY_MS - 8 * HOUR_MS);
const APRIL: Millis = Millis(MARCH.0 + 31 * DAY_MS);
/// When the figures are asked for.
const NOW: Millis = Millis(APRIL.0 + 36 * HOUR_MS);

/// Tickets of each month.
const FEBRUARY_REPORTS: usize = 2_400;
const MARCH_REPORTS: usize = 2_700;
/// Homes of each building whose residents report.
const HOMES: usize = 30;
const SEED: u64 = 202_603;

/// The sentences from which the answer is made.
const SENTENCES: &str = include_str!("../../src/locales/zh-CN.ftl");

#[test]
fn the_figures_of_a_month_are_those_of_its_histories() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("a data folder");
    play(&data);
    let told = told(&data);
    let tickets = exported(folder.path());
    let tales: Vec<Tale> = tickets.iter().map(Exported::told).collect();
    assert_not_hollow(&tickets, &tales);
    for (ticket, tale) in tickets.iter().zip(&tales) {
        assert_same(ticket, tale);
    }
    let of = |month: (Millis, Millis)| {
        let both = tickets.iter().zip(&tales);
        let own = both.filter(move |(_, tale)| (month.0..month.1).contains(&tale.opened));
        own.collect::<Vec<Both<'_>>>()
    };
    let (february, march) = (of((FEBRUARY, MARCH)), of((MARCH, APRIL)));
    assert_eq!(
        (february.len(), march.len()),
        (FEBRUARY_REPORTS, MARCH_REPORTS)
    );
    let lines: Vec<&str> = told.lines().collect();
    let open = tales.iter().filter(|tale| tale.stand.is_open()).count();
    for expected in sentences(&Figures::of(&march), &Figures::of(&february)) {
        let is_there = lines.contains(&expected.as_str());
        assert!(is_there, "{expected}\nis not what was said:\n{told}");
    }
    let backlog = backlog(open);
    let is_there = lines.iter().any(|line| line.starts_with(&backlog));
    assert!(is_there, "{backlog}\nis not what was said:\n{told}");
    for (head, name) in GROUPS {
        assert_group(&group(&lines, head), grouped(&march, name));
    }
}

// ---- What people do ----

/// Where things are reported, with weights.
const PLACES: [(usize, &str); 5] = [(40, "1"), (28, "2"), (18, "3"), (9, "notice"), (5, "staff")];

/// What is reported, with weights: all of it in flats, so that none joins another.
const REPORTS: [(usize, &str); 25] = [
    (9, "#报修 家里厨房水管漏水"),
    (8, "#报修 家里卫生间马桶堵了"),
    (8, "#报修 家里停电了"),
    (6, "#报修 家里客厅灯不亮，不急"),
    (5, "#报修 家里空调不制冷"),
    (7, "#报修 家里卧室门锁坏了"),
    (4, "#报修 家里阳台窗户关不上，不急"),
    (4, "#报修 我家门锁打不开，急"),
    (6, "#报修 家里网络断了"),
    (3, "#报修 家里电视没信号，不急"),
    (5, "#报修 家里卧室墙面开裂"),
    (4, "#报修 家里爆管了，急"),
    (4, "#报修 家里水龙头滴水，有空来看看"),
    (3, "#报修 家里蟑螂很多"),
    (3, "#报修 家里对讲不响"),
    (2, "#报修 家里东西坏了"),
    (6, "#投诉 楼上太吵"),
    (4, "#投诉 隔壁装修噪音，不急"),
    (3, "#投诉 家里下水道返味"),
    (3, "#建议 家里多装一个插座"),
    (2, "#建议 家里阳台外的树枝修剪一下"),
    (4, "#咨询 物业费怎么交"),
    (2, "#咨询 家里宽带怎么报装"),
    (4, "#缴费 家里水费多收了"),
    (3, "#紧急 家里厨房水管漏水"),
];

/// What is reported where people are in danger.
const DANGERS: [&str; 3] = [
    "#紧急 家里厨房着火了",
    "#报修 家里闻到煤气味",
    "#报修 家里插座漏电",
];

/// What names its home where people of all buildings talk.
const ADDRESSED: [&str; 3] = [
    "#报修 3-2-501 家里卫生间漏水",
    "#报修 1-1-302 家里停电了，急",
    "#报修 2-1-804 家里厨房灯不亮",
];

/// What follows a report: paths with weights, and in each step how much later who does what. In words `#` is the ticket's
/// number, `←` an earlier one's, `★` a number of stars. `replies` is said in the thread of the report, `undoes` takes the
/// act before it back, and `posts` is linli's card, without which nobody taps. Much of it comes in vain: claims expire, and
/// some have no right to what they do.
const PATHS: &str = "
- 18 soon worker !claim #; shortly worker !start #; hours worker !done #; day reporter !confirm #;
    hours reporter !rate # ★
- 16 soon worker !claim #; shortly worker !onmyway #; hours worker !done #; days reporter !rate # ★
- 12 soon worker !claim #; shortly worker !start #; hours worker !done #; hours reporter !reopen #;
    shortly worker !claim #; shortly worker !start #; hours worker !done #; day reporter !confirm #;
    hours reporter !rate # ★
- 4 soon worker !claim #; shortly worker !start #; hours worker !done #; hours reporter !confirm #;
    days reporter !reopen #; hours worker !start #; hours worker !done #; at-once reporter !rate # ★;
    hours reporter !rate # ★
- 3 soon worker !claim #; shortly worker !start #; hours worker !done #; hours reporter !reopen #;
    hours worker !done #; hours reporter !reopen #; hours worker !done #; day reporter !confirm #
- 7 soon worker !claim #; at-once worker !wait # 何时在家; day reporter replies 今天晚上在家;
    hours worker !done #; days reporter !rate # ★
- 2 soon worker !claim #; at-once worker !wait # 何时在家; days worker !done #; hours reporter !confirm #
- 3 soon worker !claim #; at-once worker !wait # 何时在家; hours worker !resume #; hours worker !material # 阀门;
    days worker !resume #; hours worker !done #
- 4 soon worker !claim #; shortly worker !material # 阀门; days worker !done #; at-once worker !undone #;
    hours worker !done #; day reporter !confirm #
- 3 soon worker !claim #; shortly worker !start #; hours worker !done #; at-once worker !undone #;
    day worker !done #; day reporter !confirm #
- 5 soon desk !decline # 不归物业管
- 2 soon desk !decline # 请找电信; hours reporter !reopen #; hours manager !assign # @张师傅;
    shortly zhang !start #; day zhang !done #
- 5 hours reporter !cancel #
- 2 soon worker !claim #; shortly reporter !cancel #; hours reporter !reopen #; hours worker !claim #;
    shortly worker !start #; hours worker !done #
- 7 soon desk !merge # ←
- 2 soon desk !merge # ←; hours desk !unmerge #; hours worker !claim #; shortly worker !start #;
    hours worker !done #
- 4 soon worker !claim #; at-once worker !unclaim #; hours desk !assign # @王师傅; shortly wang !start #;
    day wang !done #; day reporter !confirm #
- 2 soon worker !claim #; days other !claim #; shortly other !start #; hours other !done #
- 2 days reporter !cancel #
- 1 at-once reporter replies 麻烦快点来
- 3 soon worker replies 收到，下午过来; hours worker !claim #; shortly worker !start #; hours worker !done #;
    day reporter !confirm #
- 2 at-once reporter replies 麻烦快点来; soon reporter replies 还在漏; day worker !claim #;
    shortly worker !start #; hours worker !done #
- 2 soon desk replies 收到，下午过来; at-once desk undoes; day worker !claim #; shortly worker !start #;
    hours worker !done #
- 2 soon desk !eta # 2h; day worker !claim #; shortly worker !start #; hours worker !done #;
    hours reporter !rate # ★
- 1 soon worker shows; hours worker !claim #; shortly worker !start #; hours worker !done #
- 1 at-once desk !urgent # P1; soon worker !claim #; shortly worker !start #; hours worker !done #
- 1 at-once desk !urgent # P0; soon worker !claim #; at-once worker !start #; hours worker !done #
- 1 soon worker !claim #; shortly worker !start #; days worker !done #; at-once desk !urgent # P3;
    at-once desk !category # complaint
- 1 at-once desk !trade # structure; soon worker !claim #; shortly worker !start #; hours worker !done #
- 3 at-once linli posts; soon worker taps 🙋; shortly worker taps 🔧; hours worker taps ✅; at-once worker undoes;
    hours worker !done #; hours reporter taps 2️⃣; hours reporter undoes
- 2 at-once linli posts; soon worker taps 🙋; at-once worker undoes; hours worker !claim #;
    shortly worker !start #; hours worker taps ✅; day reporter taps 👍; hours reporter taps 5️⃣
- 3 at-once worker !done #; at-once reporter !confirm #; soon worker !claim #; at-once other !done #;
    at-once worker !confirm #; at-once reporter !rate # ★; shortly worker !start #; at-once desk !resume #;
    hours worker !done #; at-once other !undone #; day reporter !undone #; at-once reporter !rate # 9;
    hours reporter !confirm #; at-once reporter !confirm #; at-once other !cancel #; hours worker !done #
- 1 soon manager !done #; hours manager !confirm #
- 1 soon manager !cancel #; at-once desk !merge # ←
- 1 soon worker !claim #; days worker !done #; hours reporter !confirm #
- 1 soon worker !claim #; shortly worker !start #; days worker !unclaim #
- 1 soon worker !claim #; hours worker !wait # 何时在家
";

/// Minutes until staff first do something, with weights.
const SOON: [(usize, (usize, usize)); 4] = [
    (50, (0, 6)),
    (20, (6, 30)),
    (18, (30, 300)),
    (12, (300, 2_400)),
];
/// Minutes between the moments at which anything happens, with weights.
const BY_DAY: [(usize, (usize, usize)); 3] = [(65, (2, 10)), (28, (10, 25)), (7, (25, 70))];
const BY_NIGHT: [(usize, (usize, usize)); 2] = [(20, (1, 6)), (80, (40, 180))];

/// One of them, by weight.
fn drawn<T: Copy>(chance: &mut Chance, of: &[(usize, T)]) -> T {
    let weights: Vec<usize> = of.iter().map(|(weight, _)| *weight).collect();
    of[chance.weighted(&weights)].1
}

/// A length of time between so many minutes.
fn minutes(chance: &mut Chance, (from, until): (usize, usize)) -> i64 {
    let least = i64::try_from(from).expect("a small number");
    least * MINUTE_MS + chance.ms((until - from) * 60_000)
}

/// The moments at which anything happens, the ends of the months among them.
fn moments(chance: &mut Chance) -> Vec<Millis> {
    let marks = [MARCH.plus(-1), MARCH, APRIL.plus(-1), NOW];
    let mut moments = vec![FEBRUARY];
    let mut last = FEBRUARY;
    while last < NOW {
        let hour = (last.0 + 8 * HOUR_MS).rem_euclid(DAY_MS) / HOUR_MS;
        let gap = if (7..22).contains(&hour) {
            drawn(chance, &BY_DAY)
        } else {
            drawn(chance, &BY_NIGHT)
        };
        let next = last.plus(minutes(chance, gap));
        let mark = marks.into_iter().find(|mark| last < *mark && *mark <= next);
        last = mark.unwrap_or(next);
        moments.push(last);
    }
    moments
}

/// A ticket, as those see it who act on it.
struct Matter {
    no: usize,
    room: RoomId,
    reporter: UserId,
    report: EventId,
    /// Whoever has it, and somebody else of staff.
    workers: [UserId; 2],
}

impl Matter {
    fn person(&self, name: &str) -> UserId {
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
    fn card(&self) -> EventId {
        EventId::from(format!("$card{}", self.no))
    }
}

/// The paths with their weights.
fn paths() -> Vec<(usize, &'static str)> {
    let path = |path: &'static str| {
        let (weight, steps) = path.split_once(' ').expect("a weight");
        (weight.parse().expect("a number"), steps)
    };
    PATHS.split("\n- ").skip(1).map(path).collect()
}

/// Everything that happens, in its order, made before anything does.
struct Plot {
    chance: Chance,
    paths: Vec<(usize, &'static str)>,
    acts: BTreeMap<(Millis, usize), Input>,
}

impl Plot {
    /// Everything, and the moments at which it is taken in.
    fn made() -> (Self, Vec<Millis>) {
        let mut plot = Self {
            chance: Chance::new(SEED),
            paths: paths(),
            acts: BTreeMap::new(),
        };
        let moments = moments(&mut plot.chance);
        let mut opened = Vec::new();
        for (count, from, until) in [
            (FEBRUARY_REPORTS, FEBRUARY, MARCH),
            (MARCH_REPORTS, MARCH, APRIL),
        ] {
            let within = moments.iter().copied();
            let within: Vec<Millis> = within
                .filter(|moment| (from..until).contains(moment))
                .collect();
            // Some in the very first and the very last millisecond.
            opened.extend([within[0], within[within.len() - 1]]);
            for _ in 2..count {
                opened.push(*plot.chance.pick(&within).expect("a moment"));
            }
        }
        opened.sort_unstable();
        for (no, at) in (1..).zip(opened) {
            plot.report(no, at);
        }
        (plot, moments)
    }

    fn push(&mut self, at: Millis, act: impl FnOnce(EventId) -> Input) -> EventId {
        let count = self.acts.len();
        let id = EventId::from(format!("$f{count}"));
        self.acts.insert((at, count), act(id.clone()));
        id
    }

    /// Somebody reports something, and others see to it.
    fn report(&mut self, no: usize, at: Millis) {
        let place = drawn(&mut self.chance, &PLACES);
        let home = self.chance.below(HOMES);
        let reporter = match place {
            "staff" => (*self.chance.pick(&["wang", "zhang", "liu"]).expect("staff")).to_owned(),
            "notice" => format!("r{}x{home}", 1 + self.chance.below(3)),
            building => format!("r{building}x{home}"),
        };
        let reporter = estate::user(&reporter);
        let names_home = place == "notice" && self.chance.one_in(3);
        let text = if self.chance.one_in(30) {
            *self.chance.pick(&DANGERS).expect("a danger")
        } else if names_home {
            *self.chance.pick(&ADDRESSED).expect("a report")
        } else {
            drawn(&mut self.chance, &REPORTS)
        };
        let room = estate::room(place);
        let (here, by) = (room.clone(), reporter.clone());
        let report = self.push(at, |id| message((here, id), by, at, said_text(text), None));
        let workers = if self.chance.one_in(2) {
            ["wang", "zhang"]
        } else {
            ["zhang", "wang"]
        };
        let matter = Matter {
            no,
            room,
            reporter,
            report,
            workers: workers.map(estate::user),
        };
        let path = drawn(&mut self.chance, &self.paths);
        self.follow(&matter, at, path);
    }

    fn follow(&mut self, matter: &Matter, opened: Millis, path: &str) {
        let (mut at, mut last) = (opened, matter.report.clone());
        for step in path.split(';') {
            let (delay, act) = step.trim().split_once(' ').expect("a delay");
            let (who, act) = act.split_once(' ').expect("somebody");
            at = at.plus(self.delay(delay));
            last = self.act(matter, at, who, act, last);
        }
    }

    fn delay(&mut self, name: &str) -> i64 {
        let between = match name {
            "at-once" => (0, 4),
            "shortly" => (5, 45),
            "soon" => drawn(&mut self.chance, &SOON),
            "hours" => (20, 540),
            "day" => (480, 1_800),
            "days" => (2_000, 13_000),
            other => panic!("no length of time is called {other}"),
        };
        minutes(&mut self.chance, between)
    }

    /// One step of a path.
    fn act(&mut self, matter: &Matter, at: Millis, who: &str, act: &str, last: EventId) -> EventId {
        let (room, sender) = (matter.room.clone(), matter.person(who));
        let (verb, words) = act.split_once(' ').unwrap_or((act, ""));
        let thread = Some(matter.report.clone());
        match verb {
            "replies" => self.push(at, |id| {
                message((room, id), sender, at, said_text(words), thread)
            }),
            "shows" => self.push(at, |id| message((room, id), sender, at, picture(), thread)),
            "taps" => self.push(at, |id| {
                Input::Reaction(Reaction {
                    room,
                    id,
                    sender,
                    at,
                    target: matter.card(),
                    key: words.to_owned(),
                })
            }),
            "undoes" => self.push(at, |id| {
                Input::Redaction(Redaction {
                    room,
                    id,
                    sender,
                    at,
                    target: last,
                })
            }),
            "posts" => self.push(at, |_| posted(matter)),
            _ => {
                let text = self.command(act, matter.no);
                let room = if who == "reporter" {
                    room
                } else {
                    estate::room("staff")
                };
                self.push(at, |id| {
                    message((room, id), sender, at, said_text(&text), None)
                })
            }
        }
    }

    fn command(&mut self, act: &str, no: usize) -> String {
        let earlier = no.saturating_sub(1 + self.chance.below(10)).max(1);
        let stars = drawn(&mut self.chance, &[(6, 5), (3, 4), (2, 3), (1, 2), (1, 1)]);
        act.replace('#', &no.to_string())
            .replace('←', &earlier.to_string())
            .replace('★', &stars.to_string())
    }
}

fn said_text(text: &str) -> Content {
    Content {
        text: text.to_owned(),
        ..Content::default()
    }
}

fn picture() -> Content {
    let media = Media {
        kind: MediaKind::Image,
        url: "mxc://hexie.test/lamp".to_owned(),
        content: r#"{"msgtype":"m.image","url":"mxc://hexie.test/lamp","body":"lamp.jpg"}"#
            .to_owned(),
    };
    Content {
        media: Some(media),
        ..Content::default()
    }
}

fn message(
    (room, id): (RoomId, EventId),
    sender: UserId,
    at: Millis,
    content: Content,
    thread: Option<EventId>,
) -> Input {
    Input::Message(Message {
        room,
        id,
        sender,
        at,
        content,
        reply_to: None,
        thread,
        mark: None,
    })
}

/// The card has come to be an event, on which people tap.
fn posted(matter: &Matter) -> Input {
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

/// The members of a building's room, who were there before linli.
fn roster(building: &str) -> Batch {
    let room = estate::room(building);
    let member = |home: usize| {
        let user = estate::user(&format!("r{building}x{home}"));
        let (unit, floor, door) = (1 + home % 2, 1 + home / 4, 1 + home / 2 % 2);
        Member {
            room: room.clone(),
            id: None,
            sender: user.clone(),
            user,
            at: Millis(0),
            name: Some(format!("{building}-{unit}-{floor}0{door} 王")),
            membership: Membership::Join,
            reason: None,
            before: None,
        }
    };
    Batch::Roster {
        members: (0..HOMES).map(member).collect(),
        room: room.clone(),
    }
}

// ---- The engine at work ----

/// The settings as in production, but for two long lists that say nothing of how it is counted.
fn world() -> World {
    let section = json!({"morning_list": false, "weekly_list": false});
    estate::world_set(features::ALL, "tickets", &section)
}

/// The store of the simulation. What is to be sent counts as sent at once. Sled gets what was committed on a day in one
/// piece: waiting for the disk after each step would take longer than everything else.
#[derive(Clone)]
struct Ledger(Arc<Mutex<Pages>>);

struct Pages {
    memory: Memory,
    sled: Sled,
    day: Commit,
}

impl Ledger {
    fn open(path: &Path) -> Self {
        Self(Arc::new(Mutex::new(Pages {
            memory: Memory::default(),
            sled: Sled::open(path).expect("a store"),
            day: Commit::default(),
        })))
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An engine that knows of nothing that is still to be sent.
    fn engine(&self) -> Engine {
        Engine::open(world(), Box::new(self.clone())).expect("an engine")
    }

    fn end_day(&self) {
        let mut pages = self.pages();
        let day = std::mem::take(&mut pages.day);
        pages.sled.commit(&day).expect("a commit");
    }
}

impl View for Ledger {
    fn get(&self, key: &Key) -> Result<Option<String>, Fault> {
        self.pages().memory.get(key)
    }

    fn scan(
        &self,
        prefix: &str,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<(Key, String)>, Fault> {
        self.pages().memory.scan(prefix, after, limit)
    }

    fn row(&self, txn: &Txn) -> Result<Option<Row>, Fault> {
        self.pages().memory.row(txn)
    }
}

impl Store for Ledger {
    fn commit(&mut self, commit: &Commit) -> Result<(), StoreError> {
        let Commit {
            records,
            timers,
            fired,
            rows: _,
            settled: _,
            cursor,
        } = commit;
        let kept = Commit {
            records: records.clone(),
            timers: timers.clone(),
            fired: fired.clone(),
            cursor: cursor.clone(),
            ..Commit::default()
        };
        let mut pages = self.pages();
        pages.memory.commit(&kept)?;
        // Within one commit what is set comes after what has fired.
        pages.day.timers.retain(|timer| !fired.contains(timer));
        pages.day.absorb(kept);
        Ok(())
    }

    fn rows(&self) -> Result<Vec<Row>, StoreError> {
        self.pages().memory.rows()
    }

    fn due(&self, until: Millis, limit: usize) -> Result<Vec<Timer>, StoreError> {
        self.pages().memory.due(until, limit)
    }

    fn cursor(&self) -> Result<Option<Cursor>, StoreError> {
        self.pages().memory.cursor()
    }
}

/// Plays everything, with what it leaves in the store of this data folder.
fn play(data: &Path) {
    let (plot, moments) = Plot::made();
    let mut acts = plot.acts;
    let ledger = Ledger::open(&data.join("store"));
    let mut engine = ledger.engine();
    for building in ["1", "2", "3"] {
        let before = FEBRUARY.plus(-DAY_MS);
        let aside = engine.take(&roster(building), before).expect("a step");
        assert!(aside.is_empty(), "{aside:?}");
    }
    for (count, now) in (1_usize..).zip(moments) {
        let later = acts.split_off(&(now.plus(1), 0));
        step(&mut engine, std::mem::replace(&mut acts, later), now);
        if count.is_multiple_of(80) {
            ledger.end_day();
            engine = ledger.engine();
        }
    }
    ledger.end_day();
}

/// Fires the timers that are due, and takes in what has happened.
fn step(engine: &mut Engine, acts: BTreeMap<(Millis, usize), Input>, now: Millis) {
    let due = engine.store().due(now, usize::MAX).expect("timers");
    let inputs = due.into_iter().map(Input::Timer);
    let batch = Batch::Inputs(inputs.chain(acts.into_values()).collect());
    let mut aside = engine.take(&batch, now).expect("a step");
    aside.extend(engine.fire(now).expect("a step"));
    assert!(aside.is_empty(), "{aside:?}");
}

/// What the manager is answered who asks for March, and that a chart comes with it.
fn told(data: &Path) -> String {
    let sled = Sled::open(&data.join("store")).expect("a store");
    let mut engine = Engine::open(world(), Box::new(sled)).expect("an engine");
    let question = EventId::from("$question");
    let (room, sender) = (estate::room("staff"), estate::user("lin"));
    let content = said_text("!stats 2026-03");
    let asked = message((room.clone(), question.clone()), sender, NOW, content, None);
    let aside = engine.take(&Batch::Inputs(vec![asked]), NOW);
    assert!(aside.expect("a step").is_empty());
    let mut rows = engine.store().rows().expect("rows");
    rows.retain(|row| row.txn.input() == question.as_str() && row.room == room);
    let [said, drawn] = rows.as_slice() else {
        panic!("no answer and a chart, but {rows:?}");
    };
    let Effect::Post(post) = &said.effect else {
        panic!("no answer, but {said:?}");
    };
    assert!(matches!(drawn.effect, Effect::Draw { .. }), "{drawn:?}");
    post.content.text.clone()
}

// ---- The export ----

/// A configuration of the same estate.
const CONFIG: &str = r#"data = "data"
[account]
homeserver = "http://127.0.0.1:9"
user = "@linli:hexie.test"
[[community]]
id = "hexie"
name = "和谐花园"
language = "zh-CN"
timezone = "Asia/Shanghai"
hours = "08:00-20:00"
[community.rooms]
space = "!space:hexie.test"
staff = "!staff:hexie.test"
notice = "!notice:hexie.test"
[[community.building]]
name = "1"
units = ["1", "2"]
room = "!1:hexie.test"
[[community.building]]
name = "2"
units = ["1", "2"]
room = "!2:hexie.test"
[[community.building]]
name = "3"
units = ["1", "2"]
room = "!3:hexie.test"
[[community.person]]
user = "@wang:hexie.test"
name = "王师傅"
roles = ["staff"]
trades = ["electric"]
[[community.person]]
user = "@zhang:hexie.test"
name = "张师傅"
roles = ["staff"]
trades = ["plumbing"]
[[community.person]]
user = "@liu:hexie.test"
name = "前台小刘"
roles = ["staff"]
trades = ["desk"]
[[community.person]]
user = "@zhou:hexie.test"
name = "管理员老周"
roles = ["moderator"]
[[community.person]]
user = "@lin:hexie.test"
name = "林经理"
roles = ["manager"]
[community.features.tickets]
morning_list = false
weekly_list = false
"#;

/// A ticket as it was exported. Of the columns only those are read that its history does not tell; the others are what
/// this is held against.
struct Exported {
    columns: Value,
    lines: Vec<Line>,
}

/// A line of its history.
struct Line {
    at: i64,
    what: String,
    by: String,
    by_reporter: bool,
    stars: Option<u64>,
}

impl Line {
    fn of(line: &Value) -> Self {
        let text = |key: &str| line[key].as_str().expect("a text");
        let at = DateTime::parse_from_rfc3339(text("at")).expect("a moment");
        Self {
            at: at.timestamp_millis(),
            what: text("what").to_owned(),
            by: text("by").to_owned(),
            by_reporter: line["by_reporter"].as_bool().expect("a flag"),
            stars: line["detail"].as_u64().filter(|_| text("what") == "rated"),
        }
    }
}

/// Runs the program itself, and reads what it has written.
fn exported(folder: &Path) -> Vec<Exported> {
    let (config, file) = (folder.join("linli.toml"), folder.join("out.jsonl"));
    std::fs::write(&config, CONFIG).expect("a configuration");
    let mut command = Command::new(program());
    command.args(["export", "tickets"]).arg(&file);
    command.args(["--history", "--config"]).arg(&config);
    let output = command.output().expect("the program");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let written = std::fs::read_to_string(&file).expect("a file");
    let ticket = |line: &str| {
        let columns: Value = serde_json::from_str(line).expect("JSON");
        let history = columns["history"].as_array().expect("a history");
        Exported {
            lines: history.iter().map(Line::of).collect(),
            columns,
        }
    };
    written.lines().map(ticket).collect()
}

// ---- The other computation ----

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// Open, and it is staff's turn.
    Runs,
    /// Open, and others' turn.
    Waits,
    Done,
    Confirmed,
    Cancelled,
    Declined,
    Merged,
}

impl Stand {
    /// Where a step leads; None for what is no step.
    fn after(step: &str) -> Option<Self> {
        Some(match step {
            "claim" | "assign" | "unclaim" | "set-out" | "start" | "answer" | "resume"
            | "undone" | "reopen" | "unmerge" => Self::Runs,
            "ask-resident" | "put-off" => Self::Waits,
            "done" => Self::Done,
            "confirm" => Self::Confirmed,
            "cancel" => Self::Cancelled,
            "decline" => Self::Declined,
            "merge" => Self::Merged,
            _ => return None,
        })
    }

    fn is_open(self) -> bool {
        matches!(self, Self::Runs | Self::Waits)
    }

    fn is_finished(self) -> bool {
        matches!(self, Self::Done | Self::Confirmed)
    }

    /// Its name in the export, where it is closed.
    fn closed_name(self) -> Option<&'static str> {
        match self {
            Self::Runs | Self::Waits => None,
            Self::Done => Some("done"),
            Self::Confirmed => Some("confirmed"),
            Self::Cancelled => Some("cancelled"),
            Self::Declined => Some("declined"),
            Self::Merged => Some("merged"),
        }
    }
}

/// How a ticket went.
#[derive(Debug)]
struct Tale {
    opened: Millis,
    stand: Stand,
    answer_ms: Option<i64>,
    answer_in_time: Option<bool>,
    resolve_ms: Option<i64>,
    resolve_in_time: Option<bool>,
    was_done: bool,
    /// How often it was opened again after it was done.
    reopened: u64,
    has_waited: bool,
    stars: Option<u64>,
}

/// What is promised: the time, and whether it passes in the hours of work only.
#[derive(Clone, Copy)]
struct Promise {
    answer_ms: i64,
    in_hours: bool,
    resolve_ms: i64,
}

impl Promise {
    fn of(urgency: &str) -> Self {
        let (answer_ms, in_hours, resolve_ms) = match urgency {
            "P0" => (5 * MINUTE_MS, false, DAY_MS),
            "P1" | "P2" => (15 * MINUTE_MS, true, DAY_MS),
            "P3" => (12 * HOUR_MS, true, 7 * DAY_MS),
            other => panic!("no urgency is called {other}"),
        };
        Self {
            answer_ms,
            in_hours,
            resolve_ms,
        }
    }

    fn answer_took(self, from: i64, until: i64) -> i64 {
        if self.in_hours {
            worked(from, until)
        } else {
            until - from
        }
    }
}

/// How much time between two moments lies in the hours of work, from eight to twenty each day.
fn worked(from: i64, until: i64) -> i64 {
    let day = |at: i64| (at + 8 * HOUR_MS).div_euclid(DAY_MS);
    let on = |day: i64| {
        let midnight = day * DAY_MS - 8 * HOUR_MS;
        let begins = from.max(midnight + 8 * HOUR_MS);
        let ends = until.min(midnight + 20 * HOUR_MS);
        (ends - begins).max(0)
    };
    (day(from)..=day(until)).map(on).sum()
}

impl Exported {
    fn column(&self, name: &str) -> Option<&str> {
        self.columns[name].as_str()
    }

    fn told(&self) -> Tale {
        let promise = Promise::of(self.column("urgency").expect("an urgency"));
        let opened = self.lines.first().filter(|line| line.what == "opened");
        let opened = opened.expect("a beginning").at;
        let mut tale = Tale {
            opened: Millis(opened),
            stand: Stand::Runs,
            answer_ms: None,
            answer_in_time: None,
            resolve_ms: None,
            resolve_in_time: None,
            was_done: false,
            reopened: 0,
            has_waited: false,
            stars: None,
        };
        for line in &self.lines {
            tale.hear(line);
        }
        let answered = self.lines.iter().find(|line| is_answer(line));
        let took = promise.answer_took(opened, answered.map_or(NOW.0, |line| line.at));
        let is_over = took > promise.answer_ms;
        if answered.is_some() {
            tale.answer_ms = Some(took);
            tale.answer_in_time = Some(!is_over);
        } else if tale.stand.is_open() && is_over {
            tale.answer_in_time = Some(false);
        }
        let ran = ran_ms(opened, &self.lines);
        let is_over = ran > promise.resolve_ms;
        if tale.stand.is_finished() {
            tale.resolve_ms = Some(ran);
            tale.resolve_in_time = Some(!is_over);
        } else if tale.stand.is_open() && is_over {
            tale.resolve_in_time = Some(false);
        }
        tale
    }
}

impl Tale {
    fn hear(&mut self, line: &Line) {
        if line.what == "rated" {
            self.stars = line.stars;
        }
        let Some(stand) = Stand::after(&line.what) else {
            return;
        };
        if line.what == "reopen" && self.stand.is_finished() {
            self.reopened += 1;
        }
        self.was_done |= stand.is_finished();
        self.has_waited |= stand == Stand::Waits;
        self.stand = stand;
    }
}

/// Whether a line answers the reporter: a step of staff, or what they say or show of somebody else's report.
fn is_answer(line: &Line) -> bool {
    let is_step = Stand::after(&line.what).is_some();
    let is_word = matches!(
        line.what.as_str(),
        "said" | "showed" | "withdrawn" | "promised"
    );
    line.by == "staff" && (is_step || is_word && !line.by_reporter)
}

/// How long it was staff's turn, until it was last done or until now.
fn ran_ms(opened: i64, lines: &[Line]) -> i64 {
    let mut stretches = vec![(opened, None)];
    for line in lines {
        let Some(stand) = Stand::after(&line.what) else {
            continue;
        };
        let running = stretches.last_mut().filter(|(_, ended)| ended.is_none());
        match (stand == Stand::Runs, running) {
            (true, Some(_)) => {}
            (true, None) if line.what == "undone" => {
                stretches.last_mut().expect("the one that was done").1 = None;
            }
            (true, None) => stretches.push((line.at, None)),
            (false, Some((_, ended))) => *ended = Some(line.at),
            (false, None) if line.what == "done" => stretches.push((line.at, Some(line.at))),
            (false, None) => {}
        }
    }
    let stretches = stretches.into_iter();
    stretches
        .map(|(began, ended)| ended.unwrap_or(NOW.0) - began)
        .sum()
}

/// A ticket, and how it went.
type Both<'t> = (&'t Exported, &'t Tale);

/// So many of so many.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    part: usize,
    whole: usize,
}

impl Share {
    /// Those of them that are so.
    fn of(all: impl Iterator<Item = bool>) -> Self {
        let mut share = Self::default();
        for is_so in all {
            share.whole += 1;
            share.part += usize::from(is_so);
        }
        share
    }

    /// In percent, rounded half up.
    fn percent(self) -> Option<String> {
        let Self { part, whole } = self;
        let percent = (200 * part + whole).checked_div(2 * whole)?;
        Some(percent.to_string())
    }
}

/// Times that were measured, and how many of those that can be judged were kept.
#[derive(Debug)]
struct Timed {
    /// The shortest first.
    took: Vec<i64>,
    in_time: Share,
}

impl Timed {
    fn of(took: impl Iterator<Item = i64>, in_time: impl Iterator<Item = bool>) -> Self {
        let mut took: Vec<i64> = took.collect();
        took.sort_unstable();
        Self {
            took,
            in_time: Share::of(in_time),
        }
    }

    /// What so many percent did not exceed, in words.
    fn within(&self, percent: usize) -> Option<String> {
        let place = (self.took.len() * percent).div_ceil(100);
        let ms = self.took.get(place.checked_sub(1)?)?;
        Some(length(*ms))
    }
}

/// A length of time in words.
fn length(ms: i64) -> String {
    let nearest = |unit: i64| (ms + unit / 2) / unit * unit / MINUTE_MS;
    let minutes = if ms < 10 * HOUR_MS {
        nearest(MINUTE_MS).max(1)
    } else {
        nearest(HOUR_MS)
    };
    let parts = [
        (minutes / 1_440, "天"),
        (minutes / 60 % 24, "小时"),
        (minutes % 60, "分钟"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).take(2);
    parts
        .map(|(count, unit)| format!("{count}{unit}"))
        .collect()
}

/// The figures of some tickets.
#[derive(Debug)]
struct Figures {
    reported: usize,
    done: usize,
    open: usize,
    cancelled: usize,
    declined: usize,
    merged: usize,
    answer: Timed,
    resolve: Timed,
    reopened: Share,
    stars: Vec<u64>,
}

impl Figures {
    fn of(tickets: &[Both<'_>]) -> Self {
        let tales = || tickets.iter().map(|(_, tale)| *tale);
        let stand = |is_so: &dyn Fn(Stand) -> bool| tales().filter(|t| is_so(t.stand)).count();
        let finished = tales().filter(|tale| tale.was_done);
        Self {
            reported: tickets.len(),
            done: stand(&Stand::is_finished),
            open: stand(&Stand::is_open),
            cancelled: stand(&|stand| stand == Stand::Cancelled),
            declined: stand(&|stand| stand == Stand::Declined),
            merged: stand(&|stand| stand == Stand::Merged),
            answer: Timed::of(
                tales().filter_map(|tale| tale.answer_ms),
                tales().filter_map(|tale| tale.answer_in_time),
            ),
            resolve: Timed::of(
                tales().filter_map(|tale| tale.resolve_ms),
                tales().filter_map(|tale| tale.resolve_in_time),
            ),
            reopened: Share::of(finished.map(|tale| tale.reopened > 0)),
            stars: tales().filter_map(|tale| tale.stars).collect(),
        }
    }

    /// The mean of the stars to the tenth, rounded half up.
    fn mean(&self) -> String {
        let raters = u64::try_from(self.stars.len()).expect("a small number");
        let tenths = (10 * self.stars.iter().sum::<u64>() + raters / 2) / raters;
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

// ---- The words ----

/// A sentence of linli's.
fn said(key: &str, args: &[(&str, &str)]) -> String {
    let mut lines = SENTENCES.lines();
    let found = lines.find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
    let mut text = found.expect("a sentence").trim().to_owned();
    for (name, value) in args {
        text = text.replace(&format!("{{ ${name} }}"), value);
    }
    text
}

fn before(value: &str) -> String {
    said("stats-before", &[("value", value)])
}

/// The lines that must be told of a month beside the one before.
fn sentences(own: &Figures, last: &Figures) -> Vec<String> {
    let reported = said(
        "stats-reported",
        &[
            ("reported", &own.reported.to_string()),
            ("before", &before(&last.reported.to_string())),
            ("done", &own.done.to_string()),
            ("open", &own.open.to_string()),
            ("cancelled", &own.cancelled.to_string()),
            ("declined", &own.declined.to_string()),
            ("merged", &own.merged.to_string()),
        ],
    );
    let reopened = |of: &Figures| of.reopened.percent().expect("some were done");
    let stars = said(
        "stats-stars",
        &[
            ("stars", &own.mean()),
            ("count", &own.stars.len().to_string()),
            ("before", &before(&last.mean())),
        ],
    );
    vec![
        said("stats-head", &[("name", "2026年3月")]),
        reported,
        timed("stats-answer", &own.answer, &last.answer),
        timed("stats-resolve", &own.resolve, &last.resolve),
        said(
            "stats-reopened",
            &[
                ("share", &reopened(own)),
                ("before", &before(&format!("{}%", reopened(last)))),
            ],
        ),
        stars,
    ]
}

/// How the line about all that is open now begins.
fn backlog(open: usize) -> String {
    let line = said("stats-backlog", &[("count", &open.to_string())]);
    let end = line.find('，').expect("the oldest");
    line[..end].to_owned() + "，"
}

fn timed(key: &str, own: &Timed, last: &Timed) -> String {
    let within = |of: &Timed, percent| of.within(percent).expect("some were measured");
    let in_time = |of: &Timed| of.in_time.percent().expect("some were judged");
    let last = format!("{} {}%", within(last, 50), in_time(last));
    said(
        key,
        &[
            ("median", &within(own, 50)),
            ("ninth", &within(own, 90)),
            ("share", &said("stats-in-time", &[("share", &in_time(own))])),
            ("before", &before(&last)),
        ],
    )
}

/// What tickets are grouped by: the key of the head, and what a ticket is called there.
type Group = (&'static str, fn(&Exported) -> String);

const GROUPS: [Group; 3] = [
    ("stats-by-category", |ticket| {
        let category = ticket.column("category").unwrap_or("none");
        said(&format!("category-{category}"), &[])
    }),
    ("stats-by-trade", |ticket| {
        let trade = ticket.column("trade").expect("a trade");
        said(&format!("trade-{trade}"), &[])
    }),
    ("stats-by-building", |ticket| {
        let building = ticket.column("building");
        let elsewhere = || said("stats-elsewhere", &[]);
        building.map_or_else(elsewhere, |name| format!("{name}号楼"))
    }),
];

/// The rows that tell of tickets in groups, with how many each tells of.
fn grouped(tickets: &[Both<'_>], name: fn(&Exported) -> String) -> Vec<(usize, String)> {
    let mut groups: BTreeMap<String, Vec<Both<'_>>> = BTreeMap::new();
    for (ticket, tale) in tickets {
        groups.entry(name(ticket)).or_default().push((ticket, tale));
    }
    let row = |(name, own): (String, Vec<Both<'_>>)| {
        let figures = Figures::of(&own);
        let share = figures.answer.in_time.percent();
        let share = share.map_or_else(|| "—".to_owned(), |share| format!("{share}%"));
        let took = figures.resolve.within(50);
        let args = [
            ("what", name.as_str()),
            ("reported", &figures.reported.to_string()),
            ("share", &share),
            ("took", took.as_deref().unwrap_or("—")),
        ];
        (figures.reported, said("stats-row", &args))
    };
    groups.into_iter().map(row).collect()
}

/// The rows that were told below a head.
fn group<'l>(lines: &[&'l str], head: &str) -> Vec<&'l str> {
    let head = said(head, &[]);
    let below = lines.iter().skip_while(|line| **line != head).skip(1);
    let rows = below.take_while(|line| line.starts_with("· "));
    rows.copied().collect()
}

/// The largest groups must have been told, the largest first; among equals it is not said which.
#[track_caller]
fn assert_group(told: &[&str], mut expected: Vec<(usize, String)>) {
    expected.sort_by(|one, other| other.cmp(one));
    let count = |row: &&str| {
        let found = expected.iter().find(|(_, expected)| expected == row);
        let found = found.unwrap_or_else(|| panic!("{row}\nis none of {expected:#?}"));
        found.0
    };
    let counts: Vec<usize> = told.iter().map(count).collect();
    let largest: Vec<usize> = expected.iter().map(|(count, _)| *count).take(8).collect();
    assert_eq!(counts, largest, "{told:?}");
    let apart: BTreeSet<&&str> = told.iter().collect();
    assert_eq!(apart.len(), told.len(), "{told:?}");
}

// ---- Checks of the check ----

/// The export says the same of what is closed; of what is open it speaks by another clock.
#[track_caller]
fn assert_same(ticket: &Exported, tale: &Tale) {
    let Some(state) = tale.stand.closed_name() else {
        return;
    };
    let columns = &ticket.columns;
    let exported = (
        columns["state"].as_str(),
        columns["answer_in_time"].as_bool(),
        columns["resolve_in_time"].as_bool(),
        columns["stars"].as_u64(),
        columns["reopened"].as_u64(),
    );
    let own = (
        Some(state),
        tale.answer_in_time,
        tale.resolve_in_time,
        tale.stars,
        Some(tale.reopened),
    );
    assert_eq!(exported, own, "{columns}");
}

/// Everything that is counted must have happened often enough.
fn assert_not_hollow(tickets: &[Exported], tales: &[Tale]) {
    let count = |is_one: &dyn Fn(&Tale) -> bool| tales.iter().filter(|tale| is_one(tale)).count();
    let stands = |stand: Stand| count(&|tale| tale.stand == stand);
    let lines = || tickets.iter().flat_map(|ticket| &ticket.lines);
    let by_linli = |what: &str| {
        let own = lines().filter(|line| line.by == "linli" && line.what == what);
        own.count()
    };
    let taken_back = |line: &&Line| line.what == "rated" && line.stars.is_none();
    let is_night = |tale: &Tale| worked(tale.opened.0, tale.opened.0 + 1) == 0;
    let urgency = |name: &str| {
        let own = tickets.iter().filter(|t| t.column("urgency") == Some(name));
        own.count()
    };
    for (what, found, least) in [
        ("answered", count(&|t| t.answer_ms.is_some()), 4_000),
        ("in time", count(&|t| t.answer_in_time == Some(true)), 500),
        ("late", count(&|t| t.answer_in_time == Some(false)), 500),
        (
            "done soon",
            count(&|t| t.resolve_in_time == Some(true)),
            500,
        ),
        (
            "done late",
            count(&|t| t.resolve_in_time == Some(false)),
            100,
        ),
        ("reopened", count(&|t| t.reopened > 0), 500),
        ("waited", count(&|t| t.has_waited), 500),
        ("rated", count(&|t| t.stars.is_some()), 500),
        ("stars taken back", lines().filter(taken_back).count(), 20),
        ("at night", count(&is_night), 300),
        ("open", count(&|t| t.stand.is_open()), 50),
        ("done", stands(Stand::Done), 10),
        ("confirmed", stands(Stand::Confirmed), 100),
        ("cancelled", stands(Stand::Cancelled), 100),
        ("declined", stands(Stand::Declined), 100),
        ("merged", stands(Stand::Merged), 100),
        ("claims that expired", by_linli("unclaim"), 20),
        ("confirmed by time", by_linli("confirm"), 100),
        ("taken apart by linli", by_linli("unmerge"), 1),
        ("P0", urgency("P0"), 100),
        ("P1", urgency("P1"), 300),
        ("P2", urgency("P2"), 300),
        ("P3", urgency("P3"), 300),
    ] {
        assert!(found >= least, "only {found} of at least {least}: {what}");
    }
}
