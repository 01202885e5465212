//! Who may do what. Roles come from the configuration, by Matrix id, and from nowhere else: no name, power
//! level or message can make anyone staff.
//! Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{hours::Hours, ids::UserId};

/// Somebody with a role in a community. Everybody else is a resident.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Person {
    /// The name that residents read.
    pub name: String,
    pub trades: Vec<Trade>,
    pub staff: bool,
    pub moderator: bool,
    pub manager: bool,
    /// When they are on duty, where these are not the hours of the community.
    pub duty: Option<Hours>,
    /// Who is called in their place while they are not on duty.
    pub stand_in: Option<UserId>,
}

/// What a member of staff can mend or serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trade {
    Plumbing,
    Electric,
    Lift,
    Cleaning,
    Security,
    Desk,
}

/// The least role that something needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Anyone,
    Staff,
    Moderator,
    Manager,
}

impl Who {
    /// True where `person` (None: a resident) has at least this role. A manager has every role.
    #[must_use]
    pub fn includes(self, person: Option<&Person>) -> bool {
        match (self, person) {
            (Self::Anyone, _) => true,
            (_, None) => false,
            (Self::Staff, Some(p)) => p.staff || p.manager,
            (Self::Moderator, Some(p)) => p.moderator || p.manager,
            (Self::Manager, Some(p)) => p.manager,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resident_has_no_role_and_a_manager_has_all() {
        let manager = Person {
            manager: true,
            ..Person::default()
        };
        for who in [Who::Staff, Who::Moderator, Who::Manager] {
            assert!(!who.includes(None));
            assert!(who.includes(Some(&manager)));
        }
        assert!(Who::Anyone.includes(None));
    }

    #[test]
    fn a_moderator_is_not_staff() {
        let moderator = Person {
            moderator: true,
            ..Person::default()
        };
        assert!(!Who::Staff.includes(Some(&moderator)));
        assert!(Who::Moderator.includes(Some(&moderator)));
    }
}
