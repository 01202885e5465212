//! `cargo bench --bench spam`: linli beside a bare control bot that takes messages away, at the same time, in one room of
//! a real Synapse.
//!
//! The control is a raw `/sync` loop with one substring test and one redaction, and nothing else. Another account sees
//! when a message comes and when it goes. Adverts one at a time, each by an account of its own, in turn with messages
//! for the control. Then a hundred at once by a hundred accounts; and a flood.

#![expect(clippy::print_stdout, reason = "a bench tells on standard output")]

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result};
use futures_util::future::try_join_all;
use linli::{
    demo::{
        bot::Bot,
        estate::{Estate, Plan},
    },
    devserver::{Account, Options, Seen, Synapse},
    text::language::Language,
};
use tokio::task::JoinSet;

#[path = "support/control.rs"]
mod control;
#[path = "support/race.rs"]
mod race;
use control::Does;
use race::{compare, latencies, percentile};

/// Adverts one at a time, in so many starts of the homeserver together.
const ROUNDS: usize = 120;
const STARTS: usize = 6;
/// Adverts at once.
const WAVE: usize = 100;
/// From one message to the next; by then everything that follows from it is done.
const PAUSE: Duration = Duration::from_millis(700);
/// What the control takes away. Whoever writes for it is exempt at linli.
const CONTROLLED: &str = "对照";
const FEATURES: &str = "
[community.features.raid]
auto = false
[community.features.naming]
enforce = false
welcome = false
[community.features.rules]
on_joining = false
[community.features.moderation]
ghosts = [\"@control*:localhost\"]
";

#[tokio::main]
async fn main() -> Result<()> {
    let mut alone = Vec::new();
    for start in 0..STARTS {
        let town = Town::build().await?;
        alone.push(one_at_a_time(&town, start).await?);
        if start + 1 == STARTS {
            in_turn(&alone);
            at_once(&town).await?;
            flood(&town.synapse, &town.estate, &town.room).await?;
        }
        town.end().await?;
    }
    Ok(())
}

/// A homeserver with linli and the control.
struct Town {
    estate: Estate,
    bot: Bot,
    synapse: Synapse,
    room: String,
    /// The control's id.
    control: String,
    controls: JoinSet<Result<()>>,
    _folder: tempfile::TempDir,
}

impl Town {
    async fn build() -> Result<Self> {
        let synapse = Synapse::start(Options::temporary()?).await?;
        let folder = tempfile::tempdir()?;
        let program = Path::new(env!("CARGO_BIN_EXE_linli"));
        let plan = Plan {
            folder: folder.path(),
            language: Language::Zh,
            program,
            encrypted: false,
            awake: false,
            features: FEATURES,
        };
        let estate = Estate::build(&synapse, &plan).await?;
        let bot = Bot::start(program, &estate.config, &estate.data).await?;
        let room = estate.room("3")?.to_owned();
        let account = enter_power(&synapse, &estate, &room, "control").await?;
        let control = account.user_id.clone();
        let mut controls = JoinSet::new();
        controls.spawn(control::raw(account, Does::Remove(CONTROLLED)));
        Ok(Self {
            estate,
            bot,
            synapse,
            room,
            control,
            controls,
            _folder: folder,
        })
    }

    async fn end(mut self) -> Result<()> {
        // A control that has died removes nothing, and says why.
        if let Some(ended) = self.controls.try_join_next() {
            ended??;
        }
        self.controls.shutdown().await;
        self.bot.stop().await?;
        drop(self.estate);
        self.synapse.stop().await
    }
}

/// How long linli and the control took for each of their messages.
async fn one_at_a_time(town: &Town, start: usize) -> Result<[Vec<Duration>; 2]> {
    let (synapse, room) = (&town.synapse, &town.room);
    let rounds = ROUNDS / STARTS;
    let spammers = enter_all(synapse, room, "spammer", rounds).await?;
    let writers = enter_all(synapse, room, "control-writer", rounds).await?;
    for (round, (spammer, writer)) in spammers.iter().zip(&writers).enumerate() {
        let turns = [
            (spammer, advert(start * rounds + round)),
            (writer, format!("{CONTROLLED} {round}")),
        ];
        for (account, text) in turns {
            account.say(room, &text).await?;
            tokio::time::sleep(PAUSE).await;
        }
    }
    let race = Race {
        estate: &town.estate,
    };
    let ours = race.took("@spammer", &town.estate.bot, rounds).await?;
    let theirs = race.took("@control-writer", &town.control, rounds).await?;
    race.sanctioned(room, &spammers, "One at a time").await?;
    Ok([ours, theirs])
}

/// All starts together: whom the homeserver answers first is chance, and stays so until it is started again.
fn in_turn(starts: &[[Vec<Duration>; 2]]) {
    let [ours, theirs] = [0, 1].map(|which| {
        let mut all: Vec<Duration> = starts.iter().flat_map(|took| took[which].clone()).collect();
        all.sort();
        all
    });
    let medians = starts.iter().map(|took| {
        let [ours, theirs] =
            [0, 1].map(|which| percentile(&took[which], 50).as_secs_f64() * 1_000.0);
        format!("{ours:.1} {theirs:.1}")
    });
    println!("One at a time, {} starts of the homeserver:", starts.len());
    println!(
        "  medians of each in ms, linli and the control: {}",
        medians.collect::<Vec<_>>().join("; ")
    );
    compare(("linli", &ours), ("the control", &theirs), "1.15");
}

async fn at_once(town: &Town) -> Result<()> {
    let (synapse, room) = (&town.synapse, &town.room);
    let waves = enter_all(synapse, room, "wave", WAVE).await?;
    let control_waves = enter_all(synapse, room, "control-wave", WAVE).await?;
    try_join_all(waves.iter().map(|one| one.say(room, WAVE_TEXT))).await?;
    tokio::time::sleep(Duration::from_secs(30)).await;
    try_join_all(control_waves.iter().map(|one| one.say(room, CONTROLLED))).await?;
    let race = Race {
        estate: &town.estate,
    };
    let ours = race.took("@wave", &town.estate.bot, WAVE).await?;
    let theirs = race.took("@control-wave", &town.control, WAVE).await?;
    race.sanctioned(room, &waves, "A hundred at once").await?;
    compare(("linli", &ours), ("the control", &theirs), "1.15");
    Ok(())
}

const WAVE_TEXT: &str = "宝妈兼职日结三百，手机就能做，加薇 wave8888 了解";

/// An advert of one of several kinds, with a handle of its own.
fn advert(number: usize) -> String {
    let kinds = [
        "专业代开发票，真实可查，加薇 abc",
        "兼职刷单日结300，想赚钱的宝妈加V：lucky",
        "低息贷款当天放款，不看征信，扣扣 88",
        "正规棋牌平台，首充送彩金，嶶信 play",
        "Personal loans, no credit check, add me on telegram @cash",
        "内部荐股群，每天涨停，➕微 gu",
    ];
    format!("{}{number:04}9", kinds[number % kinds.len()])
}

async fn enter(synapse: &Synapse, room: &str, name: &str) -> Result<Account> {
    let account = synapse.register(name, "secret", None, false).await?;
    account
        .join(&format!("#hexie:{}", synapse.server_name()))
        .await?;
    account.join(room).await?;
    Ok(account)
}

/// The same with the power to remove messages.
async fn enter_power(
    synapse: &Synapse,
    estate: &Estate,
    room: &str,
    name: &str,
) -> Result<Account> {
    let account = enter(synapse, room, name).await?;
    let manager = estate.account("jingli")?;
    manager.set_power_level(room, &account.user_id, 50).await?;
    Ok(account)
}

async fn enter_all(
    synapse: &Synapse,
    room: &str,
    name: &str,
    count: usize,
) -> Result<Vec<Account>> {
    let mut accounts = Vec::new();
    for n in 0..count {
        accounts.push(enter(synapse, room, &format!("{name}{n}")).await?);
    }
    // What their coming asks for is done by then.
    tokio::time::sleep(Duration::from_secs(10)).await;
    Ok(accounts)
}

/// What was seen of both.
struct Race<'r> {
    estate: &'r Estate,
}

impl Race<'_> {
    /// How long somebody took to remove each message of those whose ids begin so, sorted, once all are gone.
    async fn took(&self, senders: &str, remover: &str, count: usize) -> Result<Vec<Duration>> {
        let watcher = &self.estate.watcher;
        let said = |events: &[Seen]| -> Vec<Seen> {
            let of = |seen: &&Seen| {
                seen.sender().starts_with(senders) && seen.kind() == "m.room.message"
            };
            events.iter().filter(of).cloned().collect()
        };
        let gone = |events: &[Seen], seen: &Seen| {
            events.iter().any(|other| gone_by(other) == Some(seen.id()))
        };
        watcher
            .wait_for("all gone", Duration::from_secs(120), |events| {
                let said = said(events);
                (said.len() == count && said.iter().all(|seen| gone(events, seen))).then_some(())
            })
            .await
            .with_context(|| {
                let events = watcher.events();
                let said = said(&events);
                let gone = said.iter().filter(|seen| gone(&events, seen)).count();
                format!("{gone} of {} by {senders} are gone", said.len())
            })?;
        let events = watcher.events();
        let said = said(&events);
        let said: Vec<&Seen> = said.iter().collect();
        Ok(latencies(&said, &events, remover, gone_by))
    }

    /// Tells how many are muted or out, once that has come to rest.
    async fn sanctioned(&self, room: &str, senders: &[Account], what: &str) -> Result<()> {
        let manager = self.estate.account("jingli")?;
        let mut before = None;
        loop {
            let levels = manager.power_levels(room).await?;
            let members = manager.members(room).await?;
            let is_sanctioned = |account: &&Account| {
                let level = levels["users"][&account.user_id].as_i64();
                let member = members.get(&account.user_id);
                let is_in = member.is_some_and(|member| member["membership"] == "join");
                level.is_some_and(|level| level < 0) || !is_in
            };
            let now = senders.iter().filter(is_sanctioned).count();
            if now == senders.len() || before == Some(now) {
                println!(
                    "{what}: all gone; {now} of {} muted or removed, the others warned",
                    senders.len()
                );
                return Ok(());
            }
            before = Some(now);
            tokio::time::sleep(Duration::from_secs(5)).await;
        }
    }
}

/// What a redaction takes away.
fn gone_by(seen: &Seen) -> Option<&str> {
    (seen.kind() == "m.room.redaction").then(|| seen.target())?
}

/// Ten accounts, fifteen messages each, as fast as the homeserver takes them.
async fn flood(synapse: &Synapse, estate: &Estate, room: &str) -> Result<()> {
    let flooders = enter_all(synapse, room, "flooder", 10).await?;
    let flooding = flooders.iter().map(|one| async move {
        for n in 0..15 {
            // Whoever is muted in the midst of it can write no more.
            if one.say(room, &format!("啦啦啦啦 {}", n * 7)).await.is_err() {
                break;
            }
        }
        Ok::<_, anyhow::Error>(())
    });
    try_join_all(flooding).await?;
    let is_flood =
        |seen: &&Seen| seen.sender().starts_with("@flooder") && seen.kind() == "m.room.message";
    let events = estate
        .watcher
        .wait_for("the flood gone", Duration::from_secs(120), |events| {
            let gone = |seen: &Seen| events.iter().any(|other| gone_by(other) == Some(seen.id()));
            let silent = flooders.iter().all(|one| silenced(events, one).is_some());
            (silent && events.iter().filter(is_flood).all(gone)).then(|| events.to_vec())
        })
        .await?;
    let mut mutes = Vec::new();
    let mut ends = Vec::new();
    let mut messages = 0;
    for one in &flooders {
        let said: Vec<&Seen> = events
            .iter()
            .filter(is_flood)
            .filter(|seen| seen.sender() == one.user_id)
            .collect();
        messages += said.len();
        let trips = said.get(9).context("nobody tripped")?.at;
        let silent = silenced(&events, one).context("nobody is silent")?.at;
        let gone = said.iter().filter_map(|seen| {
            let mut events = events.iter();
            events.find(|other| gone_by(other) == Some(seen.id()))
        });
        let last = gone.map(|seen| seen.at).max().context("nothing is gone")?;
        mutes.push(silent.saturating_duration_since(trips));
        ends.push(last.saturating_duration_since(trips));
    }
    mutes.sort();
    ends.sort();
    println!(
        "A flood of 10 accounts, {messages} messages, from the tenth of each: to the mute p50 {:.1?}, at most {:.1?}; to the last removal p50 {:.1?}, at most {:.1?}",
        percentile(&mutes, 50),
        percentile(&mutes, 100),
        percentile(&ends, 50),
        percentile(&ends, 100),
    );
    Ok(())
}

/// When somebody was silenced.
fn silenced<'s>(events: &'s [Seen], account: &Account) -> Option<&'s Seen> {
    events.iter().find(|seen| {
        seen.kind() == "m.room.power_levels"
            && seen.content()["users"][&account.user_id].as_i64() == Some(-1)
    })
}
