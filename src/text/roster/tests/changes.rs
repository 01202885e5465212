//! What an import changes.

use super::{estate, short};
use crate::text::roster::{Row, differences, read};

const OLD: &str = "3,2,501,王\n3,2,502,李\n3,2,503,\n5,1,302,周";

fn rows(csv: &str) -> Vec<Row> {
    read(csv, &estate()).rows
}

#[test]
fn a_second_import_changes_nothing() {
    let old = rows(OLD);
    assert!(differences(&old, &rows(OLD)).is_empty());
    let otherwise = "姓名,房号,单元,楼栋\n周,302室,1单元,5号楼\n周敏,302,1,5\n\n,503,2,3\n李,502,2,3\n王芳,501,2,3";
    assert!(differences(&old, &rows(otherwise)).is_empty());
    assert!(differences::<Row, Row>(&[], &[]).is_empty());
}

#[test]
fn additions_and_removals() {
    let (old, new) = (
        rows(OLD),
        rows("3,2,501,王\n3,2,501,陈\n3,1,502,李\n3,2,503,吴\n5,1,302,周"),
    );
    let changes = differences(&old, &new);
    let short = |rows: Vec<&Row>| rows.into_iter().map(short).collect::<Vec<_>>().join(", ");
    assert_eq!(
        short(changes.added),
        "2:3/2/501 陈, 3:3/1/502 李, 4:3/2/503 吴"
    );
    assert_eq!(short(changes.removed), "2:3/2/502 李, 3:3/2/503 _");
}
