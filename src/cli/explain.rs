//! `linli explain`

use std::{
    io::{BufRead as _, Write as _},
    path::PathBuf,
};

use anyhow::Context as _;

use super::Failure;
use crate::{
    config::Config,
    text::{address::Registry, explain, intent::Surroundings},
};

/// What `linli explain` takes.
#[derive(clap::Args)]
pub struct Arguments {
    /// Each line is a JSON object with "text", and optionally "building" (of the room), "sender" (their display
    /// name) and "lang"
    #[arg(long)]
    jsonl: bool,
    /// Only addresses of this configuration's first community are taken for addresses, and the bot is also called by
    /// its names there
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The name by which the bot is called after an `@`
    #[arg(long, default_value = "linli")]
    bot_name: Vec<String>,
}

/// Reads sentences from standard input and writes a JSON object for each.
///
/// # Errors
/// Names the line that cannot be understood.
pub fn explain(arguments: &Arguments) -> Result<(), Failure> {
    let mut names = arguments.bot_name.clone();
    let registry = match &arguments.config {
        None => Registry::default(),
        Some(path) => {
            let config = Config::load(path)?;
            names.extend(config.account.names);
            let first = config.communities.into_iter().next();
            first
                .map(|community| community.registry)
                .unwrap_or_default()
        }
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let around = Surroundings {
        building: None,
        sender: None,
        registry: &registry,
        mentions_bot: false,
        has_media: false,
        bot_names: &names,
    };
    let mut out = std::io::stdout().lock();
    for (at, line) in std::io::stdin().lock().lines().enumerate() {
        let number = at + 1;
        let line = line.with_context(|| format!("Cannot read line {number}"))?;
        let line = line.trim_start_matches('\u{FEFF}');
        if arguments.jsonl && line.trim().is_empty() {
            continue;
        }
        let told = if arguments.jsonl {
            explain::object(number, line, &around).map_err(Failure::data)?
        } else {
            explain::line(line, &around)
        };
        match writeln!(out, "{told}") {
            // Whoever read us has enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            other => other.map_err(Failure::other)?,
        }
    }
    Ok(())
}
