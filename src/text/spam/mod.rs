//! How much one message looks like an advert, and why. Nothing here does IO.
//!
//! Each sign is a chance that the message is one, and the score is the chance that not all of them are mistaken. A
//! plain sign is enough for a question to the moderators at most, and two that agree for more; a disguise is enough by
//! itself, since honest people have no reason for one. What is told of danger is never acted on, whatever its score: a
//! false alarm in a burning house costs more than an advert.

mod post;
mod reason;
mod scale;
mod words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde::Serialize;

use super::{
    contact,
    fold::{Folded, MAX_TEXT_BYTES},
    intent,
    links::{self, Hosts, Kind, Link},
    model::Model,
    posts::Kinds,
};
use post::Worn;
pub use reason::{Fault, Reason};
pub use scale::{Chances, Ladder, Scales, Verdict};
pub use words::{BadEntry, Entry, WordList};

/// Against what a message is judged.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    pub model: &'a Model,
    pub hosts: &'a Hosts,
    pub words: &'a WordList,
    pub scales: &'a Scales,
    /// What makes a message a help post.
    pub kinds: &'a Kinds,
    /// Whether its author is a resident of long standing.
    pub known: bool,
}

/// A judgement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgement {
    /// From 0.0, no advert, to 1.0.
    pub score: f64,
    pub verdict: Verdict,
    /// The heaviest first.
    #[serde(serialize_with = "reason::in_words")]
    pub reasons: Vec<Reason>,
}

/// A chance, from 0.0 to 1.0, that a message is an advert, and why.
pub type Sign = (f64, Reason);

/// A resident of long standing has so much of each chance.
const KNOWN: f64 = 0.5;

/// A contact in a help post has so much of its chance: whoever gives a cot away says how to be reached, and nobody reads
/// it on the card.
const POST: f64 = 0.5;

/// The score of the model from which a message reads like an advert: one honest line in two hundred has it.
const READS_FROM: f64 = 0.5;

/// Judges a message by its text alone.
#[must_use]
pub fn judge(text: &str, around: &Surroundings<'_>) -> Judgement {
    judge_with(&Folded::new(&looked_at(text)), around, Vec::new())
}

/// What of a text is judged: all of it, or of a very long one its beginning and its end, since adverts hide behind
/// pages of nothing.
#[must_use]
pub fn looked_at(text: &str) -> Cow<'_, str> {
    if text.len() <= MAX_TEXT_BYTES {
        return Cow::Borrowed(text);
    }
    let half = MAX_TEXT_BYTES / 2 - 1;
    let head = &text[..text.floor_char_boundary(half)];
    let tail = &text[text.ceil_char_boundary(text.len() - half)..];
    Cow::Owned(format!("{head}\n{tail}"))
}

/// Judges a message by its text, and by what else is known of it.
#[must_use]
pub fn judge_with(text: &Folded<'_>, around: &Surroundings<'_>, besides: Vec<Sign>) -> Judgement {
    let mut signs = besides;
    let worn = Worn::of(text, around);
    signs.extend(signs_of(text, around, worn));
    let mut judgement = weighed(signs, around);
    // What the operator does not want goes, whoever brings it.
    let is_denied = |reason: &Reason| matches!(reason, Reason::Link(_, Fault::Denied));
    if judgement.reasons.iter().any(is_denied) {
        judgement.verdict = judgement.verdict.max(Verdict::Redact);
    }
    if judgement.verdict > Verdict::Flag && is_for_people(text, worn, &judgement) {
        judgement.verdict = Verdict::Flag;
    }
    // It may be a neighbour's, who can post it again without a contact: nobody is silenced for that.
    let is_doubtful = matches!(worn, Worn::Doubtfully { .. });
    if is_doubtful && judgement.reasons.iter().all(Reason::is_in_honest_posts) {
        judgement.verdict = judgement.verdict.min(Verdict::Redact);
        judgement.reasons.sort_by_key(|reason| !reason.is_contact());
    }
    if judgement.verdict >= Verdict::Flag && intent::is_emergency(text) {
        judgement.verdict = Verdict::Flag;
        judgement.reasons.push(Reason::Emergency);
    }
    judgement
}

/// Whether a message is one with a tag, such as reports and help posts have, that only people can tell from an advert:
/// whoever wants the electrician to call leaves a number, whoever sells a bicycle does too, and whoever complains of
/// adverts quotes them.
fn is_for_people(text: &Folded<'_>, worn: Worn, judgement: &Judgement) -> bool {
    if matches!(worn, Worn::Honestly { .. }) {
        return judgement.reasons.iter().all(Reason::is_in_honest_posts);
    }
    let is_denied = |reason: &Reason| matches!(reason, Reason::Link(_, Fault::Denied));
    let reads = judgement.reasons.contains(&Reason::Reads);
    let is_plain = judgement.verdict < Verdict::Mute || !reads;
    is_plain && !judgement.reasons.iter().any(is_denied) && intent::has_tag(text)
}

/// What a text says by itself.
fn signs_of(folded: &Folded<'_>, around: &Surroundings<'_>, worn: Worn) -> Vec<Sign> {
    let (text, chances) = (folded.source(), &around.scales.chances);
    let mut signs = Vec::new();
    let links = links::find(folded, around.hosts);
    for link in &links {
        let (chance, speaks_against) = of_link(link, chances);
        if speaks_against {
            signs.push((chance, Reason::link(&text[link.range.clone()], link)));
        } else if chance > 0.0 {
            signs.push((chance, Reason::AnyLink));
        }
    }
    for contact in contact::find(folded) {
        // What stands in the address of a link is no handle.
        let is_address = |link: &Link| {
            link.range.start <= contact.handle.start && contact.handle.end <= link.range.end
        };
        if links.iter().any(is_address) {
            continue;
        }
        let share = match worn {
            Worn::Honestly { .. } => POST,
            Worn::Not | Worn::Doubtfully { .. } | Worn::AsDisguise => 1.0,
        };
        let chance = if contact.veiled {
            chances.contact_veiled
        } else {
            chances.contact
        };
        let written = &text[contact.range];
        let reason = match worn {
            Worn::Honestly { .. } | Worn::Doubtfully { .. } => Reason::contact_of_post(written),
            Worn::Not | Worn::AsDisguise => Reason::contact(written),
        };
        signs.push((chance * share, reason));
    }
    for hit in around.words.hits(folded) {
        signs.push((hit.chance, Reason::listed(&hit.entry)));
    }
    let reads = match worn {
        Worn::Honestly { reads } | Worn::Doubtfully { reads } => reads,
        Worn::Not | Worn::AsDisguise => around.model.score(folded),
    };
    if reads >= READS_FROM {
        signs.push((reads * chances.reads, Reason::Reads));
    }
    signs
}

/// The chance of a link, and whether anything speaks against it.
fn of_link(link: &Link, chances: &Chances) -> (f64, bool) {
    let (chance, against) = match link.kind {
        Kind::Allowed => return (0.0, false),
        Kind::Denied => (chances.link_denied, true),
        Kind::LookAlike(_) => (chances.link_look_alike, true),
        Kind::Near(_) => (chances.link_near, true),
        Kind::Invitation(_) => (chances.link_invitation, true),
        Kind::Address => (chances.link_address, true),
        Kind::Shortener => (chances.link_shortener, true),
        Kind::Plain => (chances.link, false),
    };
    if link.veiled {
        (chance.max(chances.link_veiled), true)
    } else {
        (chance, against)
    }
}

/// The sign that a QR code is: what it holds leads to a talk, a group or a payment, or it may be anything.
#[must_use]
pub fn sign_of_code(held: &str, around: &Surroundings<'_>) -> Option<Sign> {
    let folded = Folded::new(held);
    let chances = &around.scales.chances;
    let links = links::find(&folded, around.hosts);
    let of_links = links.iter().map(|link| match link.kind {
        Kind::Allowed => 0.0,
        Kind::Denied => chances.link_denied,
        Kind::LookAlike(_)
        | Kind::Near(_)
        | Kind::Invitation(_)
        | Kind::Address
        | Kind::Shortener => chances.code,
        Kind::Plain => chances.code_plain,
    });
    let chance = of_links.reduce(f64::max).unwrap_or_else(|| {
        // `wxp://` and the like are payments, which no browser opens.
        let is_payment = held.contains("://");
        if is_payment || !contact::find(&folded).is_empty() {
            chances.code
        } else {
            chances.code_plain
        }
    });
    (chance > 0.0).then(|| (chance, Reason::code(held)))
}

/// The chance that not all signs are mistaken. The same sign again counts once.
fn weighed(mut signs: Vec<Sign>, around: &Surroundings<'_>) -> Judgement {
    signs.sort_by(|one, two| two.0.total_cmp(&one.0));
    let mut reasons: Vec<Reason> = Vec::new();
    let mut mistaken = 1.0;
    for (chance, reason) in signs {
        if reasons.iter().any(|other| other.is_like(&reason)) {
            continue;
        }
        mistaken *= 1.0 - chance * if around.known { KNOWN } else { 1.0 };
        reasons.push(reason);
    }
    // Hundredths are more than anybody can tell apart.
    let score = ((1.0 - mistaken) * 100.0_f64).round() / 100.0;
    let scales = around.scales;
    let ladder = if around.known {
        scales.mild
    } else {
        scales.strict
    };
    Judgement {
        score,
        verdict: ladder.verdict(score),
        reasons,
    }
}
