//! `linli check-config`

use std::io::Write as _;

use super::{ConfigArguments, Failure};
use crate::config::Config;

/// Reads the configuration and says what it found.
///
/// # Errors
/// All faults at once, each with its key.
pub fn check(arguments: &ConfigArguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config)?;
    let rooms: usize = config.communities.iter().map(|c| c.rooms.len()).sum();
    let people: usize = config.communities.iter().map(|c| c.people.len()).sum();
    writeln!(
        std::io::stdout(),
        "The configuration is well: {} communit{}, {rooms} rooms, {people} people with roles.",
        config.communities.len(),
        if config.communities.len() == 1 {
            "y"
        } else {
            "ies"
        },
    )
    .map_err(Failure::other)
}
