//! Backup and restore: everything a store holds as lines of JSON, the same for every store.
//!
//! The first line says what it is, the last how many lines came between, so that a file that was cut off is
//! noticed before anything is restored from it.

use std::{
    fs::File,
    io::{BufRead, BufWriter, ErrorKind, Write},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{Store, StoreError};
use crate::domain::{
    commit::{Commit, Cursor, Timer},
    effect::Row,
    ids::Millis,
    record::Key,
};

/// The version of the format.
const VERSION: u32 = 1;
/// Records read, or lines committed, at once.
const AT_ONCE: usize = 1_000;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Line {
    LinliBackup { version: u32 },
    Record { key: Key, value: String },
    Timer(Timer),
    Row(Row),
    Cursor(Cursor),
    End { lines: u64 },
}

/// What can go wrong with a backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the backup cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    #[error("line {line} of the backup cannot be understood: {why}")]
    Line { line: u64, why: String },
    #[error("this is not a linli backup: its first line is not a header")]
    NoHeader,
    #[error("the backup has version {0}; this linli knows version {VERSION}")]
    Version(u32),
    #[error("the backup is incomplete: {0}. Nothing was restored")]
    Incomplete(String),
    #[error("the store is not empty. Restore into a new one: move the old folder away first")]
    NotEmpty,
}

/// Writes everything a store holds. Returns the number of lines between header and end.
///
/// # Errors
/// Where the store cannot be read or the lines not be written.
pub fn write(store: &dyn Store, out: &mut dyn Write) -> Result<u64, BackupError> {
    let mut lines = 0;
    let mut put = |line: &Line| -> Result<(), BackupError> {
        let text = serde_json::to_string(line).map_err(std::io::Error::from)?;
        writeln!(out, "{text}")?;
        Ok(())
    };
    put(&Line::LinliBackup { version: VERSION })?;
    let mut after: Option<Key> = None;
    loop {
        let found = store
            .scan("", after.as_ref(), AT_ONCE)
            .map_err(|fault| StoreError::Failed(fault.to_string()))?;
        let Some((last, _)) = found.last() else { break };
        after = Some(last.clone());
        for (key, value) in found {
            put(&Line::Record { key, value })?;
            lines += 1;
        }
    }
    for timer in store.due(Millis(i64::MAX), usize::MAX)? {
        put(&Line::Timer(timer))?;
        lines += 1;
    }
    for row in store.rows()? {
        put(&Line::Row(row))?;
        lines += 1;
    }
    if let Some(cursor) = store.cursor()? {
        put(&Line::Cursor(cursor))?;
        lines += 1;
    }
    put(&Line::End { lines })?;
    out.flush()?;
    Ok(lines)
}

/// Writes a backup into a new file, for the eyes of linli's own user: it holds everybody's names and homes. Returns its
/// number of lines.
///
/// # Errors
/// Where the file exists already, or something cannot be read or written; then no half of a file stays.
pub fn write_file(store: &dyn Store, path: &Path) -> Result<u64, BackupError> {
    let file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    let mut out = BufWriter::new(file);
    let written = write(store, &mut out).and_then(|lines| {
        out.get_ref().sync_all()?;
        Ok(lines)
    });
    if written.is_err() {
        // The first fault is the one to tell.
        let _ = std::fs::remove_file(path);
    }
    written
}

/// Looks through a whole backup without restoring anything. Returns its number of lines.
///
/// # Errors
/// Says what is wrong, and in which line.
pub fn check(lines: impl BufRead) -> Result<u64, BackupError> {
    read(lines, |_| Ok(()))
}

/// Restores a backup into an empty store. Call [`check`] first: what is found wrong halfway leaves a store that is
/// good for nothing. Returns the number of lines restored.
///
/// # Errors
/// Where the store is not empty, the backup is not whole, or the store cannot be written.
pub fn restore(lines: impl BufRead, store: &mut dyn Store) -> Result<u64, BackupError> {
    let empty = store
        .scan("", None, 1)
        .map_err(|fault| StoreError::Failed(fault.to_string()))?
        .is_empty();
    let due = store.due(Millis(i64::MAX), 1)?;
    if !empty || store.cursor()?.is_some() || !due.is_empty() || !store.rows()?.is_empty() {
        return Err(BackupError::NotEmpty);
    }
    let mut commit = Commit::default();
    let mut held = 0;
    let restored = read(lines, |line| {
        match line {
            Line::Record { key, value } => {
                commit.records.insert(key, Some(value));
            }
            Line::Timer(timer) => {
                commit.timers.insert(timer);
            }
            Line::Row(row) => {
                commit.rows.insert(row.txn.clone(), row);
            }
            Line::Cursor(cursor) => commit.cursor = Some(cursor),
            Line::LinliBackup { .. } | Line::End { .. } => {}
        }
        held += 1;
        if held == AT_ONCE {
            store.commit(&std::mem::take(&mut commit))?;
            held = 0;
        }
        Ok(())
    })?;
    store.commit(&commit)?;
    Ok(restored)
}

fn read(
    lines: impl BufRead,
    mut each: impl FnMut(Line) -> Result<(), BackupError>,
) -> Result<u64, BackupError> {
    let mut number = 0;
    let mut counted = 0;
    let mut end = None;
    for text in lines.lines() {
        number += 1;
        let wrong = |why: String| match number {
            1 => BackupError::NoHeader,
            line => BackupError::Line { line, why },
        };
        let text = text.map_err(|error| {
            if error.kind() == ErrorKind::InvalidData {
                wrong(error.to_string())
            } else {
                BackupError::Io(error)
            }
        })?;
        let line: Line = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        match (number, &line) {
            (1, Line::LinliBackup { version }) if *version == VERSION => continue,
            (1, Line::LinliBackup { version }) => return Err(BackupError::Version(*version)),
            (1, _) => return Err(BackupError::NoHeader),
            (_, Line::LinliBackup { .. }) => {
                return Err(wrong("a second backup begins here".to_owned()));
            }
            _ if end.is_some() => return Err(wrong("it comes after the end".to_owned())),
            (_, Line::End { lines }) => {
                end = Some(*lines);
                continue;
            }
            _ => {}
        }
        counted += 1;
        each(line)?;
    }
    match end {
        Some(lines) if lines == counted => Ok(counted),
        Some(lines) => Err(BackupError::Incomplete(format!(
            "it says {lines} lines and has {counted}"
        ))),
        None if number == 0 => Err(BackupError::NoHeader),
        None => Err(BackupError::Incomplete(
            "its last line is missing".to_owned(),
        )),
    }
}
