//! What no name may hold: a staff look-alike, contact details, an advert. Nothing here
//! does IO.

mod advert;
mod contact;
mod looks;
mod protected;
mod staff;

pub use protected::Protected;

pub(super) use looks::Looks;

/// Whether a name passes for the staff, a moderator or the bot.
pub(super) fn imitates(looks: &Looks, protected: &Protected) -> bool {
    staff::is_imitated(looks) || protected.is_imitated(looks)
}

/// Whether a name holds a way to be contacted, or an advert.
pub(super) fn is_contact_or_advert(looks: &Looks) -> bool {
    contact::is_in(looks) || advert::is_in(looks)
}
