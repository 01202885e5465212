//! A Synapse of its own for whoever asks, on 127.0.0.1 only, gone when its starter is gone.

mod folder;
mod process;
mod register;
mod settings;
mod venv;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::{Progress, Step};
use crate::matrix::account::call::http_client;
use process::Process;
pub use venv::{SYNAPSE_VERSION, cache_folder};

const START_PATIENCE: Duration = Duration::from_mins(1);
const POLL_PAUSE: Duration = Duration::from_millis(50);
const POLL_PATIENCE: Duration = Duration::from_secs(2);
/// How often another port is tried when somebody else was quicker to take the chosen one.
const PORT_TRIES: u32 = 5;

/// How a homeserver is to be run. [`Options::new`] and [`Options::temporary`] give usable ones.
#[derive(Clone, Debug)]
pub struct Options {
    /// Everything the homeserver keeps: settings, keys, database, media, log. Made when missing.
    pub folder: PathBuf,
    /// Whether the folder is removed when the [`Synapse`] is stopped or dropped, or its starter is killed.
    pub remove_folder: bool,
    /// The part after the colon in user ids. A folder keeps the name it was begun with.
    pub server_name: String,
    /// Which rate limits hold.
    pub rate_limits: RateLimits,
    /// This port and no other; otherwise the folder's last one if it is free, else any.
    pub port: Option<u16>,
    /// Whom it asks before it lets messages pass; None for nobody.
    pub guard: Option<Guard>,
    /// Further settings in Synapse's YAML; a top-level key here replaces ours.
    pub extra_yaml: Option<String>,
    /// Hears what takes time.
    pub progress: Progress,
}

/// A linli that is asked by Synapse's module `synapse-http-antispam`.
#[derive(Clone, Debug)]
pub struct Guard {
    /// Where it listens on this machine.
    pub port: u16,
    pub token: String,
}

impl Guard {
    /// One at a free port, with this token.
    ///
    /// # Errors
    /// When there is no free port.
    pub fn new(token: &str) -> Result<Self> {
        Ok(Self {
            port: folder::any_port()?,
            token: token.to_owned(),
        })
    }

    /// The section of linli's configuration for it. Writes the token beside the configuration, into this folder.
    ///
    /// # Errors
    /// When the token cannot be written.
    pub fn section(&self, folder: &Path) -> Result<String> {
        let path = folder.join("guard-token");
        std::fs::write(&path, &self.token).context("Cannot write the guard's token")?;
        Ok(format!(
            "\n[guard]\nlisten = \"127.0.0.1:{}\"\ntoken_file = \"guard-token\"\n",
            self.port
        ))
    }
}

/// Synapse's rate limits. Both kinds lift those that setting up runs into: logins, registrations, joins, invites, new rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateLimits {
    /// Nobody meets a limit.
    Generous,
    /// Sending is limited as on any server nobody tuned: about ten at once, then one in five seconds.
    Default,
}

impl Options {
    /// A homeserver called `localhost` that stays in `folder`, with generous limits, on a free port.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            remove_folder: false,
            server_name: "localhost".to_owned(),
            rate_limits: RateLimits::Generous,
            port: None,
            guard: None,
            extra_yaml: None,
            progress: Progress::default(),
        }
    }

    /// The same in a new folder among the system's temporary ones, removed at the end.
    ///
    /// # Errors
    /// When no folder can be made there.
    pub fn temporary() -> Result<Self> {
        Ok(Self {
            remove_folder: true,
            ..Self::new(folder::temporary()?)
        })
    }
}

/// A running homeserver. Dropping it stops it and blocks until it has ended (mostly 50 ms, at most ten seconds);
/// [`Synapse::stop`] is the same for async code.
#[derive(Debug)]
pub struct Synapse {
    options: Options,
    python: PathBuf,
    http: reqwest::Client,
    base_url: String,
    process: Option<Process>,
}

/// What became of one attempt to start.
enum Attempt {
    Answers(Process),
    PortTaken,
}

impl Synapse {
    /// Starts a homeserver and returns when it answers: about two seconds, a minute more when Synapse has to be fetched.
    ///
    /// # Errors
    /// When Synapse cannot be had (see the messages: they say what to install), the folder is somebody else's, the asked
    /// port is taken, or Synapse ends early or does not answer within a minute (shows the last lines of its log).
    pub async fn start(mut options: Options) -> Result<Self> {
        options.folder = std::path::absolute(&options.folder)?;
        folder::open(&options.folder, options.remove_folder)?;
        // Made before anything that can fail, so that its drop removes the folder then.
        let mut server = Self {
            options,
            python: PathBuf::new(),
            http: http_client("http://127.0.0.1")?,
            base_url: String::new(),
            process: None,
        };
        server.python = venv::python(&server.options.progress).await?;
        server.launch().await?;
        Ok(server)
    }

    /// Stops the homeserver in order (SIGTERM, after ten seconds SIGKILL), and removes its folder if that was asked for.
    ///
    /// # Errors
    /// When the folder cannot be removed.
    pub async fn stop(mut self) -> Result<()> {
        let process = self.process.take();
        tokio::task::spawn_blocking(move || drop(process)).await?;
        folder::close(&self.options)
    }

    /// SIGKILL: takes the homeserver away without any warning, but not its folder. See [`Synapse::start_again`].
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill();
        }
    }

    /// Starts it again after [`Synapse::kill`], in the same folder and on the same port. Does nothing while it runs.
    ///
    /// # Errors
    /// As [`Synapse::start`]; and when somebody else has taken the port meanwhile.
    pub async fn start_again(&mut self) -> Result<()> {
        if let Some(process) = &mut self.process
            && process.ended()?.is_none()
        {
            return Ok(());
        }
        self.process = None;
        self.options.port = folder::last_port(&self.options.folder);
        self.launch().await
    }

    /// Where clients reach it, such as `http://127.0.0.1:40123`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The part after the colon in user ids.
    #[must_use]
    pub fn server_name(&self) -> &str {
        &self.options.server_name
    }

    /// The folder with its database and log.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.options.folder
    }

    /// The process id, unless it was killed.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.process.as_ref().map(Process::pid)
    }

    async fn launch(&mut self) -> Result<()> {
        for _ in 0..PORT_TRIES {
            let port = folder::choose_port(&self.options)?;
            self.base_url = format!("http://127.0.0.1:{port}");
            if let Attempt::Answers(process) = self.attempt(port).await? {
                self.process = Some(process);
                folder::remember_port(&self.options.folder, port)?;
                self.options.progress.tell(&Step::Ready {
                    base_url: self.base_url.clone(),
                });
                return Ok(());
            }
        }
        bail!("Found no port on 127.0.0.1 for Synapse in {PORT_TRIES} tries")
    }

    async fn attempt(&self, port: u16) -> Result<Attempt> {
        let Options {
            folder, progress, ..
        } = &self.options;
        let console = folder::hold_console(folder, progress).await?;
        let mark = folder::mark();
        let configs = settings::write(&self.options, port, &mark)?;
        let remove = self.options.remove_folder;
        progress.tell(&Step::Starting { port });
        let mut process = Process::spawn(&self.python, folder, &configs, &console, remove)?;
        // From here on the lock on the console is the child's alone.
        drop::<File>(console);
        let answers = self.await_answer(&mut process, &mark);
        match tokio::time::timeout(START_PATIENCE, answers).await {
            Ok(Ok(None)) => Ok(Attempt::Answers(process)),
            Ok(Ok(Some(_))) if folder::port_was_taken(folder) => Ok(Attempt::PortTaken),
            Ok(Ok(Some(status))) => {
                bail!("Synapse ended early ({status}){}", folder::why(folder))
            }
            Ok(Err(error)) => Err(error),
            Err(_) => bail!("Synapse does not answer{}", folder::why(folder)),
        }
    }

    /// Waits until the process answers (`None`) or ends (`Some`).
    ///
    /// Asks for the mark that was written for this start only: another homeserver may have taken the port.
    async fn await_answer(&self, process: &mut Process, mark: &str) -> Result<Option<ExitStatus>> {
        let url = format!("{}/.well-known/matrix/client", self.base_url);
        loop {
            if let Some(status) = process.ended()? {
                return Ok(Some(status));
            }
            let asked = self.http.get(&url).timeout(POLL_PATIENCE).send().await;
            if let Ok(answer) = asked
                && let Ok(known) = answer.json::<serde_json::Value>().await
                && known[settings::MARK] == mark
            {
                return Ok(None);
            }
            tokio::time::sleep(POLL_PAUSE).await;
        }
    }
}

impl Drop for Synapse {
    fn drop(&mut self) {
        self.process = None;
        if let Err(error) = folder::close(&self.options) {
            tracing::warn!(%error, "cannot clean up after Synapse");
        }
    }
}

/// The last `lines` lines of a text that says why something failed.
fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.trim_end().lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}
