//! The room of one matter's own, which a feature asks for.
//! Nothing in this file does IO.

use super::{
    super::{
        context::Context,
        effect::{About, Act, Effect, Lane, Open},
        ids::{RoomId, UserId},
        record::ACCOUNT,
    },
    Line, PrivateRoom,
    early::Opening,
};

impl Context<'_, '_> {
    /// Asks for a room of its own for a matter of this feature, into which `user` is invited, and `others` with them where
    /// it is encrypted. Returns its line, in which things can be asked for at once. The feature hears of the room by
    /// [`super::super::input::End::Opened`], or that there can be none by [`super::super::input::End::Wedged`]; what has
    /// waited for it is forgotten then.
    pub fn open_room(
        &mut self,
        id: &str,
        user: &UserId,
        name: String,
        others: impl IntoIterator<Item = UserId>,
    ) -> RoomId {
        let encrypted = self.community.encrypted;
        // One whose homeserver is away must not keep the room from the others.
        let bot = self.bot();
        let is_near = |other: &UserId| other.server() == bot.server();
        let others = others
            .into_iter()
            .filter(|other| encrypted && is_near(other));
        let about = About {
            feature: self.feature.to_owned(),
            id: id.to_owned(),
        };
        let open = Open {
            user: user.clone(),
            name,
            encrypted,
            key: format!("{}/{}/{id}", self.community.id, self.feature),
            shared: true,
            others: others.collect(),
        };
        let line = Line::Matter(about);
        self.ask_to_open(&line, open);
        line.room(&self.community.id)
    }

    pub(super) fn ask_to_open(&mut self, line: &Line, open: Open) {
        let room = line.room(&self.community.id);
        self.draft.put(ACCOUNT, room.as_str(), &Opening);
        self.ask(&room, Lane::Answer, Effect::Act(Act::Open(open)));
    }

    /// Notes the room of a matter, and does there what has waited for it.
    pub(in crate::domain) fn matter_in(&mut self, matter: &About, room: &RoomId) {
        let private = PrivateRoom {
            community: self.community.id.clone(),
            user: None,
            matter: Some(matter.clone()),
        };
        self.draft.put(ACCOUNT, room.as_str(), &private);
        self.send_letters(&Line::Matter(matter.clone()), room);
    }

    /// There can be no such room.
    pub(in crate::domain) fn no_matter(&mut self, matter: &About) {
        self.give_letters_up(&Line::Matter(matter.clone()), None);
    }

    /// The matter of this feature whose room this is.
    pub fn matter_of(&mut self, room: &RoomId) -> Option<String> {
        if !self.community.is_apart(room) {
            return None;
        }
        let private: PrivateRoom = self.draft.get(ACCOUNT, room.as_str())?;
        let matter = private.matter?;
        (matter.feature == self.feature).then_some(matter.id)
    }
}
