//! `linli outbox`

use std::io::Write as _;

use anyhow::Context as _;

use super::{ConfigArguments, Failure, doctor};
use crate::{
    config::Config,
    domain::{ids::Txn, input::Operator},
    engine::control::{self, Question, Reply, Status, Wedged},
};

/// What `linli outbox` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,
    #[command(subcommand)]
    wish: Option<Wish>,
}

#[derive(clap::Subcommand)]
enum Wish {
    /// Try to send rows again that could not be sent, all of them or one
    Retry {
        /// The row's transaction id, as `linli outbox` shows it
        row: Option<String>,
    },
    /// Give a row up for good
    GiveUp {
        /// The row's transaction id, as `linli outbox` shows it
        row: String,
    },
}

/// Shows what could not be sent, or asks the linli that runs to retry it or give it up.
///
/// # Errors
/// Where the store cannot be read, or linli does not run and something should be changed.
pub async fn outbox(arguments: Arguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    let status = doctor::status(&config).await?;
    let wishes = match arguments.wish {
        None => return show(&status),
        Some(Wish::GiveUp { row }) => vec![Operator::GiveUp(Txn::from(row))],
        Some(Wish::Retry { row: Some(row) }) => vec![Operator::Retry(Txn::from(row))],
        Some(Wish::Retry { row: None }) => {
            let rows = status.wedged.into_iter();
            rows.map(|row| Operator::Retry(row.txn)).collect()
        }
    };
    carry_out(&config, wishes).await
}

/// Asks the linli that runs for what its operator wishes.
///
/// # Errors
/// Where none runs, or it fails.
pub(super) async fn carry_out(config: &Config, wishes: Vec<Operator>) -> Result<(), Failure> {
    for wish in wishes {
        let reply = control::ask(&config.data, &Question::Operator(wish))
            .await
            .context("Cannot ask the linli that runs")?;
        match reply {
            Some(Reply::Done) => {}
            Some(Reply::Failed(why)) => return Err(Failure::other(anyhow::anyhow!(why))),
            Some(_) | None => {
                return Err(Failure::other(anyhow::anyhow!(
                    "linli does not run on {}; start it first",
                    config.data.display()
                )));
            }
        }
    }
    writeln!(std::io::stdout(), "Done.").map_err(Failure::other)
}

fn show(status: &Status) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let mut lines = vec![format!("{} rows wait to be sent.", status.waiting)];
    let entry = |row: &Wedged| format!("{}\n  room {}\n  {}", row.txn, row.room, row.why);
    lines.extend(status.wedged.iter().map(entry));
    if !status.struggling.is_empty() {
        lines.push("Tried many times, and tried again:".to_owned());
        lines.extend(status.struggling.iter().map(entry));
    }
    writeln!(out, "{}", lines.join("\n")).map_err(Failure::other)
}
