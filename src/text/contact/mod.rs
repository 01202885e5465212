//! Contact ids: a number or a handle beside a word for a network or for "add me", in the disguises of adverts. Nothing
//! here does IO.
//!
//! A word alone is none, and neither is a number alone: neighbours write telephone numbers, order codes, meter readings
//! and number plates all day. It takes both, near to each other. How near depends on the word: `嶶信` stands in no honest
//! sentence, `微信` does, and `飞机` is a plane unless somebody is told to add it.
//!
//! `marks` finds words and handles, `handle` says what may be one, and `pair` which belong to each other.

mod handle;
mod marks;
mod pair;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::fold::Folded;
use pair::Around;

/// The network on which somebody wants to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    WeChat,
    Qq,
    Telegram,
    WhatsApp,
    /// Another network.
    Other,
    /// None is named: `加我 abc123`.
    Unnamed,
}

/// A contact id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub channel: Channel,
    /// True where the word for the network is disguised, which honest people have no reason for.
    pub veiled: bool,
    /// True where that word is shortened as neighbours do too: `加v`, `vx`.
    pub short: bool,
    /// The word and the handle, and what lies between them: a byte range of the text as written.
    pub range: Range<usize>,
    /// The handle alone, likewise.
    pub handle: Range<usize>,
}

/// The contact ids of a text, in their order.
#[must_use]
pub fn find(text: &Folded<'_>) -> Vec<Contact> {
    let view = text.spelled().squeezed();
    let marks = marks::all(&view);
    let contact = |at| {
        let pair = Around::of(view.text(), &marks, at)?.pair()?;
        let handle = marks[at].start..marks[at].end;
        let range = pair.word.start.min(handle.start)..pair.word.end.max(handle.end);
        Some(Contact {
            channel: pair.channel,
            veiled: pair.veiled,
            short: pair.short,
            range: view.original(range),
            handle: view.original(handle),
        })
    };
    (0..marks.len()).filter_map(contact).collect()
}
