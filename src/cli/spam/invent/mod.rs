//! `linli spam invent`: adverts and residents' talk from templates, to try the other commands with, and to train the
//! model that linli brings along until somebody has lines of their own.

mod disguise;
mod fill;

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::cli::Failure;
use disguise::disguised;
use fill::Templates;

const ADVERTS: &str = include_str!("adverts.txt");
const RESIDENTS: &str = include_str!("residents.txt");
/// Of a hundred adverts so many are disguised.
const DISGUISED_PERCENT: usize = 60;

/// What `linli spam invent` takes.
#[derive(clap::Args)]
pub struct Arguments {
    /// How many lines; half of them adverts
    #[arg(long, default_value_t = 8_000, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    lines: u32,
    /// With the same seed the same lines come out
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where they are written
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Writes invented lines: a label, a tab, a text.
///
/// # Errors
/// Where the file cannot be written.
pub fn invent(arguments: &Arguments) -> Result<(), Failure> {
    let mut chance = Chance(arguments.seed);
    let half = arguments.lines as usize / 2;
    let adverts = lines(
        &Templates::new(ADVERTS),
        half,
        &mut chance,
        |line, chance| {
            if chance.below(100) < DISGUISED_PERCENT {
                disguised(&line, chance)
            } else {
                line
            }
        },
    );
    let residents = lines(
        &Templates::new(RESIDENTS),
        half,
        &mut chance,
        |line, chance| typed(&line, chance),
    );
    let mut text = String::new();
    for (label, lines) in [("spam", adverts), ("ham", residents)] {
        for line in lines {
            // A string takes whatever is written to it.
            let _ = writeln!(text, "{label}\t{line}");
        }
    }
    write(&arguments.out, &text)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text)
        .with_context(|| format!("Cannot write '{}'", path.display()))
        .map_err(Failure::other)
}

/// Different lines, so many as there are to be had.
fn lines(
    templates: &Templates,
    count: usize,
    chance: &mut Chance,
    dress: impl Fn(String, &mut Chance) -> String,
) -> Vec<String> {
    let (mut met, mut lines) = (BTreeSet::new(), Vec::with_capacity(count));
    for _ in 0..count * 20 {
        if lines.len() == count {
            break;
        }
        let line = dress(templates.one(chance), chance);
        if met.insert(line.clone()) {
            lines.push(line);
        }
    }
    lines
}

/// As people type it in a hurry: other commas, or none.
fn typed(line: &str, chance: &mut Chance) -> String {
    let line = match chance.below(6) {
        0 => line.replace('，', ","),
        1 => line.replace('，', " "),
        2 => line.replace('，', ""),
        _ => line.to_owned(),
    };
    let end = *chance.pick(&["", "", "", "", "。", "！", "~", "🙏", "😂", "？？", "..."]);
    line + end
}

/// Chance that is the same for the same seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, but without, this one.
    fn below(&mut self, end: usize) -> usize {
        let number = self.next() % (end.max(1) as u64);
        usize::try_from(number).unwrap_or_default()
    }

    fn pick<'p, T>(&mut self, from: &'p [T]) -> &'p T {
        let at = self.below(from.len());
        &from[at]
    }
}
