//! What reaches linli from people: words, pictures, and the members of a room.

use linli::domain::{
    batch::Batch,
    ids::{EventId, Millis, RoomId, UserId},
    input::{Content, Input, Media, MediaKind, Member, Membership, Message},
};

use crate::fake::estate;

/// Homes of each building whose residents report.
pub const HOMES: usize = 30;

pub fn said_text(text: &str) -> Content {
    Content {
        text: text.to_owned(),
        ..Content::default()
    }
}

pub fn picture() -> Content {
    let media = Media {
        kind: MediaKind::Image,
        url: "mxc://hexie.test/lamp".to_owned(),
        content: r#"{"msgtype":"m.image","url":"mxc://hexie.test/lamp","body":"lamp.jpg"}"#
            .to_owned(),
    };
    Content {
        media: Some(media),
        ..Content::default()
    }
}

pub fn message(
    (room, id): (RoomId, EventId),
    sender: UserId,
    at: Millis,
    content: Content,
    thread: Option<EventId>,
) -> Input {
    Input::Message(Message {
        room,
        id,
        sender,
        at,
        content,
        reply_to: None,
        thread,
        mark: None,
    })
}

/// The members of a building's room, who were there before linli.
pub fn roster(building: &str) -> Batch {
    let room = estate::room(building);
    let member = |home: usize| {
        let user = estate::user(&format!("r{building}x{home}"));
        let (unit, floor, door) = (1 + home % 2, 1 + home / 4, 1 + home / 2 % 2);
        Member {
            room: room.clone(),
            id: None,
            sender: user.clone(),
            user,
            at: Millis(0),
            name: Some(format!("{building}-{unit}-{floor}0{door} 王")),
            membership: Membership::Join,
            reason: None,
            before: None,
        }
    };
    Batch::Roster {
        members: (0..HOMES).map(member).collect(),
        room: room.clone(),
    }
}
