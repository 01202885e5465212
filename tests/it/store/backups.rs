//! Backups: from each store into each other, and what is not one.

use std::path::Path;

use linli::{
    domain::{
        commit::{Commit, Cursor},
        ids::Txn,
    },
    store::{
        Store,
        backup::{self, BackupError},
        memory::Memory,
    },
};

use super::{Open, contents, each, key, put, row, timer};

fn filled(open: Open, path: &Path) -> Box<dyn Store> {
    let mut store = open(path);
    let mut commit = Commit {
        cursor: Some(Cursor("s9".to_owned())),
        ..Commit::default()
    };
    // More than is read or restored at once.
    for n in 0..2_500 {
        let text = format!("{{\"n\":{n},\"t\":\"一\\n\0\"}}");
        commit.records.insert(key(&format!("c/k/{n}")), Some(text));
    }
    commit.records.insert(key("c/\0/邻"), Some(String::new()));
    commit
        .timers
        .extend([timer(i64::MIN, "t"), timer(i64::MAX, "t")]);
    for (txn, seq) in [("b", 1), ("a", 2)] {
        commit.rows.insert(Txn::new(txn), row(txn, seq));
    }
    store.commit(&commit).unwrap();
    store
}

fn written(store: &dyn Store) -> Vec<u8> {
    let mut out = Vec::new();
    let lines = backup::write(store, &mut out).unwrap();
    assert_eq!(backup::check(out.as_slice()).unwrap(), lines);
    out
}

#[test]
fn a_backup_of_any_store_restores_into_any_other() {
    each(|open, path| {
        let store = filled(open, path);
        let backup = written(&*store);
        each(|open, path| {
            let mut other = open(path);
            let lines = backup::restore(backup.as_slice(), &mut *other).unwrap();
            assert_eq!(lines, 2_506);
            assert_eq!(contents(&*other), contents(&*store));
            assert_eq!(written(&*other), backup);
        });
    });
}

#[test]
fn an_empty_store_has_a_backup_too() {
    each(|open, path| {
        let backup = written(&*open(path));
        assert_eq!(
            String::from_utf8(backup).unwrap(),
            "{\"linli_backup\":{\"version\":1}}\n{\"end\":{\"lines\":0}}\n"
        );
    });
}

#[test]
fn a_store_that_holds_something_is_not_restored_into() {
    let cursor = Commit {
        cursor: Some(Cursor("s".to_owned())),
        ..Commit::default()
    };
    let mut timers = Commit::default();
    timers.timers.insert(timer(0, "t"));
    let mut rows = Commit::default();
    rows.rows.insert(Txn::new("a"), row("a", 1));
    for held in [put("c/k/1", "one"), cursor, timers, rows] {
        each(|open, path| {
            let backup = written(&Memory::default());
            let mut store = open(path);
            store.commit(&held).unwrap();
            assert!(matches!(
                backup::restore(backup.as_slice(), &mut *store),
                Err(BackupError::NotEmpty)
            ));
        });
    }
}

/// A small backup and its lines.
fn small() -> Vec<String> {
    let mut store = Memory::default();
    store.commit(&put("c/k/1", "one")).unwrap();
    store.commit(&put("c/k/2", "two")).unwrap();
    let text = String::from_utf8(written(&store)).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn refused(lines: &[String]) -> String {
    let text = lines.join("\n");
    backup::check(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn what_is_not_a_whole_backup_is_refused_and_its_line_named() {
    let whole = small();
    assert_eq!(whole.len(), 4);
    let no_header = "this is not a linli backup: its first line is not a header";
    assert_eq!(refused(&[]), no_header);
    assert_eq!(refused(&["hello".to_owned()]), no_header);
    assert_eq!(refused(&whole[1..]), no_header);
    assert_eq!(
        refused(&whole[..3]),
        "the backup is incomplete: its last line is missing. Nothing was restored"
    );
    let mut short = whole.clone();
    short.remove(1);
    assert_eq!(
        refused(&short),
        "the backup is incomplete: it says 2 lines and has 1. Nothing was restored"
    );
    let mut newer = whole.clone();
    newer[0] = newer[0].replace(":1}", ":2}");
    assert_eq!(
        refused(&newer),
        "the backup has version 2; this linli knows version 1"
    );
    let mut garbled = whole.clone();
    garbled[2].truncate(20);
    let said = refused(&garbled);
    assert!(
        said.starts_with("line 3 of the backup cannot be understood: "),
        "{said}"
    );
    let mut foreign = whole.clone();
    foreign[1] = r#"{"recipe":{}}"#.to_owned();
    let said = refused(&foreign);
    assert!(
        said.starts_with("line 2 of the backup cannot be understood: "),
        "{said}"
    );
    let mut again = whole.clone();
    again.insert(2, whole[0].clone());
    let said = refused(&again);
    assert!(said.starts_with("line 3 of the backup "), "{said}");
    let mut longer = whole.clone();
    longer.push(whole[1].clone());
    let said = refused(&longer);
    assert!(said.starts_with("line 5 of the backup "), "{said}");
}

#[test]
fn a_backup_cut_at_any_byte_is_refused() {
    let text = small().join("\n");
    for end in 0..text.len() {
        assert!(
            backup::check(&text.as_bytes()[..end]).is_err(),
            "cut at {end}"
        );
    }
}

#[test]
fn bytes_that_are_not_text_are_named_by_their_line() {
    let mut text = small().join("\n").into_bytes();
    let second = text.iter().position(|byte| *byte == b'\n').unwrap() + 5;
    text[second] = 0xff;
    let said = backup::check(text.as_slice()).unwrap_err().to_string();
    assert!(said.starts_with("line 2 of the backup "), "{said}");
}
