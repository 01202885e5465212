//! One story: people, a bot, a homeserver, and everything that can go wrong between them.

use std::collections::BTreeMap;

use linli::{
    domain::{
        feature::Feature,
        feature::World,
        ids::{HOUR_MS, Millis, RoomId},
    },
    features,
    store::Store as _,
};

use super::{
    chance::Chance,
    known,
    order::{
        acts::{self, Acts},
        chronicle,
        verify::{self as order, Checked},
    },
    play::{self, People},
    rules::Stand,
    spam::{
        acts as adverts,
        verify::{self as spam},
    },
    verify,
};
use crate::fake::{
    estate,
    kept::Death,
    robot::Robot,
    server::{Server, Weather},
};

/// The features of stories whose models know nothing of adverts.
pub static WITHOUT_SPAM: &[Feature] = &[
    features::moderation::FEATURE,
    features::lists::FEATURE,
    features::raid::FEATURE,
    features::naming::FEATURE,
    features::tickets::FEATURE,
    features::rules::FEATURE,
    features::admission::FEATURE,
    features::help::FEATURE,
];

/// What a story is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plot {
    /// What residents report, and what becomes of it.
    Tickets,
    /// The same where things mostly go well, and staff go on until a ticket is at its end.
    Work,
    /// Names and sanctions too.
    Order,
    /// Adverts and what moderators say of them.
    Spam,
}

/// How the bot is broken on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    No,
    /// A row leaves the store before the homeserver has it.
    SettleFirst,
    /// The cursor is committed before the records that belong to it.
    CursorFirst,
    /// What holds members silent is forgotten at each start.
    HoldsForgotten,
    /// What fell due while the bot was down is dropped at the next start.
    TimersDropped,
    /// Nothing is removed without a tap.
    SpamStays,
}

/// What a story tells of itself.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub events: usize,
    pub tickets: usize,
    /// How often each step of a ticket was taken: what was done, and where it began.
    pub steps: BTreeMap<(&'static str, Stand), usize>,
    /// How often staff were called because of a clock, and how many claims were over because nothing followed.
    pub called: (usize, usize),
    /// How many reports joined a ticket, became one of their own, and were inherited.
    pub joined: (usize, usize, usize),
    /// How often stars changed, and how often managers had to look into few.
    pub rated: (usize, usize),
    pub crashes: usize,
    pub order: Checked,
    pub spam: spam::Checked,
}

impl Told {
    /// Adds what another story tells.
    pub fn add(&mut self, other: Self) {
        self.events += other.events;
        self.tickets += other.tickets;
        for (step, times) in other.steps {
            *self.steps.entry(step).or_default() += times;
        }
        self.called.0 += other.called.0;
        self.called.1 += other.called.1;
        self.joined.0 += other.joined.0;
        self.joined.1 += other.joined.1;
        self.joined.2 += other.joined.2;
        self.rated.0 += other.rated.0;
        self.rated.1 += other.rated.1;
        self.crashes += other.crashes;
        self.order.add(other.order);
        self.spam.add(other.spam);
    }
}

struct Story {
    plot: Plot,
    server: Server,
    robot: Robot,
    people: People,
    /// How the rooms were before anything happened.
    before: Server,
    chance: Chance,
    /// How far the bot's clock is from the homeserver's.
    skew_ms: i64,
    trace: bool,
    /// How often something goes wrong: once in so many steps.
    trouble: usize,
    steps: usize,
}

/// Plays the story of a seed and checks how it ends.
///
/// # Errors
/// What was wrong at the end.
pub fn play(seed: u64, plot: Plot, broken: Broken, trace: bool) -> Result<Told, String> {
    let mut story = Story::new(seed, plot, broken, trace);
    for _ in 0..story.steps {
        story.step();
    }
    story.calm();
    if let Some(acts) = story.people.order.as_ref().filter(|_| trace) {
        chronicle::print(&story.server, &story.robot, &acts.meant);
    }
    verify::verify(&story.server, &mut story.robot)?;
    let mut spam = spam::Checked::default();
    if plot == Plot::Spam {
        spam = spam::verify(&story.server, &story.robot, &story.before)?;
    }
    let mut checked = Checked::default();
    if let Some(Acts { meant, .. }) = &story.people.order {
        checked = order::verify(&story.server, &story.robot, meant)?;
    }
    let model = verify::model_of(&story.server, &story.robot);
    Ok(Told {
        events: story.server.events.len(),
        tickets: model.tickets.len(),
        called: (
            model
                .tickets
                .iter()
                .map(|ticket| ticket.clocks.called)
                .sum(),
            model.expired,
        ),
        joined: model.joined,
        rated: model.rated(),
        steps: model.steps,
        crashes: story.robot.crashes,
        order: checked,
        spam,
    })
}

impl Story {
    fn new(seed: u64, plot: Plot, broken: Broken, trace: bool) -> Self {
        let mut chance = Chance::new(seed);
        let mut server = match plot {
            Plot::Tickets | Plot::Work => estate::homeserver(),
            Plot::Order => acts::homeserver(&mut chance),
            Plot::Spam => adverts::homeserver(),
        };
        let mut robot = match plot {
            Plot::Tickets | Plot::Work | Plot::Order => {
                Robot::serving(|| unasked(estate::world(WITHOUT_SPAM)), server.now)
            }
            Plot::Spam => {
                let enforce = broken != Broken::SpamStays;
                Robot::serving(move || unasked(adverts::world(enforce)), server.now)
            }
        };
        robot.settle_down(&mut server);
        robot.settle_first = broken == Broken::SettleFirst;
        robot.holds_forgotten = broken == Broken::HoldsForgotten;
        robot.timers_dropped = broken == Broken::TimersDropped;
        robot.kept.state().cursor_first = broken == Broken::CursorFirst;
        server.trace = trace;
        server.whole_joins = plot == Plot::Order && known::REJOINED_UNREAD;
        server.window = 1 + chance.below(8);
        server.page_size = 1 + chance.below(6);
        let trouble = [4, 10, 30, 1_000_000][chance.below(4)];
        let steps = 60 + chance.below(240);
        let order = (plot == Plot::Order).then(Acts::default);
        let before = server.clone();
        Self {
            before,
            plot,
            server,
            robot,
            people: People::new(order, plot == Plot::Work),
            chance,
            skew_ms: 0,
            trace,
            trouble,
            steps,
        }
    }

    fn note(&self, what: &str) {
        if self.trace && !what.is_empty() {
            eprintln!("[{}] {what}", self.server.now.0 - estate::START_MS);
        }
    }

    fn step(&mut self) {
        self.robot.clock = Millis(self.server.now.0 + self.skew_ms);
        if self.plot == Plot::Order && self.chance.one_in(16) {
            let hours = self.chance.ms(72);
            self.sleep(hours);
        }
        if self.plot == Plot::Work && self.chance.one_in(8) {
            self.rest();
        }
        // In steps, so that what falls due one after the other is met one by one.
        if self.plot == Plot::Work && self.chance.one_in(12) {
            for _ in 0..self.chance.below(12) {
                let hours = self.chance.ms(5);
                self.sleep(hours);
                self.robot.fire();
            }
        }
        match self.chance.below(10) {
            0..=3 => self.somebody_acts(),
            4 => {
                let ms = self.chance.ms(40_000);
                self.server.pass(ms);
            }
            _ => self.bot_step(),
        }
        if self.chance.one_in(self.trouble) {
            self.go_wrong();
        }
    }

    /// All that there is to do is done, where nothing keeps the bot from it.
    fn rest(&mut self) {
        if !self.server.weather.outage
            && self.server.weather.limit.is_none()
            && self.server.weather.refusing.is_empty()
            && self.robot.kept.state().death.is_none()
        {
            self.breaks_off();
            self.robot.settle_down(&mut self.server);
        }
    }

    fn somebody_acts(&mut self) {
        let (server, chance) = (&mut self.server, &mut self.chance);
        let done = if self.plot == Plot::Spam {
            let done = adverts::act(server, chance);
            done.map_or_else(String::new, |id| play::told(server, &id))
        } else {
            self.people.act(server, chance)
        };
        self.note(&done);
    }

    fn bot_step(&mut self) {
        let (server, robot) = (&mut self.server, &mut self.robot);
        let what = self.chance.below(12);
        match what {
            0 | 1 => robot.ask(server),
            2 | 3 => robot.take_in(),
            4 => robot.fetch(server),
            5 => robot.take_fetched(self.chance.below(3)),
            6 => robot.fire(),
            7 | 8 => {
                for _ in 0..=self.chance.below(5) {
                    robot.begin();
                }
            }
            9 | 10 => {
                let at = self.chance.below(robot.under_way.len().max(1));
                robot.arrive(at, server);
            }
            _ => {
                for _ in 0..=self.chance.below(5) {
                    robot.arrive(0, server);
                    robot.hear(0, false);
                }
            }
        }
        self.note(&format!(
            "bot step {what}; {} under way, {} fetched, read to {:?}",
            self.robot.under_way.len(),
            self.robot.fetched.len(),
            self.robot.kept.cursor().ok().flatten()
        ));
    }

    fn go_wrong(&mut self) {
        let what = self.chance.below(11);
        self.note(&format!("trouble {what}"));
        match what {
            0 => self.robot.crash(),
            1 => self.robot.die_at_commit(Death::Before),
            2 => self.robot.die_at_commit(Death::After),
            3 => {
                // The homeserver has it, and nobody will ever hear of it.
                while self.robot.begin() {}
                for at in 0..self.robot.under_way.len() {
                    self.robot.arrive(at, &mut self.server);
                }
                self.robot.crash();
            }
            4 => {
                let at = self.chance.below(self.robot.under_way.len().max(1));
                self.robot.hear(at, true);
            }
            5 => self.server.weather.outage ^= true,
            6 => {
                self.server.weather.limit = match self.server.weather.limit {
                    Some(_) => None,
                    None => Some((9, 5_000)),
                };
            }
            7 => self.refuse(),
            8 => self.jump(),
            9 => self.come_or_go(),
            _ => {
                // A burst, so that windows overflow.
                for _ in 0..self.chance.below(25) {
                    self.somebody_acts();
                }
            }
        }
    }

    fn refuse(&mut self) {
        let room = self.chance.pick(&estate::ROOMS).expect("rooms");
        let room = estate::room(room);
        if !self.server.weather.refusing.remove(&room) {
            self.server.weather.refusing.insert(room);
        }
    }

    /// Time jumps: the bot's clock is set, or everybody sleeps for a long time.
    fn jump(&mut self) {
        match self.chance.below(4) {
            0 => self.skew_ms += self.chance.ms(3_600_000),
            1 => self.skew_ms -= self.chance.ms(3_600_000),
            2 => self.skew_ms = 0,
            _ => {
                self.breaks_off();
                let hours = self.chance.ms(80);
                self.server.pass(hours * HOUR_MS);
            }
        }
    }

    /// What is under way breaks off in so long a time.
    fn breaks_off(&mut self) {
        while !self.robot.under_way.is_empty() {
            self.robot.hear(0, true);
        }
    }

    /// Everybody sleeps for a long time.
    fn sleep(&mut self, hours: i64) {
        self.breaks_off();
        self.server.pass(hours * HOUR_MS);
        self.robot.clock = Millis(self.server.now.0 + self.skew_ms);
    }

    fn come_or_go(&mut self) {
        let room = self.chance.pick(&estate::ROOMS).expect("rooms");
        let room = estate::room(room);
        let bot = self.server.bot.clone();
        if self.plot == Plot::Order && known::REJOINED_UNREAD && !self.has_read_own_standing(&room)
        {
            return;
        }
        if self.server.is_in(&room, &bot) {
            self.server.leave(&room, &bot);
        } else {
            self.server.join(&room, &bot, "邻里");
        }
    }

    /// True where the bot has read of its last coming into a room or going from it.
    fn has_read_own_standing(&self, room: &RoomId) -> bool {
        let own = self.server.standing(room, &self.server.bot);
        let read = self.robot.kept.cursor().expect("a cursor");
        let read = read.and_then(|cursor| cursor.0[1..].parse::<usize>().ok());
        own.is_some_and(|own| read.is_some_and(|read| read > own.at))
    }

    /// All is well again, and the bot works until it comes to rest.
    fn calm(&mut self) {
        self.server.weather = Weather::default();
        self.robot.kept.state().death = None;
        if self.plot == Plot::Order && known::REJOINED_UNREAD {
            self.robot.response = None;
            self.robot.ask(&self.server);
            self.robot.take_in();
        }
        let bot = self.server.bot.clone();
        for room in estate::ROOMS.map(estate::room) {
            if !self.server.is_in(&room, &bot) {
                self.server.join(&room, &bot, "邻里");
            }
        }
        self.robot.clock = Millis(self.server.now.0 + self.skew_ms);
        self.breaks_off();
        self.robot.settle_down(&mut self.server);
        for _ in 0..10 {
            if !self.robot.retry_wedged() {
                break;
            }
            self.robot.settle_down(&mut self.server);
        }
    }
}

/// The same settings, where nobody is asked for what their report leaves out: the model reads no addresses.
fn unasked(world: World) -> World {
    estate::set(world, "tickets", &serde_json::json!({"ask_missing": false}))
}
