//! The session: a password login once, then the same device for ever. A new device would forget which transaction
//! ids it used, and every key it was given.

use std::{
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use matrix_sdk::{
    Client, ClientBuildError,
    authentication::matrix::MatrixSession,
    config::RequestConfig,
    encryption::{BackupDownloadStrategy, EncryptionSettings, recovery::RecoveryState},
    store::StateStoreDataKey,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tracing::{info, warn};

use super::account::Account;
use crate::clock;

/// How to log in.
#[derive(Clone, Debug)]
pub struct Login {
    pub homeserver: String,
    /// The user's localpart or whole id.
    pub user: String,
    /// Needed the first time only.
    pub password: Option<SecretString>,
    /// The recovery key of an account that had encryption before linli got it.
    pub recovery_key: Option<SecretString>,
    pub device_name: String,
}

/// What is kept between starts, for the eyes of linli's own user only.
#[derive(Serialize, Deserialize)]
struct Kept {
    homeserver: String,
    session: MatrixSession,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recovery_key: Option<String>,
}

/// SQLite's words for SQLITE_FULL; the SDK hands on no code.
pub(super) const DISK_FULL: &str = "database or disk is full";

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    #[error(
        "the disk that holds linli's data is full: make room there and start linli again; nothing is lost"
    )]
    DiskFull,
    #[error(
        "the homeserver {homeserver} does not answer ({why}). Check 'account.homeserver' in the configuration and that the homeserver runs"
    )]
    Unreachable { homeserver: String, why: String },
    #[error(
        "the homeserver refuses the password of {user} ({why}). Check 'account.user' and the password"
    )]
    WrongPassword { user: String, why: String },
    #[error(
        "there is no session yet and no password. Set 'account.password_file' in the configuration, or LINLI_PASSWORD in the environment, for the first start"
    )]
    NoPassword,
    #[error(
        "the session in {path} belongs to {kept}, but the configuration says {wanted}. Correct the configuration, or point 'data' to a new folder"
    )]
    Other {
        path: String,
        kept: String,
        wanted: String,
    },
    #[error("the file {path} cannot be read or written: {why}")]
    File { path: String, why: String },
    #[error("the encryption of this account could not be set up: {0}")]
    Encryption(String),
    #[error("the session could not be taken up: {0}")]
    Failed(String),
}

/// A session, and the recovery key where it was made just now and must be shown to the administrator.
pub struct Opened {
    pub client: Client,
    pub fresh_recovery_key: Option<SecretString>,
}

/// Where a session is kept in the data folder.
#[must_use]
pub fn file(data: &Path) -> PathBuf {
    data.join("session.json")
}

/// Takes up the session kept in the data folder, or logs in and keeps it.
///
/// # Errors
/// Says in a sentence what is wrong and where to look.
pub async fn open(login: &Login, data: &Path) -> Result<Opened, SessionError> {
    let path = file(data);
    match read(&path)? {
        Some(kept) => {
            let client = build(&kept.homeserver, data).await?;
            resume(login, &path, kept, client).await
        }
        None => {
            let client = build(&login.homeserver, data).await?;
            log_in(login, &path, client).await
        }
    }
}

/// The kept session as a plain account, for requests that the SDK has no part in; None before the first login.
///
/// # Errors
/// Where the file cannot be read.
pub fn plain(data: &Path) -> Result<Option<Account>, SessionError> {
    let Some(kept) = read(&file(data))? else {
        return Ok(None);
    };
    let meta = &kept.session.meta;
    // Above all that another plain account on this device can have used.
    let first_transaction = u64::try_from(clock::now().0).unwrap_or(0);
    Account::resume(
        &kept.homeserver,
        meta.user_id.as_str(),
        meta.device_id.as_str(),
        &kept.session.tokens.access_token,
        first_transaction,
    )
    .map(Some)
    .map_err(|error| SessionError::Failed(error.to_string()))
}

/// Whether a recovery key is kept.
///
/// # Errors
/// Where the file cannot be read.
pub fn has_recovery_key(data: &Path) -> Result<bool, SessionError> {
    Ok(read(&file(data))?.is_some_and(|kept| kept.recovery_key.is_some()))
}

async fn build(homeserver: &str, data: &Path) -> Result<Client, SessionError> {
    Client::builder()
        .homeserver_url(homeserver)
        .sqlite_store(data.join("matrix"), None)
        .request_config(
            RequestConfig::new()
                .disable_retry()
                .timeout(Duration::from_secs(60)),
        )
        .with_encryption_settings(EncryptionSettings {
            auto_enable_cross_signing: true,
            backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
            auto_enable_backups: true,
        })
        .build()
        .await
        .map_err(|error| {
            if error.to_string().contains(DISK_FULL) {
                SessionError::DiskFull
            } else if matches!(error, ClientBuildError::SqliteStore(_)) {
                let place = data.join("matrix");
                SessionError::Failed(format!(
                    "the SDK's own store {} cannot be opened ({error})",
                    place.display()
                ))
            } else {
                SessionError::Unreachable {
                    homeserver: homeserver.to_owned(),
                    why: error.to_string(),
                }
            }
        })
}

async fn resume(
    login: &Login,
    path: &Path,
    kept: Kept,
    client: Client,
) -> Result<Opened, SessionError> {
    let user = kept.session.meta.user_id.to_string();
    if user != login.user && kept.session.meta.user_id.localpart() != login.user {
        return Err(SessionError::Other {
            path: path.display().to_string(),
            kept: user,
            wanted: login.user.clone(),
        });
    }
    // The SDK must not know a sync token: it answers a repeated one with an empty response (matrix-sdk 0.18,
    // `sync_once`), and what we had not committed would be lost.
    client
        .state_store()
        .remove_kv_data(StateStoreDataKey::SyncToken)
        .await
        .map_err(|error| SessionError::Failed(error.to_string()))?;
    client
        .restore_session(kept.session.clone())
        .await
        .map_err(|error| SessionError::Failed(error.to_string()))?;
    // The first start may have been cut off before it had a recovery key.
    let fresh_recovery_key = match kept.recovery_key {
        Some(_) => None,
        // linli can serve without; doctor tells of it.
        None => see_to_recovery(login, path, kept, &client)
            .await
            .unwrap_or_else(|error| {
                warn!(%error, "there is still no recovery key");
                None
            }),
    };
    Ok(Opened {
        client,
        fresh_recovery_key,
    })
}

/// Sets recovery up, and keeps its key with the session.
async fn see_to_recovery(
    login: &Login,
    path: &Path,
    mut kept: Kept,
    client: &Client,
) -> Result<Option<SecretString>, SessionError> {
    client
        .encryption()
        .wait_for_e2ee_initialization_tasks()
        .await;
    let fresh = set_up_recovery(login, client).await?;
    if let Some(key) = fresh.as_ref().or(login.recovery_key.as_ref()) {
        kept.recovery_key = Some(key.expose_secret().to_owned());
        write(path, &kept)?;
    }
    Ok(fresh)
}

async fn log_in(login: &Login, path: &Path, client: Client) -> Result<Opened, SessionError> {
    let password = login.password.as_ref().ok_or(SessionError::NoPassword)?;
    let logged_in = client
        .matrix_auth()
        .login_username(&login.user, password.expose_secret())
        .initial_device_display_name(&login.device_name)
        .send()
        .await;
    if let Err(error) = logged_in {
        let why = error.to_string();
        return Err(
            match error.as_client_api_error().map(|e| e.status_code.as_u16()) {
                Some(status) if (400..500).contains(&status) && status != 429 => {
                    SessionError::WrongPassword {
                        user: login.user.clone(),
                        why,
                    }
                }
                _ => SessionError::Unreachable {
                    homeserver: login.homeserver.clone(),
                    why,
                },
            },
        );
    }
    let session = client
        .matrix_auth()
        .session()
        .ok_or_else(|| SessionError::Failed("the login left no session".to_owned()))?;
    let kept = Kept {
        homeserver: login.homeserver.clone(),
        session,
        recovery_key: None,
    };
    // Kept before anything else is done with it: a lost session is a lost device.
    write(path, &kept)?;
    let fresh_recovery_key = see_to_recovery(login, path, kept, &client).await?;
    info!("logged in; the session is kept");
    Ok(Opened {
        client,
        fresh_recovery_key,
    })
}

/// A recovery key for a new account; the old one's keys for an account that has some.
async fn set_up_recovery(
    login: &Login,
    client: &Client,
) -> Result<Option<SecretString>, SessionError> {
    let failed = |error: &dyn std::fmt::Display| SessionError::Encryption(error.to_string());
    let recovery = client.encryption().recovery();
    match (recovery.state(), &login.recovery_key) {
        (RecoveryState::Enabled, Some(_)) => Ok(None),
        // It was set up by this device, which was cut off before it kept the key: another one takes its place.
        (RecoveryState::Enabled, None) => {
            let key = recovery.reset_key().await.map_err(|error| failed(&error))?;
            Ok(Some(SecretString::from(key)))
        }
        (RecoveryState::Incomplete, Some(key)) => {
            recovery
                .recover(key.expose_secret())
                .await
                .map_err(|error| failed(&error))?;
            Ok(None)
        }
        (RecoveryState::Incomplete, None) => {
            warn!(
                "this account has encrypted before: set 'account.recovery_key_file' so that linli can read what was written earlier"
            );
            Ok(None)
        }
        (RecoveryState::Disabled | RecoveryState::Unknown, _) => {
            let key = recovery.enable().await.map_err(|error| failed(&error))?;
            Ok(Some(SecretString::from(key)))
        }
    }
}

fn read(path: &Path) -> Result<Option<Kept>, SessionError> {
    let failed = |why: String| SessionError::File {
        path: path.display().to_string(),
        why,
    };
    match std::fs::read_to_string(path) {
        Ok(text) => serde_json::from_str(&text)
            .map(Some)
            .map_err(|error| failed(error.to_string())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(error.to_string())),
    }
}

/// Writes beside and renames, so that a crash leaves the old file or the new one.
fn write(path: &Path, kept: &Kept) -> Result<(), SessionError> {
    let failed = |error: std::io::Error| SessionError::File {
        path: path.display().to_string(),
        why: error.to_string(),
    };
    let text = serde_json::to_string_pretty(kept).map_err(|e| failed(e.into()))?;
    let beside = path.with_extension("json.new");
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)
        .map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(failed)
}
