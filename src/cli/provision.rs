//! `linli provision`

use std::io::Write as _;

use super::{ConfigArguments, Failure, open};
use crate::{
    config::Config,
    matrix::{
        account::Error,
        provision::{ProvisionError, provision as carry_out},
        session,
    },
};

/// What `linli provision` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,
    /// Only list what would be done
    #[arg(long)]
    dry_run: bool,
}

/// Makes or adopts the space and rooms that the configuration names.
///
/// # Errors
/// The first thing that could not be done, with its cure. Running it again goes on from there.
pub async fn provision(arguments: Arguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    open::reachable(&config.account.homeserver).await?;
    let account = match session::plain(&config.data)? {
        Some(account) => account,
        None => {
            // The first login, so that the bot's own device makes the rooms.
            let _data = open::data_folder(&config.data)?;
            open::homeserver(&config).await?;
            session::plain(&config.data)?.ok_or(session::SessionError::NoPassword)?
        }
    };
    let steps = carry_out(&account, &config, arguments.dry_run)
        .await
        .map_err(|error| match &error {
            ProvisionError::Request {
                error: Error::Unreachable { .. },
                ..
            } => Failure::unavailable(error),
            ProvisionError::Request { .. }
            | ProvisionError::ForeignAlias { .. }
            | ProvisionError::NotIn { .. }
            | ProvisionError::TooWeak { .. } => Failure::other(error),
        })?;
    let mut out = std::io::stdout().lock();
    for step in &steps {
        writeln!(out, "{}: {}", step.room, step.what).map_err(Failure::other)?;
    }
    let summary = match (steps.len(), arguments.dry_run) {
        (0, _) => "Everything is as the configuration says.".to_owned(),
        (n, true) => format!("{n} steps would be taken; nothing was changed."),
        (n, false) => format!("{n} steps were taken."),
    };
    writeln!(out, "{summary}").map_err(Failure::other)
}
