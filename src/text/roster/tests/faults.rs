//! Lines that are wrong.

use super::{all_read, estate, phases};
use crate::text::roster::{Why, read};

#[test]
fn homes() {
    all_read(
        &estate(),
        &[
            (",2,501,王", "1!no-building"),
            (
                "楼栋,单元,房号\n,2,501\n3,2,501",
                "3:3/2/501 _, 2!no-building",
            ),
            ("3,2,,王", "1!no-home"),
            ("3,2,无,王", "1!no-home"),
            ("9,2,501,王", "1!unknown-building"),
            ("望江阁,,501,王", "1!unknown-building"),
            ("3单元,2,501,王", "1!unknown-building"),
            ("3,4,501,王", "1!unknown-unit"),
            ("听涛阁,南,501,王", "1!unknown-unit"),
            ("3,,501,王", "1!no-unit"),
            ("7,501,王芳,", "1!unreadable-unit"),
            ("7,,王芳,", "1!unreadable-home"),
            ("7,,501-502-503-504,王", "1!unreadable-home"),
            ("3,2,1901,王", "1!unknown-home"),
            ("3,2,505,王", "1!unknown-home"),
            ("3,2,5-2-501,王", "1!two-homes"),
            ("3,2,3单元501,王", "1!two-homes"),
        ],
    );
    all_read(
        &phases(),
        &[
            ("17,,201,王", "1!no-phase"),
            ("期,楼栋,房号\n2,18,201", "2!unknown-phase"),
            ("期,楼栋,房号\n2,一期18号楼,201", "2!two-homes"),
        ],
    );
}

#[test]
fn people_and_columns() {
    all_read(
        &estate(),
        &[
            ("7,,1,花开富贵", "1!unreadable-surname"),
            ("7,,1,Lily", "1!unreadable-surname"),
            ("7,,1,13800138000", "1!unreadable-surname"),
            ("7,,1,王芳、某公司", "1!unreadable-surname"),
            ("3,2", "1!columns"),
            ("3,2,501,王,多余", "1!columns"),
            ("姓名,楼栋,单元,房号\n王芳,3,2", "2!columns"),
            ("3,2,501,王\u{FFFD}", "1!no-text"),
            ("3,2,501,王\0", "1!no-text"),
            // The home and the surname of one line.
            ("9,2,501,Lily", "1!unknown-building, 1!unreadable-surname"),
            ("楼栋,单元,姓名\n3,2,王芳\n3,2,李强", "1!no-column"),
            ("房号,姓名\n501,王芳", "1!no-column"),
            ("名册\n单元,房号\n1,501", "2!no-column"),
            (
                "房号,姓名\n3-2-501,王芳\n502,李强",
                "2:3/2/501 王, 3!no-building",
            ),
        ],
    );
}

#[test]
fn good_lines_stay_among_bad_ones() {
    all_read(
        &estate(),
        &[(
            "楼栋,单元,房号,姓名\r\n3,1,101,王\r\n3,9,102,李\r\n\r\n3,1\r\n3,1,103,\"陈\r\n3,1,104,周\r\n,,,\r\n4,1,101,吴\r\n5,2,201,郑",
            "2:3/1/101 王, 7:3/1/104 周, 10:5/2/201 郑, \
             3!unknown-unit, 5!columns, 6!open-quote, 9!unknown-building",
        )],
    );
}

#[test]
fn faults_carry_what_a_sentence_needs() {
    let roster = read("3,9,501,王", &estate());
    let [unit, ..] = roster.faults.as_slice() else {
        panic!("no fault");
    };
    let text = |name, value: &str| (name, value.to_owned());
    assert_eq!(unit.why.key(), "roster-unknown-unit");
    assert_eq!(
        unit.why.args(),
        [
            text("building", "3"),
            text("unit", "9"),
            text("units", "1, 2, 3")
        ]
    );
    let why = Why::Columns {
        found: 2,
        wanted: 4,
    };
    assert_eq!(why.args(), [text("found", "2"), text("wanted", "4")]);
}

#[test]
fn what_a_fault_shows_is_short() {
    let csv = format!("7,,{},王", "很长的房号".repeat(100));
    let roster = read(&csv, &estate());
    let args = roster.faults[0].why.args();
    assert!(
        args.iter().all(|(_, text)| text.chars().count() < 50),
        "{roster:?}"
    );
}
