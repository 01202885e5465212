//! The configuration: the example is valid, and faults are told all at once.

use std::path::Path;

use linli::config::Config;

#[track_caller]
fn faults_of(text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("linli.toml");
    std::fs::write(&path, text).unwrap();
    match Config::load(&path) {
        Ok(_) => Vec::new(),
        Err(error) => error.faults.iter().map(|fault| fault.key.clone()).collect(),
    }
}

const GOOD: &str = r##"
[account]
homeserver = "https://matrix.example.org"
user = "@linli:example.org"

[[community]]
id = "hexie"
name = "和谐花园"

[community.rooms]
staff = "#staff"

[[community.building]]
name = "3"
room = "#b3"

[[community.person]]
user = "@wang:example.org"
name = "王师傅"
roles = ["staff"]
trades = ["electric"]
"##;

#[test]
fn the_example_is_valid() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.example.toml");
    let config = Config::load(&example).unwrap();
    assert!(!config.communities.is_empty());
}

#[test]
fn a_small_configuration_is_enough() {
    assert_eq!(faults_of(GOOD), Vec::<String>::new());
}

#[test]
fn five_faults_are_told_at_once() {
    let bad = GOOD
        .replace("https://matrix.example.org", "matrix.example.org")
        .replace("[\"electric\"]", "[\"magic\"]")
        .replace(
            "id = \"hexie\"",
            "id = \"hexie\"\ntimezone = \"Mars/Base\"\ncolour = \"red\"",
        )
        .replace("\"@wang:example.org\"", "\"wang\"");
    let faults = faults_of(&bad);
    assert_eq!(faults.len(), 5, "{faults:?}");
    for key in [
        "account.homeserver",
        "community[0].person[0].trades[0]",
        "community[0].timezone",
        "community[0].colour",
        "community[0].person[0].user",
    ] {
        assert!(
            faults.iter().any(|fault| fault == key),
            "{key} is not among {faults:?}"
        );
    }
}

#[test]
fn wrong_types_unknown_features_and_settings_are_told_by_their_keys() {
    let bad = format!(
        "{GOOD}\n[community.features.tickets]\nconfirm_after_hours = \"soon\"\nanswer = 3\n[community.features.parcels]\n"
    )
    .replace("name = \"3\"", "name = 3.5\nunits = \"1\"");
    let faults = faults_of(&bad);
    for key in [
        "community[0].features.tickets.confirm_after_hours",
        "community[0].features.tickets.answer",
        "community[0].features.parcels",
        "community[0].building[0].units",
    ] {
        assert!(
            faults.iter().any(|fault| fault == key),
            "{key} is not among {faults:?}"
        );
    }
}

#[test]
fn wrong_hours_and_promises_are_told_by_their_keys() {
    let bad = GOOD
        .replace(
            "id = \"hexie\"",
            "id = \"hexie\"\nhours = \"nine to five\"\nwaking = \"8-25\"",
        )
        .replace(
            "trades = [\"electric\"]",
            "trades = [\"electric\"]\nduty = \"nights\"\nstand_in = \"@li:example.org\"",
        );
    let faults = faults_of(&bad);
    let person = "community[0].person[0]";
    let wanted = [
        "community[0].hours".to_owned(),
        "community[0].waking".to_owned(),
        format!("{person}.duty"),
        format!("{person}.stand_in"),
    ];
    assert!(wanted.iter().all(|key| faults.contains(key)), "{faults:?}");
    let key = "community[0].features.tickets";
    for (section, at) in [
        (
            "[[community.features.tickets.targets]]\nurgency = \"P9\"",
            "targets[0].urgency",
        ),
        (
            "[[community.features.tickets.targets]]\nanswer = \"15\"",
            "targets[0].answer",
        ),
        (
            "[community.features.tickets.escalation]\nanswer_step = \"soon\"",
            "escalation.answer_step",
        ),
        (
            "[community.features.tickets.escalation]\nsteps = 3",
            "escalation.steps",
        ),
        (
            "[community.features.tickets.escalation]\nwarn_percent = 100",
            "escalation.warn_percent",
        ),
        (
            "[community.features.tickets.after]\nreview_at = 6",
            "after.review_at",
        ),
    ] {
        let faults = faults_of(&format!("{GOOD}\n{section}\n"));
        assert_eq!(faults, [format!("{key}.{at}")]);
    }
}

#[test]
fn nothing_at_all_is_told_too() {
    let faults = faults_of("");
    for key in ["account.homeserver", "account.user", "community"] {
        assert!(
            faults.iter().any(|fault| fault == key),
            "{key} is not among {faults:?}"
        );
    }
}

#[test]
fn a_lobby_and_its_mode_belong_together() {
    let key = "community[0].features.admission.mode";
    let with = |rooms: &str, section: &str| {
        let text = GOOD.replace(
            "[community.rooms]\n",
            &format!("[community.rooms]\n{rooms}\n"),
        );
        assert_ne!(text, GOOD);
        faults_of(&format!("{text}\n{section}"))
    };
    let lobby = "lobby = \"#lobby\"";
    let verified = "[community.features.admission]\nmode = \"verified\"\n";
    assert_eq!(with("", ""), [""; 0]);
    assert_eq!(with(lobby, verified), [""; 0]);
    assert_eq!(with(lobby, ""), [key]);
    assert_eq!(with("", verified), [key]);
    let lax = format!("{verified}[community.features.naming]\nenforce = false\n");
    assert_eq!(with(lobby, &lax), [key]);
    let nobody = "[community.features.admission]\nproof = []\n";
    assert_eq!(with("", nobody), ["community[0].features.admission.proof"]);
}
