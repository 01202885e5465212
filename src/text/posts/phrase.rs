//! The noun phrases of a text, in both languages, and what stands around each. Nothing here does IO.
//!
//! A text is cut into pieces by the words that hold a sentence together; what lies between is taken for nouns, whether
//! or not a list knows them.

use std::ops::Range;

use super::{
    super::words::is_han,
    grammar::Part,
    pieces::{self, Piece, What},
    things::{Class, Thing},
};

/// What stands beside a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// The text, a clause or a line begins or ends.
    Edge,
    /// White space between Chinese words, which may end a clause or not.
    Gap,
    Word(Part),
}

/// A noun phrase: neither number nor how it is is part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub range: Range<usize>,
    /// The thing that its last word is.
    pub head: Option<Thing>,
    /// The last thing in it, and where that stands.
    pub inner: Option<(Thing, Range<usize>)>,
    pub before: Beside,
    pub after: Beside,
    /// Whether a number or an article stands before it, and whether a number stands behind.
    pub is_counted: (bool, bool),
    /// How many clauses come before.
    pub clause: usize,
    pub is_in_brackets: bool,
}

impl Phrase {
    /// The thing that it is, and where that stands: what an English phrase is, its last word says (a passport cover is no
    /// passport), but behind an animal or somebody their name may stand.
    pub(super) fn known(&self, text: &str) -> Option<(Thing, Range<usize>)> {
        let (thing, at) = self.inner.clone()?;
        let is_head = at.end == self.range.end || text[at.clone()].chars().any(is_han);
        let is_named = match thing.class {
            Class::Animal => true,
            // "kids bike" is a bike, "boy Leo" a boy.
            Class::Person => thing.id != "child" && !text[at.clone()].ends_with('s'),
            Class::Thing | Class::Doing => false,
        };
        (is_head || is_named).then_some((thing, at))
    }
}

/// All noun phrases, in their order.
pub(super) fn all(text: &str) -> Vec<Phrase> {
    let pieces = pieces::all(text);
    let mut found = Vec::new();
    let (mut at, mut clause, mut depth) = (0, 0, 0_usize);
    while let Some(piece) = pieces.get(at) {
        match piece.what {
            What::Break => {
                let word = &text[piece.range.clone()];
                depth += usize::from(word == "(");
                depth = depth.saturating_sub(usize::from(word == ")"));
                clause += usize::from(!"()[]【】“”\"'".contains(word));
                at += 1;
            }
            What::Word(Part::Noun) => {
                let end = end_of(text, &pieces, at);
                let mut phrase = phrase(text, &pieces, at..end);
                phrase.clause = clause;
                phrase.is_in_brackets = depth > 0;
                found.push(phrase);
                at = end;
            }
            What::Gap => {
                let is_chinese =
                    |at: usize| pieces.get(at).is_some_and(|piece| piece.is_chinese(text));
                clause += usize::from(at > 0 && is_chinese(at - 1) && is_chinese(at + 1));
                at += 1;
            }
            What::Word(_) => at += 1,
        }
    }
    found
}

/// The piece behind the phrase that begins at a piece: nouns side by side, English ones with a space between.
fn end_of(text: &str, pieces: &[Piece], start: usize) -> usize {
    let is_noun = |at: usize| {
        pieces
            .get(at)
            .is_some_and(|piece| piece.what == What::Word(Part::Noun))
    };
    let mut end = start + 1;
    loop {
        let is_gap = pieces.get(end).is_some_and(|piece| piece.what == What::Gap);
        // 游泳桶宝宝用不上了: people begin a clause of their own.
        let of = |at: usize| {
            pieces
                .get(at)
                .and_then(|piece| piece.thing)
                .map(|thing| thing.class)
        };
        let is_long = pieces[end - 1].range.end - pieces[start].range.start > 3;
        let is_subject = is_long
            && of(end) == Some(Class::Person)
            && of(end - 1) != Some(Class::Person)
            && pieces[end].is_chinese(text);
        if is_noun(end) && is_subject {
            return end;
        } else if is_noun(end) {
            end += 1;
        } else if is_gap && is_noun(end + 1) {
            let [last, next] = [end - 1, end + 1].map(|at| &text[pieces[at].range.clone()]);
            let is_latin =
                last.ends_with(|c: char| !is_han(c)) && next.starts_with(|c: char| !is_han(c));
            if !is_latin {
                return end;
            }
            end += 2;
        } else {
            return end;
        }
    }
}

fn phrase(text: &str, pieces: &[Piece], of: Range<usize>) -> Phrase {
    let words = &pieces[of.clone()];
    let range = words.first().map_or(0, |word| word.range.start)
        ..words.last().map_or(0, |word| word.range.end);
    let inner = words
        .iter()
        .rev()
        .find_map(|word| Some((word.thing?, word.range.clone())));
    let is_chinese = words.last().is_some_and(|word| word.is_chinese(text));
    let (before, led) = beside(text, is_chinese, pieces[..of.start].iter().rev());
    let (after, followed) = beside(text, is_chinese, pieces[of.end..].iter());
    let is_object = before == Beside::Word(Part::Act) && ends_in_of(text, &pieces[of.end..]);
    let after = if is_object {
        Beside::Word(Part::Act)
    } else if leads_another(text, &pieces[of.end..]) {
        Beside::Word(Part::Noun)
    } else {
        after
    };
    let followed = followed || is_counted_behind_act(&pieces[of.end..]);
    Phrase {
        range,
        head: words.last().and_then(|word| word.thing),
        inner,
        before,
        after,
        is_counted: (led, followed),
        clause: 0,
        is_in_brackets: false,
    }
}

/// Whether what stands behind leads another noun: 取快递把雨伞忘了.
fn leads_another(text: &str, behind: &[Piece]) -> bool {
    let mut words = behind.iter().filter(|piece| piece.what != What::Gap);
    words
        .next()
        .is_some_and(|word| &text[word.range.clone()] == "把")
}

/// Whether 的 stands behind and no noun of which it could be: 丢柯尔鸭的是哪一户, but not 换尿布的时候.
fn ends_in_of(text: &str, behind: &[Piece]) -> bool {
    matches!(
        behind,
        [of, next, ..] if of.what == What::Word(Part::Of)
            && matches!(next.what, What::Break | What::Word(Part::Stop))
            && &text[next.range.clone()] != "时候"
    )
}

/// Whether what is done stands behind, then how many, and then no other noun: 酸豆角多出来五瓶.
fn is_counted_behind_act(behind: &[Piece]) -> bool {
    matches!(
        behind,
        [act, count, rest @ ..] if act.what == What::Word(Part::Act)
            && count.what == What::Word(Part::Count)
            && rest.first().is_none_or(|next| next.what == What::Break)
    )
}

/// What stands beside a phrase, going away from it over numbers and how it is; and whether there was a number. White
/// space between Chinese words ends a clause, or may.
fn beside<'p>(
    text: &str,
    is_chinese: bool,
    others: impl Iterator<Item = &'p Piece>,
) -> (Beside, bool) {
    let (mut is_counted, mut is_apart) = (false, false);
    let mut others = others.peekable();
    while let Some(piece) = others.next() {
        if is_chinese && is_apart && piece.is_chinese(text) {
            return (Beside::Gap, is_counted);
        }
        match piece.what {
            What::Word(Part::Mod) => {}
            // 捡到我的钥匙盒: whose it is stands between.
            What::Word(Part::Of)
                if others
                    .peek()
                    .is_some_and(|next| next.what == What::Word(Part::Mod)) => {}
            What::Word(Part::Count) => is_counted = true,
            What::Gap => is_apart = true,
            What::Break => return (Beside::Edge, is_counted),
            What::Word(part) => return (Beside::Word(part), is_counted),
        }
    }
    (Beside::Edge, is_counted)
}
