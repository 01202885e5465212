//! A disk that loses its power: what was synced is there, of the rest only chance knows.
//!
//! - Contents: everything before the last sync of a file is there. Of later writes any may be missing, each as a whole
//!   or by sectors of 512 bytes, in any order. A file may keep its old length or any up to the newest one.
//! - Names: everything before the last sync of a folder is there. Of later changes to it a beginning is there, since
//!   file systems keep these in a journal. Syncing a file does not save its name.

use std::{collections::BTreeMap, fs, path::Path};

use super::{
    journal::{Kind, Note},
    seed::Seed,
};

const SECTOR: usize = 512;

/// The disk while there is power.
#[derive(Default)]
pub struct Disk<'a> {
    files: Vec<File<'a>>,
    names: BTreeMap<String, Entry>,
    saved_names: BTreeMap<String, Entry>,
    /// Changes of names since the last sync of the folder that they are in.
    renamed: Vec<Renamed>,
}

#[derive(Default)]
struct File<'a> {
    saved: Vec<u8>,
    /// Changes since the last sync.
    changes: Vec<Change<'a>>,
}

enum Change<'a> {
    Write { at: usize, data: &'a [u8] },
    Length(usize),
}

#[derive(Clone, Copy)]
enum Entry {
    Folder,
    File(usize),
}

enum Renamed {
    Put(String, Entry),
    Move(String, String),
    Gone(String),
}

impl Renamed {
    fn folder(&self) -> &str {
        match self {
            Self::Put(name, _) | Self::Move(name, _) | Self::Gone(name) => folder_of(name),
        }
    }

    fn apply(&self, names: &mut BTreeMap<String, Entry>) {
        match self {
            Self::Put(name, entry) => {
                names.insert(name.clone(), *entry);
            }
            Self::Move(from, to) => {
                if let Some(entry) = names.remove(from) {
                    names.insert(to.clone(), entry);
                }
            }
            Self::Gone(name) => {
                names.remove(name);
            }
        }
    }
}

fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl<'a> Disk<'a> {
    /// Does what a note says. `data_sync_counts` false: as if nobody had called `fdatasync`.
    pub fn take(&mut self, note: &'a Note, data_sync_counts: bool) {
        match note.kind {
            Kind::Create => {
                self.files.push(File::default());
                let entry = Entry::File(self.files.len() - 1);
                self.rename(Renamed::Put(note.name.clone(), entry));
            }
            Kind::Folder => self.rename(Renamed::Put(note.name.clone(), Entry::Folder)),
            Kind::Rename => {
                let to = String::from_utf8(note.data.clone()).unwrap();
                self.rename(Renamed::Move(note.name.clone(), to));
            }
            Kind::Unlink => self.rename(Renamed::Gone(note.name.clone())),
            Kind::Write => self.change(
                &note.name,
                Change::Write {
                    at: note.number,
                    data: &note.data,
                },
            ),
            Kind::Length => self.change(&note.name, Change::Length(note.number)),
            Kind::Sync => self.sync(&note.name),
            Kind::DataSync if data_sync_counts => self.sync(&note.name),
            Kind::DataSync | Kind::Nothing | Kind::Mark => {}
        }
    }

    fn rename(&mut self, renamed: Renamed) {
        renamed.apply(&mut self.names);
        self.renamed.push(renamed);
    }

    fn file(&mut self, name: &str) -> Option<&mut File<'a>> {
        match self.names.get(name) {
            Some(Entry::File(id)) => Some(&mut self.files[*id]),
            Some(Entry::Folder) | None => None,
        }
    }

    fn change(&mut self, name: &str, change: Change<'a>) {
        let file = self.file(name);
        file.unwrap_or_else(|| panic!("a write to {name}, which nobody created"))
            .changes
            .push(change);
    }

    fn sync(&mut self, name: &str) {
        if let Some(file) = self.file(name) {
            for change in std::mem::take(&mut file.changes) {
                change.whole(&mut file.saved);
            }
            return;
        }
        let changes = std::mem::take(&mut self.renamed);
        for renamed in changes {
            if renamed.folder() == name {
                renamed.apply(&mut self.saved_names);
            } else {
                self.renamed.push(renamed);
            }
        }
    }

    /// Writes down what is found when the power is back.
    pub fn lose_power(&self, seed: &mut Seed, into: &Path) {
        let mut names = self.saved_names.clone();
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for renamed in &self.renamed {
            *left.entry(renamed.folder()).or_default() += 1;
        }
        for kept in left.values_mut() {
            *kept = seed.below(*kept + 1);
        }
        for renamed in &self.renamed {
            if let Some(kept) = left.get_mut(renamed.folder())
                && *kept > 0
            {
                *kept -= 1;
                renamed.apply(&mut names);
            }
        }
        let fate = Fate::new(seed);
        fs::create_dir_all(into).unwrap();
        // Folders sort before what is in them; what is in a lost folder is lost.
        for (name, entry) in names {
            let path = into.join(&name);
            match entry {
                Entry::Folder => fs::create_dir_all(path).unwrap(),
                Entry::File(id) if path.parent().is_some_and(Path::exists) => {
                    fs::write(path, self.files[id].found(fate, seed)).unwrap();
                }
                Entry::File(_) => {}
            }
        }
    }
}

/// How much of what was not synced is there.
#[derive(Clone, Copy)]
enum Fate {
    Nothing,
    Everything,
    SomeWrites,
    SomeSectors,
}

impl Fate {
    fn new(seed: &mut Seed) -> Self {
        match seed.below(6) {
            0 => Self::Nothing,
            1 => Self::Everything,
            2 | 3 => Self::SomeWrites,
            _ => Self::SomeSectors,
        }
    }
}

impl File<'_> {
    fn found(&self, fate: Fate, seed: &mut Seed) -> Vec<u8> {
        let mut found = self.saved.clone();
        for change in &self.changes {
            match (fate, change) {
                (Fate::Nothing, _) => {}
                (Fate::Everything, change) => change.whole(&mut found),
                (Fate::SomeWrites, change) => {
                    if seed.one_in(2) {
                        change.whole(&mut found);
                    }
                }
                (Fate::SomeSectors, Change::Write { at, data }) => {
                    sectors(*at, data, &mut found, seed);
                }
                (Fate::SomeSectors, Change::Length(_)) => {
                    if seed.one_in(2) {
                        change.whole(&mut found);
                    }
                }
            }
        }
        let grown = found.len().saturating_sub(self.saved.len());
        if grown > 0 && matches!(fate, Fate::SomeSectors) && seed.one_in(2) {
            found.truncate(self.saved.len() + seed.below(grown + 1));
        }
        found
    }
}

impl Change<'_> {
    fn whole(&self, content: &mut Vec<u8>) {
        match self {
            Self::Length(len) => {
                content.truncate(*len);
                grow(*len, content);
            }
            Self::Write { at, data } => put(*at, data, content),
        }
    }
}

fn put(at: usize, data: &[u8], content: &mut Vec<u8>) {
    grow(at, content);
    let over = data.len().min(content.len() - at);
    content[at..at + over].copy_from_slice(&data[..over]);
    content.extend_from_slice(&data[over..]);
}

/// Zeros up to a length, at once: `resize` goes byte by byte in a debug build.
fn grow(len: usize, content: &mut Vec<u8>) {
    let missing = len.saturating_sub(content.len());
    content.extend_from_slice(&vec![0; missing]);
}

/// Puts those sectors of a write that chance spares; the length is the new one in any case.
fn sectors(at: usize, data: &[u8], content: &mut Vec<u8>, seed: &mut Seed) {
    let end = at + data.len();
    grow(end, content);
    let mut from = at;
    while from < end {
        let to = ((from / SECTOR + 1) * SECTOR).min(end);
        if seed.one_in(2) {
            put(from, &data[from - at..to - at], content);
        }
        from = to;
    }
}
