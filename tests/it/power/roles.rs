//! What the children do.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::FileExt,
    path::Path,
};

use linli::store::{Store, StoreError, sled::Sled};

use super::{
    children::{Role, Task},
    disk::Disk,
    journal::{self, Note},
    seed::Seed,
    work,
};

/// Does a task: one line for each item.
pub fn work(task: &Task) {
    let mut out = OpenOptions::new().append(true).open(&task.out).unwrap();
    let mut say = |line: &str| writeln!(out, "{}", line.replace('\n', " ")).unwrap();
    let items = task.from..task.to;
    match &task.role {
        Role::Write { store, marks } => say(&write_all(store, marks)),
        Role::Fill { store } => say(&fill(store)),
        Role::Look { store } => say(&look(store).map_or_else(|said| said, |n| n.to_string())),
        Role::Cut {
            journal,
            cuts,
            data_sync_counts,
            scratch,
        } => {
            let notes = journal::read(&fs::read(journal).unwrap());
            let mut disk = Disk::default();
            let mut taken = 0;
            for item in items {
                for note in &notes[taken..cuts[item]] {
                    disk.take(note, *data_sync_counts);
                }
                taken = cuts[item];
                let folder = scratch.join(format!("cut{item}"));
                disk.lose_power(&mut Seed::new(u64::try_from(item).unwrap()), &folder);
                say(&after_cut(&notes[..taken], &folder));
                fs::remove_dir_all(folder).unwrap();
            }
        }
        Role::Damage { store, scratch } => {
            for item in items {
                let folder = scratch.join(format!("damage{item}"));
                copy(store, &folder);
                let done = damage(&folder.join("db"), item);
                let said = look(&folder).map_or_else(|said| said, |n| n.to_string());
                fs::remove_dir_all(folder).unwrap();
                say(&format!("{said} [{done}]"));
            }
        }
    }
}

/// Writes all commits, with the store opened anew halfway, and marks each before and after.
fn write_all(folder: &Path, marks: &Path) -> String {
    let mut marks = File::create(marks).unwrap();
    let mut store = Sled::open(folder).unwrap();
    marks.write_all(b"opened\n").unwrap();
    for n in 1..=work::COMMITS {
        marks.write_all(format!("begun {n}\n").as_bytes()).unwrap();
        store.commit(work::commit(n)).unwrap();
        marks.write_all(format!("acked {n}\n").as_bytes()).unwrap();
        if n == work::COMMITS / 2 {
            drop(store);
            store = Sled::open(folder).unwrap();
        }
    }
    drop(store);
    "written".to_owned()
}

/// The last commit that a mark of this kind names.
fn last(notes: &[Note], kind: &str) -> u64 {
    notes
        .iter()
        .rev()
        .find_map(|note| note.mark()?.strip_prefix(kind)?.trim().parse().ok())
        .unwrap_or_default()
}

/// What the store says after a loss of power, when these were the notes before it.
fn after_cut(before: &[Note], folder: &Path) -> String {
    let (acked, begun) = (last(before, "acked"), last(before, "begun"));
    match look(folder) {
        Err(said) => format!("{said} (acknowledged {acked})"),
        Ok(n) if n < acked => format!("LOST: {acked} were acknowledged, {n} are there"),
        Ok(n) if n > begun => format!("WRONG: {begun} were begun, {n} are there"),
        Ok(n) => match go_on(folder, n + 1) {
            Ok(()) => "whole".to_owned(),
            Err(said) => format!("after going on: {said}"),
        },
    }
}

/// A store that lost its power must not only be readable but take the next commit.
fn go_on(folder: &Path, n: u64) -> Result<(), String> {
    let refused = |error: StoreError| format!("refused: {error}");
    let mut store = Sled::open(folder).map_err(refused)?;
    store.commit(work::commit(n)).map_err(refused)?;
    drop(store);
    let found = look(folder)?;
    if found == n {
        Ok(())
    } else {
        Err(format!("LOST: {n} was acknowledged, {found} are there"))
    }
}

/// Commits until the store says no: how many were acknowledged, and what it said.
fn fill(folder: &Path) -> String {
    let mut store = match Sled::open(folder) {
        Ok(store) => store,
        Err(error) => return format!("0 {error}"),
    };
    for n in 1..=work::COMMITS {
        if let Err(error) = store.commit(work::commit(n)) {
            drop(store);
            return format!("{} {error}", n - 1);
        }
    }
    format!("{} nothing", work::COMMITS)
}

/// Opens a store and reads all of it.
fn look(folder: &Path) -> Result<u64, String> {
    let store = Sled::open(folder).map_err(|error| format!("refused: {error}"))?;
    work::held(&store)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Damages a file: cut short each fifth time, otherwise overwritten in one to three places. Says how.
fn damage(file: &Path, number: usize) -> String {
    let mut seed = Seed::new(1_000 + u64::try_from(number).unwrap());
    let file = OpenOptions::new().write(true).open(file).unwrap();
    let len = usize::try_from(file.metadata().unwrap().len()).unwrap();
    let long = |n: usize| u64::try_from(n).unwrap();
    if number.is_multiple_of(5) {
        let to = seed.below(len);
        file.set_len(long(to)).unwrap();
        return format!("cut to {to} of {len} bytes");
    }
    let mut done = Vec::new();
    for _ in 0..=seed.below(3) {
        let bytes = [1, 16, 512, 4_096, 65_536][seed.below(5)];
        let at = seed.below(len.saturating_sub(bytes));
        let (what, with) = if seed.one_in(2) {
            ("zeros", vec![0; bytes])
        } else {
            ("garbage", seed.text(bytes).into_bytes())
        };
        file.write_all_at(&with, long(at)).unwrap();
        done.push(format!("{bytes} bytes of {what} at {at}"));
    }
    format!("{} of {len}", done.join(", "))
}
