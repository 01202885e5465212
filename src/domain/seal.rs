//! Sealing of what the store must not tell: whoever has the key reads it, nobody else does.
//! Nothing in this file does IO, or draws chance: the same is sealed to the same.
//!
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) with a nonce that is a MAC of what is sealed, so that a nonce comes again only
//! with the same text. Both keys are made of the configured secret by HMAC-SHA256.

use std::fmt::{self, Write as _};

use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{Aead as _, KeyInit as _, Payload},
};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

use super::ids::{EventId, UserId};

/// Characters that a secret must have at least: 32 of hexadecimal digits are 128 bits.
pub const SECRET_CHARS_MIN: usize = 32;

/// What stands before the mark of somebody who must not be known; no id of Matrix begins so.
pub const MARKED: char = '~';

/// Bytes of a nonce of XChaCha20-Poly1305.
const NONCE_BYTES: usize = 24;

/// What is sealed is a multiple of so many bytes long: it does not tell how long a name is.
const BLOCK_BYTES: usize = 64;

/// Bytes of a mark that are kept.
const MARK_BYTES: usize = 16;

/// Seals, opens and marks.
#[derive(Clone)]
pub struct Seal {
    cipher: XChaCha20Poly1305,
    nonces: [u8; 32],
    marks: [u8; 32],
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    /// A seal of this secret; None where it is too short to be one.
    #[must_use]
    pub fn of(secret: &SecretString) -> Option<Self> {
        let secret = secret.expose_secret().trim();
        if secret.chars().count() < SECRET_CHARS_MIN {
            return None;
        }
        let key = |purpose: &str| mac(secret.as_bytes(), &[purpose]);
        Some(Self {
            cipher: XChaCha20Poly1305::new(&key("linli seal cipher").into()),
            nonces: key("linli seal nonces"),
            marks: key("linli seal marks"),
        })
    }

    /// Seals a text for a purpose, without which it cannot be opened.
    #[must_use]
    pub fn close(&self, purpose: &str, text: &str) -> String {
        let mut plain = text.as_bytes().to_vec();
        plain.push(0x80);
        plain.resize(plain.len().next_multiple_of(BLOCK_BYTES), 0);
        let nonce = mac(&self.nonces, &[purpose, text]);
        let nonce = &nonce[..NONCE_BYTES];
        let payload = Payload {
            msg: &plain,
            aad: purpose.as_bytes(),
        };
        // It fails only for more than 256 GiB.
        let sealed = self
            .cipher
            .encrypt(nonce.into(), payload)
            .unwrap_or_default();
        hex(&[nonce, &sealed].concat())
    }

    /// Opens what was sealed for a purpose; None where it was for another one, or with another key.
    #[must_use]
    pub fn open(&self, purpose: &str, sealed: &str) -> Option<String> {
        let bytes = unhex(sealed)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
        let payload = Payload {
            msg: sealed,
            aad: purpose.as_bytes(),
        };
        let mut plain = self.cipher.decrypt(nonce.into(), payload).ok()?;
        let end = plain.iter().rposition(|byte| *byte == 0x80)?;
        plain.truncate(end);
        String::from_utf8(plain).ok()
    }

    /// A mark for a text: the same each time, and without the key nobody can tell of what.
    #[must_use]
    pub fn mark(&self, purpose: &str, text: &str) -> String {
        let mark = mac(&self.marks, &[purpose, text]);
        format!("{MARKED}{}", hex(&mark[..MARK_BYTES]))
    }
}

impl UserId {
    /// True where it is the mark of somebody who must not be known.
    #[must_use]
    pub fn is_mark(&self) -> bool {
        self.as_str().starts_with(MARKED)
    }
}

impl EventId {
    /// True where it is the mark of an event of theirs.
    #[must_use]
    pub fn is_mark(&self) -> bool {
        self.as_str().starts_with(MARKED)
    }
}

/// HMAC-SHA256 over parts, each with its length before it.
fn mac(key: &[u8], parts: &[&str]) -> [u8; 32] {
    // Keys of any length are keys of HMAC.
    let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(secret: &str) -> Seal {
        Seal::of(&SecretString::from(secret.to_owned())).expect("long enough")
    }

    #[test]
    fn what_is_sealed_opens_with_the_same_key_and_for_the_same_purpose_only() {
        let own = seal("0123456789abcdef0123456789abcdef");
        let other = seal("0123456789abcdef0123456789abcdeX");
        for text in [
            "",
            "@wangfang:hexie.test",
            "门牌 3-2-501",
            &"长".repeat(500),
        ] {
            let sealed = own.close("ticket 12", text);
            assert_eq!(own.open("ticket 12", &sealed).as_deref(), Some(text));
            assert_eq!(own.open("ticket 13", &sealed), None);
            assert_eq!(other.open("ticket 12", &sealed), None);
            assert_eq!(own.close("ticket 12", text), sealed);
            assert!(text.is_empty() || !sealed.contains(text));
            let mut forged = sealed.clone();
            forged.replace_range(60..61, if &sealed[60..61] == "0" { "1" } else { "0" });
            assert_eq!(own.open("ticket 12", &forged), None);
        }
        assert_eq!(own.open("ticket 12", "abc"), None);
        assert_eq!(own.open("ticket 12", "00"), None);
    }

    #[test]
    fn it_does_not_tell_how_long_a_name_is() {
        let seal = seal("0123456789abcdef0123456789abcdef");
        let long = |text: &str| seal.close("p", text).len();
        assert_eq!(long("@a:b"), long("@somebody-with-a-name:example.org"));
    }

    #[test]
    fn marks_are_of_their_key_purpose_and_text() {
        let own = seal("0123456789abcdef0123456789abcdef");
        let mark = own.mark("user", "@wangfang:hexie.test");
        assert_eq!(own.mark("user", "@wangfang:hexie.test"), mark);
        assert_ne!(own.mark("event", "@wangfang:hexie.test"), mark);
        assert_ne!(own.mark("user", "@liming:hexie.test"), mark);
        // Parts do not run into each other.
        assert_ne!(own.mark("a", "bc"), own.mark("ab", "c"));
        assert!(UserId::from(mark.as_str()).is_mark());
        assert!(!UserId::from("@a:b").is_mark());
    }

    #[test]
    fn a_short_secret_is_none() {
        assert!(Seal::of(&SecretString::from("secret".to_owned())).is_none());
    }
}
