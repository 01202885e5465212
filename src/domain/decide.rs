//! `decide(world, view, batch, now)`: what follows from a batch. Pure, synchronous, deterministic.
//! Nothing in this file does IO.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    batch::Batch,
    commit::{Commit, Timer},
    community::Community,
    context::{Context, SentRecord, SoFar},
    draft::Draft,
    effect::Mark,
    feature::{self, Feature, Flow, Stage, World},
    ids::{EventId, Millis, RoomId, UserId},
    input::{
        End, Input, Invited, Message, Operator, Policy, Reaction, ReactionRemoved, Redaction,
        Settled,
    },
    intake::{Memory, undecryptable_id},
    private::Line,
    record::{ACCOUNT, Fault, Record, View},
};

/// In whose name that is done which is no feature's business.
const CORE: &str = "core";

/// What was decided.
#[derive(Debug, Default)]
pub struct Decision {
    pub commit: Commit,
    /// Inputs that were set aside because their decision failed.
    pub quarantined: Vec<Quarantined>,
}

/// An input whose decision failed: kept for the operator, while the others go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quarantined {
    pub input: Input,
    pub why: String,
    pub at: Millis,
}

impl Record for Quarantined {
    const KIND: &'static str = "quarantine";
}

/// A tap that a feature took notice of, so that its removal can be understood: the homeserver tells a removed
/// reaction as a bare redaction.
impl Record for Reaction {
    const KIND: &'static str = "tap";
}

/// Decides a batch.
///
/// # Errors
/// [`Fault::Store`] where the store could not be read: nothing was decided, and the same batch can be decided again.
pub fn decide<'v>(
    world: &'v World,
    view: &'v dyn View,
    batch: &Batch,
    now: Millis,
) -> Result<Decision, Fault> {
    let mut deciding = Deciding::new(world, view, now);
    match batch {
        Batch::Sync(sync) => deciding.sync(sync),
        Batch::Page(page) => deciding.page(page),
        Batch::Release(room) => deciding.release(room),
        Batch::Late(input) => deciding.late(input),
        Batch::Roster { room, members } => deciding.roster(room, members),
        Batch::Rules { rules, .. } => deciding.rules(rules),
        Batch::Inputs(inputs) => {
            for input in inputs {
                deciding.apply(input);
            }
        }
    }
    let memory = std::mem::take(&mut deciding.memory);
    memory.close(&mut deciding);
    Ok(Decision {
        commit: deciding.draft.finish()?,
        quarantined: deciding.quarantined,
    })
}

/// A batch at work.
pub(super) struct Deciding<'v> {
    pub(super) world: &'v World,
    pub(super) draft: Draft<'v>,
    pub(super) memory: Memory,
    quarantined: Vec<Quarantined>,
}

impl<'v> Deciding<'v> {
    /// Nothing decided yet.
    pub(super) fn new(world: &'v World, view: &'v dyn View, now: Millis) -> Self {
        Self {
            world,
            draft: Draft::new(view, now),
            memory: Memory::default(),
            quarantined: Vec::new(),
        }
    }

    /// Decides one input, once.
    pub(super) fn apply(&mut self, input: &Input) {
        if let Input::Undecryptable(event) = input {
            return self.keep_undecryptable(event);
        }
        if !self.is_new(input) {
            return;
        }
        match input {
            Input::Message(message) if self.is_own(&message.sender) => {
                self.echo(&message.room, &message.id, message.mark.as_ref());
            }
            Input::Edit(edit) if self.is_own(&edit.sender) => {
                self.echo(&edit.room, &edit.id, edit.mark.as_ref());
            }
            Input::Reaction(reaction) if self.is_own(&reaction.sender) => {}
            Input::Redaction(redaction) => self.redaction(redaction),
            Input::Settled(settled) => self.settled(settled),
            Input::Timer(timer) => self.timer(timer),
            Input::Operator(wish) => self.operator(wish),
            Input::Member(member) => self.member_changed(member),
            Input::Levels(levels) => self.levels_changed(levels),
            Input::Door(door) => self.door_changed(door),
            Input::Invited(invited) => self.invited(invited),
            Input::Message(_)
            | Input::Edit(_)
            | Input::Reaction(_)
            | Input::ReactionRemoved(_)
            | Input::Heading(_)
            | Input::Policy(_)
            | Input::Undecryptable(_) => self.ask_features(input),
        }
    }

    fn is_own(&self, user: &UserId) -> bool {
        self.world.settings.is_bot(user)
    }

    /// One of our own messages came back in the stream: it was sent, whether or not we ever heard the answer.
    fn echo(&mut self, room: &RoomId, event: &EventId, mark: Option<&Mark>) {
        if let Some(mark) = mark {
            self.settled(&Settled {
                txn: mark.txn.clone(),
                room: room.clone(),
                end: End::Sent(event.clone()),
                mark: Some(mark.clone()),
                act: None,
            });
        }
    }

    fn settled(&mut self, settled: &Settled) {
        match &settled.end {
            End::Sent(event) => {
                let about = settled.mark.as_ref().and_then(|mark| mark.about.as_ref());
                if let (Some(scope), Some(_)) = (self.scope(&settled.room), about) {
                    let sent = SentRecord {
                        event: event.clone(),
                    };
                    self.draft.put(&scope, settled.txn.as_str(), &sent);
                }
                self.draft.part().settled.insert(settled.txn.clone());
            }
            End::Opened(room) => {
                self.draft.part().settled.insert(settled.txn.clone());
                self.opened(settled, Some(room));
            }
            End::AlreadySo | End::Outdated | End::Seen(_) => {
                self.draft.part().settled.insert(settled.txn.clone());
            }
            End::Wedged(reason) => {
                if let Some(mut row) = self.draft.row(&settled.txn) {
                    row.wedged = Some(reason.clone());
                    self.draft.part().rows.insert(row.txn.clone(), row);
                }
                self.opened(settled, None);
            }
        }
        self.draft.keep();
        self.ask_features(&Input::Settled(settled.clone()));
        let room = match &settled.end {
            End::Opened(room) => Some(room),
            End::Wedged(_) => None,
            End::Sent(_) | End::Seen(_) | End::AlreadySo | End::Outdated => return,
        };
        if Line::of(&settled.room).is_some() {
            self.release_early(&settled.room, room);
        }
    }

    /// A room that was asked for is there, or cannot be had. What has happened in it meanwhile is decided when whoever
    /// has asked for it has heard of it.
    fn opened(&mut self, settled: &Settled, room: Option<&RoomId>) {
        let Some((_, line)) = Line::of(&settled.room) else {
            return;
        };
        let input = Input::Settled(settled.clone());
        self.in_core(&input, |context| match (line, room) {
            (Line::Talk(user), Some(room)) => context.talk_in(&user, room),
            (Line::Talk(user), None) => context.no_talk(&user),
            (Line::Matter(about), Some(room)) => context.matter_in(&about, room),
            (Line::Matter(about), None) => context.no_matter(&about),
        });
    }

    /// Somebody asks linli into a room for a talk.
    fn invited(&mut self, invited: &Invited) {
        let community = self.community_inviting(invited);
        let Some(community) = community else { return };
        let mut so_far = SoFar::default();
        let id = Input::Invited(invited.clone()).id();
        let mut context = self.context(&community, CORE, id, &mut so_far);
        context.accept(invited);
        self.draft.keep();
    }

    /// A redaction is of a tap, if our records know one by that id, or else of a message.
    fn redaction(&mut self, redaction: &Redaction) {
        let Some(scope) = self.scope(&redaction.room) else {
            return;
        };
        self.draft.delete::<super::input::Undecryptable>(
            &scope,
            &undecryptable_id(&redaction.room, &redaction.target),
        );
        self.draft.keep();
        match self
            .draft
            .get::<Reaction>(&scope, redaction.target.as_str())
        {
            Some(tap) => {
                self.draft.delete::<Reaction>(&scope, tap.id.as_str());
                self.draft.keep();
                let removed = ReactionRemoved {
                    id: redaction.id.clone(),
                    by: redaction.sender.clone(),
                    tap,
                };
                self.ask_features(&Input::ReactionRemoved(removed));
            }
            None => self.ask_features(&Input::Redaction(redaction.clone())),
        }
    }

    fn timer(&mut self, timer: &Timer) {
        self.draft.part().fired.insert(timer.clone());
        self.draft.keep();
        self.ask_features(&Input::Timer(timer.clone()));
    }

    fn operator(&mut self, wish: &Operator) {
        match wish {
            Operator::Retry(txn) => {
                let Some(mut row) = self.draft.row(txn).filter(|row| row.wedged.is_some()) else {
                    return;
                };
                if row.effect.grows_old() {
                    // What was done since may be the contrary: whoever wanted it is asked again.
                    return self.settled(&row.settled(End::Outdated));
                }
                row.wedged = None;
                self.draft.part().rows.insert(row.txn.clone(), row);
            }
            Operator::GiveUp(txn) => {
                self.draft.part().settled.insert(txn.clone());
            }
            Operator::DecideAgain(id) => {
                let Some(set_aside) = self.draft.get::<Quarantined>(ACCOUNT, id) else {
                    return;
                };
                self.draft.delete::<Quarantined>(ACCOUNT, id);
                self.draft.keep();
                return self.ask_features(&set_aside.input);
            }
            Operator::Dismiss(id) => self.draft.delete::<Quarantined>(ACCOUNT, id),
            Operator::Ask(_) => return self.ask_features(&Input::Operator(wish.clone())),
            Operator::Started(_) => {
                for community in self.world.settings.communities() {
                    self.ask_in(community, &Input::Operator(wish.clone()));
                }
                return;
            }
        }
        self.draft.keep();
    }

    /// The community an input belongs to; inputs of rooms that linli does not serve have none.
    fn community_of(&mut self, input: &Input) -> Option<Arc<Community>> {
        let settings = &self.world.settings;
        if let Input::Timer(timer) = input {
            settings.community(&timer.community).cloned()
        } else if let Input::Operator(Operator::Ask(ask)) = input {
            settings.community(&ask.community).cloned()
        } else {
            self.community(input.room()?)
        }
    }

    /// The community a room belongs to.
    pub(super) fn community(&mut self, room: &RoomId) -> Option<Arc<Community>> {
        self.draft.community_of(&self.world.settings, room)
    }

    /// Decides something that is no feature's business.
    fn in_core(&mut self, input: &Input, act: impl FnOnce(&mut Context<'_, '_>)) {
        if let Some(community) = self.community_of(input) {
            let mut so_far = SoFar::default();
            act(&mut self.context(&community, CORE, input.id(), &mut so_far));
        }
    }

    /// Asks every feature in turn, and sets the input aside where one of them fails.
    pub(super) fn ask_features(&mut self, input: &Input) {
        if let Input::Policy(Policy { room, .. }) | Input::Redaction(Redaction { room, .. }) = input
        {
            // Several communities may follow one list.
            let all = self.world.settings.communities().iter();
            let following = all.filter(|community| community.lists.contains_key(room));
            let following: Vec<Arc<Community>> = following.cloned().collect();
            for community in &following {
                self.ask_in(community, input);
            }
            if !following.is_empty() {
                return;
            }
        }
        if let Some(community) = self.community_of(input) {
            self.ask_in(&community, input);
        }
    }

    fn ask_in(&mut self, community: &Arc<Community>, input: &Input) {
        let tried = catch_unwind(AssertUnwindSafe(|| self.ask_each(community, input)));
        let why = match (tried, self.draft.take_fault()) {
            (_, Some(fault @ Fault::Store(_))) => {
                // The whole batch will be given up; hand the fault on.
                self.draft.set_fault(fault);
                return;
            }
            (Err(panic), _) => panic_text(panic.as_ref()),
            (Ok(()), Some(fault)) => fault.to_string(),
            (Ok(()), None) => return self.draft.keep(),
        };
        self.draft.drop_part();
        let quarantined = Quarantined {
            input: input.clone(),
            why,
            at: self.draft.now,
        };
        self.draft.put(ACCOUNT, &input.id(), &quarantined);
        self.draft.keep();
        self.quarantined.push(quarantined);
    }

    fn ask_each(&mut self, community: &Arc<Community>, input: &Input) {
        let world = self.world;
        let so_far = &mut SoFar::default();
        for feature in world.features.iter().filter(|f| f.stage == Stage::Guard) {
            if self.ask(community, feature, input, so_far) == Flow::Stop {
                return;
            }
        }
        let bot = |sender| community.bots.contains(sender);
        // What a moderating bot takes away is gone all the same.
        let takes_away = matches!(input, Input::Redaction(_) | Input::ReactionRemoved(_));
        if is_notice(input) || (input.sender().is_some_and(bot) && !takes_away) {
            return;
        }
        if let Input::Message(message) = input
            && self.command(community, message, so_far)
        {
            return;
        }
        for feature in world.features.iter().filter(|f| f.stage == Stage::Serve) {
            if self.ask(community, feature, input, so_far) == Flow::Stop {
                return;
            }
        }
    }

    fn ask(
        &mut self,
        community: &Arc<Community>,
        feature: &'static Feature,
        input: &Input,
        so_far: &mut SoFar,
    ) -> Flow {
        if input.only_for().is_some_and(|only| only != feature.name) {
            return Flow::Go;
        }
        let mut id = input.id();
        if input
            .room()
            .is_some_and(|room| community.lists.contains_key(room))
        {
            // Several communities may act on it, each in its own name.
            id = format!("{id}.{}", community.id);
        }
        (feature.decide)(
            &mut self.context(community, feature.name, id, so_far),
            input,
        )
    }

    /// Carries a command out, if the message is one: true where it was.
    fn command(
        &mut self,
        community: &Arc<Community>,
        message: &Message,
        so_far: &mut SoFar,
    ) -> bool {
        let text = &message.content.text;
        if feature::strip_bang(text).is_none() {
            return false;
        }
        let world = self.world;
        let id = message.id.as_str().to_owned();
        let Some((feature, command, rest)) = world.command(text) else {
            return self.unknown_command(community, message, so_far);
        };
        let mut context = self.context(community, feature.name, id, so_far);
        if command.who.includes(community.person(&message.sender)) {
            (command.run)(&mut context, message, rest);
        } else {
            context.refuse_command(message, command.who);
        }
        true
    }

    /// `!something` that nobody knows is answered; `！快来人` is just somebody shouting.
    fn unknown_command(
        &mut self,
        community: &Arc<Community>,
        message: &Message,
        so_far: &mut SoFar,
    ) -> bool {
        let word = feature::strip_bang(&message.content.text).unwrap_or_default();
        let looks_typed = word.starts_with(|c: char| c.is_ascii_alphabetic());
        if looks_typed {
            let id = message.id.as_str().to_owned();
            let mut context = self.context(community, CORE, id, so_far);
            context.answer_unknown_command(message);
        }
        looks_typed
    }

    pub(super) fn context<'s>(
        &'s mut self,
        community: &Arc<Community>,
        feature: &'static str,
        input_id: String,
        so_far: &'s mut SoFar,
    ) -> Context<'s, 'v> {
        Context {
            world: self.world,
            community: Arc::clone(community),
            now: self.draft.now,
            draft: &mut self.draft,
            feature,
            input_id,
            so_far,
        }
    }
}

/// What bots say is marked so by them, and never answered.
fn is_notice(input: &Input) -> bool {
    match input {
        Input::Message(message) => message.content.notice,
        Input::Edit(edit) => edit.content.notice,
        Input::Redaction(_)
        | Input::Reaction(_)
        | Input::ReactionRemoved(_)
        | Input::Member(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Timer(_)
        | Input::Settled(_)
        | Input::Operator(_) => false,
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a message".to_owned())
}
