//! Somebody is missing: all rooms and staff at once, sightings gathered in one thread, and the end told everywhere.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    card,
    neighbour::Neighbour,
    news::{self, News, What},
    post::{self, Post, State},
    said,
    settings::NAME,
};
use crate::{
    domain::{
        context::Context,
        effect::{About, Effect, Lane, Post as Message_, Target},
        ids::{EventId, HOUR_MS, PostNo, RoomId, Txn},
        input::Message,
        limits,
        record::Record,
        speech::{Arg, Said, shorten},
    },
    features::tickets::{self, TicketSettings},
    text::{danger, fold::Folded, intent, posts},
};

/// So long whoever cries again is taken to cry for the same person.
const CRIED_BEFORE_MS: i64 = 12 * HOUR_MS;

/// The post of a message that is a ticket too: its report belongs to the ticket.
#[derive(Serialize, Deserialize)]
pub struct AlarmOf(pub PostNo);

impl Record for AlarmOf {
    const KIND: &'static str = "help_alarm";
}

/// A sighting that was told in the thread of a card, by the message that said it.
#[derive(Serialize, Deserialize)]
struct Relayed {
    no: PostNo,
    /// Which sighting of the post it is.
    number: u32,
    /// Its words and its picture, and what its author was told of it.
    shown: Vec<(RoomId, Txn)>,
}

impl Record for Relayed {
    const KIND: &'static str = "help_sighting";
}

/// A message by which another one cried for the same person: what replies to it belongs to the post.
#[derive(Serialize, Deserialize)]
struct AlsoCried(PostNo);

impl Record for AlsoCried {
    const KIND: &'static str = "help_also_cried";
}

/// Notes that another one cried for the same person.
pub fn also_cried(ctx: &mut Context<'_, '_>, post: &mut Post, event: &EventId) {
    if post.cries.len() < limits::CRIES_MAX {
        post.cries.push(event.clone());
        ctx.put(event.as_str(), &AlsoCried(post.no));
    }
}

/// The post that somebody speaks of who replies to a cry.
pub fn of_reply(ctx: &mut Context<'_, '_>, event: &EventId) -> Option<Post> {
    let own = of_message(ctx, event);
    own.or_else(|| {
        let AlsoCried(no) = ctx.get(event.as_str())?;
        Post::load(ctx, no)
    })
}

/// The post whose cry a message was.
pub fn of_message(ctx: &mut Context<'_, '_>, event: &EventId) -> Option<Post> {
    let AlarmOf(no) = ctx.get(event.as_str())?;
    Post::load(ctx, no)
}

/// The open cry of late for the same person: by the same neighbour, or for the same name.
pub fn cried_before(ctx: &mut Context<'_, '_>, cry: &Post) -> Option<Post> {
    let kind = ctx.community.kinds.alarm()?.name.clone();
    let open = post::numbers(ctx, &post::list_of_kind(&kind), limits::OPEN_SCAN_MAX);
    let now = ctx.now;
    let mut open = open.into_iter().filter_map(|no| Post::load(ctx, no));
    open.find(|post| {
        let is_same = if post.is_author(&cry.author.user) {
            post.told.name == cry.told.name && post.told.item == cry.told.item
        } else {
            is_surely_same(post, cry)
        };
        is_same && post.state.is_open() && now.since(post.opened) < CRIED_BEFORE_MS
    })
}

/// Whether two neighbours cry for the same person beyond doubt, by the whole name: two children are called 小宝.
fn is_surely_same(one: &Post, other: &Post) -> bool {
    let group = |post: &Post| post.told.item.as_deref().and_then(posts::of_item);
    let groups = group(one).zip(group(other));
    let is_one_sort = groups.is_some_and(|(one, other)| one.group() == other.group());
    let is_named = |one: &Post, other: &Post| {
        let name = one.told.name.as_deref().unwrap_or_default();
        let is_whole = if name.is_ascii() {
            name.split_whitespace().count() >= 2
        } else {
            name.chars().count() >= 3
        };
        let mut places = other.text.match_indices(name).filter(|_| is_whole);
        places.any(|(at, _)| {
            let goes_on = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let before = other.text[..at].chars().next_back();
            let after = other.text[at + name.len()..].chars().next();
            !name.is_ascii() || !goes_on(before) && !goes_on(after)
        })
    };
    is_one_sort && (is_named(one, other) || is_named(other, one))
}

/// A post has become a cry by an edit: its message is a report from now on, and all rooms read of it.
pub fn spread(ctx: &mut Context<'_, '_>, post: &mut Post) {
    let message = post.message.clone();
    ctx.put(message.as_str(), &AlarmOf(post.no));
    for room in rooms(ctx, post) {
        if !post.cards.iter().any(|card| card.room == room) {
            card::put_up(ctx, post, &room);
        }
    }
}

/// Whether a message with the tag of a cry says that somebody is found, of whom linli knows: it is no cry then. Its author is
/// told how everybody hears of it; what another one says is told to whoever looks for them.
pub fn is_over(ctx: &mut Context<'_, '_>, message: &Message) -> bool {
    let words = intent::own_words(&message.content.text);
    if intent::is_missing(&Folded::new(&words)) || !danger::is_over(&words) {
        return false;
    }
    let Some(kind) = ctx.community.kinds.alarm().map(|kind| kind.name.clone()) else {
        return false;
    };
    let now = ctx.now;
    let open = post::numbers(ctx, &post::list_of_kind(&kind), limits::OPEN_SCAN_MAX);
    let open = open.into_iter().filter_map(|no| Post::load(ctx, no));
    let mut open: Vec<Post> = open
        .filter(|post| now.since(post.opened) < CRIED_BEFORE_MS)
        .collect();
    let is_own = |post: &Post| post.is_author(&message.sender);
    if let Some(post) = open.iter().find(|post| is_own(post)) {
        let no = post.no.to_string();
        let said = ctx.say(
            post.language,
            "post-alarm-over-how",
            &[("no", Arg::Text(&no))],
        );
        let target = Target::Event(message.id.clone());
        ctx.answer(&message.room, Some(target), true, said);
        return true;
    }
    if let Some(mut post) = open.pop() {
        sighted(ctx, &mut post, message);
        post.save(ctx);
        return true;
    }
    // Thanks for one that has ended already.
    let last = said::last_of(ctx, &message.room, &message.sender);
    last.is_some_and(|post| post.kind == kind && now.since(post.opened) < CRIED_BEFORE_MS)
}

/// All rooms where people may have seen them.
pub fn rooms(ctx: &mut Context<'_, '_>, post: &Post) -> Vec<RoomId> {
    let mut rooms = card::rooms(ctx, post);
    let buildings: Vec<RoomId> = ctx
        .community
        .building_rooms()
        .map(|(room, _)| room.clone())
        .collect();
    rooms.extend(
        buildings
            .into_iter()
            .filter(|room| !rooms.contains(room))
            .collect::<Vec<_>>(),
    );
    rooms
}

/// What to do, as the card says it.
pub fn advice(ctx: &Context<'_, '_>, post: &Post) -> Said {
    let settings: &TicketSettings = ctx.community.settings(tickets::NAME);
    let police = Arg::Text(&settings.emergency.police);
    ctx.say(post.language, "post-alarm-advice", &[("police", police)])
}

/// Somebody has seen them, or asks: all of it is told in one thread, in its order, and the author is told at once.
pub fn sighted(ctx: &mut Context<'_, '_>, post: &mut Post, message: &Message) {
    let Some(thread) = post.cards.first().cloned().filter(|_| post.state.is_open()) else {
        return;
    };
    let is_there = message.room == thread.room && message.thread.is_some();
    // What its author says to linli alone is for nobody else.
    let is_private = ctx.talks_with(&message.room).is_some() && post.is_author(&message.sender);
    if is_private {
        return;
    }
    let who = Neighbour::of(ctx, &message.room, &message.sender);
    let name = who.called(ctx, post.language);
    let at = ctx.moment(message.at);
    let (words, _) = posts::veiled(&message.content.text.replace('\n', " "));
    let words = shorten(&words, limits::WHY_CHARS_MAX);
    let words = if words.is_empty() {
        "📷".to_owned()
    } else {
        words
    };
    let mut shown = Vec::new();
    if !is_there {
        let args = [
            ("at", Arg::Text(&at)),
            ("name", Arg::Text(&name)),
            ("words", Arg::Text(&words)),
        ];
        let content = ctx.say(post.language, "post-sighting", &args);
        let post_ = Message_ {
            content,
            quiet: true,
            reply_to: None,
            thread: Some(thread.target.clone()),
            about: Some(relayed()),
        };
        let sent = ctx.ask(&thread.room, Lane::Answer, Effect::Post(post_));
        shown.push((thread.room.clone(), sent));
        if let Some(media) = &message.content.media {
            let show = Effect::Show {
                media: media.content.clone(),
                thread: Some(thread.target),
                about: Some(relayed()),
            };
            let sent = ctx.ask(&thread.room, Lane::Talk, show);
            shown.push((thread.room.clone(), sent));
        }
    }
    post.sightings += 1;
    let author = post.author.user.clone();
    if !post.is_author(&message.sender) {
        post.last_sighting = Some(format!("{at} {name}: {words}"));
        let news = News::new(What::Sighted, &author, post.sightings);
        shown.extend(news::tell(ctx, post, None, news));
    }
    let relayed = Relayed {
        no: post.no,
        number: post.sightings,
        shown,
    };
    ctx.put(message.id.as_str(), &relayed);
}

/// What a sighting carries: it is no card.
fn relayed() -> About {
    About {
        feature: NAME.to_owned(),
        id: "sighting".to_owned(),
    }
}

/// A sighting is taken back by whoever said it, or by a moderator: it stands nowhere any longer.
pub fn unsaid(ctx: &mut Context<'_, '_>, message: &EventId) {
    let Some(relayed) = ctx.get::<Relayed>(message.as_str()) else {
        return;
    };
    ctx.delete::<Relayed>(message.as_str());
    for (room, sent) in relayed.shown {
        let target = Target::Sent(sent);
        let reason = String::new();
        ctx.ask(&room, Lane::Answer, Effect::Redact { target, reason });
    }
    let post = Post::load(ctx, relayed.no);
    if let Some(mut post) = post.filter(|post| post.sightings == relayed.number) {
        post.last_sighting = None;
        post.save(ctx);
    }
}

/// It is over: every room that was called hears it.
pub fn announce_end(ctx: &mut Context<'_, '_>, post: &Post) {
    let key = match post.state {
        State::Done => "post-alarm-found",
        State::Withdrawn | State::Expired => "post-alarm-off",
        State::Open | State::Promised => return,
    };
    let what = card::in_short(ctx, post, post.language);
    let no = post.no.to_string();
    let args = [("no", Arg::Text(&no)), ("what", Arg::Said(&what))];
    let content = ctx.say(post.language, key, &args);
    let mut rooms: Vec<(RoomId, Option<Target>)> = Vec::new();
    for card in post.cards.iter().filter(|card| !card.again) {
        rooms.push((card.room.clone(), Some(card.target.clone())));
    }
    rooms.extend(ctx.community.staff_room().cloned().map(|room| (room, None)));
    for (room, reply_to) in rooms {
        let message = Message_ {
            content: content.clone(),
            quiet: false,
            reply_to,
            thread: None,
            about: None,
        };
        ctx.ask(&room, Lane::Answer, Effect::Post(message));
    }
    let cries: Vec<EventId> = std::iter::once(&post.message)
        .chain(&post.cries)
        .cloned()
        .collect();
    tickets::call_off(ctx, &cries);
}
