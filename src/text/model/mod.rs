//! How much a text reads like an advert: hashed pieces of one to three characters, each with a weight of one byte,
//! summed up. Nothing here does IO.
//!
//! A model knows nothing but the lines it was trained on; what they were stands in it, and so do the two bounds above
//! which one in two hundred, and one in a thousand, of the honest ones among them lay.
//!
//! `pieces` says what a text consists of, `fit` finds the weights, `learn` does so with lines of which some are kept
//! apart for the bounds, and `stored` is the form in a file.

mod fit;
mod learn;
mod pieces;
mod stored;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::fold::Folded;
pub use learn::{Line, Lines, groups, learn};
pub use stored::BadModel;

/// Weights in a model: one byte each, so that a model has 64 KB.
const WEIGHTS: usize = 1 << 16;

/// A trained model.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    weights: Vec<i8>,
    about: About,
}

/// What a model says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The lines it was trained on, a name for each file.
    pub trained_on: Vec<Source>,
    /// With the same lines and the same seed the same model comes out.
    pub seed: u64,
    /// Above it lay one honest line in two hundred.
    pub loose: f64,
    /// Above it lay one honest line in a thousand.
    pub strict: f64,
    /// What one step of a weight is worth.
    step: f64,
    bias: f64,
}

/// Some lines that a model was trained on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub name: String,
    pub spam: u64,
    pub ham: u64,
}

/// The model that linli brings along, written by `linli spam train`.
static SHIPPED: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::from_bytes(include_bytes!("shipped.bin")).ok());
/// A model that knows nothing.
static NONE: LazyLock<Model> = LazyLock::new(Model::none);

impl Model {
    /// The model that linli brings along: learned from invented lines, until somebody has lines of their own.
    #[must_use]
    pub fn shipped() -> &'static Self {
        SHIPPED.as_ref().unwrap_or(&NONE)
    }

    /// A model that takes nothing for an advert.
    #[must_use]
    fn none() -> Self {
        Self {
            weights: vec![0; WEIGHTS],
            about: About {
                trained_on: Vec::new(),
                seed: 0,
                loose: f64::from(u8::MAX),
                strict: f64::from(u8::MAX),
                step: 0.0,
                bias: 0.0,
            },
        }
    }

    /// What the model says of itself.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.about
    }

    /// How far a text is on the side of adverts, without a unit: the log of the odds, as far as the training lines go.
    #[must_use]
    pub fn lean(&self, text: &Folded<'_>) -> f64 {
        let (mut sum, mut count) = (0_i32, 0_u16);
        pieces::each(text, |piece| {
            sum += i32::from(self.weights[usize::from(piece)]);
            count = count.saturating_add(1);
        });
        self.about.bias + fit::share(f64::from(sum) * self.about.step, count)
    }

    /// The same as a score from 0.0 to 1.0, in which one honest line in two hundred has 0.5 or more, and one in a
    /// thousand 0.75 or more.
    #[must_use]
    pub fn score(&self, text: &Folded<'_>) -> f64 {
        /// The odds of 0.75, as a logarithm.
        const THREE_TO_ONE: f64 = 1.098_612_3;
        let apart = (self.about.strict - self.about.loose).max(0.1);
        let odds = (self.lean(text) - self.about.loose) / apart * THREE_TO_ONE;
        1.0 / (1.0 + (-odds).exp())
    }
}
