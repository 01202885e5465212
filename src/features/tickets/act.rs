//! Acting on a ticket: whatever the path, an action is judged, carried out, shown on the cards and told in words
//! to whoever must act next. Reactions and edits wake no telephone; a sentence with a mention does.
// Nothing in this file does IO.

use super::{
    card, emergency,
    judge::{Actor, Refusal, judge},
    ticket::{Action, Named, State, Tap, Ticket, What},
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post, Target},
        ids::{EventId, HOUR_MS, MINUTE_MS, Millis, RoomId, UserId},
        input::Reaction,
        limits,
        roles::Who,
        speech::{Arg, Said},
    },
    text::language::Language,
};

use super::TicketSettings;

/// The note of the timer that recalls an unclaimed ticket.
pub const RECALL: &str = "recall";
/// The note of the timer that confirms a finished ticket.
pub const CONFIRM: &str = "confirm";

/// How somebody acts.
pub enum Path<'p> {
    /// By a tap; an action that was refused is explained once.
    Tap(&'p Reaction),
    /// By taking a tap back; refusals stay silent.
    TakenBack(&'p Reaction),
    /// By a command, which is always answered.
    Command {
        room: &'p RoomId,
        event: &'p EventId,
    },
}

impl Path<'_> {
    fn room(&self) -> &RoomId {
        match self {
            Self::Tap(tap) | Self::TakenBack(tap) => &tap.room,
            Self::Command { room, .. } => room,
        }
    }

    fn reply_to(&self) -> EventId {
        match self {
            Self::Tap(tap) | Self::TakenBack(tap) => tap.target.clone(),
            Self::Command { event, .. } => (*event).clone(),
        }
    }
}

/// Somebody does something with a ticket, or learns why not.
pub fn act(
    ctx: &mut Context<'_, '_>,
    mut ticket: Ticket,
    action: Action,
    user: &UserId,
    path: &Path<'_>,
) {
    let person = ctx.person(user);
    let actor = Actor {
        user,
        staff: Who::Staff.includes(person.as_ref()),
        manager: Who::Manager.includes(person.as_ref()),
    };
    match judge(&ticket, action, &actor) {
        Ok(Some(next)) => {
            let who = Named {
                user: user.clone(),
                name: ctx.name_of(path.room(), user),
            };
            if let Path::Tap(tap) = path {
                keep_tap(ctx, &mut ticket, tap, action);
            }
            carry_out(ctx, ticket, action, next, &who);
        }
        Ok(None) => already(ctx, ticket, action, user, path),
        Err(refusal) => refuse(ctx, ticket, action, refusal, user, path),
    }
}

/// Remembers a tap, so that taking it back can be understood.
fn keep_tap(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, tap: &Reaction, action: Action) {
    if ticket.taps.len() >= limits::TAPS_PER_TICKET_MAX {
        return;
    }
    ctx.put(tap.id.as_str(), tap);
    ticket.taps.push(Tap {
        event: tap.id.clone(),
        room: tap.room.clone(),
        user: tap.sender.clone(),
        action,
    });
}

fn carry_out(
    ctx: &mut Context<'_, '_>,
    mut ticket: Ticket,
    action: Action,
    next: State,
    who: &Named,
) {
    let before = ticket.worker.clone();
    let restored = ticket.state == State::Cancelled;
    ticket.state = next;
    match action {
        Action::Claim => ticket.worker = Some(who.clone()),
        Action::Unclaim => {
            ticket.worker = None;
            forget_taps(ctx, &mut ticket, &[Action::Claim, Action::Start]);
        }
        Action::Done => {
            forget_taps(ctx, &mut ticket, &[Action::Reopen]);
            if ticket.worker.is_none() {
                ticket.worker = Some(who.clone());
            }
        }
        Action::Reopen => {
            forget_taps(
                ctx,
                &mut ticket,
                &[Action::Done, Action::Start, Action::Confirm, Action::Cancel],
            );
        }
        Action::Confirm | Action::Cancel => forget_taps(ctx, &mut ticket, &[Action::Reopen]),
        Action::Undone => {}
        Action::Start => {
            if ticket.worker.is_none() {
                ticket.worker = Some(who.clone());
            }
        }
    }
    ticket.note(ctx, Some(who.clone()), What::Moved(action));
    card::refresh(ctx, &mut ticket);
    if restored {
        tell_restored(ctx, &ticket, who);
    } else {
        tell(ctx, &ticket, action, who, before.as_ref());
    }
    ticket.confirm_at = None;
    ticket.recall_at = None;
    ticket.alarm_at = None;
    ticket.alarms = 0;
    if ticket.state == State::Done {
        wait_for_confirmation(ctx, &mut ticket);
    }
    watch(ctx, &mut ticket);
    ticket.save(ctx);
}

/// Takes old taps off the cards, so that the same tap works again with one touch.
fn forget_taps(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, actions: &[Action]) {
    let (old, kept): (Vec<Tap>, Vec<Tap>) = std::mem::take(&mut ticket.taps)
        .into_iter()
        .partition(|tap| actions.contains(&tap.action));
    ticket.taps = kept;
    for tap in old {
        ctx.delete::<Reaction>(tap.event.as_str());
        let redact = Effect::Redact {
            target: Target::Event(tap.event),
            reason: String::new(),
        };
        ctx.ask(&tap.room, Lane::Talk, redact);
    }
}

/// Says in words what has happened, with a mention of whoever must act.
fn tell(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    action: Action,
    who: &Named,
    before: Option<&Named>,
) {
    let reporter = card::reporter_name(ctx, ticket);
    let staff_room = ctx.community.staff_room().cloned();
    let key = told_key(action, ticket.is_reporter(&who.user));
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("reporter", Arg::Call(&ticket.reporter.user, &reporter)),
        ("who", Arg::Text(&who.name)),
    ];
    let said = ctx.say(ticket.language, key, &args);
    sentence(ctx, ticket, &ticket.room.clone(), said);
    let Some(room) = staff_room.filter(|room| room != ctx.community.present(&ticket.room)) else {
        return;
    };
    // In the staff room only what somebody there must act on.
    let (key, called) = match action {
        Action::Claim => ("staff-claim", Some(who)),
        Action::Unclaim => (
            "staff-unclaim",
            before.filter(|worker| worker.user != who.user),
        ),
        Action::Reopen => ("staff-reopen", before),
        Action::Cancel => ("staff-cancel", before),
        Action::Confirm => ("staff-confirm", before),
        Action::Start | Action::Done | Action::Undone => return,
    };
    let language = ctx.community.language;
    let called = call(ctx, called);
    let place = card::address_text(ctx, &ticket.address, language);
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("who", Arg::Text(&who.name)),
        ("called", Arg::Said(&called)),
        ("where", Arg::Text(&place)),
    ];
    let said = ctx.say(language, key, &args);
    sentence(ctx, ticket, &room, said);
}

/// What the room of the report is told; the reporter is called where somebody else acted.
fn told_key(action: Action, by_reporter: bool) -> &'static str {
    match (action, by_reporter) {
        (Action::Claim, _) => "told-claim",
        (Action::Unclaim, _) => "told-unclaim",
        (Action::Start, _) => "told-start",
        (Action::Done, _) => "told-done",
        (Action::Undone, _) => "told-undone",
        (Action::Confirm, true) => "told-confirm",
        (Action::Confirm, false) => "told-confirm-by",
        (Action::Reopen, true) => "told-reopen",
        (Action::Reopen, false) => "told-reopen-by",
        (Action::Cancel, true) => "told-cancel",
        (Action::Cancel, false) => "told-cancel-by",
    }
}

/// Says that a cancelled ticket is there again, to staff above all.
fn tell_restored(ctx: &mut Context<'_, '_>, ticket: &Ticket, who: &Named) {
    let no = ("no", Arg::Number(i64::from(ticket.no.0)));
    let said = ctx.say(ticket.language, "told-restored", std::slice::from_ref(&no));
    sentence(ctx, ticket, &ticket.room, said);
    let staff_room = ctx.community.staff_room().cloned();
    if let Some(room) = staff_room.filter(|room| room != ctx.community.present(&ticket.room)) {
        let called = call(ctx, ticket.worker.as_ref());
        let args = [
            no,
            ("who", Arg::Text(&who.name)),
            ("called", Arg::Said(&called)),
        ];
        let said = ctx.say(ctx.community.language, "staff-restored", &args);
        sentence(ctx, ticket, &room, said);
    }
}

/// Tells staff that a report was taken back, and calls whoever was on the way.
pub fn tell_withdrawn(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    who: &Named,
    worker: Option<&Named>,
) {
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let language = ctx.community.language;
    let called = call(ctx, worker);
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("who", Arg::Text(&who.name)),
        ("called", Arg::Said(&called)),
    ];
    let said = ctx.say(language, "staff-withdrawn", &args);
    sentence(ctx, ticket, &room, said);
}

/// A person called by name; nothing where there is nobody to call.
fn call(ctx: &Context<'_, '_>, person: Option<&Named>) -> Said {
    person.map_or_else(Said::default, |person| {
        let who = Arg::Call(&person.user, &person.name);
        ctx.say(ctx.community.language, "call", &[("who", who)])
    })
}

/// Posts a sentence about a ticket as a reply to its card. It is quiet where it calls nobody.
pub fn sentence(ctx: &mut Context<'_, '_>, ticket: &Ticket, room: &RoomId, said: Said) {
    let reply_to = ticket
        .cards
        .iter()
        .find(|card| card.room == *room)
        .map(|card| card.target.clone());
    let post = Post {
        quiet: said.mentions.is_empty(),
        content: said,
        reply_to,
        thread: None,
        about: Some(card::about(ticket.no)),
    };
    ctx.ask(room, Lane::Answer, Effect::Post(post));
}

/// It is so already: a tap is remembered in silence, a command is answered.
fn already(
    ctx: &mut Context<'_, '_>,
    mut ticket: Ticket,
    action: Action,
    user: &UserId,
    path: &Path<'_>,
) {
    match path {
        Path::Tap(tap) => {
            keep_tap(ctx, &mut ticket, tap, action);
            ticket.save(ctx);
        }
        Path::TakenBack(_) => {}
        Path::Command { .. } => {
            let language = ctx.language_for(user);
            let said = card::head(ctx, &ticket, language);
            ctx.answer(
                path.room(),
                Some(Target::Event(path.reply_to())),
                true,
                said,
            );
        }
    }
}

fn refuse(
    ctx: &mut Context<'_, '_>,
    mut ticket: Ticket,
    action: Action,
    refusal: Refusal,
    user: &UserId,
    path: &Path<'_>,
) {
    match path {
        Path::TakenBack(_) => return,
        Path::Tap(_) => {
            let told = format!("{} {user}", action.key());
            if ticket.refused.len() >= limits::REFUSALS_MAX || !ticket.refused.insert(told) {
                return;
            }
            ticket.save(ctx);
        }
        Path::Command { .. } => {}
    }
    let language = ctx.language_for(user);
    let name = ctx.name_of(path.room(), user);
    let said = refusal_text(ctx, &ticket, language, refusal, &name);
    ctx.answer(
        path.room(),
        Some(Target::Event(path.reply_to())),
        true,
        said,
    );
}

fn refusal_text(
    ctx: &Context<'_, '_>,
    ticket: &Ticket,
    language: Language,
    refusal: Refusal,
    name: &str,
) -> Said {
    let worker = ticket
        .worker
        .as_ref()
        .map_or("", |worker| worker.name.as_str());
    let state = ctx.say(language, card::state_key(ticket.state), &[]);
    let key = match refusal {
        Refusal::NotStaff => "refused-not-staff",
        Refusal::Taken => "refused-taken",
        Refusal::NotClaimed => "refused-not-claimed",
        Refusal::NotReporter => "refused-not-reporter",
        Refusal::WrongState => "refused-state",
    };
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("name", Arg::Text(name)),
        ("worker", Arg::Text(worker)),
        ("state", Arg::Said(&state)),
    ];
    ctx.say(language, key, &args)
}

/// Sees to it that somebody takes a ticket that waits: at once where people are in danger, else within the time for a
/// first answer.
pub fn watch(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    if ticket.is_emergency() {
        return emergency::raise(ctx, ticket);
    }
    if !ticket.waits_for_staff() || ticket.recall_at.is_some() {
        return;
    }
    let minutes = ctx.settings::<TicketSettings>().first_answer_minutes;
    if minutes > 0 {
        let due = ctx.now.plus(i64::from(minutes) * MINUTE_MS);
        ticket.recall_at = Some(due);
        let id = format!("{RECALL}.{}", ticket.no);
        ctx.wake_at(due, &id, &format!("{RECALL} {}", ticket.no));
    }
}

fn wait_for_confirmation(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let hours = ctx.settings::<TicketSettings>().confirm_after_hours;
    if hours > 0 {
        let due = ctx.now.plus(i64::from(hours) * HOUR_MS);
        ticket.confirm_at = Some(due);
        let id = format!("{CONFIRM}.{}", ticket.no);
        ctx.wake_at(due, &id, &format!("{CONFIRM} {}", ticket.no));
    }
}

/// Nobody has claimed it by `due`: the desk and the managers are called.
pub fn recall(ctx: &mut Context<'_, '_>, mut ticket: Ticket, due: Millis) {
    if ticket.recall_at != Some(due) || ticket.is_emergency() {
        return;
    }
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let language = ctx.community.language;
    let community = ctx.community.clone();
    let desk = crate::domain::roles::Trade::Desk;
    let called: Vec<Said> = community
        .people
        .iter()
        .filter(|(_, person)| person.manager || (person.staff && person.trades.contains(&desk)))
        .map(|(user, person)| ctx.say(language, "call", &[("who", Arg::Call(user, &person.name))]))
        .collect();
    let called = Said::joined(language, called);
    let minutes = ctx.now.since(ticket.opened) / MINUTE_MS;
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("minutes", Arg::Number(minutes)),
        ("called", Arg::Said(&called)),
    ];
    let said = ctx.say(language, "recalled", &args);
    sentence(ctx, &ticket, &room, said);
    ticket.note(ctx, None, What::Recalled);
    ticket.save(ctx);
}

/// The reporter has not answered: the ticket counts as confirmed, if it is still the same finish.
pub fn confirm_by_time(ctx: &mut Context<'_, '_>, mut ticket: Ticket, due: Millis) {
    if ticket.confirm_at != Some(due) {
        return;
    }
    ticket.state = State::Confirmed;
    ticket.confirm_at = None;
    ticket.note(ctx, None, What::Moved(Action::Confirm));
    card::refresh(ctx, &mut ticket);
    let no = Arg::Number(i64::from(ticket.no.0));
    let said = ctx.say(ticket.language, "told-confirm-by-time", &[("no", no)]);
    sentence(ctx, &ticket, &ticket.room, said);
    ticket.save(ctx);
}
