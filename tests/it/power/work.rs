//! What the writer writes: commit after commit, each the same in every run, so that a reader knows from the cursor
//! alone what the whole store must hold.

use std::sync::OnceLock;

use linli::{
    domain::{
        commit::{Commit, Cursor, Timer},
        effect::{Effect, Lane, Row, Target},
        ids::{Millis, Txn},
        record::Key,
    },
    store::{Store, StoreError, memory::Memory},
};

use super::seed::Seed;

/// Commits of one run.
pub const COMMITS: u64 = 120;
/// Records that are written again and again.
const SLOTS: usize = 400;
/// Records large enough that sled keeps their pages in files of their own.
const BIG_SLOTS: usize = 12;

/// The commit with a number, counted from 1 to one more than [`COMMITS`].
pub fn commit(n: u64) -> &'static Commit {
    static ALL: OnceLock<Vec<Commit>> = OnceLock::new();
    let all = ALL.get_or_init(|| (1..=COMMITS + 1).map(made).collect());
    &all[usize::try_from(n - 1).unwrap()]
}

fn made(n: u64) -> Commit {
    let mut seed = Seed::new(n);
    let mut commit = Commit {
        cursor: Some(Cursor(format!("s{n}"))),
        ..Commit::default()
    };
    let puts = if n.is_multiple_of(9) {
        300
    } else {
        1 + seed.below(12)
    };
    for _ in 0..puts {
        let key = Key::new("c", "slot", &format!("{:04}", seed.below(SLOTS)));
        let len = 40 + seed.below(1_200);
        let value = (!seed.one_in(10)).then(|| format!("{n} {}", seed.text(len)));
        commit.records.insert(key, value);
    }
    if n.is_multiple_of(4) {
        let key = Key::new("c", "big", &format!("{:02}", seed.below(BIG_SLOTS)));
        let len = 20_000 + seed.below(80_000);
        commit
            .records
            .insert(key, Some(format!("{n} {}", seed.text(len))));
    }
    commit.timers.insert(timer(n));
    if n > 3 {
        commit.fired.insert(timer(n - 3));
    }
    commit.rows.insert(txn(n), row(n, None));
    if n > 2 {
        let why = Some(format!("refused at {n}"));
        commit.rows.insert(txn(n - 2), row(n - 2, why));
    }
    if n > 5 {
        commit.settled.insert(txn(n - 5));
    }
    commit
}

fn timer(n: u64) -> Timer {
    Timer {
        due: Millis(1_000 * i64::try_from(n % 7).unwrap() - 3_000),
        id: format!("t{n}"),
        community: "c".into(),
        feature: "f".to_owned(),
        note: String::new(),
    }
}

fn txn(n: u64) -> Txn {
    Txn::new(format!("react-{n}"))
}

fn row(n: u64, wedged: Option<String>) -> Row {
    Row {
        txn: txn(n),
        seq: n,
        room: "!r:s".into(),
        lane: Lane::Talk,
        effect: Effect::React {
            target: Target::Event("$e".into()),
            key: "👍".to_owned(),
        },
        created: Millis(0),
        wedged,
    }
}

/// Says the number of the last commit that a store holds, where it holds that one and all before it, whole, and
/// nothing else. The sentence otherwise.
pub fn held(store: &dyn Store) -> Result<u64, String> {
    let cursor = store
        .cursor()
        .map_err(|error| format!("refused: {error}"))?;
    let n = match cursor {
        None => 0,
        Some(Cursor(text)) => text
            .strip_prefix('s')
            .and_then(|n| n.parse().ok())
            .ok_or_else(|| format!("WRONG: the cursor is {text}"))?,
    };
    let found = contents(store).map_err(|error| format!("refused: {error}"))?;
    let mut model = Memory::default();
    for n in 1..=n {
        model.commit(commit(n)).unwrap();
    }
    let expected = contents(&model).unwrap();
    if found == expected {
        Ok(n)
    } else {
        Err(format!(
            "WRONG: after commit {n}: {}",
            difference(&expected, &found)
        ))
    }
}

/// Everything that a store holds.
type Contents = (Vec<(Key, String)>, Vec<Timer>, Vec<Row>, Option<Cursor>);

fn contents(store: &dyn Store) -> Result<Contents, StoreError> {
    let records = store.scan("", None, usize::MAX);
    Ok((
        records.map_err(|fault| StoreError::Failed(fault.to_string()))?,
        store.due(Millis(i64::MAX), usize::MAX)?,
        store.rows()?,
        store.cursor()?,
    ))
}

fn difference(expected: &Contents, found: &Contents) -> String {
    let short = |(key, value): &(Key, String)| {
        let value: String = value.chars().take(20).collect();
        format!("{key} = {value}")
    };
    expected
        .0
        .iter()
        .zip(&found.0)
        .find(|(a, b)| a != b)
        .map_or_else(
            || "records are missing or too many, or something else differs".to_owned(),
            |(a, b)| format!("expected {} but found {}", short(a), short(b)),
        )
}
