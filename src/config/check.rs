//! The checks that types cannot make. An estate has its own in `community`.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
};

use super::{Account, CommunityConfig, Fault, Guard, Log};
use crate::domain::community::Purpose;

/// Notes what is wrong, beside what reading has found.
pub(super) struct Checks<'f> {
    pub(super) faults: &'f mut Vec<Fault>,
}

impl Checks<'_> {
    pub(super) fn add(&mut self, key: &str, why: impl Into<String>) {
        // A key that could not be read is not also missing.
        if !self.faults.iter().any(|fault| fault.key == key) {
            self.faults.push(Fault {
                key: key.to_owned(),
                why: why.into(),
            });
        }
    }

    pub(super) fn account(&mut self, account: &Account) {
        let homeserver = &account.homeserver;
        if homeserver.is_empty() {
            self.add(
                "account.homeserver",
                "it is missing: the address where clients reach the homeserver, such as \"https://matrix.example.org\"",
            );
        } else if !homeserver.starts_with("http://") && !homeserver.starts_with("https://") {
            self.add(
                "account.homeserver",
                format!("'{homeserver}' is no address: it must begin with https:// or http://"),
            );
        }
        if account.user.is_empty() {
            self.add(
                "account.user",
                "it is missing: the bot's own user, such as \"@linli:example.org\"",
            );
        } else if account.user.starts_with('@') && !is_user(&account.user) {
            self.add(
                "account.user",
                format!(
                    "'{}' is no Matrix id: it must be like @linli:example.org",
                    account.user
                ),
            );
        }
    }

    pub(super) fn log(&mut self, log: &Log) {
        if log.level.parse::<tracing::Level>().is_err() {
            self.add(
                "log.level",
                format!(
                    "'{}' is no level: use error, warn, info, debug or trace",
                    log.level
                ),
            );
        }
    }

    pub(super) fn guard(&mut self, guard: &Guard) {
        if guard.listen.parse::<SocketAddr>().is_err() {
            self.add(
                "guard.listen",
                format!(
                    "'{}' is no address to listen at: use one such as \"127.0.0.1:8765\"",
                    guard.listen
                ),
            );
        }
        if guard.token_file.is_none() {
            self.add(
                "guard.token_file",
                "it is missing: the file with the token that the homeserver sends",
            );
        }
    }

    /// A list may be followed by several communities; written it is by one, and a room of a community it is never.
    fn lists_apart(&mut self, communities: &[CommunityConfig], rooms: &BTreeMap<String, &Purpose>) {
        let mut own = BTreeSet::new();
        for (at, community) in communities.iter().enumerate() {
            for list in &community.lists {
                let is_twice = list.own && !own.insert(&list.address);
                if is_twice || rooms.contains_key(&list.address) {
                    let why = format!(
                        "the room {} is a ban list and something else too",
                        list.address
                    );
                    self.add(&format!("community[{at}].features.lists"), why);
                }
            }
        }
    }

    pub(super) fn unique(&mut self, communities: &[CommunityConfig]) {
        let mut ids = BTreeSet::new();
        let mut rooms = BTreeMap::new();
        for (at, community) in communities.iter().enumerate() {
            if !ids.insert(community.id.clone()) {
                let why = format!("two communities have the id '{}'", community.id);
                self.add(&format!("community[{at}].id"), why);
            }
            for room in &community.rooms {
                if let Some(other) = rooms.insert(room.address.clone(), &room.purpose) {
                    let why = format!(
                        "the room {} is named twice, as {other:?} and as {:?}",
                        room.address, room.purpose
                    );
                    self.add(&format!("community[{at}]"), why);
                }
            }
        }
        self.lists_apart(communities, &rooms);
    }
}

pub(super) fn is_user(text: &str) -> bool {
    text.strip_prefix('@')
        .and_then(|rest| rest.split_once(':'))
        .is_some_and(|(local, server)| !local.is_empty() && !server.is_empty())
}
