//! The words of a post: folded, without tags, with the way back to how they were written. Nothing here does IO.

use std::ops::Range;

use super::{
    super::fold::Folded,
    Field, Kinds, Told,
    pattern::{Pattern, compile},
};

/// The text of a post.
pub(super) struct Words<'f> {
    folded: &'f Folded<'f>,
    /// The folded text with spaces where tags stand, and a line end where a line ends.
    own: String,
}

/// A tag that is none of ours is no word either.
static TAG: Pattern = Pattern::new(|| compile(r"(?:^|[^0-9a-z/=&?@])(?<x>#[\p{L}\p{N}_]{1,12}#?)"));

impl<'f> Words<'f> {
    pub(super) fn new(folded: &'f Folded<'f>, kinds: &Kinds) -> Self {
        let mut own = folded.text().to_owned();
        let blank = |own: &mut String, range: Range<usize>| {
            let spaces = " ".repeat(range.len());
            own.replace_range(range, &spaces);
        };
        if let Some(tag) = kinds.tag(folded) {
            blank(&mut own, tag.range);
        }
        let known = |own: &String| -> Option<Range<usize>> {
            let found = TAG.all(own).filter_map(|found| found.name("x"));
            let mut ranges = found.map(|found| found.range());
            // A tag that runs on is cut where it is known to end.
            ranges.find(|range| range.len() < 30)
        };
        while let Some(range) = known(&own) {
            blank(&mut own, range);
        }
        let ends: Vec<usize> = own.match_indices(' ').map(|(at, _)| at).collect();
        for at in ends.into_iter().filter(|at| folded.breaks_line(*at)) {
            own.replace_range(at..=at, "\n");
        }
        Self { folded, own }
    }

    pub(super) fn own(&self) -> &str {
        &self.own
    }

    /// The text with spaces where these stand, so that all else keeps its place.
    pub(super) fn without(&self, ranges: &[Range<usize>]) -> String {
        let mut own = self.own.clone();
        for range in ranges {
            own.replace_range(range.clone(), &" ".repeat(range.len()));
        }
        own
    }

    /// Words as they were written, without what stands around them.
    pub(super) fn written(&self, range: Range<usize>) -> String {
        let text = self.folded.as_written(range);
        let text =
            text.trim_matches(|c: char| c.is_whitespace() || ",，.。、:：;；!！".contains(c));
        text.to_owned()
    }

    /// The clause around a byte.
    pub(super) fn clause(&self, at: usize) -> Range<usize> {
        let own = &self.own;
        let start = own[..at].rfind(is_stop).map_or(0, |found| {
            found + own[found..].chars().next().map_or(1, char::len_utf8)
        });
        let end = own[at..]
            .find(is_stop)
            .map_or(own.len(), |found| at + found);
        start..end
    }
}

/// What ends a clause.
pub(super) fn is_stop(c: char) -> bool {
    ",.。!?;:、~…()[]【】\n".contains(c)
}

/// An answer may tell what was asked for and nothing else: all of it is the place then, or where the ride goes.
pub(super) fn alone(words: &Words, asked: &[Field], has_time: bool, told: &mut Told) {
    let whole = words.written(0..words.own().len());
    let is_short = !whole.is_empty() && whole.chars().count() <= 30;
    if !is_short || has_time && asked.len() == 1 {
        return;
    }
    let open = |field: &Field| match field {
        Field::Place => told.place.is_none(),
        Field::To => told.to.is_none(),
        Field::Item => told.item.is_none(),
        Field::Colour
        | Field::Marks
        | Field::Name
        | Field::From
        | Field::At
        | Field::Seats
        | Field::Price
        | Field::Condition
        | Field::Pickup
        | Field::Until => false,
    };
    let has_number = told.seats.is_some() || told.price_cents.is_some();
    match asked.iter().find(|field| open(field)) {
        Some(Field::Place) => told.place = Some(whole).filter(|_| !has_time),
        Some(Field::To) => told.to = Some(whole).filter(|_| !has_time && !has_number),
        Some(Field::Item) => told.item = Some(whole).filter(|_| !has_number),
        _ => {}
    }
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 1] {
    [&TAG]
}
