//! Whatever is written: nothing panics, and what is found lies where it is said to lie. Texts are torn from real ones,
//! glued together, and bent byte by byte. `LINLI_FUZZ` says how many of them are tried (4,000 without it), and
//! `LINLI_FUZZ_FROM` from which on; what failed is named by its number, which `LINLI_FUZZ_ONE` tries alone.

use image::{DynamicImage, GrayImage, ImageFormat};
use linli::{
    domain::{ids::RoomId, input::Input},
    matrix::translate,
    pictures,
    text::{
        alike::Sketch,
        contact,
        fold::Folded,
        intent,
        links::{self, Hosts},
        model::Model,
        spam::{self, Scales, Surroundings, WordList},
    },
};
use serde_json::json;

use super::simulation::chance::Chance;

const WRITTEN: [&str; 3] = [
    include_str!("../../src/text/contact/tests/disguised.tsv"),
    include_str!("../../src/text/contact/tests/honest.txt"),
    include_str!("explain_table.jsonl"),
];
/// What breaks programs.
#[rustfmt::skip]
const ODD: [&str; 32] = [
    "\u{0}", "\u{200B}", "\u{202E}", "\u{FEFF}", "\u{301}", "\u{20E3}", "\u{FE0F}", "👨‍👩‍👧", "🅱", "❶", "㎡", "ﬃ", "İ", "ß", "ſ", "𝕍", "\u{10FFFF}", "\u{3000}",
    "http://", "https://[::1]/", "@", ":", "://", "%00", "xn--", "..", "点com", "\r\n", "\t", "加", "v", "9",
];
const WITHOUT_A_NUMBER: u64 = 4_000;

/// A text that nobody has written.
fn text(number: u64, lines: &[&str]) -> String {
    let mut chance = Chance::new(number);
    let mut bytes = Vec::new();
    for _ in 0..=chance.below(6) {
        let piece = if chance.below(3) == 0 {
            chance.pick(&ODD)
        } else {
            chance.pick(lines)
        };
        let piece = piece.copied().unwrap_or_default().as_bytes();
        let from = if chance.below(2) == 0 {
            0
        } else {
            chance.below(piece.len())
        };
        let to = if chance.below(2) == 0 {
            piece.len()
        } else {
            from + chance.below(piece.len() - from)
        };
        for _ in 0..=(if chance.below(40) == 0 {
            chance.below(400)
        } else {
            0
        }) {
            bytes.extend(&piece[from..to]);
        }
    }
    for _ in 0..chance.below(4) {
        if !bytes.is_empty() {
            let at = chance.below(bytes.len());
            match chance.below(3) {
                0 => bytes[at] = u8::try_from(chance.below(256)).unwrap(),
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, u8::try_from(chance.below(256)).unwrap()),
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Tries a target with many texts.
fn fuzz(target: impl Fn(&str)) {
    let lines: Vec<&str> = WRITTEN
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !line.is_empty())
        .collect();
    fuzz_with(|number| text(number, &lines), |text| target(text));
}

/// Tries a target with many things that are made of numbers.
fn fuzz_with<T: std::fmt::Debug>(make: impl Fn(u64) -> T, target: impl Fn(&T)) {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse().expect("a number"))
    };
    if let Some(one) = number("LINLI_FUZZ_ONE") {
        let made = make(one);
        println!("{made:?}");
        return target(&made);
    }
    let runs = number("LINLI_FUZZ").unwrap_or(WITHOUT_A_NUMBER);
    let from = number("LINLI_FUZZ_FROM").unwrap_or(0);
    for number in from..from + runs {
        let made = make(number);
        let run = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| target(&made)));
        assert!(run.is_ok(), "LINLI_FUZZ_ONE={number}: {made:?}");
    }
    println!("{runs} runs from {from}");
}

#[test]
fn folding() {
    fuzz(|text| {
        let folded = Folded::new(text);
        let views = [
            folded.squeezed(),
            folded.spelled().into_owned(),
            folded.spelled().squeezed(),
        ];
        for view in views.iter().chain([&folded]) {
            let places: Vec<usize> = view.text().char_indices().map(|(at, _)| at).collect();
            for at in places.iter().step_by(7) {
                // It panics unless both ends are borders of characters.
                let _ = &text[view.original(*at..view.text().len())];
                let _ = view.as_written(0..*at);
            }
        }
    });
}

#[test]
fn contact_ids() {
    fuzz(|text| {
        for contact in contact::find(&Folded::new(text)) {
            assert!(text[contact.range.clone()].contains(&text[contact.handle.clone()]));
            assert!(!text[contact.handle].is_empty());
        }
    });
}

#[test]
fn links_of_all_kinds() {
    let hosts = Hosts::new(["example.com"], ["bad.example.com"]);
    fuzz(|text| {
        let found = links::find(&Folded::new(text), &hosts);
        assert!(found.len() <= links::LINKS_MAX);
        for link in found {
            assert!(!text[link.range].is_empty() && !link.host.is_empty());
        }
    });
}

#[test]
fn the_model_and_the_sketch() {
    fuzz(|text| {
        let folded = Folded::new(text);
        let score = Model::shipped().score(&folded);
        assert!((0.0..=1.0).contains(&score), "{score}");
        if let Some(sketch) = Sketch::of(&folded) {
            assert_eq!(sketch.likeness(&sketch), linli::text::alike::BOXES);
        }
    });
}

#[test]
fn judgements() {
    let (hosts, words) = (Hosts::default(), WordList::default());
    fuzz(|text| {
        let judged = |known| {
            let model = Model::shipped();
            spam::judge(
                text,
                &Surroundings {
                    model,
                    hosts: &hosts,
                    words: &words,
                    scales: &Scales::USUAL,
                    kinds: linli::text::posts::Kinds::shipped(),
                    known,
                },
            )
        };
        let (new, known) = (judged(false), judged(true));
        assert!((0.0..=1.0).contains(&new.score) && known.score <= new.score);
        assert!(known.verdict <= new.verdict);
        if intent::is_emergency(&Folded::new(text)) {
            assert!(new.verdict <= spam::Verdict::Flag);
        }
        assert_eq!(new.reasons.is_empty(), new.score == 0.0, "{new:?}");
    });
}

#[test]
fn formatted_texts() {
    fuzz(|text| {
        let event = json!({"type": "m.room.message", "event_id": "$1", "sender": "@a:b", "content": {
            "msgtype": "m.text", "body": "x", "formatted_body": text, "filename": text}});
        let input = translate::input(&RoomId::from("!r"), &event);
        assert!(matches!(input, Some(Input::Message(_))));
    });
}

/// Small pictures of codes in every format, as files.
fn pictures_of_codes() -> Vec<Vec<u8>> {
    let code = qrcode::QrCode::with_version("加V", qrcode::Version::Normal(1), qrcode::EcLevel::L);
    let code = code.unwrap();
    let width = u32::try_from(code.width()).unwrap();
    let picture = GrayImage::from_fn((width + 8) * 2, (width + 8) * 2, |x, y| {
        let (x, y) = ((x / 2).wrapping_sub(4), (y / 2).wrapping_sub(4));
        let is_in = x < width && y < width;
        let dark = is_in && code[(x as usize, y as usize)] == qrcode::Color::Dark;
        image::Luma([if dark { 0 } else { 255 }])
    });
    let formats = [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
        ImageFormat::Bmp,
    ];
    let file = |format: ImageFormat| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture = DynamicImage::from(picture.clone());
        // Not every format takes every kind of pixel.
        let picture = if format == ImageFormat::Gif {
            DynamicImage::from(picture.to_rgba8())
        } else {
            DynamicImage::from(picture.to_rgb8())
        };
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    formats.map(file).to_vec()
}

#[test]
fn pictures_of_any_bytes() {
    let whole = pictures_of_codes();
    let make = |number: u64| {
        let mut chance = Chance::new(number);
        let mut bytes = chance.pick(&whole).unwrap().clone();
        for _ in 0..chance.below(6) {
            let at = chance.below(bytes.len());
            bytes[at] = u8::try_from(chance.below(256)).unwrap();
        }
        if chance.below(5) == 0 {
            bytes.truncate(chance.below(bytes.len()));
        }
        bytes
    };
    fuzz_with(make, |bytes| {
        // What a changed size claims may take its time, but nothing breaks and nothing is without a bound.
        drop(pictures::codes(bytes));
    });
}
