//! What a starting homeserver is busy with, for whoever waits for it.

use std::fmt;
use std::sync::Arc;

/// One thing that takes long enough to be told. Its `Display` is an English sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Synapse is downloaded into the cache folder; once, about a minute.
    Fetching {
        /// The pinned version, such as `1.163.2`.
        version: &'static str,
    },
    /// Another process is downloading the same version; this one waits for it.
    AwaitingFetch,
    /// A homeserver in the same folder is still ending.
    AwaitingFolder,
    /// The homeserver's process was started.
    Starting {
        /// The port on 127.0.0.1 it will answer on.
        port: u16,
    },
    /// The homeserver answers.
    Ready {
        /// Where, such as `http://127.0.0.1:40123`.
        base_url: String,
    },
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetching { version } => {
                write!(f, "fetching Synapse {version}, once, about a minute")
            }
            Self::AwaitingFetch => write!(f, "waiting for another process that fetches Synapse"),
            Self::AwaitingFolder => write!(f, "waiting for the last homeserver here to end"),
            Self::Starting { port } => write!(f, "starting Synapse on 127.0.0.1:{port}"),
            Self::Ready { base_url } => write!(f, "Synapse answers on {base_url}"),
        }
    }
}

/// A listener for [`Step`]s. The default one hears nothing; every step is traced at INFO besides.
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn(&Step) + Send + Sync>);

impl Progress {
    /// Calls `hear` with each step, from whatever thread the step happens on.
    pub fn new(hear: impl Fn(&Step) + Send + Sync + 'static) -> Self {
        Self(Arc::new(hear))
    }

    pub(super) fn tell(&self, step: &Step) {
        tracing::info!("{step}");
        (self.0)(step);
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new(|_| {})
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress")
    }
}
