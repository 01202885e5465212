//! The page as it is printed.

use super::{SLIPS_PER_PAGE, Slip, Words, html, picture};
use crate::{
    domain::speech::address,
    text::{codes::code, home::Home, language::Language},
};

const BOT: &str = "@linli:example.org";

fn slip(building: &str, unit: Option<&str>, home: &str) -> Slip {
    let code = code(&[7; 32], home, 0).to_string();
    let home = Home {
        phase: None,
        building: building.to_owned(),
        unit: unit.map(str::to_owned),
        home: home.to_owned(),
    };
    Slip { home, code }
}

fn slips(count: usize) -> Vec<Slip> {
    let home = |n: usize| format!("{}", 101 + n);
    (0..count).map(|n| slip("3", Some("2"), &home(n))).collect()
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
            assert_eq!(page.matches(slip.code.as_str()).count(), 1);
            assert_eq!(
                page.matches(&format!("<h2>{}</h2>", slip.home.label(language)))
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
    let evil = "<script>alert('1')</script>&\"";
    let safe = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;";
    let slip = slip(evil, Some(evil), evil);
    let slips = [Slip {
        home: Home {
            phase: Some(evil.to_owned()),
            ..slip.home
        },
        code: slip.code,
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
}

#[test]
fn pictures_are_squares_with_a_border() {
    let svg = picture(&address(BOT), "<steward>");
    // 38 bytes need version 3 at level M: 29 modules, and the border.
    assert!(svg.contains("viewBox=\"-4 -4 37 37\""), "{svg}");
    assert!(svg.contains("aria-label=\"&lt;steward&gt;\""), "{svg}");
    // The first row starts with the side of the first corner.
    assert!(svg.contains("d=\"M0 0.5h7"), "{svg}");
    assert!(svg.len() < 4096, "{}", svg.len());
    let longest = format!("@{}:example.org", "家".repeat(80));
    assert!(picture(&address(&longest), "").starts_with("<svg"));
    assert_eq!(picture(&"x".repeat(5000), ""), "");
}
