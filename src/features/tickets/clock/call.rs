//! Calling staff because of a clock: whoever has the ticket, then those of its trade, then the desk, then the managers;
//! a bounded number of times, when people are awake, unless people are in danger.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use super::{
    promise::{Time, shows},
    read,
    reading::{Clock, Reading},
    watch,
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Target},
        hours::Hours,
        ids::{Millis, UserId},
        roles::{Person, Trade},
        speech::{Arg, Said},
    },
    features::tickets::{
        TicketSettings, act, card, eta, figures, helpers,
        state::{Action, State},
        tell,
        ticket::{Ticket, What},
    },
};

/// More than can ever be due at one moment.
const CALLS_AT_ONCE: usize = 8;

/// Who is called, in this order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rung {
    /// Whoever has it.
    Worker,
    /// Those of its trade.
    Trade,
    Desk,
    Managers,
}

const RUNGS: [Rung; 4] = [Rung::Worker, Rung::Trade, Rung::Desk, Rung::Managers];

/// The rungs there are: nobody may have it.
fn rungs(ticket: &Ticket) -> &'static [Rung] {
    if ticket.worker.is_some() {
        &RUNGS
    } else {
        &RUNGS[1..]
    }
}

/// Calls whoever is due to be called; when the next call is due, as far as that is known today.
pub fn due(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) -> Option<Millis> {
    for _ in 0..CALLS_AT_ONCE {
        let reading = read(ctx, ticket);
        let clocks = [Clock::Claim, Clock::Eta, Clock::Answer, Clock::Resolve];
        let calls = clocks.into_iter().filter_map(|clock| {
            let due = next(ctx, ticket, &reading, clock)?;
            Some((due, clock))
        });
        let (due, clock) = calls.min()?;
        if due > ctx.now {
            return Some(due);
        }
        call(ctx, ticket, &reading, clock);
    }
    None
}

/// When the next call for a clock is due.
fn next(ctx: &Context<'_, '_>, ticket: &Ticket, reading: &Reading, clock: Clock) -> Option<Millis> {
    let promise = super::promise(ctx, ticket);
    let step = &ctx.settings::<TicketSettings>().escalation;
    let calls = reading.calls.get(&clock).copied();
    // Those in danger who wait for somebody are cried for (see `emergency`).
    let is_cried_for = ticket.is_emergency() && ticket.waits_for_staff();
    let due = match clock {
        Clock::Answer => {
            let runs = [(reading.asked.filter(|_| !is_cried_for)?, None)];
            ladder(ctx, ticket, &runs, promise.answer, step.answer_step, calls)?
        }
        Clock::Resolve if is_cried_for => return None,
        Clock::Resolve => {
            let (time, pause) = (promise.resolve, step.resolve_step);
            let due = ladder(ctx, ticket, &reading.runs, time, pause, calls)?;
            // Whoever has named a time is asked about that first.
            let named = ticket.eta.as_ref().map(|eta| eta.until);
            let hold = named.and_then(|named| after(ctx, pause, named, pause.ms));
            hold.map_or(due, |hold| due.max(hold))
        }
        Clock::Claim => {
            let (idle, time) = (reading.idle?, promise.claim);
            ticket.worker.as_ref().filter(|_| time.ms > 0)?;
            let warned = step.warns_after(time);
            match calls {
                None => after(ctx, time, idle, warned)?,
                Some((_, last)) => {
                    let since_last = after(ctx, time, last, time.ms - warned)?;
                    after(ctx, time, idle, time.ms)?.max(since_last)
                }
            }
        }
        Clock::Eta if calls.is_some() => return None,
        Clock::Eta => ticket.eta.as_ref()?.until,
    };
    if ticket.is_emergency() {
        return Some(due);
    }
    let runs_in_work = match clock {
        Clock::Answer => promise.answer.work,
        Clock::Resolve => promise.resolve.work,
        Clock::Claim => promise.claim.work,
        Clock::Eta => false,
    };
    let (work, waking) = (&ctx.community.hours, &ctx.community.waking);
    let hours = if runs_in_work { work } else { waking };
    // It may have been due while linli was down.
    if due <= ctx.now && hours.hold(ctx.now) {
        return Some(due);
    }
    hours.after(due.max(ctx.now), 0)
}

/// When the next rung is called: the first before the time is over, the next when it is, the others step by step.
fn ladder(
    ctx: &Context<'_, '_>,
    ticket: &Ticket,
    runs: &[(Millis, Option<Millis>)],
    time: Time,
    step: Time,
    calls: Option<(u32, Millis)>,
) -> Option<Millis> {
    let escalation = &ctx.settings::<TicketSettings>().escalation;
    if time.ms == 0 {
        return None;
    }
    // Danger waits for no opening hours.
    let step = Time {
        work: step.work && !ticket.is_emergency(),
        ..step
    };
    let always = Hours::always(ctx.community.timezone);
    let hours = time.hours(&ctx.community.hours, &always);
    let warned = escalation.warns_after(time);
    let Some((done, last)) = calls else {
        return shows(runs, hours, warned);
    };
    let most = u32::try_from(rungs(ticket).len())
        .unwrap_or(u32::MAX)
        .saturating_add(escalation.repeats);
    if done >= most || done > 1 && step.ms == 0 {
        return None;
    }
    let over = shows(runs, hours, time.ms)?;
    if done == 1 {
        return Some(over.max(hours.after(last, time.ms - warned)?));
    }
    let natural = after(ctx, step, over, i64::from(done - 1) * step.ms)?;
    Some(natural.max(after(ctx, step, last, step.ms)?))
}

fn after(ctx: &Context<'_, '_>, time: Time, from: Millis, ms: i64) -> Option<Millis> {
    let always = Hours::always(ctx.community.timezone);
    time.hours(&ctx.community.hours, &always).after(from, ms)
}

fn call(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, reading: &Reading, clock: Clock) {
    let done = reading.calls.get(&clock).map_or(0, |(done, _)| *done);
    if clock == Clock::Claim && done > 0 {
        return expire(ctx, ticket);
    }
    let Some(room) = ctx.community.staff_room().cloned() else {
        ticket.note(ctx, None, What::Called { clock, call: done });
        return;
    };
    let rung = match clock {
        Clock::Claim | Clock::Eta => Rung::Worker,
        Clock::Answer | Clock::Resolve => {
            let rungs = rungs(ticket);
            let at = usize::try_from(done).unwrap_or(usize::MAX);
            rungs[at.min(rungs.len() - 1)]
        }
    };
    let (called, nobody) = whom(ctx, ticket, rung);
    let called = tell::calling(ctx, &called);
    let said = words(ctx, ticket, reading, clock, &called, &nobody);
    let sent = tell::sentence(ctx, ticket, &room, said);
    if clock == Clock::Answer {
        // Whoever is called need not look for the card.
        let take = Effect::React {
            target: Target::Sent(sent),
            key: "🙋".to_owned(),
        };
        ctx.ask(&room, Lane::Talk, take);
    }
    ticket.note(ctx, None, What::Called { clock, call: done });
}

/// Whoever stands on a rung, or where nobody of them is at work, on the next; and that nobody of the trade is.
fn whom(ctx: &mut Context<'_, '_>, ticket: &mut Ticket, rung: Rung) -> (BTreeSet<UserId>, Said) {
    let mut nobody = Said::default();
    let from = RUNGS.iter().position(|other| *other == rung).unwrap_or(0);
    for rung in &RUNGS[from..] {
        let called: BTreeSet<UserId> = match rung {
            Rung::Worker => ticket.worker.iter().map(|who| who.user.clone()).collect(),
            Rung::Trade => tell::skilled_on_duty(ctx, ticket.matter.trade),
            Rung::Desk => tell::on_duty(ctx, |person: &Person| {
                person.staff && person.trades.contains(&Trade::Desk)
            }),
            Rung::Managers => tell::all(ctx, |person| person.manager),
        };
        if !called.is_empty() {
            return (called, nobody);
        }
        if *rung == Rung::Trade && tell::is_served(ctx, ticket.matter.trade) {
            nobody = tell::nobody_on_duty(ctx, ticket, "nobody-on-shift");
        }
    }
    (BTreeSet::new(), nobody)
}

/// What is said in the staff room.
fn words(
    ctx: &Context<'_, '_>,
    ticket: &Ticket,
    reading: &Reading,
    clock: Clock,
    called: &Said,
    nobody: &Said,
) -> Said {
    let language = ctx.community.language;
    let promise = super::promise(ctx, ticket);
    let always = Hours::always(ctx.community.timezone);
    let hours = |time: Time| time.hours(&ctx.community.hours, &always).clone();
    let over = match clock {
        Clock::Answer => reading
            .asked
            .and_then(|asked| after(ctx, promise.answer, asked, promise.answer.ms)),
        Clock::Resolve => shows(&reading.runs, &hours(promise.resolve), promise.resolve.ms),
        Clock::Claim => reading
            .idle
            .and_then(|idle| after(ctx, promise.claim, idle, promise.claim.ms)),
        Clock::Eta => None,
    };
    let is_late = over.is_some_and(|over| over <= ctx.now);
    let key = match (clock, is_late) {
        (Clock::Answer, false) => "call-answer-soon",
        (Clock::Answer, true) => "call-answer-late",
        (Clock::Resolve, false) => "call-resolve-soon",
        (Clock::Resolve, true) => "call-resolve-late",
        (Clock::Claim, _) if ticket.is_emergency() => "call-claim-danger",
        (Clock::Claim, _) => "call-claim",
        (Clock::Eta, _) => "call-eta",
    };
    let since = match clock {
        Clock::Answer => reading.asked,
        Clock::Claim => reading.idle,
        Clock::Resolve | Clock::Eta => None,
    };
    let length = |ms: i64| figures::length(ctx, language, ms);
    let age = length(ctx.now.since(since.unwrap_or(ticket.opened)));
    let left = length(over.map_or(0, |over| over.since(ctx.now).abs()));
    let place = card::where_to_go(ctx, ticket, language);
    let eta = ticket.eta.as_ref();
    let eta = eta.map_or_else(String::new, |named| eta::words(ctx, language, named));
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("called", Arg::Said(called)),
        ("nobody", Arg::Said(nobody)),
        ("age", Arg::Text(&age)),
        ("left", Arg::Text(&left)),
        ("where", Arg::Text(&place)),
        ("eta", Arg::Text(&eta)),
    ];
    ctx.say(language, key, &args)
}

/// Whoever claimed it has done nothing about it: it is there for everybody again.
fn expire(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let before = ticket.worker.take();
    ticket.state = State::New;
    ticket.eta = None;
    helpers::dismiss(ctx, ticket);
    ticket.by_turn = false;
    act::forget_taps(ctx, ticket, act::overtaken(Action::Unclaim));
    ticket.note(ctx, None, What::Moved(Action::Unclaim));
    card::refresh(ctx, ticket);
    let no = ("no", Arg::Number(i64::from(ticket.no.0)));
    tell::to_all(ctx, ticket, "told-expired", std::slice::from_ref(&no));
    if let Some(room) = tell::other_staff_room(ctx, ticket) {
        let called = tell::call(ctx, before.as_ref());
        let args = [no, ("called", Arg::Said(&called))];
        let said = ctx.say(ctx.community.language, "staff-expired", &args);
        tell::sentence(ctx, ticket, &room, said);
    }
    watch(ctx, ticket);
}
