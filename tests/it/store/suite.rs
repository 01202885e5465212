//! What every store must do.

use std::collections::BTreeSet;

use linli::{
    domain::{
        commit::{Commit, Cursor},
        effect::Row,
        ids::{Millis, Txn},
    },
    store::Store,
};

use super::{contents, each, kept, key, put, row, timer};

fn names(store: &dyn Store, prefix: &str, after: Option<&str>, limit: usize) -> Vec<String> {
    let found = store.scan(prefix, after.map(key).as_ref(), limit).unwrap();
    found
        .iter()
        .map(|(key, value)| {
            assert_eq!(value, &format!("at {key}"));
            key.as_str().to_owned()
        })
        .collect()
}

#[test]
fn records_are_put_overwritten_and_removed() {
    each(|open, path| {
        let mut store = open(path);
        assert_eq!(store.get(&key("c/k/1")).unwrap(), None);
        store.commit(&put("c/k/1", "one")).unwrap();
        store.commit(&put("c/k/2", "")).unwrap();
        store.commit(&put("c/k/1", "more")).unwrap();
        assert_eq!(store.get(&key("c/k/1")).unwrap().unwrap(), "more");
        assert_eq!(store.get(&key("c/k/2")).unwrap().unwrap(), "");
        assert_eq!(store.get(&key("c/k/")).unwrap(), None);

        let mut gone = Commit::default();
        gone.records.insert(key("c/k/1"), None);
        gone.records.insert(key("c/k/never"), None);
        store.commit(&gone).unwrap();
        assert_eq!(store.get(&key("c/k/1")).unwrap(), None);
        assert_eq!(store.scan("", None, 9).unwrap().len(), 1);
    });
}

#[test]
fn scans_keep_to_prefix_place_and_limit() {
    let keys = [
        "a/k",
        "a/k/",
        "a/k/1",
        "a/k/1\0",
        "a/k/1\0\0",
        "a/k/10",
        "a/k/2",
        "a/kk/1",
        "a/邻/1",
        "a/邻/2",
        "b/\u{10ffff}",
        "b/\u{10ffff}/1",
        "cursor",
        "layout",
    ];
    each(|open, path| {
        let mut store = open(path);
        let mut commit = Commit::default();
        for text in keys {
            commit.records.insert(key(text), Some(format!("at {text}")));
        }
        // Their neighbours in the store are no records.
        commit.timers.insert(timer(0, "a/k/1"));
        commit.rows.insert(Txn::new("a/k/1"), row("a/k/1", 1));
        commit.cursor = Some(Cursor("s".to_owned()));
        store.commit(&commit).unwrap();
        let scan = |prefix, after, limit| names(&*store, prefix, after, limit);

        assert_eq!(scan("", None, 99), keys);
        assert_eq!(scan("a/k/", None, 99), &keys[1..7]);
        assert_eq!(scan("a/k", None, 99), &keys[0..8]);
        assert_eq!(scan("a/k/1\0", None, 99), &keys[3..5]);
        assert_eq!(scan("a/邻", None, 99), &keys[8..10]);
        assert_eq!(scan("b/\u{10ffff}", None, 99), &keys[10..12]);
        assert!(scan("z", None, 99).is_empty());

        assert_eq!(scan("a/k/", Some("a/k/1"), 99), &keys[3..7]);
        assert_eq!(scan("a/k/", Some("a/k/1"), 2), &keys[3..5]);
        assert_eq!(scan("a/k/", Some("a/k/15"), 99), &keys[6..7]);
        assert_eq!(scan("a/k/", Some("a"), 99), &keys[1..7]);
        assert_eq!(scan("a/k/", Some("a/k/"), 1), &keys[2..3]);
        assert!(scan("a/k/", Some("a/l"), 99).is_empty());
        assert_eq!(scan("", None, 1), &keys[..1]);
        assert!(scan("", None, 0).is_empty());
    });
}

#[test]
fn a_commit_is_taken_in_all_its_parts() {
    each(|open, path| {
        let mut store = open(path);
        let mut commit = put("c/k/1", "one");
        commit.timers.insert(timer(1, "t"));
        commit.rows.insert(Txn::new("a"), row("a", 1));
        commit.cursor = Some(Cursor("s1".to_owned()));
        store.commit(&commit).unwrap();
        let all = (
            vec![(key("c/k/1"), "one".to_owned())],
            vec![timer(1, "t")],
            vec![row("a", 1)],
            Some(Cursor("s1".to_owned())),
        );
        assert_eq!(contents(&*store), all);

        store.commit(&Commit::default()).unwrap();
        assert_eq!(contents(&*store), all);

        let mut undone = Commit::default();
        undone.records.insert(key("c/k/1"), None);
        undone.fired.insert(timer(1, "t"));
        undone.settled.insert(Txn::new("a"));
        undone.cursor = Some(Cursor("s2".to_owned()));
        store.commit(&undone).unwrap();
        assert_eq!(
            contents(&*store),
            (vec![], vec![], vec![], Some(Cursor("s2".to_owned())))
        );
    });
}

#[test]
fn rows_come_in_the_order_of_their_decisions() {
    each(|open, path| {
        let mut store = open(path);
        let mut commit = Commit::default();
        for (txn, seq) in [("z", 1), ("a", 3), ("邻", 2), ("m", u64::MAX)] {
            commit.rows.insert(Txn::new(txn), row(txn, seq));
        }
        store.commit(&commit).unwrap();
        let order = |store: &dyn Store| -> Vec<String> {
            let rows = store.rows().unwrap();
            rows.iter().map(|row| row.txn.to_string()).collect()
        };
        assert_eq!(order(&*store), ["z", "邻", "a", "m"]);
        assert_eq!(store.row(&Txn::new("a")).unwrap(), Some(row("a", 3)));
        assert_eq!(store.row(&Txn::new("b")).unwrap(), None);

        // A row settled and added again in one commit stays; one that is wedged stays too.
        let wedged = Row {
            wedged: Some("M_FORBIDDEN".to_owned()),
            ..row("z", 1)
        };
        let mut again = Commit::default();
        again.settled.extend([Txn::new("a"), Txn::new("m")]);
        again.rows.insert(Txn::new("a"), row("a", 9));
        again.rows.insert(Txn::new("z"), wedged.clone());
        store.commit(&again).unwrap();
        assert_eq!(order(&*store), ["z", "邻", "a"]);
        assert_eq!(store.row(&Txn::new("z")).unwrap(), Some(wedged));
    });
}

#[test]
fn timers_come_in_the_order_of_their_moments() {
    each(|open, path| {
        let mut store = open(path);
        let mut commit = Commit::default();
        let moments = [i64::MIN, -1_000, -1, 0, 1, 1_700_000_000_000, i64::MAX];
        commit.timers = moments.iter().map(|due| timer(*due, "t")).collect();
        commit.timers.insert(timer(0, "s"));
        store.commit(&commit).unwrap();
        let due = |store: &dyn Store, until, limit| -> Vec<(i64, String)> {
            let timers = store.due(Millis(until), limit).unwrap();
            timers.into_iter().map(|t| (t.due.0, t.id)).collect()
        };
        let at = |due: i64, id: &str| (due, id.to_owned());
        let early = [at(i64::MIN, "t"), at(-1_000, "t"), at(-1, "t")];
        assert_eq!(due(&*store, -1, 99), early);
        assert_eq!(due(&*store, -2, 99), early[..2]);
        assert_eq!(due(&*store, i64::MAX, 2), early[..2]);
        assert_eq!(due(&*store, i64::MAX, 99).len(), 8);
        assert_eq!(due(&*store, 0, 99)[3..], [at(0, "s"), at(0, "t")]);

        // The same moment and id is the same timer: the later note stands, and one firing removes it.
        let mut noted = timer(0, "t");
        noted.note = "new".to_owned();
        store
            .commit(&Commit {
                timers: BTreeSet::from([noted.clone()]),
                ..Commit::default()
            })
            .unwrap();
        let found = store.due(Millis(0), 99).unwrap();
        assert_eq!(found.len(), 5);
        assert_eq!(found[4], noted);
        let mut fired = Commit::default();
        fired.fired.extend([noted, timer(77, "never")]);
        store.commit(&fired).unwrap();
        assert_eq!(due(&*store, 0, 99).len(), 4);

        // Fired and set anew in one commit: it stands.
        let mut anew = Commit::default();
        anew.fired.insert(timer(0, "s"));
        anew.timers.insert(timer(0, "s"));
        store.commit(&anew).unwrap();
        assert_eq!(due(&*store, 0, 99).len(), 4);
    });
}

#[test]
fn much_and_big_is_held() {
    each(|open, path| {
        let mut store = open(path);
        let big = "邻".repeat(100 * 1_024 / 3);
        let mut commit = Commit::default();
        for n in 0..10_000 {
            commit
                .records
                .insert(key(&format!("c/many/{n:05}")), Some(n.to_string()));
        }
        for n in 0..20 {
            commit
                .records
                .insert(key(&format!("c/big/{n:02}")), Some(format!("{n}{big}")));
        }
        store.commit(&commit).unwrap();
        let found = store.scan("", None, usize::MAX).unwrap();
        assert_eq!(found.len(), 10_020);
        assert!(
            found
                .iter()
                .all(|(key, value)| commit.records[key].as_deref() == Some(value))
        );
        let page = store
            .scan("c/many/", Some(&key("c/many/04999")), 10)
            .unwrap();
        assert_eq!(page[0].0.as_str(), "c/many/05000");
        assert_eq!(page.len(), 10);
    });
}

#[test]
fn what_was_committed_is_there_when_opened_again() {
    kept(|open, path| {
        let mut store = open(path);
        let mut commit = put("c/k/1", "one");
        commit
            .records
            .insert(key("c/big/1"), Some("x".repeat(200_000)));
        commit
            .timers
            .extend([timer(-5, "t"), timer(5, "t"), timer(5, "u")]);
        commit.rows.insert(Txn::new("a"), row("a", 1));
        commit.cursor = Some(Cursor("s1".to_owned()));
        store.commit(&commit).unwrap();
        let all = contents(&*store);
        for _ in 0..3 {
            drop(store);
            store = open(path);
            assert_eq!(contents(&*store), all);
        }
    });
}
