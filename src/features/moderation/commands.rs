//! What moderators type: `!mute 2h advert` as an answer to a message, or with a name or an id before it, in the
//! community's rooms, the staff room or in private.
// Nothing in this file does IO.

use super::{
    case::{By, Case, How, Kind},
    impose::{Order, Refused, Telling, impose},
    lift,
    settings::{self, ModerationSettings, Reach},
    tell,
    whom::{self, Whom},
};
use crate::{
    domain::{
        context::Context,
        effect::Target,
        feature::Command,
        ids::{EventId, RoomId, UserId},
        input::Message,
        limits,
        roles::Who,
        speech::{Arg, Said},
    },
    text::{language::Language, span::Span},
};

/// A command that does a kind of sanction.
macro_rules! sanction {
    ($kind:ident, $help:literal, $names:expr) => {
        Command {
            names: $names,
            who: Who::Moderator,
            help: $help,
            run: |ctx, message, rest| typed(ctx, message, rest, Kind::$kind),
        }
    };
}

/// A command that ends sanctions of some kinds.
macro_rules! lifting {
    ($kinds:expr, $help:literal, $names:expr) => {
        Command {
            names: $names,
            who: Who::Moderator,
            help: $help,
            run: |ctx, message, rest| lifted(ctx, message, rest, $kinds),
        }
    };
}

/// The commands of moderation.
pub const ALL: &[Command] = &[
    sanction!(Warn, "help-warn", &["warn", "警告"]),
    sanction!(Redact, "help-redact", &["redact", "删除"]),
    sanction!(Mute, "help-mute", &["mute", "禁言"]),
    sanction!(Remove, "help-kick", &["kick", "remove", "移出", "踢"]),
    sanction!(Ban, "help-ban", &["ban", "封禁", "拉黑"]),
    lifting!(
        &[Kind::Mute],
        "help-unmute",
        &["unmute", "解除禁言", "解禁"]
    ),
    lifting!(&[Kind::Ban, Kind::Remove], "help-unban", &["unban", "解封"]),
    Command {
        names: &["pardon", "赦免"],
        who: Who::Moderator,
        help: "help-pardon",
        run: pardon,
    },
    Command {
        names: &["undo", "撤销"],
        who: Who::Moderator,
        help: "help-undo",
        run: undo,
    },
    Command {
        names: &["history", "记录"],
        who: Who::Moderator,
        help: "help-history",
        run: history,
    },
    Command {
        names: &["why", "原因"],
        who: Who::Anyone,
        help: "help-why",
        run: |ctx, message, _| why(ctx, message),
    },
];

fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str, kind: Kind) {
    let Some(Whom { user, arguments }) = found(ctx, message, rest) else {
        return;
    };
    let settings: &ModerationSettings = ctx.settings();
    let asked = arguments
        .span
        .filter(|_| kind != Kind::Warn && kind != Kind::Redact);
    let span = asked.unwrap_or(match kind {
        Kind::Mute => settings.mute_for,
        Kind::Warn | Kind::Redact | Kind::Remove | Kind::Ban => Span::Forever,
    });
    let here = settings.reach == Reach::Room && !arguments.everywhere;
    let is_ours = ctx.community.purpose(&message.room).is_some();
    let is_staff_room = ctx.community.staff_room() == Some(&message.room);
    let room = (here && is_ours && !is_staff_room).then(|| message.room.clone());
    if !settings::may(ctx, &message.sender, kind, span) {
        return say(ctx, message, "not-allowed");
    }
    let about = message
        .reply_to
        .clone()
        .map(|event| (message.room.clone(), event));
    if kind == Kind::Redact && about.is_none() {
        return say(ctx, message, "redact-what");
    }
    let order = Order {
        user: user.clone(),
        kind,
        span,
        room,
        by: By::Person(message.sender.clone()),
        reason: arguments.reason.to_owned(),
        about,
        strikes: u32::from(kind == Kind::Warn),
        seen: None,
        telling: Telling::All,
        removes_itself: false,
    };
    let language = ctx.language_for(&message.sender);
    match impose(ctx, &order) {
        Ok(case) => done(ctx, message, language, &case),
        Err(refused) => {
            let said = refusal(ctx, language, &user, refused);
            answer(ctx, message, said);
        }
    }
}

/// The staff room reads of each case in any event; elsewhere a short word shows that the command was heard.
fn done(ctx: &mut Context<'_, '_>, message: &Message, language: Language, case: &Case) {
    if ctx.community.staff_room() != Some(&message.room) {
        let what = tell::kind(ctx, language, case.kind);
        let args = [
            ("no", Arg::Number(i64::from(case.no))),
            ("what", Arg::Said(&what)),
        ];
        let said = ctx.say(language, "case-done", &args);
        answer(ctx, message, said);
    }
}

fn lifted(ctx: &mut Context<'_, '_>, message: &Message, rest: &str, kinds: &[Kind]) {
    let Some(Whom { user, .. }) = found(ctx, message, rest) else {
        return;
    };
    if !kinds
        .iter()
        .all(|kind| settings::may(ctx, &message.sender, *kind, Span::For(0)))
    {
        return say(ctx, message, "not-allowed");
    }
    let cases = lift::open_cases(ctx, &user, kinds);
    let count = cases.len();
    lift::end_all(ctx, &cases, &By::Person(message.sender.clone()));
    counted(ctx, message, &user, count);
}

fn pardon(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let Some(Whom { user, .. }) = found(ctx, message, rest) else {
        return;
    };
    if !settings::may(ctx, &message.sender, Kind::Ban, Span::For(0)) {
        return say(ctx, message, "not-allowed");
    }
    let by = By::Person(message.sender.clone());
    let count = lift::pardon(ctx, &user, &by);
    counted(ctx, message, &user, count);
}

fn counted(ctx: &mut Context<'_, '_>, message: &Message, user: &UserId, count: usize) {
    let language = ctx.language_for(&message.sender);
    let member = tell::name(ctx, user);
    let key = if count == 0 {
        "nothing-to-lift"
    } else {
        "lifted"
    };
    let args = [
        ("member", Arg::Text(&member)),
        ("count", Arg::Number(i64::try_from(count).unwrap_or(0))),
    ];
    let said = ctx.say(language, key, &args);
    answer(ctx, message, said);
}

fn undo(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let number = rest.trim_start_matches(['#', '＃', ' ']);
    let number = crate::text::fold::Folded::new(number).text().trim().parse();
    let case = number.ok().and_then(|no| Case::load(ctx, no));
    let Some(case) = case else {
        return say(ctx, message, "no-such-case");
    };
    if case.is_undone() {
        return say(ctx, message, "undone-already");
    }
    if !settings::may_undo(ctx, &message.sender, &case) {
        return say(ctx, message, "not-allowed");
    }
    let (language, no, kind) = (ctx.language_for(&message.sender), case.no, case.kind);
    lift::end(
        ctx,
        case,
        How::Undone,
        Some(By::Person(message.sender.clone())),
    );
    let key = if kind == Kind::Redact {
        "undone-but-gone"
    } else {
        "undone"
    };
    let said = ctx.say(language, key, &[("no", Arg::Number(i64::from(no)))]);
    answer(ctx, message, said);
}

fn history(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let Some(Whom { user, .. }) = found(ctx, message, rest) else {
        return;
    };
    let language = ctx.language_for(&message.sender);
    let said = record(ctx, language, &user);
    answer(ctx, message, said.calling_nobody());
}

/// Somebody's own record: told in private, for it is nobody else's business.
fn why(ctx: &mut Context<'_, '_>, message: &Message) {
    let language = ctx.language_for(&message.sender);
    let said = record(ctx, language, &message.sender).calling_nobody();
    ctx.tell(&message.sender, None, said, None);
}

fn record(ctx: &mut Context<'_, '_>, language: Language, user: &UserId) -> Said {
    let cases = Case::of(ctx, user, limits::CASES_SHOWN_MAX);
    let member = tell::name(ctx, user);
    let strikes = tell::strikes(ctx, user);
    let args = [
        ("member", Arg::Text(&member)),
        ("strikes", Arg::Number(strikes)),
    ];
    if cases.is_empty() {
        return ctx.say(language, "history-clean", &args);
    }
    let mut lines = vec![ctx.say(language, "history-of", &args).bold()];
    for case in &cases {
        lines.push(tell::line_with_end(ctx, language, case));
    }
    Said::lines(lines)
}

/// Whom a command means; where that cannot be told, the sender is told why.
fn found<'t>(ctx: &mut Context<'_, '_>, message: &Message, rest: &'t str) -> Option<Whom<'t>> {
    match whom::whom(ctx, message, rest) {
        Ok(found) => Some(found),
        Err(unclear) => {
            let language = ctx.language_for(&message.sender);
            let said = match unclear {
                whom::Unclear::Nobody => ctx.say(language, "whom", &[]),
                whom::Unclear::Several(users) => {
                    let users: Vec<&str> = users.iter().map(UserId::as_str).collect();
                    let users = users.join(", ");
                    ctx.say(language, "whom-of", &[("users", Arg::Text(&users))])
                }
            };
            answer(ctx, message, said);
            None
        }
    }
}

/// Why a sanction was not carried out, for whoever asked for it.
pub fn refusal(
    ctx: &mut Context<'_, '_>,
    language: Language,
    user: &UserId,
    refused: Refused,
) -> Said {
    let member = tell::name(ctx, user);
    match refused {
        Refused::Exempt(why) => tell::exempt(ctx, language, &member, why),
        Refused::TooWeak => ctx.say(language, "too-weak", &[("member", Arg::Text(&member))]),
        Refused::DryRun => ctx.say(language, "dry-run", &[]),
    }
}

fn say(ctx: &mut Context<'_, '_>, message: &Message, key: &str) {
    let language = ctx.language_for(&message.sender);
    let said = ctx.say(language, key, &[]);
    answer(ctx, message, said);
}

fn answer(ctx: &mut Context<'_, '_>, message: &Message, said: Said) {
    let (room, event): (&RoomId, &EventId) = (&message.room, &message.id);
    ctx.answer(room, Some(Target::Event(event.clone())), true, said);
}
