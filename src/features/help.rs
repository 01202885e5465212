//! Help: what linli can do here, for the one who asks.
//!
//! `!help` (`!帮助`), or calling the bot by name, lists the commands that the asker may use, in the language that they
//! speak with it; `!help en` and `!help 中文` choose the other one. Who writes to linli alone what nobody understands is told
//! how to say it.
// Nothing in this file does IO.

use std::sync::Arc;

use crate::{
    domain::{
        community::FeatureSettings,
        context::Context,
        effect::Target,
        feature::{Command, ConfigFault, Feature, Flow, Stage, let_pass},
        input::{Input, Message},
        limits,
        ration::Ration,
        roles::Who,
        speech::{Arg, Said},
    },
    text::{
        intent::{self, Intent},
        language::Language,
    },
};

/// The feature.
pub const FEATURE: Feature = Feature {
    name: "help",
    stage: Stage::Serve,
    commands: &[Command {
        names: &["help", "帮助"],
        who: Who::Anyone,
        help: "help-help",
        run: |ctx, message, rest| {
            let language = asked_language(ctx, message, rest);
            answer(ctx, message, language);
        },
    }],
    configure,
    decide,
    check: let_pass,
};

fn configure(section: &serde_json::Value) -> Result<FeatureSettings, ConfigFault> {
    match section.as_object().and_then(|keys| keys.keys().next()) {
        None => Ok(Arc::new(())),
        Some(key) => Err(ConfigFault {
            key: key.clone(),
            why: "the help has no settings".to_owned(),
        }),
    }
}

fn decide(ctx: &mut Context<'_, '_>, input: &Input) -> Flow {
    if let Input::Message(message) = input {
        let reading = ctx.read_message(message);
        if reading.intent == Intent::HowTo {
            let language = ctx.language_of(&message.sender, &message.content.text);
            answer(ctx, message, language);
            return Flow::Stop;
        }
        if reading.intent == Intent::Chat {
            answer_alone(ctx, message);
        }
    }
    Flow::Go
}

/// Somebody writes to linli alone, and nobody knows what it is about.
fn answer_alone(ctx: &mut Context<'_, '_>, message: &Message) {
    let text = &message.content.text;
    let is_talk = ctx.talks_with(&message.room).as_ref() == Some(&message.sender);
    if !is_talk || text.trim().is_empty() || intent::is_courtesy(text) {
        return;
    }
    let id = format!("help {}", message.sender);
    let mut ration: Ration = ctx.get(&id).unwrap_or_default();
    if ration.book(ctx.now, limits::HINTS_AN_HOUR) > ctx.now {
        return;
    }
    ctx.put(&id, &ration);
    let language = ctx.language_of(&message.sender, text);
    let said = ctx.say(language, "help-alone", &[]);
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), true, said);
}

fn asked_language(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) -> Language {
    match rest.to_lowercase().as_str() {
        "en" | "english" => Language::En,
        "zh" | "中文" | "chinese" => Language::Zh,
        _ => ctx.language_for(&message.sender),
    }
}

fn answer(ctx: &mut Context<'_, '_>, message: &Message, language: Language) {
    let community = ctx.community.clone();
    let person = community.person(&message.sender);
    let mut lines = vec![
        ctx.say(
            language,
            "help-head",
            &[("community", Arg::Text(&community.name))],
        )
        .bold(),
        ctx.say(language, "help-report", &[]),
        ctx.say(language, "help-steps", &[]),
        ctx.say(language, "help-posts", &[]),
    ];
    if Who::Staff.includes(person) {
        lines.push(ctx.say(language, "help-staff", &[]));
    }
    let world = ctx.world;
    // What everybody needs comes before what keeps order.
    let of = |stage: Stage| world.features.iter().filter(move |f| f.stage == stage);
    let features = of(Stage::Serve).chain(of(Stage::Guard));
    for command in features.flat_map(|feature| feature.commands) {
        if command.who.includes(person) && !command.help.is_empty() {
            let name = name_in(command, language);
            lines.push(ctx.say(language, command.help, &[("name", Arg::Text(name))]));
        }
    }
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), true, Said::lines(lines));
}

/// The name of a command in a language: the first that is written in its script.
fn name_in(command: &Command, language: Language) -> &'static str {
    let wants_ascii = language == Language::En;
    command
        .names
        .iter()
        .find(|name| name.is_ascii() == wants_ascii)
        .or(command.names.first())
        .copied()
        .unwrap_or_default()
}
