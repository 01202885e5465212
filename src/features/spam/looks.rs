//! Pictures: looked at for QR codes, which is done elsewhere and takes a while; what they hold comes back as an input.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{NAME, act, judge, learn, settings::SpamSettings, spoken::Spoken, standing::Writer};
use crate::{
    domain::{
        context::Context,
        effect::{About, Effect, Lane},
        ids::{EventId, Millis, RoomId, UserId},
        input::{MediaKind, Settled},
        limits,
        record::Record,
        speech::shorten,
    },
    features::tickets,
    text::{
        alike::Sketch,
        fold::Folded,
        intent,
        spam::{Reason, Surroundings, Verdict, sign_of_code},
    },
};

/// A picture that is being looked at, by its event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Looking {
    room: RoomId,
    user: UserId,
    at: Millis,
    /// Its caption.
    text: String,
}

impl Record for Looking {
    const KIND: &'static str = "looking";
}

/// Asks for a look at the picture of a message, where it has one.
pub fn ask(ctx: &mut Context<'_, '_>, settings: &SpamSettings, spoken: &Spoken<'_>) {
    let media = spoken.media.as_ref().filter(|_| settings.pictures);
    let Some(media) = media.filter(|media| media.kind == MediaKind::Image) else {
        return;
    };
    let looking = Looking {
        room: spoken.room.clone(),
        user: spoken.user.clone(),
        at: spoken.at,
        text: shorten(&spoken.text, limits::SPAM_EXAMPLE_CHARS_MAX),
    };
    ctx.put(spoken.event.as_str(), &looking);
    let look = Effect::Look {
        media: media.content.clone(),
        about: Some(About {
            feature: NAME.to_owned(),
            id: format!("look.{}", spoken.event),
        }),
    };
    ctx.ask(spoken.room, Lane::Look, look);
}

/// The event whose picture was to be looked at.
fn looked_at(settled: &Settled) -> Option<EventId> {
    let about = settled.mark.as_ref()?.about.as_ref()?;
    let event = about.id.strip_prefix("look.")?;
    (about.feature == NAME).then(|| EventId::from(event))
}

/// A picture will never be looked at.
pub fn given_up(ctx: &mut Context<'_, '_>, settled: &Settled) {
    if let Some(event) = looked_at(settled) {
        ctx.delete::<Looking>(event.as_str());
    }
}

/// The codes of a picture hold these texts.
pub fn seen(ctx: &mut Context<'_, '_>, settled: &Settled, held: &[String]) {
    let Some(event) = looked_at(settled) else {
        return;
    };
    let looking: Option<Looking> = ctx.get(event.as_str());
    ctx.delete::<Looking>(event.as_str());
    let Some(looking) = looking.filter(|_| !held.is_empty()) else {
        return;
    };
    let community = ctx.community.clone();
    let settings: &SpamSettings = community.settings(NAME);
    let writer = Writer::of(ctx, &looking.user);
    // A moderator may have been faster, and somebody may have become staff.
    let is_gone = writer.remembered(&event).is_some_and(|said| said.gone);
    if is_gone || act::is_exempt(ctx, &looking.user) {
        return;
    }
    let whole = format!("{}\n{}", looking.text, held.join("\n"));
    let who = (&looking.room, &looking.user, &event);
    let mut spoken = Spoken::again(who, looking.at, whole);
    spoken.known = writer.is_known(settings, ctx.now);
    let caption = Folded::new(&looking.text);
    let besides = {
        let own = super::commands::hosts(ctx, settings);
        let around = Surroundings {
            model: ctx.world.settings.model(),
            hosts: own.as_ref().unwrap_or(&settings.hosts),
            words: &settings.words,
            scales: &settings.scales,
            kinds: &community.kinds,
            known: spoken.known,
        };
        let signs = held.iter().filter_map(|held| sign_of_code(held, &around));
        let mut signs: Vec<_> = signs.collect();
        if !around.known {
            signs.push((settings.scales.chances.media, Reason::Media));
        }
        signs
    };
    let mut judgement = judge::weighed(ctx, settings, &spoken, &caption, besides);
    // The same code again is the same advert, whatever is written under it.
    spoken.brief = Sketch::of(&Folded::new(&held.join("\n"))).map(|sketch| sketch.brief());
    if learn::is_pardoned(ctx, &spoken.text) {
        judgement.verdict = Verdict::Allow;
    }
    // The picture of a broken machine may show its maker's code, and the ticket would lose it.
    if intent::is_emergency(&caption) || tickets::holds(ctx, &event, &looking.user) {
        judgement.verdict = judgement.verdict.min(Verdict::Flag);
    }
    if judgement.verdict > Verdict::Allow {
        act::follow(
            ctx,
            settings,
            writer,
            &spoken,
            &judgement,
            act::Doing::Removing,
        );
    }
}
