//! Acting on a ticket: whatever the path, an action is judged, carried out, shown on the cards and told in words
//! to whoever must act next. Reactions and edits wake no telephone; a sentence with a mention does.
// Nothing in this file does IO.

use super::{
    card, emergency,
    judge::{Actor, Refusal, judge},
    state::{Action, State},
    ticket::{Named, Tap, Ticket, What},
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post, Target},
        ids::{EventId, HOUR_MS, MINUTE_MS, Millis, RoomId, Txn, UserId},
        input::Reaction,
        limits,
        roles::{Person, Trade, Who},
        speech::{Arg, Said, shorten},
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
    /// By a command, which is always answered, with the words that follow it.
    Command {
        room: &'p RoomId,
        event: &'p EventId,
        words: &'p str,
    },
    /// By saying something about it, which is in the history already; refusals stay silent.
    Word {
        room: &'p RoomId,
        event: &'p EventId,
    },
}

impl Path<'_> {
    fn room(&self) -> &RoomId {
        match self {
            Self::Tap(tap) | Self::TakenBack(tap) => &tap.room,
            Self::Command { room, .. } | Self::Word { room, .. } => room,
        }
    }

    fn reply_to(&self) -> EventId {
        match self {
            Self::Tap(tap) | Self::TakenBack(tap) => tap.target.clone(),
            Self::Command { event, .. } | Self::Word { event, .. } => (*event).clone(),
        }
    }

    fn words(&self) -> Option<String> {
        match self {
            Self::Tap(_) | Self::TakenBack(_) | Self::Word { .. } => None,
            Self::Command { words, .. } => {
                let words = shorten(&words.replace('\n', " "), limits::WHY_CHARS_MAX);
                Some(words.trim().to_owned()).filter(|words| !words.is_empty())
            }
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
            let step = Step {
                action,
                from: ticket.state,
                next,
                who,
                words: path.words(),
            };
            carry_out(ctx, ticket, &step);
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

/// A step that may be taken.
struct Step {
    action: Action,
    from: State,
    next: State,
    who: Named,
    words: Option<String>,
}

fn carry_out(ctx: &mut Context<'_, '_>, mut ticket: Ticket, step: &Step) {
    let before = ticket.worker.clone();
    ticket.state = step.next;
    match step.action {
        Action::Claim => ticket.worker = Some(step.who.clone()),
        Action::Unclaim => ticket.worker = None,
        Action::SetOut
        | Action::Start
        | Action::AskResident
        | Action::PutOff
        | Action::Resume
        | Action::Done => {
            ticket.worker.get_or_insert_with(|| step.who.clone());
        }
        Action::Answer
        | Action::Undone
        | Action::Confirm
        | Action::Reopen
        | Action::Cancel
        | Action::Decline => {}
    }
    forget_taps(ctx, &mut ticket, overtaken(step.action));
    let keeps_words = ticket.state.is_waiting() || ticket.state == State::Declined;
    ticket.why = step.words.clone().filter(|_| keeps_words);
    let what = What::Moved(step.action);
    ticket.note_with(ctx, Some(step.who.clone()), what, step.words.clone());
    card::refresh(ctx, &mut ticket);
    if step.from == State::Cancelled {
        tell_restored(ctx, &ticket, &step.who);
    } else {
        tell(ctx, &ticket, step, before.as_ref());
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

/// The taps that a step has made old.
fn overtaken(action: Action) -> &'static [Action] {
    match action {
        Action::Claim | Action::Undone => &[],
        Action::Unclaim => &[
            Action::Claim,
            Action::SetOut,
            Action::Start,
            Action::AskResident,
            Action::PutOff,
        ],
        Action::Reopen => &[
            Action::SetOut,
            Action::Start,
            Action::AskResident,
            Action::PutOff,
            Action::Done,
            Action::Confirm,
            Action::Cancel,
        ],
        Action::SetOut | Action::Start | Action::Resume | Action::Answer => {
            &[Action::AskResident, Action::PutOff]
        }
        Action::AskResident => &[Action::SetOut, Action::Start, Action::PutOff],
        Action::PutOff => &[Action::SetOut, Action::Start, Action::AskResident],
        Action::Done | Action::Confirm | Action::Cancel | Action::Decline => &[
            Action::Reopen,
            Action::SetOut,
            Action::AskResident,
            Action::PutOff,
        ],
    }
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
fn tell(ctx: &mut Context<'_, '_>, ticket: &Ticket, step: &Step, before: Option<&Named>) {
    let reporter = card::reporter_name(ctx, ticket);
    let key = told_key(step, ticket.is_reporter(&step.who.user));
    // What is said of a private matter is not for the neighbours.
    let words = step.words.as_deref().filter(|_| !ticket.private);
    let why = words.map_or_else(Said::default, |words| {
        ctx.say(ticket.language, "told-why", &[("why", Arg::Text(words))])
    });
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("reporter", Arg::Call(&ticket.reporter.user, &reporter)),
        ("who", Arg::Text(&step.who.name)),
        ("why", Arg::Said(&why)),
    ];
    let said = ctx.say(ticket.language, key, &args);
    sentence(ctx, ticket, &ticket.room.clone(), said);
    let Some(room) = other_staff_room(ctx, ticket) else {
        return;
    };
    let Some((key, called)) = for_staff(step, before) else {
        return;
    };
    let language = ctx.community.language;
    let called = if key == "staff-contested" {
        call_all(ctx, |person| person.manager)
    } else {
        call(ctx, called)
    };
    let place = card::address_text(ctx, &ticket.address, language);
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("who", Arg::Text(&step.who.name)),
        ("called", Arg::Said(&called)),
        ("where", Arg::Text(&place)),
        (
            "words",
            Arg::Text(step.words.as_deref().unwrap_or_default()),
        ),
    ];
    let said = ctx.say(language, key, &args);
    sentence(ctx, ticket, &room, said);
}

/// The staff room, unless the ticket was reported there.
pub fn other_staff_room(ctx: &Context<'_, '_>, ticket: &Ticket) -> Option<RoomId> {
    let staff_room = ctx.community.staff_room().cloned();
    staff_room.filter(|room| room != ctx.community.present(&ticket.room))
}

/// What the staff room is told, and who is called there: only what somebody must act on.
fn for_staff<'s>(
    step: &'s Step,
    before: Option<&'s Named>,
) -> Option<(&'static str, Option<&'s Named>)> {
    let others = || before.filter(|worker| worker.user != step.who.user);
    Some(match step.action {
        Action::Claim => ("staff-claim", Some(&step.who)),
        Action::Unclaim => ("staff-unclaim", others()),
        Action::Reopen if step.from == State::Declined => ("staff-contested", None),
        Action::Reopen => ("staff-reopen", before),
        Action::Cancel => ("staff-cancel", before),
        Action::Confirm => ("staff-confirm", before),
        Action::Decline => ("staff-decline", others()),
        Action::SetOut
        | Action::Start
        | Action::AskResident
        | Action::Answer
        | Action::PutOff
        | Action::Resume
        | Action::Done
        | Action::Undone => return None,
    })
}

/// What the room of the report is told; the reporter is called where somebody else acted.
fn told_key(step: &Step, by_reporter: bool) -> &'static str {
    match (step.action, by_reporter) {
        (Action::Reopen, _) if step.from == State::Declined => "told-contested",
        (Action::Claim, _) => "told-claim",
        (Action::Unclaim, _) => "told-unclaim",
        (Action::SetOut, _) => "told-set-out",
        (Action::Start, _) => "told-start",
        (Action::AskResident, _) => "told-ask-resident",
        (Action::Answer, _) => "told-answer",
        (Action::PutOff, _) => "told-put-off",
        (Action::Resume, _) => "told-resume",
        (Action::Done, _) => "told-done",
        (Action::Undone, _) => "told-undone",
        (Action::Confirm, true) => "told-confirm",
        (Action::Confirm, false) => "told-confirm-by",
        (Action::Reopen, true) => "told-reopen",
        (Action::Reopen, false) => "told-reopen-by",
        (Action::Cancel, true) => "told-cancel",
        (Action::Cancel, false) => "told-cancel-by",
        (Action::Decline, _) => "told-decline",
    }
}

/// Says that a cancelled ticket is there again, to staff above all.
fn tell_restored(ctx: &mut Context<'_, '_>, ticket: &Ticket, who: &Named) {
    let no = ("no", Arg::Number(i64::from(ticket.no.0)));
    let said = ctx.say(ticket.language, "told-restored", std::slice::from_ref(&no));
    sentence(ctx, ticket, &ticket.room, said);
    if let Some(room) = other_staff_room(ctx, ticket) {
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
pub fn call(ctx: &Context<'_, '_>, person: Option<&Named>) -> Said {
    person.map_or_else(Said::default, |person| {
        let who = Arg::Call(&person.user, &person.name);
        ctx.say(ctx.community.language, "call", &[("who", who)])
    })
}

/// All those called by name who are such a person.
pub fn call_all(ctx: &Context<'_, '_>, is_called: impl Fn(&Person) -> bool) -> Said {
    let language = ctx.community.language;
    let people = ctx.community.people.iter();
    let called = people
        .filter(|(_, person)| is_called(person))
        .map(|(user, person)| ctx.say(language, "call", &[("who", Arg::Call(user, &person.name))]));
    Said::joined(language, called)
}

/// Posts a sentence about a ticket as a reply to its card. It is quiet where it calls nobody.
pub fn sentence(ctx: &mut Context<'_, '_>, ticket: &Ticket, room: &RoomId, said: Said) -> Txn {
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
    ctx.ask(room, Lane::Answer, Effect::Post(post))
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
        Path::TakenBack(_) | Path::Word { .. } => {}
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
        Path::TakenBack(_) | Path::Word { .. } => return,
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
    let state = ctx.say(language, ticket.state.key(), &[]);
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
    let is_desk = |person: &Person| person.staff && person.trades.contains(&Trade::Desk);
    let called = call_all(ctx, |person| person.manager || is_desk(person));
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
