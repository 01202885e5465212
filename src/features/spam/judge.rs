//! From what is said to what follows: who is nobody's business, what the words and the behaviour say, and what the
//! moderators have said of the same text before.
// Nothing in this file does IO.

use super::{
    NAME,
    act::{self, Doing},
    commands, learn, looks,
    settings::SpamSettings,
    signs,
    spoken::{Spoken, What},
    standing::{self, LATELY_MS, Writer},
    tell,
    wave::Known,
};
use crate::{
    domain::{
        community::Purpose,
        context::Context,
        feature::Flow,
        ids::{EventId, MINUTE_MS, UserId},
        input::{Member, Reaction},
        limits,
        speech::{Arg, Said, shorten},
    },
    text::{
        alike::Sketch,
        fold::Folded,
        intent,
        spam::{Judgement, Reason, Sign, Surroundings, Verdict, judge_with, looked_at},
    },
};

/// What comes out of something that was said.
enum Outcome {
    /// Its author was caught a moment ago: it goes with the rest.
    Straggles(Writer),
    Judged(Writer, Judgement),
}

/// Judges something that was said, and does what follows.
pub fn said(ctx: &mut Context<'_, '_>, mut spoken: Spoken<'_>) -> Flow {
    if !is_watched(ctx, &spoken) {
        return Flow::Go;
    }
    let community = ctx.community.clone();
    let settings: &SpamSettings = community.settings(NAME);
    let (mut writer, judgement) = match outcome(ctx, settings, &mut spoken) {
        Outcome::Straggles(writer) => {
            act::straggle(ctx, writer, &spoken, Doing::Removing);
            return Flow::Stop;
        }
        Outcome::Judged(writer, judgement) => (writer, judgement),
    };
    if judgement.verdict <= Verdict::Flag {
        looks::ask(ctx, settings, &spoken);
    }
    if judgement.verdict > Verdict::Allow {
        return act::follow(ctx, settings, writer, &spoken, &judgement, Doing::Removing);
    }
    if spoken.is_message() {
        if writer.said < settings.newcomer.messages {
            writer.said += 1;
        }
        writer.save(ctx, spoken.user);
    }
    Flow::Go
}

/// Judges something that is about to be said; the sentence for its author where it must not.
pub fn refused(ctx: &mut Context<'_, '_>, mut spoken: Spoken<'_>) -> Option<Said> {
    let community = ctx.community.clone();
    let settings: &SpamSettings = community.settings(NAME);
    if !is_watched(ctx, &spoken) || !act::acts(ctx, settings) {
        return None;
    }
    let reason = match outcome(ctx, settings, &mut spoken) {
        Outcome::Straggles(writer) => {
            act::straggle(ctx, writer, &spoken, Doing::Refusing);
            Reason::Reads
        }
        Outcome::Judged(_, judgement) if judgement.verdict <= Verdict::Flag || spoken.stays => {
            return None;
        }
        Outcome::Judged(writer, judgement) => {
            act::follow(ctx, settings, writer, &spoken, &judgement, Doing::Refusing);
            judgement.reasons.into_iter().next()?
        }
    };
    let language = ctx.language_for(spoken.user);
    let reason = tell::reason(ctx, language, &reason);
    Some(ctx.say(language, "spam-refused", &[("reason", Arg::Said(&reason))]))
}

fn outcome(ctx: &mut Context<'_, '_>, settings: &SpamSettings, spoken: &mut Spoken<'_>) -> Outcome {
    let text = looked_at(&spoken.text).into_owned();
    let folded = Folded::new(&text);
    spoken.brief = Sketch::of(&folded).map(|sketch| sketch.brief());
    let letters = folded.text().chars().filter(|c| c.is_alphanumeric());
    spoken.letters = letters.count();
    let mut writer = Writer::of(ctx, spoken.user);
    spoken.known = writer.is_known(settings, ctx.now);
    let is_known = spoken.known;
    let is_emergency = intent::is_emergency(&folded);
    if spoken.is_message() {
        writer.forget(is_known, spoken.at);
        writer.lately.push(standing::Said {
            at: spoken.at,
            room: spoken.room.clone(),
            event: spoken.event.clone(),
            chars: text.chars().count(),
            brief: spoken.brief,
            media: spoken.media.is_some(),
            stays: is_emergency,
            gone: false,
            text: (!is_known).then(|| shorten(&text, limits::SPAM_EXAMPLE_CHARS_MAX)),
        });
    }
    if is_emergency && spoken.is_message() {
        let mut event = Known::of(ctx, spoken.event);
        event.danger = true;
        event.save(ctx, spoken.event);
    }
    let mut judgement = judgement(ctx, settings, &writer, spoken, &folded);
    let is_report = intent::is_report(&folded) && judgement.verdict <= Verdict::Flag;
    spoken.stays = is_emergency || is_report;
    if !spoken.stays && act::straggles(ctx, &writer, spoken) {
        return Outcome::Straggles(writer);
    }
    // Too much is too much, whatever it says; but not where it tells of a danger.
    let flood = signs::flood(settings, &writer, spoken).filter(|_| spoken.is_message());
    if let Some(reason) = flood.filter(|_| !is_emergency) {
        judgement.verdict = judgement.verdict.max(Verdict::Mute);
        judgement.score = judgement.score.max(settings.scales.strict.mute.min(1.0));
        judgement.reasons.insert(0, reason);
    }
    Outcome::Judged(writer, judgement)
}

/// What is to be said of something by itself.
fn judgement(
    ctx: &mut Context<'_, '_>,
    settings: &SpamSettings,
    writer: &Writer,
    spoken: &Spoken<'_>,
    folded: &Folded<'_>,
) -> Judgement {
    let besides = signs::of(ctx, settings, writer, spoken, folded);
    let mut judgement = weighed(ctx, settings, spoken, folded, besides);
    if judgement.verdict > Verdict::Allow && learn::is_pardoned(ctx, &spoken.text) {
        judgement.verdict = Verdict::Allow;
        judgement.reasons.push(Reason::Pardoned);
    }
    judgement
}

pub fn weighed(
    ctx: &mut Context<'_, '_>,
    settings: &SpamSettings,
    spoken: &Spoken<'_>,
    folded: &Folded<'_>,
    besides: Vec<Sign>,
) -> Judgement {
    let community = ctx.community.clone();
    let own = commands::hosts(ctx, settings);
    let around = Surroundings {
        model: ctx.world.settings.model(),
        hosts: own.as_ref().unwrap_or(&settings.hosts),
        words: &settings.words,
        scales: &settings.scales,
        kinds: &community.kinds,
        known: spoken.known,
    };
    judge_with(folded, &around, besides)
}

/// Somebody's name: one that is an advert is removed at once, and counts against what they write.
pub fn named(ctx: &mut Context<'_, '_>, mut spoken: Spoken<'_>) {
    if !is_watched(ctx, &spoken) {
        return;
    }
    let community = ctx.community.clone();
    let settings: &SpamSettings = community.settings(NAME);
    let mut writer = Writer::of(ctx, spoken.user);
    writer.bad_name = false;
    spoken.known = writer.is_known(settings, ctx.now);
    let folded = Folded::new(&spoken.text);
    let mut judgement = weighed(ctx, settings, &spoken, &folded, Vec::new());
    if learn::is_pardoned(ctx, &spoken.text) {
        judgement.verdict = Verdict::Allow;
    }
    writer.bad_name = judgement.verdict >= Verdict::Flag;
    // The moderators need not be asked: the rule of names has its say.
    if judgement.verdict > Verdict::Flag {
        act::follow(ctx, settings, writer, &spoken, &judgement, Doing::Removing);
    } else if ctx.get::<Writer>(spoken.user.as_str()).is_some() || writer.bad_name {
        writer.save(ctx, spoken.user);
    }
}

/// Somebody was invited by another member.
pub fn invited(ctx: &mut Context<'_, '_>, member: &Member, event: &EventId) {
    let host = &member.sender;
    if ctx.community.purpose(&member.room).is_none() || act::is_exempt(ctx, host) {
        return;
    }
    let community = ctx.community.clone();
    let settings: &SpamSettings = community.settings(NAME);
    let mut writer = Writer::of(ctx, host);
    let is_known = writer.is_known(settings, ctx.now);
    writer.forget(is_known, ctx.now);
    writer.invites(&member.user, ctx.now);
    let people = writer.invited.len();
    // Told once, and again when it has doubled.
    let times = people / settings.invitations;
    if !people.is_multiple_of(settings.invitations) || !times.is_power_of_two() {
        return writer.save(ctx, host);
    }
    let judgement = Judgement {
        score: settings.scales.strict.flag.min(1.0),
        verdict: Verdict::Flag,
        reasons: vec![Reason::Invitations {
            people: u32::try_from(people).unwrap_or(u32::MAX),
            minutes: u32::try_from(LATELY_MS / MINUTE_MS).unwrap_or(0),
        }],
    };
    let name = ctx.name_of(&member.room, host);
    let spoken = Spoken::again((&member.room, host, event), member.at, name);
    act::follow(ctx, settings, writer, &spoken, &judgement, Doing::Removing);
}

/// A moderator says of a message that it is spam.
pub fn called_spam(ctx: &mut Context<'_, '_>, tap: &Reaction, author: &UserId) {
    let community = ctx.community.clone();
    let settings: &SpamSettings = community.settings(NAME);
    let writer = Writer::of(ctx, author);
    let said = writer.remembered(&tap.target);
    let text = said.and_then(|said| said.text.clone()).unwrap_or_default();
    let mut spoken = Spoken::again((&tap.room, author, &tap.target), tap.at, text);
    spoken.brief = said.and_then(|said| said.brief);
    spoken.known = writer.is_known(settings, ctx.now);
    learn::note(ctx, &spoken.text, true);
    let judgement = Judgement {
        score: 1.0,
        verdict: Verdict::Mute,
        reasons: vec![Reason::Moderator],
    };
    act::follow(ctx, settings, writer, &spoken, &judgement, Doing::Removing);
}

/// Whether anybody minds what is said here by this member. What they say to linli alone harms nobody, and staff are
/// among themselves.
fn is_watched(ctx: &Context<'_, '_>, spoken: &Spoken<'_>) -> bool {
    let purpose = ctx.community.purpose(spoken.room);
    let is_open = purpose.is_some_and(|purpose| *purpose != Purpose::Staff);
    // A room that was replaced can be written in by whoever holds on to it.
    let is_old = ctx.community.replaced.contains_key(spoken.room);
    let empty = spoken.text.is_empty() && spoken.what != What::Message;
    (is_open || is_old) && !empty && !act::is_exempt(ctx, spoken.user)
}
