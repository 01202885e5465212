//! Reading a configuration: the file, what the environment says over it, and every fault of both.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Config, ConfigError, Fault, check::Checks, file::File, lenient::read_leniently};

/// The environment overrides single keys: `LINLI__ACCOUNT__HOMESERVER` is `account.homeserver`.
const ENVIRONMENT: &str = "LINLI";

impl Config {
    /// Reads a configuration file, with what the environment says over it.
    ///
    /// # Errors
    /// Lists every fault with its key.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let fail = |why: String| ConfigError {
            path: path.to_owned(),
            faults: vec![Fault {
                key: String::new(),
                why,
            }],
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| fail(format!("it cannot be read: {error}")))?;
        let value = config::Config::builder()
            .add_source(config::File::from_str(&text, config::FileFormat::Toml))
            .add_source(
                config::Environment::with_prefix(ENVIRONMENT)
                    .prefix_separator("__")
                    .separator("__"),
            )
            .build()
            .and_then(config::Config::try_deserialize::<Value>)
            .map_err(|error| fail(error.to_string()))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut faults = Vec::new();
        let config = Self::from_value(value, folder, &mut faults);
        faults.extend(config.unreadable_files());
        if faults.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError {
                path: path.to_owned(),
                faults,
            })
        }
    }

    fn from_value(value: Value, folder: &Path, faults: &mut Vec<Fault>) -> Self {
        let file: File = read_leniently(value, "", faults);
        let mut checks = Checks { faults };
        checks.account(&file.account);
        if file.community.is_empty() {
            checks.add("community", "there must be at least one [[community]]");
        }
        let server = server_of(&file);
        let communities = file
            .community
            .into_iter()
            .enumerate()
            .map(|(at, community)| checks.community(at, community, server.as_deref()))
            .collect();
        let mut config = Self {
            data: folder.join(file.data.unwrap_or_else(|| PathBuf::from("data"))),
            account: file.account,
            log: file.log,
            guard: file.guard,
            spam: file.spam,
            copies: file.copies,
            communities,
        };
        checks.log(&config.log);
        if let Some(guard) = &config.guard {
            checks.guard(guard);
        }
        checks.unique(&config.communities);
        let relative = |path: &mut Option<PathBuf>| {
            if let Some(path) = path {
                *path = folder.join(&*path);
            }
        };
        relative(&mut config.account.password_file);
        relative(&mut config.account.recovery_key_file);
        relative(&mut config.account.seal_key_file);
        relative(&mut config.spam.model);
        if let Some(copies) = &mut config.copies {
            copies.folder = folder.join(&copies.folder);
            if copies.file_megabytes > copies.megabytes {
                faults.push(Fault {
                    key: "copies.file_megabytes".to_owned(),
                    why: "one copy cannot be larger than all together may be".to_owned(),
                });
            }
            if copies.megabytes == 0 || copies.file_megabytes == 0 {
                let why = "there must be room for something; leave [copies] out to keep none";
                faults.push(Fault {
                    key: "copies".to_owned(),
                    why: why.to_owned(),
                });
            }
        }
        if let Some(guard) = &mut config.guard {
            relative(&mut guard.token_file);
        }
        config
    }
}

/// The server that addresses without one belong to: that of the bot's own id, if it is given whole.
fn server_of(file: &File) -> Option<String> {
    let (_, server) = file.account.user.split_once(':')?;
    Some(server.to_owned())
}
