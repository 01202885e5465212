//! Fetching a picture to look at it: no more bytes than are looked at, opened with its key where it has one, and handed
//! to [`pictures`] on a thread where nobody waits.

use std::io::{Cursor, Read as _};

use matrix_sdk_crypto::{AttachmentDecryptor, MediaEncryptionInfo};
use serde_json::Value;
use tracing::debug;

use super::{
    Answer,
    account::{Account, Error},
    acts,
};
use crate::pictures::{self, BYTES_MAX};

/// What the QR codes of a picture hold. One that cannot be read, or that is too large, holds nothing.
pub async fn look(account: &Account, media: &str) -> Answer {
    let content: Value = serde_json::from_str(media).unwrap_or_default();
    let file = &content["file"];
    let url = file["url"].as_str().or(content["url"].as_str());
    let Some((server, id)) = url.and_then(address) else {
        return Answer::Seen(Vec::new());
    };
    let fetched = account.download(server, id, BYTES_MAX).await;
    let bytes = match fetched {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Answer::Seen(Vec::new()),
        // What the homeserver does not have, or does not give, is not looked at.
        Err(Error::Refused(refusal)) if matches!(refusal.status, 400..=404 | 413 | 502 | 504) => {
            return Answer::Seen(Vec::new());
        }
        Err(error) => return acts::classify(&error),
    };
    let key = serde_json::from_value(file.clone()).ok();
    let looking = tokio::task::spawn_blocking(move || {
        let bytes = match key {
            Some(key) => opened(bytes, key)?,
            None => bytes,
        };
        pictures::codes(&bytes).map_err(|refused| refused.to_string())
    });
    match looking.await {
        Ok(Ok(held)) => Answer::Seen(held),
        Ok(Err(why)) => {
            debug!(why, "a picture was not looked at");
            Answer::Seen(Vec::new())
        }
        Err(error) => Answer::Retry(error.to_string()),
    }
}

/// The server and the id of an `mxc://` address.
pub(super) fn address(url: &str) -> Option<(&str, &str)> {
    let (server, id) = url.strip_prefix("mxc://")?.split_once('/')?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:[]".contains(c);
    let fits = |part: &str| !part.is_empty() && part.chars().all(is_plain);
    (fits(server) && fits(id)).then_some((server, id))
}

/// What an encrypted file holds (Client-Server API, "Sending encrypted attachments").
pub(super) fn opened(bytes: Vec<u8>, key: MediaEncryptionInfo) -> Result<Vec<u8>, String> {
    let mut closed = Cursor::new(bytes);
    let mut reader =
        AttachmentDecryptor::new(&mut closed, key).map_err(|error| error.to_string())?;
    let mut open = Vec::new();
    reader
        .read_to_end(&mut open)
        .map_err(|error| error.to_string())?;
    Ok(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_media_are_fetched() {
        assert_eq!(address("mxc://a.org/Ab-1"), Some(("a.org", "Ab-1")));
        for odd in [
            "https://a.org/x",
            "mxc://a.org/",
            "mxc://a.org/../x",
            "mxc:///x",
            "geo:1,2",
        ] {
            assert_eq!(address(odd), None, "{odd}");
        }
    }

    #[test]
    fn an_encrypted_file_is_opened_with_its_key() {
        let mut clear = Cursor::new(b"a picture".to_vec());
        let mut closing = matrix_sdk_crypto::AttachmentEncryptor::new(&mut clear);
        let mut closed = Vec::new();
        closing.read_to_end(&mut closed).unwrap();
        let key = closing.finish();
        assert_ne!(closed, b"a picture");
        let told = serde_json::to_value(&key).unwrap();
        let key = serde_json::from_value(told).unwrap();
        assert_eq!(opened(closed.clone(), key).unwrap(), b"a picture");
        let mut forged = closed;
        forged[0] ^= 1;
        let mut clear = Cursor::new(b"another".to_vec());
        let mut other = matrix_sdk_crypto::AttachmentEncryptor::new(&mut clear);
        let mut sink = Vec::new();
        other.read_to_end(&mut sink).unwrap();
        assert!(opened(forged, other.finish()).is_err());
    }
}
