//! `!spam`: the last waves, a word about one of them, and hosts that a moderator lets in or keeps out from now on.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    decided,
    settings::SpamSettings,
    wave::{Wave, Word},
};
use crate::{
    domain::{
        context::Context,
        effect::Target,
        feature::Command,
        input::Message,
        limits,
        record::Record,
        roles::Who,
        speech::{Arg, Said, shorten},
    },
    text::{language::Language, links::Hosts, spam::Verdict},
};

/// The feature's commands.
pub const ALL: &[Command] = &[Command {
    names: &["spam", "广告"],
    who: Who::Moderator,
    help: "help-spam",
    run: typed,
}];

/// Hosts that moderators have listed in the chat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Listed {
    allowed: Vec<String>,
    denied: Vec<String>,
}

impl Record for Listed {
    const KIND: &'static str = "spam_hosts";
}

/// The hosts of the settings with those that moderators have listed; None where there are none of these.
pub fn hosts(ctx: &mut Context<'_, '_>, settings: &SpamSettings) -> Option<Hosts> {
    let listed: Listed = ctx.get("")?;
    // What a moderator has said last is meant, whatever the configuration says of the same host.
    let configured = |hosts: &'_ [String], others: &[String]| -> Vec<String> {
        let left = hosts.iter().filter(|host| !others.contains(host));
        left.cloned().collect()
    };
    let allowed = configured(&settings.allowed, &listed.denied);
    let denied = configured(&settings.denied, &listed.allowed);
    let all = |one: &[String], two: &[String]| -> Vec<String> {
        one.iter().chain(two).cloned().collect()
    };
    let (allowed, denied) = (all(&allowed, &listed.allowed), all(&denied, &listed.denied));
    Some(Hosts::new(
        allowed.iter().map(String::as_str),
        denied.iter().map(String::as_str),
    ))
}

fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let folded = crate::text::fold::Folded::new(rest);
    let (word, what) = split(folded.text());
    let decision = match word {
        "right" | "对" => Some(Word::Right),
        "wrong" | "错" | "误判" => Some(Word::Wrong),
        "ban" | "封禁" | "封" => Some(Word::Ban),
        _ => None,
    };
    if let Some(decision) = decision {
        return match what.trim_start_matches('#').parse() {
            Ok(no) => decided::typed(ctx, message, no, decision),
            Err(_) => answer(ctx, message, "spam-how", &[]),
        };
    }
    match word {
        "" => {
            let said = overview(ctx, &message.sender.clone());
            let target = Target::Event(message.id.clone());
            ctx.answer(&message.room, Some(target), true, said);
        }
        "allow" | "允许" => list(ctx, message, what, "spam-host-allowed"),
        "deny" | "禁止" => list(ctx, message, what, "spam-host-denied"),
        "forget" | "取消" => list(ctx, message, what, "spam-host-forgotten"),
        _ => answer(ctx, message, "spam-how", &[]),
    }
}

/// The first word, and the rest; `误判3` is understood as well.
fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|c: char| c.is_whitespace() || c.is_ascii_digit() || c == '#');
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    (word, rest.trim())
}

fn list(ctx: &mut Context<'_, '_>, message: &Message, written: &str, key: &'static str) {
    let Some(host) = host(written) else {
        return answer(ctx, message, "spam-how", &[]);
    };
    let mut listed: Listed = ctx.get("").unwrap_or_default();
    listed.allowed.retain(|known| *known != host);
    listed.denied.retain(|known| *known != host);
    let list = match key {
        "spam-host-allowed" => Some(&mut listed.allowed),
        "spam-host-denied" => Some(&mut listed.denied),
        _ => None,
    };
    if let Some(list) = list {
        list.push(host.clone());
        let spare = list.len().saturating_sub(limits::SPAM_HOSTS_MAX);
        list.drain(..spare);
    }
    ctx.put("", &listed);
    answer(ctx, message, key, &[("host", Arg::Text(&host))]);
}

/// The host that somebody means who writes a name or a whole address.
fn host(written: &str) -> Option<String> {
    let text = written.split_whitespace().next()?;
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let url = url::Url::parse(&whole).ok()?;
    let host = url.host_str()?.trim_matches('.').to_owned();
    host.contains('.').then_some(host)
}

fn overview(ctx: &mut Context<'_, '_>, reader: &crate::domain::ids::UserId) -> Said {
    let language = ctx.language_for(reader);
    let waves = Wave::last(ctx, limits::WAVES_SHOWN_MAX);
    if waves.is_empty() {
        return ctx.say(language, "spam-none", &[]);
    }
    let mut lines = vec![ctx.say(language, "spam-last", &[]).bold()];
    for wave in &waves {
        lines.push(line(ctx, language, wave));
    }
    Said::lines(lines).calling_nobody()
}

fn line(ctx: &Context<'_, '_>, language: Language, wave: &Wave) -> Said {
    let word = wave.outcome.as_ref().map(|outcome| outcome.word);
    let state = match (word, wave.verdict) {
        (Some(Word::Right), _) => "spam-state-right",
        (Some(Word::Wrong), _) => "spam-state-wrong",
        (Some(Word::Ban), _) => "spam-banned",
        (None, _) if wave.rehearsed => "spam-would",
        (None, Verdict::Allow | Verdict::Flag) => "spam-asked",
        (None, Verdict::Redact) => "spam-removed",
        (None, Verdict::Mute) => "spam-muted",
        (None, Verdict::Ban) => "spam-banned",
    };
    let state = ctx.say(language, state, &[]);
    let at = ctx.moment(wave.at);
    let text = shorten(&wave.text, limits::NAME_CHARS_MAX);
    let args = [
        ("no", Arg::Number(i64::from(wave.no))),
        ("at", Arg::Text(&at)),
        ("messages", Arg::Number(i64::from(wave.hits))),
        ("people", Arg::Number(i64::from(wave.people))),
        ("text", Arg::Text(&text)),
        ("state", Arg::Said(&state)),
    ];
    ctx.say(language, "spam-line", &args)
}

fn answer(
    ctx: &mut Context<'_, '_>,
    message: &Message,
    key: &'static str,
    args: &[(&'static str, Arg<'_>)],
) {
    let language = ctx.language_for(&message.sender);
    let said = ctx.say(language, key, args);
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), true, said);
}
