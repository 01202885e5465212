//! `linli quarantine`

use std::io::Write as _;

use super::{ConfigArguments, Failure, doctor, outbox};
use crate::{config::Config, domain::input::Operator};

/// What `linli quarantine` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,
    #[command(subcommand)]
    wish: Option<Wish>,
}

#[derive(clap::Subcommand)]
enum Wish {
    /// Decide events again, all of them or one: after an update that mends their fault
    Retry {
        /// The event's id, as `linli quarantine` shows it
        event: Option<String>,
    },
    /// Forget an event for good
    Dismiss {
        /// The event's id, as `linli quarantine` shows it
        event: String,
    },
}

/// Shows the events whose decision failed, or asks the linli that runs to decide them again or to forget one.
///
/// # Errors
/// Where the store cannot be read, or linli does not run and something should be changed.
pub async fn quarantine(arguments: Arguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    let set_aside = doctor::status(&config).await?.quarantined;
    let wishes = match arguments.wish {
        None => return show(&set_aside),
        Some(Wish::Dismiss { event }) => vec![Operator::Dismiss(event)],
        Some(Wish::Retry { event: Some(event) }) => vec![Operator::DecideAgain(event)],
        Some(Wish::Retry { event: None }) => {
            let events = set_aside.into_iter();
            events.map(|(id, _)| Operator::DecideAgain(id)).collect()
        }
    };
    outbox::carry_out(&config, wishes).await
}

fn show(set_aside: &[(String, String)]) -> Result<(), Failure> {
    let mut lines = vec![format!("{} events were set aside.", set_aside.len())];
    lines.extend(set_aside.iter().map(|(id, why)| format!("{id}\n  {why}")));
    writeln!(std::io::stdout(), "{}", lines.join("\n")).map_err(Failure::other)
}
