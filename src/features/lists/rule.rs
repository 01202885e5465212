//! What is kept of the rules of lists, so that the rules that hit somebody are found however many there are.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        context::Context,
        ids::{EventId, Millis, RoomId, UserId},
        input::Policy,
        limits,
        record::Record,
    },
    text::policy::{self, Rule},
};

/// A rule that holds, or waits for a moderator's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its number, for moderators to name it by.
    pub no: u32,
    pub room: RoomId,
    pub event: EventId,
    pub kind: String,
    pub state_key: String,
    /// Its content, JSON, from which it is read again each time.
    pub content: String,
    /// When it was met.
    pub at: Millis,
    pub standing: Standing,
    /// Whether a moderator has said that it shall hold.
    pub approved: bool,
}

/// Whether a rule is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It has not been looked yet whom it hits.
    New,
    Holds,
    /// It would hit so many members that a moderator is asked.
    Waits,
    /// It would hit everybody.
    TooBroad,
}

/// Where rules are found by whom they name: those for one user or server by its name, patterns all together.
#[derive(Serialize, Deserialize)]
struct Names(String);

/// The number of the next rule.
#[derive(Default, Serialize, Deserialize)]
struct NextRule(u32);

impl Record for Listed {
    const KIND: &'static str = "policy";
}

impl Record for Names {
    const KIND: &'static str = "policy_names";
}

impl Record for NextRule {
    const KIND: &'static str = "next_policy";
}

/// The id of the rule that a state event holds: its room, type and key.
#[must_use]
pub fn id(policy: &Policy) -> String {
    format!("{}/{}/{}", policy.room, policy.kind, policy.state_key)
}

impl Listed {
    /// A new rule, with a number.
    pub fn new(ctx: &mut Context<'_, '_>, policy: &Policy, standing: Standing) -> Self {
        let next: NextRule = ctx.get("").unwrap_or_default();
        let no = next.0 + 1;
        ctx.put("", &NextRule(no));
        Self {
            no,
            room: policy.room.clone(),
            event: policy.id.clone(),
            kind: policy.kind.clone(),
            state_key: policy.state_key.clone(),
            content: policy.content.clone(),
            at: ctx.now,
            standing,
            approved: false,
        }
    }

    /// What it says.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        let content = serde_json::from_str(&self.content).ok()?;
        policy::rule(&self.kind, &content)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}/{}/{}", self.room, self.kind, self.state_key)
    }

    /// Keeps it, to be found by whom it names.
    pub fn save(&self, ctx: &mut Context<'_, '_>) {
        ctx.put(&self.id(), self);
        if let Some(rule) = self.rule() {
            let names = Names(self.id());
            ctx.put(&found_by(&rule, &self.id()), &names);
        }
    }

    /// Forgets it.
    pub fn forget(&self, ctx: &mut Context<'_, '_>) {
        ctx.delete::<Self>(&self.id());
        if let Some(rule) = self.rule() {
            ctx.delete::<Names>(&found_by(&rule, &self.id()));
        }
    }

    /// All rules, of whichever list.
    pub fn all(ctx: &mut Context<'_, '_>) -> Vec<Self> {
        let found = ctx.scan::<Self>("", usize::MAX);
        found.into_iter().map(|(_, listed)| listed).collect()
    }

    /// All rules of the lists that are followed.
    pub fn followed(ctx: &mut Context<'_, '_>) -> Vec<Self> {
        let community = ctx.community.clone();
        let lists = community.lists.iter().filter(|(_, list)| !list.own);
        let mut found = Vec::new();
        for (room, _) in lists {
            found.extend(Self::of_room(ctx, room));
        }
        found
    }

    /// All rules of a list.
    pub fn of_room(ctx: &mut Context<'_, '_>, room: &RoomId) -> Vec<Self> {
        let found = ctx.scan::<Self>(&format!("{room}/"), usize::MAX);
        found.into_iter().map(|(_, listed)| listed).collect()
    }
}

/// Patterns are looked through one by one; everything else is found by its name.
fn found_by(rule: &Rule, id: &str) -> String {
    let name = if rule.entity.contains(['*', '?']) {
        "*".to_owned()
    } else {
        rule.entity.to_lowercase()
    };
    format!("{name} {id}")
}

/// The rules of followed lists that hit somebody, whether they hold or not.
pub fn hitting(ctx: &mut Context<'_, '_>, user: &UserId) -> Vec<Listed> {
    let lower = user.as_str().to_lowercase();
    let server = lower.split_once(':').map_or("", |(_, server)| server);
    let host = server.split(':').next().unwrap_or_default();
    let mut names = vec!["*".to_owned(), lower.clone(), server.to_owned()];
    if host != server {
        names.push(host.to_owned());
    }
    let mut found = Vec::new();
    for name in names {
        for (_, Names(id)) in ctx.scan::<Names>(&format!("{name} "), limits::POLICIES_SCAN_MAX) {
            found.extend(ctx.get::<Listed>(&id));
        }
    }
    let followed = |listed: &Listed| {
        let list = ctx.community.lists.get(&listed.room);
        list.is_some_and(|list| !list.own)
    };
    found.retain(|listed| {
        let hits = listed.rule().is_some_and(|rule| rule.hits(user.as_str()));
        hits && followed(listed)
    });
    found.sort_by_key(|listed| listed.no);
    found
}
