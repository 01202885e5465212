//! What a model learns, and what it says of itself.

use super::{BadModel, Line, Lines, Model, learn};
use crate::text::fold::Folded;

const SPAM: [&str; 6] = [
    "专业代开发票，真实可查，加微信{}",
    "兼职刷单日结三百，想赚钱的加V{}",
    "低息贷款，秒到账，不看征信，联系{}",
    "免费领取股票内参，稳赚不赔，进群{}",
    "Earn cash from home, no experience, text {}",
    "Cheap loans approved today, call {} now",
];
const HAM: [&str; 6] = [
    "3号楼2单元{}室漏水，麻烦师傅来看看",
    "请问明天几点停水？{}这边还没通知",
    "谁家的猫跑到{}门口了，橘色的",
    "电梯又坏了，{}楼的老人下不去",
    "The light in stairwell {} is broken again",
    "Has anyone seen my parcel for flat {}?",
];

fn lines(seed: usize) -> Lines {
    let mut lines = Lines::default();
    lines.begin("made up");
    for n in 0..300 {
        let number = format!("{}", 101 + (n * 37 + seed) % 899);
        for (text, is_spam) in SPAM
            .iter()
            .map(|t| (t, true))
            .chain(HAM.iter().map(|t| (t, false)))
        {
            let text = text.replace("{}", &number);
            lines.add(Line {
                text: &text,
                is_spam,
            });
        }
    }
    lines
}

fn model() -> Model {
    learn(&lines(1), 7).unwrap()
}

#[test]
fn adverts_and_neighbours_are_told_apart() {
    let model = model();
    for (text, is_spam) in [
        ("代开发票，加微信abc", true),
        ("贷款秒到账，不看征信", true),
        ("cheap loans, call now", true),
        ("5号楼漏水了，师傅快来", false),
        ("my parcel is in the stairwell", false),
    ] {
        assert_eq!(model.score(&Folded::new(text)) > 0.5, is_spam, "{text}");
    }
}

#[test]
fn the_same_lines_and_seed_give_the_same_model() {
    let bytes = model().to_bytes();
    assert_eq!(bytes, model().to_bytes());
    assert_ne!(bytes, learn(&lines(1), 8).unwrap().to_bytes());
    assert!(bytes.len() < 256 * 1024, "{}", bytes.len());
}

#[test]
fn a_model_survives_its_file_and_damage_is_noticed() {
    let model = model();
    let bytes = model.to_bytes();
    assert_eq!(Model::from_bytes(&bytes).unwrap(), model);
    let source = &model.about().trained_on[0];
    assert_eq!(
        (source.name.as_str(), source.spam, source.ham),
        ("made up", 1800, 1800)
    );
    assert_eq!(Model::from_bytes(b"PK\x03\x04"), Err(BadModel::Other));
    assert_eq!(Model::from_bytes(b""), Err(BadModel::Other));
    let other = BadModel::Version("linli spam model 2".to_owned());
    assert_eq!(Model::from_bytes(b"linli spam model 2\n{}"), Err(other));
    for at in (19..bytes.len()).step_by(997) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert!(
            matches!(Model::from_bytes(&damaged), Err(BadModel::Damaged(_))),
            "{at}"
        );
        assert!(
            matches!(Model::from_bytes(&bytes[..at]), Err(BadModel::Damaged(_))),
            "{at}"
        );
    }
}

#[test]
fn nothing_is_learned_from_one_kind_alone() {
    let mut lines = Lines::default();
    lines.begin("one");
    assert!(learn(&lines, 1).is_none());
    lines.add(Line {
        text: "在吗",
        is_spam: false,
    });
    assert!(learn(&lines, 1).is_none());
}

#[test]
fn any_text_has_a_score() {
    let model = model();
    for text in [
        "",
        " ",
        "\u{0}",
        "\u{202E}\u{200B}",
        "👨‍👩‍👧",
        &"长".repeat(100_000),
        &"e\u{301}".repeat(9_000),
    ] {
        let score = model.score(&Folded::new(text));
        assert!((0.0..=1.0).contains(&score), "{score}");
    }
}
