//! What the core knows of people and power in each room, and telling features what has changed.
//! Nothing in this file does IO.

use super::{
    batch::State,
    context::{MemberRecord, member_id, member_record},
    decide::Deciding,
    ids::RoomId,
    input::{DoorChanged, Input, LevelsChanged, Member, Membership},
    intake::KnownRoom,
    power::{Levels, RoomState},
};

impl Deciding<'_> {
    /// What a room's state says before the events of a window.
    pub(super) fn told(&mut self, scope: &str, room: &RoomId, state: &[State]) {
        if state.is_empty() {
            return;
        }
        let mut known: RoomState = self.draft.get(scope, room.as_str()).unwrap_or_default();
        let before = known.clone();
        for row in state {
            match row {
                State::Member(member) => drop(self.member(member)),
                State::Levels(levels) => known.levels = Some(levels.clone()),
                State::Creators(creators) => known.creators.clone_from(creators),
                State::Door(content) => known.door = Some(content.clone()),
                // Only rooms of lists have any, and those have a way of their own.
                State::Policy(_) => {}
            }
        }
        if known != before {
            self.draft.put(scope, room.as_str(), &known);
            self.draft.keep();
        }
    }

    /// Notes where somebody stands and what they are called; returns what was known before.
    pub(super) fn member(&mut self, member: &Member) -> Option<MemberRecord> {
        let scope = self.scope(&member.room)?;
        let id = member_id(&member.room, &member.user);
        let before: Option<MemberRecord> = self.draft.get(&scope, &id);
        let mut now = member_record(member);
        // Who is removed is still called as before, though the event does not say it.
        if now.name.is_none() && now.membership != Membership::Join {
            now.name = before.as_ref().and_then(|before| before.name.clone());
        }
        if before.as_ref() != Some(&now) {
            self.draft.put(&scope, &id, &now);
            self.draft.keep();
        }
        before
    }

    /// Somebody's standing or name has changed, or is told for the first time.
    pub(super) fn member_changed(&mut self, member: &Member) {
        let before = self.member(member);
        let told = Member {
            before,
            ..member.clone()
        };
        self.ask_features(&Input::Member(told));
    }

    /// Notes what past events say of people and power, though nothing follows from it.
    pub(super) fn note_all(&mut self, inputs: &[Input]) {
        for input in inputs {
            match input {
                Input::Member(member) => drop(self.member(member)),
                Input::Levels(changed) => drop(self.levels(changed)),
                Input::Door(changed) => self.door(changed),
                Input::Message(_)
                | Input::Edit(_)
                | Input::Redaction(_)
                | Input::Reaction(_)
                | Input::ReactionRemoved(_)
                | Input::Heading(_)
                | Input::Policy(_)
                | Input::Invited(_)
                | Input::Undecryptable(_)
                | Input::Timer(_)
                | Input::Settled(_)
                | Input::Operator(_) => {}
            }
        }
    }

    /// The members of a room that was met for the first time.
    pub(super) fn roster(&mut self, room: &RoomId, members: &[Member]) {
        let Some(scope) = self.scope(room) else {
            return;
        };
        for member in members {
            // What the stream has told since is newer than the list.
            let id = member_id(&member.room, &member.user);
            let told: Option<MemberRecord> = self.draft.get(&scope, &id);
            match told {
                None => self.member_changed(member),
                Some(told) => self.ask_features(&Input::Member(Member {
                    name: told.name.clone(),
                    membership: told.membership,
                    before: None,
                    ..member.clone()
                })),
            }
        }
        self.draft
            .put(&scope, room.as_str(), &KnownRoom { rostered: true });
        self.draft.keep();
    }

    /// The power levels of a room are new.
    pub(super) fn levels_changed(&mut self, changed: &LevelsChanged) {
        // The homeserver knows better what an event replaced, where it says so: of two that were written at once each
        // replaced what was before both.
        let noted = self.levels(changed);
        let before = changed.before.clone().or(noted);
        self.ask_features(&Input::Levels(LevelsChanged {
            before,
            ..changed.clone()
        }));
    }

    /// Notes new power levels; returns those before.
    fn levels(&mut self, changed: &LevelsChanged) -> Option<Levels> {
        let levels = changed.levels.clone();
        self.change_state(&changed.room, |known| known.levels.replace(levels))?
    }

    /// The rule of who may join a room is new.
    pub(super) fn door_changed(&mut self, changed: &DoorChanged) {
        self.door(changed);
        self.ask_features(&Input::Door(changed.clone()));
    }

    fn door(&mut self, changed: &DoorChanged) {
        let content = changed.content.clone();
        self.change_state(&changed.room, |known| known.door = Some(content));
    }

    fn change_state<T>(
        &mut self,
        room: &RoomId,
        change: impl FnOnce(&mut RoomState) -> T,
    ) -> Option<T> {
        let scope = self.scope(room)?;
        let mut known: RoomState = self.draft.get(&scope, room.as_str()).unwrap_or_default();
        let changed = change(&mut known);
        self.draft.put(&scope, room.as_str(), &known);
        self.draft.keep();
        Some(changed)
    }
}
