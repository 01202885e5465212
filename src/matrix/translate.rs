//! Translation, both ways: raw Matrix events to inputs, outbox rows to event contents. Pure, and tolerant of
//! whatever members send: what cannot be understood is no input, never an error.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::shown;
use crate::domain::{
    batch::State,
    chart::Chart,
    effect::{Act, Effect, Mark, Post, Target},
    ids::{EventId, Millis, RoomId, Txn, UserId},
    input::{
        Content, DoorChanged, Edit, Heading, Input, Invited, LevelsChanged, Media, MediaKind,
        Member, Membership, Message, Policy, Reaction, Redaction, Undecryptable,
    },
    limits,
    power::Levels,
    speech::{Said, shorten},
};
use crate::{matrix::Sending, text::policy};

/// The input that a raw event is; None for events that linli takes no notice of, and for nonsense.
#[must_use]
pub fn input(room: &RoomId, event: &Value) -> Option<Input> {
    let id = EventId::from(event.get("event_id")?.as_str()?);
    let sender = UserId::from(event.get("sender")?.as_str()?);
    let at = at(event);
    let content = event.get("content")?;
    match event.get("type")?.as_str()? {
        "m.room.message" => message(room, id, sender, at, content),
        // What is said in them is said all the same, though nobody reports in them.
        "m.sticker" | "m.poll.start" | "org.matrix.msc3381.poll.start" => {
            Some(Input::Message(Message {
                room: room.clone(),
                id,
                sender,
                at,
                content: Content {
                    besides: [shown::besides(content), shown::of_poll(content)]
                        .join("\n")
                        .trim()
                        .to_owned(),
                    ..Content::default()
                },
                reply_to: None,
                thread: None,
                mark: None,
            }))
        }
        "m.room.name" | "m.room.topic" => {
            is_room_state(event)?;
            let said = text(content, "topic").or_else(|| text(content, "name"))?;
            Some(Input::Heading(Heading {
                room: room.clone(),
                id,
                sender,
                at,
                text: cut(said).to_owned(),
            }))
        }
        "m.reaction" => {
            let relation = content.get("m.relates_to")?;
            (relation.get("rel_type")?.as_str()? == "m.annotation").then_some(())?;
            Some(Input::Reaction(Reaction {
                room: room.clone(),
                id,
                sender,
                at,
                target: EventId::from(relation.get("event_id")?.as_str()?),
                key: shorten(relation.get("key")?.as_str()?, limits::REACTION_CHARS_MAX),
            }))
        }
        "m.room.redaction" => {
            // Since room version 11 `redacts` is in the content; homeservers repeat it outside (Client-Server API,
            // `m.room.redaction`). In older rooms only the outer one counts, and the content is anybody's.
            let target = event.get("redacts").or_else(|| content.get("redacts"))?;
            Some(Input::Redaction(Redaction {
                room: room.clone(),
                id,
                sender,
                at,
                target: EventId::from(target.as_str()?),
            }))
        }
        "m.room.member" => member(room, event).map(Input::Member),
        "m.room.power_levels" => {
            is_room_state(event)?;
            Some(Input::Levels(LevelsChanged {
                room: room.clone(),
                id,
                sender,
                at,
                levels: levels(content),
                before: event["unsigned"].get("prev_content").map(levels),
            }))
        }
        "m.room.join_rules" => {
            is_room_state(event)?;
            Some(Input::Door(DoorChanged {
                room: room.clone(),
                id,
                sender,
                at,
                content: content.to_string(),
            }))
        }
        _ => policy(room, event).map(Input::Policy),
    }
}

/// A rule of a ban list: whatever has the type of one.
fn policy(room: &RoomId, event: &Value) -> Option<Policy> {
    let kind = text(event, "type")?;
    policy::Kind::of(kind)?;
    Some(Policy {
        room: room.clone(),
        id: EventId::from(text(event, "event_id")?),
        sender: UserId::from(text(event, "sender")?),
        kind: kind.to_owned(),
        state_key: text(event, "state_key")?.to_owned(),
        content: event.get("content")?.to_string(),
    })
}

/// None for an event that only calls itself state, or is the state of something within the room.
fn is_room_state(event: &Value) -> Option<()> {
    (event.get("state_key")?.as_str()?.is_empty()).then_some(())
}

/// What a state event says on the side of a window.
#[must_use]
pub fn state(room: &RoomId, event: &Value) -> Option<State> {
    let content = event.get("content")?;
    match event.get("type")?.as_str()? {
        "m.room.member" => member(room, event)
            .map(|member| Member { id: None, ..member })
            .map(State::Member),
        "m.room.power_levels" => is_room_state(event).map(|()| State::Levels(levels(content))),
        "m.room.join_rules" => is_room_state(event).map(|()| State::Door(content.to_string())),
        "m.room.create" => Some(State::Creators(creators(event)?)),
        _ => policy(room, event).map(State::Policy),
    }
}

/// The invitation that a room's stripped state tells of.
pub fn invited(
    room: &RoomId,
    bot: &UserId,
    mut events: impl Iterator<Item = Value>,
) -> Option<Invited> {
    let own = events.find(|event| {
        event["type"] == "m.room.member"
            && event["state_key"] == bot.as_str()
            && event["content"]["membership"] == "invite"
    })?;
    Some(Invited {
        room: room.clone(),
        by: UserId::from(text(&own, "sender")?),
        direct: own["content"]["is_direct"] == true,
    })
}

/// Those whose power has no bounds: since room version 12, whoever made the room (MSC4289).
fn creators(event: &Value) -> Option<BTreeSet<UserId>> {
    let content = event.get("content")?;
    let version = text(content, "room_version").unwrap_or("1");
    // A version that is no number is somebody's experiment, made after 12 most likely.
    if version.parse::<u32>().is_ok_and(|version| version < 12) {
        return Some(BTreeSet::new());
    }
    let others = content.get("additional_creators").and_then(Value::as_array);
    let all = others
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .chain([text(event, "sender")?]);
    Some(all.map(UserId::from).collect())
}

/// Power levels, with the defaults of the specification (Client-Server API, `m.room.power_levels`). Rooms before
/// version 10 may hold numbers as text.
#[must_use]
pub fn levels(content: &Value) -> Levels {
    let number = |value: &Value| {
        let text = value.as_str().and_then(|text| text.trim().parse().ok());
        value.as_i64().or(text)
    };
    let of = |key: &str| content.get(key).and_then(number);
    let users = content.get("users").and_then(Value::as_object);
    let users = users.into_iter().flatten();
    let set_levels = content
        .get("events")
        .and_then(|events| events.get("m.room.power_levels"))
        .and_then(number);
    Levels {
        users: users
            .filter_map(|(user, level)| Some((UserId::from(user.as_str()), number(level)?)))
            .collect(),
        users_default: of("users_default").unwrap_or(0),
        events_default: of("events_default"),
        set_levels: set_levels.or(of("state_default")).unwrap_or(50),
        kick: of("kick").unwrap_or(50),
        ban: of("ban").unwrap_or(50),
        redact: of("redact").unwrap_or(50),
        invite: of("invite").unwrap_or(0),
    }
}

/// The input that a decrypted event is. Inside an envelope only words and taps count: the homeserver has checked who
/// sent the envelope, but not whether they may do what stands in it, as it does for redactions and memberships.
#[must_use]
pub fn decrypted(room: &RoomId, event: &Value) -> Option<Input> {
    let kind = event.get("type")?.as_str()?;
    let is_talk = matches!(kind, "m.room.message" | "m.reaction");
    (is_talk && event.get("state_key").is_none()).then(|| input(room, event))?
}

/// The input that stands for an encrypted event that could not be read; None where there is nothing to keep.
#[must_use]
pub fn undecryptable(room: &RoomId, event: &Value) -> Option<Input> {
    let id = EventId::from(event.get("event_id")?.as_str()?);
    let sender = UserId::from(event.get("sender")?.as_str()?);
    let session = event["content"]["session_id"].as_str().unwrap_or_default();
    let raw = event.to_string();
    (raw.len() <= limits::RAW_EVENT_BYTES_MAX).then(|| {
        Input::Undecryptable(Undecryptable {
            room: room.clone(),
            id,
            sender,
            at: at(event),
            session: session.to_owned(),
            raw,
        })
    })
}

/// A member's event, from the timeline or from the room's state.
#[must_use]
pub fn member(room: &RoomId, event: &Value) -> Option<Member> {
    (event.get("type")?.as_str()? == "m.room.member").then_some(())?;
    let content = event.get("content")?;
    let membership = match content.get("membership")?.as_str()? {
        "join" => Membership::Join,
        "invite" => Membership::Invite,
        "knock" => Membership::Knock,
        "leave" => Membership::Leave,
        "ban" => Membership::Ban,
        _ => return None,
    };
    Some(Member {
        room: room.clone(),
        id: event
            .get("event_id")
            .and_then(Value::as_str)
            .map(EventId::from),
        sender: UserId::from(text(event, "sender")?),
        user: UserId::from(event.get("state_key")?.as_str()?),
        at: at(event),
        name: text(content, "displayname").map(|name| cut(name).to_owned()),
        membership,
        reason: text(content, "reason").map(|reason| cut(reason).to_owned()),
        before: None,
    })
}

/// When an event happened, in its homeserver's words.
fn at(event: &Value) -> Millis {
    Millis(event["origin_server_ts"].as_i64().unwrap_or(0))
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn message(
    room: &RoomId,
    id: EventId,
    sender: UserId,
    at: Millis,
    content: &Value,
) -> Option<Input> {
    let relation = content.get("m.relates_to");
    let kind = relation.and_then(|relation| text(relation, "rel_type"));
    if kind == Some("m.replace") {
        return Some(Input::Edit(Edit {
            room: room.clone(),
            id,
            sender,
            at,
            target: EventId::from(text(relation?, "event_id")?),
            content: said(content.get("m.new_content")?, false)?,
            mark: mark(content),
        }));
    }
    let thread = relation
        .filter(|_| kind == Some("m.thread"))
        .and_then(|relation| text(relation, "event_id"))
        .map(EventId::from);
    // In a thread, `is_falling_back` says that the reply is there only for old clients (spec, "Threading").
    let falling_back = relation
        .and_then(|relation| relation.get("is_falling_back"))
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let reply_to = relation
        .and_then(|relation| relation.get("m.in_reply_to"))
        .filter(|_| !falling_back)
        .and_then(|reply| text(reply, "event_id"))
        .map(EventId::from);
    Some(Input::Message(Message {
        room: room.clone(),
        id,
        sender,
        at,
        content: said(content, reply_to.is_some())?,
        reply_to,
        thread,
        mark: mark(content),
    }))
}

/// What a content says; None for contents without a message type, such as those of redacted events.
fn said(content: &Value, is_reply: bool) -> Option<Content> {
    let kind = text(content, "msgtype")?;
    let body = cut(text(content, "body").unwrap_or_default());
    let media_kind = match kind {
        "m.image" => Some(MediaKind::Image),
        "m.video" => Some(MediaKind::Video),
        "m.audio" => Some(MediaKind::Audio),
        "m.file" => Some(MediaKind::File),
        "m.location" => Some(MediaKind::Location),
        _ => None,
    };
    let media = media_kind.and_then(|kind| {
        let url = text(content, "url")
            .or_else(|| content.get("file").and_then(|file| text(file, "url")))
            .or_else(|| text(content, "geo_uri"))?;
        Some(Media {
            kind,
            url: cut(url).to_owned(),
            content: to_show_again(content),
        })
    });
    let words = match (media_kind, text(content, "filename")) {
        (None, _) if is_reply => without_fallback(body),
        (None, _) => body,
        // A body beside a different file name is a caption (spec, "Media captions").
        (Some(_), Some(name)) if name != body => body,
        (Some(_), _) => "",
    };
    Some(Content {
        text: words.to_owned(),
        media,
        mentions: mentions(content),
        notice: kind == "m.notice",
        besides: shown::besides(content),
        everybody: content["m.mentions"]["room"] == true,
    })
}

/// The parts of a media content that are needed to show it by reference elsewhere, and no others: what a member
/// wrote besides must not come out under our name.
fn to_show_again(content: &Value) -> String {
    let pick = |keys: &[&str]| {
        let kept = keys
            .iter()
            .filter_map(|key| Some(((*key).to_owned(), content.get(*key)?.clone())));
        Value::Object(kept.collect()).to_string()
    };
    let whole = pick(&["msgtype", "url", "file", "geo_uri", "filename"]);
    if whole.len() <= limits::MEDIA_CONTENT_BYTES_MAX {
        whole
    } else {
        pick(&["msgtype", "url", "geo_uri"])
    }
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(limits::TEXT_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Old clients put the message they answer before their own words, quoted with `> `.
fn without_fallback(body: &str) -> &str {
    if !body.starts_with("> ") {
        return body;
    }
    let mut rest = body;
    while rest.starts_with('>') {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    rest.trim_start_matches('\n')
}

/// Who is called: by `m.mentions`, or in clients without it by links in the formatted text.
fn mentions(content: &Value) -> Vec<UserId> {
    if let Some(mentions) = content.get("m.mentions") {
        let ids = mentions.get("user_ids").and_then(Value::as_array);
        return ids
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(UserId::from)
            .collect();
    }
    let html = text(content, "formatted_body").map_or("", cut);
    html.split("https://matrix.to/#/")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '\'', '?']).next())
        .map(|id| id.replace("%40", "@").replace("%3A", ":"))
        .filter(|id| id.starts_with('@'))
        .map(UserId::from)
        .collect()
}

fn mark(content: &Value) -> Option<Mark> {
    content
        .get(Mark::FIELD)
        .and_then(|mark| serde_json::from_value(mark.clone()).ok())
}

/// What a row becomes at the homeserver.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Send an event of a type with this content.
    Event { kind: &'static str, content: Value },
    /// Take an event back.
    Redact { target: EventId, reason: String },
    /// Look at a picture.
    Look { media: String },
    /// Keep a copy of a picture or the like.
    Keep { media: String, file: String },
    /// Draw a chart, put it where pictures are kept, and send a message with this content about it.
    Draw { chart: Chart, content: Value },
    /// Bring something about.
    Act(Act),
}

/// The request that does what a row asks.
///
/// # Errors
/// Names the row that should have been sent before.
pub fn request(sending: &Sending) -> Result<Request, String> {
    let find = |target: &Target| find(sending, target);
    let row = &sending.row;
    let mark = json!(row.mark());
    Ok(match &row.effect {
        Effect::Post(post) => {
            let mut content = words(&post.content, post.quiet);
            if let Some(relation) = relation(post, &find) {
                content["m.relates_to"] = relation;
            }
            content[Mark::FIELD] = mark;
            Request::Event {
                kind: "m.room.message",
                content,
            }
        }
        Effect::Show { media, thread, .. } => {
            let mut content: Value = serde_json::from_str(media)
                .map_err(|error| format!("the media cannot be understood: {error}"))?;
            let name = content["filename"].as_str().unwrap_or("📷");
            let name = shorten(&name.replace('\n', " "), limits::NAME_CHARS_MAX);
            content["filename"] = json!(name);
            content["body"] = json!(name);
            content["m.mentions"] = json!({});
            if let Some(root) = thread.as_ref().and_then(|root| find(root).ok()) {
                content["m.relates_to"] = json!({
                    "rel_type": "m.thread", "event_id": root.as_str(), "is_falling_back": true,
                    "m.in_reply_to": {"event_id": root.as_str()},
                });
            }
            content[Mark::FIELD] = mark;
            Request::Event {
                kind: "m.room.message",
                content,
            }
        }
        Effect::Look { media, .. } => Request::Look {
            media: media.clone(),
        },
        Effect::Keep { media, file } => Request::Keep {
            media: media.clone(),
            file: file.clone(),
        },
        Effect::Draw { chart, reply_to } => {
            let name = shorten(
                &chart.title.replace(['/', '\n'], " "),
                limits::NAME_CHARS_MAX,
            );
            let mut content = json!({
                "msgtype": "m.image", "body": format!("{name}.png"), "m.mentions": {}, Mark::FIELD: mark,
            });
            if let Some(target) = reply_to.as_ref().and_then(|target| find(target).ok()) {
                content["m.relates_to"] = json!({"m.in_reply_to": {"event_id": target.as_str()}});
            }
            Request::Draw {
                chart: chart.clone(),
                content,
            }
        }
        Effect::Change {
            target, content, ..
        } => {
            let new = words(content, true);
            let mut whole = words(&starred(content), true);
            whole["m.new_content"] = new;
            whole["m.relates_to"] =
                json!({"rel_type": "m.replace", "event_id": find(target)?.as_str()});
            whole[Mark::FIELD] = mark;
            Request::Event {
                kind: "m.room.message",
                content: whole,
            }
        }
        Effect::React { target, key } => Request::Event {
            kind: "m.reaction",
            content: json!({"m.relates_to": {
                "rel_type": "m.annotation", "event_id": find(target)?.as_str(), "key": key,
            }}),
        },
        Effect::Redact { target, reason } => Request::Redact {
            target: find(target)?,
            reason: reason.clone(),
        },
        Effect::Act(act) => Request::Act(act.clone()),
    })
}

fn find(sending: &Sending, target: &Target) -> Result<EventId, String> {
    let lookup = |txn: &Txn| {
        let found = sending.sent.iter().find(|(sent, _)| sent == txn);
        found.map(|(_, event)| event.clone())
    };
    match target {
        Target::Event(event) => Ok(event.clone()),
        Target::Sent(txn) => lookup(txn).ok_or_else(|| format!("{txn} was not sent yet")),
    }
}

fn relation(post: &Post, find: &impl Fn(&Target) -> Result<EventId, String>) -> Option<Value> {
    // What was never sent cannot be answered; the words are said all the same.
    let reply = post.reply_to.as_ref().and_then(|target| find(target).ok());
    let thread = post.thread.as_ref().and_then(|target| find(target).ok());
    match (thread, reply) {
        (None, None) => None,
        (None, Some(reply)) => Some(json!({"m.in_reply_to": {"event_id": reply.as_str()}})),
        (Some(root), reply) => Some(json!({
            "rel_type": "m.thread",
            "event_id": root.as_str(),
            "is_falling_back": reply.is_none(),
            "m.in_reply_to": {"event_id": reply.unwrap_or_else(|| root.clone()).as_str()},
        })),
    }
}

/// `m.mentions` is always there: without it, clients look for names and `@room` in the text itself.
fn words(said: &Said, quiet: bool) -> Value {
    let ids: Vec<&str> = said.mentions.iter().map(UserId::as_str).collect();
    let mentions = if ids.is_empty() {
        json!({})
    } else {
        json!({ "user_ids": ids })
    };
    json!({
        "msgtype": if quiet { "m.notice" } else { "m.text" },
        "body": said.text,
        "format": "org.matrix.custom.html",
        "formatted_body": said.html,
        "m.mentions": mentions,
    })
}

/// What clients show that do not understand edits.
fn starred(said: &Said) -> Said {
    Said {
        text: format!("* {}", said.text),
        html: format!("* {}", said.html),
        mentions: said.mentions.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(event: &Value) -> Option<Input> {
        input(&RoomId::from("!r"), event)
    }

    #[test]
    fn a_caption_is_text_and_a_bare_file_name_is_not() {
        let picture = |body: &str| {
            json!({"type": "m.room.message", "event_id": "$1", "sender": "@a:b", "origin_server_ts": 5,
                "content": {"msgtype": "m.image", "url": "mxc://b/1", "filename": "IMG_1.jpg", "body": body}})
        };
        for (body, expected) in [("#报修 灯", "#报修 灯"), ("IMG_1.jpg", "")] {
            let Some(Input::Message(message)) = read(&picture(body)) else {
                panic!("no message from {body}");
            };
            assert_eq!(message.content.text, expected);
            assert_eq!(
                message.content.media.map(|m| m.kind),
                Some(MediaKind::Image)
            );
        }
    }

    #[test]
    fn the_quoted_message_of_a_reply_is_not_the_senders_text() {
        let event = json!({"type": "m.room.message", "event_id": "$1", "sender": "@a:b", "content": {
            "msgtype": "m.text", "body": "> <@c:d> #报修 灯不亮\n> 二楼\n\n好的",
            "m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}}});
        let Some(Input::Message(message)) = read(&event) else {
            panic!("no message");
        };
        assert_eq!(message.content.text, "好的");
        assert_eq!(message.reply_to, Some(EventId::from("$0")));
    }

    #[test]
    fn an_envelope_carries_words_and_taps_only() {
        let room = RoomId::from("!r");
        let event = |kind: &str, content: Value| json!({"type": kind, "event_id": "$1", "sender": "@a:b", "content": content});
        let words = event(
            "m.room.message",
            json!({"msgtype": "m.text", "body": "#报修 灯"}),
        );
        assert!(decrypted(&room, &words).is_some());
        let redaction = event("m.room.redaction", json!({"redacts": "$report"}));
        assert!(input(&room, &redaction).is_some());
        assert_eq!(decrypted(&room, &redaction), None);
        let mut member = event(
            "m.room.member",
            json!({"membership": "join", "displayname": "王师傅"}),
        );
        member["state_key"] = json!("@c:d");
        assert!(input(&room, &member).is_some());
        assert_eq!(decrypted(&room, &member), None);
        let mut odd = words;
        odd["state_key"] = json!("");
        assert_eq!(decrypted(&room, &odd), None);
    }

    #[test]
    fn a_redaction_in_an_old_room_is_of_what_the_homeserver_says() {
        let forged = json!({"type": "m.room.redaction", "event_id": "$1", "sender": "@a:b",
            "redacts": "$own", "content": {"redacts": "$report"}});
        let Some(Input::Redaction(redaction)) = read(&forged) else {
            panic!("it is a redaction");
        };
        assert_eq!(redaction.target, EventId::from("$own"));
    }

    #[test]
    fn nonsense_is_no_input() {
        for event in [
            json!({}),
            json!({"type": "m.room.message"}),
            json!({"type": "m.room.message", "event_id": 5, "sender": "@a:b", "content": {}}),
            json!({"type": "m.room.message", "event_id": "$1", "sender": "@a:b", "content": {}}),
            json!({"type": "m.reaction", "event_id": "$1", "sender": "@a:b", "content": {"m.relates_to": "x"}}),
            json!({"type": "m.room.member", "event_id": "$1", "sender": "@a:b", "content": {"membership": 3}}),
            json!({"type": "m.room.redaction", "event_id": "$1", "sender": "@a:b", "content": {"redacts": []}}),
        ] {
            assert_eq!(read(&event), None, "{event}");
        }
    }

    #[test]
    fn people_are_called_by_mentions_or_by_links() {
        let by_link =
            json!({"formatted_body": "<a href=\"https://matrix.to/#/@bot:b\">bot</a> 灯"});
        assert_eq!(mentions(&by_link), vec![UserId::from("@bot:b")]);
        let by_field = json!({"m.mentions": {"user_ids": ["@x:y", 3]}, "formatted_body": "https://matrix.to/#/@bot:b"});
        assert_eq!(mentions(&by_field), vec![UserId::from("@x:y")]);
    }
}
