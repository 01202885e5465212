//! Codes of homes: drawn for the sheet that the administrator prints, and taken from whoever sends one.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::settings::AdmissionSettings;
use crate::{
    domain::{context::Context, ids::UserId, limits, ration::Ration, record::Record},
    text::{
        codes::{self, Code},
        home::Home,
    },
};

/// The code of a home that is valid now, by the home's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    pub home: Home,
    /// As it is printed: `K7QM-4TXW`.
    pub code: String,
    /// Members whom it has let in.
    pub used: Vec<UserId>,
}

impl Record for Issued {
    const KIND: &'static str = "code";
}

/// The home that a code is of, by the code.
#[derive(Serialize, Deserialize)]
struct Opens(Home);

impl Record for Opens {
    const KIND: &'static str = "code_opens";
}

impl Issued {
    /// The code of a home, where it has one.
    pub fn of(ctx: &mut Context<'_, '_>, home: &Home) -> Option<Self> {
        ctx.get(&home.key())
    }

    /// Keeps it.
    pub fn save(&self, ctx: &mut Context<'_, '_>) {
        ctx.put(&self.home.key(), self);
        ctx.put(&self.code, &Opens(self.home.clone()));
    }

    /// From now on it opens nothing.
    pub fn withdraw(&self, ctx: &mut Context<'_, '_>) {
        ctx.delete::<Self>(&self.home.key());
        ctx.delete::<Opens>(&self.code);
    }
}

/// Draws a code for each home that has none; with `renew` also for those that have one, whose old codes end.
pub fn issue(ctx: &mut Context<'_, '_>, seed: &[u8; 32], homes: &[Home], renew: bool) {
    for home in homes {
        if let Some(issued) = Issued::of(ctx, home) {
            if !renew {
                continue;
            }
            issued.withdraw(ctx);
        }
        // Two homes may draw the same code, once in millions.
        let mut rounds = 0..u32::MAX;
        let code = rounds.find_map(|round| {
            let code = codes::code(seed, &home.key(), round).to_string();
            ctx.get::<Opens>(&code).is_none().then_some(code)
        });
        if let Some(code) = code {
            let issued = Issued {
                home: home.clone(),
                code,
                used: Vec::new(),
            };
            issued.save(ctx);
        }
    }
}

/// What comes of a code that somebody has sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is the code of this home.
    Opens(Home),
    /// It is no code that is valid now.
    Wrong,
    /// They have sent too many wrong ones, or everybody together has; `first` where the moderators do not know yet.
    TooMany { first: bool },
}

/// Looks a code up. Whoever has sent too many wrong ones is not told of a right one either, and neither is anybody
/// while codes are being guessed at by many.
pub fn look_up(ctx: &mut Context<'_, '_>, user: &UserId, code: &Code) -> Sent {
    let settings: &AdmissionSettings = ctx.settings();
    let (own_id, own_limit) = (format!("codes/{user}"), settings.wrong_codes);
    let now = ctx.now;
    let mut own: Ration = ctx.get(&own_id).unwrap_or_default();
    let mut all: Ration = ctx.get("codes").unwrap_or_default();
    let is_full =
        own.next(now, own_limit) > now || all.next(now, limits::WRONG_CODES_AN_HOUR) > now;
    if is_full {
        let mut told: Ration = ctx.get("codes-told").unwrap_or_default();
        let first = told.book(now, 1) == now;
        if first {
            ctx.put("codes-told", &told);
        }
        return Sent::TooMany { first };
    }
    if let Some(Opens(home)) = ctx.get(&code.to_string()) {
        return Sent::Opens(home);
    }
    own.book(now, own_limit);
    all.book(now, limits::WRONG_CODES_AN_HOUR);
    ctx.put(&own_id, &own);
    ctx.put("codes", &all);
    Sent::Wrong
}

/// Somebody has come in by the code of a home; after so many uses it ends.
pub fn use_up(ctx: &mut Context<'_, '_>, home: &Home, user: &UserId) {
    let settings: &AdmissionSettings = ctx.settings();
    let uses = settings.code_uses as usize;
    let Some(mut issued) = Issued::of(ctx, home) else {
        return;
    };
    if !issued.used.contains(user) {
        issued.used.push(user.clone());
    }
    if issued.used.len() >= uses {
        issued.withdraw(ctx);
    } else {
        issued.save(ctx);
    }
}
