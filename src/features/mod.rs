//! The capabilities of a community, one file or folder each, and the list of them.
//! Nothing in this folder does IO.

pub mod admission;
pub mod help;
pub mod lists;
pub mod moderation;
pub mod naming;
pub mod posts;
pub mod raid;
pub mod rules;
pub mod spam;
pub mod tickets;

use crate::domain::feature::Feature;

/// All features, in the order in which they are asked.
pub static ALL: &[Feature] = &[
    spam::FEATURE,
    moderation::FEATURE,
    lists::FEATURE,
    raid::FEATURE,
    naming::FEATURE,
    posts::FEATURE,
    tickets::FEATURE,
    rules::FEATURE,
    admission::FEATURE,
    help::FEATURE,
];
