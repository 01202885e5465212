//! Addresses against the buildings that a community has, and homes in names.

use super::{all_read, short};
use crate::text::address::{Building, Registry, from_name, plain_name, read};
use crate::text::fold::Folded;

fn estate() -> Registry {
    Registry::new(vec![
        Building {
            floors: Some(18),
            homes_per_floor: Some(4),
            ..Building::new("3", &["1", "2", "3", "4"])
        },
        Building {
            phase: Some("1".to_owned()),
            ..Building::new("17号楼", &[])
        },
        Building::new("B", &["1"]),
        Building::new("听涛阁", &["1", "2"]),
        Building::new("Maple House", &[]),
    ])
}

#[test]
fn what_the_community_does_not_have_is_left_out() {
    all_read(
        &estate(),
        &[
            ("3号楼2单元501", "3/2/501"),
            ("3号楼9单元501", "3/_/_"),
            ("9号楼2单元501", "_/_/_"),
            ("3号楼2单元509", "3/2/_"),
            ("3号楼2单元2501", "3/2/_"),
            ("3号楼19楼", "3/_/_"),
            ("3号楼负一楼", "3/_/_^-1"),
            ("17号楼201", "17/_/201"),
            ("一期17号201", "1:17/_/201"),
            ("二期17号201", "_/_/_"),
            ("3-9-501", "3/_/_"),
            ("听涛阁2单元501", "听涛阁/2/501"),
            ("听涛阁501", "听涛阁/_/501"),
            ("maple house 501", "Maple House/_/501"),
            ("B-1204", "B/_/1204"),
            ("3-501", "_/_/_"),
            ("2单元501", "_/2/501"),
            // One building does not list its units.
            ("9单元501", "_/9/501"),
        ],
    );
    let low = Registry::new(vec![Building::new("3", &[]), Building::new("5", &[])]);
    all_read(&low, &[("3-501漏水", "3/_/501"), ("9-501漏水", "_/_/_")]);
}

#[test]
fn names() {
    let registry = Registry::default();
    for (name, expected) in [
        ("3-2-501 王芳", "3/2/501"),
        ("3栋2单元501 李先生", "3/2/501"),
        ("B座12A04王", "B/_/12A04"),
        ("Wang 3-2-501", "3/2/501"),
        ("王芳3-2-501", "3/2/501"),
        ("3－2－501（王芳）", "3/2/501"),
        ("3-2-501 王芳 (WeChat)", "3/2/501"),
        ("3号楼501张女士", "3/_/501"),
        ("3#2-501王", "3/2/501"),
        ("501 王芳", "_/_/501"),
        ("501王芳", "_/_/501"),
        ("12A04王", "_/_/12A04"),
        ("Wang 501", "_/_/501"),
        ("A-1204 李", "A/_/1204"),
        ("501-王芳", "_/_/501"),
        ("3-2-501-王芳", "3/2/501"),
        ("B1204 李", "_/_/_"),
        ("3栋501万芳", "3/_/501"),
        ("2-501 王芳", "_/_/_"),
        ("Lily 1990", "_/_/_"),
        ("小王888", "_/_/_"),
        ("user123", "_/_/_"),
        ("Tom 007", "_/_/_"),
        ("王芳", "_/_/_"),
        ("13800138000", "_/_/_"),
        ("王芳 13800138000", "_/_/_"),
        ("", "_/_/_"),
    ] {
        assert_eq!(short(&from_name(name, &registry)), expected, "{name:?}");
    }
    assert_eq!(short(&from_name("3-9-501 王", &estate())), "3/_/_");
    assert_eq!(short(&from_name("B1204 李", &estate())), "B/_/1204");
    let units = Registry::new(vec![Building::new("3", &["1", "2"])]);
    assert_eq!(short(&from_name("2-501 王芳", &units)), "_/2/501");
}

#[test]
fn plain_names() {
    for (name, plain) in [
        ("3", "3"),
        ("03", "3"),
        ("3号楼", "3"),
        ("３栋", "3"),
        ("三号楼", "3"),
        ("Building 3", "3"),
        ("b座", "B"),
        ("a3", "A3"),
        ("2单元", "2"),
        ("一期", "1"),
        ("听涛阁", "听涛阁"),
        (" 听涛阁 ", "听涛阁"),
        ("0", "0"),
    ] {
        assert_eq!(plain_name(name), plain, "{name:?}");
    }
}

#[test]
fn stored_form() {
    let address = read(&Folded::new("3号楼"), &Registry::default());
    assert_eq!(
        serde_json::to_string(&address).unwrap(),
        r#"{"phase":null,"building":"3","unit":null,"home":null,"floor":null}"#
    );
}
