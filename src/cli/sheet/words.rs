//! The sentences on a slip. Nothing here does IO.

use crate::text::language::Language;

/// The sentences of a sheet, as plain text. They are short: a slip has room for one line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The title of the page, which browsers print at its edge.
    pub title: String,
    /// What stands above the home.
    pub heading: String,
    /// What the picture is, for those who cannot see it.
    pub picture: String,
    /// What to do, one after the other.
    pub steps: [String; 3],
    /// What else to know.
    pub note: String,
}

impl Words {
    /// The sentences of a language, for a community of this name.
    #[must_use]
    pub fn of(language: Language, community: &str) -> Self {
        let own = str::to_owned;
        match language {
            Language::Zh => Self {
                title: format!("{community} · 入群验证码"),
                heading: format!("{community} · 邻里群"),
                picture: own("邻里管家的二维码"),
                steps: [
                    own("用手机扫一扫右边的二维码。"),
                    own("跟邻里管家打个招呼，说一声“你好”。"),
                    own("把上面这八位验证码发给它，就好了。"),
                ],
                note: own("验证码只给您家用，请收好，别给外人看。"),
            },
            Language::En => Self {
                title: format!("{community}: codes for homes"),
                heading: format!("{community}: neighbours' chat"),
                picture: own("QR code of the steward"),
                steps: [
                    own("Point your phone's camera at the picture."),
                    own("Say hello to our steward."),
                    own("Send it the code above. That is all."),
                ],
                note: own("This code is for your home only. Please keep it to yourself."),
            },
        }
    }
}
