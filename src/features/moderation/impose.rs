//! Carrying a sanction out: the one way in for rules, commands, taps and what was done natively.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    NAME,
    case::{By, Case, Dossier, End, How, Kind},
    levels, lift,
    settings::{self, Exempt, ModerationSettings},
    tell,
};
use crate::features::spam;
use crate::{
    domain::{
        community::Purpose,
        context::Context,
        effect::{Act, Effect, Lane, Target},
        ids::{EventId, RoomId, UserId},
        input::Membership,
        limits,
        power::Need,
        record::Record,
        speech::shorten,
    },
    text::span::Span,
};

/// A sanction to carry out.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub user: UserId,
    pub kind: Kind,
    pub span: Span,
    /// The only room it is for; None for the whole community.
    pub room: Option<RoomId>,
    pub by: By,
    pub reason: String,
    /// The message it is about, and its room.
    pub about: Option<(RoomId, EventId)>,
    /// Strikes that it gives.
    pub strikes: u32,
    /// What somebody has done natively already.
    pub seen: Option<Seen>,
    /// Who is told of it.
    pub telling: Telling,
    /// Whether whoever asks removes the message by themselves.
    pub removes_itself: bool,
}

/// Who is told of a sanction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// Its member in private, and the moderators in the staff room.
    All,
    /// The member alone: whoever asks for it tells the moderators.
    Member,
    Nobody,
}

/// What was done natively.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub room: RoomId,
    /// The entry in the power levels before.
    pub entry: Option<i64>,
    /// Whether the member was in the room.
    pub was_in: bool,
}

/// Why a sanction is not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Exempt(Exempt),
    /// linli has not power enough in any of the rooms.
    TooWeak,
    /// It is a rehearsal: the staff room was told.
    DryRun,
}

/// That the staff room was told of a room in which linli can do too little.
#[derive(Serialize, Deserialize)]
struct Weak;

impl Record for Weak {
    const KIND: &'static str = "weak";
}

/// Carries a sanction out. Who may ask for it the caller has checked.
///
/// # Errors
/// Why it is not carried out; nothing has happened then.
pub fn impose(ctx: &mut Context<'_, '_>, order: &Order) -> Result<Case, Refused> {
    ctx.as_feature(NAME, |ctx| impose_here(ctx, order))
}

fn impose_here(ctx: &mut Context<'_, '_>, order: &Order) -> Result<Case, Refused> {
    if let Some(why) = settings::exempt(ctx, &order.user) {
        return Err(Refused::Exempt(why));
    }
    if let (Kind::Redact, Some((room, _)), None) = (order.kind, &order.about, &order.seen)
        && !is_strong_enough(ctx, room, order)
    {
        tell_weak(ctx, room, order.kind);
        return Err(Refused::TooWeak);
    }
    let rooms = rooms_for(ctx, order);
    let (strong, weak): (Vec<_>, Vec<_>) = rooms
        .into_iter()
        .partition(|(room, _)| is_strong_enough(ctx, room, order));
    for (room, _) in &weak {
        tell_weak(ctx, room, order.kind);
    }
    if strong.is_empty() && !weak.is_empty() && order.seen.is_none() {
        return Err(Refused::TooWeak);
    }
    let settings: &ModerationSettings = ctx.settings();
    if settings.dry_run && order.seen.is_none() {
        tell::rehearsal(ctx, order);
        return Err(Refused::DryRun);
    }
    let mut case = open(ctx, order);
    for (room, is_in) in strong {
        act_in(ctx, &mut case, &room, is_in, order.seen.as_ref());
    }
    if let (Kind::Redact, Some((room, event)), None, false) =
        (order.kind, &order.about, &order.seen, order.removes_itself)
    {
        let redact = Effect::Redact {
            target: Target::Event(event.clone()),
            reason: tell::reason_shown(ctx, &case),
        };
        ctx.ask(room, Lane::Guard, redact);
    }
    if lasts(&case) {
        if let Some(until) = case.until {
            ctx.wake_at(
                until,
                &format!("case.{}", case.no),
                &format!("end {}", case.no),
            );
        }
    } else {
        case.end = Some(End {
            at: ctx.now,
            how: How::Done,
            by: None,
        });
    }
    let before = count(ctx, &mut case, order.strikes);
    case.save(ctx);
    tell::imposed(ctx, &case, order);
    if let Some(before) = before {
        case.led_to = climb(ctx, &case, before);
        case.save(ctx);
    }
    if let (By::Person(_), Some((_, event))) = (&order.by, &order.about)
        && spam::learn::says_spam(&order.reason)
    {
        spam::learn::removed(ctx, &order.user, event);
    }
    Ok(case)
}

/// True where a sanction goes on until it is ended, rather than being done at once.
fn lasts(case: &Case) -> bool {
    match case.kind {
        Kind::Warn | Kind::Redact => false,
        Kind::Remove => case.until.is_some(),
        Kind::Mute | Kind::Ban => true,
    }
}

fn open(ctx: &mut Context<'_, '_>, order: &Order) -> Case {
    let until = match order.span {
        Span::For(ms) if !matches!(order.kind, Kind::Warn | Kind::Redact) => Some(ctx.now.plus(ms)),
        Span::For(_) | Span::Forever => None,
    };
    Case {
        no: Case::next_number(ctx),
        user: order.user.clone(),
        kind: order.kind,
        by: order.by.clone(),
        reason: shorten(&order.reason.replace('\n', " "), limits::REASON_CHARS_MAX),
        room: order.room.clone(),
        at: ctx.now,
        until,
        about: order.about.as_ref().map(|(_, event)| event.clone()),
        rooms: Vec::new(),
        left: Vec::new(),
        spared: Vec::new(),
        strike: 0,
        led_to: None,
        end: None,
        appealed: false,
        in_card: order.telling == Telling::Member || tell::is_by_spam(&order.by),
    }
}

/// The rooms in which something must be done, and whether the member is in each.
fn rooms_for(ctx: &mut Context<'_, '_>, order: &Order) -> Vec<(RoomId, bool)> {
    if matches!(order.kind, Kind::Warn | Kind::Redact) {
        return Vec::new();
    }
    let community = ctx.community.clone();
    let mut found = Vec::new();
    for (room, purpose) in community.rooms() {
        if order.room.as_ref().is_some_and(|only| only != room) {
            continue;
        }
        let seen = order.seen.as_ref().filter(|seen| seen.room == *room);
        let is_in = seen.map_or_else(
            || {
                let standing = ctx.membership(room, &order.user);
                matches!(standing, Some(Membership::Join | Membership::Invite))
            },
            |seen| seen.was_in,
        );
        // A ban from the space and the rooms for all keeps everybody out of the rooms that its members may join.
        let gate = matches!(purpose, Purpose::Space | Purpose::Notice | Purpose::Lobby);
        let named = order.room.is_some() && order.kind != Kind::Remove;
        let is_banned = ctx.membership(room, &order.user) == Some(Membership::Ban);
        // A ban that was there before linli is not ours, and would be lifted with this one.
        if is_banned && seen.is_none() && !had_banned(ctx, room, &order.user) {
            continue;
        }
        let closes = order.kind == Kind::Ban && (gate || is_banned);
        if is_in || seen.is_some() || named || closes {
            found.push((room.clone(), is_in));
        }
    }
    found
}

/// True where a ban of ours was for this room, whether it holds or not.
pub fn had_banned(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) -> bool {
    let cases = Case::of(ctx, user, usize::MAX);
    let mut bans = cases.iter().filter(|case| case.kind == Kind::Ban);
    bans.any(|case| case.rooms.contains(room) || case.spared.contains(room))
}

fn is_strong_enough(ctx: &mut Context<'_, '_>, room: &RoomId, order: &Order) -> bool {
    if order.seen.as_ref().is_some_and(|seen| seen.room == *room) {
        return true;
    }
    let need = match order.kind {
        Kind::Mute => Need::SetLevels,
        Kind::Remove => Need::Kick,
        Kind::Ban => Need::Ban,
        Kind::Redact => {
            let state = ctx.room_state(room);
            return state.levels.is_none() || state.may(&ctx.bot(), Need::Redact);
        }
        Kind::Warn => return true,
    };
    let state = ctx.room_state(room);
    // Where nothing is known yet the homeserver has the word.
    let may = state.levels.is_none() || state.may_to(&ctx.bot(), need, &order.user);
    may && (order.kind != Kind::Mute || levels::silent(ctx, room) < limits::SILENT_PER_ROOM_MAX)
}

fn tell_weak(ctx: &mut Context<'_, '_>, room: &RoomId, kind: Kind) {
    let id = format!("{room}/{}", tell::kind_key(kind));
    if ctx.get::<Weak>(&id).is_none() {
        ctx.put(&id, &Weak);
        tell::too_weak(ctx, room, kind);
    }
}

/// Does in one room what a case asks.
fn act_in(
    ctx: &mut Context<'_, '_>,
    case: &mut Case,
    room: &RoomId,
    is_in: bool,
    seen: Option<&Seen>,
) {
    let seen = seen.filter(|seen| seen.room == *room);
    let user = case.user.clone();
    let reason = tell::reason_for_all(ctx, case);
    case.rooms.push(room.clone());
    if is_in && case.kind != Kind::Mute {
        case.left.push(room.clone());
    }
    let act = match case.kind {
        Kind::Mute => {
            return levels::hold(ctx, room, &user, case.no, seen);
        }
        Kind::Remove => Act::Kick { user, reason },
        Kind::Ban => Act::Ban { user, reason },
        Kind::Warn | Kind::Redact => return,
    };
    if seen.is_none() {
        ctx.ask(room, Lane::Guard, Effect::Act(act));
    }
}

/// Counts the strikes of a case, and lists it while it lasts; returns the strikes before where there are new ones.
fn count(ctx: &mut Context<'_, '_>, case: &mut Case, strikes: u32) -> Option<i64> {
    let settings: &ModerationSettings = ctx.settings();
    let fade = settings.fade_ms();
    let mut dossier = Dossier::of(ctx, &case.user);
    if case.is_open() {
        dossier.open.push(case.no);
    }
    let before = dossier.strikes_at(ctx.now, fade);
    if strikes > 0 {
        case.strike = i64::from(strikes) * 1_000;
        dossier.strikes = before + case.strike;
        dossier.counted = ctx.now;
    }
    dossier.save(ctx, &case.user);
    (strikes > 0).then_some(before)
}

/// What follows from strikes that have come together; the number of its case.
fn climb(ctx: &mut Context<'_, '_>, case: &Case, before: i64) -> Option<u32> {
    let settings: &ModerationSettings = ctx.settings();
    let step = settings.step(before, before + case.strike).cloned()?;
    let order = Order {
        user: case.user.clone(),
        kind: step.kind,
        span: step.span,
        room: None,
        by: By::Rule("strikes".to_owned()),
        reason: case.reason.clone(),
        about: None,
        strikes: 0,
        seen: None,
        telling: Telling::All,
        removes_itself: false,
    };
    // Where the harsher one cannot be, the milder one stands.
    impose_here(ctx, &order).ok().map(|case| case.no)
}

/// Somebody under a sanction of the whole community has come into another room.
pub fn follow(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) {
    let dossier = Dossier::of(ctx, user);
    if !dossier.open.is_empty() && settings::exempt(ctx, user).is_some() {
        // Whoever has been given a role since is not sanctioned any more.
        let open = lift::open_cases(ctx, user, &[Kind::Mute, Kind::Remove, Kind::Ban]);
        return lift::end_all(ctx, &open, &By::Rule("exempt".to_owned()));
    }
    for no in dossier.open {
        let Some(mut case) = Case::load(ctx, no).filter(Case::is_open) else {
            continue;
        };
        let again = case.kind == Kind::Remove || !case.rooms.contains(room);
        if !case.holds_in(room) || !again {
            continue;
        }
        let order = Order {
            user: user.clone(),
            kind: case.kind,
            span: Span::Forever,
            room: Some(room.clone()),
            by: case.by.clone(),
            reason: case.reason.clone(),
            about: None,
            strikes: 0,
            seen: None,
            telling: Telling::Nobody,
            removes_itself: false,
        };
        if is_strong_enough(ctx, room, &order) {
            case.rooms.retain(|known| known != room);
            case.left.retain(|known| known != room);
            act_in(ctx, &mut case, room, true, None);
            case.save(ctx);
        }
    }
}
