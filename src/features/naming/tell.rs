//! What is said about names: to their bearers in private, to the moderators in the staff room.
// Nothing in this file does IO.

use super::{
    door::{Ladder, Step},
    judge,
    settings::NamingSettings,
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post},
        ids::{RoomId, UserId},
        limits,
        ration::Ration,
        speech::{Arg, Said, shorten},
    },
    features::moderation,
    text::{
        language::{self, Language},
        names::{Reason, Refusal},
    },
};

/// The language of somebody who may never have written anything: that of their name, else the usual one.
fn language(ctx: &mut Context<'_, '_>, user: &UserId, name: &str) -> Language {
    let usual = ctx.language_for(user);
    if usual != ctx.community.language {
        return usual;
    }
    language::of(name).unwrap_or(usual)
}

/// Everything that somebody with a wrong name is told, below a first sentence.
fn explained(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    room: &RoomId,
    name: &str,
    refusal: &Refusal,
    key: &str,
) -> Said {
    let language = language(ctx, user, name);
    let community = ctx.community.name.clone();
    let shown = shorten(&name.replace('\n', " "), limits::NAME_CHARS_MAX);
    let args = [
        ("community", Arg::Text(&community)),
        ("name", Arg::Text(&shown)),
    ];
    let head = ctx.say(language, key, &args);
    let why = why(ctx, language, refusal);
    let all = &ctx.world.settings;
    let example = judge::example(all, &ctx.community, room, refusal, language);
    let example = Said::plain(&example).bold();
    // An example that names somebody else's home must not be copied as it is.
    let read = &refusal.read;
    let is_theirs = read.home.is_some() && read.surname.is_some();
    let key = if is_theirs {
        "name-example"
    } else {
        "name-example-like"
    };
    let example = ctx.say(language, key, &[("example", Arg::Said(&example))]);
    let how = ctx.say(language, "name-how", &[]);
    Said::lines([head, why, example, how])
}

fn why(ctx: &Context<'_, '_>, language: Language, refusal: &Refusal) -> Said {
    let key = match refusal.reason {
        Reason::NoHome => "name-no-home",
        Reason::NoSurname => "name-no-surname",
        Reason::WrongBuilding => "name-wrong-building",
        Reason::UnknownHome => "name-unknown-home",
        Reason::ImitatesStaff => "name-imitates-staff",
        Reason::ContactOrAdvert => "name-contact-or-advert",
        Reason::Pattern => "name-pattern",
    };
    ctx.say(language, key, &[])
}

/// The first message.
pub fn greeting(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    room: &RoomId,
    name: &str,
    refusal: &Refusal,
    is_known: bool,
) {
    let key = if is_known {
        "name-changed"
    } else {
        "name-greeting"
    };
    let said = explained(ctx, user, room, name, refusal, key);
    ctx.tell(user, Some(room), said, None);
}

/// Another wrong name was tried.
pub fn hint(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    room: &RoomId,
    name: &str,
    refusal: &Refusal,
) {
    let said = explained(ctx, user, room, name, refusal, "name-hint");
    ctx.tell(user, Some(room), said, None);
}

/// The reminder: where they cannot hear it in private, also in the room.
pub fn reminder(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    room: &RoomId,
    name: &str,
    refusal: &Refusal,
) {
    let key = match ctx
        .community
        .settings::<NamingSettings>(super::NAME)
        .mute_after_ms
    {
        Some(_) => "name-reminder",
        None => "name-reminder-only",
    };
    let said = explained(ctx, user, room, name, refusal, key);
    let listens = ctx.listens(user);
    ctx.tell(user, None, said, None);
    if !listens {
        let language = language(ctx, user, name);
        let shown = ctx.name_of(room, user);
        let said = ctx.say(
            language,
            "name-reminder-room",
            &[("who", Arg::Call(user, &shown))],
        );
        let post = Post {
            content: said,
            quiet: false,
            reply_to: None,
            thread: None,
            about: None,
        };
        ctx.ask(room, Lane::Talk, Effect::Post(post));
    }
}

/// They are silent from now on.
pub fn muted(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    room: &RoomId,
    name: &str,
    refusal: &Refusal,
) {
    let said = explained(ctx, user, room, name, refusal, "name-muted");
    ctx.tell(user, Some(room), said, None);
}

/// They are out from now on.
pub fn removed(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    room: &RoomId,
    name: &str,
    refusal: &Refusal,
) {
    let said = explained(ctx, user, room, name, refusal, "name-removed");
    ctx.tell(user, None, said, None);
}

/// All is well again.
pub fn all_clear(ctx: &mut Context<'_, '_>, user: &UserId, name: Option<&str>, ladder: &Ladder) {
    let name = name.unwrap_or(&ladder.name);
    let language = language(ctx, user, name);
    let shown = shorten(name, limits::NAME_CHARS_MAX);
    let key = match (ladder.step, ladder.mute) {
        (Step::Removed, _) => "name-right-invited",
        (Step::Muted, _) | (_, Some(_)) => "name-right-unmuted",
        (Step::Waiting | Step::Greeted | Step::Reminded, None) => "name-right",
    };
    let said = ctx.say(language, key, &[("name", Arg::Text(&shown))]);
    ctx.tell(user, Some(&ladder.room), said, None);
}

/// One quiet word for a newcomer, unless there are very many.
pub fn welcome(ctx: &mut Context<'_, '_>, user: &UserId, room: &RoomId) {
    let id = format!("welcome/{room}");
    let mut ration: Ration = ctx.get(&id).unwrap_or_default();
    let now = ctx.now;
    if ration.next(now, limits::WELCOMES_AN_HOUR) > now {
        return;
    }
    ration.book(now, limits::WELCOMES_AN_HOUR);
    ctx.put(&id, &ration);
    let name = ctx.name_of(room, user);
    let language = language(ctx, user, &name);
    let said = ctx.say(language, "name-welcome", &[("name", Arg::Text(&name))]);
    ctx.answer(room, None, true, said);
}

/// Somebody passes for staff.
pub fn imitation(ctx: &mut Context<'_, '_>, user: &UserId, name: &str, case: Option<u32>) {
    let language = ctx.community.language;
    let shown = shorten(&name.replace('\n', " "), limits::NAME_CHARS_MAX);
    let args = [
        ("name", Arg::Text(&shown)),
        ("user", Arg::Text(user.as_str())),
        ("no", Arg::Number(i64::from(case.unwrap_or(0)))),
    ];
    let key = if case.is_some() {
        "staff-imitation-muted"
    } else {
        "staff-imitation"
    };
    let said = ctx.say(language, key, &args);
    moderation::tell::about_member(ctx, user, said);
}

/// A home has more members than is usual.
pub fn crowded(ctx: &mut Context<'_, '_>, user: &UserId, room: Option<&RoomId>, count: usize) {
    let language = ctx.community.language;
    let name = match room {
        Some(room) => ctx.name_of(room, user),
        None => user.localpart().to_owned(),
    };
    let args = [
        ("name", Arg::Text(&name)),
        ("user", Arg::Text(user.as_str())),
        ("count", Arg::Number(i64::try_from(count).unwrap_or(0))),
    ];
    let said = ctx.say(language, "staff-crowded", &args);
    moderation::tell::about_member(ctx, user, said);
}

/// Whether a name would be right in a room; for a name seen elsewhere.
pub fn is_right(ctx: &Context<'_, '_>, room: &RoomId, name: &str) -> bool {
    judge::read(&ctx.world.settings, &ctx.community, room, name).is_ok()
}
