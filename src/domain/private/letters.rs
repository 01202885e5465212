//! Letters: what is asked for in a room that is not there yet.
//! Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    super::{
        context::Context,
        effect::{Effect, Lane},
        ids::{RoomId, Txn, UserId},
        limits,
        record::Record,
    },
    Line,
};

/// Something to do as soon as the room for it is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// The transaction id by which others refer to it; None for one of an older linli.
    pub txn: Option<Txn>,
    pub lane: Lane,
    pub effect: Effect,
    /// Where to say it, with a mention, if there can be no such room.
    pub otherwise: Option<RoomId>,
}

impl Record for Letter {
    const KIND: &'static str = "letter";
    const VERSION: u32 = 2;

    /// Before version 2 a letter was a message to one member.
    fn upgrade(version: u32, mut data: serde_json::Value) -> Result<Self, String> {
        if version != 1 {
            return Err(format!(
                "version {version} of a letter is not known to this linli"
            ));
        }
        data["effect"] = serde_json::json!({"post": data["post"].clone()});
        data["lane"] = serde_json::json!("answer");
        serde_json::from_value(data).map_err(|error| error.to_string())
    }
}

impl Context<'_, '_> {
    /// Keeps what is asked for in a line until its room is there.
    pub(in crate::domain) fn keep_letter(&mut self, line: &Line, letter: &Letter) {
        let prefix = prefix(line);
        let waiting = self.scan::<Letter>(&prefix, limits::LETTERS_MAX);
        if waiting.len() < limits::LETTERS_MAX {
            let number = waiting.last().map_or(0, |(id, _)| number_of(id) + 1);
            self.put(&format!("{prefix}{number:04}"), letter);
        }
    }

    /// Does what has waited for a room.
    pub(super) fn send_letters(&mut self, line: &Line, room: &RoomId) {
        for letter in self.take_letters(line) {
            match letter.txn {
                Some(txn) => self.draft.add_row(&txn, room, letter.lane, letter.effect),
                None => {
                    self.ask(room, letter.lane, letter.effect);
                }
            }
        }
    }

    /// Says what has waited for a room where everybody hears it, or not at all.
    pub(super) fn give_letters_up(&mut self, line: &Line, to: Option<&UserId>) {
        for letter in self.take_letters(line) {
            if let (Some(room), Some(to), Effect::Post(mut post)) =
                (letter.otherwise, to, letter.effect)
            {
                post.content.mentions = vec![to.clone()];
                self.ask(&room, Lane::Answer, Effect::Post(post));
            }
        }
    }

    fn take_letters(&mut self, line: &Line) -> Vec<Letter> {
        let letters = self.scan::<Letter>(&prefix(line), usize::MAX);
        for (id, _) in &letters {
            self.delete::<Letter>(id);
        }
        letters.into_iter().map(|(_, letter)| letter).collect()
    }
}

fn prefix(line: &Line) -> String {
    match line {
        Line::Talk(user) => format!("{user}/"),
        Line::Matter(about) => format!("/{}/{}/", about.feature, about.id),
    }
}

fn number_of(id: &str) -> u32 {
    let number = id
        .rsplit_once('/')
        .and_then(|(_, number)| number.parse().ok());
    number.unwrap_or(0)
}
