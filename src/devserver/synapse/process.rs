//! Synapse as a child that cannot outlive us.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

/// Ends Synapse when the pipe on its standard input closes, which even our own SIGKILL brings about.
const LAUNCHER: &str = include_str!("launcher.py");

const STOP_PAUSE: Duration = Duration::from_millis(10);
/// Ten seconds of pauses; then SIGKILL.
const STOP_PAUSES: u32 = 1_000;

/// A running (or just ended) Synapse. Dropping it stops it in order and waits for that.
#[derive(Debug)]
pub(super) struct Process(Child);

impl Process {
    /// Starts Synapse by the launcher.
    ///
    /// `console` becomes its standard output and error; it is a locked file, so the folder stays locked while it runs.
    /// With `remove_folder` the launcher removes the folder if we die before it.
    pub(super) fn spawn(
        python: &Path,
        folder: &Path,
        configs: &[PathBuf],
        console: &File,
        remove_folder: bool,
    ) -> Result<Self> {
        Command::new(python)
            .args(["-I", "-c", LAUNCHER])
            .arg(if remove_folder { folder } else { Path::new("") })
            .args(configs)
            // Whatever Synapse would put beside itself stays in the folder as well.
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::from(console.try_clone()?))
            .stderr(Stdio::from(console.try_clone()?))
            // A Ctrl-C in the terminal is for us; we stop the homeserver after the bot that uses it.
            .process_group(0)
            .spawn()
            .map(Self)
            .with_context(|| format!("Cannot run {}", python.display()))
    }

    pub(super) fn pid(&self) -> u32 {
        self.0.id()
    }

    /// How it ended, if it did.
    pub(super) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.0.try_wait().context("Cannot look after Synapse")
    }

    /// SIGTERM, at most 10 s of patience, then SIGKILL. Blocks; harmless when it has ended already.
    pub(super) fn stop(&mut self) {
        if matches!(self.0.try_wait(), Ok(Some(_))) {
            return;
        }
        // The id cannot belong to a stranger: it is ours until we have waited for it.
        if let Err(error) = kill_process(Pid::from_child(&self.0), Signal::TERM) {
            tracing::debug!(%error, "cannot ask Synapse to stop");
        }
        for _ in 0..STOP_PAUSES {
            if matches!(self.0.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(STOP_PAUSE);
        }
        self.kill();
    }

    /// SIGKILL, and waits until the process is gone.
    pub(super) fn kill(&mut self) {
        if let Err(error) = self.0.kill().and_then(|()| self.0.wait()) {
            tracing::warn!(%error, pid = self.pid(), "cannot end Synapse");
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}
