//! `linli explain`

use std::{
    io::{BufRead as _, Write as _},
    path::PathBuf,
};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::Failure;
use crate::{
    clock,
    config::Config,
    domain::community::FeatureSettings,
    features::{
        naming::{self, settings::NamingSettings},
        spam,
    },
    text::{
        address::Registry,
        explain, intent,
        model::Model,
        names::{self, Protected},
        posts::Kinds,
        spam as judge,
    },
};

/// What `linli explain` takes.
#[derive(clap::Args)]
pub struct Arguments {
    /// Each line is a JSON object with "text", and optionally "building" (of the room), "sender" (their display
    /// name), "lang", "known" (true for a resident of long standing, who is judged more mildly) and "now" (when it is said,
    /// RFC 3339); or with "name" (a
    /// display name), and optionally "building"
    #[arg(long)]
    jsonl: bool,
    /// Read this display name instead of sentences: does it tell the home and the surname?
    #[arg(long, conflicts_with = "jsonl")]
    name: Option<String>,
    /// The building of the room
    #[arg(long)]
    building: Option<String>,
    /// Only addresses of this configuration's first community are taken for addresses, the bot is also called by its
    /// names there, names of people are read as it asks, none of which may imitate its people, and messages are weighed
    /// as it asks
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The name by which the bot is called after an `@`
    #[arg(long, default_value = "linli")]
    bot_name: Vec<String>,
}

/// Reads sentences from standard input and writes a JSON object for each; or one for a display name.
///
/// # Errors
/// Names the line that cannot be understood.
pub fn explain(arguments: &Arguments) -> Result<(), Failure> {
    let known = Known::of(arguments)?;
    let names: Vec<&str> = known.bot_names.iter().map(String::as_str).collect();
    let building = arguments.building.as_deref();
    let spam_rules = known.spam.as_ref();
    let usual = spam::settings::usual();
    let spam_rules = spam_rules
        .and_then(|rules| rules.downcast_ref())
        .unwrap_or(&usual);
    let now: DateTime<Utc> = DateTime::from_timestamp_millis(clock::now().0).unwrap_or_default();
    let mut around = explain::Surroundings {
        said: intent::Surroundings {
            building,
            bot_names: &names,
            kinds: &known.kinds,
            ..intent::Surroundings::of(&known.registry)
        },
        now: now.with_timezone(&known.timezone),
        named: names::Surroundings {
            building,
            protected: &known.protected,
            ..names::Surroundings::of(&known.registry)
        },
        spam: judge::Surroundings {
            model: known.model.as_ref().unwrap_or_else(|| Model::shipped()),
            hosts: &spam_rules.hosts,
            words: &spam_rules.words,
            scales: &spam_rules.scales,
            kinds: &known.kinds,
            known: false,
        },
    };
    let rules = known.naming.as_ref();
    if let Some(rules) = rules.and_then(|rules| rules.downcast_ref::<NamingSettings>()) {
        (around.named.scheme, around.named.bridges) = (&rules.scheme, &rules.bridges);
    }
    if let Some(name) = &arguments.name {
        let told = explain::name(name, &around.named);
        return writeln!(std::io::stdout(), "{told}").map_err(Failure::other);
    }
    let mut out = std::io::stdout().lock();
    for (at, line) in std::io::stdin().lock().lines().enumerate() {
        let number = at + 1;
        let line = line.with_context(|| format!("Cannot read line {number}"))?;
        let line = line.trim_start_matches('\u{FEFF}');
        if arguments.jsonl && line.trim().is_empty() {
            continue;
        }
        let told = if arguments.jsonl {
            explain::object(number, line, &around).map_err(Failure::data)?
        } else {
            explain::line(line, &around)
        };
        match writeln!(out, "{told}") {
            // Whoever read us has enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            other => other.map_err(Failure::other)?,
        }
    }
    Ok(())
}

/// What a configuration tells about sentences and names.
struct Known {
    registry: Registry,
    kinds: Kinds,
    timezone: Tz,
    bot_names: Vec<String>,
    protected: Protected,
    /// How names are to be, where a configuration says so.
    naming: Option<FeatureSettings>,
    /// How messages are weighed, likewise.
    spam: Option<FeatureSettings>,
    model: Option<Model>,
}

impl Known {
    fn of(arguments: &Arguments) -> Result<Self, Failure> {
        let mut known = Self {
            registry: Registry::default(),
            kinds: Kinds::shipped().clone(),
            timezone: Tz::Asia__Shanghai,
            bot_names: arguments.bot_name.clone(),
            protected: Protected::none(),
            naming: None,
            spam: None,
            model: None,
        };
        let Some(path) = &arguments.config else {
            return Ok(known);
        };
        let config = Config::load(path)?;
        known.model = config.model().ok().flatten();
        known.bot_names.extend(config.account.names);
        if let Some(community) = config.communities.into_iter().next() {
            let names = community.people.values().map(|person| person.name.as_str());
            known.protected =
                Protected::new(names.chain(known.bot_names.iter().map(String::as_str)));
            known.naming = community.features.get(naming::NAME).cloned();
            known.spam = community.features.get(spam::NAME).cloned();
            known.registry = community.registry;
            known.kinds = community.kinds;
            known.timezone = community.timezone;
        }
        Ok(known)
    }
}
