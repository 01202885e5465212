//! Understanding what residents write. Nothing in this folder does IO, reads a clock
//! or draws a random number: text goes in, values come out, the same every time.
//!
//! `fold` makes spellings alike and remembers where they stood; `tags`, `address` and
//! `place` each find one kind of thing; `intent` puts them together into what a message
//! asks for, and `matter` what kind of matter that is, with the `danger`s that outrank all words;
//! `names` judges display names; `explain` shows that reading as JSON, so that
//! anyone can try a sentence. Moderators write `span`s and `arguments`; `policy` reads the
//! rules of ban lists; `contact` and `links` find
//! what adverts want people to follow, `alike` finds the same text again, and a `model` says
//! how much one reads like an advert; `spam` weighs all that. A `home` is told alike by
//! names, by the `roster` that an administrator imports, and by the `codes` that show where
//! somebody lives.
//!
//! One rule stands above the others: never guess. A wrong address costs a worker a trip,
//! so what is not certain is left out and asked for.

pub mod address;
pub mod alike;
pub mod arguments;
mod border;
pub mod call;
pub mod codes;
pub mod contact;
pub mod danger;
pub mod explain;
pub mod fold;
pub mod home;
pub mod intent;
pub mod language;
pub mod links;
pub mod matter;
pub mod model;
pub mod names;
pub mod place;
pub mod policy;
pub mod posts;
pub mod roster;
pub mod schedule;
pub mod sites;
pub mod spam;
pub mod span;
pub mod supply;
pub mod tags;
pub mod when;
mod words;
