//! Why a request came to nothing.

use std::fmt;
use std::time::Duration;

use thiserror::Error;

/// A request that did not give what was asked. Its text names the request.
#[derive(Debug, Error)]
pub enum Error {
    /// The homeserver answered, with a refusal.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// No homeserver answered, or not in time.
    #[error("{request}: no answer from the homeserver")]
    Unreachable {
        /// Method and path.
        request: String,
        /// What the HTTP client met.
        source: reqwest::Error,
    },
    /// The answer lacks what the specification promises.
    #[error("the homeserver's answer has no {0}")]
    Incomplete(String),
    /// The address given for the homeserver is none.
    #[error("{0} is not the address of a homeserver")]
    Address(String),
    /// The HTTP client cannot be set up on this machine.
    #[error("cannot set up an HTTP client")]
    Client(#[source] reqwest::Error),
}

impl Error {
    /// The homeserver's code, such as `M_FORBIDDEN`, when it answered with one.
    #[must_use]
    pub fn errcode(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => Some(&refusal.errcode),
            Self::Unreachable { .. } | Self::Incomplete(_) | Self::Address(_) | Self::Client(_) => {
                None
            }
        }
    }
}

/// What the homeserver said instead of doing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Such as `PUT`.
    pub method: String,
    /// The path as sent, percent-encoded.
    pub path: String,
    /// The HTTP status.
    pub status: u16,
    /// The Matrix error code; empty when the answer had none.
    pub errcode: String,
    /// The sentence that came with it.
    pub error: String,
    /// How long to wait before asking again, when it said so.
    pub retry_after: Option<Duration>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            method,
            path,
            status,
            errcode,
            error,
            retry_after: _,
        } = self;
        write!(f, "{method} {path}: {status} {errcode}: {error}")
    }
}
