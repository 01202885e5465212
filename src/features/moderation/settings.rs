//! The settings of a community's moderation.
// Nothing in this file does IO.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Deserializer};

use super::case::{Case, Kind};
use crate::{
    domain::{
        community::{Community, FeatureSettings, Settings},
        context::Context,
        feature::ConfigFault,
        ids::{DAY_MS, HOUR_MS, UserId},
        roles::Who,
    },
    text::{
        policy::Glob,
        span::{self, Span},
    },
};

/// The settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModerationSettings {
    /// Accounts that are never sanctioned, besides staff, moderators, managers and bots.
    pub exempt: Vec<UserId>,
    /// Accounts that bridges make for people elsewhere, with `*` and `?`: they are never sanctioned either.
    pub ghosts: Vec<String>,
    /// Whether a ban or a removal that a moderator makes in Element in one room is carried to all rooms.
    pub carry: bool,
    /// Only tells in the staff room what would be done.
    pub dry_run: bool,
    /// Whether moderators can tap 🔇 🗑 🚪 ⛔ on a message.
    pub taps: bool,
    /// Whether a command in a room is for the whole community or for that room only, where it does not say so.
    pub reach: Reach,
    /// How long a mute lasts for which nobody says how long.
    #[serde(deserialize_with = "span")]
    pub mute_for: Span,
    /// In what time one strike fades away; "never" for not at all.
    #[serde(deserialize_with = "span_or_never")]
    pub strike_fades: Option<Span>,
    /// What follows from so many strikes.
    pub strikes: Vec<Step>,
    /// Moderators who may not do everything. Who does not stand here may.
    pub limits: Vec<Limit>,
}

/// How far a sanction reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    Community,
    Room,
}

/// A step of the ladder of strikes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub at: u32,
    #[serde(rename = "do")]
    pub kind: Kind,
    #[serde(rename = "for", default = "forever", deserialize_with = "span")]
    pub span: Span,
}

/// What a moderator may do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    pub user: UserId,
    /// These sanctions only.
    pub may: Vec<Kind>,
    /// And for so long at most.
    #[serde(default = "forever", deserialize_with = "span")]
    pub longest: Span,
}

impl Default for ModerationSettings {
    fn default() -> Self {
        let step = |at, kind, span| Step { at, kind, span };
        Self {
            exempt: Vec::new(),
            ghosts: Vec::new(),
            carry: true,
            dry_run: false,
            taps: true,
            reach: Reach::Community,
            mute_for: Span::For(HOUR_MS),
            strike_fades: Some(Span::For(30 * DAY_MS)),
            strikes: vec![
                step(3, Kind::Mute, Span::For(HOUR_MS)),
                step(4, Kind::Mute, Span::For(DAY_MS)),
                step(5, Kind::Remove, Span::Forever),
            ],
            limits: Vec::new(),
        }
    }
}

/// Why somebody is never sanctioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exempt {
    /// linli itself.
    Own,
    /// Staff, a moderator, a manager, or somebody on the list.
    Person,
    /// A bot or a bridge's account.
    Bot,
}

/// Reads the section.
pub fn configure(section: &serde_json::Value) -> Result<FeatureSettings, ConfigFault> {
    let settings: ModerationSettings =
        serde_path_to_error::deserialize(section).map_err(|error| ConfigFault {
            key: error.path().to_string(),
            why: error.inner().to_string(),
        })?;
    if let Some(at) = settings
        .ghosts
        .iter()
        .position(|ghost| Glob::exact(ghost).is_none())
    {
        return Err(ConfigFault {
            key: "ghosts".to_owned(),
            why: format!("'{}' is too long for a pattern", settings.ghosts[at]),
        });
    }
    let mut steps = BTreeMap::new();
    for (at, step) in settings.strikes.iter().enumerate() {
        let why = match step.kind {
            Kind::Redact => {
                Some("a message cannot be removed for strikes: use warn, mute, remove or ban")
            }
            _ if step.at == 0 => Some("'at' counts strikes from 1"),
            _ if steps.insert(step.at, at).is_some() => {
                Some("there are two steps for so many strikes")
            }
            Kind::Warn | Kind::Mute | Kind::Remove | Kind::Ban => None,
        };
        if let Some(why) = why {
            return Err(ConfigFault {
                key: "strikes".to_owned(),
                why: format!("step {}: {why}", at + 1),
            });
        }
    }
    Ok(Arc::new(settings))
}

impl ModerationSettings {
    /// The time in which a strike fades, in milliseconds; 0 for never.
    #[must_use]
    pub fn fade_ms(&self) -> i64 {
        match self.strike_fades {
            Some(Span::For(ms)) => ms,
            Some(Span::Forever) | None => 0,
        }
    }

    /// The step that is reached when strikes, in thousandths, rise from `before` to `now`.
    #[must_use]
    pub fn step(&self, before: i64, now: i64) -> Option<&Step> {
        let reached = self.strikes.iter().filter(|step| {
            let at = i64::from(step.at) * 1_000;
            before < at && at <= now
        });
        reached.max_by_key(|step| step.at)
    }

    fn limit(&self, user: &UserId) -> Option<&Limit> {
        self.limits.iter().find(|limit| limit.user == *user)
    }
}

/// Why somebody is never sanctioned; None for everybody else.
pub fn exempt(ctx: &Context<'_, '_>, user: &UserId) -> Option<Exempt> {
    exempt_in(&ctx.world.settings, &ctx.community, user)
}

/// The same, for whoever has no [`Context`].
#[must_use]
pub fn exempt_in(all: &Settings, community: &Community, user: &UserId) -> Option<Exempt> {
    let settings: &ModerationSettings = community.settings(super::NAME);
    let is_ghost =
        |ghost: &String| Glob::exact(ghost).is_some_and(|glob| glob.matches(user.as_str()));
    if all.is_bot(user) {
        Some(Exempt::Own)
    } else if community.person(user).is_some() || settings.exempt.contains(user) {
        Some(Exempt::Person)
    } else if community.bots.contains(user) || settings.ghosts.iter().any(is_ghost) {
        Some(Exempt::Bot)
    } else {
        None
    }
}

/// True where somebody may sanction so, for so long.
pub fn may(ctx: &Context<'_, '_>, actor: &UserId, kind: Kind, span: Span) -> bool {
    let settings: &ModerationSettings = ctx.community.settings(super::NAME);
    let person = ctx.community.person(actor);
    if !Who::Moderator.includes(person) {
        return false;
    }
    let Some(limit) = settings.limit(actor) else {
        return true;
    };
    let fits = match (span, limit.longest) {
        (_, Span::Forever) => true,
        (Span::Forever, Span::For(_)) => false,
        (Span::For(ms), Span::For(longest)) => ms <= longest,
    };
    let lasts = matches!(kind, Kind::Mute | Kind::Ban | Kind::Remove);
    limit.may.contains(&kind) && (fits || !lasts)
}

/// True where somebody may take a case back, with what has followed from it.
pub fn may_undo(ctx: &mut Context<'_, '_>, actor: &UserId, case: &Case) -> bool {
    let followed = case.led_to.and_then(|no| Case::load(ctx, no));
    let kinds = [Some(case.kind), followed.map(|case| case.kind)];
    kinds
        .into_iter()
        .flatten()
        .all(|kind| may(ctx, actor, kind, Span::For(0)))
}

fn forever() -> Span {
    Span::Forever
}

/// A length of time such as "2h" or "3d".
///
/// # Errors
/// Says what was wrong, with examples.
pub fn span<'de, D: Deserializer<'de>>(from: D) -> Result<Span, D::Error> {
    let text = String::deserialize(from)?;
    span::config(&text).map_err(serde::de::Error::custom)
}

/// A length of time, or "never".
///
/// # Errors
/// Says what was wrong, with examples.
pub fn span_or_never<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Span>, D::Error> {
    let text = String::deserialize(from)?;
    if text == "never" {
        return Ok(None);
    }
    span::config(&text)
        .map(Some)
        .map_err(serde::de::Error::custom)
}
