//! `linli backup` and `linli restore`

use std::{
    fs::File,
    io::{BufReader, Write as _},
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use super::{ConfigArguments, Failure, open};
use crate::{
    config::Config,
    engine::control::{self, Question, Reply},
    store::{backup as format, sled::Sled},
};

/// What `linli backup` takes.
#[derive(clap::Args)]
pub struct BackupArguments {
    #[command(flatten)]
    config: ConfigArguments,
    /// The new file to write
    #[arg(value_name = "BACKUP")]
    file: PathBuf,
}

/// What `linli restore` takes.
#[derive(clap::Args)]
pub struct RestoreArguments {
    #[command(flatten)]
    config: ConfigArguments,
    /// The backup to restore
    #[arg(value_name = "BACKUP")]
    file: PathBuf,
}

/// Writes a backup: by the linli that runs, or from the store where none runs.
///
/// # Errors
/// Where the file exists already, or the store cannot be read.
pub async fn backup(arguments: BackupArguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    let file = std::path::absolute(&arguments.file).context("Cannot find the current folder")?;
    let question = Question::Backup(file.clone());
    let reply = control::ask(&config.data, &question)
        .await
        .context("Cannot ask the linli that runs")?;
    let lines = match reply {
        Some(Reply::BackedUp(lines)) => lines,
        Some(Reply::Failed(why)) => {
            return Err(Failure::other(anyhow::anyhow!(
                "the backup {} was not written: {why}",
                file.display()
            )));
        }
        Some(Reply::Status(_) | Reply::Records(_) | Reply::Done) => {
            return Err(Failure::other(anyhow::anyhow!(
                "the linli that runs did not understand; is it of another version?"
            )));
        }
        None => from_store(&config, &file)?,
    };
    writeln!(
        std::io::stdout(),
        "{lines} lines were written to {}.",
        file.display()
    )
    .map_err(Failure::other)
}

fn from_store(config: &Config, file: &Path) -> Result<u64, Failure> {
    let _data = open::data_folder(&config.data)?;
    let store = Sled::open(&open::store(&config.data))?;
    let written = format::write_file(&store, file);
    Ok(written.with_context(|| format!("Cannot write the backup {}", file.display()))?)
}

/// Restores a backup into a new store, after reading the whole of it once.
///
/// # Errors
/// Where the backup is not whole, or there is a store already.
pub fn restore(arguments: &RestoreArguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    let _data = open::data_folder(&config.data)?;
    let place = open::store(&config.data);
    if place.exists() {
        return Err(Failure::data(anyhow::anyhow!(
            "there is a store already at {}. Move it away first; nothing was changed",
            place.display()
        )));
    }
    let read = || {
        File::open(&arguments.file)
            .map(BufReader::new)
            .with_context(|| format!("Cannot read the backup {}", arguments.file.display()))
    };
    format::check(read()?)?;
    // Restored beside its place and moved there whole, so that a crash leaves no half of it.
    let beside = place.with_extension("restoring");
    if beside.exists() {
        std::fs::remove_dir_all(&beside)
            .with_context(|| format!("Cannot remove {}", beside.display()))?;
    }
    let mut store = Sled::open(&beside)?;
    let lines = format::restore(read()?, &mut store)?;
    drop(store);
    std::fs::rename(&beside, &place)
        .and_then(|()| File::open(&config.data)?.sync_all())
        .with_context(|| format!("Cannot move the store to {}", place.display()))?;
    writeln!(std::io::stdout(), "{lines} lines were restored.").map_err(Failure::other)
}
