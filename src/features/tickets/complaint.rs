//! A complaint is answered at once: who looks into it, and by when. Staff are told to take it out of the crowd.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use super::{clock, eta, eta::Eta, tell, ticket::Ticket};
use crate::{
    domain::{
        context::Context,
        hours::Hours,
        ids::UserId,
        roles::{Person, Trade},
        speech::{Arg, Said},
    },
    text::{intent, tags::Category},
};

/// Answers a complaint that was just opened.
pub fn answer(ctx: &mut Context<'_, '_>, ticket: &Ticket) {
    if ticket.category != Some(Category::Complaint) {
        return;
    }
    let users = who(ctx);
    let by = by_when(ctx, ticket);
    let by = by.map_or_else(Said::default, |when| {
        ctx.say(
            ticket.language,
            "complaint-by",
            &[("when", Arg::Text(&when))],
        )
    });
    let names: Vec<&str> = users
        .iter()
        .filter_map(|user| ctx.community.people.get(user))
        .map(|person| person.name.as_str())
        .collect();
    let names = names.join(", ");
    let key = if names.is_empty() {
        "complaint-taken"
    } else {
        "complaint-taken-by"
    };
    let stands = ctx.community.purpose(ctx.community.present(&ticket.room));
    let is_public = stands.is_some();
    let apart = if is_public && intent::wants_no_name(&ticket.text) {
        ctx.say(ticket.language, "complaint-named", &[])
    } else if is_public {
        ctx.say(ticket.language, "complaint-apart", &[])
    } else {
        Said::default()
    };
    let args = [
        tell::no(ticket),
        ("who", Arg::Text(&names)),
        ("by", Arg::Said(&by)),
        ("apart", Arg::Said(&apart)),
    ];
    tell::to_reporter(ctx, ticket, key, &args);
    if let Some(room) = tell::other_staff_room(ctx, ticket) {
        let called = tell::calling(ctx, &users);
        let args = [tell::no(ticket), ("called", Arg::Said(&called))];
        let key = if is_public {
            "staff-complaint"
        } else if ticket.is_anonymous() {
            "staff-complaint-anonymous"
        } else {
            "staff-complaint-apart"
        };
        let said = ctx.say(ctx.community.language, key, &args);
        tell::sentence(ctx, ticket, &room, said);
    }
}

/// Whoever looks into complaints: the desk, where it is at work, or else the managers.
fn who(ctx: &Context<'_, '_>) -> BTreeSet<UserId> {
    let is_desk = |person: &Person| person.staff && person.trades.contains(&Trade::Desk);
    let desk = tell::on_duty(ctx, is_desk);
    if desk.is_empty() {
        tell::all(ctx, |person| person.manager)
    } else {
        desk
    }
}

/// When it is promised to be settled, in words.
fn by_when(ctx: &Context<'_, '_>, ticket: &Ticket) -> Option<String> {
    let resolve = clock::promise(ctx, ticket).resolve;
    let always = Hours::always(ctx.community.timezone);
    let hours = resolve.hours(&ctx.community.hours, &always);
    let at = hours
        .after(ctx.now, resolve.ms)
        .filter(|_| resolve.ms > 0)?;
    let named = Eta {
        from: at,
        until: at,
    };
    Some(eta::words(ctx, ticket.language, &named))
}
