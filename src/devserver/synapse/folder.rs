//! The folder of one homeserver: who may use it, which port it had, what its logs say.

use std::env;
use std::fs::{self, DirBuilder, File};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::super::{Progress, Step, lock};
use super::{Options, settings, tail};

/// What the process prints itself; also the folder's lock, see [`hold_console`].
const CONSOLE: &str = "console.log";
const PORT: &str = "port";
/// The secret and the database are nobody else's business.
const PRIVATE: u32 = 0o700;
/// The launcher ends an orphaned Synapse within eight seconds; add some for a busy machine.
const ORPHAN_PATIENCE: Duration = Duration::from_secs(15);
const SHOWN_LINES: usize = 15;

/// Distinguishes everything that one process starts.
static STARTS: AtomicU64 = AtomicU64::new(0);

/// A text that no other start on this machine has at the same time.
pub(super) fn mark() -> String {
    let start = STARTS.fetch_add(1, Ordering::Relaxed);
    format!("{}-{start}", process::id())
}

/// Makes a new folder among the system's temporary ones.
pub(super) fn temporary() -> Result<PathBuf> {
    loop {
        let folder = env::temp_dir().join(format!("linli-synapse-{}", mark()));
        match DirBuilder::new().mode(PRIVATE).create(&folder) {
            Ok(()) => return Ok(folder),
            // Left over from a process that had our id before us.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(error).with_context(|| format!("Cannot make {}", folder.display()));
            }
        }
    }
}

/// Makes the folder when missing. One that is to be removed later must be empty or a homeserver's already.
pub(super) fn open(folder: &Path, to_be_removed: bool) -> Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(PRIVATE)
        .create(folder)
        .with_context(|| format!("Cannot make {}", folder.display()))?;
    let ours = folder.join(settings::MAIN).exists();
    ensure!(
        !to_be_removed || ours || fs::read_dir(folder)?.next().is_none(),
        "{} holds other things and is to be removed at the end: give an empty folder",
        folder.display()
    );
    Ok(())
}

/// Removes the folder if that was asked for. Harmless when it is gone.
pub(super) fn close(options: &Options) -> Result<()> {
    if !options.remove_folder {
        return Ok(());
    }
    match fs::remove_dir_all(&options.folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("Cannot remove {}", options.folder.display()))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Opens an empty console log, locked, to be the child's standard output.
///
/// The child keeps the lock for exactly as long as it lives, so two homeservers never share a database, not even when the
/// first has lost its starter and is about to end.
pub(super) async fn hold_console(folder: &Path, progress: &Progress) -> Result<File> {
    let busy = || progress.tell(&Step::AwaitingFolder);
    let console = lock::hold(&folder.join(CONSOLE), ORPHAN_PATIENCE, busy)
        .await
        .with_context(|| format!("A homeserver is running in {}", folder.display()))?;
    console.set_len(0).context("Cannot empty the console log")?;
    Ok(console)
}

/// The asked port (an error when it is taken), else the folder's last one when free, else any free one.
pub(super) fn choose_port(options: &Options) -> Result<u16> {
    if let Some(port) = options.port {
        TcpListener::bind(("127.0.0.1", port))
            .with_context(|| format!("Port {port} on 127.0.0.1 is not to be had"))?;
        return Ok(port);
    }
    let last = last_port(&options.folder);
    if let Some(port) = last.filter(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()) {
        return Ok(port);
    }
    any_port()
}

/// A port that is free now.
pub(super) fn any_port() -> Result<u16> {
    let any = TcpListener::bind(("127.0.0.1", 0)).context("Cannot listen on 127.0.0.1")?;
    Ok(any.local_addr()?.port())
}

/// The port that answered last in this folder.
pub(super) fn last_port(folder: &Path) -> Option<u16> {
    let text = fs::read_to_string(folder.join(PORT)).ok()?;
    text.trim().parse().ok()
}

pub(super) fn remember_port(folder: &Path, port: u16) -> Result<()> {
    fs::write(folder.join(PORT), port.to_string()).context("Cannot note the homeserver's port")
}

/// Whether the process ended because somebody else had its port.
pub(super) fn port_was_taken(folder: &Path) -> bool {
    // The name of Twisted's exception, the same on every system.
    read(folder, CONSOLE).contains("CannotListenError")
}

/// The last lines of what the process printed, and of its log.
pub(super) fn why(folder: &Path) -> String {
    let mut said = String::new();
    for name in [CONSOLE, settings::LOG] {
        let lines = tail(&read(folder, name), SHOWN_LINES);
        if !lines.is_empty() {
            said = format!("{said}\n{name} ends:\n{lines}");
        }
    }
    said
}

fn read(folder: &Path, name: &str) -> String {
    let bytes = fs::read(folder.join(name)).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::net::TcpListener;

    use super::super::Options;
    use super::{choose_port, close, open, remember_port};

    #[test]
    fn a_folder_with_other_things_is_never_one_to_be_removed() {
        let options = Options::temporary().unwrap();
        open(&options.folder, true).unwrap();
        fs::write(options.folder.join("thesis.txt"), "mine").unwrap();
        let refusal = open(&options.folder, true).unwrap_err().to_string();
        assert!(refusal.contains("holds other things"), "{refusal}");
        open(&options.folder, false).unwrap();
        close(&options).unwrap();
        close(&options).unwrap();
        assert!(!options.folder.exists());
    }

    #[test]
    fn the_last_port_comes_back_unless_it_is_taken() {
        let mut options = Options::temporary().unwrap();
        let port = choose_port(&options).unwrap();
        remember_port(&options.folder, port).unwrap();
        assert_eq!(choose_port(&options).unwrap(), port);
        let stranger = TcpListener::bind(("127.0.0.1", port)).unwrap();
        assert_ne!(choose_port(&options).unwrap(), port);
        options.port = Some(port);
        choose_port(&options).unwrap_err();
        drop(stranger);
        assert_eq!(choose_port(&options).unwrap(), port);
        close(&options).unwrap();
    }
}
