//! Which words and handles belong to each other. Nothing here does IO.

use super::{
    Channel,
    handle::Shape,
    marks::{Kind, Mark},
    words::{self, Class},
};

/// How far a handle may lie from its word, in bytes of folded text, where only words such as `号` and signs lie between.
const NEAR: usize = 18;
/// A number so long that follows a word at once belongs to it, whatever the word mostly means.
const LONG_DIGITS: usize = 8;
/// How far it may lie from a disguise, whatever lies between within one sentence.
const FAR: usize = 30;

/// A word that makes a handle a contact id.
pub(super) struct Pair {
    pub channel: Channel,
    pub veiled: bool,
    /// Whether the word is one that neighbours shorten so as well.
    pub short: bool,
    /// With the word for adding before it.
    pub word: Mark,
}

/// A handle and what stands around it.
pub(super) struct Around<'m> {
    text: &'m str,
    marks: &'m [Mark],
    at: usize,
    shape: Shape,
}

impl<'m> Around<'m> {
    /// None where no handle stands at this place.
    pub fn of(text: &'m str, marks: &'m [Mark], at: usize) -> Option<Self> {
        let shape = marks[at].shape()?;
        Some(Self {
            text,
            marks,
            at,
            shape,
        })
    }

    /// The word that makes the handle a contact id.
    pub fn pair(&self) -> Option<Pair> {
        self.before().or_else(|| self.after())
    }

    fn handle(&self) -> &'m Mark {
        &self.marks[self.at]
    }

    /// The word before the handle that makes it one.
    fn before(&self) -> Option<Pair> {
        let (at, is_pointed) = self.word_before()?;
        let word = self.marks[at];
        let gap = &self.text[word.end..self.handle().start];
        let adds = self.adds(at);
        let first = adds.map_or(word, |add| Mark {
            start: add.start,
            ..word
        });
        match word.kind {
            Kind::Me if words::connects(gap) && self.shape != Shape::Letters => Some(Pair {
                channel: Channel::Unnamed,
                veiled: false,
                short: false,
                word,
            }),
            Kind::Channel(channel, class) => {
                let is_near = gap.len() <= NEAR && (is_pointed || words::connects(gap));
                let is_long = self.shape == Shape::Digits
                    && self.handle().end - self.handle().start >= LONG_DIGITS;
                let told = adds.is_some()
                    || is_pointed
                    || words::points(gap)
                    || self.is_same()
                    || (gap.is_empty() && is_long);
                let fits = match class {
                    Class::Veiled => gap.len() <= FAR && !words::ends_sentence(gap),
                    Class::Clear => is_near,
                    Class::Doubtful => is_near && told,
                };
                let is_plain = self.shape != Shape::Letters || told && is_near;
                let veiled =
                    class != Class::Clear || adds.is_some_and(|add| add.kind == Kind::Twin);
                (fits && is_plain).then_some(Pair {
                    channel,
                    veiled,
                    short: self.is_short(&word),
                    word: first,
                })
            }
            Kind::Me | Kind::Add | Kind::Twin | Kind::Same | Kind::Handle(_) => None,
        }
    }

    /// The place of the last word before the handle, and whether a word between points from one to the other: `微信同号`,
    /// `电报联系`.
    fn word_before(&self) -> Option<(usize, bool)> {
        let last = self.at.checked_sub(1)?;
        let points = matches!(self.marks[last].kind, Kind::Same | Kind::Add);
        let word = last.checked_sub(1).filter(|word| {
            let mark = &self.marks[*word];
            let is_word = matches!(mark.kind, Kind::Channel(..));
            points && is_word && words::connects(&self.text[mark.end..self.marks[last].start])
        });
        Some(word.map_or((last, false), |word| (word, true)))
    }

    /// Whether the handle is said to be the same elsewhere.
    fn is_same(&self) -> bool {
        let next = self.marks.get(self.at + 1);
        next.is_some_and(|next| next.kind == Kind::Same && next.start == self.handle().end)
    }

    /// The word for adding right before the word for a network.
    fn adds(&self, word: usize) -> Option<Mark> {
        let add = *self.marks[..word].last()?;
        let gap = &self.text[add.end..self.marks[word].start];
        match add.kind {
            Kind::Add | Kind::Me => {
                (gap.len() <= 3 && !gap.contains(char::is_alphanumeric)).then_some(add)
            }
            Kind::Twin => gap.is_empty().then_some(add),
            Kind::Channel(..) | Kind::Same | Kind::Handle(_) => None,
        }
    }

    /// The word behind the handle: `13800000000微信同号`, `abc123(加v)`.
    fn after(&self) -> Option<Pair> {
        if self.shape == Shape::Letters {
            return None;
        }
        let mut told = false;
        let mut end = self.handle().end;
        for (index, mark) in self.marks[self.at + 1..].iter().enumerate().take(3) {
            let gap = &self.text[end..mark.start];
            if gap.len() > 4 || !words::connects(gap) {
                return None;
            }
            match mark.kind {
                Kind::Add | Kind::Twin | Kind::Same => told = true,
                Kind::Channel(channel, class) => {
                    let next = self.marks.get(self.at + 1 + index + 1);
                    let same =
                        next.filter(|next| next.kind == Kind::Same && next.start == mark.end);
                    // A word that has a handle of its own belongs to that one.
                    let is_told = told || same.is_some();
                    let fits =
                        is_told || class == Class::Veiled && !self.has_own(self.at + 1 + index);
                    return fits.then_some(Pair {
                        channel,
                        veiled: class != Class::Clear,
                        short: self.is_short(mark),
                        word: *mark,
                    });
                }
                Kind::Me | Kind::Handle(_) => return None,
            }
            end = mark.end;
        }
        None
    }

    fn is_short(&self, word: &Mark) -> bool {
        words::SHORT.contains(&&self.text[word.start..word.end])
    }

    fn has_own(&self, word: usize) -> bool {
        let next = self.marks.get(word + 1);
        next.is_some_and(|next| {
            matches!(next.kind, Kind::Handle(_)) && next.start <= self.marks[word].end + NEAR
        })
    }
}
