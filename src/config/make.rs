//! What is made of a configuration: how to log in, and the world that the engine works by.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use secrecy::SecretString;

use super::{CommunityConfig, Config, Fault};
use crate::{
    domain::{
        community::{Community, Settings},
        feature::World,
        ids::{RoomId, UserId},
        seal::{SECRET_CHARS_MIN, Seal},
    },
    features,
    matrix::{
        keep,
        session::{self, Login},
    },
    text::model::Model,
    web::guard,
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

    /// Files that are named and cannot be read: secrets that a first login would need, a token, a model.
    pub(super) fn unreadable_files(&self) -> Vec<Fault> {
        let secrets = [self.password().err(), self.recovery_key().err()];
        let others = [self.guard().err(), self.model().err(), self.seal().err()];
        secrets.into_iter().chain(others).flatten().collect()
    }

    /// Where the homeserver asks before it lets a message pass, with the token from its file; None for nowhere.
    ///
    /// # Errors
    /// Where the token cannot be read, or is empty.
    pub fn guard(&self) -> Result<Option<guard::Settings>, Fault> {
        let Some(guard) = &self.guard else {
            return Ok(None);
        };
        let (Ok(listen), Some(path)) = (guard.listen.parse(), &guard.token_file) else {
            // That was complained of before.
            return Ok(None);
        };
        let fault = |why: String| Fault {
            key: "guard.token_file".to_owned(),
            why,
        };
        let token = std::fs::read_to_string(path)
            .map_err(|error| fault(format!("{} cannot be read: {error}", path.display())))?;
        if token.trim().is_empty() {
            return Err(fault(format!("{} is empty", path.display())));
        }
        let token = SecretString::from(token.trim().to_owned());
        Ok(Some(guard::Settings { listen, token }))
    }

    /// The model of adverts that the configuration names; None for the one that linli brings along.
    ///
    /// # Errors
    /// Where the file cannot be read, or is no model.
    pub fn model(&self) -> Result<Option<Model>, Fault> {
        let Some(path) = &self.spam.model else {
            return Ok(None);
        };
        let fault = |why: String| Fault {
            key: "spam.model".to_owned(),
            why: format!("{}: {why}", path.display()),
        };
        let bytes = std::fs::read(path).map_err(|error| fault(error.to_string()))?;
        let model = Model::from_bytes(&bytes).map_err(|error| fault(error.to_string()))?;
        Ok(Some(model))
    }

    /// Where copies of pictures are kept; None for nowhere.
    #[must_use]
    pub fn copies(&self) -> Option<keep::Copies> {
        const MEGABYTE: u64 = 1 << 20;
        let copies = self.copies.as_ref()?;
        let bytes = |megabytes: u32| u64::from(megabytes) * MEGABYTE;
        Some(keep::Copies {
            folder: copies.folder.clone(),
            bytes_max: bytes(copies.megabytes),
            file_bytes_max: usize::try_from(bytes(copies.file_megabytes)).unwrap_or(usize::MAX),
        })
    }

    /// What seals whoever reports anonymously; None where nobody may.
    ///
    /// # Errors
    /// Where the file cannot be read, or holds too little to be a key.
    pub fn seal(&self) -> Result<Option<Seal>, Fault> {
        let Some(path) = &self.account.seal_key_file else {
            return Ok(None);
        };
        let fault = |why: String| Fault {
            key: "account.seal_key_file".to_owned(),
            why: format!("{} {why}", path.display()),
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| fault(format!("cannot be read: {error}")))?;
        let seal = Seal::of(&SecretString::from(text));
        seal.map(Some).ok_or_else(|| {
            fault(format!(
                "must hold at least {SECRET_CHARS_MIN} characters that nobody can guess; `openssl rand -hex 32` makes some"
            ))
        })
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
            hours: community.hours.clone(),
            waking: community.waking.clone(),
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
            kinds: Arc::new(community.kinds.clone()),
            features: community.features.clone(),
        });
        // What cannot be read was complained of when the configuration was.
        let model = self.model().ok().flatten().map(Arc::new);
        let seal = self.seal().ok().flatten();
        let names = self.account.names.clone();
        World {
            settings: Settings::new(bot, names, communities.collect())
                .with_model(model)
                .with_seal(seal)
                .with_copies(self.copies.is_some()),
            features: features::ALL,
        }
    }
}
