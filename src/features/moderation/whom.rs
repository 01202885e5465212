//! Whom a moderator means: the author of the message they answer, an id, a mention, or a name.
// Nothing in this file does IO.

use std::collections::BTreeSet;

use crate::{
    domain::{
        context::{Context, MemberRecord},
        ids::{RoomId, UserId},
        input::Message,
        limits,
    },
    text::arguments::{self, Arguments, Who},
};

/// Whom a command means, and what else it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Whom<'t> {
    pub user: UserId,
    pub arguments: Arguments<'t>,
}

/// Why that cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    Nobody,
    Several(BTreeSet<UserId>),
}

/// Reads the arguments of a command.
///
/// # Errors
/// Where nobody is named, or several bear the name.
pub fn whom<'t>(
    ctx: &mut Context<'_, '_>,
    message: &Message,
    rest: &'t str,
) -> Result<Whom<'t>, Unclear> {
    let arguments = arguments::arguments(rest);
    match &arguments.who {
        Some(Who::Id(id)) => {
            let user = UserId::from(id.as_ref());
            return Ok(Whom { user, arguments });
        }
        Some(Who::Name(name)) => {
            let user = bearing(ctx, message, name)?;
            return Ok(Whom { user, arguments });
        }
        None => {}
    }
    let bot = ctx.bot();
    if let Some(answered) = &message.reply_to {
        let user = ctx.author_of(answered).ok_or(Unclear::Nobody)?;
        // An answer to one that names another may mean either. Mentions tell nothing: clients add them by themselves.
        let mut named = named_in(ctx, message, &arguments);
        named.remove(&bot);
        named.insert(user);
        return only(named).map(|user| Whom { user, arguments });
    }
    if let Some(user) = message.content.mentions.iter().find(|user| **user != bot) {
        let called = ctx.display_name(&message.room, user);
        let after = called.and_then(|name| arguments.named(&name));
        let after = after.or_else(|| arguments.named(user.localpart()));
        return Ok(Whom {
            user: user.clone(),
            arguments: after.unwrap_or(arguments),
        });
    }
    named(ctx, message, &arguments)
}

/// The member whose name the arguments begin with; the longest name is meant.
fn named<'t>(
    ctx: &mut Context<'_, '_>,
    message: &Message,
    arguments: &Arguments<'t>,
) -> Result<Whom<'t>, Unclear> {
    if arguments.reason.is_empty() {
        return Err(Unclear::Nobody);
    }
    let members = members(ctx, message);
    let whole = |name: &str| Some((name.chars().count(), arguments.named(name)?));
    // Who knows their neighbours leaves the home out.
    let last = |name: &str| {
        let (_, last) = name.trim_end().rsplit_once(char::is_whitespace)?;
        Some((last.chars().count(), arguments.named(last)?))
    };
    let best = longest(&members, whole).or_else(|| longest(&members, last));
    let (users, arguments) = best.ok_or(Unclear::Nobody)?;
    only(users).map(|user| Whom { user, arguments })
}

/// Members whose whole names the arguments of an answer begin with.
fn named_in(
    ctx: &mut Context<'_, '_>,
    message: &Message,
    arguments: &Arguments<'_>,
) -> BTreeSet<UserId> {
    if arguments.reason.is_empty() {
        return BTreeSet::new();
    }
    // Somebody called like a reason, such as "advert", is not meant by it: whoever is meant is named with their home.
    let whole = |name: &str| {
        let has_home = name.contains(char::is_numeric);
        let after = arguments.named(name).filter(|_| has_home)?;
        Some((name.chars().count(), after))
    };
    let found = longest(&members(ctx, message), whole);
    found.map(|(users, _)| users).unwrap_or_default()
}

/// The members by the longest name that fits, and what stands behind it.
fn longest<'t>(
    members: &[(UserId, String)],
    fits: impl Fn(&str) -> Option<(usize, Arguments<'t>)>,
) -> Option<(BTreeSet<UserId>, Arguments<'t>)> {
    let mut best: Option<(usize, BTreeSet<UserId>, Arguments<'t>)> = None;
    for (user, name) in members {
        let Some((length, after)) = fits(name) else {
            continue;
        };
        match &mut best {
            Some((known, users, _)) if *known == length => {
                users.insert(user.clone());
            }
            Some((known, ..)) if *known > length => {}
            _ => best = Some((length, BTreeSet::from([user.clone()]), after)),
        }
    }
    best.map(|(_, users, after)| (users, after))
}

/// The member who bears exactly this name.
fn bearing(ctx: &mut Context<'_, '_>, message: &Message, name: &str) -> Result<UserId, Unclear> {
    let is_it = |known: &String| arguments::strip_name(name, known) == Some("");
    let found = members(ctx, message);
    let users = found.into_iter().filter(|(_, known)| is_it(known));
    only(users.map(|(user, _)| user).collect())
}

fn only(mut users: BTreeSet<UserId>) -> Result<UserId, Unclear> {
    match (users.pop_first(), users.is_empty()) {
        (None, _) => Err(Unclear::Nobody),
        (Some(user), true) => Ok(user),
        (Some(user), false) => {
            users.insert(user);
            Err(Unclear::Several(users))
        }
    }
}

/// Members with their names: of the room where the command was typed, or of all rooms where it was typed by itself.
fn members(ctx: &mut Context<'_, '_>, message: &Message) -> Vec<(UserId, String)> {
    let community = ctx.community.clone();
    let is_staff_room = community.staff_room() == Some(&message.room);
    let here = community.purpose(&message.room).is_some() && !is_staff_room;
    let rooms: Vec<RoomId> = if here {
        vec![message.room.clone()]
    } else {
        community.rooms().map(|(room, _)| room.clone()).collect()
    };
    let mut found = Vec::new();
    for room in rooms {
        let prefix = format!("{room}/");
        let left = limits::MEMBERS_SCAN_MAX.saturating_sub(found.len());
        for (id, member) in ctx.scan::<MemberRecord>(&prefix, left) {
            let user = id.strip_prefix(&prefix).map(UserId::from);
            found.extend(user.zip(member.name));
        }
    }
    found
}
