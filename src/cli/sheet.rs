//! The sheet of slips to print and cut: for each home its code, and how to use it. Nothing here does IO.
//!
//! The page holds everything it needs: no script, no font, no picture comes from elsewhere, so that it can be opened
//! and printed on a machine without a network. Whoever has the page has the codes.

mod words;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::{
    domain::speech::{address, escape},
    text::{home::Home, language::Language},
};
use words::Words;

/// Slips on a page: two columns of five.
pub const SLIPS_PER_PAGE: usize = 10;

/// The white border that readers of QR codes need, in modules. ISO/IEC 18004 asks for four.
const QUIET_MODULES: usize = 4;

const STYLE: &str = include_str!("sheet/style.css");

/// What one slip tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub home: Home,
    /// What its residents send, as it is printed.
    pub code: String,
}

/// The whole page, as HTML, with the slips in their order. `bot` is the Matrix id that residents write to, such as
/// `@linli:example.org`.
#[must_use]
pub fn html(community: &str, bot: &str, slips: &[Slip], language: Language) -> String {
    let words = Words::of(language, community);
    let lang = match language {
        Language::Zh => "zh-CN",
        Language::En => "en",
    };
    let title = escape(&words.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n"
    );
    let picture = picture(&address(bot), &words.picture);
    for slips in slips.chunks(SLIPS_PER_PAGE) {
        page.push_str("<section class=\"page\">\n");
        for slip in slips {
            push_slip(&mut page, slip, bot, language, &words, &picture);
        }
        page.push_str("</section>\n");
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn push_slip(
    page: &mut String,
    slip: &Slip,
    bot: &str,
    language: Language,
    words: &Words,
    picture: &str,
) {
    let (heading, label) = (escape(&words.heading), escape(&slip.home.label(language)));
    let (code, note, bot) = (escape(&slip.code), escape(&words.note), escape(bot));
    // Writing to a String cannot fail.
    let _ = write!(
        page,
        "<article class=\"slip\">\n<div class=\"home\"><p class=\"heading\">{heading}</p><h2>{label}</h2>\
         <p class=\"code\">{code}</p></div>\n<div class=\"bot\">{picture}<p>{bot}</p></div>\n<ol>"
    );
    for step in &words.steps {
        let _ = write!(page, "<li>{}</li>", escape(step));
    }
    let _ = writeln!(page, "</ol>\n<p class=\"note\">{note}</p>\n</article>");
}

/// A QR code as an SVG: each run of dark modules is a line of their height. Nothing where the text is too long for one,
/// which no Matrix id is; the bot's id stands beside it all the same.
fn picture(text: &str, meaning: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return String::new();
    };
    let (width, colours) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colours.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, two| one == two) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{x} {y}.5h{}", run.len());
            }
            x += run.len();
        }
    }
    let side = width + 2 * QUIET_MODULES;
    let meaning = escape(meaning);
    format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"{meaning}\" viewBox=\"-{QUIET_MODULES} -{QUIET_MODULES} {side} {side}\" \
         shape-rendering=\"crispEdges\"><path stroke=\"#000\" d=\"{path}\"/></svg>"
    )
}
