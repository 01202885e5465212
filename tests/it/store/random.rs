//! Random commits, with the store in memory as the model.

use std::path::Path;

use linli::{
    domain::{
        commit::{Commit, Cursor},
        ids::{Millis, Txn},
        record::View,
    },
    store::{Store, memory::Memory},
};

use super::{Open, contents, each, kept, key, row, timer};
use crate::power::seed::Seed;

const STEPS: usize = 400;

fn random(seed: &mut Seed, step: usize) -> Commit {
    let mut commit = Commit::default();
    for _ in 0..seed.below(6) {
        let name = key(&format!("c/{}/{}", seed.below(3), seed.below(40)));
        let len = match seed.below(20) {
            0 => 30_000,
            _ => 200,
        };
        let len = seed.below(len);
        let value = (!seed.one_in(3)).then(|| seed.text(len));
        commit.records.insert(name, value);
    }
    let some_timer = |seed: &mut Seed| {
        let due = i64::try_from(seed.below(20)).unwrap() - 10;
        timer(due, &format!("t{}", seed.below(3)))
    };
    for _ in 0..seed.below(4) {
        commit.timers.insert(some_timer(seed));
        commit.fired.insert(some_timer(seed));
    }
    for n in 0..seed.below(4) {
        let txn = format!("x{}", seed.below(30));
        let seq = u64::try_from(step * 10 + n).unwrap();
        commit.rows.insert(Txn::new(txn.as_str()), row(&txn, seq));
        commit
            .settled
            .insert(Txn::new(format!("x{}", seed.below(30))));
    }
    if seed.one_in(2) {
        commit.cursor = Some(Cursor(format!("s{step}")));
    }
    commit
}

fn same_answers(store: &dyn Store, model: &Memory, seed: &mut Seed) {
    let prefix = ["", "c/", "c/1/", "c/1/1", "x"][seed.below(5)];
    let after = key(&format!("c/{}/{}", seed.below(3), seed.below(40)));
    let after = seed.one_in(2).then_some(&after);
    let limit = seed.below(30);
    assert_eq!(
        store.scan(prefix, after, limit).unwrap(),
        model.scan(prefix, after, limit).unwrap()
    );
    let until = Millis(i64::try_from(seed.below(24)).unwrap() - 12);
    assert_eq!(
        store.due(until, limit).unwrap(),
        model.due(until, limit).unwrap()
    );
    let txn = Txn::new(format!("x{}", seed.below(30)));
    assert_eq!(store.row(&txn).unwrap(), model.row(&txn).unwrap());
}

fn run(open: Open, path: &Path, keeps: bool, number: u64) {
    let mut seed = Seed::new(number);
    let mut store = open(path);
    let mut model = Memory::default();
    for step in 0..STEPS {
        let commit = random(&mut seed, step);
        store.commit(&commit).unwrap();
        model.commit(&commit).unwrap();
        same_answers(&*store, &model, &mut seed);
        if seed.one_in(40) {
            if keeps {
                drop(store);
                store = open(path);
            }
            assert_eq!(
                contents(&*store),
                contents(&model),
                "seed {number}, step {step}"
            );
        }
    }
    assert_eq!(contents(&*store), contents(&model), "seed {number}");
}

#[test]
fn random_commits_lead_to_what_the_model_holds() {
    each(|open, path| run(open, path, false, 1));
    kept(|open, path| run(open, path, true, 2));
}
