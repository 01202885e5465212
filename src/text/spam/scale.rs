//! How heavy each sign weighs, and what follows from a score. Nothing here does IO.

use serde::{Deserialize, Serialize};

/// The chances, from 0.0 to 1.0, that a message with such a sign is an advert; by judgement, until there are figures.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Chances {
    /// A contact id in a disguise.
    pub contact_veiled: f64,
    /// A contact id that is written openly.
    pub contact: f64,
    /// A link written so that programs overlook it.
    pub link_veiled: f64,
    /// A link that the operator does not want.
    pub link_denied: f64,
    /// A host that is made to be taken for a trusted one.
    pub link_look_alike: f64,
    /// A host whose name is near to a trusted one's, as those of honest firms are too.
    pub link_near: f64,
    /// An invitation to a group or a talk of another network.
    pub link_invitation: f64,
    /// A link with a number for a name.
    pub link_address: f64,
    pub link_shortener: f64,
    /// A link that nothing speaks against.
    pub link: f64,
    /// What reads like an advert throughout has so much; less where it does so less. By itself it is just enough for a
    /// question, and only where hardly an honest line reads so: words are a plain sign.
    pub reads: f64,
    /// The third time of the same text by one person, and the fifth.
    pub again: [f64; 2],
    /// The same text by one person in three rooms, and in five.
    pub rooms: [f64; 2],
    /// The same text by three newcomers, by five, and by ten.
    pub others: [f64; 3],
    /// More people called than are answered, and many more.
    pub mentions: [f64; 2],
    /// Everybody called by somebody who may not.
    pub everybody: f64,
    /// A picture or the like by a newcomer.
    pub media: f64,
    /// The author's name is an advert itself.
    pub name: f64,
    /// A QR code that leads to a talk, a group or a payment.
    pub code: f64,
    /// Another QR code.
    pub code_plain: f64,
}

impl Default for Chances {
    fn default() -> Self {
        Self::USUAL
    }
}

impl Chances {
    /// Those of whoever says nothing.
    pub const USUAL: Self = Self {
        contact_veiled: 0.75,
        contact: 0.35,
        link_veiled: 0.6,
        link_denied: 0.7,
        link_look_alike: 0.8,
        link_near: 0.4,
        link_invitation: 0.5,
        link_address: 0.45,
        link_shortener: 0.35,
        link: 0.08,
        reads: 0.45,
        again: [0.4, 0.6],
        rooms: [0.3, 0.5],
        others: [0.3, 0.45, 0.5],
        mentions: [0.3, 0.5],
        everybody: 0.15,
        media: 0.1,
        name: 0.5,
        code: 0.6,
        code_plain: 0.3,
    };

    /// The first chance that is none, by its name.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        let named: [(&'static str, &[f64]); 20] = [
            ("contact_veiled", &[self.contact_veiled]),
            ("contact", &[self.contact]),
            ("link_veiled", &[self.link_veiled]),
            ("link_denied", &[self.link_denied]),
            ("link_look_alike", &[self.link_look_alike]),
            ("link_near", &[self.link_near]),
            ("link_invitation", &[self.link_invitation]),
            ("link_address", &[self.link_address]),
            ("link_shortener", &[self.link_shortener]),
            ("link", &[self.link]),
            ("reads", &[self.reads]),
            ("again", &self.again),
            ("rooms", &self.rooms),
            ("others", &self.others),
            ("mentions", &self.mentions),
            ("everybody", &[self.everybody]),
            ("media", &[self.media]),
            ("name", &[self.name]),
            ("code", &[self.code]),
            ("code_plain", &[self.code_plain]),
        ];
        let is_chance = |chance: &f64| (0.0..1.0).contains(chance);
        let bad = named
            .iter()
            .find(|(_, chances)| !chances.iter().all(is_chance));
        bad.map(|(name, _)| *name)
    }
}

/// What follows from a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Allow,
    /// The moderators are asked.
    Flag,
    Redact,
    Mute,
    Ban,
}

/// From these scores on something follows; above 1.0 for never.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    pub flag: f64,
    pub redact: f64,
    pub mute: f64,
    pub ban: f64,
}

impl Ladder {
    /// For whoever is new.
    pub const STRICT: Self = Self {
        flag: 0.4,
        redact: 0.62,
        mute: 0.8,
        ban: 0.95,
    };
    /// For residents of long standing. Nobody is banned for one message.
    pub const MILD: Self = Self {
        flag: 0.5,
        redact: 0.8,
        mute: 0.92,
        ban: 2.0,
    };

    /// What follows from a score.
    #[must_use]
    pub fn verdict(&self, score: f64) -> Verdict {
        let steps = [
            (self.ban, Verdict::Ban),
            (self.mute, Verdict::Mute),
            (self.redact, Verdict::Redact),
            (self.flag, Verdict::Flag),
        ];
        let reached = steps.into_iter().find(|(from, _)| score >= *from);
        reached.map_or(Verdict::Allow, |(_, verdict)| verdict)
    }

    /// True where harsher things follow from higher scores.
    #[must_use]
    pub fn rises(&self) -> bool {
        let steps = [0.0, self.flag, self.redact, self.mute, self.ban];
        steps.is_sorted() && self.flag > 0.0
    }
}

/// All that a community can say about how its messages are weighed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scales {
    pub chances: Chances,
    /// For whoever is new.
    pub strict: Ladder,
    /// For residents of long standing.
    pub mild: Ladder,
}

impl Scales {
    /// Those of whoever says nothing.
    pub const USUAL: Self = Self {
        chances: Chances::USUAL,
        strict: Ladder::STRICT,
        mild: Ladder::MILD,
    };
}
