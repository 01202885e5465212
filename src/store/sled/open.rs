//! Opening sled's folder, and what sled can say on the way: each of its errors and panics as one of ours.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    thread,
    time::Duration,
};

use crate::store::StoreError;

/// Bytes of sled's page cache; its default is a gigabyte.
const CACHE_BYTES: u64 = 32 * 1024 * 1024;
/// Bytes of sled's file that no store reaches before its making is finished: with the layout it has 138, and each
/// commit adds at least 24.
const UNBORN_BYTES_MAX: u64 = 160;
/// How often a store that is in use is tried, and the wait between: 1 s in all.
const TRIES_MAX: u32 = 50;
const WAIT: Duration = Duration::from_millis(20);

/// Opens sled in a folder, or makes it there.
pub(super) fn open(path: &Path) -> Result<sled::Db, StoreError> {
    let shown = path.display().to_string();
    clear_leftovers(path).map_err(|error| write_error(&error))?;
    let mut tries = 1;
    loop {
        let opened = guard(&shown, || {
            sled::Config::new()
                .path(path)
                .cache_capacity(CACHE_BYTES)
                .flush_every_ms(None)
                .open()
                .map_err(|error| open_error(&shown, error))
        })?;
        match opened {
            // sled lets go of its file a moment after it was dropped, from a thread of its own.
            Err(StoreError::InUse { .. }) if tries < TRIES_MAX => {
                tries += 1;
                thread::sleep(WAIT);
            }
            Ok(db) => {
                // sled wrote a snapshot under a new name.
                sync(path).map_err(|error| write_error(&error))?;
                return Ok(db);
            }
            Err(error) => return Err(error),
        }
    }
}

/// Clears away what a loss of power or a kill leaves behind and sled then stumbles over.
fn clear_leftovers(path: &Path) -> io::Result<()> {
    let conf = path.join("conf");
    let file = match File::options().write(true).open(path.join("db")) {
        Err(error) if error.kind() == ErrorKind::NotFound => return remove(&conf),
        opened => opened?,
    };
    // Where another process has the store, sled says so in a moment.
    if file.try_lock().is_err() {
        return Ok(());
    }
    // A store whose making was cut short holds nothing yet, and sled may not be able to read its settings.
    if file.metadata()?.len() <= UNBORN_BYTES_MAX {
        file.set_len(0)?;
        remove(&conf)?;
    }
    // sled takes an unfinished snapshot for the newest one, and refuses the store. It can do without any.
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Err(_) | Ok(()) => Ok(()),
    }
}

/// Makes a file, or the names in a folder, survive a loss of power.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Runs what may panic inside sled.
pub(super) fn guard<T>(path: &str, work: impl FnOnce() -> T) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| StoreError::Damaged {
        path: path.to_owned(),
        why: panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "sled gave no reason".to_owned()),
    })
}

fn open_error(path: &str, error: sled::Error) -> StoreError {
    let why = error.to_string();
    match error {
        sled::Error::Io(_) if why.contains("could not acquire lock") => StoreError::InUse {
            path: path.to_owned(),
        },
        sled::Error::Io(io) if is_full(&io) => write_error(&io),
        sled::Error::Corruption { .. } => StoreError::Damaged {
            path: path.to_owned(),
            why,
        },
        sled::Error::Io(_)
        | sled::Error::CollectionNotFound(_)
        | sled::Error::Unsupported(_)
        | sled::Error::ReportableBug(_) => StoreError::Open {
            path: path.to_owned(),
            why,
        },
    }
}

/// What an error of an open store means.
pub(super) fn error(path: &str, error: sled::Error) -> StoreError {
    match error {
        sled::Error::Io(error) => write_error(&error),
        sled::Error::Corruption { .. } => StoreError::Damaged {
            path: path.to_owned(),
            why: error.to_string(),
        },
        sled::Error::CollectionNotFound(_)
        | sled::Error::Unsupported(_)
        | sled::Error::ReportableBug(_) => StoreError::Failed(error.to_string()),
    }
}

/// What an error of the disk means.
pub(super) fn write_error(error: &io::Error) -> StoreError {
    if is_full(error) {
        StoreError::DiskFull {
            why: error.to_string(),
        }
    } else {
        StoreError::Failed(error.to_string())
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
    )
}
