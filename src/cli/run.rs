//! `linli run`: the real thing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};
use tracing::{info, warn};

use super::{Failure, open, telemetry};
use crate::{
    config::{CommunityConfig, Config},
    domain::ids::RoomId,
    engine::{self, Engine, control, run::Asking},
    matrix::client::SdkHomeserver,
    store::sled::Sled,
    web::guard::Guard,
};

/// What `linli run` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: super::ConfigArguments,
    /// Also stop when standard input ends, for a program that starts linli and may die first
    #[arg(long, hide = true)]
    stop_with_stdin: bool,
}

/// Serves the communities of a configuration until SIGTERM or Ctrl-C.
///
/// # Errors
/// One sentence, and an exit code: see docs/operating.md.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    telemetry::start(&config.log);
    // The locks first: a second linli must not touch the session of the first.
    let _data = open::data_folder(&config.data)?;
    let store = Sled::open(&open::store(&config.data))?;
    let mut server = open::homeserver(&config).await?;
    let Found { rooms, replaced } = find_rooms(&config, &server).await?;
    server.serve(rooms.values().cloned().collect()).await;
    let world = config.world(server.user(), &rooms, &replaced);
    let engine = Engine::open(world, Box::new(store))?;
    let listener = control::Listener::bind(&config.data)
        .inspect_err(
            |error| warn!(%error, "no control socket: linli doctor cannot ask this process"),
        )
        .ok();
    let asking = guard(&config).await?;
    info!(rooms = rooms.len(), "linli is running");
    let stop = stop_signal(arguments.stop_with_stdin)?;
    engine::run::run(engine, Arc::new(server), listener, asking, stop).await?;
    Ok(())
}

/// The end at which the homeserver asks, where the configuration wants one.
async fn guard(config: &Config) -> Result<Option<Asking>, Failure> {
    let Some(settings) = config.guard()? else {
        return Ok(None);
    };
    let guard = Guard::bind(&settings)
        .await
        .with_context(|| format!("Cannot listen at guard.listen = \"{}\"", settings.listen))?;
    info!(at = %settings.listen, "the homeserver can ask before messages are sent");
    Ok(Some(Box::new(move |asker| {
        let ask = Arc::new(move |check| asker.ask(check));
        Box::pin(guard.serve(ask))
    })))
}

fn stop_signal(with_stdin: bool) -> Result<impl Future<Output = ()>, Failure> {
    let mut terminate = signal(SignalKind::terminate()).context("Cannot wait for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("Cannot wait for SIGINT")?;
    Ok(async move {
        let stdin_ends = async {
            if with_stdin {
                let mut stdin = tokio::io::stdin();
                // An error is an end too.
                let _ = tokio::io::copy(&mut stdin, &mut tokio::io::sink()).await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            () = stdin_ends => {}
        }
        info!("stopping");
    })
}

/// Which rooms the configuration means.
struct Found {
    /// By their address in the configuration.
    rooms: BTreeMap<String, RoomId>,
    /// Rooms that were upgraded, and those that have taken their place.
    replaced: BTreeMap<RoomId, RoomId>,
}

/// The ids of the configured rooms. Aliases that were found are kept in the data folder, so that a start does not
/// ask for a thousand of them; the file can be deleted at any time. A room that was replaced is followed, and one that
/// does not exist is left out.
async fn find_rooms(config: &Config, server: &SdkHomeserver) -> Result<Found, Failure> {
    let path = config.data.join("rooms.json");
    let mut known: BTreeMap<String, RoomId> = std::fs::read(&path)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let mut rooms = BTreeMap::new();
    let mut replaced = BTreeMap::new();
    let lists = config.communities.iter().flat_map(|c| &c.lists);
    let lists: BTreeSet<&str> = lists.map(|list| list.address.as_str()).collect();
    for address in config
        .communities
        .iter()
        .flat_map(CommunityConfig::addresses)
    {
        let id = match (address.starts_with('!'), known.remove(address)) {
            (true, _) => Some(RoomId::from(address)),
            (false, Some(id)) => Some(id),
            (false, None) => match server.resolve(address).await {
                Ok(id) => id,
                Err(why) if lists.contains(address) => {
                    warn!(list = address, why, "this ban list cannot be found now");
                    None
                }
                // Going on without a room would pass its reports over.
                Err(why) => {
                    return Err(Failure::unavailable(anyhow::anyhow!(
                        "the homeserver does not say which room {address} is ({why}); try again"
                    )));
                }
            },
        };
        let Some(id) = id else {
            warn!(
                room = address,
                "this room does not exist: run linli provision"
            );
            continue;
        };
        let line = server.upgrades(&id);
        let newest = line.last().unwrap_or(&id).clone();
        if newest != id {
            info!(room = address, %newest, "this room was upgraded; linli goes along");
        }
        let before = line.iter().flat_map(|room| server.replaced_by(room));
        let old = line.iter().cloned().chain(before);
        replaced.extend(
            old.filter(|old| *old != newest)
                .map(|old| (old, newest.clone())),
        );
        rooms.insert(address.to_owned(), newest);
    }
    let text = serde_json::to_vec_pretty(&rooms).context("Cannot write the rooms as JSON")?;
    std::fs::write(&path, text).with_context(|| format!("Cannot write {}", path.display()))?;
    Ok(Found { rooms, replaced })
}
