//! Reading a text phrase by phrase: where an address starts, how far it goes on, and
//! whether it is enough. Nothing here does IO.

use std::ops::Range;

use super::found::Found;
use super::registry::Registry;
use super::token::{Kind, Mark, Suffix, Token, Word, cut};
use super::value::Value;
use crate::text::fold::Folded;

/// How many separators may stand between two parts of an address.
const GAP_TOKENS_MAX: usize = 4;

/// How deep an address goes, from the outside to the inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    #[default]
    Nothing,
    Phase,
    Building,
    Unit,
    Floor,
    Home,
}

/// One phrase: parts that belong together, from the outside to the inside.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    pub found: Found,
    /// The innermost part so far.
    pub rank: Rank,
    /// The token after the phrase.
    pub end: usize,
    /// How deep the phrase must go before it counts as an address at all.
    pub need: Rank,
    /// Whether only a home with a mark of its own, or one in a unit, is enough.
    pub need_mark: bool,
    /// Whether the home has a mark of its own.
    pub marked: bool,
}

/// What stands between two parts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    /// The token after it.
    pub at: usize,
    pub dash: bool,
    pub line: bool,
    /// A list sign or the end of a sentence: a bare number after it is no home.
    pub loose: bool,
}

/// Reads the addresses of one text.
pub(super) struct Reader<'r> {
    pub folded: &'r Folded<'r>,
    pub tokens: Vec<Token<'r>>,
    pub registry: &'r Registry,
    /// Whether the text is a person's name, where a number counts nothing.
    pub is_name: bool,
    /// Where the phrases that were read stand in the folded text.
    pub spans: Vec<Range<usize>>,
    /// Tokens before this one belong to phrases that were read already.
    used: usize,
}

impl<'r> Reader<'r> {
    /// A reader of this text; `named` are the buildings with names of their own.
    pub fn new(folded: &'r Folded<'r>, registry: &'r Registry, named: &[(usize, String)]) -> Self {
        Self {
            folded,
            tokens: cut(folded.text(), |at| folded.breaks_line(at), named),
            registry,
            is_name: false,
            spans: Vec::new(),
            used: 0,
        }
    }

    /// Reads all phrases and puts together what they agree on.
    pub fn read(&mut self) -> Found {
        let mut found = Found::default();
        let mut at = 0;
        while at < self.tokens.len() {
            at = match self.chain(at) {
                Some(chain) => {
                    found.merge(chain.found);
                    self.used = chain.end.max(at + 1);
                    let span = self.span(at, self.used);
                    self.spans.push(span);
                    self.used
                }
                None => at + 1,
            };
        }
        found.settle();
        found
    }

    /// The phrase that starts at this token, if it is an address.
    fn chain(&self, at: usize) -> Option<Chain> {
        let mut chain = self.start(at)?;
        while self.step(&mut chain) {}
        let deep_enough = chain.rank >= chain.need;
        let marked = !chain.need_mark || chain.marked || chain.found.address.unit.is_some();
        (deep_enough && marked).then(|| {
            chain.found.settle();
            chain
        })
    }

    pub fn kind(&self, at: usize) -> Option<Kind<'r>> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub fn value(&self, at: usize) -> Option<Value<'r>> {
        match self.kind(at)? {
            Kind::Value(value) => Some(value),
            Kind::Ordinal(_) | Kind::Mark(_) | Kind::Sign(_) | Kind::Named(_) | Kind::Text => None,
        }
    }

    pub fn sign(&self, at: usize) -> Option<char> {
        match self.kind(at)? {
            Kind::Sign(sign) => Some(sign),
            Kind::Ordinal(_) | Kind::Mark(_) | Kind::Value(_) | Kind::Named(_) | Kind::Text => None,
        }
    }

    pub fn is_suffix(&self, at: usize, suffix: Suffix) -> bool {
        self.kind(at) == Some(Kind::Mark(Mark::Suffix(suffix)))
    }

    /// The Chinese suffix of the value at this token, and the token after it.
    pub fn suffix_after(&self, at: usize) -> Option<(Suffix, usize)> {
        match self.mark_after(at)? {
            (Mark::Suffix(suffix), end) => Some((suffix, end)),
            (Mark::Label(_) | Mark::Word(_) | Mark::Number, _) => None,
        }
    }

    /// The English word after this token, and the token after it.
    pub fn word_after(&self, at: usize) -> Option<(Word, usize)> {
        match self.mark_after(at)? {
            (Mark::Word(word), end) => Some((word, end)),
            (Mark::Label(_) | Mark::Suffix(_) | Mark::Number, _) => None,
        }
    }

    /// The mark after this token; one space may stand between them.
    fn mark_after(&self, at: usize) -> Option<(Mark, usize)> {
        let spaced = self.sign(at + 1) == Some(' ');
        let next = at + 1 + usize::from(spaced);
        match self.kind(next)? {
            // In a form, 3 单元：2, the word after the space is the next label.
            Kind::Mark(_) if spaced && self.sign(next + 1) == Some(':') => None,
            Kind::Mark(mark) => Some((mark, next + 1)),
            Kind::Value(_) | Kind::Ordinal(_) | Kind::Sign(_) | Kind::Named(_) | Kind::Text => None,
        }
    }

    /// The folded text before this token.
    pub fn before(&self, at: usize) -> &'r str {
        let text = self.folded.text();
        self.tokens
            .get(at)
            .map_or(text, |token| &text[..token.start])
    }

    /// The folded text from this token on.
    pub fn from(&self, at: usize) -> &'r str {
        let text = self.folded.text();
        self.tokens.get(at).map_or("", |token| &text[token.start..])
    }

    /// The folded text of this token.
    pub fn piece(&self, at: usize) -> &'r str {
        let text = self.folded.text();
        self.tokens
            .get(at)
            .map_or("", |token| &text[token.start..token.end])
    }

    /// The bytes of the folded text from one token up to another.
    pub fn span(&self, from: usize, to: usize) -> Range<usize> {
        let end = to.checked_sub(1).and_then(|last| self.tokens.get(last));
        let start = self.before(from).len();
        start..end.map_or(start, |token| token.end.max(start))
    }

    /// Whether the letter at this token was written as a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            self.folded
                .as_written(token.start..token.end)
                .chars()
                .all(char::is_uppercase)
        })
    }

    /// The separators from this token on.
    pub fn gap(&self, from: usize) -> Gap {
        let mut gap = Gap {
            at: from,
            ..Gap::default()
        };
        while gap.at < from + GAP_TOKENS_MAX {
            match self.sign(gap.at) {
                Some(' ' | ',' | '/' | '·' | '|' | ':' | '(' | '[' | '【' | '#') => {}
                Some('\n') => gap.line = true,
                Some('-' | '_') => gap.dash = true,
                Some('、' | '.' | ')') => gap.loose = true,
                None if matches!(self.piece(gap.at), "的" | "里") => {}
                Some(_) | None => break,
            }
            gap.at += 1;
        }
        gap
    }

    /// The token after one or more dashes, with single spaces around them.
    pub fn after_dash(&self, at: usize) -> Option<usize> {
        let mut next = at + usize::from(self.sign(at) == Some(' '));
        let first = next;
        while matches!(self.sign(next), Some('-' | '_')) {
            next += 1;
        }
        (next > first).then(|| next + usize::from(self.sign(next) == Some(' ')))
    }

    /// Whether this value continues a number: the 30 of 8:30, the 5 of 3.5 or of ¥5.
    pub fn is_glued(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        match self.sign(before) {
            Some('¥' | '$' | '€' | '£') => true,
            Some('.' | ':') => {
                matches!(
                    before.checked_sub(1).and_then(|b| self.value(b)),
                    Some(Value::Digits(_) | Value::Mixed(_))
                )
            }
            _ => false,
        }
    }

    /// Whether this value is the last of several (3、5号楼, 1-3单元), so that it does not say
    /// which one is meant.
    pub fn ends_list(&self, at: usize) -> bool {
        let back = |at: usize| {
            let spaces = usize::from(at > 0 && self.sign(at - 1) == Some(' '));
            at.checked_sub(1 + spaces)
        };
        let Some(link) = back(at) else {
            return false;
        };
        let is_comma = self.sign(link) == Some(',');
        let joins = is_comma
            || matches!(self.sign(link), Some('、' | '-' | '~' | '/' | '&'))
            || (self.kind(link) == Some(Kind::Text)
                && matches!(
                    self.piece(link),
                    "和" | "与" | "及" | "跟" | "到" | "至" | "或" | "and" | "or" | "to"
                ));
        let Some(mut other) = back(link).filter(|_| joins) else {
            return false;
        };
        if self.is_suffix(other, Suffix::House) && other > 0 {
            other -= 1;
        }
        let short = self.value(other).is_some_and(|value| match value {
            // After a comma a longer number is a sentence of its own.
            Value::Digits(digits) if is_comma => digits.len() <= 2,
            Value::Digits(_)
            | Value::Letter(_)
            | Value::Mixed(_)
            | Value::Numeral(_)
            | Value::Spelled(_) => value.is_short(),
        });
        short && other >= self.used && !self.is_glued(other)
    }

    /// Whether a short number that belongs to nothing stands right before this word, as in
    /// `3 building 2 unit`, where it is open which number goes with which word.
    pub fn follows_number(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(2).filter(|_| self.sign(at - 1) == Some(' ')) else {
            return false;
        };
        before >= self.used
            && matches!(self.value(before), Some(Value::Digits(digits)) if digits.len() <= 2)
    }

    /// Whether another home follows, so that one alone is not meant: 501、502.
    /// Gives the token after the last of them.
    pub fn homes_after(&self, at: usize) -> Option<usize> {
        let mut next = at;
        while next < at + GAP_TOKENS_MAX {
            let joins = match self.kind(next) {
                Some(Kind::Sign(sign)) => {
                    matches!(sign, ' ' | ',' | '、' | '/' | '-' | '~' | '&')
                }
                Some(Kind::Text) => {
                    matches!(
                        self.piece(next),
                        "和" | "与" | "及" | "跟" | "或" | "到" | "至" | "and" | "or"
                    )
                }
                _ => false,
            };
            if !joins {
                break;
            }
            next += 1;
        }
        let value = self.value(next).filter(|_| next > at)?;
        // In 3-2-501 伍六一 the numerals are a person's name.
        if self.is_name && matches!(value, Value::Numeral(_) | Value::Spelled(_)) {
            return None;
        }
        let is_home =
            value.home().is_some() && !super::refuse::counted_after(value, self.from(next + 1));
        is_home.then_some(next + 1)
    }
}
