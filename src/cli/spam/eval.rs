//! `linli spam eval`

use std::{fmt::Write as _, io::Write as _, path::PathBuf};

use anyhow::{Context as _, anyhow};

use super::read::{self, Inputs};
use crate::{
    cli::Failure,
    text::{fold::Folded, model::Model},
};

/// Characters of a line that are shown.
const SHOWN_CHARS: usize = 100;

/// What `linli spam eval` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// The model
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// Show so many of the honest lines that look most like adverts, and of the adverts that look most like honest lines
    #[arg(long, value_name = "N", default_value_t = 0)]
    show: usize,
}

struct Judged {
    is_spam: bool,
    lean: f64,
    text: String,
}

/// Judges labelled lines with a model and says how many it gets right, with bounds that were fixed in the training.
///
/// # Errors
/// Where a file cannot be read, or is no model.
pub fn eval(arguments: &Arguments) -> Result<(), Failure> {
    let path = arguments.model.display();
    let bytes = std::fs::read(&arguments.model)
        .with_context(|| format!("Cannot read '{path}'"))
        .map_err(Failure::data)?;
    let model = Model::from_bytes(&bytes)
        .with_context(|| format!("'{path}' cannot be used"))
        .map_err(Failure::data)?;
    let rows = read::all(&arguments.inputs, false)?
        .into_iter()
        .flat_map(|file| file.rows);
    let mut judged: Vec<Judged> = rows
        .map(|row| Judged {
            is_spam: row.is_spam,
            lean: model.lean(&Folded::new(&row.text)),
            text: row.text,
        })
        .collect();
    if judged.is_empty() {
        return Err(Failure::data(anyhow!("there is no line to judge")));
    }
    judged.sort_by(|one, two| two.lean.total_cmp(&one.lean));
    let report = report(&model, &judged, arguments.show);
    let mut out = std::io::stdout().lock();
    out.write_all(report.as_bytes()).map_err(Failure::other)
}

fn report(model: &Model, judged: &[Judged], show: usize) -> String {
    let about = model.about();
    let count = |is_spam: bool, bound: f64| {
        let ours = judged.iter().filter(|line| line.is_spam == is_spam);
        ours.filter(|line| line.lean > bound).count()
    };
    let (spam, ham) = (
        count(true, f64::NEG_INFINITY),
        count(false, f64::NEG_INFINITY),
    );
    let mut out = String::new();
    // A string takes whatever is written to it.
    let _ = writeln!(out, "Trained on:");
    for source in &about.trained_on {
        let _ = writeln!(
            out,
            "  {}: {} adverts, {} honest lines",
            source.name, source.spam, source.ham
        );
    }
    let _ = writeln!(out, "Judged: {spam} adverts, {ham} honest lines");
    for (bound, name) in [(about.strict, "0.1 %"), (about.loose, "0.5 %")] {
        let (caught, wrong) = (count(true, bound), count(false, bound));
        let _ = writeln!(
            out,
            "Bound fixed in the training at {name} of honest lines: {caught} of {spam} adverts found ({}), {wrong} of {ham} honest lines taken for one ({})",
            share(caught, spam),
            share(wrong, ham)
        );
    }
    let text = |line: &Judged| -> String {
        line.text
            .chars()
            .take(SHOWN_CHARS)
            .filter(|c| !c.is_control())
            .collect()
    };
    if show > 0 {
        let _ = writeln!(
            out,
            "Honest lines that look most like adverts (lean, text):"
        );
        for line in judged.iter().filter(|line| !line.is_spam).take(show) {
            let _ = writeln!(out, "  {:.2}\t{}", line.lean, text(line));
        }
        let _ = writeln!(out, "Adverts that look most like honest lines:");
        for line in judged.iter().rev().filter(|line| line.is_spam).take(show) {
            let _ = writeln!(out, "  {:.2}\t{}", line.lean, text(line));
        }
    }
    out
}

/// A share in percent; nothing of nothing is none.
fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "none to judge".to_owned();
    }
    // Hundredths of a percent, rounded.
    let hundredths = (part * 20_000 + whole) / (2 * whole);
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}
