//! What the disk can do to the store: lose its power, fill up, hand back damaged bytes.
//!
//! The checks run in processes of their own. For the loss of power a shim (`power/shim.c`) writes down everything that a
//! writer does to its files; from that any moment can be made again as a disk would show it afterwards.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

pub mod children;
mod disk;
mod journal;
mod roles;
pub mod seed;
mod work;

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    thread,
};

use children::{Role, Shim, TOLD, Task};
use journal::Note;
use seed::Seed;

/// Moments at which the power is lost.
const CUTS: usize = 200;
/// How often the power is lost at each moment at which the store is opened again, which is between these marks.
const CUTS_EACH: usize = 6;
const HALF_ACKED: &str = "acked 60";
const HALF_BEGUN: &str = "begun 61";
/// Sizes of a disk that fills up.
const DISKS: usize = 40;
/// Kinds of damage.
const DAMAGES: usize = 50;

/// Does nothing by itself; it is where a child process begins.
#[test]
fn child() {
    if let Ok(task) = env::var(TOLD) {
        roles::work(&serde_json::from_str::<Task>(&task).unwrap());
    }
}

/// A folder with a written store, and the journal of how it was written.
struct Written {
    folder: tempfile::TempDir,
}

impl Written {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let library = children::compile_shim(path);
        let shim = Shim {
            library: &library,
            folder: &path.join("store"),
            journal: &path.join("journal"),
            marks: &path.join("marks"),
            room: None,
        };
        let role = Role::Write {
            store: path.join("store"),
            marks: path.join("marks"),
        };
        let said = children::run(&role, 1, Some(&shim), path);
        assert_eq!(said, ["written"]);
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn notes(&self) -> Vec<Note> {
        journal::read(&fs::read(self.path("journal")).unwrap())
    }

    /// Loses the power at each cut and says what was left.
    fn lose_power(&self, cuts: Vec<usize>, data_sync_counts: bool) -> Vec<String> {
        let count = cuts.len();
        let role = Role::Cut {
            journal: self.path("journal"),
            cuts,
            data_sync_counts,
            scratch: self.folder.path().to_owned(),
        };
        children::run(&role, count, None, self.folder.path())
    }
}

/// Moments spread over the notes from `from` on.
fn spread(from: usize, to: usize) -> Vec<usize> {
    let mut seed = Seed::new(7);
    let moment = |i: usize| from + (to - from) * i / CUTS;
    (0..CUTS)
        .map(|i| moment(i) + seed.below(moment(i + 1) - moment(i)) + 1)
        .collect()
}

/// Where a mark stands.
fn place(notes: &[Note], mark: &str) -> usize {
    let place = notes.iter().position(|note| note.mark() == Some(mark));
    place.expect("the writer set this mark")
}

/// How often each was said, without numbers and paths.
fn tally(said: &[String]) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for line in said {
        let words = line.split([':', '(', '[']).next().unwrap_or_default();
        *tally.entry(words.trim().to_owned()).or_default() += 1;
    }
    tally
}

#[expect(clippy::print_stderr, reason = "figures for whoever runs the check")]
fn show(what: &str, said: &[String]) {
    eprintln!("{what}: {:?}", tally(said));
}

#[track_caller]
fn all_whole(said: &[String]) {
    let bad: Vec<_> = said
        .iter()
        .enumerate()
        .filter(|(_, line)| *line != "whole")
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn a_loss_of_power_loses_nothing_that_was_acknowledged_and_leaves_no_half_commit() {
    let written = Written::new();
    let notes = written.notes();
    let opened = place(&notes, "opened");

    let said = written.lose_power(spread(opened, notes.len() - 1), true);
    show("power lost", &said);
    all_whole(&said);

    let said = written.lose_power((0..=opened).collect(), true);
    show("power lost while the store is made", &said);
    all_whole(&said);

    let (from, to) = (place(&notes, HALF_ACKED), place(&notes, HALF_BEGUN));
    let often = (from..=to).flat_map(|at| [at; CUTS_EACH]).collect();
    let said = written.lose_power(often, true);
    show("power lost while the store is opened again", &said);
    all_whole(&said);

    // The check itself is checked: as if the store relied on sled's own flush, it must find losses.
    let said = written.lose_power(spread(opened, notes.len() - 1), false);
    show("power lost without fdatasync", &said);
    let lost = said.iter().filter(|line| *line != "whole").count();
    assert!(lost > 0, "the check does not notice a missing fdatasync");
}

#[test]
fn a_full_disk_is_said_in_a_sentence_and_costs_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let library = children::compile_shim(folder.path());
    let mut seed = Seed::new(3);
    let rooms: Vec<(usize, usize)> = (0..DISKS)
        .map(|disk| match disk {
            // The first few are too small for the store's first files.
            0..4 => (disk, seed.below(1_000)),
            _ => (disk, seed.below(6_000_000)),
        })
        .collect();
    let all = thread::scope(|scope| {
        let halves: Vec<_> = rooms
            .chunks(DISKS.div_ceil(2))
            .map(|half| {
                let (library, path) = (&library, folder.path());
                let fill = move |(disk, room): &(usize, usize)| fill(library, path, *disk, *room);
                scope.spawn(move || half.iter().map(fill).collect::<Vec<String>>())
            })
            .collect();
        let halves: Vec<_> = halves.into_iter().map(|h| h.join().unwrap()).collect();
        halves.concat()
    });
    show("disk full", &all);
    all_whole(&all);
}

fn fill(library: &Path, folder: &Path, disk: usize, room: usize) -> String {
    let store = folder.join(format!("store{disk}"));
    let shim = Shim {
        library,
        folder: &store,
        journal: Path::new("/dev/null"),
        marks: Path::new(""),
        room: Some(u64::try_from(room).unwrap()),
    };
    let role = Role::Fill {
        store: store.clone(),
    };
    let said = children::run(&role, 1, Some(&shim), folder).concat();
    let acked: Option<u64> = said.split(' ').next().and_then(|n| n.parse().ok());
    let Some(acked) = acked else {
        return format!("filling: {said} (room {room})");
    };
    if !said.contains("the disk is full") {
        return format!("said: {said} (room {room})");
    }
    let role = Role::Look { store };
    let held = children::run(&role, 1, None, folder).concat();
    let whole = held
        .parse()
        .is_ok_and(|n: u64| n == acked || n == acked + 1);
    if whole {
        "whole".to_owned()
    } else {
        format!("then: {held} (acknowledged {acked}, room {room})")
    }
}

/// sled checks its file only in part: of a damaged one it skips what it cannot read, so older values can come back
/// in silence. What holds, and is checked: a damaged store never hangs and never ends the process. A store that may have
/// been damaged is to be replaced by a backup.
#[test]
fn a_damaged_store_never_hangs_and_never_ends_the_process() {
    let written = Written::new();
    let role = Role::Damage {
        store: written.path("store"),
        scratch: written.folder.path().to_owned(),
    };
    let said = children::run(&role, DAMAGES, None, written.folder.path());
    show("damaged", &said);
    let bad: Vec<&String> = said
        .iter()
        .filter(|line| line.starts_with("HUNG") || line.starts_with("DIED"))
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
    let vague: Vec<&String> = said
        .iter()
        .filter(|line| line.starts_with("refused: ") && !line.contains(" store "))
        .collect();
    assert!(vague.is_empty(), "{vague:#?}");
}
