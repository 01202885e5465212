//! What follows from a judgement: the message goes, its author is sanctioned, what they said before goes too, and one
//! card tells of the whole wave.
// Nothing in this file does IO.

use super::{
    card,
    settings::SpamSettings,
    signs,
    spoken::Spoken,
    standing::{Caught, Writer},
    tell,
    wave::{Hit, Known, Wave, Word},
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Target},
        feature::Flow,
        ids::{EventId, MINUTE_MS, Millis, RoomId, UserId},
        limits,
        ration::Ration,
    },
    features::{
        moderation::{
            self,
            case::{By, Kind},
            impose::{Order, Refused, Telling, impose},
            settings::ModerationSettings,
        },
        tickets,
    },
    text::{
        alike::Sketch,
        fold::Folded,
        spam::{Judgement, Reason, Verdict},
        span::Span,
    },
};

/// The rule's name in cases.
pub const RULE: &str = "spam";
/// So long after a mute or a ban what its member still says goes with the rest: it was on its way.
pub const STRAGGLERS_MS: i64 = 2 * MINUTE_MS;
/// So many of a wave in one room, and the room is told once.
const ROOM_IS_TOLD_FROM: u32 = 3;
/// So many people of a wave are told in private; past it they are a machine's accounts.
const TOLD_MAX: u32 = 20;

/// Whether what is judged is there already, or is only about to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Removing,
    Refusing,
}

/// True where something is done without a moderator's tap.
pub fn acts(ctx: &Context<'_, '_>, settings: &SpamSettings) -> bool {
    let moderation: &ModerationSettings = ctx.community.settings(moderation::NAME);
    settings.enforce && !moderation.dry_run
}

/// Does what a judgement asks for. The writer's own record is kept by this.
pub fn follow(
    ctx: &mut Context<'_, '_>,
    settings: &SpamSettings,
    mut writer: Writer,
    spoken: &Spoken<'_>,
    judgement: &Judgement,
    doing: Doing,
) -> Flow {
    let mut wave = Wave::of(ctx, &writer, spoken, judgement);
    let is_first = wave.hits == 0;
    let was_asked = wave.verdict == Verdict::Flag;
    if judgement.score >= wave.score {
        (wave.score, wave.reasons) = (judgement.score, judgement.reasons.clone());
    }
    wave.verdict = wave.verdict.max(judgement.verdict);
    let is_action = judgement.verdict > Verdict::Flag;
    let acts = acts(ctx, settings);
    wave.rehearsed = is_action && !acts;
    if is_first || was_asked && is_action {
        earlier(ctx, &mut wave, spoken);
    }
    let hit = Hit {
        user: spoken.user.clone(),
        room: spoken.room.clone(),
        event: spoken.event.clone(),
        with: spoken.with.cloned(),
        text: shortened(&spoken.text),
        cases: Vec::new(),
        removed: false,
        stays: is_action && spoken.stays,
    };
    let is_new_here = writer.caught.as_ref().is_none_or(|c| c.wave != wave.no);
    let place = wave.add(ctx, &hit, is_new_here);
    if is_action && acts {
        if was_asked {
            // What had only been asked about, and is the same text.
            for (place, hit) in wave.hits(ctx) {
                let mut other = Writer::of(ctx, &hit.user);
                if hit.user != *spoken.user && follows(ctx, settings, &other, &hit, spoken) {
                    let user = hit.user.clone();
                    punish(
                        ctx,
                        settings,
                        &mut wave,
                        &mut other,
                        (place, hit),
                        judgement,
                        (spoken.at, Doing::Removing),
                    );
                    other.save(ctx, &user);
                }
            }
        }
        punish(
            ctx,
            settings,
            &mut wave,
            &mut writer,
            (place, hit),
            judgement,
            (spoken.at, doing),
        );
        sweep(ctx, settings, &mut wave, &mut writer, spoken, judgement);
        match doing {
            Doing::Removing if spoken.stays => {}
            Doing::Removing => tell_room(ctx, &mut wave, spoken.room),
            Doing::Refusing => wave.refused += 1,
        }
    } else if is_new_here && writer.caught.is_none() {
        // Remembered, so that more of theirs belongs to the same card.
        writer.caught = Some(Caught {
            wave: wave.no,
            kind: None,
            at: spoken.at,
        });
    }
    writer.save(ctx, spoken.user);
    card::show(ctx, &mut wave);
    wave.save(ctx);
    if is_action && acts && !spoken.stays {
        Flow::Stop
    } else {
        Flow::Go
    }
}

/// Whether something that others have said, and that was only asked about, follows what happens to this: it is the same
/// text by another newcomer, and nobody needs it.
fn follows(
    ctx: &mut Context<'_, '_>,
    settings: &SpamSettings,
    other: &Writer,
    hit: &Hit,
    spoken: &Spoken<'_>,
) -> bool {
    let brief = Sketch::of(&Folded::new(&hit.text)).map(|sketch| sketch.brief());
    let is_same = brief
        .zip(spoken.brief)
        .is_some_and(|(one, two)| one.is_like(two));
    is_same
        && !hit.removed
        && !other.is_known(settings, spoken.at)
        && !Known::of(ctx, &hit.event).danger
        && !tickets::holds(ctx, &hit.event, &hit.user)
}

/// The same text by others, from before it was told what it is.
fn earlier(ctx: &mut Context<'_, '_>, wave: &mut Wave, spoken: &Spoken<'_>) {
    if !wave
        .reasons
        .iter()
        .any(|reason| matches!(reason, Reason::Others(_)))
    {
        return;
    }
    for (user, room, event) in signs::others(ctx, spoken) {
        let mut writer = Writer::of(ctx, &user);
        let said = writer.remembered(&event);
        let stays = said.is_none_or(|said| said.stays || said.gone);
        let stays = stays || tickets::holds(ctx, &event, &user);
        if stays || writer.caught.is_some() || Known::of(ctx, &event) != Known::default() {
            continue;
        }
        let hit = Hit {
            text: shortened(&spoken.text),
            with: None,
            cases: Vec::new(),
            removed: false,
            stays: false,
            user: user.clone(),
            room,
            event,
        };
        wave.add(ctx, &hit, true);
        writer.caught = Some(Caught {
            wave: wave.no,
            kind: None,
            at: spoken.at,
        });
        writer.save(ctx, &user);
    }
}

/// Removes one message, unless it stays, and sanctions its author, unless that was done for the same wave.
fn punish(
    ctx: &mut Context<'_, '_>,
    settings: &SpamSettings,
    wave: &mut Wave,
    writer: &mut Writer,
    (place, mut hit): (u32, Hit),
    judgement: &Judgement,
    (at, doing): (Millis, Doing),
) {
    if !hit.stays {
        writer.is_gone(&hit.event);
        if let Some(with) = &hit.with {
            writer.is_gone(with);
        }
        hit.removed = true;
    }
    let (kind, span) = match judgement.verdict {
        Verdict::Allow | Verdict::Flag | Verdict::Redact if doing == Doing::Refusing => {
            (Kind::Warn, Span::Forever)
        }
        Verdict::Allow | Verdict::Flag | Verdict::Redact => (Kind::Redact, Span::Forever),
        Verdict::Mute => (Kind::Mute, settings.mute_for),
        Verdict::Ban => (Kind::Ban, Span::Forever),
    };
    let done = writer.caught.as_ref().filter(|c| c.wave == wave.no);
    let is_done = done.is_some_and(|caught| caught.kind >= Some(kind));
    if doing == Doing::Removing && !hit.stays {
        remove(ctx, &hit.user, &hit.room, &hit.event, hit.with.as_ref());
    }
    if is_done {
        return hit.save(ctx, wave.no, place);
    }
    let mut order = Order {
        user: hit.user.clone(),
        kind,
        span,
        room: None,
        by: By::Rule(RULE.to_owned()),
        reason: judgement
            .reasons
            .first()
            .map(tell::stored)
            .unwrap_or_default(),
        about: Some((hit.room.clone(), hit.event.clone())),
        strikes: u32::from(kind != Kind::Ban),
        seen: None,
        telling: if wave.people <= TOLD_MAX {
            Telling::Member
        } else {
            Telling::Nobody
        },
        removes_itself: true,
    };
    let mut imposed = impose(ctx, &order);
    if imposed == Err(Refused::TooWeak) && kind == Kind::Mute {
        // Too many are silent already, or the levels are not ours to write: whoever is out says nothing either.
        (order.kind, order.span) = (Kind::Remove, Span::Forever);
        imposed = impose(ctx, &order);
    }
    match imposed {
        Ok(case) => hit.cases.push(case.no),
        Err(Refused::TooWeak) => wave.weak = true,
        Err(Refused::Exempt(_) | Refused::DryRun) => {}
    }
    writer.caught = Some(Caught {
        wave: wave.no,
        kind: Some(order.kind),
        at,
    });
    hit.save(ctx, wave.no, place);
}

/// Removes an event, and the one that belongs to it, unless that was done. Of an edit both go: without the first its
/// text comes back, and without the second it can be read on in clients that show edits.
pub fn remove(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    room: &RoomId,
    event: &EventId,
    with: Option<&EventId>,
) {
    for event in with.into_iter().chain([event]) {
        let mut known = Known::of(ctx, event);
        // What told of a danger, or was reported, before it was changed is there again once the change is gone.
        let comes_back = Some(event) == with && (known.danger || tickets::holds(ctx, event, user));
        if known.gone || comes_back {
            continue;
        }
        known.gone = true;
        known.save(ctx, event);
        let redact = Effect::Redact {
            target: Target::Event(event.clone()),
            reason: RULE.to_owned(),
        };
        ctx.ask(room, Lane::Guard, redact);
    }
}

/// Somebody has removed an event: nobody need do so again.
pub fn noticed(ctx: &mut Context<'_, '_>, event: &EventId) {
    let Some(author) = ctx.writer_of(event) else {
        return;
    };
    let mut writer = Writer::of(ctx, &author);
    if writer.remembered(event).is_some_and(|said| !said.gone) {
        writer.is_gone(event);
        writer.save(ctx, &author);
    }
}

/// What else a silenced newcomer has said of late goes too; of others only what was part of a flood, or the same text.
/// What their tickets hold stays, and what tells of a danger whatever it is.
fn sweep(
    ctx: &mut Context<'_, '_>,
    settings: &SpamSettings,
    wave: &mut Wave,
    writer: &mut Writer,
    spoken: &Spoken<'_>,
    judgement: &Judgement,
) {
    let goes_too = !spoken.known && judgement.verdict >= Verdict::Mute;
    let floods = judgement
        .reasons
        .iter()
        .any(|reason| matches!(reason, Reason::Flood { .. } | Reason::Wall { .. }));
    let flood_ms = settings.flood.within.ms().unwrap_or(0);
    let mut gone = Vec::new();
    for said in &mut writer.lately {
        let age = spoken.at.since(said.at);
        let is_same = match (said.brief, spoken.brief) {
            (Some(one), Some(two)) => one.is_like(two),
            (None, _) | (_, None) => false,
        };
        let is_near = goes_too && age < settings.sweep_ms || floods && age < flood_ms;
        let goes = is_near || is_same && age < settings.sweep_ms;
        if !goes || said.stays || said.gone || said.event == *spoken.event {
            continue;
        }
        // The same text is no report, whatever was made of it at first; but a flood may be one of reports.
        let is_advert = is_same && !spoken.stays;
        if is_advert || !tickets::holds(ctx, &said.event, spoken.user) {
            said.gone = true;
            gone.push((said.room.clone(), said.event.clone()));
        }
    }
    for (room, event) in gone {
        wave.swept += 1;
        remove(ctx, spoken.user, &room, &event, None);
    }
}

/// Whether somebody was caught a moment ago, and their mute or ban is on its way: what they still say goes with the rest.
pub fn straggles(ctx: &mut Context<'_, '_>, writer: &Writer, spoken: &Spoken<'_>) -> bool {
    let is_under_way = |caught: &&Caught| {
        let age = spoken.at.since(caught.at);
        // What was said before, and comes only now, is of the same burst.
        caught.kind >= Some(Kind::Mute) && age.abs() < STRAGGLERS_MS
    };
    let caught = writer.caught.as_ref().filter(is_under_way);
    let wave = caught.and_then(|caught| Wave::load(ctx, caught.wave));
    let is_wrong = |wave: &Wave| {
        let outcome = wave.outcome.as_ref();
        outcome.is_some_and(|outcome| outcome.word == Word::Wrong)
    };
    wave.is_some_and(|wave| !is_wrong(&wave))
}

/// Lets what somebody says go with the rest.
pub fn straggle(ctx: &mut Context<'_, '_>, mut writer: Writer, spoken: &Spoken<'_>, doing: Doing) {
    let caught = writer.caught.as_ref();
    let Some(mut wave) = caught.and_then(|caught| Wave::load(ctx, caught.wave)) else {
        return;
    };
    if doing == Doing::Removing {
        remove(ctx, spoken.user, spoken.room, spoken.event, spoken.with);
    }
    writer.is_gone(spoken.event);
    writer.save(ctx, spoken.user);
    wave.swept += 1;
    card::show(ctx, &mut wave);
    wave.save(ctx);
}

/// A word for those who saw it, once for each wave and not too often.
fn tell_room(ctx: &mut Context<'_, '_>, wave: &mut Wave, room: &RoomId) {
    let count = wave.rooms.get(room).copied().unwrap_or(0);
    if count < ROOM_IS_TOLD_FROM || !wave.told.insert(room.clone()) {
        return;
    }
    let id = format!("spam-line/{room}");
    let mut ration: Ration = ctx.get(&id).unwrap_or_default();
    let now = ctx.now;
    if ration.book(now, limits::SPAM_LINES_AN_HOUR) > now {
        return;
    }
    ctx.put(&id, &ration);
    let said = ctx.say(ctx.community.language, "spam-room", &[]);
    ctx.answer(room, None, true, said);
}

fn shortened(text: &str) -> String {
    crate::domain::speech::shorten(text, limits::SPAM_EXAMPLE_CHARS_MAX)
}

/// True where somebody is nobody's business here.
pub fn is_exempt(ctx: &Context<'_, '_>, user: &UserId) -> bool {
    moderation::settings::exempt(ctx, user).is_some()
}
