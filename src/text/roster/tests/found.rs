//! What must hold for every file.

use super::estate;
use crate::text::names::{Surroundings, read as read_name};
use crate::text::roster::read;

/// A generator of numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).unwrap() % end
    }
}

#[test]
fn whatever_stands_in_a_file_each_line_is_a_row_or_a_fault() {
    let pieces = [
        "3", "2", "501", "王芳", "Smith", ",", ",", ",", "\"", "\"\"", "\n", "\r\n", "，", ";",
        "\t", " ", "楼栋", "房号", "#", "3号楼", "一期", "、", "\u{1F}", "\u{FEFF}", "é", "👍",
        "(", "-",
    ];
    let mut dice = Dice(7);
    for _ in 0..3000 {
        let csv: String = (0..dice.below(60))
            .map(|_| pieces[dice.below(pieces.len())])
            .collect();
        let roster = read(&csv, &estate());
        let lines = csv.replace("\r\n", "\n").split('\n').count();
        let told = roster.rows.iter().map(|row| row.line);
        let told = told.chain(roster.faults.iter().map(|fault| fault.line));
        for line in told {
            assert!((1..=lines).contains(&line), "{line} in {csv:?}");
        }
        assert!(
            !roster.rows.is_empty() || !roster.faults.is_empty(),
            "{csv:?}"
        );
    }
}

#[test]
fn a_bad_line_never_hides_the_good_one_after_it() {
    let bad = [
        "3,2,501,\"王",
        "\"",
        "3,\"2,501,王",
        ",,",
        "x",
        "\"\"\"",
        "3,2,501,王\u{1F}",
        "9,9,9,9,9",
    ];
    let mut dice = Dice(11);
    for _ in 0..500 {
        let line = bad[dice.below(bad.len())];
        let csv = format!("楼栋,单元,房号,姓名\n{line}\n3,1,101,李\n");
        let roster = read(&csv, &estate());
        assert!(
            roster.rows.iter().any(|row| row.line == 3),
            "{csv:?}: {roster:?}"
        );
    }
}

#[test]
fn rows_read_like_display_names() {
    let registry = estate();
    for (csv, name) in [
        ("3号楼,2单元,0501室,王芳", "3-2-501 王女士"),
        ("b,1,12a04,欧阳娜娜", "B座1单元12A04 欧阳"),
        ("3,1,101,John Smith", "3-1-101 Smith"),
        ("听涛阁,东,501,陳先生", "听涛阁501 陈"),
        ("7,,803,上官先生", "7号楼803 上官"),
    ] {
        let roster = read(csv, &registry);
        let told = read_name(name, &Surroundings::of(&registry));
        let told = told.map_or_else(
            |refusal| *refusal.read,
            |name| crate::text::names::Parts {
                phase: name.phase,
                building: Some(name.building),
                unit: name.unit,
                home: Some(name.home),
                surname: Some(name.surname),
            },
        );
        let row = &roster.rows[0];
        assert_eq!(Some(&row.building), told.building.as_ref(), "{name}");
        assert_eq!(Some(&row.home), told.home.as_ref(), "{name}");
        assert_eq!(row.surname, told.surname, "{name}");
    }
}

#[test]
fn a_large_file_takes_no_long_time() {
    let open: String = "3,2,501,\"王\n".repeat(20_000);
    assert_eq!(read(&open, &estate()).faults.len(), 20_000);
    let good: String = (1..=9)
        .flat_map(|floor| (1..=2000).map(move |n| format!("7,,{floor}{n:04},王芳\n")))
        .collect();
    assert_eq!(read(&good, &estate()).rows.len(), 18_000);
}
