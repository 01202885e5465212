//! `linli ticket`

use anyhow::anyhow;

use super::{ConfigArguments, Failure, kept};
use crate::{
    config::Config,
    features::tickets::{self, caller},
};

/// What `linli ticket` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,
    /// The community's id; needed only where there are several
    #[arg(long, value_name = "ID", global = true)]
    community: Option<String>,
    #[command(subcommand)]
    wish: Wish,
}

#[derive(clap::Subcommand)]
enum Wish {
    /// Open a ticket for somebody who has called or written, as staff do with !for
    Open {
        /// Who and what, such as "3-2-501 Mrs Smith 13800001111 the tap drips"
        call: String,
    },
}

/// Asks the linli that runs to open a ticket.
///
/// # Errors
/// Where the words name no home or no matter, or none runs.
pub async fn ticket(arguments: Arguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    let community = kept::community(&config, arguments.community.as_deref())?;
    let Wish::Open { call } = arguments.wish;
    if !caller::is_call(&call, &community.registry) {
        return Err(Failure::usage(anyhow!(
            "'{call}' must begin with a home or a building of the community, and say what it is about, such as \
             \"3-2-501 Mrs Smith 13800001111 the tap drips\""
        )));
    }
    kept::wish(
        &config,
        community,
        tickets::NAME,
        &caller::Wish::Open { call },
    )
    .await
}
