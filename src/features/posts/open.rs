//! Opening a post: what is read of its words, where it is shown, and what is asked for.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use super::{
    card, claims, helm, life, matching, memory,
    neighbour::Neighbour,
    post::{self, Asked, AskedField, Fields, Picture, Post, State, about},
    ration,
    said::{Last, last_id},
    watch,
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post as Message_, Target},
        ids::{EventId, HOUR_MS, Millis, RoomId, UserId},
        input::Content,
        limits,
        speech::{Arg, Said, shorten},
    },
    features::tickets,
    text::{
        fold::Folded,
        intent,
        posts::{self, Kind, Way},
    },
};

/// What opens a post: a message, or one that its author has made a post by an edit.
pub struct Said_<'m> {
    pub room: &'m RoomId,
    pub event: &'m EventId,
    pub sender: &'m UserId,
    pub at: Millis,
    pub content: &'m Content,
}

pub fn open(ctx: &mut Context<'_, '_>, said: &Said_<'_>) {
    let community = ctx.community.clone();
    let text = kept(said.content);
    let Some(kind) = posts::kind_of(&text, &community.kinds) else {
        return;
    };
    if ctx.linked(said.event).is_some() || is_said_twice(ctx, said, &text) {
        return;
    }
    // Whoever asks takes nothing from anybody.
    let taken = if life::is_silenced(ctx, said.sender) {
        Err(life::No::Silenced.key())
    } else if kind.way == Way::Talk {
        Ok(())
    } else {
        ration::take(ctx, said.sender, kind)
    };
    if let Err(key) = taken {
        let language = ctx.language_of(said.sender, &text);
        let refusal = ctx.say(language, key, &[]);
        let target = Target::Event(said.event.clone());
        ctx.answer(said.room, Some(target), true, refusal);
        return;
    }
    let Some(mut post) = made(ctx, said, kind, text) else {
        return;
    };
    ctx.link(said.event, &post.no.0.to_string());
    put_up(ctx, &mut post, said, kind);
}

/// Shows a new post, and whoever it concerns hears of it.
pub fn put_up(ctx: &mut Context<'_, '_>, post: &mut Post, said: &Said_<'_>, kind: &Kind) {
    ctx.note_language(said.sender, post.language);
    let last = Last {
        no: post.no,
        at: said.at,
    };
    ctx.put(&last_id(said.room, said.sender), &last);
    gather_pictures(ctx, post, said);
    card::post_all(ctx, post);
    if ctx.community.is_apart(said.room) {
        helm::put_up(ctx, post);
    }
    ask_missing(ctx, post, kind);
    memory::opened(ctx, post, kind.way);
    // It must stand in its lists before it is told of.
    post.save(ctx);
    claims::ask_detail(ctx, post, kind);
    matching::seek(ctx, post, kind);
    watch::call(ctx, post, kind);
    post.save(ctx);
}

pub fn kept(content: &Content) -> String {
    shorten(&content.text, limits::POST_TEXT_CHARS_MAX)
}

/// A new post, of which nothing was shown yet.
pub fn made(
    ctx: &mut Context<'_, '_>,
    said: &Said_<'_>,
    kind: &Kind,
    text: String,
) -> Option<Post> {
    let told = read(ctx, &text, kind)?;
    let mut post = Post {
        no: post::next_no(ctx),
        kind: kind.name.clone(),
        state: State::Open,
        author: Neighbour::of(ctx, said.room, said.sender),
        language: ctx.language_of(said.sender, &said.content.text),
        room: said.room.clone(),
        message: said.event.clone(),
        open: posts::Open::told(&text),
        text,
        told,
        answers: Fields::default(),
        opened: ctx.now,
        ends: ctx.now,
        ended: None,
        helper: None,
        secret: None,
        wide: posts::is_for_all(&said.content.text).then_some(ctx.now),
        taken_down: false,
        ring_shown: None,
        ring: 0,
        cries: Vec::new(),
        sightings: 0,
        last_sighting: None,
        flags: BTreeSet::new(),
        flagged: None,
        abroad: Vec::new(),
        twins: BTreeSet::new(),
        cards: Vec::new(),
        pictures: Vec::new(),
        askers: Vec::new(),
        promises: 0,
        kept_until: None,
        rounds: 0,
        shown_again: 0,
        shown: ctx.now,
        line_shown: String::new(),
        wants_again: false,
        outcome_asked: None,
        asked: None,
        helm: None,
        told_of: BTreeSet::new(),
        later: Vec::new(),
        look_at: None,
        listed: BTreeSet::new(),
    };
    post.ends = ends(ctx, &post, kind);
    Some(post)
}

pub fn read(ctx: &Context<'_, '_>, text: &str, kind: &Kind) -> Option<Fields> {
    let community = &ctx.community;
    let now = ctx.local(ctx.now)?;
    let told = posts::read(text, kind, &community.kinds, &community.registry, now);
    Some(Fields::of(ctx, told))
}

/// When its days are over: those of its kind, or earlier where it says so itself; what has a time ends with it.
pub fn ends(ctx: &Context<'_, '_>, post: &Post, kind: &Kind) -> Millis {
    const DAY_MS: i64 = 24 * HOUR_MS;
    let told = &post.told;
    if told.weekly.is_some() {
        let days = kind.days.max(life::WEEKLY_DAYS);
        return ctx.now.plus(i64::from(days) * DAY_MS);
    }
    if kind.days == 0 {
        let at = told.at.or(told.until);
        // A time that nobody has told.
        return at.unwrap_or_else(|| post.opened.plus(30 * DAY_MS));
    }
    let days = post.opened.plus(i64::from(kind.days) * DAY_MS);
    let until = told.until.filter(|until| *until > ctx.now);
    until.map_or(days, |until| until.min(days))
}

/// Pictures that its author has shown right before.
fn gather_pictures(ctx: &mut Context<'_, '_>, post: &mut Post, said: &Said_<'_>) {
    if let Some(media) = &said.content.media {
        post.pictures.push(Picture {
            event: said.event.clone(),
            room: said.room.clone(),
            media: media.clone(),
            copies: Vec::new(),
        });
    }
    for (event, media) in tickets::take_loose(ctx, said.room, said.sender, said.at) {
        if post.pictures.len() < limits::POST_PICTURES_MAX {
            ctx.link(&event, &post.no.0.to_string());
            post.pictures.push(Picture {
                event,
                room: said.room.clone(),
                media,
                copies: Vec::new(),
            });
        }
    }
}

/// Whoever sends the same again within half an hour is told its number.
fn is_said_twice(ctx: &mut Context<'_, '_>, said: &Said_<'_>, text: &str) -> bool {
    let Some(last) = ctx.get::<Last>(&last_id(said.room, said.sender)) else {
        return false;
    };
    let Some(post) = Post::load(ctx, last.no) else {
        return false;
    };
    let same = |one: &str, other: &str| Folded::new(one).text() == Folded::new(other).text();
    let is_same = post.state.is_open()
        && said.at.since(last.at) <= limits::SAID_TWICE_MS
        && same(
            intent::own_words(&post.text).trim(),
            intent::own_words(text).trim(),
        );
    if is_same {
        say_twice(ctx, &post, (said.room, said.event));
    }
    is_same
}

pub fn say_twice(ctx: &mut Context<'_, '_>, post: &Post, (room, event): (&RoomId, &EventId)) {
    let no = post.no.to_string();
    let answer = ctx.say(post.language, "post-said-twice", &[("no", Arg::Text(&no))]);
    let target = Target::Event(event.clone());
    ctx.answer(room, Some(target), true, answer);
}

/// Asks once for what must be known and was not said.
fn ask_missing(ctx: &mut Context<'_, '_>, post: &mut Post, kind: &Kind) {
    let fields = kind.asks.iter().filter_map(|field| AskedField::of(*field));
    let fields: Vec<AskedField> = fields.filter(|field| post.told.lacks(*field)).collect();
    if fields.is_empty() {
        return;
    }
    let language = post.language;
    let questions = fields
        .iter()
        .map(|field| ctx.say(language, field.key(), &[]));
    let questions = Said::between(questions, " ", " ");
    let no = post.no.to_string();
    let args = [("no", Arg::Text(&no)), ("questions", Arg::Said(&questions))];
    let message = Message_ {
        content: ctx.say(language, "post-ask", &args),
        quiet: true,
        reply_to: Some(Target::Event(post.message.clone())),
        thread: None,
        about: Some(about(post.no)),
    };
    let room = post.room.clone();
    let sent = ctx.ask(&room, Lane::Answer, Effect::Post(message));
    post.asked = Some(Asked {
        fields,
        target: Target::Sent(sent),
        at: ctx.now,
    });
}
