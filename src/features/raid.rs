//! Raids: when very many people come in at once, the rooms fall silent for a while and the doors open by invitation
//! only.
//!
//! It begins by itself on a burst of joins, or with `!raid on` (`!防护 开`), for an hour or as long as is said
//! (`!raid on 3h`), and ends by itself or with `!raid off`. Whoever has power may go on speaking. Each room is told
//! once. At the end everything is exactly as it was before; what a moderator has changed meanwhile stays as they
//! want it. While it lasts, nobody is greeted and no name is complained of.
// Nothing in this file does IO.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        community::{FeatureSettings, Purpose},
        context::Context,
        effect::{Act, Effect, Lane, Target},
        feature::{Command, ConfigFault, Feature, Flow, Stage, let_pass},
        ids::{HOUR_MS, MINUTE_MS, Millis, RoomId, UserId},
        input::{End, Input, LevelsChanged, Member, Membership, Message, Settled},
        power::{EventsDefault, LevelChange, Need},
        ration::Ration,
        record::Record,
        roles::Who,
        speech::Arg,
    },
    features::moderation::{
        self,
        settings::{ModerationSettings, span},
        tell,
    },
    text::span::{self as spans, Span},
};

/// The feature's name, in keys and configuration.
pub const NAME: &str = "raid";

/// The feature.
pub const FEATURE: Feature = Feature {
    name: NAME,
    stage: Stage::Guard,
    commands: &[Command {
        names: &["raid", "防护"],
        who: Who::Moderator,
        help: "help-raid",
        run: typed,
    }],
    configure,
    decide,
    check: let_pass,
};

/// The rule of a door that opens by invitation only (Client-Server API, `m.room.join_rules`).
const BY_INVITATION: &str = r#"{"join_rule":"invite"}"#;

/// The settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RaidSettings {
    /// Whether it begins by itself.
    auto: bool,
    /// So many people who come in within this time are a raid.
    joins: usize,
    #[serde(deserialize_with = "span")]
    within: Span,
    /// How long it lasts.
    #[serde(deserialize_with = "span")]
    lasts: Span,
    /// The power that speaking needs meanwhile.
    level: i64,
}

impl Default for RaidSettings {
    fn default() -> Self {
        Self {
            auto: true,
            joins: 20,
            within: Span::For(MINUTE_MS),
            lasts: Span::For(HOUR_MS),
            level: 50,
        }
    }
}

fn configure(section: &serde_json::Value) -> Result<FeatureSettings, ConfigFault> {
    let settings: RaidSettings =
        serde_path_to_error::deserialize(section).map_err(|error| ConfigFault {
            key: error.path().to_string(),
            why: error.inner().to_string(),
        })?;
    let fault = |key: &str, why: &str| ConfigFault {
        key: key.to_owned(),
        why: why.to_owned(),
    };
    if !(2..=1_000).contains(&settings.joins) {
        return Err(fault("joins", "it must be from 2 to 1000"));
    }
    if settings.within == Span::Forever {
        return Err(fault("within", "it must be a time such as \"60s\""));
    }
    if !(1..=100).contains(&settings.level) {
        return Err(fault("level", "it must be from 1 to 100"));
    }
    Ok(Arc::new(settings))
}

/// Who has come in of late.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Joins(Vec<(Millis, UserId)>);

impl Record for Joins {
    const KIND: &'static str = "joins";
}

/// A raid, and what was before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Raid {
    until: Option<Millis>,
    level: i64,
    rooms: Vec<Was>,
}

/// How a room was before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Was {
    room: RoomId,
    /// What speaking needed, where we have changed it.
    events_default: Option<EventsDefault>,
    /// The rule of its door, where we have changed it.
    door: Option<String>,
}

impl Record for Raid {
    const KIND: &'static str = "raid";
}

/// When the raid that goes on ends; None where there is none. One without an end ends in a day, for whoever waits.
pub fn until(ctx: &mut Context<'_, '_>) -> Option<Millis> {
    let raid: Raid = ctx.get("")?;
    Some(raid.until.unwrap_or_else(|| ctx.now.plus(24 * HOUR_MS)))
}

fn decide(ctx: &mut Context<'_, '_>, input: &Input) -> Flow {
    match input {
        Input::Member(member) => came(ctx, member),
        Input::Levels(changed) => levels_changed(ctx, changed),
        Input::Settled(settled) if settled.end == End::Outdated => again(ctx, settled),
        Input::Settled(_) => {}
        Input::Timer(timer) => {
            let raid: Option<Raid> = ctx.get("");
            if raid.is_some_and(|raid| raid.until == Some(timer.due)) {
                end(ctx);
            }
        }
        Input::Message(_)
        | Input::Edit(_)
        | Input::Redaction(_)
        | Input::Reaction(_)
        | Input::ReactionRemoved(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Operator(_) => {}
    }
    Flow::Go
}

/// What was refused, and shall be tried again: asked for anew, as it is wanted by now.
fn again(ctx: &mut Context<'_, '_>, settled: &Settled) {
    let room = &settled.room;
    let raid: Option<Raid> = ctx.get("");
    let was = raid.and_then(|raid| raid.rooms.into_iter().find(|was| was.room == *room));
    let level = Some(ctx.settings::<RaidSettings>().level);
    match (&settled.act, was) {
        (Some(Act::SetLevels(change)), was) => {
            let Some(asked) = change.events_default else {
                return;
            };
            let during = was.is_some_and(|was| was.events_default.is_some());
            if during || asked.level != level {
                set_level(
                    ctx,
                    room,
                    if during {
                        EventsDefault { level }
                    } else {
                        asked
                    },
                );
            }
        }
        (Some(Act::SetDoor { .. }), Some(was)) if was.door.is_some() => {
            set_door(ctx, room, BY_INVITATION);
        }
        (Some(Act::SetDoor { content }), None) if !is_by_invitation(content) => {
            set_door(ctx, room, content);
        }
        _ => {}
    }
}

/// Somebody has come in: are they too many?
fn came(ctx: &mut Context<'_, '_>, member: &Member) {
    let settings: &RaidSettings = ctx.settings();
    let (joins, within) = (settings.joins, settings.within);
    let before = member.before.as_ref().map(|before| before.membership);
    let comes = member.id.is_some()
        && member.membership == Membership::Join
        && before != Some(Membership::Join)
        && ctx.community.purpose(&member.room).is_some();
    let is_exempt = moderation::settings::exempt(ctx, &member.user).is_some();
    if !settings.auto || !comes || is_exempt {
        return;
    }
    let span = within.ms().unwrap_or(MINUTE_MS);
    // After a downtime the joins of days are read in a moment: what counts is when they happened.
    let now = member.at;
    if ctx.now.since(now) > span {
        return;
    }
    let mut lately: Joins = ctx.get("").unwrap_or_default();
    lately
        .0
        .retain(|(at, user)| now.since(*at).abs() < span && *user != member.user);
    lately.0.push((now, member.user.clone()));
    let spare = lately.0.len().saturating_sub(joins);
    lately.0.drain(..spare);
    let is_raid = lately.0.len() >= joins;
    ctx.put("", &lately);
    if is_raid && ctx.get::<Raid>("").is_none() {
        let lasts = ctx.settings::<RaidSettings>().lasts;
        let key = if is_rehearsal(ctx) {
            let mut told: Ration = ctx.get("rehearsal").unwrap_or_default();
            if told.next(ctx.now, 1) > ctx.now {
                return;
            }
            told.book(ctx.now, 1);
            ctx.put("rehearsal", &told);
            "staff-raid-rehearsal"
        } else {
            begin(ctx, lasts, false);
            "staff-raid"
        };
        let args = [("count", Arg::Number(i64::try_from(joins).unwrap_or(0)))];
        let said = ctx.say(ctx.community.language, key, &args);
        tell::to_moderators(ctx, said);
    }
}

/// True where it is only told what would be done.
fn is_rehearsal(ctx: &Context<'_, '_>) -> bool {
    let settings: &ModerationSettings = ctx.community.settings(moderation::NAME);
    settings.dry_run
}

fn begin(ctx: &mut Context<'_, '_>, lasts: Span, by_moderator: bool) {
    let settings: &RaidSettings = ctx.settings();
    let level = settings.level;
    let until = lasts.ms().map(|ms| ctx.now.plus(ms));
    let community = ctx.community.clone();
    let mut rooms = Vec::new();
    for (room, purpose) in community.rooms() {
        let was = match purpose {
            Purpose::Staff => continue,
            Purpose::Space | Purpose::Notice => close(ctx, room, None),
            Purpose::Building(_) | Purpose::Help(_) | Purpose::Lobby => {
                announce(ctx, room, until, by_moderator);
                close(ctx, room, Some(level))
            }
        };
        rooms.extend(was);
    }
    let raid = Raid {
        until,
        level,
        rooms,
    };
    ctx.put("", &raid);
    if let Some(until) = until {
        ctx.wake_at(until, "end", "");
    }
}

/// Makes a room silent, where a level is given, and its door open by invitation only; None where nothing was changed.
fn close(ctx: &mut Context<'_, '_>, room: &RoomId, level: Option<i64>) -> Option<Was> {
    let state = ctx.room_state(room);
    let bot = ctx.bot();
    let mut was = Was {
        room: room.clone(),
        events_default: None,
        door: None,
    };
    let before = state.levels.as_ref().map(|levels| levels.events_default);
    if let (Some(level), Some(before), true) = (level, before, state.may(&bot, Need::SetLevels))
        && before.unwrap_or(0) < level
    {
        was.events_default = Some(EventsDefault { level: before });
        set_level(ctx, room, EventsDefault { level: Some(level) });
    }
    if let Some(door) = state.door.filter(|door| !is_by_invitation(door)) {
        was.door = Some(door);
        set_door(ctx, room, BY_INVITATION);
    }
    (was.events_default.is_some() || was.door.is_some()).then_some(was)
}

fn is_by_invitation(door: &str) -> bool {
    let rule: serde_json::Value = serde_json::from_str(door).unwrap_or_default();
    rule["join_rule"] == "invite"
}

fn set_level(ctx: &mut Context<'_, '_>, room: &RoomId, level: EventsDefault) {
    let change = LevelChange {
        events_default: Some(level),
        ..LevelChange::default()
    };
    ctx.ask(room, Lane::Guard, Effect::Act(Act::SetLevels(change)));
}

fn set_door(ctx: &mut Context<'_, '_>, room: &RoomId, content: &str) {
    let content = content.to_owned();
    ctx.ask(room, Lane::Guard, Effect::Act(Act::SetDoor { content }));
}

/// A word for those who are silent now, once.
fn announce(ctx: &mut Context<'_, '_>, room: &RoomId, until: Option<Millis>, by_moderator: bool) {
    let language = ctx.community.language;
    let until = until.map(|until| ctx.moment(until));
    let key = match (by_moderator, &until) {
        (false, Some(_)) => "raid-room-until",
        (false, None) => "raid-room",
        (true, Some(_)) => "raid-asked-until",
        (true, None) => "raid-asked",
    };
    let until = until.unwrap_or_default();
    let said = ctx.say(language, key, &[("until", Arg::Text(&until))]);
    ctx.answer(room, None, true, said);
}

/// Brings back what was before, but for what somebody else has changed meanwhile.
fn end(ctx: &mut Context<'_, '_>) {
    let Some(raid) = ctx.get::<Raid>("") else {
        return;
    };
    ctx.delete::<Raid>("");
    ctx.delete::<Joins>("");
    for was in &raid.rooms {
        let state = ctx.room_state(&was.room);
        let now = state.levels.as_ref().and_then(|l| l.events_default);
        if let Some(before) = was.events_default
            && (now == Some(raid.level) || now == before.level)
        {
            set_level(ctx, &was.room, before);
        }
        if let Some(before) = &was.door
            && state
                .door
                .is_none_or(|door| is_by_invitation(&door) || door == *before)
        {
            set_door(ctx, &was.room, before);
        }
    }
    let said = ctx.say(ctx.community.language, "staff-raid-over", &[]);
    tell::to_moderators(ctx, said);
}

/// A client that wrote levels without having seen ours has opened a room by oversight; one that changed nothing else
/// meant it.
fn levels_changed(ctx: &mut Context<'_, '_>, changed: &LevelsChanged) {
    let Some(raid) = ctx.get::<Raid>("") else {
        return;
    };
    let is_silent = changed.levels.events_default == Some(raid.level);
    let is_ours = raid
        .rooms
        .iter()
        .any(|was| was.room == changed.room && was.events_default.is_some());
    // Who has opened the room before, and meant it, is not overruled by what is changed later.
    let besides = changed.before.as_ref().is_some_and(|before| {
        before.events_default == Some(raid.level)
            && !changed.levels.changed_since(before).is_empty()
    });
    if is_ours && !is_silent && besides {
        set_level(
            ctx,
            &changed.room,
            EventsDefault {
                level: Some(raid.level),
            },
        );
    }
}

/// `!raid on`, `!raid on 3h`, `!raid off`; alone it says how things stand.
fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let folded = rest.trim().to_lowercase();
    let (word, length) = folded.split_once(' ').unwrap_or((&folded, ""));
    let is_on = ctx.get::<Raid>("").is_some();
    let (word, length): (&str, &str) = match word.chars().next() {
        Some('开') => ("on", folded.trim_start_matches(['开', '启'])),
        Some('关') => ("off", ""),
        _ => (word, length),
    };
    let key = match (word, is_on) {
        ("on", false) if is_rehearsal(ctx) => "raid-rehearsal",
        ("on", false) => {
            let settings: &RaidSettings = ctx.settings();
            let asked = spans::leading(length.trim()).map(|(span, _)| span);
            let lasts = asked.unwrap_or(settings.lasts);
            begin(ctx, lasts, true);
            "raid-begun"
        }
        ("off", true) => {
            end(ctx);
            "raid-ended"
        }
        ("" | "on", true) => "raid-is-on",
        ("" | "off", false) => "raid-is-off",
        _ => "raid-how",
    };
    let language = ctx.language_for(&message.sender);
    let said = ctx.say(language, key, &[]);
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), true, said);
}
