//! Rooms that stand in no configuration, for linli has made them or was asked into them: the talk with one member, and
//! the room of one matter's own. Nothing in this folder does IO.
//!
//! Until such a room has an id it is known by its line, `~community/@user` or `~community//feature/id`, in which things
//! can be asked for as in any other room: they wait as letters.

mod early;
mod hidden;
mod letters;
mod matter;
mod talk;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    community::{Community, Settings},
    effect::About,
    ids::{CommunityId, RoomId, UserId},
    record::{ACCOUNT, Fault, Key, Record, View, decode},
};

pub use hidden::Behind;
pub use letters::Letter;
pub use talk::Talk;

/// A room that stands in no configuration, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateRoom {
    pub community: CommunityId,
    /// With whom linli talks there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The matter that it was made for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<About>,
}

impl Record for PrivateRoom {
    const KIND: &'static str = "private";
}

/// What a room is for that is being made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Talk(UserId),
    Matter(About),
}

impl Line {
    /// The line of the outbox in which the room is asked for, as long as it has no id.
    #[must_use]
    pub fn room(&self, community: &CommunityId) -> RoomId {
        RoomId::from(match self {
            Self::Talk(user) => format!("~{community}/{user}"),
            Self::Matter(about) => format!("~{community}//{}/{}", about.feature, about.id),
        })
    }

    /// What a line of the outbox is for, and in which community; None for the id of a room.
    #[must_use]
    pub fn of(room: &RoomId) -> Option<(CommunityId, Self)> {
        let (community, rest) = room.as_str().strip_prefix('~')?.split_once('/')?;
        let line = match rest.strip_prefix('/') {
            None => Self::Talk(UserId::from(rest)),
            Some(matter) => {
                let (feature, id) = matter.split_once('/')?;
                Self::Matter(About {
                    feature: feature.to_owned(),
                    id: id.to_owned(),
                })
            }
        };
        Some((CommunityId::from(community), line))
    }
}

/// The community that a room belongs to: by the configuration, or because linli has a room there that stands in none.
///
/// # Errors
/// Where the store does not answer.
pub fn community_of<'s>(
    settings: &'s Settings,
    view: &dyn View,
    room: &RoomId,
) -> Result<Option<&'s Arc<Community>>, Fault> {
    if let Some(community) = settings.community_of(room) {
        return Ok(Some(community));
    }
    if let Some((community, _)) = Line::of(room) {
        return Ok(settings.community(&community));
    }
    let key = Key::new(ACCOUNT, PrivateRoom::KIND, room.as_str());
    let Some(stored) = view.get(&key)? else {
        return Ok(None);
    };
    let private: PrivateRoom = decode(&key, &stored)?;
    Ok(settings.community(&private.community))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_it_is_for() {
        let community = CommunityId::from("hexie");
        let lines = [
            Line::Talk(UserId::from("@bob/x:a")),
            Line::Matter(About {
                feature: "tickets".to_owned(),
                id: "12".to_owned(),
            }),
        ];
        for line in lines {
            let room = line.room(&community);
            assert_eq!(Line::of(&room), Some((community.clone(), line)), "{room}");
        }
        assert_eq!(Line::of(&RoomId::from("!a:b")), None);
    }
}
