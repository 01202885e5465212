//! `docs/features.md` is made from the top comments of the feature files. This test fails when it is stale, and
//! writes the new one when `LINLI_WRITE_DOCS` is set.

use std::{fmt::Write as _, fs, path::Path};

use linli::{
    domain::{
        feature::Feature,
        roles::Who,
        speech::{self, Arg},
    },
    features,
    text::language::Language,
};

#[test]
fn the_list_of_features_is_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("docs/features.md");
    let wanted = document(root);
    if std::env::var_os("LINLI_WRITE_DOCS").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "docs/features.md is stale: run LINLI_WRITE_DOCS=1 cargo test --test it the_list_of_features"
    );
}

fn document(root: &Path) -> String {
    let mut text = String::from(
        "# Features\n\nMade from the source of each feature; `cargo test` says when this is stale.\n",
    );
    for feature in features::ALL {
        let name = feature.name;
        let folder = root.join("src/features");
        let file = folder.join(format!("{name}.rs"));
        let source = fs::read_to_string(&file)
            .or_else(|_| fs::read_to_string(folder.join(name).join("mod.rs")))
            .unwrap();
        let manual = source
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .map(str::trim)
            .collect::<Vec<_>>()
            .join("\n");
        write!(text, "\n## {name}\n\n{manual}\n").unwrap();
        commands(&mut text, feature);
    }
    text
}

fn commands(text: &mut String, feature: &Feature) {
    text.push_str("\n| command | who | what it does |\n|---|---|---|\n");
    for command in feature.commands {
        let names: Vec<String> = command
            .names
            .iter()
            .map(|name| format!("`!{name}`"))
            .collect();
        let who = match command.who {
            Who::Anyone => "anyone",
            Who::Staff => "staff",
            Who::Moderator => "moderators",
            Who::Manager => "managers",
        };
        let args = [("name", Arg::Text(command.names[0]))];
        let help = if command.help.is_empty() {
            format!("!{} H12 — as its tap", command.names[0])
        } else {
            speech::say(Language::En, command.help, &args).text
        };
        writeln!(text, "| {} | {who} | `{help}` |", names.join(" ")).unwrap();
    }
}
