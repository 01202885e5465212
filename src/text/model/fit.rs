//! Finding the weights: logistic regression by AdaGrad (J. Duchi et al., "Adaptive subgradient methods", 2011). Nothing
//! here does IO.

use super::WEIGHTS;
use crate::text::alike::mixed;

/// How often all lines are looked at.
const ROUNDS: u64 = 8;
/// The length of the first step.
const STEP: f64 = 0.4;
/// How strongly weights are drawn to nothing, which keeps rare pieces from deciding.
const DRAW: f64 = 2e-5;

/// A line to learn from.
pub(super) struct Sample<'l> {
    pub pieces: &'l [u16],
    pub is_spam: bool,
    /// How much it counts.
    pub counts: f64,
}

/// What was found.
#[derive(Clone)]
pub(super) struct Weights {
    pub each: Vec<f64>,
    pub bias: f64,
}

/// A sum over the pieces of a text, such that long texts do not weigh more than short ones.
pub(super) fn share(sum: f64, pieces: u16) -> f64 {
    sum / f64::from(pieces.max(1)).sqrt()
}

impl Weights {
    pub fn lean(&self, pieces: &[u16]) -> f64 {
        let sum: f64 = pieces
            .iter()
            .map(|piece| self.each[usize::from(*piece)])
            .sum();
        self.bias + share(sum, length(pieces))
    }
}

fn length(pieces: &[u16]) -> u16 {
    u16::try_from(pieces.len()).unwrap_or(u16::MAX)
}

/// The weights for these lines: the same for the same lines and the same seed.
pub(super) fn fit(samples: &[Sample<'_>], seed: u64) -> Weights {
    let mut found = Weights {
        each: vec![0.0; WEIGHTS],
        bias: 0.0,
    };
    let (mut steps, mut bias_steps) = (vec![1e-6_f64; WEIGHTS], 1e-6_f64);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    for round in 0..ROUNDS {
        shuffle(&mut order, seed.wrapping_add(round));
        for at in &order {
            let Sample {
                pieces,
                is_spam,
                counts,
            } = samples[*at];
            let expected = 1.0 / (1.0 + (-found.lean(pieces)).exp());
            let error = (expected - f64::from(u8::from(is_spam))) * counts;
            let pull = share(error, length(pieces));
            for piece in pieces {
                let piece = usize::from(*piece);
                let slope = pull + DRAW * found.each[piece];
                steps[piece] += slope * slope;
                found.each[piece] -= STEP * slope / steps[piece].sqrt();
            }
            bias_steps += error * error;
            found.bias -= STEP * error / bias_steps.sqrt();
        }
    }
    found
}

/// Puts things in an order that depends on nothing but the seed (Fisher and Yates).
fn shuffle(order: &mut [usize], seed: u64) {
    for last in (1..order.len()).rev() {
        let chance = mixed(seed ^ (last as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let other = usize::try_from(chance % (last as u64 + 1)).unwrap_or_default();
        order.swap(last, other);
    }
}
