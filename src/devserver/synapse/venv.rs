//! The Python environment that holds the pinned Synapse, made once for each user of the machine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::process::Command;

use super::super::{Progress, Step, lock};
use super::tail;

/// The version of Synapse everything here was tried with.
pub const SYNAPSE_VERSION: &str = "1.163.2";

/// The version of the module by which Synapse asks linli before it lets messages pass.
const ANTISPAM_VERSION: &str = "0.5.0";

const OLDEST_PYTHON: (u32, u32) = (3, 10);
/// A slow line needs minutes for the 40 MB; after this long something hangs.
const FETCH_PATIENCE: Duration = Duration::from_mins(20);
/// Written last, so that an environment without it is a half-made one.
const READY: &str = "ready";

/// The folder that survives runs: `$LINLI_CACHE`, else `$XDG_CACHE_HOME/linli`, else `$HOME/.cache/linli`.
///
/// # Errors
/// When none of the three variables is set.
pub fn cache_folder() -> Result<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    if let Some(folder) = set("LINLI_CACHE") {
        return std::path::absolute(folder).context("Cannot use $LINLI_CACHE");
    }
    // The XDG base directory specification says that relative paths are to be ignored.
    let xdg = set("XDG_CACHE_HOME").map(PathBuf::from);
    if let Some(folder) = xdg.filter(|folder| folder.is_absolute()) {
        return Ok(folder.join("linli"));
    }
    let home = set("HOME").context("Neither $LINLI_CACHE, $XDG_CACHE_HOME nor $HOME is set")?;
    Ok(PathBuf::from(home).join(".cache").join("linli"))
}

/// Returns the path of a Python that can import the pinned Synapse, fetching both when this user has none yet.
///
/// # Errors
/// Without a Python of at least 3.10 (says what to install), without the network (shows pip's last lines), or when the cache
/// folder cannot be written.
pub async fn python(progress: &Progress) -> Result<PathBuf> {
    let cache = cache_folder()?;
    let folder = cache.join(format!("synapse-{SYNAPSE_VERSION}"));
    let python = folder.join("bin").join("python");
    if is_ready(&folder, &python).await {
        return Ok(python);
    }
    fs::create_dir_all(&cache).with_context(|| format!("Cannot make {}", cache.display()))?;
    let lock_path = cache.join(format!("synapse-{SYNAPSE_VERSION}.lock"));
    let busy = || progress.tell(&Step::AwaitingFetch);
    let held = lock::hold(&lock_path, FETCH_PATIENCE, busy).await?;
    // Whoever held the lock before us has probably done the work.
    if is_ready(&folder, &python).await {
        return Ok(python);
    }
    let system = system_python().await?;
    progress.tell(&Step::Fetching {
        version: SYNAPSE_VERSION,
    });
    make(system, &folder, &python, &held).await?;
    Ok(python)
}

/// The marker alone is not enough: a newer system Python leaves the environment whole but unable to find its packages.
async fn is_ready(folder: &Path, python: &Path) -> bool {
    const FIND: &str = "import importlib.util as u, sys; \
                        sys.exit(None in map(u.find_spec, ['synapse', 'synapse_http_antispam']))";
    folder.join(READY).is_file()
        && Command::new(python)
            .args(["-I", "-c", FIND])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .await
            .is_ok_and(|status| status.success())
}

async fn make(system: &str, folder: &Path, python: &Path, held: &fs::File) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("Cannot remove the half-made {}", folder.display()))?;
    }
    let mut venv = Command::new(system);
    venv.args(["-I", "-m", "venv"]).arg(folder);
    let hint = "Cannot make a Python environment (on Debian and Ubuntu: apt install python3-venv)";
    finish(venv, held).await.context(hint)?;

    let mut pip = Command::new(python);
    pip.args(["-I", "-m", "pip", "install"])
        .args([
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
            "--progress-bar=off",
        ])
        .arg(format!("matrix-synapse=={SYNAPSE_VERSION}"))
        .arg(format!("synapse-http-antispam=={ANTISPAM_VERSION}"));
    finish(pip, held)
        .await
        .context("Cannot fetch Synapse with pip")?;

    let mut trial = Command::new(python);
    trial.args([
        "-I",
        "-c",
        "import synapse, synapse.app.homeserver; print(synapse.__version__)",
    ]);
    let said = finish(trial, held)
        .await
        .context("The fetched Synapse does not start")?;
    let version = said.trim();
    ensure!(
        version == SYNAPSE_VERSION,
        "Asked pip for Synapse {SYNAPSE_VERSION}, got {version}"
    );
    fs::write(folder.join(READY), SYNAPSE_VERSION).context("Cannot mark the environment as ready")
}

/// Runs `command` to its end and returns its output; its last lines are the error when it fails.
///
/// The lock file is its standard input, so that a pip which outlives us keeps the next process from starting over in the
/// folder it still writes to. The file is empty: reading it ends at once.
async fn finish(mut command: Command, held: &fs::File) -> Result<String> {
    let name = command
        .as_std()
        .get_program()
        .to_string_lossy()
        .into_owned();
    let running = command
        .stdin(Stdio::from(held.try_clone()?))
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(FETCH_PATIENCE, running)
        .await
        .with_context(|| format!("{name} did not end in {} s", FETCH_PATIENCE.as_secs()))?
        .with_context(|| format!("Cannot run {name}"))?;
    let said = text_of(&output);
    ensure!(output.status.success(), "{}", tail(&said, 12));
    Ok(said)
}

/// Finds a `python3` that is new enough.
async fn system_python() -> Result<&'static str> {
    const WANTED: &str = "install Python 3.10 or newer (on Debian and Ubuntu: apt install python3 python3-venv) \
                          and see that `python3` finds it";
    let asked = Command::new("python3")
        .args(["-I", "-c", "import sys; print(*sys.version_info[:2])"])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await;
    let Ok(output) = asked else {
        bail!("There is no python3 here, and Synapse is a Python program: {WANTED}");
    };
    let said = text_of(&output);
    let mut numbers = said.split_whitespace().map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
        bail!(
            "python3 does not work here: {WANTED}. It said: {}",
            tail(&said, 5)
        );
    };
    ensure!(
        (major, minor) >= OLDEST_PYTHON,
        "python3 is version {major}.{minor}, too old for Synapse: {WANTED}"
    );
    Ok("python3")
}

fn text_of(output: &Output) -> String {
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    said
}
