//! `cargo bench --bench judge`: one judgement of a message, and each of its parts; a message of 64 KB of odd bytes; and
//! pictures that are too large.

#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(clippy::print_stdout, reason = "a bench tells on standard output")]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use linli::{
    pictures,
    text::{
        alike::Sketch,
        contact,
        fold::Folded,
        intent,
        links::{self, Hosts},
        model::Model,
        posts::Kinds,
        spam::{Scales, Surroundings, WordList, judge},
    },
};

const RESIDENTS: &str = include_str!("../src/text/spam/tests/residents.txt");
const ADVERTS: &str = include_str!("../src/text/spam/tests/adverts.txt");

fn main() {
    let texts = of_200_characters();
    let (hosts, words) = (Hosts::default(), WordList::default());
    let around = Surroundings {
        model: Model::shipped(),
        hosts: &hosts,
        words: &words,
        scales: &Scales::USUAL,
        kinds: Kinds::shipped(),
        known: false,
    };
    println!("200 characters, {} messages:", texts.len());
    each("judge (budget p99 30 µs)", &texts, |text| {
        drop(black_box(judge(text, &around)));
    });
    each("  fold", &texts, |text| drop(black_box(Folded::new(text))));
    let folded: Vec<Folded<'_>> = texts.iter().map(|text| Folded::new(text)).collect();
    each_of("  links", &folded, |text| {
        drop(black_box(links::find(text, &hosts)));
    });
    each_of("  contact ids", &folded, |text| {
        drop(black_box(contact::find(text)));
    });
    each_of("  model", &folded, |text| {
        black_box(around.model.score(text));
    });
    each_of("  danger", &folded, |text| {
        black_box(intent::is_emergency(text));
    });
    each_of("  sketch", &folded, |text| {
        black_box(Sketch::of(text));
    });
    let lines: Vec<String> = RESIDENTS.lines().map(str::to_owned).collect();
    println!("What residents write, {} lines:", lines.len());
    each("judge", &lines, |text| {
        drop(black_box(judge(text, &around)));
    });
    println!("64 KB of odd kinds (budget 2 ms):");
    for (what, text) in odd() {
        let taken = timed(|| drop(black_box(judge(&text, &around))));
        println!("  {what}: {taken:?}");
    }
    println!("Pictures of nothing but the squares of codes:");
    for (what, bytes) in [("1 pixel", squares(1)), ("30 pixels", squares(30))] {
        let taken = timed(|| drop(black_box(pictures::codes(&bytes))));
        println!("  {what} a module: {taken:?}");
    }
    println!("Pictures that are too large (budget 200 ms):");
    for (what, bytes) in too_large() {
        let taken = timed(|| drop(black_box(pictures::codes(&bytes))));
        println!("  {what}, {} bytes: {taken:?}", bytes.len());
    }
}

/// Residents' talk and adverts, put together to messages of 200 characters.
fn of_200_characters() -> Vec<String> {
    let lines = RESIDENTS.lines().chain(ADVERTS.lines());
    let whole: Vec<char> = lines.flat_map(|line| line.chars().chain(['，'])).collect();
    whole
        .chunks_exact(200)
        .map(|chunk| chunk.iter().collect())
        .collect()
}

fn each(what: &str, texts: &[String], work: impl Fn(&str)) {
    measure(what, texts.len(), |at| work(&texts[at]));
}

fn each_of(what: &str, texts: &[Folded<'_>], work: impl Fn(&Folded<'_>)) {
    measure(what, texts.len(), |at| work(&texts[at]));
}

fn measure(what: &str, count: usize, work: impl Fn(usize)) {
    for at in 0..count {
        work(at);
    }
    let mut taken: Vec<Duration> = (0..20 * count)
        .map(|at| timed(|| work(at % count)))
        .collect();
    taken.sort();
    let share = |share: usize| taken[(taken.len() - 1) * share / 100];
    println!("  {what}: p50 {:?}, p99 {:?}", share(50), share(99));
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn odd() -> Vec<(&'static str, String)> {
    let filled = |piece: &str| piece.repeat(64 * 1024 / piece.len());
    vec![
        ("one character", filled("a")),
        ("digits", filled("1234567890")),
        ("contact words", filled("加薇")),
        ("contact ids", filled("加薇abc123 ")),
        ("links", filled("http://a.cn/x ")),
        ("dots", filled("a.")),
        ("combining marks", filled("e\u{301}\u{302}\u{303}")),
        ("invisible", filled("\u{200b}加\u{200d}")),
        ("full width", filled("ＡＢＣ１２３")),
        ("spaces", filled(" \n\t")),
        ("emoji", filled("👨‍👩‍👧🔥➕")),
        ("Chinese", filled("今天天气不错啊")),
    ]
}

/// 3,200 pixels on each side.
fn squares(module: u32) -> Vec<u8> {
    let picture = image::GrayImage::from_fn(3_200, 3_200, |x, y| {
        let at = |v: u32| (v / module) % 9;
        let (u, v) = (at(x), at(y));
        let is_ring = u < 7 && v < 7 && (u == 0 || u == 6 || v == 0 || v == 6);
        let is_stone = (2..5).contains(&u) && (2..5).contains(&v);
        image::Luma([if is_ring || is_stone { 0 } else { 255 }])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    let written = picture.write_to(&mut bytes, image::ImageFormat::Png);
    written.map(|()| bytes.into_inner()).unwrap_or_default()
}

fn too_large() -> Vec<(&'static str, Vec<u8>)> {
    let png = |side: u32| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let written =
            image::GrayImage::new(side, side).write_to(&mut bytes, image::ImageFormat::Png);
        written.map(|()| bytes.into_inner()).unwrap_or_default()
    };
    vec![
        ("100 megapixels", png(10_000)),
        ("a bomb of 400 megapixels", png(20_000)),
        ("13 MB of nothing", vec![0; 13 * 1024 * 1024]),
    ]
}
