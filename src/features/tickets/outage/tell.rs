//! What the homes concerned read of an outage: a card in each of their rooms, which is changed as it goes on, and a sentence
//! where something changes for them. Nothing in this file does IO.

use super::Outage;
use crate::{
    domain::{
        community::Purpose,
        context::Context,
        effect::{Effect, Lane, Post, Target},
        ids::RoomId,
        speech::{Arg, Said},
    },
    features::tickets::{
        card, eta,
        state::State,
        tell,
        ticket::{Card, Ticket},
        voices,
    },
    text::{address::plain_name, language::Language},
};

/// The rooms of the buildings concerned.
pub fn rooms(ctx: &Context<'_, '_>, outage: &Outage) -> Vec<RoomId> {
    let concerns = |purpose: &Purpose| {
        let Purpose::Building(name) = purpose else {
            return false;
        };
        let mut areas = outage.areas.iter();
        outage.areas.is_empty() || areas.any(|area| plain_name(&area.building) == plain_name(name))
    };
    let rooms = ctx.community.rooms();
    let concerned = rooms.filter(|(_, purpose)| concerns(purpose));
    concerned.map(|(room, _)| room.clone()).collect()
}

/// Puts its card into the rooms concerned that have none.
pub fn announce(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let Some(outage) = ticket.outage.clone() else {
        return;
    };
    ticket.outage_shown = render(ctx, ticket, &outage).text;
    for room in rooms(ctx, &outage) {
        if ticket.cards.iter().any(|card| card.room == room) {
            continue;
        }
        let post = Post {
            content: render(ctx, ticket, &outage),
            quiet: false,
            reply_to: None,
            thread: None,
            about: Some(card::about(ticket.no)),
        };
        let sent = ctx.ask(&room, Lane::Answer, Effect::Post(post));
        ticket.cards.push(Card {
            room,
            target: Target::Sent(sent),
            offered: std::collections::BTreeSet::new(),
        });
    }
}

/// Its card as residents see it.
pub fn render(ctx: &Context<'_, '_>, ticket: &Ticket, outage: &Outage) -> Said {
    let language = ctx.community.language;
    let is_over = matches!(ticket.state, State::Done | State::Confirmed);
    let state = if is_over {
        "outage-ended"
    } else {
        ticket.state.key()
    };
    let state = ctx.say(language, state, &[]);
    let (what, place) = words(ctx, outage, language);
    let args = [
        tell::no(ticket),
        ("what", Arg::Said(&what)),
        ("where", Arg::Text(&place)),
        ("state", Arg::Said(&state)),
    ];
    let mut lines = vec![ctx.say(language, "outage-head", &args).bold()];
    if !ticket.text.is_empty() {
        lines.push(ctx.say(language, "card-text", &[("text", Arg::Text(&ticket.text))]));
    }
    if let Some(eta) = &ticket.eta {
        let when = eta::words(ctx, language, eta);
        lines.push(ctx.say(language, "card-eta", &[("when", Arg::Text(&when))]));
    }
    if ticket.state.is_open() {
        lines.push(ctx.say(language, "outage-hint", &[]));
    }
    Said::lines(lines)
}

/// What is cut off and where, in words.
pub fn words(ctx: &Context<'_, '_>, outage: &Outage, language: Language) -> (Said, String) {
    let what = ctx.say(language, outage.supply.key(), &[]);
    let areas = outage.areas.iter();
    let areas: Vec<String> = areas
        .map(|area| card::address_text(ctx, &area.address(), language))
        .collect();
    let between = match language {
        Language::Zh => "、",
        Language::En => "; ",
    };
    let place = if areas.is_empty() {
        ctx.say(language, "outage-everywhere", &[]).text
    } else {
        areas.join(between)
    };
    (what, place)
}

/// Says to all homes concerned what they must know of a step; of most they need not.
pub fn to_all(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    outage: &Outage,
    key: &str,
    args: &[(&'static str, Arg<'_>)],
) {
    let key = match key {
        "told-eta" => "outage-eta",
        "told-put-off" => "outage-wait",
        "told-done" => "outage-over",
        "told-undone" | "told-reopen" | "told-reopen-by" | "told-contested" | "told-restored" => {
            "outage-again"
        }
        "told-decline" => "outage-declined",
        "told-cancel" | "told-cancel-by" => "outage-not",
        _ => return,
    };
    let language = ctx.community.language;
    let (what, place) = words(ctx, outage, language);
    let mut rooms = rooms(ctx, outage);
    let others = ticket.voices.iter();
    let others = others.map(|voice| ctx.community.present(&voice.room).clone());
    rooms.extend(
        others
            .filter(|room| !rooms.contains(room))
            .collect::<std::collections::BTreeSet<_>>(),
    );
    for room in rooms {
        let is_end = matches!(key, "outage-over" | "outage-declined");
        let called = voices::called(ctx, ticket, &room).filter(|_| is_end);
        let called = called.map_or_else(Said::default, |called| {
            ctx.say(language, "outage-call", &[("who", Arg::Said(&called))])
        });
        let mut all = args.to_vec();
        all.extend([
            ("called", Arg::Said(&called)),
            ("what", Arg::Said(&what)),
            ("where", Arg::Text(&place)),
        ]);
        let said = ctx.say(language, key, &all);
        tell::sentence(ctx, ticket, &room, said);
    }
}
