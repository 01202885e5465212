//! Everything that can be tapped can be typed; and the lists that people ask for.
// Nothing in this file does IO.

use super::{
    act::{Path, act},
    after, anonymous, assign, caller, card,
    clock::reading::Clock,
    correct::{self, Point},
    eta, figures, helpers, merge, outage, own_room, reply, rounds,
    state::Action,
    tell,
    ticket::{ALL as ALL_OPEN, HistoryRow, Open, Ticket, What, history_id, list_in, list_of},
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post, Target},
        feature::Command,
        ids::{RoomId, TicketNo},
        input::Message,
        limits,
        roles::Who,
        speech::{Arg, Said, shorten},
    },
    text::language::Language,
};

/// A command that does `$action` to the ticket it names.
macro_rules! action {
    ($action:ident, $who:ident, $help:literal, $names:expr) => {
        Command {
            names: $names,
            who: Who::$who,
            help: $help,
            run: |ctx, message, rest| {
                anonymous::typed(ctx, message, rest, |ctx, message, rest| {
                    typed(ctx, message, rest, Action::$action);
                });
            },
        }
    };
}

/// A command that puts `$point` of the ticket it names right.
macro_rules! correction {
    ($point:ident, $who:ident, $help:literal, $names:expr) => {
        Command {
            names: $names,
            who: Who::$who,
            help: $help,
            run: |ctx, message, rest| {
                anonymous::typed(ctx, message, rest, |ctx, message, rest| {
                    correct::typed(ctx, message, rest, Point::$point);
                });
            },
        }
    };
}

/// The commands of tickets. Who may do what depends on the ticket too; the table in `judge` decides.
pub const ALL: &[Command] = &[
    Command {
        names: &["assign", "派单", "转给"],
        who: Who::Staff,
        help: "help-assign",
        run: assign::typed,
    },
    Command {
        names: &["join", "帮忙"],
        who: Who::Staff,
        help: "help-join",
        run: helpers::typed,
    },
    Command {
        names: &["leave", "不帮了"],
        who: Who::Staff,
        help: "help-leave",
        run: helpers::left,
    },
    action!(
        Claim,
        Staff,
        "help-claim",
        &["claim", "take", "认领", "接单"]
    ),
    action!(Unclaim, Staff, "help-unclaim", &["unclaim", "放弃", "退单"]),
    action!(SetOut, Staff, "help-set-out", &["onmyway", "出发", "omw"]),
    action!(Start, Staff, "help-start", &["start", "开始", "处理"]),
    action!(
        AskResident,
        Staff,
        "help-ask-resident",
        &["wait", "等回复", "问业主"]
    ),
    action!(
        PutOff,
        Staff,
        "help-put-off",
        &["material", "等配件", "等外援"]
    ),
    action!(Resume, Staff, "help-resume", &["resume", "继续"]),
    action!(Done, Staff, "help-done", &["done", "完成"]),
    action!(Undone, Staff, "help-undone", &["undone", "未完成"]),
    action!(Confirm, Anyone, "help-confirm", &["confirm", "确认"]),
    action!(Reopen, Anyone, "help-reopen", &["reopen", "重开"]),
    action!(Cancel, Anyone, "help-cancel", &["cancel", "取消"]),
    action!(
        Decline,
        Staff,
        "help-decline",
        &["decline", "不受理", "拒绝", "skip", "跳过"]
    ),
    Command {
        names: &["merge", "合并"],
        who: Who::Staff,
        help: "help-merge",
        run: merge::merge,
    },
    Command {
        names: &["unmerge", "拆开"],
        who: Who::Staff,
        help: "help-unmerge",
        run: merge::unmerge,
    },
    Command {
        names: &["private", "私密", "转私聊"],
        who: Who::Anyone,
        help: "help-private",
        run: |ctx, message, rest| anonymous::typed(ctx, message, rest, own_room::typed),
    },
    Command {
        names: outage::NAMES,
        who: Who::Staff,
        help: "help-outage",
        run: outage::typed,
    },
    Command {
        names: &["eta", "预计"],
        who: Who::Staff,
        help: "help-eta",
        run: eta::typed,
    },
    Command {
        names: &["for", "代报"],
        who: Who::Staff,
        help: "help-for",
        run: caller::typed,
    },
    Command {
        names: &["round", "rounds", "巡检"],
        who: Who::Staff,
        help: "help-round",
        run: rounds::typed,
    },
    Command {
        names: &["check", "勾选", "勾"],
        who: Who::Staff,
        help: "help-check",
        run: rounds::check,
    },
    Command {
        names: reply::NAMES,
        who: Who::Staff,
        help: "help-reply",
        run: reply::typed,
    },
    Command {
        names: &["anonymous", "匿名"],
        who: Who::Anyone,
        help: "help-anonymous",
        run: anonymous::command,
    },
    Command {
        names: &["limit", "限制匿名"],
        who: Who::Manager,
        help: "help-limit",
        run: anonymous::limit,
    },
    Command {
        names: &["rate", "评价"],
        who: Who::Anyone,
        help: "help-rate",
        run: |ctx, message, rest| anonymous::typed(ctx, message, rest, after::rate),
    },
    Command {
        names: &["reviewed", "已回访"],
        who: Who::Manager,
        help: "help-reviewed",
        run: after::reviewed,
    },
    correction!(
        Urgency,
        Staff,
        "help-urgent",
        &["urgent", "加急", "紧急程度"]
    ),
    correction!(Trade, Staff, "help-trade", &["trade", "工种"]),
    correction!(Category, Staff, "help-category", &["category", "类别"]),
    correction!(Address, Anyone, "help-address", &["address", "地址"]),
    Command {
        names: &["ticket", "工单"],
        who: Who::Anyone,
        help: "help-ticket",
        run: |ctx, message, rest| anonymous::typed(ctx, message, rest, show),
    },
    Command {
        names: &["stats", "统计"],
        who: Who::Staff,
        help: "help-stats",
        run: figures::typed,
    },
    Command {
        names: &["open", "待办"],
        who: Who::Anyone,
        help: "help-open",
        run: |ctx, message, _| list_open(ctx, message),
    },
    Command {
        names: &["mine", "我的"],
        who: Who::Anyone,
        help: "help-mine",
        run: |ctx, message, _| list_mine(ctx, message),
    },
];

fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str, action: Action) {
    let (number, words) = split(rest);
    let Some(ticket) = named(ctx, message, number) else {
        return;
    };
    if action == Action::Decline && words.trim().is_empty() {
        let language = ctx.language_for(&message.sender);
        let said = ctx.say(language, "decline-why", &[]);
        return answer(ctx, message, said);
    }
    let path = Path::typed(message, words);
    act(ctx, ticket, action, &message.sender, &path);
}

/// The ticket that a command names by number, or else the one whose message it answers. Where there is none the
/// sender is told.
pub fn named(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) -> Option<Ticket> {
    let number = number(rest);
    let found = match number {
        Some(no) => Ticket::load(ctx, TicketNo(no)),
        None => {
            let around = message.reply_to.iter().chain(&message.thread);
            let around: Vec<_> = around.cloned().collect();
            let found = around.iter().find_map(|event| Ticket::of_event(ctx, event));
            found.or_else(|| own_room::ticket_of(ctx, &message.room))
        }
    };
    let found = found.filter(|ticket| may_see(ctx, ticket, message));
    if found.is_none() {
        let language = ctx.language_for(&message.sender);
        let said = match number {
            Some(no) => ctx.say(
                language,
                "no-such-ticket",
                &[("no", Arg::Number(i64::from(no)))],
            ),
            None => ctx.say(language, "which-ticket", &[]),
        };
        answer(ctx, message, said);
    }
    found
}

/// A private ticket is seen by its reporter and by staff only.
fn may_see(ctx: &Context<'_, '_>, ticket: &Ticket, message: &Message) -> bool {
    let person = ctx.community.person(&message.sender);
    !ticket.private || ticket.is_reporter(&message.sender) || Who::Staff.includes(person)
}

/// The number that a command begins with, which may be left out in a reply, and the rest.
pub fn split(rest: &str) -> (&str, &str) {
    let rest = rest.trim();
    let (first, others) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let digits = first.trim_start_matches(['#', '＃']);
    let is_number = !digits.is_empty()
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    if is_number {
        (first, others)
    } else {
        ("", rest)
    }
}

/// The number at the start of a command's arguments: `12`, `#12`, `１２`.
pub fn number(rest: &str) -> Option<u32> {
    let digits: String = rest
        .trim_start_matches(['#', '＃', ':', '：', ' '])
        .chars()
        .map_while(|c| match c {
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
            other => other.is_ascii_digit().then_some(other),
        })
        .collect();
    digits.parse().ok()
}

pub fn answer(ctx: &mut Context<'_, '_>, message: &Message, said: Said) {
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), true, said.calling_nobody());
}

/// Answers with what a ticket says: it goes with the ticket where that is taken out of the crowd.
pub fn answer_about(ctx: &mut Context<'_, '_>, message: &Message, ticket: &Ticket, said: Said) {
    let post = Post {
        content: said.calling_nobody(),
        quiet: true,
        reply_to: Some(Target::Event(message.id.clone())),
        thread: None,
        about: Some(card::about(ticket.no)),
    };
    let sent = ctx.ask(&message.room, Lane::Talk, Effect::Post(post));
    tell::remember(ctx, ticket, &message.room, &sent);
}

/// `!ticket 12`: the card as it would be shown here, and the newest lines of its history.
fn show(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let Some(ticket) = named(ctx, message, rest) else {
        return;
    };
    let language = ctx.language_for(&message.sender);
    let mut lines = vec![card::render(ctx, &ticket, &message.room)];
    let for_staff = ctx.community.staff_room() == Some(&message.room);
    let hidden = ticket.is_hidden_in(ctx, &message.room);
    let shown = u32::try_from(limits::HISTORY_ROWS_MAX).unwrap_or(u32::MAX);
    for row in ticket.history_rows.saturating_sub(shown)..ticket.history_rows {
        let line = ctx.get::<HistoryRow>(&history_id(ticket.no, row));
        lines.extend(
            line.map(|line| history_line(ctx, language, &ticket, &line, hidden, for_staff)),
        );
    }
    answer_about(ctx, message, &ticket, Said::lines(lines));
}

fn history_line(
    ctx: &Context<'_, '_>,
    language: Language,
    ticket: &Ticket,
    line: &HistoryRow,
    hidden: bool,
    for_staff: bool,
) -> Said {
    let what = match &line.what {
        What::Opened => ctx.say(language, "history-opened", &[]),
        What::Moved(action) => ctx.say(language, &format!("history-{}", action.key()), &[]),
        What::Said { .. } if hidden => ctx.say(language, "history-said-hidden", &[]),
        What::Said { text, .. } => {
            let text = shorten(&text.replace('\n', " "), 60);
            ctx.say(language, "history-said", &[("text", Arg::Text(&text))])
        }
        What::Voice { .. } if hidden => ctx.say(language, "history-said-hidden", &[]),
        What::Voice { text, .. } => {
            let text = shorten(&text.replace('\n', " "), 60);
            ctx.say(language, "history-voice", &[("text", Arg::Text(&text))])
        }
        What::Gathered { from } => {
            let from = Arg::Number(i64::from(from.0));
            ctx.say(language, "history-gathered", &[("from", from)])
        }
        What::Rated { stars: Some(stars) } => {
            let stars = Arg::Number(i64::from(*stars));
            ctx.say(language, "history-rated", &[("stars", stars)])
        }
        What::Rated { stars: None } => ctx.say(language, "history-unrated", &[]),
        What::Reviewed => ctx.say(language, "history-reviewed", &[]),
        What::FollowedUp => ctx.say(language, "history-followed-up", &[]),
        What::StillWell => ctx.say(language, "history-still-well", &[]),
        What::Limited { lifted: false } => ctx.say(language, "history-limited", &[]),
        What::Limited { lifted: true } => ctx.say(language, "history-limit-lifted", &[]),
        What::Ticked => ctx.say(language, "history-ticked", &[]),
        What::Missed => ctx.say(language, "history-missed", &[]),
        What::TakenApart => ctx.say(language, "history-taken-apart", &[]),
        What::Helps => ctx.say(language, "history-helps", &[]),
        What::HelpsNoMore => ctx.say(language, "history-helps-no-more", &[]),
        What::Left => ctx.say(language, "history-left", &[]),
        What::Inherited => ctx.say(language, "history-inherited", &[]),
        What::Attached { .. } => ctx.say(language, "history-attached", &[]),
        What::Edited => ctx.say(language, "history-edited", &[]),
        What::Withdrawn => ctx.say(language, "history-withdrawn", &[]),
        // Nobody else is to read in which flat it is.
        What::Corrected {
            point: Point::Address,
            ..
        } if !for_staff => ctx.say(language, "history-edited", &[]),
        What::Corrected { point, to } => {
            let key = format!("history-corrected-{}", point.key());
            let to = card::named(ctx, language, *point, to);
            ctx.say(language, &key, &[("to", Arg::Text(&to))])
        }
        What::NobodyOnDuty => ctx.say(language, "history-nobody-on-duty", &[]),
        What::Assigned { to } => {
            ctx.say(language, "history-assign", &[("to", Arg::Text(&to.name))])
        }
        What::Alarmed => ctx.say(language, "history-alarmed", &[]),
        What::Promised { .. } => ctx.say(language, "history-eta", &[]),
        What::Called { clock, .. } => ctx.say(language, called_key(*clock), &[]),
    };
    // Who has called, and from where, is for staff.
    let is_call = matches!(line.what, What::Voice { .. }) && !for_staff;
    let words = line.words.as_ref().filter(|_| !hidden && !is_call);
    let what = match words {
        Some(words) => {
            let args = [("what", Arg::Said(&what)), ("words", Arg::Text(words))];
            ctx.say(language, "history-words", &args)
        }
        None => what,
    };
    let at = ctx.moment(line.at);
    let who = match &line.who {
        None => "linli".to_owned(),
        Some(who) if hidden && ticket.is_reporter(&who.user) => card::reporter_name(ctx, ticket),
        Some(who) => who.name.clone(),
    };
    let args = [
        ("at", Arg::Text(&at)),
        ("who", Arg::Text(&who)),
        ("what", Arg::Said(&what)),
    ];
    ctx.say(language, "history-row", &args)
}

fn called_key(clock: Clock) -> &'static str {
    match clock {
        Clock::Answer => "history-call-answer",
        Clock::Resolve => "history-call-resolve",
        Clock::Claim => "history-call-claim",
        Clock::Eta => "history-call-eta",
    }
}

/// `!open`: what is open; in a building's room, what was reported there.
fn list_open(ctx: &mut Context<'_, '_>, message: &Message) {
    let numbers = if ctx.community.staff_room() == Some(&message.room) {
        open_in(ctx, ALL_OPEN)
    } else {
        let community = ctx.community.clone();
        let was_here = |room: &&RoomId| community.present(room) == &message.room;
        let before = community.replaced.keys().filter(was_here);
        let rooms = before.chain([&message.room]);
        rooms
            .flat_map(|room| open_in(ctx, &list_in(room)))
            .collect()
    };
    list(ctx, message, &numbers, "open-none");
}

/// `!mine`: what the asker has claimed, and what they have reported.
fn list_mine(ctx: &mut Context<'_, '_>, message: &Message) {
    let numbers = open_of(ctx, message);
    list(ctx, message, &numbers, "mine-none");
}

/// Somebody asks how it stands with what they reported: true where it was answered. Who has nothing open is
/// answered only when they asked us, for they may be talking with a neighbour.
pub fn answer_status(ctx: &mut Context<'_, '_>, message: &Message, asked_us: bool) -> bool {
    let numbers = open_of(ctx, message);
    if numbers.is_empty() && !asked_us {
        return false;
    }
    list(ctx, message, &numbers, "mine-none");
    true
}

/// The numbers of the open tickets of whoever asks; of what they have reported anonymously only where nobody reads along.
fn open_of(ctx: &mut Context<'_, '_>, message: &Message) -> Vec<String> {
    let mut numbers = open_in(ctx, &list_of(&message.sender));
    let unnamed = anonymous::of(ctx, &message.sender, &message.room);
    numbers.extend(unnamed.into_iter().map(TicketNo::key));
    numbers.sort();
    numbers
}

/// The numbers of the open tickets in a list, the oldest first.
pub fn open_in(ctx: &mut Context<'_, '_>, list: &str) -> Vec<String> {
    let keys = ctx.scan::<Open>(&format!("{list}/"), limits::OPEN_SCAN_MAX);
    let number = |(key, _): (String, Open)| Some(key.rsplit_once('/')?.1.to_owned());
    keys.into_iter().filter_map(number).collect()
}

fn list(ctx: &mut Context<'_, '_>, message: &Message, numbers: &[String], none: &str) {
    let language = ctx.language_for(&message.sender);
    if numbers.is_empty() {
        let said = ctx.say(language, none, &[]);
        return answer(ctx, message, said);
    }
    let count = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    let mut lines = vec![
        ctx.say(language, "list-head", &[("count", Arg::Number(count))])
            .bold(),
    ];
    for number in numbers.iter().take(limits::LIST_ROWS_MAX) {
        let Some(ticket) = Ticket::named(ctx, number) else {
            continue;
        };
        let row = card::row(ctx, &ticket, language, Some(&message.room));
        let age = card::age(ctx, &ticket, language);
        lines.push(ctx.say(
            language,
            "list-row",
            &[("row", Arg::Said(&row)), ("age", Arg::Said(&age))],
        ));
    }
    if numbers.len() > limits::LIST_ROWS_MAX {
        let more = i64::try_from(numbers.len() - limits::LIST_ROWS_MAX).unwrap_or(i64::MAX);
        lines.push(ctx.say(language, "list-more", &[("count", Arg::Number(more))]));
    }
    answer(ctx, message, Said::lines(lines));
}

#[cfg(test)]
mod tests {
    use super::{number, split};

    #[test]
    fn a_number_may_be_left_out() {
        assert_eq!(split(" 12 3-2-501"), ("12", "3-2-501"));
        assert_eq!(split("3-2-501"), ("", "3-2-501"));
        assert_eq!(split("#12"), ("#12", ""));
        assert_eq!(split("＃１２ 急"), ("＃１２", "急"));
        assert_eq!(split(""), ("", ""));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(number("12"), Some(12));
        assert_eq!(number("#12 好的"), Some(12));
        assert_eq!(number("１２"), Some(12));
        assert_eq!(number("：7"), Some(7));
        assert_eq!(number("abc"), None);
        assert_eq!(number(""), None);
        assert_eq!(number("99999999999"), None);
    }
}
