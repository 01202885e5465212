//! What moderators have said of messages, as linli keeps it: from the process that runs, or from the store where none
//! runs.

use std::{collections::BTreeMap, io::Write as _, path::PathBuf};

use anyhow::Context as _;

use super::read::{Read, Row};
use crate::{
    cli::{ConfigArguments, Failure, open},
    config::Config,
    domain::record::{Key, Record, View as _, decode},
    engine::control::{self, Question, Reply},
    features::spam::learn::Example,
    store::sled::Sled,
};

/// What `linli spam export` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,
    /// Where the lines are written: a label, a tab, a text
    file: PathBuf,
}

/// Writes what moderators have said of messages.
///
/// # Errors
/// Where the store cannot be read, or the file not written.
pub async fn export(arguments: &Arguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    let kept = kept(&config).await?;
    let mut text = String::new();
    for row in &kept.rows {
        let label = if row.is_spam { "spam" } else { "ham" };
        text.push_str(&format!("{label}\t{}\n", row.text));
    }
    std::fs::write(&arguments.file, text)
        .with_context(|| format!("Cannot write '{}'", arguments.file.display()))?;
    let said = writeln!(
        std::io::stdout(),
        "{} decisions in '{}'.",
        kept.rows.len(),
        arguments.file.display()
    );
    said.map_err(Failure::other)
}

/// What is kept of all communities, in one line each.
///
/// # Errors
/// Where the store cannot be read.
pub async fn kept(config: &Config) -> Result<Read, Failure> {
    let mut rows = Vec::new();
    for community in &config.communities {
        let scope = community.id.as_str();
        for (id, stored) in records(config, scope).await? {
            let key = Key::new(scope, Example::KIND, &id);
            let example: Example = decode(&key, &stored).map_err(Failure::other)?;
            rows.push(Row {
                is_spam: example.spam,
                text: example.text.replace(['\n', '\r'], " "),
            });
        }
    }
    Ok(Read {
        name: "what moderators said".to_owned(),
        rows,
    })
}

async fn records(config: &Config, scope: &str) -> Result<Vec<(String, String)>, Failure> {
    let question = Question::Records {
        scope: scope.to_owned(),
        kind: Example::KIND.to_owned(),
    };
    let reply = control::ask(&config.data, &question)
        .await
        .context("Cannot ask the linli that runs")?;
    match reply {
        Some(Reply::Records(records)) => Ok(records),
        Some(Reply::Failed(why)) => Err(Failure::other(anyhow::anyhow!(why))),
        Some(Reply::Status(_) | Reply::BackedUp(_) | Reply::Done) => Err(Failure::other(
            anyhow::anyhow!("the linli that runs did not understand; is it of another version?"),
        )),
        None => {
            let _data = open::data_folder(&config.data)?;
            let place = open::store(&config.data);
            if !place.exists() {
                return Ok(Vec::new());
            }
            let store = Sled::open(&place)?;
            let prefix = Key::new(scope, Example::KIND, "");
            let found = store
                .scan(prefix.as_str(), None, usize::MAX)
                .map_err(Failure::other)?;
            let found: BTreeMap<Key, String> = found.into_iter().collect();
            Ok(found
                .into_iter()
                .map(|(key, stored)| (key.id().to_owned(), stored))
                .collect())
        }
    }
}
