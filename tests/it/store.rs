//! One suite for all stores. A new kind of store adds a line to [`each`] and, where it keeps things, to [`kept`].

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod backups;
mod random;
mod suite;

use std::path::Path;

use linli::{
    domain::{
        commit::{Commit, Cursor, Timer},
        effect::{Effect, Lane, Row, Target},
        ids::{Millis, Txn},
        record::{Key, View},
    },
    store::{Store, StoreError, form, memory::Memory, sled::Sled},
};

/// Opens a store that lives in a folder.
type Open = fn(&Path) -> Box<dyn Store>;

fn memory(_: &Path) -> Box<dyn Store> {
    Box::new(Memory::default())
}

fn sled(folder: &Path) -> Box<dyn Store> {
    Box::new(Sled::open(folder).unwrap())
}

/// Runs a check for each kind of store, each time in a new folder.
fn each(check: impl Fn(Open, &Path)) {
    for open in [memory as Open, sled] {
        let folder = tempfile::tempdir().unwrap();
        check(open, &folder.path().join("store"));
    }
}

/// Those that keep what they hold when they are opened again.
fn kept(check: impl Fn(Open, &Path)) {
    let folder = tempfile::tempdir().unwrap();
    check(sled, &folder.path().join("store"));
}

fn key(text: &str) -> Key {
    Key::from_text(text.to_owned())
}

fn put(key_text: &str, value: &str) -> Commit {
    Commit {
        records: [(key(key_text), Some(value.to_owned()))].into(),
        ..Commit::default()
    }
}

fn timer(due: i64, id: &str) -> Timer {
    Timer {
        due: Millis(due),
        id: id.to_owned(),
        community: "c".into(),
        feature: "tickets".to_owned(),
        note: "n".to_owned(),
    }
}

fn row(txn: &str, seq: u64) -> Row {
    Row {
        txn: Txn::new(txn),
        seq,
        room: "!r:s".into(),
        lane: Lane::Answer,
        effect: Effect::React {
            target: Target::Event("$e".into()),
            key: "👍".to_owned(),
        },
        created: Millis(5),
        wedged: None,
    }
}

/// Everything that a store holds.
type Contents = (Vec<(Key, String)>, Vec<Timer>, Vec<Row>, Option<Cursor>);

fn contents(store: &dyn Store) -> Contents {
    (
        store.scan("", None, usize::MAX).unwrap(),
        store.due(Millis(i64::MAX), usize::MAX).unwrap(),
        store.rows().unwrap(),
        store.cursor().unwrap(),
    )
}

#[test]
fn the_stored_form_stays_what_it_is() {
    let timer = timer(-1, "tickets.12.unclaimed");
    let row = Row {
        wedged: Some("M_FORBIDDEN".to_owned()),
        ..row("react-$e-tickets-0", 7)
    };
    assert_eq!(form::record_key(&key("c/ticket/1")), "r/c/ticket/1");
    assert_eq!(form::row_key(&row.txn), "o/react-$e-tickets-0");
    assert_eq!(
        form::timer_key(&timer),
        "t/7fffffffffffffff/tickets.12.unclaimed"
    );
    assert_eq!(form::CURSOR_KEY, "cursor");
    assert_eq!(
        form::encode(&timer).unwrap(),
        r#"{"v":1,"d":{"due":-1,"id":"tickets.12.unclaimed","community":"c","feature":"tickets","note":"n"}}"#
    );
    assert_eq!(
        form::encode(&row).unwrap(),
        r#"{"v":1,"d":{"txn":"react-$e-tickets-0","seq":7,"room":"!r:s","lane":"answer","effect":{"react":{"target":{"event":"$e"},"key":"👍"}},"created":5,"wedged":"M_FORBIDDEN"}}"#
    );
    assert_eq!(
        form::encode(&Cursor("s72_1".to_owned())).unwrap(),
        r#"{"v":1,"d":"s72_1"}"#
    );
}

#[test]
fn a_newer_form_is_refused_by_name() {
    let error = form::decode::<Cursor>("the cursor", br#"{"v":2,"d":"s1"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the store failed: the cursor cannot be understood: version 2 is not known"
    );
}

#[test]
fn a_store_in_use_and_a_newer_store_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let mut store = Sled::open(&path).unwrap();
    store.commit(&put("c/k/1", "one")).unwrap();
    assert!(matches!(
        Sled::open(&path),
        Err(StoreError::InUse { path: named }) if named == path.display().to_string()
    ));
    assert_eq!(store.get(&key("c/k/1")).unwrap().unwrap(), "one");
    drop(store);

    let raw = raw_sled(&path);
    raw.insert(form::LAYOUT_KEY, "2").unwrap();
    raw.flush().unwrap();
    drop(raw);
    let Err(StoreError::Newer { found, known, .. }) = Sled::open(&path) else {
        panic!("a newer store was opened");
    };
    assert_eq!((found.as_str(), known), ("2", form::LAYOUT));

    let raw = raw_sled(&path);
    raw.remove(form::LAYOUT_KEY).unwrap();
    drop(raw);
    assert!(matches!(Sled::open(&path), Err(StoreError::Damaged { .. })));
}

/// sled lets go of a folder a moment after it was dropped.
fn raw_sled(path: &Path) -> ::sled::Db {
    for _ in 0..100 {
        if let Ok(db) = ::sled::open(path) {
            return db;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("the folder stays in use");
}
