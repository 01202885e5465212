//! Whole messages and what is understood of them.

mod fill;
mod intents;

use super::{Intent, Surroundings, read};
use crate::text::address::{Building, Registry};
use crate::text::fold::tests::Dice;
use crate::text::tags::Category;

/// A message and where it was written.
struct Case {
    text: &'static str,
    building: Option<&'static str>,
    sender: Option<&'static str>,
}

fn said(text: &'static str) -> Case {
    Case {
        text,
        building: None,
        sender: None,
    }
}

/// A message in the room of building 3, by the resident of 3-2-501.
fn at_home(text: &'static str) -> Case {
    Case {
        text,
        building: Some("3"),
        sender: Some("3-2-501 王芳"),
    }
}

impl Case {
    fn read(&self, registry: &Registry) -> super::Reading {
        let around = Surroundings {
            building: self.building,
            sender: self.sender,
            ..Surroundings::of(registry)
        };
        read(self.text, &around)
    }

    /// `building/unit/home` of the reading.
    fn address(&self, registry: &Registry) -> String {
        let address = self.read(registry).address;
        [address.building, address.unit, address.home]
            .map(|part| part.unwrap_or_else(|| "_".to_owned()))
            .join("/")
    }
}

#[track_caller]
fn all_are(intent: Intent, texts: &[&'static str]) {
    let registry = Registry::default();
    for text in texts {
        assert_eq!(said(text).read(&registry).intent, intent, "{text:?}");
    }
}

#[test]
fn categories() {
    let registry = Registry::default();
    for (text, category) in [
        ("#报修 闻到怪味", Some(Category::Repair)),
        ("#咨询 停车费", Some(Category::Question)),
        ("@linli 厨房漏水", Some(Category::Repair)),
        ("@linli 门禁坏了怎么办？", Some(Category::Repair)),
        ("@linli 投诉楼上太吵", Some(Category::Complaint)),
        ("@linli 建议修一下路灯", Some(Category::Suggestion)),
        ("@linli 物业费怎么交", Some(Category::Fee)),
        ("@linli 闻到煤气味", Some(Category::Emergency)),
        ("@linli 有人困在电梯里", Some(Category::Emergency)),
        ("@linli 着火了！", Some(Category::Emergency)),
        ("@linli 快递放哪里？", Some(Category::Question)),
        ("@linli 停水到几点？", Some(Category::Question)),
        ("@linli 停水了", Some(Category::Repair)),
        ("@linli 我想约个时间", None),
        ("@linli I smell gas", Some(Category::Emergency)),
        ("@linli the tap is leaking", Some(Category::Repair)),
        (
            "@linli I want to complain about my neighbour",
            Some(Category::Complaint),
        ),
        ("@linli where do I pay the fee?", Some(Category::Fee)),
        ("@linli when does the gym open?", Some(Category::Question)),
        ("@linli 谢谢", None),
        ("漏水了", None),
        ("昨天报的漏水有人来了吗", None),
    ] {
        assert_eq!(said(text).read(&registry).category, category, "{text:?}");
    }
}

#[test]
fn places_and_privacy() {
    let registry = Registry::default();
    for (text, place, private) in [
        ("#报修 楼道灯坏了", Some("楼道"), false),
        ("#报修 我家门口楼道灯坏了", Some("家里"), false),
        ("#投诉 楼上吵，别公开我房号", None, true),
        ("#投诉 楼上吵，不要公开我家房号", None, true),
        ("#complaint noise, don't show my flat", None, true),
        (
            "#complaint noise in my flat, keep this private",
            Some("home"),
            true,
        ),
        ("匿名说一句，电梯太慢", Some("电梯"), true),
        ("!工单 匿名", None, true),
    ] {
        let reading = said(text).read(&registry);
        assert_eq!(reading.place.as_deref(), place, "{text:?}");
        assert_eq!(reading.private, private, "{text:?}");
    }
}

#[test]
fn a_mention_may_be_known_from_elsewhere() {
    let registry = Registry::default();
    let around = Surroundings {
        mentions_bot: true,
        bot_names: &["管家"],
        ..Surroundings::of(&registry)
    };
    assert_eq!(read("厨房漏水", &around).intent, Intent::Ticket);
    assert_eq!(read("谢谢管家", &around).intent, Intent::Chat);
    assert_eq!(read("管家 帮助", &around).intent, Intent::HowTo);
    let building = Surroundings {
        mentions_bot: false,
        bot_names: &["3号楼管家"],
        ..Surroundings::of(&registry)
    };
    let reading = read("@3号楼管家 漏水", &building);
    assert_eq!(reading.intent, Intent::Ticket);
    assert_eq!(reading.address.building, None);
}

#[test]
fn stored_form() {
    let registry = Registry::default();
    let reading = said("昨天报的302漏水有人来了吗").read(&registry);
    assert_eq!(
        serde_json::to_string(&reading).unwrap(),
        "{\"intent\":\"status_query\",\"tag\":null,\"category\":null,\
         \"address\":{\"phase\":null,\"building\":null,\"unit\":null,\"home\":null,\"floor\":null},\
         \"place\":null,\"private\":false}"
    );
    for intent in [
        Intent::Ticket,
        Intent::StatusQuery,
        Intent::HowTo,
        Intent::Command,
        Intent::Chat,
    ] {
        let stored = serde_json::to_string(&intent).unwrap();
        assert_eq!(stored, format!("\"{}\"", intent.as_str()));
    }
}

#[test]
fn reading_never_fails() {
    let registry = Registry::new(vec![
        Building::new("3", &["1", "2"]),
        Building::new("听涛阁", &[]),
    ]);
    let empty = Registry::default();
    let mut dice = Dice(23);
    for _ in 0..6000 {
        let (text, sender, building) = (dice.text(30), dice.text(6), dice.text(3));
        for registry in [&registry, &empty] {
            let around = Surroundings {
                building: Some(&building),
                sender: Some(&sender),
                mentions_bot: dice.below(2) == 0,
                ..Surroundings::of(registry)
            };
            let once = read(&text, &around);
            assert_eq!(read(&text, &around), once, "the same every time");
        }
    }
}

#[test]
fn long_and_odd_messages_are_read() {
    let registry = Registry::default();
    for piece in [
        "3",
        "一",
        "-",
        "3-",
        "#",
        "报的",
        "@linli ",
        "\u{202E}",
        "👍",
        "> a\n",
        "漏水。另外，",
        "不要公开",
    ] {
        let text = piece.repeat(16 * 1024 / piece.len() + 1);
        let reading = read(&text, &Surroundings::of(&registry));
        assert_eq!(reading.address.home, None, "{piece:?}");
        let _ = read(&format!("#报修 {text}"), &Surroundings::of(&registry));
    }
    let hidden = "\u{202E}#报\u{200B}修 ３号楼\u{202C}";
    let reading = read(hidden, &Surroundings::of(&registry));
    assert_eq!(reading.intent, Intent::Ticket);
    assert_eq!(reading.address.building.as_deref(), Some("3"));
}
