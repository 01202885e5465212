//! What the document says, and that all of it is inside the picture.

use super::{PANELS, WIDTH, svg};
use crate::{
    charts::samples::{bar, bars, chart, day, days, empty, hostile, tile, usual},
    domain::chart::{Chart, Tone},
};

/// The whole numbers that an attribute has in the document, in their order.
fn numbers(svg: &str, attribute: &str) -> Vec<u32> {
    let start = format!(" {attribute}=\"");
    let values = svg.split(&start).skip(1);
    values
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect()
}

/// The texts that are drawn, in their order.
fn texts(svg: &str) -> Vec<&str> {
    let values = svg.lines().filter(|line| line.starts_with("<text"));
    values
        .map(|line| line.trim_end_matches("</text>").rsplit('>').next().unwrap())
        .collect()
}

fn height(chart: &Chart) -> u32 {
    numbers(&svg(chart), "height")[0]
}

#[test]
fn the_same_chart_gives_the_same_document() {
    assert_eq!(svg(&usual()), svg(&usual()));
}

#[test]
fn texts_are_escaped() {
    let mut chart = usual();
    chart.title = "<b>&\"'</b>".to_owned();
    assert_eq!(
        texts(&svg(&chart))[0],
        "&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;"
    );
}

#[test]
fn every_coordinate_is_inside_and_no_text_is_too_small() {
    for chart in hostile(60).chain([usual(), empty()]) {
        let svg = svg(&chart);
        let height = numbers(&svg, "height")[0];
        assert!(numbers(&svg, "y").iter().all(|y| *y < height));
        assert!(numbers(&svg, "x").iter().all(|x| *x < WIDTH));
        assert!(numbers(&svg, "font-size").iter().all(|size| *size >= 30));
    }
}

#[test]
fn a_chart_without_anything_is_a_small_picture() {
    assert!((200..600).contains(&height(&empty())));
}

#[test]
fn what_is_too_much_is_left_out() {
    let tiles = vec![tile("新报", "1", "", Tone::Plain); 20];
    assert_eq!(texts(&svg(&chart(tiles, Vec::new()))).len(), 2 + 2 * 6);
    let lines = vec![bar("电气", "1", 500); 20];
    let one = chart(Vec::new(), vec![bars("按类别", lines)]);
    assert_eq!(texts(&svg(&one)).len(), 2 + 1 + 2 * 12);
    let many = vec![bars("按类别", Vec::new()); 20];
    let many = chart(Vec::new(), many);
    assert_eq!(texts(&svg(&many)).len(), 2 + 2 * PANELS);
}

#[test]
fn the_axis_of_numbers_ends_at_or_above_the_highest() {
    for (highest, expected) in [
        (0, vec!["0"]),
        (1, vec!["0", "1", "2", "3"]),
        (24, vec!["0", "5", "10", "15", "20", "25"]),
        (420, vec!["0", "100", "200", "300", "400", "500"]),
        (4001, vec!["0", "1000", "2000", "3000", "4000", "5000"]),
    ] {
        let panel = days("每天", vec![day("", highest, 0)]);
        let svg = svg(&chart(Vec::new(), vec![panel]));
        assert_eq!(texts(&svg)[5..], expected);
    }
}

#[test]
fn some_days_are_labelled() {
    let month = (1..=31).map(|number| day(&number.to_string(), 0, 0));
    let svg = svg(&chart(Vec::new(), vec![days("每天", month.collect())]));
    let labels = ["1", "5", "10", "15", "20", "25", "30"];
    assert_eq!(texts(&svg)[6..], labels);
}

#[test]
fn a_bar_of_nothing_has_no_length_and_one_of_little_is_seen() {
    let lines = [0, 1, 500, 1000, u32::MAX].map(|permille| bar("", "", permille));
    let svg = svg(&chart(Vec::new(), vec![bars("", lines.to_vec())]));
    assert_eq!(numbers(&svg, "width")[2..6], [4, 471, 942, 942]);
}
