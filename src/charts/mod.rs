//! Draws a chart as a PNG file: an SVG first, then its pixels, with the embedded fonts alone. Pure, and slow: not for the
//! engine's thread.

mod font;
mod svg;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{
        Options, Tree,
        fontdb::{Database, Source},
    },
};

use crate::domain::chart::Chart;

pub use font::lacks;

/// Why there is no picture. None of these comes from the chart's own values.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    #[error("the drawing is no valid SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("a picture of {width} by {height} pixels cannot be made")]
    Size { width: u32, height: u32 },
    #[error("the picture cannot be written as PNG: {0}")]
    Png(String),
}

/// The chart as the bytes of a PNG file, [`svg::WIDTH`] pixels wide and as high as its content needs. The same chart
/// gives the same bytes. Takes some tens of milliseconds, so it is not for an asynchronous thread.
pub fn png(chart: &Chart) -> Result<Vec<u8>, ChartError> {
    let tree = tree(&svg::svg(chart))?;
    let size = tree.size().to_int_size();
    let (width, height) = (size.width(), size.height());
    let mut picture = Pixmap::new(width, height).ok_or(ChartError::Size { width, height })?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture
        .encode_png()
        .map_err(|error| ChartError::Png(error.to_string()))
}

/// The SVG with its texts already turned into outlines.
fn tree(svg: &str) -> Result<Tree, resvg::usvg::Error> {
    let mut fonts = Database::new();
    for bytes in [font::REGULAR, font::BOLD] {
        fonts.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    let options = Options {
        font_family: font::FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    Tree::from_str(svg, &options)
}
