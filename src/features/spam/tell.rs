//! Reasons in words, and in the form in which a case keeps one.
// Nothing in this file does IO.

use crate::{
    domain::{
        context::Context,
        speech::{Arg, Said},
    },
    text::{
        language::Language,
        spam::{Fault, Reason},
    },
};

/// A reason in words.
#[must_use]
pub fn reason(ctx: &Context<'_, '_>, language: Language, reason: &Reason) -> Said {
    let number = |number: &u32| Arg::Number(i64::from(*number));
    let (key, args): (&str, Vec<(&'static str, Arg<'_>)>) = match reason {
        Reason::Contact(shown) => ("reason-spam-contact", vec![("what", Arg::Text(shown))]),
        Reason::ContactOfPost(shown) => {
            ("reason-spam-contact-post", vec![("what", Arg::Text(shown))])
        }
        Reason::Link(host, fault) => (of_link(*fault), vec![("what", Arg::Text(host))]),
        Reason::AnyLink => ("reason-spam-link", vec![]),
        Reason::Reads => ("reason-spam-reads", vec![]),
        Reason::Listed(entry) => ("reason-spam-listed", vec![("what", Arg::Text(entry))]),
        Reason::Again { times, minutes } => (
            "reason-spam-again",
            vec![("what", number(times)), ("span", number(minutes))],
        ),
        Reason::Rooms(rooms) => ("reason-spam-rooms", vec![("what", number(rooms))]),
        Reason::Others(people) => ("reason-spam-others", vec![("what", number(people))]),
        Reason::Mentions(people) => ("reason-spam-mentions", vec![("what", number(people))]),
        Reason::Everybody => ("reason-spam-everybody", vec![]),
        Reason::Media => ("reason-spam-media", vec![]),
        Reason::Name => ("reason-spam-name", vec![]),
        Reason::Code(held) => ("reason-spam-code", vec![("what", Arg::Text(held))]),
        Reason::Flood { messages, seconds } => (
            "reason-spam-flood",
            vec![("what", number(messages)), ("span", number(seconds))],
        ),
        Reason::Wall {
            characters,
            seconds,
        } => (
            "reason-spam-wall",
            vec![("what", number(characters)), ("span", number(seconds))],
        ),
        Reason::Invitations { people, minutes } => (
            "reason-spam-invitations",
            vec![("what", number(people)), ("span", number(minutes))],
        ),
        Reason::Moderator => ("reason-spam-moderator", vec![]),
        Reason::Emergency => ("reason-spam-emergency", vec![]),
        Reason::Pardoned => ("reason-spam-pardoned", vec![]),
    };
    ctx.say(language, key, &args)
}

/// A reason as a case keeps it, so that it can be told in whichever language: a key, and what it is about.
#[must_use]
pub fn stored(reason: &Reason) -> String {
    match reason {
        Reason::Contact(shown) => format!("reason-spam-contact {shown}"),
        Reason::ContactOfPost(shown) => format!("reason-spam-contact-post {shown}"),
        Reason::Link(host, fault) => format!("{} {host}", of_link(*fault)),
        Reason::Listed(entry) => format!("reason-spam-listed {entry}"),
        Reason::Code(held) => format!("reason-spam-code {held}"),
        Reason::Again { .. } | Reason::Rooms(_) | Reason::Others(_) => {
            "reason-spam-repeated".to_owned()
        }
        Reason::Flood { .. } | Reason::Wall { .. } => "reason-spam-too-much".to_owned(),
        Reason::Mentions(_) | Reason::Everybody => "reason-spam-calls".to_owned(),
        Reason::Invitations { .. } => "reason-spam-invites".to_owned(),
        Reason::AnyLink => "reason-spam-link".to_owned(),
        Reason::Media => "reason-spam-media".to_owned(),
        Reason::Name => "reason-spam-name".to_owned(),
        Reason::Reads | Reason::Emergency | Reason::Pardoned => "reason-spam-reads".to_owned(),
        Reason::Moderator => "reason-spam-moderator".to_owned(),
    }
}

fn of_link(fault: Fault) -> &'static str {
    match fault {
        Fault::Denied => "reason-spam-link-denied",
        Fault::LookAlike => "reason-spam-link-look-alike",
        Fault::Near => "reason-spam-link-near",
        Fault::Invitation => "reason-spam-link-invitation",
        Fault::Number => "reason-spam-link-number",
        Fault::Shortener => "reason-spam-link-shortener",
        Fault::Disguised => "reason-spam-link-disguised",
    }
}
