//! The arguments of a moderator's command: `!mute @bob:example.org 2h spam`, `!封禁 "Bob 广告"
//! 永久 卖货 全小区`. Nothing here does IO.
//!
//! In this order, and each may be missing: who, for how long, why. Who is a full user id, a
//! link to one, or a name in quotes; a name without quotes could be part of the reason, so
//! only the caller, who knows the members, can find it: [`Arguments::named`].
//!
//! `--all`, `all rooms`, 全小区 and 所有群 before or behind all that make the command count in
//! every room; directly behind the person they do too, and `--all` also behind the length.

mod everywhere;
mod name;
mod who;

#[cfg(test)]
mod tests;

pub use name::strip_name;
pub use who::Who;

use super::span::{self, Span};

/// What stands behind the name of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arguments<'t> {
    /// Whom it is about. Nothing where the text does not start with an id, a link or a quoted
    /// name: then it is whom the message answers or mentions, or [`Arguments::named`] tells.
    pub who: Option<Who<'t>>,
    /// For how long; nothing where no length is given.
    pub span: Option<Span>,
    /// Whether it counts in every room.
    pub everywhere: bool,
    /// The rest, as written, trimmed; it can be empty.
    pub reason: &'t str,
}

/// Reads what stands behind the name of a command.
#[must_use]
pub fn arguments(rest: &str) -> Arguments<'_> {
    let mut everywhere = false;
    let mut text = rest.trim();
    take(&mut text, &mut everywhere, everywhere::leading);
    let (who, text) = match who::leading(text) {
        Some((who, rest)) => (Some(who), rest),
        None => (None, text),
    };
    Arguments {
        who,
        ..behind_who(text, everywhere)
    }
}

impl Arguments<'_> {
    /// These arguments where they begin with this name without quotes: what follows the name
    /// is read anew, and `who` stays empty. Nothing where `who` is known already or something
    /// else comes first. When several members' names fit, the longest is meant.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Self> {
        if self.who.is_some() {
            return None;
        }
        let rest = strip_name(self.reason, name)?;
        if self.span.is_some() {
            let reason = rest;
            return Some(Self {
                reason,
                ..self.clone()
            });
        }
        Some(behind_who(rest, self.everywhere))
    }
}

fn behind_who(mut text: &str, mut everywhere: bool) -> Arguments<'_> {
    take(&mut text, &mut everywhere, everywhere::leading);
    let mut length = None;
    if let Some((span, rest)) = span::leading(text) {
        (length, text) = (Some(span), rest);
        take(&mut text, &mut everywhere, everywhere::leading_flag);
    }
    take(&mut text, &mut everywhere, everywhere::trailing);
    Arguments {
        who: None,
        span: length,
        everywhere,
        reason: text.trim(),
    }
}

/// Takes the words for "everywhere" off the text, where they are found.
fn take<'t>(text: &mut &'t str, everywhere: &mut bool, find: impl Fn(&'t str) -> Option<&'t str>) {
    if let Some(rest) = find(text) {
        *text = rest;
        *everywhere = true;
    }
}
