//! Who is who, what commands and taps mean, and for how long: plain tables.

use linli::domain::ids::{DAY_MS, HOUR_MS, MINUTE_MS, RoomId, UserId};

use crate::fake::estate;

/// Somebody who was in no room when the story began.
pub const NEWCOMER: &str = "hejie";
/// A mute for which nobody says how long.
pub const MUTE_MS: i64 = HOUR_MS;
/// In this time one strike fades.
pub const FADE_MS: i64 = 30 * DAY_MS;

/// What is done to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Warn,
    Redact,
    Mute,
    Remove,
    Ban,
}

impl Kind {
    /// As the records call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Redact => "redact",
            Self::Mute => "mute",
            Self::Remove => "remove",
            Self::Ban => "ban",
        }
    }
}

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    Sanction(Kind),
    Unmute,
    Unban,
    Pardon,
    Undo,
}

/// All that may be typed.
pub const WORDS: [(&str, Does); 14] = [
    ("mute", Does::Sanction(Kind::Mute)),
    ("禁言", Does::Sanction(Kind::Mute)),
    ("warn", Does::Sanction(Kind::Warn)),
    ("警告", Does::Sanction(Kind::Warn)),
    ("kick", Does::Sanction(Kind::Remove)),
    ("移出", Does::Sanction(Kind::Remove)),
    ("ban", Does::Sanction(Kind::Ban)),
    ("封禁", Does::Sanction(Kind::Ban)),
    ("redact", Does::Sanction(Kind::Redact)),
    ("unmute", Does::Unmute),
    ("解除禁言", Does::Unmute),
    ("unban", Does::Unban),
    ("pardon", Does::Pardon),
    ("undo", Does::Undo),
];

/// Lengths as they are typed.
pub const LENGTHS: [(&str, i64); 6] = [
    ("2h", 2 * HOUR_MS),
    ("30m", 30 * MINUTE_MS),
    ("2小时", 2 * HOUR_MS),
    ("1d", DAY_MS),
    ("3天", 3 * DAY_MS),
    ("7d", 7 * DAY_MS),
];

/// What a moderator's tap on a message means.
pub fn tapped(key: &str) -> Option<Kind> {
    match key.chars().next()? {
        '🔇' => Some(Kind::Mute),
        '🗑' => Some(Kind::Redact),
        '🚪' => Some(Kind::Remove),
        '⛔' => Some(Kind::Ban),
        _ => None,
    }
}

/// True for those who may sanction in the whole community.
pub fn is_moderator(user: &UserId) -> bool {
    ["zhou", "lin"].map(estate::user).contains(user)
}

/// True for those whom nothing may happen to.
pub fn is_exempt(user: &UserId) -> bool {
    let staff = estate::STAFF.map(|(login, _)| login);
    let mut others = staff.into_iter().chain([estate::BOT, estate::OTHER_BOT]);
    others.any(|login| estate::user(login) == *user)
}

/// Everybody whom something may happen to.
pub fn residents() -> Vec<UserId> {
    let logins = estate::RESIDENTS.map(|(login, ..)| login);
    let all = logins.into_iter().chain([NEWCOMER]);
    all.map(estate::user).collect()
}

/// The building whose room this is.
pub fn building(room: &RoomId) -> Option<&'static str> {
    ["1", "2", "3"]
        .into_iter()
        .find(|short| estate::room(short) == *room)
}

/// True for the rooms that a ban closes also to those who are not in them.
pub fn is_gate(room: &RoomId) -> bool {
    ["space", "notice"].map(estate::room).contains(room)
}

/// The rooms of the community.
pub fn rooms() -> [RoomId; 6] {
    estate::ROOMS.map(estate::room)
}
