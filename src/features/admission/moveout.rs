//! Moving out: everybody of a home is taken out of all rooms, off the roster, and its code ends; all of it can be
//! undone with a tap.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    NAME,
    applicant::{Applicant, Stands},
    codes::Issued,
    consider::consider,
    roster::{self, Resident},
};
use crate::{
    domain::{
        context::Context,
        effect::{About, Effect, Lane, Post, Target},
        ids::UserId,
        input::{Content, Message, Reaction},
        limits,
        record::Record,
        roles::Who,
        speech::{Arg, Said},
    },
    features::{
        moderation::{
            self,
            case::{By, Case, How, Kind},
            impose::{Order, Refused, Telling, impose},
            lift,
            settings::ModerationSettings,
            whom,
        },
        naming::{self, door::Door},
    },
    text::{home::Home, span::Span},
};

/// The tap that undoes it.
const UNDO: &str = "↩";

/// What was done when a home moved out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moveout {
    members: Vec<UserId>,
    /// Their removals.
    cases: Vec<u32>,
    /// What stood on the roster.
    pub residents: Vec<Resident>,
    codes: Vec<Issued>,
    applicants: Vec<(UserId, Applicant)>,
    undone: bool,
}

/// The number of the next one.
#[derive(Default, Serialize, Deserialize)]
struct NextMoveout(u32);

impl Record for Moveout {
    const KIND: &'static str = "moveout";
}

impl Record for NextMoveout {
    const KIND: &'static str = "next_moveout";
}

/// What there was to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub removed: Vec<UserId>,
    /// Those who could not be removed.
    pub kept: Vec<UserId>,
    pub moveout: Moveout,
}

/// Takes these members out of all rooms, and forgets that they were let in.
pub fn remove(ctx: &mut Context<'_, '_>, users: BTreeSet<UserId>, by: &By, outcome: &mut Outcome) {
    for user in users {
        let order = Order {
            user: user.clone(),
            kind: Kind::Remove,
            span: Span::Forever,
            room: None,
            by: by.clone(),
            reason: "reason-moved-out".to_owned(),
            about: None,
            strikes: 0,
            seen: None,
            telling: Telling::All,
            removes_itself: false,
        };
        match impose(ctx, &order) {
            Ok(case) => outcome.moveout.cases.push(case.no),
            Err(Refused::Exempt(_) | Refused::TooWeak | Refused::DryRun) => {
                outcome.kept.push(user);
                continue;
            }
        }
        if let Some(applicant) = Applicant::of(ctx, &user) {
            ctx.delete::<Applicant>(user.as_str());
            outcome.moveout.applicants.push((user.clone(), applicant));
        }
        outcome.moveout.members.push(user.clone());
        outcome.removed.push(user);
    }
}

/// The members of a home: by their names, or because they were let in for it.
pub fn members(ctx: &mut Context<'_, '_>, home: &Home) -> BTreeSet<UserId> {
    let mut found = naming::home::members_of(ctx, home);
    for (user, applicant) in Applicant::all(ctx, usize::MAX) {
        if matches!(&applicant.stands, Stands::In { home: own } if own.fits(home)) {
            found.insert(user);
        }
    }
    found
}

/// `!moveout 3-2-501`, or with somebody's name or id for one member alone.
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    if !moderation::settings::may(ctx, &message.sender, Kind::Remove, Span::Forever) {
        return answer(ctx, message, "not-allowed", &[]);
    }
    let by = By::Person(message.sender.clone());
    let mut outcome = Outcome::default();
    let content = Content {
        text: rest.to_owned(),
        ..Content::default()
    };
    let address = ctx.read(&message.room, &message.sender, &content).address;
    let home = Home::of(&address).filter(|_| named(ctx, message, rest).is_none());
    let label = if let Some(home) = home {
        let homes = homes_like(ctx, &home);
        if homes
            .iter()
            .any(|one| homes.iter().any(|other| !one.fits(other)))
        {
            let homes: Vec<String> = homes.iter().map(Home::short).collect();
            let homes = homes.join(" ");
            return answer(
                ctx,
                message,
                "moveout-which",
                &[("homes", Arg::Text(&homes))],
            );
        }
        let users = members(ctx, &home);
        remove(ctx, users, &by, &mut outcome);
        if !is_rehearsal(ctx) {
            forget(ctx, &home, &homes, &mut outcome.moveout);
        }
        home.short()
    } else {
        match whom::whom(ctx, message, rest) {
            Ok(whom) => {
                remove(ctx, BTreeSet::from([whom.user.clone()]), &by, &mut outcome);
                moderation::tell::name(ctx, &whom.user)
            }
            Err(_) => return answer(ctx, message, "moveout-how", &[]),
        }
    };
    let moveout = &outcome.moveout;
    if outcome.removed.is_empty() && moveout.residents.is_empty() && moveout.codes.is_empty() {
        let kept = names(ctx, &outcome.kept);
        let args = [("home", Arg::Text(&label)), ("kept", Arg::Text(&kept))];
        let key = if outcome.kept.is_empty() {
            "moveout-nobody"
        } else {
            "moveout-kept"
        };
        return answer(ctx, message, key, &args);
    }
    let in_staff_room = ctx.community.staff_room() == Some(&message.room);
    show(ctx, &label, &outcome);
    if !in_staff_room {
        answer(ctx, message, "moveout-done", &[("home", Arg::Text(&label))]);
    }
}

/// The member whose whole name was typed, which is more than their home.
fn named(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) -> Option<UserId> {
    if message.reply_to.is_some() {
        return None;
    }
    let user = whom::whom(ctx, message, rest).ok()?.user;
    let name = moderation::tell::name(ctx, &user);
    let read = naming::judge::read(&ctx.world.settings, &ctx.community, &message.room, &name);
    read.ok().map(|_| user)
}

/// The homes that can be meant: on the roster, and those of members.
fn homes_like(ctx: &mut Context<'_, '_>, home: &Home) -> BTreeSet<Home> {
    let listed = roster::residents(ctx, home).into_iter();
    let mut homes: BTreeSet<Home> = listed.map(|resident| resident.home).collect();
    for user in members(ctx, home) {
        homes.extend(Door::of(ctx, &user).and_then(|door| door.home));
        if let Some(Stands::In { home }) = Applicant::of(ctx, &user).map(|known| known.stands) {
            homes.insert(home);
        }
    }
    homes.retain(|own| own.fits(home));
    homes
}

/// Takes a home off the roster, and ends its codes.
pub fn forget(
    ctx: &mut Context<'_, '_>,
    home: &Home,
    homes: &BTreeSet<Home>,
    moveout: &mut Moveout,
) {
    moveout.residents = roster::residents(ctx, home);
    for resident in &moveout.residents {
        resident.unlist(ctx);
    }
    for home in homes.iter().chain([home]) {
        if let Some(issued) = Issued::of(ctx, home) {
            issued.withdraw(ctx);
            moveout.codes.push(issued);
        }
    }
}

fn is_rehearsal(ctx: &Context<'_, '_>) -> bool {
    let settings: &ModerationSettings = ctx.community.settings(moderation::NAME);
    settings.dry_run
}

/// Shows in the staff room what was done, with a tap to undo it.
pub fn show(ctx: &mut Context<'_, '_>, label: &str, outcome: &Outcome) {
    let next: NextMoveout = ctx.get("").unwrap_or_default();
    let no = next.0 + 1;
    ctx.put("", &NextMoveout(no));
    ctx.put(&key(no), &outcome.moveout);
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let language = ctx.community.language;
    let (removed, kept) = (names(ctx, &outcome.removed), names(ctx, &outcome.kept));
    let count = |users: &[UserId]| i64::try_from(users.len()).unwrap_or(0);
    let args = [
        ("home", Arg::Text(label)),
        ("count", Arg::Number(count(&outcome.removed))),
        ("members", Arg::Text(&removed)),
        ("kept", Arg::Text(&kept)),
    ];
    let mut lines = vec![ctx.say(language, "moveout-card", &args)];
    if !outcome.removed.is_empty() {
        lines.push(ctx.say(language, "moveout-members", &args));
    }
    if !outcome.kept.is_empty() {
        lines.push(ctx.say(language, "moveout-kept", &args));
    }
    lines.push(ctx.say(language, "moveout-undo", &args));
    let post = Post {
        content: Said::lines(lines).calling_nobody(),
        quiet: true,
        reply_to: None,
        thread: None,
        about: Some(About {
            feature: NAME.to_owned(),
            id: format!("moveout.{no}"),
        }),
    };
    let card = ctx.ask(&room, Lane::Answer, Effect::Post(post));
    let button = Effect::React {
        target: Target::Sent(card),
        key: format!("{UNDO}\u{fe0f}"),
    };
    ctx.ask(&room, Lane::Talk, button);
}

/// The first of some members, by their names.
fn names(ctx: &mut Context<'_, '_>, users: &[UserId]) -> String {
    let shown = users.iter().take(limits::LIST_ROWS_MAX);
    let names: Vec<String> = shown
        .map(|user| moderation::tell::name(ctx, user))
        .collect();
    names.join(&ctx.say(ctx.community.language, "list-comma", &[]).text)
}

/// A tap on such a card; true where it was one.
pub fn tapped(ctx: &mut Context<'_, '_>, tap: &Reaction) -> bool {
    let id = ctx.linked(&tap.target);
    let no = id.and_then(|id| id.strip_prefix("moveout.")?.parse().ok());
    let Some(no) = no else { return false };
    let may = Who::Moderator.includes(ctx.community.person(&tap.sender))
        && moderation::settings::may(ctx, &tap.sender, Kind::Remove, Span::Forever);
    let Some(mut moveout) = ctx.get::<Moveout>(&key(no)) else {
        return true;
    };
    if moveout.undone || !may || !tap.key.starts_with(UNDO) {
        return true;
    }
    let by = By::Person(tap.sender.clone());
    for no in &moveout.cases {
        let case = Case::load(ctx, *no);
        if let Some(case) = case.filter(|case| !case.is_undone()) {
            lift::end(ctx, case, How::Undone, Some(by.clone()));
        }
    }
    for resident in &moveout.residents {
        resident.list(ctx);
    }
    for issued in &moveout.codes {
        // A home has one code: one that was printed meanwhile ends.
        if let Some(newer) = Issued::of(ctx, &issued.home) {
            newer.withdraw(ctx);
        }
        issued.save(ctx);
    }
    for (user, applicant) in &moveout.applicants {
        applicant.save(ctx, user);
    }
    // Whoever has come to the door again meanwhile needs nobody's word any more.
    for user in &moveout.members {
        if let Some(mut applicant) = Applicant::of(ctx, user) {
            consider(ctx, user, &mut applicant);
            applicant.save(ctx, user);
        }
    }
    moveout.undone = true;
    ctx.put(&key(no), &moveout);
    let said = ctx.say(ctx.community.language, "moveout-undone", &[]);
    ctx.answer(
        &tap.room,
        Some(Target::Event(tap.target.clone())),
        true,
        said,
    );
    true
}

fn key(no: u32) -> String {
    format!("{no:08}")
}

fn answer(
    ctx: &mut Context<'_, '_>,
    message: &Message,
    key: &str,
    args: &[(&'static str, Arg<'_>)],
) {
    let language = ctx.language_for(&message.sender);
    let said = ctx.say(language, key, args);
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), true, said);
}
