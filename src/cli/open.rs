//! What several subcommands do first: lock the data folder, open the session.

use std::{
    fs::{File, TryLockError},
    io::{IsTerminal as _, Write as _},
    os::unix::fs::DirBuilderExt as _,
    path::Path,
};

use anyhow::Context as _;
use secrecy::ExposeSecret as _;

use super::Failure;
use crate::{
    config::Config,
    matrix::{client::SdkHomeserver, session},
    store::StoreError,
};

/// The data folder, held by this process alone.
pub struct DataFolder {
    _lock: File,
}

/// Makes the data folder if need be, for linli's own user only, and locks it.
///
/// # Errors
/// Where another linli has it, or it cannot be made.
pub fn data_folder(path: &Path) -> Result<DataFolder, Failure> {
    let shown = path.display().to_string();
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("Cannot make the data folder {shown}"))?;
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path.join("lock"))
        .with_context(|| format!("Cannot open the lock in {shown}"))?;
    match file.try_lock() {
        Ok(()) => Ok(DataFolder { _lock: file }),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: shown }.into()),
        Err(TryLockError::Error(error)) => Err(Failure::other(
            anyhow::Error::new(error).context(format!("Cannot lock {shown}")),
        )),
    }
}

/// Where the store of a data folder is.
#[must_use]
pub fn store(data: &Path) -> std::path::PathBuf {
    data.join("store")
}

/// Opens the session, after making sure that the homeserver answers, and shows a fresh recovery key once.
///
/// # Errors
/// Where the homeserver does not answer or refuses the account.
pub async fn homeserver(config: &Config) -> Result<SdkHomeserver, Failure> {
    reachable(&config.account.homeserver).await?;
    let opened = session::open(&config.login()?, &config.data).await?;
    if let Some(key) = &opened.fresh_recovery_key {
        let kept = session::file(&config.data);
        // A secret does not belong into a journal.
        let shown = if std::io::stderr().is_terminal() {
            format!(", shown this once:\n\n    {}\n\n", key.expose_secret())
        } else {
            ". ".to_owned()
        };
        let text = format!(
            "The recovery key of this account is kept in {}{shown}Keep a copy elsewhere: with it, another device can read what this one could.\n",
            kept.display(),
        );
        std::io::stderr()
            .write_all(text.as_bytes())
            .map_err(Failure::other)?;
    }
    let account = session::plain(&config.data)?
        .context("Cannot read back the session that was just opened")?;
    // The outbox waits out limits, and nobody else.
    let server = SdkHomeserver::new(opened.client, account.patient(false));
    Ok(server.keeping(config.copies()))
}

/// Asks the homeserver for its versions.
///
/// # Errors
/// Where it does not answer like a homeserver.
pub async fn reachable(homeserver: &str) -> Result<(), Failure> {
    let url = format!(
        "{}/_matrix/client/versions",
        homeserver.trim_end_matches('/')
    );
    let ask = async {
        let client = reqwest::Client::builder()
            .timeout(std::time::Duration::from_secs(10))
            .build()?;
        client.get(&url).send().await?.error_for_status()
    };
    match ask.await {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::unavailable(anyhow::anyhow!(
            "the homeserver {homeserver} does not answer ({}). Check 'account.homeserver' and that the homeserver runs",
            root(&error)
        ))),
    }
}

/// The innermost cause of an error, which is the one that says something.
fn root(error: &dyn std::error::Error) -> String {
    let mut at = error;
    while let Some(source) = at.source() {
        at = source;
    }
    at.to_string()
}
