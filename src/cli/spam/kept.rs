//! What moderators have said of messages, as linli keeps it: from the process that runs, or from the store where none
//! runs.

use std::{io::Write as _, path::PathBuf};

use anyhow::Context as _;

use super::read::{Read, Row};
use crate::{
    cli::{ConfigArguments, Failure, kept::records},
    config::Config,
    features::spam::learn::Example,
};

/// What `linli spam export` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,
    /// Where the lines are written: a label, a tab, a text
    file: PathBuf,
}

/// Writes what moderators have said of messages.
///
/// # Errors
/// Where the store cannot be read, or the file not written.
pub async fn export(arguments: &Arguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    let kept = kept(&config).await?;
    let mut text = String::new();
    for row in &kept.rows {
        let label = if row.is_spam { "spam" } else { "ham" };
        text.push_str(&format!("{label}\t{}\n", row.text));
    }
    std::fs::write(&arguments.file, text)
        .with_context(|| format!("Cannot write '{}'", arguments.file.display()))?;
    let said = writeln!(
        std::io::stdout(),
        "{} decisions in '{}'.",
        kept.rows.len(),
        arguments.file.display()
    );
    said.map_err(Failure::other)
}

/// What is kept of all communities, in one line each.
///
/// # Errors
/// Where the store cannot be read.
pub async fn kept(config: &Config) -> Result<Read, Failure> {
    let mut rows = Vec::new();
    for community in &config.communities {
        let examples: Vec<Example> = records(config, community).await?;
        rows.extend(examples.into_iter().map(|example| Row {
            is_spam: example.spam,
            text: example.text.replace(['\n', '\r'], " "),
        }));
    }
    Ok(Read {
        name: "what moderators said".to_owned(),
        rows,
    })
}
