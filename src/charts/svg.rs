//! The chart as an SVG: a heading, tiles and panels below one another, each starting where the last one ended.
//!
//! All coordinates are whole pixels, and nothing depends on the machine, so the same chart gives the same text.

mod bars;
mod canvas;
mod days;
mod heading;
mod tiles;

#[cfg(test)]
mod tests;

use crate::domain::chart::{Chart, Panel};
use canvas::Canvas;

/// The picture's width in pixels: that of a phone's screen.
pub const WIDTH: u32 = 1080;

/// Where the content begins and ends, in pixels from the left.
const LEFT: u32 = 60;
const RIGHT: u32 = WIDTH - LEFT;

/// The white space above the first and below the last thing.
const MARGIN: u32 = 52;

/// The white space between a panel and what is above it.
const GAP: u32 = 56;

/// Nothing is written smaller than this, in pixels.
const SMALLEST: u32 = 30;

/// More panels would make a picture that nobody scrolls through.
const PANELS: usize = 6;

/// The chart as a whole SVG document. It needs the fonts of the module `font`.
#[must_use]
pub fn svg(chart: &Chart) -> String {
    let mut canvas = Canvas::default();
    let mut bottom = heading::draw(&mut canvas, &chart.title, &chart.subtitle, MARGIN);
    bottom = tiles::draw(&mut canvas, &chart.tiles, bottom);
    for panel in chart.panels.iter().take(PANELS) {
        bottom = match panel {
            Panel::Days {
                title,
                first,
                second,
                days,
            } => days::draw(&mut canvas, title, [first, second], days, bottom + GAP),
            Panel::Bars { title, bars } => bars::draw(&mut canvas, title, bars, bottom + GAP),
        };
    }
    canvas.document(WIDTH, bottom + MARGIN)
}
