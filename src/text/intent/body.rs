//! The sender's own words: without the quote of a reply, without the bot's name. Nothing
//! here does IO.

use std::ops::Range;

use crate::text::fold::Folded;
use crate::text::words::{is_han, starts_in_latin};

/// The text without the quoted message that Matrix clients put before a reply.
pub(super) fn without_quote(text: &str) -> &str {
    let mut rest = text;
    while is_quoted(rest) {
        rest = rest.split_once('\n').map_or("", |(_, after)| after);
    }
    if rest.len() < text.len() {
        rest.trim_start_matches(['\r', '\n'])
    } else {
        text
    }
}

fn is_quoted(text: &str) -> bool {
    text.starts_with("> ") || text.starts_with(">\n") || text.starts_with(">\r\n") || text == ">"
}

/// The text without the bot's names, and whether it calls the bot by one of them:
/// `@linli …` anywhere, `linli: …` at the start. When the message is known to mention the
/// bot, its name without `@` counts anywhere.
pub(super) fn without_bot_name(
    folded: &Folded,
    names: &[&str],
    is_mentioned: bool,
) -> Option<String> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for name in names {
        let name = Folded::new(name.trim().trim_start_matches('@'));
        let name = name.text();
        // A full user id is also called by its part before the colon.
        let local = name.split_once(':').map_or(name, |(local, _)| local);
        for name in [name, local] {
            if !name.is_empty() {
                find_name(folded.text(), name, is_mentioned, &mut found);
            }
        }
    }
    if found.is_empty() {
        return None;
    }
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut rest = String::with_capacity(folded.source().len());
    let mut end = 0;
    for range in found {
        let range = folded.original(range);
        if range.start >= end {
            rest.push_str(&folded.source()[end..range.start]);
            rest.push(' ');
            end = range.end;
        }
    }
    rest.push_str(&folded.source()[end..]);
    Some(rest)
}

fn find_name(text: &str, name: &str, is_mentioned: bool, found: &mut Vec<Range<usize>>) {
    let lead = text.len() - text.trim_start().len();
    for (at, _) in text.match_indices(name) {
        let after = &text[at + name.len()..];
        if name.ends_with(|c: char| c.is_ascii_alphanumeric()) && starts_in_latin(after) {
            continue;
        }
        let before = &text[..at];
        let end = at + name.len() + call_end(after);
        if before.ends_with('@') {
            found.push(at - 1..end);
        } else if at == lead && is_call(after) {
            found.push(at..end);
        } else if is_mentioned && !before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            found.push(at..at + name.len());
        }
    }
}

/// What belongs to the call after the name: the server of a user id, a colon or comma.
fn call_end(after: &str) -> usize {
    let server = after.strip_prefix(':').map_or(0, |rest| {
        let len = rest
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
            .count();
        if rest[..len].trim_end_matches('.').contains('.') {
            len + 1
        } else {
            0
        }
    });
    server + usize::from(after[server..].starts_with([':', ',']))
}

/// Whether a name at the start of a text is a call and not the start of a word.
fn is_call(after: &str) -> bool {
    match after.chars().next() {
        None => true,
        Some(c) => !c.is_alphanumeric() && !is_han(c) && c != '-' && c != '_' && c != '\'',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_not_the_senders_words() {
        assert_eq!(without_quote("> <@a:b> #报修 漏水\n> 501\n\n好的"), "好的");
        assert_eq!(without_quote("> a\r\n\r\nb"), "b");
        assert_eq!(without_quote("> only"), "");
        assert_eq!(without_quote(">_< 漏水"), ">_< 漏水");
        assert_eq!(without_quote("a\n> b"), "a\n> b");
    }

    #[track_caller]
    fn calls(text: &str, mentioned: bool, expected: Option<&str>) {
        let rest = without_bot_name(
            &Folded::new(text),
            &["linli", "邻里", "@steward:example.org"],
            mentioned,
        );
        assert_eq!(rest.as_deref().map(str::trim), expected, "{text:?}");
    }

    #[test]
    fn the_bot_is_called_by_name() {
        calls("@linli 漏水", false, Some("漏水"));
        calls("漏水 @Linli", false, Some("漏水"));
        calls("@linli:example.org: 漏水", false, Some("漏水"));
        calls("linli: 漏水", false, Some("漏水"));
        calls("邻里，漏水", false, Some("漏水"));
        calls("@邻里漏水", false, Some("漏水"));
        calls("@steward:example.org 漏水", false, Some("漏水"));
        calls("@steward 漏水", false, Some("漏水"));
        calls("linli", false, Some(""));
        calls("请 linli 看看", true, Some("请   看看"));
        calls("请 linli 看看", false, None);
        calls("邻里之间要和气", false, None);
        calls("@linlin 漏水", false, None);
        calls("", false, None);
    }
}
