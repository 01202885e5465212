//! The big figures, in two columns. The last of an odd number takes both.

use super::{
    LEFT, RIGHT, SMALLEST,
    canvas::{Anchor, Area, Canvas, Colour},
};
use crate::{
    charts::font::{Weight, fit},
    domain::chart::{Tile, Tone},
};

/// Tiles that are drawn at most.
const TILES: usize = 6;

/// The white space above the tiles, and that between them.
const ABOVE: u32 = 34;
const BETWEEN: u32 = 20;

/// The room around a tile's text.
const PADDING: u32 = 26;

/// A tile's height, and how much of it the note takes; a row in which no tile has one is lower by that.
const HEIGHT: u32 = 200;
const NOTE: u32 = 52;

/// The side of the square that a sign fills.
const SIGN: u32 = 36;

/// The room between a label and the sign.
const BEFORE_SIGN: u32 = 16;

/// Draws the tiles below `top`; returns where they end. None take no room.
pub(super) fn draw(canvas: &mut Canvas, tiles: &[Tile], top: u32) -> u32 {
    let mut bottom = top;
    let tiles = tiles.get(..TILES).unwrap_or(tiles);
    for (row, pair) in tiles.chunks(2).enumerate() {
        let top = bottom + if row == 0 { ABOVE } else { BETWEEN };
        let height = if pair.iter().all(|tile| tile.note.trim().is_empty()) {
            HEIGHT - NOTE
        } else {
            HEIGHT
        };
        let width = match pair {
            [_, _] => (RIGHT - LEFT - BETWEEN) / 2,
            _ => RIGHT - LEFT,
        };
        let mut left = LEFT;
        for tile in pair {
            let area = Area {
                left,
                top,
                width,
                height,
            };
            draw_tile(canvas, tile, area);
            left += width + BETWEEN;
        }
        bottom = top + height;
    }
    bottom
}

fn draw_tile(canvas: &mut Canvas, tile: &Tile, area: Area) {
    canvas.rectangle(area, 18, Colour::Ground);
    let (left, top) = (area.left + PADDING, area.top);
    let width = area.width - 2 * PADDING;
    let sign = Area {
        left: left + width - SIGN,
        top: top + 20,
        width: SIGN,
        height: SIGN,
    };
    let (colour, label_width) = match tile.tone {
        Tone::Good => (Colour::Good, width - SIGN - BEFORE_SIGN),
        Tone::Bad => (Colour::Bad, width - SIGN - BEFORE_SIGN),
        Tone::Plain => (Colour::Grey, width),
    };
    match tile.tone {
        Tone::Good => draw_tick(canvas, sign),
        Tone::Bad => draw_warning(canvas, sign),
        Tone::Plain => {}
    }
    let label = fit(&tile.label, Weight::Regular, SMALLEST..=34, label_width);
    canvas.text(&label, left, top + 50, Anchor::Start, Colour::Grey);
    let value = fit(&tile.value, Weight::Bold, 40..=66, width);
    canvas.text(&value, left, top + 124, Anchor::Start, Colour::Ink);
    let note = fit(&tile.note, Weight::Regular, SMALLEST..=32, width);
    canvas.text(&note, left, top + 175, Anchor::Start, colour);
}

/// A disc with a tick.
fn draw_tick(canvas: &mut Canvas, area: Area) {
    canvas.rectangle(area, SIGN / 2, Colour::Good);
    let tick = format!("M{} {}l6 7l12 -13", area.left + 9, area.top + 19);
    canvas.stroke(&tick, 4, Colour::White);
}

/// A triangle with an exclamation mark.
fn draw_warning(canvas: &mut Canvas, area: Area) {
    let (left, right) = (area.left + 1, area.left + SIGN - 1);
    let (middle, base) = (area.left + SIGN / 2, area.top + SIGN - 4);
    let triangle = format!("M{middle} {}L{right} {base}H{left}Z", area.top + 3);
    canvas.shape(&triangle, Colour::Bad);
    canvas.stroke(&triangle, 4, Colour::Bad);
    let mark = format!(
        "M{middle} {}v8M{middle} {}v0.1",
        area.top + 13,
        area.top + 28
    );
    canvas.stroke(&mark, 4, Colour::White);
}
