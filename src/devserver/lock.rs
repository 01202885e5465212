//! Files that only one process holds at a time.
//!
//! The lock is `flock`'s, which belongs to the open file and not to the process: a child that inherits the file as one of
//! its standard streams keeps it locked for as long as the child lives, even when we are killed.

use std::fs::{File, OpenOptions};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

const PAUSE: Duration = Duration::from_millis(100);

/// Opens `path` (made when missing, its content kept) and locks it, waiting for at most `patience`.
///
/// `busy` is called once if somebody else holds it. The error after `patience` names the file.
pub(super) async fn hold(path: &Path, patience: Duration, busy: impl FnOnce()) -> Result<File> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(path)
        .with_context(|| format!("Cannot open {}", path.display()))?;
    if try_hold(&file, path)? {
        return Ok(file);
    }
    busy();
    let taken = tokio::time::timeout(patience, async {
        loop {
            tokio::time::sleep(PAUSE).await;
            if try_hold(&file, path)? {
                return anyhow::Ok(());
            }
        }
    });
    match taken.await {
        Ok(result) => result.map(|()| file),
        Err(_) => bail!("Another process still holds {}", path.display()),
    }
}

fn try_hold(file: &File, path: &Path) -> Result<bool> {
    match flock(file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(true),
        Err(Errno::WOULDBLOCK | Errno::INTR) => Ok(false),
        Err(error) => {
            Err(error).with_context(|| format!("Cannot lock {} for this process", path.display()))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::fs;
    use std::process;
    use std::time::Duration;

    use super::hold;

    #[tokio::test]
    async fn one_holder_at_a_time() {
        let path = env::temp_dir().join(format!("linli-lock-{}", process::id()));
        let first = hold(&path, Duration::ZERO, || panic!("nobody holds it"))
            .await
            .unwrap();
        let mut was_busy = false;
        let second = hold(&path, Duration::from_millis(150), || was_busy = true).await;
        assert!(was_busy && second.is_err());
        drop(first);
        hold(&path, Duration::ZERO, || panic!("nobody holds it"))
            .await
            .unwrap();
        fs::remove_file(&path).unwrap();
    }
}
