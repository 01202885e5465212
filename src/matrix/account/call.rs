//! One request of the client-server API: built, sent, sent again when it met a rate limit, and judged.

use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Method, Response, StatusCode, Url};
use serde_json::Value;

use super::{Error, Refusal};

/// Synapse takes its time for a first join or a big room, but not this much.
const PATIENCE: Duration = Duration::from_mins(1);
/// All the waits for a rate limit that one request may add up to.
const LIMIT_PATIENCE: Duration = Duration::from_mins(2);
/// A limit that names no time, or none worth waiting for, still gets a pause.
const LIMIT_PAUSE: Duration = Duration::from_millis(100);

/// Makes an HTTP client for a homeserver.
///
/// One that speaks plain HTTP is on this machine: a proxy in the environment is not meant for it, and without
/// certificates a client is made at once, and also where the system has none.
pub(crate) fn http_client(base_url: &str) -> Result<Client, Error> {
    let client = if base_url.starts_with("https://") {
        Client::builder()
    } else {
        Client::builder().no_proxy().tls_certs_only([])
    };
    client.build().map_err(Error::Client)
}

/// `parts` below `/_matrix/client/v3`.
pub(super) fn client_path<'a>(parts: &[&'a str]) -> Vec<&'a str> {
    [&["_matrix", "client", "v3"], parts].concat()
}

/// The text under `key` of an answer, or the error that it is missing.
pub(super) fn text_in(answer: &Value, key: &str) -> Result<String, Error> {
    let text = answer[key].as_str();
    text.map(str::to_owned)
        .ok_or_else(|| Error::Incomplete(key.to_owned()))
}

/// What to ask. The parts of the path are encoded when it is sent.
pub(crate) struct Ask<'a> {
    method: Method,
    path: &'a [&'a str],
    query: &'a [(&'a str, String)],
    body: Body<'a>,
    patience: Duration,
}

enum Body<'a> {
    Nothing,
    Json(Value),
    Bytes(&'a [u8], &'a str),
}

impl<'a> Ask<'a> {
    pub(crate) fn new(method: Method, path: &'a [&'a str]) -> Self {
        Self {
            method,
            path,
            query: &[],
            body: Body::Nothing,
            patience: PATIENCE,
        }
    }

    pub(crate) fn json(mut self, body: Value) -> Self {
        self.body = Body::Json(body);
        self
    }

    pub(super) fn bytes(mut self, bytes: &'a [u8], content_type: &'a str) -> Self {
        self.body = Body::Bytes(bytes, content_type);
        self
    }

    pub(super) fn query(mut self, query: &'a [(&'a str, String)]) -> Self {
        self.query = query;
        self
    }

    /// For a long poll: waits `longer` than usual for the answer.
    pub(super) fn for_longer(mut self, longer: Duration) -> Self {
        self.patience = PATIENCE + longer;
        self
    }
}

/// A homeserver, and perhaps a login there.
#[derive(Clone)]
pub(crate) struct Api {
    http: Client,
    base: Url,
    token: Option<String>,
    pub(super) patient: bool,
}

impl Api {
    pub(crate) fn new(http: Client, base_url: &str) -> Result<Self, Error> {
        let base = Url::parse(base_url)
            .ok()
            .filter(|url| !url.cannot_be_a_base());
        Ok(Self {
            http,
            base: base.ok_or_else(|| Error::Address(base_url.to_owned()))?,
            token: None,
            patient: true,
        })
    }

    pub(super) fn with_token(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }

    pub(super) fn base_url(&self) -> String {
        self.base.as_str().trim_end_matches('/').to_owned()
    }

    /// Sends it until there is an answer that is not a rate limit; an empty answer is `Null`.
    ///
    /// Sending again is safe: a transaction id stays the same, and a limited request has done nothing.
    pub(crate) async fn call(&self, ask: &Ask<'_>) -> Result<Value, Error> {
        let mut waited = Duration::ZERO;
        loop {
            let error = match self.once(ask).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let pause = limit_pause(&error);
            let Some(pause) =
                pause.filter(|pause| self.patient && waited + *pause <= LIMIT_PATIENCE)
            else {
                return Err(error);
            };
            tokio::time::sleep(pause).await;
            waited += pause;
        }
    }

    async fn once(&self, ask: &Ask<'_>) -> Result<Value, Error> {
        let url = self.url(ask.path)?;
        let path = url.path().to_owned();
        let mut request = self
            .http
            .request(ask.method.clone(), url)
            .timeout(ask.patience)
            .query(ask.query);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        request = match &ask.body {
            Body::Nothing => request,
            Body::Json(value) => request.json(value),
            Body::Bytes(bytes, kind) => request.header(CONTENT_TYPE, *kind).body(bytes.to_vec()),
        };
        let unreachable = |source: reqwest::Error| Error::Unreachable {
            request: format!("{} {path}", ask.method),
            // The address would be said twice, and with it the query.
            source: source.without_url(),
        };
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        let retry_after = retry_header(&response);
        let bytes = response.bytes().await.map_err(unreachable)?;
        let answer = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        if status.is_success() {
            return Ok(answer);
        }
        let text = |key: &str| answer[key].as_str().unwrap_or_default().to_owned();
        Err(Error::Refused(Box::new(Refusal {
            method: ask.method.to_string(),
            path,
            status: status.as_u16(),
            errcode: text("errcode"),
            error: text("error"),
            retry_after: answer["retry_after_ms"]
                .as_u64()
                .map(Duration::from_millis)
                .or(retry_after),
        })))
    }

    /// The bytes of an answer; None where there are more than `max`, of which no more are read then.
    pub(crate) async fn bytes(&self, path: &[&str], max: usize) -> Result<Option<Vec<u8>>, Error> {
        let url = self.url(path)?;
        let named = url.path().to_owned();
        let unreachable = |source: reqwest::Error| Error::Unreachable {
            request: format!("GET {named}"),
            source: source.without_url(),
        };
        let mut request = self.http.get(url).timeout(PATIENCE);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let mut response = request.send().await.map_err(unreachable)?;
        if !response.status().is_success() {
            return Err(Error::Refused(Box::new(Refusal {
                method: "GET".to_owned(),
                status: response.status().as_u16(),
                retry_after: retry_header(&response),
                errcode: "M_UNKNOWN".to_owned(),
                error: String::new(),
                path: named,
            })));
        }
        let mut bytes = Vec::new();
        while let Some(part) = response.chunk().await.map_err(unreachable)? {
            if bytes.len() + part.len() > max {
                return Ok(None);
            }
            bytes.extend_from_slice(&part);
        }
        Ok(Some(bytes))
    }

    fn url(&self, path: &[&str]) -> Result<Url, Error> {
        let mut url = self.base.clone();
        match url.path_segments_mut() {
            Ok(mut segments) => segments.pop_if_empty().extend(path),
            Err(()) => return Err(Error::Address(self.base.to_string())),
        };
        Ok(url)
    }
}

fn retry_header(response: &Response) -> Option<Duration> {
    let value = response.headers().get("retry-after")?.to_str().ok()?;
    value.parse().ok().map(Duration::from_secs)
}

/// How long to wait before this is sent again, if it met a rate limit.
fn limit_pause(error: &Error) -> Option<Duration> {
    match error {
        Error::Refused(refusal) if refusal.status == StatusCode::TOO_MANY_REQUESTS.as_u16() => {
            Some(refusal.retry_after.unwrap_or_default().max(LIMIT_PAUSE))
        }
        Error::Refused(_)
        | Error::Unreachable { .. }
        | Error::Incomplete(_)
        | Error::Address(_)
        | Error::Client(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Api, http_client};

    #[test]
    fn parts_of_a_path_are_encoded_one_by_one() {
        let api = Api::new(
            http_client("http://127.0.0.1").unwrap(),
            "http://127.0.0.1:1/",
        )
        .unwrap();
        let url = api.url(&["join", "#a/b c:localhost", "", "%?"]).unwrap();
        assert_eq!(
            url.as_str(),
            "http://127.0.0.1:1/join/%23a%2Fb%20c:localhost//%25%3F"
        );
        assert_eq!(api.base_url(), "http://127.0.0.1:1");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for nonsense in ["localhost", "mailto:a@b", ""] {
            assert!(Api::new(http_client("http://127.0.0.1").unwrap(), nonsense).is_err());
        }
    }
}
