//! Whether a sender asks not to be shown. Nothing here does IO.

use std::ops::Range;
use std::sync::LazyLock;

use crate::text::words::{Lexicon, ends_with_any, sequences};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Asks for privacy by itself.
    Wish,
    Not,
    /// What must not happen to any thing of the sender's.
    Publish,
    /// What must not happen to the sender's home or name; harmless with other things.
    Show,
    /// The sender's home or name.
    Own,
    NotLet,
    Know,
    Hide,
    Keep,
    Private,
    EnglishNot,
    EnglishShow,
    EnglishOwn,
}

#[rustfmt::skip]
static WORDS: LazyLock<Lexicon<Word>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Word::Wish, &[
            "匿名", "保密", "请不公开", "希望不公开", "麻烦不公开", "想不公开", "私下处理",
            "私下联系", "私下解决", "不实名", "别说是我", "不要说是我", "不具名", "不留名",
            "不署名", "别提我", "不要提我", "anonymous", "anonymously", "anonymity", "confidential",
            "confidentially", "in private", "privately", "stay private", "not be public",
            "not public", "not be shown", "hide my",
        ]),
        (Word::Not, &[
            "别", "不要", "不想", "勿", "莫", "不许", "不希望", "不愿", "不愿意", "不得", "不可",
        ]),
        (Word::Publish, &["公开", "透露", "泄露"]),
        (Word::Show, &["显示", "展示", "泄漏", "公布", "发布", "告诉"]),
        (Word::Own, &[
            "我", "房号", "房间号", "门牌", "姓名", "名字", "身份", "个人信息", "地址", "电话",
            "住址", "隐私",
        ]),
        (Word::Hide, &["隐藏", "隐去", "保护", "不公开", "别写", "不要写"]),
        (Word::NotLet, &["别让", "不要让", "不想让", "别给", "别叫", "不希望"]),
        (Word::Know, &["知道"]),
        (Word::Keep, &["keep"]),
        (Word::Private, &["private"]),
        (Word::EnglishNot, &["don't", "do not", "dont", "please not", "never", "without", "not"]),
        (Word::EnglishShow, &[
            "show", "showing", "publish", "publishing", "share", "sharing", "disclose",
            "disclosing", "reveal", "revealing", "tell", "telling", "post", "posting", "display",
            "displaying", "mention", "mentioning", "make",
        ]),
        (Word::EnglishOwn, &[
            "my", "our", "who i am", "me", "it to", "this to", "anyone", "anybody",
            "the neighbours", "the neighbors", "it public", "this public",
        ]),
    ])
});

/// One word of each wish; without any of them there is none, which is quickly seen.
#[rustfmt::skip]
static KEYS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(&[((), &[
        "匿名", "保密", "公开", "私下", "实名", "具名", "留名", "署名", "说是我", "提我", "透露",
        "泄露", "泄漏", "显示", "展示", "公布", "发布", "告诉", "隐藏", "隐去", "保护", "别写",
        "不要写", "知道", "anonymous", "anonymously", "anonymity", "confidential", "confidentially",
        "private", "privately", "public", "shown", "hide", "show", "showing", "publish",
        "publishing", "share", "sharing", "disclose", "disclosing", "reveal", "revealing", "tell",
        "telling", "post", "posting", "display", "displaying", "mention", "mentioning", "make",
    ])])
});

/// The wishes, word by word.
const PATTERNS: &[&[(usize, Word)]] = &[
    &[(0, Word::Wish)],
    &[(0, Word::Not), (24, Word::Publish)],
    &[(0, Word::Not), (6, Word::Show), (9, Word::Own)],
    &[(0, Word::Not), (6, Word::Own), (18, Word::Show)],
    &[(0, Word::Hide), (12, Word::Own)],
    &[(0, Word::NotLet), (24, Word::Know)],
    &[(0, Word::Keep), (30, Word::Private)],
    &[
        (0, Word::EnglishNot),
        (1, Word::EnglishShow),
        (1, Word::EnglishOwn),
    ],
];

/// Those by which a sender wants nobody to know who they are, staff neither.
#[rustfmt::skip]
static NO_NAME: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(&[((), &[
        "匿名", "不实名", "不具名", "不留名", "不署名", "别说是我", "不要说是我", "别提我", "不要提我", "anonymous",
        "anonymously", "anonymity",
    ])])
});

/// Words before a wish that turn it around: 不用匿名.
const NOT_WANTED: &[&str] = &[
    "不用",
    "不需",
    "不需要",
    "无需",
    "不必",
    "没必要",
    "不是",
    "非",
    "不要求",
    "not",
    "no need to be",
];

/// Where the folded text asks to keep the sender's name or home to the staff.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    if !KEYS.is_in(text) {
        return Vec::new();
    }
    let hits = WORDS.every(text);
    let mut wishes = Vec::new();
    for steps in PATTERNS {
        for wish in sequences(text, &hits, steps) {
            if !ends_with_any(text[..wish.start].trim_end(), NOT_WANTED) {
                wishes.push(wish.start..end_of_object(text, wish.end));
            }
        }
    }
    wishes
}

/// Whether the folded text asks that nobody learns who its sender is.
pub(super) fn wants_no_name(text: &str) -> bool {
    let wishes = find(text);
    wishes.into_iter().any(|wish| NO_NAME.is_in(&text[wish]))
}

/// The end of what must not be shown: "my flat", 我家.
fn end_of_object(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    if let Some(word) = rest.strip_prefix(' ')
        && text[..end].ends_with('y')
    {
        let len = word.bytes().take_while(u8::is_ascii_alphabetic).count();
        return end + 1 + len;
    }
    let own = rest.trim_start_matches(['我', '们', '家', '的']);
    end + rest.len() - own.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folded;

    fn is_asked(text: &str) -> bool {
        !find(Folded::new(text).text()).is_empty()
    }

    #[test]
    fn asked() {
        for text in [
            "别公开我房号",
            "请不要公开我的房号",
            "不要把我家房号公开",
            "匿名投诉楼上",
            "请保密",
            "希望不公开",
            "请勿公开",
            "不想公开姓名",
            "不公开我的信息",
            "别显示我的门牌",
            "不要显示房号",
            "不要透露我的房号",
            "别让邻居知道是我",
            "隐藏我的房号",
            "别告诉楼上是我说的，别说是我",
            "Anonymous please",
            "report this anonymously",
            "don't show my flat",
            "Don’t show my flat number",
            "please keep this private",
            "keep my name private",
            "keep private",
            "please do not share my address",
            "keep it confidential",
        ] {
            assert!(is_asked(text), "{text:?}");
        }
    }

    #[test]
    fn no_name() {
        let is = |text: &str| wants_no_name(Folded::new(text).text());
        for text in [
            "匿名投诉楼上",
            "我要匿名举报",
            "别说是我说的",
            "an anonymous complaint",
            "anonymously",
        ] {
            assert!(is(text), "{text}");
        }
        for text in [
            "请保密",
            "不用匿名",
            "别公开我房号",
            "keep it private",
            "not anonymous",
            "漏水",
        ] {
            assert!(!is(text), "{text}");
        }
    }

    #[test]
    fn not_asked() {
        for text in [
            "",
            "漏水",
            "不用匿名",
            "不需要保密",
            "物业收支不公开",
            "账目要公开透明",
            "公开招标",
            "不要在显示屏上贴广告",
            "有人知道吗",
            "private parking space",
            "show me the menu",
            "显示屏坏了",
            "not anonymous",
            "don't tell him",
        ] {
            assert!(!is_asked(text), "{text:?}");
        }
    }
}
