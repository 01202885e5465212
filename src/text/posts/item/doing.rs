//! What people want to do together: 打羽毛球, 听评弹, "pram walk". Nothing here does IO.

use std::ops::Range;

use super::super::{
    super::words::is_han,
    grammar::{self, Part},
    pattern::{Pattern, compile},
    phrase::{Beside, Phrase},
    things::{self, Class, Thing},
};

/// What stands before a doing that no list knows.
static CUE: Pattern = Pattern::new(|| {
    compile(
        r"(?:一起去?|一块儿?去?|一同|结伴去?|组队去?|约个?人?|约着|组个|组|攒个|凑个?|找人|找个?搭子|想去|去|想|陪我|谁来|来)(?<x>[^STOP\s的了吗吧人呢啊呀我你他她]{2,8})|(?:^|[STOP\s])(?<y>[^STOP\s的了吗吧呢啊呀我你他她有]{2,8}?)(?:搭子|小组|小队|团|局|大赛|比赛|活动|招新|缺人|缺|差|约起来|走起|有没有|有人)",
    )
});
static ENGLISH: Pattern = Pattern::new(|| {
    compile(
        r"\b(?:up for|fancy|fancies|join(?: me| us)? (?:for|in)|interested in|want to|wants to|wanna|go for|going for|for|doing|try|play|start(?:ing)?) (?:a |an |some |the |to |my |our |one )?(?<x>[a-z][a-z'&-]*(?: [a-z'&-]+)??)(?: (?:round|around|in|at|on|with|every|this|next|tomorrow|today|tonight|partner|partners|buddy|buddies|together|before|after|group|session|club|along|by|near|and|to|for|from|mates?|who|anyone|or|players?|we|i)\b|[STOP\n]|\s\s|$)|\b(?<y>[a-z][a-z'&-]*(?: [a-z'&-]+)??) (?:partners?|buddy|buddies|group|club|mates?|circle|session|class|meetup|companions?|players?|team|crew)\b",
    )
});

/// A known doing that is no place and nobody's trait; or else whatever follows a cue, or stands first.
pub(super) fn find(own: &str, phrases: &[Phrase]) -> Option<Range<usize>> {
    let known = |is_one: &dyn Fn(&Thing, &str) -> bool| {
        let found = phrases.iter().filter(|phrase| {
            phrase
                .inner
                .as_ref()
                .is_some_and(|(thing, at)| is_one(thing, &own[at.clone()]))
                && !phrase.is_in_brackets
        });
        found.min_by_key(|phrase| (phrase.before == Beside::Word(Part::Aside), phrase.clause))
    };
    let plain = known(&|thing, _| thing.class == Class::Doing);
    if let Some(phrase) = plain.or_else(|| known(&|_, word| things::is_doing(word))) {
        let (_, at) = phrase.inner.as_ref()?;
        return Some(phrase.range.start.max(start_of(own, phrase, at))..at.end);
    }
    let first = || {
        let mut phrases = phrases
            .iter()
            .filter(|phrase| own[phrase.range.clone()].len() > 3);
        phrases.find(|phrase| {
            phrase
                .inner
                .as_ref()
                .is_none_or(|(thing, _)| thing.class != Class::Person)
        })
    };
    let bare = |range: Range<usize>| {
        let lead = own[range.clone()].split_inclusive(' ').take_while(|word| {
            let part = grammar::at(word, 0)
                .filter(|found| found.end == word.trim_end().len())
                .map(|found| found.meaning);
            matches!(part, Some(Part::Count | Part::Mod | Part::Stop | Part::Act))
        });
        let length: usize = lead.map(str::len).sum();
        if length < range.len() {
            range.start + length..range.end
        } else {
            range
        }
    };
    let cue = if own.chars().any(is_han) {
        &CUE
    } else {
        &ENGLISH
    };
    cue.either(own)
        .map(bare)
        .or_else(|| first().map(|phrase| phrase.range.clone()))
}

/// English words before a doing belong to it, Chinese ones may not.
fn start_of(own: &str, phrase: &Phrase, at: &Range<usize>) -> usize {
    let is_chinese = own[phrase.range.start..at.start].chars().any(is_han);
    if is_chinese {
        at.start
    } else {
        phrase.range.start
    }
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 2] {
    [&CUE, &ENGLISH]
}
