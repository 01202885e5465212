//! What the picture looks like once its texts are outlines.

use resvg::usvg::{Fill, Group, Node, Paint, Rect, Tree};

use super::{png, tree};
use super::{
    samples::{empty, hostile, usual},
    svg::{WIDTH, svg},
};

/// What has been drawn of a tree: the outlines of texts, those of bars and columns, and all others.
#[derive(Default)]
struct Drawn {
    texts: Vec<Rect>,
    bars: Vec<Rect>,
    others: Vec<Rect>,
}

impl Drawn {
    fn of(tree: &Tree) -> Self {
        let mut drawn = Self::default();
        drawn.add(tree.root());
        drawn
    }

    fn add(&mut self, group: &Group) {
        for node in group.children() {
            match node {
                Node::Group(group) => self.add(group),
                Node::Text(text) => self.texts.push(text.flattened().abs_bounding_box()),
                Node::Path(path) if is_bar(path.fill().map(Fill::paint)) => {
                    self.bars.push(path.abs_bounding_box());
                }
                Node::Path(path) => self.others.push(path.abs_bounding_box()),
                Node::Image(_) => panic!("there are no images in a chart"),
            }
        }
    }
}

/// Whether the paint is the accent or the second colour.
fn is_bar(paint: Option<&Paint>) -> bool {
    match paint {
        Some(Paint::Color(colour)) => [(0x1d, 0x5b, 0xa6), (0xd9, 0x7a, 0x06)].contains(&(
            colour.red,
            colour.green,
            colour.blue,
        )),
        _ => false,
    }
}

fn overlap(one: &Rect, two: &Rect) -> bool {
    one.left() < two.right()
        && two.left() < one.right()
        && one.top() < two.bottom()
        && two.top() < one.bottom()
}

#[test]
fn nothing_leaves_the_picture_and_no_text_touches_another_or_a_bar() {
    for chart in hostile(40).chain([usual(), empty()]) {
        let tree = tree(&svg(&chart)).unwrap();
        let drawn = Drawn::of(&tree);
        let all = drawn.texts.iter().chain(&drawn.bars).chain(&drawn.others);
        for one in all {
            assert!(one.left() >= 0.0 && one.right() <= tree.size().width());
            assert!(one.top() >= 0.0 && one.bottom() <= tree.size().height());
        }
        for (place, text) in drawn.texts.iter().enumerate() {
            let others = drawn.texts[place + 1..].iter().chain(&drawn.bars);
            for other in others {
                assert!(!overlap(text, other), "{text:?} {other:?} in {chart:?}");
            }
        }
    }
}

#[test]
fn every_text_is_drawn_with_the_embedded_fonts() {
    let chart = usual();
    let document = svg(&chart);
    let texts = document.matches("<text").count();
    let drawn = Drawn::of(&tree(&document).unwrap());
    assert_eq!(drawn.texts.len(), texts);
    assert!(drawn.texts.iter().all(|text| text.width() > 0.0));
}

#[test]
fn a_chart_is_a_png_file_as_wide_as_a_phone_and_always_the_same() {
    for chart in hostile(1).chain([usual(), empty()]) {
        let bytes = png(&chart).unwrap();
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(bytes[16..20], WIDTH.to_be_bytes());
        assert_eq!(bytes, png(&chart).unwrap());
    }
}
