//! What editing or taking back the message of a post means.
// Nothing in this file does IO.

use super::{
    alarm, cry, flags, life, memory, open,
    open::Said_,
    post::{Fields, Post},
    queue::Asker,
    ration, said,
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane},
        input::{Edit, Message, Redaction},
    },
    features::tickets,
    text::posts::{self, Way},
};

/// The message of a post was changed, or a message was made one.
pub fn edited(ctx: &mut Context<'_, '_>, edit: &Edit) {
    let community = ctx.community.clone();
    let text = open::kept(&edit.content);
    let post = Post::of_event(ctx, &edit.target);
    let Some(mut post) = post.or_else(|| alarm::of_message(ctx, &edit.target)) else {
        let is_report = ctx.as_feature(tickets::NAME, |ctx| ctx.linked(&edit.target).is_some());
        let is_own = ctx.writer_of(&edit.target).as_ref() == Some(&edit.sender);
        let is_post = posts::kind_of(&text, &community.kinds).is_some();
        if is_post && is_own && !is_report && said::is_place_for(ctx, &edit.room, &edit.sender) {
            let message = as_message(edit);
            let reading = ctx.read_message(&message);
            if cry::is_one(ctx, &reading, &edit.content.text) {
                cry::raise(ctx, &message, reading.intent);
                return;
            }
            let said = Said_ {
                room: &edit.room,
                event: &edit.target,
                sender: &edit.sender,
                at: edit.at,
                content: &edit.content,
            };
            open::open(ctx, &said);
        }
        return;
    };
    if post.message != edit.target || !post.is_author(&edit.sender) || !post.state.is_open() {
        return;
    }
    let kind = posts::kind_of(&text, &community.kinds);
    // Without its tag it is what it was.
    let kind = kind.or_else(|| community.kinds.named(&post.kind));
    let Some(kind) = kind else {
        return;
    };
    let is_cry = kind.way == Way::Alarm;
    if !is_cry && !post.is_alarm(ctx) && life::is_silenced(ctx, &edit.sender) {
        return;
    }
    let is_asked_for = post.askers.iter().any(Asker::stands);
    let kind = match community.kinds.named(&post.kind) {
        // Whoever is missing is looked for, whatever it was before.
        _ if is_cry => kind,
        // Whoever asked for a gift has not asked for a sale, and a sale counts as one.
        Some(before) if is_asked_for || !ration::may_become(ctx, &edit.sender, before, kind) => {
            before
        }
        Some(_) | None => kind,
    };
    let Some(mut told) = open::read(ctx, &text, kind) else {
        return;
    };
    told.fill(post.answers.clone());
    let becomes_alarm = is_cry && !post.is_alarm(ctx);
    post.kind.clone_from(&kind.name);
    post.open = posts::Open::told(&text);
    post.text = text;
    post.told = told;
    post.ends = open::ends(ctx, &post, kind);
    if becomes_alarm {
        alarm::spread(ctx, &mut post);
    }
    said::told_more(ctx, &mut post);
    if becomes_alarm {
        tickets::raise(ctx, &as_message(edit));
    }
}

/// An edited message, as if it were said now.
fn as_message(edit: &Edit) -> Message {
    Message {
        room: edit.room.clone(),
        id: edit.target.clone(),
        sender: edit.sender.clone(),
        at: edit.at,
        content: edit.content.clone(),
        reply_to: None,
        thread: None,
        mark: None,
    }
}

/// Something was taken back: the post itself, or a picture of it.
pub fn redacted(ctx: &mut Context<'_, '_>, redaction: &Redaction) {
    alarm::unsaid(ctx, &redaction.target);
    let cry = alarm::of_message(ctx, &redaction.target);
    let Some(mut post) = cry.or_else(|| Post::of_event(ctx, &redaction.target)) else {
        return;
    };
    memory::forget(ctx, post.no, &redaction.target);
    if let Some(at) = post
        .pictures
        .iter()
        .position(|picture| picture.event == redaction.target)
    {
        let picture = post.pictures.remove(at);
        for (room, target) in picture.copies {
            let reason = String::new();
            ctx.ask(&room, Lane::Answer, Effect::Redact { target, reason });
        }
    }
    if post.message == redaction.target {
        post.text.clear();
        post.told = Fields::default();
        post.answers = Fields::default();
        life::withdraw(ctx, &mut post, &redaction.sender);
        flags::refresh(ctx, &post);
    }
    life::shown(ctx, &mut post);
    post.save(ctx);
}
