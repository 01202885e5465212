//! `cargo bench --bench decide`: deciding one input, alone, over a store in memory.

#![expect(
    clippy::expect_used,
    reason = "a bench that cannot begin has nothing to say"
)]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use linli::{
    domain::decide::decide,
    store::{Store, memory::Memory},
};

mod support;
use support::{CHAT, NOW, REPORT, message, roster, sync, world};

fn deciding(c: &mut Criterion) {
    for rooms in [10, 1_000, 10_000] {
        let world = world(rooms);
        let mut store = Memory::default();
        for n in 0..rooms.min(1_000) {
            let met = decide(&world, &store, &roster(n, 30), NOW).expect("a decision");
            store.commit(&met.commit).expect("a commit");
        }
        let mut number = 0;
        for (name, text) in [("chat", CHAT[0]), ("report", REPORT)] {
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

criterion_group!(benches, deciding);
criterion_main!(benches);
