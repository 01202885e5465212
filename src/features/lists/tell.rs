//! What is said about lists, to the moderators.
// Nothing in this file does IO.

use super::rule::{Listed, Standing};
use crate::{
    domain::{
        context::Context,
        effect::Target,
        ids::RoomId,
        input::Message,
        limits,
        ration::Ration,
        speech::{Arg, Said, shorten},
    },
    features::moderation,
    text::policy::Rule,
};

fn name(ctx: &Context<'_, '_>, room: &RoomId) -> String {
    let list = ctx.community.lists.get(room);
    list.map_or_else(|| room.as_str().to_owned(), |list| list.address.clone())
}

/// A rule would hit everybody, and is not applied.
pub fn too_broad(ctx: &mut Context<'_, '_>, listed: &Listed, rule: &Rule) {
    said(ctx, "list-too-broad", listed, rule, 0);
}

/// A rule would hit many members, and waits for a moderator's word.
pub fn waits(ctx: &mut Context<'_, '_>, listed: &Listed, rule: &Rule, hit: usize) {
    said(ctx, "list-waits", listed, rule, hit);
}

fn said(ctx: &mut Context<'_, '_>, key: &str, listed: &Listed, rule: &Rule, hit: usize) {
    let mut told: Ration = ctx.get("told").unwrap_or_default();
    if told.next(ctx.now, limits::LIST_WORDS_AN_HOUR) > ctx.now {
        // Whoever keeps a list is a stranger; what is not told now stands in the overview.
        return;
    }
    told.book(ctx.now, limits::LIST_WORDS_AN_HOUR);
    ctx.put("told", &told);
    let language = ctx.community.language;
    let list = name(ctx, &listed.room);
    let entity = shorten(&rule.entity.replace('\n', " "), limits::REASON_CHARS_MAX);
    let args = [
        ("list", Arg::Text(&list)),
        ("entity", Arg::Text(&entity)),
        ("no", Arg::Number(i64::from(listed.no))),
        ("count", Arg::Number(i64::try_from(hit).unwrap_or(0))),
    ];
    let said = ctx.say(language, key, &args);
    moderation::tell::to_moderators(ctx, said);
}

/// `!lists`: the lists, and the rules that are not applied.
pub fn overview(ctx: &mut Context<'_, '_>, message: &Message) {
    let language = ctx.language_for(&message.sender);
    let community = ctx.community.clone();
    let mut lines = Vec::new();
    for (room, list) in &community.lists {
        let rules = Listed::of_room(ctx, room);
        let holds = |rule: &&Listed| matches!(rule.standing, Standing::New | Standing::Holds);
        let holding = rules.iter().filter(holds);
        let args = [
            ("list", Arg::Text(&list.address)),
            (
                "count",
                Arg::Number(i64::try_from(holding.count()).unwrap_or(0)),
            ),
        ];
        let key = if list.own {
            "lists-own"
        } else {
            "lists-followed"
        };
        lines.push(ctx.say(language, key, &args));
        let others = rules.iter().filter(|rule| !holds(rule));
        for listed in others.take(limits::LIST_ROWS_MAX) {
            let entity = listed.rule().map(|rule| rule.entity).unwrap_or_default();
            let entity = shorten(&entity.replace('\n', " "), limits::REASON_CHARS_MAX);
            let args = [
                ("entity", Arg::Text(&entity)),
                ("no", Arg::Number(i64::from(listed.no))),
            ];
            let key = if listed.standing == Standing::Waits {
                "lists-waiting"
            } else {
                "lists-too-broad"
            };
            lines.push(ctx.say(language, key, &args));
        }
    }
    if lines.is_empty() {
        lines.push(ctx.say(language, "lists-none", &[]));
    }
    answer(ctx, message, Said::lines(lines).calling_nobody());
}

/// Answers a command.
pub fn answer(ctx: &mut Context<'_, '_>, message: &Message, said: Said) {
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), true, said);
}
