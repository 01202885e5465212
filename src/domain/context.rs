//! What a feature gets while it decides: it can read and put records, ask for effects and timers, and nothing else.
//! Nothing in this file does IO.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    commit::Timer,
    community::Community,
    draft::Draft,
    effect::{About, Act, Effect, Lane, Post, Target},
    feature::World,
    ids::{EventId, Millis, RoomId, Txn, UserId},
    input::{Content, Member, Membership, Message},
    limits,
    power::RoomState,
    private::{Behind, Letter, Line},
    record::Record,
    roles::{Person, Who},
    speech::{self, Arg, Said},
};
use crate::text::{
    fold::Folded,
    intent::{self, Intent, Reading, Surroundings},
    language::{self, Language},
};

/// Somebody in a room, as our own records have it: the homeserver may leave earlier names out of its events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberRecord {
    pub name: Option<String>,
    pub membership: Membership,
}

impl Record for MemberRecord {
    const KIND: &'static str = "member";
}

/// The language in which somebody has written to us.
#[derive(Serialize, Deserialize)]
struct Speaks(Language);

impl Record for Speaks {
    const KIND: &'static str = "speaks";
}

/// What an event belongs to.
impl Record for About {
    const KIND: &'static str = "link";
}

/// What a row was sent as, kept for rows that others refer to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentRecord {
    pub event: EventId,
}

impl Record for SentRecord {
    const KIND: &'static str = "sent";
}

/// How far the decision about one input has come, whichever features were asked.
#[derive(Default)]
pub(super) struct SoFar {
    /// How many effects were asked for.
    asked: u32,
    /// What its message was understood to mean.
    reading: Option<(Where, Reading)>,
}

/// Which message: its room, its sender, its event.
type Where = (RoomId, UserId, EventId);

/// A decision at work: one input, one feature.
pub struct Context<'a, 'v> {
    pub world: &'a World,
    pub community: Arc<Community>,
    pub now: Millis,
    pub(super) draft: &'a mut Draft<'v>,
    pub(super) feature: &'static str,
    pub(super) input_id: String,
    pub(super) so_far: &'a mut SoFar,
}

impl Context<'_, '_> {
    /// A record of this community.
    pub fn get<T: Record>(&mut self, id: &str) -> Option<T> {
        self.draft.get(self.community.id.as_str(), id)
    }

    /// Puts a record of this community.
    pub fn put<T: Record>(&mut self, id: &str, record: &T) {
        self.draft.put(self.community.id.as_str(), id, record);
    }

    /// Removes a record of this community.
    pub fn delete<T: Record>(&mut self, id: &str) {
        self.draft.delete::<T>(self.community.id.as_str(), id);
    }

    /// Records of this community whose id starts with `prefix`, in order, at most `limit`.
    pub fn scan<T: Record>(&mut self, prefix: &str, limit: usize) -> Vec<(String, T)> {
        self.draft.scan(self.community.id.as_str(), prefix, limit)
    }

    /// Asks for an effect. It is done after the commit, once, whatever happens.
    pub fn ask(&mut self, room: &RoomId, lane: Lane, effect: Effect) -> Txn {
        let txn = self.next_txn(&effect);
        let is_opening = matches!(effect, Effect::Act(Act::Open(_)));
        let effect = effect.without_marks();
        if let Some((_, line)) = Line::of(room).filter(|_| !is_opening) {
            if let Some(Behind { room, user }) = self.behind(room) {
                if let Some(effect) = effect.to_unnamed() {
                    if matches!(effect, Effect::Post(_)) {
                        self.ask_in(&user, &room);
                    }
                    self.draft.add_row(&txn, &room, lane, effect);
                }
                return txn;
            }
            if let Line::Talk(user) = &line
                && let Some(room) = self.talk_with(user)
            {
                // The room has been there since; whoever asks has not heard of it.
                self.draft.add_row(&txn, &room, lane, effect);
                return txn;
            }
            let letter = Letter {
                txn: Some(txn.clone()),
                lane,
                effect,
                otherwise: None,
            };
            self.keep_letter(&line, &letter);
            return txn;
        }
        match self.community.replaced.get(room) {
            None => self.draft.add_row(&txn, room, lane, effect),
            Some(now) => {
                if let Some(effect) = effect.moved() {
                    self.draft.add_row(&txn, now, lane, effect);
                }
            }
        }
        txn
    }

    /// The transaction id of the next thing to do.
    pub(super) fn next_txn(&mut self, effect: &Effect) -> Txn {
        let txn = Txn::new(format!(
            "{}-{}-{}-{}",
            effect.kind(),
            self.input_id,
            self.feature,
            self.so_far.asked
        ));
        self.so_far.asked += 1;
        txn
    }

    /// Asks for an answer in a room, as a reply; quiet answers wake nobody's telephone. Cards go before answers, so
    /// that nobody holds them up by asking and asking.
    pub fn answer(
        &mut self,
        room: &RoomId,
        reply_to: Option<Target>,
        quiet: bool,
        said: Said,
    ) -> Txn {
        let post = Post {
            content: said,
            quiet,
            reply_to,
            thread: None,
            about: None,
        };
        self.ask(room, Lane::Talk, Effect::Post(post))
    }

    /// Asks to be woken at `due` with a note. Setting the same id for the same moment again changes nothing.
    /// Timers are not cleared: whoever is woken looks whether there is still something to do.
    pub fn wake_at(&mut self, due: Millis, id: &str, note: &str) {
        let timer = Timer {
            due,
            id: format!("{}.{}.{id}", self.community.id, self.feature),
            community: self.community.id.clone(),
            feature: self.feature.to_owned(),
            note: note.to_owned(),
        };
        self.draft.part().timers.insert(timer);
    }

    /// Does something in another feature's name: its records' timers wake that one.
    pub fn as_feature<T>(&mut self, feature: &'static str, act: impl FnOnce(&mut Self) -> T) -> T {
        let own = std::mem::replace(&mut self.feature, feature);
        let done = act(self);
        self.feature = own;
        done
    }

    /// What the state of a room says of who may do what.
    pub fn room_state(&mut self, room: &RoomId) -> RoomState {
        self.get(room.as_str()).unwrap_or_default()
    }

    /// The bot's own account.
    #[must_use]
    pub fn bot(&self) -> UserId {
        let bot = self.world.settings.bot.clone();
        bot.unwrap_or_else(|| UserId::from(""))
    }

    /// This feature's settings in this community.
    #[must_use]
    pub fn settings<T: 'static>(&self) -> &T {
        self.community.settings(self.feature)
    }

    /// Notes that an event belongs to a matter of this feature.
    pub fn link(&mut self, event: &EventId, id: &str) {
        let about = About {
            feature: self.feature.to_owned(),
            id: id.to_owned(),
        };
        self.put(event.as_str(), &about);
    }

    /// Forgets that an event belongs to a matter.
    pub fn unlink(&mut self, event: &EventId) {
        self.delete::<About>(event.as_str());
    }

    /// The matter of this feature that an event belongs to.
    pub fn linked(&mut self, event: &EventId) -> Option<String> {
        self.get::<About>(event.as_str())
            .filter(|about| about.feature == self.feature)
            .map(|about| about.id)
    }

    /// Who sent an event, as far as our memory of events reaches.
    pub fn author_of(&mut self, event: &EventId) -> Option<UserId> {
        super::intake::author_of(self.draft, event).map(|(author, _)| author)
    }

    /// Who wrote a message; None for what is none.
    pub fn writer_of(&mut self, event: &EventId) -> Option<UserId> {
        let (author, is_message) = super::intake::author_of(self.draft, event)?;
        is_message.then_some(author)
    }

    /// The person behind an id; None for a resident.
    #[must_use]
    pub fn person(&self, user: &UserId) -> Option<Person> {
        self.community.person(user).cloned()
    }

    /// Whether somebody with a role is at work now.
    #[must_use]
    pub fn is_on_duty(&self, person: &Person) -> bool {
        let duty = person.duty.as_ref().unwrap_or(&self.community.hours);
        duty.hold(self.now)
    }

    /// The name to call somebody by: that of the configuration, else their name in the room, else their id's.
    pub fn name_of(&mut self, room: &RoomId, user: &UserId) -> String {
        if let Some(person) = self.community.person(user).filter(|p| !p.name.is_empty()) {
            return person.name.clone();
        }
        if user.is_mark() {
            return self.say(self.community.language, "unnamed", &[]).text;
        }
        let name = self
            .display_name(room, user)
            .unwrap_or_else(|| user.localpart().to_owned());
        speech::shorten(&name.replace('\n', " "), limits::NAME_CHARS_MAX)
    }

    /// Somebody's display name in a room; where linli talks with them alone, as it is in the community's rooms if it is
    /// not known there.
    pub fn display_name(&mut self, room: &RoomId, user: &UserId) -> Option<String> {
        let own = self.name_in(room, user);
        // Only where linli is alone with somebody may it be looked for in each room.
        if own.is_some() || user.is_mark() || !self.community.is_apart(room) {
            return own;
        }
        let community = Arc::clone(&self.community);
        let mut rooms = community.rooms();
        rooms.find_map(|(room, _)| self.name_in(room, user))
    }

    fn name_in(&mut self, room: &RoomId, user: &UserId) -> Option<String> {
        let member = self.get::<MemberRecord>(&member_id(room, user))?;
        member.name.filter(|name| !name.trim().is_empty())
    }

    /// What a text in a room means, said by `sender`.
    pub fn read(&mut self, room: &RoomId, sender: &UserId, content: &Content) -> Reading {
        let community = Arc::clone(&self.community);
        let name = self.display_name(room, sender);
        let names: Vec<&str> = self.bot_names().collect();
        let mentions_bot = self.calls_bot(content);
        let surroundings = Surroundings {
            building: community.building(room),
            sender: name.as_deref(),
            registry: &community.registry,
            kinds: &community.kinds,
            mentions_bot,
            has_media: content.media.is_some(),
            bot_names: &names,
        };
        intent::read(&content.text, &surroundings)
    }

    /// What a message asks for and tells. It is read once, whichever features ask.
    pub fn read_message(&mut self, message: &Message) -> Reading {
        let Message {
            room, sender, id, ..
        } = message;
        let own = (room.clone(), sender.clone(), id.clone());
        if let Some((of, reading)) = &self.so_far.reading
            && *of == own
        {
            return reading.clone();
        }
        let reading = self.read_afresh(message);
        self.so_far.reading = Some((own, reading.clone()));
        reading
    }

    /// Clients call whoever is replied to by themselves, so that in a reply only our name in the text is a call.
    fn read_afresh(&mut self, message: &Message) -> Reading {
        let Message {
            room,
            sender,
            content,
            ..
        } = message;
        if self.is_alone(room) {
            return self.read_alone(room, sender, content);
        }
        if message.reply_to.is_none() {
            return self.read(room, sender, content);
        }
        let mut content = content.clone();
        content.mentions.clear();
        self.read(room, sender, &content)
    }

    /// What somebody says to linli alone: questions are for linli, and who tells of something broken reports it. All else
    /// may be an answer to whatever linli has said there.
    fn read_alone(&mut self, room: &RoomId, sender: &UserId, content: &Content) -> Reading {
        let bot = self.bot();
        let called = Content {
            mentions: vec![bot],
            ..content.clone()
        };
        let mut reading = self.read(room, sender, &called);
        let text = Folded::new(&content.text);
        let tells = intent::is_report(&text) || intent::is_emergency(&text);
        if reading.intent == Intent::Ticket && !tells {
            reading.intent = Intent::Chat;
            reading.category = None;
        }
        reading
    }

    /// True where a message calls the bot, by its id or by a name after an `@`.
    #[must_use]
    pub fn calls_bot(&self, content: &Content) -> bool {
        let settings = &self.world.settings;
        let bot = settings.bot.as_ref();
        let named = |name: &String| {
            content
                .text
                .split(['@', '＠'])
                .skip(1)
                .any(|rest| rest.starts_with(name.as_str()))
        };
        bot.is_some_and(|bot| content.mentions.contains(bot))
            || settings.bot_names.iter().any(named)
    }

    /// The language to answer a text in: its own, or where it shows none the one to answer its author in. Our own
    /// name shows none.
    pub fn language_of(&mut self, author: &UserId, text: &str) -> Language {
        let own = language::of(&self.without_call(text));
        own.unwrap_or_else(|| self.language_for(author))
    }

    /// The language to answer somebody in whatever they type: for a resident that of what they last reported, where
    /// it is known, else the community's.
    pub fn language_for(&mut self, user: &UserId) -> Language {
        let is_resident = self.community.person(user).is_none();
        let speaks = is_resident.then(|| self.get::<Speaks>(user.as_str()));
        speaks
            .flatten()
            .map_or(self.community.language, |Speaks(language)| language)
    }

    /// Remembers the language in which somebody writes to us.
    pub fn note_language(&mut self, user: &UserId, language: Language) {
        if self.language_for(user) != language {
            self.put(user.as_str(), &Speaks(language));
        }
    }

    /// What a message says to us, without our name in it.
    #[must_use]
    pub fn without_call(&self, text: &str) -> String {
        let names: Vec<&str> = self.bot_names().collect();
        intent::without_call(text, &names)
    }

    fn bot_names(&self) -> impl Iterator<Item = &str> {
        self.world.settings.bot_names.iter().map(String::as_str)
    }

    /// Tells somebody, without a stir, that a command is not theirs to give.
    pub(super) fn refuse_command(&mut self, message: &Message, who: Who) {
        let language = self.language_for(&message.sender);
        let key = match who {
            Who::Anyone | Who::Staff => "command-for-staff",
            Who::Moderator => "command-for-moderators",
            Who::Manager => "command-for-managers",
        };
        let name = self.name_of(&message.room, &message.sender);
        let said = self.say(language, key, &[("name", Arg::Text(&name))]);
        let target = Target::Event(message.id.clone());
        self.answer(&message.room, Some(target), true, said);
    }

    /// Tells somebody that there is no such command.
    pub(super) fn answer_unknown_command(&mut self, message: &Message) {
        let language = self.language_for(&message.sender);
        let said = self.say(language, "command-unknown", &[]);
        let target = Target::Event(message.id.clone());
        self.answer(&message.room, Some(target), true, said);
    }

    /// A sentence.
    #[must_use]
    pub fn say(&self, language: Language, key: &str, args: &[(&'static str, Arg<'_>)]) -> Said {
        speech::say(language, key, args)
    }
}

/// The id of a member's record.
#[must_use]
pub fn member_id(room: &RoomId, user: &UserId) -> String {
    format!("{room}/{user}")
}

/// The record of a member's event.
#[must_use]
pub fn member_record(member: &Member) -> MemberRecord {
    MemberRecord {
        name: member.name.clone(),
        membership: member.membership,
    }
}
