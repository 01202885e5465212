//! Rules that hold for many names at once.

use std::fmt::Write as _;

use super::Community;
use crate::text::address::{Building, Registry};
use crate::text::fold::tests::Dice;
use crate::text::language::Language;
use crate::text::names::{
    Explained, Name, Protected, Reason, Refusal, Surroundings, example, explain, explained, read,
};

/// The surnames of the list and their weights.
fn surnames() -> impl Iterator<Item = (&'static str, f32)> {
    let list = include_str!("../surnames.tsv");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let (name, weight) = line.split_once('\t').unwrap();
        (name, weight.parse().unwrap())
    })
}

#[track_caller]
fn all_right(names: impl Iterator<Item = (String, &'static str)>) {
    let registry = Registry::default();
    let around = Surroundings {
        building: Some("3"),
        ..Surroundings::of(&registry)
    };
    let mut wrong = String::new();
    for (name, surname) in names {
        let got = read(&name, &around);
        let right = got
            .as_ref()
            .is_ok_and(|got| got.surname == surname && got.home == "501");
        if !right {
            writeln!(wrong, "{name}: {got:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_surname_counts() {
    // 501 家 is more often the home of somebody than the surname.
    let alone = surnames().filter(|(s, _)| *s != "家");
    all_right(alone.map(|(s, _)| (format!("3-2-501 {s}"), s)));
}

#[test]
fn every_surname_counts_before_a_title() {
    all_right(surnames().map(|(s, _)| (format!("3-2-501 {s}先生"), s)));
    all_right(surnames().map(|(s, _)| (format!("3栋2单元501室{s}女士"), s)));
    // 501户 is a home with its mark.
    let apart = surnames().filter(|(s, _)| *s != "户");
    all_right(apart.map(|(s, _)| (format!("501{s}老师"), s)));
}

#[test]
fn every_surname_with_more_than_a_few_bearers_starts_names() {
    let known = || surnames().filter(|(_, weight)| *weight > 5.9);
    all_right(known().map(|(s, _)| (format!("3-2-501 {s}静怡"), s)));
    all_right(known().map(|(s, _)| (format!("{s}岚 3-2-501"), s)));
    all_right(known().map(|(s, _)| (format!("3#2-501{s}静怡女士"), s)));
}

/// Names that are wrong in most rooms.
#[rustfmt::skip]
const WRONG: &[&str] = &[
    "小可爱", "501", "王芳", "5-2-501 王", "3-9-501 王", "3-2-2501 欧阳", "物业", "9号楼501 Smith",
    "3-2-501 王师傅", "2-501 王", "501 李", "加V abc123", "3-2-501 van der Berg", "", "听涛阁501 王",
];

#[test]
fn an_example_reads_as_a_right_name() {
    let community = Community::new();
    let rooms = [
        None,
        Some("3"),
        Some("5号楼"),
        Some("B"),
        Some("听涛阁"),
        Some("17"),
    ];
    let mut count = 0;
    for room in rooms {
        for registry in [&community.empty, &community.estate, &community.low] {
            for scheme in [&community.full, &crate::text::names::Scheme::HomeAndSurname] {
                let around = Surroundings {
                    registry,
                    scheme,
                    ..community.around(room)
                };
                if room.is_none_or(|room| has(registry, room)) {
                    count += check_examples(&around);
                }
            }
        }
    }
    assert!(count > 300, "{count}");
}

fn has(registry: &Registry, room: &str) -> bool {
    let plain = |b: &Building| crate::text::address::plain_name(&b.name);
    let room = crate::text::address::plain_name(room);
    // A building with a name of its own can be written only where it is known.
    (registry.is_empty() && room != "听涛阁")
        || registry.buildings().iter().any(|b| plain(b) == room)
}

fn check_examples(around: &Surroundings) -> usize {
    let mut count = 0;
    for name in WRONG {
        if let Err(refusal) = read(name, around) {
            for language in [Language::Zh, Language::En] {
                let text = example(&refusal, around, language);
                let again = read(&text, around);
                assert!(again.is_ok(), "{name} -> {text} {again:?} {around:?}");
                count += 1;
            }
        }
    }
    count
}

#[test]
fn examples_keep_what_could_be_read() {
    let community = Community::new();
    let told = |name: &str, around: &Surroundings| {
        example(&read(name, around).unwrap_err(), around, Language::Zh)
    };
    let room = community.around(Some("3"));
    for (name, text) in [
        ("小可爱", "3-2-501 王"),
        ("李芳", "3-2-501 李"),
        ("3-1-302", "3-1-302 王"),
        ("302", "3-302 王"),
        ("5-1-302 赵", "3-1-302 赵"),
        ("3栋1单元 Smith", "3-1-501 Smith"),
    ] {
        assert_eq!(told(name, &room), text, "{name}");
    }
    let estate = Surroundings {
        registry: &community.estate,
        ..room
    };
    assert_eq!(told("3-9-501 赵", &estate), "3-1-501 赵");
    assert_eq!(told("302 赵", &estate), "3-1-302 赵");
    let english = read("小可爱", &room).unwrap_err();
    assert_eq!(example(&english, &room, Language::En), "3-2-501 Wang");
    let pattern = Surroundings {
        scheme: &community.pattern,
        ..room
    };
    assert_eq!(told("小可爱", &pattern), "3#2#501 王");
}

#[test]
fn the_only_building_needs_not_be_written() {
    let registry = Registry::new(vec![Building::new("3号楼", &["1", "2"])]);
    let got = read("2-501 王", &Surroundings::of(&registry)).unwrap();
    assert_eq!((&*got.building, got.unit.as_deref()), ("3", Some("2")));
}

#[test]
fn phases_are_kept() {
    let registry = Registry::default();
    let mut around = Surroundings::of(&registry);
    assert_eq!(
        read("一期17号201 王", &around).unwrap().phase.as_deref(),
        Some("1")
    );
    around.building = Some("二期5栋");
    assert_eq!(read("301 王", &around).unwrap().phase.as_deref(), Some("2"));
    let refusal = read("一期5栋301 王", &around).unwrap_err();
    assert_eq!(refusal.reason, Reason::WrongBuilding);
}

/// Namesakes of the staff are honest as long as they give a home and bear no job title.
#[test]
fn namesakes() {
    let registry = Registry::default();
    let protected = Protected::new(["王先生", "小李", "王芳", "Engineer Li", "🌸", "周", "张工"]);
    let around = Surroundings {
        protected: &protected,
        building: Some("3"),
        ..Surroundings::of(&registry)
    };
    let reason = |name: &str| read(name, &around).err().map(|refusal| refusal.reason);
    for (name, expected) in [
        ("3-2-501 王先生", None),
        ("3-2-501 小李", None),
        ("3-2-501 王芳", None),
        ("3-2-501 Li", None),
        ("3-2-501 周", None),
        ("3-2-501 张工", Some(Reason::ImitatesStaff)),
        ("3-2-501 Engineer Li", Some(Reason::ImitatesStaff)),
        ("王先生", Some(Reason::ImitatesStaff)),
        ("王芳", Some(Reason::ImitatesStaff)),
        ("王芳方", Some(Reason::NoHome)),
        ("周", Some(Reason::ImitatesStaff)),
        ("周周", Some(Reason::NoHome)),
        ("engineerli 2", Some(Reason::ImitatesStaff)),
    ] {
        assert_eq!(reason(name), expected, "{name}");
    }
}

#[test]
fn explained_in_order() {
    let registry = Registry::default();
    let around = Surroundings {
        building: Some("3"),
        ..Surroundings::of(&registry)
    };
    let line = |name: &str| serde_json::to_string(&explained(name, &around)).unwrap();
    assert_eq!(
        line("３号楼2单元501 欧阳女士"),
        r#"{"ok":true,"building":"3","unit":"2","home":"501","surname":"欧阳"}"#
    );
    assert_eq!(
        line("小可爱"),
        r#"{"ok":false,"reason":"no_home","building":"3","unit":null,"home":null,"surname":null}"#
    );
    let value = explain("5-2-501", &around);
    assert_eq!(value["reason"], Reason::WrongBuilding.as_str());
}

/// What random names are made of, besides the parts of addresses.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "王", "欧阳", "先生", "Smith", "买买提·艾力", "物业", "加V", "QQ", "'", "§", "&", "家", "小", "，",
];

#[test]
fn whatever_is_written_reading_ends_well() {
    let community = Community::new();
    let mut dice = Dice(23);
    for round in 0..1500 {
        let mut name = dice.text(10);
        for _ in 0..dice.below(4) {
            name.push_str(PIECES[dice.below(PIECES.len())]);
            name.push_str(&dice.text(2));
        }
        let around = Surroundings {
            registry: [&community.empty, &community.estate, &community.low][round % 3],
            scheme: [&community.full, &community.pattern][round % 2],
            ..community.around([None, Some("3"), Some("B")][round % 3])
        };
        for around in [around, community.around(Some("3"))] {
            let Explained {
                ok,
                reason,
                home,
                surname,
                ..
            } = explained(&name, &around);
            assert_eq!(ok, reason.is_none(), "{name:?}");
            assert!(
                !ok || (home.is_some() && surname.is_some_and(|s| !s.is_empty())),
                "{name:?}"
            );
            if let Err(refusal) = read(&name, &around) {
                assert!(!example(&refusal, &around, Language::Zh).is_empty());
            }
        }
    }
    let long = "王".repeat(10_000);
    assert!(read(&long, &community.around(None)).is_err());
}

#[test]
fn stored_form() {
    let name = Name {
        phase: None,
        building: "3".to_owned(),
        unit: Some("2".to_owned()),
        home: "501".to_owned(),
        surname: "王".to_owned(),
    };
    assert_eq!(
        serde_json::to_string(&name).unwrap(),
        r#"{"phase":null,"building":"3","unit":"2","home":"501","surname":"王"}"#
    );
    let refusal: Refusal = serde_json::from_str(
        r#"{"reason":"contact_or_advert","read":{"phase":null,"building":"3","unit":null,"home":null,"surname":null}}"#,
    )
    .unwrap();
    assert_eq!(refusal.reason, Reason::ContactOrAdvert);
}
