//! What the core remembers so that every event is decided once and in order: which events were seen, which rooms
//! are known, which gaps are open and what waits behind them, and what could not be read yet.
//! Nothing in this file does IO.

use std::{cmp::Reverse, collections::BinaryHeap};

use serde::{Deserialize, Serialize};

use super::{
    batch::{Gap, Page, State, Sync, Window},
    context::MemberRecord,
    decide::Deciding,
    draft::Draft,
    ids::{EventId, RoomId, UserId},
    input::{Input, Member, Membership, Policy, Undecryptable},
    limits,
    private::PrivateRoom,
    record::{ACCOUNT, Record},
};

impl Record for Gap {
    const KIND: &'static str = "gap";
}

impl Record for Undecryptable {
    const KIND: &'static str = "undecryptable";
}

/// A room that linli has met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownRoom {
    /// Whether its list of members was asked for and noted.
    pub rostered: bool,
}

impl Record for KnownRoom {
    const KIND: &'static str = "room";
}

/// An input that waits behind a gap.
#[derive(Serialize, Deserialize)]
struct Waiting(Input);

impl Record for Waiting {
    const KIND: &'static str = "waiting";
}

/// Which generation of the dedupe memory is being filled, and how full it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Generation {
    number: u64,
    count: u64,
    /// True while older generations may still have ids to remove.
    sweeping: bool,
}

impl Record for Generation {
    const KIND: &'static str = "generation";
}

/// That an event was decided, who sent it, and whether it was a message.
#[derive(Serialize, Deserialize)]
struct Seen(Option<UserId>, bool);

impl Record for Seen {
    const KIND: &'static str = "seen";
}

/// The dedupe memory during one batch: counted without the clock, so that a clock that jumps forgets nothing.
#[derive(Default)]
pub struct Memory {
    generation: Option<Generation>,
    dirty: bool,
}

impl Memory {
    /// True where the event was decided before; notes it where not.
    fn note(&mut self, deciding: &mut Deciding<'_>, event: &EventId, input: &Input) -> bool {
        let draft = &mut deciding.draft;
        let generation = self
            .generation
            .get_or_insert_with(|| draft.get(ACCOUNT, "").unwrap_or_default());
        let number = generation.number;
        for number in [Some(number), number.checked_sub(1)].into_iter().flatten() {
            if draft
                .get::<Seen>(ACCOUNT, &seen_id(number, event))
                .is_some()
            {
                return true;
            }
        }
        let is_message = matches!(input, Input::Message(_) | Input::Undecryptable(_));
        let seen = Seen(input.sender().cloned(), is_message);
        draft.put(ACCOUNT, &seen_id(number, event), &seen);
        generation.count += 1;
        self.dirty = true;
        false
    }

    /// Starts a new generation where this one is full, and forgets a little of the old ones.
    pub(super) fn close(mut self, deciding: &mut Deciding<'_>) {
        let Some(mut generation) = self.generation.take() else {
            return;
        };
        let draft = &mut deciding.draft;
        if generation.count >= limits::SEEN_PER_GENERATION {
            generation = Generation {
                number: generation.number + 1,
                count: 0,
                sweeping: true,
            };
            self.dirty = true;
        }
        if let (true, Some(old)) = (generation.sweeping, generation.number.checked_sub(2)) {
            let prefix = format!("{old:08}/");
            let ids = draft.scan::<Seen>(ACCOUNT, &prefix, limits::SEEN_SWEEP_AT_ONCE);
            for (id, _) in &ids {
                draft.delete::<Seen>(ACCOUNT, id);
            }
            generation.sweeping = !ids.is_empty();
            self.dirty = true;
        }
        if self.dirty {
            draft.put(ACCOUNT, "", &generation);
        }
        draft.keep();
    }
}

/// Who sent an event and whether it was a message, as far as the memory reaches.
pub(super) fn author_of(draft: &mut Draft<'_>, event: &EventId) -> Option<(UserId, bool)> {
    let generation: Generation = draft.get(ACCOUNT, "").unwrap_or_default();
    let numbers = [Some(generation.number), generation.number.checked_sub(1)];
    numbers
        .into_iter()
        .flatten()
        .find_map(|number| draft.get::<Seen>(ACCOUNT, &seen_id(number, event)))
        .and_then(|Seen(author, is_message)| Some((author?, is_message)))
}

fn seen_id(generation: u64, event: &EventId) -> String {
    format!("{generation:08}/{event}")
}

impl Deciding<'_> {
    /// One sync response.
    pub(super) fn sync(&mut self, sync: &Sync) {
        if sync.since.is_none() {
            // In all rooms first: what is new in one must not get a number that another shows to be given.
            for window in &sync.windows {
                self.remember_past(window);
            }
        }
        let mut ready = Vec::new();
        for window in &sync.windows {
            ready.push(self.window(window, sync));
        }
        for input in by_time(&ready) {
            self.apply(input);
        }
        for room in &sync.left {
            self.left(room);
        }
        for invited in &sync.invited {
            self.apply(&Input::Invited(invited.clone()));
        }
        self.draft.part().cursor.clone_from(&sync.next);
        self.draft.keep();
    }

    /// What one response says about one room. Returns what is to be decided now; the rest waits behind a hole.
    fn window<'s>(&mut self, window: &'s Window, sync: &Sync) -> &'s [Input] {
        let Some(scope) = self.scope(&window.room) else {
            self.keep_early(&window.room, &window.inputs);
            return &[];
        };
        if self.is_list(&window.room) {
            self.list(window);
            return &[];
        }
        let room = &window.room;
        let mut inputs = window.inputs.as_slice();
        let mut gap_to = window.gap_to.as_ref();
        let mut before_join = false;
        let is_new = self.draft.get::<KnownRoom>(&scope, room.as_str()).is_none();
        let mut gap = self.draft.get::<Gap>(&scope, room.as_str());
        // The pages of a hole tell in order what the state tells at once, and who has done it.
        if is_new || (gap_to.is_none() && gap.is_none()) || sync.since.is_none() {
            self.told(&scope, room, &window.state);
        }
        if is_new {
            let private: Option<PrivateRoom> = self.draft.get(ACCOUNT, room.as_str());
            let is_private = private.is_some();
            let known = KnownRoom {
                rostered: is_private,
            };
            self.draft.put(&scope, room.as_str(), &known);
            self.draft.keep();
            // What was said before we came is not for us; but whoever asks for a talk may have begun it.
            let joined = inputs.iter().position(|input| self.is_own_join(input));
            if let Some(joined) = joined.filter(|_| !is_private) {
                self.note_all(&inputs[..joined]);
                inputs = &inputs[joined..];
                gap_to = None;
            }
            before_join = !is_private;
        }
        if sync.since.is_none() {
            inputs = &inputs[self.past(inputs)..];
        }
        if let (Some(to), Some(since)) = (gap_to, &sync.since) {
            if gap.as_ref().is_some_and(|gap| gap.from.is_none()) {
                // What is being let through comes before the new hole.
                self.release_some(room, usize::MAX);
                gap = None;
            }
            if gap.is_some() {
                // A second hole behind an open one becomes part of it: what waited lies within the larger hole and
                // comes again with its pages, as it is by then.
                self.forget_waiting(&scope, room);
            }
            let open = gap.get_or_insert_with(|| Gap {
                room: room.clone(),
                from: Some(since.0.clone()),
                to: to.clone(),
                before_join,
                waiting: 0,
            });
            open.to.clone_from(to);
        }
        match gap {
            Some(gap) => {
                self.hold(&scope, gap, inputs);
                &[]
            }
            None => inputs,
        }
    }

    fn is_list(&mut self, room: &RoomId) -> bool {
        let community = self.community(room);
        community.is_some_and(|community| community.lists.contains_key(room))
    }

    /// What a ban list says. Nothing else that happens in its room is our business, and of what a hole in its stream
    /// leaves out the state tells how it is now.
    fn list(&mut self, window: &Window) {
        let told = window.state.iter().filter_map(|row| match row {
            State::Policy(policy) => Some(Input::Policy(policy.clone())),
            State::Member(_) | State::Levels(_) | State::Creators(_) | State::Door(_) => None,
        });
        let is_about_rules =
            |input: &&Input| matches!(input, Input::Policy(_) | Input::Redaction(_));
        let happened = window.inputs.iter().filter(is_about_rules).cloned();
        for input in told.chain(happened) {
            self.apply(&input);
        }
    }

    /// All rules of a list. Those that are known already change nothing.
    pub(super) fn rules(&mut self, rules: &[Policy]) {
        for rule in rules {
            self.ask_features(&Input::Policy(rule.clone()));
        }
    }

    /// Without a cursor the homeserver tells the newest events of each room, though linli may have served them in
    /// an earlier life whose data folder is lost. What comes before the newest deed of its own is done: so many inputs.
    fn past(&self, inputs: &[Input]) -> usize {
        let newest = inputs.iter().rposition(|input| self.is_own_deed(input));
        newest.map_or(0, |newest| newest + 1)
    }

    /// Remembers what is done, though nothing follows from it but what our own messages tell of themselves.
    fn remember_past(&mut self, window: &Window) {
        if self.scope(&window.room).is_none() || self.is_list(&window.room) {
            return;
        }
        for input in &window.inputs[..self.past(&window.inputs)] {
            let readable = !matches!(input, Input::Undecryptable(_));
            if self.is_own_deed(input) {
                self.apply(input);
            } else if readable && self.is_new(input) {
                self.note_all(std::slice::from_ref(input));
            }
        }
    }

    /// Puts inputs behind a gap, where they wait for their turn.
    fn hold(&mut self, scope: &str, mut gap: Gap, inputs: &[Input]) {
        for input in inputs {
            let id = waiting_id(&gap.room, gap.waiting);
            self.draft.put(scope, &id, &Waiting(input.clone()));
            gap.waiting += 1;
        }
        self.draft.put(scope, gap.room.as_str(), &gap);
        self.draft.keep();
    }

    /// One page of a gap.
    pub(super) fn page(&mut self, page: &Page) {
        let Some(scope) = self.scope(&page.room) else {
            return;
        };
        let Some(mut gap) = self.draft.get::<Gap>(&scope, page.room.as_str()) else {
            return;
        };
        if gap.from.as_ref() != Some(&page.from) {
            return;
        }
        let mut inputs = page.inputs.as_slice();
        if gap.before_join {
            match inputs.iter().position(|input| self.is_own_join(input)) {
                Some(joined) => {
                    inputs = &inputs[joined..];
                    gap.before_join = false;
                }
                None => inputs = &[],
            }
        }
        for input in inputs {
            self.apply(input);
        }
        // The last page of a hole that has grown since is not the last any more: it is asked for again.
        if page.next.is_some() || gap.to == page.to {
            gap.from.clone_from(&page.next);
        }
        self.draft.put(&scope, page.room.as_str(), &gap);
        self.draft.keep();
    }

    /// Lets some of what waited through, once the gap is filled.
    pub(super) fn release(&mut self, room: &RoomId) {
        self.release_some(room, limits::RELEASE_AT_ONCE);
    }

    fn forget_waiting(&mut self, scope: &str, room: &RoomId) {
        let prefix = format!("{room}/");
        for (id, _) in self.draft.scan::<Waiting>(scope, &prefix, usize::MAX) {
            self.draft.delete::<Waiting>(scope, &id);
        }
        self.draft.keep();
    }

    fn release_some(&mut self, room: &RoomId, at_once: usize) {
        let Some(scope) = self.scope(room) else {
            return;
        };
        let prefix = format!("{room}/");
        let waiting = self.draft.scan::<Waiting>(&scope, &prefix, at_once);
        let last = waiting.len() < at_once;
        for (id, Waiting(input)) in waiting {
            self.apply(&input);
            self.draft.delete::<Waiting>(&scope, &id);
            self.draft.keep();
        }
        if last {
            self.draft.delete::<Gap>(&scope, room.as_str());
            self.draft.keep();
        }
    }

    /// We are in this room no longer: its gap cannot be filled any more, so what waited goes through.
    fn left(&mut self, room: &RoomId) {
        let Some(scope) = self.scope(room) else {
            return;
        };
        self.draft.delete::<KnownRoom>(&scope, room.as_str());
        // Nobody tells us what happens there from now on.
        let prefix = format!("{room}/");
        for (id, _) in self.draft.scan::<MemberRecord>(&scope, &prefix, usize::MAX) {
            self.draft.delete::<MemberRecord>(&scope, &id);
        }
        if let Some(mut gap) = self.draft.get::<Gap>(&scope, room.as_str()) {
            gap.from = None;
            self.draft.put(&scope, room.as_str(), &gap);
        }
        self.draft.keep();
    }

    /// What an undecryptable event says, now that its key is here.
    pub(super) fn late(&mut self, input: &Input) {
        let (Some(room), Some(event)) = (input.room(), input.event()) else {
            return;
        };
        let Some(scope) = self.scope(room) else {
            return;
        };
        let id = undecryptable_id(room, event);
        // It may have been redacted, or read, meanwhile.
        if self.draft.get::<Undecryptable>(&scope, &id).is_some() {
            self.draft.delete::<Undecryptable>(&scope, &id);
            self.draft.keep();
            self.apply(input);
        }
    }

    /// Keeps an event whose key is missing.
    pub(super) fn keep_undecryptable(&mut self, event: &Undecryptable) {
        if let Some(scope) = self.scope(&event.room) {
            self.draft
                .put(&scope, &undecryptable_id(&event.room, &event.id), event);
            self.draft.keep();
        }
    }

    /// True the first time an input is met.
    pub(super) fn is_new(&mut self, input: &Input) -> bool {
        let Some(event) = input.event() else {
            return true;
        };
        let event = event.clone();
        let mut memory = std::mem::take(&mut self.memory);
        let known = memory.note(self, &event, input);
        self.memory = memory;
        self.draft.keep();
        !known
    }

    /// Something that linli itself said or did, besides joining.
    fn is_own_deed(&self, input: &Input) -> bool {
        !matches!(input, Input::Member(_))
            && input.sender().is_some_and(|sender| self.is_bot(sender))
    }

    fn is_own_join(&self, input: &Input) -> bool {
        matches!(input, Input::Member(Member { user, membership: Membership::Join, .. }) if self.is_bot(user))
    }

    fn is_bot(&self, user: &UserId) -> bool {
        self.world.settings.is_bot(user)
    }

    pub(super) fn scope(&mut self, room: &RoomId) -> Option<String> {
        self.community(room)
            .map(|community| community.id.as_str().to_owned())
    }
}

/// Merges what several rooms tell at once: each room's inputs in its own order, and those of different rooms as they
/// came in time. Somebody who mutes in one room and takes it back in another means the second.
fn by_time<'s>(rooms: &[&'s [Input]]) -> Vec<&'s Input> {
    let mut inputs = Vec::new();
    let key = |room: usize, place: usize| {
        let input = rooms[room].get(place)?;
        Some(Reverse((input.at(), room, place)))
    };
    let mut heads: BinaryHeap<_> = (0..rooms.len()).filter_map(|room| key(room, 0)).collect();
    while let Some(Reverse((_, room, place))) = heads.pop() {
        inputs.push(&rooms[room][place]);
        heads.extend(key(room, place + 1));
    }
    inputs
}

fn waiting_id(room: &RoomId, number: u64) -> String {
    format!("{room}/{number:012}")
}

/// The id of an undecryptable event's record.
#[must_use]
pub fn undecryptable_id(room: &RoomId, event: &EventId) -> String {
    format!("{room}/{event}")
}
