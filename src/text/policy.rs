//! The rules of ban lists. Nothing here does IO.
//!
//! A ban list is a Matrix room whose state says who should be banned: "Moderation policy
//! lists" of the Client-Server API, from MSC2313. A rule names users or servers, often by a
//! pattern, and recommends `m.ban`. The room is written by others, so whatever is not exactly
//! a rule is no rule, and a rule that would hit the whole community is shown as such.

mod glob;

#[cfg(test)]
mod tests;

pub use glob::{Glob, PATTERN_BYTES_MAX};

use serde_json::{Value, json};

/// How much of a reason is kept, in characters. It is shown in one line of a chat.
pub const REASON_CHARS_MAX: usize = 300;
/// A state key has at most this many bytes (Client-Server API, "Size limits").
const STATE_KEY_BYTES_MAX: usize = 255;
/// A user id has at most this many bytes (Appendices, "User Identifiers").
const USER_ID_BYTES_MAX: usize = 255;

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// User ids.
    User,
    /// Names of servers: everybody there.
    Server,
}

impl Kind {
    /// The type of the state event that holds such a rule.
    #[must_use]
    pub fn event_type(self) -> &'static str {
        match self {
            Self::User => "m.policy.rule.user",
            Self::Server => "m.policy.rule.server",
        }
    }

    /// The kind of rule in a state event of this type, those from before MSC2313 was accepted
    /// among them: lists still hold rules that Mjolnir wrote under the older names.
    #[must_use]
    pub fn of(event_type: &str) -> Option<Self> {
        match event_type {
            "m.policy.rule.user" | "m.room.rule.user" | "org.matrix.mjolnir.rule.user" => {
                Some(Self::User)
            }
            "m.policy.rule.server" | "m.room.rule.server" | "org.matrix.mjolnir.rule.server" => {
                Some(Self::Server)
            }
            _ => None,
        }
    }
}

/// A rule that recommends a ban.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it is about.
    pub kind: Kind,
    /// A user id or the name of a server, or a pattern for them with `*` and `?`; at most
    /// [`PATTERN_BYTES_MAX`] bytes.
    pub entity: String,
    /// Why, in the words of whoever wrote it; at most [`REASON_CHARS_MAX`] characters. It can
    /// be empty.
    pub reason: String,
}

/// The rule in a state event, if there is one that recommends a ban of users or servers.
///
/// Nothing where it was taken back: state cannot be deleted, so whoever takes a rule back
/// empties the event, and "invalid or missing fields are to be treated as though the rule
/// doesn't exist" (MSC2313, which demands all three fields). Nothing either for an entity too
/// long to be anybody's.
#[must_use]
pub fn rule(event_type: &str, content: &Value) -> Option<Rule> {
    let kind = Kind::of(event_type)?;
    let field = |name: &str| content.get(name).and_then(Value::as_str);
    let (entity, reason) = (field("entity")?, field("reason")?.trim());
    let is_ban = matches!(field("recommendation")?, "m.ban" | "org.matrix.mjolnir.ban");
    if !is_ban || entity.trim().is_empty() || entity.len() > PATTERN_BYTES_MAX {
        return None;
    }
    Some(Rule {
        kind,
        entity: entity.to_owned(),
        reason: reason.chars().take(REASON_CHARS_MAX).collect(),
    })
}

impl Rule {
    /// Whether the rule is about this user.
    ///
    /// User ids are compared letter by letter, the names of servers without regard to capital
    /// letters. "The suspect server's port number must not be considered" (Client-Server API,
    /// `m.room.server_acl`, whose patterns MSC2313 takes over): a rule for `evil.example` hits
    /// `@a:evil.example:8448`. Only a rule that names a port itself looks at it.
    #[must_use]
    pub fn hits(&self, user_id: &str) -> bool {
        let Some((_, server)) = user_id
            .strip_prefix('@')
            .and_then(|rest| rest.split_once(':'))
        else {
            return false;
        };
        match self.kind {
            Kind::User => Glob::exact(&self.entity).is_some_and(|glob| glob.matches(user_id)),
            Kind::Server => {
                let names_port = without_port(&self.entity) != self.entity;
                let server = if names_port {
                    server
                } else {
                    without_port(server)
                };
                Glob::ignoring_case(&self.entity).is_some_and(|glob| glob.matches(server))
            }
        }
    }

    /// Whether the rule would hit everybody: the caller refuses such a rule and tells the
    /// moderators. `own_server` is the server on which the community's people have their
    /// accounts; where there are several, each is asked about.
    ///
    /// That is a rule without a letter or digit (`*`, `@*:*`, `*.*`), a server rule that hits
    /// the own server (`*.org`, or the server itself), and a user rule that hits people of the
    /// own server whatever they are called (`@*:example.org`, `*:example.org`, `@???:*.org`).
    /// A rule for some of them is not too broad (`@a*:example.org`), nor is one for everybody
    /// on another server.
    #[must_use]
    pub fn is_too_broad(&self, own_server: &str) -> bool {
        if !self.entity.contains(char::is_alphanumeric) {
            return true;
        }
        // Nobody's name: only `*` and `?` can stand for it. A name of more characters than the
        // pattern has `?`s fits a `*` wherever a shorter one does.
        let lengths = 1..=self.entity.matches('?').count().min(USER_ID_BYTES_MAX) + 1;
        lengths
            .map(|length| format!("@{}:{own_server}", "\u{0}".repeat(length)))
            .any(|nobody| self.hits(&nobody))
    }
}

/// The name of a server without its port. An IPv6 address stands in brackets, and its colons
/// start no port (Matrix specification, Appendices, "Server Name"). In a pattern `*` and `?`
/// can be part of a port.
fn without_port(server: &str) -> &str {
    let address_end = match (server.starts_with('['), server.find(']')) {
        (true, None) => return server,
        (true, Some(at)) => at,
        (false, _) => 0,
    };
    let port = server[address_end..].find(':');
    port.map_or(server, |at| &server[..address_end + at])
}

/// The content of a state event that recommends to ban an entity.
#[must_use]
pub fn content(entity: &str, reason: &str) -> Value {
    json!({"entity": entity, "recommendation": "m.ban", "reason": reason})
}

/// The content that takes a rule back. It must be written under the type and the state key
/// of the rule, which other bots choose otherwise than [`state_key`].
#[must_use]
pub fn taken_back() -> Value {
    json!({})
}

/// The state key under which a rule for an entity is written: `rule:@user:server`, as in the
/// examples of the specification. It must not start with `@`, which is kept for the user of
/// that name.
///
/// With the prefix the longest ids would be longer than a state key can be, so that their
/// owners could not be put on a list. For these the key is the entity alone, with `_` for the
/// `@`, as Mjolnir writes all of its keys.
#[must_use]
pub fn state_key(entity: &str) -> String {
    let key = format!("rule:{entity}");
    if key.len() <= STATE_KEY_BYTES_MAX {
        return key;
    }
    match entity.strip_prefix('@') {
        Some(rest) => format!("_{rest}"),
        None => entity.to_owned(),
    }
}
