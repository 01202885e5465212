//! What kind of matter a message tells of: how urgent it is, who mends it, whether it is everybody's, and whether it
//! comes back. Nothing here does IO.

mod again;
mod public;
mod trade;
mod urgency;

use serde::{Deserialize, Serialize};

pub use trade::Trade;
pub use urgency::Urgency;

use super::{
    address::Address,
    danger, intent,
    place::{self, Place},
    tags::Category,
};

/// What kind of matter it is. Serialises to exactly these keys in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// How urgent it is.
    pub urgency: Urgency,
    /// Who mends it.
    pub trade: Trade,
    /// Whether it is outside the flats.
    pub public: bool,
    /// Whether its sender says that it was there, or was reported, before.
    pub repeat: bool,
}

/// Whether folded words without their tag, which name this place, tell of something outside the flats.
pub(super) fn is_public(own: &str, place: Option<Place>, category: Option<Category>) -> bool {
    let danger = danger::told(own);
    let category = category.or_else(|| intent::category_of(own, danger));
    let trade = trade::of(own, category, danger);
    public::is(own, place, trade, category, danger)
}

/// The kind of matter that a text tells of, which was found to be of this category and at this address.
#[must_use]
pub fn of(text: &str, category: Option<Category>, address: &Address) -> Matter {
    let text = intent::own_words(text);
    let repeat = again::is_said(&text);
    let danger = danger::told(&text);
    let category = category.or_else(|| {
        // Whoever asks again, without a tag, asks for no information.
        let guess = intent::category_of(&text, danger);
        guess.filter(|guess| !(repeat && *guess == Category::Question))
    });
    let trade = trade::of(&text, category, danger);
    let place = place::find_outside(&text, &intent::wishes_of(&text));
    let mut public = public::is(&text, place, trade, category, danger);
    // A building without a flat is everybody's, unless it is the sender's.
    let may_be_shared =
        !matches!(trade, Trade::Fee | Trade::Noise) && category != Some(Category::Question);
    if place.is_none() && may_be_shared && address.home.is_none() {
        public |= public::is_shared(&text);
    }
    Matter {
        urgency: urgency::of(&text, category, danger),
        trade,
        public,
        repeat,
    }
}
