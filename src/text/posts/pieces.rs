//! The pieces of a text: words that hold the sentence together, and what lies between them. Nothing here does IO.

use std::ops::Range;

use super::{
    super::words::{Hit, ends_in_latin, is_han, starts_in_latin},
    grammar::{self, Part},
    pattern::{Pattern, compile},
    things::{self, Class, Thing},
};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub what: What,
    pub range: Range<usize>,
    pub thing: Option<Thing>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Word(Part),
    /// White space.
    Gap,
    /// What ends a clause.
    Break,
}

impl Piece {
    pub(super) fn is_noun(&self) -> bool {
        self.what == What::Word(Part::Noun)
    }

    pub(super) fn is_chinese(&self, text: &str) -> bool {
        text[self.range.clone()].chars().any(is_han)
    }
}

/// All of them, side by side from the beginning to the end.
pub(super) fn all(text: &str) -> Vec<Piece> {
    let known = things::all(text);
    let mut found: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let thing = known.binary_search_by_key(&at, |hit| hit.start).ok();
        let thing = thing.and_then(|index| known.get(index));
        // "kid-friendly" is no kid.
        let thing = thing.filter(|hit| !text[hit.end..].starts_with('-'));
        let (what, end) = Place {
            text,
            at,
            before: &found,
        }
        .read(c, thing);
        let thing = thing.filter(|hit| what == What::Word(Part::Noun) && hit.end == end);
        found.push(Piece {
            what,
            range: at..end,
            thing: thing.map(|hit| hit.meaning),
        });
        at = end;
    }
    found
}

/// A number with its measure word.
static COUNT: Pattern = Pattern::new(|| {
    compile(
        r"^(?:第?(?:[0-9]{1,4}(?:\.[0-9])?|[一二两俩三四五六七八九十百半几整双多]{1,4}|这|那)(?:来|多|大|小|整|几|满)?(?:个半|个|册|只|条|张|台|辆|把|本|套|件|双|副|部|架|盏|床|块|箱|袋|包|瓶|盒|串|组|对|支|枝|份|根|盆|棵|桶|颗|堆|批|顶|枚|片|团|卷|罐|捆|间|位|名|款|种|些|点|摞|沓|筐|篮|坛|口|扇|幅|节|束|匹|窝|斤|公斤|克|升|寸|吋|英寸|厘米|公分|米|毫升|码|号|岁|打|排|尊|身|卷|听|板|版|壶|碗|盘|碟|杯|株|丛|挂|管|粒|滴|层|匹|代|段|阶|键|年级|年|月|天|次|回|趟|遍|分|元|块钱|期|头|尾|家|人|锅|大锅|大包|大袋|大箱|小袋|小包|大堆|大盆|小盆|小把|大把|大桶|小盒|大盒)|(?:[一半几][整大小]?(?:箱|袋|包|盒|桶|瓶|套|车|堆|罐))|[0-9]+(?:g|kg|ml|l|w|v|cm|mm|m|gb|tb|寸|inch|inches|yrs?|x|片|颗|%)\b|[一二三四五六七八九十百千万]{2,}|[x×*][0-9]+\b|[0-9]+(?:[.,/x×*:+-][0-9]+)*)",
    )
});
/// 八成新, 九九新.
static CONDITION: Pattern = Pattern::new(|| {
    compile(r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:成[0-9一二三四五六七八九]?)?新")
});
/// A building, a stairwell or a floor.
static BUILDING: Pattern =
    Pattern::new(|| compile(r"^[0-9一二三四五六七八九十]{1,3}(?:号楼|栋|幢|单元|期|号门|楼)"));
const NUMERALS: &str = "0123456789第一二两俩三四五六七八九十百半几双多整这那";

/// What says in English whose a thing is, behind any word, and behind one that ends in an s.
const OWNS: [&str; 2] = ["'s ", "’s "];
const OWN_EACH: [&str; 2] = ["' ", "’ "];

/// A place in a text, and the pieces before it.
struct Place<'t> {
    text: &'t str,
    at: usize,
    before: &'t [Piece],
}

impl Place<'_> {
    /// The piece that begins here, and where it ends: the longest of what it may be.
    fn read(&self, c: char, thing: Option<&Hit<Thing>>) -> (What, usize) {
        let word = grammar::at(self.text, self.at).filter(|word| !self.goes_on(word.end));
        let is_longer = |hit: &&Hit<Thing>| {
            word.is_none_or(|word| word.end <= hit.end || hit.end - self.at > 6)
        };
        if c == ' ' || c == '-' && self.is_in_word() {
            (What::Gap, self.at + 1)
        } else if let Some(range) = CONDITION.find(self.rest()).filter(|_| NUMERALS.contains(c)) {
            (What::Word(Part::Mod), self.at + range.end)
        } else if let Some(end) = self.building(c) {
            (What::Word(Part::Where), end)
        } else if let Some(end) = self.owner(thing) {
            (What::Word(Part::Count), end)
        } else if let Some(hit) = thing.filter(is_longer) {
            (What::Word(Part::Noun), hit.end)
        } else if let Some(end) = self.count(c) {
            let noun = word.filter(|word| word.meaning == Part::Noun);
            (
                What::Word(Part::Count),
                noun.map_or(end, |noun| noun.end.max(end)),
            )
        } else if let Some(word) = word {
            (What::Word(self.part(&word)), word.end)
        } else if is_han(c) {
            let last = self.before.last();
            (
                What::Word(han(self.text, self.at, last)),
                self.at + c.len_utf8(),
            )
        } else if c.is_alphanumeric() {
            let rest = &self.text[self.at..];
            let is_end = |c: char| is_han(c) || !(c.is_alphanumeric() || "'’+./-".contains(c));
            let word = &rest[..rest.find(is_end).unwrap_or(rest.len())];
            let word = word.trim_end_matches(['.', '\'', '’', '-', '/', '+']);
            let end = self.at + word.len();
            let part = if self.is_doing(word, end) {
                Part::Stop
            } else {
                latin(word, self.is_after_noun())
            };
            (What::Word(part), end)
        } else if c == '&' && self.is_after_noun() {
            (What::Word(Part::Noun), self.at + 1)
        } else {
            (What::Break, self.at + c.len_utf8())
        }
    }

    /// Whether a clause begins with what somebody is doing: "hanging a shelf", "checking before".
    fn is_doing(&self, word: &str, end: usize) -> bool {
        if word.len() <= 4 || !word.ends_with("ing") {
            return false;
        }
        let mut before = self.before.iter().rev();
        let last = before.find(|piece| piece.what != What::Gap);
        let begins = last.is_none_or(|piece| piece.what == What::Break);
        let rest = &self.text[end..];
        let next = rest
            .starts_with(' ')
            .then(|| grammar::at(self.text, end + 1))
            .flatten();
        let leads = next.is_some_and(|next| {
            matches!(
                next.meaning,
                Part::Count | Part::Where | Part::Aside | Part::Mod
            )
        });
        begins && (leads || rest.starts_with(['!', '.', ',']))
    }

    /// Whether letters stand on both sides: blue-coloured.
    fn is_in_word(&self) -> bool {
        ends_in_latin(&self.text[..self.at]) && starts_in_latin(&self.text[self.at + 1..])
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn is_after_noun(&self) -> bool {
        self.before.last().is_some_and(Piece::is_noun)
    }

    /// Whether one Chinese character that could be a word of the grammar goes on a noun instead: 电动小汽车.
    fn goes_on(&self, end: usize) -> bool {
        end - self.at == 3
            && self.is_after_noun()
            && self.rest().starts_with(['大', '小', '新', '老'])
    }

    fn building(&self, c: char) -> Option<usize> {
        let may_be = NUMERALS.contains(c) && !self.is_after_noun();
        Some(self.at + BUILDING.find(self.rest()).filter(|_| may_be)?.end)
    }

    /// A number with its measure word.
    fn count(&self, c: char) -> Option<usize> {
        let may_be = NUMERALS.contains(c) || matches!(c, 'x' | '×' | '*');
        let end = self.at + may_be.then(|| COUNT.find(self.rest())).flatten()?.end;
        let runs_on = c.is_ascii_alphanumeric() && starts_in_latin(&self.text[end..]);
        (!runs_on).then_some(end)
    }

    /// Whose a thing is in English: the neighbour's, my mum's.
    fn owner(&self, thing: Option<&Hit<Thing>>) -> Option<usize> {
        // A child's bed is a bed of one sort.
        if thing.is_some_and(|hit| self.text[hit.start..hit.end].contains("'s ")) {
            return None;
        }
        let is_word = starts_in_latin(self.rest()) && !ends_in_latin(&self.text[..self.at]);
        let length = self
            .rest()
            .find(|c: char| !c.is_ascii_alphabetic())
            .filter(|_| is_word);
        let ends = [
            thing.map(|hit| hit.end),
            length.map(|length| self.at + length),
        ];
        ends.into_iter().flatten().find_map(|end| {
            let each = OWN_EACH
                .into_iter()
                .filter(|_| self.text[..end].ends_with('s'));
            let mut signs = OWNS.into_iter().chain(each);
            let sign = signs.find(|sign| self.text[end..].starts_with(sign))?;
            Some(end + sign.len() - 1)
        })
    }

    /// What a word of the grammar is here.
    fn part(&self, word: &Hit<Part>) -> Part {
        let written = &self.text[word.start..word.end];
        let last = self
            .before
            .iter()
            .rev()
            .find(|piece| piece.what != What::Gap);
        let is_after_mod = last.is_some_and(|piece| piece.what == What::Word(Part::Mod));
        match written {
            // 拉来一车: what comes behind a verb is part of it.
            "来" | "回" | "到" if self.is_after_noun() && is_counting(&self.text[word.end..]) => {
                Part::Act
            }
            // "brown and white".
            "and" | "&" if is_after_mod => Part::Mod,
            _ => word.meaning,
        }
    }
}

/// Whether a number follows, or that it is done.
fn is_counting(rest: &str) -> bool {
    rest.starts_with(|c| c == '了' || NUMERALS.contains(c))
}

/// What a Chinese character is by what stands around it: a verb before 了 and its like, or how it ended (蒸多了), or said
/// twice behind a thing, and a measure word behind a verb (借个, 忘了条).
fn han(text: &str, at: usize, last: Option<&Piece>) -> Part {
    const MEASURES: &str =
        "个只条张台辆把本套件双副部架盏床块箱袋包瓶盒串组对支枝份根盆顶枚片位口身点";
    let mut around = text[at..].chars();
    let [this, next, third] =
        [around.next(), around.next(), around.next()].map(Option::unwrap_or_default);
    let is_verb = "了过着完".contains(next)
        || next == '掉' && !"了在下到进".contains(third)
        || "多疯坏错剩满光破大小少旧死".contains(next) && third == '了';
    let follows = last.is_some_and(|piece| {
        piece.what == What::Word(Part::Act)
            || text[piece.range.clone()].ends_with(['了', '想', '要', '到', '有'])
    });
    // 项链撑撑场面: a verb is said twice.
    let is_twice = this == next && is_han(third);
    let is_after_thing = last
        .and_then(|piece| piece.thing)
        .is_some_and(|thing| thing.class == Class::Thing);
    // 被子晒在楼下: what is done with it before where.
    if is_verb || is_after_thing && (is_twice || next == '在') {
        Part::Stop
    } else if follows && MEASURES.contains(this) {
        Part::Count
    } else {
        Part::Noun
    }
}

/// What an English word is by its ending.
fn latin(word: &str, is_after_noun: bool) -> Part {
    let is_letter = word.len() == 1 && word.starts_with(|c: char| !c.is_ascii_digit());
    let ends_with = |end: &str| word.len() > 4 && word.ends_with(end);
    if is_letter || ends_with("ly") || is_after_noun && (ends_with("ed") || ends_with("ing")) {
        Part::Stop
    } else if ends_with("ed") {
        Part::Mod
    } else {
        Part::Noun
    }
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 3] {
    [&COUNT, &CONDITION, &BUILDING]
}
