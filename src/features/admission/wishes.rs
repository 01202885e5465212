//! What the administrator asks for on the command line: a new roster, and codes to print.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    applicant::{Applicant, Stands},
    codes,
    consider::consider,
    moveout::{self, Outcome},
    roster::{self, Resident},
    settings::{AdmissionSettings, Mode},
};
use crate::{
    domain::{context::Context, ids::UserId},
    features::{
        moderation::case::By,
        naming::{door::Door, judge::Verdict},
    },
    text::home::Home,
};

/// A wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// What the roster has from now on, and what it has no more.
    Roster {
        add: Vec<Resident>,
        remove: Vec<Resident>,
    },
    /// Codes for homes that have none; with `renew` for all of these.
    Codes {
        seed: [u8; 32],
        homes: Vec<Home>,
        renew: bool,
    },
}

/// Carries out a wish, as JSON. One that cannot be read is a fault of the program, and is set aside.
///
/// # Panics
/// Where it cannot be read.
pub fn carry_out(ctx: &mut Context<'_, '_>, wish: &str) {
    let wish: Wish = serde_json::from_str(wish)
        .unwrap_or_else(|error| panic!("a wish that cannot be understood: {error}"));
    match wish {
        Wish::Roster { add, remove } => change_roster(ctx, &add, &remove),
        Wish::Codes { seed, homes, renew } => codes::issue(ctx, &seed, &homes, renew),
    }
}

fn change_roster(ctx: &mut Context<'_, '_>, add: &[Resident], remove: &[Resident]) {
    for resident in add {
        resident.list(ctx);
    }
    let mut homes: BTreeSet<Home> = BTreeSet::new();
    for resident in remove {
        resident.unlist(ctx);
        homes.insert(resident.home.clone());
    }
    let settings: &AdmissionSettings = ctx.settings();
    if settings.mode != Mode::Verified {
        return;
    }
    for home in homes {
        let gone: Vec<&Resident> = remove.iter().filter(|r| r.home == home).collect();
        moved_out(ctx, &home, &gone);
    }
    // Whoever has waited for the roster need not wait any more.
    for (user, mut applicant) in Applicant::all(ctx, usize::MAX) {
        if matches!(applicant.stands, Stands::Asked { .. } | Stands::Waiting) {
            consider(ctx, &user, &mut applicant);
            applicant.save(ctx, &user);
        }
    }
}

/// Members of a home whose surname stands on the roster no more, or all of them where nothing of the home does.
fn moved_out(ctx: &mut Context<'_, '_>, home: &Home, gone: &[&Resident]) {
    let left = roster::residents(ctx, home);
    let mut members: BTreeSet<UserId> = moveout::members(ctx, home);
    if !left.is_empty() {
        members.retain(|user| {
            let surname = surname(ctx, user);
            let is_of = |resident: &&Resident| match (&resident.surname, &surname) {
                (Some(listed), Some(own)) => roster::is_same(listed, own),
                (None, _) | (_, None) => false,
            };
            gone.iter().any(is_of) && !left.iter().any(|resident| is_of(&resident))
        });
    }
    let mut outcome = Outcome::default();
    if left.is_empty() {
        // Nobody is listed there any more: its code lets nobody in either.
        moveout::forget(ctx, home, &BTreeSet::new(), &mut outcome.moveout);
    }
    if members.is_empty() {
        return;
    }
    outcome.moveout.residents = gone.iter().map(|resident| (*resident).clone()).collect();
    let by = By::Rule("roster".to_owned());
    moveout::remove(ctx, members, &by, &mut outcome);
    moveout::show(ctx, &home.short(), &outcome);
}

/// The surname that a member's name tells.
fn surname(ctx: &mut Context<'_, '_>, user: &UserId) -> Option<String> {
    match Door::of(ctx, user)?.verdict(ctx) {
        Verdict::Right(name) => Some(name.surname),
        Verdict::Absent | Verdict::Wrong { .. } => None,
    }
}
