//! Patterns, made once. Nothing here does IO.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// A pattern with short forms: `NUM` for a small number, `STOP` for what ends a clause.
pub(super) struct Pattern(LazyLock<Option<Regex>, fn() -> Option<Regex>>);

impl Pattern {
    pub(super) const fn new(make: fn() -> Option<Regex>) -> Self {
        Self(LazyLock::new(make))
    }

    /// Where it stands first: the group `x` where it has one, else the whole.
    pub(super) fn find(&self, text: &str) -> Option<Range<usize>> {
        let found = self.captures(text)?;
        let whole = found.name("x").or_else(|| found.get(0))?;
        Some(whole.range())
    }

    /// The group `x` or the group `y`, whichever took part.
    pub(super) fn either(&self, text: &str) -> Option<Range<usize>> {
        let found = self.captures(text)?;
        Some(found.name("x").or_else(|| found.name("y"))?.range())
    }

    /// All of them, each as `either` finds it.
    pub(super) fn every(&self, text: &str) -> Vec<Range<usize>> {
        let found = self
            .0
            .iter()
            .flat_map(|pattern| pattern.captures_iter(text));
        let parts = found.filter_map(|found| found.name("x").or_else(|| found.name("y")));
        parts.map(|part| part.range()).collect()
    }

    pub(super) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.0.as_ref()?.captures(text)
    }

    pub(super) fn all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Captures<'t>> + 't {
        self.0
            .iter()
            .flat_map(move |pattern| pattern.captures_iter(text))
    }

    /// Where its group `x` stands, wherever the whole begins, inside one that was found too.
    pub(super) fn overlapping(&self, text: &str) -> Vec<Range<usize>> {
        let (mut at, mut found) = (0, Vec::new());
        while let Some(pattern) = self.0.as_ref()
            && let Some(captures) = pattern.captures_at(text, at)
            && let Some(part) = captures.name("x")
        {
            at = part.start().max(at + 1);
            found.push(part.range());
        }
        found
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.0
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(text))
    }

    #[cfg(test)]
    pub(super) fn is_good(&self) -> bool {
        self.0.is_some()
    }
}

/// Compiles a pattern. A bad one is a fault of the program: a test looks at all of them.
pub(super) fn compile(text: &str) -> Option<Regex> {
    let num = "(?:[0-9]{1,3}|[零一二两俩三四五六七八九十]{1,3}|(?:one|two|three|four|five|six|seven|eight|nine|ten)\\b)";
    let text = text.replace("NUM", num);
    let text = text.replace("STOP", r",.。!?;:、~…()\[\]【】“”\n\x22");
    Regex::new(&text).ok()
}

/// A small number as people write it.
pub(super) fn number(text: &str) -> Option<u32> {
    let english = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let position = english.iter().position(|word| *word == text);
    if let Some(at) = position {
        return u32::try_from(at + 1).ok();
    }
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let digit = |c| match c {
        '零' | '〇' => Some(0),
        '一' => Some(1),
        '二' | '两' | '俩' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    };
    let unit = |c| match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1_000),
        '万' => Some(10_000),
        _ => None,
    };
    let (mut whole, mut last, mut scale) = (0_u32, None, 1_u32);
    for c in text.chars() {
        if let Some(value) = digit(c) {
            last = Some(value);
        } else {
            scale = unit(c)?;
            whole += last.take().unwrap_or(1) * scale;
        }
    }
    // 一百二 is 120, 二十二 is 22, 一千零五 is 1005.
    let rest = match last {
        Some(value) if scale >= 100 && !text.contains(['零', '〇']) => value * scale / 10,
        Some(value) => value,
        None => 0,
    };
    (!text.is_empty()).then_some(whole + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, expected) in [
            ("3", 3),
            ("俩", 2),
            ("十", 10),
            ("十二", 12),
            ("二十五", 25),
            ("一百二", 120),
            ("两百", 200),
            ("一千零五", 1_005),
            ("三千五", 3_500),
            ("two", 2),
        ] {
            assert_eq!(number(text), Some(expected), "{text}");
        }
        assert_eq!(number("x"), None);
        assert_eq!(number(""), None);
    }
}
