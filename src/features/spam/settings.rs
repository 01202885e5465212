//! The settings of a community's defence against spam.
// Nothing in this file does IO.

use std::sync::Arc;

use serde::Deserialize;

use crate::{
    domain::{
        community::FeatureSettings,
        feature::ConfigFault,
        ids::{DAY_MS, MINUTE_MS},
    },
    features::moderation::settings::span,
    text::{
        links::Hosts,
        spam::{Chances, Entry, Ladder, Scales, WordList},
        span::Span,
    },
};

/// The settings, ready for use.
#[derive(Clone, Debug)]
pub struct SpamSettings {
    /// Whether anything is removed without a moderator's tap.
    pub enforce: bool,
    pub newcomer: Newcomer,
    /// Whether pictures are looked at for QR codes.
    pub pictures: bool,
    pub mute_for: Span,
    /// How far back a sanctioned newcomer's messages are removed, in milliseconds.
    pub sweep_ms: i64,
    pub flood: Flood,
    /// So many people invited by one resident within [`super::standing::LATELY_MS`] are told to the moderators.
    pub invitations: usize,
    pub allowed: Vec<String>,
    pub denied: Vec<String>,
    /// The two lists of hosts.
    pub hosts: Hosts,
    pub words: WordList,
    pub scales: Scales,
}

/// The section of the configuration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Section {
    enforce: bool,
    newcomer: Newcomer,
    pictures: bool,
    #[serde(deserialize_with = "span")]
    mute_for: Span,
    #[serde(deserialize_with = "span")]
    sweep: Span,
    flood: Flood,
    invitations: usize,
    links: Links,
    words: Vec<Word>,
    patterns: Vec<Pattern>,
    chances: Chances,
    newcomers: Ladder,
    residents: Ladder,
}

/// Until when somebody is new: until so much of both has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Newcomer {
    /// Hours since they came in; those who were there before linli have them behind them.
    pub hours: u32,
    /// Messages that nothing spoke against.
    pub messages: u32,
}

/// So much within so much time is a flood; residents of long standing may do twice as much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Flood {
    pub messages: usize,
    /// Pictures and the like: who reports shows several at once.
    pub media: usize,
    pub characters: usize,
    #[serde(deserialize_with = "span")]
    pub within: Span,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Links {
    allow: Vec<String>,
    deny: Vec<String>,
}

/// A word: `whole` where it must stand by itself, `alone` where it is enough by itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    text: String,
    #[serde(default = "usual_chance")]
    chance: f64,
    #[serde(default)]
    whole: bool,
    #[serde(default)]
    alone: bool,
}

/// A regular expression, held against the folded text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    regex: String,
    #[serde(default = "usual_chance")]
    chance: f64,
    #[serde(default)]
    alone: bool,
}

impl Default for Newcomer {
    fn default() -> Self {
        Self {
            hours: 72,
            messages: 5,
        }
    }
}

impl Default for Flood {
    fn default() -> Self {
        Self {
            messages: 10,
            media: 25,
            characters: 8_000,
            within: Span::For(20_000),
        }
    }
}

impl Default for Section {
    fn default() -> Self {
        Self {
            enforce: true,
            newcomer: Newcomer::default(),
            pictures: true,
            mute_for: Span::For(DAY_MS),
            sweep: Span::For(10 * MINUTE_MS),
            flood: Flood::default(),
            invitations: 10,
            links: Links::default(),
            words: Vec::new(),
            patterns: Vec::new(),
            chances: Chances::default(),
            newcomers: Ladder::STRICT,
            residents: Ladder::MILD,
        }
    }
}

fn usual_chance() -> f64 {
    0.2
}

/// The settings of whoever says nothing.
#[must_use]
pub fn usual() -> SpamSettings {
    made(Section::default()).unwrap_or_else(|fault| panic!("the defaults are wrong: {}", fault.why))
}

/// Reads the section.
pub fn configure(section: &serde_json::Value) -> Result<FeatureSettings, ConfigFault> {
    let section: Section =
        serde_path_to_error::deserialize(section).map_err(|error| ConfigFault {
            key: error.path().to_string(),
            why: error.inner().to_string(),
        })?;
    made(section).map(|settings| Arc::new(settings) as FeatureSettings)
}

fn made(section: Section) -> Result<SpamSettings, ConfigFault> {
    let fault = |key: &str, why: &str| {
        Err(ConfigFault {
            key: key.to_owned(),
            why: why.to_owned(),
        })
    };
    if let Some(name) = section.chances.fault() {
        return fault(
            &format!("chances.{name}"),
            "it must be from 0.0 up to, but not, 1.0",
        );
    }
    for (key, ladder) in [
        ("newcomers", section.newcomers),
        ("residents", section.residents),
    ] {
        if !ladder.rises() {
            return fault(
                key,
                "flag, redact, mute and ban must rise in this order, from above 0.0; above 1.0 means never",
            );
        }
    }
    if section.flood.messages < 3 || section.flood.media < 3 || section.flood.characters < 500 {
        return fault(
            "flood",
            "messages and media must be at least 3, and characters at least 500, or honest people are muted",
        );
    }
    if section.invitations == 0 {
        return fault("invitations", "it must be at least 1");
    }
    let (Span::For(_), Span::For(sweep_ms)) = (section.flood.within, section.sweep) else {
        return fault(
            "flood.within",
            "it must be a time such as \"20s\", and so must 'sweep'",
        );
    };
    let words = section.words.iter().enumerate().map(|(at, word)| {
        let key = format!("words[{at}]");
        let entry = Entry::word(&word.text, word.whole, word.chance, word.alone);
        checked(&key, word.chance, entry)
    });
    let patterns = section.patterns.iter().enumerate().map(|(at, pattern)| {
        let key = format!("patterns[{at}]");
        let entry = Entry::pattern(&pattern.regex, pattern.chance, pattern.alone);
        checked(&key, pattern.chance, entry)
    });
    let entries = words.chain(patterns).collect::<Result<_, _>>()?;
    let hosts = Hosts::new(
        section.links.allow.iter().map(String::as_str),
        section.links.deny.iter().map(String::as_str),
    );
    Ok(SpamSettings {
        enforce: section.enforce,
        newcomer: section.newcomer,
        pictures: section.pictures,
        mute_for: section.mute_for,
        sweep_ms,
        flood: section.flood,
        invitations: section.invitations,
        allowed: section.links.allow,
        denied: section.links.deny,
        hosts,
        words: WordList::new(entries),
        scales: Scales {
            chances: section.chances,
            strict: section.newcomers,
            mild: section.residents,
        },
    })
}

fn checked(
    key: &str,
    chance: f64,
    entry: Result<Entry, crate::text::spam::BadEntry>,
) -> Result<Entry, ConfigFault> {
    let fault = |why: String| ConfigFault {
        key: key.to_owned(),
        why,
    };
    if !(0.0..1.0).contains(&chance) {
        return Err(fault(
            "'chance' must be from 0.0 up to, but not, 1.0".to_owned(),
        ));
    }
    entry.map_err(|error| fault(error.to_string()))
}
