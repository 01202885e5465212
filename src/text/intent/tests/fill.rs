//! Addresses completed from the room and the sender's name.

use super::{Case, at_home};
use crate::text::address::{Building, Registry};

const WANG: Option<&str> = Some("3-2-501 王芳");

/// A message, the building of its room, its sender, and the address that comes out.
type Filled = (
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    &'static str,
);

const FILLED: &[Filled] = &[
    ("#报修 没电", Some("3"), WANG, "3/2/501"),
    ("#报修", Some("3号楼"), WANG, "3/2/501"),
    ("#报修 没电", Some("3"), None, "3/_/_"),
    ("#报修 没电", Some("3"), Some("小王"), "3/_/_"),
    ("#报修 没电", None, WANG, "3/2/501"),
    ("#报修 没电", Some("3"), Some("501 王芳"), "3/_/501"),
    ("#报修 没电", Some("5"), WANG, "5/_/_"),
    ("#报修 3号楼没电", None, Some("501 王芳"), "3/_/_"),
    ("#报修 楼道灯坏了", Some("3"), WANG, "3/_/_"),
    ("#报修 楼道灯坏了", None, WANG, "_/_/_"),
    ("#报修 家里没电，楼道也没电", Some("3"), WANG, "3/2/501"),
    ("#报修 厨房漏水", Some("3"), WANG, "3/2/501"),
    ("#报修 5号楼没电", Some("3"), WANG, "5/_/_"),
    ("#报修 5号楼501没电", Some("3"), WANG, "5/_/501"),
    ("#报修 2单元没电", Some("3"), WANG, "3/2/501"),
    ("#报修 1单元没电", Some("3"), WANG, "3/1/_"),
    ("#报修 501室没电", Some("3"), WANG, "3/2/501"),
    ("#报修 502室没电", Some("3"), WANG, "3/_/502"),
    ("#报修 5楼没电", Some("3"), WANG, "3/2/501"),
    ("#报修 4楼没电", Some("3"), WANG, "3/_/_"),
    ("#报修 302没电", Some("3"), WANG, "3/_/_"),
    ("#报修 501没电", Some("3"), WANG, "3/2/501"),
    ("#报修 楼上602漏水到我家", Some("3"), WANG, "3/2/501"),
    ("#报修 热水器报E02", Some("3"), WANG, "3/2/501"),
    ("#报修 等302路公交时看到灯坏了", Some("3"), WANG, "3/2/501"),
    ("#报修 3号楼和5号楼没电", Some("3"), WANG, "_/_/_"),
    ("#报修 3-2-501和3-2-502没电", Some("3"), WANG, "3/2/_"),
    ("昨天报的302漏水有人来了吗？", Some("3"), WANG, "3/_/_"),
    ("昨天报的漏水有人来了吗？", Some("3"), WANG, "3/2/501"),
    ("我家没电了", Some("3"), WANG, "_/_/_"),
    ("帮助", Some("3"), WANG, "_/_/_"),
    ("!报修 没电", Some("3"), WANG, "_/_/_"),
    ("3号楼2单元停水了吗", Some("5"), WANG, "3/2/_"),
    (
        "#repair no power",
        Some("B"),
        Some("B座12A04王"),
        "B/_/12A04",
    ),
    (
        "#repair corridor light",
        Some("B"),
        Some("B座12A04王"),
        "B/_/_",
    ),
    (
        "#repair my flat has no power",
        Some("3"),
        Some("Wang 3-2-501"),
        "3/2/501",
    ),
];

#[test]
fn what_is_missing_is_filled_from_room_and_name() {
    let registry = Registry::default();
    for (text, building, sender, expected) in FILLED.iter().copied() {
        let case = Case {
            text,
            building,
            sender,
        };
        assert_eq!(
            case.address(&registry),
            expected,
            "{text:?} {building:?} {sender:?}"
        );
    }
}

#[test]
fn what_does_not_fit_the_registry_is_not_filled_either() {
    let registry = Registry::new(vec![Building::new("3", &["1", "2", "3", "4"])]);
    for (text, expected) in [
        ("#报修 没电", "3/2/501"),
        ("#报修 3号楼9单元501没电", "3/_/_"),
        ("#报修 9号楼没电", "_/_/_"),
        ("#报修 9单元501没电", "3/_/_"),
    ] {
        assert_eq!(at_home(text).address(&registry), expected, "{text:?}");
    }
    let stranger = Case {
        text: "#报修 没电",
        building: Some("3"),
        sender: Some("3-9-501 王"),
    };
    assert_eq!(stranger.address(&registry), "3/_/_");
}

#[test]
fn phase_comes_along() {
    let registry = Registry::default();
    let case = Case {
        text: "#报修 没电",
        building: Some("一期17号楼"),
        sender: Some("一期17号201 王"),
    };
    let address = case.read(&registry).address;
    assert_eq!(address.phase.as_deref(), Some("1"));
    assert_eq!(address.building.as_deref(), Some("17"));
    assert_eq!(address.home.as_deref(), Some("201"));
}
