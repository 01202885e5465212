//! The export: the program itself writes the tickets with their histories, and they are read back.

use std::{path::Path, process::Command};

use chrono::DateTime;
use serde_json::Value;

use super::settings::CONFIG;
use crate::synapse::town::program;

/// A ticket as it was exported. Of the columns only those are read that its history does not tell; the others are what
/// this is held against.
pub struct Exported {
    pub columns: Value,
    pub lines: Vec<Line>,
}

impl Exported {
    pub fn column(&self, name: &str) -> Option<&str> {
        self.columns[name].as_str()
    }
}

/// A line of its history.
pub struct Line {
    pub at: i64,
    pub what: String,
    pub by: String,
    pub by_reporter: bool,
    pub stars: Option<u64>,
}

impl Line {
    fn of(line: &Value) -> Self {
        let text = |key: &str| line[key].as_str().expect("a text");
        let at = DateTime::parse_from_rfc3339(text("at")).expect("a moment");
        Self {
            at: at.timestamp_millis(),
            what: text("what").to_owned(),
            by: text("by").to_owned(),
            by_reporter: line["by_reporter"].as_bool().expect("a flag"),
            stars: line["detail"].as_u64().filter(|_| text("what") == "rated"),
        }
    }
}

/// Runs the program itself, and reads what it has written.
pub fn exported(folder: &Path) -> Vec<Exported> {
    let (config, file) = (folder.join("linli.toml"), folder.join("out.jsonl"));
    std::fs::write(&config, CONFIG).expect("a configuration");
    let mut command = Command::new(program());
    command.args(["export", "tickets"]).arg(&file);
    command.args(["--history", "--config"]).arg(&config);
    let output = command.output().expect("the program");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let written = std::fs::read_to_string(&file).expect("a file");
    let ticket = |line: &str| {
        let columns: Value = serde_json::from_str(line).expect("JSON");
        let history = columns["history"].as_array().expect("a history");
        Exported {
            lines: history.iter().map(Line::of).collect(),
            columns,
        }
    };
    written.lines().map(ticket).collect()
}
