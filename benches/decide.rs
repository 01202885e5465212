//! `cargo bench --bench decide`: deciding one input, alone, over a store in memory.

#![expect(
    clippy::expect_used,
    reason = "a bench that cannot begin has nothing to say"
)]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use linli::{
    domain::{
        batch::Batch,
        decide::{Decision, decide},
        ids::{EventId, RoomId, UserId},
        input::{Input, Message},
    },
    store::{Store, memory::Memory, sled::Sled},
};

mod support;
use support::{ADVERT, CHAT, NOW, REPORT, SHARED, message, resident, roster, sync, world};

fn deciding(c: &mut Criterion) {
    for rooms in [10, 1_000, 10_000] {
        let world = world(rooms);
        let mut store = Memory::default();
        for n in 0..rooms.min(1_000) {
            let met = decide(&world, &store, &roster(n, 30), NOW).expect("a decision");
            store.commit(&met.commit).expect("a commit");
        }
        let mut number = 0;
        for _ in 0..rooms.min(1_000) {
            number += 1;
            let first = sync(number, vec![message(number, rooms, SHARED)]);
            let first = decide(&world, &store, &first, NOW).expect("a decision");
            store.commit(&first.commit).expect("a commit");
        }
        for (name, text) in [
            ("chat", CHAT[0]),
            ("report", REPORT),
            ("report of what is open", SHARED),
            ("advert", ADVERT),
        ] {
            c.bench_function(&format!("decide/{name}/{rooms} rooms"), |b| {
                b.iter_batched(
                    || {
                        number += 1;
                        sync(number, vec![message(number, rooms, text)])
                    },
                    |batch| black_box(decide(&world, &store, &batch, NOW)),
                    BatchSize::SmallInput,
                );
            });
        }
    }
}

/// What stands between an advert and its removal: it is decided about, and what follows is safe on the disk.
fn keeping(c: &mut Criterion) {
    let rooms = 10;
    let world = world(rooms);
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Sled::open(&folder.path().join("store")).expect("a store");
    for n in 0..rooms {
        let met = decide(&world, &store, &roster(n, 30), NOW).expect("a decision");
        store.commit(&met.commit).expect("a commit");
    }
    let mut number = 1_000_000;
    for (name, text) in [("chat", CHAT[0]), ("report", REPORT), ("advert", ADVERT)] {
        c.bench_function(&format!("decide and commit/{name}/{rooms} rooms"), |b| {
            b.iter(|| {
                number += 1;
                let batch = sync(number, vec![message(number, rooms, text)]);
                let made = decide(&world, &store, &batch, NOW).expect("a decision");
                store.commit(&made.commit).expect("a commit");
            });
        });
    }
}

/// How long everybody waits while the figures of a month are counted, from tickets on a disk.
fn counting(c: &mut Criterion) {
    let rooms = 10;
    let world = world(rooms);
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Sled::open(&folder.path().join("store")).expect("a store");
    let mut number = 0;
    for tickets in [1_000, 5_000] {
        let mut batches = Vec::new();
        while number < tickets {
            number += 1;
            batches.push(message(number, rooms, REPORT));
            for word in ["!claim", "!start", "!done"] {
                batches.push(command(number, &format!("{word} {number}")));
            }
        }
        for (at, inputs) in batches.chunks(64).enumerate() {
            let batch = Batch::Inputs(inputs.to_vec());
            let now = NOW.plus(i64::try_from(at).unwrap_or(0) * 60_000);
            let made = decide(&world, &store, &batch, now).expect("a decision");
            store.commit(&made.commit).expect("a commit");
        }
        let later = NOW.plus(86_400_000);
        let mut asked = 1_000_000;
        c.bench_function(&format!("figures/{tickets} tickets"), |b| {
            b.iter(|| {
                asked += 1;
                let batch = Batch::Inputs(vec![command(asked, "!stats 2023-11")]);
                let made = decide(&world, &store, &batch, later).expect("a decision");
                assert!(made.commit.rows.len() == 2, "no figures and no chart");
                black_box(made)
            });
        });
    }
}

/// How long it takes to open one post among ten thousand that are open, and to find those that it goes with; beside it the
/// same where nothing else is open.
fn meeting(c: &mut Criterion) {
    const OPEN: u64 = 10_000;
    let things = [
        "钥匙", "雨伞", "手机", "耳机", "眼镜", "水杯", "书包", "帽子", "手表", "钱包",
    ];
    let colours = [
        "黑色", "白色", "红色", "蓝色", "绿色", "黄色", "灰色", "粉色", "棕色", "紫色",
    ];
    let rooms = 100;
    let world = world(rooms);
    for open in [0, OPEN] {
        let mut store = Memory::default();
        for n in 0..rooms {
            let met = decide(&world, &store, &roster(n, 300), NOW).expect("a decision");
            store.commit(&met.commit).expect("a commit");
        }
        for number in 1..=open {
            let at = usize::try_from(number).unwrap_or(0);
            let (tag, act) = [("#寻物", "丢了"), ("#招领", "捡到")][at % 2];
            let (thing, colour) = (things[at / 2 % 10], colours[at / 20 % 10]);
            let place = at / 200 % 60 + 1;
            let text = format!("{tag} {colour}{thing} 昨天在{place}号楼门口{act} {number}");
            let batch = sync(number, vec![posted(number, rooms, &text)]);
            let made = decide(&world, &store, &batch, NOW).expect("a decision");
            assert!(opens(&made), "{text} opened nothing");
            store.commit(&made.commit).expect("a commit");
        }
        let mut number = 20_000;
        c.bench_function(&format!("post/lost thing among {open} open ones"), |b| {
            b.iter_batched(
                || {
                    number += 1;
                    let text = format!("#寻物 红色雨伞 昨天在7号楼门口丢了 {number}");
                    sync(number, vec![posted(number, rooms, &text)])
                },
                |batch| {
                    let made = decide(&world, &store, &batch, NOW).expect("a decision");
                    assert!(opens(&made), "nothing was opened");
                    black_box(made)
                },
                BatchSize::SmallInput,
            );
        });
    }
}

/// What neighbours post, thirty thousand of them one after the other: nobody posts more than they may.
fn posted(number: u64, rooms: usize, text: &str) -> Input {
    let Input::Message(message) = message(number, rooms, text) else {
        unreachable!("a message is one");
    };
    let at = usize::try_from(number).unwrap_or(0);
    Input::Message(Message {
        sender: resident(at % rooms * 300 + at / rooms % 300),
        ..message
    })
}

/// Whether a post came of it.
fn opens(made: &Decision) -> bool {
    let mut kept = made.commit.records.keys();
    kept.any(|key| key.kind() == "help_post")
}

/// What the electrician writes in the staff room.
fn command(number: u64, text: &str) -> Input {
    let Input::Message(message) = message(number, 1, text) else {
        unreachable!("a message is one");
    };
    Input::Message(Message {
        room: RoomId::from("!staff"),
        id: EventId::new(format!("$command{number}{text}")),
        sender: UserId::from("@wang:example.org"),
        ..message
    })
}

criterion_group! {
    name = figures;
    config = Criterion::default().sample_size(10);
    targets = counting
}
criterion_group!(benches, deciding, keeping, meeting);
criterion_main!(benches, figures);
