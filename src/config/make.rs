//! What is made of a configuration: how to log in, and the world that the engine works by.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use secrecy::SecretString;

use super::{CommunityConfig, Config, Fault};
use crate::{
    domain::{
        community::{Community, Settings},
        feature::World,
        ids::{RoomId, UserId},
    },
    features,
    matrix::session::{self, Login},
};

impl Config {
    /// How to log in, with the password from its file or from `LINLI_PASSWORD`.
    ///
    /// # Errors
    /// Where a named file cannot be read.
    pub fn login(&self) -> Result<Login, Fault> {
        let password = self.password()?;
        Ok(Login {
            homeserver: self.account.homeserver.clone(),
            user: self.account.user.clone(),
            password,
            recovery_key: self.recovery_key()?,
            device_name: self
                .account
                .device_name
                .clone()
                .unwrap_or_else(|| "linli".to_owned()),
        })
    }

    /// Secrets that a first login would need and that cannot be read.
    pub(super) fn unreadable_secrets(&self) -> Vec<Fault> {
        let secrets = [self.password(), self.recovery_key()];
        secrets.into_iter().filter_map(Result::err).collect()
    }

    fn password(&self) -> Result<Option<SecretString>, Fault> {
        match std::env::var("LINLI_PASSWORD") {
            Ok(password) => Ok(Some(SecretString::from(password))),
            Err(_) => self.secret(
                "account.password_file",
                self.account.password_file.as_deref(),
            ),
        }
    }

    fn recovery_key(&self) -> Result<Option<SecretString>, Fault> {
        let path = self.account.recovery_key_file.as_deref();
        self.secret("account.recovery_key_file", path)
    }

    fn secret(&self, key: &str, path: Option<&Path>) -> Result<Option<SecretString>, Fault> {
        let Some(path) = path else { return Ok(None) };
        // After the first login the secrets are needed no more, and may be gone.
        if !path.exists() && session::file(&self.data).exists() {
            return Ok(None);
        }
        std::fs::read_to_string(path)
            .map(|text| Some(SecretString::from(text.trim().to_owned())))
            .map_err(|error| Fault {
                key: key.to_owned(),
                why: format!("{} cannot be read: {error}", path.display()),
            })
    }

    /// The world that the engine works by: this configuration, with the rooms found for its addresses, and those that
    /// they have replaced.
    #[must_use]
    pub fn world(
        &self,
        bot: UserId,
        found: &BTreeMap<String, RoomId>,
        replaced: &BTreeMap<RoomId, RoomId>,
    ) -> World {
        let own = |community: &CommunityConfig| {
            let present: BTreeSet<&RoomId> = community
                .addresses()
                .filter_map(|address| found.get(address))
                .collect();
            let replaced = replaced.iter().filter(|(_, now)| present.contains(now));
            replaced
                .map(|(old, now)| (old.clone(), now.clone()))
                .collect()
        };
        let communities = self.communities.iter().map(|community| Community {
            id: community.id.clone(),
            name: community.name.clone(),
            language: community.language,
            timezone: community.timezone,
            encrypted: community.encrypted,
            rooms: community
                .rooms
                .iter()
                .filter_map(|room| Some((found.get(&room.address)?.clone(), room.purpose.clone())))
                .collect(),
            replaced: own(community),
            lists: community
                .lists
                .iter()
                .filter_map(|list| Some((found.get(&list.address)?.clone(), list.clone())))
                .collect(),
            people: community.people.clone(),
            bots: community.bots.clone(),
            registry: community.registry.clone(),
            features: community.features.clone(),
        });
        World {
            settings: Settings::new(bot, self.account.names.clone(), communities.collect()),
            features: features::ALL,
        }
    }
}
