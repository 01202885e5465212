//! Proof: for chosen matters ✅ counts only with a photo of what was done. Whoever taps it without one is asked, and the photo
//! alone finishes the ticket then.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    TicketSettings, commands,
    ticket::{Attachment, Ticket, list_of},
};
use crate::{
    domain::{
        context::Context,
        effect::Target,
        ids::{EventId, Millis, RoomId, UserId},
        input::MediaKind,
        limits,
        roles::Who,
        speech::Arg,
    },
    text::{matter::Trade, tags::Category},
};

/// What needs proof.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    pub categories: BTreeSet<Category>,
    pub trades: BTreeSet<Trade>,
}

/// How it stands with that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Proof {
    /// Staff have shown something since it was opened, or opened again.
    pub shown: bool,
    /// Who was asked for it.
    pub asked: Option<UserId>,
    /// When that was.
    pub asked_at: Option<Millis>,
}

/// Whether a ticket cannot be done yet, since nobody has shown it.
pub fn is_missing(ctx: &Context<'_, '_>, ticket: &Ticket) -> bool {
    let settings = &ctx.settings::<TicketSettings>().proof;
    let mut categories = ticket.category.iter();
    let is_needed = ticket.round.as_ref().is_some_and(|round| round.photo)
        || settings.trades.contains(&ticket.matter.trade)
        || categories.any(|category| settings.categories.contains(category));
    is_needed && !ticket.proof.shown
}

/// Asks for a photo.
pub fn ask(
    ctx: &mut Context<'_, '_>,
    mut ticket: Ticket,
    user: &UserId,
    room: &RoomId,
    reply_to: EventId,
) {
    ticket.proof.asked = Some(user.clone());
    ticket.proof.asked_at = Some(ctx.now);
    ticket.save(ctx);
    let name = ctx.name_of(room, user);
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("name", Arg::Text(&name)),
    ];
    let language = ctx.language_for(user);
    let said = ctx.say(language, "proof-missing", &args);
    ctx.answer(room, Some(Target::Event(reply_to)), true, said);
}

/// Something is shown with a ticket; true where that is what whoever shows it was asked for.
pub fn shown(ctx: &Context<'_, '_>, ticket: &mut Ticket, user: &UserId, kind: MediaKind) -> bool {
    let is_staff = Who::Staff.includes(ctx.community.person(user));
    let is_seen = matches!(kind, MediaKind::Image | MediaKind::Video);
    if !is_staff || !is_seen || !ticket.state.is_open() {
        return false;
    }
    ticket.proof.shown = true;
    ticket.proof.asked.take_if(|asked| asked == user).is_some()
}

/// Something shown was taken back: what is left may be no proof.
pub fn withdrawn(ctx: &Context<'_, '_>, ticket: &mut Ticket) {
    let is_proof = |media: &Attachment| {
        let is_staff = Who::Staff.includes(ctx.community.person(&media.by));
        is_staff && matches!(media.kind, MediaKind::Image | MediaKind::Video)
    };
    ticket.proof.shown &= ticket.media.iter().any(is_proof);
}

/// The ticket for which somebody was asked for a photo a moment ago, wherever they show it; the last one.
pub fn wanted(ctx: &mut Context<'_, '_>, user: &UserId) -> Option<Ticket> {
    if !Who::Staff.includes(ctx.community.person(user)) {
        return None;
    }
    let numbers = commands::open_in(ctx, &list_of(user));
    let tickets = numbers
        .iter()
        .filter_map(|number| Ticket::named(ctx, number));
    let asked: Vec<Ticket> = tickets
        .filter(|ticket| ticket.proof.asked.as_ref() == Some(user))
        .collect();
    let latest = asked
        .into_iter()
        .max_by_key(|ticket| ticket.proof.asked_at)?;
    let since = ctx.now.since(latest.proof.asked_at?);
    (since <= limits::PROOF_WITHIN_MS).then_some(latest)
}
