//! What a moderator decides about a wave: right, wrong, or a ban for all of it.
// Nothing in this file does IO.

use std::collections::BTreeMap;

use super::{
    act, card, learn,
    settings::SpamSettings,
    standing::Writer,
    tell,
    wave::{Hit, Kind as What, Outcome, Wave, Word},
};
use crate::{
    domain::{
        context::Context,
        effect::Target,
        ids::UserId,
        input::{Message, Reaction},
        roles::Who,
        speech::Arg,
    },
    features::moderation::{
        case::{By, Case, How, Kind},
        impose::{Order, Telling, impose},
        lift,
        settings::may,
        tell as moderation,
    },
    text::span::Span,
};

/// Somebody tapped one of our cards; true where it is one.
pub fn tapped(ctx: &mut Context<'_, '_>, tap: &Reaction) -> bool {
    let id = ctx.linked(&tap.target);
    let no = id.as_deref().and_then(|id| id.strip_prefix("wave."));
    let wave = no.and_then(|no| Wave::load(ctx, no.parse().ok()?));
    let Some(wave) = wave else {
        return false;
    };
    if let Some(word) = word(&tap.key) {
        let key = decide(ctx, wave, word, &tap.sender);
        if let Some(key) = key {
            moderation::tell_moderator(ctx, &tap.sender, key);
        }
    }
    true
}

/// The same, typed; the answer is said in the room.
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, no: u32, word: Word) {
    let key = match Wave::load(ctx, no) {
        Some(wave) => decide(ctx, wave, word, &message.sender).unwrap_or(match word {
            Word::Right => "spam-done-right",
            Word::Wrong => "spam-done-wrong",
            Word::Ban => "spam-done-ban",
        }),
        None => "spam-no-such-wave",
    };
    let language = ctx.language_for(&message.sender);
    let said = ctx.say(language, key, &[("no", Arg::Number(i64::from(no)))]);
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), true, said);
}

/// Decides about a wave; returns the sentence that says why not.
fn decide(
    ctx: &mut Context<'_, '_>,
    mut wave: Wave,
    word: Word,
    by: &UserId,
) -> Option<&'static str> {
    let mute_for = ctx.community.settings::<SpamSettings>(super::NAME).mute_for;
    let needs = match word {
        Word::Right | Word::Wrong => (Kind::Mute, mute_for),
        Word::Ban => (Kind::Ban, Span::Forever),
    };
    if !Who::Moderator.includes(ctx.community.person(by)) || !may(ctx, by, needs.0, needs.1) {
        return Some("not-allowed");
    }
    let decided = wave.outcome.as_ref().map(|outcome| outcome.word);
    match (decided, word) {
        // What was right may be worth a ban, or wrong after all.
        (None, _)
        | (Some(Word::Right), Word::Wrong | Word::Ban)
        | (Some(Word::Ban), Word::Wrong) => {}
        (Some(_), _) => return Some("spam-decided"),
    }
    let hits = wave.hits(ctx);
    // Of too many invitations only their host's name is kept, which is nobody's advert.
    let teaches = wave.what != What::Invitations;
    for (_, hit) in hits.iter().filter(|(_, hit)| teaches && !hit.stays) {
        learn::note(ctx, &hit.text, word != Word::Wrong);
    }
    match word {
        Word::Right | Word::Ban => sanction(ctx, &wave, hits, by, needs),
        Word::Wrong => undo(ctx, &wave, hits, by),
    }
    wave.outcome = Some(Outcome {
        word,
        by: by.clone(),
        at: ctx.now,
    });
    card::refresh(ctx, &wave);
    wave.save(ctx);
    None
}

/// Removes what of a wave is still there, and sanctions everybody of it so who was not sanctioned so harshly yet.
fn sanction(
    ctx: &mut Context<'_, '_>,
    wave: &Wave,
    hits: Vec<(u32, Hit)>,
    by: &UserId,
    (kind, span): (Kind, Span),
) {
    let mut done: BTreeMap<UserId, Option<Kind>> = BTreeMap::new();
    for (_, hit) in &hits {
        let cases = hit.cases.iter().filter_map(|no| Case::load(ctx, *no));
        let harshest = cases.filter(|case| !case.is_undone()).map(|case| case.kind);
        let harshest = harshest.max();
        let known = done.entry(hit.user.clone()).or_default();
        *known = (*known).max(harshest);
    }
    for (place, mut hit) in hits {
        let was_removed = hit.removed || hit.stays;
        if !was_removed {
            act::remove(ctx, &hit.user, &hit.room, &hit.event, hit.with.as_ref());
            hit.removed = true;
        }
        let known = done.entry(hit.user.clone()).or_default();
        // What was removed was sanctioned as its score asked for; only a ban goes beyond.
        let is_due = *known < Some(kind) && (!was_removed || kind == Kind::Ban);
        if is_due {
            *known = Some(kind);
            let order = Order {
                user: hit.user.clone(),
                kind,
                span,
                room: None,
                by: By::Person(by.clone()),
                reason: wave.reasons.first().map(tell::stored).unwrap_or_default(),
                about: Some((hit.room.clone(), hit.event.clone())),
                strikes: 0,
                seen: None,
                telling: Telling::Member,
                removes_itself: true,
            };
            if let Ok(case) = impose(ctx, &order) {
                hit.cases.push(case.no);
            }
        }
        if is_due || !was_removed {
            hit.save(ctx, wave.no, place);
        }
    }
}

/// Takes everything back that was done.
fn undo(ctx: &mut Context<'_, '_>, wave: &Wave, hits: Vec<(u32, Hit)>, by: &UserId) {
    let by = By::Person(by.clone());
    for (_, hit) in hits.into_iter().rev() {
        let mut writer = Writer::of(ctx, &hit.user);
        let caught = writer.caught.take_if(|caught| caught.wave == wave.no);
        let named = writer.bad_name && wave.what == What::Name;
        if caught.is_some() || named {
            writer.bad_name &= !named;
            writer.save(ctx, &hit.user);
        }
        for no in hit.cases.into_iter().rev() {
            if let Some(case) = Case::load(ctx, no).filter(|case| !case.is_undone()) {
                lift::end(ctx, case, How::Undone, Some(by.clone()));
            }
        }
    }
}

fn word(key: &str) -> Option<Word> {
    let base = key
        .chars()
        .find(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}'))?;
    match base {
        '✅' | '✔' | '☑' => Some(Word::Right),
        '❌' | '✖' => Some(Word::Wrong),
        '⛔' => Some(Word::Ban),
        _ => None,
    }
}
