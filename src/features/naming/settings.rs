//! The settings of a community's names.
// Nothing in this file does IO.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use crate::{
    domain::{
        community::{Community, FeatureSettings},
        feature::ConfigFault,
        ids::{DAY_MS, UserId},
    },
    features::moderation::settings::span_or_never,
    text::{
        names::{Bridges, Pattern, Protected, Scheme, Surroundings},
        span::Span,
    },
};

/// The section as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Section {
    enforce: bool,
    scheme: SchemeName,
    pattern: Option<String>,
    example: Option<String>,
    bridge_suffixes: Vec<String>,
    exempt: Vec<UserId>,
    welcome: bool,
    #[serde(deserialize_with = "span_or_never")]
    remind_after: Option<Span>,
    #[serde(deserialize_with = "span_or_never")]
    mute_after: Option<Span>,
    #[serde(deserialize_with = "span_or_never")]
    remove_after: Option<Span>,
    #[serde(deserialize_with = "span_or_never")]
    grace_for_present: Option<Span>,
    messages_per_hour: usize,
    members_per_home: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum SchemeName {
    #[serde(rename = "home+surname")]
    HomeAndSurname,
    #[serde(rename = "building-unit-home+surname")]
    BuildingUnitHomeAndSurname,
    #[serde(rename = "pattern")]
    Pattern,
}

impl Default for Section {
    fn default() -> Self {
        Self {
            enforce: true,
            scheme: SchemeName::HomeAndSurname,
            pattern: None,
            example: None,
            bridge_suffixes: Vec::new(),
            exempt: Vec::new(),
            welcome: true,
            remind_after: Some(Span::For(DAY_MS)),
            mute_after: Some(Span::For(3 * DAY_MS)),
            remove_after: Some(Span::For(14 * DAY_MS)),
            grace_for_present: Some(Span::For(7 * DAY_MS)),
            messages_per_hour: 60,
            members_per_home: 6,
        }
    }
}

/// The settings, ready for use.
#[derive(Debug)]
pub struct NamingSettings {
    /// Whether anything follows from a wrong name.
    pub enforce: bool,
    pub scheme: Scheme,
    pub bridges: Bridges,
    /// Accounts whose names are nobody's business, besides staff, moderators, managers and bots.
    pub exempt: Vec<UserId>,
    /// Whether newcomers with a right name are welcomed in their building's room.
    pub welcome: bool,
    /// Steps after the first message; None for never.
    pub remind_after_ms: Option<i64>,
    pub mute_after_ms: Option<i64>,
    pub remove_after_ms: Option<i64>,
    /// How much later each step comes for those who were there before linli.
    pub grace_ms: i64,
    /// Messages about names within any hour.
    pub messages_per_hour: usize,
    /// So many members may live in one home before a moderator is asked.
    pub members_per_home: usize,
    protected: OnceLock<Protected>,
}

/// Reads the section.
pub fn configure(section: &serde_json::Value) -> Result<FeatureSettings, ConfigFault> {
    let section: Section =
        serde_path_to_error::deserialize(section).map_err(|error| ConfigFault {
            key: error.path().to_string(),
            why: error.inner().to_string(),
        })?;
    let fault = |key: &str, why: &str| ConfigFault {
        key: key.to_owned(),
        why: why.to_owned(),
    };
    let scheme = match (section.scheme, &section.pattern, &section.example) {
        (SchemeName::Pattern, Some(pattern), Some(example)) => {
            let pattern = Pattern::new(pattern, example);
            Scheme::Pattern(pattern.map_err(|error| fault("pattern", &error.to_string()))?)
        }
        (SchemeName::Pattern, None, _) => {
            return Err(fault(
                "pattern",
                "it is missing: the scheme \"pattern\" needs one",
            ));
        }
        (SchemeName::Pattern, _, None) => {
            return Err(fault(
                "example",
                "it is missing: a name that fits the pattern, for residents to read",
            ));
        }
        (_, Some(_), _) => {
            return Err(fault(
                "pattern",
                "it is used only with scheme = \"pattern\"",
            ));
        }
        (SchemeName::HomeAndSurname, None, _) => Scheme::HomeAndSurname,
        (SchemeName::BuildingUnitHomeAndSurname, None, _) => Scheme::BuildingUnitHomeAndSurname,
    };
    if section.messages_per_hour < 2 {
        return Err(fault(
            "messages_per_hour",
            "it must be 2 or more: one half is for newcomers",
        ));
    }
    if section.members_per_home == 0 {
        return Err(fault("members_per_home", "it must be 1 or more"));
    }
    let ms = |span: Option<Span>| span.and_then(Span::ms);
    Ok(Arc::new(NamingSettings {
        enforce: section.enforce,
        scheme,
        bridges: Bridges::new(section.bridge_suffixes.iter().map(String::as_str)),
        exempt: section.exempt,
        welcome: section.welcome,
        remind_after_ms: ms(section.remind_after),
        mute_after_ms: ms(section.mute_after),
        remove_after_ms: ms(section.remove_after),
        grace_ms: ms(section.grace_for_present).unwrap_or(0),
        messages_per_hour: section.messages_per_hour,
        members_per_home: section.members_per_home,
        protected: OnceLock::new(),
    }))
}

impl NamingSettings {
    /// What a name seen in a building's room is held against.
    pub fn surroundings<'a>(
        &'a self,
        community: &'a Community,
        bot_names: &'a [String],
        building: Option<&'a str>,
    ) -> Surroundings<'a> {
        Surroundings {
            building,
            scheme: &self.scheme,
            bridges: &self.bridges,
            protected: self
                .protected
                .get_or_init(|| protected(community, bot_names)),
            ..Surroundings::of(&community.registry)
        }
    }
}

/// The names that nobody else may bear: of staff, moderators and managers, and of the bot.
#[must_use]
pub fn protected(community: &Community, bot_names: &[String]) -> Protected {
    let people = community.people.values();
    let names = people.map(|person| person.name.as_str());
    Protected::new(names.chain(bot_names.iter().map(String::as_str)))
}
