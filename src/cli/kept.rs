//! What subcommands about one community do first: find it, and ask the linli that runs for what it keeps of it.

use anyhow::{Context as _, anyhow};
use serde::Serialize;

use super::{Failure, open};
use crate::{
    clock,
    config::{CommunityConfig, Config},
    domain::{
        input::{Ask, Operator},
        record::{Key, Record, decode},
    },
    engine::control::{self, Question, Reply},
    store::sled::Sled,
};

/// The community of this id, or the only one.
///
/// # Errors
/// Where there is none of this id, or several and none is named.
pub fn community<'c>(config: &'c Config, id: Option<&str>) -> Result<&'c CommunityConfig, Failure> {
    let known = || {
        let ids: Vec<&str> = config.communities.iter().map(|c| c.id.as_str()).collect();
        ids.join(", ")
    };
    match (id, config.communities.as_slice()) {
        (None, [only]) => Ok(only),
        (None, _) => Err(Failure::usage(anyhow!(
            "there are several communities: name one with --community ({})",
            known()
        ))),
        (Some(id), all) => all.iter().find(|c| c.id.as_str() == id).ok_or_else(|| {
            Failure::usage(anyhow!(
                "there is no community '{id}'; there are: {}",
                known()
            ))
        }),
    }
}

/// All records of a kind that linli keeps of a community, the running one or the one that last ran.
///
/// # Errors
/// Where it keeps something that cannot be understood, or the store cannot be read.
pub async fn records<T: Record>(
    config: &Config,
    community: &CommunityConfig,
) -> Result<Vec<T>, Failure> {
    let mut records = Vec::new();
    each(config, community, |_, record| records.push(record)).await?;
    Ok(records)
}

/// The same one by one, with their ids, in the order of those.
///
/// # Errors
/// As above.
pub async fn each<T: Record>(
    config: &Config,
    community: &CommunityConfig,
    mut take: impl FnMut(&str, T),
) -> Result<(), Failure> {
    let scope = community.id.as_str();
    let mut after = None;
    let mut store = None;
    loop {
        let page = match &store {
            None => asked(config, scope, T::KIND, after.as_deref()).await?,
            Some(opened) => Some(read(opened, scope, T::KIND, after.as_deref())?),
        };
        let Some(page) = page else {
            if after.is_some() {
                return Err(Failure::other(anyhow!(
                    "linli has stopped meanwhile; try again"
                )));
            }
            let place = open::store(&config.data);
            if !place.exists() {
                return Ok(());
            }
            store = Some(Opened {
                _folder: open::data_folder(&config.data)?,
                sled: Sled::open(&place)?,
            });
            continue;
        };
        for (id, stored) in &page {
            let key = Key::new(scope, T::KIND, id);
            take(id, decode(&key, stored).map_err(Failure::other)?);
        }
        match page.into_iter().next_back() {
            Some((last, _)) => after = Some(last),
            None => return Ok(()),
        }
    }
}

/// The store of a linli that does not run.
struct Opened {
    _folder: open::DataFolder,
    sled: Sled,
}

/// A page of what the linli that runs keeps; None where none runs.
async fn asked(
    config: &Config,
    scope: &str,
    kind: &str,
    after: Option<&str>,
) -> Result<Option<Vec<(String, String)>>, Failure> {
    let question = Question::Records {
        scope: scope.to_owned(),
        kind: kind.to_owned(),
        after: after.map(str::to_owned),
    };
    let reply = control::ask(&config.data, &question)
        .await
        .context("Cannot ask the linli that runs")?;
    match reply {
        None => Ok(None),
        Some(Reply::Records(page)) => Ok(Some(page)),
        Some(Reply::Failed(why)) => Err(Failure::other(anyhow!(why))),
        Some(Reply::Status(_) | Reply::BackedUp(_) | Reply::Done) => Err(misunderstood()),
    }
}

fn read(
    store: &Opened,
    scope: &str,
    kind: &str,
    after: Option<&str>,
) -> Result<Vec<(String, String)>, Failure> {
    control::page(&store.sled, scope, kind, after).map_err(Failure::other)
}

/// Asks a feature of the linli that runs for something.
///
/// # Errors
/// Where none runs, or it fails.
pub async fn wish(
    config: &Config,
    community: &CommunityConfig,
    feature: &str,
    wish: &impl Serialize,
) -> Result<(), Failure> {
    let operator = Operator::Ask(Ask {
        community: community.id.clone(),
        feature: feature.to_owned(),
        at: clock::now(),
        wish: serde_json::to_string(wish).map_err(Failure::other)?,
    });
    match ask(config, &Question::Operator(operator)).await? {
        Reply::Done => Ok(()),
        Reply::Status(_) | Reply::BackedUp(_) | Reply::Records(_) | Reply::Failed(_) => {
            Err(misunderstood())
        }
    }
}

async fn ask(config: &Config, question: &Question) -> Result<Reply, Failure> {
    let reply = control::ask(&config.data, question)
        .await
        .context("Cannot ask the linli that runs")?;
    match reply {
        Some(Reply::Failed(why)) => Err(Failure::other(anyhow!(why))),
        Some(reply) => Ok(reply),
        None => Err(Failure::other(anyhow!(
            "linli does not run on {}; start it first",
            config.data.display()
        ))),
    }
}

fn misunderstood() -> Failure {
    Failure::other(anyhow!(
        "the linli that runs did not understand; is it of another version?"
    ))
}
