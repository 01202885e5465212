//! Accounts by Synapse's admin API: the shared secret makes them, so registration stays closed to everybody else.

use std::fs;

use anyhow::{Context, Result};
use hmac::{Hmac, Mac};
use reqwest::Method;
use serde_json::json;
use sha1::Sha1;

use super::{Synapse, settings};
use crate::matrix::account::call::{Api, Ask};
use crate::matrix::account::{Account, Error};

/// The path of shared-secret registration in Synapse's admin API.
const REGISTER: &[&str] = &["_synapse", "admin", "v1", "register"];

impl Synapse {
    /// Makes an account and logs it in; one that exists already is logged in with the password and keeps its name.
    ///
    /// `localpart` is the part of the user id before the colon, in lower case. An `admin` may use Synapse's admin API.
    ///
    /// # Errors
    /// When the homeserver is away or refuses the name, or the account exists with another password.
    pub async fn register(
        &self,
        localpart: &str,
        password: &str,
        display_name: Option<&str>,
        admin: bool,
    ) -> Result<Account> {
        let secret = fs::read_to_string(self.options.folder.join(settings::SECRET))
            .context("Cannot read the registration secret")?;
        let api = Api::new(self.http.clone(), &self.base_url)?;
        let nonce = api.call(&Ask::new(Method::GET, REGISTER)).await?;
        let nonce = nonce["nonce"].as_str().unwrap_or_default();
        let rank = if admin { "admin" } else { "notadmin" };
        let mut request = json!({
            "nonce": nonce,
            "username": localpart,
            "password": password,
            "admin": admin,
            "mac": proof(secret.trim(), &[nonce, localpart, password, rank])?,
        });
        if let Some(name) = display_name {
            request["displayname"] = name.into();
        }
        let ask = Ask::new(Method::POST, REGISTER).json(request);
        match api.call(&ask).await {
            Ok(answer) => Ok(Account::from_login(api, &answer)?),
            Err(Error::Refused(refusal)) if refusal.errcode == "M_USER_IN_USE" => {
                Ok(Account::login(&self.base_url, localpart, password).await?)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Frees `user_id` of every limit on sending, as an operator would for a bot; `admin` must be one.
    ///
    /// # Errors
    /// When `admin` is none, or nobody has this id.
    pub async fn lift_rate_limit(&self, admin: &Account, user_id: &str) -> Result<()> {
        let path = &[
            "_synapse",
            "admin",
            "v1",
            "users",
            user_id,
            "override_ratelimit",
        ];
        // Zero means no limit to Synapse, not no messages.
        let none = json!({ "messages_per_second": 0, "burst_count": 0 });
        admin
            .request(Method::POST, path, Some(none))
            .await
            .with_context(|| format!("Cannot lift the rate limit of {user_id}"))?;
        Ok(())
    }
}

/// HMAC-SHA1 over the parts with a zero byte between them, in hexadecimal, as Synapse's admin API describes it.
fn proof(secret: &str, parts: &[&str]) -> Result<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes())?;
    mac.update(parts.join("\0").as_bytes());
    Ok(format!("{:x}", mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::proof;

    #[test]
    fn the_proof_is_the_one_python_computes() {
        let proof = proof("secret", &["n", "anna", "pw", "notadmin"]).unwrap();
        assert_eq!(proof, "e96902a0fb8a032718de7a8a776f155daceed14d");
    }
}
