//! Wider rings: where its author allows it, a post that nobody answers is shown next door, then in all buildings, then to
//! friends.
// Nothing in this file does IO.

use super::{
    card,
    post::{Line, Post, State},
    settings::{NAME, PostSettings},
};
use crate::{
    domain::{
        context::Context,
        effect::{About, Effect, Lane, Post as Message, Target},
        ids::{CommunityId, HOUR_MS, Millis, RoomId},
        speech::{Arg, Said},
    },
    text::{address::plain_name, language::Language},
};

/// The next buildings, all buildings, and friendly communities.
const RINGS: u8 = 3;

/// When it is shown in the next ring; None where it is not.
pub fn due(ctx: &Context<'_, '_>, post: &Post) -> Option<Millis> {
    let settings: &PostSettings = ctx.settings();
    let waits = post.state == State::Open && post.askers.is_empty();
    let allowed = post.wide.filter(|_| waits && post.ring < RINGS)?;
    if settings.ring_hours == 0 {
        return None;
    }
    let last = post.ring_shown.unwrap_or(post.opened);
    let at = last.plus(i64::from(settings.ring_hours) * HOUR_MS);
    Some(ctx.awake(at.max(allowed).max(ctx.now)))
}

/// Shows it in the next ring.
pub fn widen(ctx: &mut Context<'_, '_>, post: &mut Post) {
    post.ring += 1;
    post.ring_shown = Some(ctx.now);
    let rooms = match post.ring {
        1 => next_door(ctx, post),
        2 => ctx
            .community
            .building_rooms()
            .map(|(room, _)| room.clone())
            .collect(),
        _ => return show_friends(ctx, post),
    };
    for room in rooms {
        if !post.cards.iter().any(|card| card.room == room) {
            card::put_up(ctx, post, &room);
        }
    }
}

/// The rooms of the buildings before and after its author's, as the configuration has them.
fn next_door(ctx: &Context<'_, '_>, post: &Post) -> Vec<RoomId> {
    let buildings = ctx.community.registry.buildings();
    let own = post.author.building.as_deref().map(plain_name);
    let at = buildings
        .iter()
        .position(|building| own.as_deref() == Some(plain_name(&building.name).as_str()));
    let Some(at) = at else {
        return Vec::new();
    };
    let beside = [at.checked_sub(1), Some(at), Some(at + 1)]
        .into_iter()
        .flatten();
    let names: Vec<String> = beside
        .filter_map(|at| buildings.get(at))
        .map(|building| plain_name(&building.name))
        .collect();
    let rooms = ctx.community.building_rooms();
    rooms
        .filter(|(_, name)| names.contains(&plain_name(name)))
        .map(|(room, _)| room.clone())
        .collect()
}

/// What our messages in other communities carry: no number, since there it is another post's.
const ABROAD: &str = "abroad";

/// The channels of friendly communities read what it is and whom to write to: taps there are of another community.
fn show_friends(ctx: &mut Context<'_, '_>, post: &mut Post) {
    let friends = ctx.settings::<PostSettings>().friends.clone();
    for friend in friends {
        let community = ctx
            .world
            .settings
            .community(&CommunityId::from(friend.as_str()));
        let Some(community) = community.cloned() else {
            continue;
        };
        let Some(room) = community.channel(&post.kind).cloned() else {
            continue;
        };
        let message = Message {
            content: abroad(ctx, post, community.language),
            quiet: true,
            reply_to: None,
            thread: None,
            about: Some(about_abroad()),
        };
        let sent = ctx.ask(&room, Lane::Talk, Effect::Post(message));
        post.abroad.push(Line {
            room,
            target: Target::Sent(sent),
        });
    }
}

/// What is read there, with whom to write to.
fn abroad(ctx: &mut Context<'_, '_>, post: &Post, language: Language) -> Said {
    let own = ctx.community.name.clone();
    let what = card::in_short(ctx, post, language);
    let name = post.author.called(ctx, language);
    let text = card::words(ctx, post);
    let args = [
        ("community", Arg::Text(&own)),
        ("what", Arg::Said(&what)),
        ("text", Arg::Text(&text)),
        ("who", Arg::Call(&post.author.user, &name)),
    ];
    let said = ctx.say(language, "post-from-friends", &args);
    said.calling_nobody()
}

/// Brings what is read there up to date.
pub fn refresh(ctx: &mut Context<'_, '_>, post: &Post) {
    for line in post.abroad.clone() {
        let mut friends = ctx.world.settings.communities().iter();
        let friend = friends.find(|community| community.channel(&post.kind) == Some(&line.room));
        let language = friend.map_or(post.language, |community| community.language);
        let change = Effect::Change {
            target: line.target,
            content: abroad(ctx, post, language),
            about: Some(about_abroad()),
        };
        ctx.ask(&line.room, Lane::Talk, change);
    }
}

fn about_abroad() -> About {
    About {
        feature: NAME.to_owned(),
        id: ABROAD.to_owned(),
    }
}

/// It is over: nobody elsewhere need read it any longer.
pub fn take_back(ctx: &mut Context<'_, '_>, post: &mut Post) {
    for Line { room, target } in std::mem::take(&mut post.abroad) {
        let reason = String::new();
        ctx.ask(&room, Lane::Answer, Effect::Redact { target, reason });
    }
}
