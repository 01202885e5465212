//! The separators and decorations of a name, made alike. Nothing here does IO.
//!
//! In names `3-2-501`, `3/2/501`, `3|2|501`, `3·2·501` and `3 2 501` mean the same, and
//! people put brackets, flowers and hearts around them. Here such signs become dashes
//! between the numbers of an address and spaces elsewhere. Letters keep their case.

use unicode_normalization::char::is_combining_mark;

use crate::text::words::is_han;

/// The most separators that stand between two parts.
const SEPARATORS_MAX: usize = 3;

/// A run of characters of one sort.
struct Piece {
    text: String,
    sort: Sort,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A number, a mix such as 12A04, or a single letter.
    Value,
    /// Chinese digits that follow no other Chinese character.
    Numeral,
    /// A Latin word.
    Word,
    Han,
    /// Spaces and signs.
    Gap,
}

/// The name with plain separators and without decorations.
pub(super) fn tidy(name: &str) -> String {
    let mut pieces = cut(name);
    join_values(&mut pieces);
    for at in 0..pieces.len() {
        if pieces[at].sort == Sort::Gap {
            pieces[at].text = plain_gap(&pieces, at);
        }
    }
    pieces.into_iter().map(|piece| piece.text).collect()
}

fn cut(name: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for c in name.chars().filter_map(plain) {
        let last = pieces.last().map(|piece| piece.sort);
        let sort = match c {
            c if c.is_ascii_digit() => Sort::Value,
            c if is_numeral(c) && last != Some(Sort::Han) => Sort::Numeral,
            c if is_han(c) => Sort::Han,
            c if is_combining_mark(c) => last.unwrap_or(Sort::Gap),
            c if c.is_alphabetic() || is_boxed(c) => Sort::Word,
            _ => Sort::Gap,
        };
        let joins = |piece: &Piece| match (piece.sort, sort) {
            (Sort::Value | Sort::Word, Sort::Value | Sort::Word) => true,
            (one, other) => one == other,
        };
        match pieces.last_mut().filter(|piece| joins(piece)) {
            Some(piece) => piece.text.push(c),
            None => pieces.push(Piece {
                text: c.to_string(),
                sort,
            }),
        }
    }
    for piece in &mut pieces {
        if matches!(piece.sort, Sort::Value | Sort::Word) {
            let digits = piece.text.bytes().any(|b| b.is_ascii_digit());
            let single = piece.text.chars().nth(1).is_none();
            piece.sort = if digits || single {
                Sort::Value
            } else {
                Sort::Word
            };
        }
    }
    pieces.into_iter().flat_map(without_word).collect()
}

/// `501Lee` is a home and a word; `501B` and `user501` are what they are.
fn without_word(piece: Piece) -> Vec<Piece> {
    let digits = piece.text.bytes().take_while(u8::is_ascii_digit).count();
    let word = &piece.text[digits..];
    let splits = matches!(digits, 3 | 4)
        && word.chars().nth(1).is_some()
        && word.chars().all(char::is_alphabetic);
    if piece.sort != Sort::Value || !splits {
        return vec![piece];
    }
    let part = |text: &str, sort| Piece {
        text: text.to_owned(),
        sort,
    };
    vec![
        part(&piece.text[..digits], Sort::Value),
        part(" ", Sort::Gap),
        part(word, Sort::Word),
    ]
}

/// The plain form of a character; nothing for invisible ones; a space for decorations.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{FF01}'..='\u{FF5E}' => return plain(char::from_u32(u32::from(c) - 0xFEE0)?),
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{20E3}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' => return None,
        '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{2796}'
        | '\u{FE58}'
        | '\u{30FC}'
        | '\u{2E3A}'
        | '\u{2E3B}'
        | '~' => '-',
        '•' | '‧' | '・' | '⋅' | '∙' | '･' | '●' | '·' => '·',
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '`' | '´' => '\'',
        '、' => ',',
        '丨' | '¦' => '|',
        '-' | '_' | '/' | '|' | '#' | '.' | ',' | ':' | '\'' | '&' => c,
        c if c.is_alphanumeric() || is_combining_mark(c) || is_boxed(c) => c,
        _ => ' ',
    })
}

/// Letters in dark boxes, as in 🅱座.
fn is_boxed(c: char) -> bool {
    matches!(u32::from(c), 0x1_F130..=0x1_F189)
}

fn is_numeral(c: char) -> bool {
    "零〇一二三四五六七八九十".contains(c)
}

/// Puts dashes between the two or three numbers of an address.
fn join_values(pieces: &mut [Piece]) {
    let mut at = 0;
    while at < pieces.len() {
        let mut count = 1;
        while is_value(pieces, at) && is_value(pieces, at + 2 * count) {
            let gap = &pieces[at + 2 * count - 1];
            if gap.sort != Sort::Gap || gap.text.chars().count() > SEPARATORS_MAX {
                break;
            }
            count += 1;
        }
        match count {
            3 if is_short(&pieces[at])
                && is_short(&pieces[at + 2])
                && ends_in_home(&pieces[at + 4]) =>
            {
                let first = &mut pieces[at + 1].text;
                let sign = if first.contains('#') { "#" } else { "-" };
                sign.clone_into(first);
                "-".clone_into(&mut pieces[at + 3].text);
            }
            2 if is_short(&pieces[at])
                && ends_in_home(&pieces[at + 2])
                && joins_two(pieces, at) =>
            {
                "-".clone_into(&mut pieces[at + 1].text);
            }
            _ => {}
        }
        at += 2 * count - 1;
    }
}

fn is_value(pieces: &[Piece], at: usize) -> bool {
    pieces
        .get(at)
        .is_some_and(|piece| matches!(piece.sort, Sort::Value | Sort::Numeral))
}

/// A building or a stairwell, by its length.
fn is_short(piece: &Piece) -> bool {
    piece.text.chars().count() <= 3
}

fn ends_in_home(piece: &Piece) -> bool {
    let len = piece.text.chars().count();
    let digits = piece.text.bytes().any(|b| b.is_ascii_digit());
    (3..=6).contains(&len)
        || (len == 2 && digits && piece.text.ends_with(|c: char| c.is_alphabetic()))
}

/// Whether what stands between two values joins them. `3#501` has a meaning of its own;
/// a space joins a number to a home, but a letter only at the start: in John A 501 it is
/// a middle name.
fn joins_two(pieces: &[Piece], at: usize) -> bool {
    let (first, gap) = (&pieces[at], &pieces[at + 1].text);
    if gap.contains('#') || first.text.chars().count() > 2 {
        return false;
    }
    let has_sign = gap.contains(|c: char| c != ' ');
    let is_number = first.sort == Sort::Value && first.text.bytes().any(|b| b.is_ascii_digit());
    let starts = pieces[..at].iter().all(|piece| piece.sort == Sort::Gap);
    has_sign || is_number || (starts && first.sort == Sort::Value)
}

/// What a gap between two pieces means.
fn plain_gap(pieces: &[Piece], at: usize) -> String {
    let gap = pieces[at].text.as_str();
    let before = at.checked_sub(1).map(|b| &pieces[b]);
    let after = pieces.get(at + 1);
    let sorts = (
        before.map(|piece| piece.sort),
        after.map(|piece| piece.sort),
    );
    let plain = match sorts {
        (Some(Sort::Value | Sort::Numeral), Some(Sort::Value | Sort::Numeral)) => gap,
        (Some(Sort::Value), Some(Sort::Han)) if gap == "#" => {
            let marks = ["楼", "栋", "幢", "座", "号楼"];
            let marked = after.is_some_and(|p| marks.iter().any(|mark| p.text.starts_with(mark)));
            return if marked { "#" } else { " " }.to_owned();
        }
        (Some(Sort::Han), Some(Sort::Han)) if matches!(gap, "·" | ".") => return "·".to_owned(),
        (Some(Sort::Word | Sort::Value), Some(Sort::Word | Sort::Value)) => gap,
        (Some(Sort::Han | Sort::Word), Some(Sort::Value | Sort::Numeral)) if gap.contains(':') => {
            return ":".to_owned();
        }
        _ => " ",
    };
    let is_word = |sort| sort == Some(Sort::Word);
    let drops = |c: char| match c {
        '_' | '|' => true,
        '-' | '/' | '#' | '.' | ':' | '·' => is_word(sorts.0) != is_word(sorts.1) && c != '.',
        _ => false,
    };
    plain.replace(drops, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_and_decorations() {
        for (name, tidied) in [
            ("3/2/501|王芳", "3-2-501 王芳"),
            ("3 2 501 王", "3-2-501 王"),
            ("3#2#501 王", "3#2-501 王"),
            ("3#2-501 李", "3#2-501 李"),
            ("3#501李", "3#501李"),
            ("3#楼501李", "3#楼501李"),
            ("🏠３－２－５０１🌸王", " 3-2-501 王"),
            ("【501】王", " 501 王"),
            ("王芳-3-2-501", "王芳 3-2-501"),
            ("买买提•艾力", "买买提·艾力"),
            ("Smith-Jones 501", "Smith-Jones 501"),
            ("John A 501", "John A 501"),
            ("3-2-501、502", "3-2-501,502"),
            ("房号：501", "房号:501"),
            ("3️⃣-2️⃣-501", "3-2-501"),
            ("3-2-501Lee", "3-2-501 Lee"),
            ("user501", "user501"),
        ] {
            assert_eq!(tidy(name), tidied, "{name:?}");
        }
    }
}
