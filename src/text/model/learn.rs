//! Learning a model from lines. The bounds are taken from lines that the weights have not seen: each line is judged by
//! weights from the others, and lines that are nearly the same are seen or unseen together. Nothing here does IO.

use std::collections::BTreeMap;

use super::{
    About, Model, Source, WEIGHTS,
    fit::{Sample, Weights, fit},
    pieces,
};
use crate::text::{
    alike::{BOXES, Sketch, mixed},
    fold::Folded,
};

/// Into so many parts the lines are divided; each is judged by what the others teach.
const PARTS: u64 = 5;
/// From this likeness on two lines count as the same (in sixteenths, see [`Sketch::likeness`]).
const ALIKE: usize = 11;
/// The rarer kind of line counts for more, at most so many times.
const BALANCE_MAX: f64 = 20.0;
/// Above the bounds lies one honest line in so many.
const LOOSE: usize = 200;
const STRICT: usize = 1_000;

/// A line to learn from.
#[derive(Clone, Copy, Debug)]
pub struct Line<'l> {
    pub text: &'l str,
    pub is_spam: bool,
}

/// Lines that were taken in, as the little that learning needs of them.
#[derive(Default)]
pub struct Lines {
    pieces: Vec<Vec<u16>>,
    is_spam: Vec<bool>,
    sketches: Vec<Option<Sketch>>,
    sources: Vec<Source>,
}

impl Lines {
    /// The lines that follow come from here.
    pub fn begin(&mut self, name: &str) {
        self.sources.push(Source {
            name: name.to_owned(),
            spam: 0,
            ham: 0,
        });
    }

    /// Takes a line in.
    pub fn add(&mut self, line: Line<'_>) {
        let folded = Folded::new(line.text);
        let mut found = Vec::new();
        pieces::each(&folded, |piece| found.push(piece));
        found.shrink_to_fit();
        self.pieces.push(found);
        self.is_spam.push(line.is_spam);
        self.sketches.push(Sketch::of(&folded));
        if let Some(source) = self.sources.last_mut() {
            *(if line.is_spam {
                &mut source.spam
            } else {
                &mut source.ham
            }) += 1;
        }
    }

    /// How many lines are adverts.
    #[must_use]
    pub fn spam(&self) -> usize {
        self.is_spam.iter().filter(|is_spam| **is_spam).count()
    }

    /// How many lines are honest.
    #[must_use]
    pub fn ham(&self) -> usize {
        self.is_spam.len() - self.spam()
    }
}

/// Learns a model; None where there are not both adverts and honest lines. The same lines and the same seed give the
/// same model.
#[must_use]
pub fn learn(lines: &Lines, seed: u64) -> Option<Model> {
    let (spam, ham) = (lines.spam(), lines.ham());
    if spam == 0 || ham == 0 {
        return None;
    }
    let groups = groups(&lines.sketches);
    let part = |at: usize| mixed(seed ^ mixed(groups[at] as u64)) % PARTS;
    let samples = |is_in: &dyn Fn(usize) -> bool| samples(lines, &groups, is_in);
    let mut honest: Vec<f64> = Vec::with_capacity(ham);
    for unseen in 0..PARTS {
        let weights = Stepped::of(&fit(&samples(&|at| part(at) != unseen), seed));
        let judged =
            (0..lines.pieces.len()).filter(|at| part(*at) == unseen && !lines.is_spam[*at]);
        honest.extend(judged.map(|at| weights.lean(&lines.pieces[at])));
    }
    honest.sort_by(f64::total_cmp);
    let all = Stepped::of(&fit(&samples(&|_| true), seed));
    Some(Model {
        about: About {
            trained_on: lines.sources.clone(),
            seed,
            loose: short(bound(&honest, LOOSE)),
            strict: short(bound(&honest, STRICT)),
            step: all.step,
            bias: all.bias,
        },
        weights: all.weights,
    })
}

/// Lines as samples. Many of one kind, or nearly the same line many times, do not drown the others.
fn samples<'l>(
    lines: &'l Lines,
    groups: &[usize],
    is_in: &dyn Fn(usize) -> bool,
) -> Vec<Sample<'l>> {
    let places: Vec<usize> = (0..lines.pieces.len()).filter(|at| is_in(*at)).collect();
    let mut sizes: BTreeMap<usize, f64> = BTreeMap::new();
    for at in &places {
        *sizes.entry(groups[*at]).or_default() += 1.0;
    }
    let weight = |at: usize| 1.0 / sizes.get(&groups[at]).copied().unwrap_or(1.0).sqrt();
    let total = |of_spam: bool| -> f64 {
        let ours = places.iter().filter(|at| lines.is_spam[**at] == of_spam);
        ours.map(|at| weight(*at)).sum::<f64>().max(1.0)
    };
    let (spam, ham) = (total(true), total(false));
    let rarer = spam.min(ham);
    let balance = |of_spam: bool| {
        let mine = if of_spam { spam } else { ham };
        (rarer / mine).max(1.0 / BALANCE_MAX)
    };
    let sample = |at: usize| Sample {
        pieces: &lines.pieces[at],
        is_spam: lines.is_spam[at],
        counts: weight(at) * balance(lines.is_spam[at]),
    };
    places.into_iter().map(sample).collect()
}

/// The bound above which one of so many sorted values lies, at most.
fn bound(sorted: &[f64], one_in: usize) -> f64 {
    let last_below = sorted.len().saturating_sub(sorted.len() / one_in + 1);
    sorted.get(last_below).copied().unwrap_or(0.0)
}

/// A number that is the same after it was written down and read again.
fn short(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// For each line the first of those that are nearly the same.
#[must_use]
pub fn groups(sketches: &[Option<Sketch>]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..sketches.len()).collect();
    for band in 0..BOXES / 2 {
        let mut met: BTreeMap<u64, usize> = BTreeMap::new();
        for (at, sketch) in sketches.iter().enumerate() {
            let Some(sketch) = sketch else { continue };
            let Some((_, key)) = sketch.keys().find(|(of, _)| *of == band) else {
                continue;
            };
            let other = *met.entry(key).or_insert(at);
            if sketches[other].is_some_and(|other| other.likeness(sketch) >= ALIKE) {
                join(&mut first, at, other);
            }
        }
    }
    (0..first.len()).map(|at| root(&mut first, at)).collect()
}

fn root(first: &mut [usize], at: usize) -> usize {
    let mut at = at;
    while first[at] != at {
        first[at] = first[first[at]];
        at = first[at];
    }
    at
}

fn join(first: &mut [usize], one: usize, two: usize) {
    let (one, two) = (root(first, one), root(first, two));
    first[one.max(two)] = one.min(two);
}

/// Weights in steps of one byte.
struct Stepped {
    weights: Vec<i8>,
    step: f64,
    bias: f64,
}

impl Stepped {
    fn of(found: &Weights) -> Self {
        let largest = found
            .each
            .iter()
            .fold(0.0_f64, |largest, weight| largest.max(weight.abs()));
        let step = short(largest / f64::from(i8::MAX)).max(1e-6);
        #[expect(clippy::cast_possible_truncation, reason = "it was clamped")]
        let stepped = |weight: &f64| (weight / step).round().clamp(-127.0, 127.0) as i8;
        let weights: Vec<i8> = found.each.iter().map(stepped).collect();
        debug_assert_eq!(weights.len(), WEIGHTS);
        Self {
            weights,
            step,
            bias: short(found.bias),
        }
    }

    fn lean(&self, pieces: &[u16]) -> f64 {
        let sum: i32 = pieces
            .iter()
            .map(|piece| i32::from(self.weights[usize::from(*piece)]))
            .sum();
        let count = u16::try_from(pieces.len()).unwrap_or(u16::MAX);
        self.bias + super::fit::share(f64::from(sum) * self.step, count)
    }
}
