//! People in danger: what they are told at once, and who is called until somebody takes it.
//!
//! Nothing is waited for: neither an address nor the working hours. The reporter reads what to do and whom to ring. In
//! the staff room those of the trade who are on duty and the managers are called, then all staff, again and again.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{
    TicketSettings, card, tell,
    ticket::{Named, Ticket, What},
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post, Target},
        ids::{EventId, HOUR_MS, MINUTE_MS, Millis, UserId},
        limits,
        speech::{Arg, Said, shorten},
    },
    text::{
        danger::{self, Danger},
        intent,
        language::Language,
        posts::{self, Way},
    },
};

/// The note of the timer that calls again.
pub const ALARM: &str = "alarm";

/// How staff are called, and whom residents are told to ring. The defaults are the public numbers of mainland China.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Emergency {
    /// Minutes after which staff are called again while nobody has claimed it; 0: called only once.
    pub repeat_minutes: u32,
    /// The fire brigade.
    pub fire: String,
    /// The ambulance.
    pub medical: String,
    pub police: String,
    /// The gas company; empty: the fire brigade.
    pub gas: String,
    /// Rescue from lifts; empty: the fire brigade.
    pub lift: String,
}

impl Default for Emergency {
    fn default() -> Self {
        Self {
            repeat_minutes: 2,
            fire: "119".to_owned(),
            medical: "120".to_owned(),
            police: "110".to_owned(),
            gas: String::new(),
            lift: String::new(),
        }
    }
}

impl Emergency {
    fn or_fire<'s>(&'s self, own: &'s str) -> &'s str {
        if own.is_empty() { &self.fire } else { own }
    }
}

/// The danger that a report tells of, by its words; or by the tag of a post, which calls for somebody missing whatever
/// its words are.
pub fn danger(ctx: &Context<'_, '_>, text: &str) -> Option<Danger> {
    danger::told(&intent::own_words(text)).or_else(|| {
        let kind = posts::kind_of(text, &ctx.community.kinds);
        kind.filter(|kind| kind.way == Way::Alarm)
            .map(|_| Danger::Missing)
    })
}

/// People are in danger: says what to do, once for each kind of danger, and calls staff, if nobody has taken it.
pub fn raise(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let danger = danger(ctx, &ticket.text);
    if !ticket.blanked && ticket.warned_of.insert(danger) {
        let who = Named {
            user: ticket.reporter.user.clone(),
            name: card::reporter_name(ctx, ticket),
        };
        let (report, text) = (&ticket.report, &ticket.text);
        warn(ctx, ticket, &who, report, text, ticket.language);
    }
    if ticket.alarms == 0 && ticket.waits_for_staff() {
        call(ctx, ticket);
    }
}

/// What people in such a danger must do, said to who has told of it.
pub fn warn(
    ctx: &mut Context<'_, '_>,
    ticket: &Ticket,
    who: &Named,
    report: &EventId,
    text: &str,
    language: Language,
) {
    let danger = danger(ctx, text);
    let emergency = ctx.settings::<TicketSettings>().emergency.clone();
    let args = [
        ("reporter", Arg::Call(&who.user, &who.name)),
        ("fire", Arg::Text(&emergency.fire)),
        ("medical", Arg::Text(&emergency.medical)),
        ("police", Arg::Text(&emergency.police)),
        ("gas", Arg::Text(emergency.or_fire(&emergency.gas))),
        ("lift", Arg::Text(emergency.or_fire(&emergency.lift))),
    ];
    let said = ctx.say(language, safety_key(danger), &args);
    let post = Post {
        content: said,
        quiet: false,
        reply_to: Some(Target::Event(report.clone())),
        thread: None,
        about: Some(card::about(ticket.no)),
    };
    let sent = ctx.ask(&ticket.room, Lane::Answer, Effect::Post(post));
    tell::remember(ctx, ticket, &ticket.room, &sent);
}

fn safety_key(danger: Option<Danger>) -> &'static str {
    match danger {
        Some(Danger::Fire) => "safety-fire",
        Some(Danger::Gas) => "safety-gas",
        Some(Danger::Trapped) => "safety-trapped",
        Some(Danger::Current) => "safety-current",
        Some(Danger::Missing) => "safety-missing",
        Some(Danger::Life) => "safety-life",
        Some(Danger::Falling) => "safety-falling",
        None => "safety-other",
    }
}

/// Nobody has taken it by `due`.
pub fn again(ctx: &mut Context<'_, '_>, mut ticket: Ticket, due: Millis) {
    if ticket.alarm_at != Some(due) {
        return;
    }
    if ticket.is_emergency() && ticket.waits_for_staff() {
        call(ctx, &mut ticket);
    } else {
        // Should it become one again, it is called for anew.
        ticket.alarms = 0;
        ticket.alarm_at = None;
    }
    ticket.save(ctx);
}

/// Calls those of the trade who are on duty and the managers, and from the second time on all staff; and again after a
/// while.
fn call(ctx: &mut Context<'_, '_>, ticket: &mut Ticket) {
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let language = ctx.community.language;
    let (called, is_nobody) = called(ctx, ticket);
    let called = tell::calling(ctx, &called);
    // Said once: from the second time on everybody is called.
    let nobody = if is_nobody && ticket.alarms == 0 {
        tell::nobody_on_duty(ctx, ticket, "nobody-on-duty")
    } else {
        Said::default()
    };
    let age = card::age(ctx, ticket, language);
    let place = card::where_to_go(ctx, ticket, language);
    let words = shorten(&card::words(ctx, ticket), limits::ALARM_WORDS_CHARS_MAX);
    let args = [
        ("no", Arg::Number(i64::from(ticket.no.0))),
        ("words", Arg::Text(&words)),
        ("called", Arg::Said(&called)),
        ("nobody", Arg::Said(&nobody)),
        ("where", Arg::Text(&place)),
        ("age", Arg::Said(&age)),
    ];
    let key = if ticket.alarms == 0 {
        "alarmed"
    } else {
        "alarmed-again"
    };
    let said = ctx.say(language, key, &args);
    let sent = tell::sentence(ctx, ticket, &room, said);
    // Whoever is called need not look for the card.
    let take = Effect::React {
        target: Target::Sent(sent),
        key: "🙋".to_owned(),
    };
    ctx.ask(&room, Lane::Talk, take);
    ticket.note(ctx, None, What::Alarmed);
    ticket.alarms = ticket.alarms.saturating_add(1);
    let minutes = ctx.settings::<TicketSettings>().emergency.repeat_minutes;
    let pause = if ticket.alarms < limits::ALARMS_OFTEN {
        i64::from(minutes) * MINUTE_MS
    } else {
        HOUR_MS
    };
    ticket.alarm_at = (minutes > 0).then(|| ctx.now.plus(pause));
    if let Some(due) = ticket.alarm_at {
        let id = format!("{ALARM}.{}", ticket.no);
        ctx.wake_at(due, &id, &format!("{ALARM} {}", ticket.no));
    }
}

/// Whoever is called this time, and whether nobody of the trade is on duty. Managers are called wherever they are.
fn called(ctx: &Context<'_, '_>, ticket: &Ticket) -> (BTreeSet<UserId>, bool) {
    let mut called = tell::skilled_on_duty(ctx, ticket.matter.trade);
    let is_nobody = called.is_empty();
    called.extend(tell::all(ctx, |person| {
        person.manager || person.staff && (is_nobody || ticket.alarms > 0)
    }));
    (called, is_nobody)
}
