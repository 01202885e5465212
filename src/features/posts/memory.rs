//! What neighbours recommend is remembered, if whoever said it agrees, and `!ask` answers from it. Medical and legal
//! questions get one line of care.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{card, neighbour::Neighbour, post::Post};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Target},
        ids::{EventId, Millis, PostNo, RoomId},
        input::{Message, Reaction},
        limits,
        record::Record,
        speech::{Arg, Said, shorten},
    },
    features::tickets::{self, TicketSettings},
    text::{
        fold::Folded,
        intent,
        language::Language,
        posts::{self, Open, Way, veiled_but},
    },
};

/// Something that was said about a matter, which may be remembered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Said_ {
    no: PostNo,
    /// What it is about: the question that it answers, or itself.
    about: String,
    text: String,
    who: Neighbour,
    at: Millis,
}

/// What whoever said it agrees to, keyed by the post and the event, the newest post first.
impl Record for Said_ {
    const KIND: &'static str = "help_remembered";
}

fn id(no: PostNo, event: &EventId) -> String {
    format!("{}/{event}", PostNo(NUMBER_MAX.saturating_sub(no.0)).key())
}

/// The last number whose key is as long as those of the others.
const NUMBER_MAX: u32 = 99_999_999;

/// What nobody has agreed to yet, as long as the post is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Offered(Said_);

impl Record for Offered {
    const KIND: &'static str = "help_offered";
}

fn offered_id(no: PostNo, event: &EventId) -> String {
    format!("{}/{event}", no.key())
}

/// The tap by which somebody agrees.
const AGREE: &str = "👍";

/// Answers that are remembered are at least so long.
const CHARS_MIN: usize = 4;

/// A post may be a recommendation, or a question about one's health or rights.
pub fn opened(ctx: &mut Context<'_, '_>, post: &Post, way: Way) {
    if way != Way::Talk {
        return;
    }
    let text = Folded::new(&post.text).text().to_owned();
    if let Some(care) = posts::care(&text) {
        let settings: &TicketSettings = ctx.community.settings(tickets::NAME);
        let medical = settings.emergency.medical.clone();
        let key = match care {
            posts::Care::Health => "post-care-health",
            posts::Care::Law => "post-care-law",
        };
        let said = ctx.say(post.language, key, &[("number", Arg::Text(&medical))]);
        let target = Target::Event(post.message.clone());
        let room = post.room.clone();
        ctx.answer(&room, Some(target), true, said);
    }
    if post.kind == "recommend" && !posts::is_asking(&text) {
        let words = posts::without_tag(&post.text, &ctx.community.kinds);
        let said = (&post.room, &post.message);
        offer(ctx, post, said, post.author.clone(), &words);
    }
}

/// A neighbour answers a question in its thread.
pub fn replied(ctx: &mut Context<'_, '_>, post: &Post, message: &Message) {
    let is_talk = post.row(ctx).is_some_and(|row| row.way == Way::Talk);
    let text = &message.content.text;
    let is_short = text.trim().chars().count() < CHARS_MIN;
    let is_over = !post.state.is_open();
    if !is_talk
        || is_over
        || post.is_author(&message.sender)
        || is_short
        || intent::is_courtesy(text)
    {
        return;
    }
    let who = Neighbour::of(ctx, &message.room, &message.sender);
    offer(ctx, post, (&message.room, &message.id), who, text);
}

fn offer(
    ctx: &mut Context<'_, '_>,
    post: &Post,
    (room, event): (&RoomId, &EventId),
    who: Neighbour,
    text: &str,
) {
    let about = posts::without_tag(&post.text, &ctx.community.kinds);
    let said = Said_ {
        no: post.no,
        about: shorten(&about, limits::CARD_TEXT_CHARS_MAX),
        text: shorten(text, limits::CARD_TEXT_CHARS_MAX),
        who,
        at: ctx.now,
    };
    ctx.put(&offered_id(post.no, event), &Offered(said));
    ctx.link(event, &post.no.0.to_string());
    let react = Effect::React {
        target: Target::Event(event.clone()),
        key: AGREE.to_owned(),
    };
    ctx.ask(room, Lane::Talk, react);
}

/// Whoever said it agrees by a tap on it: true where the tap was on such words.
pub fn tapped(ctx: &mut Context<'_, '_>, post: &Post, tap: &Reaction) -> bool {
    let offered = ctx.get::<Offered>(&offered_id(post.no, &tap.target));
    let Some(Offered(said)) = offered else {
        return ctx.get::<Said_>(&id(post.no, &tap.target)).is_some();
    };
    if said.who.user == tap.sender && tap.key.starts_with(AGREE) {
        ctx.delete::<Offered>(&offered_id(post.no, &tap.target));
        ctx.put(&id(post.no, &tap.target), &said);
        ctx.put(tap.id.as_str(), tap);
    }
    true
}

/// Whoever agreed takes their tap back.
pub fn taken_back(ctx: &mut Context<'_, '_>, post: &Post, tap: &Reaction) {
    let said = ctx.get::<Said_>(&id(post.no, &tap.target));
    let Some(said) = said.filter(|said| said.who.user == tap.sender) else {
        return;
    };
    if tap.key.starts_with(AGREE) {
        ctx.delete::<Said_>(&id(post.no, &tap.target));
        if post.state.is_open() {
            ctx.put(&offered_id(post.no, &tap.target), &Offered(said));
        }
    }
}

/// The post is over: what nobody has agreed to is forgotten.
pub fn ended(ctx: &mut Context<'_, '_>, post: &Post) {
    let prefix = format!("{}/", post.no.key());
    for (id, _) in ctx.scan::<Offered>(&prefix, limits::MEMORY_SCAN_MAX) {
        ctx.delete::<Offered>(&id);
        let event = id.split_once('/').map(|(_, event)| EventId::from(event));
        // Taps on what others have said are none on the post.
        if let Some(event) = event.filter(|event| *event != post.message) {
            ctx.unlink(&event);
        }
    }
}

/// It was taken back: nothing of it is remembered.
pub fn forget(ctx: &mut Context<'_, '_>, no: PostNo, event: &EventId) {
    ctx.delete::<Said_>(&id(no, event));
    ctx.delete::<Offered>(&offered_id(no, event));
}

/// `!ask 装修`: what neighbours have said about it, the newest first, with who and when.
pub fn answer(ctx: &mut Context<'_, '_>, language: Language, word: &str, is_alone: bool) -> Said {
    let wanted = Folded::new(word.trim()).text().to_owned();
    let all = ctx.scan::<Said_>("", limits::MEMORY_SCAN_MAX);
    let is_it = |said: &Said_| {
        let text = format!("{} {}", said.about, said.text);
        Folded::new(&text).text().contains(&wanted)
    };
    let found: Vec<Said_> = all
        .into_iter()
        .map(|(_, said)| said)
        .filter(is_it)
        .take(limits::MEMORY_ROWS_MAX)
        .collect();
    let args = [("word", Arg::Text(word.trim()))];
    if found.is_empty() || wanted.is_empty() {
        return ctx.say(language, "post-memory-none", &args);
    }
    let mut lines = vec![ctx.say(language, "post-memory", &args).bold()];
    for said in &found {
        let name = said.who.called(ctx, language);
        let day = ctx.moment(said.at);
        let day = day.split(' ').next().unwrap_or_default();
        // Whoever asks alone may read a tradesman's number, and nobody where somebody lives.
        let text = if is_alone {
            let but = Open {
                contacts: true,
                homes: false,
            };
            veiled_but(&said.text.replace('\n', " "), but).0
        } else {
            card::in_line(&said.text)
        };
        let args = [
            ("name", Arg::Text(&name)),
            ("day", Arg::Text(day)),
            ("text", Arg::Text(&text)),
        ];
        lines.push(ctx.say(language, "post-memory-row", &args));
    }
    Said::lines(lines)
}
