//! A help post, as it is kept.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    life::No, matching, neighbour::Neighbour, news::News, plan, queue::Asker, settings::NAME,
};
use crate::{
    domain::{
        context::Context,
        effect::{About, Target},
        ids::{EventId, Millis, PostNo, RoomId, UserId},
        input::Media,
        record::Record,
    },
    text::{
        language::Language,
        posts::{Field, Kind, Open, Told, Way},
    },
};

/// What a neighbour offers, seeks or asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Post {
    pub no: PostNo,
    /// The name of its kind; the table says what follows from it.
    pub kind: String,
    pub state: State,
    pub author: Neighbour,
    pub language: Language,
    /// Where it was said.
    pub room: RoomId,
    /// The message that opened it.
    pub message: EventId,
    pub text: String,
    pub told: Fields,
    /// What its author has answered when asked for it; an edit of the message changes it no more.
    #[serde(default, skip_serializing_if = "is_default")]
    pub answers: Fields,
    /// What its author wants everybody to read of their numbers and homes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub open: Open,
    pub opened: Millis,
    /// When its days are over.
    pub ends: Millis,
    /// When it came to an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Millis>,
    /// Who has helped, once it came to a good end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helper: Option<Neighbour>,
    /// What its author keeps back, so that whoever claims it must name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Its author allows that it is shown in wider rings, and how wide it is shown already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wide: Option<Millis>,
    /// Somebody else than its author has withdrawn it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub taken_down: bool,
    /// When it was shown in a wider ring last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ring_shown: Option<Millis>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub ring: u8,
    /// How often somebody was seen who is missing, and what was said last.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sightings: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sighting: Option<String>,
    /// Messages by which others cried for the same person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cries: Vec<EventId>,
    /// Neighbours who think that it does not belong here.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub flags: BTreeSet<UserId>,
    /// What the staff room reads of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flagged: Option<Line>,
    /// What the channels of friendly communities read of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub abroad: Vec<Line>,
    /// The posts of the same thing, as one of the two authors says.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub twins: BTreeSet<PostNo>,
    pub cards: Vec<Card>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// Who has asked for it, the first first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub askers: Vec<Asker>,
    /// How often it was promised, so that each promise is told of once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub promises: u32,
    /// Until when it is kept for whom it is promised to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_until: Option<Millis>,
    /// How often it was opened again: what was told of an earlier end is no news of a later one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rounds: u32,
    /// How often it was shown again, and when it was shown last.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shown_again: u32,
    pub shown: Millis,
    /// What the lines that show it again tell.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub line_shown: String,
    /// Its author wants it shown again, and it was night.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wants_again: bool,
    /// When its author was asked how it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome_asked: Option<Millis>,
    /// What its author was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
    /// The message in private by which its author steers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helm: Option<Helm>,
    /// Who was told what already.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub told_of: BTreeSet<String>,
    /// What waits for the morning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<News>,
    /// When it is looked at next; a timer for another moment is an old one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_at: Option<Millis>,
    /// The lists that it stands in.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub listed: BTreeSet<String>,
}

/// How far a post has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Open,
    /// Somebody shall have it.
    Promised,
    Done,
    Withdrawn,
    Expired,
}

impl State {
    /// True while something may still come of it.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Open | Self::Promised => true,
            Self::Done | Self::Withdrawn | Self::Expired => false,
        }
    }
}

/// What was read from its sentence, moments made of local times.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marks: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_cents: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pickup: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
    /// The days on which it comes again, as cron writes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekly: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub first_come: bool,
}

/// One of the messages that show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub room: RoomId,
    pub target: Target,
    /// The reactions that the bot put on it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub offered: BTreeSet<String>,
    /// It is one line that shows it again, below the card.
    #[serde(default, skip_serializing_if = "is_default")]
    pub again: bool,
}

/// A picture or the like that belongs to it, by reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    pub event: EventId,
    /// Where it was shown first.
    pub room: RoomId,
    pub media: Media,
    /// The copies under the cards of other rooms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<(RoomId, Target)>,
}

/// What was asked for, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub fields: Vec<AskedField>,
    pub target: Target,
    pub at: Millis,
}

/// A field that can be asked for, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedField {
    Item,
    Place,
    To,
    At,
    Seats,
    Price,
}

/// Where its author steers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Helm {
    pub room: RoomId,
    pub target: Target,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub offered: BTreeSet<String>,
}

/// A message of ours about a post in another place than its cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub room: RoomId,
    pub target: Target,
}

/// What most posts have not is not written down.
pub fn is_default<T: Default + PartialEq>(of: &T) -> bool {
    *of == T::default()
}

impl Record for Post {
    const KIND: &'static str = "help_post";
}

/// The last number given.
#[derive(Serialize, Deserialize, Default)]
pub struct LastNo(pub u32);

impl Record for LastNo {
    const KIND: &'static str = "last_help_post";
}

/// That a post stands in a list; the ids are `<list>/<number>`, so that a list costs what it shows.
#[derive(Serialize, Deserialize)]
pub struct Listed();

impl Record for Listed {
    const KIND: &'static str = "help_list";
}

/// The list of all that are open.
pub const ALL: &str = "all";

/// The list of the open ones of a kind.
#[must_use]
pub fn list_of_kind(kind: &str) -> String {
    format!("kind/{kind}")
}

/// The list of what somebody has posted or asked for, as long as it is open.
#[must_use]
pub fn list_of(user: &UserId) -> String {
    format!("of/{user}")
}

/// The next number.
pub fn next_no(ctx: &mut Context<'_, '_>) -> PostNo {
    let no = PostNo(ctx.get::<LastNo>("").unwrap_or_default().0 + 1);
    ctx.put("", &LastNo(no.0));
    no
}

/// A number that was given in an earlier life, whose records are lost, is not given again.
pub fn pass_number(ctx: &mut Context<'_, '_>, number: &str) {
    let last = ctx.get::<LastNo>("").unwrap_or_default().0;
    if let Some(given) = number.parse().ok().filter(|given| *given > last) {
        ctx.put("", &LastNo(given));
    }
}

/// The numbers in a list, the oldest first, at most `limit`.
pub fn numbers(ctx: &mut Context<'_, '_>, list: &str, limit: usize) -> Vec<PostNo> {
    let prefix = format!("{list}/");
    let found = ctx.scan::<Listed>(&prefix, limit);
    let numbers = found.iter().filter_map(|(id, _)| id.rsplit('/').next());
    numbers
        .filter_map(|no| no.parse().ok())
        .map(PostNo)
        .collect()
}

/// What our messages about a post carry.
#[must_use]
pub fn about(no: PostNo) -> About {
    About {
        feature: NAME.to_owned(),
        id: no.0.to_string(),
    }
}

impl Post {
    pub fn load(ctx: &mut Context<'_, '_>, no: PostNo) -> Option<Self> {
        ctx.get(&no.key())
    }

    /// The post that a text names, as events and timers name it.
    pub fn named(ctx: &mut Context<'_, '_>, number: &str) -> Option<Self> {
        let no = number.parse().ok()?;
        Self::load(ctx, PostNo(no))
    }

    /// The post that an event belongs to.
    pub fn of_event(ctx: &mut Context<'_, '_>, event: &EventId) -> Option<Self> {
        let number = ctx.linked(event)?;
        Self::named(ctx, &number)
    }

    /// Its row of the table; None where the configuration has it no more.
    #[must_use]
    pub fn row(&self, ctx: &Context<'_, '_>) -> Option<Kind> {
        ctx.community.kinds.named(&self.kind).cloned()
    }

    /// Keeps it, its lists in step, and when it is looked at next.
    pub fn save(&mut self, ctx: &mut Context<'_, '_>) {
        plan::plan(ctx, self);
        let lists = self.lists();
        let key = self.no.key();
        for list in self.listed.difference(&lists) {
            ctx.delete::<Listed>(&format!("{list}/{key}"));
        }
        for list in lists.difference(&self.listed) {
            ctx.put(&format!("{list}/{key}"), &Listed());
        }
        self.listed = lists;
        ctx.put(&key, self);
    }

    fn lists(&self) -> BTreeSet<String> {
        if !self.state.is_open() {
            return BTreeSet::new();
        }
        let askers = self.askers.iter().filter(|asker| asker.stands());
        let askers = askers.map(|asker| list_of(&asker.who.user));
        let always = [
            ALL.to_owned(),
            list_of_kind(&self.kind),
            list_of(&self.author.user),
        ];
        let thing = matching::list_of(self);
        always.into_iter().chain(askers).chain(thing).collect()
    }

    /// Whether somebody is missing.
    #[must_use]
    pub fn is_alarm(&self, ctx: &Context<'_, '_>) -> bool {
        let row = ctx.community.kinds.named(&self.kind);
        row.is_some_and(|row| row.way == Way::Alarm)
    }

    /// # Errors
    /// Where it has come to an end.
    pub fn is_open(&self) -> Result<(), No> {
        self.state.is_open().then_some(()).ok_or(No::Over)
    }

    #[must_use]
    pub fn is_author(&self, user: &UserId) -> bool {
        self.author.user == *user
    }
}

impl Fields {
    /// What was read, with moments in the community's time zone.
    #[must_use]
    pub fn of(ctx: &Context<'_, '_>, told: Told) -> Self {
        Self {
            item: told.item,
            colour: told.colour,
            marks: told.marks,
            name: told.name,
            place: told.place,
            from: told.from,
            to: told.to,
            at: told.at.and_then(|at| ctx.at_local(at)),
            seats: told.seats,
            price_cents: told.price_cents,
            condition: told.condition,
            pickup: told.pickup,
            until: told.until.and_then(|until| ctx.at_local(until)),
            weekly: told.weekly,
            first_come: told.first_come,
        }
    }

    /// Fills in what an answer tells and was not known.
    pub fn fill(&mut self, answer: Self) {
        let Self {
            item,
            colour,
            marks,
            name,
            place,
            from,
            to,
            at,
            seats,
            price_cents,
            condition,
            pickup,
            until,
            weekly,
            first_come,
        } = answer;
        self.item = self.item.take().or(item);
        self.colour = self.colour.take().or(colour);
        self.marks = self.marks.take().or(marks);
        self.name = self.name.take().or(name);
        self.place = self.place.take().or(place);
        self.from = self.from.take().or(from);
        self.to = self.to.take().or(to);
        self.at = self.at.or(at);
        self.seats = self.seats.or(seats);
        self.price_cents = self.price_cents.or(price_cents);
        self.condition = self.condition.take().or(condition);
        self.pickup = self.pickup.take().or(pickup);
        self.until = self.until.or(until);
        self.weekly = self.weekly.take().or(weekly);
        self.first_come |= first_come;
    }

    /// Whether a field that is asked for is missing.
    #[must_use]
    pub fn lacks(&self, field: AskedField) -> bool {
        match field {
            AskedField::Item => self.item.is_none(),
            AskedField::Place => self.place.is_none(),
            AskedField::To => self.to.is_none(),
            AskedField::At => self.at.is_none(),
            AskedField::Seats => self.seats.is_none(),
            AskedField::Price => self.price_cents.is_none(),
        }
    }
}

impl AskedField {
    /// The field, where it can be asked for.
    #[must_use]
    pub fn of(field: Field) -> Option<Self> {
        match field {
            Field::Item => Some(Self::Item),
            Field::Place => Some(Self::Place),
            Field::To => Some(Self::To),
            Field::At => Some(Self::At),
            Field::Seats => Some(Self::Seats),
            Field::Price => Some(Self::Price),
            Field::Colour
            | Field::Marks
            | Field::Name
            | Field::From
            | Field::Condition
            | Field::Pickup
            | Field::Until => None,
        }
    }

    /// The field as the reading knows it.
    #[must_use]
    pub fn field(self) -> Field {
        match self {
            Self::Item => Field::Item,
            Self::Place => Field::Place,
            Self::To => Field::To,
            Self::At => Field::At,
            Self::Seats => Field::Seats,
            Self::Price => Field::Price,
        }
    }

    /// The key of the question.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Item => "post-ask-item",
            Self::Place => "post-ask-place",
            Self::To => "post-ask-to",
            Self::At => "post-ask-at",
            Self::Seats => "post-ask-seats",
            Self::Price => "post-ask-price",
        }
    }
}
