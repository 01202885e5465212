//! The suffixes that bridges add to the names of their people. Nothing here does IO.

use crate::text::fold::Folded;

/// Suffixes such as `(WeChat)`, `（微信）` or `[QQ]`, ready to be compared: width, case and
/// spaces do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bridges {
    suffixes: Vec<String>,
}

impl Bridges {
    /// No bridges.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            suffixes: Vec::new(),
        }
    }

    /// The bridges whose suffixes these are. Empty ones are ignored.
    #[must_use]
    pub fn new<'s>(suffixes: impl IntoIterator<Item = &'s str>) -> Self {
        let mut suffixes: Vec<String> = suffixes.into_iter().map(compared).collect();
        suffixes.retain(|suffix| !suffix.is_empty());
        suffixes.sort_by_key(|suffix| std::cmp::Reverse(suffix.len()));
        Self { suffixes }
    }

    /// The name without one suffix at its end.
    #[must_use]
    pub fn strip<'n>(&self, name: &'n str) -> &'n str {
        if self.suffixes.is_empty() {
            return name;
        }
        let folded = Folded::new(name);
        let text = folded.text().trim_end();
        for suffix in &self.suffixes {
            if let Some(len) = ends_in(text, suffix) {
                return name[..folded.original(0..len).end].trim_end();
            }
        }
        name
    }
}

fn compared(suffix: &str) -> String {
    let folded = Folded::new(suffix);
    folded.text().chars().filter(|c| *c != ' ').collect()
}

/// How much of the text stands before the suffix, if it ends in it, spaces left aside.
fn ends_in(text: &str, suffix: &str) -> Option<usize> {
    let mut wanted = suffix.chars().rev().peekable();
    for (at, c) in text.char_indices().rev().filter(|(_, c)| *c != ' ') {
        if wanted.next() != Some(c) {
            return None;
        }
        if wanted.peek().is_none() {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_suffix_at_the_end_goes() {
        let bridges = Bridges::new(["(WeChat)", "（微信）", "[QQ]", ""]);
        for (name, bare) in [
            ("3-2-501 王芳 (WeChat)", "3-2-501 王芳"),
            ("王芳（ｗechat） ", "王芳"),
            ("王芳( 微信 )", "王芳"),
            ("王芳 [qq]", "王芳"),
            ("(WeChat) 王芳", "(WeChat) 王芳"),
            ("王芳 微信", "王芳 微信"),
            ("(WeChat)", ""),
            ("", ""),
        ] {
            assert_eq!(bridges.strip(name), bare, "{name:?}");
        }
        assert_eq!(Bridges::none().strip("王芳 [QQ]"), "王芳 [QQ]");
    }
}
