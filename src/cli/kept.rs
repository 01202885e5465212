//! What subcommands about one community do first: find it, and ask the linli that runs for what it keeps of it.

use anyhow::{Context as _, anyhow};
use serde::Serialize;

use super::Failure;
use crate::{
    clock,
    config::{CommunityConfig, Config},
    domain::{
        input::{Ask, Operator},
        record::{Key, Record, decode},
    },
    engine::control::{self, Question, Reply},
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

/// All records of a kind that the linli that runs keeps of a community.
///
/// # Errors
/// Where none runs, or it keeps something that cannot be understood.
pub async fn records<T: Record>(
    config: &Config,
    community: &CommunityConfig,
) -> Result<Vec<T>, Failure> {
    let question = Question::Records {
        scope: community.id.as_str().to_owned(),
        kind: T::KIND.to_owned(),
    };
    let Reply::Records(records) = ask(config, &question).await? else {
        return Err(misunderstood());
    };
    let read = |(id, stored): (String, String)| {
        let key = Key::new(community.id.as_str(), T::KIND, &id);
        decode(&key, &stored).map_err(Failure::other)
    };
    records.into_iter().map(read).collect()
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
