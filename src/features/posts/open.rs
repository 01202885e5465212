//! Opening a post, and what editing or redacting its message means; pictures, and answers to what was asked.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    alarm, card, claims, flags, helm, life, matching, memory,
    neighbour::Neighbour,
    post::{self, Asked, AskedField, Fields, Picture, Post, State, about},
    queue::{self, Asker},
    ration, rings, watch,
};
use crate::{
    domain::{
        community::Purpose,
        context::Context,
        effect::{Effect, Lane, Post as Message_, Target},
        feature::Flow,
        ids::{EventId, HOUR_MS, Millis, PostNo, RoomId, UserId},
        input::{Content, Edit, Media, Message, Redaction},
        limits,
        record::Record,
        speech::{Arg, Said, shorten},
    },
    features::tickets,
    text::{
        fold::Folded,
        intent::{self, Intent, Reading},
        posts::{self, Kind, Way},
    },
};

/// The last post of somebody in a room, for what they say and show next.
#[derive(Serialize, Deserialize)]
struct Last {
    no: PostNo,
    at: Millis,
}

impl Record for Last {
    const KIND: &'static str = "help_last";
}

fn last_id(room: &RoomId, user: &UserId) -> String {
    format!("{room}/{user}")
}

/// A message that is no command.
pub fn message(ctx: &mut Context<'_, '_>, message: &Message) -> Flow {
    let reading = ctx.read_message(message);
    let spoken_of = spoken_of(ctx, message);
    let is_of_alarm = spoken_of.as_ref().is_some_and(|post| post.is_alarm(ctx));
    if !is_of_alarm && calls_for_missing(ctx, &reading, &message.content.text) {
        // Who wants nobody to know them is named nowhere.
        let is_nobody = intent::wants_no_name(&message.content.text);
        if is_nobody || tickets::is_anonymous(ctx, message) {
            return Flow::Go;
        }
        return cry(ctx, message, reading.intent);
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
        open(ctx, &said);
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

/// Whether somebody is said to be missing, to whomever it is said: by a post, whose tag may say so alone, or by a report.
fn calls_for_missing(ctx: &Context<'_, '_>, reading: &Reading, text: &str) -> bool {
    let kind = posts::kind_of(text, &ctx.community.kinds);
    let by_tag = kind.is_some_and(|kind| kind.way == Way::Alarm);
    match reading.intent {
        Intent::Post => by_tag,
        Intent::Ticket => by_tag || intent::is_missing(&Folded::new(&intent::own_words(text))),
        Intent::StatusQuery | Intent::HowTo | Intent::Command | Intent::Chat => false,
    }
}

/// Somebody is missing: neighbours look for them, and staff are called by a ticket, whose report the message is.
fn cry(ctx: &mut Context<'_, '_>, message: &Message, intent: Intent) -> Flow {
    if !is_place_for(ctx, &message.room, &message.sender) {
        return Flow::Go;
    }
    if alarm::is_over(ctx, message) {
        return Flow::Stop;
    }
    let community = ctx.community.clone();
    let kind = community.kinds.alarm();
    let said = Said_ {
        room: &message.room,
        event: &message.id,
        sender: &message.sender,
        at: message.at,
        content: &message.content,
    };
    let made = kind.and_then(|kind| made(ctx, &said, kind, kept(&message.content)));
    let Some((mut post, kind)) = made.zip(kind) else {
        return Flow::Go;
    };
    let before = alarm::cried_before(ctx, &post);
    let is_talk = ctx.talks_with(&message.room).is_some();
    let is_own = |open: &Post| open.is_author(&message.sender);
    if let Some(open) = before.as_ref().filter(|open| is_talk && is_own(open)) {
        say_twice(ctx, open, (&message.room, &message.id));
        return Flow::Stop;
    }
    if let Some(mut open) = before.filter(|_| !is_talk) {
        // An edit says it anew.
        alarm::unsaid(ctx, &message.id);
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
        put_up(ctx, &mut post, &said, kind);
    }
    call_staff(ctx, message, intent)
}

/// Staff are called by a ticket; what is a report by itself becomes one without this.
fn call_staff(ctx: &mut Context<'_, '_>, message: &Message, intent: Intent) -> Flow {
    if intent == Intent::Post {
        tickets::raise(ctx, message);
        return Flow::Stop;
    }
    Flow::Go
}

/// Neighbours post in the rooms of buildings, in the channels, and to linli alone.
fn is_place_for(ctx: &mut Context<'_, '_>, room: &RoomId, sender: &UserId) -> bool {
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
fn told_more(ctx: &mut Context<'_, '_>, post: &mut Post) {
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
    post.ends = ends(ctx, post, &row);
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

/// What opens a post: a message, or one that its author has made a post by an edit.
struct Said_<'m> {
    room: &'m RoomId,
    event: &'m EventId,
    sender: &'m UserId,
    at: Millis,
    content: &'m Content,
}

fn open(ctx: &mut Context<'_, '_>, said: &Said_<'_>) {
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
fn put_up(ctx: &mut Context<'_, '_>, post: &mut Post, said: &Said_<'_>, kind: &Kind) {
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

fn kept(content: &Content) -> String {
    shorten(&content.text, limits::POST_TEXT_CHARS_MAX)
}

/// A new post, of which nothing was shown yet.
fn made(ctx: &mut Context<'_, '_>, said: &Said_<'_>, kind: &Kind, text: String) -> Option<Post> {
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

fn read(ctx: &Context<'_, '_>, text: &str, kind: &Kind) -> Option<Fields> {
    let community = &ctx.community;
    let now = ctx.local(ctx.now)?;
    let told = posts::read(text, kind, &community.kinds, &community.registry, now);
    Some(Fields::of(ctx, told))
}

/// When its days are over: those of its kind, or earlier where it says so itself; what has a time ends with it.
fn ends(ctx: &Context<'_, '_>, post: &Post, kind: &Kind) -> Millis {
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

fn say_twice(ctx: &mut Context<'_, '_>, post: &Post, (room, event): (&RoomId, &EventId)) {
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

/// The message of a post was changed, or a message was made one.
pub fn edited(ctx: &mut Context<'_, '_>, edit: &Edit) {
    let community = ctx.community.clone();
    let text = kept(&edit.content);
    let post = Post::of_event(ctx, &edit.target);
    let Some(mut post) = post.or_else(|| alarm::of_message(ctx, &edit.target)) else {
        let is_report = ctx.as_feature(tickets::NAME, |ctx| ctx.linked(&edit.target).is_some());
        let is_own = ctx.writer_of(&edit.target).as_ref() == Some(&edit.sender);
        let is_post = posts::kind_of(&text, &community.kinds).is_some();
        if is_post && is_own && !is_report && is_place_for(ctx, &edit.room, &edit.sender) {
            let message = as_message(edit);
            let reading = ctx.read_message(&message);
            if calls_for_missing(ctx, &reading, &edit.content.text) {
                cry(ctx, &message, reading.intent);
                return;
            }
            let said = Said_ {
                room: &edit.room,
                event: &edit.target,
                sender: &edit.sender,
                at: edit.at,
                content: &edit.content,
            };
            open(ctx, &said);
        }
        return;
    };
    if post.message != edit.target || !post.is_author(&edit.sender) || !post.state.is_open() {
        return;
    }
    if !post.is_alarm(ctx) && life::is_silenced(ctx, &edit.sender) {
        return;
    }
    let kind = posts::kind_of(&text, &community.kinds);
    // Without its tag it is what it was.
    let kind = kind.or_else(|| community.kinds.named(&post.kind));
    let Some(kind) = kind else {
        return;
    };
    let is_asked_for = post.askers.iter().any(Asker::stands);
    let kind = match community.kinds.named(&post.kind) {
        // Whoever asked for a gift has not asked for a sale, and a sale counts as one.
        Some(before) if is_asked_for || !ration::may_become(ctx, &edit.sender, before, kind) => {
            before
        }
        Some(_) | None => kind,
    };
    let Some(mut told) = read(ctx, &text, kind) else {
        return;
    };
    told.fill(post.answers.clone());
    let becomes_alarm = kind.way == Way::Alarm && !post.is_alarm(ctx);
    post.kind.clone_from(&kind.name);
    post.open = posts::Open::told(&text);
    post.text = text;
    post.told = told;
    post.ends = ends(ctx, &post, kind);
    if becomes_alarm {
        alarm::spread(ctx, &mut post);
    }
    told_more(ctx, &mut post);
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
