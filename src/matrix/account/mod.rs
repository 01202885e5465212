//! A person (or a bot) on a homeserver, as plain requests of the client-server API.

pub(crate) mod call;
mod error;
mod gaze;
mod read;
mod rooms;
mod send;
pub mod watcher;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use reqwest::Method;
use serde_json::{Value, json};

use call::{Api, Ask};
pub use error::{Error, Refusal};
pub use read::{Direction, Page};
pub use send::{Image, Text};

/// One login of one user: each has its own device, and clones of it share that device.
///
/// Every method is one request. All of them fail with [`Error`]: the homeserver's refusal with its code, or no answer. A
/// request that meets a rate limit waits as long as the homeserver says and is sent again, see [`Account::patient`].
#[derive(Clone)]
pub struct Account {
    /// The homeserver's address, without a slash at the end.
    pub base_url: String,
    /// Such as `@anna:localhost`.
    pub user_id: String,
    /// What proves the login; never shown by `Debug`.
    pub access_token: String,
    /// The homeserver's name for this login.
    pub device_id: String,
    api: Api,
    transactions: Arc<AtomicU64>,
}

impl Account {
    /// Logs in with a password. `user` is a localpart or a whole user id.
    ///
    /// # Errors
    /// `M_FORBIDDEN` for a wrong password or an unknown user; [`Error::Unreachable`] without a homeserver.
    pub async fn login(base_url: &str, user: &str, password: &str) -> Result<Self, Error> {
        let api = Api::new(call::http_client(base_url)?, base_url)?;
        let body = json!({
            "type": "m.login.password",
            "identifier": { "type": "m.id.user", "user": user },
            "password": password,
        });
        let ask = Ask::new(Method::POST, &["_matrix", "client", "v3", "login"]).json(body);
        let answer = api.call(&ask).await?;
        Self::from_login(api, &answer)
    }

    /// Reads the homeserver's answer to a login or a registration.
    pub(crate) fn from_login(api: Api, answer: &Value) -> Result<Self, Error> {
        let text = |key: &'static str| call::text_in(answer, key);
        let access_token = text("access_token")?;
        Ok(Self {
            base_url: api.base_url(),
            user_id: text("user_id")?,
            device_id: text("device_id")?,
            api: api.with_token(access_token.clone()),
            access_token,
            transactions: Arc::default(),
        })
    }

    /// Goes on with a login of earlier. `first_transaction` must be above every one that this device has used.
    ///
    /// # Errors
    /// [`Error::Address`] where `base_url` is none.
    pub fn resume(
        base_url: &str,
        user_id: &str,
        device_id: &str,
        access_token: &str,
        first_transaction: u64,
    ) -> Result<Self, Error> {
        let api = Api::new(call::http_client(base_url)?, base_url)?;
        Ok(Self {
            base_url: api.base_url(),
            user_id: user_id.to_owned(),
            device_id: device_id.to_owned(),
            api: api.with_token(access_token.to_owned()),
            access_token: access_token.to_owned(),
            transactions: Arc::new(AtomicU64::new(first_transaction)),
        })
    }

    /// Whether requests wait out a rate limit (the default, at most two minutes each) or fail with `M_LIMIT_EXCEEDED`
    /// at once.
    #[must_use]
    pub fn patient(mut self, patient: bool) -> Self {
        self.api.patient = patient;
        self
    }

    /// Ends this login; every later request fails with `M_UNKNOWN_TOKEN`.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn logout(&self) -> Result<(), Error> {
        self.post(&["logout"], json!({})).await.map(drop)
    }

    /// The user id the homeserver knows this login by.
    ///
    /// # Errors
    /// See [`Account`]; `M_UNKNOWN_TOKEN` when the login has ended.
    pub async fn whoami(&self) -> Result<String, Error> {
        let answer = self.get(&["account", "whoami"], &[]).await?;
        call::text_in(&answer, "user_id")
    }

    /// Changes the name others see. In rooms it arrives a little later, one room after the other.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn set_displayname(&self, name: &str) -> Result<(), Error> {
        let path = ["profile", &self.user_id, "displayname"];
        self.put(&path, json!({ "displayname": name }))
            .await
            .map(drop)
    }

    /// Any request with this login, for what has no method here. `path` holds the parts from the root on, not encoded.
    ///
    /// # Errors
    /// See [`Account`].
    pub async fn request(
        &self,
        method: Method,
        path: &[&str],
        body: Option<Value>,
    ) -> Result<Value, Error> {
        let ask = Ask::new(method, path);
        match body {
            Some(body) => self.api.call(&ask.json(body)).await,
            None => self.api.call(&ask).await,
        }
    }

    /// GET below `/_matrix/client/v3`.
    async fn get(&self, path: &[&str], query: &[(&str, String)]) -> Result<Value, Error> {
        let path = call::client_path(path);
        self.api
            .call(&Ask::new(Method::GET, &path).query(query))
            .await
    }

    /// POST below `/_matrix/client/v3`.
    async fn post(&self, path: &[&str], body: Value) -> Result<Value, Error> {
        let path = call::client_path(path);
        self.api
            .call(&Ask::new(Method::POST, &path).json(body))
            .await
    }

    /// PUT below `/_matrix/client/v3`.
    async fn put(&self, path: &[&str], body: Value) -> Result<Value, Error> {
        let path = call::client_path(path);
        self.api
            .call(&Ask::new(Method::PUT, &path).json(body))
            .await
    }

    /// A transaction id this device has not used: the device is as new as the counter.
    fn transaction(&self) -> String {
        format!("dev-{}", self.transactions.fetch_add(1, Ordering::Relaxed))
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("base_url", &self.base_url)
            .field("user_id", &self.user_id)
            .field("device_id", &self.device_id)
            .finish_non_exhaustive()
    }
}
