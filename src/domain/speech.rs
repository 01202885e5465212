//! Every sentence the bot says, from `locales/*.ftl` (Project Fluent), as plain text and as HTML at once.
//! Nothing in this file does IO: the sentences are part of the program.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};
use serde::{Deserialize, Serialize};
use unic_langid::langid;

use super::ids::UserId;
use crate::text::language::Language;

/// A text in both its forms, and the people it calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub text: String,
    pub html: String,
    pub mentions: Vec<UserId>,
}

/// Something to put into a sentence.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// Text from anywhere; escaped in the HTML.
    Text(&'a str),
    Number(i64),
    /// A person, called by a link that their client shows as a pill.
    Call(&'a UserId, &'a str),
    /// Something said before.
    Said(&'a Said),
}

const ZH: &str = include_str!("../locales/zh-CN.ftl");
const EN: &str = include_str!("../locales/en.ftl");

struct Book {
    zh: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

static BOOK: LazyLock<Book> = LazyLock::new(|| Book {
    zh: bundle(&langid!("zh-CN"), ZH),
    en: bundle(&langid!("en"), EN),
});

fn bundle(
    language: &unic_langid::LanguageIdentifier,
    source: &str,
) -> FluentBundle<FluentResource> {
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(_, errors)| {
        panic!("the sentences of {language} cannot be read: {errors:?}")
    });
    let mut bundle = FluentBundle::new_concurrent(vec![language.clone()]);
    // Isolation marks would stand between a mention's link and its client.
    bundle.set_use_isolating(false);
    if let Err(errors) = bundle.add_resource(resource) {
        panic!("a sentence of {language} is there twice: {errors:?}");
    }
    bundle
}

/// The sentence `key` in a language. A key that does not exist is a fault of the program (a test reads all keys);
/// it says so in its own place, for a resident must not lose an answer to it.
#[must_use]
pub fn say(language: Language, key: &str, args: &[(&'static str, Arg<'_>)]) -> Said {
    let bundle = match language {
        Language::Zh => &BOOK.zh,
        Language::En => &BOOK.en,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
        return Said::plain(&format!("[{key}]"));
    };
    let mut plain = FluentArgs::with_capacity(args.len());
    let mut html = FluentArgs::with_capacity(args.len());
    let mut mentions = Vec::new();
    let mut called = Vec::new();
    // Most sentences are the same in both forms, and are made once.
    let mut alike = true;
    for (name, arg) in args {
        match arg {
            Arg::Text(text) => {
                plain.set(*name, FluentValue::from(*text));
                if text.contains(MARKUP) {
                    alike = false;
                    html.set(*name, FluentValue::from(escape(text)));
                } else {
                    html.set(*name, FluentValue::from(*text));
                }
            }
            Arg::Number(number) => {
                // As text: a ticket's number is a name, not a quantity with thousands separators.
                plain.set(*name, FluentValue::from(number.to_string()));
                html.set(*name, FluentValue::from(number.to_string()));
            }
            Arg::Call(user, shown) => {
                let link = link(user, shown);
                alike = false;
                plain.set(*name, FluentValue::from(*shown));
                html.set(*name, FluentValue::from(link.clone()));
                called.push((link, (*user).clone()));
            }
            Arg::Said(said) => {
                alike &= said.text == said.html;
                plain.set(*name, FluentValue::from(said.text.as_str()));
                html.set(*name, FluentValue::from(said.html.as_str()));
                mentions.extend(said.mentions.iter().cloned());
            }
        }
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&plain), &mut errors);
    let html = if alike {
        text.clone()
    } else {
        bundle.format_pattern(pattern, Some(&html), &mut errors)
    };
    // Only who stands in the sentence is called.
    mentions.extend(
        called
            .into_iter()
            .filter(|(link, _)| html.contains(link.as_str()))
            .map(|(_, user)| user),
    );
    Said {
        text: trimmed(&text, pattern).to_owned(),
        html: trimmed(&html, pattern).replace('\n', "<br>"),
        mentions,
    }
}

/// A sentence that begins by calling somebody may have nobody to call. A space in quotes is meant.
fn trimmed<'t>(text: &'t str, pattern: &Pattern<&str>) -> &'t str {
    let is_meant = |element: Option<&PatternElement<&str>>| {
        let Some(PatternElement::Placeable { expression }) = element else {
            return false;
        };
        matches!(
            expression,
            Expression::Inline(InlineExpression::StringLiteral { .. })
        )
    };
    let text = if is_meant(pattern.elements.first()) {
        text
    } else {
        text.trim_start()
    };
    if is_meant(pattern.elements.last()) {
        text
    } else {
        text.trim_end()
    }
}

/// True where a language has this sentence.
#[must_use]
pub fn knows(language: Language, key: &str) -> bool {
    match language {
        Language::Zh => BOOK.zh.has_message(key),
        Language::En => BOOK.en.has_message(key),
    }
}

/// What HTML would take for its own.
const MARKUP: [char; 5] = ['&', '<', '>', '"', '\''];

/// The text with everything that HTML would take for its own made harmless.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// The web address of an account, which opens a conversation with it (Matrix specification, appendix "matrix.to
/// navigation").
#[must_use]
pub fn address(user: &str) -> String {
    let mut address = String::from("https://matrix.to/#/");
    for byte in user.bytes() {
        if byte.is_ascii_alphanumeric() || b"@:.-_=+".contains(&byte) {
            address.push(char::from(byte));
        } else {
            use std::fmt::Write as _;
            // Writing to a String cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

fn link(user: &UserId, shown: &str) -> String {
    if user.is_mark() {
        return escape(shown);
    }
    format!(
        "<a href=\"{}\">{}</a>",
        address(user.as_str()),
        escape(shown)
    )
}

impl Said {
    /// Text that is no sentence of ours, escaped.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            html: escape(text).replace('\n', "<br>"),
            mentions: Vec::new(),
        }
    }

    /// The same in bold.
    #[must_use]
    pub fn bold(self) -> Self {
        Self {
            html: format!("<strong>{}</strong>", self.html),
            ..self
        }
    }

    /// Several sayings, a line each.
    #[must_use]
    pub fn lines(sayings: impl IntoIterator<Item = Self>) -> Self {
        Self::between(sayings, "\n", "<br>")
    }

    /// Several sayings, one after the other as the language has it.
    #[must_use]
    pub fn joined(language: Language, sayings: impl IntoIterator<Item = Self>) -> Self {
        let between = match language {
            Language::Zh => "",
            Language::En => " ",
        };
        Self::between(sayings, between, between)
    }

    /// Several sayings with something between them, in plain text and in HTML.
    #[must_use]
    pub fn between(sayings: impl IntoIterator<Item = Self>, text: &str, html: &str) -> Self {
        let sayings: Vec<Self> = sayings.into_iter().collect();
        let length = |of: fn(&Self) -> usize, gap: &str| {
            let all: usize = sayings.iter().map(of).sum();
            all + gap.len() * sayings.len()
        };
        let mut whole = Self {
            text: String::with_capacity(length(|said| said.text.len(), text)),
            html: String::with_capacity(length(|said| said.html.len(), html)),
            mentions: Vec::new(),
        };
        for (n, said) in sayings.into_iter().enumerate() {
            if n > 0 {
                whole.text.push_str(text);
                whole.html.push_str(html);
            }
            whole.text.push_str(&said.text);
            whole.html.push_str(&said.html);
            whole.mentions.extend(said.mentions);
        }
        whole
    }

    /// The same without calling anybody.
    #[must_use]
    pub fn calling_nobody(mut self) -> Self {
        self.mentions.clear();
        self
    }
}

/// At most `max` characters of a text, with an ellipsis where something was left out. Control characters and
/// those that change the direction of writing are dropped, so that nobody can disarrange a card.
#[must_use]
pub fn shorten(text: &str, max: usize) -> String {
    let clean = |c: &char| {
        *c == '\n'
            || !(c.is_control()
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    };
    let text = text.trim();
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().filter(clean);
    out.extend(chars.by_ref().take(max));
    if chars.next().is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_syntax::ast::Entry;
    use std::collections::BTreeMap;

    fn variables(source: &str) -> BTreeMap<String, Vec<String>> {
        let resource = fluent_syntax::parser::parse(source).expect("a readable book of sentences");
        let name = regex::Regex::new(r"\{\s*\$([a-z_]+)").expect("a good pattern");
        let mut found = BTreeMap::new();
        let mut messages = Vec::new();
        for entry in &resource.body {
            if let Entry::Message(message) = entry {
                messages.push(message.id.name.to_owned());
            }
        }
        for key in messages {
            let start = source
                .match_indices(&format!("{key} ="))
                .find(|(at, _)| *at == 0 || source.as_bytes()[at - 1] == b'\n')
                .map_or(0, |(at, _)| at);
            let end = source[start..]
                .match_indices('\n')
                .map(|(at, _)| start + at)
                .find(|at| {
                    source[at + 1..]
                        .chars()
                        .next()
                        .is_none_or(|c| !c.is_whitespace() && c != '}' && c != '[' && c != '*')
                })
                .unwrap_or(source.len());
            let mut names: Vec<String> = name
                .captures_iter(&source[start..end])
                .map(|c| c[1].to_owned())
                .collect();
            names.sort();
            names.dedup();
            found.insert(key, names);
        }
        found
    }

    #[test]
    fn both_languages_have_the_same_sentences_with_the_same_parts() {
        assert_eq!(variables(ZH), variables(EN));
    }

    #[test]
    fn what_is_escaped_is_known_as_markup() {
        for c in '\0'..'\u{3000}' {
            let changes = escape(&c.to_string()) != c.to_string();
            assert_eq!(MARKUP.contains(&c), changes, "{c:?}");
        }
    }

    #[test]
    fn what_residents_write_is_escaped_and_people_are_called() {
        let user = UserId::from("@a/b:example.org");
        let said = say(
            Language::Zh,
            "test-sentence",
            &[
                ("who", Arg::Call(&user, "<王>")),
                ("what", Arg::Text("<b>\"&'")),
            ],
        );
        assert_eq!(said.mentions, vec![user]);
        assert!(
            said.html.contains("&lt;b&gt;&quot;&amp;&#39;"),
            "{}",
            said.html
        );
        assert!(
            said.html.contains("#/@a%2Fb:example.org\">&lt;王&gt;</a>"),
            "{}",
            said.html
        );
        assert!(said.text.contains("<b>\"&'"));
    }

    #[test]
    fn shortening_counts_characters_and_drops_direction_marks() {
        assert_eq!(shorten("  一二三四  ", 3), "一二三…");
        assert_eq!(shorten("一二三", 3), "一二三");
        assert_eq!(shorten("a\u{202e}b\u{7}c", 9), "abc");
    }
}
