//! Which of the two languages a message is written in. Nothing here does IO.

use super::fold::MAX_TEXT_BYTES;
use super::words::is_han;

/// A language that the bot speaks.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Chinese, in simplified or traditional characters.
    Zh,
    /// English.
    En,
}

impl Language {
    /// The two-letter code: `zh` or `en`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

/// The language of a text, or nothing when there is nothing to judge by.
///
/// One Chinese character makes it Chinese: residents mix English words into Chinese, hardly
/// ever the other way round. English needs a word of two letters and no third script.
#[must_use]
pub fn of(text: &str) -> Option<Language> {
    let text = &text[..text.floor_char_boundary(MAX_TEXT_BYTES)];
    let mut letters_in_a_row = 0_u32;
    let mut has_word = false;
    let mut has_other_script = false;
    for c in text.chars() {
        if is_han(c) {
            return Some(Language::Zh);
        }
        if is_latin(c) {
            letters_in_a_row += 1;
            has_word |= letters_in_a_row >= 2;
        } else {
            letters_in_a_row = 0;
            has_other_script |= c.is_alphabetic();
        }
    }
    (has_word && !has_other_script).then_some(Language::En)
}

/// Latin letters, with accents and in full width.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (c.is_alphabetic()
            && matches!(u32::from(c), 0xC0..=0x24F | 0x1E00..=0x1EFF | 0xFF21..=0xFF5A))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_english_or_nothing() {
        for (text, expected) in [
            ("水管漏了", Some(Language::Zh)),
            ("lift 坏了", Some(Language::Zh)),
            ("楼", Some(Language::Zh)),
            ("The lift is broken", Some(Language::En)),
            ("ok", Some(Language::En)),
            ("ＯＫ", Some(Language::En)),
            ("café", Some(Language::En)),
            ("", None),
            ("   \n", None),
            ("👍👍", None),
            ("3-2-501", None),
            ("B 12 A04", None),
            ("привет", None),
            ("привет ok", None),
            ("!!!", None),
        ] {
            assert_eq!(of(text), expected, "{text:?}");
        }
    }

    #[test]
    fn codes() {
        assert_eq!(Language::Zh.as_str(), "zh");
        assert_eq!(Language::En.as_str(), "en");
    }
}
