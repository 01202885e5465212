//! `linli doctor`: whether everything is well, in plain words, and each fault with its exact cure.

use std::{collections::BTreeMap, io::Write as _};

use anyhow::Context as _;
use serde_json::{Value, json};

use super::{ConfigArguments, Failure, open};
use crate::{
    config::Config,
    domain::community::Purpose,
    engine::{
        Engine,
        control::{self, Question, Reply, Status},
    },
    matrix::{
        account::{Account, Error, Method},
        provision::RoomState,
        session,
    },
    store::sled::Sled,
    web::guard,
};

/// One thing that was looked at.
struct Finding {
    verdict: Verdict,
    what: &'static str,
    /// How it is.
    how: String,
    /// What to do, where something is wrong.
    cure: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Well,
    /// It works, but not as well as it could.
    Poor,
    Broken,
}

/// Events that show whether the homeserver limits our rate: Synapse refuses the tenth by default.
const PROBES: u32 = 12;

/// Looks at everything and tells.
///
/// # Errors
/// Exit code 1 where something is broken.
pub async fn doctor(arguments: ConfigArguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config)?;
    config.login()?;
    let mut findings = vec![well("configuration", "it can be read and has no faults")];
    match open::reachable(&config.account.homeserver).await {
        Ok(()) => {
            findings.push(well(
                "homeserver",
                format!("{} answers", config.account.homeserver),
            ));
            account(&config, &mut findings).await?;
        }
        Err(_) => findings.push(broken(
            "homeserver",
            format!("{} does not answer", config.account.homeserver),
            "start it, or correct 'account.homeserver' in the configuration",
        )),
    }
    match status(&config).await {
        Ok(status) => {
            guard(&config, status.running, &mut findings).await;
            store(&status, &mut findings);
        }
        Err(failure) => findings.push(broken(
            "store",
            failure.to_string(),
            "see the sentence before this one",
        )),
    }
    tell(&findings)
}

fn tell(findings: &[Finding]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    for finding in findings {
        let sign = match finding.verdict {
            Verdict::Well => "well  ",
            Verdict::Poor => "POOR  ",
            Verdict::Broken => "BROKEN",
        };
        writeln!(out, "{sign}  {}: {}", finding.what, finding.how).map_err(Failure::other)?;
        if let Some(cure) = &finding.cure {
            writeln!(out, "        cure: {cure}").map_err(Failure::other)?;
        }
    }
    let broken = findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Broken)
        .count();
    if broken == 0 {
        Ok(())
    } else {
        Err(Failure::other(anyhow::anyhow!(
            "{broken} of {} things are broken",
            findings.len()
        )))
    }
}

fn well(what: &'static str, how: impl Into<String>) -> Finding {
    Finding {
        verdict: Verdict::Well,
        what,
        how: how.into(),
        cure: None,
    }
}

fn poor(what: &'static str, how: impl Into<String>, cure: impl Into<String>) -> Finding {
    Finding {
        verdict: Verdict::Poor,
        what,
        how: how.into(),
        cure: Some(cure.into()),
    }
}

fn broken(what: &'static str, how: impl Into<String>, cure: impl Into<String>) -> Finding {
    Finding {
        verdict: Verdict::Broken,
        ..poor(what, how, cure)
    }
}

/// How the engine stands: from the linli that runs, or from the store where none runs.
///
/// # Errors
/// Where the store cannot be opened, or the linli that runs does not answer.
pub async fn status(config: &Config) -> Result<Status, Failure> {
    let reply = control::ask(&config.data, &Question::Status)
        .await
        .context("Cannot ask the linli that runs")?;
    match reply {
        Some(Reply::Status(status)) => Ok(status),
        Some(Reply::Failed(why)) => Err(Failure::other(anyhow::anyhow!(why))),
        Some(Reply::BackedUp(_) | Reply::Records(_) | Reply::Done) => Err(Failure::other(
            anyhow::anyhow!("the linli that runs did not understand; is it of another version?"),
        )),
        None => {
            let _data = open::data_folder(&config.data)?;
            let place = open::store(&config.data);
            if !place.exists() {
                return Ok(Status::default());
            }
            let bot = crate::domain::ids::UserId::from(config.account.user.as_str());
            let store = Sled::open(&place)?;
            Ok(Engine::open(
                config.world(bot, &BTreeMap::new(), &BTreeMap::new()),
                Box::new(store),
            )?
            .status()?)
        }
    }
}

/// Whether the homeserver can ask before it lets messages pass, and how it is told to.
async fn guard(config: &Config, running: bool, findings: &mut Vec<Finding>) {
    let Ok(settings) = config.guard() else {
        return;
    };
    let Some(settings) = settings else {
        findings.push(well(
            "guard",
            "the homeserver does not ask before messages are sent: adverts are removed once they are there ([guard] in the configuration, docs/operating.md)",
        ));
        return;
    };
    let at = settings.listen;
    let told = format!(
        "in homeserver.yaml of Synapse, with synapse-http-antispam installed (pip install synapse-http-antispam):\n{}",
        guard::for_synapse(&settings)
    );
    findings.push(match guard::ping(&settings).await {
        Ok(()) => well("guard", format!("linli answers at {at}; {told}")),
        Err(_) if !running => poor(
            "guard",
            format!("nobody answers at {at}, since linli is not running; messages pass meanwhile"),
            format!("start it: linli run; {told}"),
        ),
        Err(why) => broken(
            "guard",
            format!("linli does not answer at {at} ({why}); messages pass without being looked at"),
            format!("start linli again after a change of [guard]; {told}"),
        ),
    });
}

fn store(status: &Status, findings: &mut Vec<Finding>) {
    findings.push(match (status.running, status.started) {
        (true, _) => well("process", "linli is running"),
        (false, true) => poor("process", "linli is not running", "start it: linli run"),
        (false, false) => poor(
            "process",
            "linli has never run on this data folder",
            "start it: linli run",
        ),
    });
    findings.push(well("store", "it can be read"));
    let waiting = format!("{} rows wait to be sent", status.waiting);
    findings.push(match status.wedged.first() {
        None => well("outbox", waiting),
        Some(row) => broken(
            "outbox",
            format!(
                "{waiting}, and {} cannot be sent; the first, in {}: {}",
                status.wedged.len(),
                row.room,
                row.why
            ),
            "see them all with 'linli outbox', cure the cause, then 'linli outbox retry'",
        ),
    });
    if let Some(row) = status.struggling.first() {
        findings.push(poor(
            "outbox",
            format!(
                "{} rows were tried many times in vain; the first, in {}: {}",
                status.struggling.len(),
                row.room,
                row.why
            ),
            "they are tried again every half minute; see what stands between linli and the homeserver",
        ));
    }
    if let Some((input, why)) = status.quarantined.first() {
        findings.push(broken(
            "quarantine",
            format!(
                "{} events could not be decided and were set aside; the first, {input}: {why}",
                status.quarantined.len()
            ),
            "this is a fault of linli: see 'linli quarantine' and please report it; after an update that mends it, 'linli quarantine retry' decides them after all",
        ));
    }
    if status.undecryptable > 0 {
        findings.push(poor(
            "keys",
            format!(
                "{} encrypted messages cannot be read yet",
                status.undecryptable
            ),
            "they are read when their keys come; if they never do, set 'account.recovery_key_file'",
        ));
    }
    if !status.gaps.is_empty() {
        let how = format!("{} rooms are being caught up", status.gaps.len());
        findings.push(poor("stream", how, "wait; it goes on by itself"));
    }
}

async fn account(config: &Config, findings: &mut Vec<Finding>) -> Result<(), Failure> {
    let Some(account) = session::plain(&config.data)? else {
        findings.push(poor(
            "account",
            "linli has not logged in yet",
            "run 'linli provision', which logs in and makes the rooms",
        ));
        return Ok(());
    };
    let account = account.patient(false);
    if let Err(error) = account.whoami().await {
        findings.push(broken(
            "account",
            format!("the homeserver does not accept the kept session ({error})"),
            format!(
                "if the device was removed, move {} and {} away, set the password and 'account.recovery_key_file', and run 'linli provision'",
                session::file(&config.data).display(),
                config.data.join("matrix").display()
            ),
        ));
        return Ok(());
    }
    findings.push(well("account", format!("logged in as {}", account.user_id)));
    encryption(config, &account, findings).await?;
    rooms(config, &account, findings).await;
    Ok(())
}

/// Whether other clients can trust our device, and whether our keys outlive it.
async fn encryption(
    config: &Config,
    account: &Account,
    findings: &mut Vec<Finding>,
) -> Result<(), Failure> {
    let path = ["_matrix", "client", "v3", "keys", "query"];
    let body = json!({"device_keys": {account.user_id.as_str(): []}});
    let keys = account.request(Method::POST, &path, Some(body)).await;
    let keys = keys.unwrap_or(Value::Null);
    let signer = keys["self_signing_keys"][&account.user_id]["keys"]
        .as_object()
        .and_then(|keys| keys.keys().next().cloned());
    let device = &keys["device_keys"][&account.user_id][&account.device_id];
    let signed = signer
        .as_ref()
        .is_some_and(|signer| device["signatures"][&account.user_id][signer].is_string());
    let path = ["_matrix", "client", "v3", "room_keys", "version"];
    let backup = account.request(Method::GET, &path, None).await.is_ok();
    let recovery = session::has_recovery_key(&config.data)?;
    findings.push(match (signed, backup, recovery) {
        (true, true, true) => well(
            "encryption",
            "the device is cross-signed, keys are backed up, the recovery key is kept",
        ),
        (false, _, _) => poor(
            "encryption",
            "the device is not cross-signed: residents see a warning on its messages in encrypted rooms",
            "stop linli, move its data folder's session.json and matrix folder away, start it with the password and 'account.recovery_key_file'",
        ),
        (true, _, false) => poor(
            "encryption",
            "no recovery key is kept, so that a lost disk loses the keys",
            "set 'account.recovery_key_file' to this account's recovery key, and start linli again",
        ),
        (true, false, true) => poor(
            "encryption",
            "keys are not backed up at the homeserver",
            "restart linli, which begins a backup; see its log if this stays",
        ),
    });
    Ok(())
}

async fn rooms(config: &Config, account: &Account, findings: &mut Vec<Finding>) {
    let mut probe = None;
    for room in config.communities.iter().flat_map(|c| &c.rooms) {
        let address = room.address.clone();
        let id = match find(account, &address).await {
            Ok(id) => id,
            Err(_) => {
                findings.push(broken(
                    "room",
                    format!("{address} does not exist"),
                    "run 'linli provision', or correct the address",
                ));
                continue;
            }
        };
        match RoomState::read(account, &id).await {
            Ok(state) => {
                if room.purpose == Purpose::Staff {
                    probe = Some(id);
                }
                findings.push(power(account, &address, &state));
                findings.extend(upgraded(&address, &state));
            }
            Err(_) => findings.push(broken(
                "room",
                format!("linli is not in {address}"),
                format!("invite {} there; it joins by itself", account.user_id),
            )),
        }
    }
    for list in config.communities.iter().flat_map(|c| &c.lists) {
        findings.push(followed(account, &list.address).await);
    }
    if let Some(room) = probe {
        findings.push(rate_limit(config, account, &room).await);
    }
}

/// Whether linli hears what a ban list says.
async fn followed(account: &Account, address: &str) -> Finding {
    let state = match find(account, address).await {
        Ok(id) => RoomState::read(account, &id).await,
        Err(error) => Err(error),
    };
    match state {
        Ok(_) => well("list", format!("{address} is followed")),
        Err(error) => poor(
            "list",
            format!("the ban list {address} is not followed ({error})"),
            "run 'linli provision', which joins it; whoever keeps it may have to let linli in",
        ),
    }
}

/// The id of the room behind an address of the configuration.
///
/// # Errors
/// `M_NOT_FOUND` for an alias that nobody has.
pub async fn find(account: &Account, address: &str) -> Result<String, Error> {
    if address.starts_with('!') {
        return Ok(address.to_owned());
    }
    let path = ["_matrix", "client", "v3", "directory", "room", address];
    let found = account.request(Method::GET, &path, None).await?;
    Ok(found["room_id"].as_str().unwrap_or_default().to_owned())
}

/// Whether a room was replaced by another.
fn upgraded(address: &str, state: &RoomState) -> Option<Finding> {
    let newer = state.replaced_by()?;
    Some(poor(
        "room",
        format!("{address} was upgraded; linli goes along to {newer}"),
        format!(
            "write {newer} in its place into the configuration, see that linli is in it, and give it power 100 there"
        ),
    ))
}

/// Whether linli is strong enough in a room.
fn power(account: &Account, address: &str, state: &RoomState) -> Finding {
    let has = state.power(&account.user_id);
    let lacks: Vec<&str> = ["events_default", "redact", "kick", "ban"]
        .into_iter()
        .filter(|action| has < state.needs(action))
        .collect();
    let shown = if has == i64::MAX {
        "the power of the room's owner".to_owned()
    } else {
        format!("power {has}")
    };
    if lacks.contains(&"events_default") {
        return broken(
            "power",
            format!("linli has {shown} in {address} and may not speak there"),
            "give it power 100 in Element: room settings → roles and permissions",
        );
    }
    if has < 100 {
        return poor(
            "power",
            format!(
                "linli has {shown} in {address}, too little to mute members (lacking: {})",
                lacks.join(", ")
            ),
            "give it power 100 in Element: room settings → roles and permissions",
        );
    }
    well("power", format!("{shown} in {address}"))
}

/// Sends some events that no client shows, and sees whether one is refused.
async fn rate_limit(config: &Config, account: &Account, room: &str) -> Finding {
    for n in 0..PROBES {
        let sent = account
            .send_event(room, "dev.linli.probe", json!({ "n": n }))
            .await;
        match sent {
            Ok(_) => {}
            Err(error) if error.errcode() == Some("M_LIMIT_EXCEEDED") => {
                let how = format!(
                    "the homeserver limits linli to about {n} messages at once; cards come late when many report together"
                );
                return poor("rate limit", how, lift(config, account));
            }
            Err(error) => {
                return poor(
                    "rate limit",
                    format!("it could not be measured ({error})"),
                    "see the findings about rooms",
                );
            }
        }
    }
    well(
        "rate limit",
        format!("{PROBES} messages at once are accepted"),
    )
}

/// The exact command that lifts the limit (Synapse's admin API, "Override ratelimiting for users").
fn lift(config: &Config, account: &Account) -> String {
    format!(
        "as an administrator of the homeserver, once: curl -X POST -H 'Authorization: Bearer <administrator's access token>' -d '{{\"messages_per_second\":0,\"burst_count\":0}}' {}/_synapse/admin/v1/users/{}/override_ratelimit",
        config.account.homeserver.trim_end_matches('/'),
        account.user_id
    )
}
