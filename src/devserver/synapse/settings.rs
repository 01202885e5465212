//! The configuration files of a development Synapse.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Guard, Options, RateLimits};

/// The member of `/.well-known/matrix/client` by which we know our own homeserver from a stranger on the same port.
pub(super) const MARK: &str = "linli.start";

/// Made by Synapse at its first start; the key to [`super::Synapse::register`].
pub(super) const SECRET: &str = "registration_secret";
/// Synapse's own log: warnings and worse, of all starts in this folder.
pub(super) const LOG: &str = "homeserver.log";
/// Its presence says that a folder is a homeserver's.
pub(super) const MAIN: &str = "homeserver.yaml";

/// Writes every configuration file into the folder and returns those to hand to Synapse, in its order: later ones win.
///
/// They are JSON, which YAML contains, so that no path or name has to be quoted. `mark` is served under [`MARK`].
pub(super) fn write(options: &Options, port: u16, mark: &str) -> Result<Vec<PathBuf>> {
    let folder = &options.folder;
    put(folder, "log.yaml", &pretty(&logging(folder))?)?;
    let main = put(folder, MAIN, &pretty(&homeserver(options, port, mark))?)?;
    let mut files = vec![main];
    if let Some(extra) = &options.extra_yaml {
        files.push(put(folder, "extra.yaml", extra)?);
    }
    Ok(files)
}

fn homeserver(options: &Options, port: u16, mark: &str) -> Value {
    let inside = |name: &str| options.folder.join(name);
    let mut settings = json!({
        "server_name": options.server_name,
        "public_baseurl": format!("http://127.0.0.1:{port}/"),
        "extra_well_known_client_content": { MARK: mark },
        "listeners": [{
            "port": port,
            "bind_addresses": ["127.0.0.1"],
            "type": "http",
            "tls": false,
            "resources": [{ "names": ["client"] }],
        }],
        "database": { "name": "sqlite3", "args": { "database": inside("homeserver.db") } },
        "media_store_path": inside("media"),
        // Synapse makes what is missing of these two by itself.
        "signing_key_path": inside("signing.key"),
        "registration_shared_secret_path": inside(SECRET),
        "log_config": inside("log.yaml"),
        "pid_file": inside("homeserver.pid"),
        "enable_registration": false,
        "report_stats": false,
        "presence": { "enabled": false },
        "url_preview_enabled": false,
        // It speaks with no other server, so it needs nobody's keys.
        "trusted_key_servers": [],
        "suppress_key_server_warning": true,
        "federation_domain_whitelist": [],
        // The cheapest bcrypt: passwords here guard nothing, and each registration would cost a quarter of a second.
        "bcrypt_rounds": 4,
    });
    if let (Value::Object(settings), Value::Object(limits)) =
        (&mut settings, rate_limits(options.rate_limits))
    {
        settings.extend(limits);
    }
    if let Some(guard) = &options.guard {
        settings["modules"] = json!([module(guard)]);
    }
    settings
}

/// The module that asks linli before an event is taken in; whatever goes wrong with that, the event passes.
fn module(guard: &Guard) -> Value {
    let callbacks = [
        "check_event_for_spam",
        "user_may_invite",
        "user_may_join_room",
    ];
    let open: Value = callbacks
        .iter()
        .map(|callback| ((*callback).to_owned(), json!(true)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    json!({
        "module": "synapse_http_antispam.HTTPAntispam",
        "config": {
            "base_url": format!("http://127.0.0.1:{}", guard.port),
            "authorization": guard.token,
            "enabled_callbacks": callbacks,
            "fail_open": open,
        },
    })
}

/// Both kinds lift what only setting up runs into; they differ in `rc_message`, the limit that sending meets.
fn rate_limits(kind: RateLimits) -> Value {
    let lifted = json!({ "per_second": 10_000, "burst_count": 10_000 });
    let mut limits = json!({
        "rc_login": { "address": lifted, "account": lifted, "failed_attempts": lifted },
        "rc_registration": lifted,
        "rc_joins": { "local": lifted, "remote": lifted },
        "rc_joins_per_room": lifted,
        "rc_invites": { "per_room": lifted, "per_user": lifted, "per_issuer": lifted },
        "rc_room_creation": lifted,
        "rc_media_create": lifted,
        "rc_profile": lifted,
        "rc_user_directory": lifted,
        "rc_key_requests": lifted,
    });
    if kind == RateLimits::Generous {
        limits["rc_message"] = lifted.clone();
        limits["rc_reports"] = lifted;
    }
    limits
}

/// Warnings and worse, into one file in the folder; nothing on the console.
fn logging(folder: &Path) -> Value {
    json!({
        "version": 1,
        "disable_existing_loggers": false,
        "formatters": { "line": { "format": "%(asctime)s %(levelname)s %(name)s: %(message)s" } },
        "handlers": { "file": {
            "class": "logging.FileHandler",
            "formatter": "line",
            "filename": folder.join(LOG),
            "encoding": "utf8",
        } },
        "root": { "level": "WARNING", "handlers": ["file"] },
    })
}

fn pretty(value: &Value) -> Result<String> {
    serde_json::to_string_pretty(value).context("Cannot write the homeserver's settings")
}

fn put(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, text).with_context(|| format!("Cannot write {}", path.display()))?;
    Ok(path)
}
