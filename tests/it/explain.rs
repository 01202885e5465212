//! `linli explain` on a table of sentences that was written from the rules, not from the code.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use chrono::DateTime;
use linli::text::{
    address::{Address, Building, Registry},
    intent::{Intent, Surroundings, read},
    tags::Category,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::synapse::town::program;

const TABLE: &str = include_str!("explain_table.jsonl");
/// Posts for the neighbours.
const POSTS: &str = include_str!("posts_table.jsonl");
/// Reports, with what kind of matter each tells of.
const REPORTS: &str = include_str!("reports_table.jsonl");

#[derive(Deserialize)]
struct Row {
    text: String,
    building: Option<String>,
    sender: Option<String>,
    #[serde(default)]
    registry: Vec<Entry>,
    expect: Expected,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    units: Vec<String>,
}

#[derive(Deserialize)]
struct Expected {
    intent: Intent,
    tag: Option<String>,
    category: Option<Category>,
    address: Address,
    place: Option<String>,
    private: bool,
}

#[test]
fn the_table_of_sentences_is_understood() {
    let rows: Vec<Row> = TABLE
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(rows.len() >= 150);
    let mut right = [0_usize; 5];
    let mut wrong = Vec::new();
    for row in &rows {
        let registry = Registry::new(
            row.registry
                .iter()
                .map(|entry| Building {
                    name: entry.name.clone(),
                    units: entry.units.clone(),
                    ..Building::default()
                })
                .collect(),
        );
        let around = Surroundings {
            has_media: false,
            building: row.building.as_deref(),
            sender: row.sender.as_deref(),
            registry: &registry,
            kinds: linli::text::posts::Kinds::shipped(),
            mentions_bot: false,
            bot_names: &["linli"],
        };
        let got = read(&row.text, &around);
        let expect = &row.expect;
        let verdicts = [
            ("address", got.address == expect.address),
            ("intent", got.intent == expect.intent),
            (
                "tag and category",
                got.tag == expect.tag && got.category == expect.category,
            ),
            ("place", got.place == expect.place),
            ("private", got.private == expect.private),
        ];
        for (at, (what, good)) in verdicts.into_iter().enumerate() {
            right[at] += usize::from(good);
            if !good {
                wrong.push(format!("{what} of “{}”: {got:?}", row.text));
            }
        }
    }
    let all = rows.len();
    println!(
        "of {all}: address {}, intent {}, tag {}, place {}, private {}",
        right[0], right[1], right[2], right[3], right[4]
    );
    // A wrong address costs a worker a trip: at least 97 % must be right.
    let enough = |n: usize| n * 100 >= all * 97;
    assert!(
        right.iter().all(|n| enough(*n)),
        "{right:?} of {all}:\n{}",
        wrong.join("\n")
    );
}

/// What the program makes of an input.
fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(program())
        .arg("explain")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // Both pipes are bounded: whoever writes all before reading may wait for ever.
    let writing = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    output
}

/// What is asked of each report, and of how many in a hundred it must be read right.
const ASKED: [(&str, usize); 5] = [
    ("urgency", 95),
    ("trade", 90),
    ("public", 95),
    ("repeat", 95),
    ("address", 97),
];

#[test]
fn the_table_of_reports_is_understood() {
    let rows: Vec<Value> = REPORTS
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let input: Vec<String> = rows
        .iter()
        .map(|row| {
            let mut row = row.clone();
            row.as_object_mut().unwrap().remove("expect");
            row.to_string()
        })
        .collect();
    let output = run(&["--jsonl"], &input.join("\n"));
    let told = String::from_utf8(output.stdout).unwrap();
    let told: Vec<Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(told.len(), rows.len());
    let mut wrong = Vec::new();
    let mut shares = Vec::new();
    for (asked, enough) in ASKED {
        let (mut right, mut all) = (0, 0);
        for (row, told) in rows.iter().zip(&told) {
            let Some(expected) = row["expect"].get(asked) else {
                continue;
            };
            all += 1;
            if told[asked] == *expected {
                right += 1;
            } else {
                let text = &row["text"];
                wrong.push(format!(
                    "{asked} of {text}: {}, not {expected}",
                    told[asked]
                ));
            }
        }
        shares.push((asked, right, all, right * 100 >= all * enough));
    }
    let emergency = |read: &Value| read["urgency"] == "P0";
    let both = || rows.iter().zip(&told);
    let missed = both().filter(|(row, told)| emergency(&row["expect"]) && !emergency(told));
    let false_alarms = both().filter(|(row, told)| !emergency(&row["expect"]) && emergency(told));
    let (missed, false_alarms) = (missed.count(), false_alarms.count());
    println!(
        "{shares:?}; of {} emergencies, {missed} missed, {false_alarms} false",
        rows.len()
    );
    let wrong = wrong.join("\n");
    assert!(shares.iter().all(|(.., enough)| *enough), "{wrong}");
    assert_eq!(missed, 0, "{wrong}");
    assert!(false_alarms * 100 <= rows.len() * 2, "{wrong}");
}

/// What a post must tell, and how many of a hundred must be right: written by others than who wrote the reading.
const POST_FIELDS: [(&str, usize); 11] = [
    ("kind", 95),
    ("item", 90),
    ("colour", 90),
    ("name", 90),
    ("place", 90),
    ("from", 90),
    ("to", 90),
    ("at", 90),
    ("seats", 90),
    ("price_cents", 90),
    ("until", 90),
];

/// Whether a field is read as one of the answers that are right: a list of them, or a span of time.
fn is_answer(told: &Value, expected: &Value, field: &str) -> bool {
    let moment = |value: &Value| {
        let text = value.as_str()?;
        DateTime::parse_from_rfc3339(text).ok()
    };
    let plain = |text: &str| text.to_lowercase().replace(' ', "");
    match expected {
        Value::Array(all) => all.iter().any(|one| is_answer(told, one, field)),
        Value::Object(span) => {
            let within = |at| Some(moment(&span["from"])? <= at && at <= moment(&span["until"])?);
            moment(told).and_then(within).unwrap_or(false)
        }
        Value::String(_) if ["at", "until"].contains(&field) => moment(told) == moment(expected),
        Value::String(text) => told.as_str().is_some_and(|told| plain(told) == plain(text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => told == expected,
    }
}

#[test]
fn the_table_of_posts_is_understood() {
    let rows: Vec<Value> = POSTS
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(rows.len() >= 150);
    let asked = rows
        .iter()
        .map(|row| json!({"text": row["text"], "now": row["now"]}).to_string());
    let output = run(&["--jsonl"], &asked.collect::<Vec<_>>().join("\n"));
    let told = String::from_utf8(output.stdout).unwrap();
    let told: Vec<Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(told.len(), rows.len());
    let (mut shares, mut wrong, mut invented) = (Vec::new(), Vec::new(), 0);
    for (field, enough) in POST_FIELDS {
        let (mut right, mut all) = (0, 0);
        for (row, told) in rows.iter().zip(&told) {
            let (expected, told) = (&row["help"][field], &told["help"][field]);
            let may_be_none = |expected: &Value| {
                expected
                    .as_array()
                    .is_some_and(|all| all.contains(&Value::Null))
            };
            let is_right = is_answer(told, expected, field);
            if expected.is_null() || may_be_none(expected) {
                // It does not stand there, or need not be seen.
                invented += usize::from(!is_right);
            } else {
                all += 1;
                right += usize::from(is_right);
            }
            if !is_right {
                wrong.push(format!("{field}: {told}, not {expected}: {}", row["text"]));
            }
        }
        shares.push((field, right, all, right * 100 >= all * enough));
    }
    let others = told.iter().filter(|told| told["intent"] != "help").count();
    println!(
        "{shares:?}; {invented} invented, {others} no posts, of {}",
        rows.len()
    );
    assert!(
        shares.iter().all(|(.., enough)| *enough),
        "{}",
        wrong.join("\n")
    );
    assert!(others * 100 <= rows.len() * 5, "{others} are no posts");
}

#[test]
fn explain_reads_lines_and_writes_json() {
    let plain = run(&[], "#报修 3号楼2单元楼道灯不亮\n谢谢\n");
    let text = String::from_utf8(plain.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        r#"{"intent":"ticket","tag":"报修","category":"repair","address":{"phase":null,"building":"3","unit":"2","home":null,"floor":null},"place":"楼道","private":false,"urgency":"P2","trade":"electric","public":true,"repeat":false,"help":null,"spam":{"score":0.0,"verdict":"allow","reasons":[]}}"#
    );
    assert!(lines[1].contains(r#""intent":"chat""#));

    let jsonl = run(
        &["--jsonl"],
        "{\"text\":\"#报修 水管爆了\",\"building\":\"3\",\"sender\":\"3-2-501 王芳\",\"lang\":\"zh\"}\n",
    );
    let text = String::from_utf8(jsonl.stdout).unwrap();
    assert!(
        text.contains(r#""building":"3","unit":"2","home":"501""#),
        "{text}"
    );

    let wrong = run(&["--jsonl"], "{\"text\":\"a\"}\n{\"words\":\"b\"}\n");
    assert_eq!(wrong.status.code(), Some(65));
    let told = String::from_utf8(wrong.stderr).unwrap();
    assert!(told.contains("line 2") && told.contains("words"), "{told}");
}

/// With a configuration names are read as the bot reads them there.
#[test]
fn explain_reads_names_as_a_configuration_asks() {
    let folder = std::env::temp_dir().join(format!("linli-explain-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let config = folder.join("linli.toml");
    let example = std::fs::read_to_string("config.example.toml").unwrap();
    let example = example.replace(
        "scheme = \"home+surname\"",
        "scheme = \"pattern\"\npattern = '^(?<home>\\d+) (?<surname>\\p{Han}+)$'\nexample = \"501 王\"",
    );
    std::fs::write(&config, example).unwrap();
    let told = |name: &str| {
        let told = Command::new(program())
            .args(["explain", "--building", "3", "--name", name, "--config"])
            .arg(&config)
            .output()
            .unwrap();
        String::from_utf8(told.stdout).unwrap()
    };
    let right = told("501 欧阳(WeChat)");
    assert!(
        right.starts_with("{\"ok\":true,\"building\":\"3\""),
        "{right}"
    );
    let wrong = told("3-2-501 王");
    assert!(wrong.contains("\"reason\":\"pattern\""), "{wrong}");
    let imitates = told("501 邻里");
    assert!(imitates.contains("imitates_staff"), "{imitates}");
    std::fs::remove_dir_all(&folder).unwrap();
}
