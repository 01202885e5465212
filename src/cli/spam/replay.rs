//! `linli spam replay`: what the settings would have done with what was said in a room, without doing it.
//!
//! The same decisions over a store in memory, one message after the other, at the time at which each was written.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io::Write as _,
};

use anyhow::{Context as _, anyhow};
use serde_json::Value;

use crate::{
    cli::{ConfigArguments, Failure, doctor, names::logged_in, open},
    clock,
    config::Config,
    domain::{
        batch::Batch,
        commit::Commit,
        decide::decide,
        effect::{Act, Effect},
        feature::{Feature, World},
        ids::{DAY_MS, EventId, Millis, RoomId, UserId},
        input::Input,
        limits,
        record::decode,
        speech::shorten,
    },
    features::{
        moderation,
        spam::{
            self,
            wave::{Hit, Wave},
        },
    },
    matrix::{
        account::{Account, Direction},
        translate,
    },
    store::{Store as _, memory::Memory},
};

/// Events of one page.
const PAGE: u32 = 250;
/// So many events are read at most: half a year of a lively room.
const EVENTS_MAX: usize = 200_000;
/// The features that take part.
static FEATURES: &[Feature] = &[spam::FEATURE, moderation::FEATURE];

/// What `linli spam replay` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,
    /// A room of the configuration, by alias or id
    room: String,
    /// How many days back
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=365))]
    days: u16,
    /// Write a JSON object for each message that something would have followed from, instead of a table
    #[arg(long)]
    json: bool,
}

/// What would have followed from one message.
struct Outcome {
    at: Millis,
    user: UserId,
    what: &'static str,
    score: f64,
    reasons: Vec<String>,
    text: String,
}

/// What was read, and what was made of it.
#[derive(Default)]
struct Told {
    messages: usize,
    encrypted: usize,
    removed: usize,
    pictures: usize,
    outcomes: Vec<Outcome>,
}

/// Replays a room.
///
/// # Errors
/// Where the room is none of the configuration, or the homeserver does not show it.
pub async fn replay(arguments: &Arguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    open::reachable(&config.account.homeserver).await?;
    let account = logged_in(&config).await?;
    let (address, room) = find(&config, &account, &arguments.room).await?;
    let until = clock::now();
    let since = until.plus(-i64::from(arguments.days) * DAY_MS);
    let events = read(&account, &room, since).await?;
    let bot = UserId::from(account.user_id.as_str());
    let found = BTreeMap::from([(address, room.clone())]);
    let mut world = config.world(bot, &found, &BTreeMap::new());
    world.features = FEATURES;
    let told = play(&world, &room, &events)?;
    let shown = if arguments.json {
        json(&told)
    } else {
        table(&world, &told, arguments.days)
    };
    match std::io::stdout().lock().write_all(shown.as_bytes()) {
        // Whoever read us has enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Failure::other),
    }
}

/// The address in the configuration that means a room, and the room.
async fn find(
    config: &Config,
    account: &Account,
    wanted: &str,
) -> Result<(String, RoomId), Failure> {
    let rooms = config.communities.iter().flat_map(|c| &c.rooms);
    let addresses: Vec<&str> = rooms.map(|room| room.address.as_str()).collect();
    let id = doctor::find(account, wanted)
        .await
        .with_context(|| format!("Cannot find the room '{wanted}'"))?;
    if addresses.contains(&wanted) {
        return Ok((wanted.to_owned(), RoomId::from(id)));
    }
    for address in &addresses {
        if doctor::find(account, address)
            .await
            .is_ok_and(|other| other == id)
        {
            return Ok(((*address).to_owned(), RoomId::from(id)));
        }
    }
    Err(Failure::usage(anyhow!(
        "'{wanted}' is no room of the configuration; there are: {}",
        addresses.join(", ")
    )))
}

/// The events of a room since a moment, the oldest first.
async fn read(account: &Account, room: &RoomId, since: Millis) -> Result<Vec<Value>, Failure> {
    let mut events = Vec::new();
    let mut from: Option<String> = None;
    loop {
        let page = account
            .messages(room.as_str(), Direction::Backward, PAGE, from.as_deref())
            .await
            .with_context(|| format!("Cannot read what was said in {room}"))?;
        let at = |event: &Value| event["origin_server_ts"].as_i64().unwrap_or(0);
        let is_over = page.events.iter().any(|event| at(event) < since.0);
        let young = page.events.into_iter().filter(|event| at(event) >= since.0);
        events.extend(young);
        from = page.end;
        if is_over || from.is_none() || events.len() >= EVENTS_MAX {
            break;
        }
    }
    events.reverse();
    Ok(events)
}

/// Decides everything in its order, at its time.
fn play(world: &World, room: &RoomId, events: &[Value]) -> Result<Told, Failure> {
    let mut memory = Memory::default();
    let mut told = Told::default();
    for event in events {
        let kind = event["type"].as_str().unwrap_or_default();
        let is_empty = event["content"]
            .as_object()
            .is_none_or(serde_json::Map::is_empty);
        told.encrypted += usize::from(kind == "m.room.encrypted");
        told.removed += usize::from(kind == "m.room.message" && is_empty);
        let input = translate::input(room, event);
        let Some(input) = input.filter(|input| counts(world, input)) else {
            continue;
        };
        if let Input::Message(message) = &input {
            told.messages += 1;
            told.pictures += usize::from(message.content.media.is_some());
        }
        let now = input.at().unwrap_or(Millis(0));
        let decision =
            decide(world, &memory, &Batch::Inputs(vec![input]), now).map_err(Failure::other)?;
        let found = outcomes(&decision.commit, now)?;
        told.outcomes.extend(found);
        memory.commit(&decision.commit).map_err(Failure::other)?;
    }
    Ok(told)
}

/// Whether something is said by somebody else. What linli and the moderators did then is not done here.
fn counts(world: &World, input: &Input) -> bool {
    let is_own = input
        .sender()
        .is_some_and(|sender| world.settings.is_bot(sender));
    let is_said = matches!(
        input,
        Input::Message(_)
            | Input::Edit(_)
            | Input::Reaction(_)
            | Input::Heading(_)
            | Input::Member(_)
    );
    is_said && !is_own
}

/// What a commit says of messages that were caught: a hit each, with the wave it went into.
fn outcomes(commit: &Commit, at: Millis) -> Result<Vec<Outcome>, Failure> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut waves: Vec<Wave> = Vec::new();
    for (key, stored) in &commit.records {
        let Some(stored) = stored else { continue };
        match key.kind() {
            "hit" => hits.push(decode(key, stored).map_err(Failure::other)?),
            "wave" => waves.push(decode(key, stored).map_err(Failure::other)?),
            _ => {}
        }
    }
    let gone: BTreeSet<&EventId> = commit
        .rows
        .values()
        .filter_map(|row| match &row.effect {
            Effect::Redact {
                target: crate::domain::effect::Target::Event(event),
                ..
            } => Some(event),
            Effect::Redact { .. }
            | Effect::Post(_)
            | Effect::Show { .. }
            | Effect::Look { .. }
            | Effect::Keep { .. }
            | Effect::Draw { .. }
            | Effect::Change { .. }
            | Effect::React { .. }
            | Effect::Act(_) => None,
        })
        .collect();
    let mut outcomes = Vec::new();
    for hit in hits {
        let is_gone = gone.contains(&hit.event);
        if hit.removed && !is_gone {
            continue;
        }
        let wave = waves.first();
        outcomes.push(Outcome {
            at,
            what: if is_gone {
                harshest(commit, &hit.user)
            } else {
                "asked about"
            },
            score: wave.map_or(0.0, |wave| wave.score),
            reasons: wave
                .iter()
                .flat_map(|wave| &wave.reasons)
                .map(ToString::to_string)
                .collect(),
            text: hit.text,
            user: hit.user,
        });
    }
    Ok(outcomes)
}

/// The harshest that is asked for against somebody, besides the removal.
fn harshest(commit: &Commit, user: &UserId) -> &'static str {
    let acts = commit.rows.values().filter_map(|row| match &row.effect {
        Effect::Act(act) => Some(act),
        Effect::Redact { .. }
        | Effect::Post(_)
        | Effect::Show { .. }
        | Effect::Look { .. }
        | Effect::Keep { .. }
        | Effect::Draw { .. }
        | Effect::Change { .. }
        | Effect::React { .. } => None,
    });
    let mut harshest = "removed";
    for act in acts {
        match act {
            Act::Ban { user: who, .. } if who == user => return "banned",
            Act::Kick { user: who, .. } if who == user => harshest = "put out",
            Act::SetLevels(change) if change.users.contains_key(user) && harshest == "removed" => {
                harshest = "muted";
            }
            Act::SetLevels(_)
            | Act::SetDoor { .. }
            | Act::SetPolicy { .. }
            | Act::Kick { .. }
            | Act::Ban { .. }
            | Act::Unban { .. }
            | Act::Invite { .. }
            | Act::Join
            | Act::Rename { .. }
            | Act::Open(_) => {}
        }
    }
    harshest
}

fn json(told: &Told) -> String {
    let line = |outcome: &Outcome| {
        let object = serde_json::json!({
            "at": outcome.at.0,
            "user": outcome.user.as_str(),
            "would": outcome.what,
            "score": outcome.score,
            "reasons": outcome.reasons,
            "text": outcome.text,
        });
        format!("{object}\n")
    };
    told.outcomes.iter().map(line).collect()
}

fn table(world: &World, told: &Told, days: u16) -> String {
    let zone = world.settings.communities().first().map(|c| c.timezone);
    let moment = |at: Millis| {
        let at = chrono::DateTime::from_timestamp_millis(at.0);
        let shown = at.zip(zone).map(|(at, zone)| {
            let there = at.with_timezone(&zone);
            there.format("%m-%d %H:%M").to_string()
        });
        shown.unwrap_or_default()
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in &told.outcomes {
        *counts.entry(outcome.what).or_default() += 1;
    }
    let mut counts: Vec<String> = counts
        .iter()
        .map(|(what, count)| format!("{count} {what}"))
        .collect();
    if counts.is_empty() {
        counts.push("nothing would have followed".to_owned());
    }
    let mut out = String::new();
    // A string takes whatever is written to it.
    let _ = writeln!(
        out,
        "{} messages in {days} days: {}",
        told.messages,
        counts.join(", ")
    );
    for outcome in &told.outcomes {
        let _ = writeln!(
            out,
            "  {}  {:<11}  {:.2}  {}\n      {}\n      “{}”",
            moment(outcome.at),
            outcome.what,
            outcome.score,
            plain(outcome.user.as_str()),
            plain(&outcome.reasons.join("; ")),
            plain(&outcome.text),
        );
    }
    for (count, what) in [
        (
            told.encrypted,
            "encrypted messages, which cannot be read here",
        ),
        (
            told.removed,
            "messages that were removed since, and have lost their text",
        ),
        (
            told.pictures,
            "pictures and the like, which were not looked at for codes",
        ),
    ] {
        if count > 0 {
            let _ = writeln!(out, "Left out: {count} {what}.");
        }
    }
    out
}

/// Text from the homeserver in one line, without what could disarrange the terminal.
fn plain(text: &str) -> String {
    shorten(
        &text.replace(['\n', '\u{2028}', '\u{2029}'], " "),
        limits::CARD_TEXT_CHARS_MAX,
    )
}
