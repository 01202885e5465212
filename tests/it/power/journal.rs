//! What the shim wrote down, read back.

/// One thing done to the folder, or a mark of the writer.
pub struct Note {
    pub kind: Kind,
    /// The name within the folder; empty for the folder itself.
    pub name: String,
    /// An offset or a length.
    pub number: usize,
    /// What was written, or the new name.
    pub data: Vec<u8>,
}

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Create,
    Folder,
    Write,
    Length,
    Rename,
    Unlink,
    /// `fsync`.
    Sync,
    /// `fdatasync`.
    DataSync,
    /// `sync_file_range`: makes nothing durable.
    Nothing,
    Mark,
}

impl Note {
    /// What the writer said, where this is a mark.
    pub fn mark(&self) -> Option<&str> {
        (self.kind == Kind::Mark).then(|| std::str::from_utf8(&self.data).unwrap().trim())
    }
}

/// All notes of a journal in order.
pub fn read(mut bytes: &[u8]) -> Vec<Note> {
    let mut notes = Vec::new();
    while !bytes.is_empty() {
        let kind = kind(take(&mut bytes, 1)[0]);
        let name_len = u32::from_le_bytes(take(&mut bytes, 4).try_into().unwrap());
        let name = take(&mut bytes, usize::try_from(name_len).unwrap());
        let name = String::from_utf8(name.to_vec()).unwrap();
        let number = long(&mut bytes);
        let len = long(&mut bytes);
        let data = take(&mut bytes, len).to_vec();
        notes.push(Note {
            kind,
            name,
            number,
            data,
        });
    }
    notes
}

fn take<'a>(bytes: &mut &'a [u8], len: usize) -> &'a [u8] {
    let (taken, rest) = bytes.split_at(len);
    *bytes = rest;
    taken
}

fn long(bytes: &mut &[u8]) -> usize {
    let number = u64::from_le_bytes(take(bytes, 8).try_into().unwrap());
    usize::try_from(number).unwrap()
}

fn kind(letter: u8) -> Kind {
    match letter {
        b'C' => Kind::Create,
        b'D' => Kind::Folder,
        b'W' => Kind::Write,
        b'T' => Kind::Length,
        b'R' => Kind::Rename,
        b'U' => Kind::Unlink,
        b'S' => Kind::Sync,
        b'F' => Kind::DataSync,
        b'N' => Kind::Nothing,
        b'M' => Kind::Mark,
        other => panic!("the shim wrote an unknown note: {other}"),
    }
}
