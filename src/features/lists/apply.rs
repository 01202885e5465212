//! From a rule to a ban, and back.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    AUDIT, JUDGE, NAME, present,
    rule::{Listed, Standing, hitting},
    settings::ListsSettings,
    tell,
};
use crate::{
    domain::{
        context::Context,
        ids::{DAY_MS, Millis, UserId},
        input::Policy,
        limits,
        ration::Ration,
        record::Record,
    },
    features::moderation::{
        case::{By, Case, How, Kind},
        impose::{Order, Telling, impose},
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

/// So often it is looked whom new rules hit, and which rules hit members whom linli has just got to know of.
const JUDGED_EVERY_MS: i64 = 5_000;

/// A rule was set, changed or taken back.
pub fn changed(ctx: &mut Context<'_, '_>, policy: &Policy) {
    let known: Option<Listed> = ctx.get(&super::rule::id(policy));
    if let Some(known) = known
        .as_ref()
        .filter(|known| known.content == policy.content)
    {
        if known.event != policy.id {
            // Said once more: from now on it is this event that takes it back.
            let event = policy.id.clone();
            let listed = Listed {
                event,
                ..known.clone()
            };
            listed.save(ctx);
        }
        return;
    }
    let content = serde_json::from_str(&policy.content).unwrap_or_default();
    let rule = policy::rule(&policy.kind, &content);
    let before = known.as_ref().and_then(Listed::rule);
    if let (Some(known), Some(rule), Some(before)) = (&known, &rule, &before)
        && rule.entity == before.entity
    {
        // Only its reason is another one: whom it has banned stays so.
        let listed = Listed {
            event: policy.id.clone(),
            content: policy.content.clone(),
            ..known.clone()
        };
        return listed.save(ctx);
    }
    if let Some(known) = &known {
        known.forget(ctx);
    }
    if let Some(rule) = &rule {
        listed(ctx, policy, rule);
    }
    if let Some(known) = &known {
        release(ctx, &known.id());
    }
}

/// A rule that was not there.
fn listed(ctx: &mut Context<'_, '_>, policy: &Policy, rule: &policy::Rule) {
    audit_later(ctx);
    let mut own = own_servers(ctx).into_iter();
    if own.any(|server| rule.is_too_broad(&server)) {
        let listed = Listed::new(ctx, policy, Standing::TooBroad);
        listed.save(ctx);
        return tell::too_broad(ctx, &listed, rule);
    }
    if let Some(user) = only_user(rule) {
        Listed::new(ctx, policy, Standing::Holds).save(ctx);
        return check(ctx, &user);
    }
    Listed::new(ctx, policy, Standing::New).save(ctx);
    judge_soon(ctx);
}

/// The one user that a rule names; None for servers and patterns.
fn only_user(rule: &policy::Rule) -> Option<UserId> {
    let is_name = rule.kind == policy::Kind::User && !rule.entity.contains(['*', '?']);
    is_name.then(|| UserId::from(rule.entity.as_str()))
}

/// Looks in a moment whom the rules hit: many of them, or many members, come at once.
pub fn judge_soon(ctx: &mut Context<'_, '_>) {
    let due = Millis((ctx.now.0 / JUDGED_EVERY_MS + 1) * JUDGED_EVERY_MS);
    ctx.wake_at(due, JUDGE, JUDGE);
}

/// Looks whom new rules hit of those who are there, and which rules hit those whom linli has just got to know of. A rule
/// that hits many waits for a moderator's word.
pub fn judge(ctx: &mut Context<'_, '_>) {
    let (mut new, mut holding): (Vec<_>, Vec<_>) = Listed::followed(ctx)
        .into_iter()
        .filter(|listed| matches!(listed.standing, Standing::New | Standing::Holds))
        .filter_map(|listed| listed.rule().map(|rule| (listed, rule)))
        .partition(|(listed, _)| listed.standing == Standing::New);
    if new.len() > limits::RULES_JUDGED_AT_ONCE {
        new.truncate(limits::RULES_JUDGED_AT_ONCE);
        judge_soon(ctx);
    }
    let met = present::newly_met(ctx);
    let hits_met = |rule: &policy::Rule| met.iter().any(|user| rule.hits(user.as_str()));
    holding.retain(|(_, rule)| hits_met(rule));
    if new.is_empty() && holding.is_empty() {
        return;
    }
    let everybody = present::everybody(ctx);
    for (listed, rule) in new.into_iter().chain(holding) {
        let mut hit = everybody.clone();
        hit.retain(|user| rule.hits(user.as_str()) && exempt(ctx, user).is_none());
        judge_one(ctx, listed, &rule, &hit);
    }
}

fn judge_one(ctx: &mut Context<'_, '_>, mut listed: Listed, rule: &policy::Rule, hit: &[UserId]) {
    let ask_above = ctx.settings::<ListsSettings>().ask_above;
    if hit.len() > ask_above && !listed.approved && only_user(rule).is_none() {
        listed.standing = Standing::Waits;
        listed.save(ctx);
        release(ctx, &listed.id());
        return tell::waits(ctx, &listed, rule, hit.len());
    }
    if listed.standing == Standing::New {
        listed.standing = Standing::Holds;
        listed.save(ctx);
    }
    for user in hit {
        check(ctx, user);
    }
}

/// Looks once a day whether lists are still followed: with a list its rules go, and their bans.
pub fn audit(ctx: &mut Context<'_, '_>) {
    let community = ctx.community.clone();
    let all = Listed::all(ctx);
    let is_followed = |listed: &&Listed| {
        let list = community.lists.get(&listed.room);
        list.is_some_and(|list| !list.own)
    };
    let (followed, gone): (Vec<&Listed>, Vec<&Listed>) = all.iter().partition(is_followed);
    for listed in gone {
        taken_back(ctx, listed);
    }
    if !followed.is_empty() {
        audit_later(ctx);
    }
}

fn audit_later(ctx: &mut Context<'_, '_>) {
    let due = Millis((ctx.now.0 / DAY_MS + 1) * DAY_MS);
    ctx.wake_at(due, AUDIT, AUDIT);
}

/// A moderator lets a rule hold that has waited for their word.
pub fn let_hold(ctx: &mut Context<'_, '_>, mut listed: Listed) -> usize {
    listed.standing = Standing::Holds;
    listed.approved = true;
    listed.save(ctx);
    let Some(rule) = listed.rule() else { return 0 };
    let mut hit = present::everybody(ctx);
    hit.retain(|user| rule.hits(user.as_str()) && exempt(ctx, user).is_none());
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
        telling: Telling::All,
        removes_itself: false,
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

/// A rule was redacted.
pub fn taken_back(ctx: &mut Context<'_, '_>, listed: &Listed) {
    listed.forget(ctx);
    release(ctx, &listed.id());
}

/// A rule is gone, or names others now: whom it alone has banned may come back.
fn release(ctx: &mut Context<'_, '_>, rule: &str) {
    for (user, banned) in ctx.scan::<Banned>("", usize::MAX) {
        let user = UserId::from(user);
        if banned.rule != rule {
            continue;
        }
        let Some(case) = Case::load(ctx, banned.case).filter(Case::is_open) else {
            continue;
        };
        let others = hitting(ctx, &user);
        let mut others = others.iter();
        let stands = |other: &&Listed| matches!(other.standing, Standing::New | Standing::Holds);
        match others.find(stands) {
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
