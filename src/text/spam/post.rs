//! Whether a message wears the tag of a help post, and honestly. Nothing here does IO.

use super::Surroundings;
use crate::text::{
    contact,
    fold::Folded,
    posts::{VEIL, veiled, without_tag},
};

/// The tag of a help post, as an advert may wear it too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Worn {
    /// There is none.
    Not,
    /// Its words are a neighbour's, as likely as not: so much they read like an advert, without tag and contact.
    Honestly { reads: f64 },
    /// Its words are those of an advert throughout, or it hides how to be reached as no neighbour does.
    AsDisguise,
}

/// The score of the model from which the words of a post are an advert's throughout. Of posts with a contact that
/// neighbours might write none had it, of adverts with a tag put before them three in four (`posts.txt` and
/// `adverts.txt` of the tests).
const DISGUISE_FROM: f64 = 0.97;

impl Worn {
    /// How a message wears one.
    pub fn of(text: &Folded<'_>, around: &Surroundings<'_>) -> Self {
        if around.kinds.tag(text).is_none() {
            return Self::Not;
        }
        let contacts = contact::find(text);
        if contacts
            .iter()
            .any(|contact| contact.veiled && !contact.short)
        {
            return Self::AsDisguise;
        }
        let words = veiled(&without_tag(text.source(), around.kinds)).0;
        let reads = around.model.score(&Folded::new(&words.replace(VEIL, "")));
        if reads >= DISGUISE_FROM {
            Self::AsDisguise
        } else {
            Self::Honestly { reads }
        }
    }
}
