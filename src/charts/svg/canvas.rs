//! The few shapes that a chart is made of, written as SVG elements.

use std::fmt::Write as _;

use crate::charts::font::{FAMILY, Line, Weight};

/// The palette. Beside the greys there are one accent and one second colour, far apart in lightness too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colour {
    /// For what is read first.
    Ink,
    /// For what is read second.
    Grey,
    /// For axes.
    Axis,
    /// For the lines behind columns.
    Faint,
    /// For the ground of tiles.
    Ground,
    Accent,
    Second,
    Good,
    Bad,
    White,
}

impl Colour {
    fn code(self) -> &'static str {
        match self {
            Self::Ink => "#15202b",
            Self::Grey => "#505c69",
            Self::Axis => "#8b96a1",
            Self::Faint => "#dfe4e9",
            Self::Ground => "#f2f5f8",
            Self::Accent => "#1d5ba6",
            Self::Second => "#d97a06",
            Self::Good => "#17753a",
            Self::Bad => "#bf2626",
            Self::White => "#ffffff",
        }
    }
}

/// Which point of a text is at its x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A rectangle in pixels; `left` and `top` are its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

/// What has been drawn so far. Later shapes cover earlier ones.
#[derive(Default)]
pub(super) struct Canvas {
    shapes: String,
}

// Writing to a String cannot fail.
impl Canvas {
    /// A rectangle, with corners rounded by so many pixels. One without width or height draws nothing.
    pub fn rectangle(&mut self, area: Area, rounding: u32, colour: Colour) {
        let Area {
            left,
            top,
            width,
            height,
        } = area;
        if width == 0 || height == 0 {
            return;
        }
        let _ = writeln!(
            self.shapes,
            r#"<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="{rounding}" fill="{}"/>"#,
            colour.code()
        );
    }

    /// A horizontal line of so many pixels' thickness, whose upper edge is at `top`.
    pub fn rule(&mut self, left: u32, right: u32, top: u32, thickness: u32, colour: Colour) {
        let area = Area {
            left,
            top,
            width: right.saturating_sub(left),
            height: thickness,
        };
        self.rectangle(area, 0, colour);
    }

    /// A filled outline, in SVG's path language.
    pub fn shape(&mut self, path: &str, colour: Colour) {
        let _ = writeln!(
            self.shapes,
            r#"<path d="{path}" fill="{}"/>"#,
            colour.code()
        );
    }

    /// A line of so many pixels' thickness with round ends, in SVG's path language.
    pub fn stroke(&mut self, path: &str, thickness: u32, colour: Colour) {
        let _ = writeln!(
            self.shapes,
            r#"<path d="{path}" fill="none" stroke="{}" stroke-width="{thickness}" stroke-linecap="round" stroke-linejoin="round"/>"#,
            colour.code()
        );
    }

    /// A line of text whose letters stand on `baseline`. An empty one draws nothing.
    pub fn text(&mut self, line: &Line, x: u32, baseline: u32, anchor: Anchor, colour: Colour) {
        if line.text.is_empty() {
            return;
        }
        let weight = match line.weight {
            Weight::Regular => 400,
            Weight::Bold => 700,
        };
        let _ = writeln!(
            self.shapes,
            r#"<text x="{x}" y="{baseline}" font-size="{}" font-weight="{weight}" text-anchor="{}" fill="{}">{}</text>"#,
            line.size,
            anchor.name(),
            colour.code(),
            escape(&line.text)
        );
    }

    /// All shapes on a white ground, as a whole SVG document of that size in pixels.
    pub fn document(self, width: u32, height: u32) -> String {
        let white = Colour::White.code();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"{FAMILY}\">\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{white}\"/>\n{}</svg>\n",
            self.shapes
        )
    }
}

/// The text with the characters that mean something in XML written as entities.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
