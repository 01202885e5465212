//! How much one message looks like an advert, and why. Nothing here does IO.
//!
//! Each sign is a chance that the message is one, and the score is the chance that not all of them are mistaken. A
//! plain sign is enough for a question to the moderators at most, and two that agree for more; a disguise is enough by
//! itself, since honest people have no reason for one. What is told of danger is never acted on, whatever its score: a
//! false alarm in a burning house costs more than an advert.

mod reason;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::{
    contact,
    fold::Folded,
    intent,
    links::{self, Hosts, Kind, Link},
    model::Model,
};
pub use reason::Reason;

/// Against what a message is judged.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    pub model: &'a Model,
    pub hosts: &'a Hosts,
    /// Whether its author is a resident of long standing.
    pub known: bool,
}

/// What follows from a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Allow,
    /// The moderators are asked.
    Flag,
    Redact,
    Mute,
    Ban,
}

/// A judgement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgement {
    /// From 0.0, no advert, to 1.0.
    pub score: f64,
    pub verdict: Verdict,
    /// The heaviest first.
    pub reasons: Vec<Reason>,
}

/// From these scores on something follows, in the order of [`Verdict`] after `Allow`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ladder([f64; 4]);

impl Ladder {
    /// For whoever is new.
    pub const STRICT: Self = Self([0.4, 0.6, 0.8, 0.95]);
    /// For residents of long standing. Nobody is banned for one message.
    pub const MILD: Self = Self([0.5, 0.8, 0.92, f64::INFINITY]);

    /// What follows from a score.
    #[must_use]
    pub fn verdict(&self, score: f64) -> Verdict {
        let steps = [Verdict::Flag, Verdict::Redact, Verdict::Mute, Verdict::Ban];
        let reached = self
            .0
            .iter()
            .zip(steps)
            .rev()
            .find(|(from, _)| score >= **from);
        reached.map_or(Verdict::Allow, |(_, verdict)| verdict)
    }
}

/// The chances, from 0.0 to 1.0, that a message with such a sign is an advert; by judgement, until there are figures.
mod chance {
    pub const CONTACT_VEILED: f64 = 0.75;
    pub const CONTACT_PLAIN: f64 = 0.35;
    pub const LINK_VEILED: f64 = 0.6;
    pub const LINK_DENIED: f64 = 0.9;
    pub const LINK_LOOK_ALIKE: f64 = 0.8;
    pub const LINK_INVITATION: f64 = 0.5;
    pub const LINK_ADDRESS: f64 = 0.45;
    pub const LINK_SHORTENER: f64 = 0.35;
    pub const LINK_PLAIN: f64 = 0.08;
    /// What a message that reads like an advert throughout has; less where it does so less. By itself it is enough for a
    /// question: words are a plain sign.
    pub const READS_LIKE_ONE: f64 = 0.55;
    /// A resident of long standing has so much of each chance.
    pub const KNOWN: f64 = 0.5;
}

/// The score of the model from which a message reads like an advert: one honest line in two hundred has it.
const READS_FROM: f64 = 0.5;

/// Judges a message.
#[must_use]
pub fn judge(text: &str, around: &Surroundings<'_>) -> Judgement {
    let folded = Folded::new(text);
    let mut signs = Vec::new();
    let links = links::find(&folded, around.hosts);
    for link in &links {
        let chance = of_link(&link.kind, link.veiled);
        if chance > chance::LINK_PLAIN {
            signs.push((chance, Reason::link(&text[link.range.clone()], link)));
        } else if chance > 0.0 {
            signs.push((chance, Reason::AnyLink));
        }
    }
    for contact in contact::find(&folded) {
        // What stands in the address of a link is no handle.
        let is_address = |link: &Link| {
            link.range.start <= contact.handle.start && contact.handle.end <= link.range.end
        };
        if links.iter().any(is_address) {
            continue;
        }
        let chance = if contact.veiled {
            chance::CONTACT_VEILED
        } else {
            chance::CONTACT_PLAIN
        };
        signs.push((chance, Reason::contact(&text[contact.range])));
    }
    let reads = around.model.score(&folded);
    if reads >= READS_FROM {
        signs.push((reads * chance::READS_LIKE_ONE, Reason::Reads));
    }
    let mut judgement = weighed(signs, around.known);
    if intent::is_emergency(&folded) && judgement.verdict > Verdict::Flag {
        judgement.verdict = Verdict::Flag;
        judgement.reasons.push(Reason::Emergency);
    }
    judgement
}

fn of_link(kind: &Kind, veiled: bool) -> f64 {
    let chance = match kind {
        Kind::Allowed => return 0.0,
        Kind::Denied => chance::LINK_DENIED,
        Kind::LookAlike(_) => chance::LINK_LOOK_ALIKE,
        Kind::Invitation(_) => chance::LINK_INVITATION,
        Kind::Address => chance::LINK_ADDRESS,
        Kind::Shortener => chance::LINK_SHORTENER,
        Kind::Plain => chance::LINK_PLAIN,
    };
    if veiled {
        chance.max(chance::LINK_VEILED)
    } else {
        chance
    }
}

/// The chance that not all signs are mistaken. The same sign again counts once.
fn weighed(mut signs: Vec<(f64, Reason)>, known: bool) -> Judgement {
    signs.sort_by(|one, two| two.0.total_cmp(&one.0));
    let mut reasons: Vec<Reason> = Vec::new();
    let mut mistaken = 1.0;
    for (chance, reason) in signs {
        if reasons.iter().any(|other| other.is_like(&reason)) {
            continue;
        }
        mistaken *= 1.0 - chance * if known { chance::KNOWN } else { 1.0 };
        reasons.push(reason);
    }
    // Hundredths are more than anybody can tell apart.
    let score = ((1.0 - mistaken) * 100.0_f64).round() / 100.0;
    let ladder = if known { Ladder::MILD } else { Ladder::STRICT };
    Judgement {
        score,
        verdict: ladder.verdict(score),
        reasons,
    }
}
