//! What happens in a room before linli knows what it has made it for.
//! Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::super::{
    decide::Deciding,
    ids::RoomId,
    input::Input,
    limits,
    record::{ACCOUNT, Record},
};

/// That a room is being made, by its line: what is said in it may come before its id.
#[derive(Serialize, Deserialize)]
pub(super) struct Opening;

impl Record for Opening {
    const KIND: &'static str = "opening";
}

/// Something that happened in a room that may turn out to be one that linli has asked for.
#[derive(Serialize, Deserialize)]
struct Early(Input);

impl Record for Early {
    const KIND: &'static str = "early";
}

impl Deciding<'_> {
    /// Keeps what happens in a room that nobody knows while the answer is out that may say what it is.
    pub(in crate::domain) fn keep_early(&mut self, room: &RoomId, inputs: &[Input]) {
        if self.draft.scan::<Opening>(ACCOUNT, "~", 1).is_empty() {
            return;
        }
        let prefix = format!("{room}/");
        let known = self.draft.scan::<Early>(ACCOUNT, &prefix, usize::MAX).len();
        let room_left = limits::EARLY_INPUTS_MAX.saturating_sub(known);
        for (at, input) in inputs.iter().take(room_left).enumerate() {
            let id = format!("{prefix}{:06}", known + at);
            self.draft.put(ACCOUNT, &id, &Early(input.clone()));
        }
        self.draft.keep();
    }

    /// The answer is here: what happened in the room meanwhile is decided now, and what was kept of others forgotten
    /// once no answer is out any more.
    pub(in crate::domain) fn release_early(&mut self, line: &RoomId, room: Option<&RoomId>) {
        self.draft.delete::<Opening>(ACCOUNT, line.as_str());
        let prefix = room.map(|room| format!("{room}/"));
        let early = match &prefix {
            Some(prefix) => self.draft.scan::<Early>(ACCOUNT, prefix, usize::MAX),
            None => Vec::new(),
        };
        for (id, Early(input)) in early {
            self.apply(&input);
            self.draft.delete::<Early>(ACCOUNT, &id);
        }
        if self.draft.scan::<Opening>(ACCOUNT, "~", 1).is_empty() {
            for (id, _) in self.draft.scan::<Early>(ACCOUNT, "!", usize::MAX) {
                self.draft.delete::<Early>(ACCOUNT, &id);
            }
        }
        self.draft.keep();
    }
}
