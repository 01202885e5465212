//! `cargo bench --bench budgets`: the budgets of the design, measured: p99 of a decision, messages and tickets a
//! second with durable commits on sled, the cost of an input among 10 and among 10,000 rooms, and memory.

#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(clippy::print_stdout, reason = "a bench tells on standard output")]

use std::{
    error::Error,
    hint::black_box,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use linli::{
    domain::{batch::Batch, decide::decide},
    engine::Engine,
    store::{Store, memory::Memory, sled::Sled},
};

mod support;
use support::{CHAT, NOW, REPORT, message, moment, roster, sync, world, writers};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The first argument of the process that measures memory.
const INTAKE: &str = "intake";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, first, path] = arguments.as_slice()
        && first == INTAKE
    {
        return intake(Path::new(path));
    }
    one_decision()?;
    for (rooms, batch, count, report) in [
        (1_000, 64, 64_000, false),
        (1_000, 1, 2_000, false),
        (1_000, 64, 6_400, true),
        (1_000, 1, 1_000, true),
        (10, 64, 64_000, false),
        (10_000, 64, 64_000, false),
        (10, 64, 6_400, true),
        (10_000, 64, 6_400, true),
    ] {
        durable(rooms, batch, count, report)?;
    }
    few_and_many_rooms()?;
    memory()
}

fn percentile(sorted: &[Duration], share: usize) -> Duration {
    sorted[(sorted.len() - 1) * share / 100]
}

/// Deciding one input, 1,000 rooms, mostly chat with one report in twenty.
fn one_decision() -> Result<()> {
    let world = world(1_000);
    let mut store = Memory::default();
    for n in 0..1_000 {
        let met = decide(&world, &store, &roster(n, 30), NOW)?;
        store.commit(&met.commit)?;
    }
    for batch in acquaintance(1_000) {
        let said = decide(&world, &store, &batch, NOW)?;
        store.commit(&said.commit)?;
    }
    let first = acquainted(1_000);
    for (what, every) in [
        ("one report in twenty", 20),
        ("chat alone", u64::MAX),
        ("reports alone", 1),
    ] {
        let mut taken = Vec::new();
        for number in first + 1..=first + 20_000 {
            let text = if number % every == 0 {
                report(number)
            } else {
                chat(number, 1_000).to_owned()
            };
            let batch = sync(number, vec![message(number, 1_000, &text)]);
            let begun = Instant::now();
            let decision = black_box(decide(&world, &store, &batch, moment(number, 1_000))?);
            taken.push(begun.elapsed());
            if number.is_multiple_of(50) {
                store.commit(&decision.commit)?;
            }
        }
        taken.sort();
        println!(
            "decide, 1,000 rooms, {what}: p50 {:?}, p99 {:?} (budget 50 µs)",
            percentile(&taken, 50),
            percentile(&taken, 99)
        );
    }
    Ok(())
}

/// So many messages everybody has said before anything is measured: nobody is a newcomer any more.
const BEFORE: u64 = 5;

/// The number of the first message that is measured.
fn acquainted(rooms: usize) -> u64 {
    BEFORE * writers(rooms)
}

/// What is said next: nobody says the same again within some minutes.
fn chat(number: u64, rooms: usize) -> &'static str {
    let turn = number + number / writers(rooms);
    CHAT[usize::try_from(turn).unwrap_or(0) % CHAT.len()]
}

/// A report: what somebody reports in the same words again is no other one.
fn report(number: u64) -> String {
    format!("{REPORT}，第{number}次")
}

/// What everybody says before.
fn acquaintance(rooms: usize) -> impl Iterator<Item = Batch> {
    let numbers: Vec<u64> = (0..acquainted(rooms)).collect();
    let some: Vec<Vec<u64>> = numbers.chunks(1_000).map(<[u64]>::to_vec).collect();
    some.into_iter().map(move |numbers| {
        // Too short to be compared with what others say.
        let said = |number: &u64| message(*number, rooms, "早上好");
        sync(numbers[0], numbers.iter().map(said).collect())
    })
}

/// Decide and commit on sled, acknowledged only when durable.
fn durable(rooms: usize, batch: u64, count: u64, reports: bool) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut engine = Engine::open(
        world(rooms),
        Box::new(Sled::open(&folder.path().join("store"))?),
    )?;
    for n in 0..rooms {
        engine.take(&roster(n, 3), NOW)?;
    }
    for said in acquaintance(rooms) {
        engine.take(&said, NOW)?;
    }
    let first = acquainted(rooms);
    let begun = Instant::now();
    for number in 0..count / batch {
        let inputs = (0..batch).map(|n| {
            let id = first + number * batch + n;
            let text = if reports {
                report(id)
            } else {
                chat(id, rooms).to_owned()
            };
            message(id, rooms, &text)
        });
        let now = moment(first + number * batch, rooms);
        engine.take(&sync(first + number, inputs.collect()), now)?;
    }
    let seconds = begun.elapsed().as_secs_f64();
    let budget = match (reports, batch) {
        (false, 64) => " (budget 20,000)",
        (true, 64) => " (budget 4,000)",
        _ => "",
    };
    #[expect(clippy::cast_precision_loss, reason = "a rate to be read by people")]
    let rate = count as f64 / seconds;
    let what = if reports { "tickets" } else { "chat" };
    println!(
        "decide + durable commit, {rooms} rooms, {what}, batches of {batch}: {rate:.0} a second{budget}"
    );
    Ok(())
}

/// The cost of one input among few rooms and among many, interleaved in one run.
fn few_and_many_rooms() -> Result<()> {
    let sizes = [10, 10_000];
    let mut engines = Vec::new();
    for rooms in sizes {
        let mut engine = Engine::open(world(rooms), Box::new(Memory::default()))?;
        for n in 0..rooms {
            engine.take(&roster(n, 3), NOW)?;
        }
        for said in acquaintance(rooms) {
            engine.take(&said, NOW)?;
        }
        engines.push((rooms, engine, Vec::new()));
    }
    for number in 0..20_000_u64 {
        for (rooms, engine, taken) in &mut engines {
            let number = acquainted(*rooms) + number;
            let text = if number.is_multiple_of(20) {
                report(number)
            } else {
                chat(number, *rooms).to_owned()
            };
            let batch = sync(number, vec![message(number, *rooms, &text)]);
            let begun = Instant::now();
            engine.take(&batch, moment(number, *rooms))?;
            taken.push(begun.elapsed());
        }
    }
    let mut means = Vec::new();
    for (rooms, _, taken) in &mut engines {
        taken.sort();
        let whole: Duration = taken.iter().sum();
        let mean = whole / u32::try_from(taken.len())?;
        println!(
            "one input, {rooms} rooms: mean {mean:?}, p50 {:?}, p99 {:?}",
            percentile(taken, 50),
            percentile(taken, 99)
        );
        means.push(mean.as_secs_f64());
    }
    println!(
        "10,000 rooms against 10: {:.2} (budget 1.2)",
        means[1] / means[0]
    );
    Ok(())
}

/// Resident memory after the intake of 1,000 rooms with 300 members each, on sled, in a process of its own: here the
/// other figures have left their own behind.
fn memory() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("store");
    let program = std::env::current_exe()?;
    let status = Command::new(program).arg(INTAKE).arg(&path).status()?;
    if !status.success() {
        return Err(format!("the intake ended badly: {status}").into());
    }
    let begun = Instant::now();
    let mut engine = Engine::open(world(1_000), Box::new(Sled::open(&path)?))?;
    engine.take(&sync(1, vec![message(1, 1_000, REPORT)]), NOW)?;
    println!(
        "start to first decided event, 1,000 rooms, without the network: {:?} (budget 5 s with it)",
        begun.elapsed()
    );
    Ok(())
}

/// The intake, in that process.
fn intake(path: &Path) -> Result<()> {
    let before = resident_kib()?;
    let mut engine = Engine::open(world(1_000), Box::new(Sled::open(path)?))?;
    for n in 0..1_000 {
        engine.take(&roster(n, 300), NOW)?;
    }
    println!(
        "1,000 rooms × 300 members: {} MB after the intake (budget 150; {} MB before it began)",
        resident_kib()? / 1024,
        before / 1024
    );
    Ok(())
}

fn resident_kib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    Ok(number.ok_or("no VmRSS")?.parse()?)
}
