//! From a rule to a ban, and back.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    NAME, present,
    rule::{Listed, Standing, hitting},
    settings::ListsSettings,
    tell,
};
use crate::{
    domain::{
        context::Context,
        ids::{Millis, UserId},
        input::Policy,
        ration::Ration,
        record::Record,
    },
    features::moderation::{
        case::{By, Case, How, Kind},
        impose::{Order, impose},
        lift,
        settings::exempt,
    },
    text::{policy, span::Span},
};

/// The last ban that a rule has brought upon somebody, by their id.
#[derive(Serialize, Deserialize)]
struct Banned {
    case: u32,
    /// The id of the rule.
    rule: String,
}

impl Record for Banned {
    const KIND: &'static str = "policy_ban";
}

/// A rule was set, changed or taken back.
pub fn changed(ctx: &mut Context<'_, '_>, policy: &Policy) {
    let id = super::rule::id(policy);
    let known: Option<Listed> = ctx.get(&id);
    if known
        .as_ref()
        .is_some_and(|known| known.content == policy.content)
    {
        return;
    }
    if let Some(known) = known {
        taken_back(ctx, &known);
    }
    let content = serde_json::from_str(&policy.content).unwrap_or_default();
    let Some(rule) = policy::rule(&policy.kind, &content) else {
        return;
    };
    if own_servers(ctx)
        .iter()
        .any(|server| rule.is_too_broad(server))
    {
        let listed = Listed::new(ctx, policy, Standing::TooBroad);
        listed.save(ctx);
        return tell::too_broad(ctx, &listed, &rule);
    }
    let hit = hit_by(ctx, &rule);
    let settings: &ListsSettings = ctx.settings();
    let standing = if hit.len() > settings.ask_above {
        Standing::Waits
    } else {
        Standing::Holds
    };
    let listed = Listed::new(ctx, policy, standing);
    listed.save(ctx);
    if standing == Standing::Waits {
        return tell::waits(ctx, &listed, &rule, hit.len());
    }
    for user in hit {
        check(ctx, &user);
    }
}

/// A moderator lets a rule hold that has waited for their word.
pub fn let_hold(ctx: &mut Context<'_, '_>, mut listed: Listed) -> usize {
    listed.standing = Standing::Holds;
    listed.save(ctx);
    let hit = listed.rule().map(|rule| hit_by(ctx, &rule));
    let hit = hit.unwrap_or_default();
    for user in &hit {
        check(ctx, user);
    }
    hit.len()
}

/// The servers on which the community's own people have their accounts.
fn own_servers(ctx: &Context<'_, '_>) -> Vec<String> {
    let bot = ctx.bot();
    let people = ctx.community.people.keys();
    let mut servers: Vec<String> = people
        .chain([&bot])
        .map(|user| user.server().to_owned())
        .collect();
    servers.sort();
    servers.dedup();
    servers
}

/// The members whom a rule hits and whom linli may ban.
fn hit_by(ctx: &mut Context<'_, '_>, rule: &policy::Rule) -> Vec<UserId> {
    let is_name = rule.kind == policy::Kind::User && !rule.entity.contains(['*', '?']);
    let mut hit = if is_name {
        let user = UserId::from(rule.entity.as_str());
        let there = present::is_present(ctx, &user);
        there.then_some(user).into_iter().collect()
    } else {
        present::everybody(ctx)
    };
    hit.retain(|user| rule.hits(user.as_str()) && exempt(ctx, user).is_none());
    hit
}

/// Bans somebody, if a rule that holds hits them; more than so many an hour wait.
pub fn check(ctx: &mut Context<'_, '_>, user: &UserId) {
    if exempt(ctx, user).is_some() || !present::is_present(ctx, user) {
        return;
    }
    let is_banned = |case: &Case| case.room.is_none();
    let open = lift::open_cases(ctx, user, &[Kind::Ban]);
    if open.iter().any(is_banned) {
        return;
    }
    let forgiven = forgiven_at(ctx, user);
    let holds = |listed: &Listed| {
        listed.standing == Standing::Holds && forgiven.is_none_or(|at| listed.at > at)
    };
    let Some(listed) = hitting(ctx, user).into_iter().find(holds) else {
        return;
    };
    let settings: &ListsSettings = ctx.settings();
    let per_hour = settings.bans_per_hour;
    let mut ration: Ration = ctx.get("lists").unwrap_or_default();
    let now = ctx.now;
    let at = ration.next(now, per_hour);
    if at > now {
        return wait(ctx, user, at);
    }
    let list = ctx.community.lists.get(&listed.room);
    let list = list.map_or("", |list| list.address.as_str());
    let reason = listed.rule().map(|rule| rule.reason).unwrap_or_default();
    let order = Order {
        user: user.clone(),
        kind: Kind::Ban,
        span: Span::Forever,
        room: None,
        by: By::Rule(NAME.to_owned()),
        reason: format!("{list}: {reason}"),
        about: None,
        strikes: 0,
        seen: None,
    };
    if let Ok(case) = impose(ctx, &order) {
        ration.book(now, per_hour);
        ctx.put("lists", &ration);
        let banned = Banned {
            case: case.no,
            rule: listed.id(),
        };
        ctx.put(user.as_str(), &banned);
    }
}

fn wait(ctx: &mut Context<'_, '_>, user: &UserId, at: Millis) {
    ctx.wake_at(at, &format!("check.{user}"), user.as_str());
}

/// When a person has let somebody come back whom a rule had banned: the rules that were there then ban them no more.
fn forgiven_at(ctx: &mut Context<'_, '_>, user: &UserId) -> Option<Millis> {
    let banned: Banned = ctx.get(user.as_str())?;
    let end = Case::load(ctx, banned.case)?.end?;
    end.by.as_ref()?.person()?;
    Some(end.at)
}

/// A rule is gone: whom it alone has banned may come back.
pub fn taken_back(ctx: &mut Context<'_, '_>, listed: &Listed) {
    listed.forget(ctx);
    let id = listed.id();
    for (user, banned) in ctx.scan::<Banned>("", usize::MAX) {
        let user = UserId::from(user);
        let case = Case::load(ctx, banned.case).filter(Case::is_open);
        let Some(case) = case.filter(|_| banned.rule == id) else {
            continue;
        };
        let others = hitting(ctx, &user);
        match others
            .iter()
            .find(|other| other.standing == Standing::Holds)
        {
            // The ban goes on in the name of another rule.
            Some(other) => {
                let banned = Banned {
                    case: case.no,
                    rule: other.id(),
                };
                ctx.put(user.as_str(), &banned);
            }
            None => {
                ctx.delete::<Banned>(user.as_str());
                lift::end(ctx, case, How::Lifted, Some(By::Rule(NAME.to_owned())));
            }
        }
    }
}
