//! The ticket and its history, as they are kept.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    after::After,
    caller::Caller,
    clock::reading::Clock,
    correct::Point,
    eta::Eta,
    helpers::Helper,
    missing::Asked,
    outage::Outage,
    own_room::{self, OwnRoom},
    proof::Proof,
    rounds::OnRound,
    state::{Action, State},
    voices::Voice,
};
use crate::{
    domain::{
        context::Context,
        effect::Target,
        ids::{EventId, Millis, RoomId, TicketNo, UserId},
        input::{Media, MediaKind},
        record::Record,
        roles::Who,
    },
    text::{
        address::Address,
        danger::Danger,
        language::Language,
        matter::{self, Matter, Trade, Urgency},
        tags::Category,
    },
};

/// One reported matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    pub no: TicketNo,
    pub state: State,
    pub category: Option<Category>,
    /// What kind of matter it is, as linli understood it or staff have corrected it.
    pub matter: Matter,
    /// What staff have put right; an edit of the report changes it no more.
    pub corrected: BTreeSet<Point>,
    pub text: String,
    pub address: Address,
    pub place: Option<String>,
    /// The reporter does not want their home shown to the neighbours.
    pub private: bool,
    /// The language of the report; its reporter is answered in it.
    pub language: Language,
    pub reporter: Named,
    pub room: RoomId,
    /// The message that opened it.
    pub report: EventId,
    /// What it has said, the oldest first: the message, then the edits that still stand.
    pub versions: Vec<Version>,
    /// When linli took the report in.
    pub opened: Millis,
    pub cards: Vec<Card>,
    /// Who claimed it.
    pub worker: Option<Named>,
    /// The words given with its present state: what is waited for, or why it was declined.
    pub why: Option<String>,
    /// Taps that moved it and were not taken back.
    pub taps: Vec<Tap>,
    pub media: Vec<Attachment>,
    pub history_rows: u32,
    /// Who was already told that they may not do what.
    pub refused: BTreeSet<String>,
    /// The report was redacted; its words are gone from here too.
    pub blanked: bool,
    /// The lists that it stands in; see [`Open`].
    pub listed: BTreeSet<String>,
    /// When somebody comes or it will be done, as staff have said.
    pub eta: Option<Eta>,
    /// When its clocks are looked at; a timer for another moment is an old one.
    pub look_at: Option<Millis>,
    /// When it counts as confirmed if its reporter says nothing; a timer for another moment is an old one.
    pub confirm_at: Option<Millis>,
    /// How often staff were called since it waits for one of them, because people are in danger.
    pub alarms: u32,
    /// When they are called again; a timer for another moment is an old one.
    pub alarm_at: Option<Millis>,
    /// The ticket into which it was put.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<TicketNo>,
    /// Whom it concerns besides its reporter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voices: Vec<Voice>,
    /// How many of them were answered in words.
    #[serde(default, skip_serializing_if = "is_default")]
    pub voices_answered: u32,
    /// What is cut off, where staff have said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outage: Option<Outage>,
    /// What the rooms concerned have been shown of it last.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outage_shown: String,
    /// Who has called, where it was opened for somebody at the telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<Caller>,
    /// Who helps whoever has it, the first first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helpers: Vec<Helper>,
    /// Whoever has it was given it by turns, and has done nothing yet.
    #[serde(default, skip_serializing_if = "is_default")]
    pub by_turn: bool,
    /// The room of its own, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_room: Option<OwnRoom>,
    /// What comes round, where it is of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<OnRound>,
    /// What its report left out and was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Asked>,
    /// Whether staff have shown what they did.
    #[serde(default, skip_serializing_if = "is_default")]
    pub proof: Proof,
    /// What was asked when it was finished.
    #[serde(default, skip_serializing_if = "is_default")]
    pub after: After,
    /// The dangers in which its reporter was told what to do; None: one that was not told apart.
    pub warned_of: BTreeSet<Option<Danger>>,
}

/// What most tickets have not is not written down.
fn is_default<T: Default + PartialEq>(of: &T) -> bool {
    *of == T::default()
}

/// What a report says, or has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The message, or the edit.
    pub event: EventId,
    pub text: String,
}

/// Somebody, with the name they had when it mattered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub user: UserId,
    pub name: String,
}

impl Named {
    /// Somebody as they are called in a room.
    pub fn of(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) -> Self {
        Self {
            user: user.clone(),
            name: ctx.name_of(room, user),
        }
    }
}

/// One of the messages that show the ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub room: RoomId,
    pub target: Target,
    /// The reactions that the bot put on it.
    pub offered: BTreeSet<String>,
}

/// A tap that moved the ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tap {
    pub event: EventId,
    pub room: RoomId,
    pub user: UserId,
    pub action: Action,
}

/// A picture or the like that belongs to the ticket, by reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub event: EventId,
    pub by: UserId,
    pub kind: MediaKind,
    pub url: String,
    /// As it was posted, should it have to be shown elsewhere.
    #[serde(default)]
    pub media: Option<Media>,
    /// The copy by reference under the card where those are who have not seen it.
    pub shown: Option<Target>,
    /// Where that is; None: in the staff room.
    #[serde(default)]
    pub shown_in: Option<RoomId>,
}

/// One line of a ticket's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryRow {
    pub at: Millis,
    /// None: linli itself.
    pub who: Option<Named>,
    /// Whether they were of staff then.
    #[serde(default)]
    pub staff: bool,
    pub what: What,
    /// The words given with it: why, or what is waited for.
    pub words: Option<String>,
}

/// What happened to a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Opened,
    Moved(Action),
    /// Somebody helps whoever has it.
    Helps,
    HelpsNoMore,
    /// Given to somebody.
    Assigned {
        to: Named,
    },
    /// Said in its thread, or as a reply.
    Said {
        event: EventId,
        text: String,
    },
    Attached {
        event: EventId,
        kind: MediaKind,
    },
    /// Somebody else reported the same.
    Voice {
        event: EventId,
        text: String,
    },
    /// Another ticket was put into it.
    Gathered {
        from: TicketNo,
    },
    /// Somebody who had reported the same does so no more.
    Left,
    /// Who had reported it has taken that back, and somebody else goes on with it.
    Inherited,
    /// The report was changed, or an edit of it taken back.
    Edited,
    /// Something said or shown was taken back.
    Withdrawn,
    /// Staff have put something right that linli had understood otherwise.
    Corrected {
        point: Point,
        to: String,
    },
    /// Its reporter has said how it was, from 1 to 5; None: and took that back.
    Rated {
        stars: Option<u8>,
    },
    /// The managers have looked into few stars.
    Reviewed,
    /// Its reporter was asked, long after, whether it is still all right.
    FollowedUp,
    /// They have said that it is.
    StillWell,
    /// Something that a round looks at was looked at.
    Ticked,
    /// Nobody had done a round in its time.
    Missed,
    /// Whoever has reported it may report nothing anonymously for some time, or may again.
    Limited {
        lifted: bool,
    },
    /// It was taken out of the crowd, into a room of its own.
    TakenApart,
    /// When somebody comes or it will be done at the latest.
    Promised {
        by: Millis,
    },
    /// Staff were called because of a clock, and how often they had been before.
    Called {
        clock: Clock,
        call: u32,
    },
    /// When somebody was to be called, nobody who could was on duty.
    NobodyOnDuty,
    /// Staff were called because people are in danger.
    Alarmed,
}

impl What {
    /// The step that was taken, if it was one.
    #[must_use]
    pub fn step(&self) -> Option<Action> {
        match self {
            Self::Moved(action) => Some(*action),
            Self::Assigned { .. } => Some(Action::Assign),
            Self::Opened
            | Self::Said { .. }
            | Self::Attached { .. }
            | Self::Voice { .. }
            | Self::Gathered { .. }
            | Self::Helps
            | Self::HelpsNoMore
            | Self::Left
            | Self::Inherited
            | Self::Edited
            | Self::Withdrawn
            | Self::Corrected { .. }
            | Self::Rated { .. }
            | Self::Reviewed
            | Self::FollowedUp
            | Self::StillWell
            | Self::TakenApart
            | Self::Ticked
            | Self::Missed
            | Self::Limited { .. }
            | Self::Promised { .. }
            | Self::Called { .. }
            | Self::NobodyOnDuty
            | Self::Alarmed => None,
        }
    }
}

impl Record for HistoryRow {
    const KIND: &'static str = "history";
    const VERSION: u32 = 2;

    /// Before version 2 there was one clock, for the first answer, and one call.
    fn upgrade(version: u32, mut data: serde_json::Value) -> Result<Self, String> {
        if version != 1 {
            return Err(unknown("line of history", version));
        }
        if data["what"] == "recalled" {
            data["what"] = serde_json::json!({"called": {"clock": "answer", "call": 0}});
        }
        serde_json::from_value(data).map_err(|error| error.to_string())
    }
}

fn unknown(what: &str, version: u32) -> String {
    format!("version {version} of a {what} is not known to this linli")
}

/// Where something that was said or shown stands in the history, so that it can be blanked when it is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidAt {
    pub no: TicketNo,
    /// Where it was; None for what an older linli has kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomId>,
    pub rows: Vec<u32>,
    /// The sentence that has passed it on.
    pub passed_on: Option<Target>,
    /// Where that is; None: in the staff room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_to: Option<RoomId>,
}

impl Record for SaidAt {
    const KIND: &'static str = "said";
}

impl Record for Ticket {
    const KIND: &'static str = "ticket";
    const VERSION: u32 = 4;

    /// Before version 2 nobody asked what kind of matter it was, before version 3 nobody was called again and again, and
    /// before version 4 there was one clock, whose timer looks at all of them now.
    fn upgrade(version: u32, mut data: serde_json::Value) -> Result<Self, String> {
        if !(1..4).contains(&version) {
            return Err(unknown("ticket", version));
        }
        let part = |error: serde_json::Error| error.to_string();
        data["look_at"] = data["recall_at"].clone();
        if version < 3 {
            data["alarms"] = serde_json::json!(0);
            data["warned_of"] = serde_json::json!([]);
        }
        if version > 1 {
            return serde_json::from_value(data).map_err(part);
        }
        let text = data["text"].as_str().unwrap_or_default();
        let category = serde_json::from_value(data["category"].clone()).map_err(part)?;
        let address = serde_json::from_value(data["address"].clone()).map_err(part)?;
        let matter = matter::of(text, category, &address);
        data["matter"] = serde_json::to_value(matter).map_err(part)?;
        data["corrected"] = serde_json::json!([]);
        serde_json::from_value(data).map_err(part)
    }
}

/// That a ticket is open: the index that lists are read from. Its ids are `<list>/<number>`, so that a list costs
/// what it shows and not what there is.
#[derive(Serialize, Deserialize)]
pub struct Open();

impl Record for Open {
    const KIND: &'static str = "open";
}

/// The list of all open tickets.
pub const ALL: &str = "all";

/// The list of those whose few stars are being looked into.
pub const REVIEWS: &str = "review";

/// The list of outages.
pub const OUTAGES: &str = "outage";

/// The list of what was reported in a room.
#[must_use]
pub fn list_in(room: &RoomId) -> String {
    format!("in/{room}")
}

/// The list of what anybody in a room may have reported too.
#[must_use]
pub fn list_like(room: &RoomId, trade: Trade) -> String {
    format!("like/{room}/{}", trade.as_str())
}

/// The list of what somebody has reported or claimed.
#[must_use]
pub fn list_of(user: &UserId) -> String {
    format!("of/{user}")
}

/// The last ticket number given.
#[derive(Serialize, Deserialize, Default)]
pub struct LastNo(pub u32);

impl Record for LastNo {
    const KIND: &'static str = "last_ticket";
}

/// A number that was given in an earlier life, whose records are lost, is not given again.
pub fn pass_number(ctx: &mut Context<'_, '_>, number: &str) {
    let last = ctx.get::<LastNo>("").unwrap_or_default().0;
    if let Some(given) = number.parse().ok().filter(|given| *given > last) {
        ctx.put("", &LastNo(given));
    }
}

impl Ticket {
    /// The ticket with this number.
    pub fn load(ctx: &mut Context<'_, '_>, no: TicketNo) -> Option<Self> {
        ctx.get(&no.key())
    }

    /// The ticket that a text names, as events, timers and the index name it.
    pub fn named(ctx: &mut Context<'_, '_>, number: &str) -> Option<Self> {
        let no = number.parse().ok()?;
        Self::load(ctx, TicketNo(no))
    }

    /// The ticket that an event belongs to.
    pub fn of_event(ctx: &mut Context<'_, '_>, event: &EventId) -> Option<Self> {
        let number = ctx.linked(event)?;
        Self::named(ctx, &number)
    }

    /// The ticket that holds an event: its report, or what was said or shown with it.
    pub fn holding(ctx: &mut Context<'_, '_>, event: &EventId) -> Option<Self> {
        match ctx.get::<SaidAt>(event.as_str()) {
            Some(at) => Self::load(ctx, at.no),
            None => Self::of_event(ctx, event),
        }
    }

    /// Keeps it, and the index of open ones in step.
    pub fn save(&mut self, ctx: &mut Context<'_, '_>) {
        own_room::follow(ctx, self);
        let lists = self.lists();
        let key = self.no.key();
        for list in self.listed.difference(&lists) {
            ctx.delete::<Open>(&format!("{list}/{key}"));
        }
        for list in lists.difference(&self.listed) {
            ctx.put(&format!("{list}/{key}"), &Open());
        }
        self.listed = lists;
        ctx.put(&key, self);
    }

    /// The lists that it belongs to.
    fn lists(&self) -> BTreeSet<String> {
        let review = self.after.review.iter().map(|_| REVIEWS.to_owned());
        if !self.state.is_open() {
            return review.collect();
        }
        let helpers = self.helpers.iter().map(|helper| &helper.who);
        let workers = self.worker.iter().chain(helpers);
        let worker = workers.map(|worker| list_of(&worker.user));
        let outage = self.outage.iter().map(|_| OUTAGES.to_owned());
        let is_shared = self.matter.public && !self.private && self.outage.is_none();
        let like = is_shared.then(|| list_like(&self.room, self.matter.trade));
        let always = [
            ALL.to_owned(),
            list_in(&self.room),
            list_of(&self.reporter.user),
        ];
        let lists = always.into_iter().chain(worker).chain(like);
        lists.chain(review).chain(outage).collect()
    }

    /// Whether whoever reads a room reads all of it: staff do in theirs, and its reporter where nobody else reads along.
    #[must_use]
    pub fn is_open_to(&self, ctx: &Context<'_, '_>, room: &RoomId) -> bool {
        let community = &ctx.community;
        let is_apart = community.purpose(community.present(room)).is_none();
        community.staff_room() == Some(room)
            || is_apart && community.present(&self.room) == community.present(room)
    }

    /// Whether it is private, and a room is not where it is told of.
    #[must_use]
    pub fn is_hidden_in(&self, ctx: &Context<'_, '_>, room: &RoomId) -> bool {
        self.private && !self.is_open_to(ctx, room)
    }

    /// Adds a line to its history (the ticket must be saved afterwards), and returns the line's number.
    pub fn note(&mut self, ctx: &mut Context<'_, '_>, who: Option<Named>, what: What) -> u32 {
        self.note_with(ctx, who, what, None)
    }

    /// The same with words that were given.
    pub fn note_with(
        &mut self,
        ctx: &mut Context<'_, '_>,
        who: Option<Named>,
        what: What,
        words: Option<String>,
    ) -> u32 {
        let row = self.history_rows;
        let person = who.as_ref().and_then(|who| ctx.community.person(&who.user));
        let staff = Who::Staff.includes(person);
        let line = HistoryRow {
            at: ctx.now,
            who,
            staff,
            what,
            words,
        };
        ctx.put(&history_id(self.no, row), &line);
        self.history_rows += 1;
        row
    }

    /// Nothing is waited for any more.
    pub fn rest(&mut self) {
        self.eta = None;
        self.confirm_at = None;
        self.after.rest();
        self.alarm_at = None;
        self.alarms = 0;
    }

    /// True where nothing more is to come of it, unless somebody opens it again.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        matches!(
            self.state,
            State::Confirmed | State::Cancelled | State::Declined
        )
    }

    /// True while it is open and nobody has taken it: whoever was given it by turns may be elsewhere.
    #[must_use]
    pub fn waits_for_staff(&self) -> bool {
        self.state.is_open() && (self.worker.is_none() || self.by_turn)
    }

    /// True while people are in danger and nobody has said that it is over.
    #[must_use]
    pub fn is_emergency(&self) -> bool {
        self.state.is_open() && self.matter.urgency == Urgency::P0
    }

    /// True where nobody is to know who reported it.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.reporter.user.is_mark()
    }

    /// True where `user` reported it.
    #[must_use]
    pub fn is_reporter(&self, user: &UserId) -> bool {
        self.reporter.user == *user
    }

    /// True where `user` reported it, the first or after others.
    #[must_use]
    pub fn was_reported_by(&self, user: &UserId) -> bool {
        let mut voices = self.voices.iter();
        self.is_reporter(user) || voices.any(|voice| voice.who.user == *user && voice.has_said())
    }

    /// True where `user` claimed it, or helps.
    #[must_use]
    pub fn works(&self, user: &UserId) -> bool {
        let mut helpers = self.helpers.iter();
        self.is_worker(user) || helpers.any(|helper| helper.who.user == *user)
    }

    /// True where `user` claimed it.
    #[must_use]
    pub fn is_worker(&self, user: &UserId) -> bool {
        self.worker
            .as_ref()
            .is_some_and(|worker| worker.user == *user)
    }
}

/// What the ids of a ticket's lines of history begin with.
#[must_use]
pub fn history_prefix(no: TicketNo) -> String {
    format!("{}/", no.key())
}

/// The id of a line of history.
#[must_use]
pub fn history_id(no: TicketNo, row: u32) -> String {
    format!("{}/{row:06}", no.key())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{HistoryRow, Ticket, What};
    use crate::{
        domain::{
            ids::Millis,
            record::{Key, Record as _, decode},
        },
        text::matter::{Trade, Urgency},
    };

    #[test]
    fn a_ticket_from_before_matters_were_told_apart_is_read() {
        let address =
            json!({"phase": null, "building": "3", "unit": "2", "home": null, "floor": null});
        let old = json!({"no": 7, "state": "claimed", "category": "repair", "text": "#报修 3号楼2单元停电了",
            "address": address, "place": null, "private": false, "language": "zh",
            "reporter": {"user": "@a:b", "name": "3-2-501 王芳"}, "room": "!r:b", "report": "$1", "versions": [],
            "opened": 1, "cards": [], "worker": null, "taps": [], "media": [], "history_rows": 1, "refused": [],
            "blanked": false, "listed": [], "recall_at": null, "confirm_at": null});
        let key = Key::new("hexie", Ticket::KIND, "000007");
        let stored = json!({"v": 1, "d": old}).to_string();
        let ticket: Ticket = decode(&key, &stored).unwrap();
        assert_eq!(ticket.matter.urgency, Urgency::P1);
        assert_eq!(ticket.matter.trade, Trade::Electric);
        assert!(ticket.matter.public && ticket.corrected.is_empty());
        let mut second = serde_json::to_value(&ticket).unwrap();
        for new in ["alarms", "alarm_at", "warned_of"] {
            second.as_object_mut().unwrap().remove(new);
        }
        second["recall_at"] = json!(9);
        let second = json!({"v": 2, "d": second}).to_string();
        let second = decode::<Ticket>(&key, &second).unwrap();
        assert_eq!(second.look_at, Some(Millis(9)));
        assert_eq!(second.warned_of, ticket.warned_of);
        let line = json!({"at": 1, "who": null, "what": "recalled", "words": null});
        let line = json!({"v": 1, "d": line}).to_string();
        let key_of_line = Key::new("hexie", HistoryRow::KIND, "000007/000001");
        let line: HistoryRow = decode(&key_of_line, &line).unwrap();
        assert!(matches!(line.what, What::Called { call: 0, .. }));
        let unknown = stored.replace("\"v\":1", "\"v\":9");
        assert!(decode::<Ticket>(&key, &unknown).is_err());
    }
}
