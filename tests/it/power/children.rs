//! Work in processes of their own: what a damaged file may hang, abort or poison is then one outcome among others.
//! A child is this same test binary, told by [`TOLD`] what to do.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use serde::{Deserialize, Serialize};

/// The environment variable that holds a [`Task`].
pub const TOLD: &str = "LINLI_POWER_TASK";
/// How often a child is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// Looks without news after which a child hangs: 30 s.
const LOOKS_MAX: usize = 1_500;
/// Children at work at once.
const AT_ONCE: usize = 2;

/// What a child is to do.
#[derive(Clone, Serialize, Deserialize)]
pub struct Task {
    pub role: Role,
    /// The numbers of the items to do.
    pub from: usize,
    pub to: usize,
    /// Where the child writes a line for each item.
    pub out: PathBuf,
}

/// What kind of work it is. Paths are absolute.
#[derive(Clone, Serialize, Deserialize)]
pub enum Role {
    /// Writes all commits into a store.
    Write { store: PathBuf, marks: PathBuf },
    /// Takes the power away at cuts of a journal, none before the one named earlier, and looks what is left.
    Cut {
        journal: PathBuf,
        cuts: Vec<usize>,
        data_sync_counts: bool,
        scratch: PathBuf,
    },
    /// Writes commits until the disk is full.
    Fill { store: PathBuf },
    /// Opens a store and looks what it holds.
    Look { store: PathBuf },
    /// Damages a copy of a store, and looks what the copy says.
    Damage { store: PathBuf, scratch: PathBuf },
}

/// The shim between a child and the disk.
pub struct Shim<'a> {
    pub library: &'a Path,
    pub folder: &'a Path,
    pub journal: &'a Path,
    pub marks: &'a Path,
    /// Bytes before the disk is full.
    pub room: Option<u64>,
}

impl Shim<'_> {
    /// What makes a process load it.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let mut environment = vec![
            ("LD_PRELOAD", self.library.into()),
            ("LINLI_SHIM_DIR", self.folder.into()),
            ("LINLI_SHIM_LOG", self.journal.into()),
            ("LINLI_SHIM_MARKS", self.marks.into()),
        ];
        if let Some(room) = self.room {
            environment.push(("LINLI_SHIM_ROOM", room.to_string().into()));
        }
        environment
    }
}

/// Compiles the shim into a folder.
pub fn compile_shim(into: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/power/shim.c");
    let library = into.join("shim.so");
    let done = Command::new("cc")
        .args(["-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .args(["-ldl", "-pthread"])
        .status()
        .expect("a C compiler is needed for this check: install cc");
    assert!(done.success(), "the shim does not compile");
    library
}

/// Has items 0 to `count` done by children and returns one line for each: what the child wrote, or that it hung or
/// died over the item.
pub fn run(role: &Role, count: usize, shim: Option<&Shim<'_>>, scratch: &Path) -> Vec<String> {
    let lines: Vec<Vec<String>> = thread::scope(|scope| {
        let share = count.div_ceil(AT_ONCE).max(1);
        let workers: Vec<_> = (0..count)
            .step_by(share)
            .map(|from| {
                let to = (from + share).min(count);
                scope.spawn(move || run_share(role, from, to, shim, scratch))
            })
            .collect();
        workers.into_iter().map(|w| w.join().unwrap()).collect()
    });
    lines.concat()
}

fn run_share(
    role: &Role,
    from: usize,
    to: usize,
    shim: Option<&Shim<'_>>,
    scratch: &Path,
) -> Vec<String> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let mut lines = Vec::new();
    while from + lines.len() < to {
        let out = scratch.join(format!("out{}", NEXT.fetch_add(1, Ordering::SeqCst)));
        fs::write(&out, "").unwrap();
        let task = Task {
            role: role.clone(),
            from: from + lines.len(),
            to,
            out: out.clone(),
        };
        let ended = watch(start(&task, shim), &out);
        let written = fs::read_to_string(&out).unwrap();
        lines.extend(written.lines().map(str::to_owned));
        if from + lines.len() < to {
            lines.push(ended);
        }
    }
    lines
}

fn start(task: &Task, shim: Option<&Shim<'_>>) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--exact", "power::child", "--nocapture"])
        .env(TOLD, serde_json::to_string(task).unwrap())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some(shim) = shim {
        command.envs(shim.environment());
    }
    command.spawn().unwrap()
}

/// Waits for a child's end, or ends it when it brings no news. Says how it ended.
fn watch(mut child: Child, out: &Path) -> String {
    let mut seen = 0;
    let mut looks = 0;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return format!("DIED: {status}");
        }
        let len = fs::metadata(out).map_or(0, |about| about.len());
        looks = if len == seen { looks + 1 } else { 0 };
        seen = len;
        if looks > LOOKS_MAX {
            child.kill().unwrap();
            child.wait().unwrap();
            return "HUNG".to_owned();
        }
        thread::sleep(LOOK);
    }
}
