//! The page as it is printed.

use super::{SLIPS_PER_PAGE, Slip, Words, html, html_in_words, link, picture};
use crate::text::codes::code;
use crate::text::language::Language;

const BOT: &str = "@linli:example.org";

fn slip(building: &str, unit: Option<&str>, home: &str) -> Slip {
    Slip {
        phase: None,
        building: building.to_owned(),
        unit: unit.map(str::to_owned),
        home: home.to_owned(),
        code: code(&[7; 32], home, 0),
    }
}

fn slips(count: usize) -> Vec<Slip> {
    let home = |n: usize| format!("{}", 101 + n);
    (0..count).map(|n| slip("3", Some("2"), &home(n))).collect()
}

#[test]
fn homes_are_called_as_people_call_them() {
    for (slip, zh, en) in [
        (
            slip("3", Some("2"), "501"),
            "3号楼 2单元 501",
            "Building 3, Unit 2, 501",
        ),
        (slip("B", None, "12A04"), "B座 12A04", "Building B, 12A04"),
        (
            slip("听涛阁", Some("东"), "501"),
            "听涛阁 东单元 501",
            "听涛阁, Unit 东, 501",
        ),
        (
            Slip {
                phase: Some("1".to_owned()),
                ..slip("17", None, "201")
            },
            "1期 17号楼 201",
            "Phase 1, Building 17, 201",
        ),
    ] {
        assert_eq!(slip.label(Language::Zh), zh);
        assert_eq!(slip.label(Language::En), en);
    }
}

#[test]
fn every_slip_has_its_home_its_code_and_a_picture() {
    for language in [Language::Zh, Language::En] {
        let slips = slips(23);
        let page = html("和谐家园", BOT, &slips, language);
        assert_eq!(page.matches("<svg").count(), slips.len());
        assert_eq!(page.matches("<article").count(), slips.len());
        assert_eq!(page.matches("</article>").count(), slips.len());
        for slip in &slips {
            assert_eq!(page.matches(&slip.code.to_string()).count(), 1);
            assert_eq!(
                page.matches(&format!("<h2>{}</h2>", slip.label(language)))
                    .count(),
                1
            );
        }
        for step in Words::of(language, "").steps {
            assert_eq!(
                page.matches(&super::escape(&step)).count(),
                slips.len(),
                "{step}"
            );
        }
        assert_eq!(
            page.matches("<p>@linli:example.org</p>").count(),
            slips.len()
        );
    }
}

#[test]
fn ten_slips_are_a_page() {
    for (count, pages) in [
        (0, 0),
        (1, 1),
        (SLIPS_PER_PAGE, 1),
        (SLIPS_PER_PAGE + 1, 2),
        (30, 3),
    ] {
        let page = html("和谐家园", BOT, &slips(count), Language::Zh);
        assert_eq!(
            page.matches("<section class=\"page\">").count(),
            pages,
            "{count}"
        );
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    }
    let page = html("和谐家园", BOT, &slips(1), Language::Zh);
    for rule in ["size: A4", "break-after: page", "dashed"] {
        assert!(page.contains(rule), "{rule}");
    }
}

#[test]
fn the_page_is_in_its_language() {
    let zh = html("和谐家园", BOT, &slips(1), Language::Zh);
    assert!(zh.contains("<html lang=\"zh-CN\">") && zh.contains("3号楼 2单元 101"));
    let en = html("Harmony", BOT, &slips(1), Language::En);
    assert!(en.contains("<html lang=\"en\">") && en.contains("Building 3, Unit 2, 101"));
    assert!(!en.contains(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c)));
}

#[test]
fn nothing_comes_from_elsewhere() {
    let page = html("和谐家园", BOT, &slips(11), Language::En);
    for foreign in [
        "<script", "<link", "<img", "src=", "href=", "url(", "@import", "http:", "https:",
    ] {
        assert!(!page.contains(foreign), "{foreign}");
    }
}

#[test]
fn whatever_is_written_stays_text() {
    let evil = "<script>alert('1')</script>&\"\u{7}";
    let safe = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot; ";
    let slips = [Slip {
        phase: Some(evil.to_owned()),
        ..slip(evil, Some(evil), evil)
    }];
    for language in [Language::Zh, Language::En] {
        let page = html(evil, evil, &slips, language);
        assert!(
            !page.contains("<script") && !page.contains("alert('"),
            "{page}"
        );
        // The title and the heading; four parts of the label; the bot.
        assert_eq!(page.matches(safe).count(), 7);
    }
    let words = Words {
        title: evil.to_owned(),
        heading: evil.to_owned(),
        picture: evil.to_owned(),
        steps: [evil, evil, evil].map(str::to_owned),
        note: evil.to_owned(),
    };
    let page = html_in_words(BOT, &self::slips(1), Language::En, &words);
    assert_eq!(page.matches(safe).count(), 7);
    assert!(!page.contains("<script"));
}

#[test]
fn links_are_percent_encoded() {
    for (bot, address) in [
        (
            "@linli:example.org",
            "https://matrix.to/#/@linli:example.org",
        ),
        (
            "@a/b:example.org:8448",
            "https://matrix.to/#/@a%2Fb:example.org:8448",
        ),
        (
            "@a#?&%:example.org",
            "https://matrix.to/#/@a%23%3F%26%25:example.org",
        ),
        (
            "@管家:example.org",
            "https://matrix.to/#/@%E7%AE%A1%E5%AE%B6:example.org",
        ),
    ] {
        assert_eq!(link(bot), address);
    }
}

#[test]
fn pictures_are_squares_with_a_border() {
    let svg = picture(&link(BOT), "<steward>");
    // 38 bytes need version 3 at level M: 29 modules, and the border.
    assert!(svg.contains("viewBox=\"-4 -4 37 37\""), "{svg}");
    assert!(svg.contains("aria-label=\"&lt;steward&gt;\""), "{svg}");
    // The first row starts with the side of the first corner.
    assert!(svg.contains("d=\"M0 0.5h7"), "{svg}");
    assert!(svg.len() < 4096, "{}", svg.len());
    let longest = format!("@{}:example.org", "家".repeat(80));
    assert!(picture(&link(&longest), "").starts_with("<svg"));
    assert_eq!(picture(&"x".repeat(5000), ""), "");
}
