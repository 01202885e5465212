//! Rooms of ban lists: those of others are joined and otherwise left alone, the own one is made.

use serde_json::json;

use super::{MANAGER, ProvisionError, Work, managers, request};
use crate::{
    config::CommunityConfig,
    domain::{community::BanList, ids::UserId},
    text::language::Language,
};

/// The type by which bots know a list (MSC3784, in the unstable form that they write).
const LIST: &str = "support.feline.policy.lists.msc.v1";

impl Work<'_> {
    /// Sees to one list. That of others may be out of reach for the time being: that is told, and keeps nobody up.
    pub(super) async fn list(
        &mut self,
        community: &CommunityConfig,
        list: &BanList,
    ) -> Result<(), ProvisionError> {
        let address = &list.address;
        if list.own {
            if self.find(address).await?.is_none() {
                self.note(address, "make it: the community's ban list".to_owned());
                if !self.dry_run {
                    self.make_list(community, address).await?;
                }
            }
            return Ok(());
        }
        let id = match self.find(address).await {
            Ok(Some(id)) => id,
            Ok(None) => {
                self.note(address, "left alone: there is no such list".to_owned());
                return Ok(());
            }
            Err(error) => {
                self.note(address, format!("left alone for now: {error}"));
                return Ok(());
            }
        };
        let path = ["_matrix", "client", "v3", "joined_rooms"];
        let rooms = self
            .account
            .request(super::super::account::Method::GET, &path, None)
            .await
            .map_err(|error| request(address, error))?;
        let rooms = rooms["joined_rooms"].as_array();
        if rooms.is_some_and(|rooms| rooms.iter().any(|room| *room == id.as_str())) {
            return Ok(());
        }
        self.note(address, "join it, to follow it".to_owned());
        if !self.dry_run
            && let Err(error) = self.account.join(address).await
        {
            self.note(address, format!("not joined, so not followed yet: {error}"));
        }
        Ok(())
    }

    /// Anybody may read it, and nobody but linli writes.
    async fn make_list(
        &self,
        community: &CommunityConfig,
        address: &str,
    ) -> Result<(), ProvisionError> {
        let local = address
            .strip_prefix('#')
            .and_then(|rest| rest.split_once(':'));
        let Some((local, _)) = local.filter(|(_, server)| *server == self.server) else {
            return Err(ProvisionError::ForeignAlias {
                room: address.to_owned(),
                server: self.server.clone(),
            });
        };
        let mut creation = json!({"type": LIST});
        let mut users = json!({});
        if self.creators_have_all_power().await {
            let owners: Vec<&UserId> = managers(community)
                .filter(|user| user.as_str() != self.account.user_id)
                .collect();
            creation["additional_creators"] = json!(owners);
        } else {
            users[self.account.user_id.as_str()] = json!(MANAGER);
        }
        let name = match community.language {
            Language::Zh => format!("{} 封禁名单", community.name),
            Language::En => format!("{} ban list", community.name),
        };
        let made = self.account.create_room(json!({
            "preset": "public_chat",
            "power_level_content_override":
                {"users": users, "events_default": MANAGER, "state_default": MANAGER, "invite": 0},
            "name": name,
            "room_alias_name": local,
            "creation_content": creation,
            "initial_state": [{"type": "m.room.history_visibility", "state_key": "",
                "content": {"history_visibility": "world_readable"}}],
        }));
        made.await
            .map(drop)
            .map_err(|error| request(address, error))
    }
}
