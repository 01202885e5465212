//! What the stream tells of a ban list while all of the list is being fetched: it is never older than what is fetched.

use std::collections::BTreeSet;

use crate::domain::{
    batch::{State, Window},
    ids::EventId,
    input::{Input, Policy},
};

/// Rules that the stream has told of, by type and key, and events that were redacted.
#[derive(Default)]
pub struct Told {
    rules: BTreeSet<(String, String)>,
    redacted: BTreeSet<EventId>,
}

impl Told {
    /// Notes what a window of the list's room tells.
    pub fn hear(&mut self, window: &Window) {
        for row in &window.state {
            if let State::Policy(policy) = row {
                self.rules.insert(key(policy));
            }
        }
        for input in &window.inputs {
            if let Input::Policy(policy) = input {
                self.rules.insert(key(policy));
            } else if let Input::Redaction(redaction) = input {
                self.redacted.insert(redaction.target.clone());
            }
        }
    }

    /// True where the stream has told of this rule, or of its end.
    #[must_use]
    pub fn knows(&self, rule: &Policy) -> bool {
        self.rules.contains(&key(rule)) || self.redacted.contains(&rule.id)
    }
}

fn key(policy: &Policy) -> (String, String) {
    (policy.kind.clone(), policy.state_key.clone())
}
