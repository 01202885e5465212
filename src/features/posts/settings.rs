//! The settings of help posts.
// Nothing in this file does IO.

use std::sync::Arc;

use serde::Deserialize;

use crate::domain::{community::FeatureSettings, feature::ConfigFault};

/// The feature's name, in keys and configuration.
pub const NAME: &str = "posts";

/// The settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PostSettings {
    /// Posts that one neighbour may open within 24 hours.
    pub posts_a_day: u32,
    /// Sales that one neighbour may post within 7 days.
    pub sales_a_week: u32,
    /// Gifts that one neighbour may get within 30 days before they stand behind all others.
    pub gifts_a_month: u32,
    /// Hours for which a thing is kept for whom it is promised to.
    pub keep_hours: u32,
    /// Hours without an answer after which a post is shown to the next ring, where its author allows it; 0: never.
    pub ring_hours: u32,
    /// Other communities that linli serves, by their ids, whose channels read what is for everybody.
    pub friends: Vec<String>,
}

impl Default for PostSettings {
    fn default() -> Self {
        Self {
            posts_a_day: 6,
            sales_a_week: 3,
            gifts_a_month: 4,
            keep_hours: 48,
            ring_hours: 4,
            friends: Vec::new(),
        }
    }
}

pub fn configure(section: &serde_json::Value) -> Result<FeatureSettings, ConfigFault> {
    let settings: PostSettings =
        serde_path_to_error::deserialize(section).map_err(|error| ConfigFault {
            key: error.path().to_string(),
            why: error.inner().to_string(),
        })?;
    for (key, number) in [
        ("posts_a_day", settings.posts_a_day),
        ("keep_hours", settings.keep_hours),
    ] {
        if number == 0 {
            return Err(ConfigFault {
                key: key.to_owned(),
                why: "it must be 1 or more".to_owned(),
            });
        }
    }
    Ok(Arc::new(settings))
}
