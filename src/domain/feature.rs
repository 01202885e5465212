//! The contract of a feature: a plain value that says what it is called, what it listens to and what it decides.
//! A new capability is one file with such a value, one line in the list, and its sentences.
//! Nothing in this file does IO.

use super::{
    check::Check,
    community::{Community, FeatureSettings, Settings},
    context::Context,
    input::{Input, Message},
    roles::Who,
    speech::Said,
};

/// One capability of a community.
pub struct Feature {
    /// Its name: in keys of records, in transaction ids, and as its section of the configuration.
    pub name: &'static str,
    pub stage: Stage,
    pub commands: &'static [Command],
    /// Reads its section of the configuration (an empty object where there is none).
    pub configure: fn(&serde_json::Value) -> Result<FeatureSettings, ConfigFault>,
    /// What follows from an input that is not one of its commands. Timers and what an operator asks come to the feature
    /// that they name, everything else to all of them.
    pub decide: fn(&mut Context<'_, '_>, &Input) -> Flow,
    /// What a guard says to its author where something must not happen at all; what it puts and asks for counts only
    /// then. [`let_pass`] for all others.
    pub check: fn(&mut Context<'_, '_>, &Check) -> Option<Said>,
}

/// The check of a feature that refuses nothing.
pub fn let_pass(_: &mut Context<'_, '_>, _: &Check) -> Option<Said> {
    None
}

/// When a feature is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// First; it may stop the others.
    Guard,
    /// After all guards.
    Serve,
}

/// Whether the features after this one are asked too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    Go,
    Stop,
}

/// A command that people type: `!name arguments`.
pub struct Command {
    /// Its names; the first English and the first Chinese one are shown in the help.
    pub names: &'static [&'static str],
    pub who: Who,
    /// The key of its line in the help; empty where it has none, for a tap does the same.
    pub help: &'static str,
    /// Carries it out. The caller has checked the role.
    pub run: fn(&mut Context<'_, '_>, &Message, &str),
}

/// A fault in a feature's section of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The key within the section, or empty for the section itself.
    pub key: String,
    pub why: String,
}

/// What the pure core is made of: the settings, and the features in force.
pub struct World {
    pub settings: Settings,
    pub features: &'static [Feature],
}

impl World {
    /// The command a text calls, with what follows its name. `!认领12` and `！claim 12` are both understood.
    #[must_use]
    pub fn command<'t>(
        &self,
        text: &'t str,
    ) -> Option<(&'static Feature, &'static Command, &'t str)> {
        let rest = strip_bang(text)?;
        let mut best: Option<(&'static Feature, &'static Command, &'t str)> = None;
        for feature in self.features {
            for command in feature.commands {
                for name in command.names {
                    let Some(after) = strip_name(rest, name) else {
                        continue;
                    };
                    if best.is_none_or(|(_, _, known)| after.len() < known.len()) {
                        best = Some((feature, command, after));
                    }
                }
            }
        }
        best.map(|(feature, command, after)| (feature, command, after.trim()))
    }
}

/// What follows a leading `!` or `！`; None where the text does not begin with one.
#[must_use]
pub fn strip_bang(text: &str) -> Option<&str> {
    let text = text.trim_start();
    text.strip_prefix('!').or_else(|| text.strip_prefix('！'))
}

fn strip_name<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let head = text.get(..name.len())?;
    if !head.eq_ignore_ascii_case(name) {
        return None;
    }
    let after = &text[name.len()..];
    let ends = after.chars().next().is_none_or(|c| {
        c.is_whitespace() || c.is_numeric() || matches!(c, '#' | '＃' | ':' | '：' | '@')
    });
    ends.then_some(after)
}

impl Community {
    /// The settings of a feature.
    ///
    /// # Panics
    /// Where the feature was never configured for this community, or asks for another type than it made:
    /// both are faults of the program, not of the configuration.
    #[must_use]
    pub fn settings<T: 'static>(&self, feature: &str) -> &T {
        self.features
            .get(feature)
            .and_then(|settings| settings.downcast_ref())
            .unwrap_or_else(|| panic!("feature '{feature}' is not configured for '{}'", self.id))
    }
}
