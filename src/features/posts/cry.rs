//! Somebody is missing: who cries for them opens a post for neighbours, and a ticket for staff.
// Nothing in this file does IO.

use super::{alarm, open, open::Said_, post::Post, said};
use crate::{
    domain::{context::Context, effect::Target, feature::Flow, input::Message, speech::Arg},
    features::tickets::{self, TicketSettings},
    text::{
        fold::Folded,
        intent::{self, Intent, Reading},
        posts::{self, Way},
    },
};

/// Whether somebody is said to be missing, to whomever it is said: by a post, whose tag may say so alone, or by a report.
pub fn is_one(ctx: &Context<'_, '_>, reading: &Reading, text: &str) -> bool {
    let by_tag = || {
        let kind = posts::kind_of(text, &ctx.community.kinds);
        kind.is_some_and(|kind| kind.way == Way::Alarm)
    };
    match reading.intent {
        Intent::Post => by_tag(),
        Intent::Ticket => by_tag() || intent::is_missing(&Folded::new(&intent::own_words(text))),
        Intent::StatusQuery | Intent::HowTo | Intent::Command | Intent::Chat => false,
    }
}

/// Somebody is missing: neighbours look for them, and staff are called by a ticket, whose report the message is.
pub fn raise(ctx: &mut Context<'_, '_>, message: &Message, intent: Intent) -> Flow {
    if !said::is_place_for(ctx, &message.room, &message.sender) {
        return Flow::Go;
    }
    if alarm::is_over(ctx, message) {
        return Flow::Stop;
    }
    let community = ctx.community.clone();
    let words = posts::without_tag(&message.content.text, &community.kinds);
    let is_bare = message.content.media.is_none() && !words.contains(char::is_alphanumeric);
    if is_bare {
        ask_whom(ctx, message);
        return Flow::Stop;
    }
    let kind = community.kinds.alarm();
    let said = Said_ {
        room: &message.room,
        event: &message.id,
        sender: &message.sender,
        at: message.at,
        content: &message.content,
    };
    let made = kind.and_then(|kind| open::made(ctx, &said, kind, open::kept(&message.content)));
    let Some((mut post, kind)) = made.zip(kind) else {
        return Flow::Go;
    };
    // An edit says it anew.
    alarm::unsaid(ctx, &message.id);
    let before = alarm::cried_before(ctx, &post);
    let is_talk = ctx.talks_with(&message.room).is_some();
    let is_own = |open: &Post| open.is_author(&message.sender);
    if let Some(open) = before.as_ref().filter(|open| is_talk && is_own(open)) {
        open::say_twice(ctx, open, (&message.room, &message.id));
        return Flow::Stop;
    }
    if let Some(mut open) = before.filter(|_| !is_talk) {
        // Whoever cries again for the same one tells more of it.
        alarm::sighted(ctx, &mut open, message);
        let is_another = !open.is_author(&message.sender);
        if is_another {
            alarm::also_cried(ctx, &mut open, &message.id);
        }
        open.save(ctx);
        return if is_another {
            call_staff(ctx, message, intent)
        } else {
            Flow::Stop
        };
    }
    if alarm::of_message(ctx, &message.id).is_none() {
        ctx.put(message.id.as_str(), &alarm::AlarmOf(post.no));
        open::put_up(ctx, &mut post, &said, kind);
    }
    call_staff(ctx, message, intent)
}

/// A tag alone helps nobody to look for anybody: whoever wrote it is told at once whom to ring, and what to write.
fn ask_whom(ctx: &mut Context<'_, '_>, message: &Message) {
    let language = ctx.language_of(&message.sender, &message.content.text);
    let settings: &TicketSettings = ctx.community.settings(tickets::NAME);
    let police = settings.emergency.police.clone();
    let said = ctx.say(
        language,
        "post-alarm-whom",
        &[("police", Arg::Text(&police))],
    );
    let target = Target::Event(message.id.clone());
    ctx.answer(&message.room, Some(target), false, said);
}

/// Staff are called by a ticket; what is a report by itself becomes one without this.
fn call_staff(ctx: &mut Context<'_, '_>, message: &Message, intent: Intent) -> Flow {
    if intent == Intent::Post {
        tickets::raise(ctx, message);
        return Flow::Stop;
    }
    Flow::Go
}
