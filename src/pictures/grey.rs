//! A picture in shades of grey, which is all that a code needs.

use image::DynamicImage;

/// Shades from 0, black, to 255.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grey {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

impl Grey {
    /// The shades of a picture, as it looks on white paper: clients show what is transparent so, or nearly.
    #[must_use]
    pub fn of(picture: &DynamicImage) -> Self {
        let (width, height) = (picture.width(), picture.height());
        let shades = if picture.color().has_alpha() {
            let pixels = picture.to_luma_alpha8();
            let on_white = |pixel: &image::LumaA<u8>| {
                let [shade, alpha] = pixel.0.map(u32::from);
                let mixed = (shade * alpha + 255 * (255 - alpha)) / 255;
                u8::try_from(mixed).unwrap_or(u8::MAX)
            };
            pixels.pixels().map(on_white).collect()
        } else {
            picture.to_luma8().into_raw()
        };
        Self {
            width: width as usize,
            height: height as usize,
            shades,
        }
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// The shades, line by line.
    #[must_use]
    pub fn shades(&self) -> &[u8] {
        &self.shades
    }

    /// Black for white.
    #[must_use]
    pub fn inverted(&self) -> Self {
        Self {
            shades: self.shades.iter().map(|shade| u8::MAX - shade).collect(),
            ..*self
        }
    }

    /// The picture made smaller until no side is longer; None where it is so already. Each pixel is the mean of those
    /// that it stands for.
    #[must_use]
    pub fn no_longer_than(&self, side: u32) -> Option<Self> {
        let longer = self.width.max(self.height);
        let side = side as usize;
        if longer <= side {
            return None;
        }
        let scaled = |length: usize| (length * side / longer).max(1);
        let (width, height) = (scaled(self.width), scaled(self.height));
        let mut shades = Vec::with_capacity(width * height);
        for y in 0..height {
            let rows = (y * self.height / height)..((y + 1) * self.height / height).max(1);
            for x in 0..width {
                let columns = (x * self.width / width)..((x + 1) * self.width / width).max(1);
                let (mut sum, mut count) = (0_usize, 0_usize);
                for row in rows.clone() {
                    let line = &self.shades[row * self.width..(row + 1) * self.width];
                    let part = &line[columns.clone()];
                    sum += part.iter().map(|shade| usize::from(*shade)).sum::<usize>();
                    count += part.len();
                }
                shades.push(u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
            }
        }
        Some(Self {
            width,
            height,
            shades,
        })
    }
}
