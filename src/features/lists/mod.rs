//! Ban lists that other moderators keep (MSC2313), and one of the community's own.
//!
//! linli follows the lists that the configuration names: whoever is in the community, or comes in, and is hit by a rule
//! of theirs is banned, for as long as the rule is there. Own people are never hit. A rule that would hit everybody is not
//! applied, one that would hit many waits for a moderator (`!lists apply 12`, `!名单 执行 12`), and no more bans are made
//! in an hour than is set. Whom a moderator lets come back, the same rule bans no more. The community's own bans without
//! an end are written to its own list, if it has one, so that other bots can follow it; `!lists` (`!名单`) shows how all of
//! them stand.
// Nothing in this folder does IO.

mod apply;
mod present;
mod publish;
mod rule;
pub mod settings;
mod tell;

use crate::{
    domain::{
        context::Context,
        feature::{Command, Feature, Flow, Stage, let_pass},
        ids::UserId,
        input::{Input, Member, Message, Policy, Redaction},
        roles::Who,
        speech::Arg,
    },
    features::moderation::{case::Kind, settings::may},
    text::span::Span,
};
use rule::{Listed, Standing};

/// The feature's name, in keys and configuration.
pub const NAME: &str = "lists";

/// The note of the timer at which it is looked whom the rules hit.
const JUDGE: &str = "judge";
/// The note of the timer at which it is looked whether lists are still followed.
const AUDIT: &str = "audit";

/// The feature.
pub const FEATURE: Feature = Feature {
    name: NAME,
    stage: Stage::Guard,
    commands: &[Command {
        names: &["lists", "名单"],
        who: Who::Moderator,
        help: "help-lists",
        run: typed,
    }],
    configure: settings::configure,
    decide,
    check: let_pass,
};

fn decide(ctx: &mut Context<'_, '_>, input: &Input) -> Flow {
    if ctx.community.lists.is_empty() {
        if let Input::Timer(_) = input {
            apply::audit(ctx);
        } else if let Input::Member(_) = input {
            // Nobody is counted while no list asks for it.
            present::forget(ctx);
        }
        return Flow::Go;
    }
    match input {
        Input::Member(member) => seen(ctx, member),
        Input::Policy(policy) => told(ctx, policy),
        Input::Redaction(redaction) => redacted(ctx, redaction),
        Input::Timer(timer) if timer.note == JUDGE => apply::judge(ctx),
        Input::Timer(timer) if timer.note == AUDIT => apply::audit(ctx),
        Input::Timer(timer) => apply::check(ctx, &UserId::from(timer.note.as_str())),
        Input::Message(_)
        | Input::Edit(_)
        | Input::Reaction(_)
        | Input::ReactionRemoved(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Settled(_)
        | Input::Operator(_) => {}
    }
    Flow::Go
}

/// Somebody has come, gone, or was banned.
fn seen(ctx: &mut Context<'_, '_>, member: &Member) {
    if ctx.community.purpose(&member.room).is_none() {
        return;
    }
    publish::seen(ctx, member);
    if !present::note(ctx, member) {
        return;
    }
    // Whoever was there already when linli got to know of them is one of many.
    if member.id.is_some() {
        apply::check(ctx, &member.user);
    } else {
        present::met(ctx, &member.user);
        apply::judge_soon(ctx);
    }
}

fn is_followed(ctx: &Context<'_, '_>, policy: &Policy) -> bool {
    let list = ctx.community.lists.get(&policy.room);
    list.is_some_and(|list| !list.own)
}

fn told(ctx: &mut Context<'_, '_>, policy: &Policy) {
    if is_followed(ctx, policy) {
        apply::changed(ctx, policy);
    }
}

/// A rule can also be taken back by redacting its event.
fn redacted(ctx: &mut Context<'_, '_>, redaction: &Redaction) {
    if !ctx.community.lists.contains_key(&redaction.room) {
        return;
    }
    let rules = Listed::of_room(ctx, &redaction.room);
    let gone = rules.iter().find(|rule| rule.event == redaction.target);
    if let Some(gone) = gone {
        apply::taken_back(ctx, gone);
    }
}

/// `!lists`, or `!lists apply 12`.
fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let rest = rest.trim().to_lowercase();
    let wanted = ["apply", "执行"]
        .iter()
        .find_map(|word| rest.strip_prefix(word));
    let Some(wanted) = wanted else {
        return tell::overview(ctx, message);
    };
    let no = wanted
        .trim_start_matches(['#', '＃', ' '])
        .trim()
        .parse::<u32>();
    let language = ctx.language_for(&message.sender);
    if !may(ctx, &message.sender, Kind::Ban, Span::Forever) {
        let said = ctx.say(language, "not-allowed", &[]);
        return tell::answer(ctx, message, said);
    }
    let community = ctx.community.clone();
    let mut waiting = None;
    for room in community.lists.keys() {
        let rules = Listed::of_room(ctx, room).into_iter();
        let mut rules = rules.filter(|rule| rule.standing == Standing::Waits);
        waiting = waiting.or(rules.find(|rule| Ok(rule.no) == no));
    }
    let said = match waiting {
        None => ctx.say(language, "lists-no-such", &[]),
        Some(listed) => {
            let count = i64::try_from(apply::let_hold(ctx, listed)).unwrap_or(0);
            ctx.say(language, "lists-applied", &[("count", Arg::Number(count))])
        }
    };
    tell::answer(ctx, message, said);
}
