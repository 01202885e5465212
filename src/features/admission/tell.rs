//! What is said to somebody before the door.
// Nothing in this file does IO.

use super::applicant::Applicant;
use crate::{
    domain::{
        context::Context,
        ids::UserId,
        speech::{Arg, Said},
    },
    features::moderation,
    text::{
        home::Home,
        language::{self, Language},
        names::Refusal,
    },
};

/// The language of somebody who may never have written anything: that of their name, else the usual one.
pub fn language(ctx: &mut Context<'_, '_>, user: &UserId, applicant: &Applicant) -> Language {
    let usual = ctx.language_for(user);
    if usual != ctx.community.language {
        return usual;
    }
    let name = applicant.name(ctx, user);
    name.and_then(|(_, name)| language::of(&name))
        .unwrap_or(usual)
}

/// Says something in private, unless it was the last thing that was said.
pub fn once(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    applicant: &mut Applicant,
    key: &str,
    args: &[(&'static str, Arg<'_>)],
) {
    if applicant.told.as_deref() == Some(key) {
        return;
    }
    applicant.told = Some(key.to_owned());
    let language = language(ctx, user, applicant);
    let community = ctx.community.name.clone();
    let mut all = vec![("community", Arg::Text(&community))];
    all.extend_from_slice(args);
    let said = ctx.say(language, key, &all);
    let lobby = ctx.community.lobby().cloned();
    ctx.tell(user, lobby.as_ref(), said, None);
}

/// What came of a code. Each one gets its answer, though it may be the same as before.
pub fn code(ctx: &mut Context<'_, '_>, user: &UserId, applicant: &Applicant, key: &str) {
    let language = language(ctx, user, applicant);
    let said = ctx.say(language, key, &[]);
    let lobby = ctx.community.lobby().cloned();
    ctx.tell(user, lobby.as_ref(), said, None);
}

/// Their code was right, and only the name is not: here is the one to bear.
pub fn name_to_bear(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    applicant: &mut Applicant,
    home: &Home,
    refusal: &Refusal,
) {
    let language = language(ctx, user, applicant);
    let neutral = match language {
        Language::Zh => "王",
        Language::En => "Wang",
    };
    let (surname, key) = match &refusal.read.surname {
        Some(surname) => (surname.clone(), "name-example"),
        None => (neutral.to_owned(), "name-example-like"),
    };
    let example = format!("{} {surname}", home.short());
    let already = format!("bear:{example}");
    if applicant.told.as_ref() == Some(&already) {
        return;
    }
    applicant.told = Some(already);
    let head = ctx.say(language, "admission-code-right", &[]);
    let example = Said::plain(&example).bold();
    let example = ctx.say(language, key, &[("example", Arg::Said(&example))]);
    let how = ctx.say(language, "name-how", &[]);
    let lobby = ctx.community.lobby().cloned();
    ctx.tell(
        user,
        lobby.as_ref(),
        Said::lines([head, example, how]),
        None,
    );
}

/// A sentence with the name of a person of the community.
pub fn by(ctx: &mut Context<'_, '_>, key: &str, by: &UserId) -> Said {
    let name = moderation::tell::name(ctx, by);
    ctx.say(ctx.community.language, key, &[("by", Arg::Text(&name))])
}

/// Somebody who lives in one home calls themselves after another: the moderators are told.
pub fn elsewhere(ctx: &mut Context<'_, '_>, user: &UserId, from: &Home, to: &Home) {
    let language = ctx.community.language;
    let name = moderation::tell::name(ctx, user);
    let (from, to) = (from.short(), to.short());
    let args = [
        ("name", Arg::Text(&name)),
        ("user", Arg::Text(user.as_str())),
        ("from", Arg::Text(&from)),
        ("to", Arg::Text(&to)),
    ];
    let said = ctx.say(language, "staff-home-changed", &args);
    moderation::tell::about_member(ctx, user, said);
}

/// Codes are being guessed at: the moderators are told.
pub fn guessing(ctx: &mut Context<'_, '_>, user: &UserId) {
    let language = ctx.community.language;
    let args = [("user", Arg::Text(user.as_str()))];
    let said = ctx.say(language, "staff-code-guessing", &args);
    moderation::tell::about_member(ctx, user, said);
}
