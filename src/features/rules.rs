//! The community's rules: shown to whoever joins, and to everybody by `!rules` (`!群规`); accepted by a tap on them.
//!
//! A newcomer gets them in private, with a ✅ to tap; whoever taps has accepted this version, and when is kept. When
//! the version changes, those who had been asked before are asked again as they next speak, if that is set. Nothing
//! follows from not accepting but that it is known.
// Nothing in this file does IO.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::raid;
use crate::{
    domain::{
        community::FeatureSettings,
        context::Context,
        effect::{About, Effect, Lane, Post, Target},
        feature::{Command, ConfigFault, Feature, Flow, Stage, let_pass},
        ids::{MINUTE_MS, Millis, RoomId, UserId},
        input::{End, Input, Member, Membership, Message, Reaction, Settled},
        limits,
        ration::Ration,
        record::Record,
        roles::Who,
        speech::{Arg, Said},
    },
    features::moderation::settings::exempt,
    text::language::Language,
};

/// The feature's name, in keys and configuration.
pub const NAME: &str = "rules";

/// The feature.
pub const FEATURE: Feature = Feature {
    name: NAME,
    stage: Stage::Serve,
    commands: &[Command {
        names: &["rules", "群规"],
        who: Who::Anyone,
        help: "help-rules",
        run: |ctx, message, _| show(ctx, message),
    }],
    configure,
    decide,
    check: let_pass,
};

/// The tap by which somebody accepts.
const ACCEPT: &str = "✅";

/// The settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RulesSettings {
    /// The rules; empty for none.
    text: String,
    /// The same for those who speak English; empty for the same text.
    text_en: String,
    /// Raise it when the rules change.
    version: u32,
    /// Whether newcomers get them in private.
    on_joining: bool,
    /// Whether those who were asked before are asked again about a new version.
    ask_again: bool,
    /// Messages about rules within any hour.
    messages_per_hour: usize,
}

impl Default for RulesSettings {
    fn default() -> Self {
        Self {
            text: String::new(),
            text_en: String::new(),
            version: 1,
            on_joining: true,
            ask_again: false,
            messages_per_hour: 60,
        }
    }
}

fn configure(section: &serde_json::Value) -> Result<FeatureSettings, ConfigFault> {
    let settings: RulesSettings =
        serde_path_to_error::deserialize(section).map_err(|error| ConfigFault {
            key: error.path().to_string(),
            why: error.inner().to_string(),
        })?;
    let too_long = |text: &String| text.chars().count() > TEXT_CHARS_MAX;
    for (key, text) in [("text", &settings.text), ("text_en", &settings.text_en)] {
        if too_long(text) {
            return Err(ConfigFault {
                key: key.to_owned(),
                why: format!("it is too long for a message: at most {TEXT_CHARS_MAX} characters"),
            });
        }
    }
    Ok(Arc::new(settings))
}

/// Characters of the rules, so that they fit into one message that people read.
const TEXT_CHARS_MAX: usize = 4_000;

/// What a member was shown, and what they have accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The version that they were asked about last.
    pub asked: u32,
    /// The version that they accepted last, and when.
    pub version: Option<u32>,
    pub at: Option<Millis>,
}

impl Record for Accepted {
    const KIND: &'static str = "accepted";
}

fn decide(ctx: &mut Context<'_, '_>, input: &Input) -> Flow {
    match input {
        Input::Member(member) => joined(ctx, member),
        Input::Message(message) => spoke(ctx, message),
        Input::Reaction(tap) => tapped(ctx, tap),
        Input::Settled(settled) => posted(ctx, settled),
        Input::Timer(timer) => woken(ctx, &UserId::from(timer.note.as_str())),
        Input::Edit(_)
        | Input::Redaction(_)
        | Input::ReactionRemoved(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Operator(_) => {}
    }
    Flow::Go
}

/// True where somebody has accepted the rules as they are now, or there are none.
pub fn accepted(ctx: &mut Context<'_, '_>, user: &UserId) -> bool {
    let settings: &RulesSettings = ctx.community.settings(NAME);
    let (version, has_none) = (settings.version, settings.text.is_empty());
    let known: Option<Accepted> = ctx.get(user.as_str());
    has_none || known.and_then(|known| known.version) >= Some(version)
}

/// Shows somebody the rules in private, unless they have got them already; returns the moment at which that can be, where
/// it cannot be now.
pub fn show_to(ctx: &mut Context<'_, '_>, user: &UserId) -> Option<Millis> {
    let settings: &RulesSettings = ctx.community.settings(NAME);
    let (version, per_hour) = (settings.version, settings.messages_per_hour);
    let known: Option<Accepted> = ctx.get(user.as_str());
    if known.is_some_and(|known| known.asked >= version) {
        return None;
    }
    ctx.as_feature(NAME, |ctx| {
        let ration: Ration = ctx.get("rules").unwrap_or_default();
        let at = ration.next(ctx.now, per_hour);
        ask(ctx, user);
        (at > ctx.now).then_some(at)
    })
}

/// A newcomer to a building or to the lobby is asked, unless they were before.
fn joined(ctx: &mut Context<'_, '_>, member: &Member) {
    let settings: &RulesSettings = ctx.settings();
    let before = member.before.as_ref().map(|before| before.membership);
    let comes = member.id.is_some()
        && member.membership == Membership::Join
        && before != Some(Membership::Join)
        && ctx.community.asks_for_names(&member.room);
    if comes && settings.on_joining && ctx.get::<Accepted>(member.user.as_str()).is_none() {
        ask(ctx, &member.user);
    }
}

/// Somebody who was asked about an older version speaks.
fn spoke(ctx: &mut Context<'_, '_>, message: &Message) {
    let settings: &RulesSettings = ctx.settings();
    let version = settings.version;
    if !settings.ask_again || ctx.community.building(&message.room).is_none() {
        return;
    }
    let known: Option<Accepted> = ctx.get(message.sender.as_str());
    if known.is_some_and(|known| known.asked < version) {
        ask(ctx, &message.sender);
    }
}

/// Shows somebody the rules in private; what is too much for this hour comes later.
fn ask(ctx: &mut Context<'_, '_>, user: &UserId) {
    let settings: &RulesSettings = ctx.settings();
    let (version, per_hour) = (settings.version, settings.messages_per_hour);
    if settings.text.is_empty() || exempt(ctx, user).is_some() {
        return;
    }
    if raid::until(ctx).is_some() {
        // It may be ended before its time.
        return wait(ctx, user, ctx.now.plus(10 * MINUTE_MS));
    }
    let mut ration: Ration = ctx.get("rules").unwrap_or_default();
    let now = ctx.now;
    let at = ration.next(now, per_hour);
    if at > now {
        return wait(ctx, user, at);
    }
    ration.book(now, per_hour);
    ctx.put("rules", &ration);
    let language = ctx.language_for(user);
    let said = text(ctx, language);
    let about = about(version);
    ctx.tell(user, None, said, Some(about));
    let mut known: Accepted = ctx.get(user.as_str()).unwrap_or_default();
    known.asked = version;
    ctx.put(user.as_str(), &known);
}

fn wait(ctx: &mut Context<'_, '_>, user: &UserId, at: Millis) {
    ctx.wake_at(at, &format!("ask.{user}"), user.as_str());
}

/// Somebody's turn has come. Whoever has gone meanwhile, or has got the rules otherwise, is not bothered.
fn woken(ctx: &mut Context<'_, '_>, user: &UserId) {
    let settings: &RulesSettings = ctx.settings();
    let version = settings.version;
    let known: Option<Accepted> = ctx.get(user.as_str());
    let has_them = known.is_some_and(|known| known.asked >= version);
    let community = ctx.community.clone();
    let mut rooms = community.rooms().map(|(room, _)| room);
    let is_there = rooms.any(|room| ctx.membership(room, user) == Some(Membership::Join));
    if is_there && !has_them {
        ask(ctx, user);
    }
}

fn about(version: u32) -> About {
    About {
        feature: NAME.to_owned(),
        id: format!("v{version}"),
    }
}

fn text(ctx: &Context<'_, '_>, language: Language) -> Said {
    let settings: &RulesSettings = ctx.community.settings(NAME);
    let own = match language {
        Language::En if !settings.text_en.is_empty() => &settings.text_en,
        Language::En | Language::Zh => &settings.text,
    };
    let community = Arg::Text(&ctx.community.name);
    let head = ctx.say(language, "rules-head", &[("community", community)]);
    let tail = ctx.say(language, "rules-tail", &[]);
    Said::lines([head.bold(), Said::plain(own.trim()), tail])
}

/// `!rules`
fn show(ctx: &mut Context<'_, '_>, message: &Message) {
    let settings: &RulesSettings = ctx.settings();
    let (version, has_none) = (settings.version, settings.text.is_empty());
    let id = format!("asked/{}", message.sender);
    let mut asked: Ration = ctx.get(&id).unwrap_or_default();
    if asked.next(ctx.now, limits::RULES_SHOWN_AN_HOUR) > ctx.now {
        return;
    }
    asked.book(ctx.now, limits::RULES_SHOWN_AN_HOUR);
    ctx.put(&id, &asked);
    let language = ctx.language_for(&message.sender);
    let said = if has_none {
        ctx.say(language, "rules-none", &[])
    } else {
        text(ctx, language)
    };
    let post = Post {
        content: said,
        quiet: true,
        reply_to: Some(Target::Event(message.id.clone())),
        thread: None,
        about: Some(about(version)),
    };
    ctx.ask(&message.room, Lane::Talk, Effect::Post(post));
}

/// The rules are in a room: from now on taps on them are understood, and there is one to copy.
fn posted(ctx: &mut Context<'_, '_>, settled: &Settled) {
    let about = settled.mark.as_ref().and_then(|mark| mark.about.as_ref());
    let Some(about) = about.filter(|about| about.feature == NAME) else {
        return;
    };
    let End::Sent(event) = &settled.end else {
        return;
    };
    if ctx.linked(event).is_some() {
        return;
    }
    ctx.link(event, &about.id);
    let settings: &RulesSettings = ctx.settings();
    if !settings.text.is_empty() {
        button(ctx, &settled.room, Target::Event(event.clone()));
    }
}

fn button(ctx: &mut Context<'_, '_>, room: &RoomId, target: Target) {
    let key = ACCEPT.to_owned();
    ctx.ask(room, Lane::Talk, Effect::React { target, key });
}

/// Somebody accepts the version that they have before them.
fn tapped(ctx: &mut Context<'_, '_>, tap: &Reaction) {
    let Some(id) = ctx.linked(&tap.target) else {
        return;
    };
    let version = id
        .strip_prefix('v')
        .and_then(|version| version.parse().ok());
    let (Some(version), true) = (version, tap.key.starts_with(ACCEPT)) else {
        return;
    };
    let mut known: Accepted = ctx.get(tap.sender.as_str()).unwrap_or_default();
    if known.version.is_some_and(|accepted| accepted >= version) {
        return;
    }
    known.version = Some(version);
    known.at = Some(ctx.now);
    known.asked = known.asked.max(version);
    ctx.put(tap.sender.as_str(), &known);
    let language = ctx.language_for(&tap.sender);
    let said = ctx.say(language, "rules-accepted", &[]);
    // In a room for all the tap itself says enough.
    if ctx.community.purpose(&tap.room).is_none() {
        ctx.answer(
            &tap.room,
            Some(Target::Event(tap.target.clone())),
            true,
            said,
        );
    }
}
