//! What is said of sanctions: to the member in private, to the moderators in the staff room, and on request.
// Nothing in this file does IO.

use super::{
    case::{By, Case, End, How, Kind},
    impose::{Order, Telling},
    settings::{Exempt, ModerationSettings},
};
use crate::features::spam;
use crate::{
    domain::{
        context::Context,
        effect::{About, Effect, Lane, Post, Target},
        ids::{RoomId, UserId},
        limits,
        ration::Ration,
        roles::Who,
        speech::{Arg, Said},
    },
    text::{language::Language, span::Span},
};

/// The stable name of a kind, in keys of sentences and records.
#[must_use]
pub fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Warn => "warn",
        Kind::Redact => "redact",
        Kind::Mute => "mute",
        Kind::Remove => "remove",
        Kind::Ban => "ban",
    }
}

/// What a kind of sanction is called.
pub fn kind(ctx: &Context<'_, '_>, language: Language, kind: Kind) -> Said {
    ctx.say(language, &format!("sanction-{}", kind_key(kind)), &[])
}

/// The name of somebody whose room is not known.
pub fn name(ctx: &mut Context<'_, '_>, user: &UserId) -> String {
    let community = ctx.community.clone();
    let mut rooms = community.rooms().map(|(room, _)| room);
    let known = rooms.find(|room| ctx.display_name(room, user).is_some());
    let room = known.cloned().unwrap_or_else(|| RoomId::from(""));
    ctx.name_of(&room, user)
}

/// Who has done it, in words.
pub fn by(ctx: &mut Context<'_, '_>, language: Language, by: &By) -> Said {
    match by {
        By::Rule(rule) => {
            let rule = ctx.say(language, &format!("rule-{rule}"), &[]);
            ctx.say(language, "by-rule", &[("rule", Arg::Said(&rule))])
        }
        By::Person(user) => Said::plain(&name(ctx, user)),
        By::Native(user) => {
            let name = name(ctx, user);
            ctx.say(language, "by-native", &[("name", Arg::Text(&name))])
        }
    }
}

/// A reason in words; a rule's own is a key of a sentence.
fn reason(ctx: &Context<'_, '_>, language: Language, case: &Case) -> Said {
    if case.reason.is_empty() {
        return ctx.say(language, "no-reason", &[]);
    }
    // With what it is about behind it, where the sentence has a place for that.
    let (key, what) = case.reason.split_once(' ').unwrap_or((&case.reason, ""));
    if key.starts_with("reason-") && crate::domain::speech::knows(language, key) {
        ctx.say(language, key, &[("what", Arg::Text(what))])
    } else {
        Said::plain(&case.reason)
    }
}

/// The reason that is shown where a message was.
pub fn reason_shown(ctx: &Context<'_, '_>, case: &Case) -> String {
    if case.reason.is_empty() {
        return String::new();
    }
    reason(ctx, ctx.community.language, case).text
}

/// The reason that the homeserver shows to everybody whom it concerns.
pub fn reason_for_all(ctx: &mut Context<'_, '_>, case: &Case) -> String {
    let language = ctx.language_for(&case.user);
    let reason = reason(ctx, language, case);
    let args = [
        ("reason", Arg::Said(&reason)),
        ("no", Arg::Number(i64::from(case.no))),
    ];
    ctx.say(language, "reason-for-all", &args).text
}

/// One line that says what a case is: number, member, what, how long, where, why, by whom.
pub fn line(ctx: &mut Context<'_, '_>, language: Language, case: &Case) -> Said {
    let member = name(ctx, &case.user);
    let (what, why) = (kind(ctx, language, case.kind), reason(ctx, language, case));
    let who = by(ctx, language, &case.by);
    let at = ctx.moment(case.at);
    let lasts = match case.until {
        Some(until) => {
            let length = ctx.length(language, Span::For(until.since(case.at)));
            let until = ctx.moment(until);
            let args = [("length", Arg::Said(&length)), ("until", Arg::Text(&until))];
            ctx.say(language, "case-until", &args)
        }
        None if matches!(case.kind, Kind::Mute | Kind::Ban) => ctx.length(language, Span::Forever),
        None => Said::default(),
    };
    let place = if case.room.is_some() {
        ctx.say(language, "case-one-room", &[])
    } else {
        Said::default()
    };
    // Spaces stand between them in both languages, for some end or begin with a figure.
    let parts = [what, lasts, place].into_iter();
    let parts = parts.filter(|part| !part.text.is_empty());
    let what = Said::joined(Language::En, parts);
    let args = [
        ("no", Arg::Number(i64::from(case.no))),
        ("member", Arg::Text(&member)),
        ("what", Arg::Said(&what)),
        ("reason", Arg::Said(&why)),
        ("by", Arg::Said(&who)),
        ("at", Arg::Text(&at)),
    ];
    ctx.say(language, "case-line", &args)
}

/// The line of a case with its end, where it has one worth telling.
pub fn line_with_end(ctx: &mut Context<'_, '_>, language: Language, case: &Case) -> Said {
    let line = line(ctx, language, case);
    let Some(End { at, how, by: who }) = &case.end else {
        return line;
    };
    let key = match how {
        How::Done => return line,
        How::Over => "end-over",
        How::Lifted => "end-lifted",
        How::Undone => "end-undone",
    };
    let at = ctx.moment(*at);
    let who = who
        .as_ref()
        .map(|who| by(ctx, language, who))
        .unwrap_or_default();
    let end = ctx.say(
        language,
        key,
        &[("at", Arg::Text(&at)), ("by", Arg::Said(&who))],
    );
    Said::lines([line, end])
}

/// A sanction has begun: its member is told in private, and the moderators in the staff room where none of them has
/// just typed it there.
pub fn imposed(ctx: &mut Context<'_, '_>, case: &Case, order: &Order) {
    // A moderator's broom sweeps without a word.
    let is_broom = order.seen.is_some() && case.kind == Kind::Redact;
    if order.telling == Telling::Nobody || is_broom {
        return;
    }
    // Whoever is banned reads why in their client; a room of their own would be an invitation to go on.
    if case.kind != Kind::Ban {
        tell_member(ctx, case);
    }
    if is_moving(case) || order.telling == Telling::Member {
        return;
    }
    let language = ctx.community.language;
    let line = line(ctx, language, case);
    let args = [
        ("line", Arg::Said(&line)),
        ("no", Arg::Number(i64::from(case.no))),
    ];
    let said = ctx.say(language, "staff-imposed", &args);
    in_staff_room(ctx, said, Some(format!("case.{}", case.no)));
}

/// A home that moves out has a card of its own.
fn is_moving(case: &Case) -> bool {
    case.reason == "reason-moved-out"
}

fn is_by_names(by: &By) -> bool {
    matches!(by, By::Rule(rule) if rule == "naming")
}

/// True for the rule that removes spam.
#[must_use]
pub fn is_by_spam(by: &By) -> bool {
    matches!(by, By::Rule(rule) if rule == spam::act::RULE)
}

fn tell_member(ctx: &mut Context<'_, '_>, case: &Case) {
    let language = ctx.language_for(&case.user);
    let what = kind(ctx, language, case.kind);
    let why = reason(ctx, language, case);
    let who = by(ctx, language, &case.by);
    let community = ctx.community.name.clone();
    let until = case.until.map(|until| ctx.moment(until));
    let lasts = match &until {
        Some(until) => ctx.say(language, "sanctioned-until", &[("until", Arg::Text(until))]),
        None => ctx.say(language, "sanctioned-no-end", &[]),
    };
    let args = [
        ("community", Arg::Text(&community)),
        ("what", Arg::Said(&what)),
        ("lasts", Arg::Said(&lasts)),
        ("reason", Arg::Said(&why)),
        ("by", Arg::Said(&who)),
        ("no", Arg::Number(i64::from(case.no))),
    ];
    // A removal or a ban without an end is told without one.
    let key = match (case.kind, until) {
        // Who moves has done nothing wrong.
        (Kind::Remove, None) if is_moving(case) => {
            let said = ctx.say(language, "sanctioned-moved-out", &args);
            return ctx.tell(&case.user, None, said, None);
        }
        (Kind::Remove, None) => "sanctioned-remove-once".to_owned(),
        (Kind::Ban, None) => "sanctioned-ban-once".to_owned(),
        (kind, _) => format!("sanctioned-{}", kind_key(kind)),
    };
    let head = ctx.say(language, &key, &args);
    let tail = ctx.say(language, "sanctioned-appeal", &args);
    let about = About {
        feature: super::NAME.to_owned(),
        id: format!("case.{}", case.no),
    };
    ctx.tell(&case.user, None, Said::lines([head, tail]), Some(about));
}

/// A sanction has ended before its member knew that it would.
pub fn ended(ctx: &mut Context<'_, '_>, case: &Case) {
    let Some(end) = &case.end else { return };
    let by_rule = end.by.as_ref().is_some_and(is_by_names);
    let told = matches!(case.kind, Kind::Mute | Kind::Remove) || end.how == How::Undone;
    // A rule says itself what it has to say.
    if told && !by_rule {
        let language = ctx.language_for(&case.user);
        let what = kind(ctx, language, case.kind);
        let key = match end.how {
            How::Undone if case.in_card => "sanctioned-undone-spam",
            How::Undone => "sanctioned-undone",
            How::Done | How::Over | How::Lifted => "sanctioned-ended",
        };
        let args = [
            ("what", Arg::Said(&what)),
            ("no", Arg::Number(i64::from(case.no))),
        ];
        let said = ctx.say(language, key, &args);
        ctx.tell(&case.user.clone(), None, said, None);
    }
    // What was told in a card of its own is taken back there.
    if end.how == How::Over || by_rule || is_moving(case) || case.in_card {
        return;
    }
    let language = ctx.community.language;
    let line = line_with_end(ctx, language, case);
    in_staff_room(ctx, line, None);
}

/// Says a line in the staff room, quietly; past the ration of an hour only that there is more.
/// What it is about makes it a place to tap.
fn in_staff_room(ctx: &mut Context<'_, '_>, said: Said, about: Option<String>) {
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let mut ration: Ration = ctx.get("case-lines").unwrap_or_default();
    let now = ctx.now;
    if ration.next(now, limits::CASE_LINES_AN_HOUR) > now {
        let mut more: Ration = ctx.get("case-lines-more").unwrap_or_default();
        if more.book(now, 1) == now {
            ctx.put("case-lines-more", &more);
            let said = ctx.say(ctx.community.language, "staff-more-cases", &[]);
            ctx.answer(&room, None, true, said);
        }
        return;
    }
    ration.book(now, limits::CASE_LINES_AN_HOUR);
    ctx.put("case-lines", &ration);
    let post = Post {
        content: said.calling_nobody(),
        quiet: true,
        reply_to: None,
        thread: None,
        about: about.map(|id| About {
            feature: super::NAME.to_owned(),
            id,
        }),
    };
    ctx.ask(&room, Lane::Talk, Effect::Post(post));
}

/// Shows the moderators something about a member; taps on it are taps on them.
pub fn about_member(ctx: &mut Context<'_, '_>, user: &UserId, said: Said) {
    ctx.as_feature(super::NAME, |ctx| {
        in_staff_room(ctx, said, Some(format!("user.{user}")));
    });
}

/// Calls the moderators in the staff room.
pub fn to_moderators(ctx: &mut Context<'_, '_>, said: Said) {
    call_moderators(ctx, said, None);
}

/// The same, as an answer to something there.
pub fn call_moderators(ctx: &mut Context<'_, '_>, said: Said, reply_to: Option<Target>) {
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let people = ctx.community.people.iter();
    let moderators = people.filter(|(_, person)| Who::Moderator.includes(Some(person)));
    let mentions = moderators.map(|(user, _)| user.clone()).collect();
    let post = Post {
        content: Said { mentions, ..said },
        quiet: false,
        reply_to,
        thread: None,
        about: None,
    };
    ctx.ask(&room, Lane::Answer, Effect::Post(post));
}

/// Tells a moderator something in private.
pub fn tell_moderator(ctx: &mut Context<'_, '_>, user: &UserId, key: &str) {
    let language = ctx.language_for(user);
    let said = ctx.say(language, key, &[]);
    ctx.tell(user, None, said, None);
}

/// What would be done if this were no rehearsal.
pub fn rehearsal(ctx: &mut Context<'_, '_>, order: &Order) {
    let language = ctx.community.language;
    let member = name(ctx, &order.user);
    let what = kind(ctx, language, order.kind);
    let lasts = ctx.length(language, order.span);
    let who = by(ctx, language, &order.by);
    let args = [
        ("member", Arg::Text(&member)),
        ("what", Arg::Said(&what)),
        ("lasts", Arg::Said(&lasts)),
        ("by", Arg::Said(&who)),
    ];
    let said = ctx.say(language, "staff-rehearsal", &args);
    in_staff_room(ctx, said, None);
}

/// linli can do too little in a room; said once for each room and kind.
pub fn too_weak(ctx: &mut Context<'_, '_>, room: &RoomId, weak: Kind) {
    let language = ctx.community.language;
    let what = kind(ctx, language, weak);
    let args = [
        ("what", Arg::Said(&what)),
        ("room", Arg::Text(room.as_str())),
    ];
    let said = ctx.say(language, "staff-too-weak", &args);
    in_staff_room(ctx, said, None);
}

/// Somebody has sanctioned a person natively whom linli never sanctions.
pub fn native_on_exempt(
    ctx: &mut Context<'_, '_>,
    room: &RoomId,
    user: &UserId,
    actor: &UserId,
    done: Kind,
) {
    let language = ctx.community.language;
    let (member, who) = (name(ctx, user), name(ctx, actor));
    let what = kind(ctx, language, done);
    let args = [
        ("member", Arg::Text(&member)),
        ("by", Arg::Text(&who)),
        ("what", Arg::Said(&what)),
        ("room", Arg::Text(room.as_str())),
    ];
    let said = ctx.say(language, "staff-native-exempt", &args);
    in_staff_room(ctx, said, None);
}

/// Why somebody cannot be sanctioned.
pub fn exempt(ctx: &Context<'_, '_>, language: Language, member: &str, why: Exempt) -> Said {
    let key = match why {
        Exempt::Own => "exempt-own",
        Exempt::Person => "exempt-person",
        Exempt::Bot => "exempt-bot",
    };
    ctx.say(language, key, &[("member", Arg::Text(member))])
}

/// Strikes that somebody has, in whole ones, rounded up.
pub fn strikes(ctx: &mut Context<'_, '_>, user: &UserId) -> i64 {
    let settings: &ModerationSettings = ctx.community.settings(super::NAME);
    let fade = settings.fade_ms();
    let dossier = super::case::Dossier::of(ctx, user);
    (dossier.strikes_at(ctx.now, fade) + 999) / 1_000
}
