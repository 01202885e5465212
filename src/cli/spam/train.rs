//! `linli spam train`

use std::{
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};

use super::{
    kept,
    read::{self, Inputs, Read},
};
use crate::{
    cli::Failure,
    config::Config,
    text::{
        alike::Sketch,
        fold::Folded,
        model::{Line, Lines, groups, learn},
    },
};

/// What `linli spam train` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Learn from what moderators have said of messages as well, as the linli of this configuration keeps it
    #[arg(long, value_name = "CONFIG")]
    from_store: Option<PathBuf>,
    /// Where the model is written
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// With the same lines and the same seed the same model comes out
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Keep half of the lines out of the training and write them here, to be used with `linli spam eval`; lines that
    /// are nearly the same are kept out together
    #[arg(long, value_name = "FILE")]
    keep_aside: Option<PathBuf>,
}

/// Learns a model and writes it.
///
/// # Errors
/// Where files cannot be read or written, and where there are not both adverts and honest lines.
pub async fn train(arguments: &Arguments) -> Result<(), Failure> {
    let kept = match &arguments.from_store {
        Some(path) => Some(kept::kept(&Config::load(path)?).await?),
        None => None,
    };
    let mut files = read::all(&arguments.inputs, kept.is_some())?;
    files.extend(kept);
    if let Some(path) = &arguments.keep_aside {
        keep_aside(&mut files, arguments.seed, path)?;
    }
    let mut lines = Lines::default();
    for file in &files {
        lines.begin(&file.name);
        for row in &file.rows {
            lines.add(Line {
                text: &row.text,
                is_spam: row.is_spam,
            });
        }
    }
    let (spam, ham) = (lines.spam(), lines.ham());
    let Some(model) = learn(&lines, arguments.seed) else {
        let why = "there is nothing to learn from: both adverts and honest lines are needed";
        return Err(Failure::data(anyhow!(
            "{why}, and these are {spam} and {ham}"
        )));
    };
    let bytes = model.to_bytes();
    write(&arguments.out, &bytes)?;
    let mut out = std::io::stdout().lock();
    let said = writeln!(
        out,
        "Learned from {spam} adverts and {ham} honest lines; {} bytes in '{}'.",
        bytes.len(),
        arguments.out.display()
    );
    said.map_err(Failure::other)
}

/// Takes half of the lines out and writes them to a file.
fn keep_aside(files: &mut [Read], seed: u64, path: &Path) -> Result<(), Failure> {
    let all = || files.iter().flat_map(|file| &file.rows);
    let sketches: Vec<_> = all()
        .map(|row| Sketch::of(&Folded::new(&row.text)))
        .collect();
    let groups = groups(&sketches);
    let mut kept = String::new();
    let mut at = 0;
    for file in files {
        file.rows.retain(|row| {
            let stays = is_heads(groups[at], seed);
            at += 1;
            if !stays {
                let label = if row.is_spam { "spam" } else { "ham" };
                // A string takes whatever is written to it.
                let _ = writeln!(kept, "{label}\t{}", row.text);
            }
            stays
        });
    }
    write(path, kept.as_bytes())
}

/// A coin that falls the same way for the same number and seed.
fn is_heads(number: usize, seed: u64) -> bool {
    use sha2::{Digest as _, Sha256};
    let digest = Sha256::digest(format!("{seed} {number}"));
    digest[0] & 1 == 0
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = std::fs::write(path, bytes);
    written
        .with_context(|| format!("Cannot write '{}'", path.display()))
        .map_err(Failure::other)
}
