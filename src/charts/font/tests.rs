//! What the fonts have, and how texts are fitted into their room.

use skrifa::{FontRef, MetadataProvider as _, string::StringId};

use super::{BOLD, FAMILY, REGULAR, Weight, fit, lacks};

#[test]
fn both_fonts_are_of_the_family_and_have_the_same_characters() {
    let characters = [REGULAR, BOLD].map(|bytes| {
        let font = FontRef::new(bytes).unwrap();
        let mut names = font.localized_strings(StringId::FAMILY_NAME);
        assert!(names.any(|name| name.to_string() == FAMILY));
        let mut characters: Vec<u32> = font.charmap().mappings().map(|(code, _)| code).collect();
        characters.sort_unstable();
        characters
    });
    assert_eq!(characters[0], characters[1]);
}

/// All that a chart can be written with, but for the names of communities and buildings.
#[test]
fn the_fonts_have_what_charts_are_written_with() {
    let sources = [
        include_str!("../../locales/zh-CN.ftl"),
        include_str!("../../locales/en.ftl"),
    ];
    let is_drawn = |line: &&str| {
        ["chart-", "trade-", "category-", "address-", "span-"]
            .iter()
            .any(|key| line.starts_with(key))
    };
    let lines: Vec<&str> = sources
        .iter()
        .flat_map(|source| source.lines())
        .filter(is_drawn)
        .collect();
    assert!(lines.len() > 60);
    let ascii: String = (' '..='~').collect();
    let signs = [
        "·、，。：；！？（）《》“”‘’％～—–…←↑→↓▲▼°×〓",
        ascii.as_str(),
    ];
    for text in lines.into_iter().chain(signs) {
        assert!(lacks(text).is_empty(), "{text}: {:?}", lacks(text));
    }
}

#[test]
fn lacking_characters_are_listed_once_and_drawn_as_a_substitute() {
    let text = "龘1🔥龘\u{200d}\n2";
    assert_eq!(lacks(text), ['龘', '🔥']);
    assert_eq!(fit(text, Weight::Bold, 30..=30, 900).text, "〓1〓〓 2");
}

#[test]
fn spaces_and_controls_become_one_space_and_none_at_the_ends() {
    let text = "\u{0} a\t\u{3000}\u{1b}\u{200b} b\r\n";
    assert_eq!(fit(text, Weight::Regular, 30..=30, 900).text, "a b");
}

#[test]
fn a_line_is_as_large_as_it_can_be() {
    let line = fit("中中中中", Weight::Regular, 30..=40, 140);
    assert_eq!((line.size, line.width), (35, 140));
    let line = fit("中中中中", Weight::Regular, 30..=40, 900);
    assert_eq!((line.size, line.width), (40, 160));
}

#[test]
fn a_line_without_room_ends_in_an_ellipsis() {
    let line = fit("中中中中中", Weight::Regular, 30..=40, 149);
    assert_eq!(
        (line.text.as_str(), line.size, line.width),
        ("中中中…", 30, 120)
    );
    assert_eq!(fit("ab cdefgh", Weight::Regular, 30..=30, 75).text, "ab…");
    let line = fit("中中", Weight::Regular, 30..=30, 29);
    assert_eq!((line.text.as_str(), line.width), ("", 0));
}

#[test]
fn a_very_long_text_is_a_short_line() {
    let line = fit(&"i".repeat(1_000_000), Weight::Regular, 30..=60, 960);
    assert!(line.width <= 960 && line.text.ends_with('…'));
}
