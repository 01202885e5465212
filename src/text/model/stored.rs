//! A model as a file: a line that names the form, a line of JSON that says what the model is, the weights, and a sum over
//! all of it. Nothing here does IO.

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::{About, Model, WEIGHTS};

/// The first line; the number is the version of the form, of the pieces and of what is summed up.
const FORM: &[u8] = b"linli spam model 1\n";
const SUM: usize = 32;

/// Why bytes are no model.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadModel {
    /// They are something else.
    #[error("this is no model that linli has written")]
    Other,
    /// Another version has written it.
    #[error("this model is of another version ('{0}'); train it anew with this linli")]
    Version(String),
    /// It is cut short, or changed.
    #[error("the model is damaged: {0}; fetch or train it anew")]
    Damaged(String),
}

impl Model {
    /// The model as the bytes of a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // What a model says of itself holds nothing that JSON could refuse but numbers that are none.
        let about = serde_json::to_string(&self.about).unwrap_or_default();
        let mut bytes = FORM.to_vec();
        bytes.extend(about.as_bytes());
        bytes.push(b'\n');
        bytes.extend(self.weights.iter().map(|weight| weight.to_le_bytes()[0]));
        let sum = Sha256::digest(&bytes);
        bytes.extend(sum);
        bytes
    }

    /// The model that a file holds.
    ///
    /// # Errors
    /// What is wrong with the bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadModel> {
        let Some(rest) = bytes.strip_prefix(FORM) else {
            let line = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
            return Err(match std::str::from_utf8(line) {
                Ok(line) if line.starts_with("linli spam model ") && line.len() < 40 => {
                    BadModel::Version(line.to_owned())
                }
                _ => BadModel::Other,
            });
        };
        let damaged = |what: &str| BadModel::Damaged(what.to_owned());
        let Some((content, sum)) = bytes.split_at_checked(bytes.len().saturating_sub(SUM)) else {
            return Err(damaged("it is cut short"));
        };
        if Sha256::digest(content).as_slice() != sum {
            return Err(damaged("its sum is wrong"));
        }
        let line = rest
            .iter()
            .position(|b| *b == b'\n')
            .ok_or_else(|| damaged("it is cut short"))?;
        let about: About = serde_json::from_slice(&rest[..line])
            .map_err(|error| BadModel::Damaged(error.to_string()))?;
        let weights = rest[line + 1..].strip_suffix(sum).unwrap_or_default();
        if weights.len() != WEIGHTS {
            return Err(damaged("weights are missing"));
        }
        Ok(Self {
            weights: weights
                .iter()
                .map(|byte| i8::from_le_bytes([*byte]))
                .collect(),
            about,
        })
    }
}
