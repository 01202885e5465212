//! Weeks later: whether it is still all right. Nothing in this file does IO.

use super::{awake_after, is_over, rating};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Target},
        ids::Millis,
        input::Reaction,
        speech::Arg,
    },
    features::tickets::{
        TicketSettings, card,
        state::State,
        tell,
        ticket::{Named, Ticket, What},
    },
    text::span::Span,
};

/// The note of the timer that asks.
pub const FOLLOW: &str = "follow";

/// It will be asked, where that is wanted for such a matter.
pub fn plan(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let settings = &ctx.settings::<TicketSettings>().after;
    let mut categories = ticket.category.iter();
    let is_wanted = settings.follow_up_trades.contains(&ticket.matter.trade)
        || categories.any(|category| settings.follow_up_categories.contains(category));
    let time = settings.follow_up;
    let due = awake_after(ctx, time).filter(|_| is_wanted);
    if let Some(due) = due {
        ticket.after.follow_at = Some(due);
        let id = format!("{FOLLOW}.{}", ticket.no);
        ctx.wake_at(due, &id, &format!("{FOLLOW} {}", ticket.no));
    }
}

/// Asks, if it is still finished.
pub fn ask(ctx: &mut Context<'_, '_>, mut ticket: Ticket, due: Millis) {
    if ticket.after.follow_at != Some(due) {
        return;
    }
    ticket.after.follow_at = None;
    let reporter = &ticket.reporter.user;
    let is_heard = rating::is_heard(ctx, &ticket, reporter);
    if ticket.state == State::Confirmed && is_over(&ticket) && is_heard {
        let time = ctx.settings::<TicketSettings>().after.follow_up;
        let ago = ctx.length(ticket.language, Span::For(time.ms));
        let args = [tell::no(&ticket), ("ago", Arg::Said(&ago))];
        let sent = tell::to_reporter(ctx, &ticket, "follow-ask", &args);
        let room = ctx.community.present(&ticket.room).clone();
        for key in ["👍", "🔁"] {
            let react = Effect::React {
                target: Target::Sent(sent.clone()),
                key: key.to_owned(),
            };
            ctx.ask(&room, Lane::Talk, react);
        }
        ticket.note(ctx, None, What::FollowedUp);
        ticket.after.followed = Some(Target::Sent(sent));
    }
    ticket.save(ctx);
}

/// 👍 by the reporter says that it is; 🔁 opens it again as anywhere.
pub fn tapped(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &Reaction) -> bool {
    let asked = ticket.after.followed.as_ref();
    let is_answer = asked == Some(&Target::Event(tap.target.clone()))
        && ticket.is_reporter(&tap.sender)
        && tap.key.starts_with('👍');
    if is_answer {
        let mut ticket = ticket.clone();
        ticket.after.followed = None;
        let who = Named::of(ctx, &tap.room, &tap.sender);
        ticket.note(ctx, Some(who), What::StillWell);
        card::refresh(ctx, &mut ticket);
        ticket.save(ctx);
    }
    is_answer
}
