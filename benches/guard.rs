//! `cargo bench --bench guard`: how long sending a message takes at a real Synapse that asks linli first, beside one that
//! asks nobody; messages for the one and the other in turn.

#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(clippy::print_stdout, reason = "a bench tells on standard output")]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;
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
        let account = self.estate.account("wangfang")?;
        let text = format!("今天小区门口有卖西瓜的，挺甜的，第{round}次");
        let begun = Instant::now();
        account.say(self.estate.room("3")?, &text).await?;
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
