//! The community's own list: its bans for ever, for other bots to follow.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::NAME;
use crate::{
    domain::{
        context::Context,
        effect::{Act, Effect, Lane},
        ids::UserId,
        input::Member,
        record::Record,
    },
    features::moderation::{
        case::{By, Case, Kind},
        lift,
    },
    text::policy,
};

/// That somebody is on the own list.
#[derive(Serialize, Deserialize)]
struct Published;

impl Record for Published {
    const KIND: &'static str = "policy_published";
}

/// Why somebody is on the list. The reason that a moderator has typed is the community's own business: it may name
/// neighbours.
const REASON: &str = "banned by the moderators of a community";

/// Somebody's standing has changed: puts them on the list, or takes them off it.
pub fn seen(ctx: &mut Context<'_, '_>, member: &Member) {
    let Some(room) = ctx.community.own_list().cloned() else {
        return;
    };
    let user = &member.user;
    let cases = lift::open_cases(ctx, user, &[Kind::Ban]);
    let wanted = cases.iter().any(is_for_all);
    let is_there = ctx.get::<Published>(user.as_str()).is_some();
    if wanted == is_there {
        return;
    }
    let content = if wanted {
        ctx.put(user.as_str(), &Published);
        policy::content(user.as_str(), REASON)
    } else {
        ctx.delete::<Published>(user.as_str());
        policy::taken_back()
    };
    set(ctx, &room, user, &content);
}

/// A ban of the whole community, for ever, that comes from no list.
fn is_for_all(case: &Case) -> bool {
    let from_list = matches!(&case.by, By::Rule(rule) if rule == NAME);
    case.room.is_none() && case.until.is_none() && !from_list
}

fn set(
    ctx: &mut Context<'_, '_>,
    room: &crate::domain::ids::RoomId,
    user: &UserId,
    content: &serde_json::Value,
) {
    let act = Act::SetPolicy {
        kind: policy::Kind::User.event_type().to_owned(),
        state_key: policy::state_key(user.as_str()),
        content: content.to_string(),
    };
    ctx.ask(room, Lane::Answer, Effect::Act(act));
}
