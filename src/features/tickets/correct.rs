//! What linli understood of a report, put right by staff, and what it learns from that.
//!
//! Once two corrections of reports in nearly the same words name the same trade, a third such report gets it at once.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    card, clock, commands,
    ticket::{Named, Ticket, What},
};
use crate::{
    domain::{
        context::Context,
        ids::RoomId,
        input::{Message, Reaction},
        limits,
        record::Record,
        roles::Who,
        speech::{Arg, Said},
    },
    text::{
        address::{self, Address},
        alike::Sketch,
        fold::Folded,
        language::Language,
        matter::{Trade, Urgency},
        tags,
    },
};

/// Something that linli understood of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Point {
    Urgency,
    Trade,
    Category,
    Address,
}

impl Point {
    /// Its name in keys of sentences.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Urgency => "urgency",
            Self::Trade => "trade",
            Self::Category => "category",
            Self::Address => "address",
        }
    }
}

/// What staff have said of the trade of reports, the oldest first.
#[derive(Default, Serialize, Deserialize)]
pub struct Lessons(Vec<(Sketch, Trade)>);

impl Record for Lessons {
    const KIND: &'static str = "lessons";
}

/// Of sixteen boxes, how many of two sketches must agree: reports are short, and words about the same thing stand in
/// another order each time.
pub const LIKE: usize = 6;
/// So many corrections that agree are a rule.
const RULE: usize = 2;

/// The trade that staff have given to reports like this one.
pub fn learned(ctx: &mut Context<'_, '_>, text: &str) -> Option<Trade> {
    let lessons = ctx.get::<Lessons>("")?;
    let sketch = Sketch::of(&Folded::new(text))?;
    let alike = || {
        lessons
            .0
            .iter()
            .filter(|(of, _)| of.likeness(&sketch) >= LIKE)
    };
    let (_, newest) = alike().next_back()?;
    let agreeing = alike().filter(|(_, trade)| trade == newest).count();
    (agreeing >= RULE).then_some(*newest)
}

fn learn(ctx: &mut Context<'_, '_>, text: &str, trade: Trade) {
    let Some(sketch) = Sketch::of(&Folded::new(text)) else {
        return;
    };
    let mut lessons = ctx.get::<Lessons>("").unwrap_or_default();
    // Whoever corrects one ticket twice teaches once.
    lessons.0.retain(|(of, _)| *of != sketch);
    lessons.0.push((sketch, trade));
    let surplus = lessons.0.len().saturating_sub(limits::LESSONS_MAX);
    lessons.0.drain(..surplus);
    ctx.put("", &lessons);
}

/// `!urgent 12 P1`, `!trade 12 lift`, `!category 12 complaint`, `!address 12 3-2-501`; without a number as a reply.
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str, point: Point) {
    let (number, value) = commands::split(rest);
    let Some(mut ticket) = commands::named(ctx, message, number) else {
        return;
    };
    let language = ctx.language_for(&message.sender);
    let person = ctx.person(&message.sender);
    let is_staff = Who::Staff.includes(person.as_ref());
    let is_own_address = point == Point::Address && ticket.is_reporter(&message.sender);
    if !is_staff && !is_own_address {
        let said = ctx.say(language, "correct-not-yours", &[]);
        return commands::answer(ctx, message, said);
    }
    let Some(to) = apply(ctx, &mut ticket, point, value.trim()) else {
        let said = choices(ctx, language, point, value.trim());
        return commands::answer(ctx, message, said);
    };
    let who = Named::of(ctx, &message.room, &message.sender);
    keep(ctx, ticket.clone(), point, to, who);
    let said = said(ctx, &ticket, language, point, &message.room);
    commands::answer_about(ctx, message, &ticket, said);
}

/// Staff tap ❗ for what is urgent and 🐢 for what can wait: true where that was meant.
pub fn tapped(ctx: &mut Context<'_, '_>, ticket: &Ticket, tap: &Reaction) -> bool {
    let urgency = match tap.key.chars().next() {
        Some('❗' | '‼') => Urgency::P1,
        Some('🐢') => Urgency::P3,
        _ => return false,
    };
    let person = ctx.person(&tap.sender);
    if Who::Staff.includes(person.as_ref()) && ticket.matter.urgency != urgency {
        let mut ticket = ticket.clone();
        ticket.matter.urgency = urgency;
        let who = Named::of(ctx, &tap.room, &tap.sender);
        keep(ctx, ticket, Point::Urgency, format!("{urgency:?}"), who);
    }
    true
}

/// Puts one point right; what it is now, in the form in which it is kept, or None where the value means nothing.
fn apply(
    ctx: &mut Context<'_, '_>,
    ticket: &mut Ticket,
    point: Point,
    value: &str,
) -> Option<String> {
    match point {
        Point::Urgency => {
            ticket.matter.urgency = urgency(value)?;
            Some(format!("{:?}", ticket.matter.urgency))
        }
        Point::Trade => {
            let trade = trade(ctx, value)?;
            ticket.matter.trade = trade;
            learn(ctx, &ticket.text, trade);
            Some(trade.as_str().to_owned())
        }
        Point::Category => {
            let tag = tags::find(&format!("#{}", value.trim_start_matches(['#', '＃'])))?;
            ticket.category = Some(tag.category);
            Some(tag.category.as_str().to_owned())
        }
        Point::Address => {
            let found = address::read(&Folded::new(value), &ctx.community.registry);
            found.building.as_ref().or(found.home.as_ref())?;
            ticket.address = found;
            let language = ctx.community.language;
            Some(card::address_text(ctx, &ticket.address, language))
        }
    }
}

fn urgency(value: &str) -> Option<Urgency> {
    let value = Folded::new(value);
    match value.text() {
        "p0" | "0" | "危急" | "emergency" => Some(Urgency::P0),
        "" | "p1" | "1" | "急" | "紧急" | "urgent" => Some(Urgency::P1),
        "p2" | "2" | "一般" | "普通" | "normal" => Some(Urgency::P2),
        "p3" | "3" | "不急" | "可以等" | "can wait" => Some(Urgency::P3),
        _ => None,
    }
}

/// A trade by its id, or by its name in either language.
fn trade(ctx: &Context<'_, '_>, value: &str) -> Option<Trade> {
    let value = value.to_lowercase();
    let is_called = |trade: &Trade| {
        let named = |language| {
            ctx.say(language, &card::trade_key(*trade), &[])
                .text
                .to_lowercase()
        };
        value == trade.as_str() || value == named(Language::Zh) || value == named(Language::En)
    };
    Trade::ALL.into_iter().find(is_called)
}

/// It is somewhere else than was understood, or known better.
pub fn move_to(ctx: &mut Context<'_, '_>, mut ticket: Ticket, address: Address, who: Named) {
    ticket.address = address;
    let to = card::address_text(ctx, &ticket.address, ctx.community.language);
    keep(ctx, ticket, Point::Address, to, who);
}

fn keep(ctx: &mut Context<'_, '_>, mut ticket: Ticket, point: Point, to: String, who: Named) {
    ticket.corrected.insert(point);
    ticket.note(ctx, Some(who), What::Corrected { point, to });
    card::refresh(ctx, &mut ticket);
    clock::watch(ctx, &mut ticket);
    ticket.save(ctx);
}

/// What the ticket says now about a point.
fn said(
    ctx: &Context<'_, '_>,
    ticket: &Ticket,
    language: Language,
    point: Point,
    room: &RoomId,
) -> Said {
    let head = card::head(ctx, ticket, language);
    let line = match point {
        Point::Address => {
            let place = card::where_in_room(ctx, ticket, language, room);
            card::where_said(ctx, language, &place)
        }
        Point::Urgency | Point::Trade | Point::Category => {
            Some(card::matter_line(ctx, ticket, language))
        }
    };
    let lines: Vec<Said> = [Some(head), line].into_iter().flatten().collect();
    Said::lines(lines)
}

/// What may be written for a point, where what was written means nothing.
fn choices(ctx: &Context<'_, '_>, language: Language, point: Point, value: &str) -> Said {
    let all: Vec<String> = match point {
        Point::Urgency => vec!["P0, P1, P2, P3".to_owned()],
        Point::Trade => {
            let names =
                Trade::ALL.map(|trade| ctx.say(language, &card::trade_key(trade), &[]).text);
            names.to_vec()
        }
        Point::Category => {
            let names = tags::Category::ALL.map(|category| {
                ctx.say(language, &format!("category-{}", category.as_str()), &[])
                    .text
            });
            names.to_vec()
        }
        Point::Address => vec!["3-2-501".to_owned()],
    };
    let between = match language {
        Language::Zh => "、",
        Language::En => ", ",
    };
    let choices = all.join(between);
    let args = [
        ("value", Arg::Text(value)),
        ("choices", Arg::Text(&choices)),
    ];
    ctx.say(language, "correct-unknown", &args)
}

#[cfg(test)]
mod tests {
    use super::{Urgency, urgency};

    #[test]
    fn urgency_is_read_as_people_say_it() {
        assert_eq!(urgency(""), Some(Urgency::P1));
        assert_eq!(urgency("Ｐ0"), Some(Urgency::P0));
        assert_eq!(urgency("不急"), Some(Urgency::P3));
        assert_eq!(urgency("tomorrow"), None);
    }
}
