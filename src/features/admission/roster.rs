//! The roster: who lives where, as the administrator has imported it.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{context::Context, record::Record},
    text::{
        home::Home,
        roster::{Entry, Listed, Row},
    },
};

/// A home and one of those who live there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Resident {
    pub home: Home,
    /// None where nobody knows who lives there.
    pub surname: Option<String>,
}

impl Record for Resident {
    const KIND: &'static str = "roster";
}

impl From<&Row> for Resident {
    fn from(row: &Row) -> Self {
        Self {
            home: Home::from(row),
            surname: row.surname.clone(),
        }
    }
}

impl Listed for Resident {
    fn entry(&self) -> Entry<'_> {
        Entry {
            phase: self.home.phase.as_deref(),
            building: &self.home.building,
            unit: self.home.unit.as_deref(),
            home: &self.home.home,
            surname: self.surname.as_deref(),
        }
    }
}

impl Resident {
    fn id(&self) -> String {
        let surname = self.surname.as_deref().unwrap_or_default();
        format!("{}/{surname}", self.home.key())
    }

    /// Puts them on the roster.
    pub fn list(&self, ctx: &mut Context<'_, '_>) {
        ctx.put(&self.id(), self);
    }

    /// Takes them off it.
    pub fn unlist(&self, ctx: &mut Context<'_, '_>) {
        ctx.delete::<Self>(&self.id());
    }
}

/// What the roster says of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// They live there.
    Yes,
    /// The home is there, with these surnames.
    Others(BTreeSet<String>),
    /// The home is there, and nobody knows who lives in it.
    Unknown,
    /// It does not have the home, or not one only.
    Nothing,
}

/// Those whom the roster has in a home, or in homes that it can be.
pub fn residents(ctx: &mut Context<'_, '_>, home: &Home) -> Vec<Resident> {
    let found = ctx.scan::<Resident>(&home.prefix(), usize::MAX);
    let residents = found.into_iter().map(|(_, resident)| resident);
    residents
        .filter(|resident| resident.home.fits(home))
        .collect()
}

/// What the roster says of a surname in a home.
pub fn says(ctx: &mut Context<'_, '_>, home: &Home, surname: &str) -> Says {
    let residents = residents(ctx, home);
    let homes: BTreeSet<&Home> = residents.iter().map(|resident| &resident.home).collect();
    // A name without its stairwell may be that of several homes.
    if homes.len() != 1 {
        return Says::Nothing;
    }
    let surnames: BTreeSet<String> = residents
        .iter()
        .filter_map(|resident| resident.surname.clone())
        .collect();
    if surnames.iter().any(|known| is_same(known, surname)) {
        Says::Yes
    } else if surnames.is_empty() {
        Says::Unknown
    } else {
        Says::Others(surnames)
    }
}

/// Capitals of Latin surnames do not count.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
}
