//! What is made of a configuration: how to log in, and the world that the engine works by.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use secrecy::SecretString;

use super::{Config, Fault, RoomConfig};
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
        let logged_in = session::file(&self.data).exists();
        let secret = |key: &str, path: &Option<PathBuf>| match path {
            None => Ok(None),
            // After the first login the secrets are needed no more, and may be gone.
            Some(path) if logged_in && !path.exists() => Ok(None),
            Some(path) => std::fs::read_to_string(path)
                .map(|text| Some(SecretString::from(text.trim().to_owned())))
                .map_err(|error| Fault {
                    key: key.to_owned(),
                    why: format!("{} cannot be read: {error}", path.display()),
                }),
        };
        let password = match std::env::var("LINLI_PASSWORD") {
            Ok(password) => Some(SecretString::from(password)),
            Err(_) => secret("account.password_file", &self.account.password_file)?,
        };
        Ok(Login {
            homeserver: self.account.homeserver.clone(),
            user: self.account.user.clone(),
            password,
            recovery_key: secret("account.recovery_key_file", &self.account.recovery_key_file)?,
            device_name: self
                .account
                .device_name
                .clone()
                .unwrap_or_else(|| "linli".to_owned()),
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
        let own = |rooms: &[RoomConfig]| {
            let present: BTreeSet<&RoomId> = rooms
                .iter()
                .filter_map(|room| found.get(&room.address))
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
            rooms: community
                .rooms
                .iter()
                .filter_map(|room| Some((found.get(&room.address)?.clone(), room.purpose.clone())))
                .collect(),
            replaced: own(&community.rooms),
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
