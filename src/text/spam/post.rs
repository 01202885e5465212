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
    /// Its words may be an advert's.
    Doubtfully { reads: f64 },
    /// Its words are those of an advert throughout, or it hides how to be reached as no neighbour does.
    AsDisguise,
}

/// The score of the model from which the words of a post may be an advert's. Of 500 posts that neighbours might write 3
/// had it (`posts_table.jsonl` of the integration tests), of those with a contact in each 4 of 25 (`posts.txt`), and of
/// adverts with a tag put before them 65 of 100 (`adverts.txt`).
const DOUBT_FROM: f64 = 0.72;
/// The score from which they are an advert's throughout: none of these posts had it, and 20 of these adverts.
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
        } else if reads >= DOUBT_FROM {
            Self::Doubtfully { reads }
        } else {
            Self::Honestly { reads }
        }
    }
}
