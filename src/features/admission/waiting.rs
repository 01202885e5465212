//! `!waiting`: those who wait for a moderator.
// Nothing in this file does IO.

use super::applicant::{Applicant, Stands};
use crate::{
    domain::{
        context::Context,
        effect::Target,
        ids::{Millis, UserId},
        input::Message,
        limits,
        speech::{Arg, Said},
    },
    text::home::Home,
};

/// Lists them, the longest waiting first.
pub fn list(ctx: &mut Context<'_, '_>, message: &Message) {
    let language = ctx.language_for(&message.sender);
    let mut waiting: Vec<(Millis, UserId, Applicant, Home)> = Vec::new();
    for (user, applicant) in Applicant::all(ctx, usize::MAX) {
        if let (Stands::Asked { home, since }, None) = (&applicant.stands, &applicant.vouched) {
            waiting.push((*since, user, applicant.clone(), home.clone()));
        }
    }
    waiting.sort_by_key(|(since, ..)| *since);
    let count = i64::try_from(waiting.len()).unwrap_or(0);
    let key = if waiting.is_empty() {
        "waiting-nobody"
    } else {
        "waiting-head"
    };
    let mut lines = vec![ctx.say(language, key, &[("count", Arg::Number(count))])];
    for (since, user, applicant, home) in waiting.iter().take(limits::LIST_ROWS_MAX) {
        let name = applicant.shown(user);
        let (home, since) = (home.short(), ctx.moment(*since));
        let args = [
            ("name", Arg::Text(&name)),
            ("user", Arg::Text(user.as_str())),
            ("home", Arg::Text(&home)),
            ("since", Arg::Text(&since)),
        ];
        lines.push(ctx.say(language, "waiting-line", &args));
    }
    let said = Said::lines(lines).calling_nobody();
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), true, said);
}
