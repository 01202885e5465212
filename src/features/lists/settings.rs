//! The settings of a community's ban lists.
// Nothing in this file does IO.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;

use crate::domain::{community::FeatureSettings, feature::ConfigFault};

/// The settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ListsSettings {
    /// Lists to follow: aliases or ids of rooms.
    pub follow: Vec<String>,
    /// The alias of the community's own list, on which its bans are published; empty for none.
    pub publish: String,
    /// A rule that hits more members than this waits for a moderator's word.
    pub ask_above: usize,
    /// Bans by lists within any hour.
    pub bans_per_hour: usize,
}

impl Default for ListsSettings {
    fn default() -> Self {
        Self {
            follow: Vec::new(),
            publish: String::new(),
            ask_above: 5,
            bans_per_hour: 20,
        }
    }
}

/// Reads the section.
pub fn configure(section: &serde_json::Value) -> Result<FeatureSettings, ConfigFault> {
    let settings: ListsSettings =
        serde_path_to_error::deserialize(section).map_err(|error| ConfigFault {
            key: error.path().to_string(),
            why: error.inner().to_string(),
        })?;
    if settings.bans_per_hour == 0 {
        return Err(ConfigFault {
            key: "bans_per_hour".to_owned(),
            why: "it must be 1 or more; to follow no list, name none".to_owned(),
        });
    }
    Ok(Arc::new(settings))
}

/// The rooms of lists that these settings name: each with its key in the section, its address, and whether it is the own
/// one.
#[must_use]
pub fn rooms(features: &BTreeMap<&'static str, FeatureSettings>) -> Vec<(String, String, bool)> {
    let settings = features.get(super::NAME);
    let settings = settings.and_then(|settings| settings.downcast_ref::<ListsSettings>());
    let Some(settings) = settings else {
        return Vec::new();
    };
    let own = Some(&settings.publish).filter(|address| !address.is_empty());
    let own = own.map(|address| ("publish".to_owned(), address.clone(), true));
    let followed = settings.follow.iter().enumerate();
    let followed = followed.map(|(at, address)| (format!("follow[{at}]"), address.clone(), false));
    followed.chain(own).collect()
}
