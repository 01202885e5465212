//! The settings of a community's admission.
// Nothing in this file does IO.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;

use crate::{
    domain::{community::FeatureSettings, feature::ConfigFault, ids::DAY_MS},
    features::{
        moderation::settings::span_or_never,
        naming::{self, settings::NamingSettings},
    },
    text::span::Span,
};

/// The settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdmissionSettings {
    pub mode: Mode,
    /// What shows, in the mode "verified", that somebody lives where their name says.
    pub proof: Vec<Proof>,
    /// Whether newcomers must have accepted the rules.
    pub rules_first: bool,
    /// Whether whoever has come into their building is taken out of the lobby.
    pub clear_lobby: bool,
    /// How many members one code lets in.
    pub code_uses: u32,
    /// So many wrong codes somebody may send in an hour.
    pub wrong_codes: usize,
    /// After so long the moderators are reminded of somebody who waits for them; None for never.
    #[serde(deserialize_with = "span_or_never")]
    pub remind_after: Option<Span>,
}

/// How newcomers come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// As the rooms themselves have it; only knocks are answered.
    Open,
    /// With a right name.
    Lobby,
    /// With a right name, and proof that they live there.
    Verified,
}

/// What shows that somebody lives in a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Their surname stands on the roster for that home.
    Roster,
    /// They have sent the code of that home.
    Code,
    /// A moderator says so.
    Moderator,
}

impl Default for AdmissionSettings {
    fn default() -> Self {
        Self {
            mode: Mode::Open,
            proof: vec![Proof::Roster, Proof::Code, Proof::Moderator],
            rules_first: false,
            clear_lobby: true,
            code_uses: 1,
            wrong_codes: 5,
            remind_after: Some(Span::For(DAY_MS)),
        }
    }
}

/// Reads the section.
pub fn configure(section: &serde_json::Value) -> Result<FeatureSettings, ConfigFault> {
    let settings: AdmissionSettings =
        serde_path_to_error::deserialize(section).map_err(|error| ConfigFault {
            key: error.path().to_string(),
            why: error.inner().to_string(),
        })?;
    let fault = |key: &str, why: &str| ConfigFault {
        key: key.to_owned(),
        why: why.to_owned(),
    };
    if settings.proof.is_empty() {
        let why =
            "nobody could come in: name \"roster\", \"code\", \"moderator\", or several of them";
        return Err(fault("proof", why));
    }
    if settings.code_uses == 0 {
        return Err(fault("code_uses", "it must be 1 or more"));
    }
    if settings.wrong_codes == 0 {
        return Err(fault("wrong_codes", "it must be 1 or more"));
    }
    Ok(Arc::new(settings))
}

impl AdmissionSettings {
    /// True where this shows that somebody lives in a home.
    #[must_use]
    pub fn takes(&self, proof: Proof) -> bool {
        self.mode == Mode::Verified && self.proof.contains(&proof)
    }
}

/// What is wrong with these settings beside those of others: None where they fit together.
#[must_use]
pub fn misfit(
    features: &BTreeMap<&'static str, FeatureSettings>,
    has_lobby: bool,
) -> Option<ConfigFault> {
    let mode = features.get(super::NAME)?;
    let mode = mode.downcast_ref::<AdmissionSettings>()?.mode;
    let naming = features.get(naming::NAME)?;
    let enforce = naming.downcast_ref::<NamingSettings>()?.enforce;
    let why = match (mode, has_lobby) {
        (Mode::Open, true) => {
            "there is a lobby, out of which nobody would be let: use \"lobby\" or \"verified\", or take rooms.lobby away"
        }
        (Mode::Lobby | Mode::Verified, false) => {
            "there is no room for newcomers: name one as rooms.lobby"
        }
        (Mode::Lobby | Mode::Verified, true) if !enforce => {
            "newcomers come in by their names: naming.enforce must be true"
        }
        (Mode::Open, false) | (Mode::Lobby | Mode::Verified, true) => return None,
    };
    Some(ConfigFault {
        key: "mode".to_owned(),
        why: why.to_owned(),
    })
}
