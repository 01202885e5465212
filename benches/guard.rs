//! `cargo bench --bench guard`: how long sending a message takes at a real Synapse that asks linli first, beside one that
//! asks nobody; messages for the one and the other in turn.

#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(clippy::print_stdout, reason = "a bench tells on standard output")]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use linli::{
    demo::{
        bot::Bot,
        estate::{Estate, Plan},
    },
    devserver::{Guard, Options, Synapse},
    text::language::Language,
};

#[path = "support/race.rs"]
mod race;
use race::compare;

/// Messages to each.
const ROUNDS: usize = 200;
/// The first of them are not counted: everything is cold.
const WARM_UP: usize = 10;
const PAUSE: Duration = Duration::from_millis(150);

/// Who speaks by turns, and where: one alone would be stopped for saying too much.
const RESIDENTS: [(&str, &str); 12] = [
    ("zhouwei", "1"),
    ("fenglei", "2"),
    ("wangfang", "3"),
    ("wumin", "1"),
    ("chenxi", "2"),
    ("liming", "3"),
    ("zhengtao", "1"),
    ("chuyan", "2"),
    ("zhaoyi", "3"),
    ("ouyang", "1"),
    ("smith", "2"),
    ("sunli", "3"),
];
/// What they say.
const SAID: &str = include_str!("../src/text/spam/tests/residents.txt");

/// A homeserver with an estate and its bot.
struct Side {
    estate: Estate,
    bot: Bot,
    synapse: Synapse,
    _folder: tempfile::TempDir,
}

impl Side {
    async fn build(guarded: bool) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut options = Options::temporary()?;
        if guarded {
            options.guard = Some(Guard::new("bench")?);
        }
        let section = options.guard.as_ref();
        let section = section.map(|guard| guard.section(folder.path()));
        let section = section.transpose()?.unwrap_or_default();
        let synapse = Synapse::start(options).await?;
        let program = Path::new(env!("CARGO_BIN_EXE_linli"));
        let plan = Plan {
            folder: folder.path(),
            language: Language::Zh,
            program,
            encrypted: false,
            awake: false,
            features: &section,
        };
        let estate = Estate::build(&synapse, &plan).await?;
        let bot = Bot::start(program, &estate.config, &estate.data).await?;
        Ok(Self {
            estate,
            bot,
            synapse,
            _folder: folder,
        })
    }

    async fn send(&self, round: usize) -> Result<Duration> {
        let (login, room) = RESIDENTS[round % RESIDENTS.len()];
        let account = self.estate.account(login)?;
        let text = SAID.lines().nth(round).context("nothing left to say")?;
        let begun = Instant::now();
        account.say(self.estate.room(room)?, text).await?;
        Ok(begun.elapsed())
    }

    async fn end(mut self) -> Result<()> {
        self.bot.stop().await?;
        drop(self.estate);
        self.synapse.stop().await
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let (with, without) = (Side::build(true).await?, Side::build(false).await?);
    let (mut asked, mut not_asked) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS + WARM_UP {
        asked.push(with.send(round).await?);
        tokio::time::sleep(PAUSE).await;
        not_asked.push(without.send(round).await?);
        tokio::time::sleep(PAUSE).await;
    }
    for taken in [&mut asked, &mut not_asked] {
        taken.drain(..WARM_UP);
        taken.sort();
    }
    println!("Sending a message:");
    compare(("with the guard", &asked), ("without", &not_asked), "none");
    with.end().await?;
    without.end().await
}
