//! What is wrong with a configuration: all of it at once, each fault with its key.

use std::{fmt, path::PathBuf};

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key, such as `community[0].person[1].user`.
    pub key: String,
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.key.is_empty() {
            f.write_str(&self.why)
        } else {
            write!(f, "{}: {}", self.key, self.why)
        }
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the configuration {} has {}:{}", path.display(), count(faults.len()), list(faults))]
pub struct ConfigError {
    pub path: PathBuf,
    pub faults: Vec<Fault>,
}

fn count(faults: usize) -> String {
    if faults == 1 {
        "a fault".to_owned()
    } else {
        format!("{faults} faults")
    }
}

fn list(faults: &[Fault]) -> String {
    faults
        .iter()
        .map(|fault| format!("\n  - {fault}"))
        .collect()
}
