//! What is said: a new post, a cry, more of a post, or an answer to what was asked.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    alarm, card, claims, cry, flags, life, matching, memory, open,
    open::Said_,
    post::{Asked, AskedField, Fields, Picture, Post},
    queue, rings,
};
use crate::{
    domain::{
        community::Purpose,
        context::Context,
        feature::Flow,
        ids::{EventId, Millis, PostNo, RoomId, UserId},
        input::{Media, Message},
        limits,
        record::Record,
    },
    features::tickets,
    text::{
        fold::Folded,
        intent::{self, Intent},
        posts::{self, Way},
    },
};

/// The last post of somebody in a room, for what they say and show next.
#[derive(Serialize, Deserialize)]
pub struct Last {
    pub no: PostNo,
    pub at: Millis,
}

impl Record for Last {
    const KIND: &'static str = "help_last";
}

pub fn last_id(room: &RoomId, user: &UserId) -> String {
    format!("{room}/{user}")
}

/// A message that is no command.
pub fn message(ctx: &mut Context<'_, '_>, message: &Message) -> Flow {
    let reading = ctx.read_message(message);
    let spoken_of = spoken_of(ctx, message);
    let is_of_alarm = spoken_of.as_ref().is_some_and(|post| post.is_alarm(ctx));
    if !is_of_alarm && cry::is_one(ctx, &reading, &message.content.text) {
        // Who wants nobody to know them is named nowhere.
        let is_nobody = intent::wants_no_name(&message.content.text);
        if is_nobody || tickets::is_anonymous(ctx, message) {
            return Flow::Go;
        }
        return cry::raise(ctx, message, reading.intent);
    }
    let is_chat = matches!(reading.intent, Intent::Chat | Intent::HowTo);
    // A report is none of the details that are waited for, whatever else is open.
    let may_be_detail = is_chat && !intent::is_report(&Folded::new(&message.content.text));
    if may_be_detail && claims::answered(ctx, message, spoken_of.as_ref()) {
        return Flow::Stop;
    }
    if reading.intent == Intent::Post {
        if !is_place_for(ctx, &message.room, &message.sender) {
            return Flow::Go;
        }
        let said = Said_ {
            room: &message.room,
            event: &message.id,
            sender: &message.sender,
            at: message.at,
            content: &message.content,
        };
        open::open(ctx, &said);
        return Flow::Stop;
    }
    if let Some(mut post) = spoken_of {
        if is_of_alarm {
            alarm::sighted(ctx, &mut post, message);
            post.save(ctx);
            return Flow::Stop;
        }
        memory::replied(ctx, &post, message);
        join(ctx, post, message);
        return Flow::Stop;
    }
    if let Some(post) = last(ctx, message).filter(|_| is_chat)
        && goes_on(ctx, post, message)
    {
        return Flow::Stop;
    }
    Flow::Go
}

/// Neighbours post in the rooms of buildings, in the channels, and to linli alone.
pub fn is_place_for(ctx: &mut Context<'_, '_>, room: &RoomId, sender: &UserId) -> bool {
    let is_talk = ctx.talks_with(room).as_ref() == Some(sender);
    let purpose = ctx.community.purpose(ctx.community.present(room));
    is_talk || matches!(purpose, Some(Purpose::Building(_) | Purpose::Help(_)))
}

/// The post in whose thread something is said, or to whose card it replies.
fn spoken_of(ctx: &mut Context<'_, '_>, message: &Message) -> Option<Post> {
    let targets = [message.thread.clone(), message.reply_to.clone()];
    targets.into_iter().flatten().find_map(|target| {
        let post = Post::of_event(ctx, &target);
        post.or_else(|| alarm::of_reply(ctx, &target))
    })
}

/// The last post of whoever speaks, in this room.
fn last(ctx: &mut Context<'_, '_>, message: &Message) -> Option<Post> {
    let last: Last = ctx.get(&last_id(&message.room, &message.sender))?;
    let is_near = message.at.since(last.at).abs() <= limits::BELONGS_WITHIN_MS;
    let is_talk = ctx.talks_with(&message.room).is_some();
    let is_near = is_near || is_talk && message.at.since(last.at) <= limits::POST_ANSWER_MS;
    let post = Post::load(ctx, last.no)?;
    (is_near && post.state.is_open()).then_some(post)
}

/// The last post of somebody in a room, whatever became of it.
pub fn last_of(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) -> Option<Post> {
    let last: Last = ctx.get(&last_id(room, user))?;
    Post::load(ctx, last.no)
}

/// What its author says or shows right after a post, without replying to anything: true where it belongs to it.
fn goes_on(ctx: &mut Context<'_, '_>, mut post: Post, message: &Message) -> bool {
    let shows = message.content.media.is_some();
    let answers = post.asked.is_some() && ctx.talks_with(&message.room).is_some();
    if !shows && !answers {
        return false;
    }
    if let Some(media) = &message.content.media {
        attach(ctx, &mut post, &message.room, &message.id, media);
    }
    let told = answers && answer(ctx, &mut post, &message.content.text);
    if !shows && !told {
        return false;
    }
    told_more(ctx, &mut post);
    true
}

/// Something is said in a post's thread, or as a reply to its card.
fn join(ctx: &mut Context<'_, '_>, mut post: Post, message: &Message) {
    if !post.is_author(&message.sender) || !post.state.is_open() {
        return;
    }
    let mut changed = false;
    if let Some(media) = &message.content.media {
        changed |= attach(ctx, &mut post, &message.room, &message.id, media);
    }
    changed |= answer(ctx, &mut post, &message.content.text);
    if changed {
        told_more(ctx, &mut post);
    }
}

/// More is known of it: its cards show that, there may be more seats, and it may meet another one now.
pub fn told_more(ctx: &mut Context<'_, '_>, post: &mut Post) {
    if post.row(ctx).is_some_and(|row| row.way == Way::Seats) {
        queue::move_up(ctx, post, None);
    }
    life::shown(ctx, post);
    rings::refresh(ctx, post);
    flags::refresh(ctx, post);
    post.save(ctx);
    if let Some(row) = post.row(ctx) {
        matching::seek(ctx, post, &row);
        post.save(ctx);
    }
}

/// Takes what an answer tells of what was asked for; false where it tells nothing of it.
fn answer(ctx: &mut Context<'_, '_>, post: &mut Post, text: &str) -> bool {
    let (Some(asked), Some(row)) = (post.asked.clone(), post.row(ctx)) else {
        return false;
    };
    let Some(now) = ctx.local(ctx.now).filter(|_| !text.trim().is_empty()) else {
        return false;
    };
    let community = ctx.community.clone();
    let fields: Vec<posts::Field> = asked.fields.iter().map(|field| field.field()).collect();
    let told = posts::answered(
        text,
        &fields,
        &row,
        &community.kinds,
        &community.registry,
        now,
    );
    let told = Fields::of(ctx, told);
    let is_answer = asked.fields.iter().any(|field| !told.lacks(*field));
    if !is_answer {
        return false;
    }
    post.answers.fill(told.clone());
    post.told.fill(told);
    let still = asked
        .fields
        .into_iter()
        .filter(|field| post.told.lacks(*field));
    let still: Vec<AskedField> = still.collect();
    post.asked = Some(Asked {
        fields: still,
        ..asked
    })
    .filter(|asked| !asked.fields.is_empty());
    post.ends = open::ends(ctx, post, &row);
    true
}

/// Adds a picture; false where there is no room for it.
fn attach(
    ctx: &mut Context<'_, '_>,
    post: &mut Post,
    room: &RoomId,
    event: &EventId,
    media: &Media,
) -> bool {
    let author = post.author.user.clone();
    let is_mute = !post.is_alarm(ctx) && life::is_silenced(ctx, &author);
    if is_mute || post.pictures.len() >= limits::POST_PICTURES_MAX {
        return false;
    }
    let picture = Picture {
        event: event.clone(),
        room: room.clone(),
        media: media.clone(),
        copies: Vec::new(),
    };
    post.pictures.push(picture.clone());
    card::show(ctx, post, &picture);
    ctx.link(event, &post.no.0.to_string());
    true
}
