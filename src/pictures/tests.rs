//! Codes in pictures as people send them, and files that are no pictures.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgb, RgbImage};
use qrcode::{Color, QrCode};

use super::{BYTES_MAX, Refused, codes};

const HELD: &str = "https://weixin.qq.com/g/AwYAAKxxxxxxxxxxxxxxxx";

/// A code with a white border, so many pixels a module.
fn code(held: &str, scale: u32) -> GrayImage {
    let code = QrCode::new(held).unwrap();
    let width = u32::try_from(code.width()).unwrap();
    let side = (width + 8) * scale;
    GrayImage::from_fn(side, side, |x, y| {
        let (x, y) = ((x / scale).wrapping_sub(4), (y / scale).wrapping_sub(4));
        let dark = x < width && y < width && code[(x as usize, y as usize)] == Color::Dark;
        Luma([if dark { 20 } else { 240 }])
    })
}

/// A scene of so many pixels: uneven light, and something in it.
fn scene(width: u32, height: u32) -> RgbImage {
    let mut chance = 12_345_u32;
    RgbImage::from_fn(width, height, |x, y| {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = chance >> 28;
        let light = 90 + 80 * x / width + 50 * y / height;
        let block = if (x / 97 + y / 61) % 3 == 0 { 40 } else { 0 };
        let shade = u8::try_from((light + block + noise).min(255)).unwrap();
        Rgb([shade, shade.saturating_sub(10), shade.saturating_sub(25)])
    })
}

/// Puts a code into a scene, turned by so many degrees, with its centre there.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels are counted"
)]
fn put(scene: &mut RgbImage, code: &GrayImage, (cx, cy): (u32, u32), degrees: f64) {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let half = f64::from(code.width()) / 2.0;
    let reach = (half * 1.5) as u32;
    for y in cy.saturating_sub(reach)..(cy + reach).min(scene.height()) {
        for x in cx.saturating_sub(reach)..(cx + reach).min(scene.width()) {
            let (dx, dy) = (f64::from(x) - f64::from(cx), f64::from(y) - f64::from(cy));
            let (u, v) = (dx * cos + dy * sin + half, dy * cos - dx * sin + half);
            if (0.0..half * 2.0).contains(&u) && (0.0..half * 2.0).contains(&v) {
                let shade = u32::from(code.get_pixel(u as u32, v as u32).0[0]);
                let light = 160 + 95 * x / scene.width();
                let shade = u8::try_from(shade * light / 255).unwrap();
                scene.put_pixel(x, y, Rgb([shade, shade, shade]));
            }
        }
    }
}

fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn a_bare_code_is_read_in_every_format() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
        ImageFormat::Bmp,
    ] {
        let picture = DynamicImage::from(code(HELD, 6)).to_rgb8();
        let picture = if format == ImageFormat::Gif {
            DynamicImage::from(DynamicImage::from(picture).to_rgba8())
        } else {
            DynamicImage::from(picture)
        };
        assert_eq!(codes(&file(picture, format)).unwrap(), [HELD], "{format:?}");
    }
}

#[test]
fn codes_are_read_in_photos_turned_small_and_inverted() {
    for (what, size, scale, degrees) in [
        ("a photo", (4_000, 3_000), 20, 0.0),
        ("turned", (1_600, 1_200), 8, 33.0),
        ("turned by far", (1_600, 1_200), 8, 160.0),
        ("small in a photo", (4_000, 3_000), 6, 12.0),
        ("small", (640, 480), 3, 7.0),
        ("upside down", (1_080, 1_920), 7, 180.0),
    ] {
        let mut picture = scene(size.0, size.1);
        put(
            &mut picture,
            &code(HELD, scale),
            (size.0 * 3 / 5, size.1 * 2 / 5),
            degrees,
        );
        let bytes = file(picture, ImageFormat::Jpeg);
        assert_eq!(codes(&bytes).unwrap(), [HELD], "{what}");
    }
    let mut inverted = code(HELD, 5);
    for pixel in inverted.pixels_mut() {
        pixel.0[0] = 255 - pixel.0[0];
    }
    assert_eq!(codes(&file(inverted, ImageFormat::Png)).unwrap(), [HELD]);
}

#[test]
fn a_collage_shows_all_its_codes() {
    let mut picture = scene(2_000, 2_000);
    let held: Vec<String> = (0..6)
        .map(|n| format!("https://u.wechat.com/a{n}"))
        .collect();
    for (n, held) in held.iter().enumerate() {
        let n = u32::try_from(n).unwrap();
        let centre = (350 + 650 * (n % 3), 500 + 900 * (n / 3));
        put(&mut picture, &code(held, 9), centre, f64::from(n) * 20.0);
    }
    assert_eq!(codes(&file(picture, ImageFormat::Jpeg)).unwrap(), held);
}

#[test]
fn what_is_transparent_is_white_paper() {
    let code = code(HELD, 4);
    let picture = image::RgbaImage::from_fn(code.width(), code.height(), |x, y| {
        let dark = code.get_pixel(x, y).0[0] < 128;
        image::Rgba([0, 0, 0, if dark { 255 } else { 0 }])
    });
    assert_eq!(codes(&file(picture, ImageFormat::Png)).unwrap(), [HELD]);
}

#[test]
fn pictures_without_codes_have_none() {
    assert_eq!(
        codes(&file(scene(1_600, 1_200), ImageFormat::Jpeg)).unwrap(),
        Vec::<String>::new()
    );
}

/// A PNG that claims this size, with as much of nothing in it as fits into few bytes.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = file(GrayImage::new(8, 8), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// The sum that PNG wants of each chunk (ISO 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let step = |mut sum: u32, byte: &u8| {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            let low = sum & 1;
            sum = (sum >> 1) ^ (0xEDB8_8320 * low);
        }
        sum
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[test]
fn what_is_too_much_is_not_unpacked() {
    assert_eq!(
        codes(&bomb(10_000, 10_000)),
        Err(Refused::Pixels(100_000_000))
    );
    assert_eq!(
        codes(&bomb(60_000, 60_000)),
        Err(Refused::Pixels(3_600_000_000))
    );
    assert_eq!(
        codes(&vec![0; BYTES_MAX + 1]),
        Err(Refused::Bytes(BYTES_MAX + 1))
    );
    // A true picture of one colour: 100 megapixels in some kilobytes.
    let large = file(GrayImage::new(10_000, 10_000), ImageFormat::Png);
    assert_eq!(codes(&large), Err(Refused::Pixels(100_000_000)));
}

#[test]
fn no_bytes_break_it() {
    let whole = file(code(HELD, 4), ImageFormat::Png);
    let jpeg = file(
        DynamicImage::from(code(HELD, 4)).to_rgb8(),
        ImageFormat::Jpeg,
    );
    let mut chance = 7_u64;
    for n in 0..400_usize {
        let mut bytes = if n % 2 == 0 {
            whole.clone()
        } else {
            jpeg.clone()
        };
        for _ in 0..n % 9 {
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let at = usize::try_from(chance >> 33).unwrap() % bytes.len();
            bytes[at] = chance.to_le_bytes()[1];
        }
        let end = bytes.len() - n % 50 * bytes.len() / 60;
        // Whatever comes out, nothing breaks.
        drop(codes(&bytes[..end]));
    }
    for odd in [
        &b""[..],
        b"GIF89a",
        b"BM",
        b"RIFF....WEBP",
        b"\xff\xd8\xff",
        b"hello",
    ] {
        assert!(matches!(codes(odd), Err(Refused::Unreadable(_))));
    }
}

/// So many squares such as stand in the corners of codes, side by side.
fn squares(side: u32, module: u32) -> GrayImage {
    GrayImage::from_fn(side, side, |x, y| {
        let at = |v: u32| (v / module) % 9;
        let (u, v) = (at(x), at(y));
        let is_ring = u < 7 && v < 7 && (u == 0 || u == 6 || v == 0 || v == 6);
        let is_stone = (2..5).contains(&u) && (2..5).contains(&v);
        Luma([if is_ring || is_stone { 0 } else { 255 }])
    })
}

/// Without a bound for the work each of them takes hours, or all memory.
#[test]
fn a_picture_of_nothing_but_squares_is_given_up() {
    for (side, module) in [(3_200, 1), (1_600, 1), (1_600, 5), (2_400, 30)] {
        let picture = file(squares(side, module), ImageFormat::Png);
        assert_eq!(codes(&picture), Ok(Vec::new()), "{side}, {module}");
    }
}
