//! The log: to standard error, which journald takes as it is.

use std::io::IsTerminal as _;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Starts logging. `LINLI_LOG` overrides the configured level, for one start: by a level for linli itself, or by a
/// whole filter for whatever is named in it.
///
/// matrix-sdk is quiet unless it is named: at INFO it writes ids and names of members, and what its HTTP client calls
/// an error (a state event that does not exist, a limited rate) is classified and told by us.
pub fn start(log: &Log) {
    let wanted = std::env::var("LINLI_LOG").ok();
    let is_level = |text: &String| text.parse::<LevelFilter>().is_ok();
    let level = wanted.clone().filter(is_level);
    let own = level.unwrap_or_else(|| log.level.clone());
    // What cannot be read opens nothing.
    let whole = wanted.filter(|text| !is_level(text));
    let whole = whole.and_then(|filter| EnvFilter::try_new(filter).ok());
    let filter = whole.unwrap_or_else(|| {
        EnvFilter::new(format!(
            "warn,linli={own},matrix_sdk=error,matrix_sdk_crypto=error,matrix_sdk_base=error,matrix_sdk::http_client=off"
        ))
    });
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    // A second start in one process, as in tests, keeps the first.
    let _ = match log.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}
