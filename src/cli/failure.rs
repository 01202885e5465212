//! How a subcommand fails: one clear sentence, and an exit code that systemd and scripts understand.

use std::{io::Write as _, process::ExitCode};

use crate::{
    config::{ConfigError, Fault},
    domain::record,
    engine::{EngineError, run::RunError},
    matrix::{SyncError, session::SessionError},
    store::{StoreError, backup::BackupError},
};

/// A failure, ready to be told.
#[derive(Debug)]
pub struct Failure {
    kind: Kind,
    error: anyhow::Error,
}

/// The exit codes are those of sysexits.h, which systemd knows by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// 1: anything else.
    Other,
    /// 64 USAGE: what the command line asks for cannot be done.
    Usage,
    /// 65 DATAERR: what was given cannot be understood.
    Data,
    /// 69 UNAVAILABLE: the homeserver does not answer.
    Unavailable,
    /// 74 IOERR: the disk or the store.
    Store,
    /// 75 TEMPFAIL: try again, such as when another linli has the store.
    TryAgain,
    /// 77 NOPERM: the account is refused.
    Refused,
    /// 78 CONFIG.
    Config,
}

impl Failure {
    /// A failure without a kind of its own.
    pub fn other(error: impl Into<anyhow::Error>) -> Self {
        Self::new(Kind::Other, error)
    }

    /// The command line asks for what cannot be done.
    pub fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self::new(Kind::Usage, error)
    }

    /// Something given on the command line or in a file cannot be understood.
    pub fn data(error: impl Into<anyhow::Error>) -> Self {
        Self::new(Kind::Data, error)
    }

    /// The homeserver does not answer.
    pub fn unavailable(error: impl Into<anyhow::Error>) -> Self {
        Self::new(Kind::Unavailable, error)
    }

    fn new(kind: Kind, error: impl Into<anyhow::Error>) -> Self {
        Self {
            kind,
            error: error.into(),
        }
    }

    /// Tells the failure on standard error.
    pub fn report(&self) {
        let mut out = std::io::stderr().lock();
        // Where standard error is closed there is nobody to tell.
        let _ = write!(out, "error: {}", self.error);
        for cause in self.error.chain().skip(1) {
            let _ = write!(out, "\n  because: {cause}");
        }
        let _ = writeln!(out);
    }

    /// The exit code of this failure.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.kind {
            Kind::Other => 1,
            Kind::Usage => 64,
            Kind::Data => 65,
            Kind::Unavailable => 69,
            Kind::Store => 74,
            Kind::TryAgain => 75,
            Kind::Refused => 77,
            Kind::Config => 78,
        })
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(Kind::Config, error)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::new(Kind::Config, anyhow::anyhow!("{fault}"))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let kind = match error {
            StoreError::InUse { .. } => Kind::TryAgain,
            StoreError::Damaged { .. }
            | StoreError::DiskFull { .. }
            | StoreError::Newer { .. }
            | StoreError::Open { .. }
            | StoreError::Failed(_) => Kind::Store,
        };
        Self::new(kind, error)
    }
}

impl From<record::Fault> for Failure {
    fn from(fault: record::Fault) -> Self {
        Self::new(Kind::Store, fault)
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Store(error) => error.into(),
            EngineError::Fault(fault) => fault.into(),
        }
    }
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        let kind = match error {
            SessionError::Unreachable { .. } => Kind::Unavailable,
            SessionError::WrongPassword { .. } | SessionError::NoPassword => Kind::Refused,
            SessionError::Other { .. } => Kind::Config,
            SessionError::File { .. } | SessionError::DiskFull => Kind::Store,
            SessionError::Encryption(_) | SessionError::Failed(_) => Kind::Other,
        };
        Self::new(kind, error)
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Engine(error) => error.into(),
            RunError::Sync(error) => {
                let kind = match error {
                    SyncError::LoggedOut(_) => Kind::Refused,
                    SyncError::DiskFull => Kind::Store,
                    SyncError::Later(_) | SyncError::StartAgain(_) => Kind::TryAgain,
                };
                Self::new(kind, error)
            }
            RunError::Gone => Self::new(Kind::Other, error),
        }
    }
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Store(error) => error.into(),
            BackupError::Io(_) => Self::new(Kind::Store, error),
            BackupError::Line { .. }
            | BackupError::NoHeader
            | BackupError::Version(_)
            | BackupError::Incomplete(_)
            | BackupError::NotEmpty => Self::data(error),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::other(error)
    }
}
