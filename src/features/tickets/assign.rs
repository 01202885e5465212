//! Giving work to somebody: `!assign 12 @王师傅`, to begin with or in somebody's place, and how much one person may have.
// Nothing in this file does IO.

use super::{
    TicketSettings,
    act::{Path, act},
    commands,
    state::{Action, State},
    ticket::{Named, Ticket, list_of},
};
use crate::{
    domain::{context::Context, ids::UserId, input::Message, speech::Arg},
    text::fold::Folded,
};

/// `!assign 12 @王师傅 note`; without a number as a reply.
pub fn typed(ctx: &mut Context<'_, '_>, message: &Message, rest: &str) {
    let (number, rest) = commands::split(rest);
    let Some(ticket) = commands::named(ctx, message, number) else {
        return;
    };
    let Some((to, words)) = whom(ctx, message, rest.trim()) else {
        return say_whom(ctx, message);
    };
    let path = Path::Command {
        room: &message.room,
        event: &message.id,
        at: message.at,
        words,
        to: Some(to),
    };
    act(ctx, ticket, Action::Assign, &message.sender, &path);
}

/// Says whom there is.
pub fn say_whom(ctx: &mut Context<'_, '_>, message: &Message) {
    let language = ctx.language_for(&message.sender);
    let people = ctx.community.people.values();
    let staff = people.filter(|person| person.staff);
    let staff: Vec<&str> = staff.map(|person| person.name.as_str()).collect();
    let staff = staff.join(", ");
    let said = ctx.say(language, "assign-whom", &[("staff", Arg::Text(&staff))]);
    commands::answer(ctx, message, said);
}

/// The one of staff that a text begins with, and what follows: by a mention, by their id, by their name or by a beginning
/// of it that is nobody else's.
pub fn whom<'t>(
    ctx: &Context<'_, '_>,
    message: &Message,
    text: &'t str,
) -> Option<(Named, &'t str)> {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let first = first.trim_start_matches(['@', '＠']);
    let staff = || {
        let people = ctx.community.people.iter();
        people.filter(|(_, person)| person.staff)
    };
    let named = |user: &UserId| {
        let person = ctx.community.person(user)?;
        Some(Named {
            user: user.clone(),
            name: person.name.clone(),
        })
    };
    let mut mentioned = staff().filter(|(user, _)| message.content.mentions.contains(user));
    if let Some((user, person)) = mentioned.next() {
        // The name that the client has written for the mention may hold spaces.
        let rest = text.trim_start_matches(['@', '＠']);
        let rest = rest.strip_prefix(person.name.as_str()).unwrap_or_else(|| {
            rest.split_once(char::is_whitespace)
                .map_or("", |(_, rest)| rest)
        });
        return Some((named(user)?, rest));
    }
    let wanted = Folded::new(first).text().to_owned();
    if wanted.is_empty() {
        return None;
    }
    let is_id =
        |user: &UserId| user.as_str().trim_start_matches('@') == first || user.localpart() == first;
    let fits: Vec<&UserId> = staff()
        .filter(|(user, person)| is_id(user) || Folded::new(&person.name).text() == wanted)
        .map(|(user, _)| user)
        .collect();
    let begins: Vec<&UserId> = staff()
        .filter(|(_, person)| Folded::new(&person.name).text().starts_with(&wanted))
        .map(|(user, _)| user)
        .collect();
    match (fits.as_slice(), begins.as_slice()) {
        ([user], _) | ([], [user]) => Some((named(user)?, rest)),
        _ => None,
    }
}

/// True where somebody has as many open tickets as one person may have. Those that wait for others weigh nothing.
pub fn has_enough(ctx: &mut Context<'_, '_>, user: &UserId) -> bool {
    let most = ctx.settings::<TicketSettings>().jobs_max;
    most > 0 && in_hand(ctx, user) >= most
}

/// How many open tickets somebody has that do not wait for others.
pub fn in_hand(ctx: &mut Context<'_, '_>, user: &UserId) -> u32 {
    let numbers = commands::open_in(ctx, &list_of(user));
    let mut weighing = 0;
    for number in numbers {
        let ticket = Ticket::named(ctx, &number);
        let weighs =
            |ticket: &Ticket| ticket.is_worker(user) && ticket.state != State::WaitingForOthers;
        weighing += u32::from(ticket.as_ref().is_some_and(weighs));
    }
    weighing
}
