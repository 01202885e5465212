//! Whose chart it is, at the top; and the title above each panel.

use super::{
    LEFT, RIGHT, SMALLEST,
    canvas::{Anchor, Canvas, Colour},
};
use crate::charts::font::{Weight, fit};

/// Draws title and subtitle from `top` on, both on one line each; returns where they end. Empty ones take no room.
pub(super) fn draw(canvas: &mut Canvas, title: &str, subtitle: &str, top: u32) -> u32 {
    let mut bottom = top;
    let title = fit(title, Weight::Bold, 44..=62, RIGHT - LEFT);
    if !title.text.is_empty() {
        canvas.text(&title, LEFT, top + 54, Anchor::Start, Colour::Ink);
        bottom += 68;
    }
    let subtitle = fit(subtitle, Weight::Regular, SMALLEST..=36, RIGHT - LEFT);
    if !subtitle.text.is_empty() {
        canvas.text(&subtitle, LEFT, bottom + 42, Anchor::Start, Colour::Grey);
        bottom += 54;
    }
    bottom
}

/// Draws a panel's title from `top` on, at most `width` pixels wide; returns where it ends in pixels from the left
/// and from the top. An empty one takes no room.
pub(super) fn panel(canvas: &mut Canvas, title: &str, width: u32, top: u32) -> (u32, u32) {
    let title = fit(title, Weight::Bold, 36..=42, width);
    if title.text.is_empty() {
        return (LEFT, top);
    }
    canvas.text(&title, LEFT, top + 38, Anchor::Start, Colour::Ink);
    (LEFT + title.width, top + 50)
}
