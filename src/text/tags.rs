//! Tags such as `#报修` that turn a message into a ticket. Nothing here does IO.
//!
//! | category | tags |
//! |---|---|
//! | repair | 报修 维修 修理 · repair maintenance |
//! | complaint | 投诉 · complaint complain |
//! | suggestion | 建议 意见 · suggestion suggest |
//! | question | 咨询 提问 询问 · question inquiry enquiry |
//! | emergency | 紧急 急修 抢修 · urgent emergency |
//! | fee | 缴费 交费 物业费 费用 · fee payment |
//!
//! `#求助` is left to the neighbours' help channel. A tag may stand anywhere, may be closed
//! by a second `#`, and Chinese tags may run into the text that follows.

use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::fold::Folded;
use super::words::{Lexicon, ends_in_latin};

/// What a ticket is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Something is broken.
    Repair,
    /// Somebody or something disturbs.
    Complaint,
    /// Something could be better.
    Suggestion,
    /// Something is asked.
    Question,
    /// Somebody or something is in danger.
    Emergency,
    /// Money owed or paid.
    Fee,
}

impl Category {
    /// All categories, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Repair,
        Self::Complaint,
        Self::Suggestion,
        Self::Question,
        Self::Emergency,
        Self::Fee,
    ];

    /// The stored name, in snake case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Repair => "repair",
            Self::Complaint => "complaint",
            Self::Suggestion => "suggestion",
            Self::Question => "question",
            Self::Emergency => "emergency",
            Self::Fee => "fee",
        }
    }
}

/// A tag in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The tag as written, without `#`.
    pub name: String,
    /// What it stands for.
    pub category: Category,
    /// Where it stands in the original text, in bytes, with its `#` signs.
    pub range: Range<usize>,
}

static TAGS: LazyLock<Lexicon<Category>> = LazyLock::new(|| {
    Lexicon::new(&[
        (
            Category::Repair,
            &["报修", "维修", "修理", "repair", "maintenance"],
        ),
        (Category::Complaint, &["投诉", "complaint", "complain"]),
        (
            Category::Suggestion,
            &["建议", "意见", "suggestion", "suggest"],
        ),
        (
            Category::Question,
            &["咨询", "提问", "询问", "question", "inquiry", "enquiry"],
        ),
        (
            Category::Emergency,
            &["紧急", "急修", "抢修", "urgent", "emergency"],
        ),
        (
            Category::Fee,
            &["缴费", "交费", "物业费", "费用", "fee", "payment"],
        ),
    ])
});

/// The tag of a text: the first one, unless an emergency tag stands further on, because
/// an overlooked emergency costs more than a wrong label. An unknown `#word` is no tag.
#[must_use]
pub fn find(text: &str) -> Option<Tag> {
    find_in(&Folded::new(text)).map(|(tag, _)| tag)
}

/// The tag of a folded text, and its byte range in the folded text.
pub(super) fn find_in(folded: &Folded) -> Option<(Tag, Range<usize>)> {
    let text = folded.text();
    let mut chosen: Option<(Category, Range<usize>, Range<usize>)> = None;
    for (at, _) in text.match_indices('#') {
        let known = |start| TAGS.at(text, start).map(|hit| (hit.meaning, hit.end));
        let Some(mark) = mark_at(text, at, &known) else {
            continue;
        };
        let (category, name, end) = (mark.meaning, mark.name, mark.end);
        if chosen.is_none() || category == Category::Emergency {
            chosen = Some((category, name, at..end));
        }
        if category == Category::Emergency {
            break;
        }
    }
    chosen.map(|(category, name, whole)| {
        let tag = Tag {
            name: folded.as_written(name).to_owned(),
            category,
            range: folded.original(whole.clone()),
        };
        (tag, whole)
    })
}

/// A `#` and the word behind it.
pub(super) struct Mark<T> {
    pub meaning: T,
    /// The word.
    pub name: Range<usize>,
    /// Where the whole ends, with a second `#` that closes it.
    pub end: usize,
}

/// The tag whose `#` stands at this byte; `known` says what the word at a byte means, and where it ends.
pub(super) fn mark_at<T>(
    text: &str,
    hash: usize,
    known: &impl Fn(usize) -> Option<(T, usize)>,
) -> Option<Mark<T>> {
    let before = &text[..hash];
    // A fragment of a link is no tag.
    let is_link = before.ends_with(['/', '=', '&', '@']) && !before.ends_with(" /")
        || before.strip_suffix('?').is_some_and(ends_in_latin);
    if is_link {
        return None;
    }
    let mut start = hash + 1;
    // Some keyboards put a space after the sign; after `3#` that would be a building.
    if text[start..].starts_with(' ') && !ends_in_latin(before) {
        start += 1;
    }
    let latin = text[start..].starts_with(|c: char| c.is_ascii_alphabetic());
    // English tags neither run on from a Latin word nor follow a loose `#`.
    if latin && (start > hash + 1 || ends_in_latin(before)) {
        return None;
    }
    let (meaning, end) = known(start).filter(|(_, end)| !latin || word_ends(&text[*end..]))?;
    if is_alias(&text[end..]) {
        return None;
    }
    let closed = text[end..].starts_with('#') && mark_at(text, end, known).is_none();
    Some(Mark {
        meaning,
        name: start..end,
        end: end + usize::from(closed),
    })
}

/// Whether a word by itself makes a message a ticket.
pub(super) fn is_tag(word: &str) -> bool {
    let folded = Folded::new(word);
    let text = folded.text();
    TAGS.at(text, 0).is_some_and(|hit| hit.end == text.len())
}

/// Whether an English word ends here: no letter of an alphabet, no underscore follows.
fn word_ends(rest: &str) -> bool {
    !rest.starts_with(|c: char| c == '_' || (c.is_alphanumeric() && !super::words::is_han(c)))
}

/// A room's alias, `#repair:example.org`, is no tag.
fn is_alias(rest: &str) -> bool {
    rest.strip_prefix(':').is_some_and(|rest| {
        let server = rest
            .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
            .next()
            .unwrap_or_default();
        server.starts_with(|c: char| c.is_ascii_alphanumeric())
            && server.trim_end_matches('.').contains('.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, category: Category, whole: &str) {
        let tag = find(text).unwrap_or_else(|| panic!("no tag in {text:?}"));
        assert_eq!((tag.name.as_str(), tag.category), (name, category));
        assert_eq!(&text[tag.range], whole);
    }

    #[test]
    fn tags_in_all_their_spellings() {
        check("#报修 水管漏了", "报修", Category::Repair, "#报修");
        check("#报修3号楼501", "报修", Category::Repair, "#报修");
        check("＃报修　漏水", "报修", Category::Repair, "＃报修");
        check("#报修#厨房漏水", "报修", Category::Repair, "#报修#");
        check("＃投诉＃", "投诉", Category::Complaint, "＃投诉＃");
        check("楼上太吵#投诉", "投诉", Category::Complaint, "#投诉");
        check("#建议 加灯", "建议", Category::Suggestion, "#建议");
        check("#咨询：几点", "咨询", Category::Question, "#咨询");
        check("#紧急！！", "紧急", Category::Emergency, "#紧急");
        check("#缴费", "缴费", Category::Fee, "#缴费");
        check("#维修 灯", "维修", Category::Repair, "#维修");
        check("#報修", "報修", Category::Repair, "#報修");
        check("# 报修", "报修", Category::Repair, "# 报修");
        check(
            "#报\u{200B}修 灯",
            "报\u{200B}修",
            Category::Repair,
            "#报\u{200B}修",
        );
        check("the lift #Repair", "Repair", Category::Repair, "#Repair");
        check(
            "#COMPLAINT noise",
            "COMPLAINT",
            Category::Complaint,
            "#COMPLAINT",
        );
        check("#repair水管", "repair", Category::Repair, "#repair");
        check("#repair: tap", "repair", Category::Repair, "#repair");
        check("#repair:tap drips", "repair", Category::Repair, "#repair");
        check("#urgent", "urgent", Category::Emergency, "#urgent");
        check(
            "#emergency!",
            "emergency",
            Category::Emergency,
            "#emergency",
        );
        check("#fee", "fee", Category::Fee, "#fee");
        check("#payment", "payment", Category::Fee, "#payment");
        check("#question?", "question", Category::Question, "#question");
        check(
            "#suggestion.",
            "suggestion",
            Category::Suggestion,
            "#suggestion",
        );
        check("3号楼501#报修", "报修", Category::Repair, "#报修");
    }

    #[test]
    fn an_emergency_is_not_overlooked() {
        check("#报修 #紧急 爆管", "紧急", Category::Emergency, "#紧急");
        check("#报修#紧急#", "紧急", Category::Emergency, "#紧急#");
        check("#报修 #投诉", "报修", Category::Repair, "#报修");
    }

    #[test]
    fn no_tags() {
        for text in [
            "",
            "#",
            "报修",
            "#求助",
            "#邻里",
            "3#楼",
            "#repairman",
            "#repairs",
            "#repair_list",
            "#feedback",
            "#feel",
            "#repair:example.org",
            "https://a.example/#repair",
            "see a.example/x?y=#报修",
            "abc#repair",
            "# repair",
            "3# 报修",
        ] {
            assert_eq!(find(text), None, "{text:?}");
        }
    }

    #[test]
    fn stored_names() {
        for category in Category::ALL {
            let stored = serde_json::to_string(&category).unwrap();
            assert_eq!(stored, format!("\"{}\"", category.as_str()));
        }
    }
}
