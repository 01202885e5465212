//! Links: what is one, where it leads, and what speaks against it. Nothing here does IO.
//!
//! People write links without a scheme, behind Chinese characters, and adverts write `点com` and `[.]` for the dot. What
//! stands there is parsed as any browser does (WHATWG URL, by the `url` crate), so that user names, ports, escapes and
//! international names cannot hide the host. A number with a dot is no link, nor are a mail address and a Matrix id.

mod hosts;
mod likeness;
mod scan;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::{contact::Channel, fold::Folded};
pub use hosts::Hosts;

/// A link in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its byte range in the text as written.
    pub range: Range<usize>,
    /// The host, in lower case, international names in their ASCII form; an IP address as it is.
    pub host: String,
    pub kind: Kind,
    /// True where the link is written so that programs overlook it, which honest people have no reason for.
    pub veiled: bool,
}

/// What is to be said about where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The operator allows this host.
    Allowed,
    /// The operator wants no links to this host.
    Denied,
    /// A service that hides where it leads.
    Shortener,
    /// An invitation to a group or a talk of another network.
    Invitation(Channel),
    /// A name made to be taken for this one.
    LookAlike(String),
    /// A name that is near to this one, by accident or on purpose.
    Near(String),
    /// A bare number instead of a name.
    Address,
    /// Nothing speaks for or against it.
    Plain,
}

/// So many links of a text are looked at. Nobody honest writes more.
pub const LINKS_MAX: usize = 32;

/// The links of a text, in their order: at most [`LINKS_MAX`].
#[must_use]
pub fn find(text: &Folded<'_>, hosts: &Hosts) -> Vec<Link> {
    let candidates = scan::candidates(text);
    let links = candidates.into_iter().filter_map(|candidate| {
        let url = url::Url::parse(&candidate.url).ok()?;
        let host = match url.host()? {
            url::Host::Domain(name) => name.trim_end_matches('.').to_owned(),
            url::Host::Ipv4(address) => address.to_string(),
            url::Host::Ipv6(address) => address.to_string(),
        };
        let is_number = !matches!(url.host(), Some(url::Host::Domain(_)));
        let range = text.original(candidate.start..candidate.end);
        Some(Link {
            kind: hosts.kind(&host, url.path(), is_number),
            veiled: candidate.veiled || is_homograph(&text.source()[range.clone()]),
            range,
            host,
        })
    });
    links.collect()
}

/// Whether letters of other scripts pass for Latin ones. Full-width letters are what Chinese keyboards write.
fn is_homograph(written: &str) -> bool {
    let host = written.split_once("://").map_or(written, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let is_odd =
        |c: char| c.is_alphabetic() && !c.is_ascii() && !('\u{FF21}'..='\u{FF5A}').contains(&c);
    host.chars().any(|c| is_odd(c) && c != '点')
}
