//! One writer for each store: a batch is acknowledged when it survives a loss of power, and a write that fails always
//! says so.
//!
//! The work is done in a thread of its own because sled's `flush` can sleep for ever: when a write fails, sled notes
//! the error but does not always wake the one who waits for it. Another flush finds the error and wakes both.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::Duration,
};

use super::open::{error, guard, sync, write_error};
use crate::store::StoreError;

/// The folder of sled's blobs within its folder.
const BLOBS: &str = "blobs";
/// How long a write may stay silent before a sleeper is roused, and how often.
const PATIENCE: Duration = Duration::from_millis(500);
const ROUSES_MAX: u32 = 120;

type Written = Result<(), StoreError>;

/// The writer of one store.
pub(super) struct Writer {
    db: sled::Db,
    /// None after an error, and while the writer is being dropped.
    batches: Option<Sender<sled::Batch>>,
    written: Receiver<Written>,
    /// None once it was given up.
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Begins to write to an open sled in a folder.
    pub(super) fn start(path: &Path, db: &sled::Db) -> Result<Self, StoreError> {
        let opened = |error: io::Error| StoreError::Open {
            path: path.display().to_string(),
            why: error.to_string(),
        };
        let mut disk = Disk {
            path: path.to_owned(),
            db: db.clone(),
            file: File::open(path.join("db")).map_err(opened)?,
            blobs: BTreeSet::new(),
        };
        let (batches, wanted) = mpsc::channel();
        let (done, written) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("linli-store".to_owned())
            .spawn(move || {
                for batch in wanted {
                    if done.send(disk.write(batch)).is_err() {
                        break;
                    }
                }
            })
            .map_err(opened)?;
        Ok(Self {
            db: db.clone(),
            batches: Some(batches),
            written,
            thread: Some(thread),
        })
    }

    /// Writes a batch whole or not at all; when this returns, it survives a loss of power.
    pub(super) fn write(&mut self, batch: sled::Batch) -> Written {
        let gone =
            || StoreError::Failed("its writer has stopped after an earlier error".to_owned());
        let batches = self.batches.as_ref().ok_or_else(gone)?;
        batches.send(batch).map_err(|_| gone())?;
        for _ in 0..ROUSES_MAX {
            match self.written.recv_timeout(PATIENCE) {
                Ok(written) => {
                    // After a failed sync the next one can succeed although data is lost: nothing more is written.
                    if written.is_err() {
                        self.batches = None;
                    }
                    return written;
                }
                Err(RecvTimeoutError::Timeout) => rouse(&self.db),
                Err(RecvTimeoutError::Disconnected) => return Err(gone()),
            }
        }
        // Nobody may wait for a thread that will not come back.
        self.thread = None;
        self.batches = None;
        Err(StoreError::Failed(format!(
            "the disk did not answer for {} s",
            (PATIENCE * ROUSES_MAX).as_secs()
        )))
    }

    /// Makes a new store's settings and names survive a loss of power; sled syncs neither.
    pub(super) fn settle(path: &Path) -> Written {
        ["conf", BLOBS, "", ".."]
            .iter()
            .try_for_each(|name| sync(&path.join(name)))
            .map_err(|error| write_error(&error))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // A batch that failed halfway leaves sled waiting for its other half for ever, also when it is dropped. So it
        // is not dropped: the folder stays in use until this process ends, as it must after such an error.
        if self.batches.take().is_none() {
            std::mem::forget(self.db.clone());
        }
        // The thread holds sled open, so the store can be opened again only after its end.
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Wakes whoever sleeps over an error. It has a thread of its own because it may fall asleep itself.
fn rouse(db: &sled::Db) {
    let db = db.clone();
    let roused = thread::Builder::new().spawn(move || drop(db.flush()));
    if let Err(error) = roused {
        tracing::warn!(%error, "cannot look why the disk is slow");
    }
}

/// What the thread works with.
struct Disk {
    path: PathBuf,
    db: sled::Db,
    /// sled's file, open for `fdatasync`.
    file: File,
    /// The names of the blobs that are known to be on the disk.
    blobs: BTreeSet<OsString>,
}

impl Disk {
    fn write(&mut self, batch: sled::Batch) -> Written {
        let shown = self.path.display().to_string();
        guard(&shown, || self.db.apply_batch(batch))?.map_err(|found| error(&shown, found))?;
        // The end of a batch is written by the flush, so a batch whose blobs are missing is never found whole.
        self.sync_blobs().map_err(|error| write_error(&error))?;
        guard(&shown, || self.db.flush())?.map_err(|found| error(&shown, found))?;
        self.file.sync_data().map_err(|error| write_error(&error))
    }

    /// sled writes a page of more than 128 KiB to a file of its own, which it never syncs.
    fn sync_blobs(&mut self) -> io::Result<()> {
        let folder = self.path.join(BLOBS);
        let mut found = BTreeSet::new();
        for entry in fs::read_dir(&folder)? {
            found.insert(entry?.file_name());
        }
        let mut new = false;
        for name in found.difference(&self.blobs) {
            new = true;
            match sync(&folder.join(name)) {
                // sled removes what was replaced from a thread of its own.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                done => done?,
            }
        }
        self.blobs = found;
        if new { sync(&folder) } else { Ok(()) }
    }
}
