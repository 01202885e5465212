//! Codes and what is typed instead of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, LENGTH, SIGNS, Typed, code, tidy};

/// Sentences, words and numbers that are no codes, a line each.
const ORDINARY: &str = include_str!("ordinary.txt");

const SECRET: [u8; 32] = [7; 32];

fn sample(count: u32) -> impl Iterator<Item = Code> {
    (0..count).map(|round| code(&SECRET, "3-2-501", round))
}

fn typed(signs: [u8; LENGTH]) -> Typed {
    tidy(str::from_utf8(&signs).unwrap())
}

#[test]
fn codes_are_those_of_hmac_sha256() {
    // Made with Python's hmac module.
    for (seed, home, round, shown) in VECTORS {
        assert_eq!(code(&[seed; 32], home, round).to_string(), shown);
    }
}

/// Secret, home, round and code; the last one takes a second attempt.
const VECTORS: [(u8, &str, u32, &str); 5] = [
    (0, "3-2-501", 0, "4H93-KHC9"),
    (7, "3-2-501", 1, "BH6H-JX9K"),
    (255, "听涛阁-东-501", 4_000_000_000, "9WM3-GQJP"),
    (7, "", 0, "X5Z3-ZZP8"),
    (7, "5-1-302", 4, "3TNG-XB5R"),
];

#[test]
fn the_alphabet_has_no_doubtful_sign() {
    let signs: BTreeSet<u8> = SIGNS.iter().copied().collect();
    assert_eq!(signs.len(), SIGNS.len());
    assert!(SIGNS.is_sorted());
    for sign in "0O1ILUVAEYS".chars() {
        assert!(!SIGNS.contains(&u8::try_from(sign).unwrap()), "{sign}");
    }
}

#[test]
fn codes_look_as_printed_and_hide_from_logs() {
    for code in sample(500) {
        let shown = code.to_string();
        let (one, two) = shown.split_once('-').unwrap();
        assert_eq!((one.len(), two.len()), (4, 4));
        let signs = format!("{one}{two}");
        assert!(signs.bytes().all(|sign| SIGNS.contains(&sign)), "{shown}");
        assert!(signs.bytes().any(|sign| sign.is_ascii_digit()), "{shown}");
        assert!(
            signs.bytes().any(|sign| sign.is_ascii_uppercase()),
            "{shown}"
        );
        assert_eq!(tidy(&shown), Typed::Code(code));
        assert!(!format!("{:?}", Typed::Code(code)).contains(one));
    }
}

#[test]
fn codes_differ_by_seed_home_and_round() {
    let mut seen = BTreeMap::new();
    for seed in [[1; 32], [2; 32]] {
        for home in ["3-2-501", "3-2-50", "", "听涛阁-东-501"] {
            for round in [0, 1, 1 << 31] {
                let shown = code(&seed, home, round).to_string();
                assert_eq!(shown, code(&seed, home, round).to_string());
                assert_eq!(seen.insert(shown, (seed, home, round)), None);
            }
        }
    }
}

#[test]
fn every_sign_is_as_likely_as_the_others() {
    let mut counts = BTreeMap::new();
    for sign in sample(5000).flat_map(|code| code.0) {
        *counts.entry(sign).or_insert(0_u32) += 1;
    }
    assert_eq!(counts.len(), SIGNS.len());
    assert!(
        counts.values().all(|count| (1400..1850).contains(count)),
        "{counts:?}"
    );
}

#[test]
fn each_changed_sign_is_noticed() {
    for code in sample(300) {
        for at in 0..LENGTH {
            for sign in SIGNS.iter().filter(|sign| **sign != code.0[at]) {
                let mut signs = code.0;
                signs[at] = *sign;
                assert!(!matches!(typed(signs), Typed::Code(_)), "{signs:?}");
            }
        }
    }
}

#[test]
fn each_exchange_of_neighbours_is_noticed() {
    for code in sample(5000) {
        for at in 1..LENGTH {
            let mut signs = code.0;
            signs.swap(at - 1, at);
            if signs != code.0 {
                assert_eq!(typed(signs), Typed::Mistyped, "{signs:?}");
            }
        }
    }
}

#[test]
fn a_code_is_found_however_it_is_typed() {
    for code in sample(50) {
        let shown = code.to_string();
        let (one, two) = shown.split_once('-').unwrap();
        let small = format!("{one}{two}").to_lowercase();
        let wide: String = shown.chars().map(widen).collect();
        let singles: Vec<String> = small.chars().map(String::from).collect();
        let pairs: Vec<&str> = [&one[..2], &one[2..], &two[..2], &two[2..]].to_vec();
        for text in [
            format!("  {shown}\n"),
            small.clone(),
            wide,
            format!("{one}—{two}"),
            format!("{one} － {two}"),
            format!("{one}\u{2011}{two}"),
            format!("{one}\n{two}"),
            format!("{one}_{two}。"),
            singles.join(" "),
            singles.join("-"),
            pairs.join(" "),
            format!(
                "我的验证码是 {} {} 谢谢",
                one.to_lowercase(),
                two.to_lowercase()
            ),
            format!("我的验证码是{small}，谢谢"),
            format!("你好！3号楼2单元501，码：{shown}"),
            format!("Hello, my code is {small}. Thanks!"),
            format!("\"{shown}\" (home 501)"),
            format!("**{shown}**"),
            shown.replace('5', "S"),
        ] {
            // Without any other digit, S stays what it is.
            if text.contains(|c: char| c.is_numeric()) {
                assert_eq!(tidy(&text), Typed::Code(code), "{text:?}");
            }
        }
    }
}

/// The full-width form of a sign.
fn widen(c: char) -> char {
    char::from_u32(u32::from(c) + 0xFEE0).unwrap()
}

#[test]
fn typing_errors_are_told_from_other_texts() {
    let shown = code(&SECRET, "3-2-501", 0).to_string();
    let wrong = shown.replace(&shown[..1], if shown.starts_with('X') { "W" } else { "X" });
    for (text, mistyped) in [
        (wrong.clone(), true),
        (format!("我的码是{wrong}"), true),
        // The name of a network can have the very form of a code.
        ("CMCC-2F4G".to_owned(), true),
        (shown[..8].to_owned(), false),
        (format!("{shown}7"), false),
        (format!("AB12-{shown}"), false),
        (format!("{shown}-AB12"), false),
        (shown.replace('-', "+"), false),
        (shown.replace('-', " and "), false),
    ] {
        let expected = if mistyped {
            Typed::Mistyped
        } else {
            Typed::NoCode
        };
        assert_eq!(tidy(&text), expected, "{text:?}");
    }
    let both = format!("{wrong}? no, {shown}");
    assert!(matches!(tidy(&both), Typed::Code(_)), "{both}");
}

#[test]
fn ordinary_texts_hold_no_code() {
    let lines: Vec<&str> = ORDINARY.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines.len() >= 200, "only {}", lines.len());
    for line in lines {
        assert_eq!(tidy(line), Typed::NoCode, "{line:?}");
    }
}
