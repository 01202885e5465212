//! A panel of horizontal bars: labels on the left, each bar's figure in words at its end.

use std::ops::RangeInclusive;

use super::{
    LEFT, RIGHT, SMALLEST,
    canvas::{Anchor, Area, Canvas, Colour},
    heading,
};
use crate::{
    charts::font::{Line, Weight, fit},
    domain::chart::Bar,
};

/// Bars that are drawn at most.
const BARS: usize = 12;

/// The height of a line, and of the bar in it.
const ROW: u32 = 52;
const THICKNESS: u32 = 30;

/// The most that labels and figures may take of the width.
const LABEL: u32 = 300;
const VALUE: u32 = 400;

/// The white space between a label and its bar, and between a bar and its figure.
const BESIDE: u32 = 18;

/// A bar that stands for something is at least this long.
const SHORTEST: u32 = 4;

/// Draws the panel from `top` on; returns where it ends. A panel without bars has a dash in their place.
pub(super) fn draw(canvas: &mut Canvas, title: &str, bars: &[Bar], top: u32) -> u32 {
    let (_, top) = heading::panel(canvas, title, RIGHT - LEFT, top);
    let top = top + 14;
    let bars = bars.get(..BARS).unwrap_or(bars);
    if bars.is_empty() {
        let dash = fit("—", Weight::Regular, 34..=34, RIGHT - LEFT);
        canvas.text(&dash, LEFT, top + 38, Anchor::Start, Colour::Grey);
        return top + ROW;
    }
    draw_bars(canvas, bars, top)
}

fn draw_bars(canvas: &mut Canvas, bars: &[Bar], top: u32) -> u32 {
    let labels = lines(bars, |bar| &bar.label, LABEL);
    let values = lines(bars, |bar| &bar.value, VALUE);
    let start = match widest(&labels) {
        0 => LEFT,
        width => LEFT + width + BESIDE,
    };
    let longest = RIGHT - start - BESIDE - widest(&values);
    let mut bottom = top;
    for ((bar, label), value) in bars.iter().zip(&labels).zip(&values) {
        let baseline = bottom + 38;
        canvas.text(label, LEFT, baseline, Anchor::Start, Colour::Ink);
        let area = Area {
            left: start,
            top: bottom + (ROW - THICKNESS) / 2,
            width: length(bar.permille, longest),
            height: THICKNESS,
        };
        canvas.rectangle(area, 0, Colour::Accent);
        let end = start + area.width + BESIDE;
        canvas.text(value, end, baseline, Anchor::Start, Colour::Ink);
        bottom += ROW;
    }
    let axis = Area {
        left: start - 1,
        top,
        width: 2,
        height: bottom - top,
    };
    canvas.rectangle(axis, 0, Colour::Axis);
    bottom
}

/// One text of each bar, all within `width` pixels and of one size.
fn lines(bars: &[Bar], text: impl Fn(&Bar) -> &str, width: u32) -> Vec<Line> {
    let lines = |sizes: RangeInclusive<u32>| {
        bars.iter()
            .map(|bar| fit(text(bar), Weight::Regular, sizes.clone(), width))
            .collect::<Vec<_>>()
    };
    let size = lines(SMALLEST..=34).iter().map(|line| line.size).min();
    let size = size.unwrap_or(SMALLEST);
    lines(size..=size)
}

fn widest(lines: &[Line]) -> u32 {
    lines.iter().map(|line| line.width).max().unwrap_or(0)
}

/// A bar's length in pixels, of at most `longest`. Only nothing has none.
fn length(permille: u32, longest: u32) -> u32 {
    match permille.min(1000) {
        0 => 0,
        permille => (longest * permille / 1000).max(SHORTEST),
    }
}
