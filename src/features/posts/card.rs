//! The card: how a post shows itself in its rooms. No number and no home stands on it, unless its author insists.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use super::{
    alarm,
    post::{Card, Fields, Picture, Post, State, about},
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Post as Message, Target},
        ids::{Millis, RoomId},
        input::Membership,
        limits,
        speech::{Arg, Said, shorten},
    },
    text::{
        address::{self, plain_name},
        fold::Folded,
        language::Language,
        posts::{self, Kind, Way, veiled, veiled_but},
        tags,
    },
};

/// The rooms in which a new post is shown: where it was said, the channel of its kind, and its author's building.
pub fn rooms(ctx: &mut Context<'_, '_>, post: &Post) -> Vec<RoomId> {
    let community = ctx.community.clone();
    let said_in = Some(&post.room).filter(|room| !community.is_apart(room));
    let channel = community.channel(&post.kind);
    let own = post.author.building.as_deref().map(plain_name);
    let of_building = |name: &str| own.as_deref() == Some(plain_name(name).as_str());
    let mut buildings = community.building_rooms();
    let building = buildings.find(|(_, name)| of_building(name));
    // A name can say what it likes: they must be there.
    let building = building
        .map(|(room, _)| room)
        .filter(|room| ctx.membership(room, &post.author.user) == Some(Membership::Join));
    let mut rooms: Vec<RoomId> = Vec::new();
    for room in said_in.into_iter().chain(channel).chain(building) {
        if !rooms.contains(room) {
            rooms.push(room.clone());
        }
    }
    rooms
}

/// Posts the cards of a new post.
pub fn post_all(ctx: &mut Context<'_, '_>, post: &mut Post) {
    let rooms = if post.is_alarm(ctx) {
        alarm::rooms(ctx, post)
    } else {
        rooms(ctx, post)
    };
    for room in rooms {
        put_up(ctx, post, &room);
    }
    for picture in post.pictures.clone() {
        show(ctx, post, &picture);
    }
    offer(ctx, post);
}

/// Posts one more card.
pub fn put_up(ctx: &mut Context<'_, '_>, post: &mut Post, room: &RoomId) {
    let answers = post.room == *room;
    let content = render(ctx, post, post.language);
    let message = Message {
        content,
        quiet: !post.is_alarm(ctx),
        reply_to: answers.then(|| Target::Event(post.message.clone())),
        thread: None,
        about: Some(about(post.no)),
    };
    let txn = ctx.ask(room, Lane::Answer, Effect::Post(message));
    post.cards.push(Card {
        room: room.clone(),
        target: Target::Sent(txn),
        offered: BTreeSet::new(),
        again: false,
    });
}

/// One line below each card that shows it again.
pub fn show_again(ctx: &mut Context<'_, '_>, post: &mut Post) {
    let first: Vec<Card> = post
        .cards
        .iter()
        .filter(|card| !card.again)
        .cloned()
        .collect();
    let line = line_again(ctx, post);
    post.line_shown.clone_from(&line.text);
    for card in first {
        let message = Message {
            content: line.clone(),
            quiet: true,
            reply_to: Some(card.target),
            thread: None,
            about: Some(about(post.no)),
        };
        let txn = ctx.ask(&card.room, Lane::Talk, Effect::Post(message));
        post.cards.push(Card {
            room: card.room,
            target: Target::Sent(txn),
            offered: BTreeSet::new(),
            again: true,
        });
    }
    offer(ctx, post);
}

fn line_again(ctx: &mut Context<'_, '_>, post: &Post) -> Said {
    let what = in_short(ctx, post, post.language);
    let no = post.no.to_string();
    let state = state(ctx, post, post.language);
    let args = [
        ("no", Arg::Text(&no)),
        ("what", Arg::Said(&what)),
        ("state", Arg::Said(&state)),
    ];
    ctx.say(post.language, "post-again", &args)
}

/// It has come to a good end, which its channel reads once.
pub fn thank(ctx: &mut Context<'_, '_>, post: &mut Post) {
    let Some(room) = ctx
        .community
        .channel(&post.kind)
        .or(Some(&post.room))
        .cloned()
    else {
        return;
    };
    let what = in_short(ctx, post, post.language);
    let no = post.no.to_string();
    let way = post.row(ctx).map(|row| row.way);
    let key = match way {
        Some(Way::Search | Way::Alarm) => "post-thanks-search",
        Some(Way::Pass | Way::Seats | Way::Talk) | None => "post-thanks",
    };
    let args = [("no", Arg::Text(&no)), ("what", Arg::Said(&what))];
    let content = ctx.say(post.language, key, &args);
    let message = Message {
        content,
        quiet: true,
        reply_to: None,
        thread: None,
        about: None,
    };
    if !ctx.community.is_apart(&room) {
        ctx.ask(&room, Lane::Talk, Effect::Post(message));
    }
}

/// Brings all cards up to the present state.
pub fn refresh(ctx: &mut Context<'_, '_>, post: &mut Post) {
    let whole = render(ctx, post, post.language);
    let line = line_again(ctx, post);
    // Those who have asked for it do not stand in the line.
    let is_same = post.line_shown == line.text;
    post.line_shown.clone_from(&line.text);
    for card in post.cards.clone() {
        if card.again && is_same {
            continue;
        }
        let content = if card.again {
            line.clone()
        } else {
            whole.clone()
        };
        let change = Effect::Change {
            target: card.target,
            content,
            about: Some(about(post.no)),
        };
        ctx.ask(&card.room, Lane::Answer, change);
    }
    offer(ctx, post);
}

/// Puts the tap that most will use on the cards.
fn offer(ctx: &mut Context<'_, '_>, post: &mut Post) {
    if !post.state.is_open() {
        return;
    }
    for at in 0..post.cards.len() {
        let card = &post.cards[at];
        if card.offered.contains(ASK) {
            continue;
        }
        let react = Effect::React {
            target: card.target.clone(),
            key: ASK.to_owned(),
        };
        let room = card.room.clone();
        ctx.ask(&room, Lane::Talk, react);
        post.cards[at].offered.insert(ASK.to_owned());
    }
}

const ASK: &str = "🙋";

/// Shows a picture under the cards where it was not shown by its author.
pub fn show(ctx: &mut Context<'_, '_>, post: &mut Post, picture: &Picture) {
    let mut copies = Vec::new();
    for card in post.cards.clone() {
        if card.again || card.room == picture.room {
            continue;
        }
        let show = Effect::Show {
            media: picture.media.content.clone(),
            thread: Some(card.target),
            about: Some(about(post.no)),
        };
        let sent = ctx.ask(&card.room, Lane::Talk, show);
        copies.push((card.room, Target::Sent(sent)));
    }
    let own = post
        .pictures
        .iter_mut()
        .find(|own| own.event == picture.event);
    if let Some(own) = own {
        own.copies.extend(copies);
    }
}

/// What it says, as everybody may read it, without its tag.
pub fn words(ctx: &Context<'_, '_>, post: &Post) -> String {
    let words = posts::without_tag(&post.text, &ctx.community.kinds);
    let words = match tags::find(&words) {
        Some(tag) => format!("{}{}", &words[..tag.range.start], &words[tag.range.end..]),
        None => words,
    };
    shorten(&open_text(post, &words), limits::CARD_TEXT_CHARS_MAX)
}

/// Somebody's words in one line, without numbers and homes.
#[must_use]
pub fn in_line(text: &str) -> String {
    veiled(&text.trim().replace('\n', " ")).0
}

/// A text as everybody may read it: without numbers and homes, in one line.
#[must_use]
pub fn open_text(post: &Post, text: &str) -> String {
    veiled_but(&text.trim().replace('\n', " "), post.open).0
}

/// The card.
pub fn render(ctx: &mut Context<'_, '_>, post: &Post, language: Language) -> Said {
    let row = post.row(ctx);
    let mut lines = vec![head(ctx, post, row.as_ref(), language).bold()];
    if post.state == State::Withdrawn && post.text.is_empty() {
        lines.push(ctx.say(language, "post-blanked", &[]));
        return Said::lines(lines);
    }
    lines.extend(fields(ctx, post, row.as_ref(), language));
    let words = words(ctx, post);
    if !words.is_empty() {
        lines.push(ctx.say(language, "card-text", &[("text", Arg::Text(&words))]));
    }
    if !post.pictures.is_empty() {
        let count = i64::try_from(post.pictures.len()).unwrap_or(i64::MAX);
        let args = [("pictures", Arg::Number(count)), ("others", Arg::Number(0))];
        lines.push(ctx.say(language, "card-pictures", &args));
    }
    let name = post.author.called(ctx, language);
    lines.push(ctx.say(language, "card-reporter", &[("name", Arg::Text(&name))]));
    if post.is_alarm(ctx) && post.state.is_open() {
        lines.push(alarm::advice(ctx, post));
    }
    lines.extend(asked(ctx, post, row.as_ref(), language));
    let hint = hint(post, row.as_ref());
    lines.push(ctx.say(language, hint, &[]));
    Said::lines(lines)
}

/// The first line: number, kind and state; also its line in a list.
pub fn head(ctx: &Context<'_, '_>, post: &Post, row: Option<&Kind>, language: Language) -> Said {
    let no = post.no.to_string();
    let kind = title(ctx, &post.kind, row, language);
    let state = state(ctx, post, language);
    let args = [
        ("no", Arg::Text(&no)),
        ("kind", Arg::Said(&kind)),
        ("state", Arg::Said(&state)),
    ];
    ctx.say(language, "post-head", &args)
}

/// What a kind is called.
pub fn title(ctx: &Context<'_, '_>, name: &str, row: Option<&Kind>, language: Language) -> Said {
    match row.and_then(|row| row.title.as_ref()) {
        Some(title) => Said::plain(match language {
            Language::Zh => &title.zh,
            Language::En => &title.en,
        }),
        None => ctx.say(language, &format!("kind-{name}"), &[]),
    }
}

/// The state in words.
pub fn state(ctx: &Context<'_, '_>, post: &Post, language: Language) -> Said {
    let way = post.row(ctx).map(|row| row.way);
    let is_full = way == Some(Way::Seats) && post.seats_left() == Some(0);
    let key = match (post.state, way) {
        (State::Open, _) if is_full => "post-state-full",
        (State::Open, Some(Way::Search | Way::Alarm)) => "post-state-searching",
        (State::Open, _) => "post-state-open",
        (State::Promised, _) => "post-state-promised",
        (State::Done, Some(Way::Search | Way::Alarm)) => "post-state-found",
        (State::Done, _) => "post-state-done",
        (State::Withdrawn, _) => "post-state-withdrawn",
        (State::Expired, _) => "post-state-expired",
    };
    ctx.say(language, key, &[])
}

/// What it is about in a few words: for lists, and for whoever is told of it.
pub fn in_short(ctx: &Context<'_, '_>, post: &Post, language: Language) -> Said {
    let row = post.row(ctx);
    let kind = title(ctx, &post.kind, row.as_ref(), language);
    let words = short_words(ctx, post, row.as_ref());
    if words.is_empty() {
        return kind;
    }
    let args = [("kind", Arg::Said(&kind)), ("words", Arg::Text(&words))];
    ctx.say(language, "post-short", &args)
}

fn short_words(ctx: &Context<'_, '_>, post: &Post, row: Option<&Kind>) -> String {
    let Fields {
        item,
        colour,
        from,
        to,
        at,
        ..
    } = &post.told;
    let own = |text: &Option<String>| text.as_ref().map(|text| open_text(post, text));
    if let Some(to) = own(to) {
        let from = own(from).map_or_else(String::new, |from| format!("{from} "));
        let at = at.map(|at| day_or_moment(ctx, at)).unwrap_or_default();
        return format!("{from}→ {to} {at}").trim().to_owned();
    }
    let Some(item) = own(item) else {
        let text = posts::without_tag(&post.text, &ctx.community.kinds);
        return shorten(&open_text(post, &text), 24);
    };
    let colour = own(colour).filter(|colour| !item.contains(colour.as_str()));
    // Of people it is their clothes.
    let is_thing = row.is_some_and(|row| matches!(row.way, Way::Pass | Way::Search));
    match colour.filter(|_| is_thing) {
        Some(colour) if !colour.is_ascii() && !item.is_ascii() => format!("{colour}{item}"),
        Some(colour) => format!("{colour} {item}"),
        None => item,
    }
}

/// What was read of it, a line for each sort.
fn fields(ctx: &Context<'_, '_>, post: &Post, row: Option<&Kind>, language: Language) -> Vec<Said> {
    let told = &post.told;
    let own = |text: &Option<String>| text.as_ref().map(|text| open_text(post, text));
    let mut lines = Vec::new();
    let mut line = |key: &str, name: &'static str, text: String| {
        if !text.is_empty() {
            lines.push(ctx.say(language, key, &[(name, Arg::Text(&text))]));
        }
    };
    let is_ride = told.to.is_some() || told.from.is_some();
    if is_ride {
        let from = own(&told.from).unwrap_or_default();
        let to = own(&told.to).unwrap_or_default();
        line(
            "post-ride",
            "way",
            format!("{from} → {to}").trim().to_owned(),
        );
    } else {
        let name = own(&told.name).map(|name| format!("“{name}”"));
        let item = own(&told.item);
        let has_colour = |colour: &String| item.as_ref().is_some_and(|item| item.contains(colour));
        let colour = own(&told.colour).filter(|colour| !has_colour(colour));
        let parts = [
            item.clone(),
            colour,
            name,
            own(&told.marks),
            own(&told.condition),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        line("post-item", "item", parts.join(" · "));
    }
    line("post-place", "place", place(ctx, post, language));
    let at = told.at.map(|at| day_or_moment(ctx, at)).unwrap_or_default();
    let weekly = told
        .weekly
        .as_ref()
        .map(|days| weekdays(ctx, days, language));
    let at = [weekly, Some(at)].into_iter().flatten().collect::<Vec<_>>();
    line("post-at", "at", at.join(" ").trim().to_owned());
    if let Some(seats) = told
        .seats
        .filter(|_| row.is_some_and(|row| row.way == Way::Seats))
    {
        line(
            "post-seats",
            "seats",
            format!("{}/{seats}", post.aboard().count()),
        );
    }
    line("post-price", "price", price(ctx, post, language));
    line(
        "post-pickup",
        "pickup",
        own(&told.pickup).unwrap_or_default(),
    );
    line(
        "post-until",
        "until",
        told.until
            .map(|at| day_or_moment(ctx, at))
            .unwrap_or_default(),
    );
    lines
}

/// Where it is; of a home the building alone.
fn place(ctx: &Context<'_, '_>, post: &Post, language: Language) -> String {
    let Some(place) = &post.told.place else {
        return String::new();
    };
    let shown = open_text(post, place);
    if shown == *place {
        return shown;
    }
    let address = address::read(&Folded::new(place), &ctx.community.registry);
    let building = address.building.or(post.author.building.clone());
    building.map_or_else(String::new, |building| {
        let args = [("value", Arg::Text(&building))];
        ctx.say(language, "address-building", &args).text
    })
}

/// A moment; a day where no time of it was told.
fn day_or_moment(ctx: &Context<'_, '_>, at: Millis) -> String {
    let moment = ctx.moment(at);
    let is_day = moment.ends_with(" 00:00") || moment.ends_with(" 23:59");
    match moment.split_once(' ') {
        Some((day, _)) if is_day => day.to_owned(),
        Some(_) | None => moment,
    }
}

fn weekdays(ctx: &Context<'_, '_>, days: &str, language: Language) -> String {
    let key = match days {
        "*" => "post-daily",
        "1-5" => "post-workdays",
        "6,0" => "post-weekends",
        _ => "post-weekly",
    };
    ctx.say(language, key, &[]).text
}

fn price(ctx: &Context<'_, '_>, post: &Post, language: Language) -> String {
    match post.told.price_cents {
        None => String::new(),
        Some(0) => ctx.say(language, "post-free", &[]).text,
        Some(cents) if cents % 100 == 0 => format!("¥{}", cents / 100),
        Some(cents) => format!("¥{}.{:02}", cents / 100, cents % 100),
    }
}

/// Who asks for it, as far as everybody reads that: how many.
fn asked(
    ctx: &Context<'_, '_>,
    post: &Post,
    row: Option<&Kind>,
    language: Language,
) -> Option<Said> {
    let waiting = post.waiting().count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let key = match row.map(|row| row.way) {
        Some(Way::Pass) if row.is_some_and(Kind::is_helped) => "post-waiting-help",
        Some(Way::Pass) => "post-waiting",
        Some(Way::Seats) => "post-waiting-seats",
        Some(Way::Search | Way::Alarm | Way::Talk) | None => return None,
    };
    let args = [("count", Arg::Number(count(waiting)))];
    (waiting > 0 && post.state.is_open()).then(|| ctx.say(language, key, &args))
}

fn hint(post: &Post, row: Option<&Kind>) -> &'static str {
    match (post.state, row.map(|row| row.way)) {
        (State::Open | State::Promised, Some(Way::Pass)) if row.is_some_and(Kind::is_helped) => {
            "post-hint-help"
        }
        (State::Open | State::Promised, Some(Way::Pass)) => "post-hint-pass",
        (State::Open | State::Promised, Some(Way::Seats)) => "post-hint-seats",
        (State::Open | State::Promised, Some(Way::Search)) => "post-hint-search",
        (State::Open | State::Promised, Some(Way::Alarm)) => "post-hint-alarm",
        (State::Open | State::Promised, Some(Way::Talk) | None) if post.kind == "recommend" => {
            "post-hint-recommend"
        }
        (State::Open | State::Promised, Some(Way::Talk) | None) => "post-hint-talk",
        (State::Done, _) => "post-hint-done",
        (State::Withdrawn, _) if post.taken_down => "post-hint-taken-down",
        (State::Withdrawn | State::Expired, _) => "post-hint-over",
    }
}
