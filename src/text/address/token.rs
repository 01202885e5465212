//! Cutting folded text into the pieces that addresses are made of. Nothing here does IO.

use std::sync::LazyLock;

use super::numeral::{self, Numeral};
use super::value::Value;
use crate::text::words::{Lexicon, ends_with_any};

/// The longest mix of letters and digits that can be a value.
const MIXED_MAX: usize = 6;

/// A Chinese word after a number that says what the number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suffix {
    /// 号楼: names a building and nothing else.
    Building,
    /// 栋, 幢, 座: names a building, but also counts them.
    Block,
    /// 号: a house in a lane or a phase; elsewhere a day of the month or any number.
    House,
    /// 单元.
    Unit,
    /// 门, 梯: a stairwell in some towns, most often something else.
    Door,
    /// 楼.
    Floor,
    /// 层.
    Storey,
    /// 室.
    Room,
    /// 房.
    Flat,
    /// 户: a home, but also counts them.
    Household,
    /// 弄.
    Lane,
    /// 期.
    Phase,
}

/// The label of a form, before the number: 楼号, 单元号, 房号.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Building,
    Unit,
    Home,
}

/// An English word before a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// building, tower, block.
    Building,
    /// unit: a stairwell or a home.
    Unit,
    /// apt, flat, room.
    Home,
    /// floor; also after an ordinal.
    Floor,
    /// phase.
    Phase,
}

/// A word that says what the number next to it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Suffix(Suffix),
    Label(Label),
    Word(Word),
    /// no: between a word and its number.
    Number,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    Value(Value<'t>),
    /// An English ordinal: 3rd, third.
    Ordinal(&'t str),
    Mark(Mark),
    /// Punctuation, or a space; a line end is `'\n'`.
    Sign(char),
    /// A building with a name of its own: its place in the registry.
    Named(usize),
    /// Anything else: one character, or a Latin word.
    Text,
}

/// A piece of the folded text and its bytes there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub kind: Kind<'t>,
    pub start: usize,
    pub end: usize,
}

static MARKS: LazyLock<Lexicon<Mark>> = LazyLock::new(|| {
    Lexicon::new(&[
        (
            Mark::Suffix(Suffix::Building),
            &["号楼", "号大楼", "号栋", "号幢"],
        ),
        (Mark::Suffix(Suffix::Block), &["栋", "幢", "座"]),
        (Mark::Suffix(Suffix::House), &["号"]),
        (Mark::Suffix(Suffix::Unit), &["单元"]),
        (Mark::Suffix(Suffix::Door), &["门", "梯"]),
        (Mark::Suffix(Suffix::Floor), &["楼"]),
        (Mark::Suffix(Suffix::Storey), &["层"]),
        (Mark::Suffix(Suffix::Room), &["室"]),
        (Mark::Suffix(Suffix::Flat), &["房"]),
        (Mark::Suffix(Suffix::Household), &["户"]),
        (Mark::Suffix(Suffix::Lane), &["弄"]),
        (Mark::Suffix(Suffix::Phase), &["期"]),
        (
            Mark::Label(Label::Building),
            &["楼号", "楼栋号", "楼栋", "栋号", "楼幢"],
        ),
        (Mark::Label(Label::Unit), &["单元号"]),
        (
            Mark::Label(Label::Home),
            &["房号", "房间号", "室号", "门牌号", "门牌", "户号"],
        ),
        (
            Mark::Word(Word::Building),
            &["building", "bldg", "bld", "tower", "block", "blk"],
        ),
        (Mark::Word(Word::Unit), &["unit"]),
        (
            Mark::Word(Word::Home),
            &["apt", "apartment", "flat", "room", "rm", "suite"],
        ),
        (Mark::Word(Word::Floor), &["floor", "fl", "flr", "level"]),
        (Mark::Word(Word::Phase), &["phase"]),
        (Mark::Number, &["no", "number"]),
    ])
});

/// Words for ordinals that are written out.
#[rustfmt::skip]
const ORDINALS: &[(&str, &str)] = &[
    ("first", "1"), ("second", "2"), ("third", "3"), ("fourth", "4"), ("fifth", "5"),
    ("sixth", "6"), ("seventh", "7"), ("eighth", "8"), ("ninth", "9"), ("tenth", "10"),
    ("eleventh", "11"), ("twelfth", "12"),
];

/// Whether a text holds anything that an address needs. Most chat does not, and this is
/// far cheaper than cutting it up.
pub(super) fn worth_reading(text: &str) -> bool {
    let mut has_latin = false;
    for c in text.chars() {
        match c {
            '0'..='9' | '楼' | '栋' | '幢' | '座' | '元' | '室' | '层' | '期' | '弄' => {
                return true;
            }
            'a'..='z' => has_latin = true,
            _ => {}
        }
    }
    has_latin && MARKS.all(text).any(|hit| hit.meaning != Mark::Number)
}

/// Cuts folded text into tokens. `breaks_line` says of a space's byte whether it stands
/// for a line end; `named` are the folded names of buildings that are no numbers.
pub(super) fn cut<'t>(
    text: &'t str,
    breaks_line: impl Fn(usize) -> bool,
    named: &[(usize, String)],
) -> Vec<Token<'t>> {
    let mut tokens = Vec::with_capacity(text.len() / 2);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let mut push = |kind, end| {
            tokens.push(Token {
                kind,
                start: at,
                end,
            });
            end
        };
        at = if let Some((index, name)) = named.iter().find(|(_, n)| text[at..].starts_with(n)) {
            push(Kind::Named(*index), at + name.len())
        } else if c.is_ascii_alphanumeric() {
            latin(text, at, &mut tokens)
        } else if c == ' ' {
            let sign = if breaks_line(at) { '\n' } else { ' ' };
            push(Kind::Sign(sign), at + 1)
        } else if numeral::is_numeral(c) {
            let (kind, end) = chinese_number(text, at);
            push(kind, end)
        } else if let Some(hit) = MARKS.at(text, at) {
            push(Kind::Mark(hit.meaning), hit.end)
        } else if c.is_alphanumeric() {
            push(Kind::Text, at + c.len_utf8())
        } else {
            push(Kind::Sign(c), at + c.len_utf8())
        };
    }
    tokens
}

/// A run of ASCII letters and digits; pushes one token, or two for `bldg3`.
fn latin<'t>(text: &'t str, start: usize, tokens: &mut Vec<Token<'t>>) -> usize {
    let len = text[start..]
        .bytes()
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let end = start + len;
    let run = &text[start..end];
    let letters = run.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters >= 2
        && letters < len
        && let Some(mark) = word_mark(&run[..letters])
    {
        let middle = start + letters;
        tokens.push(Token {
            kind: Kind::Mark(mark),
            start,
            end: middle,
        });
        return latin(text, middle, tokens);
    }
    tokens.push(Token {
        kind: latin_kind(run),
        start,
        end,
    });
    end
}

fn latin_kind(run: &str) -> Kind<'_> {
    let digits = run.bytes().take_while(u8::is_ascii_digit).count();
    if digits == run.len() {
        return Kind::Value(Value::Digits(run));
    }
    if run.len() == 1 {
        return Kind::Value(Value::Letter(run));
    }
    if digits > 0 && matches!(&run[digits..], "st" | "nd" | "rd" | "th") {
        return Kind::Ordinal(&run[..digits]);
    }
    if let Some(mark) = word_mark(run) {
        return Kind::Mark(mark);
    }
    if let Some((_, number)) = ORDINALS.iter().find(|(word, _)| *word == run) {
        return Kind::Ordinal(number);
    }
    let has_digit = run.bytes().any(|b| b.is_ascii_digit());
    if has_digit && run.len() <= MIXED_MAX {
        return Kind::Value(Value::Mixed(run));
    }
    Kind::Text
}

fn word_mark(word: &str) -> Option<Mark> {
    MARKS
        .at(word, 0)
        .filter(|hit| hit.end == word.len())
        .map(|hit| hit.meaning)
}

/// A run of Chinese numerals, less a first one that belongs to the word before it.
fn chinese_number(text: &str, start: usize) -> (Kind<'_>, usize) {
    let first = text[start..].chars().next().map_or(1, char::len_utf8);
    let len: usize = text[start..]
        .chars()
        .take_while(|c| numeral::is_numeral(*c))
        .map(char::len_utf8)
        .sum();
    let before = &text[..start];
    // 周三, 星期一 are days, whatever number comes after them.
    if ends_with_any(before, &["周", "星期", "礼拜"]) {
        return (Kind::Text, start + first);
    }
    let run = &text[start..start + len];
    // 同一单元, 另一栋 and the like name no number.
    let idle = [
        "统", "唯", "万", "同", "之", "逐", "专", "另", "哪", "每", "某", "任",
    ];
    if run == "一" && ends_with_any(before, &idle) {
        return (Kind::Text, start + len);
    }
    let kind = match numeral::read(run) {
        Numeral::Number(n) => Kind::Value(Value::Numeral(n)),
        Numeral::Spelled => Kind::Value(Value::Spelled(run)),
        Numeral::Neither => Kind::Text,
    };
    (kind, start + len)
}
