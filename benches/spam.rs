//! `cargo bench --bench spam`: linli beside a bare control bot that takes messages away, at the same time, in one room of
//! a real Synapse.
//!
//! The control is a raw `/sync` loop with one substring test and one redaction, and nothing else. Another account sees
//! when a message comes and when it goes. Adverts one at a time, each by an account of its own, in turn with messages
//! for the control, and for a second control that does the same on the SDK that linli stands on: what that takes is no
//! bot's to save. Then a hundred at once by a hundred accounts; and a flood.

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

/// Adverts one at a time.
const ROUNDS: usize = 120;
/// Adverts at once.
const WAVE: usize = 100;
/// From one message to the next; by then everything that follows from it is done.
const PAUSE: Duration = Duration::from_millis(700);
/// What the controls take away. Whoever writes for them is exempt at linli.
const CONTROLLED: &str = "对照";
const CONTROLLED_ON_SDK: &str = "参照";
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
    let synapse = Synapse::start(Options::temporary()?).await?;
    let folder = tempfile::tempdir()?;
    let program = Path::new(env!("CARGO_BIN_EXE_linli"));
    let plan = Plan {
        folder: folder.path(),
        language: Language::Zh,
        program,
        encrypted: false,
        features: FEATURES,
    };
    let estate = Estate::build(&synapse, &plan).await?;
    let mut bot = Bot::start(program, &estate.config, &estate.data).await?;
    let room = estate.room("3")?.to_owned();
    let raw = enter_power(&synapse, &estate, &room, "control").await?;
    let on_sdk = enter_power(&synapse, &estate, &room, "control-on-sdk").await?;
    let ids = [raw.user_id.clone(), on_sdk.user_id.clone()];
    let store = tempfile::tempdir()?;
    let store_of_sdk = store.path().to_owned();
    let mut controls = JoinSet::new();
    controls.spawn(control::raw(raw, Does::Remove(CONTROLLED)));
    controls.spawn(async move {
        let does = Does::Remove(CONTROLLED_ON_SDK);
        control::on_sdk(on_sdk, "secret", &store_of_sdk, does).await
    });

    let spammers = enter_all(&synapse, &room, "spammer", ROUNDS).await?;
    let writer = enter(&synapse, &room, "control-writer").await?;
    let writer_for_sdk = enter(&synapse, &room, "control-sdk-writer").await?;
    for (round, spammer) in spammers.iter().enumerate() {
        let turns = [
            (spammer, advert(round)),
            (&writer, format!("{CONTROLLED} {round}")),
            (&writer_for_sdk, format!("{CONTROLLED_ON_SDK} {round}")),
        ];
        for (account, text) in turns {
            account.say(&room, &text).await?;
            tokio::time::sleep(PAUSE).await;
        }
        // A control that has died removes nothing, and says why.
        if let Some(ended) = controls.try_join_next() {
            ended??;
        }
    }
    let race = Race { estate: &estate };
    let ours = ("@spammer", &spammers[..]);
    race.told("One at a time:", ours, (&ids[0], "@control-writer", ROUNDS))
        .await?;
    let theirs = (ids[1].as_str(), "@control-sdk-writer", ROUNDS);
    race.told("The same beside the SDK alone:", ours, theirs)
        .await?;

    let waves = enter_all(&synapse, &room, "wave", WAVE).await?;
    let control_waves = enter_all(&synapse, &room, "control-wave", WAVE).await?;
    try_join_all(waves.iter().map(|one| one.say(&room, WAVE_TEXT))).await?;
    tokio::time::sleep(Duration::from_secs(30)).await;
    try_join_all(control_waves.iter().map(|one| one.say(&room, CONTROLLED))).await?;
    let theirs = (ids[0].as_str(), "@control-wave", WAVE);
    race.told("A hundred at once:", ("@wave", &waves), theirs)
        .await?;

    flood(&synapse, &estate, &room).await?;
    controls.shutdown().await;
    bot.stop().await?;
    drop(estate);
    synapse.stop().await
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
    /// Waits until everything is gone and everybody sanctioned, and tells how long it took.
    async fn told(
        &self,
        what: &str,
        (prefix, senders): (&str, &[Account]),
        (control, control_prefix, count): (&str, &str, usize),
    ) -> Result<()> {
        let said = |events: &[Seen], prefix: &str| -> Vec<Seen> {
            let of =
                |seen: &&Seen| seen.sender().starts_with(prefix) && seen.kind() == "m.room.message";
            events.iter().filter(of).cloned().collect()
        };
        let room = self.estate.room("3")?;
        let watcher = &self.estate.watcher;
        watcher
            .wait_for("all gone", Duration::from_secs(120), |events| {
                let gone = |seen: &Seen| {
                    events.iter().any(|other| {
                        other.kind() == "m.room.redaction" && other.target() == Some(seen.id())
                    })
                };
                let (ours, theirs) = (said(events, prefix), said(events, control_prefix));
                let all = ours.len() == senders.len() && theirs.len() == count;
                (all && ours.iter().chain(&theirs).all(gone)).then_some(())
            })
            .await
            .with_context(|| {
                let events = watcher.events();
                let gone =
                    |seen: &&Seen| events.iter().any(|other| gone_by(other) == Some(seen.id()));
                let [ours, theirs] = [prefix, control_prefix].map(|prefix| said(&events, prefix));
                let left = |said: &[Seen]| {
                    format!("{} of {}", said.iter().filter(gone).count(), said.len())
                };
                format!(
                    "{what} gone are {} of ours and {} of the control's",
                    left(&ours),
                    left(&theirs)
                )
            })?;
        let sanctioned = self.sanctioned(room, senders).await?;
        println!(
            "{what} all gone; {sanctioned} of {} muted or removed, the others warned",
            senders.len()
        );
        let events = watcher.events();
        let (ours, theirs) = (said(&events, prefix), said(&events, control_prefix));
        let of = |said: &[Seen], sender: &str| {
            let said: Vec<&Seen> = said.iter().collect();
            latencies(&said, &events, sender, gone_by)
        };
        compare(
            ("linli's removal", &of(&ours, &self.estate.bot)),
            ("the control's removal", &of(&theirs, control)),
            "1.15",
        );
        Ok(())
    }

    /// How many are muted or out, once that has come to rest.
    async fn sanctioned(&self, room: &str, senders: &[Account]) -> Result<usize> {
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
                return Ok(now);
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
