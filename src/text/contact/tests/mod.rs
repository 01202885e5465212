//! Disguised contact ids that must be found, and honest messages that hold none.

use std::collections::BTreeSet;

use super::{Channel, Contact, find};
use crate::text::fold::Folded;

/// A line each: the kind of disguise, the network, the handle as written, the message.
const DISGUISED: &str = include_str!("disguised.tsv");
/// A message a line.
const HONEST: &str = include_str!("honest.txt");

fn found(text: &str) -> Vec<Contact> {
    find(&Folded::new(text))
}

fn channel(name: &str) -> Channel {
    match name {
        "wechat" => Channel::WeChat,
        "qq" => Channel::Qq,
        "telegram" => Channel::Telegram,
        "whatsapp" => Channel::WhatsApp,
        "other" => Channel::Other,
        _ => Channel::Unnamed,
    }
}

#[test]
fn disguised_contact_ids_are_found() {
    let (mut kinds, mut rows, mut missed) = (BTreeSet::new(), 0, Vec::new());
    for line in DISGUISED.lines() {
        let [kind, network, handle, text] = line.splitn(4, '\t').collect::<Vec<_>>()[..] else {
            panic!("not four columns: {line}");
        };
        kinds.insert(kind);
        rows += 1;
        let contacts = found(text);
        let fits = |contact: &Contact| {
            contact.channel == channel(network) && &text[contact.handle.clone()] == handle
        };
        if !contacts.iter().any(fits) {
            let shown: Vec<_> = contacts
                .iter()
                .map(|c| (c.channel, &text[c.range.clone()]))
                .collect();
            missed.push(format!("{line}: {shown:?}"));
        }
    }
    assert!(
        missed.is_empty(),
        "{} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
    assert!(
        rows >= 120 && kinds.len() >= 20,
        "{rows} rows of {} kinds",
        kinds.len()
    );
}

#[test]
fn honest_messages_hold_none() {
    let lines: BTreeSet<&str> = HONEST.lines().collect();
    let mut wrong = Vec::new();
    for text in &lines {
        for contact in found(text) {
            wrong.push(format!("{text}: {}", &text[contact.range]));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(lines.len() >= 200, "{} lines", lines.len());
}

#[test]
fn what_is_shown_is_what_was_written() {
    let text = "需要的加Ｖ：ａｂｃ－123 谢谢";
    let contacts = found(text);
    assert_eq!(contacts.len(), 1);
    assert_eq!(&text[contacts[0].range.clone()], "加Ｖ：ａｂｃ－123");
    assert!(contacts[0].veiled);
}
