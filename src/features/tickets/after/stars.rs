//! Stars from one to five, as people tap and write them. Nothing in this file does IO.

use crate::text::fold::Folded;

/// What is no longer says nothing but the stars.
pub const CHARS_MAX: usize = 5;

/// The taps, the fewest stars first.
pub const KEYS: [&str; 5] = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣"];

/// The stars that a tap gives.
pub fn of_tap(key: &str) -> Option<u8> {
    let is_keycap = key.ends_with('\u{20e3}');
    let digit = key.chars().next().filter(|_| is_keycap)?;
    of_digit(digit)
}

/// The stars that a text gives: a number with nothing behind it but its unit, or other words after a stop. `3 more
/// lamps are out` gives none.
pub fn of_text(text: &str) -> Option<u8> {
    let folded = Folded::new(text);
    let text = folded.text().trim();
    let words = [("满分", 5), ("好评", 5), ("差评", 1)];
    if let Some((_, stars)) = words.iter().find(|(word, _)| text.starts_with(word)) {
        return Some(*stars);
    }
    let first = text.chars().next()?;
    let stars = of_digit(first).or_else(|| of_numeral(first))?;
    let rest = text[first.len_utf8()..].trim_start();
    let units = [
        "分", "星", "颗星", "stars", "star", "points", "point", "/5", "/ 5", "of 5", "out of 5",
    ];
    let unit = units.iter().filter_map(|unit| rest.strip_prefix(unit));
    let behind = unit.min_by_key(|rest| rest.len());
    let is_bare = first.is_ascii_digit() && (rest.is_empty() || stops(rest));
    let is_counted =
        behind.is_some_and(|rest| rest.is_empty() || stops(rest) || rest.starts_with(' '));
    (is_bare || is_counted).then_some(stars)
}

/// The stars that the first of some words gives, and the others.
pub fn of_command(words: &str) -> Option<(u8, &str)> {
    let words = words.trim();
    let (first, others) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let first = first.trim_end_matches(['，', ',', '。', '.']);
    of_text(first)
        .or_else(|| of_tap(first))
        .map(|stars| (stars, others.trim()))
}

fn stops(rest: &str) -> bool {
    let is_number = rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    !is_number && rest.starts_with([',', '.', '!', ';', ':', '。', '、', '~', '\n'])
}

fn of_digit(digit: char) -> Option<u8> {
    let stars = u8::try_from(digit.to_digit(10)?).ok()?;
    (1..=5).contains(&stars).then_some(stars)
}

fn of_numeral(numeral: char) -> Option<u8> {
    let at = "一二三四五".chars().position(|known| known == numeral)?;
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_gives_its_stars() {
        let given = KEYS.map(of_tap);
        assert_eq!(given, [1, 2, 3, 4, 5].map(Some));
        for other in ["6️⃣", "0️⃣", "5", "👍", ""] {
            assert_eq!(of_tap(other), None, "{other}");
        }
    }

    #[test]
    fn stars_are_read_as_people_write_them() {
        for (text, stars) in [
            ("5", 5),
            ("５分", 5),
            ("4分，师傅很好", 4),
            ("四星", 4),
            ("满分！", 5),
            ("差评", 1),
            ("2 stars, came late", 2),
            ("5/5", 5),
            ("1. nobody came", 1),
            ("3 out of 5", 3),
        ] {
            assert_eq!(of_text(text), Some(stars), "{text}");
        }
        for text in [
            "3 more lamps are out",
            "三楼的灯",
            "5号楼",
            "50",
            "6分",
            "1.5",
            "谢谢",
            "",
            "2小时才来",
            "5点来的",
        ] {
            assert_eq!(of_text(text), None, "{text}");
        }
    }
}
