//! The bot as a process of its own, which can be killed.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use tokio::process::{Child, Command};

use crate::{
    clock,
    engine::control::{self, Question, Reply},
};

/// How long a start may take.
const START_PATIENCE: Duration = Duration::from_secs(60);
/// How long an orderly stop may take; linli promises five seconds.
const STOP_PATIENCE: Duration = Duration::from_secs(6);

/// A running `linli run`.
pub struct Bot {
    program: PathBuf,
    config: PathBuf,
    data: PathBuf,
    /// How far its clock is ahead.
    ahead_ms: i64,
    child: Child,
}

impl Bot {
    /// Starts the bot and returns when it has read the stream for the first time.
    ///
    /// # Errors
    /// Where it ends early (with the end of its log) or takes too long.
    pub async fn start(program: &Path, config: &Path, data: &Path) -> Result<Self> {
        let mut bot = Self {
            program: program.to_owned(),
            config: config.to_owned(),
            data: data.to_owned(),
            ahead_ms: 0,
            child: spawn(program, config, data, 0)?,
        };
        bot.until_ready().await?;
        Ok(bot)
    }

    /// SIGKILL, in the middle of whatever it does.
    ///
    /// # Errors
    /// Where it cannot be killed.
    pub async fn kill(&mut self) -> Result<()> {
        self.child.kill().await.context("Cannot kill the bot")
    }

    /// Starts it again after it was killed or stopped; returns at once.
    ///
    /// # Errors
    /// Where the program cannot be started.
    pub fn start_again(&mut self) -> Result<()> {
        self.child = spawn(&self.program, &self.config, &self.data, self.ahead_ms)?;
        Ok(())
    }

    /// Moves its clock forward: what is due by then happens now.
    ///
    /// # Errors
    /// Where it does not answer.
    pub async fn go_ahead(&mut self, ms: i64) -> Result<()> {
        self.ahead_ms += ms;
        match control::ask(&self.data, &Question::GoAhead(ms)).await? {
            Some(Reply::Done) => Ok(()),
            // Whoever does not run starts with the new time.
            None => Ok(()),
            Some(other) => bail!("The bot's clock cannot be moved: {other:?}"),
        }
    }

    /// Waits until it answers and has read the stream.
    ///
    /// # Errors
    /// Where it ends early or takes too long.
    pub async fn until_ready(&mut self) -> Result<()> {
        let ready = async {
            loop {
                if let Some(status) = self.child.try_wait()? {
                    bail!("The bot ended ({status}):\n{}", self.log_tail());
                }
                let reply = control::ask(&self.data, &Question::Status).await;
                if let Ok(Some(Reply::Status(status))) = reply
                    && status.started
                {
                    return Ok(());
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        match tokio::time::timeout(START_PATIENCE, ready).await {
            Ok(result) => result,
            Err(_) => bail!("The bot does not answer:\n{}", self.log_tail()),
        }
    }

    /// SIGTERM, and waits for the end.
    ///
    /// # Errors
    /// Where it does not end in time, or ends badly.
    pub async fn stop(&mut self) -> Result<()> {
        let Some(id) = self.child.id() else {
            return Ok(());
        };
        let pid = i32::try_from(id)
            .ok()
            .and_then(rustix::process::Pid::from_raw);
        if let Some(pid) = pid {
            rustix::process::kill_process(pid, rustix::process::Signal::TERM)
                .context("Cannot stop the bot")?;
        }
        match tokio::time::timeout(STOP_PATIENCE, self.child.wait()).await {
            Ok(status) => {
                let status = status?;
                if !status.success() {
                    bail!("The bot ended badly ({status}):\n{}", self.log_tail());
                }
                Ok(())
            }
            Err(_) => {
                self.child.kill().await?;
                bail!("The bot did not stop within {STOP_PATIENCE:?}")
            }
        }
    }

    /// Waits until it ends by itself.
    ///
    /// # Errors
    /// Where it goes on for a minute.
    pub async fn wait(&mut self) -> Result<ExitStatus> {
        let ended = tokio::time::timeout(START_PATIENCE, self.child.wait()).await;
        Ok(ended.context("The bot goes on")??)
    }

    /// Its process id, while it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Where its log is.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        log(&self.data)
    }

    fn log_tail(&self) -> String {
        let text = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(15)..].join("\n")
    }
}

fn log(data: &Path) -> PathBuf {
    data.with_extension("log")
}

fn spawn(program: &Path, config: &Path, data: &Path, ahead_ms: i64) -> Result<Child> {
    let out = File::options()
        .create(true)
        .append(true)
        .open(log(data))
        .context("Cannot open the bot's log")?;
    Command::new(program)
        .args(["run", "--stop-with-stdin", "--config"])
        .arg(config)
        .env(clock::AHEAD, ahead_ms.to_string())
        // A pipe that ends with us, however we end.
        .stdin(Stdio::piped())
        .stdout(out.try_clone()?)
        .stderr(out)
        // The terminal's Ctrl-C is for us; we stop it in order.
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("Cannot start {}", program.display()))
}
