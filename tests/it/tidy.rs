//! The shape of the source: who may name what, and that nothing is left unfinished.

use std::{
    fs,
    path::{Path, PathBuf},
};

struct Source {
    /// Relative to the project, such as `src/domain/ids.rs`.
    path: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<Source> {
    let mut folders = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(Source {
                    path: path.strip_prefix(root()).unwrap().display().to_string(),
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    found
}

/// The lines of a source that are code, without its unit tests: comments may name what code may not.
fn code(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let end = source
        .text
        .find("#[cfg(test)]\nmod ")
        .unwrap_or(source.text.len());
    source.text[..end]
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line))
}

#[track_caller]
fn assert_absent(folders: &[&str], except: &[&str], names: &[&str], why: &str) {
    let mut found = Vec::new();
    for folder in folders {
        for source in sources(folder) {
            if except.iter().any(|path| source.path.starts_with(path)) {
                continue;
            }
            for (number, line) in code(&source) {
                if names.iter().any(|name| line.contains(name)) {
                    found.push(format!("{}:{number}: {}", source.path, line.trim()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{why}:\n{}", found.join("\n"));
}

#[test]
fn the_pure_folders_do_no_io_and_read_no_clock() {
    assert_absent(
        &["src/domain", "src/text", "src/features"],
        &[],
        &[
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "std::thread",
            "tokio",
            "reqwest",
            "sled::",
            "matrix_sdk",
            "SystemTime",
            "Instant",
            "Utc::now",
            "Local::now",
            "tracing::",
            "HashMap",
            "HashSet",
            "rand::",
            "async ",
        ],
        "domain/, text/ and features/ are pure",
    );
}

#[test]
fn arrows_point_one_way() {
    assert_absent(
        &["src/text"],
        &[],
        &["crate::domain", "crate::features", "crate::engine"],
        "text stands alone",
    );
    assert_absent(
        &["src/domain"],
        &[],
        &[
            "crate::features",
            "crate::store",
            "crate::matrix",
            "crate::engine",
            "crate::cli",
            "crate::config",
        ],
        "domain knows only text",
    );
    assert_absent(
        &["src/features"],
        &[],
        &[
            "crate::store",
            "crate::matrix",
            "crate::engine",
            "crate::cli",
            "crate::config",
        ],
        "features know only domain and text",
    );
    assert_absent(
        &["src/store"],
        &[],
        &["crate::matrix", "crate::engine", "crate::features"],
        "the store knows only domain",
    );
    assert_absent(
        &["src/matrix"],
        &["src/matrix/provision.rs"],
        &[
            "crate::store",
            "crate::engine",
            "crate::features",
            "crate::config",
        ],
        "matrix knows only domain",
    );
    assert_absent(
        &["src/web"],
        &[],
        &[
            "crate::store",
            "crate::engine",
            "crate::features",
            "crate::config",
            "crate::cli",
        ],
        "web knows only domain, and what raw events mean",
    );
    assert_absent(
        &["src/pictures"],
        &[],
        &["crate::", "std::fs", "tokio"],
        "pictures stand alone",
    );
}

#[test]
fn only_their_borders_name_the_foreign_libraries() {
    assert_absent(
        &["src"],
        // The log's filter calls the SDK by name.
        &["src/matrix", "src/cli/telemetry.rs"],
        &["matrix_sdk"],
        "only matrix/ names matrix_sdk",
    );
    assert_absent(
        &["src"],
        &["src/store/sled"],
        &["sled::Db", "sled::Config", "sled::Batch"],
        "only store/ names sled",
    );
}

#[test]
fn nothing_is_left_unfinished() {
    let marks = [["TO", "DO"], ["FIX", "ME"], ["XX", "X"]].map(|parts| parts.concat());
    let marks: Vec<&str> = marks
        .iter()
        .map(String::as_str)
        .chain(["todo!", "unimplemented!", "dbg!"])
        .collect();
    for folder in ["src", "benches"] {
        for source in sources(folder) {
            for mark in &marks {
                assert!(!source.text.contains(mark), "{} holds {mark}", source.path);
            }
        }
    }
}

#[test]
fn every_feature_file_is_in_the_list() {
    let list = fs::read_to_string(root().join("src/features/mod.rs")).unwrap();
    for entry in fs::read_dir(root().join("src/features")).unwrap() {
        let name = entry
            .unwrap()
            .path()
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        if name != "mod" {
            assert!(
                list.contains(&format!("{name}::FEATURE")),
                "{name} is not in the list"
            );
        }
    }
}

#[test]
fn every_sentence_that_is_said_exists() {
    use linli::{domain::speech::knows, text::language::Language};
    let key = regex::Regex::new("\"((?:card|hint|told|staff|refused|help|state|history|address|list|row|age|command|open|mine|no-such|which|call|eta|voice|morning|merge|time|alarmed|rate|review|follow|stats|weekly|chart|outage|supply|caller|caller|safety|place|decline|assign)(?:-[a-z]+)*)\"").unwrap();
    let mut count = 0;
    for source in sources("src/features").iter().chain(&sources("src/domain")) {
        for (_, line) in code(source) {
            if line.contains("names:") || line.contains("serde") || line.contains("KIND") {
                continue;
            }
            for found in key.captures_iter(line) {
                let key = &found[1];
                // A command's own name is no sentence.
                if !key.contains('-') && !["alarmed", "call"].contains(&key) {
                    continue;
                }
                count += 1;
                for language in [Language::Zh, Language::En] {
                    assert!(
                        knows(language, key),
                        "{}: there is no sentence '{key}'",
                        source.path
                    );
                }
            }
        }
    }
    assert!(count > 60, "only {count} sentences were found");
}

#[test]
fn files_stay_readable() {
    let mut lengths: Vec<(usize, String)> = sources("src")
        .into_iter()
        .map(|source| (source.text.lines().count(), source.path))
        .collect();
    lengths.sort();
    let median = lengths[lengths.len() / 2].0;
    let p90 = &lengths[lengths.len() * 9 / 10];
    assert!(
        median < 250,
        "half of all files have more than {median} lines"
    );
    assert!(
        p90.0 < 500,
        "{} has {} lines, and a tenth of all files more",
        p90.1,
        p90.0
    );
}
