//! The pure part of `linli explain`: text in, its reading as JSON out. Nothing here does
//! IO.

use chrono::DateTime;
use chrono_tz::Tz;
use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

use super::{
    intent::{self, Intent, Reading, read},
    matter::{self, Matter},
    names,
    posts::{self, Shown},
    spam,
};

/// The keys that a line of JSON about a sentence may have.
const KEYS: [&str; 6] = ["text", "building", "sender", "lang", "known", "now"];
/// The keys that a line of JSON about a name may have.
const NAME_KEYS: [&str; 2] = ["name", "building"];

/// Why lines of JSON could not be explained. Lines and columns count from one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ExplainError {
    /// A line is no JSON.
    #[error("line {line}, column {column}: not valid JSON: {reason}")]
    Json {
        /// The line of the input.
        line: usize,
        /// The column of that line.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// A line is JSON, but no object.
    #[error("line {line}: expected an object such as {{\"text\": \"…\"}}")]
    NoObject {
        /// The line of the input.
        line: usize,
    },
    /// A key that is not known, most likely a spelling mistake.
    #[error("line {line}: unknown key `{key}`; known are {known}")]
    UnknownKey {
        /// The line of the input.
        line: usize,
        /// The key as written.
        key: String,
        /// Those that there are.
        known: String,
    },
    /// The text is missing.
    #[error("line {line}: the key `text` is missing, or `name`")]
    NoText {
        /// The line of the input.
        line: usize,
    },
    /// A value is no string.
    #[error("line {line}: the value of `{key}` must be a string")]
    NoString {
        /// The line of the input.
        line: usize,
        /// The key whose value it is.
        key: String,
    },
    /// A value is neither true nor false.
    #[error("line {line}: the value of `{key}` must be true or false")]
    NoBool {
        /// The line of the input.
        line: usize,
        /// The key whose value it is.
        key: &'static str,
    },
    /// A moment is not written as RFC 3339 has it.
    #[error("line {line}: `now` must be a moment such as \"2026-11-28T10:00:00+08:00\": {reason}")]
    Moment {
        /// The line of the input.
        line: usize,
        /// What the parser says.
        reason: String,
    },
    /// The language is none of those the bot speaks.
    #[error("line {line}: `lang` must be \"zh\" or \"en\", not \"{lang}\"")]
    Language {
        /// The line of the input.
        line: usize,
        /// The value as written.
        lang: String,
    },
}

/// What is known about the place where something is said, for each kind of reading.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    pub said: intent::Surroundings<'a>,
    /// When it is said, in the time zone of the community.
    pub now: DateTime<Tz>,
    pub named: names::Surroundings<'a>,
    pub spam: spam::Surroundings<'a>,
}

/// What linli makes of a text.
#[derive(Serialize)]
struct Explained {
    #[serde(flatten)]
    reading: Reading,
    #[serde(flatten)]
    matter: Matter,
    /// What a post for the neighbours tells.
    help: Option<Shown>,
    spam: spam::Judgement,
}

/// The reading of one text as a line of JSON, without a line end.
#[must_use]
pub fn line(text: &str, around: &Surroundings) -> String {
    let reading = read(text, &around.said);
    let explained = Explained {
        matter: matter::of(text, reading.category, &reading.address),
        help: (reading.intent == Intent::Post)
            .then(|| posts::shown(text, around.said.kinds, around.said.registry, around.now))
            .flatten(),
        reading,
        spam: spam::judge(text, &around.spam),
    };
    // It holds nothing that JSON could refuse: strings, booleans, nulls, and numbers from 0 to 1.
    serde_json::to_string(&explained).unwrap_or_default()
}

/// The reading of one display name as a line of JSON, without a line end.
#[must_use]
pub fn name(name: &str, around: &names::Surroundings) -> String {
    // Like a reading of a text.
    serde_json::to_string(&names::explained(name, around)).unwrap_or_default()
}

/// The readings of many texts and names, one JSON object a line: `text`, and if wanted `building`,
/// `sender`, `lang`, `known` and `now` instead of the surroundings given; or `name`, and if wanted `building`. Empty lines
/// are skipped.
///
/// `lang` (`zh` or `en`) is checked and otherwise a remark for human readers: the reading
/// goes by the text alone.
///
/// # Errors
/// The first line that is not such an object, with its number.
pub fn jsonl(lines: &str, around: &Surroundings) -> Result<String, ExplainError> {
    let mut out = String::new();
    for (index, content) in lines.trim_start_matches('\u{FEFF}').lines().enumerate() {
        if !content.trim().is_empty() {
            out.push_str(&object(index + 1, content, around)?);
            out.push('\n');
        }
    }
    Ok(out)
}

/// The reading of one object, which stands in line `line_no` of the input.
///
/// # Errors
/// What is wrong with it, with the line.
pub fn object(
    line_no: usize,
    content: &str,
    around: &Surroundings,
) -> Result<String, ExplainError> {
    let value: Value = serde_json::from_str(content).map_err(|error| ExplainError::Json {
        line: line_no,
        column: error.column(),
        reason: reason(&error),
    })?;
    let Value::Object(object) = value else {
        return Err(ExplainError::NoObject { line: line_no });
    };
    let is_name = object.contains_key("name");
    let known = if is_name { &NAME_KEYS[..] } else { &KEYS[..] };
    if let Some(key) = object.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(ExplainError::UnknownKey {
            line: line_no,
            key: key.clone(),
            known: known.join(", "),
        });
    }
    if is_name {
        let written = string(line_no, &object, "name")?;
        let building = string(line_no, &object, "building")?;
        let around = names::Surroundings {
            building: building.or(around.named.building),
            ..around.named
        };
        return Ok(name(written.unwrap_or_default(), &around));
    }
    let text = string(line_no, &object, "text")?;
    let building = string(line_no, &object, "building")?;
    let sender = string(line_no, &object, "sender")?;
    if let Some(lang) = string(line_no, &object, "lang")?
        && !matches!(lang, "zh" | "en")
    {
        return Err(ExplainError::Language {
            line: line_no,
            lang: lang.to_owned(),
        });
    }
    let text = text.ok_or(ExplainError::NoText { line: line_no })?;
    let mut around = *around;
    around.said.building = building.or(around.said.building);
    around.said.sender = sender.or(around.said.sender);
    if let Some(now) = string(line_no, &object, "now")? {
        let now = DateTime::parse_from_rfc3339(now).map_err(|error| ExplainError::Moment {
            line: line_no,
            reason: error.to_string(),
        })?;
        around.now = now.with_timezone(&around.now.timezone());
    }
    around.spam.known = match object.get("known") {
        None | Some(Value::Null) => around.spam.known,
        Some(Value::Bool(known)) => *known,
        Some(Value::String(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            return Err(ExplainError::NoBool {
                line: line_no,
                key: "known",
            });
        }
    };
    Ok(line(text, &around))
}

/// The string under a key; null counts as missing.
fn string<'o>(
    line: usize,
    object: &'o Map<String, Value>,
    key: &str,
) -> Result<Option<&'o str>, ExplainError> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            Err(ExplainError::NoString {
                line,
                key: key.to_owned(),
            })
        }
    }
}

/// The parser's words without its own position, which knows one line only.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((reason, _)) => reason.to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{address::Registry, links::Hosts, model::Model, posts::Kinds};

    static NO_WORDS: std::sync::LazyLock<spam::WordList> =
        std::sync::LazyLock::new(spam::WordList::default);

    fn around<'a>(registry: &'a Registry, hosts: &'a Hosts) -> Surroundings<'a> {
        Surroundings {
            said: intent::Surroundings::of(registry),
            now: DateTime::UNIX_EPOCH.with_timezone(&Tz::Asia__Shanghai),
            named: names::Surroundings::of(registry),
            spam: spam::Surroundings {
                model: Model::shipped(),
                hosts,
                words: &NO_WORDS,
                scales: &spam::Scales::USUAL,
                kinds: Kinds::shipped(),
                known: false,
            },
        }
    }

    fn explained(lines: &str) -> Result<String, ExplainError> {
        let (registry, hosts) = (Registry::default(), Hosts::default());
        jsonl(lines, &around(&registry, &hosts))
    }

    #[test]
    fn one_line_has_the_keys_in_order() {
        let (registry, hosts) = (Registry::default(), Hosts::default());
        let around = around(&registry, &hosts);
        assert_eq!(
            line("#报修 3号楼2单元501厨房漏水，别公开我房号", &around),
            "{\"intent\":\"ticket\",\"tag\":\"报修\",\"category\":\"repair\",\
             \"address\":{\"phase\":null,\"building\":\"3\",\"unit\":\"2\",\"home\":\"501\",\"floor\":null},\
             \"place\":\"厨房\",\"private\":true,\
             \"urgency\":\"P2\",\"trade\":\"plumbing\",\"public\":false,\"repeat\":false,\"help\":null,\
             \"spam\":{\"score\":0.0,\"verdict\":\"allow\",\"reasons\":[]}}"
        );
        assert!(line("", &around).starts_with("{\"intent\":\"chat\",\"tag\":null"));
    }

    #[test]
    fn many_lines() {
        let out = explained(
            "{\"text\":\"谢谢\"}\n\n{\"text\":\"#repair tap\",\"building\":\"3\",\"sender\":\"3-2-501 Wang\",\"lang\":\"en\"}\r\n",
        )
        .unwrap();
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].contains("\"chat\""));
        assert!(lines[1].contains("\"home\":\"501\""));
        assert_eq!(explained("").unwrap(), "");
        assert!(explained("{\"text\":\"a\",\"building\":null}").is_ok());
    }

    #[test]
    fn adverts_are_judged_by_who_writes_them() {
        let advert = "\"text\":\"代开发票加薇 abc12345\"";
        let verdict = |line: String| {
            let told: Value = serde_json::from_str(&explained(&line).unwrap()).unwrap();
            told["spam"].clone()
        };
        let new = verdict(format!("{{{advert}}}"));
        assert_eq!(new["reasons"][0], "contact id “加薇 ab…345”");
        let known = verdict(format!("{{{advert},\"known\":true}}"));
        assert!(known["score"].as_f64() < new["score"].as_f64());
        assert_ne!(known["verdict"], new["verdict"]);
    }

    #[test]
    fn names_too() {
        let lines = "{\"name\":\"３号楼2单元501 欧阳女士\",\"building\":\"3\"}\n{\"name\":\"阳光\",\"building\":\"3\"}";
        assert_eq!(
            explained(lines).unwrap(),
            "{\"ok\":true,\"building\":\"3\",\"unit\":\"2\",\"home\":\"501\",\"surname\":\"欧阳\"}\n\
             {\"ok\":false,\"reason\":\"no_home\",\"building\":\"3\",\"unit\":null,\"home\":null,\"surname\":null}\n"
        );
    }

    #[test]
    fn refusals_name_the_line_and_the_key() {
        for (lines, message) in [
            (
                "{\"text\":\"a\"}\n{\"text\":\"b\",\"sendr\":\"c\"}",
                "line 2: unknown key `sendr`; known are text, building, sender, lang, known, now",
            ),
            (
                "{\"building\":\"3\"}",
                "line 1: the key `text` is missing, or `name`",
            ),
            (
                "{\"text\":null}",
                "line 1: the key `text` is missing, or `name`",
            ),
            (
                "{\"name\":\"a\",\"sender\":\"b\"}",
                "line 1: unknown key `sender`; known are name, building",
            ),
            (
                "{\"text\":\"a\",\"known\":\"yes\"}",
                "line 1: the value of `known` must be true or false",
            ),
            (
                "{\"text\":3}",
                "line 1: the value of `text` must be a string",
            ),
            (
                "{\"text\":\"a\",\"sender\":3}",
                "line 1: the value of `sender` must be a string",
            ),
            (
                "{\"text\":\"a\",\"lang\":\"fr\"}",
                "line 1: `lang` must be \"zh\" or \"en\", not \"fr\"",
            ),
            (
                "\n[1]",
                "line 2: expected an object such as {\"text\": \"…\"}",
            ),
            (
                "{\"text\":\"a\"",
                "line 1, column 11: not valid JSON: EOF while parsing an object",
            ),
        ] {
            assert_eq!(explained(lines).unwrap_err().to_string(), message);
        }
    }
}
