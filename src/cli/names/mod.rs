//! `linli names --dry-run`: what would follow from the names that people have now, before linli is let loose on them.

mod survey;
mod table;

use std::{
    collections::BTreeMap,
    io::{ErrorKind, Write as _},
};

use serde_json::Value;

use super::{ConfigArguments, Failure, doctor, open};
use crate::{
    config::Config,
    domain::ids::{RoomId, UserId},
    matrix::{
        account::{Account, Error},
        client::UPGRADES_MAX,
        session,
    },
};
use survey::{NamesByRoom, Survey};

/// What `linli names` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,
    /// Only show whose names are wrong and what would follow; nothing is sent and nothing is kept
    #[arg(long)]
    dry_run: bool,
    /// Write a JSON object for each member instead, also for those whose names are right
    #[arg(long)]
    json: bool,
}

/// A room that could not be looked at.
struct Unseen {
    address: String,
    /// Why, and what to do.
    why: String,
}

/// What the homeserver tells of the configured rooms.
#[derive(Default)]
struct Rooms {
    /// Their ids, by their addresses in the configuration.
    found: BTreeMap<String, RoomId>,
    /// What everybody who is in a building's room is called there.
    names: BTreeMap<UserId, NamesByRoom>,
    unseen: Vec<Unseen>,
}

/// Shows what would follow from the names of those who are in the rooms now.
///
/// # Errors
/// Exit code 64 without `--dry-run`, 69 where the homeserver does not answer, and 1 where linli has not logged in, or
/// where the table lacks a room. That names are wrong is no failure.
pub async fn names(arguments: Arguments) -> Result<(), Failure> {
    if !arguments.dry_run {
        return Err(Failure::usage(anyhow::anyhow!(
            "there is nothing else to do with names yet. Run 'linli names --dry-run', which shows what would happen and changes nothing"
        )));
    }
    let config = Config::load(&arguments.config.config)?;
    open::reachable(&config.account.homeserver).await?;
    let account = logged_in(&config).await?;
    let rooms = look(&config, &account).await?;
    let world = config.world(
        UserId::from(account.user_id.as_str()),
        &rooms.found,
        &BTreeMap::new(),
    );
    let addresses: BTreeMap<&RoomId, &str> = rooms
        .found
        .iter()
        .map(|(address, id)| (id, address.as_str()))
        .collect();
    let mut text = String::new();
    for community in world.settings.communities() {
        let survey = Survey::of(&world.settings, community, &rooms.names);
        let shown = if arguments.json {
            table::json(&survey, &addresses)
        } else {
            table::table(&survey, &addresses)
        };
        text.push_str(&shown);
    }
    if !arguments.json && open::store(&config.data).exists() {
        text.push_str(
            "linli has run on this data folder before: whoever it has told already is further on than this says.\n",
        );
    }
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        // Whoever read us has enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        other => other.map_err(Failure::other)?,
    }
    complete(&rooms.unseen)
}

/// Whoever reads the table must not take a part of the names for all of them.
fn complete(unseen: &[Unseen]) -> Result<(), Failure> {
    if unseen.is_empty() {
        return Ok(());
    }
    let rooms: Vec<String> = unseen
        .iter()
        .map(|room| format!("{}: {}", room.address, room.why))
        .collect();
    Err(Failure::other(anyhow::anyhow!(
        "{} rooms could not be looked at, and their members are missing above.\n  {}",
        rooms.len(),
        rooms.join("\n  ")
    )))
}

/// The session that linli has, for plain requests.
///
/// # Errors
/// Where it has not logged in, or the homeserver does not accept it any more.
pub async fn logged_in(config: &Config) -> Result<Account, Failure> {
    let Some(account) = session::plain(&config.data)? else {
        return Err(Failure::other(anyhow::anyhow!(
            "linli has not logged in yet. Run 'linli provision', which logs in and makes the rooms; with --dry-run it only logs in"
        )));
    };
    match account.whoami().await {
        Ok(_) => Ok(account),
        Err(error @ Error::Unreachable { .. }) => Err(Failure::unavailable(error)),
        Err(error) => Err(Failure::other(anyhow::anyhow!(
            "the homeserver does not accept the kept session ({error}). Run 'linli doctor', which says what to do"
        ))),
    }
}

/// Asks who is in the rooms of buildings. A room that cannot be seen keeps nobody from seeing the others.
async fn look(config: &Config, account: &Account) -> Result<Rooms, Failure> {
    let mut rooms = Rooms::default();
    for room in config.communities.iter().flat_map(|c| &c.rooms) {
        if !survey::asks_for_names(&room.purpose) {
            continue;
        }
        let address = &room.address;
        match members(account, address).await {
            Ok(Some((id, members))) => {
                for (user, name) in members {
                    let names = rooms.names.entry(user).or_default();
                    names.insert(id.clone(), name);
                }
                rooms.found.insert(address.clone(), id);
            }
            Ok(None) => rooms.unseen.push(Unseen {
                address: address.clone(),
                why: not_in(account),
            }),
            Err(error @ Error::Unreachable { .. }) => return Err(Failure::unavailable(error)),
            Err(error) => rooms.unseen.push(Unseen {
                address: address.clone(),
                why: why(&error, account),
            }),
        }
    }
    Ok(rooms)
}

fn why(error: &Error, account: &Account) -> String {
    match error.errcode() {
        Some("M_NOT_FOUND") => {
            "it does not exist; run 'linli provision', or correct the address".to_owned()
        }
        Some("M_FORBIDDEN") => not_in(account),
        _ => format!("{error}; try again"),
    }
}

fn not_in(account: &Account) -> String {
    format!(
        "linli is not in it; invite {} there, and run 'linli provision', which joins",
        account.user_id
    )
}

type Members = Vec<(UserId, String)>;

/// The room behind an address, or the one that has taken its place, and what those who are in it are called there. None
/// where linli is not in it any more: the homeserver would still tell who was there when it left.
async fn members(account: &Account, address: &str) -> Result<Option<(RoomId, Members)>, Error> {
    let mut id = doctor::find(account, address).await?;
    for _ in 1..UPGRADES_MAX {
        match account.state(&id, "m.room.tombstone", "").await {
            Ok(content) => match content["replacement_room"].as_str() {
                Some(newer) => newer.clone_into(&mut id),
                None => break,
            },
            Err(error) if error.errcode() == Some("M_NOT_FOUND") => break,
            Err(error) => return Err(error),
        }
    }
    let members = account.members(&id).await?;
    let is_in = |content: &Value| content["membership"] == "join";
    if !members.get(&account.user_id).is_some_and(is_in) {
        return Ok(None);
    }
    let joined = members
        .into_iter()
        .filter(|(_, content)| is_in(content))
        .map(|(user, content)| {
            let name = content["displayname"].as_str().unwrap_or_default();
            (UserId::from(user.as_str()), name.to_owned())
        });
    Ok(Some((RoomId::from(id.as_str()), joined.collect())))
}
