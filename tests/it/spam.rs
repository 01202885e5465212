//! `linli spam` from outside: learning from labelled lines, whatever bytes they hold.

use std::{path::Path, process::Command};

use super::synapse::town::program;

struct Told {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs `linli spam` in a folder.
fn spam(folder: &Path, arguments: &str) -> Told {
    let output = Command::new(program())
        .arg("spam")
        .args(arguments.split(' '))
        .current_dir(folder)
        .output()
        .unwrap();
    Told {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[track_caller]
fn done(told: &Told) {
    assert_eq!(told.code, Some(0), "{}", told.err);
}

/// The counts in a sentence about a bound: found, adverts, taken for one, honest lines.
fn counts(out: &str, rate: &str) -> Vec<u32> {
    let line = out
        .lines()
        .find(|line| line.contains(&format!("at {rate} of")));
    let line = line.unwrap_or_else(|| panic!("{out}"));
    let said = line.split_once(": ").unwrap().1;
    let words = said.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    words.filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn what_was_learned_from_half_of_the_lines_tells_the_other_half_apart() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    done(&spam(
        folder,
        "invent --lines 4000 --seed 3 --out lines.tsv",
    ));
    let told = spam(
        folder,
        "train --input lines.tsv --out model.bin --keep-aside half.tsv",
    );
    done(&told);
    let told = spam(folder, "eval --input half.tsv --model model.bin --show 2");
    done(&told);
    assert!(told.out.contains("lines.tsv: "), "{}", told.out);
    for rate in ["0.1 %", "0.5 %"] {
        let counts = counts(&told.out, rate);
        let (found, adverts, wrong, honest) = (counts[0], counts[1], counts[2], counts[3]);
        assert!(adverts > 800 && honest > 800, "{}", told.out);
        assert!(found * 10 > adverts * 9, "{}", told.out);
        assert!(wrong * 100 < honest, "{}", told.out);
    }
    let shown = told
        .out
        .lines()
        .filter(|line| line.starts_with("  ") && line.contains('\t'));
    assert_eq!(shown.count(), 4);
}

#[test]
fn the_same_seed_writes_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for name in ["a", "b"] {
        done(&spam(
            folder,
            &format!("invent --lines 600 --seed 5 --out {name}.tsv"),
        ));
        let read = std::fs::read(folder.join(format!("{name}.tsv"))).unwrap();
        std::fs::write(folder.join("lines.tsv"), read).unwrap();
        done(&spam(
            folder,
            &format!("train --input lines.tsv --seed 2 --out {name}.bin"),
        ));
    }
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    assert_eq!(read("a.tsv"), read("b.tsv"));
    assert_eq!(read("a.bin"), read("b.bin"));
    assert!(read("a.bin").len() <= 256 * 1024);
}

#[test]
fn lines_of_any_bytes_and_any_length_are_read_or_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    done(&spam(folder, "invent --lines 400 --out good.tsv"));
    let mut bytes = b"\xEF\xBB\xBFlabel\ttext\r\n".to_vec();
    bytes.extend(b"spam\t\xFF\xFE\x00broken \xC3\r\n\n   \nmaybe\twhat\nno tab at all\nham\t \n");
    bytes.extend(b"spam\t");
    bytes.extend(vec![b'A'; 3_000_000]);
    bytes.extend("\n0\t长".as_bytes());
    bytes.extend("长".repeat(100_000).as_bytes());
    bytes.extend(b"\n1\tlast line without an end");
    std::fs::write(folder.join("odd.tsv"), bytes).unwrap();
    std::fs::write(folder.join("talk.txt"), "spam\tis a word here\n灯不亮了\n").unwrap();
    let told = spam(
        folder,
        "train --input good.tsv --input odd.tsv --ham talk.txt --out model.bin",
    );
    done(&told);
    assert!(
        told.out
            .contains("Learned from 203 adverts and 203 honest lines"),
        "{}",
        told.out
    );
    for fault in [
        "odd.tsv: 3 lines could not be used",
        "line 5: the label 'maybe' is neither spam nor ham",
        "line 6: there is no tab",
        "line 7: the text is empty",
    ] {
        assert!(told.err.contains(fault), "{}", told.err);
    }
}

#[test]
fn what_cannot_be_done_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("ham.tsv"), "ham\t你好\n").unwrap();
    std::fs::write(folder.join("empty.tsv"), "").unwrap();
    for (arguments, code, sentence) in [
        ("train --out m", 64, "no lines are given"),
        (
            "train --input none.tsv --out m",
            65,
            "Cannot read 'none.tsv'",
        ),
        ("train --input ham.tsv --out m", 65, "these are 0 and 1"),
        (
            "eval --input ham.tsv --model ham.tsv",
            65,
            "no model that linli has written",
        ),
        (
            "eval --input ham.tsv --model none.bin",
            65,
            "Cannot read 'none.bin'",
        ),
    ] {
        let told = spam(folder, arguments);
        assert_eq!(told.code, Some(code), "{arguments}: {}", told.err);
        assert!(told.err.contains(sentence), "{arguments}: {}", told.err);
    }
    assert!(!folder.join("m").exists());
    done(&spam(folder, "invent --lines 100 --out lines.tsv"));
    done(&spam(folder, "train --input lines.tsv --out model.bin"));
    let told = spam(folder, "eval --input empty.tsv --model model.bin");
    assert_eq!(told.code, Some(65));
    let told = spam(folder, "train --input lines.tsv --out missing/model.bin");
    assert_eq!(told.code, Some(1));
    assert!(
        told.err.contains("Cannot write 'missing/model.bin'"),
        "{}",
        told.err
    );
}
