//! Acting on a ticket: whatever the path, an action is judged, carried out, shown on the cards and told in words
//! to whoever must act next.
// Nothing in this file does IO.

use super::{
    assign, card, clock, commands, helpers,
    judge::{Actor, Refusal, judge},
    merge, own_room, proof, rounds,
    state::{Action, State},
    talk::Recent,
    tell,
    ticket::{Named, Tap, Ticket, What, list_of},
    voices,
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Target},
        ids::{EventId, Millis, RoomId, UserId},
        input::{Message, Reaction},
        limits,
        roles::{Trade, Who},
        speech::{Arg, Said, shorten},
    },
    features::posts,
    text::language::Language,
};

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
        at: Millis,
        words: &'p str,
        /// Whom it is about, besides who acts.
        to: Option<Named>,
    },
    /// By saying something about it, which is in the history already; refusals stay silent.
    Word {
        room: &'p RoomId,
        event: &'p EventId,
    },
}

impl<'p> Path<'p> {
    /// By a command, with the words that follow it.
    pub fn typed(message: &'p Message, words: &'p str) -> Self {
        Self::Command {
            room: &message.room,
            event: &message.id,
            at: message.at,
            words,
            to: None,
        }
    }

    /// Where they do.
    pub fn room(&self) -> &RoomId {
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

    fn to(&self) -> Option<Named> {
        match self {
            Self::Tap(_) | Self::TakenBack(_) | Self::Word { .. } => None,
            Self::Command { to, .. } => to.clone(),
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
    let actor = actor(ctx, user);
    let who = Named::of(ctx, path.room(), user);
    let mut to = path.to().unwrap_or_else(|| who.clone());
    let mut action = action;
    // Who helps leaves it to whoever has it.
    if action == Action::Unclaim && ticket.works(user) && !ticket.is_worker(user) {
        return helpers::leave(ctx, ticket, user);
    }
    // Whoever leaves it leaves it to who helps.
    if action == Action::Unclaim
        && ticket.is_worker(user)
        && ticket.state.is_open()
        && let Some(helper) = helpers::next(ctx, &ticket)
    {
        (action, to) = (Action::Assign, helper);
    }
    let is_given = is_given(action);
    match judge(&ticket, action, &actor) {
        Ok(Some(_)) if action == Action::Assign && ticket.is_worker(&to.user) => {
            already(ctx, ticket, action, user, path);
        }
        // In danger whoever comes is welcome.
        Ok(Some(_))
            if is_given
                && !ticket.is_emergency()
                && ticket.round.is_none()
                && !ticket.is_worker(&to.user)
                && assign::has_enough(ctx, &to.user) =>
        {
            refuse(ctx, ticket, action.key(), Refusal::TooMany, user, path);
        }
        Ok(Some(_)) if action == Action::Done && rounds::left(&ticket) > 0 => {
            if matches!(path, Path::Tap(_) | Path::Command { .. }) {
                rounds::ask(ctx, &ticket, user, path.room(), path.reply_to());
            }
        }
        Ok(Some(_)) if action == Action::Done && proof::is_missing(ctx, &ticket) => {
            let room = path.room().clone();
            recall(ctx, &ticket, action, user, path);
            if let Path::Tap(tap) = path {
                keep_tap(ctx, &mut ticket, tap, action);
            }
            proof::ask(ctx, ticket, user, &room, path.reply_to());
        }
        // What concerns others goes on for them.
        Ok(Some(_))
            if action == Action::Cancel
                && ticket.is_reporter(user)
                && voices::inherit(ctx, &mut ticket) =>
        {
            ticket.save(ctx);
        }
        Ok(Some(next)) => {
            if let Path::Tap(tap) = path {
                keep_tap(ctx, &mut ticket, tap, action);
            }
            if actor.staff {
                recall(ctx, &ticket, action, user, path);
            }
            let step = Step {
                action,
                from: ticket.state,
                next,
                who,
                to,
                words: path.words(),
            };
            carry_out(ctx, ticket, &step);
        }
        Ok(None) => already(ctx, ticket, action, user, path),
        Err(refusal) => refuse(ctx, ticket, action.key(), refusal, user, path),
    }
}

/// What somebody of staff shows soon after a step of theirs belongs to that ticket.
fn recall(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    action: Action,
    user: &UserId,
    path: &Path<'_>,
) {
    let at = match path {
        Path::Tap(tap) => tap.at,
        Path::Command { at, .. } => *at,
        Path::TakenBack(_) | Path::Word { .. } => return,
    };
    let mut recent = Recent::load(ctx, path.room(), user);
    // Whoever takes several at once may go to any of them.
    let others = commands::open_in(ctx, &list_of(user));
    let others = others
        .iter()
        .filter_map(|number| Ticket::named(ctx, number));
    let others: Vec<Ticket> = others.collect();
    let has_others = others
        .iter()
        .any(|other| other.no != ticket.no && other.works(user));
    let is_clear = !is_given(action) || !has_others;
    recent.report = is_clear.then_some((ticket.no, at));
    recent.save(ctx, path.room(), user);
}

/// Somebody as the table sees them.
pub fn actor<'u>(ctx: &Context<'_, '_>, user: &'u UserId) -> Actor<'u> {
    let person = ctx.community.person(user);
    Actor {
        user,
        staff: Who::Staff.includes(person),
        desk: person.is_some_and(|person| person.staff && person.trades.contains(&Trade::Desk)),
        manager: Who::Manager.includes(person),
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
pub struct Step {
    pub action: Action,
    pub from: State,
    pub next: State,
    pub who: Named,
    /// Who has it from now on, where the step gives it to somebody.
    pub to: Named,
    pub words: Option<String>,
}

fn carry_out(ctx: &mut Context<'_, '_>, mut ticket: Ticket, step: &Step) {
    let before = ticket.worker.clone();
    ticket.state = step.next;
    match step.action {
        Action::Claim | Action::Assign => ticket.worker = Some(step.to.clone()),
        Action::Unclaim => {
            ticket.worker = None;
            helpers::dismiss(ctx, &mut ticket);
        }
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
        | Action::Decline
        | Action::Merge
        | Action::Unmerge => {}
    }
    let worker = ticket.worker.clone();
    ticket
        .helpers
        .retain(|helper| Some(&helper.who) != worker.as_ref());
    ticket.by_turn = false;
    forget_taps(ctx, &mut ticket, overtaken(step.action));
    let keeps_words = ticket.state.is_waiting() || ticket.state == State::Declined;
    if !ticket.state.is_open() || matches!(step.action, Action::Unclaim | Action::Reopen) {
        ticket.eta = None;
    }
    ticket.why = step.words.clone().filter(|_| keeps_words);
    let what = if step.action == Action::Assign {
        What::Assigned {
            to: step.to.clone(),
        }
    } else {
        What::Moved(step.action)
    };
    ticket.note_with(ctx, Some(step.who.clone()), what, step.words.clone());
    rounds::ended(ctx, &mut ticket);
    card::refresh(ctx, &mut ticket);
    ticket.after.rest();
    ticket.proof.asked = None;
    if step.action == Action::Reopen {
        ticket.proof.shown = false;
    }
    if step.from == State::Cancelled {
        tell::restored(ctx, &ticket, &step.who);
    } else {
        tell::moved(ctx, &mut ticket, step, before.as_ref());
    }
    ticket.confirm_at = None;
    ticket.alarm_at = None;
    ticket.alarms = 0;
    if ticket.state == State::Done {
        clock::wait_for_confirmation(ctx, &mut ticket);
    }
    if is_given(step.action) && ticket.has_own_room() {
        own_room::ask_staff_in(ctx, &ticket);
    }
    clock::watch(ctx, &mut ticket);
    ticket.save(ctx);
    if step.action == Action::Cancel {
        merge::let_go(ctx, &ticket);
    }
    if step.action == Action::Done {
        posts::staff_are_done(ctx, &ticket.report);
    }
}

/// Whether somebody has the ticket by an action.
fn is_given(action: Action) -> bool {
    matches!(action, Action::Claim | Action::Assign)
}

/// The taps that a step has made old.
pub fn overtaken(action: Action) -> &'static [Action] {
    match action {
        Action::Claim | Action::Undone => &[],
        Action::Unclaim | Action::Assign => &[
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
        Action::Unmerge => &[],
        Action::Done | Action::Confirm | Action::Cancel | Action::Decline | Action::Merge => &[
            Action::Reopen,
            Action::SetOut,
            Action::AskResident,
            Action::PutOff,
        ],
    }
}

/// Takes old taps off the cards, so that the same tap works again with one touch.
pub fn forget_taps(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, actions: &[Action]) {
    let (old, kept): (Vec<Tap>, Vec<Tap>) = std::mem::take(&mut ticket.taps)
        .into_iter()
        .partition(|tap| actions.contains(&tap.action));
    ticket.taps = kept;
    for tap in old {
        take_off(ctx, &tap.room, tap.event);
    }
}

/// Takes a tap that counts no more off its card.
pub fn take_off(ctx: &mut Context<'_, '_>, room: &RoomId, tap: EventId) {
    ctx.delete::<Reaction>(tap.as_str());
    let redact = Effect::Redact {
        target: Target::Event(tap),
        reason: String::new(),
    };
    ctx.ask(room, Lane::Talk, redact);
}

/// It is so already: a tap is remembered in silence, a command is answered.
pub fn already(
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

/// Says why something may not be done; to who taps, once.
pub fn refuse(
    ctx: &mut Context<'_, '_>,
    mut ticket: Ticket,
    what: &str,
    refusal: Refusal,
    user: &UserId,
    path: &Path<'_>,
) {
    match path {
        Path::TakenBack(_) | Path::Word { .. } => return,
        Path::Tap(_) => {
            let told = format!("{what} {user}");
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
        Refusal::TooMany => "refused-too-many",
        Refusal::Shared => "refused-shared",
        Refusal::Inside => "refused-inside",
    };
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("name", Arg::Text(name)),
        ("worker", Arg::Text(worker)),
        ("state", Arg::Said(&state)),
    ];
    ctx.say(language, key, &args)
}
